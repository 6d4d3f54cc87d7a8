/** What a record is judged by: whether it shows that a clause of the regulation held in the week. */
import { formatInstant } from '../../../src-main/platform/dates.ts'
import type { Evidence } from './evidence.ts'

export interface Judgement {
  /** The record: number, time, who. Chinese. */
  readonly record: string
  /** What the record does not show. Empty when the clause held. */
  readonly problems: readonly string[]
  /** How it held, where that is not as the clause wishes: 逾期在案. */
  readonly result?: string
}

export interface WeekClause {
  readonly clause: string
  readonly asks: string
  readonly judge: (evidence: Evidence) => Judgement
}

export const minuteMs = 60_000

export const hourMs = 3_600_000

/** 立即: so long after the call at most. */
export const atOnceMs = 10 * minuteMs

export const at = (instant: number | null): string => (instant === null ? '无' : formatInstant(instant).slice(5))

export const clock = (instant: number): string => formatInstant(instant).slice(11)

export const hours = (ms: number): string => `${(ms / hourMs).toFixed(1)} 小时`

/** Problems whose condition came true. */
export const whenever = (...cases: readonly (readonly [boolean, string])[]): string[] =>
  cases.filter(([wrong]) => wrong).map(([, text]) => text)

export const refusalOf = ({ refusals }: Evidence, clause: string): string[] =>
  whenever([!refusals.some((one) => one.clause === clause && one.said !== ''), `没有拒绝的记录（第 ${clause} 条）`])

export const refused = ({ refusals }: Evidence, clause: string): string => {
  const found = refusals.filter((one) => one.clause === clause)
  const [first] = found
  return first ? `；${found.length} 次违规办理均被拒绝：「${first.said.split('：')[0] ?? ''}」` : ''
}
