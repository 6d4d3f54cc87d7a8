/**
 * Price tables as published (domain.md §2.2), for the demo hall and the tests. None is claimed to be in force today; a
 * company enters its own. Where a source gives no start of the cycle or no first day, 01-01 stands and `source` says 示例.
 */
import { businessDate, monthDay } from '../platform/dates.ts'
import { cubicMetres, unitPrice } from '../platform/money.ts'
import type { HouseholdAddon, PricePlan, Tier } from './rules.ts'

/** `[upper limit in m³ a year or null, price in fen per m³]` */
const tiers = (...rows: readonly (readonly [number | null, number])[]): Tier[] =>
  rows.map(([upTo, fenPerM3]) => ({
    upTo: upTo === null ? null : cubicMetres(upTo),
    price: unitPrice(fenPerM3 * 100),
  }))

const addon = (minPersons: number, mode: HouseholdAddon['mode'], ...cubic: number[]): HouseholdAddon => ({
  minPersons,
  mode,
  addByTier: cubic.map(cubicMetres),
})

/** 上海 2014-09-01 起: cycle from 1 September; households of 5 and more get 150 m³ a year once. */
export const shanghai2014: PricePlan = {
  id: 'example-shanghai-2014',
  name: '居民阶梯（上海 2014）',
  category: 'resident',
  cycleStart: monthDay('09-01'),
  versions: [
    {
      id: 'example-shanghai-2014-09',
      effectiveFrom: businessDate('2014-09-01'),
      source: '上海 2014-09-01 起公布价（示例，非现价）',
      kind: 'tiered',
      tiers: tiers([310, 300], [520, 330], [null, 420]),
      householdAddon: addon(5, 'once', 150, 150),
    },
  ],
}

/** 广州方案一 2015-09, as put to the hearing. */
export const guangzhouOptionOne: PricePlan = {
  id: 'example-guangzhou-1',
  name: '居民阶梯（广州方案一）',
  category: 'resident',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-guangzhou-1-2016',
      effectiveFrom: businessDate('2016-01-01'),
      source: '广州 2015-09 听证方案一（示例，起始日为假定）',
      kind: 'tiered',
      tiers: tiers([247, 345], [398, 414], [null, 518]),
      householdAddon: null,
    },
  ],
}

/** 广州方案二 2015-09, as put to the hearing. */
export const guangzhouOptionTwo: PricePlan = {
  id: 'example-guangzhou-2',
  name: '居民阶梯（广州方案二）',
  category: 'resident',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-guangzhou-2-2016',
      effectiveFrom: businessDate('2016-01-01'),
      source: '广州 2015-09 听证方案二（示例，起始日为假定）',
      kind: 'tiered',
      tiers: tiers([251, 345], [405, 414], [null, 518]),
      householdAddon: null,
    },
  ],
}

/** 某市 2016-01-01 起, 3.45 yuan table; above 4 persons 100 m³ a year each. */
export const city345: PricePlan = {
  id: 'example-city-345',
  name: '居民阶梯（3.45 价表）',
  category: 'resident',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-city-345-2016',
      effectiveFrom: businessDate('2016-01-01'),
      source: '某市 2016-01-01 起公布价（示例，城市名未证）',
      kind: 'tiered',
      tiers: tiers([320, 345], [400, 414], [null, 518]),
      householdAddon: addon(5, 'perExtraPerson', 100, 100),
    },
  ],
}

/** 某市, 2.19 yuan table. */
export const city219: PricePlan = {
  id: 'example-city-219',
  name: '居民阶梯（2.19 价表）',
  category: 'resident',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-city-219-2016',
      effectiveFrom: businessDate('2016-01-01'),
      source: '某市公布价（示例，城市名未证，起始日为假定）',
      kind: 'tiered',
      tiers: tiers([500, 219], [660, 263], [null, 329]),
      householdAddon: null,
    },
  ],
}

/** Schools, homes for the old and communities pay the resident price without tiers: first tier × 1.1. */
export const publicWelfare241: PricePlan = {
  id: 'example-welfare-241',
  name: '执行居民价的非居民（学校、养老、社区）',
  category: 'public',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-welfare-241-2016',
      effectiveFrom: businessDate('2016-01-01'),
      source: '某市一档 2.19 × 1.1（示例，起始日为假定）',
      kind: 'flat',
      price: unitPrice(24_100),
    },
  ],
}

/** 非居民最高限价 4.17 from 2018-06-01. */
export const nonResident417: PricePlan = {
  id: 'example-non-resident-417',
  name: '非居民（4.17）',
  category: 'commercial',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-non-resident-417-2018',
      effectiveFrom: businessDate('2018-06-01'),
      source: '某市非居民最高限价 2018-06-01 起（示例）',
      kind: 'flat',
      price: unitPrice(41_700),
    },
  ],
}

/** Boiler gas at two prices; the months follow a published contract sample, the prices are invented. */
export const seasonalBoiler: PricePlan = {
  id: 'example-seasonal-boiler',
  name: '锅炉用气（季节价）',
  category: 'industrial',
  cycleStart: monthDay('01-01'),
  versions: [
    {
      id: 'example-seasonal-boiler-2018',
      effectiveFrom: businessDate('2018-06-01'),
      source: '季节划分见合同样本，单价为虚构示例',
      kind: 'seasonal',
      seasons: [
        { name: '冬季', months: [12, 1, 2], price: unitPrice(45_000) },
        { name: '非冬季', months: [3, 4, 5, 6, 7, 8, 9, 10, 11], price: unitPrice(39_000) },
      ],
    },
  ],
}

/** Every example, as the demo hall lists them. */
export const examplePlans: readonly PricePlan[] = [
  shanghai2014,
  guangzhouOptionOne,
  guangzhouOptionTwo,
  city345,
  city219,
  publicWelfare241,
  nonResident417,
  seasonalBoiler,
]
