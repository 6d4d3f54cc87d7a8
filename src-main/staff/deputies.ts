/**
 * 代理主任 by dated appointment: the administrator names somebody for some days, another person agrees, and it ends by itself. A
 * deputy has the manager's role and every bar against one's own work with it; whose own matter it is still needs another.
 */
import { approverAmong, ApprovalRefused, consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate } from '../platform/dates.ts'
import { Conflict, domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { insertRow } from '../platform/rows.ts'
import { isHeld, rolesAt } from '../platform/roles-now.ts'
import { lentRefusal, ownAct } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import { AppointDeputy, Deputies, EndDeputy, HeldPosts, type DeputyView } from './api.ts'
import { activeById } from './records.ts'
import { deputyState } from './rules.ts'
import { deputies as table } from './tables.ts'

export const OwnAppointment = domainError('OwnAppointment', '不能指派本人代理主任，请另一位管理员办理')
export const DeputyNotFound = domainError('DeputyNotFound', '没有这项代理，请刷新后再试')

/** The roles somebody has now, those they stand in for included. */
export function rolesNow({ sqlite, clock }: Pick<Context, 'sqlite' | 'clock'>, staffId: string): Role[] {
  const row = statement<{ roles: string }>(
    sqlite,
    `SELECT ${rolesAt('s', '@now')} AS roles FROM staff s WHERE s.id = @id`,
  ).get({
    now: clock.now(),
    id: staffId,
  })
  return row ? (JSON.parse(row.roles) as Role[]) : []
}

/** Posts that do not work yet for want of a passed 上岗考核, by person. */
export const heldPosts = useCase(HeldPosts, (_, { sqlite, clock }) =>
  statement<{ staffId: string; post: Role }>(
    sqlite,
    `SELECT s.id AS staffId, r.value AS post FROM staff s, json_each(s.roles) r
     WHERE s.state = 'active' AND ${isHeld('r.value', 's.id', '@now')} ORDER BY s.staff_no`,
  ).all({ now: clock.now() }),
)

const columns = `d.id, d.staff_id AS staffId, s.staff_no AS staffNo, s.name, d.from_on AS fromOn, d.to_on AS toOn, d.reason,
  d.appointed_at AS appointedAt, d.appointed_by AS appointedBy, d.approver_name AS approverName, d.ended_at AS endedAt,
  d.ended_by AS endedBy, d.end_reason AS endReason`

/** The newest first: a hall appoints a few a year. */
export const deputies = useCase(Deputies, (_, { sqlite, clock }) => {
  const today = shanghaiDate(clock.now())
  return statement<Omit<DeputyView, 'state'>>(
    sqlite,
    `SELECT ${columns} FROM deputies d JOIN staff s ON s.id = d.staff_id ORDER BY d.appointed_at DESC, d.id DESC LIMIT 50`,
  )
    .all()
    .map((row) => ({ ...row, state: deputyState(row, today) }))
})

/** 指派. @throws StaffNotFound · HasLeft · InvalidInput · Conflict · OwnAppointment · ApprovalRefused */
export const appointDeputy = useCase(AppointDeputy, ({ staffId, fromOn, toOn, reason, approvalId }, context) => {
  const { sqlite, clock, actor, settings } = context
  const member = activeById(context, staffId)
  const own = ownAct(actor, [staffId])
  if (own !== null) {
    throw new OwnAppointment(own === 'own' ? undefined : lentRefusal('此人', '不能指派此人代理主任'), {
      field: 'staffId',
    })
  }
  if (member.roles.includes('hall-manager')) {
    throw new InvalidInput(`${member.name}已是营业厅主任，不用代理`, { field: 'staffId' })
  }
  if (fromOn < shanghaiDate(clock.now())) throw new InvalidInput('代理不能从今天以前起算', { field: 'fromOn' })
  const last = addDays(fromOn, settings.get('staff.deputyDays') - 1)
  if (toOn < fromOn) throw new InvalidInput('结束日期不能早于开始日期', { field: 'toOn' })
  if (toOn > last) {
    throw new InvalidInput(`一次代理最多 ${settings.get('staff.deputyDays')} 天，请到 ${last} 为止`, { field: 'toOn' })
  }
  const meets = statement<{ fromOn: string; toOn: string }>(
    sqlite,
    `SELECT from_on AS fromOn, to_on AS toOn FROM deputies
     WHERE staff_id = ? AND ended_at IS NULL AND from_on <= ? AND to_on >= ?`,
  ).get(staffId, toOn, fromOn)
  if (meets) throw new Conflict(`${member.name}已指派代理 ${meets.fromOn} 至 ${meets.toOn}`, { field: 'fromOn' })
  const { staffNo, name } = member
  const approval = consumeApproval(context, approvalId, 'deputy', { staffId, staffNo, name, fromOn, toOn, reason })
  if (approverAmong(context, approval.approverId, [staffId]) !== null) {
    throw new ApprovalRefused('代理的人不能批准自己代理，请另一位主任或管理员批准')
  }
  const id = newId(clock)
  insertRow(sqlite, table, {
    ...{
      id,
      staffId,
      fromOn,
      toOn,
      reason,
      appointedAt: clock.now(),
      appointedById: actor.id,
      appointedBy: actor.name,
    },
    ...{ approverId: approval.approverId, approverName: approval.approverName },
    ...{ endedAt: null, endedById: null, endedBy: null, endReason: '' },
  })
  context.audit({
    subject: `staff:${staffId}`,
    detail: { staffNo, name, fromOn, toOn, reason, approver: approval.approverName },
  })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return { deputyId: id }
})

/** 提前结束. Taking a say away needs nobody's agreement. @throws DeputyNotFound · Conflict */
export const endDeputy = useCase(EndDeputy, ({ deputyId, reason }, context) => {
  const { sqlite, clock, actor } = context
  const row = statement<{ staffId: string; name: string; fromOn: string; toOn: string; endedAt: number | null }>(
    sqlite,
    `SELECT d.staff_id AS staffId, s.name, d.from_on AS fromOn, d.to_on AS toOn, d.ended_at AS endedAt
     FROM deputies d JOIN staff s ON s.id = d.staff_id WHERE d.id = ?`,
  ).get(deputyId)
  if (!row) throw new DeputyNotFound()
  if (row.endedAt !== null || row.toOn < shanghaiDate(clock.now())) throw new Conflict('这项代理已经结束')
  statement(sqlite, 'UPDATE deputies SET ended_at = ?, ended_by_id = ?, ended_by = ?, end_reason = ? WHERE id = ?').run(
    clock.now(),
    actor.id,
    actor.name,
    reason,
    deputyId,
  )
  context.audit({
    subject: `staff:${row.staffId}`,
    detail: { name: row.name, fromOn: row.fromOn, toOn: row.toOn, reason },
  })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return {}
})
