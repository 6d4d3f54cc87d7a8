/** Laws of what may be charged beside gas, and how much. Pure; amounts in fen, quantities in hundredths of a unit. */
import { add, fen, formatYuan, proportion, subtract, type Fen } from '../platform/money.ts'
import {
  accountsOfKind,
  feeAccount,
  feeBuyer,
  feeKind,
  feePlace,
  groundsOfPlace,
  placesInWords,
  quantityParts,
  type FeeAccount,
  type FeeBuyer,
  type FeeGround,
  type FeeKind,
  type FeePlace,
  type VersionTerms,
} from './words.ts'

/** The document that forbids them (cases.md M8); the reason that every refusal gives. */
export const forbiddingDocument = '国办函〔2020〕129号'

/** What something is called that nobody may charge for, and the name by which it is refused. */
const forbidden: readonly { readonly what: string; readonly named: RegExp }[] = [
  { what: '到期换表', named: /(?:到期|超期|期满).*表|表.*(?:到期|超期|期满)|换表费|更换燃气表/u },
  {
    what: '燃气表',
    named: /(?:气|量|能|网|膜|卡|旧|新|NB)表(?!后|前|位|箱|阀)|计量(?:装置|器具)|流量计|表具(?!后|前|移)|^表$/iu,
  },
  { what: '燃气表及表前设施的维修、维护', named: /表前|红线外|引入管|庭院管网?|调压箱/u },
]
/** A meter that is only moved, or tested, as the customer wants it, is not sold. */
const moved = /移|迁|拆装|检定|校验/u

/**
 * What of the forbidden an item would charge for, by its name; null where nothing. `further`: names the company itself never
 * charges for (setting fees.forbiddenNames).
 */
export function forbiddenIn(name: string, further: readonly string[] = []): string | null {
  const plain = name.replace(/\s/gu, '')
  const law = forbidden.find(({ what, named }) => named.test(plain) && !(what === '燃气表' && moved.test(plain)))
  return law?.what ?? further.find((one) => plain.includes(one)) ?? null
}

export const forbiddenWords = (what: string): string =>
  `${what}不得向用户收费（${forbiddingDocument}），请勿设立或收取这个项目`

/** Why nothing may be charged on this ground; null where something may. */
export function groundProblem(place: FeePlace, ground: FeeGround | null): string | null {
  const asked = groundsOfPlace[place]
  if (asked.length === 0) return ground === null ? null : `${feePlace.names[place]}收费不用填写情形`
  if (ground === null || !asked.includes(ground))
    return place === 'exchange' ? '请选择换表原因' : '请选择维修的是表前还是表后'
  if (ground === 'expired') return forbiddenWords('到期换表')
  if (ground === 'faulty') return forbiddenWords('燃气表（自身故障更换）')
  if (ground === 'before-meter') return forbiddenWords('燃气表及表前设施的维修、维护')
  return null
}

export interface FeeProblem {
  readonly field: string
  readonly message: string
}

export interface ItemTerms {
  readonly name: string
  readonly kind: FeeKind
  readonly account: FeeAccount
}

/** Everything wrong with an item as it is to be set up. */
export function itemProblems({ name, kind, account }: ItemTerms, further: readonly string[]): FeeProblem[] {
  const what = forbiddenIn(name, further)
  return [
    ...(what === null ? [] : [{ field: 'name', message: forbiddenWords(what) }]),
    ...(accountsOfKind[kind].includes(account)
      ? []
      : [
          {
            field: 'account',
            message: `${feeKind.names[kind]}应记入${accountsOfKind[kind].map((one) => feeAccount.names[one]).join('或')}`,
          },
        ]),
  ]
}

/** Everything wrong with a version of an item. Goods and insurance are sold at the counter alone, inside no application. */
export function versionProblems(kind: FeeKind, version: VersionTerms): FeeProblem[] {
  const { price, maxPrice, places, buyers } = version
  return [
    ...(maxPrice < price ? [{ field: 'maxPrice', message: '最高单价不能低于最低单价' }] : []),
    ...(places.length === 0 ? [{ field: 'places', message: '请选择可以在哪里收' }] : []),
    ...(kind !== 'service' && places.some((place) => place !== 'counter')
      ? [
          {
            field: 'places',
            message: `${feeKind.names[kind]}只能在柜台由客户自愿购买，不得放进报装、过户等业务（不得搭售）`,
          },
        ]
      : []),
    ...(buyers.length === 0 ? [{ field: 'buyers', message: '请选择向哪类客户收' }] : []),
  ]
}

/** Quantity × unit price, rounded half up to the fen. */
export const chargeAmount = (unitPrice: Fen, quantity: number): Fen => proportion(unitPrice, quantity, quantityParts)

/** The tax within an amount that includes it, rounded half up. @param rate hundredths of a percent */
export const taxWithin = (amount: Fen, rate: number): Fen => proportion(amount, rate, 10_000 + rate)

