/** 员工: one number each, never shared and never given out again. */
import { eq } from 'drizzle-orm'
import { rolesInWords } from '../platform/approval-terms.ts'
import { anotherMayApprove, consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { lentRefusal, ownAct, peopleOf } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import { Create, Edit, Leave, List, maxStaff, SetRoles } from './api.ts'
import { activeById, everybody, staffByNo, type StaffMember } from './records.ts'
import { addsApproval, leavesNoAdministrator, takesApproval } from './rules.ts'
import { staff } from './tables.ts'

export { everybody, HasLeft, staffById, staffByNo, StaffNotFound, type StaffMember } from './records.ts'
export {
  addCertificate,
  certificateIsKnown,
  keepCertificate,
  CertificateMissing,
  CertificateNotFound,
  certificateProblem,
  certificates,
  certifiedStaff,
  CertificateTaken,
  CertificateUnproved,
  provingExams,
  readCertificateCopy,
  requireCertificate,
  withdrawCertificate,
} from './certificates.ts'

export { recordTraining, TrainingNotFound, trainings, trainingsSql, voidTraining } from './trainings.ts'
export {
  ExamNotFound,
  ExamProves,
  exams,
  examsDue,
  examsSql,
  HasRetake,
  NothingToRetake,
  OwnExam,
  recordExam,
  recordRetake,
  voidExam,
} from './exams.ts'
export {
  approveMerit,
  MeritDecided,
  MeritNotFound,
  merits,
  meritsSql,
  meritsWaiting,
  NothingToRevoke,
  OwnMerit,
  RecordedItself,
  recordMerit,
  revokeMerit,
} from './merits.ts'
export { appointDeputy, deputies, DeputyNotFound, endDeputy, heldPosts, OwnAppointment, rolesNow } from './deputies.ts'
export { person } from './person.ts'
export { staffFigures } from './figures.ts'

export const StaffNoTaken = domainError('StaffNoTaken', '此工号已有人使用，工号不得共用')
export const SameName = domainError('SameName', '已有同名员工')
export const OwnRoles = domainError('OwnRoles', '不能更改本人的岗位，请另一位管理员办理')
export const NeedsSecondPerson = domainError(
  'NeedsSecondPerson',
  '营业厅主任、管理员有批准权，授予这两种岗位须由第二人批准',
)
export const LastAdministrator = domainError('LastAdministrator', '这是最后一位管理员，请先指定另一位管理员')
export const TooManyStaff = domainError('TooManyStaff', `员工已达 ${maxStaff} 人上限`)

const plainName = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '')

/**
 * Why nobody else may be called so; null where nobody is. Papers, callbacks and the log name people by name: of two who are
 * called the same nobody could say who did what, nor whether two persons were two.
 * @param but the one whose name it is
 */
export function sameNameAs(context: Context, name: string, but: string | null = null): string | null {
  const other = everybody(context).find(
    (one) => one.id !== but && one.state === 'active' && plainName(one.name) === plainName(name),
  )
  if (!other) return null
  return `已有同名员工${other.name}（${other.staffNo}）：是同一人的，用原来的工号；不是同一人的，姓名后加注区分，如“${other.name}（抢修）”`
}
function requireOwnName(context: Context, name: string, but: string | null = null): void {
  const why = sameNameAs(context, name, but)
  if (why !== null) throw new SameName(why, { field: 'name' })
}

/** Adds somebody without a password. Returns the staff id. @throws StaffNoTaken · TooManyStaff */
export function createStaff(
  context: Context,
  { staffNo, name, roles }: { staffNo: string; name: string; roles: readonly Role[] },
): string {
  if (staffByNo(context, staffNo)) throw new StaffNoTaken(undefined, { field: 'staffNo' })
  if (everybody(context).length >= maxStaff) throw new TooManyStaff()
  const now = context.clock.now()
  const id = newId(context.clock)
  context.db
    .insert(staff)
    .values({ id, staffNo, name, roles: JSON.stringify(roles), state: 'active', createdAt: now, updatedAt: now })
    .run()
  return id
}

/** Takes back somebody an import brought, with their certificates; whatever they did here stands in the way before. */
export function removeStaffTakenOver(
  { sqlite }: Context,
  { staffId, certificateId }: { staffId: string | null; certificateId: string | null },
): void {
  if (certificateId !== null) statement(sqlite, 'DELETE FROM certificates WHERE id = ?').run(certificateId)
  if (staffId !== null) statement(sqlite, 'DELETE FROM staff WHERE id = ?').run(staffId)
}

