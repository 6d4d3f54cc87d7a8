/** What the screens show of imports: the list, one of them, every mistake by row. */
import { counterIsOpen } from '../ledger/service.ts'
import { statement } from '../platform/database.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { maskNumbersIn, maskPhone } from '../platform/identity.ts'
import { useCase } from '../platform/use-case.ts'
import { Detail, List, Open, Problems, RevealProblem, type ProblemRow } from './api.ts'
import { openStates } from './rules.ts'
import { columnNames, findImport, importById, listOf, viewOf, type ImportRecord } from './store.ts'
import { fieldOf } from './fields.ts'
import { windowIsOpen } from './window.ts'

/** The two parts of a cursor. @throws InvalidInput */
function cursorOf(after: string | null): readonly [number, string] | null {
  if (after === null) return null
  const parts = /^(\d{1,15})\|([\da-f-]{1,36})$/.exec(after)
  if (!parts?.[1] || !parts[2]) throw new InvalidInput('翻页位置无效，请重新打开列表', { field: 'page.after' })
  return [Number(parts[1]), parts[2]]
}

export const list = useCase(List, ({ page: { after, size } }, context) => {
  const rows = listOf(context, cursorOf(after) ?? [Number.MAX_SAFE_INTEGER, ''], size + 1)
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map((record) => viewOf(context, record)),
    next: rows.length > size && last ? `${last.createdAt}|${last.id}` : null,
  }
})

export const open = useCase(Open, (_, context) => {
  const record = findImport(
    context,
    `state IN (${[...openStates, 'indexing'].map((state) => `'${state}'`).join(', ')})`,
  )
  return record ? viewOf(context, record) : null
})

export const detail = useCase(Detail, ({ importId }, context) => {
  const record = importById(context, importId)
  return {
    view: viewOf(context, record),
    columns: columnNames(record),
    counterOpen: counterIsOpen(context),
    windowOpen: windowIsOpen(context),
  }
})

const problemColumns = 'row_no AS rowNo, no, level, field, value, reason'
export const problemsSql = {
  all: `SELECT ${problemColumns} FROM import_problems WHERE import_id = @id AND (row_no, no) > (@row, @no)
    ORDER BY row_no, no LIMIT @limit`,
  level: `SELECT ${problemColumns} FROM import_problems WHERE import_id = @id AND level = @level
    AND (row_no, no) > (@row, @no) ORDER BY row_no, no LIMIT @limit`,
} as const

/** Cells of these fields are numbers of people also when they are too short or too long for one. */
const personal = new Set(['idNumber', 'phone', 'phoneAlt'])
/** Also one written in groups, 199 0000 0003. */
const numberOfAPerson = /[\dA-Za-z][\dA-Za-z\s()-]{5,}[\dA-Za-z]/g
const shownValue = (field: string, value: string): string =>
  maskNumbersIn(
    personal.has(field)
      ? value.normalize('NFKC').replace(numberOfAPerson, (number) => maskPhone(number.replace(/\s/g, '')))
      : value,
  )
/** What a row says is masked, the example behind it is ours. */
export const shownReason = (reason: string): string => {
  const at = reason.indexOf('，例如 ')
  return at === -1 ? maskNumbersIn(reason) : maskNumbersIn(reason.slice(0, at)) + reason.slice(at)
}

export const ProblemGone = domainError('ProblemGone', '这个导入已重新检查，问题有变化，请看新的列表')

/** The audit log keeps who saw the cell and why, never what it says. @throws ImportNotFound · ProblemGone */
export const reveal = useCase(RevealProblem, ({ importId, rowNo, no, reason, ...listed }, context) => {
  const record = importById(context, importId)
  const { importNo } = record
  const found = statement<{ value: string; field: string }>(
    context.sqlite,
    'SELECT value, field FROM import_problems WHERE import_id = ? AND row_no = ? AND no = ?',
  ).get(importId, rowNo, no)
  const column = found ? columnOf(record, columnNames(record), found.field) : ''
  const shown = found ? shownValue(found.field, found.value) : ''
  if (!found || column !== listed.column || shown !== listed.shown) throw new ProblemGone()
  context.audit({ subject: `import:${importId}`, detail: { importNo, rowNo, column, shown, reason } })
  return { value: found.value }
})

const columnOf = (record: ImportRecord, names: Record<string, string>, field: string): string =>
  names[field] ?? fieldOf(record.kind, field)?.label ?? ''

export const problems = useCase(Problems, ({ importId, level, page: { after, size } }, context) => {
  const record = importById(context, importId)
  const names = columnNames(record)
  const [row, no] = cursorOf(after) ?? [0, '0']
  const found = statement<Omit<ProblemRow, 'column'> & { field: string }>(
    context.sqlite,
    level === null ? problemsSql.all : problemsSql.level,
  ).all({ id: importId, row, no: Number(no), limit: size + 1, ...(level === null ? {} : { level }) })
  const shown = found.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ field, ...problem }) => ({
      ...problem,
      value: shownValue(field, problem.value),
      reason: shownReason(problem.reason),
      column: columnOf(record, names, field),
    })),
    next: found.length > size && last ? `${last.rowNo}|${last.no}` : null,
  }
})
