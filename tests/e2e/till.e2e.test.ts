/** The till: scan, money, F12, three keys a customer; what was done stays in sight; slips are caught (cases C4, M2–M4). */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { copyOfDemoHall, logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { change, debtors, due, openShift, paymentsOf, press, type Debtor } from './support/cashier.ts'
import { go, goSlowly } from './support/go.ts'
import { whileBackendWaits } from './support/processes.ts'

let app: RunningApp
let page: Page
let folder: string
let shots: string

beforeEach(async () => {
  folder = await copyOfDemoHall()
  shots = process.env['HALL_SHOTS'] ?? mkdtempSync(join(tmpdir(), 'hall-till-'))
})
afterEach(async () => {
  await app?.close().catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
  if (process.env['HALL_SHOTS'] === undefined) rmSync(shots, { recursive: true, force: true })
})

/** Settings as an administrator left them, before the program starts. */
function configure(settings: Record<string, string | number | boolean>): void {
  const sqlite = openSqlite({ path: join(folder, 'hall.db'), key: openKey(folder, { osStore: null }) })
  for (const [key, value] of Object.entries(settings)) {
    sqlite
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, 'test')
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      )
      .run(key, JSON.stringify(value))
  }
  sqlite.close()
}

/** Stands in for the printers of the PC: one that takes each paper, or nobody answers. */
const printers = (state: 'ready' | 'silent') =>
  app.electron.evaluate(({ ipcMain }, ready) => {
    ipcMain.removeHandler('desktop:printers')
    ipcMain.handle('desktop:printers', () => ({ ok: true, value: [{ name: '针式打印机', isDefault: true }] }))
    ipcMain.removeHandler('desktop:print')
    ipcMain.handle('desktop:print', () => ({
      ok: true,
      value: { outcome: ready ? 'printed' : 'unanswered', detail: '' },
    }))
  }, state === 'ready')
/** Receipts that went to a printer, each with the number of its copy: above 1 it says 补打. */
const printed = () =>
  app.query<{ id: string; copyNo: number }>(
    `SELECT paper_id AS id, copy_no AS copyNo FROM printings WHERE kind = 'receipt' ORDER BY rowid`,
  )

/** A keyboard wedge: the characters come as fast as the machine takes them, and then Enter. */
const scan = (code: string) =>
  app.electron.evaluate(({ BrowserWindow }, text) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() !== '公示屏')
    for (const character of text) {
      window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: character })
      window?.webContents.sendInputEvent({ type: 'char', keyCode: character })
      window?.webContents.sendInputEvent({ type: 'keyUp', keyCode: character })
    }
    window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Return' })
    window?.webContents.sendInputEvent({ type: 'char', keyCode: 'Return' })
    window?.webContents.sendInputEvent({ type: 'keyUp', keyCode: 'Return' })
  }, code)

/** Counts the window's own keydown events from now on. */
const countKeys = () =>
  page.evaluate(() => {
    const counter = window as unknown as { keys?: number }
    if (counter.keys === undefined)
      window.addEventListener('keydown', () => (counter.keys = (counter.keys ?? 0) + 1), true)
    counter.keys = 0
  })
const keys = () => page.evaluate(() => (window as unknown as { keys: number }).keys)

async function atTheTill(): Promise<void> {
  app = await startApp({ dataFolder: folder })
  page = app.page
  page.on('console', (line) => line.type() === 'error' && process.stdout.write(`  ${line.text()}\n`))
  await logIn(page, '2001')
}
const choose = (mode: 'at-once' | 'preview' | 'none') =>
  page.evaluate((chosen) => localStorage.setItem('paper.receipt', JSON.stringify({ mode: chosen })), mode)
const free = () =>
  page.waitForFunction(() => document.activeElement?.closest('main .find') !== null && location.hash === '#/collection')
