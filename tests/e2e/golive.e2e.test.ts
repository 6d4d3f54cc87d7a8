/** A real hall goes live in the real window: from an empty folder to the first receipt and the day close, by the screens alone. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goLive, passphrase } from '../demo/golive.ts'
import { startApp, type RunningApp } from './support/app.ts'

let app: RunningApp
let folder: string
beforeEach(async () => {
  folder = process.env['HALL_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'golive-'))
  app = await startApp({ empty: true, passphrase })
})
afterEach(async () => {
  await app.page.screenshot({ path: join(folder, 'last.png') }).catch(() => undefined)
  await app.close()
  rmSync(app.dataFolder, { recursive: true, force: true })
  if (process.env['HALL_PICTURES'] === undefined) rmSync(folder, { recursive: true, force: true })
})

test('from the empty PC to the first receipt and the day close, led by the check list, with two restarts and a mistake', async () => {
  const told: string[] = []
  const remember = (running: RunningApp) => (app = running)
  const done = await goLive(app, folder, (line) => told.push(line), remember)

  // Everything was open when the administrator first saw the list; before the backup nothing else was.
  expect(Object.values(done.checklist.first)).toEqual(Array.from({ length: 10 }, () => 'open'))
  expect(done.checklist.last).toMatchObject({ phones: 'done', prices: 'done', staff: 'done', headquarters: 'done' })
  expect(Object.entries(done.checklist.last).filter(([, state]) => state === 'open')).toEqual([['backup', 'open']])

  // 320 m³ at 3.45 and 5 m³ at 4.14.
  expect(done.bill).toMatchObject({ amount: 1_104_00 + 20_70 })
  expect(done.bill.lines).toHaveLength(2)
  expect(done.payment.amount).toBe(done.bill.amount)
  expect(done.closed).toMatchObject({ date: '2026-11-23', overShort: 0 })
  for (const paper of [...done.opened.pdfs, done.payment.pdf]) expect(existsSync(paper)).toBe(true)

  // One administrator alone made the price, and that is on record; no invented phone stands anywhere.
  const [alone] = app.query<{ detail: string }>(`SELECT detail FROM audit_log WHERE call = 'tariffs.createPlan'`)
  expect(JSON.parse(alone?.detail ?? '{}')).toMatchObject({ alone: true })
  expect(app.query(`SELECT key FROM settings WHERE value LIKE '%956100%'`)).toEqual([])
}, 600_000)
