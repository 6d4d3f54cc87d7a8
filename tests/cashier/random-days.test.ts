/** Days as they come: random collecting, prepaying, refunding, reversing, handing over and closing, on a real hall. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CloseDay,
  CloseDraft,
  CloseShift,
  CountCash,
  DeclareNoStatement,
  HandOver,
  Prepay,
  Refund,
  ShiftState,
  type Means,
} from '../../src-main/cashier/api.ts'
import { totalsByMeans } from '../../src-main/cashier/movements.ts'
import { openDayOrNull } from '../../src-main/ledger/service.ts'
import { cashRoundings, fen, roundCash, type CashRounding } from '../../src-main/platform/money.ts'
import type { Household } from '../billing/household.ts'
import { approvalOf, refundTerms } from '../support/approval.ts'
import { actorOf, CallFailed } from '../support/hall.ts'
import { counted, id, openCounter, yuan, type Counter } from './counter.ts'

const step = fc.record({
  act: fc.constantFrom(
    'collect',
    'collect',
    'collect',
    'prepay',
    'prepay',
    'refund',
    'reverse',
    'handOver',
    'closeDay',
  ),
  home: fc.nat({ max: 2 }),
  /** How much of what could be paid, in percent; beyond 100 is surplus. */
  percent: fc.integer({ min: 1, max: 130 }),
  means: fc.constantFrom<Means>('cash', 'wechat', 'prepayment'),
  pick: fc.nat({ max: 1_000 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

class Desk {
  readonly counter: Counter
  readonly homes: Household[]
  readonly paid: string[] = []
  readonly rounding: CashRounding
  atWork = 0
  constructor(counter: Counter, homes: Household[], rounding: CashRounding) {
    this.counter = counter
    this.rounding = rounding
    this.homes = homes
  }

  /** Does one thing. A refusal by name is part of the day; a fault of the program is not. */
  async do(next: Step): Promise<void> {
    try {
      await this[next.act](next)
    } catch (error) {
      if (!(error instanceof CallFailed) || error.failure.code === 'Internal') throw error
    }
  }

  accountOf({ home }: Step): string {
    return this.homes[home]?.accountId ?? ''
  }

  async collect(next: Step): Promise<void> {
    const accountId = this.accountOf(next)
    const { total } = await this.counter.dues(accountId)
    // Every fifth pays all of it, in cash as the hall rounds it.
    const whole = next.pick % 5 === 0 && next.means === 'cash'
    const exact = fen(Math.max(1, Math.floor((total * next.percent) / 100)))
    const amount = whole ? fen(Math.max(1, roundCash(total, this.rounding))) : exact
    const surplus = whole ? fen(0) : fen(Math.max(0, amount - total))
    const half = fen(Math.floor(amount / 2))
    const parts = next.means === 'cash' && half > 0 && !whole ? [half, fen(amount - half)] : [amount]
    const paid = await this.counter.pay(accountId, {
      tenders: parts.map((part, i) => ({ means: i === 0 ? next.means : 'alipay', amount: part })),
      toPrepayment: surplus,
      prepaymentConsent: next.pick % 2 === 0,
    })
    this.paid.push(paid.paymentId)
  }

  async prepay(next: Step): Promise<void> {
    const tenders = [{ means: next.means === 'prepayment' ? 'pos' : next.means, amount: fen(next.pick + 1) } as const]
    const input = { requestId: id(), accountId: this.accountOf(next), tenders }
    this.paid.push((await this.counter.call(Prepay, input, 'cashier')).paymentId)
  }

  async refund(next: Step): Promise<void> {
    const accountId = this.accountOf(next)
    const means = next.means === 'prepayment' ? 'wechat' : next.means
    const given = { accountId, means, amount: fen(next.pick + 1), reason: '退' } as const
    const approvalId = await approvalOf(this.counter, refundTerms(given))
    const input = { requestId: id(), ...given, approvalId }
    this.paid.push((await this.counter.call(Refund, input, 'cashier')).paymentId)
  }

  async reverse({ pick }: Step): Promise<void> {
    const paymentId = this.paid[pick % Math.max(1, this.paid.length)]
    if (paymentId !== undefined) await this.counter.reverse(paymentId)
  }

  async handOver(): Promise<void> {
    const { drawer } = await this.counter.call(ShiftState, {}, 'cashier')
    const to = this.atWork === 0 ? '2002' : 'cashier'
    await this.counter.call(HandOver, { requestId: id(), rows: counted(drawer), toStaffNo: to }, 'cashier')
    this.atWork = 1 - this.atWork
    this.counter.work(this.atWork === 0 ? actorOf('cashier') : this.counter.second)
    await this.counter.openShift(drawer)
  }

  async closeDay(): Promise<void> {
    const { counter } = this
    await counter.call(CloseShift, { requestId: id() }, 'cashier')
    const { cash, date, statements } = await counter.call(CloseDraft, {}, 'cashier')
    await counter.call(CountCash, { requestId: id(), rows: counted(fen(cash.expected)) }, 'cashier')
    for (const { means } of statements.filter(({ ourCount }) => ourCount > 0)) {
      await counter.call(DeclareNoStatement, { requestId: id(), means, note: '演练' }, 'cashier')
    }
    await counter.call(CloseDay, { requestId: id(), date }, 'cashier')
    counter.clock.advance(86_400_000)
    await counter.openShift(yuan(500))
  }
}

function expectSoundBooks(counter: Counter): void {
  const one = (sql: string) => counter.hall.environment.sqlite.prepare(sql).pluck().get()
  expect(one('SELECT sum(debit) - sum(credit) FROM journal_lines')).toBe(0)
  expect(
    one(`SELECT count(*) FROM accounts a WHERE arrears <> (SELECT coalesce(sum(debit) - sum(credit), 0)
           FROM journal_lines WHERE account = 'receivable' AND holder = a.id)
         OR prepayment <> (SELECT coalesce(sum(credit) - sum(debit), 0)
           FROM journal_lines WHERE account = 'prepayment' AND holder = a.id)
         OR arrears <> (SELECT coalesce(sum(amount - settled), 0) FROM bills WHERE account_id = a.id)`),
  ).toBe(0)
  // All the cash lies with the newest shift.
  expect(
    one(`SELECT count(*) FROM (SELECT holder, sum(debit) - sum(credit) AS cash FROM journal_lines
         WHERE account = 'cash-drawer' GROUP BY holder HAVING cash <> 0)
         WHERE holder <> (SELECT id FROM shifts ORDER BY rowid DESC LIMIT 1)`),
  ).toBe(0)
  // Numbers run without a gap, one receipt per payment, void exactly where reversed.
  expect(one('SELECT max(CAST(substr(receipt_no, -8, 7) AS INTEGER)) - count(*) FROM receipts') ?? 0).toBe(0)
  expect(one('SELECT (SELECT count(*) FROM payments) - (SELECT count(*) FROM receipts)')).toBe(0)
  expect(
    one(`SELECT count(*) FROM receipts r LEFT JOIN reversals v ON v.payment_id = r.payment_id
         WHERE (r.state = 'voided') <> (v.id IS NOT NULL)`),
  ).toBe(0)
  // Headquarters will see the same books: the outbox has every line, in unbroken order.
  expect(one('SELECT max(seq) - count(*) FROM outbox')).toBe(0)
  const ledger = `coalesce(sum(debit), 0) || ' ' || coalesce(sum(credit), 0) || ' ' || count(*) FROM journal_lines`
  const uploaded = `coalesce(sum(data ->> 'debit'), 0) || ' ' || coalesce(sum(data ->> 'credit'), 0) || ' ' || count(*)
    FROM outbox WHERE entity = 'journal_lines'`
  expect(one(`SELECT ${uploaded}`)).toBe(one(`SELECT ${ledger}`))

  // What the 日结单 says of each means is what the ledger booked for it.
  const date = counter.transact(openDayOrNull)
  if (date === null) return
  for (const { means, net } of counter.transact((context) => totalsByMeans(context, date))) {
    if (means === 'prepayment') continue
    const account = means === 'cash' ? 'cash-drawer' : means
    const booked = one(`SELECT coalesce(sum(l.debit) - sum(l.credit), 0) FROM journal_entries e
      JOIN journal_lines l ON l.entry_id = e.id AND l.account = '${account}'
      WHERE e.business_date = '${date}' AND e.kind IN ('payment', 'refund', 'reversal')`)
    expect([means, net]).toEqual([means, booked])
  }
}

test('whatever the day brings, in whatever order, the books stay sound after every step', async () => {
  const rules = fc.record({ rounding: fc.constantFrom(...cashRoundings), covers: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), rules, async (steps, { rounding, covers }) => {
      const counter = await openCounter()
      try {
        await counter.set('cashier.cashRounding', rounding)
        await counter.set('cashier.prepaymentCoversDebts', covers)
        const homes = [await counter.owing(100, 90, 200), await counter.owing(40), await counter.owing()]
        // Late enough that every bill carries 违约金.
        counter.clock.advance(40 * 86_400_000)
        await counter.openShift(yuan(500))
        const desk = new Desk(counter, homes, rounding)
        for (const next of steps) {
          await desk.do(next)
          expectSoundBooks(counter)
        }
      } finally {
        await counter.close()
      }
    }),
    { numRuns: 5 },
  )
})
