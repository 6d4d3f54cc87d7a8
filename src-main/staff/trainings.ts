/** 培训 (clause 11): what was taught, when, by whom, and who took part. */
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { maxOfPerson, RecordTraining, Trainings, VoidTraining, type PersonFile, type TrainingRow } from './api.ts'
import { dateCursor, dateCursorOf } from './paging.ts'
import { activeById } from './records.ts'
import { trainingPeople, trainings as table } from './tables.ts'
import type { TrainingResult } from './words.ts'

export const TrainingNotFound = domainError('TrainingNotFound', '没有这条培训记录，或已作废，请刷新后再试')

/** What was done is recorded afterwards. @throws InvalidInput */
export function notAhead({ clock }: Context, date: BusinessDate, field: string): void {
  if (date > shanghaiDate(clock.now())) throw new InvalidInput('日期不能晚于今天', { field })
}

export const recordTraining = useCase(RecordTraining, ({ requestId: _, people, ...training }, context) => {
  const { db, clock, actor } = context
  notAhead(context, training.heldOn, 'heldOn')
  const trainingId = newId(clock)
  db.insert(table)
    .values({ id: trainingId, ...training, recordedAt: clock.now(), recordedBy: actor.name })
    .run()
  for (const { staffId, result } of people) {
    activeById(context, staffId)
    db.insert(trainingPeople).values({ trainingId, staffId, result }).run()
  }
  const { course, heldOn } = training
  context.audit({ subject: `training:${trainingId}`, detail: { course, heldOn, people: people.length } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return { trainingId }
})

export const voidTraining = useCase(VoidTraining, ({ trainingId, reason }, context) => {
  const { db, clock, actor } = context
  const voided = db
    .update(table)
    .set({ voidedAt: clock.now(), voidedBy: actor.name, voidedFor: reason })
    .where(and(eq(table.id, trainingId), isNull(table.voidedAt)))
    .returning()
    .get()
  if (!voided) throw new TrainingNotFound()
  context.audit({ subject: `training:${trainingId}`, detail: { course: voided.course, reason } })
  context.emit({ event: 'changed', data: { room: 'staff' } })
  return {}
})

const columns = `t.id, t.course, t.kind, t.held_on AS heldOn, t.minutes, t.trainer, t.materials,
  t.recorded_by AS recordedBy, t.voided_for AS voidedFor`

/** Also for the test of its plan. */
export const trainingsSql = `SELECT ${columns} FROM trainings t WHERE (t.held_on, t.id) < (@date, @id)
  ORDER BY t.held_on DESC, t.id DESC LIMIT @limit`

const peopleSql = `SELECT p.staff_id AS staffId, s.name, p.result FROM training_people p JOIN staff s ON s.id = p.staff_id
  WHERE p.training_id = ? ORDER BY s.staff_no`

export const trainings = useCase(Trainings, ({ page: { after, size } }, { sqlite }) => {
  const rows = statement<Omit<TrainingRow, 'people'>>(sqlite, trainingsSql).all({
    ...dateCursor(after),
    limit: size + 1,
  })
  const people = statement<TrainingRow['people'][number]>(sqlite, peopleSql)
  const kept = rows.slice(0, size).map((row) => ({ ...row, people: people.all(row.id) }))
  return { rows: kept, next: rows.length > size ? dateCursorOf(kept.at(-1)) : null }
})

/** What somebody took part in, the newest first; a voided training is none. */
export const trainingsOf = ({ sqlite }: Context, staffId: string): PersonFile['trainings'] =>
  statement<PersonFile['trainings'][number] & { result: TrainingResult }>(
    sqlite,
    `SELECT ${columns}, p.result FROM training_people p JOIN trainings t ON t.id = p.training_id
     WHERE p.staff_id = ? AND t.voided_at IS NULL ORDER BY t.held_on DESC, t.id DESC LIMIT ?`,
  ).all(staffId, maxOfPerson)
