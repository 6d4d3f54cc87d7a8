import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

const write = (rows: number) =>
  hall.transact(({ sqlite }) => {
    const insert = sqlite.prepare(
      'INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, ?)',
    )
    for (let i = 0; i < rows; i++) insert.run(`probe.${i}`, '1', 'x'.repeat(500))
  })
const fileSize = () => statSync(join(hall.folder, 'hall.db')).size

test('what is committed reaches the database file while nobody waits, not within a commit', async () => {
  const before = fileSize()
  for (let i = 0; i < 20; i++) write(2_000)
  // Some forty thousand rows, five thousand pages: five times what SQLite lets gather by itself.
  expect(fileSize()).toBe(before)
  await vi.waitFor(() => expect(fileSize()).toBeGreaterThan(before), { timeout: 20_000 })
})

test('long work leaves no idle moment: what it commits is copied between its slices', async () => {
  const before = fileSize()
  const { nextTurn } = hall.hall.environment
  // Far less than SQLite lets gather by itself here, and never a quarter of a second without a change.
  for (let began = performance.now(); performance.now() - began < 600;) {
    write(20)
    await nextTurn()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(fileSize()).toBeGreaterThan(before)
})

test('closing the hall leaves nothing behind that would write later', async () => {
  write(10)
  await hall.restart()
  const probes = `SELECT count(*) AS n FROM settings WHERE key LIKE 'probe.%'`
  expect(hall.transact(({ sqlite }) => sqlite.prepare(probes).get())).toEqual({ n: 10 })
})
