/** What the followups room asks of this one: hazards that wait for their callback, good inspections, and whom one would ring up. */
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { gradeNames, itemText, menderNames } from './api.ts'
import { hazardById, hazardRun, hazardStepsOf, inspectorsOf } from './hazard-store.ts'
import { visitById } from './store.ts'

const holder = (of: 'h' | 'v') =>
  `CROSS JOIN accounts a ON a.id = ${of}.account_id CROSS JOIN customers c ON c.id = a.customer_id`

/**
 * Hazards that wait for their callback. Columns as `CallbackSource.waitingSql` names them. The names are looked up by
 * themselves, so that whoever only counts looks up none.
 */
export const waitingCallbacksSql = `SELECT h.id, 'hazard' AS service, h.round, h.passed_at AS since,
    h.hazard_no AS number,
    (SELECT c.name FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = h.account_id) AS customerName,
    (SELECT s.worker_name FROM hazard_steps s WHERE s.hazard_id = h.id AND s.kind = 'reinspect'
       ORDER BY s.no DESC LIMIT 1) AS personName
  FROM hazards h INDEXED BY hazards_callback WHERE h.state = 'passed'`

/** Every time a hazard was re-inspected as good: once in a round. Columns as `CallbackSource.finishedSql` names them. */
export const hazardsFinishedSql = `SELECT s.id AS eventId, 'hazard' AS service, h.id, s.round, s.at,
    h.hazard_no AS number, c.name AS customerName, s.worker_name AS personName, h.round > s.round AS reopened
  FROM hazard_steps s CROSS JOIN hazards h ON h.id = s.hazard_id ${holder('h')}
  WHERE s.kind = 'reinspect' AND s.state = 'passed'`

/**
 * Every 安检合格, by when it was written down: a list that comes in days later would else belong to a period already
 * drawn from. What was voided before `@asOf` never was. Columns as `CallbackSource.finishedSql` names them.
 */
export const inspectionsFinishedSql = `SELECT v.id AS eventId, 'inspection' AS service, v.id, 1 AS round,
    v.entered_at AS at, v.visit_no AS number, c.name AS customerName, v.inspector_name AS personName, 0 AS reopened
  FROM inspection_visits v INDEXED BY inspection_visits_finished ${holder('v')}
  WHERE v.outcome = 'passed' AND (v.voided_at IS NULL OR v.voided_at > @asOf)`

/** Whoever found or re-inspected it. @throws HazardNotFound */
export function hazardInspectors(context: Context, hazardId: string): ReadonlySet<string> {
  return inspectorsOf(context, hazardById(context, hazardId).id)
}

/** @throws HazardNotFound · WrongHazardStep · OwnInspection when the operator may not call back now */
export const checkCallback = (context: Context, hazardId: string): void =>
  void hazardRun.pass(context, 'call-back', hazardId)

function whomToRing(context: Context, accountId: string) {
  const { customerId, servicePointId } = accountById(context, accountId)
  const { name, phone } = customerById(context, customerId)
  return {
    customerName: name,
    phone,
    place: servicePointById(context, servicePointId).address,
    customerId,
    accountId,
  }
}

/** Whom to ring, and about what. @throws HazardNotFound */
export function hazardBrief(context: Context, hazardId: string) {
  const hazard = hazardById(context, hazardId)
  const good = hazardStepsOf(context, hazardId).findLast(({ kind }) => kind === 'reinspect')
  return {
    ...whomToRing(context, hazard.accountId),
    service: 'hazard' as const,
    round: hazard.round,
    number: hazard.hazardNo,
    what: [
      `${gradeNames[hazard.grade]}隐患，${itemText(hazard.item)}`,
      hazard.text,
      `由${menderNames[hazard.mender]}整改`,
      good?.note ?? '',
    ]
      .filter((text) => text !== '')
      .join('；'),
    personName: good?.workerName ?? null,
    since: hazard.passedAt ?? hazard.updatedAt,
  }
}

/** The inspector. @throws VisitNotFound */
export const inspectorOf = (context: Context, visitId: string): ReadonlySet<string> =>
  new Set([visitById(context, visitId).inspectorId])

/** Account of a visit. @throws VisitNotFound */
export const visitAccount = (context: Context, visitId: string): string => visitById(context, visitId).accountId

/** Whom to ring, and about what. @throws VisitNotFound */
export function inspectionBrief(context: Context, visitId: string) {
  const visit = visitById(context, visitId)
  // Voided only after it was drawn; whoever rings is told.
  const voided = visit.voidedAt === null ? '' : `这次录入已撤销：${visit.voidReason ?? ''}`
  return {
    ...whomToRing(context, visit.accountId),
    service: 'inspection' as const,
    round: 1,
    number: visit.visitNo,
    what: [`${visit.visitedOn} 入户安检，合格`, visit.note, voided].filter((text) => text !== '').join('；'),
    personName: visit.inspectorName,
    since: visit.enteredAt,
  }
}
