/** What an entry of the audit log was about and what it notes, in the trade's words. Held complete by tests/access/audit-words.test.ts. */
import { approvalPurposeNames, purposeNamed, termsInWords, type Approval } from '../../src-main/access/api.ts'
import { checklistWords, type ChecklistItem } from '../../src-main/golive/api.ts'
import { paperNames, type PaperKind } from '../../src-main/notices/api.ts'
import { showBytes } from '../shell/show.ts'

const entities: Readonly<Record<string, string>> = {
  account: '户',
  'account-process': '业务',
  application: '报装',
  attachment: '附件',
  backup: '备份',
  break: '断点',
  clock: '电脑时间',
  bill: '账单',
  'bill-adjustment': '退补气费',
  board: '公示',
  'bill-run': '批量出账',
  complaint: '投诉',
  campaign: '宣传活动',
  'class-change': '用气性质变更',
  contract: '合同',
  drill: '演练',
  'emergency-plan': '应急预案',
  customer: '客户',
  import: '导入',
  'import-window': '迁入期',
  carried: '恢复前的安全事项',
  day: '营业日',
  'deposit-slip': '缴款单',
  difference: '对账差异',
  file: '文件',
  merit: '奖惩',
  draw: '回访抽取',
  followup: '回访',
  hazard: '隐患',
  inspection: '安检',
  'inspection-run': '安检计划',
  'inspection-task': '安检任务',
  dunning: '催缴',
  dunning_batch: '催缴批次',
  interruption: '停气',
  meter: '表具',
  paper: '单据',
  payment: '收款',
  'price-plan': '价格方案',
  'fee-item': '收费项目',
  charge: '收费单',
  'contract-template': '合同文本',
  golive: '开业准备',
  reading: '抄表',
  scorecard: '考核表',
  sample: '回访样本',
  service_point: '用气点',
  'register-entry': '台账',
  'service-time': '办理时间',
  report: '报表',
  'report-submission': '报表上报',
  resumption: '恢复供气',
  setting: '设置',
  shift: '班次',
  statement: '对账单',
  staff: '员工',
  'staff-no': '工号',
  training: '培训',
  upload: '上报',
  workorder: '工单',
  till: '分机',
}

/** Says nothing to anybody; names, codes and days do. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const shownId = (id: string): string => (uuid.test(id) ? `…${id.slice(-6)}` : id)

/** What is known by a code of the program's own, which says nothing to people: its name stands in the notes. */
const byCode = new Set(['setting', 'report'])

/** What it was about: '收款 …3f2a1b', the end of the id being enough to tell two rows apart; a paper with what it is. */
export function showSubject(subject: string | null): string {
  if (subject === null) return ''
  const [entity = '', ...rest] = subject.split(':')
  const word = entities[entity] ?? '记录'
  if (byCode.has(entity)) return word
  if (entity === 'golive') return `${word} ${checklistWords[rest.join(':') as ChecklistItem]?.title ?? ''}`.trim()
  const [kind = '', ...of] = rest
  if (entity === 'paper' && of.length > 0)
    return [word, paperNames[kind as PaperKind], shownId(of.join(':'))].filter(Boolean).join(' ')
  return `${word} ${shownId(rest.join(':'))}`
}

/** Words of the notes that services leave; amounts are in fen and shown in the row's details only. */
const noteNames: Readonly<Record<string, string>> = {
  called: '名称',
  reason: '原因',
  approver: '批准人',
  approvedFor: '批准事项',
  result: '结果',
  what: '号码',
  shown: '显示的号码',
  column: '列',
  rowNo: '行',
  name: '姓名',
  staffNo: '工号',
  receiptNo: '收据',
  billNo: '账单',
  accountNo: '户号',
  orderNo: '工单',
  cardNo: '考核表',
  course: '课程',
  exam: '科目',
  complaintNo: '投诉',
  number: '编号',
  visitNo: '安检单',
  hazardNo: '隐患',
  interruptionNo: '停气',
  dunningNo: '催缴',
  noticeNo: '通知单',
  entryNo: '台账',
  importNo: '导入',
  fileName: '文件',
  size: '大小',
  hash: 'SHA-256',
  replaced: '换下的文件',
  alone: '一人办理（没有其他人可批准）',
  wrongTries: '此前密码输错次数',
  refused: '未准',
  more: '另有次数',
  approved: '决定',
  note: '备注',
}
/** Decisions by the key of what was decided; a refusal must not read as an agreement. */
const decisions: Readonly<Record<string, Readonly<Record<'true' | 'false', string>>>> = {
  approved: { true: '批准', false: '不批准' },
}
const results: Readonly<Record<string, string>> = {
  accepted: '通过',
  refused: '密码错误',
  'locked-out': '已锁定',
  unknown: '工号无效',
  'turned-down': '密码正确，但未准',
  'not-written': '没有写成',
}
/** Why somebody was refused; the attempt is on record all the same. */
const refusals: Readonly<Record<string, string>> = {
  NotAllowed: '岗位不允许',
  SessionLocked: '屏幕已锁定',
  ApprovalRefused: '批准无效',
  GateNotPassed: '条件不具备',
  RequestIdReused: '表单重复使用',
  UnknownSession: '登录凭证不存在',
  EndedSession: '登录早已结束',
}
/** Which number of a person somebody asked to see. */
const numbersSeen: Readonly<Record<string, string>> = {
  idNumber: '证件号码',
  phone: '联系电话',
  phoneAlt: '备用电话',
  note: '备注中的号码',
  complainantPhone: '投诉人电话',
  callerPhone: '来电人电话',
  applicantPhone: '申请人电话',
}
const valueWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  result: results,
  refused: refusals,
  what: numbersSeen,
}

/** What somebody was asked to agree to, in the words in which it was asked. */
function termsNote({ purpose: named, terms }: Readonly<Record<string, unknown>>): string[] {
  const purpose = purposeNamed(named)
  if (purpose === undefined || typeof terms !== 'object' || terms === null) return []
  return [
    `事项 ${approvalPurposeNames[purpose]}`,
    ...termsInWords({ purpose, terms } as Approval).map(({ name, value }) => `${name} ${value}`),
  ]
}

/** The notes of a row in one line; what has no word of its own is left to the details. */
export const showNotes = (detail: Readonly<Record<string, unknown>>): string =>
  [
    ...termsNote(detail),
    ...Object.entries(detail).flatMap(([key, value]) => {
      const name = noteNames[key]
      if (name === undefined || value === '') return []
      const decided = typeof value === 'boolean' ? decisions[key]?.[`${value}`] : undefined
      if (decided !== undefined) return [`${name} ${decided}`]
      if (value === true) return [name]
      if (typeof value !== 'string' && typeof value !== 'number') return []
      if (key === 'what' && !(value in numbersSeen)) return []
      if (key === 'size') return [`${name} ${showBytes(Number(value))}`]
      return [`${name} ${valueWords[key]?.[value] ?? value}`]
    }),
  ].join('，')
