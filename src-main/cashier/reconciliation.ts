/** 对账: our movements of a day against the lines of the channel's statement. Pure; amounts in fen, refunds negative. */
import { shanghaiDate, startOfDay } from '../platform/dates.ts'
import { fen, negate, sum, type Fen } from '../platform/money.ts'

/** Whether a line tells only its day: banks write no time, which is read as midnight. */
const tellsOnlyDay = (at: number): boolean => startOfDay(shanghaiDate(at)) === at

/** How far apart two moments are (ms): within a day that has no time, as far as may be, so that told times go first. */
const apartness = (ours: number, theirs: number): number =>
  tellsOnlyDay(theirs) && shanghaiDate(ours) === shanghaiDate(theirs) ? timeWindowMs : Math.abs(ours - theirs)

/** How far apart the two clocks may be for a movement that carries no reference (ms). */
export const timeWindowMs = 30 * 60_000

export interface OurMovement {
  /** `<payment>/<tender line>/in` for money taken, `…/back` for what a reversal undid. */
  readonly key: string
  /** `<payment>/<tender line>`: a movement and its reversal share it. */
  readonly tender: string
  /** The channel's number as the cashier keyed it; '' where there was none. */
  readonly reference: string
  readonly amount: Fen
  readonly at: number
  readonly receiptNo: string
}

export interface StatementLine {
  readonly key: string
  /** 渠道订单号 and 商户订单号; empty ones left out. */
  readonly references: readonly string[]
  readonly amount: Fen
  readonly at: number
}

export interface Pair {
  readonly ours: OurMovement
  readonly theirs: StatementLine
}

export interface Reconciled {
  readonly matched: Pair[]
  readonly amountDiffers: Pair[]
  readonly oursOnly: OurMovement[]
  readonly theirsOnly: StatementLine[]
  /** Mistakes mended before the money moved: taken and reversed by us, unknown to the channel both times. */
  readonly cancelled: OurMovement[]
}

function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const sameSide = (a: Fen, b: Fen): boolean => a > 0 === b > 0

/**
 * Matches line by line. A reference decides where there is one, on the same side (taken or refunded), equal amounts
 * first; a movement without reference goes to the line of the same amount nearest in time. A movement whose reference the
 * statement lacks is never matched by amount: two customers often pay the same.
 */
export function reconcile(ours: readonly OurMovement[], theirs: readonly StatementLine[]): Reconciled {
  const openOurs = new Set(ours)
  const openTheirs = new Set(theirs)
  const matched: Pair[] = []
  const amountDiffers: Pair[] = []
  const take = (pair: Pair, into: Pair[]) => {
    openOurs.delete(pair.ours)
    openTheirs.delete(pair.theirs)
    into.push(pair)
  }

  const byReference = grouped(
    theirs.flatMap((line) => [...new Set(line.references)].map((reference) => ({ reference, line }))),
    ({ reference }) => reference,
  )
  const candidates = ({ reference, amount }: OurMovement) =>
    (reference === '' ? [] : (byReference.get(reference) ?? []))
      .map(({ line }) => line)
      .filter((line) => openTheirs.has(line) && sameSide(line.amount, amount))
  for (const movement of ours) {
    const exact = candidates(movement).find((line) => line.amount === movement.amount)
    if (exact) take({ ours: movement, theirs: exact }, matched)
  }
  for (const movement of openOurs) {
    const other = candidates(movement)[0]
    if (other) take({ ours: movement, theirs: other }, amountDiffers)
  }

  for (const pair of nearestInTime([...openOurs], [...openTheirs])) take(pair, matched)

  const cancelled = cancelledOut([...openOurs])
  for (const movement of cancelled) openOurs.delete(movement)
  return { matched, amountDiffers, oursOnly: [...openOurs], theirsOnly: [...openTheirs], cancelled }
}

/** Pairs of equal amount within the window, the nearest first, for movements that carry no reference. */
function nearestInTime(ours: readonly OurMovement[], theirs: readonly StatementLine[]): Pair[] {
  const byAmount = grouped(theirs, (line) => line.amount)
  const pairs = ours
    .filter((movement) => movement.reference === '')
    .flatMap((movement) => (byAmount.get(movement.amount) ?? []).map((line) => ({ ours: movement, theirs: line })))
    .map((pair) => ({ ...pair, apart: apartness(pair.ours.at, pair.theirs.at) }))
    .filter(({ apart }) => apart <= timeWindowMs)
    .sort((a, b) => a.apart - b.apart)
  const used = new Set<OurMovement | StatementLine>()
  return pairs.flatMap(({ ours: movement, theirs: line }) => {
    if (used.has(movement) || used.has(line)) return []
    used.add(movement).add(line)
    return [{ ours: movement, theirs: line }]
  })
}

function cancelledOut(open: readonly OurMovement[]): OurMovement[] {
  const byTender = grouped(open, (movement) => movement.tender)
  return [...byTender.values()].filter((group) => group.length > 1 && total(group) === 0).flat()
}

const total = (rows: readonly { amount: Fen }[]): Fen => sum(rows.map((row) => row.amount))

/** What the statement has more than we, in fen: the sum that all differences together must explain. */
export function unexplained({ amountDiffers, oursOnly, theirsOnly }: Reconciled): Fen {
  return sum([
    total(theirsOnly),
    negate(total(oursOnly)),
    ...amountDiffers.map(({ ours, theirs }) => fen(theirs.amount - ours.amount)),
  ])
}
