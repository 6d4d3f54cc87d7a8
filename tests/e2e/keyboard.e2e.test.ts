/** Hands stay on the keyboard: a queue at the cash desk, the key help, and Chinese input methods. */
import type { CDPSession, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gotIn, passwordOf, startApp, throttle, type RunningApp } from './support/app.ts'
import {
  change,
  debtors,
  due,
  find,
  openShift,
  paymentsOf,
  press,
  putReceiptAway,
  takeCash,
} from './support/cashier.ts'
import { go } from './support/go.ts'

let app: RunningApp
let page: Page
beforeEach(async () => {
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
})
afterEach(() => app.close())

/** What a key began in the page has been drawn. */
const drawn = () =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')

async function logInByKeys(staffNo: string): Promise<void> {
  await expect.poll(focused).toBe('工号')
  await page.keyboard.type(staffNo)
  await page.keyboard.press('Enter')
  await page.keyboard.type(passwordOf(staffNo))
  await page.keyboard.press('Enter')
  await gotIn(page, staffNo)
}

test('three customers are collected from in a row without the mouse', async () => {
  // Any use of the mouse would be seen here.
  await page.evaluate(() => {
    for (const sign of ['pointerdown', 'mousedown', 'touchstart'] as const)
      addEventListener(sign, () => (document.title = 'mouse'), { capture: true })
  })
  await logInByKeys('2001')
  const room = page.getByRole('navigation', { name: '业务' }).getByRole('link', { name: '收费', exact: true })
  const combo = /（(.+)）/.exec((await room.getAttribute('title')) ?? '')?.[1] ?? ''
  expect(combo).toMatch(/^(Alt\+\d|F\d+)$/)
  await page.keyboard.press(combo)
  await press(page, 'Alt+C', '开班')
  await press(page, 'F12', '开班')
  await page.waitForFunction(() => location.hash === '#/collection')

  const queue = debtors(app, 3)
  expect(queue).toHaveLength(3)
  for (const debtor of queue) {
    await find(page, debtor)
    const owed = await due(page)
    expect(owed).toBeGreaterThanOrEqual(debtor.arrears)
    const received = await takeCash(page)
    expect(await change(page)).toBe(received - owed)
    await press(page, 'F12', '确认收款')
    await putReceiptAway(page)
    expect(paymentsOf(app, debtor.accountId).map(({ amount }) => amount)).toEqual([owed])
  }
  const serials = queue.map(({ accountId }) => Number(paymentsOf(app, accountId)[0]?.receiptNo.slice(-8, -1)))
  expect(serials).toEqual([1, 2, 3])
  await page.waitForFunction(() => document.activeElement?.closest('main .find') !== null)
  expect(await page.title()).not.toBe('mouse')
})

test('F1 shows the keys of this very page, and Esc leads back to where one was', async () => {
  await logInByKeys('2001')
  await openShift(page)
  const [debtor] = debtors(app, 1)
  if (!debtor) throw new Error('nobody owes anything')
  await find(page, debtor)
  await takeCash(page)
  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: '本页快捷键' })
  await help.waitFor()
  const keys = await help.locator('dl').allInnerTexts()
  for (const line of [/F5\s+现金/, /F12\s+确认收款/, /F2\s+查找客户/, /Ctrl\+L\s+锁屏/])
    expect(keys.join('\n')).toMatch(line)
  // The page below does not hear the keys that stand on the help.
  await page.keyboard.press('F12')
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })
  expect(paymentsOf(app, debtor.accountId)).toEqual([])
  await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
})

/** The Enter that chooses a word in an input method, as Chromium reports it. */
async function composingEnter(keys: CDPSession): Promise<void> {
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 }
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter })
  await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter })
}

