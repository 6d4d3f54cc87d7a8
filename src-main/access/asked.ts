/**
 * 请求批准 at the windows of others. It is kept and ends: with an answer, with Esc, after the minutes of the setting, with
 * the session it was asked in, and so with a till that is withdrawn. Who may answer is judged as where a password is typed
 * at the same PC.
 */
import type { Approval } from '../platform/approval-terms.ts'
import { mayApprove } from '../platform/approvals.ts'
import { canonicalJson } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError, NotFound, NotSignedIn } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { lentBy } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import { isPaired } from '../tills/service.ts'
import { rolesNow, staffById } from '../staff/service.ts'
import { approvalPurposeNames, approvalSubject, type ApprovalPurpose } from './api.ts'
import { giveApproval } from './approvals.ts'
import {
  AgreeAsked,
  AskApproval,
  AskedOfMe,
  AskedOutcome,
  ApproversHere,
  RefuseAsked,
  WithdrawAsked,
  type AskedState,
} from './asked-api.ts'
import { credentialOf, turnedDown, verifyPassword } from './credentials.ts'
import { approvalRequests } from './tables.ts'

export const AskedOver = domainError('AskedOver', '这个请求已经结束，不用再答复')

interface AskedRow {
  readonly id: string
  readonly purpose: ApprovalPurpose
  readonly terms: string
  readonly summary: string
  readonly requestedBy: string
  readonly requestedByName: string
  readonly till: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly state: Exclude<AskedState, 'expired'>
  readonly decidedByName: string | null
  readonly reason: string
  readonly approvalId: string | null
  /** Whether the session it was asked in is still at work. */
  readonly asked: 0 | 1
}
const select = `SELECT r.id, r.purpose, r.terms, r.summary, r.requested_by AS requestedBy, s.name AS requestedByName, r.till,
    r.created_at AS createdAt, r.expires_at AS expiresAt, r.state, d.name AS decidedByName, r.reason, r.approval_id AS approvalId,
    EXISTS (SELECT 1 FROM sessions o WHERE o.token_hash = r.session_id AND o.ended_at IS NULL AND o.locked_at IS NULL) AS asked
  FROM approval_requests r JOIN staff s ON s.id = r.requested_by LEFT JOIN staff d ON d.id = r.decided_by`

/** It ends with the session it was asked in, and with the till that session was at. */
const isAsked = ({ sqlite }: Pick<Context, 'sqlite'>, { asked, till }: AskedRow): boolean =>
  asked === 1 && isPaired(sqlite, till)

const stateOf = (context: Pick<Context, 'sqlite' | 'clock'>, row: AskedRow): AskedState => {
  const { state, expiresAt } = row
  if (state !== 'open') return state
  return !isAsked(context, row) ? 'withdrawn' : expiresAt <= context.clock.now() ? 'expired' : 'open'
}

const approvalOf = ({ purpose, terms }: AskedRow): Approval =>
  ({ purpose, terms: JSON.parse(terms) as unknown }) as Approval

/** @throws NotFound */
function askedById({ sqlite }: Pick<Context, 'sqlite'>, askedId: string): AskedRow {
  const row = statement<AskedRow>(sqlite, `${select} WHERE r.id = ?`).get(askedId)
  if (!row) throw new NotFound()
  return row
}

const tellAll = ({ emit }: Context): void => emit({ event: 'changed', data: { room: 'approvals' } })

/** Why this person may not answer; null where they may. */
function bar(context: Context, { purpose, requestedBy }: Pick<AskedRow, 'purpose' | 'requestedBy'>): string | null {
  const { actor, clock } = context
  if (actor.id === requestedBy) return '不能批准自己办理的业务，请另一位批准'
  if (!mayApprove(rolesNow(context, actor.id), purpose)) return '您没有批准这类业务的权限'
  const credential = credentialOf(context, actor.id)
  if (!credential || credential.mustChange === 1) return '请先更换密码，再批准'
  return lentBy(credential, clock.now()).includes(requestedBy)
    ? '您的密码一天内由请求人设置，不能批准他办理的业务，请另一位批准'
    : null
}

const openOf = (context: Context): AskedRow[] =>
  statement<AskedRow>(
    context.sqlite,
    `${select} WHERE r.state = 'open' AND r.expires_at > ? ORDER BY r.created_at LIMIT 50`,
  )
    .all(context.clock.now())
    .filter((row) => isAsked(context, row))

export const askApproval = useCase(AskApproval, ({ approval, summary }, context) => {
  const { db, sqlite, clock, actor, settings, till } = context
  const now = clock.now()
  const { sessionId } = actor
  // What is asked ends with the session it is asked in.
  if (!sessionId) throw new NotSignedIn()
  const askedId = newId(clock)
  const expiresAt = now + settings.get('access.askedMinutes') * 60_000
  statement(
    sqlite,
    `UPDATE approval_requests SET state = 'withdrawn', decided_at = ? WHERE state = 'open' AND session_id = ?`,
  ).run(now, sessionId)
  db.insert(approvalRequests)
    .values({
      ...{ id: askedId, purpose: approval.purpose, terms: canonicalJson(approval.terms), summary },
      ...{ requestedBy: actor.id, sessionId, till, createdAt: now, expiresAt, state: 'open' },
    })
    .run()
  context.audit({
    subject: approvalSubject(approval),
    detail: { purpose: approvalPurposeNames[approval.purpose], terms: approval.terms },
  })
  tellAll(context)
  return { askedId, expiresAt }
})

