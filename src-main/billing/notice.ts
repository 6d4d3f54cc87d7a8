/** 账单通知单: everything the paper says, as plain data. */
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import { today } from '../ledger/service.ts'
import { NotFound } from '../platform/errors.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { add, fen, least, subtract, sum, type Fen, type Litre } from '../platform/money.ts'
import {
  billsPerPaper,
  correctionInWords,
  type AdjustmentView,
  type BilledReading,
  type BillLineView,
  type BillState,
} from './api.ts'
import { coverOf } from './cover.ts'
import { billDetail } from './lists.ts'
import { severalOf } from './several.ts'

export interface BillNotice {
  readonly billNo: string
  readonly state: BillState
  readonly issuedOn: BusinessDate
  readonly dueOn: BusinessDate
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  /** What each meter of the household showed; none for a bill without a reading. */
  readonly readings: readonly BilledReading[]
  readonly consumption: Litre | null
  /** 估抄: the customer is told that nobody read a meter. */
  readonly estimated: boolean
  readonly lines: readonly BillLineView[]
  /** Running total of each tier cycle the bill counts in, after it, litres. */
  readonly cycles: readonly { readonly cycleStart: BusinessDate; readonly volume: Litre }[]
  /** Fen. */
  readonly amount: Fen
  readonly settled: Fen
  readonly outstanding: Fen
  /** 违约金 as of today. */
  readonly lateFee: Fen
  /** Arrears of the account from other bills, and its prepayment. */
  readonly otherArrears: Fen
  readonly prepayment: Fen
  /** Fen paid from prepayment when the bill was issued, and what of the rest the prepayment still covers. */
  readonly drawn: Fen
  readonly covered: Fen
  /** What is to be paid for this bill today: outstanding and late fee, less what the prepayment covers. */
  readonly payable: Fen
  /** 退补 that points at this bill. */
  readonly adjustments: readonly (AdjustmentView & { readonly words: string })[]
  /** 跨期合并计费: the bills of the day hold the gas of more than one period, and the customer is told so. */
  readonly several: ReturnType<typeof severalOf>
  /** A debt of the old system: how much gas it was for, and in which tiers, is not known here. */
  readonly takenOver: boolean
  readonly asOf: BusinessDate
}

/** @throws BillNotFound */
export function billNotice(context: Context, billId: string): BillNotice {
  const { readings, ...detail } = billDetail(context, billId)
  const account = accountById(context, detail.accountId)
  const cycles = statement<{ cycleStart: BusinessDate; volume: Litre }>(
    context.sqlite,
    `SELECT cycle_start AS cycleStart, max(to_volume) AS volume FROM bill_lines WHERE bill_id = ? AND tier > 0
     GROUP BY cycle_start ORDER BY cycle_start`,
  ).all(billId)
  const { billNo, state, issuedOn, dueOn, periodFrom, periodTo, consumption, lines } = detail
  const { amount, settled, outstanding, lateFee } = detail
  const drawn = sum(
    detail.settlements
      .filter(({ fromPrepayment, undoneOn }) => fromPrepayment && undoneOn === null)
      .map(({ principal }) => principal),
  )
  const principal =
    state === 'open' ? sum(coverOf(context, { ...detail, amount, settled }).map((slice) => slice.amount)) : fen(0)
  // What all open bills leave of the prepayment is there for their 违约金: nobody is asked for what has been paid in.
  const spare = fen(Math.max(0, account.prepayment - account.arrears))
  const covered = add(principal, least(lateFee, spare))
  return {
    billNo,
    state,
    issuedOn,
    dueOn,
    accountNo: account.accountNo,
    customerName: customerById(context, account.customerId).name,
    address: servicePointById(context, account.servicePointId).address,
    periodFrom,
    periodTo,
    readings,
    consumption,
    estimated: readings.some(({ estimated }) => estimated),
    lines,
    cycles,
    amount,
    settled,
    outstanding,
    lateFee,
    otherArrears: subtract(account.arrears as Fen, outstanding),
    prepayment: account.prepayment as Fen,
    drawn,
    covered,
    payable: subtract(add(outstanding, lateFee), covered),
    adjustments: detail.adjustments.map((made) => ({ ...made, words: correctionInWords(made) })),
    several: severalOf(context, billId),
    takenOver: consumption === null,
    asOf: today(context),
  }
}

/**
 * 账单通知单: of one bill, or `issued/<date>/<n>`, the n-th part (from 1) of what was issued on a day and is still to be paid,
 * in the order in which they are handed out. @throws BillNotFound · NotFound when there is none
 */
export function billNotices(context: Context, id: string) {
  const [, date, part] = /^issued\/(\d{4}-\d{2}-\d{2})\/(\d{1,4})$/.exec(id) ?? []
  if (date === undefined) {
    const data = billNotice(context, id)
    return { number: data.billNo, sheets: [{ number: data.billNo, data }] }
  }
  const from = (Math.max(1, Number(part)) - 1) * billsPerPaper
  const sheets = statement<{ id: string }>(
    context.sqlite,
    `SELECT b.id FROM bills b JOIN accounts a ON a.id = b.account_id
     WHERE b.issued_on = ? AND b.state = 'open' AND b.amount > b.settled ORDER BY a.account_no, b.id LIMIT ? OFFSET ?`,
  )
    .all(date, billsPerPaper, from)
    .map((bill) => billNotice(context, bill.id))
    .map((data) => ({ number: data.billNo, data }))
  if (sheets.length === 0) throw new NotFound('这一天没有待缴的账单，不需要打印')
  return { number: `${date}-${part}`, sheets }
}
