/** A hall moves its customers over at the window: bad rows listed, the mended file taken whole, somebody found and collected from. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerRows, openFolder, type Folder } from '../imports/files.ts'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { hardware } from './support/keys.ts'
import { due, find, openShift, press, takeCash } from './support/cashier.ts'
import { go } from './support/go.ts'

let app: RunningApp
let folder: Folder
beforeAll(async () => {
  folder = openFolder()
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const pictures = process.env['HALL_PICTURES']
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await app.page.screenshot({ path: join(pictures, `${name}.png`) })
}
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).waitFor()
const shows = (text: string | RegExp) => app.page.getByText(text).first().waitFor()
const key = (name: string) => app.page.keyboard.press(hardware(name))
/** The system's own dialogs answer with these paths; everything behind them is real. */
const answerDialogs = (open: string, save: string) =>
  app.electron.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [paths.open] })
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: paths.save })
    },
    { open, save },
  )

/** Chinese characters of GB 2312 in the encoding of an old program. */
function gb18030(text: string): Buffer {
  const known = new Map<string, number[]>()
  const decoder = new TextDecoder('gb18030')
  for (let high = 0xb0; high < 0xf8; high++)
    for (let low = 0xa1; low < 0xff; low++) known.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Buffer.from([...text].flatMap((one) => known.get(one) ?? [one.charCodeAt(0)]))
}

test('a mixed file is mended until all of it can come, then a customer is found by pinyin and pays what was owed', async () => {
  const rows = customerRows(30, 3_001).map((row, i) =>
    // The demo hall's people have the identities below; these are nobody's there.
    i === 0 ? row : row.with(2, ''),
  )
  const broken = rows.map((row, i) => (i === 2 ? row.with(3, '12345') : i === 5 ? row.with(6, '12a') : row))
  const bad = await folder.workbook('旧系统客户.xlsx', { 客户: [['2026 年客户清单'], ...broken] })
  const good = folder.bytes('旧系统客户.csv', gb18030(rows.map((row) => row.join(',')).join('\r\n')))
  const exported = join(folder.path, 'bad.xlsx')

  await logIn(app.page, '9001')
  await go(app.page, '/imports')
  await heading('数据导入')
  await shows('还没有导入过')
  await picture('imports-empty')
  await key('Ctrl+N')
  await heading('新的导入')
  await app.page.getByText('按 Ctrl+O 选择 Excel').waitFor()
  await answerDialogs(bad, exported)
  await key('Ctrl+O')
  await heading('列的对照')
  // The cursor is where the next word is due: the name of the old system.
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="source"]') !== null)
  await app.page.keyboard.type('旧收费系统')
  await picture('imports-mapping')
  await press(app.page, 'F12', '试导入')
  await heading(/^导入 DR/)
  await shows('手机号应为 11 位，现在是 5 位')
  await shows('气量只能填数字，例如 125.5')
  expect(app.query<{ n: number }>(`SELECT count(*) AS n FROM account_aliases`)[0]?.n).toBe(0)
  await app.page.locator('.key-button', { hasText: '先导入其余的行' }).waitFor()
  await picture('imports-bad')
  await press(app.page, 'Ctrl+E', '导出错误行')
  await shows('已导出 2 行')
  expect(readFileSync(exported).subarray(0, 2).toString()).toBe('PK')
  // No other begins while this one is open: said on the button, before a file is chosen for nothing.
  await app.page.locator('.key-button:disabled', { hasText: '新的导入' }).getByText('先继续或放弃未完成的').waitFor()
  const tried = await app.page.evaluate(() => location.hash)
  await press(app.page, 'Escape', '返回')
  await heading('数据导入')
  await go(app.page, tried.replace(/^#/, ''))
  await shows('2 行有错误')
  await press(app.page, 'Shift+F12', '放弃')
  await heading('数据导入')

  await answerDialogs(good, exported)
  await press(app.page, 'Ctrl+N', '新的导入')
  await heading('新的导入')
  await app.page.locator('[data-field="source"] input').waitFor()
  await expect.poll(() => app.page.locator('[data-field="source"] input').inputValue()).toBe('旧收费系统')
  await key('Ctrl+O')
  await shows('上次的对照，已自动对好')
  await press(app.page, 'F12', '试导入')
  await shows('全部可以导入')
  await picture('imports-good')
  await press(app.page, 'F12', '正式导入')
  await app.page.locator('.el-dialog', { hasText: '要么全部导入' }).waitFor()
  await picture('imports-confirm')
  await press(app.page, 'Ctrl+Enter', '全部导入')
  await shows('已导入 30 行')
  await shows('新建客户')
  await picture('imports-done')
  await press(app.page, 'Ctrl+P', '导入报告')
  await app.page.locator('.paper-preview iframe').waitFor()
  await picture('imports-report')
  await key('Escape')
  await app.page.locator('.paper-preview iframe').waitFor({ state: 'detached' })
  await go(app.page, '/imports')
  await app.page.locator('tbody tr', { hasText: '已导入' }).waitFor()
  await picture('imports-list')

  // Owes 13.35 yuan more than the day count of its number says; see customerRow.
  const [owing] = app.query<{ accountId: string; arrears: number; name: string }>(
    `SELECT a.id AS accountId, a.arrears, c.name FROM account_aliases o JOIN accounts a ON a.id = o.account_id
     JOIN customers c ON c.id = a.customer_id WHERE o.alias = '0103003'`,
  )
  expect(owing).toMatchObject({ name: '曾国藩3003', arrears: 4_335 })

  app = await app.restart()
  await logIn(app.page, '2001')
  await openShift(app.page)
  // By the initials of the name, the surname read as a surname.
  await key('F2')
  await app.page.keyboard.type('zgf3003')
  await app.page.locator('.customer-search-row, [role="option"]').filter({ hasText: '曾国藩3003' }).first().waitFor()
  await picture('imports-found')
  await key('Enter')
  await shows('原 0103003')
  await picture('imports-file')
  await go(app.page, '/collection')
  await find(app.page, { accountId: '', accountNo: '0103003', name: '', arrears: 0 })
  expect(await due(app.page)).toBe(4_335)
  await takeCash(app.page)
  await press(app.page, 'F12', '收款')
  await expect
    .poll(
      () => app.query<{ arrears: number }>('SELECT arrears FROM accounts WHERE id = ?', owing?.accountId)[0]?.arrears,
    )
    .toBe(0)
})
