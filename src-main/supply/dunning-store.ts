/**
 * 催缴 as rows, and how a dunning follows the account's balance. The cash desk knows nothing of this room: whoever pays
 * is found by looking at the bills — at once when gas is to be given back, and by the room's job within a minute.
 */
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant, shanghaiDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { owesOverdueSql } from '../billing/service.ts'
import { accountById, customerById, recordEvent, servicePointById } from '../customers/service.ts'
import type { DunningAction, DunningState } from './api.ts'
import { lastPaidAt, overdueOf, owesOverdue } from './debt.ts'
import { liftHold, placeHold, waitForGas } from './holds.ts'
import { gateNotPassed } from './interruption-store.ts'
import { dunningTransitions, livingDunningStates, obstaclesToDunning, type DunningFacts } from './rules.ts'
import { dunnings } from './tables.ts'

export const DunningNotFound = domainError('DunningNotFound', '没有找到这张催缴单，请刷新后再试')

export type DunningRecord = typeof dunnings.$inferSelect

export const dunningSubject = (dunningId: string): string => `dunning:${dunningId}`

/** @throws DunningNotFound */
export function dunningById({ db }: Context, dunningId: string): DunningRecord {
  const row = db.select().from(dunnings).where(eq(dunnings.id, dunningId)).get()
  if (!row) throw new DunningNotFound()
  return row
}

/** The one dunning of an account that is not done, or null. */
export const livingDunning = ({ db }: Context, accountId: string): DunningRecord | null =>
  db
    .select()
    .from(dunnings)
    .where(and(eq(dunnings.accountId, accountId), eq(dunnings.living, 1)))
    .get() ?? null

/** The dunnings of a batch that stand in one of these states, by number. */
export const ofBatch = ({ db }: Context, batchId: string, states: readonly DunningState[]): DunningRecord[] =>
  db
    .select()
    .from(dunnings)
    .where(and(eq(dunnings.batchId, batchId), inArray(dunnings.state, [...states])))
    .orderBy(dunnings.dunningNo)
    .all()

export function dunningFacts(context: Context, row: DunningRecord, specialReason = ''): DunningFacts {
  return {
    state: row.state,
    owed: overdueOf(context, row.accountId).owed,
    nextAt: row.state === 'delivered' || row.state === 'announced' ? row.nextAt : null,
    now: context.clock.now(),
    specialCare: customerById(context, row.customerId).specialCare !== null,
    specialReason,
    supplied: servicePointById(context, row.servicePointId).gasState === 'supplied',
  }
}

/** @throws GateNotPassed with every obstacle */
export function passDunningGate(context: Context, action: DunningAction, row: DunningRecord, specialReason = ''): void {
  const obstacles = obstaclesToDunning(action, dunningFacts(context, row, specialReason), formatInstant)
  if (obstacles.length > 0) throw gateNotPassed(obstacles)
}

/** Writes a step: where the dunning is now, the customer's timeline, the audit row. */
export function stepDunning(
  context: Context,
  row: DunningRecord,
  action: DunningAction,
  { title, detail = '', fills = {} }: { title: string; detail?: string; fills?: Partial<DunningRecord> },
): DunningRecord {
  const { db, clock } = context
  const state = dunningTransitions[action].to(row.state)
  const now = clock.now()
  const living = livingDunningStates.includes(state)
  const next: DunningRecord = {
    ...row,
    nextAt: now,
    ...fills,
    state,
    living: living ? 1 : 0,
    closedAt: living ? null : now,
    updatedAt: now,
  }
  const { id: _, ...columns } = next
  db.update(dunnings).set(columns).where(eq(dunnings.id, row.id)).run()
  recordEvent(context, {
    customerId: row.customerId,
    accountId: row.accountId,
    kind: action === 'suspend' || action === 'owe-again' ? 'supply' : 'notice',
    title,
    detail: [row.dunningNo, detail].filter((text) => text !== '').join('；'),
    subject: dunningSubject(row.id),
  })
  context.audit({ subject: dunningSubject(row.id), detail: { dunningNo: row.dunningNo, state, note: detail } })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return next
}

/** Takes gas away for this debt, with a hold of its own. */
export function holdForArrears(context: Context, row: DunningRecord): void {
  placeHold(context, {
    servicePointId: row.servicePointId,
    cause: 'arrears',
    subject: dunningSubject(row.id),
    note: `欠费停气 ${row.dunningNo}`,
  })
}

/** Brings a dunning up to date with what the account owes now. @returns the dunning as it is then */
export function followBalance(context: Context, row: DunningRecord): DunningRecord {
  const owes = owesOverdue(context, row.accountId)
  if (row.state === 'paid' && owes) {
    holdForArrears(context, row)
    return stepDunning(context, row, 'owe-again', { title: '仍有逾期欠费，继续停气', fills: { paidAt: null } })
  }
  if (owes || !dunningTransitions.pay.from.includes(row.state)) return row
  const now = context.clock.now()
  if (row.state !== 'suspended') return stepDunning(context, row, 'pay', { title: '催缴结清', fills: { paidAt: now } })
  const paidAt = Math.max(lastPaidAt(context, row.accountId) ?? now, row.suspendedAt ?? 0)
  const subject = dunningSubject(row.id)
  liftHold(context, subject, '欠费已缴清')
  const waiting = statement(
    context.sqlite,
    'SELECT 1 FROM supply_awaiting WHERE service_point_id = ? AND subject = ?',
  ).get(row.servicePointId, subject)
  // The 24 hours run from the payment, not from when it was noticed.
  if (waiting) waitForGas(context, row.servicePointId, 'arrears', subject, paidAt)
  // Of an account that has ended nobody waits for gas.
  if (accountById(context, row.accountId).state !== 'active') {
    return stepDunning(context, row, 'end', { title: '销户、拆除后欠费缴清', fills: { paidAt } })
  }
  return stepDunning(context, row, 'pay', { title: '欠费缴清，待恢复供气', fills: { paidAt } })
}

/** Brings the dunning of an account up to date, if it has one. */
export function followAccount(context: Context, accountId: string): DunningRecord | null {
  const dunning = livingDunning(context, accountId)
  return dunning === null ? null : followBalance(context, dunning)
}

/**
 * What an account was dunned for is over: gas flows there again by another way than a resumption, or the account itself
 * has ended. Left as paid it would cut the gas once more, unannounced, as soon as anything else falls overdue.
 */
export function endDunning(context: Context, accountId: string, action: 'resume' | 'end', title: string): void {
  const dunning = followAccount(context, accountId)
  if (dunning?.state === 'paid') stepDunning(context, dunning, action, { title })
}

/** 复用 though the debt stays, by approval: gas is no longer held off for it, and what is owed may be dunned anew. */
export function resumeInDebt(context: Context, accountId: string): void {
  const dunning = followAccount(context, accountId)
  if (dunning?.state !== 'suspended') return
  liftHold(context, dunningSubject(dunning.id), '欠费保留，经批准复用')
  stepDunning(context, dunning, 'resume', { title: '欠费保留，经批准复用' })
}

/** Dunnings whose account has paid, or owes again after a reversal. Bound: today. */
export const outOfStepSql = `SELECT d.id FROM dunnings d INDEXED BY dunnings_one_living WHERE d.living = 1 AND (d.state = 'paid') =
  ${owesOverdueSql('d.account_id', '@today')}`

export const outOfStep = ({ sqlite, clock }: Pick<Context, 'sqlite' | 'clock'>): string[] =>
  statement<{ id: string }>(sqlite, outOfStepSql)
    .all({ today: shanghaiDate(clock.now()) })
    .map(({ id }) => id)
