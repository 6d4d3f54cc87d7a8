import { expect, test } from 'vitest'
import {
  allocateCharges,
  chargeAmount,
  chargeProblems,
  forbiddenIn,
  groundProblem,
  itemProblems,
  taxWithin,
  togetherProblem,
  versionProblems,
  type AskedCharge,
  type ItemNow,
} from '../../src-main/fees/rules.ts'
import { feePriceInWords, showQuantity, taxInWords, type VersionTerms } from '../../src-main/fees/words.ts'
import { fen } from '../../src-main/platform/money.ts'

test('a quantity costs its price, rounded half up to the fen: worked by hand', () => {
  // 1 × 20.00; 3.5 m × 35.00 = 122.50; 0.33 × 9.99 = 3.2967; 0.5 × 0.01 = half a fen.
  expect(chargeAmount(fen(2_000), 100)).toBe(2_000)
  expect(chargeAmount(fen(3_500), 350)).toBe(12_250)
  expect(chargeAmount(fen(999), 33)).toBe(330)
  expect(chargeAmount(fen(1), 50)).toBe(1)
  expect(chargeAmount(fen(1), 49)).toBe(0)
  expect(chargeAmount(fen(1_005), 250)).toBe(2_513)
})

test('the tax lies within the amount: worked by hand', () => {
  // 113.00 at 13 % holds 13.00; 20.00 at 6 % holds 1.1320…; 100.00 at 9 % holds 8.2568….
  expect(taxWithin(fen(11_300), 1_300)).toBe(1_300)
  expect(taxWithin(fen(2_000), 600)).toBe(113)
  expect(taxWithin(fen(10_000), 900)).toBe(826)
  expect(taxWithin(fen(10_000), 0)).toBe(0)
})

test('meters, repair up to the meter and exchange of expired meters are in no price list (cases M8)', () => {
  for (const [name, what] of [
    ['燃气表', '燃气表'],
    ['智能表（G2.5）', '燃气表'],
    ['IC卡表', '燃气表'],
    ['物联网表', '燃气表'],
    ['表具费', '燃气表'],
    ['气表', '燃气表'],
    ['皮膜表', '燃气表'],
    ['流量计', '燃气表'],
    ['计量器具使用费', '燃气表'],
    ['表', '燃气表'],
    ['到期换表', '到期换表'],
    ['到 期 换 表 费', '到期换表'],
    ['表具超期更换', '到期换表'],
    ['换表费', '到期换表'],
    ['表前阀维修', '燃气表及表前设施的维修、维护'],
    ['红线外管道维护', '燃气表及表前设施的维修、维护'],
    ['调压箱检修', '燃气表及表前设施的维修、维护'],
  ] as const)
    expect(forbiddenIn(name), name).toBe(what)
  for (const name of [
    ...[
      '安装',
      '改管',
      '移表',
      '燃气表移位',
      '燃气表检定',
      '过户',
      '补卡',
      '二次点火',
      '维修工时',
      '材料',
      '灶具',
      '报警器',
      '软管',
    ],
    ...['表后阀更换', '表后维修', '自闭阀', '家财险'],
  ])
    expect(forbiddenIn(name), name).toBeNull()
  expect(forbiddenIn('开口费', ['开口费', '接口费'])).toBe('开口费')
  expect(itemProblems({ name: '燃气表', kind: 'goods', account: 'goods-revenue' }, [])[0]?.message).toBe(
    '燃气表不得向用户收费（国办函〔2020〕129号），请勿设立或收取这个项目',
  )
})

test('on which ground a meter is exchanged or something repaired decides whether anything is charged', () => {
  expect(groundProblem('exchange', 'damaged')).toBeNull()
  expect(groundProblem('exchange', 'wish')).toBeNull()
  expect(groundProblem('exchange', 'expired')).toContain('到期换表不得向用户收费')
  expect(groundProblem('exchange', 'faulty')).toContain('不得向用户收费')
  expect(groundProblem('exchange', null)).toBe('请选择换表原因')
  expect(groundProblem('repair', 'after-meter')).toBeNull()
  expect(groundProblem('repair', 'before-meter')).toContain('表前设施')
  expect(groundProblem('repair', null)).toBe('请选择维修的是表前还是表后')
  expect(groundProblem('repair', 'damaged')).toBe('请选择维修的是表前还是表后')
  expect(groundProblem('counter', null)).toBeNull()
  expect(groundProblem('counter', 'damaged')).not.toBeNull()
})

const version: VersionTerms = {
  effectiveFrom: '2026-01-01',
  price: fen(2_000),
  maxPrice: fen(2_000),
  taxRate: 600,
  document: '示例价〔2026〕1号',
  places: ['counter', 'transfer'],
  buyers: ['resident'],
}

