/** 演练: planned, held with staff and customers, closed when what it found is mended (clauses 6(8), 24). */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { beforeDay, pageByDay } from '../platform/paging.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, customerById, recordEvent, servicePointById } from '../customers/service.ts'
import { keepPicture, picturesOf } from '../publicity/service.ts'
import { HasLeft, staffById } from '../staff/service.ts'
import {
  AddDefect,
  AddDrillPicture,
  CancelDrill,
  CloseDrill,
  Drill,
  DrillCounts,
  drillFormNames,
  drillResultNames,
  Drills,
  drillsSoonDays,
  drillStateNames,
  DrillYear,
  EditDrill,
  HoldDrill,
  MendDefect,
  PlanDrill,
  planKindNames,
  planKinds,
  type DrillFilter,
  type DrillRow,
  type PlanKind,
} from './api.ts'
import { draftCount } from './plans.ts'
import { defectOverdue, drillTransitions, obstaclesTo, type DrillAction } from './rules.ts'
import { drillDefects, drillParticipants, drills } from './tables.ts'

export const DrillNotFound = domainError('DrillNotFound', '没有找到这次演练，请刷新后再试')
export const DrillStep = domainError('DrillStep', '这次演练的进度不允许这一步，请刷新后再试')
export const DefectNotFound = domainError('DefectNotFound', '没有找到这个问题，请刷新后再试')
export const DefectMended = domainError('DefectMended', '这个问题已经登记整改，请刷新后再看')

type DrillRecord = typeof drills.$inferSelect
type DefectRecord = typeof drillDefects.$inferSelect

const today = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())
const changed = (context: Context) => context.emit({ event: 'changed', data: { room: 'emergency' } })

function byId({ db }: Context, drillId: string): DrillRecord {
  const row = db.select().from(drills).where(eq(drills.id, drillId)).get()
  if (!row) throw new DrillNotFound()
  return row
}

const defectsOf = ({ db }: Context, drillId: string): DefectRecord[] =>
  db
    .select()
    .from(drillDefects)
    .where(eq(drillDefects.drillId, drillId))
    .orderBy(asc(drillDefects.dueOn), asc(drillDefects.id))
    .all()

const factsOf = (defects: readonly DefectRecord[]) =>
  defects.map(({ what, dueOn, mendedOn }) => ({
    what,
    dueOn: dueOn as BusinessDate,
    mendedOn: mendedOn as BusinessDate | null,
  }))

/** @throws DrillNotFound · DrillStep with every obstacle */
function passGate(context: Context, action: DrillAction, drillId: string): DrillRecord {
  const row = byId(context, drillId)
  const obstacles = obstaclesTo(action, row.state, factsOf(defectsOf(context, drillId)))
  if (obstacles.length > 0) throw new DrillStep(obstacles.join('；'), { details: obstacles })
  return row
}

export const planDrill = useCase(PlanDrill, ({ requestId: _, ...planned }, context) => {
  const { db, clock, actor } = context
  const drillId = newId(clock)
  const drillNo = nextNumber(context, 'drill')
  db.insert(drills)
    .values({
      id: drillId,
      drillNo,
      ...planned,
      state: 'planned',
      onDate: planned.plannedOn,
      evaluation: '',
      others: 0,
      cancelReason: '',
      createdAt: clock.now(),
      createdBy: actor.name,
    })
    .run()
  context.audit({ subject: `drill:${drillId}`, detail: { drillNo, ...planned } })
  changed(context)
  return { drillId, drillNo }
})

/** @throws DrillNotFound · DrillStep */
export const editDrill = useCase(EditDrill, ({ requestId: _, drillId, ...planned }, context) => {
  const before = passGate(context, 'plan', drillId)
  context.db
    .update(drills)
    .set({ ...planned, onDate: planned.plannedOn })
    .where(eq(drills.id, drillId))
    .run()
  context.audit({ subject: `drill:${drillId}`, detail: { before, after: planned } })
  changed(context)
  return {}
})

function addStaff(context: Context, drillId: string, staffIds: readonly string[]): void {
  const { db, clock } = context
  for (const staffId of staffIds) {
    const { name, state } = staffById(context, staffId)
    if (state === 'left') throw new HasLeft(undefined, { field: 'staffIds' })
    db.insert(drillParticipants)
      .values({ id: newId(clock), drillId, staffId, name, place: '' })
      .run()
  }
}

