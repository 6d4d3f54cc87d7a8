/** Laws of double entry. Amounts are whole fen; a line is either debit or credit, and both sides of an entry are equal. */
import { fen, sum, type Fen } from '../platform/money.ts'
import type { LedgerAccount } from './api.ts'

export type { LedgerAccount }

export interface LedgerLine {
  readonly account: LedgerAccount
  /** Account id for receivable, fee-receivable and prepayment, shift id for the cash drawer; nobody's where absent. */
  readonly holder?: string
  readonly debit?: Fen
  readonly credit?: Fen
}

export interface SealedLine {
  readonly account: LedgerAccount
  readonly holder: string
  readonly debit: Fen
  readonly credit: Fen
}

const zero = fen(0)

/**
 * The lines as they are written: those that move nothing are left out.
 * @throws RangeError when a line is negative or two-sided, when nothing moves, or when the sides differ: an entry like
 * that is a fault of the program, never something a clerk could mend
 */
export function sealedLines(lines: readonly LedgerLine[]): SealedLine[] {
  const sealed = lines
    .map(({ account, holder = '', debit = zero, credit = zero }) => ({ account, holder, debit, credit }))
    .filter(({ debit, credit }) => debit !== 0 || credit !== 0)
  if (sealed.length === 0) throw new RangeError('an entry that moves nothing')
  for (const { account, debit, credit } of sealed) {
    if (debit < 0 || credit < 0 || (debit > 0 && credit > 0)) throw new RangeError(`${account} ${debit} / ${credit}`)
  }
  const [debits, credits] = [sum(sealed.map((line) => line.debit)), sum(sealed.map((line) => line.credit))]
  if (debits !== credits) throw new RangeError(`debit ${debits} fen, credit ${credits} fen`)
  return sealed
}

/**
 * The entry that undoes another (冲正): every line on the other side. Cash goes back out of the drawer that is open now,
 * which need not be the one it came into.
 * @param drawer shift id of the drawer in use; null leaves the holders as they were
 */
export function mirrored(lines: readonly SealedLine[], drawer: string | null): SealedLine[] {
  return lines.map(({ account, holder, debit, credit }) => ({
    account,
    holder: account === 'cash-drawer' && drawer !== null ? drawer : holder,
    debit: credit,
    credit: debit,
  }))
}
