/**
 * What each kind of approval is bound to. The terms are what the second person reads before agreeing; they are stored,
 * hashed and shown in the audit log, and the call that uses the approval computes them anew from what it is about to do,
 * so that an approval of 10 yuan never pays out 4,000. Amounts in fen.
 */
import { z } from 'zod'
import { FenAmount, Id, remark, roleNames, roles, shortText, SignedFen, type Role } from './contract.ts'
import { words } from './dictionary.ts'
import { formatCubicMetres, formatYuan, type Fen, type Litre } from './money.ts'

/** 过户: why the holder who leaves cannot come to the counter. */
export const holderAbsence = words({ deceased: '亡故', unreachable: '无法联系' })
/** How a refund is paid out. */
export const refundMeans = words({ cash: '现金', wechat: '微信', alipay: '支付宝', pos: '刷卡', transfer: '转账' })

const reason = shortText('原因', 200)
const optionalReason = remark('原因', 200)

export const approvalTerms = {
  reversal: z.strictObject({ paymentId: Id, amount: SignedFen, reason }),
  /**
   * 退补 of a bill: litres and fen, negative where the customer gets back; `lateFee` goes back with it. `meterNo`: whose index
   * is corrected, where the bill has several; '' where there is one.
   */
  adjustment: z.strictObject({
    billId: Id,
    meterNo: z.string().max(40),
    volume: z.int(),
    amount: SignedFen,
    lateFee: FenAmount,
    reason,
  }),
  refund: z.strictObject({
    accountId: Id,
    amount: FenAmount,
    means: refundMeans.schema(),
    reference: z.string().trim(),
    reason,
  }),
  /** `of` is `shift:<id>` at a hand-over, `day:<date>/<till>` at the close. */
  'over-short': z.strictObject({ of: shortText('班次或营业日', 60), amount: SignedFen, reason }),
  'arrears-suspension': z.strictObject({ dunningId: Id, owed: FenAmount, reason: optionalReason }),
  /** An answer to a complaint dated back; `repliedAt` in words, `reason` its proof. */
  'late-reply': z.strictObject({ complaintId: Id, repliedAt: shortText('回复时间', 20), reason }),
  /** An emergency without a hazard on record. `range`: whom it meets, in words; `accounts`: a list's ids, '' for a place. */
  'emergency-interruption': z.strictObject({
    interruptionId: Id,
    range: z.string().max(400),
    accounts: z.string().max(10_000),
    reason,
  }),
  /** A planned one that begins in spite of what lacks: a posting without proof, a late start; `lacking` in words. */
  'interruption-start': z.strictObject({
    interruptionId: Id,
    range: z.string().max(400),
    lacking: shortText('还没有办的', 400),
    reason,
  }),
  /** Gas back to a resident in the quiet hours: who is awake there and agreed to it. */
  'night-resumption': z.strictObject({
    servicePointId: Id,
    account: z.string().max(200),
    consent: shortText('同意人', 30),
    reason,
  }),
  /** A finding graded below the least of its item; `findings` in words. */
  'hazard-grade': z.strictObject({ taskId: Id, findings: shortText('隐患', 6_000), reason }),
  /** The holder signed another way than the name on file is written. */
  'contract-signature': z.strictObject({
    contractId: Id,
    contract: shortText('合同编号', 40),
    onFile: shortText('户名', 60),
    signatory: shortText('签字人', 60),
    reason,
  }),
  /** 纸质合同: signed on paper this program did not print; `scan` is its file, which the manager has read. */
  'paper-contract': z.strictObject({
    contractId: Id,
    contract: shortText('合同编号', 60),
    onFile: shortText('户名', 60),
    paperNo: shortText('纸质合同编号', 40),
    signedOn: shortText('签订日期', 10),
    validUntil: shortText('有效期至', 10),
    signatory: shortText('签字人', 60),
    companySignatory: shortText('供气人经办人', 60),
    scan: shortText('扫描件', 255),
    reason,
  }),
  /** 误登: a hazard of another household; `right` where it belongs, '' where nowhere. */
  'hazard-misfiled': z.strictObject({
    hazardId: Id,
    hazard: shortText('隐患编号', 40),
    account: z.string().max(200),
    findings: shortText('隐患', 6_000),
    right: z.string().max(20),
    reason,
  }),
  /** A grade that had cut the gas made 一般: `change` in words. */
  'hazard-lower': z.strictObject({
    hazardId: Id,
    hazard: shortText('隐患编号', 40),
    account: z.string().max(200),
    findings: shortText('隐患', 6_000),
    change: shortText('等级', 20),
    reason,
  }),
  /** Another 用气性质: from what to what, with the prices, inspections and paper in words. */
  'customer-class': z.strictObject({
    customerId: Id,
    name: shortText('客户', 60),
    change: shortText('用气性质', 20),
    pricePlans: z.string().max(40_000),
    duty: shortText('安检', 40),
    paper: shortText('依据材料', 300),
    reason,
  }),
  /** 欠费保留: a business of an account ends though this much is owed. */
  'debt-stays': z.strictObject({
    processId: Id,
    business: shortText('业务', 60),
    account: z.string().max(200),
    owed: FenAmount,
    principal: FenAmount,
    reason,
  }),
  /** 销户 of a place nobody can take the meter off: `reading` the last of its meters, `seen` what was found there. */
  'closing-unremoved': z.strictObject({
    processId: Id,
    account: z.string().max(200),
    ground: shortText('情形', 40),
    seen: z.string().max(400),
    reading: z.string().max(400),
    reason: optionalReason,
  }),
  'transfer-absence': z.strictObject({
    processId: Id,
    absence: holderAbsence.schema(),
    /** Two people may have one name; '' while nobody is named. */
    customerId: z.string().max(36),
    holder: shortText('新户主', 60),
    reason: optionalReason,
  }),
  /** A role that itself approves (hall manager, administrator) is given by two. */
  'approving-role': z.strictObject({
    /** '' for somebody new. */
    staffId: z.string().max(36),
    staffNo: shortText('工号', 20),
    name: shortText('姓名', 20),
    roles: z.string(),
  }),
  /** 代理主任 by dated appointment. */
  deputy: z.strictObject({
    staffId: Id,
    staffNo: shortText('工号', 20),
    name: shortText('姓名', 20),
    fromOn: shortText('从', 10),
    toOn: shortText('到', 10),
    reason,
  }),
  /** A certificate that shall count for work done before it was entered; `certificate` in words. */
  'certificate-backdate': z.strictObject({
    staffId: Id,
    staffNo: shortText('工号', 20),
    name: shortText('姓名', 20),
    certificate: shortText('证件', 20),
    number: shortText('证号', 30),
    issuedOn: shortText('追溯至', 10),
    reason,
  }),
  /** `brought`: what goes with it, in words. */
  'import-undo': z.strictObject({
    importId: Id,
    importNo: shortText('导入编号', 30),
    file: shortText('导入文件', 255),
    rows: z.int().min(0),
    brought: z.string().max(400),
    reason,
  }),
  /** 迁入期 opened again; `no` is the act that does it, `act` in words. */
  'import-window': z.strictObject({ no: z.int().min(1), act: shortText('事项', 20), reason }),
  /** Customers who come in as once supplied though the window is closed: of this very file, so many and no more. */
  'import-supplied': z.strictObject({
    importId: Id,
    file: shortText('导入文件', 255),
    hash: z.string().regex(/^[0-9a-f]{64}$/, '文件校验值不正确'),
    supplied: z.int().min(1),
    reason,
  }),
  /** A matter that a restore brought along is over, though nothing stands in its place; `what` it was, in words. */
  'carried-lift': z.strictObject({
    matterId: Id,
    account: z.string().max(200),
    /** As an order was told: over several lines. */
    what: remark('事项', 600),
    reason,
  }),
  /** What was off when the replaced database could not be read: `accounts` in words, one a line, or that none was. */
  'carried-list': z.strictObject({
    matterId: Id,
    count: z.int().min(0),
    accounts: z.string().max(50_000),
    reason,
  }),
  /** The backup, or the database that was replaced before, whose moment the hall goes back to. */
  restore: z.strictObject({ fileName: shortText('备份文件', 60), reason }),
  /** A price, in words, of the plan with that code; '' where the act is not about it. `replaces`: the version that gives way. */
  price: z.strictObject({
    act: shortText('事项', 20),
    code: shortText('方案代码', 40),
    plan: z.string().max(100),
    replaces: z.string().max(10),
    effectiveFrom: z.string().max(10),
    document: z.string().max(60),
    price: z.string().max(2_000),
    reason: optionalReason,
  }),
  /** A fee item or its price, in words; '' where the act is not about it. `scope`: where and whom. */
  'fee-item': z.strictObject({
    act: shortText('事项', 20),
    item: shortText('收费项目', 60),
    effectiveFrom: z.string().max(10),
    document: z.string().max(60),
    price: z.string().max(100),
    scope: z.string().max(100),
    reason: optionalReason,
  }),
  /** A setting the regulation has something to say on: its label and the new value, both in words. */
  'safety-setting': z.strictObject({
    key: shortText('设置项', 60),
    setting: shortText('设置项', 80),
    value: z.string().max(2_020),
  }),
} as const

