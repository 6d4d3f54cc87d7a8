/** 上岗证: whoever has none for a kind of work is not given that work (clauses 10(8), 11). */
import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { ApprovalRefused, approverAmong, consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import type { ParsedInputOf } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { addDays, daysBetween, formatInstant, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { keepFile, readKept } from '../platform/kept-files.ts'
import { rowById, selectOf } from '../platform/rows.ts'
import { useCase } from '../platform/use-case.ts'
import {
  AddCertificate,
  certificateKindNames,
  Certificates,
  maxOfPerson,
  ProvingExams,
  ReadCertificateCopy,
  WithdrawCertificate,
  type CertificateView,
} from './api.ts'
import { activeById, everybody, staffById, type StaffMember } from './records.ts'
import {
  certificateLack,
  certificateState,
  goodFrom,
  holdsCertificate,
  type CertificateKind,
  type CertificateTerms,
} from './rules.ts'
import { certificates as table, exams } from './tables.ts'

export const CertificateMissing = domainError('CertificateMissing', '此员工没有相应的有效上岗证，不能承担这项工作')
export const CertificateTaken = domainError('CertificateTaken', '这个证号已经登记过，请核对证号')
export const CertificateUnproved = domainError(
  'CertificateUnproved',
  '上岗证须有依据：本人考核及格的记录，或外来证件的复印件（第十条、第十一条）',
)
export const CertificateNotFound = domainError('CertificateNotFound', '没有这本上岗证，或已收回，请刷新后再试')

type Row = typeof table.$inferSelect
type Exam = typeof exams.$inferSelect

const termsOf = ({ kind, goodFrom: from, validTo, withdrawnOn }: Row): CertificateTerms => ({
  kind,
  goodFrom: from as BusinessDate,
  validTo: validTo as BusinessDate,
  withdrawnOn: withdrawnOn as BusinessDate | null,
})

const today = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())

const rowsOf = ({ sqlite }: Context, staffId: string): Row[] =>
  statement<Row>(sqlite, `${selectOf(table)} WHERE staff_id = ? ORDER BY valid_to, id`).all(staffId)

/** Every certificate somebody has or had. */
export const heldCertificates = (context: Context, staffId: string): CertificateTerms[] =>
  rowsOf(context, staffId).map(termsOf)

/**
 * Why somebody may not do this work, naming person, kind and what is wrong; null when they may.
 * @param on the day of the work; today where it is not given @throws StaffNotFound
 */
export function certificateProblem(
  context: Context,
  staffId: string,
  kind: CertificateKind,
  on: BusinessDate = today(context),
): string | null {
  const { name, state } = staffById(context, staffId)
  if (state === 'left') return `${name}已离职，不能承担这项工作，请改派在岗人员`
  const lack = certificateLack(heldCertificates(context, staffId), kind, on)
  if (lack === null) return null
  const certificate = certificateKindNames[kind]
  const since = lack.why === 'none' ? '' : lack.on
  const whats = {
    none: `没有${certificate}`,
    expired: `的${certificate}已于 ${since} 到期`,
    withdrawn: `的${certificate}已于 ${since} 收回`,
    'not-yet': `的${certificate}自 ${since} 起才有效`,
  }
  return `${name}${whats[lack.why]}，不能承担这项工作，须由持证人员办理（第十条）`
}

/**
 * The gate: this person is on the staff and holds a good certificate for this work on that day (today, if none is given).
 * @throws CertificateMissing naming person, kind and what is wrong · StaffNotFound
 */
export function requireCertificate(
  context: Context,
  staffId: string,
  kind: CertificateKind,
  on: BusinessDate = today(context),
): StaffMember {
  const problem = certificateProblem(context, staffId, kind, on)
  if (problem !== null) throw new CertificateMissing(problem, { details: { staffId, kind } })
  return staffById(context, staffId)
}

/** Everybody at work who holds a good certificate of this kind on that day (today, if none is given). */
export function certifiedStaff(
  context: Context,
  kind: CertificateKind,
  on: BusinessDate = today(context),
): StaffMember[] {
  const held = context.db.select().from(table).where(eq(table.kind, kind)).all()
  const good = new Set(held.filter((row) => holdsCertificate([termsOf(row)], kind, on)).map(({ staffId }) => staffId))
  return everybody(context).filter(({ id, state }) => state === 'active' && good.has(id))
}

/** The exam in words: day, subject, points. */
const examText = ({ heldOn, subject, score, outOf }: Pick<Exam, 'heldOn' | 'subject' | 'score' | 'outOf'>): string =>
  `${heldOn} ${subject} ${score}/${outOf}`

function proofOf({ sqlite }: Context, { examId, copyName }: Row): CertificateView['proof'] {
  if (copyName !== null) return { kind: 'copy', text: copyName }
  const exam = examId === null ? undefined : rowById(sqlite, exams, examId)
  return exam ? { kind: 'exam', text: examText(exam) } : null
}

/** @param beside every certificate of the same list, which holds all of this person */
function viewOf(
  context: Context,
  row: Row,
  { staffNo, name }: StaffMember,
  beside: readonly Row[],
  on: BusinessDate,
): CertificateView {
  const { id, staffId, number, approverId } = row
  const terms = termsOf(row)
  const { kind, goodFrom: from, validTo } = terms
  const issuedOn = row.issuedOn as BusinessDate
  const approverName = approverId === null ? null : staffById(context, approverId).name
  const proof = proofOf(context, row)
  const renewed = beside.some(
    (other) =>
      other.staffId === staffId && other.kind === kind && other.withdrawnOn === null && other.validTo > validTo,
  )
  const { settings } = context
  const state = certificateState(terms, on, {
    first: settings.get('staff.certificateFirstWarningDays'),
    second: settings.get('staff.certificateLastWarningDays'),
  })
  const daysLeft = daysBetween(on, validTo)
  const told = { goodFrom: from, approverName, proof, state, daysLeft, renewed }
  return { id, staffId, staffNo, name, kind, number, issuedOn, validTo, ...told }
}

export const certificates = useCase(Certificates, ({ withWithdrawn }, context): CertificateView[] => {
  const people = new Map(
    everybody(context)
      .filter(({ state }) => state === 'active')
      .map((member) => [member.id, member]),
  )
  const rows = context.db
    .select()
    .from(table)
    .where(withWithdrawn ? undefined : isNull(table.withdrawnOn))
    .orderBy(asc(table.validTo), asc(table.id))
    .all()
  return rows.flatMap((row) => {
    const member = people.get(row.staffId)
    return member ? [viewOf(context, row, member, rows, today(context))] : []
  })
})

/** All certificates of one person, withdrawn ones too, those that run out first first. */
export function certificatesOf(context: Context, member: StaffMember): CertificateView[] {
  const rows = rowsOf(context, member.id)
  return rows.map((row) => viewOf(context, row, member, rows, today(context)))
}

export interface NewCertificate {
  readonly staffId: string
  readonly kind: CertificateKind
  readonly number: string
  readonly issuedOn: BusinessDate
  readonly validTo: BusinessDate
  /** The exam it was given for, or a copy; neither only while the hall moves in. */
  readonly examId?: string
  readonly copyHash?: string
  readonly copyName?: string
  /** Who agreed that it counts from the day it was issued; from today otherwise. */
  readonly approverId?: string
}

/** Whether a certificate with this number is on record and good. */
export const certificateIsKnown = ({ db }: Context, kind: CertificateKind, number: string): boolean =>
  db
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.kind, kind), eq(table.number, number), isNull(table.withdrawnOn)))
    .get() !== undefined

