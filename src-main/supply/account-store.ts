/** 户的业务 as rows: a process, its records in order, the facts its gates look at, and how one step is written. */
import { and, asc, eq, max, notInArray } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { later, shanghaiDate, shanghaiTime, type BusinessDate } from '../platform/dates.ts'
import { domainError, GateNotPassed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fen, sum, type Fen, type Litre } from '../platform/money.ts'
import { openBills } from '../billing/service.ts'
import { chargesOwed } from '../fees/service.ts'
import { contractsOfApplication } from '../contracts/service.ts'
import { accountById, attachmentsOf, customerById, recordEvent, servicePointById } from '../customers/service.ts'
import type { AttachmentKind, EventKind } from '../customers/api.ts'
import { openDayOrToday, today } from '../ledger/service.ts'
import { lastReading, metersInUse, metersToRead, unreadMeters } from '../metering/service.ts'
import { planById } from '../tariffs/service.ts'
import {
  processKindNames,
  processRecordNames,
  type FinalReadingView,
  type ProcessAction,
  type ProcessKind,
  type ProcessRecordKind,
  type ProcessState,
  type SettlementView,
} from './account-api.ts'
import {
  obstaclesTo,
  stateAfter,
  type FinalReading,
  type Finding,
  type Obstacle,
  type PlaceFacts,
  type ProcessFacts,
} from './account-rules.ts'
import { carriedObstacles } from './carried-holds.ts'
import { holdsOn } from './holds.ts'
import { accountProcesses, accountProcessRecords } from './tables.ts'
import { openOrderNos } from './work-orders.ts'

export const ProcessNotFound = domainError('ProcessNotFound', '没有找到这笔业务，请刷新后再试')

export type ProcessRecord = typeof accountProcesses.$inferSelect
export type StepRecord = typeof accountProcessRecords.$inferSelect
type Account = ReturnType<typeof accountById>

/** @throws ProcessNotFound */
export function processById({ db }: Context, processId: string): ProcessRecord {
  const row = db.select().from(accountProcesses).where(eq(accountProcesses.id, processId)).get()
  if (!row) throw new ProcessNotFound()
  return row
}

/** The process in hand at a place, if any. */
export const processInHand = ({ db }: Context, servicePointId: string): ProcessRecord | undefined =>
  db
    .select()
    .from(accountProcesses)
    .where(
      and(
        eq(accountProcesses.servicePointId, servicePointId),
        notInArray(accountProcesses.state, ['done', 'cancelled']),
      ),
    )
    .get()

/** Every step of a process, first first. */
export const recordsOf = ({ db }: Context, processId: string): StepRecord[] =>
  db
    .select()
    .from(accountProcessRecords)
    .where(eq(accountProcessRecords.processId, processId))
    .orderBy(asc(accountProcessRecords.no))
    .all()

export const latest = (records: readonly StepRecord[], kind: ProcessRecordKind): Finding | null => {
  const row = records.findLast((record) => record.kind === kind)
  return row ? { no: row.no, passed: row.passed !== 0, performedOn: row.performedOn as BusinessDate } : null
}

/** Category of the price an account pays: what it is to the gates, whoever holds it. */
export const categoryOf = (context: Context, account: Account) => planById(context, account.pricePlanId).category

export function placeOf(context: Context, account: Account): PlaceFacts {
  const { gasState } = servicePointById(context, account.servicePointId)
  const inHand = processInHand(context, account.servicePointId)
  return {
    accountState: account.state,
    gasState,
    meters: metersInUse(context, account.servicePointId).length,
    inHand: inHand ? `${processKindNames[inHand.kind]}在办：${inHand.processNo}，经办 ${inHand.holderName}` : null,
    closed:
      statement(
        context.sqlite,
        `SELECT 1 FROM account_processes WHERE account_id = ? AND kind = 'closing' AND state = 'done'`,
      ).get(account.id) !== undefined,
  }
}

/** What an account owes and what is held for it, line by line, as of the open day or today. */
export function settlementOf(context: Context, accountId: string): SettlementView {
  const account = accountById(context, accountId)
  const asOf = openDayOrToday(context)
  const bills = openBills(context, accountId, asOf).map((bill) => ({ ...bill, lines: [...bill.lines] }))
  const principal = sum(bills.map(({ outstanding }) => outstanding))
  const lateFee = sum(bills.map((bill) => bill.lateFee))
  const unbilled =
    statement<{ n: number }>(
      context.sqlite,
      `SELECT count(*) AS n FROM readings WHERE account_id = ? AND state = 'unbilled'`,
    ).get(accountId)?.n ?? 0
  return {
    asOf,
    unbilled,
    bills: bills.filter((bill) => bill.outstanding + bill.lateFee > 0),
    principal,
    lateFee,
    total: sum([principal, lateFee]),
    prepayment: fen(account.prepayment),
    charges: chargesWaitedFor(context, accountId),
  }
}

