/** 生成计划 of a whole year, and how the counters fare meanwhile. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SearchCustomers } from '../../src-main/customers/api.ts'
import { Generate } from '../../src-main/inspections/api.ts'
import type { HallEvent } from '../../src-main/platform/contract.ts'
import { addMonths, shanghaiDate } from '../../src-main/platform/dates.ts'
import { openReplay, type OutboxRow } from './bill-run.mts'
import { openDesk, type Desk } from './hall.mts'
import { p99, Series, timedAsync, type Figure } from './measure.mts'

const targetMs = 15_000
/** A counter may have to wait this long for an answer while the plan is made (ms). */
const targetWaitMs = 40
/** A clerk's key comes this often (ms). */
const keyEveryMs = 50

/** The plan of the year to come: nothing of it stands yet, every customer and period is due. */
const yearToCome = ({ hall }: Desk): number =>
  Number(addMonths(shanghaiDate(hall.environment.clock.now()), 12).slice(0, 4))

/** Searches as if somebody typed, until `work` is done; a wait counts from when the key was due. */
async function typing({ call }: Desk, work: () => Promise<unknown>): Promise<number[]> {
  const waits: number[] = []
  let done = false
  const typist = (async () => {
    while (!done) {
      const due = performance.now() + keyEveryMs
      await new Promise((resolve) => setTimeout(resolve, keyEveryMs))
      if (done) break
      await call(SearchCustomers, { text: '138', limit: 10 }, 'clerk')
      waits.push(performance.now() - due)
    }
  })()
  await work()
  done = true
  await typist
  return waits
}

export async function planFigures(folder: string, tell: (text: string) => void): Promise<Figure[]> {
  const rawFolder = mkdtempSync(join(tmpdir(), 'hall-bench-raw-'))
  let slices = 0
  let adding = 0
  const onEvent = ({ event, data }: HallEvent) => {
    if (event !== 'progress') return
    slices += 1
    if (data.text.includes('安排')) adding += 1
  }
  const desk = await openDesk(folder, onEvent)
  const { sqlite, key } = desk.hall.environment
  const replay = openReplay(rawFolder, key)
  try {
    const year = yearToCome(desk)
    const seq = sqlite.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM outbox').get()?.seq ?? 0
    // The hall was copied a moment ago; a commit would wait until all of the copy is on the disk.
    spawnSync('sync')
    // How long such a call takes while nothing else goes on.
    const alone = new Series()
    for (let n = 0; n < 200; n++) {
      alone.add(await timedAsync(() => desk.call(SearchCustomers, { text: '138', limit: 10 }, 'clerk')))
    }
    tell(`planning the inspections of ${year}`)
    const ours = new Series()
    let added = 0
    const waits = await typing(desk, async () => {
      const run = await timedAsync(() => desk.call(Generate, { year }, 'dispatcher'))
      ours.add(run)
      added = run.value.added
    })
    tell(`${added} inspections in ${(Math.max(...ours.ms) / 1000).toFixed(1)} s; writing the same rows raw`)
    const { ms, rows } = replayAll(desk, replay, seq, Math.max(1, adding))
    return [
      {
        name: 'inspection plan',
        what: `inspections.generate of ${year} for the whole hall, ${added} inspections in ${slices} slices (${adding} of them add), each one durable transaction that tells how far it is, ${waits.length} searches answered meanwhile; raw: the very same ${rows} rows, outbox rows included, by prepared statements with values at hand, in as many transactions as add, into an empty file of the same schema without triggers and references`,
        samples: ours.ms,
        cpu: ours.cpu,
        baseline: [ms],
        ratio: Math.max(...ours.ms) / ms,
        target: `≤ ${targetMs / 1000} s`,
        met: Math.max(...ours.ms) <= targetMs,
      },
      {
        name: 'calls meanwhile',
        what: `customers.search every ${keyEveryMs} ms while that plan is made, from when the key was due to the answer, the raw copy of the plan left out; raw: the same call while nothing goes on`,
        samples: waits,
        baseline: alone.ms,
        ratio: p99(waits) / p99(alone.ms),
        target: `worst ≤ ${targetWaitMs} ms`,
        met: Math.max(...waits) <= targetWaitMs,
      },
    ]
  } finally {
    replay.sqlite.close()
    await desk.hall.close()
    rmSync(rawFolder, { recursive: true, force: true })
  }
}

/** Writes raw what was written since, in so many transactions. */
function replayAll({ hall }: Desk, replay: ReturnType<typeof openReplay>, since: number, transactions: number) {
  const { sqlite } = hall.environment
  const last = sqlite.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM outbox').get()?.seq ?? since
  const each = Math.max(1, Math.ceil((last - since) / transactions))
  const read = sqlite.prepare<[number, number], OutboxRow>('SELECT * FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?')
  let [ms, rows] = [0, 0]
  for (let seq = since; ;) {
    const written = read.all(seq, each)
    const end = written.at(-1)
    if (!end) return { ms, rows }
    ms += replay.write(written)
    rows += written.length * 2
    seq = end.seq
  }
}
