/** Papers (单据): one HTML template each → preview, printer, PDF. A reprint says 补打 and is counted. */
import { z } from 'zod'
import { paperSizes, printOutcomes, type PaperSize } from '../app/api.ts'
import {
  Id,
  roles,
  call,
  Instant,
  PageRequest,
  pageOf,
  RequestId,
  type Role,
  ListSearch,
  TillCode,
} from '../platform/contract.ts'

export const paperKinds = [
  'receipt',
  'reversal',
  'bill',
  'adjustment',
  'supply-contract',
  'safety-contract',
  'day-report',
  'deposit-slip',
  'scorecard',
  'complaint',
  'complaint-month',
  'work-order',
  'inspection-round',
  'absence-card',
  'rectification-notice',
  'interruption-door',
  'interruption-slip',
  'cancellation-door',
  'cancellation-slip',
  'delay-door',
  'delay-slip',
  'resumption-door',
  'resumption',
  'dunning',
  'arrears-suspension',
  'deactivation',
  'reactivation',
  'dismantling',
  'transfer',
  'meter-exchange',
  'meter-addition',
  'meter-detachment',
  'closing',
  'settlement',
  'import-report',
  'notice-board',
  'campaign-record',
  'emergency-plan',
  'drill-record',
  'register-entry',
  'flow-chart',
  'report',
] as const
export type PaperKind = (typeof paperKinds)[number]
export const paperNames: Record<PaperKind, string> = {
  receipt: '收费收据',
  reversal: '冲正凭证',
  bill: '账单通知单',
  adjustment: '退补通知单',
  'supply-contract': '供用气合同',
  'safety-contract': '安全用气合同',
  'day-report': '日结单',
  'deposit-slip': '缴款单',
  scorecard: '考核表',
  complaint: '投诉受理单',
  'complaint-month': '投诉月度分析',
  'work-order': '派工单',
  'inspection-round': '安检任务单',
  'absence-card': '到访不遇卡',
  'rectification-notice': '隐患整改通知书',
  'interruption-door': '停气通知',
  'interruption-slip': '停气通知单',
  'cancellation-door': '取消停气通知',
  'cancellation-slip': '取消停气通知单',
  'delay-door': '延迟恢复供气通知',
  'delay-slip': '延迟恢复供气通知单',
  'resumption-door': '恢复供气通知',
  resumption: '恢复供气通知单',
  dunning: '催缴通知单',
  'arrears-suspension': '欠费停气通知',
  deactivation: '停用单',
  reactivation: '复用单',
  dismantling: '拆除单',
  transfer: '过户单',
  'meter-exchange': '换表单',
  'meter-addition': '加表单',
  'meter-detachment': '拆表单',
  closing: '销户单',
  settlement: '结清单',
  'import-report': '数据导入报告',
  'notice-board': '公示牌',
  'campaign-record': '安全宣传活动记录',
  'emergency-plan': '应急预案',
  'drill-record': '应急演练记录',
  'register-entry': '台账记录单',
  'flow-chart': '业务流程图',
  report: '报表',
}

/** What hangs on walls is printed as often as there are walls, and does not say 补打. */
export const wallPapers: readonly PaperKind[] = ['notice-board', 'emergency-plan', 'flow-chart']

const field: readonly Role[] = ['clerk', 'hall-manager', 'dispatcher']
const fieldAndDesk: readonly Role[] = ['clerk', 'cashier', 'hall-manager', 'dispatcher']
const leaders: readonly Role[] = ['hall-manager', 'dispatcher', 'administrator']

/**
 * Who sees and prints a paper: the desk, where nothing else stands here. A dispatcher sees what is sent out, never what
 * belongs to the counter (clause 6(10)). Checked for every paper by the service.
 */
const paperReaders: Partial<Record<PaperKind, readonly Role[]>> = {
  scorecard: leaders,
  complaint: field,
  'complaint-month': leaders,
  'work-order': field,
  'inspection-round': field,
  'absence-card': field,
  'rectification-notice': field,
  'interruption-door': fieldAndDesk,
  'interruption-slip': fieldAndDesk,
  'cancellation-door': fieldAndDesk,
  'cancellation-slip': fieldAndDesk,
  'delay-door': fieldAndDesk,
  'delay-slip': fieldAndDesk,
  'resumption-door': fieldAndDesk,
  resumption: fieldAndDesk,
  dunning: fieldAndDesk,
  'arrears-suspension': fieldAndDesk,
  'import-report': ['hall-manager', 'administrator'],
  'notice-board': roles,
  'campaign-record': roles,
  'emergency-plan': roles,
  'drill-record': roles,
  'register-entry': roles,
  'flow-chart': roles,
  // The room knows who may read which report.
  report: roles,
}
const deskReaders: readonly Role[] = ['clerk', 'cashier', 'hall-manager']
/** Who may look at papers of a kind; a page offers one to nobody else. */
export const readersOf = (kind: PaperKind): readonly Role[] => paperReaders[kind] ?? deskReaders

