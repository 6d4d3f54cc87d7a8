/**
 * 安检与隐患: when an account is due, how visits are spread, what a visit and a hazard may become (clauses 10(6), 19, 21).
 * Pure. Dates are business dates in Asia/Shanghai.
 */
import {
  addDays,
  dateOf,
  dateParts,
  mondayOf,
  daysBetween,
  endOfMonth,
  later,
  earlier,
  onMonthDay,
  type BusinessDate,
  type MonthDay,
} from '../platform/dates.ts'
import {
  gradeNames,
  inspectionItems,
  isGrave,
  isWatched,
  itemText,
  letsIn,
  taskStateNames,
  type Answer,
  type Grade,
  type Mender,
  type Outcome,
  type TaskAction,
  type TaskState,
} from './words.ts'
import { unmended, type HazardState } from './hazard-process.ts'
import type { MostDays } from './schemas.ts'

export interface Period {
  /** 1, 2 … within the year. */
  readonly slot: number
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** Cuts `months` months into `parts`: by whole months where that goes, else by days. */
function cut(
  year: number,
  firstMonth: number,
  months: number,
  parts: number,
): { from: BusinessDate; to: BusinessDate }[] {
  const from = dateOf(year, firstMonth, 1)
  const to = endOfMonth(dateOf(year, firstMonth + months - 1, 1))
  if (months % parts === 0) {
    const each = months / parts
    return Array.from({ length: parts }, (_, i) => ({
      from: dateOf(year, firstMonth + i * each, 1),
      to: endOfMonth(dateOf(year, firstMonth + (i + 1) * each - 1, 1)),
    }))
  }
  const days = daysBetween(from, to) + 1
  const start = (i: number) => addDays(from, Math.floor((i * days) / parts))
  return Array.from({ length: parts }, (_, i) => ({ from: start(i), to: addDays(start(i + 1), -1) }))
}

/**
 * The periods of a year, in each of which one inspection is due: residents at least twice a year, the others at least
 * once a quarter (clause 10(6)). They tile the year.
 */
export function periodsOf(year: number, resident: boolean, often: Frequency): Period[] {
  const parts = resident
    ? cut(year, 1, 12, often.residentPerYear)
    : [1, 4, 7, 10].flatMap((month) => cut(year, month, 3, often.nonResidentPerQuarter))
  return parts.map((part, i) => ({ slot: i + 1, ...part }))
}

export interface Frequency {
  readonly residentPerYear: number
  readonly nonResidentPerQuarter: number
}

/** First days of the weeks of a period from `today` on; a period's first week begins with the period. */
export function weeksOf({ from, to }: Pick<Period, 'from' | 'to'>, today: BusinessDate): BusinessDate[] {
  const weeks: BusinessDate[] = []
  if (to < today) return weeks
  for (let week = mondayOf(later(from, today)); week <= to; week = addDays(week, 7)) weeks.push(later(week, from))
  return weeks
}

/**
 * Spreads groups that stay together over weeks, in the order given, so that neighbours come in neighbouring weeks and
 * what was done by the end of each week is as near to its even share as whole groups allow.
 * @param sizes accounts of each group @param load accounts each week has already; changed to what it has afterwards
 * @returns index of the week of each group
 */
export function spread(sizes: readonly number[], load: number[]): number[] {
  if (load.length === 0) throw new RangeError('no week to spread over')
  const total = [...sizes, ...load].reduce((sum, one) => sum + one, 0)
  let week = 0
  let before = load[0] ?? 0
  return sizes.map((size) => {
    while (week < load.length - 1 && before + size / 2 > (total * (week + 1)) / load.length) {
      week += 1
      before += load[week] ?? 0
    }
    load[week] = (load[week] ?? 0) + size
    before += size
    return week
  })
}

/** Accounts of one 任务单 at most: two days of one inspector. A larger building is walked in several. */
export const maxRoundSize = 60

/** Lists from this part on hold a 临时安检 each; no newcomer of the plan joins them. */
export const firstRequestPart = 1_000
export const isRequestPart = (part: number): boolean => part >= firstRequestPart
/** Slots from here on are beyond the plan. */
export const firstExtraSlot = 101

/** How many lists a building needs, and in which of them its n-th account (from 0) stands. */
export const partsFor = (size: number): number => Math.max(1, Math.ceil(size / maxRoundSize))
export const partOf = (n: number, size: number): number =>
  Math.min(partsFor(size) - 1, Math.floor((n * partsFor(size)) / Math.max(size, 1)))

/** Absences in a row after which the manager hears of it. */
export const absencesToEscalate = 3

/** 到访不遇: the next visit, `days` later, within the period as long as one day of it is left. */
export const nextVisit = (visitedOn: BusinessDate, periodTo: BusinessDate, days: number): BusinessDate =>
  later(earlier(addDays(visitedOn, days), periodTo), addDays(visitedOn, 1))

// When the plan makes itself

/** Where the last generation of a year's plan stands; `on` is the day it began. */
export interface YearRun {
  readonly state: 'running' | 'cancelling' | 'cancelled' | 'finished'
  readonly on: BusinessDate
}

/** The years that have a plan by now: this one, and the next from the set day on. */
export function yearsToPlan(today: BusinessDate, planDay: MonthDay): number[] {
  const year = yearOf(today)
  return today >= onMonthDay(year, planDay) ? [year, year + 1] : [year]
}

/** The next day on which the plan of a following year makes itself. */
export function nextPlanDay(today: BusinessDate, planDay: MonthDay): BusinessDate {
  const thisYear = onMonthDay(yearOf(today), planDay)
  return thisYear > today ? thisYear : onMonthDay(yearOf(today) + 1, planDay)
}

/**
 * What is to be done about a year's plan today. What was never made, or was broken off by the PC, is made at once; what
 * somebody stopped waits until the next day; what stands is looked through once a week for accounts that came or went.
 */
export function planStep(last: YearRun | null, today: BusinessDate): 'make' | 'look' | 'leave' {
  if (last === null || last.state === 'running') return 'make'
  if (last.state === 'finished') return mondayOf(last.on) < mondayOf(today) ? 'look' : 'leave'
  return last.on < today ? 'make' : 'leave'
}

// One planned inspection

export const taskTransitions: Readonly<
  Record<TaskAction, { readonly from: readonly TaskState[]; readonly to: TaskState }>
> = {
  pass: { from: ['planned', 'refused'], to: 'passed' },
  find: { from: ['planned', 'refused'], to: 'hazard' },
  absent: { from: ['planned', 'refused'], to: 'planned' },
  refuse: { from: ['planned', 'refused'], to: 'refused' },
  arrange: { from: ['planned', 'refused'], to: 'planned' },
  drop: { from: ['planned', 'refused'], to: 'dropped' },
  revive: { from: ['dropped'], to: 'planned' },
}

/** Why a result cannot be taken now, in words; null when it can. */
export function taskProblem(action: TaskAction, state: TaskState): string | null {
  if (taskTransitions[action].from.includes(state)) return null
  return `这户本期安检已是“${taskStateNames[state]}”，不能再登记，请刷新后核对`
}

/** Absences in a row after a visit. */
export const absencesAfter = (action: TaskAction, before: number): number => (action === 'absent' ? before + 1 : 0)

// What counts as one of the inspections of a year

/** Days between two of them at least; in short periods no more than half of one, so that there is always a day that fits. */
export const leastGap = (setting: number, { from, to }: Pick<Period, 'from' | 'to'>): number =>
  Math.min(setting, Math.floor((daysBetween(from, to) + 1) / 2))

/**
 * Why a visit on a day cannot be the inspection of its period; null when it can. Two inspections a day apart are not two of a
 * year, though 30 June and 1 July lie in two periods (clause 10(6)).
 * @param others days of the inspections of other periods of the same account
 */
export function gapProblem(visitedOn: BusinessDate, others: readonly BusinessDate[], gap: number): string | null {
  const near = others.find((on) => Math.abs(daysBetween(on, visitedOn)) < gap)
  return near === undefined
    ? null
    : `这户 ${near} 的安检已算一期，两期至少相隔 ${gap} 天，${addDays(near, gap)} 起上门才算这一期；请另约上门，客户急的安排临时安检`
}

/** The first day from `day` on that lies far enough from those of other periods. */
export function firstFitting(day: BusinessDate, others: readonly BusinessDate[], gap: number): BusinessDate {
  for (let on = day; ;) {
    const near = others.find((other) => Math.abs(daysBetween(other, on)) < gap)
    if (near === undefined) return on
    on = addDays(near, gap)
  }
}

/** Whether a visit was drawn for a proof: the same answer for the same task, whoever asks. @param share percent */
export function isDrawn(taskId: string, share: number): boolean {
  // FNV-1a, 32 bits, mixed once more: neighbouring ids fall apart.
  let hash = 0x81_1c_9d_c5
  for (const char of taskId) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01_00_01_93)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b)
  return ((hash ^ (hash >>> 13)) >>> 0) % 100 < share
}

