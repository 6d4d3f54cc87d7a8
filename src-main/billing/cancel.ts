/** 取消账单: an unpaid bill goes as if it had never been, by an opposite entry; its reading waits again. */
import { accountById, adjustBalances, recordEvent } from '../customers/service.ts'
import { reverse } from '../ledger/service.ts'
import { markReading, withdrawCorrection } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { negate, type Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { CancelBill, type BillState } from './api.ts'
import { cashDesk } from './cover.ts'
import { BillNotFound } from './settlement.ts'
import { noteSeveral } from './several.ts'

export const BillPaid = domainError('BillPaid', '账单已有缴费，不能取消；请先冲正缴费')
export const BillCancelled = domainError('BillCancelled', '账单已经取消')
export const BillImported = domainError('BillImported', '期初转入的账单不在本系统出账，不能取消')
export const BillAdjusted = domainError('BillAdjusted', '账单已有退补，不能取消')
export const BillNotLast = domainError(
  'BillNotLast',
  '其后还有账单或退补按本账单的累计气量计价，请先取消其后的账单，或对本账单办理退补',
)
/** Its reading would be read anew by nobody, and voided it would be measured as the next holder's. */
export const BillOfEnded = domainError('BillOfEnded', '户号已过户或终止，账单不能取消重出；有误请办理退补')
export const BillReadSince = domainError('BillReadSince', '该表已按更正后的读数抄表，请先作废其后的抄表')

interface CancellableBill {
  readonly billNo: string
  readonly accountId: string
  readonly readingId: string | null
  readonly issuedOn: BusinessDate
  readonly amount: Fen
  /** Fen paid by the customer; what the hall itself paid from prepayment goes back with the bill. */
  readonly settled: Fen
  /** Whether the hall paid some of it from prepayment. */
  readonly offset: 0 | 1
  readonly lateFeeSettled: Fen
  readonly state: BillState
  readonly entryId: string | null
  /** Adjustments that stand point at it. */
  readonly adjusted: 0 | 1
  /** A later bill or 退补 of the account counts its tiers on top of this one. */
  readonly later: 0 | 1
  /** The account has been handed over or closed. */
  readonly ended: 0 | 1
  /** 补收: the meter was read on from the index it corrected, and that reading waits for its bill. */
  readonly readSince: 0 | 1
}

/**
 * The adjustment that a bill charges, and the corrected index it left, whoever has the meter since. No later 退补 of the account
 * stands: see `later`.
 */
const correctionSql = `FROM bill_adjustments j
    JOIN readings r ON r.id IN (SELECT reading_id FROM bills WHERE id = j.bill_id
      UNION ALL SELECT reading_id FROM bill_further_readings WHERE bill_id = j.bill_id)
    JOIN readings k ON k.meter_id = r.meter_id AND k.read_on = r.read_on AND k.source = 'correction' AND k.state <> 'void'
      AND k.id > j.id
  WHERE j.charge_bill_id = @billId`

const billToCancel = ({ sqlite }: Context, billId: string): CancellableBill | undefined =>
  statement<CancellableBill>(
    sqlite,
    `SELECT b.bill_no AS billNo, b.account_id AS accountId, b.reading_id AS readingId, b.issued_on AS issuedOn, b.amount,
       b.settled - coalesce(o.principal, 0) AS settled, b.late_fee_settled - coalesce(o.fee, 0) AS lateFeeSettled,
       o.fee IS NOT NULL AS offset, b.state, b.entry_id AS entryId,
       (SELECT a.state FROM accounts a WHERE a.id = b.account_id) <> 'active' AS ended,
       EXISTS (SELECT 1 FROM bill_adjustments j LEFT JOIN bills g ON g.id = j.charge_bill_id
               WHERE j.bill_id = b.id AND (g.id IS NULL OR g.state <> 'cancelled')) AS adjusted,
       EXISTS (SELECT 1 FROM bills l LEFT JOIN bill_adjustments c ON c.charge_bill_id = l.id
               WHERE l.account_id = b.account_id AND l.state <> 'cancelled'
                 AND (b.reading_id IS NOT NULL AND (l.period_to, l.bill_no) > (b.period_to, b.bill_no)
                   OR (l.reading_id IS NOT NULL OR c.id IS NOT NULL) AND l.id > b.id))
         OR EXISTS (SELECT 1 FROM bill_adjustments j WHERE j.account_id = b.account_id AND j.charge_bill_id IS NULL
                    AND j.id > b.id) AS later,
       EXISTS (SELECT 1 ${correctionSql}
               AND EXISTS (SELECT 1 FROM readings n WHERE n.meter_id = k.meter_id AND n.state <> 'void' AND n.id > k.id)) AS readSince
     FROM bills b LEFT JOIN (SELECT bill_id, sum(principal) AS principal, sum(late_fee) AS fee FROM bill_settlements
         WHERE bill_id = @billId AND by_offset = 1 AND undone_on IS NULL GROUP BY bill_id) o ON o.bill_id = b.id
     WHERE b.id = @billId`,
  ).get({ billId })

/** Why a bill cannot be cancelled, or null. */
function refusal(bill: CancellableBill): Error | null {
  const { state, amount, settled, lateFeeSettled, entryId, readingId, ended, later, adjusted, readSince } = bill
  if (state === 'cancelled') return new BillCancelled()
  if (settled > 0 || lateFeeSettled > 0) return new BillPaid()
  if (amount > 0 && entryId === null) return new BillImported()
  if (adjusted === 1) return new BillAdjusted()
  if (ended === 1 && readingId !== null) return new BillOfEnded()
  if (later === 1) return new BillNotLast()
  return readSince === 1 ? new BillReadSince() : null
}

/** Whether `billing.cancel` would do it. */
export function isCancellable(context: Context, billId: string): boolean {
  const bill = billToCancel(context, billId)
  return bill !== undefined && refusal(bill) === null
}

/** Takes the readings of the household's other meters off a bill. @returns their ids */
function freeFurther({ sqlite }: Context, billId: string): string[] {
  return statement<{ readingId: string }>(
    sqlite,
    'UPDATE bill_further_readings SET cancelled = 1 WHERE bill_id = ? RETURNING reading_id AS readingId',
  )
    .all(billId)
    .map(({ readingId }) => readingId)
}

/** The meter shows again what it did before the 退补 that the bill charged. */
function withdrawIndex(context: Context, billId: string): void {
  const corrected = statement<{ readingId: string }>(context.sqlite, `SELECT k.id AS readingId ${correctionSql}`)
  for (const { readingId } of corrected.all({ billId })) withdrawCorrection(context, readingId)
}

/** 取消账单. @throws BillNotFound · BillCancelled · BillPaid · BillImported · BillOfEnded · BillNotLast · BillReadSince */
export const cancel = useCase(CancelBill, ({ billId, reason }, context) => {
  const { sqlite, actor } = context
  const bill = billToCancel(context, billId)
  if (!bill) throw new BillNotFound()
  const refused = refusal(bill)
  if (refused) throw refused
  const { billNo, accountId, readingId, amount, entryId } = bill
  if (bill.offset === 1) cashDesk().returnToPrepayment(context, billId, `取消账单 ${billNo}：${reason}`)
  if (entryId !== null) reverse(context, entryId, { reason, approvedBy: actor.id })
  if (amount > 0) adjustBalances(context, accountId, { arrears: negate(amount) })
  statement(
    sqlite,
    `UPDATE tier_usage SET volume = tier_usage.volume - given.volume
     FROM (SELECT cycle_start, sum(volume) AS volume FROM bill_lines WHERE bill_id = ? GROUP BY cycle_start) AS given
     WHERE tier_usage.account_id = ? AND tier_usage.cycle_start = given.cycle_start`,
  ).run(billId, accountId)
  statement(sqlite, `UPDATE bills SET state = 'cancelled', cancel_reason = ?, cancelled_by = ? WHERE id = ?`).run(
    reason,
    actor.id,
    billId,
  )
  if (readingId !== null) {
    markReading(context, readingId, 'unbilled')
    for (const further of freeFurther(context, billId)) markReading(context, further, 'unbilled')
    noteSeveral(context, accountId, bill.issuedOn)
  }
  withdrawIndex(context, billId)
  recordEvent(context, {
    customerId: accountById(context, accountId).customerId,
    accountId,
    kind: 'bill',
    title: `取消账单 ${billNo}`,
    detail: `原因：${reason}`,
    amount: negate(amount),
    subject: `bill:${billId}`,
  })
  context.audit({ subject: `bill:${billId}`, detail: { billNo, amount, reason } })
  context.emit({ event: 'changed', data: { room: 'billing' } })
  return { billId, readingId }
})