/** Fen of services charged to an account that its businesses wait for; `place`: those of one kind of business alone. */
const chargesWaitedFor = (context: Context, accountId: string, place?: 'exchange'): Fen =>
  context.settings.get('fees.businessWaits') ? chargesOwed(context, accountId, place) : fen(0)

interface StoredReading {
  readonly meterId: string
  readonly meterNo: string
  readonly on: BusinessDate
  readonly index: Litre
  readonly consumption: Litre
  readonly billed: 0 | 1
}

/** What a record says of the meter it is about: as it was written then. */
const meterOf = (record: StepRecord): { readingId?: string; meterId?: string | null } =>
  JSON.parse(record.body) as { readingId?: string; meterId?: string | null }

/** Meters that were taken off in a process. */
const removedIn = (records: readonly StepRecord[]): ReadonlySet<string> =>
  new Set(records.filter(({ kind }) => kind === 'removal').map((record) => meterOf(record).meterId ?? ''))

/**
 * 止数 of a process, the latest of each meter, and whether it still stands: billed, and the meter not read since.
 */
export function finalReadingsOf(context: Context, process: ProcessRecord): FinalReadingView[] {
  const records = recordsOf(context, process.id)
  const latestOf = new Map<string, FinalReadingView>()
  for (const record of records) {
    const { readingId } = meterOf(record)
    if ((record.kind !== 'final-reading' && record.kind !== 'exchange') || readingId === undefined) continue
    const row = statement<StoredReading>(
      context.sqlite,
      `SELECT r.meter_id AS meterId, m.meter_no AS meterNo, r.read_on AS "on", r.current_index AS "index", r.consumption,
         r.state = 'billed' AS billed
       FROM readings r JOIN meters m ON m.id = r.meter_id WHERE r.id = ?`,
    ).get(readingId)
    if (!row) continue
    const { billed, ...reading } = row
    const last = lastReading(context, row.meterId).readingId === readingId
    const waits = billed === 0 && last && isIncomplete(context, process, row.on)
    latestOf.set(row.meterId, {
      ...reading,
      state: billed === 1 && last ? 'billed' : waits ? 'waits' : 'stale',
      removed: removedIn(records).has(row.meterId),
    })
  }
  return [...latestOf.values()]
}

/** Whether a meter of the place was not read, which keeps the others' readings waiting. */
const isIncomplete = (context: Context, { accountId, servicePointId }: ProcessRecord, on: BusinessDate): boolean =>
  unreadMeters(metersToRead(context, accountId, metersInUse(context, servicePointId)), on).length > 0

const isFiled = (context: Context, customerId: string, kind: AttachmentKind): boolean =>
  attachmentsOf(context, customerId).some((row) => row.kind === kind)

/**
 * Which papers prove who the parties are, and the new holder's right to the place; those that lack, in words. A holder who
 * cannot come is not asked for an identity card, but their death, or why they cannot be reached, is proved instead.
 */
function missingPapers(context: Context, process: ProcessRecord): string[] {
  const has = (customerId: string, kind: AttachmentKind) => isFiled(context, customerId, kind)
  const identity = (customerId: string, who: string) => {
    const resident = customerById(context, customerId).category === 'resident'
    return [
      ...(has(customerId, 'identity') ? [] : [`${who}身份证明尚未上传`]),
      ...(resident || has(customerId, 'licence') ? [] : [`${who}营业执照尚未上传`]),
    ]
  }
  const { absence, customerId, newCustomerId } = process
  const died = absence === 'deceased'
  const leaving =
    absence === null
      ? identity(customerId, '原户主')
      : !died || has(customerId, 'death')
        ? []
        : ['原户主死亡证明尚未上传']
  if (newCustomerId === null) return leaving
  const property = has(newCustomerId, 'property')
  const right = died
    ? property || has(newCustomerId, 'inheritance')
      ? []
      : ['新户主继承公证书（遗嘱、裁判文书）或房产证明尚未上传']
    : property
      ? []
      : ['新户主房产或场所证明尚未上传']
  const declared =
    absence !== 'unreachable' || has(newCustomerId, 'declaration') ? [] : ['新户主关于原户主无法联系的情况说明尚未上传']
  return [...leaving, ...identity(newCustomerId, '新户主'), ...right, ...declared]
}

