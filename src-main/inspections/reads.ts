/** 安检: what the plan, the lists, the entry sheet and the customer file look at. */
import type { CareKind, SpecialCareValue } from '../customers/api.ts'
import { foundBound, foundWithin } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, daysBetween, type BusinessDate, mondayOf } from '../platform/dates.ts'
import { maskPhone } from '../platform/identity.ts'
import { meterNosSql } from '../customers/service.ts'
import { useCase } from '../platform/use-case.ts'
import { certifiedStaff } from '../staff/service.ts'
import {
  Counts,
  Inspectors,
  maxTaskCount,
  OfAccount,
  Plan,
  Round,
  Rounds,
  Tasks,
  Visits,
  type PeriodProgress,
  type RoundFilter,
  type RoundRow,
  type SheetRow,
  type TaskFilter,
  type TaskRow,
  type VisitRow,
} from './api.ts'
import { absencesToEscalate, firstRequestPart, isDrawn, yearOf } from './rules.ts'
import { lastRun } from './plan.ts'
import { planDayAhead } from './plan-job.ts'
import { cursorParts, mostDays, ownItemsOf, paged, roundById, RoundNotFound, todayOf } from './store.ts'

/** Days ahead that count as soon. */
export const upcomingDays = 7

// Written as the partial indexes have them.
const open = `t.state IN ('planned', 'refused')`
const absent = `t.state = 'planned' AND t.absences >= ${absencesToEscalate}`
const refused = `t.state = 'refused'`

// Plan

export const progressSql = `
  SELECT resident, period_from AS "from", period_to AS "to", count(*) AS planned,
    count(done_on) AS done, count(*) FILTER (WHERE done_on <= period_to) AS inTime,
    count(*) FILTER (WHERE state = 'refused') AS refused,
    count(*) FILTER (WHERE state = 'planned' AND absences >= ${absencesToEscalate}) AS absent
  FROM inspection_tasks WHERE year = ? AND state <> 'dropped' AND extra = 0
  GROUP BY resident, period_from, period_to ORDER BY resident, period_from, period_to`

/** How each class stands in each period of a year: residents last. */
export function progressOf(context: Context, year: number): PeriodProgress[] {
  const today = todayOf(context)
  return statement<Omit<PeriodProgress, 'resident' | 'daysLeft'> & { resident: number }>(context.sqlite, progressSql)
    .all(year)
    .map((row) => ({ ...row, resident: row.resident === 1, daysLeft: daysBetween(today, row.to) }))
}

export const plan = useCase(Plan, ({ year }, context) => {
  const shown = year ?? yearOf(todayOf(context))
  return { year: shown, periods: progressOf(context, shown), last: lastRun(context), nextOn: planDayAhead(context) }
})

// Kept by triggers: the plan of a year to come is hundreds of thousands that nobody waits for.
const sumLoads = (by: 'period' | 'visit' | 'refused' | 'absent' | 'unassigned', days: string): string =>
  `SELECT min(coalesce(sum(open), 0), ${maxTaskCount + 1}) AS n FROM inspection_loads WHERE by = '${by}' ${days}`
export const countsSql = {
  open: sumLoads('period', ''),
  overdue: sumLoads('period', 'AND day < @today'),
  upcoming: sumLoads('visit', 'AND day <= @soon'),
  absent: sumLoads('absent', ''),
  refused: sumLoads('refused', ''),
  unassigned: sumLoads('unassigned', 'AND day <= @today'),
} as const

/** What is to be done now: for the home page, reports and the page's own tabs. */
export function inspectionCounts(context: Context) {
  const today = todayOf(context)
  const bound = { today, soon: addDays(today, upcomingDays) }
  const count = (sql: string): number => statement<{ n: number }>(context.sqlite, sql).get(bound)?.n ?? 0
  return {
    open: count(countsSql.open),
    overdue: count(countsSql.overdue),
    upcoming: count(countsSql.upcoming),
    absent: count(countsSql.absent),
    refused: count(countsSql.refused),
    unassigned: count(countsSql.unassigned),
  }
}
export const counts = useCase(Counts, (_, context) => inspectionCounts(context))

// Lists

