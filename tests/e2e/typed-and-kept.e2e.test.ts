/** In a real hall: what is typed goes where it was meant, stays when one turns away, and the focus comes back, three times each. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
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
