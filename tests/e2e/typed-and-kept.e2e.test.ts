/** In a real hall: what is typed goes where it was meant, stays when one turns away, and the focus comes back, three times each. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { openShift } from './support/cashier.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
const start = async (staffNo: string) => {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
const again = async (staffNo: string) => {
  await app.close()
  await start(staffNo)
}
beforeAll(async () => {
  folder = await makeRealHall()
  await start('9001')
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const key = (combo: string) => page.keyboard.press(hardware(combo))
const type = (text: string) => page.keyboard.type(text)
const fieldNow = () =>
  page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') ?? '')
const dialog = (title: string) => page.locator('.el-dialog', { hasText: title }).filter({ visible: true })

test('a dialog gives the focus back to where it was opened from, the first time too', async () => {
  for (let round = 0; round < 3; round++) {
    await go(page, '/staff')
    const opener = page.getByRole('checkbox', { name: '显示已离职' })
    await opener.focus()
    await key('Ctrl+N')
    await expect.poll(fieldNow).toBe('staffNo')
    await type('300')
    await key('Escape')
    await dialog('新增员工').waitFor({ state: 'hidden' })
    await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true)
    if (round === 1) await again('9001')
  }
})

test('what a form found again is thrown away only by two keys, three times', async () => {
  await again('1001')
  const question = () => page.locator('.final-question:visible')
  for (const [path, field, words] of [
    ['/workorders/new', '[data-field="description"] textarea', '城东路三号楼'],
    ['/registers/suspicious/new', '[data-field^="values."] textarea', '表前有异响'],
    ['/workorders/new', '[data-field="description"] textarea', '城西路六号楼'],
  ] as const) {
    const typed = () => page.locator(field).first()
    await go(page, path)
    await typed().fill(words)
    await go(page, '/')
    await go(page, path)
    await page.locator('.key-button:enabled', { hasText: '清空重填' }).waitFor()
    await key('Shift+F12')
    await question().getByText('没填完的内容将不能找回').waitFor()
    // The key that asked does not answer.
    await key('Shift+F12')
    await key('Escape')
    await question().waitFor({ state: 'hidden' })
    expect(await typed().inputValue()).toBe(words)
    await key('Shift+F12')
    await question().waitFor()
    await key('Ctrl+Enter')
    await question().waitFor({ state: 'hidden' })
    await expect.poll(() => typed().inputValue()).toBe('')
    await again('1001')
    await go(page, path)
    await typed().waitFor()
    expect(await typed().inputValue()).toBe('')
  }
  await again('9001')
})

test('an exam that is half written says nothing of fields nobody has left, and is there again', async () => {
  for (let round = 0; round < 3; round++) {
    await go(page, '/staff/training')
    await key('Ctrl+Shift+N')
    await expect.poll(fieldNow).toBe('subject')
    if (round === 0) {
      expect(await dialog('登记考核').locator('.el-form-item__error').count()).toBe(0)
      await type('应急处置')
    }
    expect(await page.locator('input[data-field="subject"], [data-field="subject"] input').first().inputValue()).toBe(
      '应急处置',
    )
    await key('Escape')
    await dialog('登记考核').waitFor({ state: 'hidden' })
    if (round === 1) await again('9001')
  }
})

test('customers are added one after another, none of their names in another field, and all are there after a power cut', async () => {
  await again('4001')
  await go(page, '/supply/new')
  await expect.poll(fieldNow).toBe('reason')
  await type('阀门更换')
  await key('Enter')
  await key('ArrowRight')
  await key('ArrowRight')
  await key('Enter')
  await expect.poll(fieldNow).toBe('scope.accountIds')
  const added = () => page.locator('main p.account').count()
  const names = ['赵一', '钱二', '孙三']
  for (const [i, name] of names.entries()) {
    await type(name)
    await page.locator('[role="option"], .found-customer', { hasText: name }).first().waitFor()
    await key('Enter')
    await expect.poll(added).toBe(i + 1)
    expect(await fieldNow()).toBe('scope.accountIds')
  }
  await expect
    .poll(
      () =>
        app.query<{ n: number }>(
          `SELECT json_array_length(body, '$.accounts') AS n FROM drafts WHERE key = 'interruption:new'`,
        )[0]?.n,
    )
    .toBe(3)
  await app.kill()
  await start('4001')
  await go(page, '/supply/new')
  await expect.poll(added).toBe(3)
})

test('a number typed on a row of a list is looked for, and its Enter opens no other row', async () => {
  await again('2001')
  const homes = app.query<{ accountNo: string; name: string }>(
    `SELECT a.account_no AS accountNo, c.name FROM accounts a JOIN customers c ON c.id = a.customer_id ORDER BY a.account_no LIMIT 4`,
  )
  for (const { accountNo, name } of homes.slice(1)) {
    await go(page, '/customers')
    await page.locator('tr[tabindex="0"]').first().waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'TR')
    for (const digit of accountNo) await page.keyboard.press(digit, { delay: 60 })
    await page.keyboard.press('Enter', { delay: 60 })
    await page.getByRole('heading', { name }).first().waitFor()
  }
})

test('a count is not short before anything was counted, and is not lost by another step or a power cut', async () => {
  await openShift(page)
  await go(page, '/day-close')
  await key('Ctrl+Shift+J')
  // Nobody confirms what is not asked yet.
  await page.locator('.final-question:visible').waitFor()
  await key('Ctrl+Enter')
  await page.getByText('已停班').first().waitFor()
  await key('Ctrl+ArrowDown')
  await page.getByText('与账面相比：尚未清点').waitFor()
  const hundreds = () => page.locator('input[data-face="10000"]')
  await hundreds().fill('3')
  await page.getByText('与账面相比：短款 200.00 元').waitFor()
  await key('Ctrl+ArrowDown')
  await hundreds().waitFor({ state: 'detached' })
  await key('Ctrl+ArrowUp')
  expect(await hundreds().inputValue()).toBe('3')
  await expect
    .poll(() => app.query<{ n: number }>(`SELECT count(*) AS n FROM drafts WHERE key LIKE 'count:%'`)[0]?.n)
    .toBe(1)
  await app.kill()
  await start('2001')
  await go(page, '/day-close')
  await hundreds().waitFor()
  expect(await hundreds().inputValue()).toBe('3')
})

test('a kept count is not typed over by whoever comes back to it or has explained it; F3 counts anew, what was typed is dropped by key', async () => {
  const hundreds = () => page.locator('input[data-face="10000"]')
  const at = (css: string) => page.waitForFunction((css) => document.activeElement?.matches(css), css)
  await key('Control+Shift+S')
  const reason = '[data-field="reason"], [data-field="reason"] input'
  await at(reason)
  for (let round = 0; round < 3; round++) {
    await key('Ctrl+ArrowUp')
    await hundreds().waitFor({ state: 'detached' })
    await key('Ctrl+ArrowDown')
    await at(reason)
    if (round === 1) {
      await again('2001')
      await go(page, '/day-close')
      await at(reason)
    }
    expect(await hundreds().inputValue()).toBe('3')
    await key('F3')
    await at('input[data-face="10000"]')
    await page.keyboard.type(String(7 + round))
    // The second person is not asked for a count that is not the one that is kept.
    await page.locator('.key-button:disabled', { hasText: '清点有改动，请先保存清点' }).waitFor()
    await key('Shift+F12')
    await at(reason)
    expect(await hundreds().inputValue()).toBe('3')
  }
  await page.keyboard.type('少了两张一百')
  await key('Ctrl+Y')
  await page.locator('.el-dialog:visible').waitFor()
  await at('[data-field="staffNo"], [data-field="staffNo"] input, input[name="staffNo"]')
  await page.keyboard.type('3001')
  await key('Tab')
  await page.keyboard.type(passwordOf('3001'))
  await key('Enter')
  await page.getByText('已说明的长短款').waitFor()
  await at('nav.steps .current')
  await page.keyboard.type('9')
  expect(await hundreds().inputValue()).toBe('3')
  await again('2001')
  await go(page, '/day-close')
  await page.locator('nav.steps button.current').waitFor()
  while ((await page.locator('nav.steps button.current', { hasText: '清点现金' }).count()) === 0)
    await key('Ctrl+ArrowUp')
  await at('nav.steps .current')
  expect(await hundreds().inputValue()).toBe('3')
})

test('a reading and a complaint typed in one go, with no look at the screen, are whose and what they were meant to be', async () => {
  await again('1001')
  const homes = app.query<{ accountNo: string; accountId: string; name: string; tail: string; m3: number }>(
    `SELECT a.account_no AS accountNo, a.id AS accountId, c.name, substr(c.phone, -4) AS tail,
       coalesce((SELECT max(current_index) FROM readings r WHERE r.account_id = a.id), 0) / 1000 AS m3
     FROM accounts a JOIN customers c ON c.id = a.customer_id ORDER BY a.account_no DESC LIMIT 3`,
  )
  const latest = (accountId: string) =>
    app.query<{ m3: number }>(
      `SELECT current_index / 1000 AS m3 FROM readings WHERE account_id = '${accountId}' ORDER BY id DESC LIMIT 1`,
    )[0]?.m3
  const told = (phone: string) =>
    app.query<{ name: string; class: string; content: string }>(
      `SELECT complainant_name AS name, class, content FROM complaints WHERE complainant_phone = '${phone}'`,
    )
  for (const [round, { accountId, name, tail, m3 }] of homes.entries()) {
    await key('Alt+J')
    await key('Alt+M')
    await type(tail)
    await key('Enter')
    await type(String(m3 + 48))
    await key('F12')
    await key('Ctrl+P')
    await key('Ctrl+S')
    await expect.poll(() => latest(accountId)).toBe(m3 + 48)
    await page.getByText('已存为 PDF').first().waitFor()
    await key('Escape')
    await page.locator('.paper-preview:visible').waitFor({ state: 'hidden' })

    await key('F2')
    await type(tail)
    for (const combo of ['Enter', 'Shift+F10', 'Space', 'Tab', 'Tab', 'Tab', 'Tab']) await key(combo)
    const phone = `1990000100${round}`
    await type(phone)
    for (const combo of ['Tab', 'Tab']) await key(combo)
    await type('queue too long')
    await key('F12')
    await expect.poll(() => told(phone)).toEqual([{ name, class: 'attitude', content: 'queue too long' }])
    await page.getByRole('heading', { name: /^投诉 TS/ }).waitFor()
    // A mistake in between: nobody is found, and what is typed behind it is the next number, whole.
    await key('F2')
    await type('99999999')
    await key('Enter')
    await type(tail)
    await expect.poll(() => page.locator('header input').inputValue()).toBe(tail)
    await key('Escape')
    await key('Escape')
    if (round === 1) await again('1001')
  }
})