const anyOpen = `EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = r.id AND ${open})`
const roundColumns = `r.id AS roundId, r.round_no AS roundNo, r.resident, r.week_on AS weekOn, r.community, r.building,
  r.assignee_id AS assigneeId, r.assignee_name AS assigneeName, r.part >= ${firstRequestPart} AS requested,
  (SELECT count(*) FROM inspection_tasks t WHERE t.round_id = r.id AND t.state <> 'dropped') AS total,
  (SELECT count(*) FROM inspection_tasks t WHERE t.round_id = r.id AND ${open}) AS open,
  (SELECT count(*) FROM inspection_tasks t WHERE t.round_id = r.id AND t.state = 'hazard') AS hazard`

const roundWhere: Readonly<Record<RoundFilter, string>> = {
  open: anyOpen,
  'this-week': `r.week_on BETWEEN @monday AND @sunday AND ${anyOpen}`,
  late: `r.week_on < @monday AND ${anyOpen}`,
  unassigned: `r.assignee_id IS NULL AND ${anyOpen}`,
  mine: `r.assignee_id = @actorId AND ${anyOpen}`,
  done: `NOT ${anyOpen} AND EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = r.id AND t.state <> 'dropped')`,
}
/** One page of lists, also for the test of its plan. */
export const roundsSql = (
  filter: RoundFilter,
  searched = false,
): string => `SELECT ${roundColumns} FROM inspection_rounds r
  WHERE ${foundWithin(
    searched,
    `(r.week_on, r.community, r.building, r.id) > (@week, @afterCommunity, @afterBuilding, @afterId)
    AND (@community = '' OR r.community = @community) AND ${roundWhere[filter]}`,
    'r.round_no',
    'r.id',
    'rounds',
  )}
  ORDER BY r.week_on, r.community, r.building, r.id LIMIT @limit`

type StoredRound = Omit<RoundRow, 'resident' | 'requested'> & { readonly resident: number; readonly requested: number }
const roundShown = (row: StoredRound): RoundRow => ({
  ...row,
  resident: row.resident === 1,
  requested: row.requested === 1,
})

/** The lists on which the customers stand that answer to a text. */
function roundsFound(context: Context, search: string) {
  const { numbers, accounts } = foundBound(context, 'inspection-round', search)
  const ids = statement<{ id: string }>(
    context.sqlite,
    `SELECT DISTINCT round_id AS id FROM inspection_tasks
     WHERE account_id IN (SELECT value FROM json_each(?)) AND state <> 'dropped'`,
  ).all(accounts)
  return { numbers, rounds: JSON.stringify(ids.map(({ id }) => id)) }
}

export const rounds = useCase(Rounds, ({ filter, community, search, page: { after, size } }, context) => {
  const [week, afterCommunity, afterBuilding, afterId] = cursorParts(after, 4)
  const monday = mondayOf(todayOf(context))
  const rows = statement<StoredRound>(context.sqlite, roundsSql(filter, search !== '')).all({
    ...(search === '' ? {} : roundsFound(context, search)),
    week: week ?? '',
    afterCommunity: afterCommunity ?? '',
    afterBuilding: afterBuilding ?? '',
    afterId: afterId ?? '',
    community,
    monday,
    sunday: addDays(monday, 6),
    actorId: context.actor.id,
    limit: size + 1,
  })
  const page = paged(rows, size, (row) => [row.weekOn, row.community, row.building, row.roundId])
  return { rows: page.rows.map(roundShown), next: page.next }
})

/**
 * What somebody has in hand, from their own lists on: the planner would go through every inspection that is planned anywhere,
 * for each inspector. Also for the test of its plan.
 */
export const inHandSql = `SELECT count(*) AS n FROM inspection_rounds r INDEXED BY inspection_rounds_assignee
  CROSS JOIN inspection_tasks t ON t.round_id = r.id AND ${open} WHERE r.assignee_id = ?`

export const inspectors = useCase(Inspectors, (_, context) =>
  certifiedStaff(context, 'inspection').map(({ id, staffNo, name }) => ({
    staffId: id,
    staffNo,
    name,
    inHand: statement<{ n: number }>(context.sqlite, inHandSql).get(id)?.n ?? 0,
  })),
)

// The entry sheet

