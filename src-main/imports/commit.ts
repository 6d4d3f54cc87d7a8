/**
 * 正式导入: every row comes into the books in one transaction, with one balanced opening entry for all the money, or none does.
 * While it lasts nothing else is answered, so a long one is asked for a second time while the counter is open.
 */
import { counterIsOpen, currentDay, post, type LedgerLine } from '../ledger/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import type { ParsedInputOf } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { DomainError } from '../platform/errors.ts'
import { formatYuan, sum, type Fen } from '../platform/money.ts'
import { inTransaction, task, type TaskContext } from '../platform/use-case.ts'
import { Commit, importTask, noticeablePause, pauseSeconds, type Brought } from './api.ts'
import { refuseImportedFile } from './begin.ts'
import { booksFor } from './check.ts'
import { conflictsOf } from './conflicts.ts'
import { finish, sweepSoon } from './finish.ts'
import type { ImportRow } from './rows.ts'
import {
  alone,
  columnNames,
  CounterOpen,
  ImportHasMistakes,
  importById,
  ImportStale,
  move,
  SuppliedNotAgreed,
  viewOf,
  type ImportRecord,
} from './store.ts'
import { windowIsOpen } from './window.ts'
import { RowStale, writeRow, type Made, type Writing } from './write.ts'

/** Rows fetched at once while they are written; all of them would not fit. */
const fetchRows = 500

/** @throws CounterOpen when others would have to wait and nobody has agreed to it */
export function askForPause(context: Context, rows: number, agreed: boolean): void {
  const seconds = pauseSeconds(rows)
  if (agreed || seconds < noticeablePause || !counterIsOpen(context)) return
  throw new CounterOpen(`柜台正在营业，约 ${seconds} 秒内其他窗口须等待，请确认后再办理`, { details: { seconds } })
}

const rowColumns = [
  'customerId',
  'accountId',
  'madeCustomer',
  'madeAccount',
  'servicePointId',
  'meterId',
  'readingId',
  'billId',
  'eventId',
  'staffId',
  'certificateId',
  'cycleStart',
  'prepayment',
  'arrears',
  'care',
] as const satisfies readonly (keyof Made)[]
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const insertRow = `INSERT INTO import_rows (import_id, row_no, ${rowColumns.map(snake).join(', ')})
  VALUES (@importId, @rowNo, ${rowColumns.map((column) => `@${column}`).join(', ')})`
const nothing: Record<(typeof rowColumns)[number], null | 0> = {
  customerId: null,
  accountId: null,
  madeCustomer: 0,
  madeAccount: 0,
  servicePointId: null,
  meterId: null,
  readingId: null,
  billId: null,
  eventId: null,
  staffId: null,
  certificateId: null,
  cycleStart: null,
  prepayment: 0,
  arrears: 0,
  care: 0,
}

function* stagedRows({ sqlite }: Context, importId: string): Generator<{ rowNo: number; parsed: string | null }> {
  // Rows with mistakes are left out by decision, totals always; duplicates are found after their rows were read.
  const next = statement<{ rowNo: number; parsed: string | null }>(
    sqlite,
    `SELECT row_no AS rowNo, parsed FROM import_staged s WHERE import_id = ? AND row_no > ? AND NOT EXISTS (
       SELECT 1 FROM import_problems p WHERE p.import_id = s.import_id AND p.row_no = s.row_no AND (p.level = 'bad' OR p.field = ''))
     ORDER BY row_no LIMIT ?`,
  )
  let after = 0
  for (;;) {
    const rows = next.all(importId, after, fetchRows)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.rowNo
  }
}

/** @throws ImportStale naming the row that no longer fits */
function writeOne(writing: Writing, record: ImportRecord, rowNo: number, row: ImportRow): Made {
  const { context, books } = writing
  const stale = (why: string) =>
    new ImportStale(`检查之后有数据变动：第 ${rowNo} 行${why}。没有写入任何数据，请按 Ctrl+R 重新检查`)
  const met = conflictsOf(context, books, row).find(
    ({ level, field }) => level === 'bad' && !ownStaff(writing, row, field),
  )
  if (met) throw stale(`“${columnNames(record)[met.field] ?? met.field}”${met.reason}`)
  try {
    return writeRow(writing, row)
  } catch (error) {
    // Anything but a named refusal is a fault of the program and says so.
    if (error instanceof RowStale) throw stale('与现有数据不符')
    if (error instanceof DomainError) throw stale(error.message)
    throw error
  }
}

/** Somebody with several certificates has a row for each; from the second on they are on the staff already, by this import. */
const ownStaff = ({ staff }: Writing, row: ImportRow, field: string): boolean =>
  row.kind === 'staff' && field === 'staffNo' && staff.has(row.staffNo)

function bringIn(context: Context, record: ImportRecord, moved: (done: number) => void): void {
  const { sqlite, clock, actor } = context
  const writing: Writing = {
    context,
    books: booksFor(context, record),
    importId: record.id,
    day: currentDay(context),
    customers: new Map(),
    staff: new Map(),
  }
  const insert = statement(sqlite, insertRow)
  let done = 0
  for (const { rowNo, parsed } of stagedRows(context, record.id)) {
    if (parsed === null) throw new ImportHasMistakes()
    const made = writeOne(writing, record, rowNo, JSON.parse(parsed) as ImportRow)
    insert.run({ ...nothing, ...made, importId: record.id, rowNo })
    done += 1
    if (done % fetchRows === 0) moved(done)
  }
  const brought = broughtBy(context, record.id)
  const entryId = bookOpening(context, record, brought)
  statement(
    sqlite,
    'UPDATE imports SET brought = ?, entry_id = ?, committed_at = ?, committed_by = ?, committed_by_name = ? WHERE id = ?',
  ).run(JSON.stringify(brought), entryId, clock.now(), actor.id, actor.name, record.id)
  move(context, record, 'indexing')
  sweepSoon(context)
  const { importNo, kind, source, fileName, hash, rows, mapping } = record
  context.audit({
    subject: `import:${record.id}`,
    detail: { importNo, kind, source, fileName, hash, rows, leftOut: record.bad, mapping, brought },
  })
  context.emit({ event: 'changed', data: { room: 'imports' } })
}

