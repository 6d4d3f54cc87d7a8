/** Laws of the cash desk: what a payment settles, what it needs, what goes to the bank. All amounts are whole fen. */
import { InvalidInput } from '../platform/errors.ts'
import {
  add,
  fen,
  formatYuan,
  least,
  roundCash,
  subtract,
  sum,
  type CashRounding,
  type Fen,
} from '../platform/money.ts'
import { meansNames, type CountRows, type Means } from './api.ts'
import {
  ChangeNotPossible,
  ChangeTooMuch,
  DebtNotCleared,
  NothingDue,
  OverDebt,
  PrepaymentTooLow,
  ReceivedTooLittle,
  RoundingMissing,
} from './errors.ts'

const zero = fen(0)

export interface Debt {
  readonly billId: string
  readonly billNo: string
  /** Principal still open. */
  readonly outstanding: Fen
  /** 违约金 still open on the day of payment. */
  readonly lateFee: Fen
}

export interface Allocation {
  readonly billId: string
  readonly billNo: string
  readonly principal: Fen
  readonly lateFee: Fen
}

export const owed = ({ outstanding, lateFee }: Debt): Fen => add(outstanding, lateFee)

/**
 * Puts money on debts in the order given (oldest first), in each on the late fee before the principal (民法典 561).
 * Debts the money does not reach are left out; `left` is what no debt took.
 */
export function allocate(debts: readonly Debt[], amount: Fen): { allocations: Allocation[]; left: Fen } {
  let left = amount
  const allocations: Allocation[] = []
  for (const { billId, billNo, outstanding, lateFee } of debts) {
    const onFee = least(left, lateFee)
    const onPrincipal = least(subtract(left, onFee), outstanding)
    if (onFee === 0 && onPrincipal === 0) continue
    allocations.push({ billId, billNo, principal: onPrincipal, lateFee: onFee })
    left = subtract(subtract(left, onFee), onPrincipal)
  }
  return { allocations, left }
}

/** The oldest open bill that the choice passes over, or null. A choice is fit when it is the oldest bills without a gap. */
export function skippedBill(open: readonly Debt[], chosen: ReadonlySet<string>): Debt | null {
  const last = open.findLastIndex((debt) => chosen.has(debt.billId))
  return open.slice(0, Math.max(last, 0)).find((debt) => !chosen.has(debt.billId)) ?? null
}

export interface Tender {
  readonly means: Means
  readonly amount: Fen
  readonly received?: Fen | undefined
  readonly reference?: string | undefined
}

export interface TenderSum {
  /** By all means together. */
  readonly amount: Fen
  /** Given back out of cash. */
  readonly change: Fen
}

/**
 * What several means bring together. Cash and prepayment each at most once; only cash gives change.
 * @param prepayment balance the account may draw on
 * @throws InvalidInput · ChangeNotPossible · ReceivedTooLittle · PrepaymentTooLow
 */
export function sumTenders(tenders: readonly Tender[], prepayment: Fen): TenderSum {
  for (const means of ['cash', 'prepayment'] as const) {
    if (tenders.filter((tender) => tender.means === means).length > 1) {
      throw new InvalidInput(`${meansNames[means]}只能填一笔`, { field: 'tenders' })
    }
  }
  let change = zero
  for (const { means, amount, received } of tenders) {
    if (means === 'prepayment' && amount > prepayment) {
      throw new PrepaymentTooLow(`预存余额只有 ${formatYuan(prepayment)} 元`, { field: 'tenders' })
    }
    if (received === undefined) continue
    if (means !== 'cash') throw new ChangeNotPossible(undefined, { field: 'tenders' })
    if (received < amount) throw new ReceivedTooLittle(undefined, { field: 'tenders' })
    change = subtract(received, amount)
  }
  return { amount: sum(tenders.map((tender) => tender.amount)), change }
}

/**
 * What of a payment goes on bills. All of it, less the surplus the customer agreed to keep as prepayment.
 * @param due what the chosen bills owe together; `rounding` of `cashRounding` counts as paid
 * @throws OverDebt (details: surplus) · DebtNotCleared · NothingDue · InvalidInput
 */
export function amountOnBills(
  tenders: readonly Tender[],
  { due, toPrepayment, consent, rounding = zero }: { due: Fen; toPrepayment: Fen; consent: boolean; rounding?: Fen },
): Fen {
  if (due === 0) throw new NothingDue()
  const onBills = add(subtract(sum(tenders.map((tender) => tender.amount)), toPrepayment), rounding)
  const surplus = fen(Math.max(0, onBills - due) + toPrepayment)
  if (onBills > due || (toPrepayment > 0 && !consent)) {
    throw new OverDebt(`收款比应缴多 ${formatYuan(surplus)} 元，请找零，或经客户同意转为预存`, {
      field: 'tenders',
      details: { surplus },
    })
  }
  if (onBills <= 0 || (toPrepayment > 0 && onBills < due))
    throw new DebtNotCleared(undefined, { field: 'toPrepayment' })
  if (toPrepayment > 0 && tenders.some((tender) => tender.means === 'prepayment')) {
    throw new InvalidInput('用预存缴费时不能再转为预存', { field: 'toPrepayment' })
  }
  return onBills
}

