/** Any sequence of charging, withdrawing, paying and reversing: the books balance, and every account owes what its entries say. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Collect } from '../../src-main/cashier/api.ts'
import { ChargesOf, Withdraw, type ChargeRow } from '../../src-main/fees/api.ts'
import { fen, type Fen } from '../../src-main/platform/money.ts'
import { id, openCounter, yuan, type Counter } from '../cashier/counter.ts'
import { CallFailed } from '../support/hall.ts'
import { addItem, chargeTo } from './support.ts'

const step = fc.record({
  act: fc.constantFrom('charge', 'charge', 'sell', 'pay', 'pay', 'both', 'withdraw', 'reverse', 'nextDay'),
  home: fc.nat({ max: 1 }),
  /** Hundredths of a unit; how much of what is owed, in percent; which of those there are. */
  quantity: fc.integer({ min: 1, max: 900 }),
  percent: fc.integer({ min: 1, max: 120 }),
  pick: fc.nat({ max: 1_000 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function play(steps: readonly Step[], counter: Counter, homes: readonly string[], items: readonly string[]) {
  const paid: string[] = []
  const openOf = async (accountId: string): Promise<ChargeRow[]> =>
    (await counter.call(ChargesOf, { accountId, page: { after: null, size: 200 } }, 'cashier')).rows.filter(
      ({ state }) => state === 'open',
    )
  const pay = async (accountId: string, charges: readonly ChargeRow[], withGas: boolean, percent: number) => {
    const { bills, total } = await counter.dues(accountId)
    const owed = charges.reduce((all, one) => all + one.outstanding, withGas ? total : 0)
    const amount = fen(Math.max(1, Math.floor((owed * percent) / 100)))
    const taken = await counter.call(
      Collect,
      {
        requestId: id(),
        accountId,
        bills: withGas ? bills.map(({ billId }) => ({ billId })) : [],
        charges: charges.map(({ chargeId }) => ({ chargeId })),
        tenders: [{ means: 'cash', amount }],
      },
      'cashier',
    )
    paid.push(taken.paymentId)
  }
  for (const { act, home, quantity, percent, pick } of steps) {
    const accountId = homes[home] as string
    try {
      const open = await openOf(accountId)
      const one = open[pick % Math.max(1, open.length)]
      if (act === 'charge') await chargeTo(counter, accountId, items[0] as string, { quantity })
      else if (act === 'sell') await chargeTo(counter, accountId, items[1] as string, { quantity, consent: '本人选购' })
      else if (act === 'pay' && one) await pay(accountId, [one], false, percent)
      else if (act === 'both')
        await pay(
          accountId,
          open.filter(({ kind }) => kind === 'service'),
          true,
          percent,
        )
      else if (act === 'withdraw' && one)
        await counter.call(Withdraw, { requestId: id(), chargeId: one.chargeId, reason: '收错' }, 'hall-manager')
      else if (act === 'reverse' && paid.length > 0) await counter.reverse(paid[pick % paid.length] as string)
      else if (act === 'nextDay') await counter.later(1)
    } catch (error) {
      // A refusal by name is part of the day.
      if (!(error instanceof CallFailed) || error.failure.code === 'Internal') throw error
    }
    for (const account of homes) {
      const own = counter.query<{ owed: Fen; wrong: number }>(
        `SELECT coalesce(sum(CASE state WHEN 'withdrawn' THEN 0 ELSE amount - paid END), 0) AS owed,
           count(CASE WHEN paid <> (SELECT coalesce(sum(x.amount), 0) FROM charge_allocations x
             JOIN receipts r ON r.payment_id = x.payment_id AND r.state = 'issued' WHERE x.charge_id = c.id) THEN 1 END) AS wrong
         FROM fee_charges c WHERE account_id = ?`,
        account,
      )[0]
      expect(counter.balance('fee-receivable', account)).toBe(own?.owed)
      expect(own?.wrong).toBe(0)
    }
    const [books] = counter.query<{ difference: number; gaps: number; revenue: number; charged: number }>(
      `SELECT (SELECT sum(debit) - sum(credit) FROM journal_lines) AS difference, (SELECT count(*) FROM balance_gaps) AS gaps,
         (SELECT coalesce(sum(credit) - sum(debit), 0) FROM journal_lines WHERE account IN ('fee-revenue', 'goods-revenue')) AS revenue,
         (SELECT coalesce(sum(amount), 0) FROM fee_charges WHERE state <> 'withdrawn') AS charged`,
    )
    expect(books).toMatchObject({ difference: 0, gaps: 0, revenue: books?.charged })
  }
  return paid.length
}

test('the ledger balances and every account owes what its entries say, whatever was done', async () => {
  let payments = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const counter = await openCounter()
      try {
        const items = [
          (await addItem(counter, { price: fen(999), maxPrice: fen(999) })).itemId,
          (await addItem(counter, { name: '软管', kind: 'goods', account: 'goods-revenue', places: ['counter'] }))
            .itemId,
        ]
        const homes = [(await counter.owing(10)).accountId, (await counter.owing(7)).accountId]
        await counter.openShift(yuan(500))
        payments += await play(steps, counter, homes, items)
      } finally {
        counter.close()
      }
    }),
    { numRuns: Number(process.env['RANDOM_RUNS'] ?? 5) },
  )
  expect(payments).toBeGreaterThan(0)
}, 120_000)
