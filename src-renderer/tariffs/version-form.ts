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

export interface Missing {
  /** As the call names it: 'body.tiers.1.price'. */
  readonly field: string
  readonly message: string
}

/** What the price still lacks, in the order of the form. */
export function missingIn(form: VersionForm): Missing[] {
  const asked = (value: unknown, field: string, message: string): Missing[] =>
    value === null || value === undefined ? [{ field: `body.${field}`, message }] : []
  if (form.kind === 'flat') return asked(form.price, 'price', '请填写单价')
  if (form.kind === 'seasonal') {
    return form.seasons.flatMap(({ name, months, price }, i) => [
      ...asked(name.trim() || null, `seasons.${i}.name`, '请填写季节名称'),
      ...asked(months[0], `seasons.${i}.months`, '请选择月份'),
      ...asked(price, `seasons.${i}.price`, '请填写单价'),
    ])
  }
  const tiers = form.tiers.flatMap(({ upTo, price }, i) => [
    ...(i === form.tiers.length - 1 ? [] : asked(upTo, `tiers.${i}.upTo`, '请填写上限')),
    ...asked(price, `tiers.${i}.price`, '请填写单价'),
  ])
  const { on, minPersons, addByTier } = form.addon
  if (!on) return tiers
  const added = form.tiers.slice(0, -1).some((_, i) => (addByTier[i] ?? 0) > 0)
  return [
    ...tiers,
    ...asked(minPersons, 'householdAddon.minPersons', '请填写起算人数'),
    // An allowance that allows nothing is a tick somebody forgot to fill in.
    ...(added || form.tiers.length < 2
      ? []
      : asked(null, 'householdAddon.addByTier.0', '请填写每年加多少；不增加的，去掉上面的勾')),
  ]
}

/** What the backend takes; null while something is missing. */
export function bodyOf(form: VersionForm): PriceBody | null {
  if (missingIn(form).length > 0) return null
  if (form.kind === 'flat') return form.price === null ? null : { kind: 'flat', price: form.price }
  if (form.kind === 'seasonal') {
    const seasons = form.seasons.flatMap(({ price, ...season }) =>
      price === null ? [] : [{ ...season, name: season.name.trim(), price }],
    )
    return { kind: 'seasonal', seasons }
  }
  const tiers = form.tiers.flatMap(({ upTo, price }, i) =>
    price === null ? [] : [{ upTo: i === form.tiers.length - 1 ? null : upTo, price }],
  )
  const { on, minPersons, mode } = form.addon
  const addByTier = tiers.slice(0, -1).map((_, i) => form.addon.addByTier[i] ?? cubicMetres(0))
  const householdAddon = on && minPersons !== undefined ? { minPersons, mode, addByTier } : null
  return { kind: 'tiered', tiers, householdAddon }
}
