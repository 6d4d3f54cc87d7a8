/** Laws of the staff: who may do what, certificates, and that a hall is never left without an administrator. */
import type { Role } from '../platform/contract.ts'
import { addMonths, daysBetween, type BusinessDate } from '../platform/dates.ts'
import { words, type WordOf } from '../platform/dictionary.ts'

export interface Member {
  readonly id: string
  readonly roles: readonly Role[]
  readonly state: 'active' | 'left'
}

const isAdministrator = ({ roles, state }: Member): boolean => state === 'active' && roles.includes('administrator')

/** Whether nobody could manage staff, prices and backups any more once `changed` is as given. */
export function leavesNoAdministrator(everybody: readonly Member[], changed: Member): boolean {
  return (
    everybody.some(isAdministrator) &&
    !everybody.map((member) => (member.id === changed.id ? changed : member)).some(isAdministrator)
  )
}

/** Roles that approve what others do (access: approverRoles). */
export const approvingRoles: readonly Role[] = ['hall-manager', 'administrator']
const approves = ({ roles, state }: Omit<Member, 'id'>): boolean =>
  state === 'active' && approvingRoles.some((role) => roles.includes(role))

/** Whether a role that approves is added: that is given by two. */
export const addsApproval = (before: readonly Role[], after: readonly Role[]): boolean =>
  after.some((role) => approvingRoles.includes(role) && !before.includes(role))

/** Whether somebody who could agree to what others do no longer can. */
export const takesApproval = (before: Omit<Member, 'id'>, after: Omit<Member, 'id'>): boolean =>
  approves(before) && !approves(after)

/** Work that only a certified member of the staff may do (clauses 10(8), 11). */
export const certificateKind = words({
  'meter-reading': '抄表证',
  inspection: '安检证',
  maintenance: '维修证',
  emergency: '抢修证',
  callback: '回访证',
})
export type CertificateKind = WordOf<typeof certificateKind>
export const { values: certificateKinds, names: certificateKindNames } = certificateKind

export interface CertificateTerms {
  readonly kind: CertificateKind
  /** First and last day on which it counts for work here (`goodFrom`). */
  readonly goodFrom: BusinessDate
  readonly validTo: BusinessDate
  /** From this day on it is no longer good; null while it was not withdrawn. */
  readonly withdrawnOn: BusinessDate | null
}

/**
 * The first day on which a certificate counts for work: the day it is entered, so that nobody becomes certified for what they
 * did without. Only what a second person agreed to reaches back to the day it was issued (clauses 10(8), 11).
 */
export const goodFrom = (issuedOn: BusinessDate, enteredOn: BusinessDate, backdated: boolean): BusinessDate =>
  backdated || issuedOn > enteredOn ? issuedOn : enteredOn

export type CertificateState = 'not-yet' | 'valid' | 'expiring' | 'expiring-soon' | 'expired' | 'withdrawn'

/** Days before its last day from which a certificate is warned of, first and again. */
export interface WarningDays {
  readonly first: number
  readonly second: number
}

/** How a certificate stands on a day. @param warned whether one that is still good is near its end; nothing is said of it without */
export function certificateState(
  { goodFrom, validTo, withdrawnOn }: CertificateTerms,
  on: BusinessDate,
  warned: WarningDays | null = null,
): CertificateState {
  if (withdrawnOn !== null && on >= withdrawnOn) return 'withdrawn'
  if (on < goodFrom) return 'not-yet'
  if (on > validTo) return 'expired'
  if (warned === null) return 'valid'
  const left = daysBetween(on, validTo)
  if (left <= warned.second) return 'expiring-soon'
  return left <= warned.first ? 'expiring' : 'valid'
}

/** Whether one of these certificates allows this work on this day (clause 10(8)). */
export const holdsCertificate = (
  certificates: readonly CertificateTerms[],
  kind: CertificateKind,
  on: BusinessDate,
): boolean => certificates.some((one) => one.kind === kind && certificateState(one, on) === 'valid')

