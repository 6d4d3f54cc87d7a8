/**
 * 批准: a second person's agreement to one act on stated terms. It is given by `access.approve` and used up here, inside
 * the transaction of the act, so that it counts once.
 */
import {
  approvalPurposeNames,
  approvalTerms,
  approverRoles,
  type ApprovalPurpose,
  type TermsOf,
} from './approval-terms.ts'
import { canonicalJson, sha256 } from './audit.ts'
import type { Role } from './contract.ts'
import type { Context } from './context.ts'
import { statement } from './database.ts'
import { domainError } from './errors.ts'
import { rolesAt } from './roles-now.ts'
import { lentBy, ownAct, peopleIn, type GivenBy } from './two-persons.ts'

export const ApprovalRefused = domainError('ApprovalRefused', '批准无效或已过期，请重新批准')
/** The terms are not those that were agreed to. */
const termsDiffer = '批准的内容（金额、方式、原因或对象）与现在要办的不一致，请按现在的内容重新批准'

/** Hash of purpose and terms: equal for what was agreed to and what is about to be done, or the approval is void. */
export const hashOfTerms = <P extends ApprovalPurpose>(purpose: P, terms: TermsOf<P>): string =>
  sha256(canonicalJson({ purpose, terms: approvalTerms[purpose].parse(terms) }))

export const mayApprove = (roles: readonly Role[], purpose: ApprovalPurpose): boolean =>
  approverRoles[purpose].some((role) => roles.includes(role))

export const OthersRelieved = domainError(
  'OthersRelieved',
  '另一位能批准的人一天内由您办理了离职或调岗，满一天后才可一人办理',
)

/** How long whoever took the say of another away does not act alone for want of another (ms). */
const relievedDistanceMs = 24 * 3_600_000

/** Whether this person could have agreed until a day ago or less, when `by` took that away. @param at epoch ms */
export const relievedLately = (
  { relievedBy, relievedAt }: { readonly relievedBy: string | null; readonly relievedAt: number | null },
  by: string,
  at: number,
): boolean => peopleIn(relievedBy).includes(by) && relievedAt !== null && at - relievedAt < relievedDistanceMs

interface Other {
  readonly roles: string
  readonly state: 'active' | 'left'
  readonly relievedBy: string | null
  readonly relievedAt: number | null
  readonly loggedIn: 0 | 1
}

/**
 * Whether there is anybody else who could agree; where there is not, one person acts alone, and on record. Nobody becomes the
 * only one by sending the other away: for a day that is refused. Who never logged in had no password to agree with.
 * @param but nor this person, who would gain by it
 * @throws OthersRelieved
 */
export function anotherMayApprove(
  { sqlite, actor, clock }: Pick<Context, 'sqlite' | 'actor' | 'clock'>,
  purpose: ApprovalPurpose,
  { but = null, field }: { readonly but?: string | null; readonly field?: string } = {},
): boolean {
  const others = statement<Other>(
    sqlite,
    `SELECT ${rolesAt('s', '@now')} AS roles, s.state, s.relieved_by AS relievedBy, s.relieved_at AS relievedAt,
       EXISTS (SELECT 1 FROM credentials c WHERE c.staff_id = s.id AND c.last_login_at IS NOT NULL) AS loggedIn
     FROM staff s WHERE s.id <> @actor AND s.id IS NOT @but`,
  ).all({ actor: actor.id, but, now: clock.now() })
  if (others.some(({ roles, state }) => state === 'active' && mayApprove(JSON.parse(roles) as Role[], purpose)))
    return true
  if (others.some((other) => other.loggedIn === 1 && relievedLately(other, actor.id, clock.now())))
    throw new OthersRelieved(undefined, field === undefined ? {} : { field })
  return false
}

export interface Approver {
  readonly approverId: string
  readonly approverName: string
}

/**
 * Whether an approver is one of these people, or has a password that one of them gave: an approval by whom it concerns.
 * @param people staff ids
 */
export function approverAmong(
  { sqlite, clock }: Context,
  approverId: string,
  people: Iterable<string | null>,
): 'own' | 'lent' | null {
  const given = statement<GivenBy>(
    sqlite,
    'SELECT reset_by AS resetBy, reset_at AS resetAt FROM credentials WHERE staff_id = ?',
  ).get(approverId)
  return ownAct({ id: approverId, lentBy: given && lentBy(given, clock.now()) }, people)
}

interface Given {
  readonly termsHash: string
  readonly approverId: string
  readonly approverName: string
  readonly state: 'active' | 'left'
  readonly roles: string
}

/**
 * Uses up an approval inside the caller's transaction. It must have been given to this actor, for this purpose, on
 * exactly these terms (which the caller computes from what it is about to do), not too long ago, by somebody who may
 * still approve it.
 * @throws ApprovalRefused
 */
export function consumeApproval<P extends ApprovalPurpose>(
  context: Context,
  approvalId: string,
  purpose: P,
  terms: TermsOf<P>,
): Approver {
  const { sqlite, clock, actor } = context
  const termsHash = hashOfTerms(purpose, terms)
  const given = statement<Given>(
    sqlite,
    `SELECT a.terms_hash AS termsHash, a.approver_id AS approverId, s.name AS approverName, s.state, ${rolesAt('s', '@now')} AS roles
     FROM approvals a JOIN staff s ON s.id = a.approver_id
     WHERE a.id = @approvalId AND a.purpose = @purpose AND a.requested_by = @actor AND a.used_at IS NULL AND a.expires_at > @now`,
  ).get({ approvalId, purpose, actor: actor.id, now: clock.now() })
  if (!given) throw new ApprovalRefused()
  if (given.termsHash !== termsHash) throw new ApprovalRefused(termsDiffer)
  const { approverId, approverName } = given
  if (given.state === 'left' || !mayApprove(JSON.parse(given.roles) as Role[], purpose)) throw new ApprovalRefused()
  statement(sqlite, 'UPDATE approvals SET used_at = ? WHERE id = ?').run(clock.now(), approvalId)
  context.audit({ detail: { approvedFor: approvalPurposeNames[purpose], approver: approverName, termsHash } })
  return { approverId, approverName }
}
