/** What the screens of this room list: the readings of an account, and the sheet (抄表册) of a building. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { certifiedStaff } from '../staff/service.ts'
import { maxBuildings, type ReadingView, type SheetRow } from './api.ts'

/** The parts of a cursor this room gave out. @throws InvalidInput for anything else */
function cursorParts(after: string | null, count: number): (string | null)[] {
  if (after === null) return Array.from({ length: count }, () => null)
  let parts: unknown
  try {
    parts = JSON.parse(after)
  } catch {
    throw new InvalidInput('翻页位置无效，请重新打开列表')
  }
  if (!Array.isArray(parts) || parts.length !== count || parts.some((part) => typeof part !== 'string')) {
    throw new InvalidInput('翻页位置无效，请重新打开列表')
  }
  return parts as string[]
}

interface Page {
  readonly after: string | null
  readonly size: number
}

/** Cuts the one row too many that told there is a next page. */
function paged<Row>(rows: Row[], size: number, cursor: (row: Row) => string[]): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > size && last ? JSON.stringify(cursor(last)) : null }
}

/** Readings of an account, newest first. */
export function readingsOf({ sqlite }: Context, accountId: string, { after, size }: Page) {
  const [readOn, readingId] = cursorParts(after, 2)
  const rows = statement<Omit<ReadingView, 'confirmed' | 'last'> & { confirmed: string; last: number }>(
    sqlite,
    `SELECT r.id AS readingId, m.meter_no AS meterNo, r.read_on AS readOn, r.previous_on AS previousOn,
       r.previous_index AS previousIndex, r.current_index AS currentIndex, r.consumption, r.make_up AS makeUp, r.source, s.name AS readerName, r.confirmed, r.state,
       r.void_reason AS voidReason, r.created_at AS createdAt,
       r.id = (SELECT l.id FROM readings l WHERE l.meter_id = r.meter_id AND l.state <> 'void'
               ORDER BY l.read_on DESC, l.id DESC LIMIT 1) AS last
     FROM readings r JOIN meters m ON m.id = r.meter_id LEFT JOIN staff s ON s.id = r.reader_id
     WHERE r.account_id = @accountId AND (r.read_on, r.id) < (coalesce(@readOn, '9999-12-31'), coalesce(@readingId, 'z'))
     ORDER BY r.read_on DESC, r.id DESC LIMIT @limit`,
  )
    .all({ accountId, readOn, readingId, limit: size + 1 })
    .map((row): ReadingView => ({
      ...row,
      confirmed: JSON.parse(row.confirmed) as ReadingView['confirmed'],
      last: row.last === 1,
    }))
  return paged(rows, size, (row) => [row.readOn, row.readingId])
}

/** Who may read on a day, and whom the operator's readings are mostly of. */
export function readersOn(context: Context, on: BusinessDate) {
  const { sqlite, actor } = context
  const readers = certifiedStaff(context, 'meter-reading', on).map(({ id, staffNo, name }) => ({
    staffId: id,
    staffNo,
    name,
  }))
  const last = statement<{ readerId: string }>(
    sqlite,
    `SELECT reader_id AS readerId FROM readings WHERE created_by = ? AND reader_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
  ).get(actor.id)?.readerId
  const may = (id: string | undefined) => readers.some(({ staffId }) => staffId === id)
  const only = readers.length === 1 ? readers[0]?.staffId : undefined
  return { readers, usual: [last, actor.id, only].find(may) ?? null }
}

export const buildingsOf = ({ sqlite }: Context, community: string): { building: string; count: number }[] =>
  statement<{ building: string; count: number }>(
    sqlite,
    `SELECT building, count(*) AS count FROM service_points WHERE community = ?
     GROUP BY building ORDER BY building LIMIT ${maxBuildings}`,
  ).all(community)

type StoredSheetRow = Omit<SheetRow, 'done'> & {
  doneId: string | null
  doneIndex: SheetRow['previousIndex'] | null
  doneConsumption: SheetRow['previousIndex'] | null
}

/**
 * The meters in use of a place, in walking order (building, unit, room); one row for each meter of a household. A row is done when its meter was read on the
 * sheet's day or later; it then shows that reading, and what stood before it.
 */
export function sheetOf(
  { sqlite }: Context,
  place: { community: string; building: string | null; readOn: string },
  { after, size }: Page,
) {
  const [building, unit, room, servicePointId, position] = cursorParts(after, 5)
  const inPlace = place.building === null ? 'p.community = @community' : 'p.community = @community AND p.building = @in'
  const rows = statement<StoredSheetRow>(
    sqlite,
    `SELECT p.id AS servicePointId, a.id AS accountId, m.id AS meterId, a.account_no AS accountNo, c.name AS customerName,
       p.building, p.unit, p.room, p.address, m.meter_no AS meterNo, m.digits, m.position,
       (SELECT count(*) FROM meters n WHERE n.service_point_id = p.id AND n.state = 'in-use') AS meters,
       coalesce(b.read_on, m.installed_on) AS previousOn, coalesce(b.current_index, m.initial_index) AS previousIndex,
       (SELECT o.consumption + (SELECT coalesce(sum(k.current_index - k.previous_index), 0) FROM readings k
          WHERE k.meter_id = m.id AND k.source = 'correction' AND k.state <> 'void'
            AND k.read_on >= o.read_on AND k.read_on < @readOn)
        FROM readings o WHERE o.meter_id = m.id AND o.state <> 'void' AND o.source <> 'correction' AND o.read_on < @readOn
        ORDER BY o.read_on DESC, o.id DESC LIMIT 1) AS previousConsumption,
       d.id AS doneId, d.current_index AS doneIndex, d.consumption AS doneConsumption
     FROM service_points p
       JOIN accounts a ON a.service_point_id = p.id AND a.state = 'active'
       JOIN customers c ON c.id = a.customer_id
       JOIN meters m ON m.service_point_id = p.id AND m.state = 'in-use'
       LEFT JOIN readings b ON b.id = (
         SELECT id FROM readings WHERE meter_id = m.id AND state <> 'void' AND read_on < @readOn
         ORDER BY read_on DESC, id DESC LIMIT 1)
       LEFT JOIN readings d ON d.id = (
         SELECT id FROM readings WHERE meter_id = m.id AND state <> 'void' AND read_on >= @readOn
         ORDER BY read_on DESC, id DESC LIMIT 1)
     WHERE ${inPlace} AND (@building IS NULL OR (p.building, p.unit, p.room, p.id, m.position) > (@building, @unit, @room, @servicePointId, @position))
     ORDER BY p.building, p.unit, p.room, p.id, m.position LIMIT @limit`,
  ).all({
    community: place.community,
    in: place.building,
    readOn: place.readOn,
    building,
    unit,
    room,
    servicePointId,
    position: Number(position ?? 0),
    limit: size + 1,
  })
  const page = paged(rows, size, (row) => [row.building, row.unit, row.room, row.servicePointId, String(row.position)])
  return { ...page, rows: page.rows.map(sheetRow) }
}

function sheetRow({ doneId, doneIndex, doneConsumption, ...row }: StoredSheetRow): SheetRow {
  const done =
    doneId !== null && doneIndex !== null && doneConsumption !== null
      ? { readingId: doneId, index: doneIndex, consumption: doneConsumption }
      : null
  return { ...row, done }
}
