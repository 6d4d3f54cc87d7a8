/** Meters and opening readings as the system before had them. The importing room tells timeline and search. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import type { Litre } from '../platform/money.ts'
import type { NewMeter } from './meters.ts'

/** @returns meter id. The caller has looked that the number is free; where the place has a meter, it is a further one. */
export function takeOverMeter({ sqlite, clock }: Context, meter: NewMeter): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO meters (id, meter_no, kind, model, digits, service_point_id, position, state, initial_index, installed_on, created_at)
     VALUES (@id, @meterNo, @kind, @model, @digits, @servicePointId,
       (SELECT coalesce(max(position), 0) + 1 FROM meters WHERE service_point_id = @servicePointId),
       'in-use', @initialIndex, @installedOn, @now)`,
  ).run({ ...meter, id, now: clock.now() })
  return id
}

/**
 * The index from which this system counts. It covers no gas of its own: what was used before was billed before, and would
 * spoil estimates, which ask for readings that cover days. @returns reading id
 */
export function takeOverReading(
  { sqlite, clock, actor }: Context,
  {
    meterId,
    accountId,
    readOn,
    index,
    readerId,
  }: {
    meterId: string
    accountId: string
    readOn: BusinessDate
    index: Litre
    /** Who read it; may be null only before the hall's counter opened first. */
    readerId: string | null
  },
): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO readings (id, meter_id, account_id, read_on, previous_on, previous_index, current_index, consumption,
       source, reader_id, state, created_at, created_by)
     VALUES (@id, @meterId, @accountId, @readOn, @readOn, @index, @index, 0, 'import', @readerId, 'billed', @now, @by)`,
  ).run({ id, meterId, accountId, readOn, index, readerId, now: clock.now(), by: actor.id })
  return id
}

export interface MeterFound {
  readonly meterId: string
  readonly meterNo: string
  readonly servicePointId: string
  readonly state: 'in-use' | 'removed'
  readonly digits: number
  readonly installedOn: BusinessDate
  /** Whether it was read already. */
  readonly read: 0 | 1
}

const columns = `SELECT m.id AS meterId, m.meter_no AS meterNo, m.service_point_id AS servicePointId, m.state, m.digits,
  m.installed_on AS installedOn, EXISTS (SELECT 1 FROM readings r WHERE r.meter_id = m.id AND r.state <> 'void') AS read`

/** The meter with this number, also a removed one. */
export const meterByNo = ({ sqlite }: Context, meterNo: string): MeterFound | null =>
  statement<MeterFound>(sqlite, `${columns} FROM meters m WHERE m.meter_no = ?`).get(meterNo) ?? null

/** The meters in use at a service point, by their place. */
export const metersOnFile = ({ sqlite }: Context, servicePointId: string): MeterFound[] =>
  statement<MeterFound>(
    sqlite,
    `${columns} FROM meters m WHERE m.service_point_id = ? AND m.state = 'in-use' ORDER BY m.position`,
  ).all(servicePointId)

/** Takes back what an import brought. */
export function removeMeterTakenOver(
  { sqlite }: Context,
  { meterId, readingId }: { meterId: string | null; readingId: string | null },
): void {
  if (readingId !== null) statement(sqlite, 'DELETE FROM readings WHERE id = ?').run(readingId)
  if (meterId !== null) statement(sqlite, 'DELETE FROM meters WHERE id = ?').run(meterId)
}
