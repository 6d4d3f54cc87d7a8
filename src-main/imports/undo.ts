/**
 * 撤销导入: everything it brought goes in one transaction, the money by an opposite entry, and the file may come again. Only
 * while nothing else was done to any of its rows: what refers to them, by whatever room, stands in the way and is listed.
 */
import { consumeApproval } from '../platform/approvals.ts'
import { removeDebtTakenOver } from '../billing/service.ts'
import { adjustBalances, reindexCustomer, removeTakenOver, takeOverCare } from '../customers/service.ts'
import { reverse } from '../ledger/service.ts'
import { removeMeterTakenOver } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { negate, type Fen } from '../platform/money.ts'
import { inTransaction, task, useCase } from '../platform/use-case.ts'
import { removeStaffTakenOver } from '../staff/service.ts'
import { removeHazardTakenOver } from '../supply/service.ts'
import { importTask, maxObstacles, Undo, UndoObstacles, type Obstacle } from './api.ts'
import { askForPause } from './commit.ts'
import { undoTerms } from './rules.ts'
import { alone, importById, ImportMoved, move, UndoRefused, viewOf, type ImportRecord } from './store.ts'

/** Rows of other tables that point at what an import brought, in words; the rest are 其他业务. */
const tableWords: Readonly<Record<string, string>> = {
  account_process_records: '停用、过户等业务',
  account_processes: '停用、过户等业务',
  accounts: '户号',
  allocations: '缴费',
  applications: '报装',
  approval_requests: '批准',
  approvals: '批准',
  attachments: '附件',
  bill_adjustments: '退补',
  bill_further_readings: '账单',
  bill_lines: '账单',
  bill_run_problems: '批量出账',
  bill_several: '账单',
  bills: '账单',
  bill_settlements: '账单缴费',
  campaign_staff: '宣传活动',
  carried_matters: '恢复前的安全事项',
  certificates: '上岗证',
  class_change_plans: '用气性质变更',
  class_changes: '用气性质变更',
  // Who undoes an import may be complained of in one: nobody reads of it here.
  complaint_parties: '服务记录',
  complaint_steps: '服务记录',
  complaints: '服务记录',
  contract_extensions: '合同',
  contracts: '合同',
  credentials: '登录密码',
  customer_events: '档案记录',
  deputies: '代理主任',
  drafts: '草稿',
  drill_participants: '演练',
  dunning_calls: '催缴',
  dunnings: '催缴',
  exams: '考核',
  fee_charges: '收费项目',
  followup_calls: '回访',
  followup_samples: '回访',
  hazard_steps: '隐患',
  hazards: '隐患',
  import_window_acts: '迁入期',
  inspection_rounds: '安检',
  inspection_tasks: '安检',
  inspection_visits: '安检',
  installation_records: '报装',
  interruption_care: '停气通知',
  interruptions: '停气',
  merit_approvals: '奖惩',
  merits: '奖惩',
  meters: '表具',
  odd_uses: '用气异常核实',
  payments: '缴费',
  readings: '抄表',
  register_entries: '台账',
  register_findings: '台账',
  service_points: '用气点',
  service_times: '业务用时',
  sessions: '登录',
  supply_awaiting: '待恢复供气',
  supply_holds: '停气原因',
  supply_resumptions: '恢复供气',
  tier_usage: '累计气量',
  training_people: '培训',
  workorder_steps: '工单',
  workorders: '工单',
}

export const wordOf = (table: string): string | undefined => tableWords[table]

/** What an import brings, by table, and the column of `import_rows` that says which. */
const broughtTables = {
  customers: { column: 'customer_id', only: 'r.made_customer = 1' },
  accounts: { column: 'account_id', only: 'r.made_account = 1' },
  service_points: { column: 'service_point_id', only: 'true' },
  meters: { column: 'meter_id', only: 'true' },
  readings: { column: 'reading_id', only: 'true' },
  bills: { column: 'bill_id', only: 'true' },
  staff: { column: 'staff_id', only: 'true' },
} as const
type BroughtTable = keyof typeof broughtTables
const isBrought = (table: string): table is BroughtTable => table in broughtTables

interface Reference {
  readonly table: string
  readonly column: string
  readonly to: BroughtTable
}

/** Every column of the database that refers to something an import brings, also those of rooms this one has never heard of. */
export function referencesOf({ sqlite }: Pick<Context, 'sqlite'>): Reference[] {
  const rows = sqlite
    .prepare<[], { table: string; column: string; to: string }>(
      `SELECT t.name AS "table", f."from" AS "column", f."table" AS "to"
       FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
       WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, f."from"`,
    )
    .all()
  return rows.flatMap(({ table, column, to }) => (isBrought(to) ? [{ table, column, to }] : []))
}

