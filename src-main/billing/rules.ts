/**
 * From a meter reading to a bill, and what a late payment costs (domain.md §2, §3). Pure: no clock, no database.
 *
 * A reading covers the days after the previous reading up to and including its own day. A household with several meters has
 * one running total (一户多表合并计档, domain.md §2.1): it pays what one meter with the sum would.
 */
import {
  addDays,
  addMonths,
  dateParts,
  daysBetween,
  daysInMonth,
  dateOf,
  later,
  type BusinessDate,
} from '../platform/dates.ts'
import {
  add,
  apportion,
  fen,
  least,
  litre,
  multiplyRate,
  subtract,
  sum,
  type Fen,
  type Litre,
} from '../platform/money.ts'
import {
  cycleContaining,
  planProblems,
  price,
  seasonOn,
  versionOn,
  type ChargeLine,
  type Household,
  type PricePlan,
  type PriceVersion,
} from '../tariffs/rules.ts'

/**
 * A price that changes between two readings (no official rule found, so a setting; domain.md §2.1):
 * `readingDate` the whole consumption at the price in force on the reading's day (按抄表日适用新价)
 * `splitByDays` each price for its share of the days (按跨期天数分摊); so do seasons
 */
export type PriceChange = 'readingDate' | 'splitByDays'

/** What one meter measured between two readings. */
export interface MeteredUse {
  /** Day of the reading before; its own gas is in the bill before. */
  readonly previousReadOn: BusinessDate
  readonly readOn: BusinessDate
  readonly consumption: Litre
}

export interface BillInput extends MeteredUse {
  /** 一户多表: what the household's other meters measured, priced together with it by one running total. */
  readonly further?: readonly MeteredUse[]
  readonly plan: PricePlan
  readonly household: Household
  /** Litres the household (all its meters, also exchanged ones) has used so far, by first day of the tier cycle. */
  readonly usedInCycle: ReadonlyMap<BusinessDate, Litre>
  /** Litres of it that were priced without tiers: a shop's before somebody lived there. No tier counts them. */
  readonly untieredInCycle?: ReadonlyMap<BusinessDate, Litre>
  readonly priceChange: PriceChange
}

export interface BillLine extends ChargeLine {
  /** Price version it was computed by. */
  readonly versionId: string
  /** First day of the tier cycle it counts in. */
  readonly cycleStart: BusinessDate
  readonly firstDay: BusinessDate
  readonly lastDay: BusinessDate
  /** Days of the stretch, first and last included; 0 for a second reading of the same day. */
  readonly days: number
}

export interface Bill {
  readonly lines: readonly BillLine[]
  /** Sum of the lines. */
  readonly total: Fen
  /** What this bill adds to the running total of each cycle, litres. */
  readonly usage: readonly { readonly cycleStart: BusinessDate; readonly volume: Litre }[]
}

// A run bills thousands by the same few plans; each plan, which never changes, is checked once.
const problemsByPlan = new WeakMap<PricePlan, readonly string[]>()
function knownProblems(plan: PricePlan): readonly string[] {
  let problems = problemsByPlan.get(plan)
  if (problems === undefined) problemsByPlan.set(plan, (problems = planProblems(plan)))
  return problems
}

/** Everything a bill counts, one entry for each span of days: meters read on the same days are as one. */
function usesOf({ previousReadOn, readOn, consumption, further = [] }: BillInput): MeteredUse[] {
  const bySpan = new Map<string, MeteredUse>()
  for (const use of [{ previousReadOn, readOn, consumption }, ...further]) {
    const span = `${use.previousReadOn}/${use.readOn}`
    const same = bySpan.get(span)
    bySpan.set(span, same ? { ...use, consumption: add(same.consumption, use.consumption) } : use)
  }
  return [...bySpan.values()]
}

/** Why a bill cannot be made, in Chinese; empty when it can. */
export function billProblems(input: BillInput): string[] {
  const { plan, priceChange, further = [] } = input
  const problems = knownProblems(plan).map((problem) => `气价「${plan.name}」有误：${problem}`)
  for (const { previousReadOn, readOn, consumption } of [input, ...further]) {
    if (readOn < previousReadOn) problems.push(`抄表日期 ${readOn} 早于上次抄表日期 ${previousReadOn}`)
    if (consumption < 0) problems.push('用气量不能为负数')
    const firstPriced = priceChange === 'readingDate' ? readOn : firstDayOf(previousReadOn, readOn)
    if (versionOn(plan, firstPriced) === undefined)
      problems.push(`气价「${plan.name}」在 ${firstPriced} 还没有生效的价格`)
  }
  return [...new Set(problems)]
}