/** Customers who took part stand on the drill, and the drill in their files (一户一档). */
function addCustomers(context: Context, drill: DrillRecord, accountIds: readonly string[]): void {
  const { db, clock } = context
  for (const accountId of accountIds) {
    const { customerId, servicePointId } = accountById(context, accountId)
    const { name } = customerById(context, customerId)
    db.insert(drillParticipants)
      .values({
        id: newId(clock),
        drillId: drill.id,
        customerId,
        accountId,
        name,
        place: servicePointById(context, servicePointId).address,
      })
      .run()
    recordEvent(context, {
      customerId,
      accountId,
      kind: 'notice',
      title: `参加${drillFormNames[drill.form]}`,
      detail: drill.title,
      subject: `drill:${drill.id}`,
    })
  }
}

interface DefectFound {
  readonly what: string
  readonly responsible: string
  readonly dueOn: BusinessDate
}

function addDefectTo({ db, clock }: Context, drillId: string, heldOn: string, found: DefectFound, field: string) {
  if (found.dueOn < heldOn) throw new InvalidInput('整改期限不能早于演练日期', { field })
  const id = newId(clock)
  db.insert(drillDefects)
    .values({ id, drillId, ...found, mendedNote: '', createdAt: clock.now() })
    .run()
  return id
}

/** @throws DrillNotFound · DrillStep · InvalidInput · AccountNotFound */
export const holdDrill = useCase(HoldDrill, (input, context) => {
  const { drillId, heldOn, place, staffIds, accountIds, others, result, evaluation, defects } = input
  const { db, actor } = context
  const drill = passGate(context, 'hold', drillId)
  if (heldOn > today(context)) throw new InvalidInput('演练日期不能晚于今天', { field: 'heldOn' })
  addStaff(context, drillId, staffIds)
  addCustomers(context, drill, accountIds)
  db.update(drills)
    .set({
      state: drillTransitions.hold.to,
      heldOn,
      onDate: heldOn,
      place,
      others,
      result,
      evaluation,
      heldBy: actor.name,
    })
    .where(eq(drills.id, drillId))
    .run()
  defects.forEach((defect, i) => addDefectTo(context, drillId, heldOn, defect, `defects.${i}.dueOn`))
  context.audit({ subject: `drill:${drillId}`, detail: { drillNo: drill.drillNo, heldOn, result, defects } })
  changed(context)
  return { state: drillTransitions.hold.to }
})

/** @throws DrillNotFound · DrillStep · InvalidInput */
export const addDefect = useCase(AddDefect, ({ drillId, what, responsible, dueOn }, context) => {
  const { heldOn } = passGate(context, 'find', drillId)
  const defectId = addDefectTo(context, drillId, heldOn ?? today(context), { what, responsible, dueOn }, 'dueOn')
  context.audit({ subject: `drill:${drillId}`, detail: { defectId, what, responsible, dueOn } })
  changed(context)
  return { defectId }
})

/** @throws DefectNotFound · DefectMended · DrillStep · InvalidInput */
export const mendDefect = useCase(MendDefect, ({ defectId, mendedOn, note }, context) => {
  const { db, actor } = context
  const defect = db.select().from(drillDefects).where(eq(drillDefects.id, defectId)).get()
  if (!defect) throw new DefectNotFound()
  if (defect.mendedOn !== null) throw new DefectMended()
  const { heldOn } = passGate(context, 'mend', defect.drillId)
  if (mendedOn > today(context)) throw new InvalidInput('整改日期不能晚于今天', { field: 'mendedOn' })
  if (heldOn !== null && mendedOn < heldOn) throw new InvalidInput('整改日期不能早于演练日期', { field: 'mendedOn' })
  db.update(drillDefects)
    .set({ mendedOn, mendedBy: actor.name, mendedNote: note })
    .where(eq(drillDefects.id, defectId))
    .run()
  context.audit({ subject: `drill:${defect.drillId}`, detail: { defectId, what: defect.what, mendedOn, note } })
  changed(context)
  return {}
})

/** @throws DrillNotFound · DrillStep */
export const closeDrill = useCase(CloseDrill, ({ drillId }, context) => {
  const { db, clock, actor } = context
  const { drillNo } = passGate(context, 'close', drillId)
  db.update(drills)
    .set({ state: drillTransitions.close.to, closedAt: clock.now(), closedBy: actor.name })
    .where(eq(drills.id, drillId))
    .run()
  context.audit({ subject: `drill:${drillId}`, detail: { drillNo } })
  changed(context)
  return {}
})

