/** 停气 from the plan to the day: announced, posted, told; each step passes its gate (clause 18(2)). */
import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import type { ParsedInputOf } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { domainError, GateNotPassed, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { keepFile } from '../platform/kept-files.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, recordEvent } from '../customers/service.ts'
import {
  AmendInterruption,
  CallCare,
  callsBeforeOverride,
  careResultNames,
  interruptionKindNames,
  NotifyInterruption,
  OverrideCare,
  PlanInterruption,
  PostNotice,
  type InterruptionScope,
} from './api.ts'
import {
  believing,
  interruptionById,
  listWhoIsTold,
  openCalls,
  passInterruptionGate,
  saveInterruption,
  standing,
  subjectOf,
  unposted,
  type InterruptionRecord,
} from './interruption-store.ts'
import { affectedBuildings, rangeOf, storedScope } from './scope.ts'
import { interruptionBuildings, interruptionCalls, interruptionCare, interruptions } from './tables.ts'

export const CareNotFound = domainError('CareNotFound', '没有找到这位特殊客户的告知记录，请刷新后再试')
export const BuildingNotFound = domainError('BuildingNotFound', '没有找到这处停气通知，请刷新后再试')

/** Columns that say whom it meets, and how many that are. @throws AccountNotFound */
function scopeColumns(context: Context, scope: InterruptionScope) {
  const stored = storedScope(scope)
  const range = rangeOf(context, stored)
  const affected = affectedBuildings(context, stored).reduce((sum, { customers }) => sum + customers, 0)
  return { ...stored, range, affected }
}

/** The same inside a transaction that exists already. @throws GateNotPassed · InvalidInput */
export function planNewInterruption(
  context: Context,
  input: Omit<ParsedInputOf<typeof PlanInterruption>, 'requestId'>,
) {
  const { db, clock, actor, settings } = context
  const { kind, reason, fromAt, toAt, resumeBy } = input
  if (toAt <= clock.now()) throw new InvalidInput('结束时间已经过去，请核对日期', { field: 'toAt' })
  const id = newId(clock)
  const interruptionNo = nextNumber(context, 'interruption')
  const columns = scopeColumns(context, input.scope)
  const now = clock.now()
  db.insert(interruptions)
    .values({
      id,
      interruptionNo,
      kind,
      state: 'draft',
      reason,
      ...columns,
      fromAt,
      toAt,
      resumeBy,
      noticeHours: settings.get('supply.noticeHours'),
      issuedBy: actor.name,
      createdAt: now,
      updatedAt: now,
    })
    .run()
  context.audit({ subject: subjectOf(id), detail: { interruptionNo, kind, reason, range: columns.range } })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return { interruptionId: id, interruptionNo, affected: columns.affected }
}

export const planInterruption = useCase(PlanInterruption, (input, context) => planNewInterruption(context, input))

export const amendInterruption = useCase(AmendInterruption, ({ interruptionId, scope, ...input }, context) => {
  const row = passInterruptionGate(context, 'amend', interruptionId)
  const { kind, reason, fromAt, toAt, resumeBy } = input
  if (toAt <= context.clock.now()) throw new InvalidInput('结束时间已经过去，请核对日期', { field: 'toAt' })
  const columns = scopeColumns(context, scope)
  saveInterruption(context, row, { kind, reason, fromAt, toAt, resumeBy, ...columns }, { range: columns.range })
  return { affected: columns.affected }
})

/** The same inside a transaction that exists already. @throws GateNotPassed · InvalidInput */
export function notifyOfInterruption(
  context: Context,
  { interruptionId }: Omit<ParsedInputOf<typeof NotifyInterruption>, 'requestId'>,
) {
  const draft = interruptionById(context, interruptionId)
  const affected = affectedBuildings(context, draft).reduce((sum, { customers }) => sum + customers, 0)
  saveInterruption(context, draft, { affected })
  const row = passInterruptionGate(context, 'notify', interruptionId)
  listWhoIsTold(context, row)
  const noticeHours = context.settings.get('supply.noticeHours')
  saveInterruption(context, row, { state: 'noticed', noticedAt: context.clock.now(), noticeHours, affected })
  return { state: 'noticed' as const, buildings: unposted(context, row.id), care: openCalls(context, row.id) }
}

export const notifyInterruption = useCase(NotifyInterruption, (input, context) => notifyOfInterruption(context, input))

/** The same inside a transaction that exists already. @throws GateNotPassed · InvalidInput */
export function postNoticeAt(context: Context, input: Omit<ParsedInputOf<typeof PostNotice>, 'requestId'>) {
  const { db, clock, actor } = context
  const { interruptionId, buildingIds, postedAt, place, postedBy, photoPath } = input
  const row = passInterruptionGate(context, 'post', interruptionId)
  const cancelled = row.state === 'cancelled'
  if (postedAt > clock.now()) throw new InvalidInput('张贴时间不能晚于现在', { field: 'postedAt' })
  if (postedAt < (row.cancelledAt ?? row.noticedAt ?? row.createdAt)) {
    throw new InvalidInput(`张贴时间不能早于${cancelled ? '取消' : '发出通知'}的时间`, { field: 'postedAt' })
  }
  const photo = photoPath === null ? null : keepFile(context, photoPath, newId(context.clock))
  const [photoHash, photoName] = [photo?.hash ?? null, photo?.name ?? null]
  const notice = { postedAt, postedPlace: place, postedBy, recordedBy: actor.name }
  const fills = cancelled
    ? {
        ...{ takenBackAt: postedAt, takenBackPlace: place, takenBackBy: postedBy, takenBackRecordedBy: actor.name },
        ...(photo === null ? {} : { takenBackPhotoHash: photoHash, takenBackPhotoName: photoName }),
      }
    : { ...notice, ...(photo === null ? {} : { photoHash, photoName }) }
  const { changes } = db
    .update(interruptionBuildings)
    .set(fills)
    .where(
      and(
        eq(interruptionBuildings.interruptionId, row.id),
        inArray(interruptionBuildings.id, buildingIds),
        // Where nothing hung, nothing is taken back.
        cancelled ? isNotNull(interruptionBuildings.postedAt) : undefined,
      ),
    )
    .run()
  if (changes !== new Set(buildingIds).size) throw new BuildingNotFound()
  saveInterruption(context, row, {}, { posted: changes, place, postedBy })
  return { unposted: cancelled ? standing(context, row) : unposted(context, row.id) }
}

export const postNotice = useCase(PostNotice, (input, context) => postNoticeAt(context, input))

type CareRecord = typeof interruptionCare.$inferSelect

function careById({ db }: Context, careId: string): CareRecord {
  const row = db.select().from(interruptionCare).where(eq(interruptionCare.id, careId)).get()
  if (!row) throw new CareNotFound()
  return row
}

const timesOf = ({ interruptionNo, kind }: InterruptionRecord): string =>
  `${interruptionKindNames[kind]} ${interruptionNo}`

/** What was said to a special-care customer belongs into their file. */
function tellCareFile(context: Context, row: InterruptionRecord, care: CareRecord, title: string, note: string): void {
  recordEvent(context, {
    customerId: care.customerId,
    accountId: care.accountId,
    kind: 'notice',
    title,
    detail: [timesOf(row), note].filter((text) => text !== '').join('；'),
    subject: subjectOf(row.id),
  })
}

export const callCare = useCase(CallCare, ({ careId, result, note }, context) => {
  const { db, clock, actor } = context
  const care = careById(context, careId)
  const row = passInterruptionGate(context, 'call', care.interruptionId)
  const cancelled = row.state === 'cancelled'
  db.insert(interruptionCalls)
    .values({
      ...{ id: newId(clock), careId, result, note, at: clock.now(), by: actor.name },
      aboutCancel: cancelled ? 1 : 0,
    })
    .run()
  if (cancelled) {
    db.update(interruptionCare)
      .set({ cancelResult: care.cancelResult === 'told' ? 'told' : result, updatedAt: clock.now() })
      .where(eq(interruptionCare.id, careId))
      .run()
    tellCareFile(context, row, care, `取消停气电话告知：${careResultNames[result]}`, note)
    saveInterruption(context, row, {}, { result: careResultNames[result], note })
    return { openCalls: believing(context, row) }
  }
  db.update(interruptionCare)
    .set({
      // Who was told once knows, whatever later calls came to.
      result: care.result === 'told' ? 'told' : result,
      unreached: care.unreached + (result === 'unreached' ? 1 : 0),
      updatedAt: clock.now(),
    })
    .where(eq(interruptionCare.id, careId))
    .run()
  tellCareFile(context, row, care, `停气电话告知：${careResultNames[result]}`, note)
  saveInterruption(context, row, {}, { result: careResultNames[result], note })
  return { openCalls: openCalls(context, row.id) }
})

export const overrideCare = useCase(OverrideCare, ({ careId, reason }, context) => {
  const { db, clock, actor } = context
  const care = careById(context, careId)
  const row = passInterruptionGate(context, 'call', care.interruptionId)
  if (row.state === 'cancelled') throw new GateNotPassed('停气已经取消，不需要放行')
  if (care.result === 'told') throw new GateNotPassed('这位客户已经电话告知，不需要放行')
  if (care.unreached < callsBeforeOverride) {
    const left = callsBeforeOverride - care.unreached
    throw new GateNotPassed(`须有 ${callsBeforeOverride} 次未接通的记录才能放行，还差 ${left} 次`)
  }
  const { changes } = db
    .update(interruptionCare)
    .set({ overrideReason: reason, overriddenBy: actor.name, updatedAt: clock.now() })
    .where(and(eq(interruptionCare.id, careId), isNull(interruptionCare.overrideReason)))
    .run()
  if (changes === 0) throw new GateNotPassed('这位客户已经放行')
  tellCareFile(context, row, care, '停气告知：未接通，主任放行', reason)
  saveInterruption(context, row, {}, { reason, name: accountById(context, care.accountId).accountNo })
  return { openCalls: openCalls(context, row.id) }
})

/** The building row and its interruption. @throws BuildingNotFound */
export function buildingById(context: Context, buildingId: string) {
  const building = context.db.select().from(interruptionBuildings).where(eq(interruptionBuildings.id, buildingId)).get()
  if (!building) throw new BuildingNotFound()
  return { building, interruption: interruptionById(context, building.interruptionId) }
}

/** Whether an id is one of an interruption's buildings. */
export const isBuilding = ({ sqlite }: Context, id: string): boolean =>
  statement(sqlite, 'SELECT 1 FROM interruption_buildings WHERE id = ?').get(id) !== undefined
