/** 停用单、复用单、拆除单、过户单、换表单、销户单、加表单、拆表单、结清单: what each says, as plain data. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { maskNationalId, maskNumbersIn, maskPhone } from '../platform/identity.ts'
import { add, fen, formatCubicMetres, formatYuan, sum, type Fen, type Litre } from '../platform/money.ts'
import { billLines } from '../billing/service.ts'
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import { idKindNames } from '../customers/api.ts'
import { contractsOfApplication } from '../contracts/service.ts'
import { contractKindNames, contractStateNames } from '../contracts/api.ts'
import { meterKindNames, type MeterKind } from '../metering/api.ts'
import { meterNos, metersInUse } from '../metering/service.ts'
import {
  prepaymentChoiceNames,
  holderAbsenceNames,
  processKindNames,
  processRecordNames,
  processStateNames,
  type HolderAbsence,
  type ProcessKind,
  type ProcessRecordKind,
} from './account-api.ts'
import {
  finalReadingsOf,
  processById,
  recordsOf,
  settlementOf,
  type ProcessRecord,
  type StepRecord,
} from './account-store.ts'

interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

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

const bodyOf = (row: StepRecord | undefined) => JSON.parse(row?.body ?? '{}') as Record<string, unknown>

/** What was done, step by step, as evidence: with the certified worker and the result. */
function steps(records: readonly StepRecord[]): Table {
  const shown: readonly ProcessRecordKind[] = [
    'final-reading',
    'addition',
    'removal',
    'tightness',
    'safety-check',
    'finished',
  ]
  const rows = records
    .filter(({ kind }) => shown.includes(kind as ProcessRecordKind))
    .map((row) => {
      const {
        summary,
        reasons,
        checks = [],
      } = bodyOf(row) as {
        summary: string
        reasons: string[]
        checks?: { ok: boolean }[]
      }
      const wrong = checks.filter(({ ok }) => !ok).length
      const looked =
        checks.length === 0 ? '' : `逐项检查 ${checks.length} 项，${wrong === 0 ? '均合格' : `${wrong} 项不合格`}`
      const result = row.passed === null ? '' : row.passed === 1 ? '合格' : '不合格'
      return [
        processRecordNames[row.kind as ProcessRecordKind],
        row.performedOn,
        [looked, summary, ...reasons].filter((text) => text !== '').join('；'),
        result,
        row.workerName ?? row.actorName,
      ]
    })
  return { title: '办理记录', head: ['事项', '日期', '内容', '结果', '办理人'], rows }
}

function money(context: Context, process: ProcessRecord): Table {
  const settlement = settlementOf(context, process.accountId)
  return {
    title: '费用',
    head: ['尚欠气费（元）', '违约金（元）', '预存余额（元）', '预存处理'],
    rows: [
      [
        formatYuan(settlement.principal),
        formatYuan(settlement.lateFee),
        formatYuan(settlement.prepayment),
        prepaymentChoiceNames[process.prepayment],
      ],
    ],
  }
}

function party(context: Context, label: string, customerId: string): string[] {
  const { name, idKind, idNumber, phone } = customerById(context, customerId)
  return [label, name, `${idKindNames[idKind]} ${idNumber === null ? '—' : maskNationalId(idNumber)}`, maskPhone(phone)]
}

function parties(context: Context, process: ProcessRecord, records: readonly StepRecord[]): Table[] {
  const { newAccountNo } = bodyOf(records.findLast(({ kind }) => kind === 'finished')) as { newAccountNo?: string }
  const readings = finalReadingsOf(context, process)
  const number = newAccountNo ?? '过户办结后生成'
  return [
    {
      title: '双方',
      head: ['', '姓名或名称', '证件', '电话'],
      rows: [
        party(context, '原户主', process.customerId),
        ...(process.newCustomerId === null ? [] : [party(context, '新户主', process.newCustomerId)]),
      ],
    },
    {
      title: '交接',
      head: ['表号', '止数（m³）', '抄表日期', '新户号'],
      rows:
        readings.length === 0
          ? [['—', '—', '—', number]]
          : readings.map(({ meterNo, index, on }) => [meterNo, formatCubicMetres(index), on, number]),
    },
    {
      title: '新户主的合同',
      head: ['合同', '编号', '状态'],
      rows: contractsOfApplication(context, process.id)
        .filter(({ state }) => state !== 'void')
        .map(({ kind, state, contractNo }) => [contractKindNames[kind], contractNo, contractStateNames[state]]),
    },
  ]
}

interface ExchangeBody {
  readonly oldMeterNo: string
  readonly oldKind?: MeterKind
  readonly oldModel?: string
  readonly previousOn: string
  readonly previousIndex: Litre
  readonly finalIndex: Litre
  readonly measured: Litre
  readonly makeUp: Litre
  readonly stoppedOn: string | null
  readonly meterNo: string
  readonly kind: MeterKind
  readonly model: string
  readonly digits: number
  readonly initialIndex: Litre
  readonly billNo: string | null
  readonly amount: Fen
}