/** Puts a certificate on record; its terms were looked at by the caller. @returns id. @throws CertificateTaken */
export function keepCertificate(context: Context, certificate: NewCertificate): string {
  const { db, clock, actor } = context
  if (certificateIsKnown(context, certificate.kind, certificate.number)) {
    throw new CertificateTaken(undefined, { field: 'number' })
  }
  const id = newId(clock)
  db.insert(table)
    .values({
      id,
      ...certificate,
      goodFrom: goodFrom(certificate.issuedOn, today(context), certificate.approverId !== undefined),
      addedAt: clock.now(),
      addedById: actor.id,
      addedBy: actor.name,
    })
    .run()
  return id
}

/** Passed exams of somebody for a certificate, the latest first. */
const passedExams = ({ db }: Context, staffId: string): Exam[] =>
  db
    .select()
    .from(exams)
    .where(
      and(eq(exams.staffId, staffId), eq(exams.passed, 1), isNull(exams.voidedAt), isNotNull(exams.certificateKind)),
    )
    .orderBy(desc(exams.heldOn), desc(exams.id))
    .limit(maxOfPerson)
    .all()

export const provingExams = useCase(ProvingExams, ({ staffId }, context) =>
  passedExams(context, staffById(context, staffId).id).map((exam) => ({
    examId: exam.id,
    kind: exam.certificateKind as CertificateKind,
    heldOn: exam.heldOn as BusinessDate,
    text: examText(exam),
  })),
)