test('an Enter that chooses a word of an input method finds, sends and confirms nothing', async () => {
  await logInByKeys('1001')
  const keys = await page.context().newCDPSession(page)
  const [customer] = app.query<{ name: string; surname: string }>(
    `SELECT name, substr(name, 1, 1) AS surname FROM customers WHERE category = 'resident' ORDER BY id LIMIT 1`,
  )
  if (!customer) throw new Error('the demo hall is empty')

  await page.keyboard.press('F2')
  await page.waitForFunction(() => document.activeElement?.closest('header') !== null)
  const start = page.url()
  await keys.send('Input.imeSetComposition', { text: 'zhang', selectionStart: 5, selectionEnd: 5 })
  await composingEnter(keys)
  await drawn()
  expect(page.url()).toBe(start)
  await keys.send('Input.insertText', { text: customer.surname })
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /#\/customers\/[0-9a-f-]{36}/.test(location.hash))

  await go(page, '/customers/new')
  const name = page.locator('[data-field="profile.name"]:is(input), [data-field="profile.name"] input').first()
  await name.waitFor()
  await name.focus()
  await keys.send('Input.imeSetComposition', { text: 'ouyang', selectionStart: 6, selectionEnd: 6 })
  await composingEnter(keys)
  await drawn()
  // Sending an unfinished form would mark what is missing.
  expect(await page.locator('.is-error, [aria-invalid="true"], .el-form-item__error').count()).toBe(0)
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true)
  await keys.send('Input.insertText', { text: '欧阳' })
  expect(await name.inputValue()).toBe('欧阳')
  // Enter of its own goes on to the next field; F12 sends, and what is missing is marked.
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    () => document.activeElement?.matches('[data-field="profile.name"], [data-field="profile.name"] *') === false,
  )
  await page.keyboard.press('F12')
  await page.locator('.is-error, [aria-invalid="true"], .el-form-item__error').first().waitFor()
})

test('what is typed while a dialog still opens is all there: nothing selects it, nothing takes the focus away', async () => {
  await logInByKeys('3001')
  const [hazard] = app.query<{ id: string }>(`SELECT id FROM hazards WHERE state = 'open' ORDER BY id LIMIT 1`)
  await go(page, `/hazards/${hazard?.id ?? ''}`)
  await press(page, 'Shift+F6', '临时措施')
  const note = page.locator('.el-dialog [data-field="note"]')
  await page.waitForFunction(() => document.activeElement?.matches('.el-dialog [data-field="note"]'))
  await page.keyboard.type('abcdefghijkl', { delay: 25 })
  expect(await note.inputValue()).toBe('abcdefghijkl')
  await page.keyboard.press('Escape')
  await note.waitFor({ state: 'detached' })

  // The next field is reached before the dialog has quite opened.
  await press(page, 'Shift+F7', '现场监护')
  await page.waitForFunction(() => document.activeElement?.matches('.el-dialog [data-field="supportCalledAt"]'))
  await page.keyboard.type('0820')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0845', { delay: 80 })
  for (const [name, typed] of [
    ['supportCalledAt', '0820'],
    ['supportArrivedAt', '0845'],
  ] as const) {
    expect(await page.locator(`.el-dialog [data-field="${name}"]`).inputValue()).toBe(typed)
  }
})

test('keys typed for a page that is still coming are done there, on a PC six times slower too', async () => {
  await logInByKeys('3001')
  await throttle(page, 6)
  // The rail, a room, its paper and the paper as a file: four keys without looking up.
  await page.keyboard.press('Alt+P')
  await page.keyboard.press('Control+P')
  await page.keyboard.press('Control+S')
  await page.getByRole('button', { name: '已存为 PDF' }).waitFor()
  await page.keyboard.press('Escape')
  // What was typed for one page is not done on another.
  await page.keyboard.press('Alt+K')
  await page.keyboard.press('Control+P')
  await page.keyboard.press('Alt+Z')
  await page.getByRole('heading', { name: '账单' }).first().waitFor()
  expect(await page.locator('.paper-preview:visible').count()).toBe(0)
})

test('a second press of the key that asked confirms nothing, Esc leaves, and the answer is another key', async () => {
  await logInByKeys('2001')
  await openShift(page)
  await go(page, '/shift')
  const open = () => app.query<{ n: number }>('SELECT count(*) AS n FROM shifts WHERE closed_at IS NULL')[0]?.n
  for (let time = 1; time <= 3; time++) {
    await press(page, 'Ctrl+Shift+J', '停止收款')
    const question = page.locator('.final-question')
    await question.getByText('钱箱应有').waitFor()
    for (const key of ['Control+Shift+J', 'F12', 'Enter']) await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    expect(open()).toBe(1)
  }
  await press(page, 'Ctrl+Shift+J', '停止收款')
  await press(page, 'Ctrl+Enter', '确认停止收款')
  await page.waitForFunction(() => location.hash.startsWith('#/day-close'))
  expect(open()).toBe(0)
})