/** Why somebody may not do this work on this day: the certificate that came nearest. Null when nothing is wrong. */
export function certificateLack(
  certificates: readonly CertificateTerms[],
  kind: CertificateKind,
  on: BusinessDate,
): { readonly why: 'none' } | { readonly why: 'expired' | 'withdrawn' | 'not-yet'; readonly on: BusinessDate } | null {
  if (holdsCertificate(certificates, kind, on)) return null
  const [nearest] = certificates
    .filter((one) => one.kind === kind)
    .toSorted((a, b) => (a.validTo < b.validTo ? 1 : a.validTo > b.validTo ? -1 : 0))
  if (!nearest) return { why: 'none' }
  if (nearest.withdrawnOn !== null && on >= nearest.withdrawnOn) return { why: 'withdrawn', on: nearest.withdrawnOn }
  return on < nearest.goodFrom ? { why: 'not-yet', on: nearest.goodFrom } : { why: 'expired', on: nearest.validTo }
}

/** 及格: the pass mark is enough. */
export const examPassed = (score: number, passMark: number): boolean => score >= passMark

/** Whole months within which each person is examined again, so that a year never holds fewer than asked for. */
export const examIntervalMonths = (perYear: number): number => Math.floor(12 / perYear)

export interface ExamFact {
  readonly id: string
  readonly heldOn: BusinessDate
  readonly passed: boolean
  readonly retakeOf: string | null
}

/** How often each person is examined, and how many days before the exam is due it is warned of. */
export interface ExamRules {
  readonly perYear: number
  readonly warningDays: number
}

export type ExamDueState = 'ok' | 'soon' | 'overdue' | 'retake'

/**
 * When somebody must be examined next, and why (clause 12: periodically). Counted from the last exam, or from the day
 * they joined; a failed exam stays open until its retake, or the retake's retake, was passed.
 * @param exams those that were not voided
 */
export function examDue(
  exams: readonly ExamFact[],
  joinedOn: BusinessDate,
  { perYear, warningDays }: ExamRules,
  on: BusinessDate,
): { readonly dueOn: BusinessDate; readonly lastOn: BusinessDate | null; readonly state: ExamDueState } {
  const lastOn = exams.reduce<BusinessDate | null>(
    (last, { heldOn }) => (last === null || heldOn > last ? heldOn : last),
    null,
  )
  const dueOn = addMonths(lastOn ?? joinedOn, examIntervalMonths(perYear))
  const retaken = new Set(exams.map(({ retakeOf }) => retakeOf))
  const failed = exams.some(({ id, passed }) => !passed && !retaken.has(id))
  if (on > dueOn) return { dueOn, lastOn, state: 'overdue' }
  if (failed) return { dueOn, lastOn, state: 'retake' }
  return { dueOn, lastOn, state: daysBetween(on, dueOn) <= warningDays ? 'soon' : 'ok' }
}

/** How a reward or penalty stands: it holds only once it was approved, and no longer once its counter record was. */
export type MeritState = 'waiting' | 'holds' | 'refused' | 'revoked'

/** @param approved the manager's word, null before it · @param countered whether an approved counter record stands */
export const meritState = (approved: boolean | null, countered: boolean): MeritState =>
  approved === null ? 'waiting' : !approved ? 'refused' : countered ? 'revoked' : 'holds'

/** 代理主任: where an appointment stands on a day. */
export const deputyStates = ['ahead', 'now', 'over', 'ended'] as const
export type DeputyState = (typeof deputyStates)[number]
export const deputyStateNames: Record<DeputyState, string> = {
  ahead: '未到期',
  now: '代理中',
  over: '已期满',
  ended: '提前结束',
}
export const deputyState = (
  one: { readonly fromOn: string; readonly toOn: string; readonly endedAt: number | null },
  today: string,
): DeputyState => (one.endedAt !== null ? 'ended' : today < one.fromOn ? 'ahead' : today > one.toOn ? 'over' : 'now')
