/** Reports of a large hall: how long each takes, and how long the counters wait for it at most. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Run } from '../../src-main/reports/api.ts'
import type { Desk } from './hall.mts'
import { timed, timedAsync, type Figure } from './measure.mts'

const reports = ['cash', 'arrears', 'consumption', 'business', 'repairs'] as const
const kinds = ['month', 'year'] as const
/** A period that is over and has bills of every customer in it. */
const date = '2025-09-15'
/** A counter may have to wait this long for a report (ms). */
const targetMs = 100

/** The longest time during `work` in which nothing else had its turn (ms). */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let [longest, last, done] = [0, performance.now(), false]
  const watch = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!done) setImmediate(watch)
  }
  setImmediate(watch)
  await work()
  done = true
  return Math.max(longest, performance.now() - last)
}

export async function reportsFigure({ hall, call }: Desk, tell: (text: string) => void): Promise<Figure> {
  const { sqlite } = hall.environment
  // The hall was copied a moment ago; a commit would wait until all of the copy is on the disk.
  spawnSync('sync')
  const samples: number[] = []
  for (const kind of kinds) {
    for (const report of reports) {
      const run = () => call(Run, { runId: randomUUID(), report, kind, date: date as never }, 'hall-manager')
      let pause = 0
      const { ms } = await timedAsync(async () => (pause = await longestPause(run)))
      samples.push(pause)
      tell(
        `${report} of a ${kind} with both comparisons: ${(ms / 1000).toFixed(1)} s, longest pause ${pause.toFixed(0)} ms`,
      )
    }
  }
  const raw = sqlite.prepare(
    `SELECT c.category, sum(b.consumption) FROM bills b JOIN accounts a ON a.id = b.account_id
       JOIN customers c ON c.id = a.customer_id WHERE b.issued_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1`,
  )
  const baseline = [timed(() => raw.all()).ms]
  const worst = Math.max(...samples)
  return {
    name: 'pause by a report',
    what: `reports.run of each report for a month and a year: the longest time no other call had its turn; raw: one query of the year's gas by class, during which everything stands still`,
    samples,
    baseline,
    ratio: worst / Math.max(...baseline),
    target: `worst ≤ ${targetMs} ms`,
    met: worst <= targetMs,
  }
}
