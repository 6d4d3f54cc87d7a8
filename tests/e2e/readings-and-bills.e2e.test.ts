/** 抄表, 账单 and 气价 in the real window, by keyboard: a reading that crosses a tier, a sheet, the run, the price list. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import { formatYuan, type Fen } from '../../src-main/platform/money.ts'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'

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
  await app.page.waitForTimeout(400)
  await app.page.screenshot({ path: join(folder, `${name}.png`) })
}
const open = (path: string) => go(app.page, path)

interface Metered {
  accountNo: string
  accountId: string
  community: string
  building: string
  lastIndex: number
}
/** Households on the Shanghai table, with the last index of their meters. */
const households = () =>
  app.query<Metered>(
    `SELECT a.account_no AS accountNo, a.id AS accountId, p.community, p.building, max(r.current_index) AS lastIndex
     FROM accounts a JOIN service_points p ON p.id = a.service_point_id
       JOIN readings r ON r.account_id = a.id AND r.state <> 'void'
     WHERE a.state = 'active' AND a.price_plan_id = (SELECT id FROM price_plans WHERE code = 'example-shanghai-2014')
     GROUP BY a.id ORDER BY a.account_no`,
  )
const billOf = (accountId: string) =>
  app.query<{ amount: Fen; billNo: string; lines: number }>(
    `SELECT amount, bill_no AS billNo, (SELECT count(*) FROM bill_lines l WHERE l.bill_id = b.id) AS lines
     FROM bills b WHERE account_id = ? ORDER BY rowid DESC LIMIT 1`,
    accountId,
  )[0]

test('a cashier reads a meter that crosses a tier: one warning, one confirmation, the bill line by line', async () => {
  const { page } = app
  const [home] = households()
  if (!home) throw new Error('no household')
  await logIn(page, '2001')
  await open('/readings')
  await page.getByRole('heading', { name: '抄表' }).waitFor()
  await page.locator('.account-reading input').first().fill(home.accountNo)
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  const index = page.getByLabel('本次读数', { exact: true })
  await index.waitFor()
  await index.fill(String(home.lastIndex / 1000 - 1))
  await page.getByText('小于上次读数').first().waitFor()
  await picture('readings-backwards')
  await index.fill(String(home.lastIndex / 1000 + 700))
  await page.getByText('明显偏高').waitFor()
  // A day that does not exist: nothing is booked with the one that stood there before, and Enter does not leave it behind.
  const day = page.locator('[data-field="readOn"]:visible').first()
  const readings = () => app.query<{ n: number }>('SELECT count(*) AS n FROM readings')[0]?.n
  const before = { readings: readings(), day: await day.inputValue() }
  await index.press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('[data-field="readOn"]') !== null)
  for (const key of ['F12', 'Enter', 'Tab']) {
    await page.keyboard.press('Control+A')
    await page.keyboard.type('1131')
    await page.keyboard.press(key)
    await page.getByText('没有 2026-11-31 这一天').waitFor()
    expect([readings(), await day.inputValue()]).toEqual([before.readings, '1131'])
    expect(await day.evaluate((field) => field === document.activeElement)).toBe(true)
  }
  await page.keyboard.press('Control+A')
  await page.keyboard.type(before.day)
  await page.keyboard.press('F12')
  await page.getByText('确认无误后再按 F12').waitFor()
  await picture('readings-confirm')
  await press(page, 'F12', '确认无误，保存')
  await page.getByRole('heading', { name: /^已出账 ZD/ }).waitFor()
  const bill = billOf(home.accountId)
  expect(bill?.lines).toBeGreaterThanOrEqual(2)
  const shown = await page.locator('.billed').innerText()
  expect(shown).toContain(bill?.billNo)
  expect(shown).toContain(formatYuan(bill?.amount as Fen))
  await picture('readings-billed')
})

test('a sheet is filled by numbers and Enter; a doubtful one is told in its row', async () => {
  const { page } = app
  const [, ...rest] = households()
  const place = rest.find(({ building }) => building !== '') ?? rest[0]
  if (!place) throw new Error('no household')
  await page.keyboard.press('Control+m')
  await page.getByPlaceholder('小区名称或拼音首字母').fill(place.community)
  await page.getByPlaceholder('小区名称或拼音首字母').press('Enter')
  await page.locator('.reading-sheet tbody tr').first().waitFor()
  const rows = page.locator('.reading-sheet tbody tr:not(.done)')
  const before = await rows.count()
  const last = Number((await rows.first().locator('td').nth(4).innerText()).replaceAll(',', ''))
  const field = rows.first().locator('input')
  await field.focus()
  await page.keyboard.type(String(Math.max(0, Math.floor(last) - 1)))
  await page.keyboard.press('Enter')
  await rows.first().getByRole('alert').waitFor()
  await picture('sheet-refused')
  await field.fill(String(Math.floor(last) + 9))
  await page.keyboard.press('Enter')
  await page.locator('.reading-sheet tr.done').nth(1).waitFor()
  expect(await rows.count()).toBe(before - 1)
  // The next row has the focus already.
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('td')?.dataset['line'])).toBeDefined()
  await picture('sheet')
})