/**
 * Whether the old holder's written consent was filed since the process began; an older one was for something else. What the
 * dead left belongs to the heir who proves it.
 */
const consentFiled = (context: Context, process: ProcessRecord): boolean =>
  (process.absence === 'deceased' &&
    process.newCustomerId !== null &&
    isFiled(context, process.newCustomerId, 'inheritance')) ||
  attachmentsOf(context, process.customerId).some((row) => row.kind === 'consent' && row.addedAt >= process.createdAt)

/** What may prove that nobody can take the meter off: filed since the process began, an older one was for something else. */
const groundPapers: readonly AttachmentKind[] = ['declaration', 'inheritance', 'property', 'other']
const groundProved = (context: Context, { customerId, createdAt }: ProcessRecord): boolean =>
  attachmentsOf(context, customerId).some((row) => groundPapers.includes(row.kind) && row.addedAt >= createdAt)

/** 销户: what is still open elsewhere. */
const openMatters = (context: Context, { accountId }: ProcessRecord): string[] =>
  openOrderNos(context, accountId).map((orderNo) => `工单 ${orderNo} 还没有关闭`)

/** @param effectiveOn day on which the act takes effect; the final reading's own where it is not known yet */
export function factsOf(context: Context, process: ProcessRecord, effectiveOn?: BusinessDate): ProcessFacts {
  const account = accountById(context, process.accountId)
  const records = recordsOf(context, process.id)
  const { unbilled, principal, lateFee, prepayment, charges: all } = settlementOf(context, process.accountId)
  const meters = metersInUse(context, process.servicePointId)
  const taken = finalReadingsOf(context, process)
  const finalReadings = meters.map(({ meterId, meterNo }): FinalReading => {
    const reading = taken.find((one) => one.meterId === meterId)
    return { meterNo, on: reading?.on ?? null, state: reading?.state ?? 'untaken' }
  })
  const readOn = taken.map(({ on }) => on).reduce<BusinessDate | null>((a, b) => (a === null ? b : later(a, b)), null)
  const removed = removedIn(records)
  const living = process.kind === 'transfer' ? contractsOfApplication(context, process.id) : []
  const { accountState, gasState } = placeOf(context, account)
  return {
    kind: process.kind,
    state: process.state,
    resident: categoryOf(context, account) === 'resident',
    place: { accountState, gasState, meters: meters.length },
    settlement: {
      ...{ unbilled, principal, lateFee, prepayment },
      // A meter that is exchanged on the wall does not wait for what has nothing to do with it.
      charges: process.kind === 'exchange' ? chargesWaitedFor(context, process.accountId, 'exchange') : all,
    },
    prepayment: process.prepayment,
    debtKept: process.debtPrincipal === null ? null : fen(process.debtPrincipal),
    finalReadings,
    effectiveOn: effectiveOn ?? (process.kind === 'transfer' ? today(context) : (readOn ?? today(context))),
    tightness: latest(records, 'tightness'),
    safetyCheck: latest(records, 'safety-check'),
    today: shanghaiDate(context.clock.now()),
    testDays: context.settings.get('installations.testDays'),
    removal: latest(records, 'removal'),
    unremoved: meters.filter(({ meterId }) => !removed.has(meterId)).map(({ meterNo }) => meterNo),
    addition: latest(records, 'addition'),
    exchange: latest(records, 'exchange'),
    holds: [
      // A debt that may stay is no reason to keep gas off.
      ...holdsOn(context, process.servicePointId)
        .filter(({ cause }) => cause !== 'arrears' || process.debtPrincipal === null)
        .map(({ note }) => note),
      ...carriedObstacles(context, process.servicePointId),
    ],
    holderNamed: process.newCustomerId !== null,
    absence: process.absence === null ? 'none' : process.absenceApproverId === null ? 'reported' : 'approved',
    missingPapers: process.kind === 'transfer' ? missingPapers(context, process) : [],
    drafted: living.filter(({ state }) => state !== 'void').length,
    signed: new Set(living.filter(({ state }) => state === 'signed').map(({ kind }) => kind)),
    consent: process.kind === 'transfer' && consentFiled(context, process),
    ground: process.ground,
    seen: latest(records, 'place-seen'),
    groundProved: process.ground !== null && groundProved(context, process),
    groundApproved: process.groundApproverId !== null,
    openMatters: process.kind === 'closing' ? openMatters(context, process) : [],
  }
}

