/**
 * 收费单: what was charged to an account. Each is a receivable of its own (应收服务费), beside the gas and never mixed with it: it
 * bears no late fee, and no gas is cut for it. The cash desk books the money; this room keeps what is paid.
 */
import { accountById, activeAccount, customerById, recordEvent } from '../customers/service.ts'
import { currentDay, openDayOrToday, post, reverse } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fen, formatYuan, sum, type Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import {
  Charge,
  ChargesOf,
  feePlace,
  maxSumDays,
  Offers,
  showQuantity,
  Sums,
  Withdraw,
  type ChargeRow,
  type FeeBuyer,
  type FeeKind,
  type FeePlace,
} from './api.ts'
import { ChargeChanged, ChargeNotFound, ChargePaid, ChargeWithdrawn, FeeRefused, WithdrawByManager } from './errors.ts'
import { furtherForbidden, itemById, listOn, refuse } from './items.ts'
import { chargeAmount, chargeProblems, outstandingOf, taxWithin, type ChargePart } from './rules.ts'

const columns = `id AS chargeId, charge_no AS chargeNo, name, kind, unit, place, ground, quantity, unit_price AS unitPrice, amount,
  tax, paid, amount - paid AS outstanding, consent, note, state, business_date AS businessDate, at, actor_name AS actorName,
  withdraw_reason AS withdrawReason`

const buyerOf = (context: Context, customerId: string): FeeBuyer =>
  customerById(context, customerId).category === 'resident' ? 'resident' : 'non-resident'

/** What can be charged to an account today. */
export const offers = useCase(Offers, ({ accountId }, context) => {
  const buyer = buyerOf(context, accountById(context, accountId).customerId)
  return {
    buyer,
    items: listOn(context, openDayOrToday(context))
      .filter(({ buyers }) => buyers.includes(buyer))
      .map(({ buyers: _, ...item }) => item),
  }
})

/** 收取费用. */
export const charge = useCase(
  Charge,
  ({ accountId, itemId, place, ground, quantity, consent, note, ...asked }, context) => {
    const { sqlite, clock, actor } = context
    const account = activeAccount(context, accountId)
    const businessDate = currentDay(context)
    const item = itemById(context, itemId, businessDate)
    const { current } = item
    refuse(
      chargeProblems(
        { ...item, version: current, firstFrom: item.versions.at(-1)?.effectiveFrom ?? null },
        { place, ground, quantity, unitPrice: asked.unitPrice, consent },
        { buyer: buyerOf(context, account.customerId), further: furtherForbidden(context) },
      ),
    )
    if (current === null) throw new FeeRefused()
    const unitPrice = asked.unitPrice ?? current.price
    const amount = chargeAmount(unitPrice, quantity)
    if (amount === 0) throw new FeeRefused('金额不足一分，请核对数量', { field: 'quantity' })
    const tax = taxWithin(amount, current.taxRate)
    const chargeId = newId(clock)
    const chargeNo = nextNumber(context, 'charge')
    const entryId = post(context, {
      kind: 'charge',
      memo: `${item.name} ${chargeNo}`,
      subject: `charge:${chargeId}`,
      businessDate,
      lines: [
        { account: 'fee-receivable', holder: accountId, debit: amount },
        { account: item.account, credit: amount },
      ],
    })
    statement(
      sqlite,
      `INSERT INTO fee_charges (id, charge_no, account_id, item_id, version_id, name, kind, unit, place, ground, quantity, unit_price,
       amount, tax, consent, note, state, business_date, entry_id, at, actor_id, actor_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?)`,
    ).run(
      ...[chargeId, chargeNo, accountId, itemId, current.versionId, item.name, item.kind, item.unit, place, ground],
      ...[quantity, unitPrice, amount, tax, consent, note, businessDate, entryId, clock.now(), actor.id, actor.name],
    )
    recordEvent(context, {
      customerId: account.customerId,
      accountId,
      kind: 'payment',
      title: `收费项目：${item.name}`,
      detail: `${chargeNo}，${feePlace.names[place]}，${showQuantity(quantity)} ${item.unit} × ${formatYuan(unitPrice)} 元，待缴`,
      amount,
      subject: `charge:${chargeId}`,
    })
    context.audit({ subject: `charge:${chargeId}`, detail: { chargeNo, item: item.name, place, quantity, amount } })
    context.emit({ event: 'changed', data: { room: 'cashier' } })
    return { chargeId, chargeNo, amount, tax }
  },
)

interface StoredCharge extends ChargeRow {
  readonly accountId: string
  readonly entryId: string
  readonly actorId: string
}

function chargeById({ sqlite }: Context, chargeId: string): StoredCharge {
  const row = statement<StoredCharge>(
    sqlite,
    `SELECT ${columns}, account_id AS accountId, entry_id AS entryId, actor_id AS actorId FROM fee_charges WHERE id = ?`,
  ).get(chargeId)
  if (!row) throw new ChargeNotFound()
  return row
}

