import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { windowFolder } from '../../src-main/app/window-folder.ts'

test('the window has a folder of its own in the data folder, and a passing one where that cannot be had', () => {
  const folder = mkdtempSync(join(tmpdir(), 'window-folder-'))
  const own = join(folder, 'window')
  expect(windowFolder(folder)).toBe(own)
  expect(windowFolder(folder)).toBe(own)
  rmSync(own, { recursive: true })
  // In its place lies what is no folder: as with a folder that may not be written, the window comes to say so.
  writeFileSync(own, '')
  const passing = windowFolder(folder)
  expect(passing.startsWith(folder)).toBe(false)
  expect(existsSync(passing)).toBe(true)
  for (const one of [folder, passing]) rmSync(one, { recursive: true })
})
