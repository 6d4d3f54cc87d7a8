import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProvedCopy } from '../../src-main/backup/copy.ts'
import { openTestHall, testKey, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

test('a backup leaves no log behind that the counter would have to copy at once', () => {
  const path = join(hall.folder, 'hall.db')
  const before = statSync(path).size
  hall.transact(({ sqlite }) => {
    const insert = sqlite.prepare('INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, ?)')
    for (let i = 0; i < 2_000; i++) insert.run(`probe.${i}`, '1', 'x'.repeat(500))
  })
  // In the log only; nothing here waits, so no idle moment copies it.
  expect(statSync(path).size).toBe(before)
  makeProvedCopy({ source: path, target: join(hall.folder, 'backups', 'hall-20261122-220000.db'), key: testKey })
  expect(statSync(path).size).toBeGreaterThan(before)
})
