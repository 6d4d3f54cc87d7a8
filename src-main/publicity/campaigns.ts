/** 安全宣传活动: planned, held and counted (clause 23). */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { beforeDay, pageByDay } from '../platform/paging.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { HasLeft, staffById } from '../staff/service.ts'
import {
  AddPicture,
  Campaign,
  CampaignCounts,
  campaignKindNames,
  campaignKinds,
  Campaigns,
  campaignStateNames,
  CampaignYear,
  CancelCampaign,
  EditCampaign,
  fiveEntries,
  PlanCampaign,
  RecordCampaign,
  RecordUnplanned,
  soonDays,
  type CampaignFigures,
  type CampaignFilter,
  type CampaignKind,
  type CampaignRow,
} from './api.ts'
import { keepPicture, picturesOf } from './pictures.ts'
import { campaignOverdue, campaignTransitions, type CampaignAction } from './rules.ts'
import { campaigns, campaignStaff } from './tables.ts'

export const CampaignNotFound = domainError('CampaignNotFound', '没有找到这次活动，请刷新后再试')
export const CampaignStep = domainError('CampaignStep', '这次活动的进度不允许这一步，请刷新后再试')

type CampaignRecord = typeof campaigns.$inferSelect

const today = ({ clock }: Context): BusinessDate => shanghaiDate(clock.now())
const changed = (context: Context) => context.emit({ event: 'changed', data: { room: 'publicity' } })

function byId({ db }: Context, campaignId: string): CampaignRecord {
  const row = db.select().from(campaigns).where(eq(campaigns.id, campaignId)).get()
  if (!row) throw new CampaignNotFound()
  return row
}

function passGate(context: Context, action: CampaignAction, campaignId: string): CampaignRecord {
  const row = byId(context, campaignId)
  if (!campaignTransitions[action].from.includes(row.state)) {
    throw new CampaignStep(`这次活动${campaignStateNames[row.state]}，不能再办理`)
  }
  return row
}

/** Puts down who takes part in place of who stood there. @throws StaffNotFound · HasLeft for somebody newly named */
function setStaff(context: Context, campaignId: string, staffIds: readonly string[]): void {
  const { db } = context
  const before = new Set(staffOf(context, campaignId).map(({ staffId }) => staffId))
  db.delete(campaignStaff).where(eq(campaignStaff.campaignId, campaignId)).run()
  for (const staffId of staffIds) {
    const { name, state } = staffById(context, staffId)
    if (state === 'left' && !before.has(staffId)) throw new HasLeft(undefined, { field: 'staffIds' })
    db.insert(campaignStaff).values({ campaignId, staffId, name }).run()
  }
}

const staffOf = ({ db }: Context, campaignId: string) =>
  db
    .select({ staffId: campaignStaff.staffId, name: campaignStaff.name })
    .from(campaignStaff)
    .where(eq(campaignStaff.campaignId, campaignId))
    .orderBy(asc(campaignStaff.name))
    .all()

interface NewCampaign {
  readonly kind: CampaignKind
  readonly title: string
  readonly plannedOn: BusinessDate
  readonly place: string
  readonly targetReach: number
  readonly content: string
}

function insert(context: Context, planned: NewCampaign): { campaignId: string; campaignNo: string } {
  const { db, clock, actor } = context
  const campaignId = newId(clock)
  const campaignNo = nextNumber(context, 'campaign')
  db.insert(campaigns)
    .values({
      id: campaignId,
      campaignNo,
      ...planned,
      state: 'planned',
      doneOn: null,
      onDate: planned.plannedOn,
      reached: 0,
      leaflets: 0,
      summary: '',
      cancelReason: '',
      createdAt: clock.now(),
      createdBy: actor.name,
    })
    .run()
  return { campaignId, campaignNo }
}

export const planCampaign = useCase(PlanCampaign, ({ requestId: _, staffIds, ...planned }, context) => {
  const added = insert(context, planned)
  setStaff(context, added.campaignId, staffIds)
  context.audit({ subject: `campaign:${added.campaignId}`, detail: { ...planned, campaignNo: added.campaignNo } })
  changed(context)
  return added
})

/** @throws CampaignNotFound · CampaignStep */
export const editCampaign = useCase(EditCampaign, ({ requestId: _, campaignId, staffIds, ...planned }, context) => {
  const before = passGate(context, 'plan', campaignId)
  context.db
    .update(campaigns)
    .set({ ...planned, onDate: planned.plannedOn })
    .where(eq(campaigns.id, campaignId))
    .run()
  setStaff(context, campaignId, staffIds)
  context.audit({ subject: `campaign:${campaignId}`, detail: { before, after: planned } })
  changed(context)
  return {}
})

