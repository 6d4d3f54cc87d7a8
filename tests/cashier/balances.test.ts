/** What the close rests on is kept as entries are written, not added up at the close: that it is right, and finds what is not. */
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CloseDay, CloseDraft, Prepay, Refund } from '../../src-main/cashier/api.ts'
import { ledgerTotals } from '../../src-main/ledger/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import type { Household } from '../billing/household.ts'
import { approvalOf } from '../support/approval.ts'
import { id, openCounter, yuan, type Counter } from './counter.ts'

const monday = businessDate('2026-11-23')

let counter: Counter
beforeEach(async () => {
  counter = await openCounter()
  await counter.openShift(yuan(500))
})
afterEach(() => counter.close())

const write = (sql: string) => counter.transact(({ sqlite }) => sqlite.exec(sql))
const closeDay = () => counter.call(CloseDay, { requestId: id(), date: monday }, 'cashier')
const gaps = () => counter.query('SELECT * FROM balance_gaps')
/** Turnover as it was added up before it was kept. */
const addedUp = () =>
  counter.query(
    `SELECT l.account, sum(l.debit) AS debit, sum(l.credit) AS credit
     FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id
     WHERE e.business_date = ? GROUP BY l.account ORDER BY l.account`,
    monday,
  )

const refund = async ({ accountId }: Household, fen: number) => {
  const terms = { accountId, amount: yuan(fen / 100), means: 'cash', reference: '', reason: '多存了' } as const
  const approvalId = await approvalOf(counter, { purpose: 'refund', terms })
  const { reference: _, ...input } = terms
  await counter.call(Refund, { requestId: id(), ...input, approvalId }, 'cashier')
}

test('whatever is done at the counter, the kept turnover is what the entries add up to, and no balance is out of step', async () => {
  const act = fc.constantFrom('pay', 'part', 'reverse', 'prepay', 'refund', 'bill')
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
      const home = await counter.owing(20, 30, 40)
      let paid: string | null = null
      for (const what of acts) {
        const { bills, total } = await counter.dues(home.accountId)
        if (what === 'pay' && total > 0) paid = (await counter.pay(home.accountId)).paymentId
        if (what === 'part' && bills[0])
          await counter.pay(home.accountId, {
            bills: [{ billId: bills[0].billId }],
            tenders: [{ means: 'wechat', amount: bills[0].total, reference: id() }],
          })
        if (what === 'reverse' && paid !== null) paid = (await counter.reverse(paid), null)
        if (what === 'bill') await counter.owing(15)
        if (what === 'prepay' && total === 0) {
          const tenders = [{ means: 'cash' as const, amount: yuan(50) }]
          await counter.call(Prepay, { requestId: id(), accountId: home.accountId, tenders }, 'cashier')
        }
        const [account] = counter.query<{ held: number }>(
          'SELECT prepayment AS held FROM accounts WHERE id = ?',
          home.accountId,
        )
        if (what === 'refund' && account && account.held > 0) await refund(home, account.held)
      }
      expect(counter.transact((context) => ledgerTotals(context, monday))).toEqual(addedUp())
      expect(gaps()).toEqual([])
    }),
    { numRuns: 4 },
  )
})

const damages: readonly (readonly [
  what: string,
  sql: (home: Household) => string,
  mend: (home: Household) => string,
])[] = [
  [
    'arrears that no entry moved',
    ({ accountId }) => `UPDATE accounts SET arrears = arrears + 1 WHERE id = '${accountId}'`,
    ({ accountId }) => `UPDATE accounts SET arrears = arrears - 1 WHERE id = '${accountId}'`,
  ],
  [
    'prepayment that no entry moved',
    ({ accountId }) => `UPDATE accounts SET prepayment = prepayment + 100 WHERE id = '${accountId}'`,
    ({ accountId }) => `UPDATE accounts SET prepayment = prepayment - 100 WHERE id = '${accountId}'`,
  ],
  ...(['receivable', 'prepayment'] as const).map(
    (account) =>
      [
        `an entry on ${account} that the account does not know of`,
        ({ accountId }: Household) => entry('a', account, accountId, 700),
        ({ accountId }: Household) => entry('b', account, accountId, -700),
      ] as const,
  ),
]
function entry(key: string, account: string, holder: string, fen: number): string {
  const line = (no: number, of: string, whose: string, amount: number) =>
    `('${key}', ${no}, '${of}', '${whose}', ${Math.max(amount, 0)}, ${Math.max(-amount, 0)})`
  return `INSERT INTO journal_lines (entry_id, line_no, account, holder, debit, credit)
      VALUES ${line(1, account, holder, fen)}, ${line(2, 'safe', '', -fen)};
    INSERT INTO journal_entries (id, business_date, at, kind, memo, subject, actor_id)
      VALUES ('${key}', '${monday}', 1, 'opening', '', '', 'x')`
}

test.each(damages)('%s keeps the day from closing, whatever the day held, and is named', async (_, damage, mend) => {
  // Nothing of the day concerns the account that is damaged.
  const [untouched, paying] = [await counter.owing(30), await counter.owing(10)]
  await counter.pay(paying.accountId)
  await counter.closeShiftAndCount(yuan(530))
  write(damage(untouched))
  const words = `户号 ${untouched.accountNo} 的余额与总账不符`
  const { obstacles } = await counter.call(CloseDraft, {}, 'cashier')
  expect(obstacles.map(({ text }) => text)).toContainEqual(expect.stringContaining(words))
  await expect(closeDay()).rejects.toThrow(words)
  write(mend(untouched))
  expect(gaps()).toEqual([])
  expect((await closeDay()).dayCloseNo).toMatch(/^RJ/)
})

test('two errors that make up for each other are both found', async () => {
  const [one, other] = [await counter.owing(30), await counter.owing(10)]
  await counter.closeShiftAndCount(yuan(500))
  write(`UPDATE accounts SET arrears = arrears + 5 WHERE id = '${one.accountId}';
    UPDATE accounts SET arrears = arrears - 5 WHERE id = '${other.accountId}'`)
  const { obstacles } = await counter.call(CloseDraft, {}, 'cashier')
  expect(obstacles.map(({ text }) => text).join()).toMatch(
    new RegExp(`(?=.*${one.accountNo})(?=.*${other.accountNo})`, 'u'),
  )
})
