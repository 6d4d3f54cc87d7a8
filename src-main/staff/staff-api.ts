/** What a screen may ask about the staff. Passwords are the access room's. */
import { z } from 'zod'
import { call, DateOnly, FileContent, Id, Instant, RequestId, roles, shortText } from '../platform/contract.ts'
import { certificateKind, deputyStates, type CertificateState } from './rules.ts'

export { certificateKindNames, deputyStateNames } from './rules.ts'

/** 工号: letters and digits, never shared between people. */
export const StaffNo = shortText('工号', 12).regex(/^[0-9A-Za-z]{2,12}$/, '工号应为 2 至 12 位字母或数字')

const Roles = z
  .array(z.enum(roles))
  .min(1, '请至少选择一个岗位')
  .max(roles.length)
  .refine((chosen) => new Set(chosen).size === chosen.length, '岗位重复')

export const StaffView = z.object({
  id: z.string(),
  staffNo: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  state: z.enum(['active', 'left']),
  createdAt: Instant,
  updatedAt: Instant,
})
export type StaffView = z.output<typeof StaffView>

/** Everybody of this hall by staff number: a hall has tens of people, not pages of them (at most `maxStaff`). */
export const maxStaff = 500
export const List = call({
  name: 'staff.list',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ withLeft: z.boolean().default(false) }),
  output: z.array(StaffView),
})

/** access.approve, purpose `approving-role`; needed where a role that approves is added and somebody else could agree. */
const approvalId = Id.nullable().default(null)

/** Adds somebody; they can log in once the administrator has given them a first password.
 *  @throws StaffNoTaken · NeedsSecondPerson · OthersRelieved · ApprovalRefused */
export const Create = call({
  name: 'staff.create',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({
    requestId: RequestId,
    staffNo: StaffNo,
    name: shortText('姓名', 20),
    roles: Roles,
    approvalId,
  }),
  output: z.object({ staffId: z.string() }),
})

/** @throws StaffNotFound */
export const Edit = call({
  name: 'staff.edit',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ staffId: Id, name: shortText('姓名', 20) }),
  output: z.object({}),
})

/** Nobody changes his own. @throws StaffNotFound · OwnRoles · LastAdministrator · NeedsSecondPerson · OthersRelieved · ApprovalRefused */
export const SetRoles = call({
  name: 'staff.setRoles',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ staffId: Id, roles: Roles, approvalId }),
  output: z.object({}),
})

/** 离职: the number stays taken, the person can no longer log in. @throws StaffNotFound · LastAdministrator */
export const Leave = call({
  name: 'staff.leave',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ staffId: Id }),
  output: z.object({}),
})

export const CertificateKindName = certificateKind.schema('请选择证件种类')
const certificateStates = ['not-yet', 'valid', 'expiring', 'expiring-soon', 'expired', 'withdrawn'] as const
export const certificateStateNames: Record<CertificateState, string> = {
  'not-yet': '未生效',
  valid: '有效',
  expiring: '临近到期',
  'expiring-soon': '即将到期',
  expired: '已过期',
  withdrawn: '已收回',
}

export const CertificateView = z.object({
  id: Id,
  staffId: Id,
  staffNo: z.string(),
  name: z.string(),
  kind: CertificateKindName,
  number: z.string(),
  issuedOn: DateOnly,
  validTo: DateOnly,
  /** First day on which it counts for work here. */
  goodFrom: DateOnly,
  /** Who agreed that it counts for work before it was entered. */
  approverName: z.string().nullable(),
  /** What it was given for: the exam, or the copy's file name; null for what moving in brought. */
  proof: z.object({ kind: z.enum(['exam', 'copy']), text: z.string() }).nullable(),
  state: z.enum(certificateStates),
  /** Days until the last good one; negative once expired. */
  daysLeft: z.int(),
  /** The same person holds a later one for the same work: nothing has to be done about this one. */
  renewed: z.boolean(),
})
export type CertificateView = z.output<typeof CertificateView>

