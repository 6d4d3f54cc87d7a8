/** What the papers of the cash desk say, as plain data: 收据, 日结单, 缴款单. Layout is the notices room's. Amounts in fen. */
import type { ChainPlace } from '../platform/audit.ts'
import { volumeSql } from '../billing/service.ts'
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import { ledgerAccountNames, type LedgerAccount } from '../ledger/api.ts'
import { ledgerTotals } from '../ledger/service.ts'
import { feeKind, showQuantity, type FeeKind } from '../fees/api.ts'
import { amountInCapitals } from '../platform/capitals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { tillOfNumber } from '../platform/numbers.ts'
import { add, fen, least, subtract, sum, type Fen, type Litre } from '../platform/money.ts'
import {
  meansNames,
  paymentKindNames,
  type CloseState,
  type CountRows,
  type DrawerCash,
  type Means,
  type PaymentKind,
} from './api.ts'
import { closeState, type DepositSlipRow } from './close-state.ts'
import { PaymentNotFound } from './errors.ts'
import { netTaken } from './movements.ts'
import { shiftsOf } from './shifts.ts'

export const PaperNotFound = domainError('PaperNotFound', '没有找到这张单据，请核对后再试')

export interface ReceiptData {
  readonly receiptNo: string
  readonly state: 'issued' | 'voided'
  readonly kind: PaymentKind
  /** 收费 / 预存 / 退款 */
  readonly kindName: string
  readonly businessDate: BusinessDate
  readonly at: number
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly bills: readonly {
    readonly billNo: string
    readonly periodFrom: BusinessDate
    readonly periodTo: BusinessDate
    /** Null: a debt of the old system, of which the volume is not known. */
    readonly consumption: Litre | null
    readonly principal: Fen
    readonly lateFee: Fen
  }[]
  /** What was charged beside gas; `quantity` in words. */
  readonly charges: readonly {
    readonly chargeNo: string
    readonly name: string
    readonly kindName: string
    readonly quantity: string
    readonly unitPrice: Fen
    readonly amount: Fen
    readonly paid: Fen
  }[]
  readonly tenders: readonly {
    readonly means: Means
    readonly name: string
    readonly amount: Fen
    readonly received: Fen | null
    readonly reference: string
  }[]
  /** By all means together; negative for a refund. The capitals are of its size. */
  readonly amount: Fen
  readonly capitals: string
  readonly change: Fen
  readonly toPrepayment: Fen
  /** What the hall paid with it at once, by 抵扣 that stands, and what is left of it as prepayment. */
  readonly covered: readonly Covered[]
  readonly kept: Fen
  /** 现金尾差: left to the customer (+) or taken beyond the debt (−). */
  readonly rounding: Fen
  readonly note: string
  readonly cashierName: string
  readonly reversal: {
    readonly number: string
    readonly at: number
    readonly reason: string
    readonly approverName: string
    readonly by: string
  } | null
}

interface Covered {
  readonly billNo: string
  readonly amount: Fen
  readonly lateFee: Fen
}

interface PaymentRow {
  readonly receiptNo: string
  readonly state: 'issued' | 'voided'
  readonly kind: PaymentKind
  readonly businessDate: BusinessDate
  readonly at: number
  readonly accountId: string
  readonly amount: Fen
  readonly change: Fen
  readonly toPrepayment: Fen
  readonly rounding: Fen
  readonly note: string
  readonly cashierName: string
  readonly reversedAt: number | null
  readonly reason: string | null
  readonly approverName: string | null
  readonly reversalNo: string | null
  readonly reversedBy: string | null
}

/** Staff id of whoever took a payment. @throws PaymentNotFound */
export function takenBy({ sqlite }: Context, paymentId: string): string {
  const row = statement<{ actorId: string }>(sqlite, 'SELECT actor_id AS actorId FROM payments WHERE id = ?').get(
    paymentId,
  )
  if (!row) throw new PaymentNotFound()
  return row.actorId
}

/** The bills that were paid by 抵扣 as a payment came in. */
const coveredSql = `SELECT b.bill_no AS billNo, a.principal + a.late_fee AS amount, a.late_fee AS lateFee
  FROM payments o INDEXED BY payments_account JOIN receipts r ON r.payment_id = o.id
    JOIN allocations a ON a.payment_id = o.id JOIN bills b ON b.id = a.bill_id
  WHERE o.account_id = @accountId AND o.source_id = @paymentId AND r.state = 'issued' ORDER BY o.id`