// What was looked at

interface Checked {
  readonly resident: boolean
  /** What the company asks beyond the regulation, as its setting has it. */
  readonly own?: string
  readonly outcome: Outcome
  readonly checks: readonly { readonly item: string; readonly answer: Answer; readonly note: string }[]
  readonly failed: readonly { readonly item: string }[]
}

/**
 * Whatever is wrong with the answers of a visit, all at once: each item of the list of its class is answered once, 无此项
 * with a word and only where that can be, and what is bad is written down as a hazard (clauses 16, 19(1)).
 */
export function checkProblems({ resident, own = '', outcome, checks, failed }: Checked): string[] {
  if (!letsIn(outcome)) return checks.length === 0 ? [] : ['没有入户的，不填检查项目']
  const list = inspectionItems(resident, own)
  const problems: string[] = []
  const missing = list.filter(({ item }) => !checks.some((one) => one.item === item))
  if (missing.length > 0) {
    problems.push(`还有 ${missing.length} 项没有作答（第十六条）：${missing.map(({ text }) => text).join('；')}`)
  }
  for (const { item, answer, note } of checks) {
    const one = list.find((known) => known.item === item)
    const text = `“${itemText(item)}”`
    if (one === undefined) {
      problems.push(`${text}不是这类客户的检查项目`)
      continue
    }
    if (checks.filter((other) => other.item === item).length > 1) problems.push(`${text}答了不止一次`)
    const written = failed.some((finding) => finding.item === item)
    if (answer === 'bad' && !written) problems.push(`${text}不合格，请登记隐患`)
    if (answer !== 'bad' && written) problems.push(`${text}登记了隐患，检查结果应为不合格`)
    if (answer !== 'none') continue
    if (one.always) problems.push(`${text}每户都有，不能答无此项`)
    else if (note.trim() === '') problems.push(`${text}答了无此项，请写明是什么情况`)
  }
  return [...new Set(problems)]
}

