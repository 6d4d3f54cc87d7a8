/** 隐患: what the list, the hazard's page, the customer file and other rooms look at. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { maskPhone } from '../platform/identity.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, customerById, foundBound, foundWithin } from '../customers/service.ts'
import { holdsOn } from '../supply/service.ts'
import { Hazard, HazardCounts, Hazards, HazardsOfAccount, type HazardFilter, type HazardRow } from './api.ts'
import { holdSubject } from './find.ts'
import { stillOpen } from './hazard-process.ts'
import { hazardById, HazardNotFound, hazardRun, hazardStepsOf, noticeById } from './hazard-store.ts'
import { certifiedStaff } from '../staff/service.ts'
import { cursorParts, mostDays, paged, todayOf, visitById } from './store.ts'

const columns = `h.id AS hazardId, h.hazard_no AS hazardNo, h.grade, h.item, h.text, h.mender, h.state,
  h.found_on AS foundOn, h.deadline, h.passed_on AS passedOn, h.account_id AS accountId, a.account_no AS accountNo,
  c.name AS customerName, p.address, h.finder_name AS finderName, n.delivered_on IS NOT NULL AS delivered,
  h.notice_id AS noticeId, h.round, h.closed_at AS closedAt`
const tables = `hazards h
  CROSS JOIN accounts a ON a.id = h.account_id
  CROSS JOIN customers c ON c.id = a.customer_id
  CROSS JOIN service_points p ON p.id = h.service_point_id
  CROSS JOIN rectification_notices n ON n.id = h.notice_id`

// Open or mended, written as the partial indexes have it; a CHECK of the table says that it is the same.
const unmended = stillOpen('h.')

interface Shape {
  readonly where: string
  readonly key: string
  readonly newestFirst: boolean
}
function shapeOf(filter: HazardFilter): Shape {
  switch (filter) {
    case 'open':
      return { where: unmended, key: 'h.deadline', newestFirst: false }
    case 'overdue':
      return { where: `${unmended} AND h.deadline < @today`, key: 'h.deadline', newestFirst: false }
    case 'grave':
      return { where: `h.grade <> 'general' AND ${unmended}`, key: 'h.deadline', newestFirst: false }
    case 'in-time':
      return {
        where: 'h.passed_on IS NOT NULL AND h.passed_on <= h.first_deadline',
        key: 'h.passed_on',
        newestFirst: true,
      }
    case 'late':
      return {
        where: 'h.passed_on IS NOT NULL AND h.passed_on > h.first_deadline',
        key: 'h.passed_on',
        newestFirst: true,
      }
    case 'good':
      return { where: 'h.passed_on IS NOT NULL', key: 'h.passed_on', newestFirst: true }
    case 'all':
      return { where: 'TRUE', key: 'h.found_on', newestFirst: true }
    case 'closed':
      return { where: 'h.closed_at IS NOT NULL', key: 'h.closed_at', newestFirst: true }
    default:
      return { where: 'h.state = @state', key: 'h.deadline', newestFirst: false }
  }
}

/** One page of hazards, also for the test of its plan. */
export function hazardsSql(filter: HazardFilter, ofGrade: boolean, found: boolean, searched = false): string {
  const { where, key, newestFirst } = shapeOf(filter)
  return `SELECT ${columns} FROM ${tables}
    WHERE ${foundWithin(
      searched,
      `${where} AND (${key}, h.id) ${newestFirst ? '<' : '>'} (@key, @id)
      ${ofGrade ? 'AND h.grade = @grade' : ''} ${found ? `AND ${filter === 'good' ? 'h.passed_on' : 'h.found_on'} BETWEEN @foundFrom AND @foundTo` : ''}`,
      'h.hazard_no',
      'h.account_id',
    )}
    ORDER BY ${key} ${newestFirst ? 'DESC' : ''}, h.id ${newestFirst ? 'DESC' : ''} LIMIT @limit`
}

type StoredHazard = Omit<HazardRow, 'delivered'> & { readonly delivered: number }
const shown = (row: StoredHazard): HazardRow => ({ ...row, delivered: row.delivered === 1 })

