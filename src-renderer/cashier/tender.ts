/** The tender side of the collection screen: what is paid by which means, what is given back. Pure; amounts in fen. */
import { channelMeans, meansNames, type Means } from '../../src-main/cashier/api.ts'
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
} from '../../src-main/platform/money.ts'

export interface TenderRow {
  readonly means: Means
  /** What the clerk typed; null while the field cannot be read. For cash: what the customer handed over. */
  readonly given: Fen | null
  /** Serial of the channel, '' when there is none. */
  readonly reference: string
}

/** How the till of this hall takes money (`cashier.till`). */
export interface TillRules {
  readonly rounding: CashRounding
  readonly maxChange: Fen
  /** Percent of the debt; whoever pays less is asked about once. */
  readonly smallPartPercent: number
  readonly requireReference: readonly Means[]
  /** What comes in as prepayment pays what is owed first. */
  readonly coversDebts: boolean
}
export const plainRules: TillRules = {
  rounding: 'none',
  maxChange: fen(100_000),
  smallPartPercent: 20,
  requireReference: [],
  coversDebts: true,
}

/** 留作预存 of what would be given back: nothing, the fen (尾数), all below a yuan (零头), or everything. */
export const keeps = ['none', 'fen', 'jiao', 'all'] as const
export type Keep = (typeof keeps)[number]
export const keepNames: Record<Keep, string> = { none: '全部找零', fen: '尾数', jiao: '零头', all: '全部' }

const zero = fen(0)

/** Fen of a surplus that stay with the hall. */
export function keptOf(surplus: Fen, keep: Keep): Fen {
  if (keep === 'none') return zero
  if (keep === 'all') return surplus
  return fen(surplus % (keep === 'fen' ? 10 : 100))
}

/** What the key for 尾数 does next: the choices in their order, leaving out those that change nothing. */
export function nextKeep(keep: Keep, surplus: Fen): Keep {
  const distinct = keeps.filter(
    (one, i) => one === 'none' || keeps.slice(0, i).every((before) => keptOf(surplus, before) !== keptOf(surplus, one)),
  )
  return distinct.find((one) => keeps.indexOf(one) > keeps.indexOf(keep)) ?? 'none'
}

export interface TenderInput {
  /** Debt of the ticked bills with their late fees. */
  readonly due: Fen
  readonly rows: readonly TenderRow[]
  /** 预存 the account may draw on. */
  readonly prepayment: Fen
  /** With the customer's consent. */
  readonly keep: Keep
  readonly rules: TillRules
  /** Fen the books have in the drawer; null where that is not known. */
  readonly drawer?: Fen | null
}

export interface Tendered {
  /** Fen by all means together, as given. */
  readonly given: Fen
  /** Still missing for the whole debt. */
  readonly missing: Fen
  /** More than the debt: change from cash, or kept as prepayment. */
  readonly surplus: Fen
  /** 现金尾差: left to the customer (+) or taken beyond the debt (−). */
  readonly rounding: Fen
  /** To give back from the drawer. */
  readonly change: Fen
  /** Kept as 预存 with the customer's consent. */
  readonly toPrepayment: Fen
  /** What stands in the way of F12, in Chinese; null when nothing does. */
  readonly obstacle: string | null
  /** What a careful person would ask once before taking it, in Chinese. */
  readonly doubts: readonly string[]
}

const givenOf = (rows: readonly TenderRow[]): Fen => sum(rows.map((row) => row.given ?? zero))
const isCash = ({ means }: TenderRow) => means === 'cash'
const lessThan = (amount: Fen, taken: Fen): Fen => subtract(amount, least(amount, taken))

/** What is left for cash once the other means have paid their part. */
const cashShare = (due: Fen, rows: readonly TenderRow[]): Fen =>
  lessThan(due, givenOf(rows.filter((row) => !isCash(row))))

/** What a key for a means proposes: the rest of the debt (in cash as the hall rounds it), for 预存 no more than is held. */
export function proposed(
  means: Means,
  { due, rows, prepayment, rules }: Pick<TenderInput, 'due' | 'rows' | 'prepayment' | 'rules'>,
): Fen {
  const rest = lessThan(due, givenOf(rows))
  if (means === 'cash') return roundCash(rest, rules.rounding) || rest
  return means === 'prepayment' ? least(rest, prepayment) : rest
}

/** Notes a customer is likely to hand over, in fen: up to the next ten, fifty, hundred yuan. */
export const quickNotes = [1_000, 5_000, 10_000] as const

/**
 * The sensible cash amounts for a debt, one per note; null where a smaller note gives the same or the debt itself is
 * that round.
 */
export function quickAmounts(due: Fen, rows: readonly TenderRow[], rounding: CashRounding): (Fen | null)[] {
  const share = roundCash(cashShare(due, rows), rounding)
  const seen = new Set<number>([share])
  return quickNotes.map((note) => {
    const amount = fen(Math.ceil(share / note) * note)
    if (share === 0 || seen.has(amount)) return null
    seen.add(amount)
    return amount
  })
}

/** The largest note: who is given back more than it handed over a note too many, or somebody mistyped. */
const largestNote = fen(10_000)

