/** 结清单: what was owed, paid and left when an account's business was settled, as plain data. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { add, fen, sum, type Fen, type Litre } from '../platform/money.ts'
import { billLines, volumeSql } from '../billing/service.ts'
import { metersInUse } from '../metering/service.ts'
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import { processKindNames, type ProcessKind } from './account-api.ts'
import { bodyOf } from './account-paper-tables.ts'
import { finalReadingsOf, processById, recordsOf, settlementOf, type ProcessRecord } from './account-store.ts'

const endsUse: readonly ProcessKind[] = ['deactivation', 'dismantling', 'transfer']
/** Gas that may have flowed since the last bill is on no bill yet: a meter in use whose 止数 was not taken. */
export function isUnread(context: Context, process: ProcessRecord): boolean {
  if (process.endedAt !== null || !endsUse.includes(process.kind)) return false
  const taken = new Set(finalReadingsOf(context, process).map(({ meterId }) => meterId))
  return metersInUse(context, process.servicePointId).some(({ meterId }) => !taken.has(meterId))
}

interface SettledBill {
  readonly billNo: string
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  readonly consumption: Litre | null
  readonly amount: Fen
  readonly settled: Fen
  readonly lateFeeSettled: Fen
  /** 违约金 included. */
  readonly owed: Fen
  readonly lines: readonly string[]
}

export interface SettlementPaper {
  readonly processNo: string
  readonly kindName: string
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly asOf: BusinessDate
  readonly finalReadings: readonly { readonly meterNo: string; readonly on: BusinessDate; readonly index: Litre }[]
  readonly bills: readonly SettledBill[]
  readonly owed: Fen
  readonly refunded: Fen
  readonly carried: Fen
  readonly prepayment: Fen
  readonly statement: string
  readonly holderName: string
}

/** Bills that were made or paid while the process was in hand, and those still open: what the settlement consisted of. */
function billsOf(context: Context, process: ProcessRecord): SettledBill[] {
  const open = new Map(settlementOf(context, process.accountId).bills.map((bill) => [bill.billId, bill]))
  const rows = statement<Omit<SettledBill, 'owed' | 'lines'> & { billId: string }>(
    context.sqlite,
    `SELECT b.id AS billId, b.bill_no AS billNo, b.period_from AS periodFrom, b.period_to AS periodTo,
       ${volumeSql()} AS consumption,
       b.amount, b.settled, b.late_fee_settled AS lateFeeSettled
     FROM bills b WHERE b.account_id = @accountId AND b.state <> 'cancelled' AND (b.created_at >= @from OR b.state = 'open'
       OR EXISTS (SELECT 1 FROM bill_settlements s WHERE s.bill_id = b.id AND s.created_at >= @from AND s.undone_on IS NULL))
     ORDER BY b.period_to, b.bill_no`,
  ).all({ accountId: process.accountId, from: process.createdAt })
  return rows.map(({ billId, ...bill }) => {
    const debt = open.get(billId)
    return {
      ...bill,
      owed: debt ? add(debt.outstanding, debt.lateFee) : fen(0),
      lines: billLines(context, billId).map(({ text }) => text),
    }
  })
}

/** 结清单 of a process. @throws ProcessNotFound */
export function settlementPaper(context: Context, processId: string): SettlementPaper {
  const process = processById(context, processId)
  const account = accountById(context, process.accountId)
  const { asOf, prepayment, unbilled } = settlementOf(context, process.accountId)
  const bills = billsOf(context, process)
  const owed = sum(bills.map((bill) => bill.owed))
  const refunded =
    statement<{ amount: Fen }>(
      context.sqlite,
      `SELECT coalesce(-sum(p.amount), 0) AS amount FROM payments p JOIN receipts r ON r.payment_id = p.id
       WHERE p.account_id = ? AND p.kind = 'refund' AND r.state = 'issued' AND p.at >= ?`,
    ).get(process.accountId, process.createdAt)?.amount ?? fen(0)
  const finished = recordsOf(context, processId).findLast(({ kind }) => kind === 'finished')
  const carried = fen((bodyOf(finished)['prepaymentCarried'] as number | undefined) ?? 0)
  const keeps = process.prepayment === 'keep'
  const unread = isUnread(context, process)
  const settled = owed === 0 && unbilled === 0 && !unread && (keeps || prepayment === 0)
  return {
    processNo: process.processNo,
    kindName: processKindNames[process.kind],
    accountNo: account.accountNo,
    customerName: customerById(context, process.customerId).name,
    address: servicePointById(context, process.servicePointId).address,
    asOf,
    finalReadings: finalReadingsOf(context, process).map(({ meterNo, on, index }) => ({ meterNo, on, index })),
    bills,
    owed,
    refunded,
    carried,
    prepayment,
    statement: settled
      ? `截至 ${asOf}，本户气费和违约金均已结清${keeps ? '' : '，预存余额为零'}。`
      : `截至 ${asOf}，${unread ? '止数还没有抄' : '本户尚未结清'}，本单仅供核对。`,
    holderName: process.holderName,
  }
}
