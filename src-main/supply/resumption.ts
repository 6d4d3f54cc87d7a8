/** 恢复供气: gas flows again only when nothing holds it off and a certified tester found the installation tight and safe. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiTime } from '../platform/dates.ts'
import { approverAmong, consumeApproval } from '../platform/approvals.ts'
import type { ParsedInputOf } from '../platform/contract.ts'
import { GateNotPassed, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { formatYuan } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, recordEvent, servicePointById, setGasState } from '../customers/service.ts'
import type { CustomerCategory } from '../customers/api.ts'
import { checklistPassed, checklistProblem, type Check, askedItems } from '../installations/service.ts'
import { certificateProblem, certifiedStaff, staffById } from '../staff/service.ts'
import { ResumeBuilding, ResumeSupply, type ResumptionOutcome } from './api.ts'
import { carriedObstacles, carriedText, isCarried } from './carried-holds.ts'
import { overdueOf } from './debt.ts'
import { followAccount, livingDunning, stepDunning } from './dunning-store.ts'
import { holdsOn, type Hold } from './holds.ts'
import { gateNotPassed } from './interruption-store.ts'
import {
  obstaclesBeforeVisit,
  obstaclesToResumption,
  resumeCertificates,
  type ResumptionEvidence,
  type ResumptionObstacle,
  type SuspendedPoint,
} from './rules.ts'
import { supplyResumptions } from './tables.ts'

export interface Holder {
  readonly accountId: string
  readonly customerId: string
  readonly category: CustomerCategory
}

/** Who has the account in use at a service point. */
export const holderOf = ({ sqlite }: Context, servicePointId: string): Holder | null =>
  statement<Holder>(
    sqlite,
    `SELECT a.id AS accountId, a.customer_id AS customerId, c.category
     FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE a.service_point_id = ? AND a.state = 'active'`,
  ).get(servicePointId) ?? null

const owedText = (context: Context, accountId: string): string =>
  `逾期欠费 ${formatYuan(overdueOf(context, accountId).owed)} 元未缴清`

const holdTexts: Readonly<Record<Hold['cause'], (note: string) => string>> = {
  planned: (note) => `停气尚未结束（${note}）`,
  emergency: (note) => `停气尚未结束（${note}）`,
  repair: (note) => `抢修尚未修复（${note}）`,
  hazard: (note) => `隐患未整改复查合格，不得恢复供气（第十九条）：${note}`,
  arrears: (note) => note,
  customer: (note) => `客户要求停气：${note}`,
}

/**
 * What still holds gas off, in words. A hold for arrears counts as long as something overdue is owed: it goes with the
 * payment, whether the program has lifted it yet or not; and it counts again when the payment was reversed.
 */
export function holdsNow(context: Context, servicePointId: string, holder: Holder | null) {
  const dunning = holder === null ? null : livingDunning(context, holder.accountId)
  const owes = dunning !== null && overdueOf(context, dunning.accountId).owed > 0
  const carried = carriedObstacles(context, servicePointId).map((text) => ({
    cause: 'hazard' as const,
    text,
    placedAt: context.clock.now(),
    placedBy: '',
  }))
  const held = holdsOn(context, servicePointId).flatMap((hold) => {
    if (isCarried(hold)) return [{ ...hold, text: carriedText(hold.note) }]
    if (hold.cause !== 'arrears') return [{ ...hold, text: holdTexts[hold.cause](hold.note) }]
    const isPaid = dunning !== null && hold.subject === `dunning:${dunning.id}` && !owes
    if (isPaid) return []
    return [{ ...hold, text: holder === null ? hold.note : owedText(context, holder.accountId) }]
  })
  const standing = [...carried, ...held]
  if (dunning?.state !== 'paid' || !owes) return standing
  const { updatedAt: placedAt } = dunning
  return [
    ...standing,
    { cause: 'arrears' as const, text: owedText(context, dunning.accountId), placedAt, placedBy: '' },
  ]
}

