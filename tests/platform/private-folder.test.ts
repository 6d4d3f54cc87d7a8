import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestHall } from '../support/hall.ts'
import { keepPrivate } from '../../src-main/platform/private-folder.ts'

test('what lies in the data folder open to others is closed: the database and its companions, backups, scans, logs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'private-'))
  const made = [
    'hall.db',
    'hall.db-wal',
    'hall.db-shm',
    'hall.lock',
    'hall.reserve',
    'backups/a.db',
    'attachments/ab/c',
    'logs/hall.log',
  ]
  for (const path of made) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), '')
    chmodSync(join(folder, path), 0o644)
    if (path.includes('/')) chmodSync(join(folder, path, '..'), 0o755)
  }
  chmodSync(join(folder, 'attachments'), 0o755)
  symlinkSync(join(folder, '..'), join(folder, 'link'))
  const before = statSync(join(folder, '..')).mode
  keepPrivate(folder, Date.now())
  expect(made.map((path) => [path, statSync(join(folder, path)).mode & 0o777])).toEqual(
    made.map((path) => [path, 0o600]),
  )
  expect(
    ['backups', 'attachments', 'attachments/ab', 'logs'].map((path) => statSync(join(folder, path)).mode & 0o777),
  ).toEqual([0o700, 0o700, 0o700, 0o700])
  expect(statSync(join(folder, '..')).mode).toBe(before)
  rmSync(folder, { recursive: true })
})

test('a PDF left in the folder of a counter that is never started anew is gone too, after a day', async () => {
  const hall = await openTestHall()
  const { root } = hall.hall.environment.paths
  mkdirSync(join(root, 'papers'), { recursive: true })
  const left = [join(root, 'papers', '停气通知.pdf'), join(root, '合同.pdf')]
  for (const path of left) {
    writeFileSync(path, '')
    utimesSync(path, new Date(hall.clock.now()), new Date(hall.clock.now()))
  }
  hall.clock.advance(23 * 3_600_000)
  await hall.hall.scheduler.runNow('notices.old-papers')
  expect(left.map(existsSync)).toEqual([true, true])
  hall.clock.advance(2 * 3_600_000)
  await hall.hall.scheduler.tick()
  expect(left.map(existsSync)).toEqual([false, false])
  await hall.close()
})

test('the data folder is its user’s alone, and a PDF left in it is gone after a day', () => {
  const root = mkdtempSync(join(tmpdir(), 'private-'))
  const folder = join(root, 'hall')
  mkdirSync(join(folder, 'papers'), { recursive: true })
  chmodSync(folder, 0o755)
  const now = Date.now()
  const kept = (name: string, hours: number) => {
    const path = join(folder, 'papers', name)
    writeFileSync(path, '')
    utimesSync(path, new Date(now), new Date(now - hours * 3_600_000))
    return path
  }
  const [old, fresh, other] = [kept('合同.PDF', 25), kept('收据.pdf', 23), kept('清单.xlsx', 25)]
  // What cannot be removed as a file keeps nobody from the counter.
  mkdirSync(join(folder, 'papers', '夹.pdf'))
  utimesSync(join(folder, 'papers', '夹.pdf'), new Date(now), new Date(now - 90_000_000))
  keepPrivate(folder, now)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect([old, fresh, other].map(existsSync)).toEqual([false, true, true])
  keepPrivate(join(root, 'new', 'hall'), now)
  expect(statSync(join(root, 'new', 'hall')).mode & 0o077).toBe(0)
  rmSync(root, { recursive: true })
})
