/** 公示与宣传: what may be published, what a price looks like on the board, how a campaign moves (clauses 10, 22, 23). Pure. */
import { formatChineseDate, type BusinessDate } from '../platform/dates.ts'
import { formatCubicMetres, formatUnitPrice, type UnitPrice } from '../platform/money.ts'
import {
  lineName,
  seasonOn,
  versionOn,
  type HouseholdAddon,
  type PricePlan,
  type PriceVersion,
  type TieredVersion,
} from '../tariffs/rules.ts'
import type { BoardContent } from './content.ts'
import { fillIns, type CampaignState, type FillInValues } from './words.ts'

const fillIn = /【([^】]*)】/g

/** A text with its 【】 replaced by what the settings say now. A word that is not known stays as it is. */
export const filled = (text: string, values: FillInValues): string =>
  text.replace(fillIn, (whole, word: string) => values[word as keyof FillInValues] ?? whole)

/** Words in 【】 that nothing stands behind. */
export const unknownFillIns = (text: string): string[] =>
  [...text.matchAll(fillIn)].map(([, word = '']) => word).filter((word) => !fillIns.some((known) => known === word))

/** A gas price written by hand would be wrong from the day on which the real one changes. */
const typedPrice = /\d\s*元\s*(?:\/|每)\s*(?:m³|m3|立方|方)/i

/** Shares of the parts add up to all of it, or nearly: what is left of half a percent are traces. 1/100 %. */
const wholeShare = 10_000
const leastShare = 9_950

export const showShare = (share: number): string => `${(share / 100).toFixed(2)}%`

/** '2 kPa', '0.4 MPa', '800 Pa'. */
export function showPressure(pascals: number): string {
  const [unit, size] = pascals >= 100_000 ? ['MPa', 1_000_000] : pascals >= 1_000 ? ['kPa', 1_000] : ['Pa', 1]
  return `${Number((pascals / size).toFixed(3))} ${unit}`
}

/** '38.93 MJ/m³' of kJ/m³. */
export const showHeat = (kilojoules: number): string => `${(kilojoules / 1_000).toFixed(2)} MJ/m³`

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, i) => name !== '' && names.indexOf(name) !== i)),
]

/** One thing that stands in the way of publishing, and the field it is mended in: `services.3.steps`, `grossHeat`. */
export interface BoardIssue {
  readonly field: string
  readonly text: string
}

function gasIssues({ gas }: BoardContent, today: BusinessDate): BoardIssue[] {
  const { composition, grossHeat, netHeat, pressures, analysedOn, analysedBy } = gas
  const issues: BoardIssue[] = []
  const say = (field: string, text: string) => issues.push({ field, text })
  if (composition.length === 0) say('parts', '请填写燃气组分')
  const unpaired = composition.findIndex(({ name, share }) => name === '' || share === 0)
  if (unpaired >= 0) {
    say(`parts.${unpaired}.${composition[unpaired]?.name === '' ? 'name' : 'share'}`, '组分的名称和含量须成对填写')
  }
  for (const name of repeated(composition.map((part) => part.name))) {
    say(`parts.${composition.findLastIndex((part) => part.name === name)}.name`, `组分“${name}”写了两次`)
  }
  const total = composition.reduce((sum, { share }) => sum + share, 0)
  if (composition.length > 0 && unpaired < 0 && (total > wholeShare || total < leastShare)) {
    say('parts.0.share', `组分合计 ${showShare(total)}，应为 100%（微量可省略，不低于 99.5%）`)
  }
  if (grossHeat === 0 || netHeat === 0) say(grossHeat === 0 ? 'grossHeat' : 'netHeat', '请填写高位和低位发热量')
  else if (netHeat >= grossHeat) say('netHeat', '低位发热量应小于高位发热量')
  const bare = pressures.findIndex(({ use, pascals }) => use === '' || pascals === 0)
  if (pressures.length === 0) say('pressures', '请填写供气压力及其供气对象')
  else if (bare >= 0) {
    say(`pressures.${bare}.${pressures[bare]?.use === '' ? 'use' : 'pascals'}`, '请填写供气压力及其供气对象')
  }
  if (analysedOn === null || analysedBy === '') {
    say(analysedOn === null ? 'analysedOn' : 'analysedBy', '请填写气质检测日期和检测单位')
  } else if (analysedOn > today) say('analysedOn', '气质检测日期不能晚于今天')
  return issues
}