interface StoredSheetRow {
  readonly taskId: string
  readonly accountId: string
  readonly accountNo: string
  readonly customerName: string
  readonly phone: string
  readonly unit: string
  readonly room: string
  readonly address: string
  readonly meterNo: string | null
  readonly specialCare: string | null
  readonly resident: number
  readonly cause: SheetRow['cause']
  readonly causeNote: string
  readonly state: SheetRow['state']
  readonly visitOn: BusinessDate
  readonly periodTo: BusinessDate
  readonly absences: number
  readonly listed: number
  readonly openHazards: number
  readonly lastOn: BusinessDate | null
  readonly lastOutcome: VisitRow['outcome'] | null
  readonly visitId: string | null
  readonly doneOn: BusinessDate | null
  readonly outcome: VisitRow['outcome'] | null
  readonly inspectorName: string | null
  readonly signatory: string | null
  readonly unsigned: string | null
  readonly note: string | null
}

// On the list stand its tasks, and those whose absence moved them on to a later list.
export const sheetSql = `
  SELECT t.id AS taskId, a.id AS accountId, a.account_no AS accountNo, c.name AS customerName, c.phone, p.unit, p.room,
    p.address, ${meterNosSql('p.id')} AS meterNo, c.special_care AS specialCare, t.resident, t.cause, t.cause_note AS causeNote, t.state, t.visit_on AS visitOn,
    t.period_to AS periodTo, t.absences, t.round_id = @roundId AS listed,
    (SELECT count(*) FROM hazards h WHERE h.account_id = a.id AND h.state IN ('open', 'mended')) AS openHazards,
    l.visited_on AS lastOn, l.outcome AS lastOutcome, v.id AS visitId, v.visited_on AS doneOn, v.outcome,
    v.inspector_name AS inspectorName, v.signatory, nullif(v.unsigned_reason, '') AS unsigned, v.note
  FROM (SELECT id FROM inspection_tasks WHERE round_id = @roundId AND state <> 'dropped'
        UNION SELECT task_id FROM inspection_visits WHERE round_id = @roundId AND voided_at IS NULL) AS listed
    CROSS JOIN inspection_tasks t ON t.id = listed.id
    CROSS JOIN accounts a ON a.id = t.account_id
    CROSS JOIN customers c ON c.id = a.customer_id
    CROSS JOIN service_points p ON p.id = a.service_point_id
    LEFT JOIN inspection_visits v ON v.id = (
      SELECT id FROM inspection_visits WHERE task_id = t.id AND round_id = @roundId AND voided_at IS NULL
      ORDER BY id DESC LIMIT 1)
    LEFT JOIN inspection_visits l ON l.id = (
      SELECT id FROM inspection_visits WHERE account_id = a.id AND voided_at IS NULL AND (v.id IS NULL OR id < v.id)
      ORDER BY visited_on DESC, id DESC LIMIT 1)
  ORDER BY p.unit, length(p.room), p.room, t.id`

const careOf = (stored: string | null): SpecialCareValue | null =>
  stored === null ? null : (JSON.parse(stored) as SpecialCareValue)

function sheetShown(row: StoredSheetRow, proofShare: number): SheetRow {
  const { specialCare, phone, resident, lastOn, lastOutcome, visitId, doneOn, outcome, inspectorName } = row
  const care = careOf(specialCare)
  const entered = visitId !== null && doneOn !== null && outcome !== null
  return {
    taskId: row.taskId,
    accountId: row.accountId,
    accountNo: row.accountNo,
    customerName: row.customerName,
    phone: maskPhone(phone),
    unit: row.unit,
    room: row.room,
    address: row.address,
    meterNo: row.meterNo,
    care: (care?.kinds ?? []) as CareKind[],
    careMeasures: care?.measures ?? '',
    resident: resident === 1,
    cause: row.cause,
    causeNote: row.causeNote,
    state: row.state,
    visitOn: row.visitOn,
    periodTo: row.periodTo,
    absences: row.absences,
    listed: row.listed === 1,
    openHazards: row.openHazards,
    proof: isDrawn(row.taskId, proofShare),
    last: lastOn !== null && lastOutcome !== null ? { visitedOn: lastOn, outcome: lastOutcome } : null,
    done: entered
      ? {
          visitId,
          visitedOn: doneOn,
          outcome,
          inspectorName: inspectorName ?? '',
          signatory: row.signatory ?? '',
          unsigned: row.unsigned,
          note: row.note ?? '',
        }
      : null,
  }
}

