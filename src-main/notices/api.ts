/** Papers (单据): one HTML template each → preview, printer, PDF. A reprint says 补打 and is counted. */
import { z } from 'zod'
import { paperSizes, type PaperSize } from '../app/api.ts'
import { roles, call, Instant, PageRequest, pageOf, RequestId, type Role } from '../platform/contract.ts'

export const paperKinds = [
  'receipt',
  'reversal',
  'bill',
  'supply-contract',
  'safety-contract',
  'day-report',
  'deposit-slip',
  'scorecard',
  'complaint',
  'complaint-month',
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
  'closing',
  'settlement',
  'import-report',
  'notice-board',
  'campaign-record',
  'emergency-plan',
  'drill-record',
  'report',
] as const
export type PaperKind = (typeof paperKinds)[number]
export const paperNames: Record<PaperKind, string> = {
  receipt: '收费收据',
  reversal: '冲正凭证',
  bill: '账单通知单',
  'supply-contract': '供用气合同',
  'safety-contract': '安全用气合同',
  'day-report': '日结单',
  'deposit-slip': '缴款单',
  scorecard: '考核表',
  complaint: '投诉受理单',
  'complaint-month': '投诉月度分析',
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
  closing: '销户单',
  settlement: '结清单',
  'import-report': '数据导入报告',
  'notice-board': '公示牌',
  'campaign-record': '安全宣传活动记录',
  'emergency-plan': '应急预案',
  'drill-record': '应急演练记录',
  report: '报表',
}

/** What hangs on walls is printed as often as there are walls, and does not say 补打. */
export const wallPapers: readonly PaperKind[] = ['notice-board', 'emergency-plan']

const field: readonly Role[] = ['clerk', 'hall-manager', 'dispatcher']
const fieldAndDesk: readonly Role[] = ['clerk', 'cashier', 'hall-manager', 'dispatcher']
const leaders: readonly Role[] = ['hall-manager', 'dispatcher', 'administrator']

/**
 * Who sees and prints a paper: the desk, where nothing else stands here. A dispatcher sees what is sent out, never what
 * belongs to the counter (clause 6(10)). Checked for every paper by the service.
 */
export const paperReaders: Partial<Record<PaperKind, readonly Role[]>> = {
  scorecard: leaders,
  complaint: field,
  'complaint-month': leaders,
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
  // The room knows who may read which report.
  report: roles,
}
export const deskReaders: readonly Role[] = ['clerk', 'cashier', 'hall-manager']

const PaperRef = {
  kind: z.enum(paperKinds),
  /** Payment, bill, contract, interruption, dunning … id; for the papers of a day close, the business date or the id of the slip. */
  id: z.string().min(1).max(60),
}

const Rendered = z.object({
  /** A complete HTML document with its styles inside, without script. */
  html: z.string(),
  size: z.enum(Object.keys(paperSizes) as [PaperSize, ...PaperSize[]]),
  landscape: z.boolean(),
  title: z.string(),
  /** Proposed name of the PDF, without folders. */
  fileName: z.string(),
  /** How often it has been printed or saved before. */
  printed: z.int(),
})
export type Rendered = z.output<typeof Rendered>

/** A paper as it would be printed now. @throws NotAllowed when this paper is not for the operator's role */
export const Paper = call({
  name: 'notices.paper',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject(PaperRef),
  output: Rendered,
})

/** Counts one printing (printer or PDF) and answers with what to print: from the second on it says 补打. @throws NotAllowed as above */
export const Printed = call({
  name: 'notices.printed',
  kind: 'change',
  allow: 'signed-in',
  input: z.strictObject({ requestId: RequestId, ...PaperRef, how: z.enum(['printer', 'pdf']) }),
  output: Rendered,
})

const PrintingRow = z.object({
  rowId: z.string(),
  ...PaperRef,
  number: z.string(),
  how: z.enum(['printer', 'pdf']),
  /** 1 for the original, 2 for the first reprint … */
  copyNo: z.int(),
  at: Instant,
  by: z.string(),
})
export type PrintingRow = z.output<typeof PrintingRow>

/** What was printed, newest first. */
export const Printings = call({
  name: 'notices.printings',
  kind: 'read',
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({ kind: z.enum(paperKinds).nullable().default(null), page: PageRequest }),
  output: pageOf(PrintingRow),
})