const opened = async ({ name, accountId }: Debtor) => {
  await page.waitForFunction((id) => location.hash === `#/collection/${id}`, accountId)
  await page.locator('.account-head', { hasText: name }).waitFor()
  await page.locator('output[data-field="due"]').waitFor()
}
const note = () => page.locator('main .done-note')
const shot = (name: string) => page.screenshot({ path: join(shots, `${name}.png`) })

async function approve(): Promise<void> {
  const dialog = page.locator('.el-dialog', { has: page.locator('[data-field="staffNo"]') }).filter({ visible: true })
  await dialog.locator('[data-field="staffNo"]').fill('3001')
  await page.keyboard.press('Enter')
  await dialog.locator('[data-field="password"]').fill(passwordOf('3001'))
  await page.keyboard.press('Enter')
}

test('scan, money, F12: the receipt is printed at once, what was done stays in sight, also after Esc and a restart', async () => {
  await atTheTill()
  await openShift(page)
  await choose('at-once')
  await printers('ready')
  const queue = debtors(app, 3)
  for (const [i, debtor] of queue.entries()) {
    await free()
    await scan(debtor.accountNo)
    await opened(debtor)
    const owed = await due(page)
    if (i === 1) {
      // Esc goes back one step: what was entered goes, then the customer; what was done last is in sight again.
      await press(page, 'F5', '现金')
      await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
      await page.keyboard.press('Escape')
      await page.locator('[data-means="cash"]').waitFor({ state: 'detached' })
      await opened(debtor)
      await page.keyboard.press('Escape')
      await free()
      await note()
        .getByText(`${queue[0]?.name ?? ''} 已收`)
        .waitFor()
      expect(paymentsOf(app, debtor.accountId)).toEqual([])
      await scan(debtor.accountNo)
      await opened(debtor)
    }
    await countKeys()
    await press(page, 'F5', '现金')
    await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
    await press(page, 'F12', '确认收款')
    await note().getByText(`${debtor.name} 已收`).waitFor()
    // F5 and F12; the scanner's own are not a person's.
    const pressed = await keys()
    if (i === 0) process.stdout.write(`  one scan: ${pressed} keys\n`)
    expect(pressed).toBe(2)
    await note().getByText('收据已送打印机').waitFor()
    expect(paymentsOf(app, debtor.accountId).map(({ amount }) => amount)).toEqual([owed])
  }
  expect(printed().map(({ copyNo }) => copyNo)).toEqual([1, 1, 1])
  await shot('after-payment')

  const last = queue[2] as Debtor
  const [paid] = paymentsOf(app, last.accountId)
  await free()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await note()
    .getByText(paid?.receiptNo ?? '')
    .waitFor()

  app = await app.restart()
  page = app.page
  await printers('ready')
  await logIn(page, '2001')
  await go(page, '/collection')
  await note()
    .getByText(paid?.receiptNo ?? '')
    .waitFor()
  await press(page, 'Control+p', '补打收据')
  await note().getByText('收据已送打印机').waitFor()
  await expect.poll(() => printed().at(-1)).toEqual({ id: paid?.paymentId, copyNo: 2 })

  await press(page, 'Shift+F12', '冲正')
  await page.locator('[data-field="reason"]').fill('收错户号')
  await page.keyboard.press('Enter')
  await approve()
  await page.locator('.paper-preview iframe').waitFor()
  await page.keyboard.press('Escape')
  await note().getByText('已冲正作废').waitFor()
  expect(app.query<{ state: string }>('SELECT state FROM receipts WHERE receipt_no = ?', paid?.receiptNo)).toEqual([
    { state: 'voided' },
  ])
})