function exchange(records: readonly StepRecord[]): Table[] {
  const row = records.findLast(({ kind }) => kind === 'exchange')
  if (!row) return []
  const body = bodyOf(row) as unknown as ExchangeBody
  const tests = records.filter(({ kind }) => kind === 'tightness' || kind === 'safety-check')
  const meter = (label: string, no: string, kind: MeterKind | undefined, model: string | undefined, index: string) => [
    label,
    no,
    kind === undefined ? '—' : meterKindNames[kind],
    model ?? '—',
    index,
  ]
  return [
    {
      title: '表具',
      head: ['', '表号', '表型', '型号', '读数（m³）'],
      rows: [
        meter('旧表', body.oldMeterNo, body.oldKind, body.oldModel, `止数 ${formatCubicMetres(body.finalIndex)}`),
        meter(
          '新表',
          body.meterNo,
          body.kind,
          `${body.model}（${body.digits} 位）`,
          `底数 ${formatCubicMetres(body.initialIndex)}`,
        ),
      ],
    },
    {
      title: '旧表气量',
      head: ['上次读数', '旧表用气 m³', '补气量 m³', '账单', '气费（元）'],
      rows: [
        [
          `${formatCubicMetres(body.previousIndex)}（${body.previousOn}）`,
          formatCubicMetres(body.measured),
          body.makeUp > 0 ? `${formatCubicMetres(body.makeUp)}（${body.stoppedOn ?? ''} 起停走）` : '0',
          body.billNo ?? '此前已出账',
          formatYuan(body.amount),
        ],
      ],
    },
    {
      title: '办理',
      head: ['换表日期', '换表人员', '签字'],
      rows: [
        [
          row.performedOn,
          row.workerName ?? '',
          (bodyOf(records.findLast(({ kind }) => kind === 'finished'))['summary'] as string | undefined) ?? '待签字',
        ],
      ],
    },
    ...(tests.length > 0 ? [steps(tests)] : []),
  ]
}

interface AdditionBody {
  readonly meterNo: string
  readonly kind: MeterKind
  readonly model: string
  readonly digits: number
  readonly initialIndex: Litre
  readonly note: string
}

function addition(context: Context, { servicePointId }: ProcessRecord, records: readonly StepRecord[]): Table[] {
  const row = records.findLast(({ kind }) => kind === 'addition')
  if (!row) return []
  const { meterNo, kind, model, digits, initialIndex, note } = bodyOf(row) as unknown as AdditionBody
  const others = metersInUse(context, servicePointId).filter((meter) => meter.meterNo !== meterNo)
  return [
    {
      title: '加装表具',
      head: ['表号', '表型', '型号', '底数（m³）', '安装位置', '同户其他表'],
      rows: [
        [
          meterNo,
          meterKindNames[kind],
          `${model}（${digits} 位）`,
          formatCubicMetres(initialIndex),
          note === '' ? '—' : note,
          meterNos(others) || '—',
        ],
      ],
    },
    steps(records),
  ]
}

interface DetachmentBody {
  readonly meterNo: string
  readonly kind: MeterKind
  readonly model: string
  readonly previousOn: string
  readonly previousIndex: Litre
  readonly finalIndex: Litre
  readonly measured: Litre
  readonly billNo: string | null
  readonly amount: Fen
}

function detachment(records: readonly StepRecord[]): Table[] {
  const row = records.findLast(({ kind }) => kind === 'removal')
  if (!row) return []
  const body = bodyOf(row) as unknown as DetachmentBody
  return [
    {
      title: '拆下表具',
      head: ['表号', '表型、型号', '上次读数', '止数（m³）', '用气 m³', '账单', '气费（元）'],
      rows: [
        [
          body.meterNo,
          `${meterKindNames[body.kind]} ${body.model}`,
          `${formatCubicMetres(body.previousIndex)}（${body.previousOn}）`,
          formatCubicMetres(body.finalIndex),
          formatCubicMetres(body.measured),
          body.billNo ?? '此前已出账',
          formatYuan(body.amount),
        ],
      ],
    },
    steps(records),
  ]
}

function tablesOf(context: Context, process: ProcessRecord, records: readonly StepRecord[]): Table[] {
  switch (process.kind) {
    case 'exchange':
      return exchange(records)
    case 'transfer':
      return [...parties(context, process, records), money(context, process)]
    case 'reactivation':
      return [steps(records)]
    case 'addition':
      return addition(context, process, records)
    case 'detachment':
      return detachment(records)
    default:
      return [steps(records), money(context, process)]
  }
}

