/** The first look at a file, what its columns mean, and an import put on record. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant } from '../platform/dates.ts'
import { maskNumbersIn } from '../platform/identity.ts'
import { newId } from '../platform/ids.ts'
import { nextNumber } from '../platform/numbers.ts'
import { cellText, otherUnitIn, type SheetRow } from '../platform/sheets/cells.ts'
import { FileRefused } from '../platform/sheets/limits.ts'
import { lookAt } from '../platform/sheets/reader.ts'
import { task, useCase } from '../platform/use-case.ts'
import { planById } from '../tariffs/service.ts'
import { Begin, importTask, Inspect, maxSheets, Sources, SuggestMapping } from './api.ts'
import { findHeading, guessKind, guessMapping, plainHeading } from './fields.ts'
import { previewRows } from './limits.ts'
import { importedStates, openStates, unmapped } from './rules.ts'
import { FileImported, findImport, ImportOpen, MappingIncomplete, OtherUnit } from './store.ts'
import { importKinds, type ImportKind } from './words.ts'

/** Characters of a cell in the preview. */
const shownLength = 60

const shown = ({ row, cells }: SheetRow) => ({
  row,
  cells: cells.map((cell) =>
    (cell !== null && typeof cell === 'object' ? cell.error : cellText(cell)).slice(0, shownLength),
  ),
})

/** A table is read where somebody chose it, never where a page says. @throws FileRefused */
function requireChosen({ wasChosen }: Pick<Context, 'wasChosen'>, path: string): void {
  if (wasChosen?.(path) === false) throw new FileRefused('请用“选择文件”选取要导入的表', { field: 'path' })
}

export const inspect = task(Inspect, async ({ path }, { environment }) => {
  requireChosen(environment, path)
  environment.emit({ event: 'progress', data: { task: importTask, done: 0, total: 1, text: '正在识别文件' } })
  const { file, sheets: found } = await lookAt({ path }, { rows: previewRows, sheets: maxSheets })
  const sheets = found.map(({ name, rows: first }) => {
    const rows = first.map(shown)
    const heading = findHeading(
      rows.map(({ cells }) => cells),
      importKinds,
    )
    const headings = heading === null ? undefined : rows[heading]
    return {
      name,
      // To see which column is which, nobody need read the number of a person in full.
      rows: rows.map((one) => ({ ...one, cells: one.cells.map(maskNumbersIn) })),
      headingRow: headings?.row ?? null,
      kind: headings ? guessKind(headings.cells, importKinds) : null,
    }
  })
  if (sheets.every(({ rows }) => rows.every(({ cells }) => cells.every((cell) => cell === '')))) {
    throw new FileRefused('文件里没有内容，请核对是否选对了文件', { field: 'path' })
  }
  return { name: file.name, size: file.size, hash: file.hash, sheets }
})

export const sources = useCase(Sources, (_, { sqlite }) =>
  statement<{ source: string; kind: ImportKind }>(
    sqlite,
    'SELECT source, kind FROM import_mappings ORDER BY used_at DESC LIMIT 50',
  ).all(),
)

interface Remembered {
  readonly headings: string
  readonly plans: string
}
const remembered = ({ sqlite }: Context, source: string, kind: ImportKind): Remembered | undefined =>
  statement<Remembered>(sqlite, 'SELECT headings, plans FROM import_mappings WHERE source = ? AND kind = ?').get(
    source,
    kind,
  )

export const suggestMapping = useCase(SuggestMapping, ({ kind, source, headings }, context) => {
  const known = remembered(context, source, kind)
  const mapping = guessMapping(kind, headings, known ? (JSON.parse(known.headings) as Record<string, string>) : {})
  return {
    mapping,
    remembered: known !== undefined,
    plans: known ? (JSON.parse(known.plans) as Record<string, string>) : {},
  }
})

