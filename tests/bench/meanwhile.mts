/**
 * A cashier takes payments while long work goes on in the same backend: how long each waits from the key to the receipt, and
 * how late the loop answers a timer. Each beside the same payments and timers with nothing else going on.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VerifyAudit } from '../../src-main/access/api.ts'
import { Now } from '../../src-main/backup/api.ts'
import { Run as RunBills } from '../../src-main/billing/api.ts'
import { Random } from '../../src-main/demo/random.ts'
import { Generate } from '../../src-main/inspections/api.ts'
import { systemActor } from '../../src-main/platform/context.ts'
import { addMonths, shanghaiDate } from '../../src-main/platform/dates.ts'
import { Run as RunReport } from '../../src-main/reports/api.ts'
import { snapshotJob, snapshotStart } from '../../src-main/sync/snapshot.ts'
import { takeReadings } from './bill-run.mts'
import type { Desk } from './hall.mts'
import { beginImport, checkImport } from './import.mts'
import { p99, processor, type Figure } from './measure.mts'
import { debtors, openDrawer, payOf } from './payment.mts'

/** A payment comes this often (ms), and a look at the loop. */
const payEveryMs = 40
const lookEveryMs = 5
const targetPaymentMs = 30
const targetLookMs = 40
/** Payments with nothing else going on. */
const alonePayments = 200
/** Rows of the file that is checked. */
const importRows = 5_000
const draw = 29

interface Waits {
  readonly payments: number[]
  readonly looks: number[]
  /** Processor time from one look to the next: how long a slice is, on however busy a machine. */
  readonly cpu: number[]
}

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Takes payments and looks at the loop until `work` is done. A wait counts from when it was due. */
async function watched(desk: Desk, payers: string[], work: () => Promise<unknown>): Promise<Waits> {
  const [payments, looks, cpu]: [number[], number[], number[]] = [[], [], []]
  let spent = processor()
  let done = false
  const until = async (every: number, each: (due: number) => Promise<void> | void) => {
    for (let due = performance.now() + every; !done; due = performance.now() + every) {
      await later(every)
      if (!done) await each(due)
    }
  }
  const cashier = until(payEveryMs, async () => {
    const accountId = payers.pop()
    if (accountId === undefined) return
    const pay = await payOf(desk, accountId)
    // The key is pressed at some moment of the work, not just when the loop has answered.
    const due = performance.now() + lookEveryMs
    await later(lookEveryMs)
    await pay()
    payments.push(performance.now() - due)
  })
  const looker = until(lookEveryMs, (due) => {
    looks.push(Math.max(0, performance.now() - due))
    cpu.push(processor() - spent)
    spent = processor()
  })
  await work()
  done = true
  await Promise.all([cashier, looker])
  return { payments, looks, cpu }
}

/** What goes on meanwhile, by the words of its figure. */
const works: Record<string, (desk: Desk, tell: (text: string) => void) => Promise<() => Promise<unknown>>> = {
  'bill run': async ({ hall, call }) => {
    hall.transact('bench.readings', systemActor, takeReadings)
    return () => call(RunBills, {}, 'hall-manager')
  },
  plan: async ({ hall, call }) => {
    const year = Number(addMonths(shanghaiDate(hall.environment.clock.now()), 12).slice(0, 4))
    return () => call(Generate, { year }, 'dispatcher')
  },
  'import check': async (desk, tell) => {
    const files = mkdtempSync(join(tmpdir(), 'hall-bench-import-'))
    const importId = await beginImport(desk, files, importRows, tell)
    return async () => {
      await checkImport(desk, importId)
      rmSync(files, { recursive: true, force: true })
    }
  },
  reports:
    async ({ call }) =>
    async () => {
      for (const kind of ['month', 'year'] as const) {
        for (const report of ['cash', 'arrears', 'consumption', 'business', 'repairs'] as const) {
          await call(RunReport, { runId: randomUUID(), report, kind, date: '2025-09-15' as never }, 'hall-manager')
        }
      }
    },
  'audit walk':
    async ({ call }) =>
    () =>
      call(VerifyAudit, {}, 'administrator'),
  'whole state into the outbox': async ({ hall }) => {
    const { sqlite } = hall.environment
    sqlite
      .prepare(
        `INSERT INTO sync_state (only, stream_id, acknowledged, chain, snapshot, snapshot_at, failures)
         VALUES (1, 'bench', 0, '', 0, @at, 0) ON CONFLICT (only) DO UPDATE SET snapshot_at = @at`,
      )
      .run({ at: JSON.stringify(snapshotStart(sqlite)) })
    return () => snapshotJob.run(hall.environment)
  },
  backup:
    async ({ call }) =>
    () =>
      call(Now, {}, 'administrator'),
}

/** @param only the names of the works to measure; all of them when absent */
export async function meanwhileFigures(
  desk: Desk,
  tell: (text: string) => void,
  only: readonly string[] = Object.keys(works),
): Promise<Figure[]> {
  await openDrawer(desk)
  // The hall was copied a moment ago; a commit would wait until all of the copy is on the disk.
  spawnSync('sync')
  const payers = debtors(desk.hall.environment.sqlite, new Random(draw), Infinity)
  const alone = await watched(desk, payers, async () => {
    await later(alonePayments * payEveryMs)
  })
  const figures: Figure[] = []
  for (const [name, prepare] of Object.entries(works).filter(([name]) => only.includes(name))) {
    const work = await prepare(desk, tell)
    spawnSync('sync')
    await later(2_500)
    const began = performance.now()
    const { payments, looks, cpu } = await watched(desk, payers, work)
    const late = looks.filter((ms) => ms > targetLookMs).length
    tell(
      `${name}: ${((performance.now() - began) / 1000).toFixed(1)} s; payments p99 ${p99(payments).toFixed(0)} worst ${Math.max(0, ...payments).toFixed(0)} ms; ` +
        `looks p99 ${p99(looks).toFixed(0)} worst ${Math.max(0, ...looks).toFixed(0)} ms, ${late} of ${looks.length} later than ${targetLookMs} ms; processor between two looks p99 ${p99(cpu).toFixed(0)} worst ${Math.max(0, ...cpu).toFixed(0)} ms`,
    )
    figures.push(
      {
        name: `payment: ${name}`,
        what: `cashier.collect every ${payEveryMs} ms while the work goes on, from when the key was due; raw: the same with nothing else going on`,
        samples: payments,
        baseline: alone.payments,
        ratio: p99(payments) / p99(alone.payments),
        target: `p99 ≤ ${targetPaymentMs} ms`,
        met: payments.length === 0 || p99(payments) <= targetPaymentMs,
      },
      {
        name: `loop: ${name}`,
        what: `how late a timer of ${lookEveryMs} ms is while the work goes on (p99 cpu: processor time from one look to the next); raw: the same with nothing but the payments`,
        samples: looks,
        cpu,
        baseline: alone.looks,
        ratio: p99(looks) / p99(alone.looks),
        target: `worst ≤ ${targetLookMs} ms`,
        met: Math.max(0, ...looks) <= targetLookMs,
      },
    )
  }
  return figures
}
