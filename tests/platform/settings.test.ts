/** How the program reads its settings; the settings room tests how they are changed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const keep = (value: string) =>
  hall.hall.environment.sqlite
    .prepare(
      `INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES ('access.lockMinutes', ?, 0, 'x')`,
    )
    .run(value)
const read = () => hall.hall.environment.settings.get('access.lockMinutes')

test('a setting nobody changed has its default', () => expect(read()).toBe(10))

test('a changed setting holds at once and after a restart', async () => {
  keep('3')
  expect(read()).toBe(3)
  await hall.restart()
  expect(read()).toBe(3)
})

test.each([
  ['out of range', '0'],
  ['of another kind', '"soon"'],
  ['that is no JSON', 'soon'],
])('a value %s, as another program may leave it, falls back to the default', (_, value) => {
  keep(value)
  expect(read()).toBe(10)
})