test('the next bill, scanned over the preview of the last receipt, is opened, the same customer too', async () => {
  await atTheTill()
  await openShift(page)
  await choose('preview')
  await printers('ready')
  const queue = debtors(app, 3)
  await free()
  for (const [i, debtor] of queue.entries()) {
    // The first is scanned on the empty page, the others over the preview before.
    await scan(debtor.accountNo)
    await opened(debtor)
    expect(await page.locator('.paper-preview iframe').count()).toBe(0)
    await press(page, 'F5', '现金')
    await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
    await press(page, 'F12', '确认收款')
    await page.locator('.paper-preview iframe').waitFor()
    expect(paymentsOf(app, debtor.accountId)).toHaveLength(1)
    if (i < 2) continue
    await scan(debtor.accountNo)
    await page.locator('.paper-preview iframe').waitFor({ state: 'detached' })
    await page.locator('.account-head', { hasText: debtor.name }).waitFor()
    expect(page.url()).toContain(debtor.accountId)
  }
})

test('five customers found by hand in at most sixty keys', async () => {
  await atTheTill()
  await openShift(page)
  await choose('none')
  const queue = app.query<Debtor & { tail: string }>(
    `SELECT a.id AS accountId, a.account_no AS accountNo, c.name, a.arrears, substr(c.phone, -4) AS tail
       FROM accounts a JOIN customers c ON c.id = a.customer_id
       WHERE a.arrears BETWEEN 1000 AND 50000 AND a.prepayment = 0 AND a.state = 'active'
         AND NOT EXISTS (SELECT 1 FROM customers o WHERE o.id <> c.id AND
           (substr(o.phone, -4) = substr(c.phone, -4) OR o.phone_alt LIKE '%' || substr(c.phone, -4)
            OR o.id_number LIKE '%' || substr(c.phone, -4)))
       ORDER BY a.account_no LIMIT 5`,
  )
  expect(queue).toHaveLength(5)
  await free()
  await countKeys()
  for (const debtor of queue) {
    await free()
    await page.keyboard.type(debtor.tail)
    await page.keyboard.press('Enter')
    await opened(debtor)
    const owed = await due(page)
    const amounts = page.locator('.quick .key-button', { hasText: 'Ctrl+3' })
    if (await amounts.isVisible()) await page.keyboard.press('Control+3')
    else await page.keyboard.press('F5')
    await page.locator('[data-means="cash"]').waitFor()
    await press(page, 'F12', '确认收款')
    await note().getByText(`${debtor.name} 已收`).waitFor()
    expect(paymentsOf(app, debtor.accountId).map(({ amount }) => amount)).toEqual([owed])
  }
  const pressed = await keys()
  process.stdout.write(`  five customers: ${pressed} keys\n`)
  expect(pressed).toBeLessThanOrEqual(60)
})

test('a number typed on a bill is the next customer, by hand or by a scanner; nobody else prepays for them', async () => {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await logIn(page, '2001')
  await openShift(page)
  await printers('ready')
  const owing = debtors(app, 9)
  const on = (one: Debtor | undefined) => page.waitForURL(new RegExp(`/collection/${one?.accountId ?? '-'}$`))
  const onBill = () => page.waitForFunction(() => document.activeElement?.matches('.debt-list input[type=checkbox]'))
  for (let round = 0; round < 3; round++) {
    const [first, second, third] = owing.splice(0, 3)
    await go(page, '/collection')
    await scan(first?.accountNo ?? '')
    await on(first)
    await onBill()
    // With a hand's pauses: no scanner.
    for (const digit of second?.accountNo ?? '') await page.keyboard.press(digit, { delay: 60 })
    await page.keyboard.press('Enter', { delay: 60 })
    await on(second)
    await onBill()
    await scan(third?.accountNo ?? '')
    await on(third)
    await onBill()
    expect(await page.locator('main [role="search"] input').inputValue()).toBe('')
    await press(page, 'Shift+F5', '预存')
    await page.keyboard.type('100')
    await press(page, 'F12', '收款')
    await expect.poll(() => paymentsOf(app, third?.accountId ?? '')[0]?.amount).toBe(10_000)
    expect([first, second].flatMap((one) => paymentsOf(app, one?.accountId ?? ''))).toEqual([])
  }
})