/** What this source called each field, and what of its columns was left out on purpose. */
function rememberMapping(
  { sqlite, clock }: Context,
  {
    source,
    kind,
    headings,
    mapping,
    plans,
  }: Pick<ReturnType<typeof Begin.input.parse>, 'source' | 'kind' | 'headings' | 'mapping' | 'plans'>,
): void {
  const fieldAt = new Map(Object.entries(mapping).map(([field, column]) => [column, field]))
  const known = Object.fromEntries(
    headings.flatMap((heading, column) =>
      plainHeading(heading) === '' ? [] : [[plainHeading(heading), fieldAt.get(column) ?? '']],
    ),
  )
  statement(
    sqlite,
    `INSERT INTO import_mappings (source, kind, headings, plans, used_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source, kind) DO UPDATE SET headings = excluded.headings, plans = excluded.plans, used_at = excluded.used_at`,
  ).run(source, kind, JSON.stringify(known), JSON.stringify(plans), clock.now())
}

const oneOf = (states: readonly string[]): string => states.map((state) => `'${state}'`).join(', ')

/** @throws FileImported naming when and by whom */
export function refuseImportedFile(
  context: Pick<Context, 'sqlite'>,
  file: { readonly hash: string; readonly sheet: string; readonly kind: ImportKind },
): void {
  const before = findImport(
    context,
    `hash = ? AND sheet = ? AND kind = ? AND state IN (${oneOf(importedStates)})`,
    file.hash,
    file.sheet,
    file.kind,
  )
  if (!before) return
  const when = before.committedAt === null ? '' : `于 ${formatInstant(before.committedAt)}`
  throw new FileImported(
    `这个文件已由${before.committedByName ?? ''}${when}导入（${before.importNo}），不能重复导入；确需重来请先撤销那次导入`,
    { field: 'path' },
  )
}

/** @throws ImportOpen · FileImported · MappingIncomplete · OtherUnit */
export const begin = useCase(Begin, (input, context) => {
  const { sqlite, clock, actor } = context
  requireChosen(context, input.path)
  const open = findImport(context, `state IN (${oneOf(openStates)})`)
  if (open) throw new ImportOpen(`${open.createdByName}的导入 ${open.importNo} 还没有完成，请先继续或放弃它`)
  refuseImportedFile(context, input)
  const missing = unmapped(input.kind, input.mapping)
  if (missing.length > 0) {
    throw new MappingIncomplete(`还有必需的列没有对上：${missing.join('、')}`, { field: 'mapping', details: missing })
  }
  for (const column of Object.values(input.mapping)) {
    const heading = input.headings[column] ?? ''
    const unit = otherUnitIn(heading)
    if (unit)
      throw new OtherUnit(`“${heading}”一列以“${unit}”为单位，请在文件里换算成元或立方米后再导入`, { field: 'mapping' })
  }
  for (const planId of Object.values(input.plans)) planById(context, planId)
  rememberMapping(context, input)
  const importId = newId(clock)
  const importNo = nextNumber(context, 'import')
  const name = input.path.replaceAll('\\', '/').split('/').at(-1)?.slice(-120) ?? ''
  statement(
    sqlite,
    `INSERT INTO imports (id, import_no, kind, source, file_name, hash, size, sheet, heading_row, headings, mapping, plans,
       state, created_at, created_by, created_by_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reading', ?, ?, ?)`,
  ).run(
    importId,
    importNo,
    input.kind,
    input.source,
    name,
    input.hash,
    input.size,
    input.sheet,
    input.headingRow,
    JSON.stringify(input.headings),
    JSON.stringify(input.mapping),
    JSON.stringify(input.plans),
    clock.now(),
    actor.id,
    actor.name,
  )
  statement(sqlite, 'INSERT INTO import_work (import_id, path) VALUES (?, ?)').run(importId, input.path)
  const { kind, source, hash, sheet } = input
  context.audit({ subject: `import:${importId}`, detail: { importNo, kind, source, fileName: name, hash, sheet } })
  context.emit({ event: 'changed', data: { room: 'imports' } })
  return { importId, importNo }
})