/** Certificates of everybody who has not left, those that run out first first; withdrawn ones only when asked for. */
export const Certificates = call({
  name: 'staff.certificates',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ withWithdrawn: z.boolean().default(false) }),
  output: z.array(CertificateView),
})

/** What a certificate stands on: an exam passed here, or the copy of a certificate from outside. */
export const CertificateProof = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('exam'), examId: z.uuid({ error: '请选择考核及格的记录' }) }),
    z.strictObject({ kind: z.literal('copy'), sourcePath: z.string().min(1, '请选择证件的复印件').max(4_096) }),
  ],
  { error: '请说明依据：考核及格的记录，或外来证件的复印件' },
)

/**
 * 登记上岗证. It counts for work from today; `backdate` (access.approve, purpose `certificate-backdate`) lets it count from the
 * day it was issued. @throws StaffNotFound · HasLeft · CertificateTaken · CertificateUnproved · ApprovalRefused · AttachmentRefused ·
 * InvalidInput when its term is over or upside down
 */
export const AddCertificate = call({
  name: 'staff.addCertificate',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({
    requestId: RequestId,
    staffId: Id,
    kind: CertificateKindName,
    number: shortText('证号', 30),
    issuedOn: DateOnly,
    validTo: DateOnly,
    proof: CertificateProof,
    backdate: z
      .strictObject({ approvalId: Id, reason: shortText('追溯原因', 200) })
      .nullable()
      .default(null),
  }),
  output: z.object({ certificateId: Id }),
})

/** 证件复印件. @throws CertificateNotFound · AttachmentDamaged */
export const ReadCertificateCopy = call({
  name: 'staff.certificateCopy',
  kind: 'read',
  audited: true,
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ certificateId: Id }),
  output: FileContent,
})

/** Exams of somebody that a certificate may be given for: passed and not voided, the latest first. @throws StaffNotFound */
export const ProvingExams = call({
  name: 'staff.provingExams',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ staffId: Id }),
  output: z.array(z.object({ examId: Id, kind: CertificateKindName, heldOn: DateOnly, text: z.string() })),
})

/** 收回上岗证: no longer good from today. @throws CertificateNotFound */
export const WithdrawCertificate = call({
  name: 'staff.withdrawCertificate',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ requestId: RequestId, certificateId: Id, reason: shortText('收回原因', 100) }),
  output: z.object({}),
})

/** 代理主任: an appointment with its days. */
export const DeputyView = z.object({
  id: Id,
  staffId: Id,
  staffNo: z.string(),
  name: z.string(),
  fromOn: DateOnly,
  toOn: DateOnly,
  reason: z.string(),
  appointedAt: Instant,
  appointedBy: z.string(),
  approverName: z.string(),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string(),
  state: z.enum(deputyStates),
})
export type DeputyView = z.output<typeof DeputyView>

export const Deputies = call({
  name: 'staff.deputies',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.array(DeputyView),
})

/**
 * 指派代理主任 from a day to a day; another person agrees, neither who names nor who is named. Errors: StaffNotFound · HasLeft ·
 * OwnAppointment · Conflict · ApprovalRefused
 */
export const AppointDeputy = call({
  name: 'staff.appointDeputy',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({
    requestId: RequestId,
    staffId: z.uuid({ error: '请选择代理的人' }),
    fromOn: DateOnly,
    toOn: DateOnly,
    reason: shortText('原因', 200),
    /** access.approve, purpose `deputy`. */
    approvalId: Id,
  }),
  output: z.object({ deputyId: Id }),
})

/** 提前结束 of a deputy. Errors: DeputyNotFound · Conflict */
export const EndDeputy = call({
  name: 'staff.endDeputy',
  kind: 'change',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ requestId: RequestId, deputyId: Id, reason: shortText('结束原因', 200) }),
  output: z.object({}),
})

/** 未上岗: posts that do not work yet for want of a passed 上岗考核 (clause 11). */
export const HeldPosts = call({
  name: 'staff.heldPosts',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.array(z.object({ staffId: Id, post: z.enum(roles) })),
})
