/**
 * 欠费报表: what was owed at the end of a period, by age, class and community, and the largest debtors (clause 13).
 * Principal alone; equal to the ledger's receivable of that day.
 */
import { categoryNames, customerCategories } from '../customers/api.ts'
import { balanceOn } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { daysBetween, type BusinessDate } from '../platform/dates.ts'
import { count, date, money, shareOf, text } from './columns.ts'
import { Tally } from './gather.ts'
import type { Gathering, RecordQuery, Report, ReportColumn, ReportRow, Scope } from './report.ts'
import { arrearsBand, arrearsBandNames, arrearsBands, dueDatesOf, type ArrearsBand } from './rules.ts'

/** Bills and accounts looked at in one slice: few, since each may have to be fetched from the disk. */
const sliceSize = 50
/** Payments looked at in one slice; they lie side by side, and a day of the banks' files holds tens of thousands. */
const movedSlice = 250
/** Largest debtors listed. */
const mostDebtors = 100

interface OpenBill {
  readonly id: string
  readonly accountId: string
  readonly dueOn: BusinessDate
  readonly issuedOn: BusinessDate
  /** Fen still open now. */
  readonly open: number
  /** 1 for a bill without a reading: 补收, or taken over from the old system. */
  readonly unread: 0 | 1
}

const columns = `id, account_id AS accountId, due_on AS dueOn, issued_on AS issuedOn, amount - settled AS open,
  reading_id IS NULL AS unread`
export const openBillsSql = `SELECT ${columns} FROM bills INDEXED BY bills_open
  WHERE state = 'open' AND (account_id, due_on) > (@account, @due) ORDER BY account_id, due_on LIMIT @limit`
const billSql = `SELECT ${columns.replace('amount - settled', `CASE state WHEN 'cancelled' THEN 0 ELSE amount - settled END`)}
  FROM bills WHERE id = ?`

/** Payments, or their reversals, after a date: fen that were open on the date and are not now (`sign` '-': the other way). */
const movedSql = (table: 'payments' | 'reversals', payment: string, sign: '' | '-'): string =>
  `SELECT m.business_date AS date, m.id AS movedBy, a.bill_id AS id, ${sign}a.principal AS open
   FROM (SELECT business_date, id, ${payment} AS payment FROM ${table} INDEXED BY ${table}_day
       WHERE (business_date, id) > (@date, @movedBy) ORDER BY business_date, id LIMIT @limit) m
     LEFT JOIN allocations a ON a.payment_id = m.payment ORDER BY m.business_date, m.id`
const movedSqls = [movedSql('payments', 'id', ''), movedSql('reversals', 'payment_id', '-')]
export interface Moved {
  readonly date: BusinessDate
  readonly movedBy: string
  /** Null where the payment paid no bill. */
  readonly id: string | null
  readonly open: number | null
}
/** What was paid, and what came back, after a date, in slices of at most `size` payments. */
export function* movedSince(sqlite: Sqlite, until: BusinessDate, size: number): Generator<readonly Moved[], void> {
  for (const sql of movedSqls) {
    // Greater than any id of the day: the walk begins on the day after.
    let after: Pick<Moved, 'date' | 'movedBy'> | undefined = { date: until, movedBy: '~' }
    while (after) {
      const rows: Moved[] = statement<Moved>(sqlite, sql).all({ ...after, limit: size })
      yield rows
      after = rows.at(-1)
    }
  }
}

/** Bills cancelled on a date. */
const cancelledSql = `SELECT b.id, b.amount AS open FROM journal_entries e INDEXED BY journal_entries_day
     JOIN bills b ON b.id = substr(e.subject, 6)
   WHERE e.business_date = ? AND e.kind = 'reversal' AND e.subject LIKE 'bill:%'`

interface Debt {
  readonly band: ArrearsBand
  readonly dueOn: BusinessDate
  readonly amount: number
  readonly source: Source
}

const sources = { reading: '抄表计费', adjustment: '退补补收', before: '期初转入' } as const
type Source = keyof typeof sources
const chargedSql = 'SELECT 1 FROM bill_adjustments INDEXED BY bill_adjustments_charge WHERE charge_bill_id = ?'

