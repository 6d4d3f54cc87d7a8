import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, shanghaiDate } from '../../src-main/platform/dates.ts'
import { backupsToRemove, nextBackupAt, type KeptBackup } from '../../src-main/backup/rules.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
const backup = (local: string): KeptBackup => ({ fileName: local, startedAt: at(local) })

describe('keeping backups', () => {
  test('keeps the newest of each of the last days and months, lets the others go', () => {
    const all = ['2026-09-30T12:30', '2026-10-30T12:30', '2026-11-21T12:30', '2026-11-22T12:30', '2026-11-22T17:00']
    const removed = backupsToRemove(all.map(backup), { keepDaily: 2, keepMonthly: 2 })
    expect(removed.map((b) => b.fileName)).toEqual(['2026-09-30T12:30', '2026-11-22T12:30'])
  })

  test('never lets the newest go, nor more than the rule asks, whatever the history', () => {
    const instants = fc.uniqueArray(fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-31T23:59') }))
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        (times, daily, monthly) => {
          const all = times.map((startedAt) => ({ fileName: String(startedAt), startedAt }))
          const removed = new Set(backupsToRemove(all, { keepDaily: daily, keepMonthly: monthly }))
          const left = all.filter((b) => !removed.has(b))
          const newest = Math.max(...times)
          if (all.length > 0) expect(left.some((b) => b.startedAt === newest)).toBe(true)
          expect(left.length).toBeLessThanOrEqual(daily + monthly)
          const days = new Set(all.map((b) => shanghaiDate(b.startedAt)))
          expect(left.length).toBeGreaterThanOrEqual(Math.min(daily, days.size))
        },
      ),
    )
  })
})

describe('the next backup', () => {
  test('is at the set time of today or tomorrow, over a month end', () => {
    expect(formatInstant(nextBackupAt(at('2026-11-30T09:00'), '12:30', 0))).toBe('2026-11-30 12:30')
    expect(formatInstant(nextBackupAt(at('2026-11-30T12:30'), '12:30', 0))).toBe('2026-12-01 12:30')
  })
  test('is tried again soon after a failure, ever more patiently', () => {
    const now = at('2026-11-30T12:30')
    const waits = [1, 2, 3, 9].map((failures) => (nextBackupAt(now, '12:30', failures) - now) / 60_000)
    expect(waits).toEqual([5, 15, 60, 60])
  })
})