export type ApprovalPurpose = keyof typeof approvalTerms
export type TermsOf<P extends ApprovalPurpose> = z.output<(typeof approvalTerms)[P]>
/** A purpose with its terms: what a screen asks the second person to agree to. */
export type Approval = { [P in ApprovalPurpose]: { readonly purpose: P; readonly terms: TermsOf<P> } }[ApprovalPurpose]

export const approvalPurposes = Object.keys(approvalTerms) as [ApprovalPurpose, ...ApprovalPurpose[]]

export const approvalPurposeNames: Readonly<Record<ApprovalPurpose, string>> = {
  reversal: '冲正',
  refund: '退款',
  adjustment: '退补气费',
  'over-short': '长短款',
  'arrears-suspension': '欠费停气',
  'late-reply': '投诉回复补记',
  'emergency-interruption': '紧急停气',
  'interruption-start': '照现状开始停气',
  'night-resumption': '夜间恢复供气',
  'hazard-grade': '隐患降级',
  'contract-signature': '签字与户名写法不同',
  'paper-contract': '登记纸质合同',
  'hazard-misfiled': '误登隐患作废',
  'hazard-lower': '已停气的隐患降级',
  'customer-class': '用气性质变更',
  'debt-stays': '欠费保留',
  'closing-unremoved': '不拆除销户',
  'transfer-absence': '原户主不到场过户',
  'approving-role': '授予有批准权的岗位',
  deputy: '指派代理主任',
  'certificate-backdate': '上岗证追溯生效',
  'import-undo': '撤销导入',
  'import-window': '重新开放迁入期',
  'import-supplied': '迁入期后导入已通气的客户',
  'carried-lift': '解除恢复前的安全事项',
  'carried-list': '恢复后补停气清单',
  restore: '恢复备份',
  price: '气价',
  'fee-item': '收费项目',
  'safety-setting': '更改安全和考核设置',
}