/** Names that say nobody signed: 拒签 is recorded as what it is. */
const noSignature = /^(?:拒签|拒绝|拒绝签字|不签|未签|无|没有)$/

interface Signed {
  readonly outcome: Outcome
  readonly signatory: string
  readonly unsigned: { readonly witness: string } | null
  readonly inspectorName: string
  /** Of the account: somebody of the inspector's own name signs like anybody else. */
  readonly holderName: string
}

/** Why it does not stand who signed, or that nobody would; null when it does. */
export function signatureProblem({ outcome, signatory, unsigned, inspectorName, holderName }: Signed): string | null {
  if (!letsIn(outcome)) return unsigned === null ? null : '没有入户的，不登记拒签'
  if (unsigned !== null) {
    if (signatory !== '') return '登记了拒签，就没有签字人'
    return unsigned.witness === inspectorName ? '拒签的见证人应是安检员以外的人' : null
  }
  if (signatory === '') return '请填写签字人；客户不肯签的，登记拒签'
  if (noSignature.test(signatory)) return '客户不肯签的，请登记拒签、原因和见证人'
  // A digit too many for the list lands here.
  if (!/\p{L}/u.test(signatory) || /^\d/.test(signatory)) return '签字人应是姓名，请照检查表上的签字填写'
  return signatory === inspectorName && holderName !== inspectorName ? '签字人应是客户一方的人，不是安检员' : null
}

// Hazards

/**
 * Why the inspector may not leave yet; null when they may. What the company mends while gas stays on is watched until it is
 * mended, re-inspected and tried (clause 19(4)). With gas cut, or the customer to mend it, support takes over (19(3)).
 */
export function releaseProblem(hazard: { state: HazardState; grade: Grade; mender: Mender }): string | null {
  const watched = isWatched(hazard) && (unmended as readonly HazardState[]).includes(hazard.state)
  return watched ? '整改、复查合格并试验用气正常后，安检员方可撤离；请先登记整改和复查（第十九条）' : null
}