/** @throws DrillNotFound · DrillStep */
export const cancelDrill = useCase(CancelDrill, ({ drillId, reason }, context) => {
  const { drillNo } = passGate(context, 'cancel', drillId)
  context.db
    .update(drills)
    .set({ state: drillTransitions.cancel.to, cancelReason: reason })
    .where(eq(drills.id, drillId))
    .run()
  context.audit({ subject: `drill:${drillId}`, detail: { drillNo, reason } })
  changed(context)
  return {}
})

/** @throws DrillNotFound · AttachmentRefused */
export const addDrillPicture = useCase(AddDrillPicture, ({ drillId, sourcePath }, context) => {
  byId(context, drillId)
  const pictureId = keepPicture(context, `drill:${drillId}`, sourcePath)
  context.audit({ subject: `drill:${drillId}`, detail: { pictureId } })
  changed(context)
  return { pictureId }
})

const openDefects = 'SELECT count(*) FROM drill_defects f WHERE f.drill_id = d.id AND f.mended_on IS NULL'
const lateDefects = `SELECT 1 FROM drill_defects f WHERE f.drill_id = d.id AND f.mended_on IS NULL AND f.due_on < @today`
const participants = (who: 'staff' | 'customer') =>
  `(SELECT count(*) FROM drill_participants p WHERE p.drill_id = d.id AND p.${who}_id IS NOT NULL)`
const columns = `d.id, d.drill_no AS drillNo, d.kind, d.form, d.title, d.state, d.planned_on AS plannedOn,
  d.held_on AS heldOn, d.on_date AS onDate, d.place, d.result, ${participants('staff')} AS staffCount,
  ${participants('customer')} AS customerCount, d.others, (${openDefects}) AS openDefects,
  ((d.state = 'planned' AND d.planned_on < @today) OR (d.state = 'held' AND EXISTS (${lateDefects}))) AS overdue`

const whereOf = (filter: DrillFilter): string => {
  if (filter === 'all') return 'true'
  if (filter !== 'overdue') return 'd.state = @filter'
  // The plus keeps this off the index by state: one walk along the dates needs no sorting.
  return `((+d.state = 'planned' AND d.planned_on < @today) OR (+d.state = 'held' AND EXISTS (${lateDefects})))`
}

/** The query of the list, also for the test of its plan. */
export const drillsSql = (filter: DrillFilter): string => `SELECT ${columns} FROM drills d
  WHERE ${whereOf(filter)} AND d.on_date >= @from AND d.on_date <= @to AND (d.on_date, d.id) < (@beforeDate, @beforeId)
  ORDER BY d.on_date DESC, d.id DESC LIMIT @limit`

type Stored = Omit<DrillRow, 'overdue'> & { readonly overdue: number }
const shown = (row: Stored): DrillRow => ({ ...row, overdue: row.overdue === 1 })
const bounds = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })

export const drillList = useCase(Drills, ({ filter, year, page: { after, size } }, context) => {
  const rows = statement<Stored>(context.sqlite, drillsSql(filter)).all({
    filter,
    today: today(context),
    ...bounds(year),
    ...beforeDay(after),
    limit: size + 1,
  })
  const { kept, next } = pageByDay(rows, size)
  return { rows: kept.map(shown), next }
})

/** One drill with everything recorded of it. @throws DrillNotFound */
export function drillDetail(context: Context, drillId: string) {
  const { scenario, evaluation, cancelReason, createdBy, heldBy, closedAt, closedBy } = byId(context, drillId)
  const now = today(context)
  const row = statement<Stored>(context.sqlite, `SELECT ${columns} FROM drills d WHERE d.id = @drillId`).get({
    drillId,
    today: now,
  })
  if (!row) throw new DrillNotFound()
  const people = context.db
    .select()
    .from(drillParticipants)
    .where(eq(drillParticipants.drillId, drillId))
    .orderBy(asc(drillParticipants.id))
    .all()
  const defects = defectsOf(context, drillId)
  return {
    drill: { ...shown(row), scenario, evaluation, cancelReason, createdBy, heldBy, closedAt, closedBy },
    staff: people.flatMap(({ staffId, name }) => (staffId === null ? [] : [{ staffId, name }])),
    customers: people.flatMap(({ customerId, accountId, name, place }) =>
      customerId === null ? [] : [{ accountId, name, place }],
    ),
    defects: defects.map(({ id, what, responsible, mendedBy, mendedNote, ...defect }) => {
      const dueOn = defect.dueOn as BusinessDate
      const mendedOn = defect.mendedOn as BusinessDate | null
      return {
        id,
        what,
        responsible,
        dueOn,
        mendedOn,
        mendedBy,
        mendedNote,
        overdue: defectOverdue({ dueOn, mendedOn }, now),
      }
    }),
    pictures: picturesOf(context, `drill:${drillId}`),
    obstacles: obstaclesTo('close', row.state, factsOf(defects)),
  }
}

