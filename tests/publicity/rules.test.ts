import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, type BusinessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, unitPrice } from '../../src-main/platform/money.ts'
import { BoardContent, fillIns, type FillInValues } from '../../src-main/publicity/api.ts'
import { exampleBoard } from '../../src-main/publicity/service.ts'
import {
  boardProblems,
  campaignTransitions,
  filled,
  pricesOn,
  showHeat,
  showPressure,
  unknownFillIns,
} from '../../src-main/publicity/rules.ts'
import { examplePlans } from '../../src-main/tariffs/examples.ts'
import type { PricePlan } from '../../src-main/tariffs/rules.ts'
import { content } from './support.ts'

const today = businessDate('2026-11-23')
const values = Object.fromEntries(fillIns.map((word) => [word, `<${word}>`])) as Record<string, string> as FillInValues

describe('what is published', () => {
  test('is complete: the shipped example and a plain board have nothing in their way', () => {
    expect(boardProblems(content(), today)).toEqual([])
    expect(boardProblems(exampleBoard, today)).toEqual([])
    expect(BoardContent.parse(exampleBoard)).toEqual(exampleBoard)
  })

  test('lists everything that is missing at once (clauses 10(2), 22(2))', () => {
    const empty = content({
      gas: { composition: [], grossHeat: 0, netHeat: 0, pressures: [], analysedOn: null, analysedBy: '' },
      services: [],
      hours: [],
    })
    expect(boardProblems(empty, today)).toEqual([
      '请填写燃气组分',
      '请填写高位和低位发热量',
      '请填写供气压力及其供气对象',
      '请填写气质检测日期和检测单位',
      '请填写服务项目',
      '请填写营业时间',
    ])
  })

  const gas = content().gas
  test.each<[string, BoardContent, string]>([
    [
      'shares that are not the whole',
      content({ gas: { ...gas, composition: [{ name: '甲烷', share: 9_400 }] } }),
      '94.00%',
    ],
    [
      'shares of more than the whole',
      content({ gas: { ...gas, composition: [...gas.composition, { name: '乙烷', share: 100 }] } }),
      '100.80%',
    ],
    [
      'a net heat that is no less than the gross one',
      content({ gas: { ...gas, netHeat: 38_000 } }),
      '低位发热量应小于',
    ],
    ['an analysis of tomorrow', content({ gas: { ...gas, analysedOn: addDays(today, 1) } }), '不能晚于今天'],
    [
      'a service without steps',
      content({ services: [{ name: '过户', steps: [], timeLimit: '当日', papers: '' }] }),
      '服务“过户”的流程不完整',
    ],
    [
      'a service without a time limit',
      content({ services: [{ name: '过户', steps: ['受理'], timeLimit: '', papers: '' }] }),
      '服务“过户”没有时限',
    ],
    ['a word nothing stands behind', content({ tips: ['打【值班电话】'] }), '【值班电话】没有可填的内容'],
    ['a price typed by hand', content({ tips: ['居民气价 3.45 元/m³'] }), '气价由价格表自动显示'],
    ['a price typed in words', content({ hours: ['3.45元每立方米'] }), '气价由价格表自动显示'],
  ])('refuses %s', (_, board, words) => expect(boardProblems(board, today).join('；')).toContain(words))
})

describe('words in 【】', () => {
  test('follow the settings; text around them stays, whatever it is', () => {
    expect(filled('打【抢险电话】或【服务电话】', values)).toBe('打<抢险电话>或<服务电话>')
    expect(unknownFillIns('【抢险电话】【别的】')).toEqual(['别的'])
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...fillIns), (text, word) => {
        const plain = text.replaceAll(/[【】]/g, '')
        expect(filled(`${plain}【${word}】${plain}`, values)).toBe(`${plain}<${word}>${plain}`)
        expect(unknownFillIns(`${plain}【${word}】`)).toEqual([])
      }),
    )
  })
})

const tiered = (from: string, price: number): PricePlan['versions'][number] => ({
  id: `v${from}`,
  effectiveFrom: businessDate(from),
  source: '发改价〔2026〕1 号',
  kind: 'tiered',
  tiers: [
    { upTo: cubicMetres(320), price: unitPrice(price) },
    { upTo: null, price: unitPrice(price + 7_000) },
  ],
  householdAddon: { minPersons: 5, mode: 'perExtraPerson', addByTier: [cubicMetres(84)] },
})
const plan = (...versions: PricePlan['versions']): PricePlan => ({
  id: 'p',
  name: '居民阶梯',
  category: 'resident',
  cycleStart: '01-01' as PricePlan['cycleStart'],
  versions,
})

describe('prices on the board', () => {
  test('are those of the version in force, with tiers, notes and what comes next', () => {
    const [shown] = pricesOn([plan(tiered('2026-01-01', 34_500), tiered('2026-12-01', 36_000))], today)
    expect(shown).toMatchObject({
      effectiveFrom: '2026-01-01',
      rows: [
        { name: '第一档', range: '0–320 m³', price: 34_500 },
        { name: '第二档', range: '320 m³ 以上', price: 41_500 },
      ],
      notes: ['按年用气量分档，自每年 1 月 1 日起重新计算', '超过 4 人的家庭，每增加 1 人，各档年上限增加 84 m³'],
      next: { from: '2026-12-01', text: '2026年12月1日起：第一档 3.60 元，第二档 4.30 元' },
    })
  })

  test('change on the day itself and on no other, whatever versions there are', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays(businessDate('2026-01-01'), n))
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 6 }), day, (starts, on) => {
        const versions = starts.toSorted().map((from, i) => tiered(from, 30_000 + i * 100))
        const expected = starts
          .filter((from) => from <= on)
          .toSorted()
          .at(-1)
        const shown = pricesOn([plan(...versions)], on)
        expect(shown.map(({ effectiveFrom }) => effectiveFrom)).toEqual(expected === undefined ? [] : [expected])
        const next = starts.filter((from) => from > on).toSorted()[0]
        if (expected !== undefined) expect(shown[0]?.next?.from).toBe(next)
      }),
    )
  })

  test('mark the season of the day', () => {
    const seasonal = examplePlans.filter(({ versions }) => versions[0]?.kind === 'seasonal')
    const now = (on: BusinessDate) => pricesOn(seasonal, on)[0]?.rows.find((row) => row.now)?.name
    expect([now(businessDate('2026-11-30')), now(businessDate('2026-12-01'))]).toEqual(['非冬季', '冬季'])
  })

  test('of every shipped example can be shown', () => {
    const shown = pricesOn(examplePlans, today)
    expect(shown).toHaveLength(examplePlans.length)
    for (const { rows } of shown) expect(rows.length).toBeGreaterThan(0)
  })
})

test('pressure and heating value are written in the units people know', () => {
  expect([800, 2_000, 2_500, 200_000].map(showPressure)).toEqual(['800 Pa', '2 kPa', '2.5 kPa', '0.2 MPa'])
  expect(showHeat(38_930)).toBe('38.93 MJ/m³')
})

test('a campaign that is over never goes on, whatever is tried in whatever order', () => {
  const actions = Object.keys(campaignTransitions) as (keyof typeof campaignTransitions)[]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 12 }), (tried) => {
      let state: 'planned' | 'done' | 'cancelled' = 'planned'
      for (const action of tried) {
        const before: typeof state = state
        if (campaignTransitions[action].from.includes(state)) state = campaignTransitions[action].to
        if (before !== 'planned') expect(state).toBe(before)
      }
    }),
  )
})
