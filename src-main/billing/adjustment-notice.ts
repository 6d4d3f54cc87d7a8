/** 退补通知单: what was corrected of a bill, how it was computed, and where the money goes; as plain data. */
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError, NotFound } from '../platform/errors.ts'
import { add, fen, litre, type Fen, type Litre } from '../platform/money.ts'
import type { BillState } from './api.ts'
import { readingsOfBill } from './readings-of.ts'
import type { AdjustmentLine } from './rules.ts'

export const AdjustmentCancelled = domainError('AdjustmentCancelled', '补收的账单已经取消，这张退补通知单作废')

interface Stored {
  readonly number: string
  readonly billId: string
  readonly accountId: string
  readonly issuedOn: BusinessDate
  readonly volume: Litre
  readonly amount: Fen
  readonly lateFee: Fen
  readonly lines: string
  readonly reason: string
  readonly approverName: string
  readonly actorName: string
  readonly billNo: string
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  readonly consumption: Litre
  readonly chargeBillNo: string | null
  readonly chargeState: BillState | null
  readonly dueOn: BusinessDate | null
  /** Litres by which earlier adjustments of the bill had corrected it. */
  readonly earlier: number
}

/** @throws NotFound · AdjustmentCancelled */
export function adjustmentNotice(context: Context, adjustmentId: string) {
  const row = statement<Stored>(
    context.sqlite,
    `SELECT j.number, j.bill_id AS billId, j.account_id AS accountId, j.issued_on AS issuedOn, j.volume, j.amount, j.late_fee AS lateFee, j.lines,
       j.reason, j.approver_name AS approverName, j.actor_name AS actorName, b.bill_no AS billNo,
       b.period_from AS periodFrom, b.period_to AS periodTo, b.consumption,
       g.bill_no AS chargeBillNo, g.state AS chargeState, g.due_on AS dueOn,
       (SELECT coalesce(sum(e.volume), 0) FROM bill_adjustments e LEFT JOIN bills x ON x.id = e.charge_bill_id
        WHERE e.bill_id = j.bill_id AND e.id < j.id AND (x.id IS NULL OR x.state <> 'cancelled')) AS earlier
     FROM bill_adjustments j JOIN bills b ON b.id = j.bill_id LEFT JOIN bills g ON g.id = j.charge_bill_id
     WHERE j.id = ?`,
  ).get(adjustmentId)
  if (!row) throw new NotFound('没有这张退补通知单，请刷新后再试')
  if (row.chargeState === 'cancelled') throw new AdjustmentCancelled()
  const { accountId, lines, volume, amount, earlier, consumption, chargeState: _, billId, ...shown } = row
  const account = accountById(context, accountId)
  const before = litre(consumption + earlier)
  return {
    ...shown,
    meterNo: readingsOfBill(context, billId)
      .map(({ meterNo }) => meterNo)
      .join('、'),
    accountNo: account.accountNo,
    customerName: customerById(context, account.customerId).name,
    address: servicePointById(context, account.servicePointId).address,
    back: volume < 0,
    before,
    after: litre(before + volume),
    volume: litre(Math.abs(volume)),
    amount: fen(Math.abs(amount)),
    /** Gas and 违约金 together. */
    total: add(fen(Math.abs(amount)), row.lateFee),
    lines: (JSON.parse(lines) as AdjustmentLine[]).map((line) => ({
      tier: line.tier,
      season: line.season,
      cycleStart: line.cycleStart,
      from: line.from,
      to: line.to,
      price: line.price,
      volume: litre(Math.abs(line.volume)),
      amount: fen(Math.abs(line.amount)),
    })),
    prepayment: account.prepayment as Fen,
  }
}