export const withdrawAsked = useCase(WithdrawAsked, ({ askedId }, context) => {
  const { sqlite, clock, actor } = context
  const row = askedById(context, askedId)
  if (row.requestedBy !== actor.id) throw new NotFound()
  context.audit({ subject: approvalSubject(approvalOf(row)), detail: {} })
  if (row.state !== 'open' && row.state !== 'agreed') return {}
  // Agreed to while Esc was on its way: nobody waits for it any more.
  if (row.approvalId !== null)
    statement(sqlite, 'UPDATE approvals SET used_at = ? WHERE id = ? AND used_at IS NULL').run(
      clock.now(),
      row.approvalId,
    )
  statement(
    sqlite,
    `UPDATE approval_requests SET state = 'withdrawn', decided_at = ?, decided_by = NULL, approval_id = NULL WHERE id = ?`,
  ).run(clock.now(), askedId)
  tellAll(context)
  return {}
})

export const askedOutcome = useCase(AskedOutcome, ({ askedId }, context) => {
  const row = askedById(context, askedId)
  if (row.requestedBy !== context.actor.id) throw new NotFound()
  const { decidedByName: by, reason, approvalId } = row
  return { state: stateOf(context, row), by, reason, approvalId }
})

export const approversHere = useCase(ApproversHere, ({ purpose }, context) => {
  const { sqlite, actor, clock, settings } = context
  const here = statement<{ staffId: string; name: string; till: string }>(
    sqlite,
    `SELECT s.staff_id AS staffId, p.name, s.till FROM sessions s JOIN staff p ON p.id = s.staff_id
     WHERE s.ended_at IS NULL AND s.locked_at IS NULL AND p.state = 'active' AND p.id <> ? AND s.last_seen_at > ?
     ORDER BY s.till`,
  ).all(actor.id, clock.now() - settings.get('access.lockMinutes') * 60_000)
  return here
    .filter(({ staffId, till }) => isPaired(sqlite, till) && mayApprove(rolesNow(context, staffId), purpose))
    .map(({ name, till }) => ({ name, till }))
})
export const askedOfMe = useCase(AskedOfMe, (_, context) =>
  openOf(context)
    .filter((row) => bar(context, row) === null)
    .map((row) => ({
      ...{ askedId: row.id, approval: approvalOf(row), summary: row.summary },
      ...{ by: row.requestedByName, till: row.till, at: row.createdAt, expiresAt: row.expiresAt },
    })),
)

/** @throws NotFound · AskedOver with what became of it */
function stillOpen(context: Context, askedId: string): AskedRow {
  const row = askedById(context, askedId)
  switch (stateOf(context, row)) {
    case 'open':
      return row
    case 'expired':
      throw new AskedOver('这个请求已经过期，请对方重新请求')
    case 'withdrawn':
      throw new AskedOver('对方已取消这个请求')
    case 'agreed':
    case 'refused':
      throw new AskedOver(`这个请求已由${row.decidedByName ?? ''}答复`)
  }
}

export const agreeAsked = useCase(AgreeAsked, ({ askedId, password }, context) => {
  const { sqlite, clock, actor } = context
  const row = stillOpen(context, askedId)
  const approval = approvalOf(row)
  const by = { asker: row.requestedByName, askerTill: row.till }
  context.audit({
    subject: approvalSubject(approval),
    detail: { ...by, purpose: approvalPurposeNames[row.purpose], terms: approval.terms },
  })
  const member = staffById(context, actor.id)
  const verified = verifyPassword(context, member.staffNo, password)
  if (!verified.ok) return verified
  const barred = bar(context, row)
  if (barred !== null) return turnedDown(context, barred)
  const approvalId = giveApproval(context, approval, { requestedBy: row.requestedBy, approverId: actor.id })
  statement(
    sqlite,
    `UPDATE approval_requests SET state = 'agreed', decided_by = ?, decided_at = ?, approval_id = ? WHERE id = ?`,
  ).run(actor.id, clock.now(), approvalId, askedId)
  tellAll(context)
  return { ok: true as const, approvalId, approverName: actor.name }
})

export const refuseAsked = useCase(RefuseAsked, ({ askedId, reason }, context) => {
  const { sqlite, clock, actor } = context
  const row = stillOpen(context, askedId)
  const barred = bar(context, row)
  if (barred !== null) throw new AskedOver(barred)
  statement(
    sqlite,
    `UPDATE approval_requests SET state = 'refused', decided_by = ?, decided_at = ?, reason = ? WHERE id = ?`,
  ).run(actor.id, clock.now(), reason, askedId)
  const { requestedByName: asker, till: askerTill } = row
  context.audit({ subject: approvalSubject(approvalOf(row)), detail: { asker, askerTill, reason } })
  tellAll(context)
  return {}
})