test('the manager bills what waits in one run, and finds the bills by state', async () => {
  const { page } = app
  const [{ waiting } = { waiting: 0 }] = app.query<{ waiting: number }>(
    `SELECT count(*) AS waiting FROM readings WHERE state = 'unbilled'`,
  )
  expect(waiting).toBe(1)
  await page.reload()
  await logIn(page, '3001')
  await open('/bills/run')
  await page.locator('.key-button:enabled', { hasText: '开始出账' }).waitFor()
  await picture('run-waiting')
  await page.keyboard.press('F12')
  // Asked once, with how many; a second press of the same key is no answer.
  await page.locator('.final-question').getByText('1 条抄表').waitFor()
  await page.keyboard.press('F12')
  await page.keyboard.press('Control+Enter')
  await page.getByText('已完成').waitFor()
  expect(app.query(`SELECT 1 FROM readings WHERE state = 'unbilled'`)).toEqual([])
  await picture('run-done')
  await open('/bills')
  await page.locator('.page-list tbody tr').first().waitFor()
  await picture('bills')
  // The row has the focus only once the sums are there too.
  await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  await page.keyboard.press('Enter')
  await page.locator('.bill-lines').waitFor()
  await picture('bill')
  await page.keyboard.press('Escape')
  await page.locator('.bill-lines').waitFor({ state: 'hidden' })
})

test('the manager reads the price list, tries a volume, and enters a new version', async () => {
  const { page } = app
  await open('/prices')
  await page.getByRole('button', { name: /居民阶梯（上海 2014）/ }).click()
  const volume = page.locator('.calculator input').first()
  await volume.fill('600')
  await page.getByText('第三档 520–600：80 m³ × 4.20 = 336.00').waitFor()
  expect(await page.locator('.calculator').innerText()).toContain('1,959.00')
  await picture('prices')
  await page.keyboard.press('Control+Shift+n')
  await page.getByRole('heading', { name: '录入新版本' }).waitFor()
  // The figures now in force stand there already, and are tried at once.
  await page.locator('.try-out output').first().waitFor()
  await page.getByPlaceholder(/文号/).fill('示例〔2027〕1 号')
  const day = page.locator('.el-form-item', { hasText: '生效日期' }).locator('input')
  await day.fill('2027-01-01')
  await day.press('Enter')
  await picture('price-version')
  await page.keyboard.press('F12')
  // The hall has issued bills: somebody else agrees.
  const asked = page.locator('.el-dialog:visible', { hasText: '气价' })
  await asked.locator('[data-field="staffNo"]').first().fill('9001')
  await asked.locator('input[type=password]').fill(passwordOf('9001'))
  await picture('price-approval')
  await page.keyboard.press('Enter')
  await page.getByText('2027-01-01 起').first().waitFor()
  await expect.poll(() => app.query(`SELECT 1 FROM price_versions WHERE effective_from = '2027-01-01'`)).toHaveLength(1)
})

test('the customer file shows meters, readings and bills', async () => {
  const { page } = app
  const [home] = households()
  await open(`/customers/${home?.accountId}`)
  await page.getByRole('tab', { name: '抄表账单' }).click()
  await page.locator('.bills tbody tr').first().waitFor()
  await picture('file-bills')
  // By key as in the other tabs: an arrow leads to the first bill, Enter opens it and Esc leads back to it.
  await page.getByRole('tab', { name: '资料' }).click()
  await page.locator('main').focus()
  await page.keyboard.press('Control+PageDown')
  await page.keyboard.press('Control+PageDown')
  await page.keyboard.press('Control+PageDown')
  await page.locator('.bills tbody tr').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.locator('.bills tbody tr:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /^账单/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.bills tbody tr:focus').waitFor()
  await page.getByRole('tab', { name: '表具' }).click()
  await page.getByRole('button', { name: '换表' }).click()
  await page.getByRole('dialog', { name: '受理换表' }).waitFor()
  await picture('exchange')
  await page.keyboard.press('Escape')
})

