/** Whom an interruption of a whole street meets: what the planning page asks as the street is chosen, and its list. */
import { Affected, PlanInterruption, PreviewScope } from '../../src-main/supply/api.ts'
import { newId } from '../../src-main/platform/ids.ts'
import type { Sqlite } from '../../src-main/platform/database.ts'
import type { Desk } from './hall.mts'
import { p99, Series, timed, timedAsync, type Figure } from './measure.mts'

/** Times each street is asked. */
const rounds = 25
const targetMs = 50
const pageSize = 50
const dayMs = 86_400_000

interface Street {
  readonly street: string
  readonly customers: number
}

const streetsOf = (sqlite: Sqlite): Street[] =>
  sqlite
    .prepare<[], Street>(`SELECT street, count(*) AS customers FROM service_points WHERE street <> '' GROUP BY street`)
    .all()

/** Counts the service points of a street and reads its first page with account and customer. */
function rawStreet(sqlite: Sqlite): (street: string) => void {
  const count = sqlite.prepare<[string]>(`SELECT count(*) FROM service_points WHERE street = ?`)
  const page = sqlite.prepare<[string, number]>(
    `SELECT * FROM service_points p INDEXED BY service_points_street CROSS JOIN accounts a ON a.service_point_id = p.id
       CROSS JOIN customers c ON c.id = a.customer_id
     WHERE p.street = ? ORDER BY p.community, p.building, p.unit, p.room LIMIT ?`,
  )
  return (street) => {
    count.get(street)
    page.all(street, pageSize)
  }
}

export async function streetFigure({ hall, call }: Desk): Promise<Figure> {
  const { sqlite, clock } = hall.environment
  const raw = rawStreet(sqlite)
  const streets = streetsOf(sqlite)
  const planned = new Map<string, string>()
  for (const { street } of streets) {
    const fromAt = clock.now() + 7 * dayMs
    const { interruptionId } = await call(
      PlanInterruption,
      {
        requestId: newId(clock),
        kind: 'planned',
        reason: '管道改造',
        scope: { kind: 'street', street },
        fromAt,
        toAt: fromAt + dayMs / 4,
        resumeBy: fromAt + dayMs / 2,
      },
      'dispatcher',
    )
    planned.set(street, interruptionId)
  }
  const ours = new Series()
  const baseline: number[] = []
  for (let n = 0; n < rounds; n++) {
    for (const { street } of streets) {
      const interruptionId = planned.get(street) ?? ''
      // Who comes second finds the pages in memory, so they take turns.
      if (n % 2 === 0) baseline.push(timed(() => raw(street)).ms)
      ours.add(
        await timedAsync(async () => {
          await call(PreviewScope, { scope: { kind: 'street', street } }, 'dispatcher')
          await call(Affected, { interruptionId, page: { after: null, size: pageSize } }, 'dispatcher')
        }),
      )
      if (n % 2 === 1) baseline.push(timed(() => raw(street)).ms)
    }
  }
  const most = Math.max(...streets.map(({ customers }) => customers))
  return {
    name: 'customers of a street',
    what: `supply.previewScope (customers, buildings, special care) and the first ${pageSize} of supply.affected, of each of ${streets.length} streets with up to ${most} customers; raw: the service points counted by their index, and as many rows joined with account and customer`,
    samples: ours.ms,
    cpu: ours.cpu,
    baseline,
    ratio: p99(ours.ms) / p99(baseline),
    target: `p99 ≤ ${targetMs} ms`,
    met: p99(ours.ms) <= targetMs,
  }
}
