/** What a bill measured, meter by meter, as screens and papers show it. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BilledReading } from './api.ts'

/** By the place of the meter; none for a bill taken over, or of a 退补. */
export function readingsOfBill({ sqlite }: Context, billId: string): BilledReading[] {
  return statement<Omit<BilledReading, 'estimated'> & { readonly estimated: 0 | 1 }>(
    sqlite,
    `SELECT r.id AS readingId, m.meter_no AS meterNo, r.previous_on AS previousOn, r.read_on AS readOn,
       r.previous_index AS previousIndex, r.current_index AS currentIndex, r.consumption, r.make_up AS makeUp,
       r.source = 'estimated' AS estimated
     FROM (SELECT reading_id FROM bills WHERE id = @billId
           UNION ALL SELECT reading_id FROM bill_further_readings WHERE bill_id = @billId) AS of
       JOIN readings r ON r.id = of.reading_id JOIN meters m ON m.id = r.meter_id ORDER BY m.position, r.read_on, r.id`,
  )
    .all({ billId })
    .map((row) => ({ ...row, estimated: row.estimated === 1 }))
}
