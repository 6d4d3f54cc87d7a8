/**
 * 工单: the way from the report to the closure, and who may walk it (clauses 5(6), 6(4), 14(2), 18). Pure.
 *
 * A question: 待答复 → 已答复. Work: 待下达 → 待派工 → 待接单 → 已接单 → 已到场 → 已处理 → 已修复 → 已验证 → 已回访 → 已关闭; what is
 * outside the company's scope is referred, agreed to by another (待核实转介 → 已转介), and called back. Work found bad goes back to be repaired, a dissatisfied
 * customer back to the assignment in a new round.
 */
import { z } from 'zod'
import { Id, Instant, shortText } from '../platform/contract.ts'
import { sqlWords, type WordOf } from '../platform/dictionary.ts'
import { byOthers, declareProcess, guard, type Guard } from '../platform/process.ts'
import type { ActingFacts } from '../platform/two-persons.ts'
import { pauseReason, referReason } from './words.ts'

/** Who takes calls. */
export const takers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
/** Who writes the work down. */
export const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
export const dispatchers = ['hall-manager', 'dispatcher'] as const

const states = {
  asked: '待答复',
  answered: '已答复',
  reported: '待下达',
  issued: '待派工',
  assigned: '待接单',
  accepted: '已接单',
  'on-site': '已到场',
  handled: '已处理',
  repaired: '已修复',
  verified: '已验证',
  referring: '待核实转介',
  referred: '已转介',
  'called-back': '已回访',
  closed: '已关闭',
} as const

export interface OrderFacts extends ActingFacts {
  readonly state: keyof typeof states
  readonly urgent: boolean
  readonly paused: boolean
  /** Everybody who accepted this order, in any round. */
  readonly workers: ReadonlySet<string>
  readonly assigneeId: string | null
  /** Leaders of the list who have not been told yet. */
  readonly untold: readonly string[]
  /** Who wanted to refer it last; null where nobody did. */
  readonly referrerId: string | null
  /** Gas that was shut off for it has not come back by test and check. */
  readonly gasOff: boolean
  /** An emergency interruption that was begun for it still runs. */
  readonly cutOff: boolean
}

/** While the timers stand still only `resume` is done, and a hazard never stands still. */
const timers: Guard<OrderFacts, 'WrongStep' | 'OrderPaused'> = ({ paused, urgent }, { action }) => {
  if (action === 'resume') return paused ? null : { code: 'WrongStep', text: '这张工单没有暂停计时' }
  if (action === 'pause' && urgent) return { code: 'WrongStep', text: '险情不能暂停计时，须立即处置' }
  return paused ? { code: 'OrderPaused', text: '工单已暂停计时，请先恢复计时' } : null
}
/** Who worked on it never judges the work (clause 14(2)). */
const byNoWorker = byOthers('OwnWork', ({ workers }: OrderFacts) => workers, '做过这张工单', '第十四条')
/** Nor does whoever is at it stop its clock (clause 18(3)). */
const byNoOneAtIt = byOthers(
  'OwnWork',
  ({ workers, assigneeId }: OrderFacts) => [...workers, assigneeId],
  '承办这张工单',
  '第十八条',
)
const hazardHandled = guard(
  'WrongStep',
  ({ urgent, state }: OrderFacts) => urgent && state !== 'handled',
  '险情须先到场处理、消除危险，才能转介',
)
const leadersTold = guard(
  'LeadersNotTold',
  ({ untold }: OrderFacts) => untold.length > 0,
  ({ untold }) => `重大险情还没有报告：${untold.join('、')}`,
)

/** Whoever wants an order off the hall's hands does not decide it. */
const byNoReferrer = byOthers('OwnWork', ({ referrerId }: OrderFacts) => [referrerId], '登记过这次转介', '第十四条')
const gasBack = guard(
  'GasOff',
  ({ gasOff }: OrderFacts) => gasOff,
  '处理时停了气，还没有做严密性试验和安全检查恢复供气，请在“待恢复”办理（第十七条）',
)

const cutOver = guard(
  'GasOff',
  ({ cutOff }: OrderFacts) => cutOff,
  '以这张工单为依据的紧急停气还没有结束，请先结束停气（第十八条）',
)

/** From the issue until it is repaired: may be assigned anew, paused and referred. */
const atWork = ['issued', 'assigned', 'accepted', 'on-site', 'handled'] as const
const work = { key: 'Ctrl+Enter', roles: recorders } as const