test('goods and insurance stand in no application, and a premium is nobody’s revenue', () => {
  expect(versionProblems('service', version)).toEqual([])
  expect(versionProblems('goods', version).map(({ field }) => field)).toEqual(['places'])
  expect(versionProblems('goods', { ...version, places: ['counter'] })).toEqual([])
  expect(versionProblems('service', { ...version, maxPrice: fen(1_999), places: [], buyers: [] })).toHaveLength(3)
  expect(itemProblems({ name: '家财险', kind: 'insurance', account: 'fee-revenue' }, [])[0]?.message).toBe(
    '代办保险应记入代收款',
  )
  expect(itemProblems({ name: '过户', kind: 'service', account: 'installation-revenue' }, [])).toEqual([])
})

const item: ItemNow = {
  name: '过户',
  kind: 'service',
  account: 'fee-revenue',
  state: 'in-force',
  version,
  firstFrom: '2026-01-01',
}
const asked: AskedCharge = { place: 'counter', ground: null, quantity: 100, unitPrice: null, consent: '' }
const where = { buyer: 'resident' as const, further: [] }
const fields = (one: ItemNow, of: AskedCharge, at = where) => chargeProblems(one, of, at).map(({ field }) => field)

test('what stands in the way of a charge is said, each with what to mend', () => {
  expect(fields(item, asked)).toEqual([])
  expect(chargeProblems({ ...item, state: 'stopped' }, asked, where)[0]?.message).toBe('“过户”已停用，不能再收')
  expect(chargeProblems({ ...item, version: null, firstFrom: '2027-01-01' }, asked, where)[0]?.message).toBe(
    '“过户”2027-01-01 起才执行，现在不能收',
  )
  expect(fields({ ...item, version: { ...version, document: ' ' } }, asked)).toEqual(['itemId'])
  expect(chargeProblems(item, { ...asked, place: 'opening' }, where)[0]?.message).toBe(
    '“过户”只在柜台、过户时收，不在开户时收',
  )
  expect(chargeProblems(item, asked, { buyer: 'non-resident', further: [] } as never)[0]?.message).toBe(
    '“过户”不向非居民客户收取',
  )
  expect(fields(item, { ...asked, quantity: 0 })).toEqual(['quantity'])
  expect(fields(item, { ...asked, quantity: -100 })).toEqual(['quantity'])
  expect(fields(item, { ...asked, quantity: 0.5 })).toEqual(['quantity'])
  expect(fields(item, { ...asked, unitPrice: fen(2_001) })).toEqual(['unitPrice'])
  const open = { ...item, version: { ...version, maxPrice: fen(4_000) } }
  expect(fields(open, asked)).toEqual(['unitPrice'])
  expect(fields(open, { ...asked, unitPrice: fen(3_000) })).toEqual([])
  expect(fields(open, { ...asked, unitPrice: fen(4_001) })).toEqual(['unitPrice'])
  // An item from before the name was forbidden is charged no more.
  expect(fields(item, asked, { buyer: 'resident', further: ['过户'] } as never)).toEqual(['itemId'])
  const hose: ItemNow = { ...item, name: '软管', kind: 'goods', version: { ...version, places: ['counter'] } }
  expect(fields(hose, asked)).toEqual(['consent'])
  expect(fields(hose, { ...asked, consent: '本人口头同意' })).toEqual([])
})

test('goods and insurance are paid apart', () => {
  const [service, goods, insurance] = (['service', 'goods', 'insurance'] as const).map((kind) => ({ kind, name: kind }))
  if (!service || !goods || !insurance) throw new Error()
  expect(togetherProblem([service], 2)).toBeNull()
  expect(togetherProblem([goods, goods], 0)).toBeNull()
  expect(togetherProblem([goods], 1)).not.toBeNull()
  expect(togetherProblem([goods, service], 0)).not.toBeNull()
  expect(togetherProblem([goods, insurance], 0)).not.toBeNull()
})

test('money goes on charges in their order', () => {
  const open = [
    { chargeId: 'a', outstanding: fen(100) },
    { chargeId: 'b', outstanding: fen(50) },
  ]
  expect(allocateCharges(open, fen(120))).toEqual({
    parts: [
      { chargeId: 'a', amount: 100 },
      { chargeId: 'b', amount: 20 },
    ],
    left: 0,
  })
  expect(allocateCharges(open, fen(200)).left).toBe(50)
})

test('words', () => {
  expect(showQuantity(350)).toBe('3.5')
  expect(showQuantity(100)).toBe('1')
  expect(showQuantity(1_000_000)).toBe('10000')
  expect(taxInWords(1_300)).toBe('13%')
  expect(taxInWords(0)).toBe('0%')
  expect(feePriceInWords({ price: fen(1_500), maxPrice: fen(4_000), unit: '米' })).toBe('15.00–40.00 元/米（据实）')
})
