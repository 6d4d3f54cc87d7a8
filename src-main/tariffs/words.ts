/** A price in words: what the second person reads before agreeing to it, the same on both floors. */
import type { TermsOf } from '../platform/approval-terms.ts'
import { formatChineseDate, type BusinessDate } from '../platform/dates.ts'
import { formatCubicMetres, formatUnitPrice } from '../platform/money.ts'
import { lineName, type FlatVersion, type SeasonalVersion, type TieredVersion } from './rules.ts'

type PriceBody =
  | Pick<TieredVersion, 'kind' | 'tiers' | 'householdAddon'>
  | Pick<FlatVersion, 'kind' | 'price'>
  | Pick<SeasonalVersion, 'kind' | 'seasons'>

export const planCategories = ['resident', 'industrial', 'commercial', 'public'] as const
type PlanCategory = (typeof planCategories)[number]
/** 用气性质 as people read them (clause 6(9)). */
export const planCategoryNames: Record<PlanCategory, string> = {
  resident: '居民',
  industrial: '工业',
  commercial: '商业',
  public: '公福',
}

/** What is done to a price plan. */
export const priceActs = {
  create: '新建价格方案',
  add: '录入新版本',
  revise: '修改未启用的版本',
  withdraw: '撤回版本',
  retire: '停用价格方案',
  restore: '重新启用价格方案',
} as const
export type PriceAct = keyof typeof priceActs

/** '第一档至 320 m³ 3.45；第二档至 …；5 人起每多一人 +100/+100 m³'. */
export function priceInWords(body: PriceBody): string {
  if (body.kind === 'flat') return `${formatUnitPrice(body.price)} 元/m³`
  if (body.kind === 'seasonal') {
    return body.seasons
      .map(({ name, months, price }) => `${name}（${months.join('、')} 月）${formatUnitPrice(price)}`)
      .join('；')
  }
  const tiers = body.tiers.map(({ upTo, price }, i) => {
    const range = upTo === null ? '以上部分' : `至 ${formatCubicMetres(upTo)} m³`
    return `${lineName({ tier: i + 1, season: null })}${range} ${formatUnitPrice(price)}`
  })
  const addon = body.householdAddon
  if (addon === null) return tiers.join('；')
  const each = addon.addByTier.map((volume) => `+${formatCubicMetres(volume)}`).join('/')
  return [...tiers, `${addon.minPersons} 人起${addon.mode === 'once' ? '' : '每多一人'} ${each} m³`].join('；')
}

/** What a second person agrees to, computed by the screen that asks and by the call that acts. */
export const priceTerms = (
  act: PriceAct,
  code: string,
  about: {
    /** What a new plan is besides its price. */
    plan?: { name: string; category: PlanCategory; cycleStart: string }
    /** First day of the version that gives way. */
    replaces?: string
    effectiveFrom?: string
    document?: string
    body?: PriceBody
    reason?: string
  },
): TermsOf<'price'> => ({
  act: priceActs[act],
  code,
  plan: about.plan
    ? `${about.plan.name.trim()}（${planCategoryNames[about.plan.category]}，阶梯自每年 ${about.plan.cycleStart} 起算）`
    : '',
  replaces: about.replaces ?? '',
  effectiveFrom: about.effectiveFrom ?? '',
  document: (about.document ?? '').trim(),
  price: about.body ? priceInWords(about.body) : '',
  reason: (about.reason ?? '').trim(),
})

/**
 * Why a version cannot begin on a day (Asia/Shanghai date), in Chinese; null where it can. `others`: first days of the other
 * versions. Said by the screen before a second person is called, and by the call itself.
 */
export function beginProblem(
  effectiveFrom: string,
  { billedThrough, others }: { readonly billedThrough: BusinessDate | null; readonly others: readonly string[] },
): string | null {
  if (billedThrough !== null && effectiveFrom <= billedThrough)
    return `该方案已出账到 ${formatChineseDate(billedThrough)}，新价格只能从其后一天起生效`
  return others.includes(effectiveFrom) ? `${effectiveFrom} 已有一个价格版本，请换一个生效日期` : null
}
