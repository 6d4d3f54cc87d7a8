/** 投诉: what the board, the complaint's page and the customer file look at. Nobody finds what is said against them. */
import { statement } from '../platform/database.ts'
import { sqlWords } from '../platform/dictionary.ts'
import { maskPhone, numbersShown } from '../platform/identity.ts'
import { instantCursor } from '../platform/paging.ts'
import { formatYuan } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { bills } from '../billing/service.ts'
import { receiptsOf } from '../cashier/service.ts'
import { accountById, foundBound, foundWithin } from '../customers/service.ts'
import { ofAccount as ordersOf } from '../workorders/service.ts'
import { orderKindNames, symptomNames } from '../workorders/api.ts'
import {
  Counts,
  Detail,
  leaders,
  List,
  ListPressing,
  maxPressing,
  OfAccount,
  RevealComplainant,
  Subjects,
  type ComplaintFilter,
  type ComplaintRow,
  type ComplaintState,
  type Pressing,
} from './api.ts'
import { complaintProcess, running as timed } from './process.ts'
import { hourMs } from './rules.ts'
import { complaintById, complaintRun, partiesOf, stepsOf } from './store.ts'

export const rowColumns = `c.id, c.complaint_no AS complaintNo, c.state, c.class, c.channel,
  c.complainant_name AS complainantName, c.content, c.subject_kind AS subjectKind, c.subject_no AS subjectNo,
  c.investigator_name AS investigatorName, c.taken_at AS takenAt, c.entered_at AS enteredAt, c.round, c.reply_by AS replyBy,
  c.replied_at AS repliedAt, c.satisfaction, c.updated_at AS updatedAt`

/** Takes away what somebody is complained of in. */
export const notAgainst = (viewer: string): string =>
  `NOT EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = c.id AND p.staff_id = ${viewer})`

// Written as the partial index has it, so that closed complaints are never looked at; the plus keeps the condition off
// the index by state, as one walk along the board's own index needs no sorting.
const open = `c.state NOT IN ${sqlWords(complaintProcess.ends)}`
const running = `+c.state IN ${sqlWords(timed)}`
const whereOf = (filter: ComplaintFilter): string => {
  switch (filter) {
    case 'open':
      return open
    case 'overdue':
      return `${open} AND ${running} AND c.due_at < @now`
    case 'mine':
      return `${open} AND c.investigator_id = @actorId`
    default:
      return 'c.state = @state'
  }
}

/** The query of the board, also for the test of its plan. */
export const listSql = (
  filter: ComplaintFilter,
  searched = false,
): string => `SELECT ${rowColumns}, c.due_at AS dueAt FROM complaints c
  WHERE ${foundWithin(searched, `${whereOf(filter)} AND (c.due_at, c.id) > (@afterDue, @afterId)`, 'c.complaint_no', 'c.account_id', 'accounts', ['c.complainant_name'])}
    AND ${notAgainst('@actorId')}
  ORDER BY c.due_at, c.id LIMIT @limit`

