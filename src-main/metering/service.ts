/** 表具与抄表. Readings wait here until the billing room bills them; billing asks, this room never calls it. */
import { accountById, activeAccount } from '../customers/service.ts'
import { today } from '../ledger/service.ts'
import { useCase } from '../platform/use-case.ts'
import { Buildings, CheckReading, Meters, Readers, Readings, RecordReading, Sheet, VoidReading } from './api.ts'
import { buildingsOf, readersOn, readingsOf, sheetOf } from './lists.ts'
import { meterMeant, metersAt, metersInUse } from './meters.ts'
import {
  estimateOn,
  judge,
  lastReading,
  metersToRead,
  takeReading,
  unreadMeters,
  voidStoredReading,
} from './readings.ts'

export * from './meters.ts'
export { detachMeter, exchangeMeter, MakeUpNeeded, type Exchange, type Exchanged } from './exchange.ts'
export { explainOddUse, oddUseCount, oddUseList as oddUses, reopenOddUses, settleOddUses } from './odd-uses.ts'
export { meterByNo, metersOnFile, removeMeterTakenOver, takeOverMeter, takeOverReading } from './taken-over.ts'
export { countToBill, metersBilled, readingsToBill, readingToBill, waitingOf, type ReadingToBill } from './to-bill.ts'
export {
  correctIndex,
  lastReading,
  makeUpEstimate,
  markReading,
  metersToRead,
  lookedAtAfter,
  ReadingBilled,
  ReadingNotLast,
  ReadingRefused,
  readingAt,
  ReadingToConfirm,
  samePlaceSql,
  takeReading,
  unreadMeters,
  withdrawCorrection,
} from './readings.ts'

/** 表具. @throws AccountNotFound */
export const meters = useCase(Meters, ({ accountId }, context) =>
  metersAt(context, accountById(context, accountId).servicePointId),
)

/** @throws AccountNotFound · NoMeter · MeterNotNamed · NotItsMeter */
export const check = useCase(CheckReading, ({ accountId, meterId, index, ...asked }, context) => {
  const inUse = metersInUse(context, activeAccount(context, accountId).servicePointId)
  const meters = metersToRead(context, accountId, inUse)
  // Before anything is typed it need not be said which: the next one to be read is.
  const first = index === null && inUse.length > 1 ? (meters.find(({ waiting }) => !waiting) ?? meters[0]) : null
  const meter = meterMeant(inUse, meterId ?? first?.meterId ?? null)
  const readOn = asked.readOn ?? today(context)
  const { last, days, consumption, findings } = judge(context, {
    accountId,
    meter,
    readOn,
    index: index ?? lastReading(context, meter.meterId).index,
  })
  return {
    readOn,
    meter,
    meters,
    previousOn: last.on,
    previousIndex: last.index,
    days,
    consumption: index === null ? null : consumption,
    findings,
    estimate: estimateOn(context, accountId, meter, readOn),
  }
})

/** 抄表人 to choose from. */
export const readers = useCase(Readers, ({ on }, context) => readersOn(context, on ?? today(context)))

/**
 * 录入抄表.
 * @throws AccountNotFound · NoMeter · MeterNotNamed · NotItsMeter · CertificateMissing · ReadingRefused · ReadingToConfirm
 */
export const record = useCase(RecordReading, (input, context) => {
  const { accountId, meterId, readOn, index, source, readerId, confirmed } = input
  const inUse = metersInUse(context, activeAccount(context, accountId).servicePointId)
  const meter = meterMeant(inUse, meterId)
  const taken = takeReading(context, { accountId, meter, readOn, index, source, readerId, confirmed })
  context.audit({
    subject: `reading:${taken.readingId}`,
    detail: { accountId, meterNo: meter.meterNo, readOn, index, source, readerId, confirmed },
  })
  context.emit({ event: 'changed', data: { room: 'metering' } })
  const unread = inUse.length > 1 ? unreadMeters(metersToRead(context, accountId, inUse), readOn) : []
  return { ...taken, unread: unread.map(({ meterId: id, meterNo }) => ({ meterId: id, meterNo })) }
})

/** 作废抄表. @throws NotFound · ReadingBilled · ReadingNotLast */
export const voidReading = useCase(VoidReading, ({ readingId, reason }, context) => {
  voidStoredReading(context, readingId, reason)
  context.audit({ subject: `reading:${readingId}`, detail: { reason } })
  context.emit({ event: 'changed', data: { room: 'metering' } })
  return { readingId }
})

/** 抄表记录, newest first. */
export const readings = useCase(Readings, ({ accountId, page }, context) => readingsOf(context, accountId, page))

/** 楼栋. */
export const buildings = useCase(Buildings, ({ community }, context) => buildingsOf(context, community))

/** 抄表册. */
export const sheet = useCase(Sheet, ({ page, ...place }, context) => {
  const readOn = place.readOn ?? today(context)
  return { ...sheetOf(context, { ...place, readOn }, page), readOn }
})
