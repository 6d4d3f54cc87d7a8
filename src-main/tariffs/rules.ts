/**
 * Price plans (气价): tiered prices on an annual cycle with an allowance for large households, flat prices, seasonal
 * prices, and their versions in time (domain.md §2). Pure: no clock, no database.
 */
import {
  addDays,
  dateParts,
  isBusinessDate,
  isMonthDay,
  onMonthDay,
  type BusinessDate,
  type MonthDay,
} from '../platform/dates.ts'
import {
  add,
  formatCubicMetres,
  formatUnitPrice,
  formatYuan,
  least,
  litre,
  multiply,
  subtract,
  type Fen,
  type Litre,
  type UnitPrice,
} from '../platform/money.ts'

export interface Tier {
  /** Last litre of the cycle that still belongs to this tier (含上限); null for the last, open tier. */
  readonly upTo: Litre | null
  readonly price: UnitPrice
}

/** 多人口增量: what a large household may use more before the next tier begins. */
export interface HouseholdAddon {
  /** Persons from which the allowance applies: 5 for 「5 人及以上」 and for 「超过 4 人」. */
  readonly minPersons: number
  /** `once`: the same for every large household; `perExtraPerson`: for each person from `minPersons` on. */
  readonly mode: 'once' | 'perExtraPerson'
  /** Litres a year added to the upper limit (not to the width) of each tier that has one, first tier first. */
  readonly addByTier: readonly Litre[]
}

export interface Season {
  /** Shown on the bill: 冬季. */
  readonly name: string
  /** Calendar months 1–12. */
  readonly months: readonly number[]
  readonly price: UnitPrice
}

interface VersionCommon {
  /** Stands on every bill line (账单保存 priceVersionId). */
  readonly id: string
  /** First day on which it applies. */
  readonly effectiveFrom: BusinessDate
  /** The document that set it, or 示例. */
  readonly source: string
}
export interface TieredVersion extends VersionCommon {
  readonly kind: 'tiered'
  readonly tiers: readonly Tier[]
  readonly householdAddon: HouseholdAddon | null
}
export interface FlatVersion extends VersionCommon {
  readonly kind: 'flat'
  readonly price: UnitPrice
}
export interface SeasonalVersion extends VersionCommon {
  readonly kind: 'seasonal'
  readonly seasons: readonly Season[]
}
export type PriceVersion = TieredVersion | FlatVersion | SeasonalVersion

export interface PricePlan {
  readonly id: string
  readonly name: string
  /** Whom it is for: 居民, 工业, 商业, 公福. */
  readonly category: 'resident' | 'industrial' | 'commercial' | 'public'
  /** First day of the annual cycle in which tiers count; nothing is carried into the next. */
  readonly cycleStart: MonthDay
  /** Oldest first. */
  readonly versions: readonly PriceVersion[]
}

export interface Household {
  /** Registered persons (户籍人口); the tier limits depend on it. */
  readonly persons: number
}

export interface Cycle {
  readonly firstDay: BusinessDate
  readonly lastDay: BusinessDate
}

/** The annual cycle that contains a date: 365 or 366 days from the plan's start day. */
export function cycleContaining(date: BusinessDate, cycleStart: MonthDay): Cycle {
  const { year } = dateParts(date)
  const thisYear = onMonthDay(year, cycleStart)
  const first = date >= thisYear ? year : year - 1
  return { firstDay: onMonthDay(first, cycleStart), lastDay: addDays(onMonthDay(first + 1, cycleStart), -1) }
}

/** The version in force on a date, or undefined before the first. */
export const versionOn = (plan: PricePlan, date: BusinessDate): PriceVersion | undefined =>
  plan.versions.findLast((version) => version.effectiveFrom <= date)

/** Persons of a household who count for the allowance. */
const extraPersons = (addon: HouseholdAddon, persons: number): number =>
  persons < addon.minPersons ? 0 : addon.mode === 'once' ? 1 : persons - addon.minPersons + 1

/** Upper limits of the tiers for a household, litres a cycle, last one null (domain.md §2.1, all three ways). */
export function tierLimits(version: TieredVersion, { persons }: Household): (Litre | null)[] {
  const addon = version.householdAddon
  const times = addon ? extraPersons(addon, persons) : 0
  return version.tiers.map(({ upTo }, i) => (upTo === null ? null : litre(upTo + times * (addon?.addByTier[i] ?? 0))))
}

