/** The tables on the papers of an account's business: the meters, the parties, the money, what was done step by step. */
import type { Context } from '../platform/context.ts'
import { maskNationalId, maskPhone } from '../platform/identity.ts'
import { formatCubicMetres, formatYuan, type Fen, type Litre } from '../platform/money.ts'
import { customerById } from '../customers/service.ts'
import { idKindNames } from '../customers/api.ts'
import { contractsOfApplication } from '../contracts/service.ts'
import { contractKindNames, contractStateNames } from '../contracts/api.ts'
import { meterKindNames, type MeterKind } from '../metering/api.ts'
import { meterNos, metersInUse } from '../metering/service.ts'
import { prepaymentChoiceNames, processRecordNames, type ProcessRecordKind } from './account-api.ts'
import { finalReadingsOf, settlementOf, type ProcessRecord, type StepRecord } from './account-store.ts'

export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export const bodyOf = (row: StepRecord | undefined) => JSON.parse(row?.body ?? '{}') as Record<string, unknown>

/** What was done, step by step, as evidence: with the certified worker and the result. */
function steps(records: readonly StepRecord[]): Table {
  const shown: readonly ProcessRecordKind[] = [
    'final-reading',
    'addition',
    'removal',
    'place-seen',
    'closing-approved',
    'debt-kept',
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

export function tablesOf(context: Context, process: ProcessRecord, records: readonly StepRecord[]): Table[] {
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
