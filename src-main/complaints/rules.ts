/**
 * 投诉: the way from intake to closure and who may walk it (clauses 14(2), 20). Pure. Instants are epoch milliseconds.
 *
 * received → assigned → replied → called-back → closed; a dissatisfied customer leads back to received in a new round,
 * and so does whoever comes back after the answer.
 */
import {
  complaintActionNames,
  complaintActions,
  complaintStateNames,
  type ComplaintAction,
  type ComplaintState,
} from './words.ts'

export const hourMs = 3_600_000

/** Where each action may start, and where it leads; callers add the guards of `obstaclesTo`. */
export const transitions: Readonly<
  Record<ComplaintAction, { readonly from: readonly ComplaintState[]; readonly to: ComplaintState | 'same' }>
> = {
  assign: { from: ['received', 'assigned'], to: 'assigned' },
  investigate: { from: ['assigned'], to: 'same' },
  classify: { from: ['received', 'assigned', 'replied', 'called-back'], to: 'same' },
  name: { from: ['received', 'assigned', 'replied', 'called-back'], to: 'same' },
  reply: { from: ['assigned'], to: 'replied' },
  'call-back': { from: ['replied'], to: 'called-back' },
  close: { from: ['called-back'], to: 'closed' },
  reopen: { from: ['replied', 'called-back', 'closed'], to: 'received' },
}

/** Where a dissatisfied customer leads. */
export const onDissatisfaction: ComplaintState = 'received'

export interface ComplaintFacts {
  readonly state: ComplaintState
  /** Who wants to act. */
  readonly actorId: string
  readonly investigatorId: string | null
  /** Everybody who was given, investigated or answered it, in any round. */
  readonly handlers: ReadonlySet<string>
  /** Whether something was found out in this round. */
  readonly investigated: boolean
}

export type ObstacleCode = 'WrongStep' | 'NotInvestigator' | 'NotInvestigated' | 'OwnWork'
export interface Obstacle {
  readonly code: ObstacleCode
  readonly text: string
}

/** Steps that judge the handling, and so are never done by whoever handled it (clause 14(2)). */
const judging: readonly ComplaintAction[] = ['call-back', 'close']
/** Steps of the investigator alone. */
const investigating: readonly ComplaintAction[] = ['investigate', 'reply']
const leadingOn: readonly ComplaintAction[] = ['assign', 'reply', 'call-back', 'close']

/** What leads on from a state, in words: '回复'. */
export const nextSteps = (state: ComplaintState): string =>
  complaintActions
    .filter((action) => leadingOn.includes(action) && transitions[action].from.includes(state))
    .filter((action) => action !== 'assign' || state === 'received')
    .map((action) => complaintActionNames[action])
    .join('、')

/** Everything that stands in the way of an action, so that one look mends it all. */
export function obstaclesTo(action: ComplaintAction, facts: ComplaintFacts): Obstacle[] {
  const { state, actorId, investigatorId, handlers, investigated } = facts
  if (!transitions[action].from.includes(state)) {
    const next = nextSteps(state)
    const then = next === '' ? '' : `，下一步是${next}`
    const text = `投诉现在是“${complaintStateNames[state]}”，不能办理${complaintActionNames[action]}${then}`
    return [{ code: 'WrongStep', text }]
  }
  const found: Obstacle[] = []
  if (investigating.includes(action) && investigatorId !== actorId) {
    found.push({ code: 'NotInvestigator', text: '须由调查人办理，可改派' })
  }
  if (action === 'reply' && !investigated) {
    found.push({ code: 'NotInvestigated', text: '请先记录调查情况（第二十条）' })
  }
  if (judging.includes(action) && handlers.has(actorId)) {
    const text = `本人办理过这件投诉，${complaintActionNames[action]}须由他人办理（第十四条）`
    found.push({ code: 'OwnWork', text })
  }
  return found
}

/** Until when the customer must be answered: 48 hours from the intake, or from the reopening (clause 20(1)). */
export const replyBy = (from: number, replyHours: number): number => from + replyHours * hourMs

/** Whether the timer runs: until the customer was answered. */
export const timerRuns = (state: ComplaintState): boolean => state === 'received' || state === 'assigned'

/** How the first answer kept its time. `pending`: not answered, and the time is not over. */
export type Timeliness = 'in-time' | 'late' | 'pending'
export function timeliness(
  { takenAt, replyHours, firstRepliedAt }: { takenAt: number; replyHours: number; firstRepliedAt: number | null },
  now: number,
): Timeliness {
  const by = replyBy(takenAt, replyHours)
  if (firstRepliedAt !== null) return firstRepliedAt <= by ? 'in-time' : 'late'
  return now > by ? 'late' : 'pending'
}

/** Whole percent, rounded half up; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 200 + whole) / (2 * whole))