/** One line of a bill: a stretch of gas at one price. */
export interface ChargeLine {
  /** 1 for the first tier; 0 where the price has no tiers. */
  readonly tier: number
  /** Season's name; null where the price has none. */
  readonly season: string | null
  /** Position within the cycle's running total before and after this line, litres. */
  readonly from: Litre
  readonly to: Litre
  /** `to − from` */
  readonly volume: Litre
  readonly price: UnitPrice
  /** `multiply(volume, price)`; the bill is the sum of its lines. */
  readonly amount: Fen
}

export interface PricedUse {
  readonly consumption: Litre
  /** Used by the household (not by the meter) in the same cycle before this. */
  readonly usedBefore: Litre
  readonly version: PriceVersion
  readonly household: Household
  /** Day whose season applies; only its month counts. */
  readonly on: BusinessDate
}

/**
 * Prices one consumption: one line per tier it touches, cumulative (超额累进); the boundary volume belongs to the lower tier.
 * No consumption gives no line.
 * @throws RangeError for negative volumes, or a version that `planProblems` would refuse
 */
export function price({ consumption, usedBefore, version, household, on }: PricedUse): ChargeLine[] {
  if (consumption < 0 || usedBefore < 0) throw new RangeError('consumption and running total are never negative')
  const end = add(usedBefore, consumption)
  const line = (tier: number, season: string | null, from: Litre, to: Litre, at: UnitPrice): ChargeLine => {
    const volume = subtract(to, from)
    return { tier, season, from, to, volume, price: at, amount: multiply(volume, at) }
  }
  if (consumption === 0) return []
  if (version.kind === 'flat') return [line(0, null, usedBefore, end, version.price)]
  if (version.kind === 'seasonal') {
    const season = seasonOn(version, on)
    return [line(0, season.name, usedBefore, end, season.price)]
  }

  const lines: ChargeLine[] = []
  let from = usedBefore
  tierLimits(version, household).forEach((limit, i) => {
    const to = limit === null ? end : least(end, limit)
    const tier = version.tiers[i]
    if (tier === undefined || to <= from) return
    lines.push(line(i + 1, null, from, to, tier.price))
    from = to
  })
  if (from !== end) throw new RangeError(`price version ${version.id} has no open last tier`)
  return lines
}

/** The season of a date. @throws RangeError when no season has its month */
export function seasonOn(version: SeasonalVersion, date: BusinessDate): Season {
  const { month } = dateParts(date)
  const season = version.seasons.find(({ months }) => months.includes(month))
  if (!season) throw new RangeError(`price version ${version.id} has no season for month ${month}`)
  return season
}

const TIER_NAMES = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** What a line is called: 第二档, 冬季, or 气费 where there is one price. */
export const lineName = ({ tier, season }: Pick<ChargeLine, 'tier' | 'season'>): string =>
  season ?? (tier === 0 ? '气费' : `第${TIER_NAMES[tier - 1] ?? String(tier)}档`)

/** How a line was computed, for bill and screen: 「第二档 310–520：210 m³ × 3.30 = 693.00」. */
export function describeLine(line: ChargeLine): string {
  const range = line.tier === 0 ? '' : ` ${formatCubicMetres(line.from)}–${formatCubicMetres(line.to)}`
  const sum = `${formatCubicMetres(line.volume)} m³ × ${formatUnitPrice(line.price)} = ${formatYuan(line.amount)}`
  return `${lineName(line)}${range}：${sum}`
}

/** Largest household whose limits are checked. */
const MAX_PERSONS = 30

/** What is wrong with a version, at the field of its body: 'tiers.1.upTo'. */
export interface PriceProblem {
  readonly field: string
  readonly message: string
}

/** Why a plan cannot be put in force, in Chinese; empty when it can. Every reason is returned, not the first. */
export function planProblems(plan: PricePlan): string[] {
  const problems: string[] = []
  if (!isMonthDay(plan.cycleStart)) problems.push('阶梯周期起始日应为每年都有的日子，例如 01-01')
  if (plan.versions.length === 0) problems.push('至少需要一个价格版本')
  plan.versions.forEach((version, i) => {
    const name = `${version.effectiveFrom} 起的价格`
    const before = plan.versions[i - 1]
    if (!isBusinessDate(version.effectiveFrom)) problems.push(`生效日期 ${version.effectiveFrom} 不存在`)
    if (before && before.effectiveFrom >= version.effectiveFrom)
      problems.push(`${name}：生效日期应晚于上一版本 ${before.effectiveFrom}`)
    if (plan.versions.some((other, j) => j < i && other.id === version.id)) problems.push(`${name}：版本编号重复`)
    problems.push(...versionProblems(version).map(({ message }) => `${name}：${message}`))
  })
  return problems
}

