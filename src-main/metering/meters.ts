/**
 * 表具: what is installed where. A service point has one meter in use at each 表位 (一户多表 has several); a removed one keeps
 * its readings.
 */
import { activeAccount, meterNoSeparator, recordEvent, reindexCustomer } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { formatCubicMetres, type Litre } from '../platform/money.ts'
import { maxMetersInUse, meterKindNames, type MeterKind, type MeterView } from './api.ts'
import { registerCapacity } from './rules.ts'

export const NoMeter = domainError('NoMeter', '该户没有在用的表具，请先装表')
export const MeterNotNamed = domainError('MeterNotNamed', '该户有几块在用表，请指明是哪一块')
export const NotItsMeter = domainError('NotItsMeter', '这块表不是该户的在用表具，请刷新后再试')
export const TooManyMeters = domainError('TooManyMeters', '该户的在用表具已达上限')
export const OnlyMeter = domainError('OnlyMeter', '该户只有一块在用表，不能单独拆表；停用、拆除请办理相应业务')
export const MeterNoTaken = domainError('MeterNoTaken', '这个表号已经登记过，请核对表号')
export const MeterInPlace = domainError('MeterInPlace', '该用气点已有在用的表具，请办理换表')
export const IndexNotOnRegister = domainError('IndexNotOnRegister', '底数超出表盘位数，请核对底数和位数')

const meterColumns = `id AS meterId, meter_no AS meterNo, kind, model, digits, position, state, initial_index AS initialIndex,
  installed_on AS installedOn, removed_on AS removedOn`

export interface NewMeter {
  readonly servicePointId: string
  readonly meterNo: string
  readonly kind: MeterKind
  readonly model: string
  /** Whole-m³ digits of the register, 4–9. */
  readonly digits: number
  /** Index at installation, litres. */
  readonly initialIndex: Litre
  readonly installedOn: BusinessDate
}

/** The meters in use at a service point, by their place. */
export const metersInUse = ({ sqlite }: Context, servicePointId: string): MeterView[] =>
  statement<MeterView>(
    sqlite,
    `SELECT ${meterColumns} FROM meters WHERE service_point_id = ? AND state = 'in-use' ORDER BY position`,
  ).all(servicePointId)

/** The numbers of meters as they are read out. */
export const meterNos = (meters: readonly Pick<MeterView, 'meterNo'>[]): string =>
  meters.map(({ meterNo }) => meterNo).join(meterNoSeparator)

/** Every meter a service point ever had, the one in use first, then the latest removed. */
export const metersAt = ({ sqlite }: Context, servicePointId: string): MeterView[] =>
  statement<MeterView>(
    sqlite,
    `SELECT ${meterColumns} FROM meters WHERE service_point_id = ? ORDER BY state, iif(state = 'in-use', position, 0), installed_on DESC, id DESC`,
  ).all(servicePointId)

/**
 * The meter of an account that is meant: the one named, else its only one. An account that has ended has none.
 * @throws AccountNotFound · AccountEnded · NoMeter · MeterNotNamed · NotItsMeter
 */
export function meterOfAccount(context: Context, accountId: string, meterId: string | null = null): MeterView {
  return meterMeant(metersInUse(context, activeAccount(context, accountId).servicePointId), meterId)
}

/** The one of these meters that is meant. @throws NoMeter · MeterNotNamed · NotItsMeter */
export function meterMeant(meters: readonly MeterView[], meterId: string | null): MeterView {
  const [first] = meters
  if (!first) throw new NoMeter()
  if (meterId !== null) {
    const named = meters.find((meter) => meter.meterId === meterId)
    if (!named) throw new NotItsMeter(undefined, { field: 'meterId' })
    return named
  }
  if (meters.length > 1) {
    throw new MeterNotNamed(`该户有 ${meters.length} 块在用表（${meterNos(meters)}），请指明是哪一块`, {
      field: 'meterId',
      details: meters.map((meter) => ({ meterId: meter.meterId, meterNo: meter.meterNo })),
    })
  }
  return first
}

/** The 表位 of a further meter: never one that had a meter before, whose use is another's. */
const nextPosition = ({ sqlite }: Context, servicePointId: string): number =>
  statement<{ next: number }>(
    sqlite,
    'SELECT coalesce(max(position), 0) + 1 AS next FROM meters WHERE service_point_id = ?',
  ).get(servicePointId)?.next ?? 1

/**
 * 加表: a further meter of a service point that has one (一户多表合并计档).
 * @throws NoMeter · TooManyMeters · MeterNoTaken · IndexNotOnRegister
 */
export function addMeter(context: Context, meter: NewMeter): string {
  const { length } = metersInUse(context, meter.servicePointId)
  if (length === 0) throw new NoMeter()
  if (length >= maxMetersInUse) throw new TooManyMeters(`一户最多 ${maxMetersInUse} 块在用表，已达上限`)
  return installMeter(context, meter, nextPosition(context, meter.servicePointId))
}

/**
 * 装表. Tells the customer's file and the search index, where the service point has an account already.
 * @param position 表位; of an exchange that of the old meter
 * @throws MeterInPlace · MeterNoTaken · IndexNotOnRegister
 */
export function installMeter(context: Context, meter: NewMeter, position = 1): string {
  const { sqlite, clock } = context
  const there = metersInUse(context, meter.servicePointId)
  if (there.some((one) => one.position === position)) throw new MeterInPlace()
  if (statement(sqlite, 'SELECT 1 FROM meters WHERE meter_no = ?').get(meter.meterNo)) {
    throw new MeterNoTaken(undefined, { field: 'meterNo' })
  }
  if (meter.initialIndex >= registerCapacity(meter.digits)) {
    throw new IndexNotOnRegister(undefined, { field: 'initialIndex' })
  }
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO meters (id, meter_no, kind, model, digits, service_point_id, position, state, initial_index, installed_on, created_at)
     VALUES (@id, @meterNo, @kind, @model, @digits, @servicePointId, @position, 'in-use', @initialIndex, @installedOn, @createdAt)`,
  ).run({ ...meter, id, position, createdAt: clock.now() })
  const account = statement<{ accountId: string; customerId: string }>(
    sqlite,
    `SELECT id AS accountId, customer_id AS customerId FROM accounts WHERE service_point_id = ? AND state = 'active'`,
  ).get(meter.servicePointId)
  if (account) {
    recordEvent(context, {
      ...account,
      kind: 'meter',
      title: there.length > 0 ? '加表' : '装表',
      detail: `${meterKindNames[meter.kind]} ${meter.meterNo}，底数 ${formatCubicMetres(meter.initialIndex)}`,
      subject: `meter:${id}`,
    })
    reindexCustomer(context, account.customerId)
  }
  return id
}

/** Takes a meter off: it stays on record with its readings. */
export function removeMeter({ sqlite }: Context, meterId: string, on: BusinessDate): void {
  statement(sqlite, `UPDATE meters SET state = 'removed', removed_on = ? WHERE id = ? AND state = 'in-use'`).run(
    on,
    meterId,
  )
}
