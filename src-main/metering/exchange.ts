/**
 * 换表: the old meter's last reading, 补气量 where it had stopped, the new meter; 拆表 of one of several meters. The tier total
 * goes on, because it belongs to the account. Billing the last gas is the caller's next step.
 */
import { activeAccount, recordEvent, reindexCustomer } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { formatCubicMetres, litre, type Litre } from '../platform/money.ts'
import type { MeterKind, MeterView } from './api.ts'
import { installMeter, meterMeant, meterOfAccount, metersInUse, OnlyMeter, removeMeter } from './meters.ts'
import { judge, lastReading, makeUpEstimate, readingAt, takeReading } from './readings.ts'
import type { FindingKind } from './rules.ts'

export const MakeUpNeeded = domainError('MakeUpNeeded', '没有可以推定的抄表记录，请与客户商定补气量后填写')

export interface Exchange {
  readonly accountId: string
  /** The meter that goes; null for the account's only one. */
  readonly meterId: string | null
  readonly exchangedOn: BusinessDate
  /** Last index of the old meter, litres. */
  readonly finalIndex: Litre
  /** Who read it. */
  readonly readerId: string
  readonly confirmed: readonly FindingKind[]
  /** Day since when the old meter had stopped; null for one that ran to the end. */
  readonly stoppedOn: BusinessDate | null
  /** Litres agreed on where no estimate can be made. */
  readonly agreedMakeUp: Litre | null
  readonly meterNo: string
  readonly kind: MeterKind
  readonly model: string
  readonly digits: number
  readonly initialIndex: Litre
  readonly reason: string
}

export interface Exchanged {
  readonly oldMeterId: string
  readonly oldMeterNo: string
  readonly meterId: string
  readonly previousOn: BusinessDate
  readonly previousIndex: Litre
  /** The old meter's last reading: taken now, or the account's own that says the same already. */
  readonly readingId: string
  /** Litres the old meter showed since, and 补气量 on top. */
  readonly measured: Litre
  readonly makeUp: Litre
}

/** 补气量 of an exchange, litres. @throws InvalidInput · MakeUpNeeded */
function makeUpOf(context: Context, { meterId, installedOn }: MeterView, exchange: Exchange): Litre {
  const { accountId, stoppedOn, exchangedOn, agreedMakeUp } = exchange
  if (stoppedOn === null) return litre(0)
  if (stoppedOn > exchangedOn) throw new InvalidInput('停走日期不能晚于换表日期', { field: 'stoppedOn' })
  if (stoppedOn < installedOn)
    throw new InvalidInput(`停走日期不能早于旧表安装日期 ${installedOn}`, { field: 'stoppedOn' })
  const makeUp = makeUpEstimate(context, { accountId, meterId }, stoppedOn, exchangedOn) ?? agreedMakeUp
  if (makeUp === null) throw new MakeUpNeeded(undefined, { field: 'agreedMakeUp' })
  return makeUp
}

/**
 * Takes the old meter out and puts the new one in.
 * @throws AccountNotFound · AccountEnded · NoMeter · MeterNotNamed · NotItsMeter · CertificateMissing · ReadingRefused · ReadingToConfirm ·
 *   MeterNoTaken · IndexNotOnRegister · InvalidInput · MakeUpNeeded
 */
export function exchangeMeter(context: Context, exchange: Exchange): Exchanged {
  const { accountId, exchangedOn, meterNo, reason } = exchange
  const account = activeAccount(context, accountId)
  const old = meterOfAccount(context, accountId, exchange.meterId)
  const makeUp = makeUpOf(context, old, exchange)
  const { readingId, previous, measured } = takeOff(context, old, { ...exchange, on: exchangedOn, makeUp })
  const { kind, model, digits, initialIndex } = exchange
  const { servicePointId } = account
  const meterId = installMeter(
    context,
    { servicePointId, meterNo, kind, model, digits, initialIndex, installedOn: exchangedOn },
    old.position,
  )
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'meter',
    title: '换表',
    detail: [
      `${old.meterNo} → ${meterNo}；原因：${reason}`,
      ...(makeUp > 0 ? [`补气量 ${formatCubicMetres(makeUp)} m³`] : []),
    ].join('；'),
    subject: `meter:${meterId}`,
  })
  context.emit({ event: 'changed', data: { room: 'metering' } })
  return {
    oldMeterId: old.meterId,
    oldMeterNo: old.meterNo,
    meterId,
    previousOn: previous.on,
    previousIndex: previous.index,
    readingId,
    measured,
    makeUp,
  }
}

/** The last reading of a meter, taken now or standing already, and the meter off. */
function takeOff(
  context: Context,
  meter: MeterView,
  {
    accountId,
    on,
    finalIndex,
    readerId,
    confirmed,
    makeUp,
  }: Pick<Exchange, 'accountId' | 'finalIndex' | 'readerId' | 'confirmed'> & {
    readonly on: BusinessDate
    readonly makeUp: Litre
  },
) {
  const previous = lastReading(context, meter.meterId)
  const reading = { accountId, meter, readOn: on, index: finalIndex }
  const { consumption } = judge(context, reading)
  const known = makeUp === 0 ? readingAt(context, reading) : null
  const { readingId } = known ?? takeReading(context, { ...reading, source: 'visit', readerId, confirmed, makeUp })
  removeMeter(context, meter.meterId, on)
  return { readingId, previous, measured: consumption ?? litre(0) }
}

export interface Detachment {
  readonly accountId: string
  readonly meterId: string
  readonly detachedOn: BusinessDate
  /** Last index, litres, and who read it. */
  readonly finalIndex: Litre
  readonly readerId: string
  readonly confirmed: readonly FindingKind[]
  readonly reason: string
}

/**
 * 拆表 of one of several meters: its last reading, and the meter off; the account goes on with the others. Billing the last
 * gas is the caller's next step.
 * @throws AccountNotFound · AccountEnded · NoMeter · NotItsMeter · OnlyMeter · CertificateMissing · ReadingRefused · ReadingToConfirm
 */
export function detachMeter(context: Context, detachment: Detachment) {
  const { accountId, meterId, detachedOn, finalIndex, reason } = detachment
  const account = activeAccount(context, accountId)
  const meters = metersInUse(context, account.servicePointId)
  const meter = meterMeant(meters, meterId)
  if (meters.length === 1) throw new OnlyMeter()
  const taken = takeOff(context, meter, { ...detachment, on: detachedOn, makeUp: litre(0) })
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'meter',
    title: '拆表',
    detail: `${meter.meterNo} 止数 ${formatCubicMetres(finalIndex)}；原因：${reason}`,
    subject: `meter:${meterId}`,
  })
  reindexCustomer(context, account.customerId)
  context.emit({ event: 'changed', data: { room: 'metering' } })
  return { ...taken, meter }
}
