/** 工单: calls, repairs, alarms and emergencies from the report to the closure. Instants are epoch ms. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  Id,
  Instant,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  Revealed,
  RevealReason,
  shortText,
} from '../platform/contract.ts'
import { Phone } from '../customers/api.ts'
import { channels, orderActions, orderKinds, orderStates, symptoms } from './words.ts'

export * from './words.ts'
export { isUrgent, kindTaken, timerOf, transitions } from './rules.ts'

const takers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
const dispatchers = ['hall-manager', 'dispatcher'] as const

const State = z.enum(orderStates)
const Kind = z.enum(orderKinds, { error: '请选择类别' })
const SymptomName = z.enum(symptoms, { error: '请选择现象' })

/** 受理: takes a call or visit down. A major hazard becomes an alarm at least, and its leaders are listed to be told. */
export const Take = call({
  name: 'workorders.take',
  kind: 'change',
  allow: takers,
  input: z.strictObject({
    requestId: RequestId,
    kind: Kind,
    symptom: SymptomName,
    channel: z.enum(channels, { error: '请选择来源' }),
    callerName: shortText('来电人', 30),
    callerPhone: Phone,
    accountId: Id.nullable().default(null),
    /** Where to go; the account's address when left empty. */
    place: z.string().trim().max(100, '地点不能超过 100 个字').default(''),
    description: remark('情况说明', 500).default(''),
    /** Whether the safety advice of the symptom was told, in order. */
    advised: z.boolean(),
    notAdvised: remark('未告知的原因', 100).default(''),
    /** 咨询 answered at once. */
    answer: remark('答复', 500).default(''),
  }),
  output: z.object({ orderId: Id, orderNo: z.string(), state: State }),
})

const onOrder = { requestId: RequestId, orderId: Id }
const Reached = z.object({ state: State })

/** 答复咨询. */
export const Answer = call({
  name: 'workorders.answer',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ ...onOrder, note: shortText('答复', 500) }),
  output: Reached,
})

/** 下达: from the dispatch centre to the hall (clause 14(2)). */
export const Issue = call({
  name: 'workorders.issue',
  kind: 'change',
  allow: dispatchers,
  input: z.strictObject({ ...onOrder, note: remark('交代事项', 200).default('') }),
  output: Reached,
})

/** 派工 or 改派, to somebody of the staff with a valid certificate (clause 10(8)(9)). @throws CertificateMissing */
export const Assign = call({
  name: 'workorders.assign',
  kind: 'change',
  allow: dispatchers,
  input: z.strictObject({ ...onOrder, staffId: Id, note: remark('交代事项', 200).default('') }),
  output: Reached,
})

/** 接单、到场、处理、修复 by the assignee, or written down for them when they ring in. @throws CertificateMissing */
export const workSteps = ['accept', 'arrive', 'handle', 'repair'] as const
export type WorkStep = (typeof workSteps)[number]
export const Work = call({
  name: 'workorders.work',
  kind: 'change',
  allow: recorders,
  input: z
    .strictObject({ ...onOrder, step: z.enum(workSteps), note: remark('处理情况', 300).default('') })
    .refine(({ step, note }) => note !== '' || step === 'accept' || step === 'arrive', {
      error: '请填写处理情况',
      path: ['note'],
    }),
  output: Reached,
})

/** 暂停计时: only with its reason, never for a hazard. */
export const Pause = call({
  name: 'workorders.pause',
  kind: 'change',
  allow: dispatchers,
  input: z.strictObject({ ...onOrder, reason: shortText('暂停原因', 200) }),
  output: Reached,
})
export const Resume = call({
  name: 'workorders.resume',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ ...onOrder, note: remark('说明', 200).default('') }),
  output: Reached,
})

/** 转介: outside the company's scope; the customer was told and where they were sent (clause 18(3)). */
export const Refer = call({
  name: 'workorders.refer',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({
    ...onOrder,
    reason: shortText('转介原因', 200),
    referredTo: shortText('转介渠道', 100),
    customerTold: z.literal(true, { error: '请先告知客户转介的渠道' }),
  }),
  output: Reached,
})

/** 验证: somebody else looks at the work; what is not right goes back to be repaired. */
export const Verify = call({
  name: 'workorders.verify',
  kind: 'change',
  allow: dispatchers,
  input: z.strictObject({ ...onOrder, passed: z.boolean(), note: shortText('验证情况', 300) }),
  output: Reached,
})

/** How a callback went. The call itself is made in the followups room, with its script and its count of tries. */
export const callbackResults = ['satisfied', 'dissatisfied', 'unreached'] as const
export type CallbackResult = (typeof callbackResults)[number]
export const callbackResultNames: Record<CallbackResult, string> = {
  satisfied: '满意',
  dissatisfied: '不满意',
  unreached: '未联系上',
}
/** 关闭: only after callback, and for a hazard only when every leader was told. */
export const Close = call({
  name: 'workorders.close',
  kind: 'change',
  allow: dispatchers,
  input: z.strictObject({ ...onOrder, note: remark('备注', 300).default('') }),
  output: Reached,
})