/** A list with its accounts, for the entry sheet and the paper. @throws RoundNotFound */
export function sheetOf(context: Context, roundId: string): { round: RoundRow; rows: SheetRow[]; ownItems: string } {
  const { sqlite, settings } = context
  const round = statement<StoredRound>(sqlite, `SELECT ${roundColumns} FROM inspection_rounds r WHERE r.id = ?`).get(
    roundId,
  )
  if (!round) throw new RoundNotFound()
  return {
    round: roundShown(round),
    ownItems: ownItemsOf(context, roundById(context, roundId)),
    rows: statement<StoredSheetRow>(sqlite, sheetSql)
      .all({ roundId })
      .map((row) => sheetShown(row, settings.get('inspections.proofShare'))),
  }
}

export const round = useCase(Round, ({ roundId }, context) => ({
  ...sheetOf(context, roundId),
  mendDays: context.settings.get('inspections.mendDays'),
  mostDays: mostDays(context),
}))

// Accounts

const taskColumns = `t.id AS taskId, t.round_id AS roundId, t.account_id AS accountId, a.account_no AS accountNo,
  c.name AS customerName, p.address, t.resident, t.extra, t.cause, t.cause_note AS causeNote, t.state, t.visit_on AS visitOn, t.period_from AS periodFrom,
  t.period_to AS periodTo, t.absences, t.done_on AS doneOn, r.assignee_name AS assigneeName,
  c.special_care IS NOT NULL AS care, v.id AS lastVisitId, coalesce(v.note, '') AS note`
const taskTables = `inspection_tasks t
  CROSS JOIN accounts a ON a.id = t.account_id
  CROSS JOIN customers c ON c.id = a.customer_id
  CROSS JOIN service_points p ON p.id = a.service_point_id
  CROSS JOIN inspection_rounds r ON r.id = t.round_id
  LEFT JOIN inspection_visits v ON v.id = (SELECT id FROM inspection_visits WHERE task_id = t.id AND voided_at IS NULL
    ORDER BY id DESC LIMIT 1)`

const taskWhere: Readonly<Record<Exclude<TaskFilter, 'done'>, string>> = {
  open,
  overdue: `${open} AND t.period_to < @today`,
  upcoming: `${open} AND t.visit_on <= @soon`,
  absent,
  refused,
}
/** What a list is sorted by: what is due first, or for those done, the newest first. */
const taskKey = (filter: TaskFilter): string =>
  filter === 'upcoming' ? 't.visit_on' : filter === 'done' ? 't.done_on' : 't.period_to'

/** One page of accounts, also for the test of its plan. */
export function tasksSql(filter: TaskFilter, ofPeriod: boolean, searched = false): string {
  const key = taskKey(filter)
  const period = ofPeriod ? 'AND t.period_to = @periodTo AND t.resident = @resident AND t.extra = 0' : ''
  const within = (where: string) => foundWithin(searched, where, 'r.round_no', 't.account_id')
  return filter === 'done'
    ? `SELECT ${taskColumns} FROM ${taskTables} WHERE ${within(`t.done_on IS NOT NULL AND (${key}, t.id) < (@key, @id) ${period}`)}
       ORDER BY ${key} DESC, t.id DESC LIMIT @limit`
    : `SELECT ${taskColumns} FROM ${taskTables} WHERE ${within(`${taskWhere[filter]} AND (${key}, t.id) > (@key, @id) ${period}`)}
       ORDER BY ${key}, t.id LIMIT @limit`
}

type StoredTask = Omit<TaskRow, 'resident' | 'care' | 'extra' | 'daysLeft'> & {
  readonly resident: number
  readonly care: number
  readonly extra: number
}
const taskShown =
  (today: BusinessDate) =>
  (row: StoredTask): TaskRow => ({
    ...row,
    resident: row.resident === 1,
    care: row.care === 1,
    extra: row.extra === 1,
    daysLeft: daysBetween(today, row.periodTo),
  })