/** Rows of the same import are no obstacle to each other. */
function isOwn({ table, column }: Pick<Reference, 'table' | 'column'>): string {
  if (table === 'customer_events') return `o.subject = 'import:' || @id`
  if (table === 'supply_holds') return `o.subject = 'taken-over:' || o.service_point_id AND o.lifted_at IS NULL`
  if (table === 'account_aliases') return '1'
  if (table === 'certificates')
    return 'EXISTS (SELECT 1 FROM import_rows x WHERE x.import_id = @id AND x.certificate_id = o.id)'
  if (table === 'tier_usage') {
    return `EXISTS (SELECT 1 FROM import_rows x WHERE x.import_id = @id AND x.account_id = o.account_id
      AND x.cycle_start = o.cycle_start)`
  }
  if (!isBrought(table) || column === 'certificate_id') return '0'
  const { column: own } = broughtTables[table]
  return `EXISTS (SELECT 1 FROM import_rows x WHERE x.import_id = @id AND x.${own} = o.id)`
}

interface Found {
  readonly rowNo: number
  readonly what: string
  readonly count: number
}

function referring({ sqlite }: Context, importId: string, reference: Reference): Found[] {
  const { column, only } = broughtTables[reference.to]
  return statement<Omit<Found, 'what'>>(
    sqlite,
    `SELECT r.row_no AS rowNo, count(*) AS count FROM import_rows r JOIN ${reference.table} o ON o.${reference.column} = r.${column}
     WHERE r.import_id = @id AND ${only} AND NOT (${isOwn(reference)}) GROUP BY r.row_no LIMIT ${maxObstacles + 1}`,
  )
    .all({ id: importId })
    .map((found) => ({ ...found, what: tableWords[reference.table] ?? '其他业务' }))
}

/** Changes that leave no row behind: an edited profile, money moved, special care changed since, work done by new staff. */
const changes: readonly { readonly what: string; readonly sql: string }[] = [
  {
    what: '资料修改',
    sql: `JOIN customers o ON o.id = r.customer_id AND r.made_customer = 1 AND o.version > 1`,
  },
  { what: '资料修改', sql: `JOIN accounts o ON o.id = r.account_id AND r.made_account = 1 AND o.version > 1` },
  { what: '用气点变动', sql: `JOIN service_points o ON o.id = r.service_point_id AND o.version > 1` },
  { what: '表具变动', sql: `JOIN meters o ON o.id = r.meter_id AND o.state <> 'in-use'` },
  {
    what: '账单变动',
    sql: `JOIN bills o ON o.id = r.bill_id AND (o.state <> 'open' OR o.settled > 0 OR o.late_fee_settled > 0)`,
  },
  { what: '抄表变动', sql: `JOIN readings o ON o.id = r.reading_id AND o.state <> 'billed'` },
  {
    what: '后续抄表',
    sql: `JOIN readings mine ON mine.id = r.reading_id
      JOIN readings o ON o.meter_id = mine.meter_id AND o.id <> mine.id AND r.meter_id IS NULL AND o.created_at >= mine.created_at`,
  },
  {
    what: '累计气量变动',
    sql: `JOIN accounts a ON a.id = r.account_id AND r.cycle_start IS NOT NULL
      JOIN readings o ON o.account_id = a.id AND o.source <> 'import' AND o.state = 'billed'`,
  },
  {
    // What another import brought and took back again is nothing.
    what: '账务',
    sql: `JOIN (SELECT account, holder FROM journal_lines
        WHERE account IN ('receivable', 'prepayment') AND entry_id IS NOT (SELECT entry_id FROM imports WHERE id = @id)
          AND holder IN (SELECT account_id FROM import_rows WHERE import_id = @id AND made_account = 1)
        GROUP BY account, holder HAVING sum(debit) <> sum(credit)) o ON o.holder = r.account_id AND r.made_account = 1`,
  },
  {
    what: '余额已动用',
    sql: `JOIN accounts o ON o.id = r.account_id AND r.made_account = 0
      AND (o.prepayment < r.prepayment OR o.arrears < r.arrears)`,
  },
  {
    what: '资料修改',
    sql: `JOIN customer_events mine ON mine.id = r.event_id AND r.care = 1
      JOIN customer_events o ON o.customer_id = r.customer_id AND o.subject = 'customer:' || r.customer_id
        AND o.rowid > mine.rowid`,
  },
  { what: '上岗证收回', sql: `JOIN certificates o ON o.id = r.certificate_id AND o.withdrawn_on IS NOT NULL` },
  { what: '离职', sql: `JOIN staff o ON o.id = r.staff_id AND o.state = 'left'` },
  { what: '演练', sql: `JOIN drill_participants o ON o.account_id = r.account_id AND r.made_account = 1` },
  { what: '操作记录', sql: `JOIN audit_log o ON o.actor_id = r.staff_id` },
  { what: '登录密码', sql: `JOIN credentials o ON o.staff_id = r.staff_id` },
]