function broughtBy({ sqlite }: Context, importId: string): Brought {
  const has = (column: string) => `count(${column})`
  return statement<Brought>(
    sqlite,
    `SELECT sum(made_customer) AS customers, coalesce(sum(made_account = 1 AND made_customer = 0), 0) AS joined,
       sum(made_account) AS accounts, ${has('meter_id')} AS meters, ${has('reading_id')} AS readings,
       ${has('bill_id')} AS bills, ${has('event_id')} AS events, ${has('staff_id')} AS staff,
       ${has('certificate_id')} AS certificates, sum(care) AS care, sum(prepayment) AS prepayment, sum(arrears) AS arrears
     FROM import_rows WHERE import_id = ?`,
  ).get(importId) as Brought
}

/** 期初余额: Dr receivable and Cr prepayment of each account, against the opening balance. @returns null when no money came */
function bookOpening(context: Context, record: ImportRecord, { prepayment, arrears }: Brought): string | null {
  if (prepayment === 0 && arrears === 0) return null
  const rows = statement<{ accountId: string; prepayment: Fen; arrears: Fen }>(
    context.sqlite,
    `SELECT account_id AS accountId, sum(prepayment) AS prepayment, sum(arrears) AS arrears FROM import_rows
     WHERE import_id = ? AND (prepayment > 0 OR arrears > 0) GROUP BY account_id`,
  ).all(record.id)
  const lines = rows.flatMap(({ accountId, ...of }): LedgerLine[] => [
    { account: 'receivable', holder: accountId, debit: of.arrears },
    { account: 'prepayment', holder: accountId, credit: of.prepayment },
  ])
  return post(context, {
    kind: 'opening',
    memo: `导入 ${record.importNo}：期初预存 ${formatYuan(prepayment as Fen)}，期初欠费 ${formatYuan(arrears as Fen)}`,
    subject: `import:${record.id}`,
    lines: [
      ...lines,
      { account: 'opening-balance', debit: sum(rows.map((row) => row.prepayment)) },
      { account: 'opening-balance', credit: sum(rows.map((row) => row.arrears)) },
    ],
  })
}

/**
 * 迁入期已结束: who is supplied comes in so only where a second person agreed to this very file and to so many (clauses 15, 17).
 * @throws SuppliedNotAgreed · ApprovalRefused
 */
function agreeToSupplied(
  context: Context,
  { id, fileName, hash, supplied: count }: ImportRecord,
  supplied: ParsedInputOf<typeof Commit>['supplied'],
): void {
  if (count === 0 || windowIsOpen(context)) return
  if (supplied === null)
    throw new SuppliedNotAgreed(
      `迁入期已结束：文件里有 ${count} 户已通过气（供气、停气、停用或拆除）。请改为“未通气”按报装通气，或写明原因由第二人批准（第十五条、第十七条）`,
      { details: { supplied: count } },
    )
  const { approvalId, reason } = supplied
  const terms = { importId: id, file: fileName, hash, supplied: count, reason }
  const { approverName } = consumeApproval(context, approvalId, 'import-supplied', terms)
  statement(
    context.sqlite,
    'UPDATE imports SET supplied_approval_id = ?, supplied_approver_name = ?, supplied_reason = ? WHERE id = ?',
  ).run(approvalId, approverName, reason, id)
  context.audit({ detail: { supplied: count, suppliedFor: reason } })
}

/** Tells how far the one transaction is: the windows hear it although nothing else is answered. */
const teller =
  ({ environment }: TaskContext, total: number, text: string) =>
  (done: number): void =>
    environment.emit({ event: 'progress', data: { task: importTask, done, total, text } })

export const commit = task(Commit, async ({ importId, pauseAgreed, leaveOut, supplied }, context) => {
  const { sqlite, environment, actor } = context
  const before = importById(context, importId)
  // Asked again after an interruption, it is in the books already or is being finished.
  if (before.state === 'done') return viewOf(context, before)
  await alone(sqlite, importId, async () => {
    if (before.state !== 'indexing') {
      askForPause(context, before.rows, pauseAgreed)
      inTransaction(environment, 'imports.commit', actor, (change) => {
        const record = importById(change, importId)
        if (record.bad !== leaveOut) {
          throw new ImportHasMistakes(`还有 ${record.bad} 行有错误，请改好文件后重新试导入`)
        }
        if (record.good === 0) throw new ImportHasMistakes('没有可以导入的行，请改好文件后重新试导入')
        statement(sqlite, 'UPDATE imports SET left_out = ? WHERE id = ?').run(leaveOut, importId)
        refuseImportedFile(change, record)
        if (record.state !== 'checked') move(change, record, 'indexing')
        agreeToSupplied(change, record, supplied)
        bringIn(change, record, teller(context, record.rows, '正在写入，其他窗口请稍候'))
      })
    }
    await finish(environment, importId)
  })
  const record = importById(context, importId)
  context.audit({ subject: `import:${importId}`, detail: { importNo: record.importNo, state: record.state } })
  return viewOf(context, record)
})
