/** Spreadsheets as another program reads them: numbers with their formats, totals as formulas, heading frozen. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedDemoHall } from '../../src-main/demo/seed.ts'
import { numberFormats, sheetName, workbookBytes } from '../../src-renderer/components/workbook.ts'
import { workbookOf } from '../../src-renderer/components/page-list.ts'
import { bookName, reportBook } from '../../src-renderer/reports/report-book.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { row, runReport, section } from './support.ts'
import { openWorkbook } from '../support/workbook.ts'

let hall: TestHall
beforeAll(async () => {
  hall = await openTestHall({ empty: true })
  await seedDemoHall(hall.hall, undefined, { customers: 60, months: 24, every: 2, seed: 5 })
})
afterAll(() => hall.close())

test('a report has a sheet for each table, with title, hall, period, and the figures as numbers', async () => {
  const view = await runReport(hall, 'consumption', 'year', '2026-06-01')
  const bytes = await reportBook(view)
  const book = await openWorkbook(bytes)
  expect(book.worksheets.map(({ name }) => name)).toEqual(view.sections.map(({ title }) => sheetName(title)))
  const sheet = book.getWorksheet('按客户类别')
  if (!sheet) throw new Error('no sheet')
  expect(sheet.getCell('A1').value).toBe('用气量报表（年报）— 按客户类别')
  expect(sheet.getCell('A2').value).toBe('示例燃气有限公司 示范大街营业厅　2026年（2026-01-01 至 2026-12-31）')
  expect(sheet.getRow(4).values).toEqual(expect.arrayContaining(['类别', '用气量（m³）', '气费（元）', '占比']))
  expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4 })
  const resident = row(view, 'class', 'resident')
  expect(sheet.getCell('A5').value).toBe('居民')
  expect(sheet.getCell('C5').value).toBe(Number(resident['consumption']) / 1_000)
  expect(sheet.getCell('D5').value).toBe(Number(resident['amount']) / 100)
  expect([sheet.getCell('C5').numFmt, sheet.getCell('D5').numFmt, sheet.getCell('E5').numFmt]).toEqual([
    numberFormats.litre,
    '#,##0.00',
    '0.00%',
  ])
  const totals = section(view, 'class').totals
  expect(sheet.getCell('D9').value).toEqual({ formula: 'SUM(D5:D8)', result: Number(totals?.['amount']) / 100 })
  expect(sheet.getColumn(4).width).toBeGreaterThan(9)
  expect(bookName(view)).toBe('用气量报表-2026年.xlsx')
  const folder = process.env['HALL_PICTURES']
  if (folder) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'report.xlsx'), bytes)
  }
})

test('what is not to be divided stays empty, and no cell of a number holds a text', async () => {
  for (const report of [
    'cash',
    'arrears',
    'business',
    'repairs',
    'consumption',
    'inspections',
    'complaints',
    'callbacks',
  ]) {
    const view = await runReport(hall, report, 'month', '2026-11-01')
    const book = await openWorkbook(await reportBook(view, 'BB1'))
    for (const { title, columns } of view.sections) {
      const sheet = book.getWorksheet(sheetName(title))
      columns.forEach(({ kind }, i) => {
        if (kind === 'text' || kind === 'date' || kind === 'time') return
        for (let r = 5; r <= (sheet?.rowCount ?? 0); r++) {
          const cell = sheet?.getCell(r, i + 1)
          if (cell?.numFmt === undefined || cell.numFmt === 'General') continue
          const value = cell.value
          const fine = value === null || typeof value === 'number' || (typeof value === 'object' && 'formula' in value)
          expect(fine, `${report} ${title} ${r}/${i} ${JSON.stringify(value)}`).toBe(true)
        }
      })
    }
  }
})

describe('the writer', () => {
  test('names sheets as a spreadsheet allows, and no two alike', async () => {
    const sheets = ['收费/冲正[1]', '收费/冲正[1]', ''].map((name) => ({ name, head: ['标题'], tables: [] }))
    const book = await openWorkbook(await workbookBytes(sheets))
    expect(book.worksheets.map(({ name }) => name)).toEqual(['收费 冲正 1', '收费 冲正 1 2', '表'])
  })
  test('never lets a text become a formula', async () => {
    const book = await openWorkbook(
      await workbookOf(
        '客户',
        [{ key: 'name', label: '户名', text: (text: string) => text }],
        ['=1+1', '@cmd', '0012'],
      ),
    )
    const sheet = book.getWorksheet('客户')
    expect([3, 4, 5].map((r) => sheet?.getCell(r, 1).value)).toEqual(['=1+1', '@cmd', '0012'])
    expect(sheet?.getCell(3, 1).numFmt).toBe('@')
  })
  test('writes twenty thousand rows in seconds', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => i)
    const columns = Array.from({ length: 8 }, (_, c) => ({
      key: String(c),
      label: `列${c}`,
      text: (i: number) => `${i}-${c}`,
      ...(c > 5 ? { align: 'right' as const } : {}),
    }))
    const began = performance.now()
    const book = await openWorkbook(await workbookOf('大表', columns, rows))
    expect(book.getWorksheet('大表')?.rowCount).toBe(20_002)
    expect(performance.now() - began).toBeLessThan(60_000)
  })
})
