/**
 * 工单: the way from report to closure, its gates and its timers (clauses 5(6), 6(4), 10(5), 14(2), 18). Pure.
 * Instants are epoch milliseconds.
 */
import type { CertificateKind } from '../staff/rules.ts'
import {
  majorSymptoms,
  orderActionNames,
  orderActions,
  orderStateNames,
  type OrderAction,
  type OrderKind,
  type OrderState,
  type Symptom,
} from './words.ts'

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

const atWork: readonly OrderState[] = ['issued', 'assigned', 'accepted', 'on-site', 'handled']

/** Where each action may start, and where it leads; callers add the guards of `obstaclesTo`. */
export const transitions: Readonly<
  Record<OrderAction, { readonly from: readonly OrderState[]; readonly to: OrderState | 'same' }>
> = {
  answer: { from: ['asked'], to: 'answered' },
  issue: { from: ['reported'], to: 'issued' },
  assign: { from: atWork, to: 'assigned' },
  accept: { from: ['assigned'], to: 'accepted' },
  arrive: { from: ['accepted'], to: 'on-site' },
  handle: { from: ['on-site'], to: 'handled' },
  repair: { from: ['handled'], to: 'repaired' },
  pause: { from: atWork, to: 'same' },
  resume: { from: atWork, to: 'same' },
  refer: { from: atWork, to: 'referred' },
  verify: { from: ['repaired'], to: 'verified' },
  'call-back': { from: ['verified', 'referred'], to: 'called-back' },
  close: { from: ['called-back'], to: 'closed' },
  reopen: { from: ['called-back', 'closed'], to: 'issued' },
}

/** Where a finding against the work leads: back to be repaired properly, or back to be assigned again. */
export const onFailure: Partial<Readonly<Record<OrderAction, OrderState>>> = {
  verify: 'handled',
  'call-back': 'issued',
}

export interface OrderFacts {
  readonly state: OrderState
  readonly urgent: boolean
  readonly paused: boolean
  /** Everybody who accepted this order, in any round. */
  readonly workers: ReadonlySet<string>
  readonly assigneeId: string | null
  /** Who wants to act. */
  readonly actorId: string
  /** Leaders of the list who have not been told yet. */
  readonly untold: readonly string[]
}

export type ObstacleCode = 'WrongStep' | 'OrderPaused' | 'OwnWork' | 'LeadersNotTold'
export interface Obstacle {
  readonly code: ObstacleCode
  readonly text: string
}

/** Steps that judge the work, and so are never done by whoever worked (clause 14(2)). */
const judging: readonly OrderAction[] = ['verify', 'call-back', 'close']

/** What leads on from a state, in words: '接单'. */
export const nextSteps = (state: OrderState): string =>
  orderActions
    .filter((action) => transitions[action].to !== 'same' && transitions[action].from.includes(state))
    .filter((action) => action !== 'reopen' && action !== 'refer' && (action !== 'assign' || state === 'issued'))
    .map((action) => orderActionNames[action])
    .join('、')

function wrongStep(action: OrderAction, state: OrderState): Obstacle[] {
  if (transitions[action].from.includes(state)) return []
  const next = nextSteps(state)
  const then = next === '' ? '' : `，下一步是${next}`
  return [
    { code: 'WrongStep', text: `工单现在是“${orderStateNames[state]}”，不能办理${orderActionNames[action]}${then}` },
  ]
}

function pauseObstacles(action: OrderAction, { paused, urgent }: OrderFacts): Obstacle[] {
  if (action === 'resume') return paused ? [] : [{ code: 'WrongStep', text: '这张工单没有暂停计时' }]
  if (action === 'pause' && urgent) return [{ code: 'WrongStep', text: '险情不能暂停计时，须立即处置' }]
  return paused ? [{ code: 'OrderPaused', text: '工单已暂停计时，请先恢复计时' }] : []
}

/** Everything that stands in the way of an action, so that one look mends it all. */
export function obstaclesTo(action: OrderAction, facts: OrderFacts): Obstacle[] {
  const wrong = wrongStep(action, facts.state)
  if (wrong.length > 0) return wrong
  const found = pauseObstacles(action, facts)
  if (judging.includes(action) && facts.workers.has(facts.actorId)) {
    found.push({ code: 'OwnWork', text: `本人做过这张工单，${orderActionNames[action]}须由他人办理（第十四条）` })
  }
  if (action === 'refer' && facts.urgent && facts.state !== 'handled') {
    found.push({ code: 'WrongStep', text: '险情须先到场处理、消除危险，才能转介' })
  }
  if (action === 'close' && facts.untold.length > 0) {
    found.push({ code: 'LeadersNotTold', text: `重大险情还没有报告：${facts.untold.join('、')}` })
  }
  return found
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

const timed: readonly OrderState[] = ['reported', ...atWork]

/** The timer that runs: until handled, then until repaired; none in the other states. */
export const timerOf = (state: OrderState, handled: boolean): 'handle' | 'repair' | null =>
  timed.includes(state) ? (handled ? 'repair' : 'handle') : null

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
