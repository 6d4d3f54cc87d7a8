/**
 * npm run bench [-- --customers N] [-- --only search,payment] [-- --works plan,backup]: the speed that was promised, each
 * figure beside raw better-sqlite3 on a file of the same settings, the two taking turns, because a machine is never as quick
 * as it was. `--works` narrows what goes on in `meanwhile`.
 */
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { billRunFigure } from './bill-run.mts'
import { buildingFigure } from './building.mts'
import { fileFigure } from './file.mts'
import { closeFigure } from './close.mts'
import { copyOf, fixture } from './fixture.mts'
import { openDesk, type Desk } from './hall.mts'
import { homeFigure } from './home.mts'
import { importFigure } from './import.mts'
import { keysTable } from './keys.mts'
import { table, type Figure } from './measure.mts'
import { meanwhileFigures } from './meanwhile.mts'
import { paymentFigure } from './payment.mts'
import { planFigures } from './plan.mts'
import { reportsFigure } from './reports.mts'
import { searchFigure } from './search.mts'
import { startFigure } from './start.mts'
import { streetFigure } from './street.mts'

const tell = (text: string): void => void process.stdout.write(`[bench] ${text}\n`)

type Measure = (folder: string) => Promise<Figure | readonly Figure[]>
const atDesk =
  (measure: (desk: Desk) => Promise<Figure | readonly Figure[]>): Measure =>
  async (folder) => {
    const desk = await openDesk(folder)
    try {
      return await measure(desk)
    } finally {
      await desk.hall.close()
    }
  }

const measures: Record<string, Measure> = {
  search: (folder) => searchFigure(folder),
  file: atDesk(fileFigure),
  payment: atDesk(paymentFigure),
  reports: atDesk((desk) => reportsFigure(desk, tell)),
  street: atDesk(streetFigure),
  plan: (folder) => planFigures(folder, tell),
  building: atDesk(buildingFigure),
  home: atDesk((desk) => homeFigure(desk, tell)),
  'bill-run': (folder) => billRunFigure(folder, tell),
  import: (folder) => importFigure(folder, tell),
  close: (folder) => closeFigure(folder, tell),
  meanwhile: atDesk((desk) => meanwhileFigures(desk, tell, values.works?.split(','))),
  start: (folder) => startFigure(folder),
}

/** Three years, read every three months: with every two the hall takes half as long again to make, and measures alike. */
const history = { months: 36, every: 3, seed: 20_261_123 }

const { values } = parseArgs({
  options: { customers: { type: 'string', default: '200000' }, only: { type: 'string' }, works: { type: 'string' } },
})
// Keys are counted in a small hall of their own and have no raw SQLite beside them.
if (values.only === 'keys') process.exit((await keysTable(tell)) ? 0 : 1)
const wanted = values.only?.split(',') ?? Object.keys(measures)
const unknown = wanted.filter((name) => !(name in measures))
if (unknown.length > 0)
  throw new Error(`no such figure: ${unknown.join(', ')}; there are ${Object.keys(measures).join(', ')}`)

const hall = await fixture({ customers: Number(values.customers), ...history }, tell)
const figures: Figure[] = []
const busyness: number[] = []
for (const name of wanted) {
  const measure = measures[name]
  if (!measure) continue
  // A copy for each: an open shift or a full log of one is not measured in the next, and any order works.
  tell(`${name}, in a copy of the hall`)
  const copy = copyOf(hall)
  try {
    figures.push(...[await measure(copy.folder)].flat())
  } finally {
    copy.remove()
  }
  busyness.push(loadavg()[0] ?? 0)
}

tell(`${values.customers} customers, ${history.months} months of bills, one each ${history.every} months`)
const busy = Math.max(...busyness)
const cores = availableParallelism()
if (busy > cores) {
  tell(`up to ${busy.toFixed(1)} programs shared ${cores} processors: times by the clock contain waiting, see p99 cpu`)
}
process.stdout.write('\n')
process.stdout.write(`${table(figures)}\n\n`)
for (const { name, what } of figures) process.stdout.write(`${name}: ${what}\n`)
process.exitCode = figures.every(({ met }) => met) ? 0 : 1