/** What the certificate stands on, as it is kept. @throws CertificateUnproved · AttachmentRefused */
function provedBy(
  context: Context,
  { staffId, kind, issuedOn, proof }: ParsedInputOf<typeof AddCertificate>,
): Pick<NewCertificate, 'examId' | 'copyHash' | 'copyName'> {
  if (proof.kind === 'copy') {
    const { hash, name } = keepFile(context, proof.sourcePath, newId(context.clock))
    return { copyHash: hash, copyName: name }
  }
  const { settings } = context
  const exam = passedExams(context, staffId).find(({ id }) => id === proof.examId)
  if (!exam) throw new CertificateUnproved('这不是本人上岗考核及格的记录，请重新选择（第十一条）', { field: 'examId' })
  if (exam.certificateKind !== kind)
    throw new CertificateUnproved(
      `这次考核是${certificateKindNames[exam.certificateKind as CertificateKind]}的上岗考核，不能据以发${certificateKindNames[kind]}的上岗证（第十条第八款、第十一条）`,
      { field: 'examId' },
    )
  const lastDay = addDays(exam.heldOn as BusinessDate, settings.get('staff.examProvesDays'))
  if (issuedOn > lastDay)
    throw new CertificateUnproved(`考核（${exam.heldOn}）及格后到 ${lastDay} 为止可以发证，已经过期，请重新考核`, {
      field: 'examId',
    })
  if (exam.heldOn > issuedOn)
    throw new CertificateUnproved(`考核（${exam.heldOn}）在发证之后，证件须在考核及格后发（第十一条）`, {
      field: 'issuedOn',
    })
  return { examId: exam.id }
}

/** Who agreed that it counts from the day it was issued. @throws ApprovalRefused */
function backdatedBy(
  context: Context,
  { staffNo, name }: StaffMember,
  { staffId, kind, number, issuedOn, backdate }: ParsedInputOf<typeof AddCertificate>,
): Pick<NewCertificate, 'approverId'> {
  if (backdate === null) return {}
  const certificate = certificateKindNames[kind]
  const terms = { staffId, staffNo, name, certificate, number, issuedOn, reason: backdate.reason }
  const { approverId } = consumeApproval(context, backdate.approvalId, 'certificate-backdate', terms)
  const own = approverAmong(context, approverId, [staffId])
  if (own === 'own') throw new ApprovalRefused('本人的上岗证追溯须由他人批准')
  if (own === 'lent') throw new ApprovalRefused('批准人的密码一天内由持证人重置，上岗证追溯须由他人批准')
  return { approverId }
}

/** @throws CertificateNotFound · AttachmentDamaged */
export const readCertificateCopy = useCase(ReadCertificateCopy, ({ certificateId }, context) => {
  const row = rowById(context.sqlite, table, certificateId)
  if (!row || row.copyHash === null || row.copyName === null) throw new CertificateNotFound()
  context.audit({ subject: `staff:${row.staffId}`, detail: { kind: row.kind, number: row.number } })
  return { name: row.copyName, ...readKept(context, row.copyHash) }
})

export const addCertificate = useCase(AddCertificate, (input, context) => {
  const { staffId, kind, number, issuedOn, validTo, backdate } = input
  const member = activeById(context, staffId)
  if (issuedOn > today(context)) throw new InvalidInput('发证日期不能晚于今天', { field: 'issuedOn' })
  if (validTo < issuedOn) throw new InvalidInput('有效期不能早于发证日期', { field: 'validTo' })
  if (validTo < today(context)) throw new InvalidInput('这本证已经过期，请登记换发的新证', { field: 'validTo' })
  const proof = provedBy(context, input)
  const backdated = backdatedBy(context, member, input)
  const certificateId = keepCertificate(context, { staffId, kind, number, issuedOn, validTo, ...proof, ...backdated })
  const { staffNo, name } = member
  const why = backdate === null ? {} : { backdated: backdate.reason }
  context.audit({
    subject: `staff:${staffId}`,
    detail: { staffNo, name, kind, number, issuedOn, validTo, ...proof, ...backdated, ...why },
  })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return { certificateId }
})

export const withdrawCertificate = useCase(WithdrawCertificate, ({ certificateId, reason }, context) => {
  const withdrawn = context.db
    .update(table)
    .set({ withdrawnOn: today(context), withdrawnFor: reason })
    .where(and(eq(table.id, certificateId), isNull(table.withdrawnOn)))
    .returning()
    .get()
  if (!withdrawn) throw new CertificateNotFound()
  context.audit({
    subject: `staff:${withdrawn.staffId}`,
    detail: { kind: withdrawn.kind, number: withdrawn.number, reason, at: formatInstant(context.clock.now()) },
  })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return {}
})
