/** The form of a price version: what is typed before it is complete, and the body it becomes. */
import type { Plan, PriceBody } from '../../src-main/tariffs/api.ts'
import { cubicMetres, type Litre, type UnitPrice } from '../../src-main/platform/money.ts'

type Version = Plan['versions'][number]
export type PriceKind = PriceBody['kind']
export const priceKindNames: Record<PriceKind, string> = { tiered: '阶梯价', flat: '单一价', seasonal: '季节价' }

/** 第一档 for 0, as bills name their lines. */
export const tierName = (index: number): string => `第${[...'一二三四五六七八九十'][index] ?? String(index + 1)}档`

export interface VersionForm {
  effectiveFrom: string | null
  document: string
  kind: PriceKind
  /** Upper limits in litres and prices in 1/10000 yuan per m³; the last tier has no limit. */
  tiers: { upTo: Litre | null; price: UnitPrice | null }[]
  addon: { on: boolean; minPersons: number | undefined; mode: 'once' | 'perExtraPerson'; addByTier: (Litre | null)[] }
  price: UnitPrice | null
  seasons: { name: string; months: number[]; price: UnitPrice | null }[]
}

/** A form that begins with what is in force, so that only what changes is typed. */
export function formFrom(version: Version | undefined): VersionForm {
  const form: VersionForm = {
    effectiveFrom: null,
    document: '',
    kind: version?.kind ?? 'tiered',
    tiers: [
      { upTo: null, price: null },
      { upTo: null, price: null },
      { upTo: null, price: null },
    ],
    addon: { on: false, minPersons: 5, mode: 'once', addByTier: [] },
    price: null,
    seasons: [
      { name: '冬季', months: [12, 1, 2], price: null },
      { name: '非冬季', months: [3, 4, 5, 6, 7, 8, 9, 10, 11], price: null },
    ],
  }
  if (version?.kind === 'flat') form.price = version.price
  if (version?.kind === 'seasonal') {
    form.seasons = version.seasons.map(({ name, months, price }) => ({ name, months: [...months], price }))
  }
  if (version?.kind === 'tiered') {
    form.tiers = version.tiers.map((tier) => ({ ...tier }))
    const addon = version.householdAddon
    if (addon) form.addon = { ...addon, on: true, addByTier: [...addon.addByTier] }
  }
  return form
}

/** What the backend takes, or the first thing that is still missing, in Chinese. */
export function bodyOf(form: VersionForm): { body: PriceBody } | { missing: string } {
  if (form.kind === 'flat')
    return form.price === null ? { missing: '请填写单价' } : { body: { kind: 'flat', price: form.price } }
  if (form.kind === 'seasonal') {
    const seasons = form.seasons.flatMap(({ price, ...season }) => (price === null ? [] : [{ ...season, price }]))
    return seasons.length < form.seasons.length
      ? { missing: '请填写每个季节的单价' }
      : { body: { kind: 'seasonal', seasons } }
  }
  const tiers = form.tiers.flatMap(({ upTo, price }, i) =>
    price === null ? [] : [{ upTo: i === form.tiers.length - 1 ? null : upTo, price }],
  )
  if (tiers.length < form.tiers.length) return { missing: '请填写每一档的单价' }
  const { on, minPersons, mode } = form.addon
  if (on && minPersons === undefined) return { missing: '请填写多人口起算人数' }
  const addByTier = tiers.slice(0, -1).map((_, i) => form.addon.addByTier[i] ?? cubicMetres(0))
  const householdAddon = on && minPersons !== undefined ? { minPersons, mode, addByTier } : null
  return { body: { kind: 'tiered', tiers, householdAddon } }
}