/** Everything that is wrong with the price of one version, in the order of the form. */
export function versionProblems(version: PriceVersion): PriceProblem[] {
  if (version.kind === 'flat') return version.price > 0 ? [] : [{ field: 'price', message: '单价应大于零' }]
  if (version.kind === 'seasonal') return seasonProblems(version)
  return [...tierProblems(version), ...(version.householdAddon ? addonProblems(version, version.householdAddon) : [])]
}

function tierProblems({ tiers }: TieredVersion): PriceProblem[] {
  if (tiers.length === 0) return [{ field: 'tiers', message: '至少需要一档' }]
  const problems: PriceProblem[] = []
  tiers.forEach((tier, i) => {
    const name = lineName({ tier: i + 1, season: null })
    const say = (field: 'upTo' | 'price', message: string) => problems.push({ field: `tiers.${i}.${field}`, message })
    const before = tiers[i - 1]
    const last = i === tiers.length - 1
    if (last && tier.upTo !== null) say('upTo', '最后一档不应有上限')
    if (!last && tier.upTo === null) say('upTo', `${name}缺少上限`)
    if (tier.upTo !== null && tier.upTo <= (before?.upTo ?? 0))
      say('upTo', before ? `${name}上限应大于上一档的上限` : `${name}上限应大于零`)
    if (tier.price <= 0) say('price', `${name}单价应大于零`)
    if (before && tier.price < before.price) say('price', `${name}单价低于上一档`)
  })
  return problems
}

function addonProblems(version: TieredVersion, addon: HouseholdAddon): PriceProblem[] {
  const problems: PriceProblem[] = []
  const say = (field: string, message: string) => problems.push({ field: `householdAddon.${field}`, message })
  const bounded = version.tiers.filter((tier) => tier.upTo !== null).length
  if (!Number.isInteger(addon.minPersons) || addon.minPersons < 2)
    say('minPersons', '多人口起算人数应为不小于 2 的整数')
  if (addon.addByTier.length !== bounded) say('addByTier', `多人口增量应为有上限的 ${bounded} 档各填一个`)
  if (addon.addByTier.some((volume) => volume < 0)) say('addByTier', '多人口增量不能为负数')
  if (bounded === 0) say('minPersons', '只有一档、没有上限，多人口家庭无可增加')
  else if (addon.addByTier.every((volume) => volume === 0))
    say('addByTier.0', '多人口增量至少有一档大于零；不增加的，不设多人口家庭')
  const limits = tierLimits(version, { persons: MAX_PERSONS }).filter((limit) => limit !== null)
  const crossed = limits.findIndex((limit, i) => i > 0 && limit <= (limits[i - 1] ?? 0))
  // Where the tiers themselves cross already, that is what has to be mended.
  if (crossed > 0 && (version.tiers[crossed]?.upTo ?? 0) > (version.tiers[crossed - 1]?.upTo ?? 0))
    say(`addByTier.${crossed}`, '多人口增量使后一档的上限不再大于前一档')
  return problems
}

function seasonProblems({ seasons }: SeasonalVersion): PriceProblem[] {
  const problems = seasons.flatMap((season, i): PriceProblem[] =>
    season.price > 0 ? [] : [{ field: `seasons.${i}.price`, message: `${season.name}单价应大于零` }],
  )
  for (let month = 1; month <= 12; month += 1) {
    const having = seasons.flatMap((season, i) => (season.months.includes(month) ? [i] : []))
    if (having.length === 0) problems.push({ field: 'seasons.0.months', message: `${month} 月没有价格` })
    if (having.length > 1)
      problems.push({ field: `seasons.${having.at(-1)}.months`, message: `${month} 月有 ${having.length} 个价格` })
  }
  seasons.forEach(({ months }, i) => {
    if (months.some((month) => !Number.isInteger(month) || month < 1 || month > 12))
      problems.push({ field: `seasons.${i}.months`, message: '季节的月份应在 1 至 12 之间' })
  })
  return problems
}