export const hazardList = useCase(
  Hazards,
  ({ filter, grade, foundFrom, foundTo, search, page: { after, size } }, context) => {
    const [key, id] = cursorParts(after, 2)
    const { newestFirst, key: column } = shapeOf(filter)
    const number = column === 'h.closed_at'
    const first = newestFirst ? (number ? Number.MAX_SAFE_INTEGER : '9999-12-31') : ''
    const sql = hazardsSql(filter, grade !== null, foundFrom !== null || foundTo !== null, search !== '')
    const rows = statement<StoredHazard>(context.sqlite, sql).all({
      ...foundBound(context, 'hazard', search),
      today: todayOf(context),
      state: filter,
      grade,
      foundFrom: foundFrom ?? '',
      foundTo: foundTo ?? '9999-12-31',
      key: key === null ? first : number ? Number(key) : key,
      id: id ?? (newestFirst ? 'z' : ''),
      limit: size + 1,
    })
    const sortedBy = (row: StoredHazard): string =>
      number
        ? String(row.closedAt)
        : column === 'h.passed_on'
          ? (row.passedOn ?? '')
          : column === 'h.found_on'
            ? row.foundOn
            : row.deadline
    const page = paged(rows, size, (row) => [sortedBy(row), row.hazardId])
    return { rows: page.rows.map(shown), next: page.next }
  },
)

/** How many hazards stand where: for the home page and reports. */
export function countHazards(context: Context) {
  const found = statement<{ state: string; n: number; overdue: number; grave: number }>(
    context.sqlite,
    `SELECT h.state, count(*) AS n, count(*) FILTER (WHERE ${unmended} AND h.deadline < @today) AS overdue,
       count(*) FILTER (WHERE ${unmended} AND h.grade <> 'general') AS grave
     FROM hazards h WHERE h.state IN ('open', 'mended', 'passed', 'called-back') GROUP BY h.state`,
  ).all({ today: todayOf(context) })
  const of = (state: string) => found.find((row) => row.state === state)?.n ?? 0
  return {
    open: of('open') + of('mended'),
    overdue: found.reduce((sum, row) => sum + row.overdue, 0),
    grave: found.reduce((sum, row) => sum + row.grave, 0),
    mended: of('mended'),
    passed: of('passed'),
    calledBack: of('called-back'),
  }
}
export const hazardCounts = useCase(HazardCounts, (_, context) => countHazards(context))

/** @throws HazardNotFound */
export const hazard = useCase(Hazard, ({ hazardId }, context) => {
  const record = hazardById(context, hazardId)
  const row = statement<StoredHazard>(context.sqlite, `SELECT ${columns} FROM ${tables} WHERE h.id = ?`).get(hazardId)
  if (!row) throw new HazardNotFound()
  const visit = visitById(context, record.visitId)
  const { customerId } = accountById(context, record.accountId)
  const notice = noticeById(context, record.noticeId)
  return {
    hazard: {
      ...shown(row),
      visitId: visit.id,
      visitNo: visit.visitNo,
      customerId,
      phone: maskPhone(customerById(context, customerId).phone),
      firstDeadline: record.firstDeadline as BusinessDate,
      measures: record.measures,
      supportCalledAt: record.supportCalledAt,
      supportArrivedAt: record.supportArrivedAt,
      releasedAt: record.releasedAt,
      reportedTo: record.reportedTo,
      mendedOn: record.mendedOn as BusinessDate | null,
      holding: holdsOn(context, record.servicePointId).some(({ subject }) => subject === holdSubject(hazardId)),
    },
    notice: {
      noticeNo: notice.noticeNo,
      deliveredOn: notice.deliveredOn as BusinessDate | null,
      deliveredBy: notice.deliveredBy,
      receivedBy: notice.receivedBy,
      receipt: notice.receipt,
    },
    steps: hazardStepsOf(context, hazardId).map((step) => ({
      ...step,
      doneOn: step.doneOn as BusinessDate | null,
      passed: step.passed === null ? null : step.passed === 1,
    })),
    obstacles: hazardRun.obstacles(context, record),
    mendDays: context.settings.get('inspections.mendDays'),
    mostDays: mostDays(context),
    workers: certifiedStaff(context, 'maintenance').map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name })),
  }
})

export const ofAccountHazardsSql = `SELECT ${columns} FROM ${tables} WHERE h.account_id = ?
  ORDER BY h.state IN ('open', 'mended') DESC, h.found_on DESC, h.id DESC LIMIT 100`

export const hazardsOfAccount = useCase(HazardsOfAccount, ({ accountId }, { sqlite }) =>
  statement<StoredHazard>(sqlite, ofAccountHazardsSql).all(accountId).map(shown),
)

/** Hazards of an account that are not re-inspected as good yet, the nearest deadline first. */
export const openHazardsOf = ({ sqlite }: Context, accountId: string): HazardRow[] =>
  statement<StoredHazard>(
    sqlite,
    `SELECT ${columns} FROM ${tables} WHERE h.account_id = ? AND ${unmended} ORDER BY h.deadline, h.id`,
  )
    .all(accountId)
    .map(shown)
