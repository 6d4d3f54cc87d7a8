/** Where the display goes on after the program was started again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forget, recall, remember, screenToReopen, type Screen } from '../../src-main/app/display-place.ts'

const at = (id: number, x: number): Screen => ({ id, bounds: { x, y: 0, width: 1920, height: 1080 } })
const [counter, left, right] = [at(1, 0), at(2, -1920), at(3, 1920)]

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'display-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('on the same screen, also when the system names it otherwise after a start', () => {
  expect(screenToReopen(right, [counter, left, right], counter.id)).toBe(right)
  const renamed = [at(11, 0), at(12, -1920), at(13, 1920)]
  expect(screenToReopen(right, renamed, 11)).toBe(renamed[2])
})

test('on another screen beside the counter when its own is gone, never by itself over the counter', () => {
  expect(screenToReopen(right, [counter, left], counter.id)).toBe(left)
  expect(screenToReopen(right, [counter], counter.id)).toBeNull()
  // Where it stood over the counter's screen, the only one, it stands there again.
  expect(screenToReopen(counter, [counter], counter.id)).toBe(counter)
})

test('is remembered on this PC until somebody closes it; a damaged file is as good as none', () => {
  const file = join(folder, 'display.json')
  expect(recall(file)).toBeNull()
  remember(file, { ...right, label: 'HDMI' } as Screen)
  expect(recall(file)).toEqual(right)
  writeFileSync(file, '{"id":')
  expect(recall(file)).toBeNull()
  forget(file)
  forget(file)
  expect(recall(file)).toBeNull()
  remember(join(folder, 'missing', 'display.json'), right)
})
