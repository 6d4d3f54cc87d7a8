/**
 * 收费项目 in a real hall (no demo), by keyboard alone: an item is made, charged, collected, reversed, withdrawn, and the day
 * closed, on three days in a row with an Esc, a refused entry and a restart in between.
 */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { debtors, due, find, press, putReceiptAway, type Debtor } from './support/cashier.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
let payers: Debtor[]
const start = async (clock?: string) => {
  app = await startApp({ dataFolder: folder, ...(clock === undefined ? {} : { clock }) })
  page = app.page
}
beforeAll(async () => {
  folder = await makeRealHall()
  await start()
  payers = debtors(app, 3)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const keys = async (...combos: string[]) => {
  for (const combo of combos) await page.keyboard.press(hardware(combo))
}
const type = (text: string) => page.keyboard.type(text)
const message = (text: string) => page.locator('.el-message', { hasText: text }).first().waitFor()
const focused = (field: string) =>
  page.locator(`[data-field="${field}"]:focus, [data-field="${field}"] :focus`).waitFor()
const n = (sql: string): number => app.query<{ n: number }>(sql)[0]?.n ?? -1
const until = (sql: string, count: number) => expect.poll(() => n(sql)).toBe(count)
const charges = (state: string) => `SELECT count(*) AS n FROM fee_charges WHERE state = '${state}'`
const field = (name: string) => page.locator(`.el-dialog:visible [data-field="${name}"]`).first()

/** Down from the first bill to the second charge. */
async function toHose(): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.matches('.debt-list input') === true)
  const bills = await page.locator('.debt-list input').count()
  for (let i = 0; i <= bills; i += 1) await keys('Down')
}
/** Fields of the price, from the one that has the focus. */
async function priced(price: string, rate: string, document: string): Promise<void> {
  await field('price').focus()
  await type(price)
  await field('taxRate').focus()
  await type(rate)
  await field('document').focus()
  await type(document)
}
async function newItem(name: string, goods: boolean): Promise<void> {
  await press(page, 'Ctrl+N', '新建收费项目')
  await focused('name')
  await type(name)
  if (goods) {
    await keys('Tab')
    await keys('Right')
    await page.getByText('商品销售收入').waitFor()
  }
  await priced(goods ? '68' : '20', goods ? '13' : '6', '无名价〔2026〕1号')
}
async function charge(item: string, ...more: string[]): Promise<void> {
  await press(page, 'Ctrl+Shift+F5', '收取费用')
  await focused('itemId')
  await page.locator('.el-select-dropdown__item', { hasText: item }).first().waitFor({ state: 'attached' })
  await type(item)
  await keys('Enter')
  await field('quantity').waitFor()
  for (const text of more) await type(text)
}
async function countDrawer(): Promise<void> {
  let rest = n(`SELECT sum(debit - credit) AS n FROM journal_lines WHERE account = 'cash-drawer'`)
  await page.getByText('其他券别').click()
  for (const face of [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1]) {
    const pieces = Math.floor(rest / face)
    rest %= face
    if (pieces > 0) await page.locator(`input[data-face="${face}"]`).fill(String(pieces))
  }
  await press(page, 'Ctrl+Shift+S', '保存清点')
  await page.locator('nav.steps').getByText('账款相符').first().waitFor()
}

test('the manager makes the price list; what nobody may charge for does not come into it (M8)', async () => {
  await logIn(page, '3001')
  await go(page, '/fees')
  await newItem('燃气表', false)
  await press(page, 'F12', '保存')
  await message('燃气表不得向用户收费')
  await keys('Escape')
  await page.locator('.el-dialog').waitFor({ state: 'hidden' })
  await until('SELECT count(*) AS n FROM fee_items', 0)
  for (const [name, goods] of [
    ['过户手续', false],
    ['金属软管', true],
  ] as const) {
    await newItem(name, goods)
    await press(page, 'F12', '保存')
    await page.locator('nav[aria-label^="收费项目"] button.current', { hasText: name }).waitFor()
  }
  await until('SELECT count(*) AS n FROM fee_versions', 2)
})

