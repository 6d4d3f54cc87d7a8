/**
 * The numbers of the meters in use, as lists and papers show them. The table is the metering room's; customers read a meter's
 * number out more often than their own, so it is looked up here, below that room.
 */

/** Between the numbers of a household with several meters. */
export const meterNoSeparator = '、'

/** SQL: the numbers of the meters in use at a service point, by their place; null without any. @param point SQL of its id */
export const meterNosSql = (point: string): string =>
  `(SELECT group_concat(m.meter_no, '${meterNoSeparator}') FROM meters m INDEXED BY meters_in_use
    WHERE m.service_point_id = ${point} AND m.state = 'in-use')`