/**
 * What of those bills the money of this payment paid: what was held before pays as well, and only what this one does not
 * reach is its part. Late fees are paid before the bill.
 */
export function coveredBy(
  { sqlite }: Context,
  payment: { readonly accountId: string; readonly paymentId: string; readonly toPrepayment: Fen },
): Covered[] {
  if (payment.toPrepayment <= 0) return []
  let left = payment.toPrepayment
  return statement<Covered>(sqlite, coveredSql)
    .all({ accountId: payment.accountId, paymentId: payment.paymentId })
    .flatMap(({ billNo, amount: whole, lateFee }) => {
      const amount = least(left, whole)
      left = subtract(left, amount)
      return amount === 0 ? [] : [{ billNo, amount, lateFee: least(lateFee, amount) }]
    })
}

/** What a payment paid of 收费单, as its paper says it. */
const chargesPaidBy = ({ sqlite }: Context, paymentId: string): ReceiptData['charges'] =>
  statement<{
    chargeNo: string
    name: string
    kind: FeeKind
    quantity: number
    unit: string
    unitPrice: Fen
    amount: Fen
    paid: Fen
  }>(
    sqlite,
    `SELECT c.charge_no AS chargeNo, c.name, c.kind, c.quantity, c.unit, c.unit_price AS unitPrice, c.amount, a.amount AS paid
     FROM charge_allocations a JOIN fee_charges c ON c.id = a.charge_id WHERE a.payment_id = ? ORDER BY a.line_no`,
  )
    .all(paymentId)
    .map(({ kind, quantity, unit, ...charge }) => ({
      ...charge,
      kindName: feeKind.names[kind],
      quantity: `${showQuantity(quantity)} ${unit}`,
    }))

/** What was taken for 收费项目 on a day, less what was reversed, by item. */
const feesTaken = ({ sqlite }: Context, date: BusinessDate): NonNullable<DayReport['fees']> =>
  statement<{ name: string; count: number; amount: Fen }>(
    sqlite,
    `SELECT c.name, sum(x.n) AS count, sum(x.amount) AS amount FROM (
       SELECT a.charge_id, 1 AS n, a.amount FROM payments p INDEXED BY payments_day
         JOIN charge_allocations a ON a.payment_id = p.id WHERE p.business_date = @date
       UNION ALL SELECT a.charge_id, -1, -a.amount FROM reversals v INDEXED BY reversals_day
         JOIN charge_allocations a ON a.payment_id = v.payment_id WHERE v.business_date = @date
     ) x JOIN fee_charges c ON c.id = x.charge_id GROUP BY c.item_id ORDER BY c.name`,
  ).all({ date })

/** 收据 of a payment. @throws PaymentNotFound */
export function receiptData(context: Context, paymentId: string): ReceiptData {
  const { sqlite } = context
  const row = statement<PaymentRow>(
    sqlite,
    `SELECT r.receipt_no AS receiptNo, r.state, p.kind, p.business_date AS businessDate, p.at, p.account_id AS accountId,
            p.amount, p.change, p.to_prepayment AS toPrepayment, p.rounding, p.note, p.actor_name AS cashierName,
            v.at AS reversedAt, v.reason, v.approver_name AS approverName, v.reversal_no AS reversalNo,
            v.actor_name AS reversedBy
     FROM payments p JOIN receipts r ON r.payment_id = p.id LEFT JOIN reversals v ON v.payment_id = p.id
     WHERE p.id = ?`,
  ).get(paymentId)
  if (!row) throw new PaymentNotFound()
  const { accountId, reversedAt, reason, approverName, reversalNo, reversedBy, ...payment } = row
  const account = accountById(context, accountId)
  const tenders = statement<{ means: Means; amount: Fen; received: Fen | null; reference: string }>(
    sqlite,
    'SELECT means, amount, received, reference FROM tenders WHERE payment_id = ? ORDER BY line_no',
  ).all(paymentId)
  const covered = coveredBy(context, { accountId, paymentId, toPrepayment: payment.toPrepayment })
  return {
    ...payment,
    covered,
    kept: fen(Math.max(0, payment.toPrepayment - sum(covered.map(({ amount }) => amount)))),
    kindName: paymentKindNames[payment.kind],
    accountNo: account.accountNo,
    customerName: customerById(context, account.customerId).name,
    address: servicePointById(context, account.servicePointId).address,
    bills: statement<ReceiptData['bills'][number]>(
      sqlite,
      `SELECT b.bill_no AS billNo, b.period_from AS periodFrom, b.period_to AS periodTo,
              ${volumeSql()} AS consumption, a.principal, a.late_fee AS lateFee
       FROM allocations a JOIN bills b ON b.id = a.bill_id WHERE a.payment_id = ? ORDER BY a.line_no`,
    ).all(paymentId),
    charges: chargesPaidBy(context, paymentId),
    tenders: tenders.map((tender) => ({ ...tender, name: meansNames[tender.means] })),
    capitals: amountInCapitals(fen(Math.abs(payment.amount))),
    reversal:
      reversedAt === null
        ? null
        : {
            number: reversalNo ?? '',
            at: reversedAt,
            reason: reason ?? '',
            approverName: approverName ?? '',
            by: reversedBy ?? '',
          },
  }
}