/** First day a reading covers. Two readings of one day share that day. */
const firstDayOf = (previousReadOn: BusinessDate, readOn: BusinessDate): BusinessDate =>
  readOn > previousReadOn ? addDays(previousReadOn, 1) : readOn

/**
 * Computes the bill of one reading, or of one each of a household's meters. Consumption that spans the end of a tier cycle is
 * cut by days into whole litres that sum exactly; each cycle counts its own running total, of all meters. Every line's amount is
 * rounded once, and the bill is their sum.
 * @throws RangeError with every reason of `billProblems`
 */
export function computeBill(input: BillInput): Bill {
  const problems = billProblems(input)
  if (problems.length > 0) throw new RangeError(problems.join('；'))

  const used = new Map(input.usedInCycle)
  const untiered = new Map(input.untieredInCycle)
  const usage = new Map<BusinessDate, Litre>()
  const lines = together(usesOf(input).flatMap((use) => measured(use, input))).flatMap((stretch): BillLine[] => {
    const { cycleStart, version, pricedOn, volume, ...days } = stretch
    const [total, flat] = [used.get(cycleStart) ?? litre(0), untiered.get(cycleStart) ?? litre(0)]
    const tiered = version.kind === 'tiered'
    const usedBefore = tiered ? subtract(total, flat) : total
    used.set(cycleStart, add(total, volume))
    if (!tiered) untiered.set(cycleStart, add(flat, volume))
    usage.set(cycleStart, add(usage.get(cycleStart) ?? litre(0), volume))
    return price({ consumption: volume, usedBefore, version, household: input.household, on: pricedOn }).map(
      (line) => ({ ...line, versionId: version.id, cycleStart, ...days }),
    )
  })
  return {
    lines,
    total: sum(lines.map((line) => line.amount)),
    usage: [...usage].map(([cycleStart, volume]) => ({ cycleStart, volume })),
  }
}

interface MeasuredStretch extends Stretch {
  /** Litres. */
  readonly volume: Litre
}

/** A use cut into stretches, its volume by their days. */
function measured(use: MeteredUse, { plan, priceChange }: BillInput): MeasuredStretch[] {
  const stretches = stretchesOf({ ...use, plan, priceChange })
  const volumes =
    stretches.length === 1
      ? [use.consumption]
      : apportion(
          use.consumption,
          stretches.map(({ days }) => days),
        )
  return stretches.map((stretch, i) => ({ ...stretch, volume: volumes[i] ?? litre(0) }))
}

/** Whether two stretches are priced alike. */
const pricedAlike = (a: Stretch, b: Stretch): boolean =>
  a.cycleStart === b.cycleStart &&
  a.version.id === b.version.id &&
  (a.version.kind !== 'seasonal' || seasonOn(a.version, a.pricedOn) === seasonOn(a.version, b.pricedOn))

/** What several meters measured in the same days at the same price is one stretch; the earlier days count first. */
function together(stretches: readonly MeasuredStretch[]): MeasuredStretch[] {
  const merged: MeasuredStretch[] = []
  for (const stretch of stretches) {
    const at = merged.findIndex(
      (one) => pricedAlike(one, stretch) && one.firstDay <= stretch.lastDay && stretch.firstDay <= one.lastDay,
    )
    const one = merged[at]
    if (!one) {
      merged.push(stretch)
      continue
    }
    const firstDay = one.firstDay < stretch.firstDay ? one.firstDay : stretch.firstDay
    const lastDay = later(one.lastDay, stretch.lastDay)
    const days = one.days + stretch.days === 0 ? 0 : daysBetween(firstDay, lastDay) + 1
    merged[at] = { ...one, firstDay, lastDay, days, volume: add(one.volume, stretch.volume) }
  }
  return merged.sort((a, b) => (a.firstDay < b.firstDay ? -1 : a.firstDay > b.firstDay ? 1 : 0))
}

interface Stretch {
  readonly firstDay: BusinessDate
  readonly lastDay: BusinessDate
  readonly days: number
  readonly cycleStart: BusinessDate
  readonly version: PriceVersion
  /** Day whose season applies. */
  readonly pricedOn: BusinessDate
}

