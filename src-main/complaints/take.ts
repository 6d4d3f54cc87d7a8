/** 受理投诉: what came in, by whom, about what, and who is complained of by it. */
import { InvalidInput } from '../platform/errors.ts'
import type { Context } from '../platform/context.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { lentRefusal, ownAct } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import { billNotice } from '../billing/service.ts'
import { receiptData, takenBy } from '../cashier/service.ts'
import { accountById } from '../customers/service.ts'
import { orderBrief, takenDown, workersOf } from '../workorders/service.ts'
import { Take, type PartyReason, type SubjectKind } from './api.ts'
import { replyBy } from './rules.ts'
import { addParties, ComplainedOf, complaintRun, type ComplaintRecord } from './store.ts'
import { complaints } from './tables.ts'

interface Subject {
  /** As people know it. */
  readonly no: string
  /** Null where it belongs to no account. */
  readonly accountNo: string | null
  readonly doers: ReadonlySet<string>
  readonly reason: PartyReason
}

/** @throws OrderNotFound · BillNotFound · PaymentNotFound */
function subjectOf(context: Context, kind: SubjectKind, id: string): Subject {
  if (kind === 'workorder') {
    const { orderNo, accountId } = orderBrief(context, id)
    const accountNo = accountId === null ? null : accountById(context, accountId).accountNo
    return { no: orderNo, accountNo, doers: workersOf(context, id), reason: 'workorder' }
  }
  if (kind === 'bill') {
    const { billNo, accountNo } = billNotice(context, id)
    return { no: billNo, accountNo, doers: new Set(), reason: 'named' }
  }
  const { receiptNo, accountNo } = receiptData(context, id)
  return { no: receiptNo, accountNo, doers: new Set([takenBy(context, id)]), reason: 'payment' }
}

/** @throws AccountNotFound · StaffNotFound · ComplainedOf · InvalidInput when the subject is another account's */
export const take = useCase(Take, ({ requestId: _, subject, staffIds, receivedAt, ...input }, context) => {
  const { db, clock, actor, settings, device } = context
  const account = input.accountId === null ? null : accountById(context, input.accountId)
  const about = subject === null ? null : subjectOf(context, subject.kind, subject.id)
  if (about && about.accountNo !== null && about.accountNo !== account?.accountNo) {
    throw new InvalidInput('投诉所指的单据不是这一户的，请重新选择', { field: 'subject' })
  }
  const parties = new Map<string, PartyReason>([
    ...[...(about?.doers ?? [])].map((id) => [id, about?.reason ?? 'named'] as const),
    ...staffIds.map((id) => [id, 'named'] as const),
  ])
  const own = ownAct(actor, parties.keys())
  if (own !== null) {
    const words = own === 'own' ? '这件投诉涉及本人，请由同事受理' : lentRefusal('被投诉人', '请由同事受理')
    throw new ComplainedOf(words, { field: 'staffIds' })
  }
  const now = clock.now()
  const replyHours = settings.get('complaints.replyHours')
  const takenAt = takenDown(context, receivedAt)
  const due = replyBy(takenAt, replyHours)
  const complaint: ComplaintRecord = {
    id: newId(clock),
    complaintNo: nextNumber(context, 'complaint'),
    state: 'received',
    ...input,
    customerId: account?.customerId ?? null,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    subjectNo: about?.no ?? '',
    hallName: device.hallName,
    takenBy: actor.name,
    takenAt,
    enteredAt: now,
    round: 1,
    roundFrom: takenAt,
    replyHours,
    replyBy: due,
    dueAt: due,
    repliedAt: null,
    firstRepliedAt: null,
    repliedLate: 0,
    satisfaction: null,
    investigatorId: null,
    investigatorName: null,
    updatedAt: now,
  }
  db.insert(complaints).values(complaint).run()
  addParties(context, complaint.id, parties)
  complaintRun.begin(context, complaint, { kind: 'take', state: 'received', note: complaint.content })
  context.audit({
    subject: `complaint:${complaint.id}`,
    detail: { complaintNo: complaint.complaintNo, class: input.class },
  })
  context.emit({ event: 'changed', data: { room: 'complaints' } })
  return { complaintId: complaint.id, complaintNo: complaint.complaintNo, replyBy: due }
})
