/** Papers (单据): one HTML template each → preview, printer, PDF. A reprint says 补打 and is counted. */
import { z } from 'zod'
import { paperSizes, type PaperSize } from '../app/api.ts'
import { call, Instant, PageRequest, pageOf, RequestId } from '../platform/contract.ts'

export const paperKinds = [
  'receipt',
  'reversal',
  'bill',
  'supply-contract',
  'safety-contract',
  'day-report',
  'deposit-slip',
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
  report: '报表',
}

/** Papers of the counter; the others are read by whoever may read what is on them, which their own room checks. */
export const counterRoles = ['clerk', 'cashier', 'hall-manager'] as const
const readers = [...counterRoles, 'dispatcher', 'administrator'] as const
/** Kinds that their own room gives out by its own rules. */
export const checkedByRoom: readonly PaperKind[] = ['report']

const PaperRef = {
  kind: z.enum(paperKinds),
  /** Payment, bill or contract id; for the papers of a day close, the business date or the id of the slip. */
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

/** A paper as it would be printed now. */
export const Paper = call({
  name: 'notices.paper',
  kind: 'read',
  allow: readers,
  input: z.strictObject(PaperRef),
  output: Rendered,
})

/** Counts one printing (printer or PDF) and answers with what to print: from the second on it says 补打. */
export const Printed = call({
  name: 'notices.printed',
  kind: 'change',
  allow: readers,
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
  allow: ['clerk', 'cashier', 'hall-manager'],
  input: z.strictObject({ kind: z.enum(paperKinds).nullable().default(null), page: PageRequest }),
  output: pageOf(PrintingRow),
})