/** Cuts the days of a reading wherever the cycle or the price changes. */
function stretchesOf({
  previousReadOn,
  readOn,
  plan,
  priceChange,
}: MeteredUse & Pick<BillInput, 'plan' | 'priceChange'>): Stretch[] {
  const first = firstDayOf(previousReadOn, readOn)
  const split = priceChange === 'splitByDays'
  const starts = [first, ...cutsBetween(first, readOn, plan, split)]
  return starts.map((firstDay, i) => {
    const next = starts[i + 1]
    const lastDay = next === undefined ? readOn : addDays(next, -1)
    const pricedOn = split ? lastDay : readOn
    const version = versionOn(plan, pricedOn)
    if (version === undefined) throw new RangeError(`no price of ${plan.id} on ${pricedOn}`)
    return {
      firstDay,
      lastDay,
      days: readOn === previousReadOn ? 0 : daysBetween(firstDay, lastDay) + 1,
      cycleStart: cycleContaining(lastDay, plan.cycleStart).firstDay,
      version,
      pricedOn,
    }
  })
}

/** Days after `first`, up to `last`, on which something new begins; ascending. */
function cutsBetween(first: BusinessDate, last: BusinessDate, plan: PricePlan, split: boolean): BusinessDate[] {
  const cuts = new Set<BusinessDate>()
  const cut = (day: BusinessDate) => {
    if (day > first && day <= last) cuts.add(day)
  }
  if (split) {
    for (const version of plan.versions) cut(version.effectiveFrom)
    for (const month of monthsBetween(first, last)) if (seasonChangesOn(plan, month)) cut(month)
  }
  // Where no tiers count, the end of a cycle changes nothing and would only cost the customer a second line.
  const priced = split ? plan.versions.filter((v) => v.effectiveFrom <= last) : [versionOn(plan, last)]
  if (priced.some((version) => version?.kind === 'tiered'))
    for (let day = first; day <= last;) {
      day = addDays(cycleContaining(day, plan.cycleStart).lastDay, 1)
      cut(day)
    }
  return [...cuts].sort()
}

function monthsBetween(first: BusinessDate, last: BusinessDate): BusinessDate[] {
  const months: BusinessDate[] = []
  const { year, month } = dateParts(first)
  for (let day = addMonths(dateOf(year, month, 1), 1); day <= last; day = addMonths(day, 1)) months.push(day)
  return months
}

function seasonChangesOn(plan: PricePlan, firstOfMonth: BusinessDate): boolean {
  const version = versionOn(plan, firstOfMonth)
  return (
    version?.kind === 'seasonal' && seasonOn(version, firstOfMonth) !== seasonOn(version, addDays(firstOfMonth, -1))
  )
}

/** What a bill counts in one cycle at one price, as an adjustment finds it. */
export interface AdjustedPart {
  readonly cycleStart: BusinessDate
  /** Litres the bill holds in it after earlier adjustments, and the household's running total of the cycle, of tiers their own. */
  readonly volume: Litre
  readonly used: Litre
  readonly version: PriceVersion
  /** Day whose season applies. */
  readonly on: BusinessDate
}

/** A line of an adjustment; volume and amount are signed. */
export interface AdjustmentLine extends ChargeLine {
  readonly versionId: string
  readonly cycleStart: BusinessDate
}

/**
 * 退补: how a correction of a bill is priced. Gas that was too much comes off the top of the cycle's running total, as if it
 * had never been counted; what was too little goes on top. The latest cycle of the bill, and in it the latest price, is
 * corrected first, and none gives back more than it holds.
 * @param parts of the bill, the latest first · @param delta litres, negative where the bill had too much
 * @throws RangeError when more is taken back than the bill holds
 */
export function adjustmentLines(delta: Litre, parts: readonly AdjustedPart[], household: Household): AdjustmentLine[] {
  let left = litre(Math.abs(delta))
  const taken = new Map<string, Litre>()
  const lines: AdjustmentLine[] = []
  for (const { cycleStart, volume, used, version, on } of parts) {
    if (left === 0) break
    const counts = `${cycleStart} ${version.kind === 'tiered'}`
    const total = subtract(used, taken.get(counts) ?? litre(0))
    const part = delta > 0 ? left : least(left, least(volume, total))
    if (part <= 0) continue
    left = litre(left - part)
    taken.set(counts, litre((taken.get(counts) ?? 0) + part))
    const usedBefore = delta > 0 ? total : litre(total - part)
    for (const line of price({ consumption: part, usedBefore, version, household, on })) {
      const signed = delta > 0 ? line : { ...line, volume: litre(-line.volume), amount: fen(-line.amount) }
      lines.push({ ...signed, versionId: version.id, cycleStart })
    }
  }
  if (left > 0) throw new RangeError(`${left} litres more than the bill holds`)
  return lines
}