export function tendered({ due, rows, prepayment, keep, rules, drawer = null }: TenderInput): Tendered {
  const given = givenOf(rows)
  const cash = givenOf(rows.filter(isCash))
  const held = givenOf(rows.filter((row) => row.means === 'prepayment'))
  const share = cashShare(due, rows)
  const rounded = roundCash(share, rules.rounding)
  // Exact to the fen is exact; who keeps the rest as prepayment has nothing to be rounded.
  const rounds = cash > 0 && rounded > 0 && cash !== share && cash >= rounded && keep === 'none'
  const rounding = rounds ? subtract(share, rounded) : zero
  const target = subtract(due, rounding)
  const surplus = lessThan(given, target)
  const toPrepayment = keptOf(surplus, keep)
  const change = subtract(surplus, toPrepayment)
  const lacking = rows.filter(
    ({ means, reference }) => reference === '' && (channelMeans as readonly Means[]).includes(means),
  )
  return {
    given,
    missing: lessThan(target, given),
    surplus,
    rounding,
    change,
    toPrepayment,
    obstacle: obstacle(),
    doubts: doubts(),
  }

  function obstacle(): string | null {
    if (rows.length === 0) return '请选择收款方式（F5 现金）'
    if (rows.some((row) => row.given === null || row.given === 0)) return '请填写收款金额'
    if (held > prepayment) return `预存余额只有 ${formatYuan(prepayment)} 元`
    if (toPrepayment > 0 && held > 0) return '用预存抵扣时不能再转入预存'
    if (change > cash) return `多收 ${formatYuan(surplus)} 元，只有现金能找零；请改金额或转预存`
    if (change > rules.maxChange) return `找零超过上限 ${formatYuan(rules.maxChange)} 元，请核对实收`
    const required = lacking.find(({ means }) => rules.requireReference.includes(means))
    return required ? `${meansNames[required.means]}必须填写流水号` : null
  }

  function doubts(): string[] {
    const found: string[] = []
    // A digit too few looks like a part payment. Compared in whole numbers: given / target < percent / 100.
    if (given < target && given * 100 < target * rules.smallPartPercent) {
      found.push(
        `应收 ${formatYuan(target)} 元，只收 ${formatYuan(given)} 元，其余 ${formatYuan(lessThan(target, given))} 元仍欠着`,
      )
    }
    // The change is said once, with everything that is odd about it.
    const odd = [
      ...(change > largestNote ? [`实收现金 ${formatYuan(cash)} 元`] : []),
      ...(drawer !== null && change > drawer ? [`钱箱账面只有 ${formatYuan(drawer)} 元`] : []),
    ]
    if (odd.length > 0) found.push(`${odd.join('，')}，要找零 ${formatYuan(change)} 元`)
    for (const { means, given: amount } of lacking) {
      found.push(`${meansNames[means]} ${formatYuan(amount ?? zero)} 元没有流水号，对账时只能按金额核对`)
    }
    return found
  }
}

/** More than this is paid in ahead only by whoever means it: a household for years, or a comma too few. */
const unusualDeposit = fen(500_000)

/**
 * Money paid in ahead of bills: no debt tells what the amount should be, so an unusual one is asked about; for the rest as any
 * tender. What is handed over in cash may be more.
 */
export function depositTender(
  amount: Fen | null,
  row: TenderRow,
  { rules, drawer = null }: Pick<TenderInput, 'rules' | 'drawer'>,
): Pick<Tendered, 'change' | 'obstacle' | 'doubts'> {
  if (amount === null || amount === 0) return { change: zero, obstacle: '请填写预存金额', doubts: [] }
  if (row.given !== null && row.given < amount) return { change: zero, obstacle: '实收少于预存金额', doubts: [] }
  const plain = { due: amount, rows: [row], prepayment: zero, keep: 'none' as const }
  const { change, obstacle, doubts } = tendered({ ...plain, rules: { ...rules, rounding: 'none' }, drawer })
  const unusual = amount > unusualDeposit ? [`预存 ${formatYuan(amount)} 元`] : []
  return { change, obstacle, doubts: [...unusual, ...doubts] }
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

/** The rows with this much cash handed over; cash is added where there was none. */
export function withCash(rows: readonly TenderRow[], given: Fen): TenderRow[] {
  const cash: TenderRow = { means: 'cash', given, reference: '' }
  return rows.some(isCash) ? rows.map((row) => (isCash(row) ? cash : row)) : [...rows, cash]
}

/** What came over the counter by a payment as it is kept: cash as it was handed over. */
export const receivedOf = (tenders: readonly { amount: Fen; received: Fen | null }[]): Fen =>
  tenders.reduce((total, { amount, received }) => add(total, received ?? amount), zero)

/** What a payment brought in, fen: nothing once it is reversed, and what is drawn from prepayment came in before. */
export const broughtIn = (row: {
  readonly state: 'issued' | 'voided'
  readonly tenders: readonly { readonly means: Means; readonly amount: Fen }[]
}): Fen =>
  row.state === 'voided'
    ? zero
    : sum(row.tenders.flatMap(({ means, amount }) => (means === 'prepayment' ? [] : [amount])))