function serviceIssues({ services }: BoardContent): BoardIssue[] {
  const issues: BoardIssue[] = []
  if (services.length === 0) issues.push({ field: 'services', text: '请填写服务项目' })
  services.forEach(({ name, steps, timeLimit }, i) => {
    const say = (part: string, text: string) => issues.push({ field: `services.${i}.${part}`, text })
    const what = name === '' ? `第 ${i + 1} 项服务` : `服务“${name}”`
    if (name === '') say('name', `${what}没有名称`)
    if (steps.length === 0 || steps.includes('')) say('steps', `${what}的流程不完整`)
    if (timeLimit === '') say('timeLimit', `${what}没有时限`)
  })
  for (const name of repeated(services.map((service) => service.name))) {
    const last = services.findLastIndex((service) => service.name === name)
    issues.push({ field: `services.${last}.name`, text: `服务“${name}”写了两次` })
  }
  return issues
}

/** Every text of the board that people read, without the gas analysis, with the field it stands in. */
const textsAt = ({ gas, services, hours, tips }: BoardContent): BoardIssue[] => [
  ...gas.pressures.map(({ use }, i) => ({ field: `pressures.${i}.use`, text: use })),
  ...services.flatMap(({ name, steps, timeLimit, papers }, i) => [
    { field: `services.${i}.name`, text: name },
    ...steps.map((text) => ({ field: `services.${i}.steps`, text })),
    { field: `services.${i}.timeLimit`, text: timeLimit },
    { field: `services.${i}.papers`, text: papers },
  ]),
  ...hours.map((text) => ({ field: 'hours', text })),
  ...tips.map((text) => ({ field: 'tips', text })),
]

/** What still is of the shipped example; a real hall hangs out nothing of it. */
export const exampleIssues = (content: BoardContent): BoardIssue[] =>
  [...textsAt(content), { field: 'analysedBy', text: content.gas.analysedBy }]
    .filter(({ text }) => text.includes('示例'))
    .map(({ field, text }) => ({ field, text: `“${text}”是示例，请换成本公司的内容` }))

/** Everything that stands in the way of publishing, so that one look mends it all (clauses 10(2), 22(2)). */
export function boardIssues(content: BoardContent, today: BusinessDate): BoardIssue[] {
  const issues = [...gasIssues(content, today), ...serviceIssues(content)]
  if (content.hours.length === 0 || content.hours.includes('')) issues.push({ field: 'hours', text: '请填写营业时间' })
  if (content.tips.includes('')) issues.push({ field: 'tips', text: '安全提示有一条是空的' })
  const texts = textsAt(content)
  const told = new Set<string>()
  for (const { field, text } of texts) {
    for (const word of unknownFillIns(text)) {
      if (told.has(word)) continue
      told.add(word)
      issues.push({
        field,
        text: `【${word}】没有可填的内容，可用：${fillIns.map((known) => `【${known}】`).join('')}`,
      })
    }
  }
  const priced = texts.find(({ text }) => typedPrice.test(text))
  if (priced) issues.push({ field: priced.field, text: '气价由价格表自动显示，请不要写在文字里' })
  return issues
}

export const boardProblems = (content: BoardContent, today: BusinessDate): string[] =>
  boardIssues(content, today).map(({ text }) => text)

export interface BoardPriceRow {
  readonly name: string
  /** '0–320 m³', months of a season; '' where there is one price. */
  readonly range: string
  readonly price: UnitPrice
  /** Whether this season is the one of today; true where there are no seasons. */
  readonly now: boolean
}

export interface BoardPrice {
  readonly planId: string
  readonly name: string
  readonly category: PricePlan['category']
  readonly versionId: string
  readonly effectiveFrom: BusinessDate
  readonly document: string
  readonly rows: readonly BoardPriceRow[]
  /** How the tiers count and what large households get. */
  readonly notes: readonly string[]
  /** The next version, announced ahead. */
  readonly next: { readonly from: BusinessDate; readonly text: string } | null
}