interface Held {
  readonly doneOn: BusinessDate
  readonly place: string
  readonly staffIds: readonly string[]
  readonly reached: number
  readonly leaflets: number
  readonly summary: string
}

function record(context: Context, campaignId: string, { staffIds, ...held }: Held, plannedOn: string | null): void {
  const { db, clock, actor } = context
  if (held.doneOn > today(context)) throw new InvalidInput('开展日期不能晚于今天', { field: 'doneOn' })
  setStaff(context, campaignId, staffIds)
  db.update(campaigns)
    .set({
      ...held,
      plannedOn,
      state: campaignTransitions.record.to,
      onDate: held.doneOn,
      recordedAt: clock.now(),
      recordedBy: actor.name,
    })
    .where(eq(campaigns.id, campaignId))
    .run()
  changed(context)
}

/** @throws CampaignNotFound · CampaignStep · InvalidInput for a day to come */
export const recordCampaign = useCase(RecordCampaign, ({ requestId: _, campaignId, ...held }, context) => {
  const before = passGate(context, 'record', campaignId)
  record(context, campaignId, held, before.plannedOn)
  context.audit({ subject: `campaign:${campaignId}`, detail: { before, after: held } })
  return {}
})

export const recordUnplanned = useCase(RecordUnplanned, ({ requestId: _, kind, title, ...held }, context) => {
  const { doneOn, place } = held
  const added = insert(context, { kind, title, plannedOn: doneOn, place, targetReach: 0, content: '' })
  record(context, added.campaignId, held, null)
  context.audit({ subject: `campaign:${added.campaignId}`, detail: { ...held, campaignNo: added.campaignNo } })
  return added
})

/** @throws CampaignNotFound · CampaignStep */
export const cancelCampaign = useCase(CancelCampaign, ({ campaignId, reason }, context) => {
  passGate(context, 'cancel', campaignId)
  context.db
    .update(campaigns)
    .set({ state: campaignTransitions.cancel.to, cancelReason: reason })
    .where(eq(campaigns.id, campaignId))
    .run()
  context.audit({ subject: `campaign:${campaignId}`, detail: { reason } })
  changed(context)
  return {}
})

/** @throws CampaignNotFound · AttachmentRefused */
export const addPicture = useCase(AddPicture, ({ campaignId, sourcePath }, context) => {
  byId(context, campaignId)
  const pictureId = keepPicture(context, `campaign:${campaignId}`, sourcePath)
  context.audit({ subject: `campaign:${campaignId}`, detail: { pictureId } })
  changed(context)
  return { pictureId }
})

const columns = `c.id, c.campaign_no AS campaignNo, c.kind, c.title, c.state, c.place, c.planned_on AS plannedOn,
  c.done_on AS doneOn, c.on_date AS onDate, c.target_reach AS targetReach, c.reached, c.leaflets,
  coalesce((SELECT group_concat(name, '、') FROM campaign_staff s WHERE s.campaign_id = c.id), '') AS staff,
  (SELECT count(*) FROM pictures p WHERE p.subject = 'campaign:' || c.id) AS pictures`

const whereOf = (filter: CampaignFilter): string => {
  if (filter === 'all') return 'true'
  return filter === 'overdue' ? `c.state = 'planned' AND c.on_date < @today` : 'c.state = @filter'
}

/** The query of the list, also for the test of its plan. */
export const campaignsSql = (filter: CampaignFilter): string => `SELECT ${columns} FROM campaigns c
  WHERE ${whereOf(filter)} AND c.on_date >= @from AND c.on_date <= @to AND (@kind IS NULL OR +c.kind = @kind)
    AND (c.on_date, c.id) < (@beforeDate, @beforeId) ORDER BY c.on_date DESC, c.id DESC LIMIT @limit`

type Stored = Omit<CampaignRow, 'overdue'>

/** First and last day of a year, as text. */
const bounds = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })

export const campaignList = useCase(Campaigns, ({ filter, year, kind, page: { after, size } }, context) => {
  const now = today(context)
  const rows = statement<Stored>(context.sqlite, campaignsSql(filter)).all({
    filter,
    today: now,
    kind,
    ...bounds(year),
    ...beforeDay(after),
    limit: size + 1,
  })
  const { kept, next } = pageByDay(rows, size)
  return { rows: kept.map((row) => ({ ...row, overdue: campaignOverdue(row, now) })), next }
})