export interface AskedCharge {
  readonly place: FeePlace
  readonly ground: FeeGround | null
  readonly quantity: number
  /** Null: the price of the list; an amount only where the list leaves it open. */
  readonly unitPrice: Fen | null
  /** Who of the customer's side wants it, and how that was said; '' where nothing of the kind is needed. */
  readonly consent: string
}
export interface ItemNow extends ItemTerms {
  readonly state: 'in-force' | 'stopped'
  /** The version in force on the day; null before the first one begins. */
  readonly version: (VersionTerms & { readonly document: string }) | null
  readonly firstFrom: string | null
}

/** Everything that stands in the way of charging an item now, each naming what to mend. */
export function chargeProblems(
  item: ItemNow,
  asked: AskedCharge,
  { buyer, further }: { readonly buyer: FeeBuyer; readonly further: readonly string[] },
): FeeProblem[] {
  const at = (field: string, message: string): FeeProblem => ({ field, message })
  const what = forbiddenIn(item.name, further)
  if (what !== null) return [at('itemId', forbiddenWords(what))]
  if (item.state === 'stopped') return [at('itemId', `“${item.name}”已停用，不能再收`)]
  const { version } = item
  if (version === null) {
    const from = item.firstFrom === null ? '还没有价格' : `${item.firstFrom} 起才执行`
    return [at('itemId', `“${item.name}”${from}，现在不能收`)]
  }
  const ground = groundProblem(asked.place, asked.ground)
  return [
    ...(version.document.trim() === '' ? [at('itemId', `“${item.name}”没有文件依据，不能收费，请主任补录`)] : []),
    ...(version.places.includes(asked.place)
      ? []
      : [
          at('place', `“${item.name}”只在${placesInWords(version.places)}时收，不在${feePlace.names[asked.place]}时收`),
        ]),
    ...(version.buyers.includes(buyer) ? [] : [at('itemId', `“${item.name}”不向${feeBuyer.names[buyer]}客户收取`)]),
    ...(ground === null ? [] : [at('ground', ground)]),
    ...(Number.isSafeInteger(asked.quantity) && asked.quantity > 0 ? [] : [at('quantity', '数量应大于零')]),
    ...priceProblems(version, asked.unitPrice),
    ...(item.kind !== 'service' && asked.consent.trim() === ''
      ? [at('consent', `${feeKind.names[item.kind]}须客户本人自愿，请填写谁同意、怎样同意的`)]
      : []),
  ]
}

function priceProblems({ price, maxPrice }: VersionTerms, unitPrice: Fen | null): FeeProblem[] {
  if (unitPrice === null) {
    return maxPrice > price ? [{ field: 'unitPrice', message: '这个项目据实计价，请填写单价' }] : []
  }
  if (unitPrice >= price && unitPrice <= maxPrice) return []
  const range = maxPrice > price ? `${formatYuan(price)}–${formatYuan(maxPrice)}` : formatYuan(price)
  return [{ field: 'unitPrice', message: `单价应为 ${range} 元，与价目表一致` }]
}

export interface OpenCharge {
  readonly chargeId: string
  readonly kind: FeeKind
  readonly name: string
  readonly outstanding: Fen
}

/**
 * Why these cannot be paid in one payment; null where they can. Goods and insurance each have a receipt of their own: never
 * together with gas or a service, so that nobody thinks that one depends on the other.
 */
export function togetherProblem(charges: readonly Pick<OpenCharge, 'kind' | 'name'>[], bills: number): string | null {
  const sold = charges.find(({ kind }) => kind !== 'service')
  if (!sold) return null
  const other = bills > 0 || charges.some(({ kind }) => kind !== sold.kind)
  return other ? `“${sold.name}”是${feeKind.names[sold.kind]}，须单独收款、单独开收据，请先只勾选这一类` : null
}

export interface ChargePart {
  readonly chargeId: string
  readonly amount: Fen
}

/** Puts money on charges in their order; `left` is what none of them took. */
export function allocateCharges(
  charges: readonly Pick<OpenCharge, 'chargeId' | 'outstanding'>[],
  amount: Fen,
): { parts: ChargePart[]; left: Fen } {
  let left = amount
  const parts: ChargePart[] = []
  for (const { chargeId, outstanding } of charges) {
    const part = fen(Math.min(left, outstanding))
    if (part === 0) continue
    parts.push({ chargeId, amount: part })
    left = subtract(left, part)
  }
  return { parts, left }
}

/** What a charge still owes. */
export const outstandingOf = ({ amount, paid }: { readonly amount: Fen; readonly paid: Fen }): Fen =>
  subtract(amount, paid)
export const totalOutstanding = (charges: readonly Pick<OpenCharge, 'outstanding'>[]): Fen =>
  charges.reduce((total, { outstanding }) => add(total, outstanding), fen(0))
