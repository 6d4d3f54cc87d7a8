/**
 * 迁入期 (clauses 15, 17): customers of the old system come in as already supplied on that system's word, until the manager
 * closes the window. Whoever came in so without both contracts is listed until they are filed.
 */
import { foundBound, foundWithin } from '../customers/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { CloseWindow, OpenWindow, Unfiled, Window, windowActNames, type UnfiledRow, type WindowAct } from './api.ts'

export const WindowMoved = domainError('WindowMoved', '迁入期的状态已经变了，请刷新后再试')

interface Act {
  readonly no: number
  readonly act: WindowAct
  readonly at: number
  readonly byName: string
  readonly reason: string
  readonly approverName: string | null
}

const actsOf = ({ sqlite }: Pick<Context, 'sqlite'>, limit: number): Act[] =>
  statement<Act>(
    sqlite,
    `SELECT no, act, at, by_name AS byName, reason, approver_name AS approverName FROM import_window_acts
     ORDER BY no DESC LIMIT ?`,
  ).all(limit)

const nextNo = (context: Context): number => (actsOf(context, 1)[0]?.no ?? 0) + 1

/** Whether customers may come in as already supplied without anybody's agreement; a hall begins so. */
export const windowIsOpen = (context: Pick<Context, 'sqlite'>): boolean => actsOf(context, 1)[0]?.act !== 'closed'

/** Acts shown: a window is opened again once in years. */
const shownActs = 50

/** A contract is on file where it was signed here and is in force, or where its scan is. */
const onFile = (kind: 'supply' | 'safety') =>
  `(EXISTS (SELECT 1 FROM contracts k WHERE k.account_id = a.id AND k.kind = '${kind}' AND k.state = 'signed' AND k.ended_on IS NULL)
    OR EXISTS (SELECT 1 FROM attachments f WHERE f.customer_id = a.customer_id AND f.kind = '${kind}-contract'))`
/** Rows of imports that stand, whose account is in use and was ever supplied. */
const takenOver = `import_rows r JOIN imports i ON i.id = r.import_id AND i.state IN ('indexing', 'done')
  JOIN accounts a ON a.id = r.account_id AND a.state = 'active'
  JOIN service_points p ON p.id = a.service_point_id AND p.gas_state <> 'not-ignited'`
const unfiledOnly = `NOT (${onFile('supply')} AND ${onFile('safety')})`

/** Unfiled accounts that are counted: to count all of a hall of 100,000 took a second, in which no till was answered. */
const countedUnfiled = 1_000

/** How many came in, as each import counted, and how many of them are unfiled, @limit at most. */
export const movedInSql = `SELECT
  (SELECT coalesce(sum(supplied), 0) FROM imports WHERE kind = 'customers' AND state IN ('indexing', 'done')) AS supplied,
  (SELECT count(*) FROM (SELECT 1 FROM ${takenOver} WHERE r.made_account = 1 AND ${unfiledOnly} LIMIT @limit)) AS unfiled`

export const window = useCase(Window, (_, context) => {
  const acts = actsOf(context, shownActs)
  const { supplied, unfiled: found } = statement<{ supplied: number; unfiled: number }>(context.sqlite, movedInSql).get(
    {
      limit: countedUnfiled + 1,
    },
  ) as { supplied: number; unfiled: number }
  const counted = { supplied, unfiled: Math.min(found, countedUnfiled), more: found > countedUnfiled }
  return { open: windowIsOpen(context), nextNo: (acts[0]?.no ?? 0) + 1, acts, ...counted }
})

function act(
  context: Context,
  of: { act: WindowAct; reason?: string; approverId?: string; approverName?: string },
): void {
  const { sqlite, clock, actor } = context
  const { act: done, reason = '', approverId = null, approverName = null } = of
  const no = nextNo(context)
  statement(
    sqlite,
    `INSERT INTO import_window_acts (no, act, at, by, by_name, reason, approver_id, approver_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(no, done, clock.now(), actor.id, actor.name, reason, approverId, approverName)
  context.audit({ subject: `import-window:${no}`, detail: { act: windowActNames[done], reason } })
  for (const room of ['imports', 'golive']) context.emit({ event: 'changed', data: { room } })
}

export const closeWindow = useCase(CloseWindow, (_, context) => {
  if (!windowIsOpen(context)) throw new WindowMoved('迁入期已经结束，请刷新后查看')
  act(context, { act: 'closed' })
  return {}
})

export const openWindow = useCase(OpenWindow, ({ reason, approvalId }, context) => {
  if (windowIsOpen(context)) throw new WindowMoved('迁入期正开放着，请刷新后查看')
  const terms = { no: nextNo(context), act: windowActNames.opened, reason }
  act(context, { act: 'opened', reason, ...consumeApproval(context, approvalId, 'import-window', terms) })
  return {}
})

type Stored = Omit<UnfiledRow, 'supplyMissing' | 'safetyMissing'> & {
  readonly importId: string
  readonly rowNo: number
  readonly supply: 0 | 1
  readonly safety: 0 | 1
}

function cursorOf(after: string | null): readonly [string, number] {
  if (after === null) return ['', 0]
  const [, id, row] = /^([\da-f-]{36})\/(\d{1,9})$/.exec(after) ?? []
  if (id === undefined || row === undefined)
    throw new InvalidInput('翻页位置无效，请重新打开列表', { field: 'page.after' })
  return [id, Number(row)]
}

export const unfiledSql = (searched: boolean): string =>
  `SELECT r.import_id AS importId, r.row_no AS rowNo, a.id AS accountId, a.account_no AS accountNo, c.name AS customerName,
     p.address, p.gas_state AS gasState, a.opened_on AS openedOn, i.import_no AS importNo,
     ${onFile('supply')} AS supply, ${onFile('safety')} AS safety
   FROM ${takenOver} JOIN customers c ON c.id = a.customer_id
   WHERE r.made_account = 1 AND ${foundWithin(
     searched,
     `${unfiledOnly} AND (r.import_id, r.row_no) > (@importId, @rowNo)`,
     'a.account_no',
     'a.id',
   )}
   ORDER BY r.import_id, r.row_no LIMIT @limit`

export const unfiled = useCase(Unfiled, ({ search, page: { after, size } }, context) => {
  const [importId, rowNo] = cursorOf(after)
  const rows = statement<Stored>(context.sqlite, unfiledSql(search !== '')).all({
    ...foundBound(context, 'account', search),
    importId,
    rowNo,
    limit: size + 1,
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ importId: _i, rowNo: _r, supply, safety, ...row }) => ({
      ...row,
      supplyMissing: supply === 0,
      safetyMissing: safety === 0,
    })),
    next: rows.length > size && last ? `${last.importId}/${last.rowNo}` : null,
  }
})
