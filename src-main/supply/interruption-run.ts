/**
 * The beginning and the end of an interruption: holds are placed and lifted in slices, each one short transaction, so
 * that the counters go on working. A slice done is done for good: after a crash the same call, or the job, goes on.
 */
import { systemActor, type Actor, type Context } from '../platform/context.ts'
import { statement, type Sqlite } from '../platform/database.ts'
import { formatInstant } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { inSlices, type Slice } from '../platform/run.ts'
import { inTransaction, task, type Environment } from '../platform/use-case.ts'
import {
  EndInterruption,
  interruptionKindNames,
  StartInterruption,
  type EmergencyGround,
  type InterruptionAction,
} from './api.ts'
import { groundOf } from './emergency-ground.ts'
import { heldPoints, liftFrom, placeHold } from './holds.ts'
import {
  factsOf,
  interruptionById,
  listIsCurrent,
  listWhoIsTold,
  passInterruptionGate,
  saveInterruption,
  subjectOf,
  type InterruptionRecord,
} from './interruption-store.ts'
import { excusable } from './rules.ts'
import { affectedPage, cursorAfter, type PlaceCursor } from './scope.ts'

export const InterruptionBusy = domainError('InterruptionBusy', '正在办理这次停气，请等待完成')

/** Service points fetched at once: more than there is time for in a slice. */
const fetchPoints = 50

/** Interruptions under way in this program. */
const live = new WeakMap<Sqlite, Set<string>>()
const liveOf = (sqlite: Sqlite): Set<string> => {
  let found = live.get(sqlite)
  if (!found) live.set(sqlite, (found = new Set()))
  return found
}

const noteOf = ({ kind, interruptionNo, reason }: InterruptionRecord): string =>
  `${interruptionKindNames[kind]} ${interruptionNo}：${reason}`

interface Place {
  readonly done: number
  readonly after: PlaceCursor | null
}

function holdSlice(context: Context, interruptionId: string, { done, after }: Place, slice: Slice): Place | null {
  const row = interruptionById(context, interruptionId)
  const points = affectedPage(context, row, after, fetchPoints)
  let [reached, last] = [done, after]
  for (const point of slice.take(points)) {
    placeHold(context, {
      servicePointId: point.servicePointId,
      cause: row.kind,
      subject: subjectOf(row.id),
      note: noteOf(row),
    })
    reached += 1
    last = cursorAfter(point)
  }
  const over = points.length < fetchPoints && reached === done + points.length
  endSlice(
    context,
    row,
    'supply.startInterruption',
    reached,
    Math.max(row.affected, reached),
    over,
    `已停气 ${reached} 户`,
  )
  return over ? null : { done: reached, after: last }
}

function liftSlice(context: Context, interruptionId: string, { done }: Place, slice: Slice): Place | null {
  const row = interruptionById(context, interruptionId)
  const note = `停气结束 ${formatInstant(row.endedAt ?? context.clock.now())}`
  const points = heldPoints(context, subjectOf(row.id), fetchPoints)
  let reached = done
  for (const point of slice.take(points)) {
    liftFrom(context, point, subjectOf(row.id), note)
    reached += 1
  }
  const over = points.length < fetchPoints && reached === done + points.length
  endSlice(
    context,
    row,
    'supply.endInterruption',
    reached,
    Math.max(row.affected, reached),
    over,
    `已结束 ${reached} 户`,
  )
  return over ? null : { done: reached, after: null }
}

function endSlice(
  context: Context,
  row: InterruptionRecord,
  taskName: string,
  done: number,
  total: number,
  over: boolean,
  text: string,
): void {
  if (over) saveInterruption(context, row, { unfinished: 0 }, { done })
  else context.audit({ subject: subjectOf(row.id), detail: { done } })
  context.emit({ event: 'progress', data: { task: taskName, done, total, text } })
}

/** Slices until nothing is left. @throws InterruptionBusy while the same one is under way */
async function goThrough(
  environment: Environment,
  actor: Actor,
  interruptionId: string,
  name: string,
  part: (context: Context, interruptionId: string, from: Place, slice: Slice) => Place | null,
): Promise<void> {
  await inSlices<Place>(environment, { done: 0, after: null }, (from, slice) =>
    inTransaction(environment, name, actor, (context) => part(context, interruptionId, from, slice)),
  )
}

async function alone<T>(sqlite: Sqlite, interruptionId: string, work: () => Promise<T>): Promise<T> {
  const running = liveOf(sqlite)
  if (running.has(interruptionId)) throw new InterruptionBusy()
  running.add(interruptionId)
  try {
    return await work()
  } finally {
    running.delete(interruptionId)
  }
}

