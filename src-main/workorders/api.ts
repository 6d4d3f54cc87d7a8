/** 工单: calls, repairs, alarms and emergencies from the report to the closure. Instants are epoch ms. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  Id,
  Instant,
  OwnWords,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  Revealed,
  RevealReason,
  shortText,
} from '../platform/contract.ts'
import { words, type WordOf } from '../platform/dictionary.ts'
import { Phone } from '../customers/api.ts'
import { dispatchers, orderProcess, orderStates, recorders, takers } from './process.ts'
import { channel, orderKind, siteGas, symptom } from './words.ts'

export * from './words.ts'
export * from './process.ts'
export { isUrgent, kindTaken } from './rules.ts'

const State = orderProcess.states.schema()
const Kind = orderKind.schema('请选择类别')
const SymptomName = symptom.schema('请选择现象')

/** 受理: takes a call or visit down. A major hazard becomes an alarm at least, and its leaders are listed to be told. */
export const Take = call({
  name: 'workorders.take',
  kind: 'change',
  allow: takers,
  input: z.strictObject({
    requestId: RequestId,
    kind: Kind,
    symptom: SymptomName,
    channel: channel.schema('请选择来源'),
    callerName: shortText('来电人', 30),
    callerPhone: Phone,
    accountId: Id.nullable().default(null),
    /** Where to go; the account's address when left empty. */
    place: z.string().trim().max(100, '地点不能超过 100 个字').default(''),
    description: remark('情况说明', 500).default(''),
    /** Whether the safety advice of the symptom was told, in order. */
    advised: z.boolean(),
    notAdvised: remark('未告知的原因', 100).default(''),
    /** When the call came, where it is written down later; the timers count from it. Null: now. */
    receivedAt: Instant.nullable().default(null),
    /** 咨询 answered at once. */
    answer: remark('答复', 500).default(''),
  }),
  output: z.object({ orderId: Id, orderNo: z.string(), state: State }),
})

// The steps: what each asks for, of whom and when stands in process.ts.
export const Answer = orderProcess.call('answer')
export const Issue = orderProcess.call('issue')
export const Assign = orderProcess.call('assign')
export const Pause = orderProcess.call('pause')
export const Resume = orderProcess.call('resume')
export const Refer = orderProcess.call('refer')
export const Verify = orderProcess.call('verify')
export const Confirm = orderProcess.call('confirm')
export const Close = orderProcess.call('close')
export const Reopen = orderProcess.call('reopen')

/** 接单、到场、处理、修复 by the assignee, or written down for them when they ring in. @throws CertificateMissing */
export const workSteps = ['accept', 'arrive', 'handle', 'repair'] as const
export type WorkStep = (typeof workSteps)[number]
export const Work = call({
  name: 'workorders.work',
  kind: 'change',
  allow: recorders,
  input: z
    .strictObject({
      requestId: RequestId,
      orderId: Id,
      step: z.enum(workSteps),
      /** 是否停气, with 处理; a hazard is not handled without it. Null: not shut off. */
      gas: siteGas.schema().nullable().default(null),
      note: remark('处理情况', 300).default(''),
    })
    .refine(({ step, note }) => note !== '' || step === 'accept' || step === 'arrive', {
      error: '请填写处理情况',
      path: ['note'],
    }),
  output: z.object({ state: State }),
})

/** How a callback went. The call itself is made in the followups room, with its script and its count of tries. */
export const callbackResult = words({ satisfied: '满意', dissatisfied: '不满意', unreached: '未联系上' })
export type CallbackResult = WordOf<typeof callbackResult>
export const { values: callbackResults, names: callbackResultNames } = callbackResult

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
  place: OwnWords,
  assigneeName: z.string().nullable(),
  reportedAt: Instant,
  round: z.int(),
  handleBy: Instant,
  repairBy: Instant,
  handledAt: Instant.nullable(),
  repairedAt: Instant.nullable(),
  /** Of a hazard: by when somebody must be on the way and be there, and when that was. */
  dispatchBy: Instant.nullable(),
  dispatchedAt: Instant.nullable(),
  arriveBy: Instant.nullable(),
  arrivedAt: Instant.nullable(),
  /** The timer stands still since then. */
  pausedAt: Instant.nullable(),
  /** Until then at most. */
  pausedUntil: Instant.nullable(),
  updatedAt: Instant,
  /** Leaders not told yet. */
  untold: z.int(),
})
export type OrderRow = z.output<typeof OrderRow>

export const orderFilters = ['open', 'overdue', 'urgent', 'paused', 'mine', ...orderStates] as const
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
    paused: z.int(),
    mine: z.int(),
    states: z.array(z.object({ state: State, count: z.int() })),
  }),
})

export const OrderStep = z.object({
  no: z.int(),
  round: z.int(),
  kind: orderProcess.steps.schema(),
  state: State,
  passed: z.boolean().nullable(),
  note: OwnWords,
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
      channel: channel.schema(),
      /** Masked; `workorders.reveal` shows it in full. */
      callerPhone: z.string(),
      customerId: Id.nullable(),
      accountId: Id.nullable(),
      description: OwnWords,
      advice: z.array(z.string()),
      notAdvised: OwnWords,
      receivedBy: z.string(),
      /** By when every leader must be told of a hazard. */
      tellBy: Instant.nullable(),
      /** Later than `reportedAt` where it was written down afterwards. */
      enteredAt: Instant,
      /** 是否停气, in this round. */
      gas: siteGas.schema().nullable(),
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
        answer: OwnWords.nullable(),
      }),
    ),
    /** What stands in the way of each action for this operator now; an action that is possible has none. */
    obstacles: z.record(orderProcess.actions.schema(), z.array(z.string())),
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
