/**
 * A restore takes the hall back to an earlier moment; gas that was shut off since is shut off all the same (clauses 17(2),
 * 19(3)). What the replaced database had open is written into the copy before it becomes the hall's: gas is held off wherever it
 * was off, and open hazards and orders are listed. Answered in the supply room (supply/carried.ts).
 */
import { v7 } from 'uuid'
import { gradeNames, type Grade } from '../inspections/api.ts'
import { orderKindNames, symptomNames, type OrderKind, type Symptom } from '../workorders/api.ts'
import { gasStateNames, suspensionReasonNames, type GasState, type SuspensionReason } from '../customers/api.ts'
import { noteUnread } from '../platform/breaks.ts'
import type { Sqlite } from '../platform/database.ts'
import type { CarriedKind } from '../supply/api.ts'

interface Matter {
  readonly kind: CarriedKind
  /** As the replaced database knows it; whether the copy does is asked when it is written. */
  readonly pointId: string | null
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
  readonly cause: SuspensionReason | null
  readonly what: string
  readonly sinceAt: number
  /** Of a matter that an earlier restore brought along; '' for the file replaced now. */
  readonly sourceFile: string
}
export interface Safety {
  readonly matters: readonly Matter[]
  /** Moving in was closed, which a restore does not open again. */
  readonly windowClosed: boolean
}
export interface SafetyOrder {
  readonly at: number
  /** Name of the replaced file; '' where there was none. */
  readonly source: string
  readonly by: string
  readonly byName: string
}

interface Whose {
  readonly accountNo: string
  readonly customerName: string
  readonly address: string
}