/** What both sides of a transfer confirm: who takes over, and at which reading. */
function lackingOf(context: Context, process: ProcessRecord): string | null {
  if (process.kind !== 'transfer') return null
  if (process.newCustomerId === null) return '还没有登记新户主，登记后再打印过户单'
  return isUnread(context, process) ? '还没有抄止数，抄了止数再打印过户单' : null
}

const endsUse: readonly ProcessKind[] = ['deactivation', 'dismantling', 'transfer']
/** Gas that may have flowed since the last bill is on no bill yet: a meter in use whose 止数 was not taken. */
function isUnread(context: Context, process: ProcessRecord): boolean {
  if (process.endedAt !== null || !endsUse.includes(process.kind)) return false
  const taken = new Set(finalReadingsOf(context, process).map(({ meterId }) => meterId))
  return metersInUse(context, process.servicePointId).some(({ meterId }) => !taken.has(meterId))
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

interface SettledBill {
  readonly billNo: string
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  readonly consumption: Litre
  readonly amount: Fen
  readonly settled: Fen
  readonly lateFeeSettled: Fen
  /** 违约金 included. */
  readonly owed: Fen
  readonly lines: readonly string[]
}

export interface SettlementPaper {
  readonly processNo: string
  readonly kindName: string
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly asOf: BusinessDate
  readonly finalReadings: readonly { readonly meterNo: string; readonly on: BusinessDate; readonly index: Litre }[]
  readonly bills: readonly SettledBill[]
  readonly owed: Fen
  readonly refunded: Fen
  readonly carried: Fen
  readonly prepayment: Fen
  readonly statement: string
  readonly holderName: string
}

/** Bills that were made or paid while the process was in hand, and those still open: what the settlement consisted of. */
function billsOf(context: Context, process: ProcessRecord): SettledBill[] {
  const open = new Map(settlementOf(context, process.accountId).bills.map((bill) => [bill.billId, bill]))
  const rows = statement<Omit<SettledBill, 'owed' | 'lines'> & { billId: string }>(
    context.sqlite,
    `SELECT b.id AS billId, b.bill_no AS billNo, b.period_from AS periodFrom, b.period_to AS periodTo, b.consumption,
       b.amount, b.settled, b.late_fee_settled AS lateFeeSettled
     FROM bills b WHERE b.account_id = @accountId AND b.state <> 'cancelled' AND (b.created_at >= @from OR b.state = 'open'
       OR EXISTS (SELECT 1 FROM bill_settlements s WHERE s.bill_id = b.id AND s.created_at >= @from AND s.undone_on IS NULL))
     ORDER BY b.period_to, b.bill_no`,
  ).all({ accountId: process.accountId, from: process.createdAt })
  return rows.map(({ billId, ...bill }) => {
    const debt = open.get(billId)
    return {
      ...bill,
      owed: debt ? add(debt.outstanding, debt.lateFee) : fen(0),
      lines: billLines(context, billId).map(({ text }) => text),
    }
  })
}

/** 结清单 of a process. @throws ProcessNotFound */
export function settlementPaper(context: Context, processId: string): SettlementPaper {
  const process = processById(context, processId)
  const account = accountById(context, process.accountId)
  const { asOf, prepayment, unbilled } = settlementOf(context, process.accountId)
  const bills = billsOf(context, process)
  const owed = sum(bills.map((bill) => bill.owed))
  const refunded =
    statement<{ amount: Fen }>(
      context.sqlite,
      `SELECT coalesce(-sum(p.amount), 0) AS amount FROM payments p JOIN receipts r ON r.payment_id = p.id
       WHERE p.account_id = ? AND p.kind = 'refund' AND r.state = 'issued' AND p.at >= ?`,
    ).get(process.accountId, process.createdAt)?.amount ?? fen(0)
  const finished = recordsOf(context, processId).findLast(({ kind }) => kind === 'finished')
  const carried = fen((bodyOf(finished)['prepaymentCarried'] as number | undefined) ?? 0)
  const keeps = process.prepayment === 'keep'
  const unread = isUnread(context, process)
  const settled = owed === 0 && unbilled === 0 && !unread && (keeps || prepayment === 0)
  return {
    processNo: process.processNo,
    kindName: processKindNames[process.kind],
    accountNo: account.accountNo,
    customerName: customerById(context, process.customerId).name,
    address: servicePointById(context, process.servicePointId).address,
    asOf,
    finalReadings: finalReadingsOf(context, process).map(({ meterNo, on, index }) => ({ meterNo, on, index })),
    bills,
    owed,
    refunded,
    carried,
    prepayment,
    statement: settled
      ? `截至 ${asOf}，本户气费和违约金均已结清${keeps ? '' : '，预存余额为零'}。`
      : `截至 ${asOf}，${unread ? '止数还没有抄' : '本户尚未结清'}，本单仅供核对。`,
    holderName: process.holderName,
  }
}
