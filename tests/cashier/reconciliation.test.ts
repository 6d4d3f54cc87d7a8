import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  reconcile,
  timeWindowMs,
  unexplained,
  type OurMovement,
  type Reconciled,
  type StatementLine,
} from '../../src-main/cashier/reconciliation.ts'
import { fen, sum } from '../../src-main/platform/money.ts'

const nine = Date.parse('2026-11-23T09:00:00+08:00')
const ours = (n: number, amount: number, reference = '', at = nine): OurMovement => ({
  key: `p${n}/1/${amount > 0 ? 'in' : 'back'}`,
  tender: `p${n}/1`,
  reference,
  amount: fen(amount),
  at,
  receiptNo: `SJ${n}`,
})
const theirs = (n: number, amount: number, references: string[] = [], at = nine): StatementLine => ({
  key: `s/${n}`,
  references,
  amount: fen(amount),
  at,
})

const signed = fc.integer({ min: -5, max: 8 }).filter((n) => n !== 0)
const reference = fc.constantFrom('', 'a', 'b', 'c', 'd')
const moment = fc.integer({ min: 0, max: 2 * timeWindowMs }).map((ms) => nine + ms)
const anyOurs = fc
  .array(fc.tuple(signed, reference, moment), { maxLength: 14 })
  .map((rows) => rows.map(([amount, ref, at], i) => ours(i, amount, ref, at)))
const anyTheirs = fc
  .array(fc.tuple(signed, fc.uniqueArray(reference, { maxLength: 2 }), moment), { maxLength: 14 })
  .map((rows) =>
    rows.map(([amount, refs, at], i) =>
      theirs(
        i,
        amount,
        refs.filter((ref) => ref !== ''),
        at,
      ),
    ),
  )

const ourKeys = (result: Reconciled) => [
  ...[...result.matched, ...result.amountDiffers].map((pair) => pair.ours.key),
  ...[...result.oursOnly, ...result.cancelled].map((row) => row.key),
]
const theirKeys = (result: Reconciled) => [
  ...[...result.matched, ...result.amountDiffers].map((pair) => pair.theirs.key),
  ...result.theirsOnly.map((row) => row.key),
]

describe('reconciliation', () => {
  test('accounts for every movement and every line exactly once', () => {
    fc.assert(
      fc.property(anyOurs, anyTheirs, (mine, channel) => {
        const result = reconcile(mine, channel)
        expect(ourKeys(result).sort()).toEqual(mine.map((row) => row.key).sort())
        expect(theirKeys(result).sort()).toEqual(channel.map((row) => row.key).sort())
      }),
    )
  })

  test('its differences explain to the fen why the two totals differ', () => {
    fc.assert(
      fc.property(anyOurs, anyTheirs, (mine, channel) => {
        const result = reconcile(mine, channel)
        const apart = sum(channel.map((row) => row.amount)) - sum(mine.map((row) => row.amount))
        expect(unexplained(result)).toBe(apart)
        expect(sum(result.cancelled.map((row) => row.amount))).toBe(0)
      }),
    )
  })

  test('a matched pair is the same amount, by reference or near in time', () => {
    fc.assert(
      fc.property(anyOurs, anyTheirs, (mine, channel) => {
        for (const pair of reconcile(mine, channel).matched) {
          expect(pair.ours.amount).toBe(pair.theirs.amount)
          if (pair.ours.reference === '')
            expect(Math.abs(pair.ours.at - pair.theirs.at)).toBeLessThanOrEqual(timeWindowMs)
          else expect(pair.theirs.references).toContain(pair.ours.reference)
        }
      }),
    )
  })

  test('a statement that says the same as our books, in any order, leaves nothing open', () => {
    const pairs = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 30 })
    fc.assert(
      fc.property(pairs, fc.integer(), (numbers, seed) => {
        const mine = numbers.map((n) => ours(n, n * 7, `ref${n}`))
        const channel = numbers.map((n) => theirs(n, n * 7, [`ref${n}`, `shop${n}`]))
        channel.sort((a, b) => ((a.amount * 31 + seed) % 17) - ((b.amount * 31 + seed) % 17))
        const result = reconcile(mine, channel)
        expect(result.matched).toHaveLength(numbers.length)
        expect([...result.oursOnly, ...result.theirsOnly, ...result.amountDiffers]).toEqual([])
      }),
    )
  })
})

describe('one by one', () => {
  test('the same reference with another amount is one difference, not two', () => {
    const result = reconcile([ours(1, 5_000, 'x')], [theirs(1, 4_500, ['x'])])
    expect(result.amountDiffers).toHaveLength(1)
    expect(unexplained(result)).toBe(-500)
  })

  test('a reference the statement lacks is not matched by amount: two customers often pay the same', () => {
    const result = reconcile([ours(1, 5_000, 'x')], [theirs(1, 5_000, ['y'])])
    expect([result.oursOnly.length, result.theirsOnly.length]).toEqual([1, 1])
  })

  test('without reference the line nearest in time is taken, outside the window none', () => {
    const near = theirs(1, 5_000, ['y'], nine + 60_000)
    const far = theirs(2, 5_000, ['z'], nine + 600_000)
    expect(reconcile([ours(1, 5_000)], [far, near]).matched[0]?.theirs).toBe(near)
    expect(reconcile([ours(1, 5_000)], [theirs(3, 5_000, [], nine + timeWindowMs + 1)]).matched).toEqual([])
  })

  test('taken and reversed by mistake, unknown to the channel: no difference', () => {
    const result = reconcile([ours(1, 5_000, 'x'), ours(1, -5_000, 'x')], [])
    expect(result.cancelled).toHaveLength(2)
    expect(result.oursOnly).toEqual([])
  })

  test('reversed by us while the channel still holds the money: the refund is missing on their side', () => {
    const result = reconcile([ours(1, 5_000, 'x'), ours(1, -5_000, 'x')], [theirs(1, 5_000, ['x'])])
    expect(result.matched).toHaveLength(1)
    expect(result.oursOnly.map((row) => row.amount)).toEqual([-5_000])
  })
})
