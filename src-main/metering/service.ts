/** 表具与抄表. Readings wait here until the billing room bills them; billing asks, this room never calls it. */
import { accountById } from '../customers/service.ts'
import { today } from '../ledger/service.ts'
import { useCase } from '../platform/use-case.ts'
import { Buildings, CheckReading, Meters, Readings, RecordReading, Sheet, VoidReading } from './api.ts'
import { buildingsOf, readingsOf, sheetOf } from './lists.ts'
import { meterOfAccount, metersAt } from './meters.ts'
import { estimateOn, judge, lastReading, takeReading, voidStoredReading } from './readings.ts'

export * from './meters.ts'
export { exchangeMeter, MakeUpNeeded, type Exchange, type Exchanged } from './exchange.ts'
export { meterAt, meterByNo, removeMeterTakenOver, takeOverMeter, takeOverReading } from './taken-over.ts'
export {
  correctIndex,
  countToBill,
  lastReading,
  makeUpEstimate,
  markReading,
  ReadingBilled,
  ReadingNotLast,
  ReadingRefused,
  readingAt,
  readingsToBill,
  readingToBill,
  ReadingToConfirm,
  takeReading,
  waitingUpTo,
  type ReadingToBill,
} from './readings.ts'

/** 表具. @throws AccountNotFound */
export const meters = useCase(Meters, ({ accountId }, context) =>
  metersAt(context, accountById(context, accountId).servicePointId),
)

/** @throws AccountNotFound · NoMeter */
export const check = useCase(CheckReading, ({ accountId, index, ...asked }, context) => {
  const meter = meterOfAccount(context, accountId)
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
    previousOn: last.on,
    previousIndex: last.index,
    days,
    consumption: index === null ? null : consumption,
    findings,
    estimate: estimateOn(context, accountId, meter, readOn),
  }
})

/** 录入抄表. @throws AccountNotFound · NoMeter · ReadingRefused · ReadingToConfirm */
export const record = useCase(RecordReading, ({ accountId, readOn, index, source, confirmed }, context) => {
  const meter = meterOfAccount(context, accountId)
  const taken = takeReading(context, { accountId, meter, readOn, index, source, confirmed })
  context.audit({ subject: `reading:${taken.readingId}`, detail: { accountId, readOn, index, confirmed } })
  context.emit({ event: 'changed', data: { room: 'metering' } })
  return taken
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
