/** What the papers of this room say: notices per building and per customer, dunnings; one sheet each, many to one paper. */
import { phonesForPaper } from '../platform/company.ts'
import type { Context } from '../platform/context.ts'
import { businessDate, formatChineseDate, formatInstant, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { fen } from '../platform/money.ts'
import { accountById, customerById, servicePointById } from '../customers/service.ts'
import { today } from '../ledger/service.ts'
import { suspensionReasonNames, type SuspensionReason } from '../customers/api.ts'
import { eq } from 'drizzle-orm'
import { deliveryWayNames, interruptionKindNames, slipsPerPaper, type DunningState } from './api.ts'
import { overdueOf } from './debt.ts'
import { DunningNotFound, ofBatch, type DunningRecord } from './dunning-store.ts'
import { NotFound } from '../platform/errors.ts'
import { buildingsOf } from './interruption-reads.ts'
import { interruptionById, subjectOf, type InterruptionRecord } from './interruption-store.ts'
import { buildingById, isBuilding } from './interruptions.ts'
import { affectedPart, type AffectedPoint, type StoredScope } from './scope.ts'
import { dunnings, supplyResumptions } from './tables.ts'
import { testText } from './resumption.ts'

export interface Sheet {
  readonly number: string
  readonly data: object
}
export interface SheetPaper {
  /** Number of the whole paper. */
  readonly number: string
  readonly sheets: readonly Sheet[]
  /** When what it says came about, where the same interruption may say it anew. */
  readonly since?: number
}

/** The local time of a notice: 2026年11月26日 08:00. */
const noticeTime = (instant: number): string =>
  `${formatChineseDate(shanghaiDate(instant))} ${formatInstant(instant).slice(-5)}`

const quiet = ({ settings }: Context) => `${settings.get('supply.quietFrom')}—${settings.get('supply.quietTo')}`

function noticeOf(context: Context, row: InterruptionRecord) {
  return {
    kind: interruptionKindNames[row.kind],
    reason: row.reason,
    range: row.range,
    from: noticeTime(row.fromAt),
    to: noticeTime(row.toAt),
    resumeBy: noticeTime(row.resumeBy),
    issuedBy: row.issuedBy,
    issuedOn: formatChineseDate(shanghaiDate(row.noticedAt ?? row.createdAt)),
    servicePhone: phonesForPaper(context.settings).service,
    emergencyPhone: phonesForPaper(context.settings).emergency,
    quiet: quiet(context),
  }
}

/** The interruption an id names, alone or by one of its buildings. */
function meant(context: Context, id: string) {
  if (!isBuilding(context, id)) return { interruption: interruptionById(context, id), building: null }
  const { building, interruption } = buildingById(context, id)
  return { interruption, building }
}

const noSheets = () => new NotFound('没有可以打印的内容，请先发出停气通知')

/** What a notice says besides the interruption itself. @throws NotFound when there is nothing of the kind to tell */
type Saying = (context: Context, row: InterruptionRecord) => object

const announced: Saying = (_, row) => {
  if (row.state === 'draft') throw noSheets()
  return {}
}

/** 取消停气通知: why, and when instead. The times of a new plan hold only once it is announced itself. */
const cancelled: Saying = (context, row) => {
  if (row.state !== 'cancelled' || row.noticedAt === null) {
    throw new NotFound('没有发出过停气通知就取消的，不需要取消停气通知')
  }
  const next = row.replacedBy === null ? null : interruptionById(context, row.replacedBy)
  return {
    cancelReason: row.cancelReason,
    noticedOn: formatChineseDate(shanghaiDate(row.noticedAt)),
    issuedBy: row.cancelledBy,
    issuedOn: formatChineseDate(shanghaiDate(row.cancelledAt ?? row.updatedAt)),
    postponed: next && next.state !== 'cancelled' ? { from: noticeTime(next.fromAt), to: noticeTime(next.toAt) } : null,
  }
}

/** 延迟恢复供气通知: until when, and why. */
const delayed: Saying = (_, row) => {
  if (row.delayedTo === null || row.delayedAt === null) throw new NotFound('还没有登记延迟恢复，请先登记新的预计时间')
  return {
    delayReason: row.delayReason,
    delayedTo: noticeTime(row.delayedTo),
    issuedBy: row.delayedBy,
    issuedOn: formatChineseDate(shanghaiDate(row.delayedAt)),
  }
}

type Place = Pick<AffectedPoint, 'street' | 'community' | 'building'>
const samePlace = (one: Place, other: Place): boolean =>
  one.community === other.community && one.building === other.building && one.street === other.street

/**
 * The range as whoever reads it at this door looks for it. A list of accounts is told by the homes in the house: by the
 * first account number nobody knew whether theirs was meant.
 */
function rangeAt(interruption: InterruptionRecord, points: readonly AffectedPoint[], at: Place): string {
  if (interruption.scopeKind !== 'accounts') return interruption.range
  const units = new Map<string, string[]>()
  for (const { unit, room, accountNo } of points.filter((point) => samePlace(point, at)))
    units.set(unit, [...(units.get(unit) ?? []), room === '' ? `户号 ${accountNo}` : `${room}室`])
  const homes = [...units].map(([unit, rooms]) => `${unit === '' ? '' : `${unit}单元 `}${rooms.join('、')}`)
  return homes.length === 0 ? interruption.range : homes.join('；')
}

function doorsOf(context: Context, id: string, saying: Saying): SheetPaper {
  const { interruption, building } = meant(context, id)
  const notice = { ...noticeOf(context, interruption), ...saying(context, interruption) }
  const points = interruption.scopeKind === 'accounts' ? affectedPart(context, interruption, 0, slipsPerPaper) : []
  const sheets = buildingsOf(context, interruption)
    .filter((one) => building === null || one.id === building.id)
    .map((one) => ({
      number: interruption.interruptionNo,
      data: {
        ...notice,
        range: rangeAt(interruption, points, one),
        place: one.place,
        customers: one.customers,
      },
    }))
  if (sheets.length === 0) throw noSheets()
  return { number: interruption.interruptionNo, sheets }
}

const buildingScope = (building: { street: string; community: string; building: string }): StoredScope => ({
  scopeKind: 'building',
  street: '',
  community: building.community,
  building: building.building,
  accountIds: '[]',
})

/** 停气通知 for the doors of an interruption's buildings, or of one of them. @throws InterruptionNotFound · NotFound */
export const doorNotices = (context: Context, id: string): SheetPaper => doorsOf(context, id, announced)
/** 取消停气通知, likewise. @throws InterruptionNotFound · NotFound */
export const cancellationDoors = (context: Context, id: string): SheetPaper => doorsOf(context, id, cancelled)
/** 延迟恢复供气通知, likewise. @throws InterruptionNotFound · NotFound */
export const delayDoors = (context: Context, id: string): SheetPaper =>
  ofDelay(context, id, doorsOf(context, id, delayed))

/** A second delay is another notice than the first. */
const ofDelay = (context: Context, idAndPart: string, paper: SheetPaper): SheetPaper => ({
  ...paper,
  since: meant(context, idAndPart.split('/')[0] ?? '').interruption.delayedAt ?? 0,
})

function slipsOf(context: Context, idAndPart: string, saying: Saying): SheetPaper {
  const [id = '', part = '1'] = idAndPart.split('/')
  const { interruption, building } = meant(context, id)
  const from = (Math.max(1, Number(part) || 1) - 1) * slipsPerPaper
  const scope = building !== null && interruption.scopeKind !== 'accounts' ? buildingScope(building) : interruption
  const here = (point: AffectedPoint) => building === null || samePlace(point, building)
  const notice = { ...noticeOf(context, interruption), ...saying(context, interruption) }
  const sheets = affectedPart(context, scope, from, slipsPerPaper)
    .filter(here)
    .map(({ accountNo, customerName, address }) => ({
      number: interruption.interruptionNo,
      data: { ...notice, accountNo, customerName, address },
    }))
  if (sheets.length === 0) throw noSheets()
  return { number: interruption.interruptionNo, sheets }
}

/**
 * 停气通知 for each customer: of one building, or the part `<id>/<n>` (from 1) of a whole interruption, so many each.
 * @throws InterruptionNotFound · NotFound
 */
export const customerNotices = (context: Context, id: string): SheetPaper => slipsOf(context, id, announced)
/** 取消停气通知, likewise. @throws InterruptionNotFound · NotFound */
export const cancellationSlips = (context: Context, id: string): SheetPaper => slipsOf(context, id, cancelled)
/** 延迟恢复供气通知, likewise. @throws InterruptionNotFound · NotFound */
export const delaySlips = (context: Context, id: string): SheetPaper =>
  ofDelay(context, id, slipsOf(context, id, delayed))

/** 恢复供气通知 for the doors: the interruption is over, and somebody must be at home. */
export function resumptionDoors(context: Context, id: string): SheetPaper {
  const { interruption, building } = meant(context, id)
  const notice = noticeOf(context, interruption)
  const { endedAt } = interruption
  if (endedAt === null) throw new NotFound('停气还没有结束，结束后再打印恢复供气通知')
  const told = { ended: noticeTime(endedAt), issuedOn: formatChineseDate(shanghaiDate(endedAt)) }
  const sheets = buildingsOf(context, interruption)
    .filter((one) => building === null || one.id === building.id)
    .map(({ place }) => ({
      number: interruption.interruptionNo,
      data: { ...notice, ...told, place, hours: context.settings.get('supply.resumeHours') },
    }))
  if (sheets.length === 0) throw noSheets()
  return { number: interruption.interruptionNo, sheets }
}

type Resumption = typeof supplyResumptions.$inferSelect

function resumptionSheet(context: Context, row: Resumption): Sheet {
  const { pressurePa, minutes, dropPa } = row
  const checks = row.checks === null ? [] : (JSON.parse(row.checks) as { text: string; ok: boolean; note: string }[])
  return {
    number: row.noticeNo ?? '',
    data: {
      accountNo: accountById(context, row.accountId).accountNo,
      customerName: customerById(context, row.customerId).name,
      address: servicePointById(context, row.servicePointId).address,
      cause: suspensionReasonNames[row.cause as SuspensionReason],
      at: noticeTime(row.at),
      test: pressurePa === null || minutes === null || dropPa === null ? '' : testText({ pressurePa, minutes, dropPa }),
      testerName: row.testerName ?? '',
      checks: checks.map(({ text }) => text),
      note: row.note,
    },
  }
}

/** 恢复供气通知单 of one resumption, or of all that a building of an interruption got. @throws NotFound */
export function resumptionNotices(context: Context, id: string): SheetPaper {
  if (!isBuilding(context, id)) {
    const row = context.db.select().from(supplyResumptions).where(eq(supplyResumptions.id, id)).get()
    if (!row || row.noticeNo === null) throw new NotFound('这次上门没有恢复供气，没有通知单')
    return { number: row.noticeNo, sheets: [resumptionSheet(context, row)] }
  }
  const { building, interruption } = buildingById(context, id)
  const sheets = context.db
    .select()
    .from(supplyResumptions)
    .where(eq(supplyResumptions.subject, subjectOf(interruption.id)))
    .all()
    .filter(({ outcome }) => outcome === 'resumed')
    .filter(({ servicePointId }) => {
      const point = servicePointById(context, servicePointId)
      return (
        point.community === building.community &&
        point.building === building.building &&
        point.street === building.street
      )
    })
    .slice(0, slipsPerPaper)
    .map((row) => resumptionSheet(context, row))
  if (sheets.length === 0) throw new NotFound('这一栋还没有恢复供气的客户')
  return { number: interruption.interruptionNo, sheets }
}

/** The dunnings an id names: one, or those of a batch that are still to be pressed for. */
function dunningsMeant(context: Context, id: string, states: readonly DunningState[]): DunningRecord[] {
  const one = context.db.select().from(dunnings).where(eq(dunnings.id, id)).get()
  return one ? [one] : ofBatch(context, id, states)
}

function dunningData(context: Context, row: DunningRecord) {
  const debt = overdueOf(context, row.accountId)
  return {
    accountNo: accountById(context, row.accountId).accountNo,
    customerName: customerById(context, row.customerId).name,
    address: servicePointById(context, row.servicePointId).address,
    bills: debt.bills,
    principal: debt.principal,
    lateFee: debt.lateFee,
    owed: debt.owed,
    oldestDueOn: businessDate(row.oldestDueOn),
    overdueDays: debt.overdueDays,
    asOf: today(context) as BusinessDate,
    issuedOn: shanghaiDate(row.issuedAt),
    issuedBy: row.issuedBy,
    dunningDays: row.dunningDays,
    noticeDays: row.noticeDays,
    hours: context.settings.get('supply.resumeHours'),
    delivered: row.deliveredAt === null ? '' : shanghaiDate(row.deliveredAt),
    deliveredWay: row.deliveredWay === null ? '' : deliveryWayNames[row.deliveredWay],
    servicePhone: phonesForPaper(context.settings).service,
  }
}

function dunningPaper(context: Context, id: string, states: readonly DunningState[]): SheetPaper {
  const rows = dunningsMeant(context, id, states)
  // Who has paid meanwhile gets no paper that says they owe.
  const sheets = rows
    .map((row) => ({ number: row.dunningNo, data: dunningData(context, row) }))
    .filter(({ data }) => data.owed > fen(0))
  const [first] = rows
  if (first === undefined) throw new DunningNotFound()
  if (sheets.length === 0) throw new NotFound('欠费已经缴清，不需要再打印')
  return { number: first.dunningNo, sheets }
}

/** 催缴通知单 of one dunning or of a batch. @throws DunningNotFound · NotFound */
export const dunningNotices = (context: Context, id: string): SheetPaper =>
  dunningPaper(context, id, ['issued', 'delivered'])

/** 欠费停气通知 of one dunning, or of all of a batch whose waiting days are over. @throws DunningNotFound · NotFound */
export function suspensionNotices(context: Context, id: string): SheetPaper {
  const now = context.clock.now()
  const ready = dunningsMeant(context, id, ['delivered', 'announced']).filter(
    ({ state, nextAt }) => state === 'announced' || (state === 'delivered' && nextAt <= now),
  )
  if (ready.length === 0) throw new NotFound('催缴期限未满，还不能出停气通知')
  const sheets = ready
    .map((row) => ({ number: row.dunningNo, data: dunningData(context, row) }))
    .filter(({ data }) => data.owed > fen(0))
  if (sheets.length === 0) throw new NotFound('欠费已经缴清，不需要再打印')
  return { number: ready[0]?.dunningNo ?? '', sheets }
}
