/** What the reading worker is told and what it says. Types only. */
import type { SheetRow } from './cells.ts'
import type { SheetSource, SourceFile } from './identify.ts'

export interface WorkOrder {
  readonly source: SheetSource
  /** Only this sheet; null for all that are shown. */
  readonly sheet: string | null
  readonly maxSheets: number
  /** Rows of each sheet after which it is enough; null for all. */
  readonly rows: number | null
}

export type FromWorker =
  | { readonly type: 'file'; readonly file: SourceFile }
  | { readonly type: 'sheets'; readonly names: readonly string[] }
  | { readonly type: 'rows'; readonly sheet: string; readonly rows: SheetRow[]; readonly share: number }
  | { readonly type: 'refused'; readonly message: string; readonly field: string | null; readonly fault: string | null }
  | { readonly type: 'end' }

export type ToWorker = { readonly type: 'more' } | { readonly type: 'stop' }