/** 重新办理: the customer comes back dissatisfied; the timers count anew. */
export const Reopen = call({
  name: 'workorders.reopen',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ ...onOrder, reason: shortText('重新办理原因', 200) }),
  output: Reached,
})

/** 报告领导: this one was told just now (clauses 5(6), 6(4)). @throws LeaderTold */
export const TellLeader = call({
  name: 'workorders.tellLeader',
  kind: 'change',
  allow: takers,
  input: z.strictObject({ requestId: RequestId, leaderId: Id, answer: remark('指示', 300).default('') }),
  output: z.object({}),
})

export const OrderRow = z.object({
  id: Id,
  orderNo: z.string(),
  kind: Kind,
  symptom: SymptomName,
  urgent: z.boolean(),
  state: State,
  callerName: z.string(),
  place: z.string(),
  assigneeName: z.string().nullable(),
  reportedAt: Instant,
  round: z.int(),
  handleBy: Instant,
  repairBy: Instant,
  handledAt: Instant.nullable(),
  repairedAt: Instant.nullable(),
  /** The timer stands still since then. */
  pausedAt: Instant.nullable(),
  updatedAt: Instant,
  /** Leaders not told yet. */
  untold: z.int(),
})
export type OrderRow = z.output<typeof OrderRow>

export const orderFilters = ['open', 'overdue', 'urgent', 'mine', ...orderStates] as const
export type OrderFilter = (typeof orderFilters)[number]

/** 工单看板: by the deadline that runs, the next one first. */
export const List = call({
  name: 'workorders.list',
  kind: 'read',
  allow: takers,
  input: z.strictObject({
    filter: z.enum(orderFilters).default('open'),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(OrderRow),
})

/** How many orders stand where; `states` holds only states that occur, without those that are done. */
export const Counts = call({
  name: 'workorders.counts',
  kind: 'read',
  allow: takers,
  input: z.strictObject({}),
  output: z.object({
    open: z.int(),
    overdue: z.int(),
    urgent: z.int(),
    mine: z.int(),
    states: z.array(z.object({ state: State, count: z.int() })),
  }),
})

export const OrderStep = z.object({
  no: z.int(),
  round: z.int(),
  kind: z.enum(['report', ...orderActions, 'tell-leader']),
  state: State,
  passed: z.boolean().nullable(),
  note: z.string(),
  workerName: z.string().nullable(),
  at: Instant,
  actorName: z.string(),
})
export type OrderStep = z.output<typeof OrderStep>

export const Detail = call({
  name: 'workorders.detail',
  kind: 'read',
  allow: takers,
  input: z.strictObject({ orderId: Id }),
  output: z.object({
    order: OrderRow.extend({
      channel: z.enum(channels),
      /** Masked; `workorders.reveal` shows it in full. */
      callerPhone: z.string(),
      customerId: Id.nullable(),
      accountId: Id.nullable(),
      description: z.string(),
      advice: z.array(z.string()),
      notAdvised: z.string(),
      receivedBy: z.string(),
      assigneeId: Id.nullable(),
    }),
    steps: z.array(OrderStep),
    leaders: z.array(
      z.object({
        id: Id,
        name: z.string(),
        phone: z.string(),
        toldAt: Instant.nullable(),
        toldBy: z.string().nullable(),
        answer: z.string().nullable(),
      }),
    ),
    /** What stands in the way of each action for this operator now; an action that is possible has none. */
    obstacles: z.record(z.enum(orderActions), z.array(z.string())),
  }),
})

/** The telephone of the caller in full, with its reason on record. @throws OrderNotFound */
export const RevealCaller = call({
  name: 'workorders.reveal',
  kind: 'read',
  audited: true,
  allow: takers,
  input: z.strictObject({ orderId: Id, reason: RevealReason }),
  output: Revealed,
})

/** 可派人员: staff with a good certificate for this order today, and how many orders each has in hand. */
export const Candidates = call({
  name: 'workorders.candidates',
  kind: 'read',
  allow: dispatchers,
  input: z.strictObject({ orderId: Id }),
  output: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string(), inHand: z.int() })),
})

/** Orders of one account, the newest first (at most 100). */
export const OfAccount = call({
  name: 'workorders.ofAccount',
  kind: 'read',
  allow: takers,
  input: z.strictObject({ accountId: Id }),
  output: z.array(OrderRow),
})

/** Orders in the hands of one member of the staff, now or last, the newest first: the person's page. */
export const OfStaff = call({
  name: 'workorders.ofStaff',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ staffId: Id, page: PageRequest.prefault({}) }),
  output: pageOf(OrderRow),
})

/** 紧急: urgent orders that nobody has accepted yet; while there is one the windows ring. */
export const Alarms = call({
  name: 'workorders.alarms',
  kind: 'read',
  allow: takers,
  input: z.strictObject({}),
  output: z.array(OrderRow),
})
