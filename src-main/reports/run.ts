/** 统计: gathers a report slice by slice, so that no counter waits for it, and keeps the result for a day. */
import { blinded, everything } from '../customers/service.ts'
import { today } from '../ledger/service.ts'
import type { Actor, Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { earlier, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput, NotAllowed } from '../platform/errors.ts'
import { inSlices } from '../platform/run.ts'
import { task, useCase, type TaskContext } from '../platform/use-case.ts'
import { staffById } from '../staff/service.ts'
import { List, Result, Run, Stop, submitters, type ReportView } from './api.ts'
import { reportOf, reports } from './registry.ts'
import type { Report, ReportRow } from './report.ts'
import { before, periodLabel, periodOf, yearAgo, type Period } from './rules.ts'
import { comparedWith, sectionView } from './view.ts'

export const ReportStopped = domainError('ReportStopped', '统计已停止')
export const ResultGone = domainError('ResultGone', '这次统计的结果已不在，请重新统计')

/** Results are kept this long (ms), and this many at most. */
const keptMs = 86_400_000
const keptResults = 200

/** Runs somebody asked to stop. */
const stopping = new WeakMap<Sqlite, Set<string>>()
/** Runs under way. */
const live = new WeakMap<Sqlite, Set<string>>()
const setOf = (sets: WeakMap<Sqlite, Set<string>>, sqlite: Sqlite): Set<string> => {
  let found = sets.get(sqlite)
  if (!found) sets.set(sqlite, (found = new Set()))
  return found
}

/** How an operator sees a report: all of it, only what they took themselves, or not at all. */
export function sightOf(report: Report, { roles }: Actor): 'all' | 'own' | 'none' {
  if (report.roles.some((role) => roles.includes(role))) return 'all'
  return report.ownForCashier && roles.includes('cashier') ? 'own' : 'none'
}

/** @throws NotAllowed */
export function requireSight(report: Report, actor: Actor, period: Period): 'all' | 'own' {
  const sight = sightOf(report, actor)
  if (sight === 'none') throw new NotAllowed(`您的岗位不能查看${report.title}`)
  if (sight === 'own' && period.kind !== 'day') throw new NotAllowed('收费员只能查看本人当日的收费报表')
  return sight
}

export const list = useCase(List, (_, { actor }) =>
  reports
    .filter((report) => sightOf(report, actor) !== 'none')
    .map((report) => {
      const own = sightOf(report, actor) === 'own'
      return {
        report: report.id,
        title: report.title,
        about: report.about,
        periods: own ? (['day'] as const).slice() : [...report.periods],
        submitted: own ? [] : [...report.submitted],
        own,
      }
    }),
)

type Rows = Readonly<Record<string, readonly ReportRow[]>>

/** One period's rows. @param tell hears the share done, 0–1 */
async function gathered(
  context: TaskContext,
  report: Report,
  period: Period,
  options: {
    readonly cashier: string
    readonly viewer: string
    readonly wants: (section: string) => boolean
    readonly tell: (share: number) => void
  },
): Promise<Rows> {
  const { sqlite, environment } = context
  const until = earlier(period.to, today(context))
  const gathering = report.gather({ context, period, until, ...options })
  let rows: Rows = {}
  await inSlices<true>(environment, true, (_, slice) => {
    // One look at the database per slice: what is read in it belongs together.
    const gather = sqlite.transaction(() => {
      for (;;) {
        const step = gathering.next()
        if (step.done || slice.over) return step
      }
    })
    const step = gather.deferred()
    options.tell(step.done ? 1 : step.value)
    if (!step.done) return true
    rows = step.value
    return null
  })
  return rows
}

/**
 * For whom a report is counted, besides for everybody else: who asks, and where it may be submitted everybody who could read
 * the submission and must not learn of something in it. The last counts everything.
 */
function sightsOf(context: Context, report: Report, kind: Period['kind']): readonly string[] {
  const { actor } = context
  const hiddenFrom = report.conceals ? blinded(context) : []
  if (!submits(report, kind, actor)) return [hiddenFrom.includes(actor.id) ? actor.id : everything]
  return [...hiddenFrom.filter((id) => id === actor.id || reads(context, report, id)), everything]
}
const submits = (report: Report, kind: Period['kind'], { roles }: Actor): boolean =>
  report.submitted.includes(kind) && submitters.some((role) => roles.includes(role))
const reads = (context: Context, report: Report, staffId: string): boolean =>
  report.roles.some((role) => staffById(context, staffId).roles.includes(role))

/** Part of a period beside whole ones: a reader must know. */
const runsStill = (now: BusinessDate) => `本期还没有结束，统计到 ${now}；上期、同期为全期`

/** 统计. @throws ReportNotFound · NotAllowed · ReportStopped */
export const run = task(Run, async ({ runId, report: id, kind, date }, context) => {
  const { sqlite, environment, actor } = context
  const report = reportOf(id)
  const period = periodOf(kind, date)
  const sight = requireSight(report, actor, period)
  if (!report.periods.includes(kind)) throw new InvalidInput('这张报表没有这种周期')
  if (period.from > today(context)) throw new InvalidInput('这一期还没有开始', { field: 'date' })
  const running = setOf(live, sqlite)
  const stopped = setOf(stopping, sqlite)
  running.add(runId)
  try {
    const cashier = sight === 'own' ? actor.id : ''
    const wants = (against: 'previous' | 'yearAgo') => (id: string) =>
      report.sections.some((section) => section.id === id && comparedWith(section).includes(against))
    const [previous, ago] = [wants('previous'), wants('yearAgo')]
    const lastYear = yearAgo(period)
    const parts = [
      { period, name: '本期', wants: () => true },
      // The year before is 上期 and 同期 of a year alike.
      ...(lastYear.from === before(period).from
        ? [{ period: lastYear, name: '上期', wants: (id: string) => previous(id) || ago(id) }]
        : [
            { period: before(period), name: '上期', wants: previous },
            { period: lastYear, name: '同期', wants: ago },
          ]),
    ]
    // One for who asked; of what is submitted, one that counts everything, and one for each other reader it hides something from.
    const sights = sightsOf(context, report, kind)
    let told = -1
    const views = new Map<string, ReportView>()
    for (const [n, viewer] of sights.entries()) {
      const results: Rows[] = []
      for (const [i, part] of parts.entries()) {
        const tell = (share: number) => {
          if (stopped.has(runId)) throw new ReportStopped()
          const done = Math.floor(((n * parts.length + i + share) / (sights.length * parts.length)) * 100)
          if (done === told) return
          told = done
          environment.emit({
            event: 'progress',
            data: { task: `reports.run/${runId}`, done, total: 100, text: `正在统计${part.name}` },
          })
        }
        results.push(await gathered(context, report, part.period, { cashier, viewer, wants: part.wants, tell }))
      }
      const [ofPeriod = {}, ofPrevious = {}, ofYearAgo = ofPrevious] = results
      views.set(viewer, {
        resultId: runId,
        report: report.id,
        title: report.title,
        period: { ...period, label: periodLabel(period) },
        company: context.device.companyName,
        hall: context.device.hallName,
        own: sight === 'own',
        madeAt: context.clock.now(),
        madeBy: actor.name,
        sections: report.sections.map((section) => {
          const with_ = comparedWith(section)
          return sectionView(section, period, {
            now: ofPeriod[section.id] ?? [],
            previous: with_.includes('previous') ? (ofPrevious[section.id] ?? []) : null,
            yearAgo: with_.includes('yearAgo') ? (ofYearAgo[section.id] ?? []) : null,
          })
        }),
        notes: [...report.notes, ...(period.to >= today(context) ? [runsStill(today(context))] : [])],
      })
    }
    const view = (views.get(actor.id) ?? views.get(everything)) as ReportView
    keep(context, view, views)
    context.audit({ subject: `report:${report.id}`, detail: { called: report.title, kind, from: period.from } })
    return view
  } finally {
    running.delete(runId)
    stopped.delete(runId)
  }
})

export const stop = useCase(Stop, ({ runId }, { sqlite }) => {
  const stopped = setOf(live, sqlite).has(runId)
  if (stopped) setOf(stopping, sqlite).add(runId)
  return { stopped }
})

/** What is submitted in place of what its maker was shown. */
interface Whole {
  readonly content: string
  /** What those read of it from whom something is hidden, by staff id. */
  readonly sights: Readonly<Record<string, string>>
}

function wholeOf(views: ReadonlyMap<string, ReportView>): Whole | null {
  const all = views.get(everything)
  if (!all) return null
  const others = [...views].filter(([viewer]) => viewer !== everything)
  return {
    content: JSON.stringify(all),
    sights: Object.fromEntries(others.map(([id, of]) => [id, JSON.stringify(of)])),
  }
}

function keep({ sqlite, clock, actor }: Context, view: ReportView, views: ReadonlyMap<string, ReportView>): void {
  sqlite
    .transaction(() => {
      statement(sqlite, 'DELETE FROM report_results WHERE made_at < ?').run(clock.now() - keptMs)
      statement(
        sqlite,
        `DELETE FROM report_results WHERE id NOT IN (
           SELECT id FROM report_results ORDER BY made_at DESC LIMIT ${keptResults - 1})`,
      ).run()
      const { report, period, madeAt, resultId } = view
      const whole = wholeOf(views)
      statement(
        sqlite,
        `INSERT INTO report_results (id, report, period_kind, period_from, period_to, content, whole, own, made_at, actor_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        resultId,
        report,
        period.kind,
        period.from,
        period.to,
        JSON.stringify(view),
        whole && JSON.stringify(whole),
        view.own ? 1 : 0,
        madeAt,
        actor.id,
      )
    })
    .immediate()
}

/** A result that is still kept and that this operator may see. @throws ResultGone · NotAllowed */
export function resultById({ sqlite, actor }: Context, resultId: string): { view: ReportView; whole: Whole | null } {
  const row = statement<{ content: string; whole: string | null; own: number; actorId: string }>(
    sqlite,
    'SELECT content, whole, own, actor_id AS actorId FROM report_results WHERE id = ?',
  ).get(resultId)
  if (!row) throw new ResultGone()
  const view = JSON.parse(row.content) as ReportView
  const report = reportOf(view.report)
  const own = row.own === 1
  const part = requireSight(report, actor, view.period) === 'own'
  // It counts what its maker may see: nobody else reads it.
  if (row.actorId !== actor.id ? own || part || report.conceals : part && !own) throw new NotAllowed()
  return { view, whole: row.whole === null ? null : (JSON.parse(row.whole) as Whole) }
}

export const result = useCase(Result, ({ resultId }, context) => resultById(context, resultId).view)
