/**
 * 临时安检: one account out of turn, because the customer asks, something was mended there, or somebody reported a hazard.
 *
 * It is a full inspection by a certified inspector, so it counts as what clause 10(6) asks for: while the account's
 * inspection of the period is open, that one is brought forward, and nobody calls twice. Only when it is done already a
 * further one is made, which is no part of the plan: its visit and its hazards count, the coverage does not.
 */
import { accountById, recordEvent, servicePointById } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, earlier, type BusinessDate, mondayOf } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { requireCertificate } from '../staff/service.ts'
import { gapProblem, requestCauseNames, RequestInspection, WithdrawRequest } from './api.ts'
import { firstExtraSlot, periodsOf, taskTransitions, yearOf } from './rules.ts'
import {
  countedDays,
  frequencyOf,
  gapOf,
  giveRound,
  isResident,
  requestRound,
  roundById,
  taskById,
  tellChanged,
  todayOf,
} from './store.ts'

export const RequestRefused = domainError('RequestRefused', '这户现在不能安排临时安检')

/** Days within which a 临时安检 is to be done, from the day it is arranged for. */
const graceDays = 7

interface Standing {
  readonly id: string
  readonly state: string
  readonly cause: string | null
}

/** The account's inspection of the period the day lies in, whatever became of it. */
const ofPeriod = ({ sqlite }: Context, accountId: string, on: BusinessDate) =>
  statement<Standing>(
    sqlite,
    `SELECT id, state, cause FROM inspection_tasks
     WHERE account_id = ? AND year = ? AND extra = 0 AND state <> 'dropped' AND ? BETWEEN period_from AND period_to`,
  ).get(accountId, yearOf(on), on)

/** Whether an inspection on that day can be the one of its period. */
const countsOn = (context: Context, accountId: string, taskId: string, on: BusinessDate): boolean =>
  gapProblem(on, countedDays(context, accountId, taskId), gapOf(context, taskById(context, taskId))) === null

const openExtra = ({ sqlite }: Context, accountId: string) =>
  statement<Standing>(
    sqlite,
    `SELECT id, state, cause FROM inspection_tasks
     WHERE account_id = ? AND extra = 1 AND state IN ('planned', 'refused') LIMIT 1`,
  ).get(accountId)

const nextSlot = ({ sqlite }: Context, accountId: string, year: number): number =>
  (statement<{ slot: number | null }>(
    sqlite,
    'SELECT max(slot) AS slot FROM inspection_tasks WHERE account_id = ? AND year = ? AND extra = 1',
  ).get(accountId, year)?.slot ?? firstExtraSlot - 1) + 1

/** @throws InvalidInput · RequestRefused · CertificateMissing */
export const requestInspection = useCase(RequestInspection, (input, context) => {
  const { sqlite, clock, actor } = context
  const { accountId, cause, note, visitOn, inspectorId } = input
  const today = todayOf(context)
  if (visitOn < today) throw new InvalidInput('上门日期不能早于今天', { field: 'visitOn' })
  const most = context.settings.get('inspections.requestDays')
  if (visitOn > addDays(today, most)) {
    throw new InvalidInput(`上门日期请在 ${most} 天以内`, { field: 'visitOn' })
  }
  const account = accountById(context, accountId)
  const point = servicePointById(context, account.servicePointId)
  if (account.state !== 'active' || (point.gasState !== 'supplied' && point.gasState !== 'suspended')) {
    throw new RequestRefused('这户没有通气，不安排安检')
  }
  if (openExtra(context, accountId)) throw new RequestRefused('这户已有一次临时安检没有做完，请在那一次里录入结果')
  const inspector = requireCertificate(context, inspectorId, 'inspection')
  const resident = isResident(context, accountId) ? 1 : 0
  const { community, building } = point
  const roundId = requestRound(context, { weekOn: mondayOf(visitOn), community, building, resident })
  giveRound(context, roundId, inspector.id, inspector.name)
  const now = clock.now()
  const asked = { roundId, visitOn, cause, causeNote: note, requestedBy: actor.name, now }
  const standing = ofPeriod(context, accountId, visitOn)
  // Too soon after the one of another period it counts as none of this: it is one beyond the plan.
  const forward =
    (standing?.state === 'planned' || standing?.state === 'refused') &&
    countsOn(context, accountId, standing.id, visitOn)
  const taskId = forward
    ? bringForward(context, standing.id, asked)
    : insert(context, { ...asked, accountId, resident, extra: standing === undefined ? 0 : 1 })
  const ofPlan = statement<{ extra: number }>(sqlite, 'SELECT extra FROM inspection_tasks WHERE id = ?').get(taskId)
  const { roundNo } = roundById(context, roundId)
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'inspection',
    title: `临时安检：${requestCauseNames[cause]}`,
    detail: [`约 ${visitOn} 上门`, inspector.name, note].filter((text) => text !== '').join('；'),
    subject: `inspection-task:${taskId}`,
  })
  context.audit({
    subject: `inspection-task:${taskId}`,
    detail: { accountNo: account.accountNo, cause: requestCauseNames[cause], visitOn, name: inspector.name, roundNo },
  })
  tellChanged(context)
  return { taskId, roundId, roundNo, ofPlan: ofPlan?.extra === 0 }
})

