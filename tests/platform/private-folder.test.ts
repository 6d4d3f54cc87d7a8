import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepPrivate } from '../../src-main/platform/private-folder.ts'

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