/** Moves the interruption on through its gate; one that was broken off in this very step only goes on. */
function begin(
  context: Context,
  action: InterruptionAction & ('start' | 'end'),
  interruptionId: string,
  ground: EmergencyGround | null = null,
): void {
  const row = interruptionById(context, interruptionId)
  const reached = action === 'start' ? 'interrupted' : 'resumed'
  if (row.state === reached && row.unfinished === 1) return
  if (action === 'end' && row.unfinished === 1) throw new InterruptionBusy('停气尚未全部登记，请先继续办理')
  const lacking = action === 'start' && ground?.kind === 'excused' ? excusable(factsOf(context, row)) : null
  if (lacking === null) passInterruptionGate(context, action, interruptionId)
  const at = context.clock.now()
  const moved = action === 'start' ? { interruptedAt: at, ...groundOf(context, row, ground, lacking) } : { endedAt: at }
  const { groundOrderNo, groundReason, groundApprover } = { ...row, ...moved }
  saveInterruption(
    context,
    row,
    { state: reached, unfinished: 1, ...moved },
    action === 'start' && (row.kind === 'emergency' || lacking !== null)
      ? { orderNo: groundOrderNo, reason: groundReason, approver: groundApprover }
      : {},
  )
}

const heldBy = ({ sqlite }: Context, interruptionId: string): number =>
  statement<{ n: number }>(
    sqlite,
    `SELECT count(*) AS n FROM supply_holds INDEXED BY supply_holds_subject_standing
     WHERE subject = ? AND lifted_at IS NULL`,
  ).get(subjectOf(interruptionId))?.n ?? 0

function listAnew(context: Context, interruptionId: string): void {
  const row = interruptionById(context, interruptionId)
  if (!listIsCurrent(context, row)) saveInterruption(context, row, { affected: listWhoIsTold(context, row) })
}

/** @throws InterruptionNotFound · InterruptionBusy · GateNotPassed with every obstacle */
export const startInterruption = task(StartInterruption, ({ interruptionId, ground }, context) => {
  const { environment, actor, sqlite } = context
  const name = StartInterruption.name
  return alone(sqlite, interruptionId, async () => {
    // Whoever came to live there since the notice is listed first, so that the gate asks for them too. Where nobody did, a
    // refused beginning writes nothing; an emergency asks for nobody, and writes nothing at all where it is refused.
    const known = interruptionById(context, interruptionId)
    if (known.kind === 'planned' && known.state === 'noticed' && !listIsCurrent(context, known)) {
      inTransaction(environment, name, actor, (inside) => listAnew(inside, interruptionId))
    }
    inTransaction(environment, name, actor, (inside) => {
      const { kind, state } = interruptionById(inside, interruptionId)
      if (kind === 'emergency' && (state === 'draft' || state === 'noticed')) listAnew(inside, interruptionId)
      begin(inside, 'start', interruptionId, ground)
    })
    await goThrough(environment, actor, interruptionId, name, holdSlice)
    return { state: 'interrupted' as const, held: heldBy(context, interruptionId) }
  })
})

/** @throws InterruptionNotFound · InterruptionBusy · GateNotPassed */
export const endInterruption = task(EndInterruption, ({ interruptionId }, context) => {
  const { environment, actor, sqlite } = context
  const name = EndInterruption.name
  return alone(sqlite, interruptionId, async () => {
    const before = heldBy(context, interruptionId)
    inTransaction(environment, name, actor, (inside) => begin(inside, 'end', interruptionId))
    await goThrough(environment, actor, interruptionId, name, liftSlice)
    return { state: 'resumed' as const, lifted: before - heldBy(context, interruptionId) }
  })
})

/** Goes on with what a crash broke off. Nobody's order is needed: it was given. */
export async function finishInterruptions(environment: Environment): Promise<void> {
  const { sqlite } = environment
  const broken = statement<{ id: string; state: string }>(
    sqlite,
    'SELECT id, state FROM interruptions INDEXED BY interruptions_unfinished WHERE unfinished = 1',
  )
    .all()
    .filter(({ id }) => !liveOf(sqlite).has(id))
  for (const { id, state } of broken) {
    const [name, slice] =
      state === 'interrupted'
        ? ([StartInterruption.name, holdSlice] as const)
        : ([EndInterruption.name, liftSlice] as const)
    await alone(sqlite, id, () => goThrough(environment, systemActor, id, name, slice))
  }
}