const manager: readonly Role[] = ['hall-manager']
const managerOrAdministrator: readonly Role[] = ['hall-manager', 'administrator']

/** Who may agree. Money and gas are the hall manager's; what concerns the program itself may also be another administrator's. */
export const approverRoles: Readonly<Record<ApprovalPurpose, readonly Role[]>> = {
  reversal: manager,
  refund: manager,
  adjustment: manager,
  'over-short': manager,
  'arrears-suspension': manager,
  'late-reply': manager,
  'emergency-interruption': manager,
  'interruption-start': manager,
  'night-resumption': manager,
  'hazard-grade': manager,
  'contract-signature': manager,
  'paper-contract': manager,
  'hazard-misfiled': manager,
  'hazard-lower': manager,
  'customer-class': manager,
  'debt-stays': manager,
  'closing-unremoved': manager,
  'transfer-absence': manager,
  'approving-role': managerOrAdministrator,
  deputy: managerOrAdministrator,
  'certificate-backdate': managerOrAdministrator,
  'import-undo': managerOrAdministrator,
  'import-window': managerOrAdministrator,
  'import-supplied': managerOrAdministrator,
  'carried-lift': managerOrAdministrator,
  'carried-list': managerOrAdministrator,
  restore: managerOrAdministrator,
  price: managerOrAdministrator,
  'fee-item': managerOrAdministrator,
  'safety-setting': managerOrAdministrator,
}

/** Roles in one order and in words, as the term of an approval names them. */
export const rolesInWords = (chosen: readonly Role[]): string =>
  roles
    .filter((role) => chosen.includes(role))
    .map((role) => roleNames[role])
    .join('、')

/** The purpose that has this name; the audit log keeps names. */
export const purposeNamed = (name: unknown): ApprovalPurpose | undefined =>
  approvalPurposes.find((purpose) => approvalPurposeNames[purpose] === name)

