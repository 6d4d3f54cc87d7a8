/** 奖惩 (clauses 28, 29): recorded by one, approved by a manager whom it does not concern, taken back only by a counter record. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { Fen } from '../platform/money.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { lentRefusal, ownAct } from '../platform/two-persons.ts'
import { useCase } from '../platform/use-case.ts'
import {
  ApproveMerit,
  maxOfPerson,
  Merits,
  MeritsWaiting,
  meritKindNames,
  RecordMerit,
  RevokeMerit,
  type MeritRow,
} from './api.ts'
import { instantCursor } from './paging.ts'
import { staffById } from './records.ts'
import { meritState } from './rules.ts'
import { meritApprovals, merits as table } from './tables.ts'
import { notAhead } from './trainings.ts'

export const MeritNotFound = domainError('MeritNotFound', '没有这条奖惩记录，请刷新后再试')
export const OwnMerit = domainError('OwnMerit', '本人的奖惩不能由本人批准，须由另一位营业厅主任批准')
export const RecordedItself = domainError(
  'RecordedItself',
  '这条奖惩由本人登记，不能由本人批准，须由另一位营业厅主任批准',
)
export const MeritDecided = domainError('MeritDecided', '这条奖惩已经批过，请刷新后再看')
export const NothingToRevoke = domainError('NothingToRevoke', '只有已批准、还没有撤销的奖惩才能撤销')

type Row = typeof table.$inferSelect

// A counter record that was refused stands in nobody's way.
const counter = (approved: string) => `EXISTS (SELECT 1 FROM merits c LEFT JOIN merit_approvals v ON v.merit_id = c.id
  WHERE c.revokes = m.id AND ${approved})`
const columns = `m.id, m.staff_id AS staffId, s.name, s.staff_no AS staffNo, m.kind, m.reason, m.decided_by AS decidedBy,
  m.decided_on AS decidedOn, m.amount, m.evidence, m.revokes, m.recorded_at AS recordedAt, m.recorded_by AS recordedBy, m.recorded_by_id AS recordedById,
  a.approved, a.approver_name AS approverName, a.note AS approverNote, ${counter('v.approved = 1')} AS countered,
  ${counter('v.approved IS NULL')} AS revoking`
const source = 'FROM merits m JOIN staff s ON s.id = m.staff_id LEFT JOIN merit_approvals a ON a.merit_id = m.id'

type Stored = Omit<MeritRow, 'state' | 'revoking'> & {
  readonly approved: number | null
  readonly countered: number
  readonly revoking: number
}
const shown = ({ approved, countered, revoking, ...row }: Stored): MeritRow => ({
  ...row,
  state: meritState(approved === null ? null : approved === 1, countered === 1),
  revoking: revoking === 1,
})

function meritById({ sqlite }: Context, meritId: string): MeritRow {
  const row = statement<Stored>(sqlite, `SELECT ${columns} ${source} WHERE m.id = ?`).get(meritId)
  if (!row) throw new MeritNotFound()
  return shown(row)
}

function keep(
  context: Context,
  merit: Pick<Row, 'staffId' | 'kind' | 'reason' | 'decidedBy' | 'decidedOn' | 'evidence' | 'revokes'> & {
    amount: Fen | null
  },
): string {
  const { db, clock, actor } = context
  const { name, staffNo } = staffById(context, merit.staffId)
  const id = newId(clock)
  db.insert(table)
    .values({ id, ...merit, recordedAt: clock.now(), recordedById: actor.id, recordedBy: actor.name })
    .run()
  const { kind, reason, amount } = merit
  context.audit({ subject: `merit:${id}`, detail: { name, staffNo, kind: meritKindNames[kind], reason, amount } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return id
}

export const recordMerit = useCase(RecordMerit, ({ requestId: _, ...merit }, context) => {
  notAhead(context, merit.decidedOn, 'decidedOn')
  return { meritId: keep(context, { ...merit, revokes: null }) }
})

export const revokeMerit = useCase(RevokeMerit, ({ requestId: _, meritId, ...decision }, context) => {
  const { staffId, kind, amount, state, revoking, revokes } = meritById(context, meritId)
  if (state !== 'holds' || revoking || revokes !== null) throw new NothingToRevoke()
  notAhead(context, decision.decidedOn, 'decidedOn')
  return { meritId: keep(context, { ...decision, staffId, kind, amount, revokes: meritId }) }
})

export const approveMerit = useCase(ApproveMerit, ({ meritId, approved, note }, context) => {
  const { db, clock, actor } = context
  const { staffId, name, state, reason, recordedById } = meritById(context, meritId)
  const byAnother = '不能批准这条奖惩，须由另一位营业厅主任批准'
  const concerns = ownAct(actor, [staffId])
  if (concerns !== null) throw new OwnMerit(concerns === 'own' ? undefined : lentRefusal('此人', byAnother))
  const recorded = ownAct(actor, [recordedById])
  if (recorded !== null) throw new RecordedItself(recorded === 'own' ? undefined : lentRefusal('登记人', byAnother))
  if (state !== 'waiting') throw new MeritDecided()
  db.insert(meritApprovals)
    .values({
      meritId,
      approved: approved ? 1 : 0,
      note,
      at: clock.now(),
      approverId: actor.id,
      approverName: actor.name,
    })
    .run()
  context.audit({ subject: `merit:${meritId}`, detail: { name, reason, approved, note } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return {}
})

/** Also for the test of its plan. */
export const meritsSql = `SELECT ${columns} ${source} WHERE (m.recorded_at, m.id) < (@at, @id)
  ORDER BY m.recorded_at DESC, m.id DESC LIMIT @limit`

export const merits = useCase(Merits, ({ page: { after, size } }, { sqlite }) => {
  const rows = statement<Stored>(sqlite, meritsSql).all({ ...instantCursor(after), limit: size + 1 })
  const kept = rows.slice(0, size).map(shown)
  const last = kept.at(-1)
  return { rows: kept, next: rows.length > size && last ? `${last.recordedAt}/${last.id}` : null }
})

export const meritsWaiting = useCase(MeritsWaiting, (_, { sqlite, actor }) => {
  const found = statement<{ waiting: number; mine: number }>(
    sqlite,
    `SELECT count(*) AS waiting, count(*) FILTER (WHERE NOT EXISTS (
       SELECT 1 FROM json_each(@people) WHERE value IN (m.staff_id, m.recorded_by_id))) AS mine FROM merits m
     WHERE NOT EXISTS (SELECT 1 FROM merit_approvals a WHERE a.merit_id = m.id)`,
  ).get({ people: JSON.stringify([actor.id, ...(actor.lentBy ?? [])]) })
  const waiting = found?.waiting ?? 0
  return { waiting, mine: actor.roles.includes('hall-manager') ? (found?.mine ?? 0) : 0 }
})

export const meritsOf = ({ sqlite }: Context, staffId: string): MeritRow[] =>
  statement<Stored>(
    sqlite,
    `SELECT ${columns} ${source} WHERE m.staff_id = ? ORDER BY m.recorded_at DESC, m.id DESC LIMIT ?`,
  )
    .all(staffId, maxOfPerson)
    .map(shown)
