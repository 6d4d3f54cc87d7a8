/** A building's inspection results written down: the calls the entry sheet makes, one for each result. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Random } from '../../src-main/demo/random.ts'
import {
  inspectionItems,
  Inspectors,
  Record as RecordResult,
  Round,
  Rounds,
  type Outcome,
} from '../../src-main/inspections/api.ts'
import { systemClock } from '../../src-main/platform/clock.ts'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { openSqlite, type Sqlite } from '../../src-main/platform/database.ts'
import { newId } from '../../src-main/platform/ids.ts'
import { isOpen, lineOf, newFinding, resultOf, type Finding, type Line } from '../../src-renderer/inspections/entry.ts'
import type { Desk } from './hall.mts'
import { p99, Series, timed, timedAsync, type Figure } from './measure.mts'

const results = 100
const buildings = 20
const targetMs = 200
const draw = 13
const nextSheetMs = 400

/** A file with the hall's own settings whose tables have nothing but their primary keys. */
const rawSchema = `
  CREATE TABLE visits (id TEXT PRIMARY KEY, task_id TEXT, account_id TEXT, visited_on TEXT, outcome TEXT, inspector TEXT,
    signatory TEXT, checks TEXT) STRICT;
  CREATE TABLE tasks (id TEXT PRIMARY KEY, state TEXT, done_on TEXT) STRICT;
  CREATE TABLE events (id TEXT PRIMARY KEY, account_id TEXT, at INTEGER, title TEXT, detail TEXT) STRICT;`

/** The least a result can be: the visit, its task and a line in the customer's file, in one durable transaction. */
function rawResult(sqlite: Sqlite): (line: Line) => void {
  sqlite.exec(rawSchema)
  const checks = JSON.stringify(inspectionItems(true).map(({ item }) => ({ item, answer: 'good', note: '' })))
  const visit = sqlite.prepare('INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const task = sqlite.prepare('INSERT OR REPLACE INTO tasks VALUES (?, ?, ?)')
  const event = sqlite.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?)')
  const write = sqlite.transaction(({ row }: Line, visitId: string, eventId: string) => {
    visit.run(visitId, row.taskId, row.accountId, '2026-11-23', 'passed', '王安检', row.customerName, checks)
    task.run(row.taskId, 'passed', '2026-11-23')
    event.run(eventId, row.accountId, systemClock.now(), '安检：合格', row.customerName)
  })
  return (line) => write.immediate(line, newId(systemClock), newId(systemClock))
}

/** Rows of the lists that are still to be walked, list after list. */
async function* openLines({ call }: Desk): AsyncGenerator<Line> {
  for (let after: string | null = null; ;) {
    const page: { rows: readonly { roundId: string }[]; next: string | null } = await call(
      Rounds,
      { filter: 'open', page: { after, size: 50 } },
      'clerk',
    )
    for (const { roundId } of page.rows) {
      const { rows } = await call(Round, { roundId }, 'clerk')
      for (const row of rows) {
        const line = lineOf(row, newId(systemClock))
        if (isOpen(line)) yield line
      }
    }
    if (page.next === null) throw new Error('the hall has too few inspections to write down')
    after = page.next
  }
}

/** The sheet as a clerk has copied it: every item answered, signed by the customer. */
const sheetOf = ({ row, sheet }: Line, findings: readonly Finding[], scan: string): Line['sheet'] => ({
  ...sheet,
  arrived: '0000',
  signatory: row.customerName,
  // Of a drawn visit the signed sheet is filed with it.
  proof: row.proof ? scan : '',
  findings: [...findings],
  answers: Object.fromEntries(
    inspectionItems(row.resident).map(({ item }) => [item, findings.some((one) => one.item === item) ? 'bad' : 'good']),
  ),
})

/** Of a hundred visits most are good. */
function outcomeOf(random: Random): Outcome {
  const roll = random.between(1, 100)
  if (roll <= 88) return 'passed'
  return roll <= 91 ? 'hazard' : roll <= 98 ? 'absent' : 'refused'
}

export async function buildingFigure(desk: Desk): Promise<Figure> {
  const { hall, call } = desk
  const random = new Random(draw)
  const today = shanghaiDate(hall.environment.clock.now())
  const inspectorId = (await call(Inspectors, {}, 'clerk'))[0]?.staffId ?? ''
  const [item = { item: 'other', text: '', grade: 'general' as const }] = inspectionItems(true)
  const findings: readonly Finding[] = [
    {
      ...newFinding(item, today, { mendDays: 15, mostDays: { general: 60, serious: 30, critical: 15 } }),
      text: '软管老化，接口处开裂',
    },
  ]
  const folder = mkdtempSync(join(tmpdir(), 'hall-bench-raw-'))
  const sqlite = openSqlite({ path: join(folder, 'raw.db'), key: hall.environment.key, create: true })
  const scan = join(folder, 'sheet.pdf')
  writeFileSync(scan, '%PDF-1.7\n检查表')
  const ours = new Series()
  const baseline: number[] = []
  try {
    const raw = rawResult(sqlite)
    const walk = openLines(desk)
    for (let building = 0; building < buildings; building++) {
      // The next sheet is taken up: what was committed is copied from the log meanwhile.
      await pause(nextSheetMs)
      let [ms, cpu, rawMs] = [0, 0, 0]
      for (let n = 0; n < results; n++) {
        const line = (await walk.next()).value as Line
        const outcome = outcomeOf(random)
        const choice = outcome === 'absent' || outcome === 'refused' ? outcome : 'look'
        const input = resultOf(
          {
            ...line,
            note: outcome === 'refused' ? '改日再约' : '',
            sheet: sheetOf(line, outcome === 'hazard' ? findings : [], scan),
          },
          { choice, visitedOn: today, inspectorId },
        )
        const { ms: one, cpu: spent } = await timedAsync(() => call(RecordResult, input, 'clerk'))
        ms += one
        cpu += spent
        rawMs += timed(() => raw(line)).ms
      }
      ours.add({ ms, cpu })
      baseline.push(rawMs)
    }
  } finally {
    sqlite.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    name: 'a building inspected',
    what: `${results} results of neighbours (88 % good, 3 % with a hazard, 7 % absent, 2 % refused) by inspections.record, a durable call each as the entry sheet makes them; raw: visit, task and a line of the customer's file in one durable transaction each, in a file of its own without index, trigger, reference, audit or outbox`,
    samples: ours.ms,
    cpu: ours.cpu,
    baseline,
    ratio: p99(ours.ms) / p99(baseline),
    target: `p99 ≤ ${targetMs} ms`,
    met: p99(ours.ms) <= targetMs,
  }
}