/** What the approval is about, `entity:id`, as the audit log files it. */
export function approvalSubject({ purpose, terms }: Approval): string {
  switch (purpose) {
    case 'reversal':
      return `payment:${terms.paymentId}`
    case 'refund':
      return `account:${terms.accountId}`
    case 'adjustment':
      return `bill:${terms.billId}`
    case 'over-short':
      return terms.of
    case 'arrears-suspension':
      return `dunning:${terms.dunningId}`
    case 'late-reply':
      return `complaint:${terms.complaintId}`
    case 'emergency-interruption':
    case 'interruption-start':
      return `interruption:${terms.interruptionId}`
    case 'night-resumption':
      return `service_point:${terms.servicePointId}`
    case 'hazard-grade':
      return `inspection-task:${terms.taskId}`
    case 'contract-signature':
    case 'paper-contract':
      return `contract:${terms.contractId}`
    case 'hazard-misfiled':
    case 'hazard-lower':
      return `hazard:${terms.hazardId}`
    case 'customer-class':
      return `customer:${terms.customerId}`
    case 'debt-stays':
    case 'closing-unremoved':
    case 'transfer-absence':
      return `account-process:${terms.processId}`
    case 'approving-role':
      return terms.staffId === '' ? `staff-no:${terms.staffNo}` : `staff:${terms.staffId}`
    case 'deputy':
    case 'certificate-backdate':
      return `staff:${terms.staffId}`
    case 'import-undo':
    case 'import-supplied':
      return `import:${terms.importId}`
    case 'import-window':
      return `import-window:${terms.no}`
    case 'carried-lift':
    case 'carried-list':
      return `carried:${terms.matterId}`
    case 'restore':
      return `backup:${terms.fileName}`
    case 'price':
      return `price-plan:${terms.code}`
    case 'fee-item':
      return `fee-item:${terms.item.replace(/（[^（]*）$/, '')}`
    case 'safety-setting':
      return `setting:${terms.key}`
  }
}

/** Names of the terms that people read; ids say nothing to them and are left out. */
const termNames: Readonly<Record<string, string>> = {
  meterNo: '更正的表',
  volume: '更正气量',
  amount: '金额',
  lateFee: '退还违约金',
  owed: '欠费',
  means: '方式',
  reference: '流水号',
  reason: '原因',
  lacking: '还没有办的',
  consent: '同意人',
  contract: '合同编号',
  onFile: '户名',
  signatory: '签字',
  paperNo: '纸质合同编号',
  scan: '扫描件',
  signedOn: '签订日期',
  validUntil: '有效期至',
  companySignatory: '供气人经办人',
  hazard: '隐患编号',
  findings: '隐患',
  right: '应登记的户号',
  range: '停气范围',
  repliedAt: '回复时间',
  change: '改为',
  pricePlans: '气价',
  duty: '安检',
  paper: '依据材料',
  absence: '不到场情形',
  business: '业务',
  principal: '其中本金',
  ground: '不拆除的情形',
  seen: '现场核实',
  reading: '最后抄表',
  holder: '新户主',
  staffNo: '工号',
  name: '姓名',
  roles: '岗位',
  fromOn: '从',
  toOn: '到',
  certificate: '证件',
  number: '证号',
  issuedOn: '追溯至',
  importNo: '导入编号',
  rows: '行数',
  brought: '收回',
  account: '户',
  what: '恢复前的事项',
  count: '停气户数',
  accounts: '停气清单',
  file: '导入文件',
  supplied: '已通气户数',
  fileName: '备份文件',
  act: '事项',
  item: '收费项目',
  scope: '收取范围',
  code: '方案代码',
  plan: '新方案',
  replaces: '代替的版本',
  effectiveFrom: '生效日期',
  document: '价格文件',
  price: '价格',
  setting: '设置项',
  value: '改为',
}

/** The terms that are codes, as people say them: a code itself is never read to anybody. */
const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  absence: holderAbsence.names,
  means: refundMeans.names,
}

const amounts = new Set(['amount', 'lateFee', 'owed', 'principal'])

/** The terms as the second person reads them, in the order of the form. */
export const termsInWords = ({ purpose, terms }: Approval): { name: string; value: string }[] =>
  Object.entries(terms).flatMap(([key, value]: [string, string | number]) => {
    // A list's ids say nothing to anybody; of the list of what was off each line does.
    const name = key === 'accounts' && purpose !== 'carried-list' ? undefined : termNames[key]
    if (name === undefined || value === '' || (key === 'lateFee' && value === 0)) return []
    if (key === 'volume') return [{ name, value: `${formatCubicMetres(value as Litre)} m³` }]
    return [
      { name, value: amounts.has(key) ? `${formatYuan(value as Fen)} 元` : (codes[key]?.[value] ?? String(value)) },
    ]
  })