export const list = useCase(List, ({ withLeft }, context) =>
  everybody(context).filter(({ state }) => withLeft || state === 'active'),
)

interface Granted {
  readonly staffNo: string
  readonly name: string
  readonly to: string | null
  readonly before: readonly Role[]
  readonly after: readonly Role[]
  readonly approvalId: string | null
}

/**
 * Who agreed to a role that approves; null where none is added, or nobody else, neither who gives nor who gets, could agree:
 * the first manager of a new hall is made by its only administrator. @throws NeedsSecondPerson · OthersRelieved · ApprovalRefused
 */
function secondPerson(context: Context, { staffNo, name, to, before, after, approvalId }: Granted): string | null {
  if (!addsApproval(before, after)) return null
  if (!anotherMayApprove(context, 'approving-role', { but: to, field: 'roles' })) return null
  if (approvalId === null) throw new NeedsSecondPerson(undefined, { field: 'roles' })
  const terms = { staffId: to ?? '', staffNo, name, roles: rolesInWords(after) }
  return consumeApproval(context, approvalId, 'approving-role', terms).approverName
}

/** Who takes another's say away, and when, for `anotherMayApprove`; nothing where there was none or some is left. */
const relieved = ({ actor, clock }: Context, before: StaffMember, after: Pick<StaffMember, 'roles' | 'state'>) =>
  takesApproval(before, after) ? { relievedBy: peopleOf(actor), relievedAt: clock.now() } : {}

/** @throws SameName · StaffNoTaken · NeedsSecondPerson · OthersRelieved · ApprovalRefused */
export const create = useCase(Create, ({ staffNo, name, roles, approvalId }, context) => {
  requireOwnName(context, name)
  const approver = secondPerson(context, { staffNo, name, to: null, before: [], after: roles, approvalId })
  const staffId = createStaff(context, { staffNo, name, roles })
  context.audit({
    subject: `staff:${staffId}`,
    detail: { staffNo, name, roles, ...(approver === null ? {} : { approver }) },
  })
  return { staffId }
})

export const edit = useCase(Edit, ({ staffId, name }, context) => {
  const before = activeById(context, staffId)
  requireOwnName(context, name, staffId)
  update(context, staffId, { name })
  context.audit({
    subject: `staff:${staffId}`,
    detail: { staffNo: before.staffNo, before: { name: before.name }, after: { name } },
  })
  return {}
})

export const setRoles = useCase(SetRoles, ({ staffId, roles, approvalId }, context) => {
  const before = activeById(context, staffId)
  if (leavesNoAdministrator(everybody(context), { ...before, roles })) throw new LastAdministrator()
  const own = ownAct(context.actor, [staffId])
  if (own !== null) {
    const words = own === 'own' ? undefined : lentRefusal('此人', '不能更改此人的岗位，请另一位管理员办理')
    throw new OwnRoles(words, { field: 'roles' })
  }
  const approver = secondPerson(context, {
    staffNo: before.staffNo,
    name: before.name,
    to: staffId,
    before: before.roles,
    after: roles,
    approvalId,
  })
  update(context, staffId, {
    roles: JSON.stringify(roles),
    ...relieved(context, before, { roles, state: 'active' }),
  })
  context.audit({
    subject: `staff:${staffId}`,
    detail: {
      staffNo: before.staffNo,
      before: { roles: before.roles },
      after: { roles },
      ...(approver === null ? {} : { approver }),
    },
  })
  return {}
})

export const leave = useCase(Leave, ({ staffId }, context) => {
  const before = activeById(context, staffId)
  if (leavesNoAdministrator(everybody(context), { ...before, state: 'left' })) throw new LastAdministrator()
  update(context, staffId, { state: 'left', ...relieved(context, before, { ...before, state: 'left' }) })
  context.audit({ subject: `staff:${staffId}`, detail: { staffNo: before.staffNo, name: before.name } })
  return {}
})

function update({ db, clock }: Context, staffId: string, change: Partial<typeof staff.$inferInsert>): void {
  db.update(staff)
    .set({ ...change, updatedAt: clock.now() })
    .where(eq(staff.id, staffId))
    .run()
}