export function pointOf(context: Context, servicePointId: string, holder: Holder | null): SuspendedPoint {
  return {
    suspended: servicePointById(context, servicePointId).gasState === 'suspended',
    resident: holder === null ? null : holder.category === 'resident',
    holds: holdsNow(context, servicePointId, holder),
  }
}

export const quietHours = ({ settings }: Context) => ({
  from: settings.get('supply.quietFrom'),
  to: settings.get('supply.quietTo'),
})

/** Why nobody need go there now; empty when the tester may. */
export const obstaclesNow = (context: Context, servicePointId: string): ResumptionObstacle[] =>
  obstaclesBeforeVisit(
    pointOf(context, servicePointId, holderOf(context, servicePointId)),
    shanghaiTime(context.clock.now()),
    quietHours(context),
  )

/** What a tightness test must show: at least, at least, at most. */
export const demandFor = ({ settings }: Context, resident: boolean) => ({
  pressurePa: settings.get('installations.tightnessPa'),
  minutes: settings.get(resident ? 'installations.tightnessMinutesResident' : 'installations.tightnessMinutesOther'),
  dropPa: settings.get('installations.tightnessDropPa'),
})

/** The certificates that let somebody give gas back here. */
const accepted = ({ settings }: Context) => resumeCertificates[settings.get('supply.resumeCertificates')]

/** Why somebody may not test and give gas back: what the first accepted certificate lacks, where none is good. */
function testerProblem(context: Context, testerId: string): string | null {
  const [first, ...others] = accepted(context).kinds.map((kind) => certificateProblem(context, testerId, kind))
  return first === undefined || others.includes(null) ? null : first
}

/** Everybody who may, each once, in the order of the staff. */
function testersOf(context: Context) {
  const found = accepted(context).kinds.flatMap((kind) => certifiedStaff(context, kind))
  return [...new Map(found.map(({ id, staffNo, name }) => [id, { staffId: id, staffNo, name }])).values()]
}

/** What a form of resumption needs to know. */
export const formFacts = (context: Context) => ({
  testers: testersOf(context),
  certificate: accepted(context).words,
  checklist: {
    resident: askedItems(context, 'safety-check', true),
    other: askedItems(context, 'safety-check', false),
  },
  demand: { resident: demandFor(context, true), other: demandFor(context, false) },
})

interface Tightness {
  readonly pressurePa: number
  readonly minutes: number
  readonly dropPa: number
}
export interface Visit {
  readonly servicePointId: string
  readonly outcome: ResumptionOutcome
  readonly tightness: Tightness | null
  readonly checks: readonly Check[] | null
  readonly note: string
  readonly testerId: string | null
  /** In the quiet hours, with the customer awake. */
  readonly night?: Night | null
}
type Night = NonNullable<ParsedInputOf<typeof ResumeSupply>['night']>

/** What is kept of a resumption at night; empty by day. */
const byDay = { nightConsent: '', nightReason: '', nightApproverId: null, nightApprover: null }

/**
 * Gas back at night where somebody is awake to notice a leak and asked for it: the manager agreed, and did not test it himself.
 * @throws ApprovalRefused · InvalidInput
 */
function atNight(context: Context, { servicePointId, testerId, night }: Visit, { accountId }: Holder) {
  if (!night) return byDay
  const { consent, reason, approvalId } = night
  const { accountNo } = accountById(context, accountId)
  const terms = { servicePointId, account: accountNo, consent, reason }
  const { approverId, approverName } = consumeApproval(context, approvalId, 'night-resumption', terms)
  const own = approverAmong(context, approverId, [testerId])
  if (own !== null) {
    const why = own === 'own' ? '是试验人本人' : '的密码一天内由试验人重置'
    throw new InvalidInput(`${approverName}${why}，不能批准夜间恢复供气，请另一位主任批准`, { field: 'testerId' })
  }
  return { nightConsent: consent, nightReason: reason, nightApproverId: approverId, nightApprover: approverName }
}