/** Ids begin with the time they were made, in 12 hex digits; accounts are walked in that order. */
const madeAt = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16)
const oldestDebtorSql = `SELECT account_id AS id FROM bills INDEXED BY bills_open WHERE state = 'open' ORDER BY account_id LIMIT 1`
const newestDebtorSql = oldestDebtorSql.replace('LIMIT', 'DESC LIMIT')

/** How far the walk has come at an account, 0–1; counting the bills first would take as long as looking at them. */
function progressOf({ sqlite }: Context): (account: string) => number {
  const [first, last] = [oldestDebtorSql, newestDebtorSql].map((sql) =>
    madeAt(statement<{ id: string }>(sqlite, sql).get()?.id ?? '0'),
  )
  return (account) =>
    first === undefined || last === undefined || last <= first ? 1 : (madeAt(account) - first) / (last - first)
}

/** Every bill that was open on `scope.until`, slice by slice. */
function* debtsOn(scope: Scope, take: (accountId: string, debt: Debt) => void): Generator<number, void> {
  const { context, until } = scope
  const { sqlite } = context
  const later = new Map<string, number>()
  const moved = (id: string, open: number) => void later.set(id, (later.get(id) ?? 0) + open)
  for (const rows of movedSince(sqlite, until, movedSlice)) {
    for (const { id, open } of rows) if (id !== null) moved(id, open ?? 0)
    yield 0.05
  }
  const days = statement<{ date: BusinessDate }>(sqlite, 'SELECT date FROM business_days WHERE date > ?').all(until)
  for (const { date } of days) {
    for (const { id, open } of statement<{ id: string; open: number }>(sqlite, cancelledSql).all(date)) moved(id, open)
    yield 0.05
  }
  const progress = progressOf(context)
  const charged = statement<object>(sqlite, chargedSql)
  const sourceOf = ({ id, unread }: OpenBill): Source =>
    unread === 0 ? 'reading' : charged.get(id) ? 'adjustment' : 'before'
  const see = (bill: OpenBill) => {
    const { id, accountId, dueOn, issuedOn, open } = bill
    const amount = open + (later.get(id) ?? 0)
    later.delete(id)
    if (issuedOn <= until && amount > 0) {
      take(accountId, { band: arrearsBand(dueOn, until), dueOn, amount, source: sourceOf(bill) })
    }
  }
  let [account, due] = ['', '']
  // Bills of one account and due date are never parted: where a slice would, the rest of them is read with it.
  for (;;) {
    const rows = statement<OpenBill>(sqlite, openBillsSql).all({ account, due, limit: sliceSize })
    const last = rows.at(-1)
    if (!last) break
    const twins = statement<OpenBill>(
      sqlite,
      `SELECT ${columns} FROM bills INDEXED BY bills_open WHERE state = 'open' AND account_id = ? AND due_on = ?`,
    ).all(last.accountId, last.dueOn)
    const seen = new Set(rows.map(({ id }) => id))
    rows.forEach(see)
    twins.filter(({ id }) => !seen.has(id)).forEach(see)
    ;[account, due] = [last.accountId, last.dueOn]
    yield 0.05 + 0.45 * progress(account)
  }
  // What is left was open then and is settled or cancelled now.
  const rest = [...later.keys()]
  for (let from = 0; from < rest.length; from += sliceSize) {
    for (const id of rest.slice(from, from + sliceSize)) {
      const bill = statement<OpenBill>(sqlite, billSql).get(id)
      if (bill) see(bill)
    }
    yield 0.5 + (0.15 * from) / rest.length
  }
}

interface Debtor {
  bills: number
  amount: number
  oldest: BusinessDate
  readonly byBand: Map<ArrearsBand, { bills: number; amount: number }>
}

const accountSql = `SELECT a.account_no AS accountNo, c.name AS customer, c.category, p.community
  FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id WHERE a.id = ?`
interface AccountRow {
  readonly accountNo: string
  readonly customer: string
  readonly category: keyof typeof categoryNames
  readonly community: string
}

const noBands = Object.fromEntries(arrearsBands.map((band) => [band, 0]))
const bandAmounts = ({ byBand }: Debtor) =>
  Object.fromEntries(arrearsBands.map((band) => [band, byBand.get(band)?.amount ?? 0]))

