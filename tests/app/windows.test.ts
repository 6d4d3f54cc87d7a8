/** What the windows must not do again; that they paint is seen by every window test. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('no window waits out of sight for its first picture: one start in twenty-five got it five seconds late, some never', () => {
  const waiting = globSync('src-main/**/*.ts').filter((file) => readFileSync(file, 'utf8').includes("'ready-to-show'"))
  expect(waiting).toEqual([])
})