/** One campaign with everything recorded of it. @throws CampaignNotFound */
export function campaignDetail(context: Context, campaignId: string) {
  const row = byId(context, campaignId)
  const staff = staffOf(context, campaignId)
  const kept = picturesOf(context, `campaign:${campaignId}`)
  return {
    campaign: {
      ...row,
      plannedOn: row.plannedOn as BusinessDate | null,
      doneOn: row.doneOn as BusinessDate | null,
      onDate: row.onDate as BusinessDate,
      staff: staff.map(({ name }) => name).join('、'),
      pictures: kept.length,
      overdue: campaignOverdue({ state: row.state, onDate: row.onDate as BusinessDate }, today(context)),
    },
    staff,
    pictures: kept,
  }
}

/** @throws CampaignNotFound */
export const campaign = useCase(Campaign, ({ campaignId }, context) => campaignDetail(context, campaignId))

const none: CampaignFigures = { planned: 0, plannedDone: 0, done: 0, overdue: 0, reached: 0, leaflets: 0 }
const plus = (a: CampaignFigures, b: CampaignFigures): CampaignFigures => ({
  planned: a.planned + b.planned,
  plannedDone: a.plannedDone + b.plannedDone,
  done: a.done + b.done,
  overdue: a.overdue + b.overdue,
  reached: a.reached + b.reached,
  leaflets: a.leaflets + b.leaflets,
})

const plannedSql = `SELECT kind, count(*) AS planned, count(*) FILTER (WHERE state = 'done') AS plannedDone,
    count(*) FILTER (WHERE state = 'planned' AND planned_on < @today) AS overdue
  FROM campaigns WHERE planned_on BETWEEN @from AND @to AND state <> 'cancelled' GROUP BY kind`
const doneSql = `SELECT kind, count(*) AS done, coalesce(sum(reached), 0) AS reached, coalesce(sum(leaflets), 0) AS leaflets
  FROM campaigns WHERE done_on BETWEEN @from AND @to GROUP BY kind`

/** Plan and what was done of a year, by kind; also for the reports. */
export function campaignFigures(context: Context, year: number) {
  const { sqlite } = context
  const planned = new Map(
    statement<Pick<CampaignFigures, 'planned' | 'plannedDone' | 'overdue'> & { kind: CampaignKind }>(sqlite, plannedSql)
      .all({ ...bounds(year), today: today(context) })
      .map(({ kind, ...row }) => [kind, row]),
  )
  const done = new Map(
    statement<Pick<CampaignFigures, 'done' | 'reached' | 'leaflets'> & { kind: CampaignKind }>(sqlite, doneSql)
      .all(bounds(year))
      .map(({ kind, ...row }) => [kind, row]),
  )
  const kinds = campaignKinds.map((kind) => ({ kind, ...none, ...planned.get(kind), ...done.get(kind) }))
  return {
    year,
    kinds,
    total: kinds.reduce<CampaignFigures>(plus, none),
    fiveEntriesDone: kinds.filter(({ kind, done: times }) => fiveEntries.includes(kind) && times > 0).length,
  }
}

export const campaignYear = useCase(CampaignYear, ({ year }, context) => campaignFigures(context, year))

const countsSql = `SELECT count(*) FILTER (WHERE on_date < @today) AS overdue,
    count(*) FILTER (WHERE on_date >= @today AND on_date <= @soon) AS soon,
    min(CASE WHEN on_date >= @today THEN on_date END) AS nextOn
  FROM campaigns WHERE state = 'planned'`
const doneCountSql = 'SELECT count(*) AS done FROM campaigns WHERE done_on BETWEEN @from AND @to'

export const campaignCounts = useCase(CampaignCounts, (_, context) => {
  const now = today(context)
  const soon = addDays(now, soonDays)
  const planned = statement<{ overdue: number; soon: number; nextOn: BusinessDate | null }>(
    context.sqlite,
    countsSql,
  ).get({ today: now, soon })
  const done = statement<{ done: number }>(context.sqlite, doneCountSql).get(bounds(Number(now.slice(0, 4))))
  return {
    soon: planned?.soon ?? 0,
    overdue: planned?.overdue ?? 0,
    nextOn: planned?.nextOn ?? null,
    doneThisYear: done?.done ?? 0,
  }
})

/** What the printed record sheet shows. @throws CampaignNotFound */
export function campaignRecord(context: Context, campaignId: string) {
  const { campaign: found, pictures } = campaignDetail(context, campaignId)
  return {
    ...found,
    kindName: campaignKindNames[found.kind],
    stateName: campaignStateNames[found.state],
    unplanned: found.plannedOn === null,
    pictureNames: pictures.map(({ name }) => name),
  }
}