export const tasks = useCase(Tasks, ({ filter, period, search, page: { after, size } }, context) => {
  const [key, id] = cursorParts(after, 2)
  const today = todayOf(context)
  const rows = statement<StoredTask>(context.sqlite, tasksSql(filter, period !== null, search !== '')).all({
    ...foundBound(context, 'inspection-round', search),
    today,
    soon: addDays(today, upcomingDays),
    key: key ?? (filter === 'done' ? '9999-12-31' : ''),
    id: id ?? (filter === 'done' ? 'z' : ''),
    limit: size + 1,
    periodTo: period?.to ?? null,
    resident: period ? Number(period.resident) : null,
  })
  const sortedBy = (row: StoredTask) =>
    filter === 'upcoming' ? row.visitOn : filter === 'done' ? (row.doneOn ?? '') : row.periodTo
  const page = paged(rows, size, (row) => [sortedBy(row), row.taskId])
  return { rows: page.rows.map(taskShown(today)), next: page.next }
})

// Visits

const visitColumns = `v.id AS visitId, v.visit_no AS visitNo, v.account_id AS accountId, a.account_no AS accountNo,
  c.name AS customerName, p.address, v.visited_on AS visitedOn, v.arrived_at AS arrivedAt, v.outcome, v.inspector_name AS inspectorName,
  v.signatory, nullif(v.unsigned_reason, '') AS unsigned, v.note, v.entered_by AS enteredBy, v.entered_at AS enteredAt, v.voided_at IS NOT NULL AS voided,
  v.void_reason AS voidReason, n.id AS noticeId,
  (SELECT count(*) FROM hazards h WHERE h.visit_id = v.id) AS hazards`
const visitTables = `inspection_visits v
  CROSS JOIN accounts a ON a.id = v.account_id
  CROSS JOIN customers c ON c.id = a.customer_id
  CROSS JOIN service_points p ON p.id = a.service_point_id
  LEFT JOIN rectification_notices n ON n.visit_id = v.id`
/** One page of visits, newest first, also for the test of its plan. */
export const visitsSql = (
  ofOutcome: boolean,
  searched = false,
  unsigned = false,
): string => `SELECT ${visitColumns} FROM ${visitTables}
  WHERE ${foundWithin(
    searched,
    `(v.visited_on, v.id) < (@key, @id) AND v.visited_on >= @from ${ofOutcome ? 'AND v.outcome = @outcome' : ''}${unsigned ? ` AND v.unsigned_reason <> ''` : ''}`,
    'v.visit_no',
    'v.account_id',
  )}
  ORDER BY v.visited_on DESC, v.id DESC LIMIT @limit`

type StoredVisit = Omit<VisitRow, 'voided'> & { readonly voided: number }
const visitShown = (row: StoredVisit): VisitRow => ({ ...row, voided: row.voided === 1 })

export const visits = useCase(Visits, ({ outcome, unsigned, from, to, search, page: { after, size } }, context) => {
  const [key, id] = cursorParts(after, 2)
  const rows = statement<StoredVisit>(context.sqlite, visitsSql(outcome !== null, search !== '', unsigned)).all({
    ...foundBound(context, 'inspection', search),
    outcome,
    from: from ?? '',
    // Every id is smaller than 'z': the day itself is in.
    key: key ?? to ?? '9999-12-31',
    id: id ?? 'z',
    limit: size + 1,
  })
  const page = paged(rows, size, (row) => [row.visitedOn, row.visitId])
  return { rows: page.rows.map(visitShown), next: page.next }
})

export const ofAccountSql = {
  tasks: `SELECT ${taskColumns} FROM ${taskTables} WHERE t.account_id = @accountId AND t.year >= @year
    AND t.state <> 'dropped' ORDER BY t.year, t.slot`,
  visits: `SELECT ${visitColumns} FROM ${visitTables} WHERE v.account_id = @accountId
    ORDER BY v.visited_on DESC, v.id DESC LIMIT 100`,
} as const

export const ofAccount = useCase(OfAccount, ({ accountId }, context) => {
  const today = todayOf(context)
  return {
    tasks: statement<StoredTask>(context.sqlite, ofAccountSql.tasks)
      .all({ accountId, year: yearOf(today) })
      .map(taskShown(today)),
    visits: statement<StoredVisit>(context.sqlite, ofAccountSql.visits).all({ accountId }).map(visitShown),
  }
})