/** Whom a row is about; somebody's second certificate is a row of his too. */
const whoIn = ({ sqlite }: Context, importId: string, rowNo: number): { accountNo: string | null; name: string } =>
  statement<{ accountNo: string | null; name: string }>(
    sqlite,
    `SELECT a.account_no AS accountNo, coalesce(c.name, s.name, '') AS name FROM import_rows r
     LEFT JOIN accounts a ON a.id = r.account_id LEFT JOIN customers c ON c.id = r.customer_id
     LEFT JOIN certificates k ON k.id = r.certificate_id LEFT JOIN staff s ON s.id = coalesce(r.staff_id, k.staff_id)
     WHERE r.import_id = ? AND r.row_no = ?`,
  ).get(importId, rowNo) as { accountNo: string | null; name: string }

/** What stands in the way, by row of the file, at most `maxObstacles` and one. */
export function obstaclesTo(context: Context, record: ImportRecord): Obstacle[] {
  const { sqlite } = context
  const found = referencesOf(context).flatMap((reference) => referring(context, record.id, reference))
  for (const { what, sql } of changes) {
    found.push(
      ...statement<Omit<Found, 'what'>>(
        sqlite,
        `SELECT r.row_no AS rowNo, count(*) AS count FROM import_rows r ${sql}
         WHERE r.import_id = @id GROUP BY r.row_no LIMIT ${maxObstacles + 1}`,
      )
        .all({ id: record.id })
        .map((one) => ({ ...one, what })),
    )
  }
  const byRow = new Map<number, Map<string, number>>()
  for (const { rowNo, what, count } of found) {
    const words = byRow.get(rowNo) ?? new Map<string, number>()
    words.set(what, (words.get(what) ?? 0) + count)
    byRow.set(rowNo, words)
  }
  return [...byRow]
    .toSorted(([a], [b]) => a - b)
    .slice(0, maxObstacles + 1)
    .map(([rowNo, words]) => ({
      ...whoIn(context, record.id, rowNo),
      text: [...words].map(([what, count]) => `${what} ${count} 笔`).join('、'),
    }))
}

export const undoObstacles = useCase(UndoObstacles, ({ importId }, context) => {
  const obstacles = obstaclesTo(context, importById(context, importId))
  return { obstacles: obstacles.slice(0, maxObstacles), more: obstacles.length > maxObstacles }
})

interface MadeRow {
  readonly rowNo: number
  readonly customerId: string | null
  readonly accountId: string | null
  readonly madeCustomer: 0 | 1
  readonly madeAccount: 0 | 1
  readonly servicePointId: string | null
  readonly meterId: string | null
  readonly readingId: string | null
  readonly billId: string | null
  readonly eventId: string | null
  readonly staffId: string | null
  readonly certificateId: string | null
  readonly cycleStart: string | null
  readonly prepayment: Fen
  readonly arrears: Fen
  readonly care: 0 | 1
}

/** Rows fetched at once. */
const fetchRows = 500

/** From the last row to the first, so that a customer whom several rows share goes after all of them. */
function* madeRows({ sqlite }: Context, importId: string): Generator<MadeRow> {
  const next = statement<MadeRow>(
    sqlite,
    `SELECT row_no AS rowNo, customer_id AS customerId, account_id AS accountId, made_customer AS madeCustomer,
       made_account AS madeAccount, service_point_id AS servicePointId, meter_id AS meterId, reading_id AS readingId,
       bill_id AS billId, event_id AS eventId, staff_id AS staffId, certificate_id AS certificateId,
       cycle_start AS cycleStart, prepayment, arrears, care
     FROM import_rows WHERE import_id = ? AND row_no < ? ORDER BY row_no DESC LIMIT ?`,
  )
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const rows = next.all(importId, before, fetchRows)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    before = last.rowNo
  }
}