interface Closing {
  readonly dayCloseNo: string
  readonly closedAt: number
  readonly closedByName: string
  readonly auditHead: ChainPlace
}

export interface DayReport extends Pick<CloseState, 'byMeans' | 'cash' | 'drawers' | 'statements' | 'differences'> {
  readonly date: BusinessDate
  /** Null on a draft. */
  readonly dayCloseNo: string | null
  readonly closedAt: number | null
  readonly closedByName: string | null
  /** How far the audit log had come: on paper, nobody can shorten it any more. Null on a draft. */
  readonly auditHead: ChainPlace | null
  readonly shifts: readonly {
    readonly till: string
    readonly cashierName: string
    readonly openedAt: number
    readonly closedAt: number | null
    readonly openingFloat: Fen
  }[]
  /** Money was taken at more than one till: which is named everywhere. */
  readonly several: boolean
  /** Payments of every kind, and how many of all receipts are voided. */
  readonly paymentCount: number
  readonly refundCount: number
  readonly reversals: readonly {
    readonly reversalNo: string
    readonly receiptNo: string
    readonly amount: Fen
    readonly reason: string
    readonly approverName: string
  }[]
  /** Receipts of the day: first and last number of each till's series, how many, and those of them voided since. */
  readonly receipts: {
    readonly series: readonly { readonly from: string; readonly to: string; readonly count: number }[]
    readonly count: number
    readonly voided: readonly string[]
  }
  /** 收费项目 that were paid, less what was reversed, by item; days closed before there were any have none. */
  readonly fees?: readonly { readonly name: string; readonly count: number; readonly amount: Fen }[]
  /** 实收: what came in by all means, prepayment apart, less refunds and reversals. */
  readonly net: Fen
  readonly capitals: string
  /** 应缴现金 (net cash), over/short, and 实缴现金: what goes to the bank. */
  readonly cashDue: Fen
  readonly cashOverShort: Fen
  readonly cashHandedIn: Fen
  readonly depositSlip: DepositSlipRow | null
  /** Turnover of the day per account. */
  readonly ledger: readonly {
    readonly account: LedgerAccount
    readonly name: string
    readonly debit: Fen
    readonly credit: Fen
  }[]
}

/** With the drawer as it had to be before the difference was explained and booked: 应有 and 长短款 make what was counted. */
export const cashOnPaper = <Cash extends DrawerCash>(cash: Cash): Cash => ({
  ...cash,
  expected: subtract(cash.expected, cash.overShort),
})

/** First and last of each till's numbers, and how many. @param numbers in order */
function seriesOf(numbers: readonly string[]): DayReport['receipts']['series'] {
  const tillOf = (number: string) => tillOfNumber('receipt', number)
  return [...new Set(numbers.map(tillOf))].map((till) => {
    const all = numbers.filter((number) => tillOf(number) === till)
    return { from: all[0] ?? '', to: all.at(-1) ?? '', count: all.length }
  })
}

