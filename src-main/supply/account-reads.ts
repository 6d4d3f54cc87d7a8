/** 户的业务: what the screens look at. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { daysBetween, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { maskNationalId, maskPhone, numbersShown } from '../platform/identity.ts'
import { instantCursor } from '../platform/paging.ts'
import { fen, litre } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { contractsOfApplication } from '../contracts/service.ts'
import { accountById, customerById, servicePointById, foundBound, foundWithin } from '../customers/service.ts'
import { tightnessDemand, askedItems } from '../installations/service.ts'
import { lastReading, makeUpEstimate, meterMeant, meterNos, metersInUse } from '../metering/service.ts'
import { certifiedStaff } from '../staff/service.ts'
import {
  AccountBusiness,
  EstimateMakeUp,
  Process,
  ProcessCounts,
  processActions,
  Processes,
  processKinds,
  RevealApplicant,
  type ProcessFilter,
  type ProcessKind,
  type ProcessRecord as ShownRecord,
  type ProcessRow,
} from './account-api.ts'
import { asksForGround, obstaclesToStart, type Obstacle } from './account-rules.ts'
import {
  categoryOf,
  factsOf,
  finalReadingsOf,
  obstaclesNow,
  placeOf,
  processById,
  recordsOf,
  settlementOf,
  type ProcessRecord,
  type StepRecord,
} from './account-store.ts'
import { termsOf } from './account-transfer.ts'
import { closingTermsOf } from './account-ways-out.ts'
import type { ProcessAction } from './account-words.ts'

const columns = `p.id, p.process_no AS processNo, p.kind, p.state, p.account_id AS accountId, a.account_no AS accountNo,
  c.name AS customerName, s.address, p.holder_id AS holderId, p.holder_name AS holderName, p.started_on AS startedOn,
  p.ended_at AS endedAt, p.created_at AS createdAt`
const joined = `account_processes p JOIN accounts a ON a.id = p.account_id JOIN customers c ON c.id = p.customer_id
  JOIN service_points s ON s.id = p.service_point_id`
// Written as the partial indexes have it, so that ended processes are never looked at.
const inHand = `p.state NOT IN ('done', 'cancelled')`

type Stored = Omit<ProcessRow, 'waitingDays'> & { readonly createdAt: number }

const shown = (context: Context, { createdAt: _, ...row }: Stored): ProcessRow => ({
  ...row,
  waitingDays: row.endedAt === null ? daysBetween(row.startedOn, shanghaiDate(context.clock.now())) : 0,
})

/** The query of the list, also for the test of its plan. */
export const listSql = (filter: ProcessFilter, kind: ProcessKind | null, searched = false): string =>
  filter === 'open'
    ? `SELECT ${columns} FROM ${joined} WHERE ${foundWithin(
        searched,
        `${inHand}${kind === null ? '' : ' AND p.kind = @kind'} AND (p.created_at, p.id) > (@at, @id)`,
        'p.process_no',
        'p.account_id',
      )} ORDER BY p.created_at, p.id LIMIT @limit`
    : `SELECT ${columns} FROM ${joined} WHERE ${foundWithin(
        searched,
        'p.state = @filter AND (p.created_at, p.id) < (@at, @id)',
        'p.process_no',
        'p.account_id',
      )} ORDER BY p.created_at DESC, p.id DESC LIMIT @limit`
export const ofAccountSql = `SELECT ${columns} FROM ${joined} WHERE p.account_id = @accountId
  UNION ALL SELECT ${columns} FROM ${joined} WHERE p.new_account_id = @accountId
  ORDER BY createdAt DESC LIMIT 100`