/** '11、12、1 月' */
const showMonths = (months: readonly number[]): string => `${months.join('、')} 月`

function rowsOf(version: PriceVersion, on: BusinessDate): BoardPriceRow[] {
  if (version.kind === 'flat') return [{ name: '气价', range: '', price: version.price, now: true }]
  if (version.kind === 'seasonal') {
    const current = seasonOn(version, on)
    return version.seasons.map((season) => ({
      name: season.name,
      range: showMonths(season.months),
      price: season.price,
      now: season === current,
    }))
  }
  return version.tiers.map(({ upTo, price }, i) => {
    const from = version.tiers[i - 1]?.upTo ?? null
    const lower = from === null ? '0' : formatCubicMetres(from)
    const range = upTo === null ? `${lower} m³ 以上` : `${lower}–${formatCubicMetres(upTo)} m³`
    return { name: lineName({ tier: i + 1, season: null }), range, price, now: true }
  })
}

function addonNote({ minPersons, mode, addByTier }: HouseholdAddon): string {
  const who = mode === 'once' ? `${minPersons} 人及以上家庭` : `超过 ${minPersons - 1} 人的家庭，每增加 1 人`
  const [first] = addByTier
  if (first !== undefined && addByTier.every((volume) => volume === first)) {
    return `${who}，各档年上限增加 ${formatCubicMetres(first)} m³`
  }
  const each = addByTier.map(
    (volume, i) => `${lineName({ tier: i + 1, season: null })} ${formatCubicMetres(volume)} m³`,
  )
  return `${who}，年上限增加：${each.join('、')}`
}

function notesOf(plan: PricePlan, version: PriceVersion): string[] {
  if (version.kind !== 'tiered') return []
  return tierNotes(plan, version)
}
function tierNotes({ cycleStart }: PricePlan, { householdAddon }: TieredVersion): string[] {
  const [month, day] = cycleStart.split('-').map(Number)
  const notes = [`按年用气量分档，自每年 ${month} 月 ${day} 日起重新计算`]
  return householdAddon === null ? notes : [...notes, addonNote(householdAddon)]
}

const nextText = (version: PriceVersion, from: BusinessDate): string =>
  `${formatChineseDate(from)}起：${rowsOf(version, from)
    .map(({ name, price }) => `${name} ${formatUnitPrice(price)} 元`)
    .join('，')}`

/** The prices in force on a day, each plan by its version of that day; a plan that has not begun is left out. */
export const pricesOn = (plans: readonly PricePlan[], on: BusinessDate): BoardPrice[] =>
  plans.flatMap((plan) => {
    const version = versionOn(plan, on)
    if (!version) return []
    const next = plan.versions.find(({ effectiveFrom }) => effectiveFrom > on) ?? null
    return [
      {
        planId: plan.id,
        name: plan.name,
        category: plan.category,
        versionId: version.id,
        effectiveFrom: version.effectiveFrom,
        document: version.source,
        rows: rowsOf(version, on),
        notes: notesOf(plan, version),
        next: next && { from: next.effectiveFrom, text: nextText(next, next.effectiveFrom) },
      },
    ]
  })

export type CampaignAction = 'plan' | 'record' | 'cancel'

/** What may follow what. A campaign that was done may be recorded again, to mend a mistake; a cancelled one is over. */
export const campaignTransitions: Readonly<
  Record<CampaignAction, { readonly from: readonly CampaignState[]; readonly to: CampaignState }>
> = {
  plan: { from: ['planned'], to: 'planned' },
  record: { from: ['planned', 'done'], to: 'done' },
  cancel: { from: ['planned'], to: 'cancelled' },
}

/** Whether a planned campaign should have been held by now. */
export const campaignOverdue = (
  { state, onDate }: { readonly state: CampaignState; readonly onDate: BusinessDate },
  today: BusinessDate,
): boolean => state === 'planned' && onDate < today