test('a scan in the received field opens the account and is no amount; a scan of something else changes nothing', async () => {
  await atTheTill()
  await openShift(page)
  await choose('none')
  const [first, second] = debtors(app, 2) as [Debtor, Debtor]
  await scan(first.accountNo)
  await opened(first)
  await press(page, 'F5', '现金')
  const field = page.locator('[data-means="cash"] input')
  await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
  const stood = await field.inputValue()
  for (const code of ['6901234567892', 'https://example.cn/9', '6901234567892']) {
    await scan(code)
    await page.getByText(`扫到的“${code}”不是户号或在用的表号`).first().waitFor()
    await expect.poll(() => field.inputValue()).toBe(stood)
  }
  expect(await page.evaluate(() => location.hash)).toContain(first.accountId)
  await shot('scan-of-something-else')
  await scan(second.accountNo)
  await opened(second)
  expect(await page.locator('[data-means]').count()).toBe(0)
  expect(paymentsOf(app, first.accountId)).toEqual([])

  // The serial of a channel is scanned into its own field.
  await press(page, 'F6', '微信')
  await page.locator('[data-field="reference-wechat"] input, input[data-field="reference-wechat"]').first().focus()
  await scan('4200001234567890')
  const serial = page.locator('[data-field="reference-wechat"] input, input[data-field="reference-wechat"]').first()
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === '4200001234567890')
  expect(await serial.inputValue()).toBe('4200001234567890')
  await press(page, 'F12', '确认收款')
  await note().getByText(`${second.name} 已收`).waitFor()
})

test('a slip is refused, a doubt is asked once, a silent printer loses nothing, the fen stay by one key', async () => {
  configure({ 'cashier.requireReference.alipay': true })
  await atTheTill()
  await openShift(page)
  await choose('at-once')
  await printers('silent')
  const [first, second, third] = debtors(app, 3) as [Debtor, Debtor, Debtor]

  await scan(first.accountNo)
  await opened(first)
  const owed = await due(page)
  await press(page, 'F5', '现金')
  await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
  await page.keyboard.type('1000000')
  await page.getByText('找零超过上限').first().waitFor()
  await page.keyboard.press('F12')
  await page.locator('.kept.lost', { hasText: '现在不能办' }).waitFor()
  await page.locator('[data-means="cash"] input').fill(String(Math.ceil(owed / 10_000) * 100 + 300))
  await press(page, 'F12', '确认收款')
  const question = page.locator('.el-message-box')
  await question.getByText('要找零').waitFor()
  await shot('asked-once')
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  expect(paymentsOf(app, first.accountId)).toEqual([])
  await press(page, 'F12', '确认收款')
  await question.getByText('要找零').waitFor()
  await page.keyboard.press('Enter')
  await note().getByText(`${first.name} 已收`).waitFor()
  await note().getByText('没有回答').waitFor()
  expect(paymentsOf(app, first.accountId).map(({ amount }) => amount)).toEqual([owed])
  await shot('printer-silent')
  await printers('ready')
  await press(page, 'Control+p', '补打收据')
  await note().getByText('收据已送打印机').waitFor()

  await scan(second.accountNo)
  await opened(second)
  await press(page, 'F7', '支付宝')
  await page.getByText('支付宝必须填写流水号').first().waitFor()
  await page.locator('[data-means="alipay"] .remove').click()
  await press(page, 'F6', '微信')
  await press(page, 'F12', '确认收款')
  await question.getByText('没有流水号').waitFor()
  await page.keyboard.press('Enter')
  await note().getByText(`${second.name} 已收`).waitFor()

  await scan(third.accountNo)
  await opened(third)
  const debt = await due(page)
  await press(page, 'F5', '现金')
  await page.locator('[data-means="cash"] input').fill(String(Math.ceil((debt + 1) / 10_000) * 100))
  const before = await change(page)
  await press(page, 'Shift+F9', '找零留作预存')
  await page.getByText('转预存').first().waitFor()
  const kept = before - (await change(page))
  expect(kept).toBeGreaterThan(0)
  await press(page, 'F12', '确认收款')
  await note().getByText(`${third.name} 已收`).waitFor()
  expect(app.query('SELECT prepayment FROM accounts WHERE id = ?', third.accountId)).toEqual([{ prepayment: kept }])

  // 预存 from the same screen.
  await scan(third.accountNo)
  await page.locator('.account-head', { hasText: third.name }).waitFor()
  await press(page, 'Shift+F5', '预存')
  await page.locator('.el-dialog [data-field="amount"]').first().waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('.el-dialog') !== null)
  await page.keyboard.type('100')
  await press(page, 'F12', '收款')
  await note().getByText('已收').waitFor()
  expect(app.query('SELECT prepayment FROM accounts WHERE id = ?', third.accountId)).toEqual([
    { prepayment: kept + 10_000 },
  ])
})