export const list = useCase(List, ({ filter, search, page: { after, size } }, context) => {
  const { sqlite, clock, actor } = context
  const cursor = instantCursor(after)
  const rows = statement<ComplaintRow & { readonly dueAt: number }>(sqlite, listSql(filter, search !== '')).all({
    ...foundBound(context, 'complaint', search),
    now: clock.now(),
    actorId: actor.id,
    state: filter,
    afterDue: cursor.at,
    afterId: cursor.id,
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return {
    rows: kept.map(({ dueAt: _, ...row }) => row),
    next: rows.length > size && last ? `${last.dueAt}/${last.id}` : null,
  }
})

/** A deadline this near calls for attention (ms). */
const soonMs = 6 * hourMs

/** Also for the test of its plan. */
export const pressingSql = `SELECT c.id, c.complaint_no AS complaintNo, c.reply_by AS replyBy FROM complaints c
  WHERE ${open} AND ${running} AND c.due_at <= @soon AND ${notAgainst('@actorId')}
    AND (@leads = 1 OR c.investigator_id = @actorId)
  ORDER BY c.due_at, c.id LIMIT @limit`

export const pressing = useCase(ListPressing, (_, { sqlite, clock, actor }) =>
  statement<Pressing>(sqlite, pressingSql).all({
    soon: clock.now() + soonMs,
    actorId: actor.id,
    leads: leaders.some((role) => actor.roles.includes(role)) ? 1 : 0,
    limit: maxPressing,
  }),
)

export const counts = useCase(Counts, (_, { sqlite, clock, actor }) => {
  const states = statement<{ state: ComplaintState; count: number; overdue: number; dueSoon: number; mine: number }>(
    sqlite,
    `SELECT c.state, count(*) AS count, count(*) FILTER (WHERE ${running} AND c.due_at < @now) AS overdue,
       count(*) FILTER (WHERE ${running} AND c.due_at BETWEEN @now AND @soon) AS dueSoon,
       count(*) FILTER (WHERE c.investigator_id = @actorId) AS mine
     FROM complaints c WHERE ${open} AND ${notAgainst('@actorId')} GROUP BY c.state`,
  ).all({ now: clock.now(), soon: clock.now() + soonMs, actorId: actor.id })
  const total = (of: 'count' | 'overdue' | 'dueSoon' | 'mine') => states.reduce((sum, row) => sum + row[of], 0)
  return {
    open: total('count'),
    overdue: total('overdue'),
    dueSoon: total('dueSoon'),
    mine: total('mine'),
    states: states.map(({ state, count }) => ({ state, count })),
  }
})

/** @throws ComplaintNotFound */
export const detail = useCase(Detail, ({ complaintId }, context) => {
  const complaint = complaintById(context, complaintId)
  return {
    complaint: {
      ...complaint,
      complainantPhone: maskPhone(complaint.complainantPhone),
      accountNo: complaint.accountId === null ? null : accountById(context, complaint.accountId).accountNo,
    },
    parties: partiesOf(context, complaintId).map(({ staffId, staffName, reason }) => ({
      staffId,
      name: staffName,
      reason,
    })),
    steps: stepsOf(context, complaintId).map((step) => ({
      ...step,
      passed: step.passed === null ? null : step.passed === 1,
    })),
    lateReplyHours: context.settings.get('complaints.lateReplyHours'),
    obstacles: complaintRun.obstacles(context, complaint),
  }
})

/** The audit log keeps who saw the number and why, never the number. @throws ComplaintNotFound */
export const reveal = useCase(RevealComplainant, ({ complaintId, reason }, context) => {
  const { complaintNo, complainantPhone, content } = complaintById(context, complaintId)
  const words = [content, ...stepsOf(context, complaintId).map(({ note }) => note)]
  const { value, shown } = numbersShown(complainantPhone, words)
  context.audit({
    subject: `complaint:${complaintId}`,
    detail: { complaintNo, what: 'complainantPhone', shown, reason },
  })
  return { value }
})

export const ofAccount = useCase(OfAccount, ({ accountId }, { sqlite, actor }) =>
  statement<ComplaintRow>(
    sqlite,
    `SELECT ${rowColumns} FROM complaints c WHERE c.account_id = @accountId AND ${notAgainst('@actorId')}
     ORDER BY c.taken_at DESC LIMIT 100`,
  ).all({ accountId, actorId: actor.id }),
)

const everyBill = { filter: 'all', search: '', issuedFrom: null, issuedTo: null } as const
/** Of each kind this many. */
const maxSubjects = 12

export const subjects = useCase(Subjects, ({ accountId }, context) => {
  const page = { after: null, size: maxSubjects }
  const issued = bills.within({ ...everyBill, accountId, page }, context)
  const taken = receiptsOf.within({ accountId, page }, context)
  return [
    ...ordersOf
      .within({ accountId }, context)
      .slice(0, maxSubjects)
      .map(({ id, orderNo, kind, symptom }) => ({
        kind: 'workorder' as const,
        id,
        no: orderNo,
        text: `${orderKindNames[kind]}，${symptomNames[symptom]}`,
      })),
    ...issued.rows.map(({ billId, billNo, periodTo, amount }) => ({
      kind: 'bill' as const,
      id: billId,
      no: billNo,
      text: `截至 ${periodTo}，${formatYuan(amount)} 元`,
    })),
    ...taken.rows.map(({ paymentId, receiptNo, businessDate, amount, cashierName }) => ({
      kind: 'payment' as const,
      id: paymentId,
      no: receiptNo,
      text: `${businessDate} ${cashierName}，${formatYuan(amount)} 元`,
    })),
  ]
})
