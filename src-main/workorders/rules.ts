/** 工单: what counts as a hazard, the certificates it asks for, and its timers (clauses 5(6), 6(4), 10(8), 18). Pure. Instants are epoch ms. */
import type { CertificateKind } from '../staff/rules.ts'
import { majorSymptoms, type OrderKind, type Symptom } from './words.ts'

export const hourMs = 3_600_000

/** What was asked for, or 报警 where the symptom is a major hazard: such a call never queues as a repair. */
export const kindTaken = (kind: OrderKind, symptom: Symptom): OrderKind =>
  majorSymptoms.includes(symptom) && (kind === 'repair' || kind === 'consultation') ? 'alarm' : kind

/** Whether the order rings until somebody has taken it: every major hazard, and every emergency repair. */
export const isUrgent = (kind: OrderKind, symptom: Symptom): boolean =>
  majorSymptoms.includes(symptom) || kind === 'emergency'

/** The certificate this work asks for (clause 10(8)). A question is answered at the desk and asks for none. */
export const certificateFor: Readonly<Record<Exclude<OrderKind, 'consultation'>, CertificateKind>> = {
  repair: 'maintenance',
  alarm: 'emergency',
  emergency: 'emergency',
}

/** Time that does not count, with its reason on record. `to` null while it lasts. */
export interface Pause {
  readonly from: number
  readonly to: number | null
}

/** 一般故障 6 小时内处理、24 小时内修复 (clause 18(3)); hours. */
export interface TimeLimits {
  readonly handleHours: number
  readonly repairHours: number
}

/**
 * When the order must be handled and repaired: the limits counted from the report, moved by every pause that began
 * before they ran out (a deadline that was missed stays missed). An open pause moves nothing until it ends.
 */
export function deadlines(
  reportedAt: number,
  { handleHours, repairHours }: TimeLimits,
  pauses: readonly Pause[],
): { readonly handleBy: number; readonly repairBy: number } {
  const moved = (start: number) =>
    pauses
      .toSorted((a, b) => a.from - b.from)
      .reduce((by, { from, to }) => (to === null || from >= by ? by : by + (to - from)), start)
  return { handleBy: moved(reportedAt + handleHours * hourMs), repairBy: moved(reportedAt + repairHours * hourMs) }
}

export interface Leader {
  readonly name: string
  /** '' when the list gives none. */
  readonly phone: string
}

/** The list of leaders as it is written in the settings: '李主任 13800000000；值班经理 010-62345678'. */
export const leadersFrom = (text: string): Leader[] =>
  text
    .split(/[；;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [, name, phone] = /^(.*?)[\s，,：:]*([\d-]{3,20})$/.exec(part) ?? []
      return name ? { name, phone: phone ?? '' } : { name: part, phone: '' }
    })

/**
 * Who is told of a hazard at once (clauses 5(6), 6(4)): everybody of the list, of a smell of gas those the company named for it.
 * What it came to on site is told to the rest.
 */
export const firstLeaders = (symptom: Symptom, lists: { readonly all: string; readonly ofLeak: string }): Leader[] =>
  leadersFrom(symptom === 'leak' && lists.ofLeak.trim() !== '' ? lists.ofLeak : lists.all)

/** Those of the list who are not among the ones listed already. */
export const otherLeaders = (all: string, listed: readonly Pick<Leader, 'name'>[]): Leader[] =>
  leadersFrom(all).filter(({ name }) => !listed.some((one) => one.name === name))