function takeBack(context: Context, row: MadeRow, touched: Set<string>): void {
  const { customerId, accountId, servicePointId, eventId, meterId, readingId, billId, cycleStart } = row
  removeDebtTakenOver(context, { billId, accountId, cycleStart })
  removeMeterTakenOver(context, { meterId, readingId })
  if (row.madeAccount === 0 && accountId !== null && (row.prepayment > 0 || row.arrears > 0)) {
    adjustBalances(context, accountId, { prepayment: negate(row.prepayment), arrears: negate(row.arrears) })
  }
  if (row.care === 1 && customerId !== null) takeOverCare(context, customerId, null)
  if (servicePointId !== null) removeHazardTakenOver(context, servicePointId)
  removeTakenOver(context, {
    eventId,
    servicePointId,
    accountId: row.madeAccount === 1 ? accountId : null,
    customerId: row.madeCustomer === 1 ? customerId : null,
  })
  removeStaffTakenOver(context, row)
  if (customerId === null) return
  if (row.madeCustomer === 1) touched.delete(customerId)
  else if (row.care === 1 || meterId !== null || row.madeAccount === 1) touched.add(customerId)
}

interface Decision {
  readonly reason: string
  readonly approvalId: string
}

function undoAll(
  context: Context,
  record: ImportRecord,
  { reason, approvalId }: Decision,
  moved: (done: number) => void,
): void {
  const { sqlite, clock, actor } = context
  const obstacles = obstaclesTo(context, record)
  const [first] = obstacles
  if (first) {
    const rest =
      obstacles.length > 1 ? `等 ${obstacles.length > maxObstacles ? `${maxObstacles} 多` : obstacles.length} 处` : ''
    throw new UndoRefused(
      `不能撤销：${[first.accountNo, first.name].filter((part) => part).join(' ')} 已有${first.text}${rest}`,
      { details: obstacles.slice(0, maxObstacles) },
    )
  }
  const terms = undoTerms(viewOf(context, record), reason)
  const { approverId } = consumeApproval(context, approvalId, 'import-undo', terms)
  move(context, record, 'undoing')
  if (record.entryId !== null) reverse(context, record.entryId, { reason, approvedBy: approverId })
  const touched = new Set<string>()
  let done = 0
  for (const row of madeRows(context, record.id)) {
    try {
      takeBack(context, row, touched)
    } catch (error) {
      // A table that keeps its rows, of a room no list here has heard of, refuses in the database: said as any obstacle.
      if (!(error as { code?: string }).code?.startsWith('SQLITE_CONSTRAINT')) throw error
      const found = { ...whoIn(context, record.id, row.rowNo), text: '其他业务，数据库不许删除' }
      throw new UndoRefused(
        `不能撤销：${[found.accountNo, found.name].filter((part) => part).join(' ')} 已有${found.text}`,
        {
          details: [found],
        },
      )
    }
    done += 1
    if (done % fetchRows === 0) moved(done)
  }
  for (const customerId of touched) reindexCustomer(context, customerId)
  statement(sqlite, 'DELETE FROM import_rows WHERE import_id = ?').run(record.id)
  statement(sqlite, 'UPDATE imports SET undone_at = ?, undone_by_name = ?, undo_reason = ? WHERE id = ?').run(
    clock.now(),
    actor.name,
    reason,
    record.id,
  )
  move(context, { ...record, state: 'undoing' }, 'undone')
  statement(context.sqlite, 'DELETE FROM import_staged WHERE import_id = ?').run(record.id)
  context.audit({ subject: `import:${record.id}`, detail: { importNo: record.importNo, reason, rows: done } })
  context.emit({ event: 'changed', data: { room: 'imports' } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
}

export const undo = task(Undo, async ({ importId, reason, pauseAgreed, approvalId }, context) => {
  const { sqlite, environment, actor } = context
  const before = importById(context, importId)
  if (before.state === 'undone') return viewOf(context, before)
  if (before.state !== 'done') throw new ImportMoved()
  await alone(sqlite, importId, async () => {
    askForPause(context, before.rows, pauseAgreed)
    const moved = (done: number) =>
      environment.emit({
        event: 'progress',
        data: { task: importTask, done, total: before.rows, text: '正在撤销，其他窗口请稍候' },
      })
    inTransaction(environment, 'imports.undo', actor, (change) =>
      undoAll(change, importById(change, importId), { reason, approvalId }, moved),
    )
  })
  return viewOf(context, importById(context, importId))
})
