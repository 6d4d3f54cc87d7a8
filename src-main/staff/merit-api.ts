/** 奖惩 of the staff (clauses 28, 29), and one person's file. */
import { z } from 'zod'
import {
  call,
  DateOnly,
  Id,
  Instant,
  pageOf,
  PageRequest,
  PositiveFen,
  remark,
  RequestId,
  shortText,
} from '../platform/contract.ts'
import { CertificateView, StaffView } from './staff-api.ts'
import { ExamDueView, ExamRow, TrainingRow } from './training-api.ts'
import { meritKinds, trainingResults } from './words.ts'

const readers = ['hall-manager', 'administrator'] as const

const decision = {
  requestId: RequestId,
  decidedBy: shortText('决定人', 40),
  decidedOn: DateOnly,
  evidence: shortText('依据', 300),
}

/** 登记奖惩. Holds only once the manager has approved it. @throws StaffNotFound · InvalidInput */
export const RecordMerit = call({
  name: 'staff.recordMerit',
  kind: 'change',
  allow: readers,
  input: z.strictObject({
    ...decision,
    staffId: Id,
    kind: z.enum(meritKinds, { error: '请选择奖励或处罚' }),
    reason: shortText('事由', 200),
    amount: PositiveFen.nullable(),
  }),
  output: z.object({ meritId: Id }),
})

/** 撤销奖惩: a counter record beside the one that holds; it takes effect once it is approved too.
 *  @throws MeritNotFound · NothingToRevoke */
export const RevokeMerit = call({
  name: 'staff.revokeMerit',
  kind: 'change',
  allow: readers,
  input: z.strictObject({ ...decision, meritId: Id, reason: shortText('撤销事由', 200) }),
  output: z.object({ meritId: Id }),
})

/** 批准 or 不批准 by a hall manager, never by the person concerned. @throws MeritNotFound · OwnMerit · MeritDecided */
export const ApproveMerit = call({
  name: 'staff.approveMerit',
  kind: 'change',
  allow: ['hall-manager'],
  input: z
    .strictObject({ requestId: RequestId, meritId: Id, approved: z.boolean(), note: remark('意见', 200).default('') })
    .refine(({ approved, note }) => approved || note !== '', { error: '不批准的，请写明原因', path: ['note'] }),
  output: z.object({}),
})

export const MeritRow = z.object({
  id: Id,
  staffId: Id,
  name: z.string(),
  staffNo: z.string(),
  kind: z.enum(meritKinds),
  reason: z.string(),
  decidedBy: z.string(),
  decidedOn: DateOnly,
  amount: PositiveFen.nullable(),
  evidence: z.string(),
  /** The record this one takes back. */
  revokes: Id.nullable(),
  recordedAt: Instant,
  recordedBy: z.string(),
  recordedById: z.string(),
  state: z.enum(['waiting', 'holds', 'refused', 'revoked']),
  /** A counter record waits for its approval. */
  revoking: z.boolean(),
  approverName: z.string().nullable(),
  approverNote: z.string().nullable(),
})
export type MeritRow = z.output<typeof MeritRow>

/** Rewards and penalties, the newest record first. */
export const Merits = call({
  name: 'staff.merits',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ page: PageRequest.prefault({}) }),
  output: pageOf(MeritRow),
})

/** Rewards and penalties that wait for the manager's word; for those the operator may not approve the reason is told. */
export const MeritsWaiting = call({
  name: 'staff.meritsWaiting',
  kind: 'read',
  allow: readers,
  input: z.strictObject({}),
  output: z.object({ waiting: z.int(), mine: z.int() }),
})

/** Records of one kind in a person's file, the newest ones. */
export const maxOfPerson = 200

/** One person's file: certificates (withdrawn ones too), trainings, exams, rewards and penalties. @throws StaffNotFound */
export const Person = call({
  name: 'staff.person',
  kind: 'read',
  allow: readers,
  input: z.strictObject({ staffId: Id }),
  output: z.object({
    member: StaffView,
    certificates: z.array(CertificateView),
    trainings: z.array(TrainingRow.omit({ people: true }).extend({ result: z.enum(trainingResults) })),
    exams: z.array(ExamRow),
    /** Null for somebody who has left. */
    due: ExamDueView.nullable(),
    merits: z.array(MeritRow),
  }),
})
export type PersonFile = z.output<typeof Person.output>