export const testText = ({ pressurePa, minutes, dropPa }: Tightness): string =>
  `${pressurePa / 1000} kPa 稳压 ${minutes} 分钟，压降 ${dropPa} Pa`

/** Reasons for which a filled checklist does not pass; null when there is none. */
function safetyFaults(context: Context, checks: readonly Check[] | null, resident: boolean): string[] | null {
  if (checks === null) return null
  const asked = askedItems(context, 'safety-check', resident)
  const problem = checklistProblem(asked, checks)
  if (problem !== null) return [problem]
  return asked.flatMap(({ item, text }) => {
    const failed = checks.find((check) => check.item === item && !check.ok)
    return failed ? [`${text}：${failed.note}`] : []
  })
}

function obstaclesTo(context: Context, visit: Visit, holder: Holder | null): ResumptionObstacle[] {
  const resident = holder?.category === 'resident'
  const evidence: ResumptionEvidence = {
    tightness: visit.tightness,
    safetyFaults: safetyFaults(context, visit.checks, resident),
    testerProblem: visit.testerId === null ? '请选择试验人' : testerProblem(context, visit.testerId),
    awake: Boolean(visit.night),
  }
  return obstaclesToResumption(
    pointOf(context, visit.servicePointId, holder),
    evidence,
    demandFor(context, resident),
    shanghaiTime(context.clock.now()),
    quietHours(context),
  )
}

interface Wait {
  readonly cause: string
  readonly subject: string
}
const waitOf = ({ sqlite }: Context, servicePointId: string): Wait | null =>
  statement<Wait>(sqlite, 'SELECT cause, subject FROM supply_awaiting WHERE service_point_id = ?').get(
    servicePointId,
  ) ?? null

type Written = { readonly obstacles: readonly ResumptionObstacle[] } | typeof supplyResumptions.$inferSelect

/** Records one visit, and gives gas back when that is what it came to. Nothing is written when something is in the way. */
function visitOnce(context: Context, visit: Visit): Written {
  const { servicePointId, outcome, note } = visit
  const holder = holderOf(context, servicePointId)
  // Whoever paid a minute ago is not told that they owe: what their payment lifted is lifted first.
  const followed = holder === null ? null : followAccount(context, holder.accountId)
  const point = servicePointById(context, servicePointId)
  const obstacles =
    outcome === 'resumed' ? obstaclesTo(context, visit, holder) : obstaclesToVisit(context, servicePointId, holder)
  if (obstacles.length > 0 || holder === null) return { obstacles }
  const { clock, actor, db } = context
  const wait = waitOf(context, servicePointId)
  const tester = visit.testerId === null ? null : staffById(context, visit.testerId)
  const quiet =
    outcome === 'resumed' &&
    obstaclesBeforeVisit(pointOf(context, servicePointId, holder), shanghaiTime(clock.now()), quietHours(context)).some(
      ({ code }) => code === 'QuietHours',
    )
  const texts = new Map(
    askedItems(context, 'safety-check', holder.category === 'resident').map(({ item, text }) => [item, text]),
  )
  const row: typeof supplyResumptions.$inferSelect = {
    id: newId(clock),
    servicePointId,
    accountId: holder.accountId,
    customerId: holder.customerId,
    outcome,
    noticeNo: outcome === 'resumed' ? nextNumber(context, 'resumption') : null,
    pointVersion: point.version,
    cause: wait?.cause ?? point.suspendedFor ?? '',
    subject: wait?.subject ?? `service_point:${servicePointId}`,
    pressurePa: visit.tightness?.pressurePa ?? null,
    minutes: visit.tightness?.minutes ?? null,
    dropPa: visit.tightness?.dropPa ?? null,
    testerId: tester?.id ?? null,
    testerName: tester?.name ?? null,
    // The wording is kept with the answers: the checklist may be worded anew later.
    checks:
      visit.checks && JSON.stringify(visit.checks.map((check) => ({ ...check, text: texts.get(check.item) ?? '' }))),
    safe: visit.checks !== null && visit.checks.length > 0 && checklistPassed(visit.checks) ? 1 : 0,
    note,
    // By day nobody's word is needed: an approval that came too late in the morning is not used up.
    ...(quiet ? atNight(context, visit, holder) : byDay),
    at: clock.now(),
    actorId: actor.id,
    actorName: actor.name,
  }
  db.insert(supplyResumptions).values(row).run()
  if (outcome === 'resumed') {
    setGasState(context, servicePointId, 'supplied', null)
    if (followed?.state === 'paid') stepDunning(context, followed, 'resume', { title: '欠费停气恢复供气' })
  } else countTry(context, row)
  tellCustomerFile(context, row)
  return row
}

