/** 服务回访率 across every service, each against its own target (clauses 14(3), 21(1)(3)). */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant, instantsOf, type Span } from '../platform/dates.ts'
import type { Figure, FigureRecord } from '../platform/figures.ts'
import { sampleSize } from './rules.ts'
import { finishedNowSql, sources, sourceNamed, type CallbackSource } from './sources.ts'
import { ratioOf } from './store.ts'
import { callResultNames, serviceNames, type CallResult, type Service } from './words.ts'

// A round that was reopened before its callback waits for none.
const counting = (source: CallbackSource): string => `(${finishedNowSql(source)}) e
  LEFT JOIN followup_calls c ON c.subject_id = e.id AND c.round = e.round AND c.service = e.service AND c.result <> 'unreached'
  WHERE e.at >= @from AND e.at < @before AND NOT (e.reopened = 1 AND c.id IS NULL)`

/** The two queries of a source, also for the test of their plans. */
export const callbackFigureSql = (source: CallbackSource) => ({
  share: `SELECT e.service, count(*) AS finished, count(c.id) AS called FROM ${counting(source)} GROUP BY e.service`,
  records: `SELECT e.service, e.id, e.number, e.at, c.result FROM ${counting(source)}
    ORDER BY c.id IS NOT NULL, e.at DESC, e.eventId LIMIT @limit`,
})

const paramsOf = (span: Span, viewer: string) => ({ ...instantsOf(span), viewer })

interface Row {
  readonly service: Service
  readonly id: string
  readonly number: string
  readonly at: number
  readonly result: CallResult | null
}
const recordOf = (context: Context, source: CallbackSource, row: Row): FigureRecord => ({
  subject: `${source.name}:${row.id}`,
  label: `${serviceNames[row.service]} ${row.number}`,
  note: `${formatInstant(row.at)} 办结，${row.result === null ? '未回访' : `回访${callResultNames[row.result]}`}`,
  met: row.result !== null,
  link: source.pathOf(context, row.id),
})

function conceals({ sqlite, actor }: Context, subject: string): boolean {
  const at = subject.indexOf(':')
  const concealedSql = sourceNamed(subject.slice(0, at))?.concealedSql
  return (
    concealedSql !== undefined &&
    statement<{ yes: number }>(sqlite, `SELECT ${concealedSql('@id')} AS yes`).get({
      id: subject.slice(at + 1),
      viewer: actor.id,
    })?.yes === 1
  )
}

export const callbackFigures: readonly Figure[] = [
  {
    name: 'followups.called',
    label: '服务回访率',
    about: '各类服务期内办结的，按各自的回访比例应回访的件数中已回访的比例；明细为全部办结的业务',
    conceals,
    perViewer: true,
    compute(context, span, viewer = '') {
      const share = { numerator: 0, denominator: 0 }
      for (const source of sources) {
        const rows = statement<{ service: Service; finished: number; called: number }>(
          context.sqlite,
          callbackFigureSql(source).share,
        ).all(paramsOf(span, viewer))
        for (const { service, finished, called } of rows) {
          const needed = sampleSize(finished, ratioOf(context, service))
          share.denominator += needed
          // More calls about one service make up for none about another.
          share.numerator += Math.min(called, needed)
        }
      }
      return share
    },
    records: (context, span, limit) =>
      sources
        .flatMap((source) =>
          statement<Row>(context.sqlite, callbackFigureSql(source).records)
            .all({ ...paramsOf(span, ''), limit })
            .map((row) => ({ at: row.at, record: recordOf(context, source, row) })),
        )
        .toSorted((a, b) => Number(a.record.met) - Number(b.record.met) || b.at - a.at)
        .slice(0, limit)
        .map(({ record }) => record),
  },
]
