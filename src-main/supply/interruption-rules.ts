/** 停气: from the plan to its end, and what stands in the way of each step (clause 18(2)). Pure; instants are epoch ms. */
import { shanghaiDate } from '../platform/dates.ts'
import {
  interruptionActionNames,
  interruptionStateNames,
  type InterruptionAction,
  type InterruptionKind,
  type InterruptionState,
} from './words.ts'

const hourMs = 3_600_000

/** Where each action may start, and where it leads; callers add the guards of `obstaclesToInterruption`. */
export const interruptionTransitions: Readonly<
  Record<InterruptionAction, { readonly from: readonly InterruptionState[]; readonly to: InterruptionState | 'same' }>
> = {
  amend: { from: ['draft'], to: 'same' },
  notify: { from: ['draft'], to: 'noticed' },
  // An emergency is announced while gas is off already; what was announced and cancelled is taken back the same ways.
  post: { from: ['noticed', 'interrupted', 'cancelled'], to: 'same' },
  call: { from: ['noticed', 'interrupted', 'cancelled'], to: 'same' },
  start: { from: ['draft', 'noticed'], to: 'interrupted' },
  end: { from: ['interrupted'], to: 'resumed' },
  cancel: { from: ['draft', 'noticed'], to: 'cancelled' },
  delay: { from: ['interrupted'], to: 'same' },
}

export interface InterruptionFacts {
  readonly kind: InterruptionKind
  readonly state: InterruptionState
  /** Whether it was ever announced. */
  readonly noticed: boolean
  readonly fromAt: number
  readonly toAt: number
  /** Customers within the range who have gas or had it until something else stopped it. */
  readonly affected: number
  /** Buildings without proof of posting, and special-care customers neither told nor excused. */
  readonly unposted: number
  readonly openCalls: number
  readonly noticeHours: number
  readonly now: number
}

export type InterruptionObstacleCode =
  'WrongState' | 'NobodyAffected' | 'NoticeTooShort' | 'NotNoticed' | 'Unposted' | 'OpenCalls' | 'TooEarly' | 'TooLate'
export interface InterruptionObstacle {
  readonly code: InterruptionObstacleCode
  readonly text: string
  /** Hours of notice that are missing, with `NoticeTooShort`. */
  readonly missingHours?: number
}

/** Whole hours of notice that are missing, 0 when the period is kept. */
export const missingNoticeHours = ({
  fromAt,
  noticeHours,
  now,
}: Pick<InterruptionFacts, 'fromAt' | 'noticeHours' | 'now'>) =>
  Math.max(0, Math.ceil((noticeHours * hourMs - (fromAt - now)) / hourMs))

function wrongState(action: InterruptionAction, state: InterruptionState): InterruptionObstacle[] {
  if (interruptionTransitions[action].from.includes(state)) return []
  return [
    {
      code: 'WrongState',
      text: `这次停气现在是“${interruptionStateNames[state]}”，不能办理${interruptionActionNames[action]}`,
    },
  ]
}

const nobodyAffected = ({ affected }: InterruptionFacts): InterruptionObstacle[] =>
  affected > 0 ? [] : [{ code: 'NobodyAffected', text: '范围内没有在供气的客户，请核对停气范围' }]

function noticeObstacles(facts: InterruptionFacts): InterruptionObstacle[] {
  const found = nobodyAffected(facts)
  const missingHours = missingNoticeHours(facts)
  if (facts.kind === 'planned' && missingHours > 0) {
    found.push({
      code: 'NoticeTooShort',
      text: `计划停气须提前 ${facts.noticeHours} 小时通知，还差 ${missingHours} 小时，请推迟停气时间（第十八条）`,
      missingHours,
    })
  }
  return found
}

/** A planned interruption begins when it was announced for, and only when everybody could know of it. */
function startObstacles(facts: InterruptionFacts): InterruptionObstacle[] {
  const found = nobodyAffected(facts)
  if (facts.kind === 'emergency') return found
  if (facts.state === 'draft') {
    return [...found, { code: 'NotNoticed', text: '计划停气须先发出停气通知（第十八条）' }]
  }
  if (facts.unposted > 0) {
    found.push({ code: 'Unposted', text: `还有 ${facts.unposted} 处没有登记张贴停气通知（第十八条）` })
  }
  if (facts.openCalls > 0) {
    found.push({ code: 'OpenCalls', text: `还有 ${facts.openCalls} 位特殊客户没有电话告知（第十条）` })
  }
  if (facts.now < facts.fromAt) found.push({ code: 'TooEarly', text: '还没有到通知的停气时间' })
  if (facts.now > facts.toAt) {
    found.push({ code: 'TooLate', text: '已过通知的停气时段，当天的由主任批准，隔天的取消后按新的时间重新通知' })
  }
  return found
}

/**
 * What the manager may agree to begin in spite of, in words; null where anything else stands in the way. A posting that cannot
 * be proved, and a start that is late on the announced day: people were told of that day. Another day is announced anew.
 */
export function excusable(facts: InterruptionFacts): string | null {
  const found = obstaclesToInterruption('start', facts)
  const sameDay = shanghaiDate(facts.now) === shanghaiDate(facts.toAt)
  const all = found.every(({ code }) => code === 'Unposted' || (code === 'TooLate' && sameDay))
  return found.length > 0 && all ? found.map(({ text }) => text).join('；') : null
}

/** Everything that stands in the way of an action; empty when it may be done. */
export function obstaclesToInterruption(action: InterruptionAction, facts: InterruptionFacts): InterruptionObstacle[] {
  const wrong = wrongState(action, facts.state)
  if (wrong.length > 0) return wrong
  if ((action === 'post' || action === 'call') && facts.state === 'cancelled' && !facts.noticed) {
    return [{ code: 'NotNoticed', text: '这次停气没有发出过通知，不需要告知取消' }]
  }
  if (action === 'notify') return noticeObstacles(facts)
  return action === 'start' ? startObstacles(facts) : []
}

/**
 * SQL over `workorders w`: a hazard that nobody has repaired yet, the ground of an emergency. Service and trigger ask for the
 * same. The room of the orders stands above this one, so its states are named here.
 */
export const standingHazard = `w.urgent = 1 AND w.state IN ('reported', 'issued', 'assigned', 'accepted', 'on-site', 'handled')`

const backSince = `EXISTS (SELECT 1 FROM supply_resumptions r
  WHERE r.service_point_id = h.service_point_id AND r.outcome = 'resumed' AND r.at >= h.placed_at)`
const heldThere = `EXISTS (SELECT 1 FROM supply_holds s WHERE s.service_point_id = h.service_point_id AND s.lifted_at IS NULL)`
const gasState = '(SELECT p.gas_state FROM service_points p WHERE p.id = h.service_point_id)'
/**
 * SQL over `supply_holds h`: what that hold cut has not come back. It stands, or it was lifted and the place waits for nothing
 * but its test and check (clause 17(2)).
 */
export const waitsForGas = `(h.lifted_at IS NULL OR ${gasState} = 'suspended' AND NOT ${heldThere} AND NOT ${backSince})`
/** SQL over `supply_holds h`: gas has not flowed there since, whatever else happened to the place. */
export const neverBack = `(${gasState} <> 'supplied' AND NOT ${backSince})`

/** Unanswered calls after which the manager may let an interruption begin without the customer having been reached. */
export const callsBeforeOverride = 3