const PaperRef = {
  kind: z.enum(paperKinds),
  /** Payment, bill, contract, interruption, dunning … id; for the papers of a day close, the business date or the id of the slip. */
  id: z.string().min(1).max(60),
}

/** Kinds of which two or four may share a sheet, to be cut apart: what is handed out by the hundred. */
export const slipKinds: readonly PaperKind[] = [
  'bill',
  'absence-card',
  'interruption-slip',
  'cancellation-slip',
  'delay-slip',
  'resumption',
  'dunning',
  'arrears-suspension',
]

const millimetres = (min: number, max: number) =>
  z.number({ error: '请填写毫米数' }).min(min, `不能小于 ${min} 毫米`).max(max, `不能大于 ${max} 毫米`)

/** How a paper is set on the printer of a PC; null keeps what the hall's settings say. All lengths in mm. */
export const PageSetup = z
  .strictObject({
    /** A size by name, or a free one for pre-printed and cut stock. */
    paper: z
      .union([
        z.enum(Object.keys(paperSizes) as [PaperSize, ...PaperSize[]]),
        z.strictObject({ width: millimetres(60, 450), height: millimetres(50, 600) }),
      ])
      .nullable()
      .default(null),
    margins: z
      .strictObject({
        top: millimetres(0, 60),
        right: millimetres(0, 60),
        bottom: millimetres(0, 60),
        left: millimetres(0, 60),
      })
      .nullable()
      .default(null),
    /** How many slips stand on a sheet (`slipKinds` only). */
    perPage: z.union([z.literal(1), z.literal(2), z.literal(4)]).default(1),
  })
  .nullable()
  .default(null)
export type PageSetup = z.output<typeof PageSetup>
export type PageSetupInput = z.input<typeof PageSetup>

const Ticketed = z.object({
  /** Shows the paper at `paper://sheet/<ticket>` and prints it; of this session, for some minutes. Its text never passes through the page. */
  ticket: z.string(),
  /** Of the page as it is seen, mm. */
  width: z.number(),
  height: z.number(),
  title: z.string(),
  /** How often it may have come out before (printer or PDF). */
  printed: z.int(),
})
export type Ticketed = z.output<typeof Ticketed>

/**
 * A paper as it would be printed now; with `printingId` as this counted printing puts it out.
 * @throws NotAllowed when this paper is not for the operator's role · PaperRefused when it would be empty or a setting is missing
 */
export const Paper = call({
  name: 'notices.paper',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ ...PaperRef, setup: PageSetup, printingId: Id.nullable().default(null) }),
  output: Ticketed,
})

/** Counts one printing (printer or PDF) before it is tried; from the second that may have come out it says 补打. @throws as above */
export const Printed = call({
  name: 'notices.printed',
  kind: 'change',
  allow: 'signed-in',
  input: z.strictObject({
    requestId: RequestId,
    ...PaperRef,
    how: z.enum(['printer', 'pdf']),
    copies: z.int().min(1).max(20).default(1),
    /** Name of the printer; '' where the system's dialog asks or it is a PDF. */
    printer: z.string().max(200).default(''),
  }),
  output: z.object({ printingId: Id, copyNo: z.int() }),
})

/** 测试页 of a kind of paper on this PC's printer: size, margins, characters, and nothing of anybody. Not counted. */
export const TestPage = call({
  name: 'notices.testPage',
  kind: 'change',
  allow: 'signed-in',
  input: z.strictObject({
    requestId: RequestId,
    kind: z.enum(paperKinds),
    how: z.enum(['printer', 'pdf']).default('printer'),
    printer: z.string().max(200).default(''),
  }),
  output: z.object({ printingId: Id }),
})

const PrintingRow = z.object({
  rowId: z.string(),
  ...PaperRef,
  number: z.string(),
  how: z.enum(['printer', 'pdf']),
  /** 1 for the first time it was tried, 2 for the next … */
  copyNo: z.int(),
  /** 补打 n; 0 for an original. */
  reprint: z.int(),
  copies: z.int(),
  printer: z.string(),
  /** What became of it; null when the program ended before the printer answered. */
  outcome: z.enum(printOutcomes).nullable(),
  detail: z.string(),
  at: Instant,
  by: z.string(),
  /** Code of the till it was printed at. */
  till: TillCode,
})
export type PrintingRow = z.output<typeof PrintingRow>

/** What was printed, newest first. */
export const Printings = call({
  name: 'notices.printings',
  kind: 'read',
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({
    kind: z.enum(paperKinds).nullable().default(null),
    search: ListSearch,
    page: PageRequest,
  }),
  output: pageOf(PrintingRow),
})
