/** 报装 as rows: the application, its records in order, and the evidence the gates look at. */
import { and, asc, eq, max, notInArray } from 'drizzle-orm'
import type { z } from 'zod'
import { checklist, type ChecklistItem, type ChecklistKind } from './checklists.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate, shanghaiTime, type BusinessDate } from '../platform/dates.ts'
import { domainError, GateNotPassed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { livingContracts } from '../contracts/service.ts'
import { recordEvent } from '../customers/service.ts'
import { chargesOwed } from '../fees/service.ts'
import { formatYuan } from '../platform/money.ts'
import type { StaffMember } from '../staff/service.ts'
import type { RecordKind } from './api.ts'
import {
  obstaclesTo,
  stateAfter,
  type ApplicationAction,
  type Evidence,
  type Finding,
  type Obstacle,
  type QuietHours,
} from './rules.ts'
import { applications, installationRecords } from './tables.ts'

export const ApplicationNotFound = domainError('ApplicationNotFound', '没有找到这份报装申请，请刷新后再试')

export type ApplicationRow = typeof applications.$inferSelect
export type RecordRow = typeof installationRecords.$inferSelect
type Kind = z.output<typeof RecordKind>

export const isResident = ({ category }: ApplicationRow): boolean => category === 'resident'

/** @throws ApplicationNotFound */
export function applicationById({ db }: Context, applicationId: string): ApplicationRow {
  const row = db.select().from(applications).where(eq(applications.id, applicationId)).get()
  if (!row) throw new ApplicationNotFound()
  return row
}

/** The application in progress at a service point, if any. */
export const livingApplicationAt = ({ db }: Context, servicePointId: string): ApplicationRow | undefined =>
  db
    .select()
    .from(applications)
    .where(
      and(eq(applications.servicePointId, servicePointId), notInArray(applications.state, ['ignited', 'cancelled'])),
    )
    .get()

/** Every step of an application, first first. */
export const recordsOf = ({ db }: Context, applicationId: string): RecordRow[] =>
  db
    .select()
    .from(installationRecords)
    .where(eq(installationRecords.applicationId, applicationId))
    .orderBy(asc(installationRecords.no))
    .all()

const latest = (records: readonly RecordRow[], kind: Kind): Finding | null => {
  const row = records.findLast((record) => record.kind === kind)
  return row ? { no: row.no, passed: row.passed !== 0, performedOn: row.performedOn as BusinessDate } : null
}

/** The supply room knows of this one: what keeps gas off at a place is asked below it (clauses 17(2), 19(3)). */
const heldAt = ({ sqlite }: Context, servicePointId: string): string[] =>
  statement<{ carried: 0 | 1; what: string }>(
    sqlite,
    `SELECT subject GLOB 'carried:*' AS carried, note AS what FROM supply_holds WHERE service_point_id = @id AND lifted_at IS NULL
     UNION ALL
     SELECT 1, what FROM carried_matters WHERE service_point_id = @id AND settled_at IS NULL AND held = 0`,
  )
    .all({ id: servicePointId })
    .map(({ carried, what }) =>
      carried === 1 ? `恢复备份前没有办结，须先在“恢复前的安全事项”里核对处理：${what}` : `停气原因还没有解除：${what}`,
    )

/** Services of the opening that were charged and are not paid, where the company waits for them (setting fees.businessWaits). */
function unpaidAt(context: Context, accountId: string | null): string[] {
  if (accountId === null || !context.settings.get('fees.businessWaits')) return []
  const owed = chargesOwed(context, accountId, 'opening')
  return owed > 0 ? [`开户收费项目 ${formatYuan(owed)} 元未缴清，请先到收费页收款，收错的请作废`] : []
}

/** What stands on record for an application. */
export function evidenceOf(context: Context, application: ApplicationRow, records: readonly RecordRow[]): Evidence {
  const survey = latest(records, 'survey')
  const contracts = livingContracts(context, application.id)
  const overtaken = records.findLast((record) => record.kind === 'amended' && record.passed === 0)
  return {
    resident: isResident(application),
    survey: survey && overtaken && overtaken.no > survey.no ? null : survey,
    livingContracts: contracts.length,
    signed: new Set(contracts.filter(({ state }) => state === 'signed').map(({ kind }) => kind)),
    accountOpened: application.accountId !== null,
    meter: latest(records, 'meter'),
    acceptance: latest(records, 'acceptance'),
    tightness: latest(records, 'tightness'),
    safetyCheck: latest(records, 'safety-check'),
    held: [...heldAt(context, application.servicePointId), ...unpaidAt(context, application.accountId)],
    today: shanghaiDate(context.clock.now()),
    testDays: context.settings.get('installations.testDays'),
  }
}

const quietHours = ({ settings }: Context): QuietHours => ({
  from: settings.get('supply.quietFrom'),
  to: settings.get('supply.quietTo'),
})

/** What stands in the way of an action right now. */
export const obstaclesNow = (
  context: Context,
  action: ApplicationAction,
  { state }: ApplicationRow,
  evidence: Evidence,
): Obstacle[] => obstaclesTo(action, state, evidence, shanghaiTime(context.clock.now()), quietHours(context))

/** The application, when the action may be done to it. @throws ApplicationNotFound · GateNotPassed with every obstacle */
export function passGate(context: Context, action: ApplicationAction, applicationId: string): ApplicationRow {
  const application = applicationById(context, applicationId)
  const evidence = evidenceOf(context, application, recordsOf(context, applicationId))
  const obstacles = obstaclesNow(context, action, application, evidence)
  if (obstacles.length > 0) {
    throw new GateNotPassed(`还不能办理：${obstacles.map(({ text }) => text).join('；')}`, { details: obstacles })
  }
  return application
}

export interface StepDone {
  readonly kind: Kind
  readonly action: ApplicationAction | null
  readonly passed: boolean | null
  readonly performedOn?: BusinessDate
  /** Who worked on site, with the certificate for it; whoever writes down what is done at the counter. */
  readonly worker?: Pick<StaffMember, 'id' | 'name'>
  /** What was found or entered, in words; stands in the timeline too. */
  readonly summary: string
  readonly reasons?: readonly string[]
  /** Values behind the summary, kept as evidence. */
  readonly values?: Record<string, unknown>
  /** Columns of the application this step fills. */
  readonly fills?: Partial<typeof applications.$inferInsert>
}

/**
 * Writes one step: its record, the new state, who holds the application now, the customer's timeline and the audit row.
 * @returns the state reached
 */
export function recordStep(context: Context, application: ApplicationRow, step: StepDone): ApplicationRow['state'] {
  const { db, clock, actor } = context
  appendRecord(context, application.id, step)
  const state =
    step.action === null ? application.state : stateAfter(step.action, application.state, step.passed ?? true)
  db.update(applications)
    .set({ ...step.fills, state, holderId: actor.id, holderName: actor.name, updatedAt: clock.now() })
    .where(eq(applications.id, application.id))
    .run()
  if (!toldElsewhere.has(step.kind)) tellCustomerFile(context, application, step)
  context.audit({
    subject: `application:${application.id}`,
    detail: { applicationNo: application.applicationNo, step: step.kind, passed: step.passed, state },
  })
  context.emit({ event: 'changed', data: { room: 'installations' } })
  return state
}

/** Steps of which the customers and metering rooms write the timeline themselves. */
const toldElsewhere: ReadonlySet<Kind> = new Set(['account', 'meter', 'taken-over'])

function tellCustomerFile(context: Context, application: ApplicationRow, step: StepDone): void {
  const result = step.passed === null || !isJudged(step.kind) ? '' : step.passed ? '合格' : '不合格'
  recordEvent(context, {
    customerId: application.customerId,
    ...(application.accountId === null ? {} : { accountId: application.accountId }),
    kind: 'installation',
    title: `${stepTitles[step.kind]}${result}`,
    detail: [application.applicationNo, step.summary, ...(step.reasons ?? [])].filter((text) => text !== '').join('；'),
    subject: `application:${application.id}`,
  })
}

/** Steps that pass or fail. */
export const isJudged = (kind: Kind): boolean =>
  kind === 'survey' || kind === 'acceptance' || kind === 'tightness' || kind === 'safety-check'

const stepTitles: Record<Kind, string> = {
  applied: '报装申请',
  amended: '更改报装申请',
  'taken-over': '接手报装',
  survey: '现场勘查',
  account: '开户',
  meter: '报装装表',
  acceptance: '验收',
  tightness: '严密性试验',
  'safety-check': '通气前安全检查',
  ignition: '通气',
  cancelled: '取消报装',
}

function appendRecord({ db, clock, actor }: Context, applicationId: string, step: StepDone): void {
  const last = db
    .select({ no: max(installationRecords.no) })
    .from(installationRecords)
    .where(eq(installationRecords.applicationId, applicationId))
    .get()
  db.insert(installationRecords)
    .values({
      id: newId(clock),
      applicationId,
      no: (last?.no ?? 0) + 1,
      kind: step.kind,
      passed: step.passed === null ? null : step.passed ? 1 : 0,
      performedOn: step.performedOn ?? shanghaiDate(clock.now()),
      performedBy: step.worker?.name ?? actor.name,
      workerId: step.worker?.id ?? null,
      body: JSON.stringify({ ...step.values, summary: step.summary, reasons: step.reasons ?? [] }),
      at: clock.now(),
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
}

const ownItemsOf = {
  survey: 'installations.surveyItems',
  acceptance: 'installations.acceptanceItems',
  'safety-check': 'installations.safetyCheckItems',
} as const

/** What is asked now: the regulation's items and those the company added. */
export const askedItems = ({ settings }: Context, kind: ChecklistKind, resident: boolean): ChecklistItem[] =>
  checklist(kind, resident, settings.get(ownItemsOf[kind]))