export const orderProcess = declareProcess<OrderFacts>()({
  name: 'workorder',
  room: 'workorders',
  noun: '工单',
  idField: 'orderId',
  states,
  ends: ['answered', 'closed'],
  otherSteps: { report: '受理', 'tell-leader': '报告领导' },
  always: [timers],
  actions: {
    answer: {
      label: '答复',
      audit: '答复咨询',
      from: ['asked'],
      to: 'answered',
      roles: recorders,
      key: 'F12',
      note: { label: '答复', max: 500, required: true },
    },
    /** From the dispatch centre to the hall (clause 14(2)). */
    issue: {
      label: '下达',
      audit: '下达工单',
      from: ['reported'],
      to: 'issued',
      roles: dispatchers,
      key: 'F12',
      note: { label: '交代事项', max: 200 },
    },
    /** To somebody with a good certificate for this work (clause 10(8)). @throws CertificateMissing */
    assign: {
      label: '派工',
      audit: '工单派工',
      from: atWork,
      to: 'assigned',
      again: { in: ['assigned', 'accepted', 'on-site', 'handled'], label: '改派' },
      roles: dispatchers,
      key: 'Ctrl+D',
      input: { staffId: Id },
      note: { label: '交代事项', max: 200 },
    },
    // The four steps of the work are one call, `workorders.work`.
    accept: { ...work, label: '接单', from: ['assigned'], to: 'accepted', note: { label: '说明', max: 300 } },
    arrive: { ...work, label: '到场', from: ['accepted'], to: 'on-site', note: { label: '说明', max: 300 } },
    handle: { ...work, label: '处理', from: ['on-site'], to: 'handled', note: { label: '处理情况', max: 300 } },
    repair: { ...work, label: '修复', from: ['handled'], to: 'repaired', note: { label: '修复情况', max: 300 } },
    pause: {
      label: '暂停计时',
      audit: '暂停工单计时',
      from: atWork,
      to: 'same',
      roles: dispatchers,
      key: 'Shift+F11',
      input: {
        why: pauseReason.schema('请选择暂停原因'),
        /** Until when, as agreed with the customer or known; the timers run again by themselves then. */
        until: Instant,
      },
      note: { label: '说明', named: '暂停说明', max: 200, required: true, field: 'reason' },
      guards: [byNoOneAtIt],
    },
    resume: {
      label: '恢复计时',
      audit: '恢复工单计时',
      from: atWork,
      to: 'same',
      roles: recorders,
      key: 'Shift+F11',
      note: { label: '说明', max: 200 },
    },
    /** Outside the company's scope; the customer was told and where they were sent (clause 18(3)). */
    refer: {
      label: '转介',
      audit: '工单转介',
      from: atWork,
      to: 'referring',
      leads: false,
      roles: recorders,
      key: 'Ctrl+Shift+F',
      input: {
        why: referReason.schema('请选择不在维修范围的原因'),
        referredTo: shortText('转介渠道', 100),
        customerTold: z.literal(true, { error: '请先告知客户转介的渠道' }),
      },
      note: { label: '转介原因', max: 200, required: true, field: 'reason' },
      guards: [hazardHandled],
    },
    /** Somebody else agrees that it is outside the scope, or gives it back to be done. */
    confirm: {
      label: '核实转介',
      audit: '核实工单转介',
      from: ['referring'],
      to: 'referred',
      back: 'issued',
      roles: dispatchers,
      key: 'Ctrl+Shift+V',
      input: { passed: z.boolean() },
      note: { label: '核实意见', max: 300, required: true },
      guards: [byNoWorker, byNoReferrer],
    },
    /** Somebody else looks at the work; what is not right goes back to be repaired. */
    verify: {
      label: '验证',
      audit: '验证工单',
      from: ['repaired'],
      to: 'verified',
      back: 'handled',
      roles: dispatchers,
      key: 'Ctrl+Shift+V',
      input: { passed: z.boolean() },
      note: { label: '验证情况', max: 300, required: true },
      guards: [byNoWorker],
    },
    /** The call itself is the followups room's. */
    'call-back': {
      label: '回访',
      from: ['verified', 'referred'],
      to: 'called-back',
      back: 'issued',
      backLabel: '回访（不满意）',
      key: 'Ctrl+H',
      guards: [byNoWorker],
    },
    /** For a hazard only when every leader was told (clauses 5(6), 6(4)), and where gas was shut off once it is back. */
    close: {
      label: '关闭',
      audit: '关闭工单',
      from: ['called-back'],
      to: 'closed',
      roles: dispatchers,
      key: 'F12',
      note: { label: '备注', max: 300 },
      guards: [byNoWorker, leadersTold, gasBack, cutOver],
    },
    /** The timers count anew. */
    reopen: {
      label: '重新办理',
      audit: '重新办理工单',
      from: ['called-back', 'closed'],
      to: 'issued',
      leads: false,
      roles: recorders,
      key: 'Shift+F2',
      note: { label: '原因', named: '重新办理原因', max: 200, required: true, field: 'reason' },
    },
  },
})

export type OrderState = WordOf<typeof orderProcess.states>
export type OrderAction = WordOf<typeof orderProcess.actions>
export type OrderStepKind = WordOf<typeof orderProcess.steps>
export const { values: orderStates, names: orderStateNames } = orderProcess.states
export const { values: orderActions, names: orderActionNames } = orderProcess.actions

/** Not repaired yet: a hazard in these is the ground of an emergency. */
export const unrepaired: readonly OrderState[] = ['reported', ...atWork]
/** Where a timer runs, unless it is paused. */
export const timed: readonly OrderState[] = [...unrepaired, 'referring']

export type Timer = 'dispatch' | 'arrive' | 'handle' | 'repair'
interface Times {
  readonly state: OrderState
  readonly dispatchBy: number | null
  readonly dispatchedAt: number | null
  readonly arriveBy: number | null
  readonly arrivedAt: number | null
  readonly handleBy: number
  readonly handledAt: number | null
  readonly repairBy: number
}

/** The timer that runs and when it runs out: to a hazard somebody is on the way, is there; then until handled, until repaired. */
export function timerOf(order: Times): { readonly timer: Timer; readonly due: number } | null {
  if (!timed.includes(order.state)) return null
  const { dispatchBy, dispatchedAt, arriveBy, arrivedAt, handleBy, handledAt, repairBy } = order
  if (dispatchBy !== null && dispatchedAt === null) return { timer: 'dispatch', due: dispatchBy }
  if (arriveBy !== null && arrivedAt === null) return { timer: 'arrive', due: arriveBy }
  return handledAt === null ? { timer: 'handle', due: handleBy } : { timer: 'repair', due: repairBy }
}

/** SQL over `workorders o`, as the partial index has it: whose timers stand still. */
export const paused = `o.paused_at IS NOT NULL AND o.state NOT IN ${sqlWords(orderProcess.ends)}`
