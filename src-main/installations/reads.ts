/** 报装: what the screens look at. */
import { statement } from '../platform/database.ts'
import { daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { litre } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import type { Context } from '../platform/context.ts'
import { contractsOfApplication } from '../contracts/service.ts'
import { accountById, customerById, servicePointById, foundBound, foundWithin } from '../customers/service.ts'
import { metersAt } from '../metering/service.ts'
import { certifiedStaff } from '../staff/service.ts'
import { planById } from '../tariffs/service.ts'
import { Counts, Detail, List, type Application, type InstallationRecord, type ListRow } from './api.ts'
import { checklistKinds, type ChecklistItem, type ChecklistKind } from './checklists.ts'
import {
  applicationActions,
  siteWork,
  type ApplicationAction,
  type ApplicationState,
  type Obstacle,
  type SiteWork,
} from './rules.ts'
import { tightnessDemand } from './site.ts'
import {
  applicationById,
  evidenceOf,
  isJudged,
  isResident,
  obstaclesNow,
  recordsOf,
  type ApplicationRow,
  type RecordRow,
  askedItems,
} from './store.ts'

const volume = (litres: number | null) => (litres === null ? null : litre(litres))

function shown(context: Context, row: ApplicationRow): Application {
  const meter = metersAt(context, row.servicePointId).find(({ meterId }) => meterId === row.meterId)
  return {
    ...row,
    customerName: customerById(context, row.customerId).name,
    address: servicePointById(context, row.servicePointId).address,
    appliances: JSON.parse(row.appliances) as Application['appliances'],
    pricePlanName: planById(context, row.pricePlanId).name,
    annualVolume: volume(row.annualVolume),
    hourlyVolume: volume(row.hourlyVolume),
    accountNo: row.accountId === null ? null : accountById(context, row.accountId).accountNo,
    meterNo: meter?.meterNo ?? null,
    appliedOn: row.appliedOn as BusinessDate,
  }
}

function shownRecord(row: RecordRow): InstallationRecord {
  const { summary, reasons } = JSON.parse(row.body) as { summary: string; reasons: string[] }
  return {
    no: row.no,
    kind: row.kind,
    passed: row.passed === null || !isJudged(row.kind) ? null : row.passed === 1,
    performedOn: row.performedOn as BusinessDate,
    performedBy: row.performedBy,
    workerId: row.workerId,
    summary,
    reasons,
    at: row.at,
    actorName: row.actorName,
  }
}

/**
 * Who did this kind of work here last, else whoever worked here last, else who did it elsewhere: offered, not chosen. Who
 * accepts is another than who put the meter in.
 */
function usualWorker(context: Context, kind: SiteWork, records: readonly RecordRow[]): string | null {
  const elsewhere = () =>
    statement<{ workerId: string }>(
      context.sqlite,
      // Ids grow with time: the last rows of all are looked at, and the first that fits.
      'SELECT worker_id AS workerId FROM installation_records WHERE kind = ? ORDER BY id DESC LIMIT 1',
    ).get(kind)?.workerId ?? null
  const here = records.filter(({ workerId }) => workerId !== null)
  const same = here.findLast((record) => record.kind === kind)?.workerId
  if (kind === 'survey' || kind === 'acceptance') return same ?? elsewhere()
  return same ?? here.findLast((record) => record.kind !== 'acceptance')?.workerId ?? elsewhere()
}

/** 报装详情. @throws ApplicationNotFound */
export const detail = useCase(Detail, ({ applicationId }, context) => {
  const row = applicationById(context, applicationId)
  const records = recordsOf(context, applicationId)
  const evidence = evidenceOf(context, row, records)
  const obstacles = Object.fromEntries(
    applicationActions.map((action) => [action, obstaclesNow(context, action, row, evidence)]),
  ) as Record<ApplicationAction, Obstacle[]>
  const checklists = Object.fromEntries(
    checklistKinds.map((kind) => [kind, askedItems(context, kind, isResident(row))]),
  ) as Record<ChecklistKind, ChecklistItem[]>
  return {
    application: shown(context, row),
    contracts: contractsOfApplication(context, applicationId),
    records: records.map(shownRecord),
    obstacles,
    checklists,
    tightness: tightnessDemand(context, isResident(row)),
    usual: Object.fromEntries(siteWork.map((kind) => [kind, usualWorker(context, kind, records)])) as Record<
      SiteWork,
      string | null
    >,
    workers: certifiedStaff(context, 'maintenance').map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name })),
  }
})

/** Written as the partial index has it, so that finished applications are never looked at. */
const waiting = `a.state NOT IN ('ignited', 'cancelled')`

interface StoredRow extends Omit<ListRow, 'waitingDays'> {
  readonly createdAt: number
}

/** 报装列表, oldest first, by key. */
export const list = useCase(List, ({ state, mine, search, page }, context) => {
  const [afterAt, afterId] = cursorOf(page.after)
  const rows = statement<StoredRow>(
    context.sqlite,
    `SELECT a.id, a.application_no AS applicationNo, a.state, c.name AS customerName, p.address, a.category,
            a.holder_id AS holderId, a.holder_name AS holderName, a.applied_on AS appliedOn, a.created_at AS createdAt
     FROM applications a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
     WHERE ${foundWithin(
       search !== '',
       `${state === 'in-progress' ? waiting : 'a.state = @state'} ${mine ? 'AND a.holder_id = @actorId' : ''}
         AND (a.created_at, a.id) > (@afterAt, @afterId)`,
       'a.application_no',
       'a.customer_id',
       'customers',
     )}
     ORDER BY a.created_at, a.id LIMIT @limit`,
  ).all({
    ...foundBound(context, 'application', search),
    state,
    actorId: context.actor.id,
    afterAt,
    afterId,
    limit: page.size + 1,
  })
  const today = shanghaiDate(context.clock.now())
  const kept = rows.slice(0, page.size)
  const last = kept.at(-1)
  return {
    rows: kept.map((row) => ({
      ...row,
      waitingDays: row.state === 'ignited' || row.state === 'cancelled' ? 0 : daysBetween(row.appliedOn, today),
    })),
    next: rows.length > page.size && last ? `${last.createdAt}/${last.id}` : null,
  }
})

function cursorOf(after: string | null): [number, string] {
  const [at, id] = (after ?? '').split('/')
  return [Number(at) || 0, id ?? '']
}

/** 在办报装各状态的件数. */
export const counts = useCase(Counts, (_, context) =>
  statement<{ state: ApplicationState; count: number; mine: number }>(
    context.sqlite,
    `SELECT state, count(*) AS count, count(*) FILTER (WHERE holder_id = ?) AS mine
     FROM applications a WHERE ${waiting} GROUP BY state ORDER BY state`,
  ).all(context.actor.id),
)
