/** 报表: what a screen may ask. Money in fen, gas in litres, shares in hundredths of a percent, instants in epoch ms. */
import { z } from 'zod'
import { call, DateOnly, Id, Instant, pageOf, PageRequest, remark, RequestId } from '../platform/contract.ts'
import { columnKinds, periodKinds } from './rules.ts'

export { citeOf } from './evidence/clauses.ts'
export {
  arrearsBandNames,
  before,
  columnKinds,
  dateOrNull,
  formatCell,
  isNumeric,
  periodKindNames,
  periodKinds,
  periodLabel,
  periodOf,
  shifted,
  submissionStateNames,
  unitOf,
  yearAgo,
  type ColumnKind,
  type Period,
  type PeriodKind,
} from './rules.ts'

/** Everybody who may read one report or another; which ones is told by each report itself. */
const readers = ['cashier', 'hall-manager', 'administrator', 'dispatcher'] as const
export const submitters = ['hall-manager', 'administrator'] as const

const Kind = z.enum(periodKinds, { error: '请选择日、周、月、季或年' })
const reportId = z.string().regex(/^[a-z-]{1,40}$/, '没有这张报表')
const part = z.string().max(120)

const Cell = z.union([z.string(), z.number(), z.null()])
export type Cell = z.output<typeof Cell>
export type Cells = Readonly<Record<string, Cell>>

/** A column as it is shown, printed and exported. */
export const Column = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(columnKinds),
  /** Its total is the sum of its rows. */
  sum: z.boolean(),
  /** One of the columns that compare with another period. */
  compare: z.enum(['previous', 'yearAgo']).nullable(),
})
export type Column = z.output<typeof Column>

export const Section = z.object({
  id: z.string(),
  title: z.string(),
  note: z.string(),
  columns: z.array(Column),
  rows: z.array(
    z.object({
      key: z.string(),
      cells: z.record(z.string(), Cell),
      /** Page of the program that shows the thing of this row; null where there is none. */
      link: z.string().nullable(),
    }),
  ),
  totals: z.record(z.string(), Cell).nullable(),
  /** Rows there were; more than are listed where the list is cut off. */
  found: z.int(),
  /** A list of single things, and not a table of sums. */
  list: z.boolean(),
  /** A row opens the records behind it. */
  opens: z.boolean(),
  chart: z.object({ kind: z.enum(['bar', 'line', 'pie']), label: z.string(), values: z.array(z.string()) }).nullable(),
})
export type Section = z.output<typeof Section>

export const ReportView = z.object({
  resultId: Id,
  report: z.string(),
  title: z.string(),
  period: z.object({ kind: Kind, from: DateOnly, to: DateOnly, label: z.string() }),
  company: z.string(),
  hall: z.string(),
  /** Only what the asking cashier took. */
  own: z.boolean(),
  madeAt: Instant,
  madeBy: z.string(),
  sections: z.array(Section),
  notes: z.array(z.string()),
})
export type ReportView = z.output<typeof ReportView>

/** The reports this operator may read, in the order of the screen. */
export const List = call({
  name: 'reports.list',
  kind: 'read',
  allow: readers,
  input: z.strictObject({}),
  output: z.array(
    z.object({
      report: z.string(),
      title: z.string(),
      about: z.string(),
      periods: z.array(Kind),
      /** Kinds that go up to headquarters. */
      submitted: z.array(Kind),
      /** May only ask for days, and sees what they took themselves. */
      own: z.boolean(),
    }),
  ),
})

/**
 * 统计: works in slices, tells its progress under `reports.run/<runId>` and stops when `reports.stop` asks.
 * Errors: ReportNotFound · NotAllowed · ReportStopped
 */
export const Run = call({
  name: 'reports.run',
  kind: 'task',
  allow: readers,
  input: z.strictObject({
    /** Made by the screen; also the id under which the result is kept for a day. */
    runId: Id,
    report: reportId,
    kind: Kind,
    /** Any day of the period. */
    date: DateOnly,
  }),
  output: ReportView,
})

/** 停止统计. */
export const Stop = call({
  name: 'reports.stop',
  kind: 'change',
  allow: readers,
  input: z.strictObject({ requestId: RequestId, runId: Id }),
  output: z.object({ stopped: z.boolean() }),
})

/** A result of today once more, as it was. Errors: ResultGone */
export const Result = call({
  name: 'reports.result',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ resultId: Id }),
  output: ReportView,
})

/** 明细: the records behind one row, the oldest first. Columns come with the first page. */
export const Records = call({
  name: 'reports.records',
  kind: 'read',
  allow: readers,
  input: z.strictObject({
    report: reportId,
    kind: Kind,
    date: DateOnly,
    section: part,
    key: part,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(z.object({ key: z.string(), cells: z.record(z.string(), Cell), link: z.string().nullable() })).extend({
    title: z.string(),
    columns: z.array(Column),
  }),
})

export const submissionStates = ['waiting', 'received'] as const

export const SubmissionRow = z.object({
  submissionId: Id,
  number: z.string(),
  report: z.string(),
  title: z.string(),
  kind: Kind,
  from: DateOnly,
  to: DateOnly,
  label: z.string(),
  version: z.int(),
  /** Number of the version this one corrects; null for the first. */
  replacesNumber: z.string().nullable(),
  reason: z.string(),
  /** A later version has taken its place. */
  replaced: z.boolean(),
  hash: z.string(),
  submittedAt: Instant,
  submittedBy: z.string(),
  /** 已上报 once headquarters has acknowledged it. */
  state: z.enum(submissionStates),
})
export type SubmissionRow = z.output<typeof SubmissionRow>

/**
 * 上报: freezes a result of today as version 1 of its period, or, with `replacesId` and a reason, as the version after.
 * Errors: ResultGone · PeriodNotOver · ReportNotSubmitted · AlreadySubmitted (names the version that stands) · NotNewest
 */
export const Submit = call({
  name: 'reports.submit',
  kind: 'change',
  allow: submitters,
  input: z
    .strictObject({
      requestId: RequestId,
      resultId: Id,
      replacesId: Id.nullable().default(null),
      reason: remark('更正原因', 200).default(''),
    })
    .refine(({ replacesId, reason }) => replacesId === null || reason !== '', {
      error: '请填写更正原因',
      path: ['reason'],
    }),
  output: z.object({ submissionId: Id, number: z.string(), version: z.int() }),
})

/** What was submitted, the newest first; of one report and period when they are named. */
export const Submissions = call({
  name: 'reports.submissions',
  kind: 'read',
  allow: readers,
  input: z.strictObject({
    of: z.strictObject({ report: reportId, kind: Kind, date: DateOnly }).nullable().default(null),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(SubmissionRow),
})

/** One submission with its frozen content. `intact` is false when the content no longer has its hash. */
export const Submission = call({
  name: 'reports.submission',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ submissionId: Id }),
  output: SubmissionRow.extend({ content: ReportView, intact: z.boolean() }),
})

/** Periods that are over and not submitted: 待上报, and 逾期 once their last day has passed. */
export const Due = call({
  name: 'reports.due',
  kind: 'read',
  allow: submitters,
  input: z.strictObject({}),
  output: z.object({
    /** The most overdue first. */
    rows: z.array(
      z.object({
        report: z.string(),
        title: z.string(),
        kind: Kind,
        from: DateOnly,
        to: DateOnly,
        label: z.string(),
        dueOn: DateOnly,
        /** Days past the last day; 0 while it is not over. */
        overdueDays: z.int(),
      }),
    ),
    overdue: z.int(),
    /** Submitted, and not yet at headquarters. */
    waiting: z.int(),
  }),
})
