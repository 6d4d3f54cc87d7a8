/** 投诉 from the assignment to the closure: what each step does besides what `process.ts` declares. */
import { approverAmong, consumeApproval } from '../platform/approvals.ts'
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
  type ComplaintState,
  type Satisfaction,
} from './api.ts'
import { mayInvestigate } from './people.ts'
import { complaintProcess } from './process.ts'
import { replyBy } from './rules.ts'
import { addParties, ComplainedOf, complaintRun, NotInvestigator, partiesOf, type ComplaintRecord } from './store.ts'

export const assign = complaintRun.step(Assign, 'assign', ({ id }, { staffId }, context) => {
  const member = staffById(context, staffId)
  if (partiesOf(context, id).some((party) => party.staffId === staffId)) {
    throw new ComplainedOf(`${member.name}是被投诉人，不能调查这件投诉，请指派他人（第二十条）`, { field: 'staffId' })
  }
  if (!mayInvestigate(member)) {
    throw new NotInvestigator(`${member.name}不在岗或没有办理投诉的岗位，请指派他人`, { field: 'staffId' })
  }
  return {
    more: { personId: member.id, personName: member.name },
    fills: { investigatorId: member.id, investigatorName: member.name },
  }
})

export const investigate = complaintRun.step(Investigate, 'investigate')

export const classify = complaintRun.step(Classify, 'classify', (complaint, { class: to, note }) => {
  if (complaint.class === to) throw new InvalidInput('类别没有改变', { field: 'class' })
  const change = `${complaintClassNames[complaint.class]}改为${complaintClassNames[to]}`
  return { note: `${change}；${note}`, fills: { class: to } }
})

/** What stops being true when the investigator turns out to be complained of. */
const withoutInvestigator = { investigatorId: null, investigatorName: null } as const

export const name = useCase(Name, ({ complaintId, staffIds, note }, context) => {
  const complaint = complaintRun.pass(context, 'name', complaintId)
  if (staffIds.includes(context.actor.id)) throw new ComplainedOf('不能由本人把自己登记为被投诉人，请由同事登记')
  const concerned = complaint.investigatorId !== null && staffIds.includes(complaint.investigatorId)
  const back = concerned && complaint.state === 'assigned'
  if (concerned && !back) {
    throw new ComplainedOf('已由此人调查并回复，请先重新办理，再补充被投诉人并改派', { field: 'staffIds' })
  }
  // The step says who; the investigator lets go before being named, or the gate below the services would refuse.
  const names = staffIds.map((id) => staffById(context, id).name)
  const result = complaintRun.record(context, complaint, {
    kind: 'name',
    state: complaintProcess.reached('name', complaint.state, back),
    note: [names.join('、'), note].filter((text) => text !== '').join('；'),
    fills: back ? withoutInvestigator : {},
  })
  addParties(context, complaintId, new Map(staffIds.map((id) => [id, 'named' as const])))
  return result
})

/**
 * What is added to a reply that was written down late: its proof, and who agreed, neither the writer nor complained of.
 * @throws ApprovalRefused · ComplainedOf · InvalidInput where nobody was asked
 */
function backdatedNote(
  context: Context,
  { id }: ComplaintRecord,
  at: number,
  backdated: { readonly approvalId: string; readonly reason: string } | null,
): string {
  const { clock, settings } = context
  const hours = settings.get('complaints.lateReplyHours')
  if (clock.now() - at <= hours * 3_600_000) return ''
  if (backdated === null) {
    throw new InvalidInput(`回复时间早于 ${hours} 小时之前，须写明凭据由主任批准`, { field: 'repliedAt' })
  }
  const { approvalId, reason } = backdated
  const terms = { complaintId: id, repliedAt: formatInstant(at), reason }
  const { approverId, approverName } = consumeApproval(context, approvalId, 'late-reply', terms)
  const parties = partiesOf(context, id).map(({ staffId }) => staffId)
  const own = approverAmong(context, approverId, parties)
  if (own !== null) {
    const why = own === 'own' ? '是被投诉人' : '的密码一天内由被投诉人重置'
    throw new ComplainedOf(`${approverName}${why}，不能批准补记，请另一位主任批准`)
  }
  return `；补记凭据：${reason}（${approverName}批准）`
}

export const reply = complaintRun.step(Reply, 'reply', (complaint, input, context) => {
  const { channel, repliedAt, backdated, note } = input
  const now = context.clock.now()
  const at = repliedAt ?? now
  if (at > now) throw new InvalidInput('回复时间不能晚于现在', { field: 'repliedAt' })
  if (at < complaint.roundFrom) {
    throw new InvalidInput(`回复时间不能早于受理时间 ${formatInstant(complaint.roundFrom)}`, { field: 'repliedAt' })
  }
  return {
    note: `${note}${backdatedNote(context, complaint, at, backdated)}`,
    more: { replyChannel: channel, doneAt: at },
    fills: { repliedAt: at, firstRepliedAt: complaint.firstRepliedAt ?? at },
  }
})

/** What a new round begins with: nobody investigates, 48 hours from now. */
function newRound({ clock }: Context, complaint: ComplaintRecord): Partial<ComplaintRecord> {
  const now = clock.now()
  const { round, replyHours, repliedAt, replyBy: by } = complaint
  return {
    // A round ends after its answer; what came late stays late.
    ...((repliedAt ?? now) > by ? { repliedLate: 1 } : {}),
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
export const recordCallback = (
  context: Context,
  complaintId: string,
  call: { readonly result: ComplaintCallback; readonly note: string },
): { readonly state: ComplaintState } =>
  complaintRun.callBack(context, 'call-back', complaintId, call, (complaint, result) => ({
    satisfaction: result,
    ...(result === 'dissatisfied' ? newRound(context, complaint) : {}),
  }))

export const close = complaintRun.step(Close, 'close')

export const reopen = complaintRun.step(Reopen, 'reopen', (complaint, _, context) => ({
  fills: newRound(context, complaint),
}))
