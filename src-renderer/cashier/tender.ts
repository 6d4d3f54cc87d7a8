/** The tender side of the collection screen: what is paid by which means, what is given back. Pure; amounts in fen. */
import type { Means } from '../../src-main/cashier/api.ts'
import { fen, formatYuan, least, subtract, sum, type Fen } from '../../src-main/platform/money.ts'

export interface TenderRow {
  readonly means: Means
  /** What the clerk typed; null while the field cannot be read. For cash: what the customer handed over. */
  readonly given: Fen | null
  /** Serial of the channel, '' when there is none. */
  readonly reference: string
}

export interface Tendered {
  /** Fen by all means together, as given. */
  readonly given: Fen
  /** Still missing for the whole debt. */
  readonly missing: Fen
  /** More than the debt: change from cash, or kept as prepayment. */
  readonly surplus: Fen
  /** To give back from the drawer. */
  readonly change: Fen
  /** Kept as 预存 with the customer's consent. */
  readonly toPrepayment: Fen
  /** What stands in the way of F12, in Chinese; null when nothing does. */
  readonly obstacle: string | null
}

const zero = fen(0)

const givenOf = (rows: readonly TenderRow[]): Fen => sum(rows.map((row) => row.given ?? zero))

/** What a key for a means proposes: the rest of the debt, for 预存 no more than is held. */
export function proposed(means: Means, due: Fen, rows: readonly TenderRow[], prepayment: Fen): Fen {
  const rest = subtract(due, least(due, givenOf(rows)))
  return means === 'prepayment' ? least(rest, prepayment) : rest
}

/**
 * @param due debt of the ticked bills with their late fees
 * @param keepSurplus the customer agreed that what is left over becomes 预存
 */
export function tendered(due: Fen, rows: readonly TenderRow[], prepayment: Fen, keepSurplus: boolean): Tendered {
  const given = givenOf(rows)
  const surplus = subtract(given, least(given, due))
  const missing = subtract(due, least(given, due))
  const cash = givenOf(rows.filter((row) => row.means === 'cash'))
  const toPrepayment = keepSurplus ? surplus : zero
  const change = keepSurplus ? zero : surplus
  const held = givenOf(rows.filter((row) => row.means === 'prepayment'))
  return { given, missing, surplus, change, toPrepayment, obstacle: obstacle() }

  function obstacle(): string | null {
    if (rows.length === 0) return '请按 F5–F9 选择收款方式'
    if (rows.some((row) => row.given === null || row.given === 0)) return '请填写收款金额'
    if (held > prepayment) return `预存余额只有 ${formatYuan(prepayment)} 元`
    if (toPrepayment > 0 && held > 0) return '用预存抵扣时不能再转入预存'
    if (change > cash) return `多收 ${formatYuan(surplus)} 元，只有现金能找零；请改金额或转预存`
    return null
  }
}

/** The rows as `cashier.collect` takes them: cash counts without the change, which is told by `received`. */
export function tendersFor(rows: readonly TenderRow[], change: Fen) {
  let back = change
  return rows.map(({ means, given, reference }) => {
    const received = given ?? zero
    const returned = means === 'cash' ? least(back, received) : zero
    back = subtract(back, returned)
    return {
      means,
      amount: subtract(received, returned),
      ...(means === 'cash' ? { received } : {}),
      ...(reference === '' ? {} : { reference }),
    }
  })
}