/** @param restored name of the file that `copy` is of: what an earlier restore brought along from it, it has itself. */
function gather(replaced: Sqlite, copy: Sqlite, restored: string): Matter[] {
  const whose = replaced.prepare(
    `SELECT coalesce(a.account_no, '') AS accountNo, coalesce(c.name, '') AS customerName, p.address FROM service_points p
     LEFT JOIN accounts a ON a.service_point_id = p.id AND a.state = 'active' LEFT JOIN customers c ON c.id = a.customer_id
     WHERE p.id = ?`,
  )
  const of = (pointId: string) => whose.get(pointId) as Whose
  const matters: Matter[] = []
  /** Subjects whose hold is carried: the hazard or order behind it is told with it. */
  const told = new Set<string>()
  const heldPoints = new Set<string>()
  // A backup may know more than an older file that somebody put in place: what it has lifted, closed or given back is so.
  const heldHere = copy.prepare(
    'SELECT 1 FROM supply_holds WHERE service_point_id = ? AND (subject = ? AND lifted_at IS NULL OR id = ?)',
  )
  const holds = replaced
    .prepare(
      `SELECT id, service_point_id AS pointId, subject, cause, note, placed_at AS sinceAt FROM supply_holds
       WHERE lifted_at IS NULL AND subject NOT GLOB 'carried:*' ORDER BY placed_at, id`,
    )
    .all() as { id: string; pointId: string; subject: string; cause: SuspensionReason; note: string; sinceAt: number }[]
  for (const { id, pointId, subject, cause, note, sinceAt } of holds) {
    told.add(subject)
    if (heldHere.get(pointId, subject, id) !== undefined) continue
    heldPoints.add(pointId)
    const what = `${suspensionReasonNames[cause]}：${note}`
    matters.push({ kind: 'hold', pointId, ...of(pointId), cause, what, sinceAt, sourceFile: '' })
  }
  const before = replaced
    .prepare(
      `SELECT kind, service_point_id AS pointId, account_no AS accountNo, customer_name AS customerName, address, cause, what,
         since_at AS sinceAt, source_file AS sourceFile, id FROM carried_matters WHERE settled_at IS NULL ORDER BY carried_at, id`,
    )
    .all() as (Matter & { id: string })[]
  const knownHere = copy.prepare('SELECT 1 FROM carried_matters WHERE id = ? AND settled_at IS NULL')
  for (const { id, ...matter } of before) {
    if (matter.sourceFile === restored || knownHere.get(id) !== undefined) continue
    // Only what has a cause holds gas off when it is put.
    if (matter.pointId !== null && matter.cause !== null) heldPoints.add(matter.pointId)
    matters.push(matter)
  }
  const flowsHere = copy.prepare(
    `SELECT 1 FROM service_points WHERE id = ? AND gas_state = 'supplied' AND updated_at <= ?`,
  )
  const off = replaced
    .prepare(
      `SELECT id, gas_state AS gas, suspended_for AS why, updated_at AS sinceAt FROM service_points
       WHERE gas_state IN ('suspended', 'deactivated', 'dismantled')`,
    )
    .all() as { id: string; gas: GasState; why: SuspensionReason | null; sinceAt: number }[]
  for (const { id, gas, why, sinceAt } of off) {
    if (heldPoints.has(id) || flowsHere.get(id, sinceAt) === undefined) continue
    const what =
      gas === 'suspended' ? `停气待恢复（${why === null ? '' : suspensionReasonNames[why]}）` : gasStateNames[gas]
    matters.push({ kind: 'state', pointId: id, ...of(id), cause: why ?? 'customer', what, sinceAt, sourceFile: '' })
  }
  const hazardHere = copy.prepare(
    `SELECT 1 FROM hazards WHERE id = ? AND (state NOT IN ('closed', 'withdrawn') OR updated_at > ?)`,
  )
  const hazards = replaced
    .prepare(
      `SELECT id, service_point_id AS pointId, hazard_no AS no, grade, text, found_on AS foundOn, updated_at AS changedAt
       FROM hazards WHERE state NOT IN ('closed', 'withdrawn')`,
    )
    .all() as {
    id: string
    pointId: string
    no: string
    grade: Grade
    text: string
    foundOn: string
    changedAt: number
  }[]
  for (const { id, pointId, no, grade, text, foundOn, changedAt } of hazards) {
    if (told.has(`hazard:${id}`) || hazardHere.get(id, changedAt) !== undefined) continue
    const sinceAt = Date.parse(`${foundOn}T00:00:00+08:00`)
    const what = `隐患 ${no}（${gradeNames[grade]}）：${text}`
    matters.push({ kind: 'hazard', pointId, ...of(pointId), cause: null, what, sinceAt, sourceFile: '' })
  }
  const orderHere = copy.prepare(
    `SELECT 1 FROM workorders WHERE id = ? AND (state NOT IN ('answered', 'closed') OR updated_at > ?)`,
  )
  const orders = replaced
    .prepare(
      `SELECT w.id, w.order_no AS no, w.kind, w.symptom, w.caller_name AS caller, w.place, w.description, w.reported_at AS sinceAt,
         w.updated_at AS changedAt, a.service_point_id AS pointId FROM workorders w LEFT JOIN accounts a ON a.id = w.account_id
       WHERE w.kind IN ('repair', 'alarm', 'emergency') AND w.state NOT IN ('answered', 'closed')`,
    )
    .all() as {
    id: string
    no: string
    kind: OrderKind
    symptom: Symptom
    caller: string
    place: string
    description: string
    sinceAt: number
    changedAt: number
    pointId: string | null
  }[]
  for (const { id, no, kind, symptom, caller, place, description, sinceAt, changedAt, pointId } of orders) {
    if (told.has(`workorder:${id}`) || orderHere.get(id, changedAt) !== undefined) continue
    const what = `${orderKindNames[kind]}工单 ${no}（${symptomNames[symptom]}）：${description}`
    const who = pointId === null ? { accountNo: '', customerName: caller, address: place } : of(pointId)
    matters.push({ kind: 'order', pointId, ...who, cause: null, what, sinceAt, sourceFile: '' })
  }
  return matters
}

/** What the replaced database has open and the copy knows nothing of. */
export function safetyOf(replaced: Sqlite, copy: Sqlite, restored: string): Safety {
  const lastAct = replaced.prepare('SELECT act FROM import_window_acts ORDER BY no DESC LIMIT 1').pluck().get()
  return { matters: gather(replaced, copy, restored), windowClosed: lastAct === 'closed' }
}