/** 作废. */
export const withdraw = useCase(Withdraw, ({ chargeId, reason }, context) => {
  const { sqlite, clock, actor } = context
  const row = chargeById(context, chargeId)
  if (row.state === 'withdrawn') throw new ChargeWithdrawn(`收费单 ${row.chargeNo} 已经作废`)
  if (row.paid > 0)
    throw new ChargePaid(`收费单 ${row.chargeNo} 已收 ${formatYuan(row.paid)} 元，不能作废；请先冲正收款`)
  const own = row.actorId === actor.id && row.businessDate === openDayOrToday(context)
  if (!own && !actor.roles.includes('hall-manager')) throw new WithdrawByManager()
  reverse(context, row.entryId, { reason, approvedBy: actor.id })
  statement(
    sqlite,
    `UPDATE fee_charges SET state = 'withdrawn', withdrawn_at = ?, withdrawn_by = ?, withdraw_reason = ? WHERE id = ?`,
  ).run(clock.now(), actor.name, reason, chargeId)
  recordEvent(context, {
    customerId: accountById(context, row.accountId).customerId,
    accountId: row.accountId,
    kind: 'payment',
    title: `收费项目作废：${row.name}`,
    detail: `${row.chargeNo}，${formatYuan(row.amount)} 元；原因：${reason}`,
    subject: `charge:${chargeId}`,
  })
  context.audit({ subject: `charge:${chargeId}`, detail: { chargeNo: row.chargeNo, amount: row.amount, reason } })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { chargeNo: row.chargeNo }
})

/** Later than every id, where a page begins at the newest. */
const newest = 'g'

export const chargesSql = `SELECT ${columns} FROM fee_charges WHERE account_id = @accountId AND id < @after ORDER BY id DESC LIMIT @limit`

export const chargesOf = useCase(ChargesOf, ({ accountId, page: { after, size } }, context) => {
  const found = statement<ChargeRow>(context.sqlite, chargesSql).all({
    accountId,
    after: after ?? newest,
    limit: size + 1,
  })
  const rows = found.slice(0, size)
  return { rows, next: found.length > size ? (rows.at(-1)?.chargeId ?? null) : null }
})

export const openSql = `SELECT ${columns} FROM fee_charges WHERE account_id = ? AND state = 'open' ORDER BY id`

/** What was charged to an account and is not paid, the oldest first. */
export const openCharges = ({ sqlite }: Pick<Context, 'sqlite'>, accountId: string): ChargeRow[] =>
  statement<ChargeRow>(sqlite, openSql).all(accountId)

/** Fen an account still owes for services; with `place`, for those of that business alone. Goods and insurance keep nothing waiting. */
export const chargesOwed = (context: Pick<Context, 'sqlite'>, accountId: string, place?: FeePlace): Fen =>
  sum(
    openCharges(context, accountId)
      .filter(({ kind, place: at }) => kind === 'service' && (place === undefined || at === place))
      .map(outstandingOf),
  )

const setPaid = ({ sqlite }: Context, chargeId: string, { paid, amount }: { paid: Fen; amount: Fen }): void =>
  void statement(sqlite, 'UPDATE fee_charges SET paid = ?, state = ? WHERE id = ?').run(
    paid,
    paid === amount ? 'settled' : 'open',
    chargeId,
  )

/**
 * Notes what a payment paid of charges of an account. The caller books it (Cr 应收服务费).
 * @throws ChargeChanged where one is not open, not of this account, or owes less
 */
export function settleCharges(context: Context, accountId: string, parts: readonly ChargePart[]): void {
  for (const { chargeId, amount } of parts) {
    const row = chargeById(context, chargeId)
    if (row.accountId !== accountId || row.state !== 'open' || amount <= 0 || amount > row.outstanding)
      throw new ChargeChanged(undefined, { field: 'charges' })
    setPaid(context, chargeId, { paid: fen(row.paid + amount), amount: row.amount })
  }
}

/** Takes back what a payment paid, as its reversal does. */
export function unsettleCharges(context: Context, parts: readonly ChargePart[]): void {
  for (const { chargeId, amount } of parts) {
    const row = chargeById(context, chargeId)
    if (amount > row.paid) throw new ChargeChanged()
    setPaid(context, chargeId, { paid: fen(row.paid - amount), amount: row.amount })
  }
}

/** 按项目统计. */
export const sums = useCase(Sums, ({ from, to }, context) => {
  if (to < from) throw new InvalidInput('结束日期早于开始日期', { field: 'to' })
  if (addDays(from, maxSumDays) < to) throw new InvalidInput('一次最多统计 400 天，请缩短日期', { field: 'to' })
  const rows = sumsByItem(context, from, to)
  return {
    rows,
    amount: sum(rows.map((row) => row.amount)),
    paid: sum(rows.map((row) => row.paid)),
    outstanding: sum(rows.map((row) => row.outstanding)),
  }
})

interface ItemSum {
  readonly itemId: string
  readonly name: string
  readonly kind: FeeKind
  readonly count: number
  readonly withdrawn: number
  readonly amount: Fen
  readonly tax: Fen
  readonly paid: Fen
  readonly outstanding: Fen
}

export const sumsSql = `SELECT item_id AS itemId, name, kind, sum(state <> 'withdrawn') AS count, sum(state = 'withdrawn') AS withdrawn,
    sum(CASE state WHEN 'withdrawn' THEN 0 ELSE amount END) AS amount, sum(CASE state WHEN 'withdrawn' THEN 0 ELSE tax END) AS tax,
    sum(paid) AS paid, sum(CASE state WHEN 'withdrawn' THEN 0 ELSE amount - paid END) AS outstanding
  FROM fee_charges INDEXED BY fee_charges_day WHERE business_date BETWEEN @from AND @to GROUP BY item_id ORDER BY name`

export const sumsByItem = ({ sqlite }: Pick<Context, 'sqlite'>, from: BusinessDate, to: BusinessDate): ItemSum[] =>
  statement<ItemSum>(sqlite, sumsSql).all({ from, to })