/** The 日结单 as it stands now; with `closing` as it will be kept. @param state where the close stands */
export function composeDayReport(
  context: Context,
  date: BusinessDate,
  closing: Closing | null,
  state = closeState(context, date),
): DayReport {
  const { sqlite } = context
  const net = netTaken(state.byMeans)
  const cashDue = state.byMeans.find(({ means }) => means === 'cash')?.net ?? fen(0)
  const receipts = statement<{ receiptNo: string; state: string; kind: PaymentKind }>(
    sqlite,
    `SELECT r.receipt_no AS receiptNo, r.state, p.kind FROM payments p JOIN receipts r ON r.payment_id = p.id
     WHERE p.business_date = ? ORDER BY r.receipt_no`,
  ).all(date)
  return {
    date,
    dayCloseNo: closing?.dayCloseNo ?? null,
    closedAt: closing?.closedAt ?? null,
    closedByName: closing?.closedByName ?? null,
    auditHead: closing?.auditHead ?? null,
    shifts: shiftsOf(context, date).map(({ till, cashierName, openedAt, closedAt, openingFloat }) => ({
      till,
      cashierName,
      openedAt,
      closedAt,
      openingFloat,
    })),
    byMeans: state.byMeans,
    paymentCount: receipts.length,
    refundCount: receipts.filter(({ kind }) => kind === 'refund').length,
    reversals: statement<DayReport['reversals'][number]>(
      sqlite,
      `SELECT v.reversal_no AS reversalNo, r.receipt_no AS receiptNo, p.amount, v.reason, v.approver_name AS approverName
       FROM reversals v JOIN payments p ON p.id = v.payment_id JOIN receipts r ON r.payment_id = p.id
       WHERE v.business_date = ? ORDER BY v.id`,
    ).all(date),
    receipts: {
      series: seriesOf(receipts.map(({ receiptNo }) => receiptNo)),
      count: receipts.length,
      voided: receipts.filter((receipt) => receipt.state === 'voided').map(({ receiptNo }) => receiptNo),
    },
    fees: feesTaken(context, date),
    net,
    capitals: amountInCapitals(net),
    cash: cashOnPaper(state.cash),
    drawers: state.drawers.map(cashOnPaper),
    several: state.drawers.length > 1,
    cashDue,
    cashOverShort: state.cash.overShort,
    cashHandedIn: add(cashDue, state.cash.overShort),
    depositSlip: state.depositSlip,
    statements: state.statements,
    differences: state.differences,
    ledger: ledgerTotals(context, date).map((total) => ({ ...total, name: ledgerAccountNames[total.account] })),
  }
}

/**
 * 日结单 of a day: as it was at the closing, or as it stands while the day is open.
 * @throws PaperNotFound when the hall never opened on that date
 */
export function dayReport(context: Context, date: BusinessDate): DayReport {
  const row = statement<{ report: string | null }>(
    context.sqlite,
    'SELECT d.report FROM business_days b LEFT JOIN day_closes d ON d.date = b.date WHERE b.date = ?',
  ).get(date)
  if (!row) throw new PaperNotFound('该日期没有营业，没有日结单')
  return row.report === null ? composeDayReport(context, date, null) : (JSON.parse(row.report) as DayReport)
}

export interface DepositSlip {
  readonly number: string
  readonly date: BusinessDate
  readonly dayCloseNo: string
  readonly amount: Fen
  readonly capitals: string
  /** 票面张数, largest first. */
  readonly rows: readonly { readonly face: Fen; readonly pieces: number; readonly amount: Fen }[]
  /** Part of the amount for which the drawer held no fitting pieces, changed at the safe. */
  readonly exchanged: Fen
  readonly at: number
  readonly cashierName: string
}

/** 缴款单. @throws PaperNotFound */
export function depositSlip(context: Context, depositSlipId: string): DepositSlip {
  const slip = statement<Omit<DepositSlip, 'rows' | 'capitals'> & { rows: string }>(
    context.sqlite,
    `SELECT s.number, s.date, d.number AS dayCloseNo, s.amount, s.rows, s.exchanged, s.at, s.actor_name AS cashierName
     FROM deposit_slips s JOIN day_closes d ON d.date = s.date WHERE s.id = ?`,
  ).get(depositSlipId)
  if (!slip) throw new PaperNotFound()
  const rows = (JSON.parse(slip.rows) as CountRows).map((row) => ({ ...row, amount: fen(row.face * row.pieces) }))
  if (add(sum(rows.map((row) => row.amount)), slip.exchanged) !== slip.amount) throw new RangeError(slip.number)
  return { ...slip, rows, capitals: amountInCapitals(slip.amount) }
}