/** @throws DrillNotFound */
export const drill = useCase(Drill, ({ drillId }, context) => drillDetail(context, drillId))

const heldSql = `SELECT d.kind, count(*) FILTER (WHERE d.form <> 'training') AS held,
    count(*) FILTER (WHERE d.form = 'training') AS trainings,
    sum(${participants('staff')}) AS staff, sum(${participants('customer')}) AS customers, sum(d.others) AS others,
    sum((SELECT count(*) FROM drill_defects f WHERE f.drill_id = d.id)) AS defects,
    sum((SELECT count(*) FROM drill_defects f WHERE f.drill_id = d.id AND f.mended_on IS NOT NULL)) AS mended
  FROM drills d WHERE d.held_on BETWEEN @from AND @to GROUP BY d.kind`
const plannedSql = `SELECT count(*) AS n FROM drills WHERE state = 'planned' AND on_date BETWEEN @from AND @to`

interface HeldRow {
  readonly kind: PlanKind
  readonly held: number
  readonly trainings: number
  readonly staff: number
  readonly customers: number
  readonly others: number
  readonly defects: number
  readonly mended: number
}

/** Drills of a year against the target; also for the reports. */
export function drillFigures(context: Context, year: number) {
  const { sqlite, settings } = context
  const rows = statement<HeldRow>(sqlite, heldSql).all(bounds(year))
  const total = (of: Exclude<keyof HeldRow, 'kind'>) => rows.reduce((sum, row) => sum + row[of], 0)
  return {
    year,
    target: settings.get('emergency.drillsPerYear'),
    held: total('held'),
    trainings: total('trainings'),
    planned: statement<{ n: number }>(sqlite, plannedSql).get(bounds(year))?.n ?? 0,
    staff: total('staff'),
    customers: total('customers'),
    others: total('others'),
    defects: total('defects'),
    mended: total('mended'),
    kinds: planKinds.flatMap((kind) => {
      const held = rows.find((row) => row.kind === kind)?.held ?? 0
      return held > 0 ? [{ kind, held }] : []
    }),
  }
}

export const drillYear = useCase(DrillYear, ({ year }, context) => drillFigures(context, year))

const plannedCountsSql = `SELECT count(*) FILTER (WHERE on_date < @today) AS overdue,
    count(*) FILTER (WHERE on_date >= @today AND on_date <= @soon) AS soon
  FROM drills WHERE state = 'planned'`
const defectCountsSql = `SELECT count(*) AS open, count(*) FILTER (WHERE due_on < @today) AS overdue
  FROM drill_defects WHERE mended_on IS NULL`

export const drillCounts = useCase(DrillCounts, (_, context) => {
  const { sqlite } = context
  const now = today(context)
  const planned = statement<{ overdue: number; soon: number }>(sqlite, plannedCountsSql).get({
    today: now,
    soon: addDays(now, drillsSoonDays),
  })
  const defects = statement<{ open: number; overdue: number }>(sqlite, defectCountsSql).get({ today: now })
  const { held, target } = drillFigures(context, Number(now.slice(0, 4)))
  return {
    drillsSoon: planned?.soon ?? 0,
    drillsOverdue: planned?.overdue ?? 0,
    defectsOpen: defects?.open ?? 0,
    defectsOverdue: defects?.overdue ?? 0,
    heldThisYear: held,
    target,
    drafts: draftCount(context),
  }
})

/** What the printed record sheet shows. @throws DrillNotFound */
export function drillRecord(context: Context, drillId: string) {
  const { drill: found, staff, customers, defects, pictures } = drillDetail(context, drillId)
  return {
    ...found,
    kindName: planKindNames[found.kind],
    formName: drillFormNames[found.form],
    stateName: drillStateNames[found.state],
    resultName: found.result === null ? '' : drillResultNames[found.result],
    staffNames: staff.map(({ name }) => name).join('、'),
    customers,
    defects,
    pictureCount: pictures.length,
  }
}