/** A visit that came to nothing may be written down whenever gas is off. */
function obstaclesToVisit(context: Context, servicePointId: string, holder: Holder | null): ResumptionObstacle[] {
  const { suspended, resident } = pointOf(context, servicePointId, holder)
  return obstaclesBeforeVisit({ suspended, resident, holds: [] }, { hour: 12, minute: 0 }, { from: '', to: '' })
}

function countTry({ sqlite }: Context, row: typeof supplyResumptions.$inferSelect): void {
  statement(
    sqlite,
    `UPDATE supply_awaiting SET tries = tries + 1, last_outcome = ?, last_note = ?, last_at = ?
     WHERE service_point_id = ?`,
  ).run(row.outcome, row.note, row.at, row.servicePointId)
}

function tellCustomerFile(context: Context, row: typeof supplyResumptions.$inferSelect): void {
  const { pressurePa, minutes, dropPa } = row
  const test =
    pressurePa === null || minutes === null || dropPa === null ? '' : testText({ pressurePa, minutes, dropPa })
  const night =
    row.nightApprover === null
      ? ''
      : `夜间恢复：${row.nightConsent}在家并同意，${row.nightReason}（${row.nightApprover}批准）`
  const titles = { resumed: '恢复供气', failed: '恢复供气检查不合格', 'nobody-home': '恢复供气上门，家中无人' }
  recordEvent(context, {
    customerId: row.customerId,
    accountId: row.accountId,
    kind: 'supply',
    title: titles[row.outcome],
    detail: [row.noticeNo ?? '', test, row.testerName ?? '', night, row.note].filter((text) => text !== '').join('；'),
    subject: `resumption:${row.id}`,
  })
}

/** @throws ServicePointNotFound · GateNotPassed with every obstacle */
export const resumeSupply = useCase(ResumeSupply, ({ requestId: _, ...visit }, context) => {
  const written = visitOnce(context, visit)
  if ('obstacles' in written) {
    throw written.obstacles.length > 0 ? gateNotPassed(written.obstacles) : new GateNotPassed('没有在用的户号')
  }
  const { id, outcome, noticeNo, at, servicePointId, nightReason } = written
  context.audit({
    subject: `service_point:${servicePointId}`,
    detail: { outcome, noticeNo, resumptionId: id, ...(nightReason === '' ? {} : { reason: nightReason }) },
  })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return { resumptionId: id, outcome, noticeNo, resumedAt: outcome === 'resumed' ? at : null }
})

/** @throws ServicePointNotFound; what stands in the way of a household is said beside it, the others are done */
export const resumeBuilding = useCase(ResumeBuilding, ({ testerId, rows }, context) => {
  const done = rows.map((row) => {
    const written = visitOnce(context, { ...row, testerId: row.outcome === 'nobody-home' ? null : testerId })
    const refused = 'obstacles' in written
    return {
      servicePointId: row.servicePointId,
      outcome: refused ? null : written.outcome,
      noticeNo: refused ? null : written.noticeNo,
      obstacles: refused ? written.obstacles.map(({ text }) => text) : [],
    }
  })
  const count = (outcome: ResumptionOutcome | null) => done.filter((row) => row.outcome === outcome).length
  context.audit({
    detail: {
      resumed: count('resumed'),
      failed: count('failed'),
      nobodyHome: count('nobody-home'),
      refused: count(null),
    },
  })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return { rows: done }
})