/** Why nobody left on a day, in words; null when they may have: what is watched was found good by then (clause 19(4)). */
export const leftTooEarly = (
  hazard: { readonly grade: Grade; readonly mender: Mender; readonly passedOn: string | null },
  leftOn: BusinessDate,
): string | null =>
  isWatched(hazard) && hazard.passedOn !== null && leftOn < hazard.passedOn
    ? `${hazard.passedOn} 才复查合格，此前安检员不能撤离，请填写实际撤离的日期和时间（第十九条）`
    : null

/**
 * Whether the inspector had to stay for this one: the company mends it, gas stays on, and it was not mended and found good on
 * the day it was found (clause 19(4)).
 */
export const mustStay = (hazard: {
  readonly mender: Mender
  readonly grade: Grade
  readonly foundOn: string
  readonly passedOn: string | null
}): boolean => isWatched(hazard) && hazard.passedOn !== hazard.foundOn

/**
 * Why what is watched cannot be said to be mended or not now, in words; null when it can. It was to be in order on the day it
 * was found; since it was not, whoever found it stays, and that is on record before it goes on (clause 19(4)).
 */
export const unwatchedProblem = (
  hazard: {
    readonly mender: Mender
    readonly grade: Grade
    readonly foundOn: string
    readonly supportCalledAt: number | null
  },
  on: BusinessDate,
  good: boolean,
): string | null =>
  isWatched(hazard) && hazard.supportCalledAt === null && !(good && on === hazard.foundOn)
    ? '没有当场整改好的，安检员须留下监护，请先办“现场监护”，登记呼叫支援的时间（第十九条第四款）'
    : null

/** The latest deadline, counted from the day it is set on. */
export const latestDeadline = (from: BusinessDate, grade: Grade, most: MostDays): BusinessDate =>
  addDays(from, most[grade])

/** Why a deadline set on a day cannot stand, in words; null when it can. */
export function deadlineProblem(
  from: BusinessDate,
  deadline: BusinessDate,
  grade: Grade,
  most: MostDays,
): string | null {
  const latest = latestDeadline(from, grade, most)
  return deadline > latest ? `${gradeNames[grade]}隐患的整改期限最长 ${most[grade]} 天，不能晚于 ${latest}` : null
}

/**
 * Why a grade cannot be changed so; null when it can. What cut the supply is not made small by one person on paper: it stays
 * cut until it is mended and re-inspected, or two agree that it was graded wrongly (clause 19(3)). What is watched from then
 * on is made safe first (clause 19(4)).
 */
export function regradeProblem(
  hazard: {
    readonly grade: Grade
    readonly mender: Mender
    readonly measures: string
    readonly supportCalledAt: number | null
  },
  to: Grade,
  agreed: boolean,
): string | null {
  if (hazard.grade === to) return '等级没有变化'
  if (!lowersGrave(hazard.grade, to)) return null
  if (!agreed) return '较大及以上隐患已停气，下调为一般须写明原因，由营业厅主任批准（第十九条第三款）'
  const missing = [
    ...(hazard.measures === '' ? ['临时措施'] : []),
    ...(hazard.supportCalledAt === null ? ['现场监护'] : []),
  ]
  return isWatched({ mender: hazard.mender, grade: to }) && missing.length > 0
    ? `由公司整改且不停气的，请先登记${missing.join('、')}，再调整等级（第十九条第四款）`
    : null
}
/** Whether what had cut the gas would no longer. */
export const lowersGrave = (from: Grade, to: Grade): boolean => isGrave(from) && !isGrave(to)

/** Ages by which open hazards are told apart, days since found. */
export const ageBands: readonly { readonly from: number; readonly to: number | null; readonly label: string }[] = [
  { from: 0, to: 7, label: '7 天内' },
  { from: 8, to: 30, label: '8 至 30 天' },
  { from: 31, to: 90, label: '31 至 90 天' },
  { from: 91, to: null, label: '90 天以上' },
]

/** '张**': the surname, as a list that leaves the hall may show it. Organisations are written in full. */
export const maskName = (name: string, resident: boolean): string =>
  resident ? name.slice(0, 1) + '*'.repeat(Math.max(1, [...name].length - 1)) : name

/** Year of a date. */
export const yearOf = (date: BusinessDate): number => dateParts(date).year