test('where the hall rounds cash, the clerk takes and gives whole jiao', async () => {
  configure({ 'cashier.cashRounding': 'down' })
  await atTheTill()
  await openShift(page)
  await choose('none')
  const [debtor] = app.query<Debtor>(
    `SELECT a.id AS accountId, a.account_no AS accountNo, c.name, a.arrears
     FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE a.arrears BETWEEN 1000 AND 50000 AND a.arrears % 10 <> 0 AND a.prepayment = 0
       AND NOT EXISTS (SELECT 1 FROM bills b WHERE b.account_id = a.id AND b.state = 'open' AND b.due_on < '2026-11-23')
     ORDER BY a.account_no LIMIT 1`,
  )
  if (!debtor) throw new Error('nobody owes a fen')
  await scan(debtor.accountNo)
  await opened(debtor)
  const owed = await due(page)
  await press(page, 'F5', '现金')
  await page.getByText('现金收到角').first().waitFor()
  await shot('rounding')
  await press(page, 'F12', '确认收款')
  await note().getByText('现金尾差').waitFor()
  expect(paymentsOf(app, debtor.accountId).map(({ amount }) => amount)).toEqual([owed - (owed % 10)])
  expect(app.query('SELECT arrears FROM accounts WHERE id = ?', debtor.accountId)).toEqual([{ arrears: 0 }])
})

test('whoever goes elsewhere while a payment is still being booked stays there, and it is booked', async () => {
  await atTheTill()
  await openShift(page)
  await choose('none')
  for (const debtor of debtors(app, 2)) {
    await go(page, '/collection')
    await scan(debtor.accountNo)
    await opened(debtor)
    await press(page, 'F5', '现金')
    await whileBackendWaits(app.electron.process(), async () => {
      await press(page, 'F12', '确认收款')
      await page.keyboard.press('Alt+j')
      await page.waitForFunction(() => location.hash === '#/')
    })
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await expect.poll(() => paymentsOf(app, debtor.accountId).length).toBe(1)
    // A call behind it has been answered: so has the payment.
    await page.keyboard.press('F2')
    await page.keyboard.type(debtor.accountNo)
    // Found by this number: those opened last stand there before anything is answered, and none is chosen.
    await page.locator('header [role="option"][aria-selected="true"]').first().waitFor()
    expect(await page.evaluate(() => location.hash)).toBe('#/')
    await page.keyboard.press('Escape')
  }
})

test('a page that is still being loaded when the payment is booked is reached, three times', async () => {
  await atTheTill()
  await openShift(page)
  await choose('none')
  for (const debtor of debtors(app, 3)) {
    await go(page, '/collection')
    await scan(debtor.accountNo)
    await opened(debtor)
    await press(page, 'F5', '现金')
    let arrive = async () => {}
    await whileBackendWaits(app.electron.process(), async () => {
      await press(page, 'F12', '确认收款')
      arrive = await goSlowly(page, '/day-close')
    })
    await expect.poll(() => paymentsOf(app, debtor.accountId).length).toBe(1)
    await page.waitForFunction(() => document.querySelector('main .is-loading') === null)
    await arrive()
    await page.locator('nav.steps button.current', { hasText: '核对应收' }).waitFor()
  }
})
