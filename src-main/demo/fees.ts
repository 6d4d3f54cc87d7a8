/** 示例: a price list for the demo hall. Every price and document of it is invented, and says so. */
import { seedItems } from '../fees/service.ts'
import type { FeeAccount, FeeBuyer, FeeKind, FeePlace } from '../fees/api.ts'
import type { Context } from '../platform/context.ts'
import { addDays, shanghaiDate } from '../platform/dates.ts'
import { fen } from '../platform/money.ts'

const both: readonly FeeBuyer[] = ['resident', 'non-resident']
const item = (
  name: string,
  unit: string,
  price: number,
  about: {
    readonly kind?: FeeKind
    readonly account?: FeeAccount
    readonly maxPrice?: number
    readonly taxRate?: number
    readonly places?: readonly FeePlace[]
    readonly buyers?: readonly FeeBuyer[]
  } = {},
) => ({
  ...{ name: `${name}（示例）`, unit, kind: about.kind ?? 'service', account: about.account ?? 'fee-revenue' },
  version: {
    ...{ price: fen(price), maxPrice: fen(about.maxPrice ?? price), taxRate: about.taxRate ?? 600 },
    ...{
      document: '示例文件，请换成批准价格的文件',
      places: about.places ?? ['counter'],
      buyers: about.buyers ?? both,
    },
  },
})
const goods = { kind: 'goods', account: 'goods-revenue', taxRate: 1_300 } as const

const examples = [
  item('户内安装', '户', 88_000, { account: 'installation-revenue', taxRate: 900, places: ['opening'] }),
  item('改管', '米', 3_500, { maxPrice: 6_000, places: ['counter', 'repair'] }),
  item('移表', '次', 12_000),
  item('过户手续', '次', 1_000, { places: ['transfer'] }),
  item('补卡', '张', 2_000),
  item('二次点火', '次', 3_000),
  item('表后维修工时', '工时', 5_000, { places: ['repair', 'exchange'] }),
  item('表后阀', '只', 4_500, { ...goods }),
  item('金属软管', '根', 6_800, { ...goods, buyers: ['resident'] }),
  item('家用报警器', '台', 19_800, { ...goods, buyers: ['resident'] }),
  item('家用灶具', '台', 69_900, { ...goods, buyers: ['resident'] }),
  item('燃气意外险', '年', 5_000, { kind: 'insurance', account: 'agency-payable', taxRate: 0, buyers: ['resident'] }),
] as const

export function seedFees(context: Context): void {
  const effectiveFrom = addDays(shanghaiDate(context.clock.now()), -365)
  seedItems(
    context,
    examples.map(({ version, ...one }) => ({ ...one, version: { ...version, effectiveFrom } })),
  )
}
