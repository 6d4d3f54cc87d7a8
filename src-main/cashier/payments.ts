/**
 * 收费, 预存, 预存退款. On the path of every payment, so every statement here is prepared once. What it settles is noted and the
 * money booked first; the payment, its tenders and its receipt follow in the same transaction.
 */
import { consumeApproval } from '../platform/approvals.ts'
import { cashDesk, openBills, reckonDebts, settleBills, type ReckonedDebt } from '../billing/service.ts'
import { accountById, activeAccount, recordEvent } from '../customers/service.ts'
import {
  allocateCharges,
  ChargeChanged,
  openCharges,
  settleCharges,
  togetherProblem,
  totalOutstanding,
  type ChargePart,
} from '../fees/service.ts'
import { openDayOrToday, post, type LedgerLine } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { add, fen, formatYuan, negate, sum, type CashRounding, type Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import {
  channelMeans,
  Collect,
  Dues,
  meansNames,
  paymentKindNames,
  Prepay,
  Refund,
  type Means,
  type PaymentKind,
} from './api.ts'
import {
  BillChanged,
  CashTooLow,
  NothingDue,
  OlderBillFirst,
  PrepaymentForGas,
  PrepaymentTooLow,
  ReferenceMissing,
  ReferenceUsed,
  SoldApart,
} from './errors.ts'
import {
  allocate,
  amountOnBills,
  cashRounding,
  owed,
  refuseChange,
  skippedBill,
  sumTenders,
  type Allocation,
  type Debt,
  type Tender,
} from './rules.ts'
import { inDrawer, ownShift, type ShiftRow } from './shifts.ts'

const zero = fen(0)

/** Bills of an account that still owe something on the day, oldest first. */
export const debtsOf = (context: Context, accountId: string, on: BusinessDate) =>
  reckonDebts(context, accountId, on).filter((bill) => owed(bill) > 0)

/** What an account owes, as of the open day or today. */
export const dues = useCase(Dues, ({ accountId }, context) => {
  const account = accountById(context, accountId)
  const asOf = openDayOrToday(context)
  const bills = openBills(context, accountId, asOf)
    .map((bill) => ({ ...bill, lines: [...bill.lines], total: owed(bill) }))
    .filter(({ total }) => total > 0)
  const charges = openCharges(context, accountId)
  return {
    accountId,
    asOf,
    bills,
    principal: sum(bills.map((bill) => bill.outstanding)),
    lateFee: sum(bills.map((bill) => bill.lateFee)),
    total: sum(bills.map((bill) => bill.total)),
    charges,
    chargesTotal: totalOutstanding(charges),
    prepayment: fen(account.prepayment),
  }
})

/** The shift whose drawer and day an entry belongs to; no drawer where nothing goes over the counter. */
export type AtDrawer = Pick<ShiftRow, 'businessDate'> & { readonly shiftId: string | null }

/** The ledger line of one means. Money comes in (or prepayment is drawn) on the debit side. */
function tenderLine(
  means: Means,
  amount: Fen,
  { shift, accountId }: { shift: AtDrawer; accountId: string },
): LedgerLine {
  const side = amount > 0 ? { debit: amount } : { credit: negate(amount) }
  if (means === 'cash' && shift.shiftId !== null) return { account: 'cash-drawer', holder: shift.shiftId, ...side }
  if (means === 'prepayment') return { account: 'prepayment', holder: accountId, ...side }
  if (means === 'cash') throw new RangeError('cash without a drawer')
  return { account: means, ...side }
}

/**
 * One payment of a customer through a channel has one number there; booking it twice would take money that is not there.
 * A number whose payment was reversed is free again.
 * @throws ReferenceUsed naming the receipt
 */
function refuseUsedReferences({ sqlite }: Context, tenders: readonly Tender[]): void {
  const keys = tenders.filter(({ reference }) => reference).map(({ means, reference }) => `${means}/${reference}`)
  const repeated = keys.find((key, i) => keys.indexOf(key) !== i)
  if (repeated) throw new ReferenceUsed('同一流水号填了两次，请核对', { field: 'tenders' })
  for (const { means, reference } of tenders) {
    if (!reference) continue
    const used = statement<{ receiptNo: string }>(
      sqlite,
      `SELECT r.receipt_no AS receiptNo FROM tenders t JOIN receipts r ON r.payment_id = t.payment_id
       WHERE t.reference = ? AND t.means = ? AND t.reference <> '' AND t.amount > 0 AND r.state = 'issued' LIMIT 1`,
    ).get(reference, means)
    if (used) {
      throw new ReferenceUsed(
        `${meansNames[means]}流水号 ${reference} 已在收据 ${used.receiptNo} 收款，请核对是否重复`,
        {
          field: 'tenders',
        },
      )
    }
  }
}

/** Means whose payments must carry the channel's number in this hall. */
export const meansWithReference = ({ settings }: Context): Means[] =>
  channelMeans.filter((means) => settings.get(`cashier.requireReference.${means}`))

/** @throws ReferenceMissing naming the means */
function refuseMissingReferences(context: Context, tenders: readonly Tender[]): void {
  const required = meansWithReference(context)
  const lacking = tenders.find(({ means, reference }) => required.includes(means) && !reference)
  if (lacking) {
    throw new ReferenceMissing(`${meansNames[lacking.means]}收款必须填写流水号`, {
      field: `reference-${lacking.means}`,
    })
  }
}

/** What holds for any money that is taken, whatever for. */
function checkTenders(context: Context, tenders: readonly Tender[], change: Fen, rule: CashRounding): void {
  refuseChange(change, { rule, most: fen(context.settings.get('cashier.maxChangeFen')) })
  refuseMissingReferences(context, tenders)
  refuseUsedReferences(context, tenders)
}

/** Whose payment it is. */
type PayingAccount = Pick<ReturnType<typeof accountById>, 'id' | 'accountNo' | 'customerId'>

interface NewPayment {
  readonly kind: PaymentKind
  readonly account: PayingAccount
  readonly shift: AtDrawer
  /** Signed: negative when money goes out. */
  readonly tenders: readonly Tender[]
  readonly allocations: readonly Allocation[]
  /** What goes on 收费单. */
  readonly charges?: readonly ChargePart[]
  /** The debts that are paid, as they were reckoned for this payment. */
  readonly debts?: readonly ReckonedDebt[]
  /** Fen by which the prepayment rises; negative for a refund. */
  readonly toPrepayment: Fen
  readonly change: Fen
  /** 现金尾差 as `cashRounding` has it. */
  readonly rounding?: Fen
  readonly note?: string
  /** The payment whose money this 抵扣 uses, where it came in just now. */
  readonly sourceId?: string
  readonly approver?: { readonly approverId: string; readonly approverName: string }
}

/** Books a payment and writes its documents. */
export function writePayment(
  context: Context,
  payment: NewPayment,
): { paymentId: string; receiptNo: string; amount: Fen } {
  const { sqlite, clock, actor } = context
  const {
    kind,
    account,
    shift,
    tenders,
    allocations,
    charges = [],
    debts = [],
    toPrepayment,
    change,
    rounding = zero,
    note = '',
    sourceId = null,
    approver,
  } = payment
  const { id: accountId } = account
  const paymentId = newId(clock)
  const subject = `payment:${paymentId}`
  const amount = sum(tenders.map((tender) => tender.amount))
  const receiptNo = nextNumber(context, 'receipt')
  const drawn = sum(tenders.filter(({ means }) => means === 'prepayment').map((part) => part.amount))
  // Before the entry: what the prepayment covered of the bills is read from the books as they were.
  settleBills(context, accountId, allocations, {
    paymentId,
    prepayment: fen(toPrepayment - drawn),
    byOffset: kind === 'offset',
    debts,
  })
  settleCharges(context, accountId, charges)
  const entryId = post(context, {
    kind: kind === 'refund' ? 'refund' : 'payment',
    memo: `${paymentKindNames[kind]} ${receiptNo}`,
    subject,
    shiftId: shift.shiftId,
    businessDate: shift.businessDate,
    ...(approver ? { approvedBy: approver.approverId, reason: note } : {}),
    lines: [
      ...tenders.map((tender) => tenderLine(tender.means, tender.amount, { shift, accountId })),
      { account: 'receivable', holder: accountId, credit: sum(allocations.map((part) => part.principal)) },
      { account: 'late-fee', credit: sum(allocations.map((part) => part.lateFee)) },
      { account: 'fee-receivable', holder: accountId, credit: sum(charges.map((part) => part.amount)) },
      toPrepayment < 0
        ? { account: 'prepayment', holder: accountId, debit: negate(toPrepayment) }
        : { account: 'prepayment', holder: accountId, credit: toPrepayment },
      rounding < 0 ? { account: 'rounding', credit: negate(rounding) } : { account: 'rounding', debit: rounding },
    ],
  })
  statement(
    sqlite,
    `INSERT INTO payments (id, business_date, shift_id, kind, account_id, amount, to_prepayment, change, rounding,
       note, approver_name, source_id, entry_id, at, actor_id, actor_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    paymentId,
    shift.businessDate,
    shift.shiftId,
    kind,
    accountId,
    amount,
    toPrepayment,
    change,
    rounding,
    note,
    approver?.approverName ?? null,
    sourceId,
    entryId,
    clock.now(),
    actor.id,
    actor.name,
  )
  const tender = statement(
    sqlite,
    'INSERT INTO tenders (payment_id, line_no, means, amount, received, reference) VALUES (?, ?, ?, ?, ?, ?)',
  )
  tenders.forEach((part, i) =>
    tender.run(paymentId, i + 1, part.means, part.amount, part.received ?? null, part.reference ?? ''),
  )
  const allocation = statement(
    sqlite,
    'INSERT INTO allocations (payment_id, line_no, bill_id, principal, late_fee) VALUES (?, ?, ?, ?, ?)',
  )
  allocations.forEach(({ billId, principal, lateFee }, i) => {
    allocation.run(paymentId, i + 1, billId, principal, lateFee)
  })
  const charged = statement(
    sqlite,
    'INSERT INTO charge_allocations (payment_id, line_no, charge_id, amount) VALUES (?, ?, ?, ?)',
  )
  charges.forEach((part, i) => charged.run(paymentId, i + 1, part.chargeId, part.amount))
  statement(sqlite, `INSERT INTO receipts (receipt_no, payment_id, till, state) VALUES (?, ?, ?, 'issued')`).run(
    receiptNo,
    paymentId,
    context.till,
  )
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'payment',
    title: paymentKindNames[kind],
    detail: `收据 ${receiptNo}，${tenders.map((part) => `${meansNames[part.means]} ${formatYuan(part.amount)}`).join('，')}`,
    amount,
    subject,
  })
  context.audit({ subject, detail: { receiptNo, amount, account: account.accountNo } })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { paymentId, receiptNo, amount }
}

/** Balances of the account after a payment, fen. */
function balancesOf(context: Context, accountId: string): { prepayment: Fen; arrears: Fen } {
  const { prepayment, arrears } = accountById(context, accountId)
  return { prepayment: fen(prepayment), arrears: fen(arrears) }
}

/** The chosen bills, when they are the oldest ones without a gap. @throws BillChanged · OlderBillFirst */
function chosenDebts<D extends Debt>(open: readonly D[], bills: readonly { billId: string }[]): D[] {
  const chosen = new Set(bills.map((bill) => bill.billId))
  const skipped = skippedBill(open, chosen)
  if (skipped) {
    throw new OlderBillFirst(`应先缴较早的账单 ${skipped.billNo}`, {
      field: 'bills',
      details: { billId: skipped.billId },
    })
  }
  const debts = open.filter((debt) => chosen.has(debt.billId))
  if (debts.length < chosen.size) throw new BillChanged(undefined, { field: 'bills' })
  return debts
}

/** The chosen 收费单 of an account, in the order of the choice. @throws ChargeChanged · SoldApart */
function chosenCharges(context: Context, accountId: string, chosen: readonly { chargeId: string }[], bills: number) {
  if (chosen.length === 0) return []
  const open = new Map(openCharges(context, accountId).map((charge) => [charge.chargeId, charge]))
  const charges = [...new Set(chosen.map(({ chargeId }) => chargeId))].map((chargeId) => {
    const charge = open.get(chargeId)
    if (!charge) throw new ChargeChanged(undefined, { field: 'charges' })
    return charge
  })
  const problem = togetherProblem(charges, bills)
  if (problem !== null) throw new SoldApart(problem, { field: 'charges' })
  return charges
}

/** Prepayment was paid in for gas: what is drawn must be owed for gas. @throws PrepaymentForGas */
function refusePrepaymentOnCharges(tenders: readonly Tender[], gas: Fen): void {
  const drawn = sum(tenders.filter(({ means }) => means === 'prepayment').map(({ amount }) => amount))
  if (drawn > gas) throw new PrepaymentForGas(undefined, { field: 'tenders' })
}

/** 收费. */
export const collect = useCase(Collect, (input, context) => {
  const { accountId, tenders, toPrepayment } = input
  const shift = ownShift(context)
  // What an ended account still owes is collected; nothing is kept for it any more.
  const account = toPrepayment > 0 ? activeAccount(context, accountId) : accountById(context, accountId)
  if (input.bills.length + input.charges.length === 0)
    throw new NothingDue('请选择要缴的账单或收费项目', { field: 'bills' })
  const debts = chosenDebts(debtsOf(context, accountId, shift.businessDate), input.bills)
  const chosen = chosenCharges(context, accountId, input.charges, input.bills.length)
  const { change } = sumTenders(tenders, fen(account.prepayment))
  const gas = sum(debts.map(owed))
  const due = add(gas, totalOutstanding(chosen))
  refusePrepaymentOnCharges(tenders, gas)
  const rule = context.settings.get('cashier.cashRounding')
  const rounding = cashRounding(tenders, { due, toPrepayment, rule })
  const onDebts = amountOnBills(tenders, { due, toPrepayment, consent: input.prepaymentConsent, rounding })
  checkTenders(context, tenders, change, rule)
  const { allocations, left } = allocate(debts, onDebts)
  const { parts: charges } = allocateCharges(chosen, left)
  const paid = writePayment(context, {
    kind: 'collection',
    account,
    shift,
    tenders,
    allocations,
    charges,
    debts,
    toPrepayment,
    change,
    rounding,
  })
  if (toPrepayment > 0) coverDebts(context, accountId, paid.paymentId)
  return { ...paid, change, rounding, ...balancesOf(context, accountId), allocations, charges }
})

/** What comes in as prepayment pays what is owed first, where the hall wants it so. */
function coverDebts(context: Context, accountId: string, sourceId: string): void {
  if (context.settings.get('cashier.prepaymentCoversDebts')) cashDesk().payFromPrepayment(context, accountId, sourceId)
}

/** 预存. */
export const prepay = useCase(Prepay, ({ accountId, tenders }, context) => {
  const shift = ownShift(context)
  const account = activeAccount(context, accountId)
  const { amount, change } = sumTenders(tenders, zero)
  // What is put in ahead may be any amount: nothing is rounded.
  checkTenders(context, tenders, change, 'none')
  const paid = writePayment(context, {
    kind: 'prepayment',
    account,
    shift,
    tenders,
    allocations: [],
    toPrepayment: amount,
    change,
  })
  coverDebts(context, accountId, paid.paymentId)
  return { ...paid, change, rounding: zero, ...balancesOf(context, accountId) }
})

/** @throws CashTooLow when the drawer of the shift holds less */
export function requireCash(context: Context, shift: ShiftRow, amount: Fen): void {
  const cash = inDrawer(context, shift.shiftId)
  if (amount > cash) throw new CashTooLow(`钱箱只有 ${formatYuan(cash)} 元，不足以退还 ${formatYuan(amount)} 元`)
}

/** 预存退款. */
export const refund = useCase(Refund, ({ accountId, means, amount, reference, reason, approvalId }, context) => {
  const shift = ownShift(context)
  const account = accountById(context, accountId)
  if (amount > account.prepayment) {
    throw new PrepaymentTooLow(`预存余额只有 ${formatYuan(fen(account.prepayment))} 元`, { field: 'amount' })
  }
  if (means === 'cash') requireCash(context, shift, amount)
  const approver = consumeApproval(context, approvalId, 'refund', {
    accountId,
    amount,
    means,
    reference: reference ?? '',
    reason,
  })
  const paid = writePayment(context, {
    kind: 'refund',
    account,
    shift,
    tenders: [{ means, amount: negate(amount), reference }],
    allocations: [],
    toPrepayment: negate(amount),
    change: zero,
    note: reason,
    approver,
  })
  return { ...paid, amount, prepayment: balancesOf(context, accountId).prepayment }
})
