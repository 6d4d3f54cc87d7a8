/** Scorecard items, steps and grades as a table: what is typed comes out as the setting wants it, and nothing else is saved. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalog, type SettingKey } from '../../src-main/platform/settings-catalog.ts'
import {
  isSound,
  linesFrom,
  problemOf,
  summaryOf,
  textOf,
  wholeProblem,
  type Line,
} from '../../src-renderer/settings/lines-form.ts'

const settings = [
  ['items', 'appraisal.hallItems'],
  ['items', 'appraisal.dispatchItems'],
  ['thresholds', 'appraisal.thresholds'],
  ['grades', 'appraisal.grades'],
] as const

describe.each(settings)('%s of %s', (kind, key: SettingKey) => {
  const standard = String(catalog[key].default)
  const taken = (text: string) => catalog[key].schema.safeParse(text).success
  test('reads the default into rows and writes the same back', () => {
    const lines = linesFrom(kind, standard)
    expect(isSound(kind, lines)).toBe(true)
    expect(textOf(kind, lines)).toBe(standard)
    expect(summaryOf(kind, standard)).not.toContain('NaN')
  })
  test('whatever rows it calls sound, the setting takes, and reads back as they were', () => {
    const name =
      kind === 'thresholds'
        ? fc.integer({ min: 0, max: 110 }).map(String)
        : fc.oneof(
            fc.constantFrom('按时处理率', '优秀', '第 2 项', '率 9', 'a；b', ' ', '档案'),
            fc.string({ maxLength: 12 }),
          )
    const line: fc.Arbitrary<Line> = fc.record({
      text: name,
      number: fc.option(fc.integer({ min: -1, max: 101 }), { nil: null }),
    })
    // Made to add up, or to go down to nothing, so that many of them are sound.
    const made = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => {
      const last = lines.at(-1)
      if (kind === 'items') {
        const others = lines.slice(0, -1).reduce((sum, { number }) => sum + (number ?? 0), 0)
        if (last) last.number = 100 - others
        return lines
      }
      const down = lines.toSorted((a, b) =>
        kind === 'thresholds' ? Number(b.text) - Number(a.text) : (b.number ?? 0) - (a.number ?? 0),
      )
      const end = down.at(-1)
      if (end && kind === 'thresholds') end.text = '0'
      if (end && kind === 'grades') end.number = 0
      return down
    })
    let sound = 0
    fc.assert(
      fc.property(made, (lines) => {
        if (!isSound(kind, lines)) return
        sound += 1
        const text = textOf(kind, lines)
        expect(taken(text)).toBe(true)
        expect(linesFrom(kind, text)).toEqual(lines.map((one) => ({ ...one, text: one.text.trim() })))
      }),
      { numRuns: 2_000 },
    )
    expect(sound).toBeGreaterThan(20)
  })
})

test('says in words what is wrong with a row and with all of them', () => {
  const items = (...numbers: (number | null)[]): Line[] =>
    numbers.map((number, i) => ({ text: `项目${'甲乙丙'[i]}`, number }))
  expect(wholeProblem('items', items(40, 55))).toBe('分值合计 95，须为 100（还差 5）')
  expect(wholeProblem('items', items(60, 55))).toBe('分值合计 115，须为 100（多了 15）')
  expect(wholeProblem('items', items(100))).toBe('应有 2 至 30 行，现有 1 行')
  expect(problemOf('items', items(null, 100), 0)).toBe('分值应为 1 至 100 的整数')
  expect(problemOf('items', [{ text: ' ', number: 5 }], 0)).toBe('请填写名称')
  expect(problemOf('items', [...items(50), { text: '项目甲 ', number: 50 }], 1)).toBe('与上面的重复')
  expect(problemOf('items', [{ text: '达标率 98%', number: 5 }], 0)).toBe('名称不能以空格加数字结尾')
  expect(problemOf('thresholds', linesFrom('thresholds', '90% 100；95% 90；0% 0'), 1)).toBe('须低于上一行')
  expect(wholeProblem('grades', linesFrom('grades', '优秀 90；合格 60'))).toBe('最后一行须为 0，才能覆盖所有情况')
})
