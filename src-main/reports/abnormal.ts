/** 异常用气: readings that are not as usual, each with the customer behind it (clause 25(1)). */
import { categoryNames, type CustomerCategory } from '../customers/api.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { daysBetween, type BusinessDate } from '../platform/dates.ts'
import { samePlaceSql } from '../metering/service.ts'
import { count, date, litres, text } from './columns.ts'
import type { ReportColumn, ReportRow, ReportSection } from './report.ts'
import { abnormalUse, usualPerDay, unusedSince, type AbnormalLimits } from './rules.ts'

const abnormalKinds = ['zero', 'rise', 'fall', 'estimated', 'backwards'] as const
type AbnormalKind = (typeof abnormalKinds)[number]
const names: Record<AbnormalKind, string> = {
  zero: '长期零用气',
  rise: '突然升高',
  fall: '突然降低',
  estimated: '估抄',
  backwards: '表数倒走',
}

/** Readings before one that are looked at: two years of the usual two-monthly ones, and the season a year ago. */
const pastReadings = 13
/** Customers listed of each kind; all of them are counted. */
const mostListed = 300

interface Reading {
  readonly accountId: string
  readonly meterId: string
  readonly previousOn: BusinessDate
  readonly readOn: BusinessDate
  readonly previousIndex: number
  readonly currentIndex: number
  readonly consumption: number
  readonly source: string
}
interface Found {
  /** The account, with the place of the meter where it is a further one. */
  readonly key: string
  readonly reading: Reading
  /** Litres a day now and usually; null where there is no history. */
  readonly daily: number
  readonly usual: number | null
  readonly since: BusinessDate | null
}

const readingSql = `SELECT account_id AS accountId, meter_id AS meterId, previous_on AS previousOn, read_on AS readOn,
    previous_index AS previousIndex, current_index AS currentIndex, consumption, source FROM readings WHERE id = ?`
export const pastSql = `SELECT previous_on AS previousOn, read_on AS readOn, consumption FROM readings
  WHERE account_id = ? AND read_on < ? AND state <> 'void' AND meter_id IN ${samePlaceSql('?')}
  ORDER BY read_on DESC, id DESC LIMIT ${pastReadings}`
const accountSql = `SELECT a.account_no AS accountNo, c.name AS customer, c.category, p.community,
    (SELECT meter_no FROM meters WHERE id = @meterId) AS meterNo
  FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id WHERE a.id = @accountId`

/** Readings and names looked up in one slice: few, since each may have to be fetched from the disk. */
const sliceSize = 20

const nothingFound = (): Readonly<Record<AbnormalKind, Found[]>> => ({
  zero: [],
  rise: [],
  fall: [],
  estimated: [],
  backwards: [],
})

function look(
  context: Context,
  [key, readingId]: readonly [string, string],
  limits: AbnormalLimits,
  found: ReturnType<typeof nothingFound>,
): void {
  const { sqlite } = context
  const reading = statement<Reading>(sqlite, readingSql).get(readingId)
  if (!reading) return
  const past = statement<Reading>(sqlite, pastSql).all(reading.accountId, reading.readOn, reading.meterId)
  const days = daysBetween(reading.previousOn, reading.readOn)
  const one: Found = {
    key,
    reading,
    daily: days === 0 ? 0 : Math.round(reading.consumption / days),
    usual: usualPerDay(reading, past),
    since: unusedSince(reading, past),
  }
  const kind = abnormalUse(reading, past, limits)
  if (kind) found[kind].push(one)
  if (reading.source === 'estimated') found.estimated.push(one)
  // Either the register ran through its end, or the meter ran backwards and somebody confirmed it.
  if (reading.currentIndex < reading.previousIndex) found.backwards.push(one)
}

/** How conspicuous it is: days without use, or litres a day away from what is usual. */
const weight = (kind: AbnormalKind, { daily, usual, since, reading }: Found): number =>
  kind === 'zero' && since !== null ? daysBetween(since, reading.readOn) : Math.abs(daily - (usual ?? 0))

