/** 表具: what is installed where. One meter in use per service point; a removed one keeps its readings. */
import { activeAccount, recordEvent, reindexCustomer } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { formatCubicMetres, type Litre } from '../platform/money.ts'
import { meterKindNames, type MeterKind, type MeterView } from './api.ts'
import { registerCapacity } from './rules.ts'

export const NoMeter = domainError('NoMeter', '该户没有在用的表具，请先装表')
export const MeterNoTaken = domainError('MeterNoTaken', '这个表号已经登记过，请核对表号')
export const MeterInPlace = domainError('MeterInPlace', '该用气点已有在用的表具，请办理换表')
export const IndexNotOnRegister = domainError('IndexNotOnRegister', '底数超出表盘位数，请核对底数和位数')

const meterColumns = `id AS meterId, meter_no AS meterNo, kind, model, digits, state, initial_index AS initialIndex,
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

/** The meter in use at a service point, or null. */
export const meterInUse = ({ sqlite }: Context, servicePointId: string): MeterView | null =>
  statement<MeterView>(
    sqlite,
    `SELECT ${meterColumns} FROM meters WHERE service_point_id = ? AND state = 'in-use'`,
  ).get(servicePointId) ?? null

/** Every meter a service point ever had, the one in use first, then the latest removed. */
export const metersAt = ({ sqlite }: Context, servicePointId: string): MeterView[] =>
  statement<MeterView>(
    sqlite,
    `SELECT ${meterColumns} FROM meters WHERE service_point_id = ? ORDER BY state, installed_on DESC, id DESC`,
  ).all(servicePointId)

/** The meter an account is read by; an account that has ended has none. @throws AccountNotFound · AccountEnded · NoMeter */
export function meterOfAccount(context: Context, accountId: string): MeterView {
  const meter = meterInUse(context, activeAccount(context, accountId).servicePointId)
  if (!meter) throw new NoMeter()
  return meter
}

/**
 * 装表. Tells the customer's file and the search index, where the service point has an account already.
 * @throws MeterInPlace · MeterNoTaken · IndexNotOnRegister
 */
export function installMeter(context: Context, meter: NewMeter): string {
  const { sqlite, clock } = context
  if (meterInUse(context, meter.servicePointId)) throw new MeterInPlace()
  if (statement(sqlite, 'SELECT 1 FROM meters WHERE meter_no = ?').get(meter.meterNo)) {
    throw new MeterNoTaken(undefined, { field: 'meterNo' })
  }
  if (meter.initialIndex >= registerCapacity(meter.digits)) {
    throw new IndexNotOnRegister(undefined, { field: 'initialIndex' })
  }
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO meters (id, meter_no, kind, model, digits, service_point_id, state, initial_index, installed_on, created_at)
     VALUES (@id, @meterNo, @kind, @model, @digits, @servicePointId, 'in-use', @initialIndex, @installedOn, @createdAt)`,
  ).run({ ...meter, id, createdAt: clock.now() })
  const account = statement<{ accountId: string; customerId: string }>(
    sqlite,
    `SELECT id AS accountId, customer_id AS customerId FROM accounts WHERE service_point_id = ? AND state = 'active'`,
  ).get(meter.servicePointId)
  if (account) {
    recordEvent(context, {
      ...account,
      kind: 'meter',
      title: '装表',
      detail: `${meterKindNames[meter.kind]} ${meter.meterNo}，底数 ${formatCubicMetres(meter.initialIndex)}`,
      subject: `meter:${id}`,
    })
    reindexCustomer(context, account.customerId)
  }
  return id
}

/** 拆表: the meter stays on record with its readings. */
export function removeMeter({ sqlite }: Context, meterId: string, on: BusinessDate): void {
  statement(sqlite, `UPDATE meters SET state = 'removed', removed_on = ? WHERE id = ? AND state = 'in-use'`).run(
    on,
    meterId,
  )
}
