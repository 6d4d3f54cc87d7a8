/** 草稿: kept per operator in the encrypted database. */
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate, startOfDay } from '../platform/dates.ts'
import type { Context } from '../platform/context.ts'
import type { Job } from '../platform/scheduler.ts'
import { useCase } from '../platform/use-case.ts'
import { keepDays, Load, maxDrafts, Mine, Remove, Save, type DraftView } from './api.ts'

const dayMs = 86_400_000

const keptSince = (now: number): number => now - keepDays * dayMs

/** Drafts of whoever asks; nobody can name another operator. */
function mineOf<Row>({ sqlite, actor, clock }: Context, columns: string): Row[] {
  return statement<Row>(
    sqlite,
    `SELECT ${columns} FROM drafts WHERE staff_id = ? AND updated_at >= ? ORDER BY updated_at DESC, key LIMIT ?`,
  ).all(actor.id, keptSince(clock.now()), maxDrafts)
}

export const mine = useCase(Mine, (_, context) =>
  mineOf<DraftView>(context, 'key, title, path, updated_at AS updatedAt'),
)

export const load = useCase(Load, (_, context) =>
  mineOf<DraftView & { body: string }>(context, 'key, title, path, updated_at AS updatedAt, body'),
)

export const save = useCase(Save, ({ key, title, path, body }, { sqlite, actor, clock }) => {
  statement(
    sqlite,
    `INSERT INTO drafts (staff_id, key, title, path, body, updated_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (staff_id, key) DO UPDATE SET title = excluded.title, path = excluded.path, body = excluded.body,
       updated_at = excluded.updated_at`,
  ).run(actor.id, key, title, path, body, clock.now())
  statement(
    sqlite,
    `DELETE FROM drafts WHERE staff_id = @staffId AND key IN (
       SELECT key FROM drafts WHERE staff_id = @staffId ORDER BY updated_at DESC, key LIMIT -1 OFFSET @most)`,
  ).run({ staffId: actor.id, most: maxDrafts })
  return {}
})

export const remove = useCase(Remove, ({ key }, { sqlite, actor }) => {
  statement(sqlite, 'DELETE FROM drafts WHERE staff_id = ? AND key = ?').run(actor.id, key)
  return {}
})

/** Once a day, in the small hours, so that what nobody finishes does not stay for good. */
const cleanHour = 3

export const cleanJob: Job = {
  job: 'drafts.clean',
  nextRun: (_environment, now) => startOfDay(addDays(shanghaiDate(now), 1)) + cleanHour * 3_600_000,
  run({ sqlite, clock }) {
    statement(sqlite, 'DELETE FROM drafts WHERE updated_at < ?').run(keptSince(clock.now()))
    return Promise.resolve()
  },
}