/** Names of those that are listed; the others are only counted. */
function rowOf(context: Context, { key, reading, daily, usual, since }: Found, place: number): ReportRow {
  const account =
    place < mostListed
      ? statement<{
          accountNo: string
          customer: string
          category: CustomerCategory
          community: string
          meterNo: string
        }>(context.sqlite, accountSql).get({ accountId: reading.accountId, meterId: reading.meterId })
      : undefined
  return {
    key,
    link: `/customers/${reading.accountId}`,
    cells: {
      order: -place,
      accountNo: account?.accountNo ?? '',
      customer: account?.customer ?? '',
      meterNo: account?.meterNo ?? '',
      category: account ? categoryNames[account.category] : '',
      community: account?.community ?? '',
      readOn: reading.readOn,
      consumption: reading.consumption,
      daily,
      usual: usual === null ? null : Math.round(usual),
      since,
      days: since === null ? null : daysBetween(since, reading.readOn),
    },
  }
}

/**
 * What is not as usual about the last reading of each meter.
 * @param last reading id by account and 表位 · @param from share of the progress that is done already
 */
export function* abnormalRows(
  context: Context,
  last: ReadonlyMap<string, string>,
  from: number,
): Generator<number, Record<string, readonly ReportRow[]>> {
  const { settings } = context
  const limits: AbnormalLimits = {
    zeroMonths: settings.get('reports.zeroMonths'),
    risePercent: settings.get('reports.risePercent'),
    fallPercent: settings.get('reports.fallPercent'),
    leastVolume: settings.get('reports.leastCubicMetres') * 1_000,
  }
  const found = nothingFound()
  let done = 0
  for (const one of last) {
    look(context, one, limits, found)
    if (++done % sliceSize === 0) yield from + ((1 - from) * done) / last.size
  }
  const rows: Record<string, ReportRow[]> = {}
  for (const kind of abnormalKinds) {
    const sorted = found[kind].toSorted((a, b) => weight(kind, b) - weight(kind, a))
    const listed: ReportRow[] = (rows[`abnormal-${kind}`] = [])
    for (const [place, one] of sorted.entries()) {
      listed.push(rowOf(context, one, place))
      if (place < mostListed && place % sliceSize === 0) yield 1
    }
  }
  const summary = abnormalKinds.map((kind) => ({
    key: kind,
    cells: { kind: names[kind], accounts: found[kind].length },
  }))
  return { abnormal: summary, ...rows }
}

const who = [
  text('accountNo', '户号'),
  text('customer', '户名'),
  text('meterNo', '表号'),
  text('category', '类别'),
  text('community', '小区'),
]
const perDay = (key: string, label: string): ReportColumn => ({ ...litres(key, label), sum: false })
const columns: Readonly<Record<AbnormalKind, readonly ReportColumn[]>> = {
  zero: [...who, date('readOn', '抄表日'), date('since', '未用气自'), { ...count('days', '天数'), sum: false }],
  rise: [
    ...who,
    date('readOn', '抄表日'),
    litres('consumption', '用气量'),
    perDay('daily', '日均'),
    perDay('usual', '往常日均'),
  ],
  fall: [
    ...who,
    date('readOn', '抄表日'),
    litres('consumption', '用气量'),
    perDay('daily', '日均'),
    perDay('usual', '往常日均'),
  ],
  estimated: [...who, date('readOn', '抄表日'), litres('consumption', '用气量'), perDay('usual', '往常日均')],
  backwards: [...who, date('readOn', '抄表日'), litres('consumption', '用气量')],
}

export const abnormalSections: readonly ReportSection[] = [
  {
    id: 'abnormal',
    title: '异常用气',
    note: '每块表看期内最后一次抄表，与本表上年同季比较，没有的与近三次比较；一户可能属于几类，一户多表的各表分别列出',
    columns: [text('kind', '类别'), { ...count('accounts', '户数'), sum: false }],
    fixed: () => abnormalKinds.map((kind) => ({ key: kind, cells: { kind: names[kind], accounts: 0 } })),
    totals: false,
  },
  ...abnormalKinds.map((kind): ReportSection => ({
    id: `abnormal-${kind}`,
    title: `${names[kind]}名单`,
    columns: columns[kind],
    largest: 'order',
    limit: mostListed,
    totals: false,
  })),
]
