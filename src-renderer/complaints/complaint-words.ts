/** How complaints and their steps are shown. Instants are epoch ms. */
import {
  complaintProcess,
  replyChannelNames,
  timerRuns,
  type ComplaintRow,
  type ComplaintState,
  type ComplaintStep,
  type Satisfaction,
} from '../../src-main/complaints/api.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import { verdict, type StepRow } from '../components/process-steps.ts'
import { showSpan } from '../shell/show.ts'

export interface Shown {
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  readonly text: string
}

/** How a state is marked: what waits for somebody, and what is done. */
export const tagOf = (state: ComplaintState): Shown['state'] =>
  (complaintProcess.ends as readonly ComplaintState[]).includes(state) ? 'ok' : 'todo'

/** By which way, and when where that was not when it was written down: '（电话，2026-11-23 10:00）'. */
function replied({ replyChannel, doneAt, at }: ComplaintStep): string {
  if (replyChannel === null) return ''
  const when = doneAt === null || doneAt === at ? '' : `，${formatInstant(doneAt)}`
  return `（${replyChannelNames[replyChannel]}${when}）`
}

/** A step of a complaint with time and person. */
export const stepRow = (step: ComplaintStep): StepRow => ({
  ...step,
  title: complaintProcess.steps.names[step.kind],
  verdict: verdict(step.passed, '', '不满意'),
  who: step.personName === null ? step.actorName : `${step.actorName} 派给 ${step.personName}`,
  note: `${replied(step)}${step.note}`,
})

/** The last hours of the timer call for attention (ms). */
const soonMs = 6 * 3_600_000
const waits: Readonly<Partial<Record<ComplaintState, string>>> = { replied: '待回访', 'called-back': '待关闭' }

/** The time that is left to answer; afterwards, what the complaint waits for. */
export function countdownOf({ state, replyBy }: Pick<ComplaintRow, 'state' | 'replyBy'>, now: number): Shown {
  if (!timerRuns(state)) {
    const waiting = waits[state]
    return waiting === undefined ? { state: 'plain', text: '—' } : { state: 'todo', text: waiting }
  }
  const left = replyBy - now
  if (left < 0) return { state: 'late', text: `回复逾期 ${showSpan(-left)}` }
  return { state: left < soonMs ? 'todo' : 'ok', text: `回复剩 ${showSpan(left)}` }
}

/** How the answer kept its time, once it was given; '' before. */
export function keptTime({ repliedAt, replyBy }: Pick<ComplaintRow, 'repliedAt' | 'replyBy'>): Shown | null {
  if (repliedAt === null) return null
  return repliedAt <= replyBy
    ? { state: 'ok', text: '按时回复' }
    : { state: 'late', text: `回复晚了 ${showSpan(repliedAt - replyBy)}` }
}

const satisfactionShown: Readonly<Record<Satisfaction, Shown>> = {
  satisfied: { state: 'ok', text: '客户满意' },
  dissatisfied: { state: 'late', text: '客户不满意' },
  unreachable: { state: 'plain', text: '未联系上客户' },
}
export const satisfactionOf = (satisfaction: Satisfaction | null): Shown | null =>
  satisfaction === null ? null : satisfactionShown[satisfaction]