interface PaidBill {
  readonly billId: string
  readonly billNo: string
  readonly accountId: string
  /** Litres. */
  readonly consumption: number
}
/** Paid, read from a meter, of a household that owes nothing, so that what is given back stays where it is put. */
const paidBill = () =>
  app.query<PaidBill>(
    `SELECT b.id AS billId, b.bill_no AS billNo, b.account_id AS accountId, b.consumption FROM bills b
     JOIN accounts a ON a.id = b.account_id JOIN customers c ON c.id = a.customer_id
     WHERE b.state = 'settled' AND b.reading_id IS NOT NULL AND b.consumption > 20000 AND a.arrears = 0 AND a.state = 'active'
       AND a.prepayment = 0 AND c.category = 'resident'
       AND NOT EXISTS (SELECT 1 FROM bills l WHERE l.account_id = b.account_id AND l.rowid > b.rowid)
     ORDER BY b.rowid DESC LIMIT 1`,
  )[0]
const focused = (field: string) =>
  app.page.locator(`[data-field="${field}"]:focus, [data-field="${field}"] :focus`).waitFor()

test('退补 of a paid bill by keyboard: tried and left, refused for no difference, approved twice, on the paper', async () => {
  const { page } = app
  const bill = paidBill()
  if (!bill) throw new Error('no bill was paid')
  await page.reload()
  await logIn(page, '2001')
  await open(`/customers/${bill.accountId}?tab=billing`)
  await page.locator('.bills tbody tr', { hasText: bill.billNo }).focus()
  await page.keyboard.press('Enter')
  const detail = page.locator('.el-dialog', { hasText: `账单 ${numberGroups(bill.billNo).join(' ')}` }).first()
  await detail.locator('.bill-lines').waitFor()
  const volume = (away: number) => String(Math.floor(bill.consumption / 1000) - away)
  const adjustments = () =>
    app.query<{ volume: number; amount: number }>(
      'SELECT volume, amount FROM bill_adjustments WHERE bill_id = ? ORDER BY id',
      bill.billId,
    )

  // Looked at, and left again.
  await press(page, 'Ctrl+F6', '退补')
  const asked = page.locator('.el-dialog:visible', { hasText: '核实后用气量' })
  await focused('consumption')
  await page.keyboard.type(volume(5))
  await asked.locator('[data-field="adjustment"]', { hasText: '退' }).waitFor()
  await page.keyboard.press('Escape')
  await asked.waitFor({ state: 'hidden' })
  await detail.locator('.bill-lines').waitFor()
  expect(adjustments()).toEqual([])

  for (const [i, away] of [5, 8].entries()) {
    await press(page, 'Ctrl+F6', '退补')
    await focused('consumption')
    if (i === 1) {
      // As it stands after the first one: there is nothing to correct.
      await asked.getByText(`已更正为 ${volume(5)} m³`).waitFor()
      await page.keyboard.type(volume(5))
      await page.getByText('不用退补').first().waitFor()
      await page.keyboard.press('Control+A')
    }
    await page.keyboard.type(volume(away))
    // Enter comes as fast as the last digit, and is not lost.
    await page.keyboard.press('Enter')
    await focused('reason')
    await page.keyboard.type('估抄偏差')
    await asked.locator('[data-field="adjustment"]', { hasText: '退' }).waitFor()
    await picture(`adjust-${i + 1}`)
    await press(page, 'F12', '请主任批准')
    const approval = page.locator('.el-dialog:visible', { hasText: '批准人工号' })
    await focused(i === 0 ? 'staffNo' : 'password')
    if (i === 0) {
      await page.keyboard.type('3001')
      await page.keyboard.press('Enter')
      await focused('password')
    }
    await approval.getByText('估抄偏差').waitFor()
    await picture(`adjust-approval-${i + 1}`)
    await page.keyboard.type(passwordOf('3001'))
    await page.keyboard.press('Enter')
    await detail.locator('.paid li', { hasText: '退补 ' }).nth(i).waitFor()
    // The paper for the customer comes by itself, and goes without being printed.
    const paper = page.locator('.paper-preview:visible', { hasText: '退补通知单' })
    await paper.waitFor()
    await page.keyboard.press('Escape')
    await paper.waitFor({ state: 'hidden' })
  }
  const made = adjustments()
  expect(made).toHaveLength(2)
  expect(made[1]?.volume).toBe(-3000)
  const back = -made.reduce((total, { amount }) => total + amount, 0)
  expect(back).toBeGreaterThan(0)
  expect(app.query('SELECT prepayment FROM accounts WHERE id = ?', bill.accountId)).toEqual([{ prepayment: back }])
  await picture('adjusted')

  await press(page, 'Ctrl+P', '账单通知单')
  const paper = page.frameLocator('.paper-preview iframe')
  await paper.getByText('退补').first().waitFor()
  for (const { amount } of made) await paper.getByText(`退 ${formatYuan(-amount as Fen)} 元，转入预存`).waitFor()
  await picture('adjusted-paper')
  await page.keyboard.press('Escape')
  await page.locator('.paper-preview').waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  await detail.waitFor({ state: 'hidden' })
})
