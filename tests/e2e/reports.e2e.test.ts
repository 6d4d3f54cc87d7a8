/** A month is looked at, compared, opened down to the customer, exported, printed, submitted and corrected, by keyboard. */
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'
import { readPdf } from './support/pdf.ts'
import { openWorkbook } from '../support/workbook.ts'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HALL_PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await app.page.screenshot({ path: join(folder, `${name}.png`) })
}
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).waitFor()
const table = () => app.page.locator('.report-table')
/** The report of this period is there: its label stands at the picker and the figures are no longer waiting. */
async function shows(label: string, word: string): Promise<void> {
  await app.page.locator('.period-picker strong', { hasText: label }).waitFor()
  await app.page.locator('.sections:not(.waiting)').waitFor()
  await table().getByText(word, { exact: true }).first().waitFor()
}
const submissions = () =>
  app.query<{ number: string; version: number; hash: string; content: string }>(
    'SELECT number, version, hash, content FROM report_submissions ORDER BY version',
  )

test('the gas of a month goes from the figures to the customer, to paper, to a spreadsheet, and to headquarters', async () => {
  const { page } = app
  await logIn(page, '3001')
  await go(page, '/reports')
  await heading('报表')
  await page.locator('.card', { hasText: '用气量报表' }).waitFor()
  await page.getByText('没有待上报的报表').waitFor()
  await picture('reports')
  await page.keyboard.press('Control+3')
  await heading('用气量报表')
  await shows('2026年11月', '居民')

  // The month before has bills of everybody; 上期 and 同期 stand beside it.
  await press(page, 'Alt+PageUp', '上一期')
  await shows('2026年10月', '居民')
  await table().getByText('同期用气量').waitFor()
  await picture('consumption-month')
  const shown = await table().locator('tfoot td').nth(2).innerText()
  const [used] = app.query<{ m3: number; previous: number }>(
    `SELECT sum(consumption) / 1000.0 AS m3 FROM bills WHERE issued_on LIKE '2026-10-%'`,
  )
  expect(Number(shown.replaceAll(',', ''))).toBe(used?.m3)

  // Enter opens the bills of the class, Enter again the customer; back twice is where one was.
  await page.waitForFunction(() => document.activeElement?.matches('.report-table tr'))
  await page.keyboard.press('Enter')
  await heading('账单明细')
  await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  await picture('records')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => location.hash.startsWith('#/customers/'))
  await page.keyboard.press('Alt+ArrowLeft')
  await heading('账单明细')
  await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  await page.keyboard.press('Alt+ArrowLeft')
  await shows('2026年10月', '居民')

  // The spreadsheet, as it lies on the disk.
  const file = join(app.dataFolder, 'report.xlsx')
  await app.electron.evaluate(({ dialog }, filePath) => {
    const before = dialog.showSaveDialog
    dialog.showSaveDialog = () => {
      dialog.showSaveDialog = before
      return Promise.resolve({ canceled: false, filePath })
    }
  }, file)
  await press(page, 'Control+e', '导出')
  await page.getByText('已导出为 Excel').waitFor()
  // Who took it, what it is, as what it was saved and how it is known again.
  const [noted] = app.query<{ subject: string; detail: string; actor: string }>(
    `SELECT subject, detail, actor_name AS actor FROM audit_log WHERE call = 'access.noteFile' ORDER BY seq DESC LIMIT 1`,
  )
  expect(noted).toMatchObject({
    subject: expect.stringMatching(/^file:.*\.xlsx$/) as string,
    actor: expect.any(String) as string,
  })
  expect(JSON.parse(noted?.detail ?? '{}')).toEqual({
    fileName: 'report.xlsx',
    size: readFileSync(file).length,
    hash: createHash('sha256').update(readFileSync(file)).digest('hex'),
  })
  const book = await openWorkbook(readFileSync(file))
  expect(book.getWorksheet('按客户类别')?.getCell('C9').result).toBe(used?.m3)

  // 上报, and what was submitted on paper.
  await press(page, 'F12', '上报')
  await page.locator('.el-dialog', { hasText: '上报后不能修改' }).waitFor()
  await picture('submit')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => submissions().length).toBe(1)
  await page.locator('.page-header', { hasText: /等待上传 BB/ }).waitFor()
  await go(page, '/reports')
  await page.locator('.el-radio-button', { hasText: '已上报' }).click()
  await page.locator('tbody tr', { hasText: '2026年10月' }).dblclick()
  await heading(/^用气量报表 BB/)
  await table().getByText('居民', { exact: true }).waitFor()
  await picture('submission')
  await press(page, 'Control+p', '打印')
  await page.locator('.paper-preview iframe').waitFor()
  await press(page, 'Control+s', '存为 PDF')
  const saved = page.getByText('已存为 PDF')
  await saved.waitFor()
  const pdf = (await saved.locator('xpath=ancestor-or-self::button').getAttribute('title')) ?? ''
  const pages = await readPdf(pdf)
  const text = pages.map((one) => one.text).join('')
  for (const part of [submissions()[0]?.number ?? '?', '2026年10月', '第1版', `页共${pages.length}页`, '营业厅主任:']) {
    expect(text).toContain(part)
  }
  expect(pages[0]?.width).toBe(297)
  const folder = process.env['HALL_PICTURES']
  if (folder) copyFileSync(pdf, join(folder, 'report-paper.pdf'))
  await page.keyboard.press('Escape')
  await page.locator('.paper-preview iframe').waitFor({ state: 'detached' })

  // A second time only as a correction, which says why.
  await press(page, 'Ctrl+R', '重新统计本期')
  await shows('2026年10月', '居民')
  await press(page, 'F12', '更正上报')
  await page.waitForFunction(() => document.activeElement?.matches('[data-field="reason"]'))
  await page.keyboard.type('补录账单')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => submissions().map(({ version }) => version)).toEqual([1, 2])
  await page.locator('.page-header', { hasText: '第 2 版' }).waitFor()

  // The other reports of the year, each with its chart and tables.
  for (const [report, word] of [
    ['cash', '现金'],
    ['arrears', '未到期'],
    ['business', '开户'],
    ['repairs', '报修'],
    ['inspections', '居民'],
    ['complaints', '服务态度'],
    ['callbacks', '报修'],
    ['consumption', '居民'],
  ] as const) {
    await go(page, `/reports/${report}/year/2026-01-01`)
    await shows('2026年', word)
    await picture(`${report}-year`)
  }
  await page.keyboard.press('Control+PageDown')
  await table().getByText('11月', { exact: true }).waitFor()
  await picture('trend')

  app = await app.restart()
  await logIn(app.page, '3001')
  await go(app.page, '/reports')
  await app.page.locator('.el-radio-button', { hasText: '已上报' }).click()
  await app.page.locator('tbody tr', { hasText: '已被更正' }).waitFor()
  expect(await app.page.locator('tbody tr').count()).toBe(2)
})