const notedBy = '恢复备份'

function put(copy: Sqlite, matter: Matter, { at, source }: Pick<SafetyOrder, 'at' | 'source'>): void {
  const id = v7()
  const here =
    matter.pointId === null
      ? undefined
      : (copy
          .prepare('SELECT id, gas_state AS gas, suspended_for AS why FROM service_points WHERE id = ?')
          .get(matter.pointId) as { id: string; gas: GasState; why: SuspensionReason | null } | undefined)
  const held = here !== undefined && matter.cause !== null
  // What was told in lines is one line here: a second person agrees to it by these words.
  const what = matter.what.replace(/\s+/gu, ' ').slice(0, 600).trim()
  copy
    .prepare(
      `INSERT INTO carried_matters (id, kind, service_point_id, account_no, customer_name, address, cause, what, since_at, held,
         source_file, carried_at)
       VALUES (@id, @kind, @point, @accountNo, @customerName, @address, @cause, @what, @sinceAt, @held, @source, @at)`,
    )
    .run({
      ...{ id, at, kind: matter.kind, accountNo: matter.accountNo, customerName: matter.customerName },
      ...{ address: matter.address, cause: matter.cause, what, sinceAt: matter.sinceAt },
      point: here?.id ?? null,
      held: held ? 1 : 0,
      source: matter.sourceFile === '' ? source : matter.sourceFile,
    })
  if (!held) return
  copy
    .prepare(
      `INSERT INTO supply_holds (id, service_point_id, cause, subject, note, placed_at, placed_by) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(v7(), here.id, matter.cause, `carried:${id}`, what, at, notedBy)
  copy.prepare('DELETE FROM supply_awaiting WHERE service_point_id = ?').run(here.id)
  if (here.gas !== 'supplied') return
  copy
    .prepare(
      `UPDATE service_points SET gas_state = 'suspended', suspended_for = ?, version = version + 1, updated_at = ? WHERE id = ?`,
    )
    .run(matter.cause, at, here.id)
  copy
    .prepare(
      `UPDATE customer_index SET standing = 'suspended'
       WHERE account_id IN (SELECT id FROM accounts WHERE service_point_id = ? AND state = 'active')`,
    )
    .run(here.id)
}

/** Writes it all into the copy, inside the caller's transaction. */
export function putSafety(copy: Sqlite, { matters, windowClosed }: Safety, order: SafetyOrder): void {
  for (const matter of matters) put(copy, matter, order)
  if (windowClosed) closeWindow(copy, order)
}

/** Moving in, closed since the backup, stays closed: in the name of whoever restores, or of somebody whom the backup knows. */
function closeWindow(copy: Sqlite, { at, by, byName }: SafetyOrder): void {
  const last = copy.prepare('SELECT no, act FROM import_window_acts ORDER BY no DESC LIMIT 1').get() as
    { no: number; act: string } | undefined
  if (last?.act === 'closed') return
  const may = copy
    .prepare(
      `SELECT s.id FROM staff s, json_each(s.roles) r WHERE s.state <> 'left' AND r.value IN ('hall-manager', 'administrator')
       ORDER BY s.id = ? DESC LIMIT 1`,
    )
    .pluck()
    .get(by) as string | undefined
  if (may === undefined) return
  copy
    .prepare(`INSERT INTO import_window_acts (no, act, at, by, by_name) VALUES (?, 'closed', ?, ?, ?)`)
    .run((last?.no ?? 0) + 1, at, may, `${byName}（${notedBy}时带回）`)
}

/** Nobody could read what was off: the whole hall waits for the manager's list. */
export const putUnread = (copy: Sqlite, { at, source }: Pick<SafetyOrder, 'at' | 'source'>): void =>
  noteUnread(copy, { at, source, what: '换下的数据读不出来，备份以后停过气的户没有带回' })