test.each(['2026-11-23', '2026-11-24', '2026-11-25'])(
  'charged, paid, reversed, withdrawn and closed on %s',
  async (date) => {
    const round = Number(date.slice(-2)) - 23
    const payer = payers[round] as Debtor
    await app.close()
    await start(`${date}T09:05:00+08:00`)
    await logIn(page, '2001')
    await go(page, '/shift')
    await press(page, 'F12', '开班')
    await page.waitForFunction(() => location.hash.startsWith('#/collection'))
    await find(page, payer)
    const gas = await due(page)

    // Esc leaves nothing; a quantity of nothing is refused with what to mend.
    const before = n('SELECT count(*) AS n FROM fee_charges')
    await charge('过户手续')
    await keys('Escape')
    await page.locator('.el-dialog').waitFor({ state: 'hidden' })
    await charge('过户手续')
    await field('quantity').focus()
    await type('0')
    await page.locator('.el-dialog:visible').getByText('数量应大于零').waitFor()
    await keys('F12')
    await until('SELECT count(*) AS n FROM fee_charges', before)
    await keys('Ctrl+A')
    await type('2')
    await press(page, 'F12', '记入应收')
    await message('已记应收 40.00 元')
    await expect.poll(() => due(page)).toBe(gas + 4_000)
    await charge('金属软管')
    await field('consent').focus()
    await type('本人选购')
    await press(page, 'F12', '记入应收')
    await message('已记应收 68.00 元')
    // Goods are not ticked with the gas, and not taken together with it.
    await page.locator('.charge-list tbody tr', { hasText: '金属软管' }).waitFor()
    expect(await due(page)).toBe(gas + 4_000)
    await toHose()
    await type(' ')
    await keys('F5')
    await page.getByText('须单独收款、单独开收据').first().waitFor()
    await keys('Escape')
    await toHose()
    await type(' ')
    await expect.poll(() => due(page)).toBe(gas + 4_000)

    // Gas and service on one receipt, the hose on its own; that one is reversed.
    await keys('F5')
    await press(page, 'F12', '确认收款')
    await putReceiptAway(page)
    await until(charges('settled'), round * 1 + 1)
    await find(page, payer)
    expect(await due(page)).toBe(6_800)
    await keys('F5')
    await press(page, 'F12', '确认收款')
    await putReceiptAway(page)
    await until(charges('settled'), round * 1 + 2)
    await press(page, 'Shift+F12', '冲正')
    await focused('reason')
    await type('收错')
    await press(page, 'F12', '请主任批准')
    await focused('staffNo')
    await type('3001')
    await keys('Tab')
    await type(passwordOf('3001'))
    await press(page, 'F12', '批准')
    await until(charges('open'), 1)
    await page.locator('.paper-preview iframe').waitFor()
    await keys('Escape')
    await page.locator('.paper-preview iframe').waitFor({ state: 'detached' })

    // In the file it is withdrawn, with a reason.
    await page.evaluate((accountId) => (location.hash = `#/customers/${accountId}?tab=fees`), payer.accountId)
    await page.locator('.page-list tbody tr', { hasText: '金属软管' }).waitFor()
    await press(page, 'Shift+F12', '作废')
    await page.getByText('不再应收').waitFor()
    await keys('Escape')
    await page.getByText('不再应收').waitFor({ state: 'hidden' })
    await press(page, 'Shift+F12', '作废')
    await page.getByText('不再应收').waitFor()
    await type('客户不要了')
    await keys('F12')
    await until(charges('withdrawn'), round + 1)

    await go(page, '/day-close')
    await press(page, 'Ctrl+Shift+J', '停止收款')
    await press(page, 'Ctrl+Enter', '确认停止收款')
    await page.getByText('已停班').first().waitFor()
    await press(page, 'Ctrl+Down', '下一步')
    await page.getByText('按券别清点').waitFor()
    await countDrawer()
    await press(page, 'F12', '日结锁定')
    await press(page, 'Ctrl+Enter', '确认日结锁定')
    await until(`SELECT count(*) AS n FROM day_closes WHERE state = 'closed'`, round + 1)
    expect(app.query(`SELECT json_extract(report, '$.fees') AS fees FROM day_closes WHERE date = '${date}'`)).toEqual([
      {
        fees: JSON.stringify([
          { name: '过户手续', count: 1, amount: 4_000 },
          { name: '金属软管', count: 0, amount: 0 },
        ]),
      },
    ])
    expect(n(`SELECT sum(debit - credit) AS n FROM journal_lines WHERE account = 'fee-receivable'`)).toBe(0)
  },
)