/** When a bill must be paid (缴费期限): so many days after issue, or a fixed day of the month after it. */
export type DueRule =
  { readonly kind: 'daysAfterIssue'; readonly days: number } | { readonly kind: 'dayOfNextMonth'; readonly day: number }

/** Last day on which a bill can be paid without being late. A day that month lacks becomes its last one. */
export function dueDate(issuedOn: BusinessDate, rule: DueRule): BusinessDate {
  if (rule.kind === 'daysAfterIssue') return addDays(issuedOn, rule.days)
  const { year, month } = dateParts(addMonths(dateOf(dateParts(issuedOn).year, dateParts(issuedOn).month, 1), 1))
  return dateOf(year, month, Math.min(rule.day, daysInMonth(year, month)))
}

/** Days a bill is overdue on a date; 0 on its due date and before. */
export const daysOverdue = (due: BusinessDate, on: BusinessDate): number => Math.max(0, daysBetween(due, on))

export interface LateFeeInput {
  /** Principal still unpaid on `on`, fen. */
  readonly outstanding: Fen
  /** Principal of the same bill paid before, which was late until its own day; reversed payments are left out. */
  readonly paid?: readonly { readonly amount: Fen; readonly on: BusinessDate }[]
  /**
   * Principal among both that was never owed, fen: its gas went back (退补). What was paid first was owed first, so it is the
   * parts paid last, or not yet, that were too much.
   */
  readonly neverOwed?: Fen
  readonly dueDate: BusinessDate
  /** Day a reminder (催缴) was served; needed only for `startFrom: 'noticeDate'`. */
  readonly noticeDate?: BusinessDate | null
  /** Day for which the fee is asked. */
  readonly on: BusinessDate
  /** Parts per million a day; 3‰ is 3000. */
  readonly ratePpmPerDay: number
  /** Principal paid within so many days after the start costs nothing; after that every day counts. */
  readonly graceDays: number
  /** Days count from the due date, or from the reminder where that was later. */
  readonly startFrom: 'dueDate' | 'noticeDate'
  /** The fee never exceeds this share of the late principal, parts per million; absent for no cap. */
  readonly capRatioPpm?: number
}

interface LatePart {
  readonly amount: Fen
  readonly on: BusinessDate
}

/** The parts of a debt less so much of it, the latest first. */
function withoutLast(parts: readonly LatePart[], less: Fen): readonly LatePart[] {
  if (less === 0) return parts
  let left = less
  return parts
    .toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0))
    .map(({ amount, on }) => {
      const off = least(left, amount)
      left = subtract(left, off)
      return { amount: subtract(amount, off), on }
    })
}

/**
 * How much of a bill was never owed, fen, after its corrections in their order: gas that went back was first that which a
 * correction before had charged by a bill of its own, then the bill's. Pure.
 * @param amounts of the corrections that stand, fen; below zero what went back
 */
export function neverOwedAfter(amounts: readonly number[]): Fen {
  let [charged, never] = [0, 0]
  for (const amount of amounts) {
    charged += amount
    never += Math.max(0, -charged)
    charged = Math.max(0, charged)
  }
  return fen(never)
}

/**
 * 违约金 of one bill up to a day, fee paid earlier included: simple interest, no interest on interest, rounded half up once
 * (domain.md §3: 100.00 × 3‰ × 10 days = 3.00). With `startFrom: 'noticeDate'` there is none before a reminder was served.
 * The rates come from settings; a contract's own go first.
 * @returns fen
 */
export function lateFee(debt: LateFeeInput): Fen {
  const start = debt.startFrom === 'dueDate' ? debt.dueDate : debt.noticeDate && later(debt.dueDate, debt.noticeDate)
  if (!start) return fen(0)
  const late = withoutLast([{ amount: debt.outstanding, on: debt.on }, ...(debt.paid ?? [])], debt.neverOwed ?? fen(0))
    .map(({ amount, on }) => ({ amount, days: daysOverdue(start, on) }))
    .filter(({ amount, days }) => amount > 0 && days > debt.graceDays)
  // Fen × days, so that rounding happens once over all parts.
  const exposure = sum(late.map(({ amount, days }) => fen(amount * days)))
  const fee = multiplyRate(exposure, debt.ratePpmPerDay)
  if (debt.capRatioPpm === undefined) return fee
  return least(fee, multiplyRate(sum(late.map(({ amount }) => amount)), debt.capRatioPpm))
}