interface Asked {
  readonly roundId: string
  readonly visitOn: BusinessDate
  readonly cause: string
  readonly causeNote: string
  readonly requestedBy: string
  readonly now: number
}

function bringForward({ sqlite }: Context, taskId: string, asked: Asked): string {
  statement(
    sqlite,
    `UPDATE inspection_tasks SET round_id = @roundId, visit_on = @visitOn, state = '${taskTransitions.arrange.to}',
       absences = 0, cause = @cause, cause_note = @causeNote, requested_by = @requestedBy, updated_at = @now
     WHERE id = @taskId`,
  ).run({ ...asked, taskId })
  return taskId
}

/** A new one: of the plan where the account stands in none yet for this period, else beyond it. */
function insert(context: Context, asked: Asked & { accountId: string; resident: number; extra: number }): string {
  const { sqlite, clock } = context
  const { visitOn, accountId } = asked
  const year = yearOf(visitOn)
  const period = periodsOf(year, asked.resident === 1, frequencyOf(context)).find(
    ({ from, to }) => from <= visitOn && visitOn <= to,
  )
  const taken = statement<{ id: string; state: string }>(
    sqlite,
    'SELECT id, state FROM inspection_tasks WHERE account_id = ? AND year = ? AND resident = ? AND slot = ?',
  ).get(accountId, year, asked.resident, period?.slot ?? 0)
  // A slot that other settings cut otherwise is left as it is.
  const ofPlan = asked.extra === 0 && period !== undefined && (taken === undefined || taken.state === 'dropped')
  const place = ofPlan
    ? { slot: period.slot, extra: 0, from: period.from, to: period.to }
    : {
        ...{ slot: nextSlot(context, accountId, year), extra: 1 },
        ...{ from: earlier(todayOf(context), visitOn), to: addDays(visitOn, graceDays) },
      }
  const id = taken?.state === 'dropped' && ofPlan ? taken.id : newId(clock)
  statement(
    sqlite,
    `INSERT INTO inspection_tasks (id, round_id, account_id, year, slot, extra, resident, period_from, period_to, visit_on,
       state, absences, cause, cause_note, requested_by, updated_at)
     VALUES (@id, @roundId, @accountId, @year, @slot, @extra, @resident, @from, @to, @visitOn, 'planned', 0, @cause,
       @causeNote, @requestedBy, @now)
     ON CONFLICT (account_id, year, resident, slot) DO UPDATE SET round_id = excluded.round_id,
       period_from = excluded.period_from, period_to = excluded.period_to, visit_on = excluded.visit_on, state = 'planned',
       absences = 0, cause = excluded.cause, cause_note = excluded.cause_note, requested_by = excluded.requested_by,
       updated_at = excluded.updated_at`,
  ).run({ ...asked, ...place, id, year })
  return id
}

/** @throws TaskNotFound · RequestRefused */
export const withdrawRequest = useCase(WithdrawRequest, ({ taskId, reason }, context) => {
  const { sqlite, clock } = context
  const task = taskById(context, taskId)
  if (task.extra !== 1) throw new RequestRefused('这户本期的安检还没有做，不能撤回，请另约上门时间')
  if (!taskTransitions.drop.from.includes(task.state)) throw new RequestRefused('这次临时安检已经录入结果，不能撤回')
  const state = taskTransitions.drop.to
  statement(sqlite, 'UPDATE inspection_tasks SET state = ?, updated_at = ? WHERE id = ?').run(
    state,
    clock.now(),
    taskId,
  )
  const account = accountById(context, task.accountId)
  recordEvent(context, {
    customerId: account.customerId,
    accountId: account.id,
    kind: 'inspection',
    title: '临时安检：撤回',
    detail: reason,
    subject: `inspection-task:${taskId}`,
  })
  context.audit({ subject: `inspection-task:${taskId}`, detail: { accountNo: account.accountNo, reason } })
  tellChanged(context)
  return { state }
})