function* gather(scope: Scope): Gathering {
  const { context, until } = scope
  const debtors = new Map<string, Debtor>()
  const bySource = new Tally()
  yield* debtsOn(scope, (accountId, { band, dueOn, amount, source }) => {
    bySource.add(source, { source: sources[source], bills: 1, amount })
    const debtor = debtors.get(accountId) ?? { bills: 0, amount: 0, oldest: dueOn, byBand: new Map() }
    const inBand = debtor.byBand.get(band) ?? { bills: 0, amount: 0 }
    debtor.byBand.set(band, { bills: inBand.bills + 1, amount: inBand.amount + amount })
    debtor.bills += 1
    debtor.amount += amount
    if (dueOn < debtor.oldest) debtor.oldest = dueOn
    debtors.set(accountId, debtor)
  })
  const [age, category, community] = [new Tally(), new Tally(), new Tally()]
  const largest = new Set(
    [...debtors]
      .toSorted(([, a], [, b]) => b.amount - a.amount)
      .slice(0, mostDebtors)
      .map(([id]) => id),
  )
  const list: ReportRow[] = []
  const look = statement<AccountRow>(context.sqlite, accountSql)
  let done = 0
  for (const [accountId, debtor] of debtors) {
    for (const [band, { bills, amount }] of debtor.byBand) age.add(band, { accounts: 1, bills, amount })
    if (scope.wants('class') || scope.wants('debtors')) {
      const found = look.get(accountId) as AccountRow
      const overdue = debtor.amount - (debtor.byBand.get('not-due')?.amount ?? 0)
      const cells = { accounts: 1, bills: debtor.bills, amount: debtor.amount }
      category.add(found.category, { accounts: 1, ...bandAmounts(debtor), amount: debtor.amount })
      community.add(found.community, { community: found.community || '（未填小区）', ...cells, overdue })
      if (largest.has(accountId)) {
        list.push({
          key: accountId,
          link: `/customers/${accountId}`,
          cells: {
            accountNo: found.accountNo,
            customer: found.customer,
            category: categoryNames[found.category],
            community: found.community,
            bills: debtor.bills,
            oldest: debtor.oldest,
            days: Math.max(0, daysBetween(debtor.oldest, until)),
            amount: debtor.amount,
          },
        })
      }
    }
    if (++done % sliceSize === 0) yield 0.65 + (0.35 * done) / debtors.size
  }
  const owed = age.rows().reduce((all, { cells }) => all + Number(cells['amount']), 0)
  return {
    age: age.rows(),
    class: category.rows(),
    community: community.rows(),
    source: bySource.rows(),
    debtors: list,
    check: check(scope, owed),
  }
}

/** The books of that day, where there are any: a hall that began later had none yet. */
function check({ context, until }: Scope, owed: number): ReportRow[] {
  const first = statement<{ date: string | null }>(context.sqlite, 'SELECT min(date) AS date FROM business_days').get()
  if (!first?.date || first.date > until) return []
  const ledger = balanceOn(context, 'receivable', until)
  return [{ key: 'receivable', cells: { account: '应收气费', report: owed, ledger, difference: owed - ledger } }]
}

const billColumns: readonly ReportColumn[] = [
  date('dueOn', '到期日'),
  text('billNo', '账单号'),
  text('accountNo', '户号'),
  text('customer', '户名'),
  money('open', '未缴'),
]
const billsWhere = (where: string, joins = ''): RecordQuery => ({
  title: '现在仍未缴的账单',
  by: 'date',
  columns: billColumns,
  sql: `SELECT b.id, b.due_on AS at, '/customers/' || b.account_id AS link, b.due_on AS dueOn, b.bill_no AS billNo,
      a.account_no AS accountNo, c.name AS customer, b.amount - b.settled AS open
    FROM bills b INDEXED BY bills_overdue CROSS JOIN accounts a ON a.id = b.account_id
      CROSS JOIN customers c ON c.id = a.customer_id ${joins}
    WHERE b.state = 'open' AND (b.due_on, b.id) > (@afterAt, @afterId) AND b.issued_on <= @to AND ${where}
    ORDER BY b.due_on, b.id LIMIT @limit`,
})
const chargedBill = 'EXISTS (SELECT 1 FROM bill_adjustments j WHERE j.charge_bill_id = b.id)'
const sourceWhere = (key: string): string =>
  key === 'reading'
    ? 'b.reading_id IS NOT NULL'
    : `b.reading_id IS NULL AND ${key === 'adjustment' ? '' : 'NOT '}${chargedBill}`
