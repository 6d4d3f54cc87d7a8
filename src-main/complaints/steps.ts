/** 投诉 from the assignment to the closure: each step passes its gate, then is written with time and person. */
import type { Context } from '../platform/context.ts'
import { formatInstant } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { staffById } from '../staff/service.ts'
import {
  Assign,
  Classify,
  Close,
  complaintClassNames,
  Investigate,
  Name,
  Reopen,
  Reply,
  type ComplaintAction,
  type ComplaintState,
  type Satisfaction,
} from './api.ts'
import { onDissatisfaction, replyBy, transitions } from './rules.ts'
import {
  addParties,
  ComplainedOf,
  NotInvestigator,
  partiesOf,
  passGate,
  recordStep,
  WrongStep,
  type ComplaintRecord,
} from './store.ts'
import { mayInvestigate } from './people.ts'

/** @throws WrongStep when the table has the action lead nowhere */
function reached(action: ComplaintAction): ComplaintState {
  const { to } = transitions[action]
  if (to === 'same') throw new WrongStep()
  return to
}

export const assign = useCase(Assign, ({ complaintId, staffId, note }, context) => {
  const complaint = passGate(context, 'assign', complaintId)
  const member = staffById(context, staffId)
  if (partiesOf(context, complaintId).some((party) => party.staffId === staffId)) {
    throw new ComplainedOf(`${member.name}是被投诉人，不能调查这件投诉，请指派他人（第二十条）`, { field: 'staffId' })
  }
  if (!mayInvestigate(member)) {
    throw new NotInvestigator(`${member.name}不在岗或没有办理投诉的岗位，请指派他人`, { field: 'staffId' })
  }
  return recordStep(context, complaint, {
    kind: 'assign',
    state: reached('assign'),
    note,
    person: member,
    fills: { investigatorId: member.id, investigatorName: member.name },
  })
})

export const investigate = useCase(Investigate, ({ complaintId, note }, context) => {
  const complaint = passGate(context, 'investigate', complaintId)
  return recordStep(context, complaint, { kind: 'investigate', state: complaint.state, note })
})

export const classify = useCase(Classify, ({ complaintId, class: to, note }, context) => {
  const complaint = passGate(context, 'classify', complaintId)
  if (complaint.class === to) throw new InvalidInput('类别没有改变', { field: 'class' })
  return recordStep(context, complaint, {
    kind: 'classify',
    state: complaint.state,
    note: `${complaintClassNames[complaint.class]}改为${complaintClassNames[to]}；${note}`,
    fills: { class: to },
  })
})

/** What stops being true when the investigator turns out to be complained of. */
const withoutInvestigator = { investigatorId: null, investigatorName: null } as const

export const name = useCase(Name, ({ complaintId, staffIds, note }, context) => {
  const complaint = passGate(context, 'name', complaintId)
  if (staffIds.includes(context.actor.id)) throw new ComplainedOf('不能由本人把自己登记为被投诉人，请由同事登记')
  const concerned = complaint.investigatorId !== null && staffIds.includes(complaint.investigatorId)
  const back = concerned && complaint.state === 'assigned'
  if (concerned && !back) {
    throw new ComplainedOf('已由此人调查并回复，请先重新办理，再补充被投诉人并改派', { field: 'staffIds' })
  }
  // The step says who; the investigator lets go before being named, or the gate below the services would refuse.
  const names = staffIds.map((id) => staffById(context, id).name)
  const result = recordStep(context, complaint, {
    kind: 'name',
    state: back ? 'received' : complaint.state,
    note: [names.join('、'), note].filter((text) => text !== '').join('；'),
    fills: back ? withoutInvestigator : {},
  })
  addParties(context, complaintId, new Map(staffIds.map((id) => [id, 'named' as const])))
  return result
})

export const reply = useCase(Reply, ({ complaintId, channel, repliedAt, note }, context) => {
  const complaint = passGate(context, 'reply', complaintId)
  const now = context.clock.now()
  const at = repliedAt ?? now
  if (at > now) throw new InvalidInput('回复时间不能晚于现在', { field: 'repliedAt' })
  if (at < complaint.roundFrom) {
    throw new InvalidInput(`回复时间不能早于受理时间 ${formatInstant(complaint.roundFrom)}`, { field: 'repliedAt' })
  }
  return recordStep(context, complaint, {
    kind: 'reply',
    state: reached('reply'),
    note,
    reply: { channel, at },
    fills: { repliedAt: at, firstRepliedAt: complaint.firstRepliedAt ?? at },
  })
})

/** What a new round begins with: nobody investigates, 48 hours from now. */
function newRound({ clock }: Context, { round, replyHours }: ComplaintRecord): Partial<ComplaintRecord> {
  const now = clock.now()
  return {
    round: round + 1,
    roundFrom: now,
    replyBy: replyBy(now, replyHours),
    repliedAt: null,
    ...withoutInvestigator,
  }
}

/** How the callback of a complaint went; `unreachable` ends it after the tries that the followups room counts. */
export type ComplaintCallback = Satisfaction | 'unreached'

/**
 * 回访: what follows from the call the followups room has recorded. Not satisfied: a new round. Not reached: it waits on.
 * @throws ComplaintNotFound · WrongStep · OwnWork
 */
export function recordCallback(
  context: Context,
  complaintId: string,
  { result, note }: { readonly result: ComplaintCallback; readonly note: string },
): { readonly state: ComplaintState } {
  const complaint = passGate(context, 'call-back', complaintId)
  if (result === 'unreached') {
    return recordStep(context, complaint, { kind: 'call-back', state: complaint.state, passed: null, note })
  }
  const dissatisfied = result === 'dissatisfied'
  return recordStep(context, complaint, {
    kind: 'call-back',
    state: dissatisfied ? onDissatisfaction : reached('call-back'),
    passed: result === 'unreachable' ? null : !dissatisfied,
    note,
    fills: { satisfaction: result, ...(dissatisfied ? newRound(context, complaint) : {}) },
  })
}

export const close = useCase(Close, ({ complaintId, note }, context) =>
  recordStep(context, passGate(context, 'close', complaintId), { kind: 'close', state: reached('close'), note }),
)

export const reopen = useCase(Reopen, ({ complaintId, reason }, context) => {
  const complaint = passGate(context, 'reopen', complaintId)
  return recordStep(context, complaint, {
    kind: 'reopen',
    state: reached('reopen'),
    note: reason,
    fills: newRound(context, complaint),
  })
})
