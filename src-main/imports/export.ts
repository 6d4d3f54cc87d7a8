/** 导出问题行: the rows with mistakes as the file has them, what is wrong beside each, for whoever mends it. */
import { PassThrough } from 'node:stream'
import exceljs from 'exceljs'
import { statement } from '../platform/database.ts'
import { task } from '../platform/use-case.ts'
import { ExportProblems, importTask } from './api.ts'
import type { Cell } from '../platform/sheets/cells.ts'
import { fieldOf } from './fields.ts'
import { columnNames, headingAt, importById } from './store.ts'
import { problemLevelNames } from './words.ts'

/** Rows written before others get their turn: they go into memory, so that no transaction is held. */
const exportRows = 100

interface Row {
  readonly rowNo: number
  readonly cells: string | null
  /** JSON array of [field, reason]. */
  readonly problems: string
}

const shown = (cell: Cell): string | number => (cell === null ? '' : typeof cell === 'object' ? cell.error : cell)

export const exportProblems = task(ExportProblems, async ({ importId, level }, context) => {
  const { sqlite, environment } = context
  const record = importById({ sqlite }, importId)
  const names = columnNames(record)
  const stream = new PassThrough()
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet(`${problemLevelNames[level]}行`, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }],
  })
  const headings = record.headings.map((_, column) => headingAt(record.headings, column))
  sheet.columns = [
    { header: '原文件行号', width: 12 },
    { header: '问题', width: 60 },
    ...headings.map((header) => ({ header, width: Math.min(40, Math.max(10, header.length * 2 + 2)) })),
  ]
  sheet.getRow(1).font = { bold: true }
  sheet.getRow(1).commit()
  const next = statement<Row>(
    sqlite,
    `SELECT p.row_no AS rowNo, s.cells, json_group_array(json_array(p.field, p.reason)) AS problems
     FROM (SELECT row_no, no, field, reason FROM import_problems
           WHERE import_id = @id AND level = @level AND row_no IN (
             SELECT DISTINCT row_no FROM import_problems WHERE import_id = @id AND level = @level AND row_no > @after
             ORDER BY row_no LIMIT ${exportRows}) ORDER BY row_no, no) p
     LEFT JOIN import_staged s ON s.import_id = @id AND s.row_no = p.row_no GROUP BY p.row_no ORDER BY p.row_no`,
  )
  let after = 0
  let written = 0
  for (;;) {
    const rows = next.all({ id: importId, level, after })
    const last = rows.at(-1)
    if (!last) break
    for (const { rowNo, cells, problems } of rows) {
      const reasons = (JSON.parse(problems) as [string, string][]).map(
        ([field, reason]) => `${names[field] ?? fieldOf(record.kind, field)?.label ?? ''}：${reason}`,
      )
      const given = cells === null ? [] : (JSON.parse(cells) as Cell[]).map(shown)
      sheet.addRow([rowNo, reasons.join('；'), ...given]).commit()
    }
    after = last.rowNo
    written += rows.length
    environment.emit({
      event: 'progress',
      data: { task: importTask, done: written, total: Math.max(written, record.bad), text: '正在导出' },
    })
    await environment.nextTurn()
  }
  const ended = new Promise<void>((done) => stream.on('end', () => done()))
  await book.commit()
  await ended
  // Whoever mends the rows needs them as the file has them: that they went out is on record.
  context.audit({ subject: `import:${importId}`, detail: { importNo: record.importNo, level, rows: written } })
  return {
    name: `${record.importNo}-${problemLevelNames[level]}行.xlsx`,
    bytes: new Uint8Array(Buffer.concat(pieces)),
    rows: written,
  }
})