export const obstaclesNow = ({ clock, settings }: Context, action: ProcessAction, facts: ProcessFacts): Obstacle[] =>
  obstaclesTo(action, facts, shanghaiTime(clock.now()), {
    from: settings.get('supply.quietFrom'),
    to: settings.get('supply.quietTo'),
  })

/** @throws GateNotPassed saying every obstacle */
export function refuse(obstacles: readonly Obstacle[]): void {
  if (obstacles.length === 0) return
  throw new GateNotPassed(`还不能办理：${obstacles.map(({ text }) => text).join('；')}`, { details: obstacles })
}

/**
 * The process, when the action may be done to it.
 * @throws ProcessNotFound · GateNotPassed with every obstacle
 */
export function passGate(
  context: Context,
  action: ProcessAction,
  processId: string,
  { kinds, effectiveOn }: { readonly kinds?: readonly ProcessKind[]; readonly effectiveOn?: BusinessDate } = {},
): ProcessRecord {
  const process = processById(context, processId)
  if (kinds && !kinds.includes(process.kind)) {
    refuse([{ step: 'application', text: `这笔业务是${processKindNames[process.kind]}，不能这样办理` }])
  }
  refuse(obstaclesNow(context, action, factsOf(context, process, effectiveOn)))
  return process
}

export interface StepDone {
  readonly kind: ProcessRecordKind
  /** Null where the state stays as it is and the table says nothing about it. */
  readonly action: ProcessAction | null
  readonly passed?: boolean | null
  readonly performedOn?: BusinessDate
  readonly worker?: { readonly id: string; readonly name: string } | null
  /** What was found or entered, in words; stands in the timeline too. */
  readonly summary: string
  readonly reasons?: readonly string[]
  /** Values behind the summary, kept as evidence. */
  readonly values?: Record<string, unknown>
  /** Columns of the process this step fills. */
  readonly fills?: Partial<typeof accountProcesses.$inferInsert>
}

/**
 * Writes one step: its record, the new state, who has the process in hand, the customer's timeline and the audit row.
 * @returns the state reached
 */
export function recordStep(context: Context, process: ProcessRecord, step: StepDone): ProcessState {
  const { db, clock, actor } = context
  appendRecord(context, process.id, step)
  const state = (step.action && stateAfter(process.kind, step.action, process.state)) ?? process.state
  const over = state === 'done' || state === 'cancelled'
  db.update(accountProcesses)
    .set({
      ...step.fills,
      state,
      holderId: actor.id,
      holderName: actor.name,
      updatedAt: clock.now(),
      ...(over ? { endedAt: clock.now() } : {}),
    })
    .where(eq(accountProcesses.id, process.id))
    .run()
  if (step.kind !== 'taken-over') tellCustomerFile(context, process, step)
  context.audit({
    subject: `account-process:${process.id}`,
    detail: { processNo: process.processNo, kind: process.kind, step: step.kind, passed: step.passed ?? null, state },
  })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return state
}

const eventKindOf: Record<ProcessKind, EventKind> = {
  deactivation: 'supply',
  reactivation: 'supply',
  dismantling: 'supply',
  transfer: 'profile',
  exchange: 'meter',
  closing: 'profile',
  addition: 'meter',
  detachment: 'meter',
}

function tellCustomerFile(context: Context, process: ProcessRecord, step: StepDone): void {
  const result = step.passed === undefined || step.passed === null ? '' : step.passed ? '合格' : '不合格'
  recordEvent(context, {
    customerId: process.customerId,
    accountId: process.accountId,
    kind: eventKindOf[process.kind],
    title: `${processKindNames[process.kind]}：${processRecordNames[step.kind]}${result}`,
    detail: [process.processNo, step.summary, ...(step.reasons ?? [])].filter((text) => text !== '').join('；'),
    subject: `account-process:${process.id}`,
  })
}

function appendRecord({ db, clock, actor }: Context, processId: string, step: StepDone): void {
  const last = db
    .select({ no: max(accountProcessRecords.no) })
    .from(accountProcessRecords)
    .where(eq(accountProcessRecords.processId, processId))
    .get()
  db.insert(accountProcessRecords)
    .values({
      id: newId(clock),
      processId,
      no: (last?.no ?? 0) + 1,
      kind: step.kind,
      passed: step.passed === undefined || step.passed === null ? null : step.passed ? 1 : 0,
      performedOn: step.performedOn ?? shanghaiDate(clock.now()),
      workerId: step.worker?.id ?? null,
      workerName: step.worker?.name ?? null,
      body: JSON.stringify({ ...step.values, summary: step.summary, reasons: step.reasons ?? [] }),
      at: clock.now(),
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
}
