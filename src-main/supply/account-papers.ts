/** 停用单、复用单、拆除单、过户单、换表单、销户单、加表单、拆表单: what each says, as plain data. */
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { maskNumbersIn, maskPhone } from '../platform/identity.ts'
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import {
  holderAbsenceNames,
  processKindNames,
  processStateNames,
  type HolderAbsence,
  type ProcessKind,
} from './account-api.ts'
import { processById, recordsOf, type ProcessRecord } from './account-store.ts'
import { tablesOf, type Table } from './account-paper-tables.ts'
import { isUnread } from './settlement-paper.ts'

export interface ProcessPaper {
  readonly processNo: string
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly applicant: string
  readonly applicantPhone: string
  readonly reason: string
  readonly startedOn: BusinessDate
  readonly stateName: string
  readonly doneOn: BusinessDate | null
  readonly holderName: string
  readonly tables: readonly Table[]
  readonly notes: readonly string[]
  /** What must be registered before somebody can sign this, in words; null when nothing lacks. */
  readonly lacking: string | null
  readonly signatures: readonly string[]
}

const notes: Record<ProcessKind, readonly string[]> = {
  deactivation: [
    '停用期间请勿自行拆动封签、表具和阀门。需要复用的，请凭本单到营业厅办理，经严密性试验和安全检查合格后恢复用气。',
  ],
  reactivation: [
    '严密性试验、安全检查合格后恢复用气。用气前请检查灶具、软管，发现漏气立即关阀、开窗，并在室外拨打抢险电话。',
  ],
  dismantling: ['用气点拆除后不再恢复；今后需要用气的，请重新报装。'],
  transfer: [
    '双方确认以上止数和费用。止数之前的气费由原户主承担，之后的由新户主承担。',
    '新户主的供用气合同、安全用气合同自过户之日起履行；原户主的合同同时终止。',
  ],
  exchange: [
    '客户确认旧表止数、补气量和新表底数。换表不影响阶梯气价本周期的累计气量。',
    '严密性试验、安全检查合格后用气。用气前请检查灶具、软管，发现漏气立即关阀、开窗，并在室外拨打抢险电话。',
  ],
  closing: ['户号终止后不再入账。本单请妥善保存。'],
  addition: [
    '客户确认新装表的表号和底数。一户多表合并计档：各表气量相加后按一户计算阶梯，不因加表增加档位气量。',
    '严密性试验合格后用气。用气前请检查灶具、软管，发现漏气立即关阀、开窗，并在室外拨打抢险电话。',
  ],
  detachment: ['客户确认拆下表具的止数和气费。拆表不影响阶梯气价本周期的累计气量，其余表具照常使用。'],
}
const signers: Record<ProcessKind, readonly string[]> = {
  deactivation: ['现场人员', '客户签字', '营业厅（章）'],
  reactivation: ['现场人员', '客户签字', '营业厅（章）'],
  dismantling: ['现场人员', '客户签字', '营业厅（章）'],
  transfer: ['原户主签字', '新户主签字', '经办人', '营业厅（章）'],
  exchange: ['换表人员', '客户签字', '经办人', '营业厅（章）'],
  closing: ['经办人', '客户签字', '营业厅（章）'],
  addition: ['装表人员', '客户签字', '经办人', '营业厅（章）'],
  detachment: ['拆表人员', '客户签字', '经办人', '营业厅（章）'],
}

/** What a transfer says whose old holder could not come: nobody signs for them, and somebody answers for it. */
const notesWithout = (absence: HolderAbsence, { absenceNote, absenceApprover }: ProcessRecord): string[] => [
  `原户主${holderAbsenceNames[absence]}，未到场签字：${maskNumbersIn(absenceNote)}。${
    absenceApprover === null ? '尚待营业厅主任批准' : `证明材料已存档，批准人 ${absenceApprover}`
  }。`,
  '新户主确认以上止数和费用，并对所提交证明的真实性负责；由此产生的权属争议由新户主承担。',
  '新户主的供用气合同、安全用气合同自过户之日起履行；原户主的合同同时终止。',
]

/** What both sides of a transfer confirm: who takes over, and at which reading. */
function lackingOf(context: Context, process: ProcessRecord): string | null {
  if (process.kind !== 'transfer') return null
  if (process.newCustomerId === null) return '还没有登记新户主，登记后再打印过户单'
  return isUnread(context, process) ? '还没有抄止数，抄了止数再打印过户单' : null
}

/** The paper of a process of this kind. @throws ProcessNotFound · InvalidInput for another kind */
export function processPaper(context: Context, kind: ProcessKind, processId: string): ProcessPaper {
  const process = processById(context, processId)
  if (process.kind !== kind) throw new InvalidInput(`这笔业务是${processKindNames[process.kind]}，没有这种单据`)
  const records = recordsOf(context, processId)
  const account = accountById(context, process.accountId)
  return {
    processNo: process.processNo,
    accountNo: account.accountNo,
    customerName: customerById(context, process.customerId).name,
    address: servicePointById(context, process.servicePointId).address,
    applicant: process.applicant,
    applicantPhone: maskPhone(process.applicantPhone),
    reason: maskNumbersIn(process.reason),
    startedOn: process.startedOn as BusinessDate,
    stateName: processStateNames[process.state],
    doneOn: process.endedAt === null ? null : shanghaiDate(process.endedAt),
    holderName: process.holderName,
    tables: tablesOf(context, process, records),
    notes: process.absence === null ? notes[kind] : notesWithout(process.absence, process),
    lacking: lackingOf(context, process),
    signatures: process.absence === null ? signers[kind] : ['新户主签字', '经办人', '批准人', '营业厅（章）'],
  }
}
