/**
 * What a report is. Each report is one file of this folder, named in `registry.ts`; everything else (screen, paper,
 * spreadsheet, comparison, submission) is made from it.
 */
import type { Context } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import type { BusinessDate } from '../platform/dates.ts'
import type { Cells, ColumnKind } from './api.ts'
import type { Period, PeriodKind } from './rules.ts'

export interface ReportColumn {
  readonly key: string
  readonly label: string
  readonly kind: ColumnKind
  /** Money, litres and counts add up in the total row; set false where that says nothing (a day's balance). */
  readonly sum?: boolean
  /** A share of two other columns of the row: `['inTime', 'due']`. Also in the total row. Kind `percent`. */
  readonly of?: readonly [string, string]
  /** The share of this column's total: 占比. Kind `percent`. */
  readonly shareOf?: string
}

export interface ReportRow {
  /** Names the row in every period, so that it is compared with itself. */
  readonly key: string
  readonly cells: Cells
  /** Page of the program behind the row: '/customers/<accountId>'. */
  readonly link?: string | null
}

/** The records behind a row: one query that pages by key. */
export interface RecordQuery {
  readonly title: string
  readonly columns: readonly ReportColumn[]
  /** Whether `at` is an instant (number) or a date (text). */
  readonly by: 'instant' | 'date'
  /**
   * Selects `id`, `at`, `link` and the columns, where `(at, id) > (@afterAt, @afterId)`, in that order, `LIMIT @limit`.
   * Also has the parameters of `addUp` for the whole period, @key, and @viewer (staff id) for records that whoever looks
   * must not see.
   */
  readonly sql: string
}

export interface ReportSection {
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly columns: readonly ReportColumn[]
  /** Rows that always stand there, in this order, with nothing where nothing was. */
  readonly fixed?: (period: Period) => readonly ReportRow[]
  /** Largest first by this column; by key when absent. */
  readonly largest?: string
  /** Rows shown at most; a list says how many there were. */
  readonly limit?: number
  /** False where adding the rows up says nothing. */
  readonly totals?: false
  /** The column that is compared with 上期 and 同期; only with those named. */
  readonly compare?: { readonly column: string; readonly with?: readonly ('previous' | 'yearAgo')[] }
  readonly chart?: {
    readonly kind: 'bar' | 'line' | 'pie'
    readonly label: string
    readonly values: readonly string[]
  }
  readonly records?: (key: string, scope: Pick<Scope, 'context' | 'period'>) => RecordQuery
}

/** For which period, for whom, and which sections are wanted (an earlier period is asked for what is compared only). */
export interface Scope {
  readonly context: Context
  readonly period: Period
  /** The last day that counts: the end of the period, or today when that is earlier. */
  readonly until: BusinessDate
  /** Staff id when a cashier sees only what they took; '' for everything. */
  readonly cashier: string
  /** Staff id of who must not learn from a sum what the records conceal from them, or `everything`. */
  readonly viewer: string
  readonly wants: (section: string) => boolean
}

/** Rows of each section, in no order. Each yield (the share done, 0–1) ends a slice: others may work in between. */
export type Gathering = Generator<number, Readonly<Record<string, readonly ReportRow[]>>>

export interface Report {
  readonly id: string
  readonly title: string
  /** One line: what it tells. */
  readonly about: string
  readonly roles: readonly Role[]
  readonly periods: readonly PeriodKind[]
  /** Kinds of period that go up to headquarters. */
  readonly submitted: readonly PeriodKind[]
  /** Nobody waits for it: it is frozen and sent up when somebody asks for it. */
  readonly owed?: false
  /** Over with the 日结 of its last day, not only with the calendar: figures of the cash desk. */
  readonly endsWithDayClose?: true
  /** A cashier reads it too: days only, and what they took themselves. */
  readonly ownForCashier?: true
  /** Records of it are concealed from some (whoever is complained of): each reads the sums of what they may see (see `everything`). */
  readonly conceals?: true
  readonly notes: readonly string[]
  readonly sections: readonly ReportSection[]
  readonly gather: (scope: Scope) => Gathering
}