const bandRecords = (key: string, { period }: { readonly period: Scope['period'] }): RecordQuery => {
  const { first, last } = dueDatesOf(
    (arrearsBands as readonly string[]).includes(key) ? (key as ArrearsBand) : 'older',
    period.to,
  )
  return billsWhere(`b.due_on BETWEEN '${first}' AND '${last}'`)
}

export const arrears: Report = {
  id: 'arrears',
  title: '欠费报表',
  about: '期末欠费按账龄、类别、小区，欠费大户',
  roles: ['hall-manager', 'administrator'],
  periods: ['day', 'week', 'month', 'quarter', 'year'],
  submitted: ['week', 'month', 'quarter', 'year'],
  endsWithDayClose: true,
  notes: [
    '期末的欠费本金，不含违约金；本期未结束时为今日的欠费',
    '账龄按缴费期限到期日计算；期初转入的账单按转入时的状态计算',
  ],
  sections: [
    {
      id: 'age',
      title: '按账龄',
      columns: [
        text('band', '账龄'),
        count('accounts', '户次'),
        count('bills', '账单'),
        money('amount', '欠费'),
        shareOf('amount'),
      ],
      fixed: () =>
        arrearsBands.map((band) => ({
          key: band,
          cells: { band: arrearsBandNames[band], accounts: 0, bills: 0, amount: 0 },
        })),
      compare: { column: 'amount' },
      chart: { kind: 'bar', label: 'band', values: ['amount'] },
      records: bandRecords,
    },
    {
      id: 'class',
      title: '按客户类别',
      columns: [
        text('category', '类别'),
        count('accounts', '户数'),
        ...arrearsBands.map((band) => money(band, arrearsBandNames[band])),
        money('amount', '欠费'),
        shareOf('amount'),
      ],
      fixed: () =>
        customerCategories.map((category) => ({
          key: category,
          cells: { category: categoryNames[category], accounts: 0, ...noBands, amount: 0 },
        })),
      records: () => billsWhere('c.category = @key'),
    },
    {
      id: 'community',
      title: '按小区',
      columns: [
        text('community', '小区'),
        count('accounts', '户数'),
        count('bills', '账单'),
        money('overdue', '其中逾期'),
        money('amount', '欠费'),
        shareOf('amount'),
      ],
      largest: 'amount',
      limit: 500,
      chart: { kind: 'bar', label: 'community', values: ['amount'] },
      records: () => billsWhere('p.community = @key', 'CROSS JOIN service_points p ON p.id = a.service_point_id'),
    },
    {
      id: 'source',
      title: '按来源',
      note: '退还的气费转入预存，不减少欠费；补收的是单独的账单',
      columns: [text('source', '来源'), count('bills', '账单'), money('amount', '欠费'), shareOf('amount')],
      fixed: () => Object.entries(sources).map(([key, source]) => ({ key, cells: { source, bills: 0, amount: 0 } })),
      records: (key) => billsWhere(sourceWhere(key)),
    },
    {
      id: 'debtors',
      title: `欠费最多的 ${mostDebtors} 户`,
      columns: [
        text('accountNo', '户号'),
        text('customer', '户名'),
        text('category', '类别'),
        text('community', '小区'),
        count('bills', '账单'),
        date('oldest', '最早到期'),
        { key: 'days', label: '逾期天数', kind: 'count', sum: false },
        money('amount', '欠费'),
      ],
      largest: 'amount',
      limit: mostDebtors,
    },
    {
      id: 'check',
      title: '与总账核对',
      note: '本系统启用以前的日期没有总账',
      columns: [text('account', '科目'), money('report', '报表'), money('ledger', '总账'), money('difference', '差额')],
      totals: false,
    },
  ],
  gather,
}
