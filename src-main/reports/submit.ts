/**
 * 上报 (clauses 13, 25(1)): a report of a period that is over is frozen with its hash and goes to headquarters with the
 * next upload. It never changes; what was wrong is corrected by a new version that names the one before.
 */
import { dayIsClosed, openDayOrNull, today } from '../ledger/service.ts'
import { sha256 } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput, NotAllowed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import type { Job } from '../platform/scheduler.ts'
import { useCase } from '../platform/use-case.ts'
import { requestUpload, uploadPosition } from '../sync/service.ts'
import { Due, Submission, Submissions, Submit, type ReportView, type SubmissionRow } from './api.ts'
import { reportOf, reports } from './registry.ts'
import type { Report } from './report.ts'
import { dueOn, periodLabel, periodOf, periodsOver, type DueDays, type Period, type PeriodKind } from './rules.ts'
import { requireSight, resultById, ResultGone, sightOf } from './run.ts'

export const PeriodNotOver = domainError('PeriodNotOver', '这一期还没有结束，不能上报')
export const ReportNotSubmitted = domainError('ReportNotSubmitted', '这种报表不上报')
export const AlreadySubmitted = domainError('AlreadySubmitted', '这一期已经上报，如有错误请更正上报')
export const NotNewest = domainError('NotNewest', '只能更正最新的一版，请刷新后再试')
export const SubmissionNotFound = domainError('SubmissionNotFound', '没有找到这份上报的报表，请刷新后再试')

/** A result older than this may no longer say what the books say (ms). */
const freshMs = 3_600_000

/** Whether nothing of the period can be added any more: its days are over, and none of them is still open for entries. */
function isOver(context: Context, report: Pick<Report, 'endsWithDayClose'>, { from, to }: Period): boolean {
  const open = openDayOrNull(context)
  if (open !== null && open >= from && open <= to) return false
  const now = today(context)
  return to < now || (to === now && report.endsWithDayClose === true && dayIsClosed(context, to))
}

interface Newest {
  readonly id: string
  readonly number: string
  readonly version: number
}

const newestOf = ({ sqlite }: Looking, report: string, { kind, from }: Pick<Period, 'kind' | 'from'>): Newest | null =>
  statement<Newest>(
    sqlite,
    `SELECT id, number, version FROM report_submissions
     WHERE report = ? AND period_kind = ? AND period_from = ? ORDER BY version DESC LIMIT 1`,
  ).get(report, kind, from) ?? null