test('what is typed before a dialog has stopped moving stays in its field, three times', async () => {
  await logInByKeys('1001')
  const [account] = app.query<{ id: string; name: string }>(
    `SELECT a.id, c.name FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
     WHERE a.arrears = 0 AND a.prepayment = 0 AND a.state = 'active' AND p.gas_state = 'supplied' ORDER BY a.account_no LIMIT 1`,
  )
  if (!account) throw new Error('the demo hall has no such household')
  // As long as on a PC that is at its limit.
  await page.addStyleTag({
    content: '.dialog-fade-enter-active, .dialog-fade-enter-active * { animation-duration: 1.5s !important }',
  })
  await go(page, `/supply/account/${account.id}`)
  const value = (name: string) => page.locator(`[data-field="${name}"] input`).last().inputValue()
  for (let time = 0; time < 3; time++) {
    await press(page, 'Ctrl+1', '停用')
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="applicant"]') !== null)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.type('长期外出')
    await page.waitForFunction(() => document.querySelector('[class*="-enter-active"]') === null)
    expect(await page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field'))).toBe(
      'reason',
    )
    expect([await value('applicant'), await value('reason')]).toEqual([account.name, '长期外出'])
    // The first closes the list of reasons, the second the dialog, however quick they come.
    await page.locator('.el-autocomplete__popper:visible').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  }
})

test('a dialog that stops moving behind another one takes no focus from it, three times', async () => {
  await logInByKeys('9001')
  await go(page, '/backup')
  await press(page, 'Ctrl+B', '立即备份')
  await page.locator('main').getByText('已打开核对').first().waitFor()
  // Only the first of the three moves so long: until it is let go, even where the second takes long to come.
  await page.addStyleTag({
    content: `.dialog-fade-enter-active:has(textarea, [data-field="reason"]),
      .dialog-fade-enter-active:has(textarea, [data-field="reason"]) * { animation-duration: 20s !important }`,
  })
  const moving = () => page.evaluate(() => document.querySelectorAll('[class*="-enter-active"]').length)
  const second = page.locator('.el-dialog:visible', { has: page.locator('[data-field="staffNo"]') })
  for (let time = 0; time < 3; time++) {
    await page.getByRole('button', { name: '恢复…' }).first().press('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="reason"]') !== null)
    await page.keyboard.type('演练恢复')
    await page.keyboard.press('F12')
    await page.locator('.final-question:visible').getByText('之后的收款、退款').waitFor()
    await page.keyboard.press('Control+Enter')
    await second.waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="staffNo"]') !== null)
    expect(await moving()).toBeGreaterThan(0)
    await page.keyboard.type('30')
    await page.evaluate(() => {
      for (const moved of document.getAnimations())
        if (moved.effect?.getComputedTiming().endTime !== Infinity) moved.finish()
    })
    await page.waitForFunction(() => document.querySelector('[class*="-enter-active"]') === null)
    await page.keyboard.type('01')
    expect(await second.locator('[data-field="staffNo"]').inputValue()).toBe('3001')
    // It is kept for the next time; the password would have the focus then.
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Escape')
    await second.waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  }
})

test('the key of a room of somebody else says who takes it; F10 is not silent on an administrator', async () => {
  await logInByKeys('9001')
  const said = page.locator('.kept.lost')
  for (const [combo, who] of [
    ['F10', /“受理工单”由柜员、收费员、营业厅主任、客服调度办理，换人登录按 Ctrl\+Shift\+U/],
    ['Alt+S', /“收款记录”由.*收费员.*办理/],
    ['F10', /“受理工单”由/],
  ] as const) {
    await page.keyboard.press(combo)
    await said.filter({ hasText: who }).waitFor()
    expect(await page.evaluate(() => location.hash)).toBe('#/')
  }
  await page.keyboard.press('F1')
  await page.getByRole('dialog', { name: '本页快捷键' }).waitFor()
  expect(await page.locator('dt[data-combo="F10"]').count()).toBe(0)
})