/**
 * 现金尾差 of a payment, fen: what the bills are settled with beyond the money that came in (+, left to the customer) or
 * short of it (−). Only where the cash is exactly the rounded rest of the whole debt and nothing is kept as prepayment;
 * an exact payment to the fen stays what it is.
 */
export function cashRounding(
  tenders: readonly Tender[],
  { due, toPrepayment, rule }: { due: Fen; toPrepayment: Fen; rule: CashRounding },
): Fen {
  const cash = tenders.find(({ means }) => means === 'cash')
  if (!cash || toPrepayment > 0) return zero
  const others = sum(tenders.filter(({ means }) => means !== 'cash').map(({ amount }) => amount))
  const rest = subtract(due, others)
  return rest > 0 && cash.amount === roundCash(rest, rule) ? subtract(rest, cash.amount) : zero
}

/**
 * Change that nobody gives: a slip of the keyboard, or fen where the hall takes no fen.
 * @throws ChangeTooMuch · RoundingMissing
 */
export function refuseChange(change: Fen, { rule, most }: { rule: CashRounding; most: Fen }): void {
  if (change > most) {
    const words = `找零 ${formatYuan(change)} 元，超过上限 ${formatYuan(most)} 元，请核对实收金额`
    throw new ChangeTooMuch(words, { field: 'received' })
  }
  // A fen cannot be given back: the customer pays the rounded amount, or keeps the fen as prepayment.
  if (rule !== 'none' && change !== roundCash(change, 'down'))
    throw new RoundingMissing(undefined, { field: 'received' })
}

/** Fen counted. */
export const countTotal = (rows: CountRows): Fen => sum(rows.map(({ face, pieces }) => fen(face * pieces)))

/** Rows that hold something, largest face first, as papers list them. */
export const tidyCount = (rows: CountRows): CountRows =>
  rows.filter(({ pieces }) => pieces > 0).sort((a, b) => b.face - a.face)

/** Steps `chooseForBank` may take; denominations in use need a few dozen. */
const maxSearchSteps = 50_000

export interface BankSplit {
  readonly bank: CountRows
  /** Fen of the deposit for which no pieces in the drawer fit; changed at the safe. */
  readonly exchanged: Fen
}

/**
 * Which pieces of a count go to the bank: the large ones, so that change stays for tomorrow (备足零钱, clause 22(4)).
 * Where no choice makes the amount exactly, the nearest below is taken and the rest is to be changed at the safe.
 */
export function chooseForBank(rows: CountRows, deposit: Fen): BankSplit {
  const faces = tidyCount(rows)
  let steps = 0
  let best: { pieces: number[]; rest: number } = { pieces: [], rest: deposit }
  const search = (index: number, rest: number, pieces: number[]): boolean => {
    if (rest < best.rest) best = { pieces: [...pieces], rest }
    const row = faces[index]
    if (rest === 0) return true
    if (!row || ++steps > maxSearchSteps) return false
    const most = Math.min(row.pieces, Math.floor(rest / row.face))
    // 50 is no multiple of 20, so that fewer of a large face may do better; two fewer are always enough.
    for (let take = most; take >= Math.max(0, most - 2); take -= 1) {
      if (search(index + 1, rest - take * row.face, [...pieces, take])) return true
    }
    return false
  }
  search(0, deposit, [])
  const bank = faces.map(({ face }, i) => ({ face, pieces: best.pieces[i] ?? 0 }))
  return { bank: tidyCount(bank), exchanged: fen(best.rest) }
}

/** Splits what was counted into the float that goes back to the safe and what is banked. The float comes first. */
export function floatAndDeposit(counted: Fen, fromSafe: Fen): { float: Fen; deposit: Fen } {
  const float = least(counted, fromSafe)
  return { float, deposit: subtract(counted, float) }
}

export type ShiftState = 'open' | 'handed-over' | 'closed'
/** A shift ends once, and never begins again: who takes over opens one of their own. */
export const shiftTransitions: Record<ShiftState, readonly ShiftState[]> = {
  open: ['handed-over', 'closed'],
  'handed-over': [],
  closed: [],
}

export interface LastShift {
  readonly state: ShiftState
  readonly cashierId: string
  readonly cashierName: string
  readonly handedToId: string | null
  readonly handedToName: string | null
}

export type OpeningProblem = 'already-open' | 'handed-to-another' | 'count-differs'

/**
 * Whether somebody may open a shift on the drawer. Never two at a time; after a hand-over only the named person, with
 * exactly what was handed over; otherwise at least what still lies in the drawer, the rest coming from the safe.
 * @param inDrawer what the books say lies in the drawer
 */
export function openingProblem(
  last: LastShift | null,
  cashierId: string,
  counted: Fen,
  inDrawer: Fen,
): OpeningProblem | null {
  if (last?.state === 'open') return 'already-open'
  if (last?.state === 'handed-over' && inDrawer !== 0) {
    if (last.handedToId !== cashierId) return 'handed-to-another'
    return counted === inDrawer ? null : 'count-differs'
  }
  return counted < inDrawer ? 'count-differs' : null
}
