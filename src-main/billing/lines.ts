/** The lines of a bill as screens and papers show them: how each was computed, and by which price version. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { describeLine, lineName } from '../tariffs/service.ts'
import type { BillLineView } from './api.ts'

export function linesOf({ sqlite }: Context, billId: string): BillLineView[] {
  return statement<Omit<BillLineView, 'name' | 'text'>>(
    sqlite,
    `SELECT l.line_no AS lineNo, l.version_id AS versionId, v.effective_from AS versionFrom,
       v.document AS versionSource, l.cycle_start AS cycleStart, l.tier, l.season, l.first_day AS firstDay,
       l.last_day AS lastDay, l.from_volume AS fromVolume, l.to_volume AS toVolume, l.volume, l.price, l.amount
     FROM bill_lines l JOIN price_versions v ON v.id = l.version_id WHERE l.bill_id = ? ORDER BY l.line_no`,
  )
    .all(billId)
    .map((row) => {
      const { tier, season, fromVolume: from, toVolume: to, volume, price, amount } = row
      const line = { tier, season, from, to, volume, price, amount }
      return { ...row, name: lineName(line), text: describeLine(line) }
    })
}