/** 在办业务. */
export const processes = useCase(Processes, ({ filter, kind, search, page: { after, size } }, context) => {
  const cursor = instantCursor(after, { at: filter === 'open' ? 0 : Number.MAX_SAFE_INTEGER, id: '' })
  const rows = statement<Stored>(context.sqlite, listSql(filter, kind, search !== '')).all({
    ...foundBound(context, processKinds, search),
    filter,
    kind,
    at: cursor.at,
    id: cursor.id,
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return {
    rows: kept.map((row) => shown(context, row)),
    next: rows.length > size && last ? `${last.createdAt}/${last.id}` : null,
  }
})

export const countsSql = `SELECT p.kind, count(*) AS count, count(*) FILTER (WHERE p.holder_id = @actorId) AS mine
  FROM account_processes p WHERE ${inHand} GROUP BY p.kind`

export const processCounts = useCase(ProcessCounts, (_, { sqlite, actor }) => {
  const kinds = statement<{ kind: ProcessKind; count: number; mine: number }>(sqlite, countsSql).all({
    actorId: actor.id,
  })
  const total = (of: 'count' | 'mine') => kinds.reduce((all, row) => all + row[of], 0)
  return { total: total('count'), mine: total('mine'), kinds: kinds.map(({ kind, count }) => ({ kind, count })) }
})

/** @throws AccountNotFound */
export const accountBusiness = useCase(AccountBusiness, ({ accountId }, context) => {
  const account = accountById(context, accountId)
  const customer = customerById(context, account.customerId)
  const point = servicePointById(context, account.servicePointId)
  const place = placeOf(context, account)
  const rows = statement<Stored>(context.sqlite, ofAccountSql).all({ accountId })
  return {
    account: {
      accountId,
      accountNo: account.accountNo,
      state: account.state,
      customerId: customer.id,
      customerName: customer.name,
      phoneMasked: maskPhone(customer.phone),
      address: point.address,
      gasState: point.gasState,
      // An account that has ended has no meter, whoever is supplied at the place now.
      meterNo: account.state === 'active' ? meterNos(metersInUse(context, point.id)) || null : null,
    },
    obstacles: Object.fromEntries(
      processKinds.map((kind) => [
        kind,
        obstaclesToStart(kind, place, kind === 'closing' && asksForGround(place) ? 'demolished' : null),
      ]),
    ) as Record<ProcessKind, string[]>,
    settlement: settlementOf(context, accountId),
    processes: rows.map((row) => shown(context, row)),
  }
})

function partyOf(context: Context, customerId: string) {
  const { id, name, category, idNumber, phone } = customerById(context, customerId)
  return {
    customerId: id,
    name,
    category,
    idMasked: idNumber === null ? null : maskNationalId(idNumber),
    phoneMasked: maskPhone(phone),
  }
}

function shownRecord(row: StepRecord): ShownRecord {
  const { summary, reasons } = JSON.parse(row.body) as { summary: string; reasons: string[] }
  return {
    no: row.no,
    kind: row.kind as ShownRecord['kind'],
    passed: row.passed === null ? null : row.passed === 1,
    performedOn: row.performedOn as BusinessDate,
    workerId: row.workerId,
    workerName: row.workerName,
    summary,
    reasons,
    at: row.at,
    actorName: row.actorName,
  }
}

const rowOf = (context: Context, process: ProcessRecord): ProcessRow =>
  shown(context, {
    id: process.id,
    processNo: process.processNo,
    kind: process.kind,
    state: process.state,
    accountId: process.accountId,
    accountNo: accountById(context, process.accountId).accountNo,
    customerName: customerById(context, process.customerId).name,
    address: servicePointById(context, process.servicePointId).address,
    holderId: process.holderId,
    holderName: process.holderName,
    startedOn: process.startedOn as BusinessDate,
    endedAt: process.endedAt,
    createdAt: process.createdAt,
  })

/** @throws ProcessNotFound */
export const process = useCase(Process, ({ processId }, context) => {
  const row = processById(context, processId)
  const account = accountById(context, row.accountId)
  const category = categoryOf(context, account)
  const resident = category === 'resident'
  const facts = factsOf(context, row)
  const { gasState } = servicePointById(context, row.servicePointId)
  const meters = row.endedAt === null ? metersInUse(context, row.servicePointId) : []
  const { householdSize, pricePlanId, purpose, appliances, ...volumes } = termsOf(context, row)
  return {
    process: {
      ...rowOf(context, row),
      customerId: row.customerId,
      servicePointId: row.servicePointId,
      applicant: row.applicant,
      applicantPhone: maskPhone(row.applicantPhone),
      reason: row.reason,
      prepayment: row.prepayment,
      newAccountId: row.newAccountId,
      ...{ absence: row.absence, absenceNote: row.absenceNote, absenceApprover: row.absenceApprover },
      ...{ ground: row.ground, groundApprover: row.groundApprover },
      debtKept:
        row.debtPrincipal === null
          ? null
          : { principal: fen(row.debtPrincipal), reason: row.debtReason, approver: row.debtApprover ?? '' },
      newAccountNo: row.newAccountId === null ? null : accountById(context, row.newAccountId).accountNo,
    },
    closingTerms: row.ground === null ? null : closingTermsOf(context, row),
    resident,
    category,
    gasState,
    meters: meters.map((meter) => {
      const { on, index } = lastReading(context, meter.meterId)
      return { ...meter, previousOn: on, previousIndex: index }
    }),
    finalReadings: finalReadingsOf(context, row),
    settlement: settlementOf(context, row.accountId),
    old: partyOf(context, row.customerId),
    holder: row.newCustomerId === null ? null : partyOf(context, row.newCustomerId),
    terms: {
      purpose,
      appliances: appliances.map((one) => ({ ...one })),
      householdSize,
      pricePlanId,
      annualVolume: volumes.annualVolume === null ? null : litre(volumes.annualVolume),
      hourlyVolume: volumes.hourlyVolume === null ? null : litre(volumes.hourlyVolume),
    },
    contracts: row.kind === 'transfer' ? contractsOfApplication(context, row.id) : [],
    checklist: askedItems(context, 'safety-check', resident),
    tightnessDemand: tightnessDemand(context, resident),
    records: recordsOf(context, processId).map(shownRecord),
    obstacles: Object.fromEntries(
      processActions.map((action) => [action, obstaclesNow(context, action, facts)]),
    ) as Record<ProcessAction, Obstacle[]>,
    workers: certifiedStaff(context, 'maintenance').map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name })),
    transferTier: context.settings.get('supply.transferTier'),
  }
})

/** The audit log keeps who saw the number and why, never the number. @throws ProcessNotFound */
export const reveal = useCase(RevealApplicant, ({ processId, reason }, context) => {
  const { processNo, applicantPhone } = processById(context, processId)
  const { value, shown } = numbersShown(applicantPhone, [])
  context.audit({
    subject: `account-process:${processId}`,
    detail: { processNo, what: 'applicantPhone', shown, reason },
  })
  return { value }
})

/** 补气量推定. @throws ProcessNotFound · NoMeter · MeterNotNamed · NotItsMeter */
export const estimateMakeUp = useCase(EstimateMakeUp, ({ processId, stoppedOn, on, ...of }, context) => {
  const { accountId, servicePointId } = processById(context, processId)
  const { meterId } = meterMeant(metersInUse(context, servicePointId), of.meterId)
  return { estimate: stoppedOn > on ? null : makeUpEstimate(context, { accountId, meterId }, stoppedOn, on) }
})
