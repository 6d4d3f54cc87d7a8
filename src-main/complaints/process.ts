/**
 * 投诉: the way from the intake to the closure and who may walk it (clauses 14(2), 20). Pure.
 *
 * 待指派 → 调查中 → 已回复 → 已回访 → 已关闭. A dissatisfied customer leads back to the assignment in a new round, and so does
 * whoever comes back after the answer.
 */
import { z } from 'zod'
import { Id, Instant, shortText } from '../platform/contract.ts'
import { byOthers, declareProcess, guard } from '../platform/process.ts'
import { lentRefusal, ownAct, type ActingFacts } from '../platform/two-persons.ts'
import type { WordOf } from '../platform/dictionary.ts'
import { complaintClass, replyChannel } from './words.ts'

/** Who takes complaints in and works on them. */
export const takers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
/** Who hears of every deadline. */
export const leaders = ['hall-manager', 'dispatcher'] as const

/** Staff one complaint may be about. */
export const maxParties = 10
export const Parties = z.array(Id).max(maxParties, `被投诉人不能超过 ${maxParties} 人`)

const states = {
  received: '待指派',
  assigned: '调查中',
  replied: '已回复',
  'called-back': '已回访',
  closed: '已关闭',
} as const

export interface ComplaintFacts extends ActingFacts {
  readonly state: keyof typeof states
  readonly investigatorId: string | null
  /** Everybody who was given, investigated or answered it, in any round. */
  readonly handlers: ReadonlySet<string>
  /** Everybody complained of. */
  readonly parties: ReadonlySet<string>
  /** Whether something was found out in this round. */
  readonly investigated: boolean
}

const byInvestigator = guard(
  'NotInvestigator',
  ({ investigatorId, actorId }: ComplaintFacts) => investigatorId !== actorId,
  '须由调查人办理，可改派',
)
const afterInvestigation = guard(
  'NotInvestigated',
  ({ investigated }: ComplaintFacts) => !investigated,
  '请先记录调查情况（第二十条）',
)
/** For those complained of it does not exist; a session with a password they gave sees it, and does nothing to it. */
const byNoParty = guard(
  'ComplainedOf',
  ({ actorId, lentBy, parties }: ComplaintFacts) => ownAct({ id: actorId, lentBy }, parties) !== null,
  (_, label) => lentRefusal('被投诉人', `${label}须由他人办理（第二十条）`),
)
/** Who handled it never judges the handling (clause 14(2)). */
const byNoHandler = byOthers('OwnWork', ({ handlers }: ComplaintFacts) => handlers, '办理过这件投诉', '第十四条')

export const complaintProcess = declareProcess<ComplaintFacts>()({
  name: 'complaint',
  room: 'complaints',
  noun: '投诉',
  idField: 'complaintId',
  states,
  ends: ['closed'],
  always: [byNoParty],
  otherSteps: { take: '受理' },
  actions: {
    /** Never to somebody complained of. @throws ComplainedOf · NotInvestigator */
    assign: {
      label: '指派调查人',
      audit: '指派调查人',
      from: ['received', 'assigned'],
      to: 'assigned',
      again: { in: ['assigned'], label: '改派' },
      roles: leaders,
      key: 'Ctrl+D',
      input: { staffId: Id },
      note: { label: '交代事项', max: 200 },
    },
    investigate: {
      label: '记调查情况',
      audit: '记调查情况',
      from: ['assigned'],
      to: 'same',
      roles: takers,
      key: 'Ctrl+Shift+V',
      note: { label: '调查情况', max: 500, required: true, long: true },
      guards: [byInvestigator],
    },
    classify: {
      label: '改类别',
      audit: '改投诉类别',
      from: ['received', 'assigned', 'replied', 'called-back'],
      to: 'same',
      roles: leaders,
      key: 'F3',
      input: { class: complaintClass.schema('请选择类别') },
      note: { label: '原因', named: '改类别的原因', max: 200, required: true },
    },
    /** As they come out. When the investigator is among them, the complaint waits for another one. @throws ComplainedOf */
    name: {
      label: '补充被投诉人',
      audit: '补充被投诉人',
      from: ['received', 'assigned', 'replied', 'called-back'],
      to: 'same',
      back: 'received',
      backLabel: '补充被投诉人（含调查人）',
      roles: takers,
      key: 'Ctrl+Shift+N',
      input: { staffIds: Parties.min(1, '请选择被投诉人') },
      note: { label: '说明', max: 200 },
    },
    /** How, when and what the customer was told (clause 20(1)); `repliedAt` null: just now. */
    reply: {
      label: '回复',
      audit: '回复投诉',
      from: ['assigned'],
      to: 'replied',
      roles: takers,
      key: 'Ctrl+Enter',
      input: {
        channel: replyChannel.schema('请选择回复方式'),
        repliedAt: Instant.nullable().default(null),
        /** Dated back further than the hall allows one person alone: the proof in words, and who agreed. */
        backdated: z
          .strictObject({ approvalId: Id, reason: shortText('补记的凭据', 200) })
          .nullable()
          .default(null),
      },
      note: { label: '回复内容', max: 500, required: true, long: true },
      guards: [byInvestigator, afterInvestigation],
    },
    /** The call itself is the followups room's. */
    'call-back': {
      label: '回访',
      from: ['replied'],
      to: 'called-back',
      back: 'received',
      backLabel: '回访（不满意）',
      key: 'Ctrl+H',
      guards: [byNoHandler],
    },
    close: {
      label: '关闭',
      audit: '关闭投诉',
      from: ['called-back'],
      to: 'closed',
      roles: leaders,
      key: 'F12',
      note: { label: '备注', max: 300 },
      guards: [byNoHandler],
    },
    /** The 48 hours count anew. */
    reopen: {
      label: '重新办理',
      audit: '重新办理投诉',
      from: ['replied', 'called-back', 'closed'],
      to: 'received',
      leads: false,
      roles: takers,
      key: 'Shift+F2',
      note: { label: '原因', named: '重新办理原因', max: 200, required: true, field: 'reason' },
    },
  },
})

export type ComplaintState = WordOf<typeof complaintProcess.states>
export type ComplaintAction = WordOf<typeof complaintProcess.actions>
export type ComplaintStepKind = WordOf<typeof complaintProcess.steps>
export const { values: complaintStates, names: complaintStateNames } = complaintProcess.states
export const { values: complaintActions, names: complaintActionNames } = complaintProcess.actions

/** Where the timer runs: until the customer was answered. */
export const running = ['received', 'assigned'] as const satisfies readonly ComplaintState[]
export const timerRuns = (state: ComplaintState): boolean => (running as readonly ComplaintState[]).includes(state)
