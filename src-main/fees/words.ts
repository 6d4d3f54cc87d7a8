/** 收费项目: the words of what a counter charges for beside gas. Used on both floors. */
import type { TermsOf } from '../platform/approval-terms.ts'
import { words, type WordOf } from '../platform/dictionary.ts'
import { fen, formatYuan, type Fen } from '../platform/money.ts'

/** Goods and insurance are sold, never asked for: each on the customer's own wish and with a receipt of its own. */
export const feeKind = words({ service: '服务', goods: '商品', insurance: '代办保险' })
export type FeeKind = WordOf<typeof feeKind>

/** Where something is charged. */
export const feePlace = words({
  counter: '柜台',
  opening: '开户',
  transfer: '过户',
  exchange: '换表',
  repair: '维修',
})
export type FeePlace = WordOf<typeof feePlace>

/** Whom it may be charged. */
export const feeBuyer = words({ resident: '居民', 'non-resident': '非居民' })
export type FeeBuyer = WordOf<typeof feeBuyer>

/** Ledger accounts that take what is charged; the names are the ledger's own. */
export const feeAccount = words({
  'fee-revenue': '服务收入',
  'installation-revenue': '工程安装收入',
  'goods-revenue': '商品销售收入',
  'agency-payable': '代收款',
})
export type FeeAccount = WordOf<typeof feeAccount>

/** Where the money of a kind may go: a premium is never ours, goods are no service. */
export const accountsOfKind: Readonly<Record<FeeKind, readonly FeeAccount[]>> = {
  service: ['fee-revenue', 'installation-revenue'],
  goods: ['goods-revenue'],
  insurance: ['agency-payable'],
}

/**
 * What a meter is exchanged for, or on which side of it something is repaired: asked where the answer decides whether anything
 * may be charged at all.
 */
export const feeGround = words({
  wish: '用户要求',
  damaged: '用户损坏',
  expired: '表具到期',
  faulty: '表具自身故障',
  'after-meter': '表后设施',
  'before-meter': '燃气表或表前设施',
})
export type FeeGround = WordOf<typeof feeGround>

export const groundsOfPlace: Readonly<Record<FeePlace, readonly FeeGround[]>> = {
  counter: [],
  opening: [],
  transfer: [],
  exchange: ['wish', 'damaged', 'expired', 'faulty'],
  repair: ['after-meter', 'before-meter'],
}
/** Grounds on which something may be charged. */
export const chargeableGrounds = ['wish', 'damaged', 'after-meter'] as const satisfies readonly FeeGround[]

export const chargeState = words({ open: '待缴', settled: '已缴清', withdrawn: '已作废' })
export type ChargeState = WordOf<typeof chargeState>

/** A quantity is a whole number of hundredths: 3.5 m of pipe are 350. */
export const quantityParts = 100

/** '3.5' of 350: quantities and percents are kept in hundredths. */
export const showQuantity = (quantity: number): string => String(quantity / quantityParts)

/** '20.00 元/次', '15.00–40.00 元/米（据实）'. */
export const feePriceInWords = ({ price, maxPrice, unit }: { price: Fen; maxPrice: Fen; unit: string }): string =>
  maxPrice > price
    ? `${formatYuan(price)}–${formatYuan(maxPrice)} 元/${unit}（据实）`
    : `${formatYuan(price)} 元/${unit}`

/** '13%', '0%', '6.5%'; a rate is hundredths of a percent. */
export const taxInWords = (rate: number): string => `${showQuantity(rate)}%`

export const feeActs = {
  create: '新建收费项目',
  add: '录入新版本',
  withdraw: '撤回版本',
  stop: '停用收费项目',
  resume: '重新启用收费项目',
} as const
export type FeeAct = keyof typeof feeActs

export interface VersionTerms {
  readonly effectiveFrom: string
  readonly price: Fen
  readonly maxPrice: Fen
  readonly taxRate: number
  readonly document: string
  readonly places: readonly FeePlace[]
  readonly buyers: readonly FeeBuyer[]
}

const named = <Word extends string>(
  names: Readonly<Record<Word, string>>,
  all: readonly Word[],
  some: readonly Word[],
) =>
  all
    .filter((one) => some.includes(one))
    .map((one) => names[one])
    .join('、')
export const placesInWords = (places: readonly FeePlace[]): string => named(feePlace.names, feePlace.values, places)
export const buyersInWords = (buyers: readonly FeeBuyer[]): string => named(feeBuyer.names, feeBuyer.values, buyers)

/** What a second person agrees to, computed by the screen that asks and by the call that acts. */
export const feeTerms = (
  act: FeeAct,
  item: { readonly name: string; readonly kind: FeeKind; readonly unit: string; readonly account: FeeAccount },
  about: { readonly version?: VersionTerms; readonly reason?: string },
): TermsOf<'fee-item'> => {
  const { version, reason = '' } = about
  return {
    act: feeActs[act],
    item: `${item.name.trim()}（${feeKind.names[item.kind]}，入${feeAccount.names[item.account]}）`,
    effectiveFrom: version?.effectiveFrom ?? '',
    document: (version?.document ?? '').trim(),
    price: version
      ? `${feePriceInWords({ ...version, unit: item.unit.trim() })}，税率 ${taxInWords(version.taxRate)}`
      : '',
    scope: version ? `${placesInWords(version.places)}；${buyersInWords(version.buyers)}` : '',
    reason: reason.trim(),
  }
}

/** What a quantity costs at a unit price is `chargeAmount` in rules.ts; nothing costs less than a fen. */
export const leastCharge = fen(1)