/** @throws PeriodNotOver · ReportNotSubmitted · AlreadySubmitted · NotNewest · ResultGone */
export const submit = useCase(Submit, ({ resultId, replacesId, reason }, context) => {
  const { sqlite, clock, actor } = context
  const { view, whole } = resultById(context, resultId)
  const report = reportOf(view.report)
  const { kind, from, to } = view.period
  if (view.own) throw new NotAllowed('本人的收费报表不上报')
  if (!report.submitted.includes(kind))
    throw new ReportNotSubmitted(`${report.title}没有需要上报的${periodLabel(view.period)}报表`)
  if (!isOver(context, report, view.period)) {
    throw new PeriodNotOver(`${view.period.label}还没有结束或还有未日结的营业日，不能上报`)
  }
  if (clock.now() - view.madeAt > freshMs) throw new ResultGone('这次统计已超过一小时，请重新统计后上报')
  // Made while the period still ran, it may lack what came after.
  if (
    shanghaiDate(view.madeAt) <= to &&
    !(report.endsWithDayClose && dayIsClosed(context, to) && madeAfterClose(context, view))
  ) {
    throw new PeriodNotOver('这次统计是在期末以前做的，请重新统计后上报')
  }
  // Made before its maker was given the post.
  if (whole === null) throw new ResultGone()
  const { content, sights } = whole
  const newest = newestOf(context, report.id, { kind, from })
  if (replacesId === null && newest)
    throw new AlreadySubmitted(`${view.period.label}已由 ${newest.number} 上报，如有错误请更正上报`)
  if (replacesId !== null && newest?.id !== replacesId) throw new NotNewest()
  if (replacesId === null && reason !== '') throw new InvalidInput('首次上报没有更正原因，请留空', { field: 'reason' })
  const submissionId = newId(clock)
  const number = nextNumber(context, 'report')
  const version = (newest?.version ?? 0) + 1
  statement(
    sqlite,
    `INSERT INTO report_submissions (id, number, report, period_kind, period_from, period_to, version, replaces, reason,
       content, sights, hash, submitted_at, submitted_by_id, submitted_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    submissionId,
    number,
    report.id,
    kind,
    from,
    to,
    version,
    replacesId,
    reason,
    content,
    JSON.stringify(sights),
    sha256(content),
    clock.now(),
    actor.id,
    actor.name,
  )
  // The trigger has just filed the row: its number in the outbox tells later whether it has arrived.
  statement(sqlite, 'INSERT INTO report_positions (submission_id, seq) VALUES (?, ?)').run(
    submissionId,
    uploadPosition(context).newest,
  )
  requestUpload(context)
  context.audit({
    subject: `report-submission:${submissionId}`,
    detail: { number, version, reason, period: view.period.label },
  })
  context.emit({ event: 'changed', data: { room: 'reports' } })
  return { submissionId, number, version }
})

const madeAfterClose = ({ sqlite }: Context, { period, madeAt }: ReportView): boolean => {
  const day = statement<{ closedAt: number | null }>(
    sqlite,
    'SELECT closed_at AS closedAt FROM business_days WHERE date = ?',
  ).get(period.to)
  return day?.closedAt !== null && day?.closedAt !== undefined && day.closedAt <= madeAt
}

interface StoredSubmission {
  readonly submissionId: string
  readonly number: string
  readonly report: string
  readonly kind: PeriodKind
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly version: number
  readonly replacesNumber: string | null
  readonly reason: string
  readonly replaced: number
  readonly hash: string
  readonly submittedAt: number
  readonly submittedBy: string
  readonly seq: number | null
}
const columns = `s.id AS submissionId, s.number, s.report, s.period_kind AS kind, s.period_from AS "from", s.period_to AS "to",
  s.version, (SELECT o.number FROM report_submissions o WHERE o.id = s.replaces) AS replacesNumber, s.reason,
  EXISTS (SELECT 1 FROM report_submissions l WHERE l.replaces = s.id) AS replaced, s.hash,
  s.submitted_at AS submittedAt, s.submitted_by AS submittedBy,
  (SELECT p.seq FROM report_positions p WHERE p.submission_id = s.id) AS seq`

const titleOf = (id: string): string => reports.find((report) => report.id === id)?.title ?? id

/** Without a number of its own the row came with data from elsewhere, and has long arrived. */
const shown = ({ seq, replaced, ...row }: StoredSubmission, acknowledged: number): SubmissionRow => ({
  ...row,
  title: titleOf(row.report),
  label: periodLabel(periodOf(row.kind, row.from)),
  replaced: replaced === 1,
  state: seq === null || seq <= acknowledged ? 'received' : 'waiting',
})

/** The two queries of the list, also for the test of their plans. */
export const submissionsSql = {
  all: `SELECT ${columns} FROM report_submissions s WHERE (s.submitted_at, s.id) < (@at, @id)
    ORDER BY s.submitted_at DESC, s.id DESC LIMIT @limit`,
  ofPeriod: `SELECT ${columns} FROM report_submissions s
    WHERE s.report = @report AND s.period_kind = @kind AND s.period_from = @from AND s.version < @version
    ORDER BY s.version DESC LIMIT @limit`,
}

/** Only of reports this operator may read in full. */
export const submissions = useCase(Submissions, ({ of, page: { after, size } }, context) => {
  const { sqlite, actor } = context
  const { acknowledged } = uploadPosition(context)
  const readable = (row: StoredSubmission) => {
    const report = reports.find(({ id }) => id === row.report)
    return report !== undefined && sightOf(report, actor) === 'all'
  }
  const [, at = String(Number.MAX_SAFE_INTEGER), id = 'g'] =
    after === null ? [] : (/^(\d{1,16})\/([0-9a-f-]{0,36})$/.exec(after) ?? [])
  if (after !== null && id === 'g') throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  const found =
    of === null
      ? statement<StoredSubmission>(sqlite, submissionsSql.all).all({ at: Number(at), id, limit: size + 1 })
      : statement<StoredSubmission>(sqlite, submissionsSql.ofPeriod).all({
          report: of.report,
          kind: of.kind,
          from: periodOf(of.kind, of.date).from,
          version: after === null ? Number.MAX_SAFE_INTEGER : Number(at),
          limit: size + 1,
        })
  const page = found.slice(0, size)
  const last = page.at(-1)
  const next = of === null ? last && `${last.submittedAt}/${last.submissionId}` : last && `${last.version}/`
  return {
    rows: page.filter(readable).map((row) => shown(row, acknowledged)),
    next: found.length > size && next ? next : null,
  }
})

/** Whether a paper's id names a submission; else it names a result. */
export const isSubmission = ({ sqlite }: Context, id: string): boolean =>
  statement(sqlite, 'SELECT 1 FROM report_submissions WHERE id = ?').get(id) !== undefined

/** A submission with its frozen content, for the operator who may read it. @throws SubmissionNotFound · NotAllowed */
export function submissionById(context: Context, submissionId: string) {
  const row = statement<StoredSubmission & { content: string; sights: string }>(
    context.sqlite,
    `SELECT ${columns}, s.content, s.sights FROM report_submissions s WHERE s.id = ?`,
  ).get(submissionId)
  if (!row) throw new SubmissionNotFound()
  const { content, sights, ...stored } = row
  const { [context.actor.id]: mine = content } = JSON.parse(sights) as Record<string, string>
  const view = JSON.parse(mine) as ReportView
  const report = reportOf(view.report)
  if (requireSight(report, context.actor, view.period) === 'own') throw new NotAllowed()
  return {
    ...shown(stored, uploadPosition(context).acknowledged),
    content: view,
    intact: sha256(content) === stored.hash,
  }
}

export const submission = useCase(Submission, ({ submissionId }, context) => submissionById(context, submissionId))

export const dueDays = ({ settings }: Pick<Context, 'settings'>): DueDays => ({
  day: settings.get('reports.dueDaysDay'),
  week: settings.get('reports.dueDaysWeek'),
  month: settings.get('reports.dueDaysMonth'),
  quarter: settings.get('reports.dueDaysQuarter'),
  year: settings.get('reports.dueDaysYear'),
})

export interface DuePeriod extends Period {
  readonly report: string
  readonly title: string
  readonly label: string
  readonly dueOn: BusinessDate
  readonly overdueDays: number
}

/** What the duty to report is computed from; a scheduled look has no more. */
type Looking = Pick<Context, 'sqlite' | 'settings' | 'clock'>

/** Where the duty to report begins: the day named in the settings, else the day this hall began. */
function dutySince({ sqlite, settings }: Looking): BusinessDate | null {
  const named = settings.get('reports.since')
  if (named !== '') return named as BusinessDate
  const device = statement<{ at: number }>(sqlite, 'SELECT created_at AS at FROM device').get()
  return device ? shanghaiDate(device.at) : null
}

/**
 * What is to be submitted and was not, the most overdue first. A day on which the hall was shut owes no daily report;
 * weekly ones are owed only where the company asks for them, and may go up anywhere.
 */
export function duePeriods(context: Looking): DuePeriod[] {
  const { sqlite } = context
  const since = dutySince(context)
  if (since === null) return []
  const now = shanghaiDate(context.clock.now())
  const days = dueDays(context)
  const opened = statement<{ n: number }>(
    sqlite,
    'SELECT count(*) AS n FROM business_days WHERE date = ? AND counter = 1',
  )
  const weekly = context.settings.get('reports.weekly') === 'required'
  return reports
    .filter(({ owed }) => owed !== false)
    .flatMap((report) =>
      report.submitted
        .filter((kind) => kind !== 'week' || weekly)
        .flatMap((kind) =>
          periodsOver(kind, since, now)
            .filter((period) => period.from >= since || (kind !== 'day' && kind !== 'week'))
            .filter((period) => kind !== 'day' || opened.get(period.from)?.n === 1)
            .filter((period) => newestOf(context, report.id, period) === null)
            .map((period): DuePeriod => {
              const due = dueOn(period, days)
              return {
                ...period,
                report: report.id,
                title: report.title,
                label: periodLabel(period),
                dueOn: due,
                overdueDays: Math.max(0, daysBetween(due, now)),
              }
            }),
        ),
    )
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
}

export const due = useCase(Due, (_, context) => {
  const rows = duePeriods(context)
  const { acknowledged } = uploadPosition(context)
  const waiting = statement<{ n: number }>(
    context.sqlite,
    'SELECT count(*) AS n FROM report_positions WHERE seq > ?',
  ).get(acknowledged)
  return { rows, overdue: rows.filter(({ overdueDays }) => overdueDays > 0).length, waiting: waiting?.n ?? 0 }
})

/** How often the hall looks for reports that have become due or overdue (ms). */
const watchMs = 900_000
const told = new WeakMap<object, string>()

/** 应报提醒: the windows hear when a period ends or a due date passes. */
export const dueJob: Job = {
  job: 'reports.due',
  nextRun: (_environment, now) => now + watchMs,
  run(environment) {
    const rows = duePeriods(environment)
    const overdue = rows.filter(({ overdueDays }) => overdueDays > 0).length
    const state = `${rows.length}/${overdue}`
    if (told.get(environment) !== state) environment.emit({ event: 'changed', data: { room: 'reports' } })
    told.set(environment, state)
    return Promise.resolve()
  },
}
