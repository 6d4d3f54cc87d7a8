/** 回访: which of the finished work is drawn, when a customer counts as not reached, and whether a target is met. Pure. */
import {
  addDays,
  addMonths,
  dateParts,
  daysBetween,
  endOfMonth,
  later,
  startOfMonth,
  type BusinessDate,
} from '../platform/dates.ts'
import type { CallResult, Service, ToldResult } from './words.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Tries at different times before a customer counts as 未联系上. */
export const triesNeeded = 3

// 32 bits of FNV-1a and a final mixing, so that ids that differ in one letter lie far apart.
const fnvOffset = 0x811c9dc5
const fnvPrime = 0x01000193
function hashOf(text: string): number {
  let hash = fnvOffset
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), fnvPrime)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  hash = Math.imul(hash ^ (hash >>> 13), 0x45d9f3b)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** How many of a population a ratio asks for; of something never nothing. @param percent 1–100 */
export const sampleSize = (population: number, percent: number): number => Math.ceil((population * percent) / 100)

/**
 * The sample of a seed: every member of the population is given its lot by the seed and its own id, and the lowest lots
 * are drawn. The same seed and population give the same sample in whatever order they are read, so a draw can be
 * checked later; a larger ratio of the same seed contains the smaller one.
 */
export function drawSample(seed: string, population: readonly string[], percent: number): string[] {
  const lots = population.map((id) => ({ id, lot: hashOf(`${seed}/${id}`) }))
  lots.sort((a, b) => a.lot - b.lot || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return lots.slice(0, sampleSize(population.length, percent)).map(({ id }) => id)
}

export interface Days {
  readonly from: BusinessDate
  readonly to: BusinessDate
}

/** What of `whole` none of the others covers, in order. */
export function uncovered(whole: Days, taken: readonly Days[]): Days[] {
  const free: Days[] = []
  let from = whole.from
  for (const one of taken.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (one.to < from || one.from > whole.to) continue
    if (one.from > from) free.push({ from, to: addDays(one.from, -1) })
    from = addDays(one.to, 1)
  }
  return from > whole.to ? free : [...free, { from, to: whole.to }]
}

/** Months a draw goes back at most, after a hall was shut for long. */
export const maxMonthsBack = 12

/**
 * The months whose sample is due by itself, the oldest first: from the one drawn last (a part of it may be left) to the
 * last that is over and whose draw day has come; where nothing was ever drawn, that last one alone.
 * @param drawDay day of the following month @param drawnTo last day drawn before that month's end; null for none
 * @param since first day of the hall
 */
export function monthsToDraw(
  today: BusinessDate,
  drawDay: number,
  drawnTo: BusinessDate | null,
  since: BusinessDate,
): Days[] {
  const last = lastMonthDrawn(today, drawDay)
  const first = drawnTo === null ? last.from : later(startOfMonth(drawnTo), addMonths(last.from, 1 - maxMonthsBack))
  const months: Days[] = []
  for (let from = first; from <= last.from; from = addMonths(from, 1)) {
    if (endOfMonth(from) >= since) months.push({ from, to: endOfMonth(from) })
  }
  return months
}

/** The last month whose draw day has come. */
export function lastMonthDrawn(today: BusinessDate, drawDay: number): Days {
  const from = addMonths(startOfMonth(today), dateParts(today).day >= drawDay ? -1 : -2)
  return { from, to: endOfMonth(from) }
}

/** Two halves of a period; null for a single day. */
export function halved({ from, to }: Days): [Days, Days] | null {
  if (from === to) return null
  const middle = addDays(from, Math.floor(daysBetween(from, to) / 2))
  return [
    { from, to: middle },
    { from: addDays(middle, 1), to },
  ]
}

/** How many tries count: one too soon after the last that counted is no other time. @param at ascending, epoch ms */
export function triesThatCount(at: readonly number[], gapMs: number): number {
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  for (const instant of at) {
    if (instant - last < gapMs) continue
    last = instant
    count++
  }
  return count
}

/** What a call comes to, given the tries before it in this round. @param earlier ascending, epoch ms */
export function resultOf(told: ToldResult, earlier: readonly number[], now: number, gapMs: number): CallResult {
  if (told !== 'unreached') return told
  return triesThatCount([...earlier, now], gapMs) >= triesNeeded ? 'unreachable' : 'unreached'
}

/** The questions of a script as they stand in the settings: '是否修好；是否满意'. */
export const questionsFrom = (text: string): string[] =>
  text
    .split(/[；;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Whether every question of the script was answered, in order. */
export const answersScript = (script: readonly string[], answered: readonly { readonly question: string }[]): boolean =>
  script.length === answered.length && script.every((question, i) => answered[i]?.question === question)

/** Of somebody's callbacks in hand, who gets the next one: whoever has least, then by the order of the list. */
export function nextAssignee<T extends { readonly id: string }>(
  people: readonly T[],
  inHand: ReadonlyMap<string, number>,
  involved: ReadonlySet<string>,
): T | null {
  const free = people.filter(({ id }) => !involved.has(id))
  return free.reduce<T | null>(
    (best, one) => (best === null || (inHand.get(one.id) ?? 0) < (inHand.get(best.id) ?? 0) ? one : best),
    null,
  )
}

/** Callbacks of the target that are still missing. */
export const missingFor = (finished: number, called: number, percent: number): number =>
  Math.max(0, sampleSize(finished, percent) - called)

/** Settings of a service: its target ratio and its script. */
export const settingsOf = {
  repair: { ratio: 'followups.ratioRepair', script: 'followups.scriptRepair' },
  alarm: { ratio: 'followups.ratioAlarm', script: 'followups.scriptAlarm' },
  complaint: { ratio: 'followups.ratioComplaint', script: 'followups.scriptComplaint' },
  hazard: { ratio: 'followups.ratioHazard', script: 'followups.scriptHazard' },
  inspection: { ratio: 'followups.ratioInspection', script: 'followups.scriptInspection' },
  resumption: { ratio: 'followups.ratioResumption', script: 'followups.scriptResumption' },
  ignition: { ratio: 'followups.ratioIgnition', script: 'followups.scriptIgnition' },
} as const satisfies Record<Service, { readonly ratio: string; readonly script: string }>
