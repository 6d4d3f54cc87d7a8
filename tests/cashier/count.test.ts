import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faceName } from '../../src-main/cashier/api.ts'
import { fen } from '../../src-main/platform/money.ts'
import {
  countFrom,
  countRows,
  countTotal,
  differenceWords,
  standingWords,
  emptyCount,
  explainProblem,
  isSameCount,
  isUntyped,
  proposedCount,
  withRareFaces,
} from '../../src-renderer/cashier/count.ts'
import { closeSteps } from '../../src-renderer/cashier/close-steps.ts'
import type { CloseState } from '../../src-main/cashier/api.ts'

test('a kept count comes back as it was counted, other faces at the end', () => {
  const rows = [
    { face: fen(10_000), pieces: 3 },
    { face: fen(200), pieces: 1 },
  ]
  const lines = countFrom(rows)
  expect(countRows(lines)).toEqual(rows)
  expect(faceName(lines.at(-1)?.face ?? fen(1))).toBe('2 元')
  expect(countTotal(lines)).toBe(30_200)
})

test('a count is the same in any order and with empty lines, and another with one piece more or another face', () => {
  const half = { face: fen(50), pieces: 1 }
  const kept = [{ face: fen(10_000), pieces: 2 }, half]
  expect(isSameCount(kept, kept.toReversed())).toBe(true)
  expect(isSameCount(kept, [...kept, { face: fen(10), pieces: 0 }])).toBe(true)
  expect(isSameCount(kept, [{ face: fen(10_000), pieces: 7 }, half])).toBe(false)
  expect(isSameCount(kept, [...kept, { face: fen(10), pieces: 1 }])).toBe(false)
  expect(isSameCount(kept, [])).toBe(false)
  expect(isSameCount([], [])).toBe(true)
})

test('nothing typed is not counted, a zero is', () => {
  expect(isUntyped(emptyCount())).toBe(true)
  expect(isUntyped(emptyCount().map((line, i) => (i === 0 ? { ...line, pieces: 0 } : line)))).toBe(false)
  expect(isUntyped(JSON.parse(JSON.stringify(emptyCount())) as ReturnType<typeof emptyCount>)).toBe(true)
})

test('the proposed float makes its amount with the faces in use, or is not proposed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (amount) => {
      const lines = proposedCount(fen(amount))
      if (amount % 10 === 0) expect(lines && countTotal(lines)).toBe(amount)
      else expect(lines).toBeNull()
    }),
  )
})

test('rare notes and fen coins are added once', () => {
  const once = withRareFaces(emptyCount())
  expect(withRareFaces(once)).toEqual(once)
  expect(once.map(({ face }) => faceName(face)).slice(-5)).toEqual(['2 元', '2 角', '5 分', '2 分', '1 分'])
})

test('over and short are said in words', () => {
  expect(differenceWords(fen(-500))).toBe('短款 5.00 元')
  expect(differenceWords(fen(20))).toBe('长款 0.20 元')
  expect(differenceWords(fen(0))).toBe('账款相符')
  expect(standingWords({ difference: fen(0), overShort: fen(0) })).toBe('账款相符')
  expect(standingWords({ difference: fen(0), overShort: fen(-5) })).toBe('短款 0.05 元，已说明')
  expect(standingWords({ difference: fen(-20), overShort: fen(-5) })).toBe('短款 0.20 元')
  expect(differenceWords(null)).toBe('尚未清点')
})

test('the step of the count says what was explained, also of a day that is closed', () => {
  const state = (overShort: number) =>
    ({ shifts: [], statements: [], differences: [], cash: { difference: 0, overShort }, state: 'closed' }) as unknown
  const words = (overShort: number) => closeSteps(state(overShort) as CloseState)[1]?.words
  expect([words(-539), words(0)]).toEqual(['短款 5.39 元，已说明', '账款相符'])
})

test('a channel of which it was only said that there is no statement is not called even', () => {
  const channel = { ourCount: 1, reconciled: false, declaredNone: false, deferred: false, imported: [] }
  const words = (...channels: Partial<Record<keyof typeof channel, unknown>>[]) =>
    closeSteps({
      shifts: [],
      statements: channels.map((one) => ({ ...channel, ...one })),
      differences: [],
      cash: { difference: 0, overShort: 0 },
      state: 'draft',
    } as unknown as CloseState).map((step) => step.words)[2]
  expect(words({ declaredNone: true })).toBe('无对账单')
  expect(words({ declaredNone: true }, { reconciled: true })).toBe('部分无对账单')
  expect(words({ reconciled: true })).toBe('已对平')
  expect(words({ ourCount: 0 })).toBe('无渠道收款')
})

test('a difference is agreed to as it was kept, never while another count stands in the lines', () => {
  expect(explainProblem(fen(-549), fen(-549), '找零多找')).toBe(null)
  expect(explainProblem(fen(-549), fen(-549), ' ')).toBe('请填写原因')
  // Counted again and not kept: the approval would be about the old amount.
  expect(explainProblem(fen(-549), fen(-449), '找零多找')).toBe('清点有改动，请先保存清点')
  expect(explainProblem(null, fen(-449), '找零多找')).toBe('清点有改动，请先保存清点')
})
