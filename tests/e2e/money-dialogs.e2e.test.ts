/** Dialogs take typing at once: 预存 in and out by keyboard, and the start passphrase exchanged for another. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { makingPath } from '../../src-main/platform/data-folder.ts'
import { createKey } from '../../src-main/platform/keys.ts'
import { gotIn, logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'

let app: RunningApp
afterEach(async () => {
  await app.close()
  rmSync(app.dataFolder, { recursive: true, force: true })
})

const focused = (page: Page, field: string) =>
  page.locator(`[data-field="${field}"]:focus, [data-field="${field}"] :focus`).waitFor()
const type = (page: Page, text: string) => page.keyboard.type(text)

test('a deposit is taken and partly given back without the mouse, and every open page shows the balance', async () => {
  app = await startApp()
  const { page } = app
  await logIn(page, '2001')
  await go(page, '/shift')
  await press(page, 'F12', '开班')
  await page.getByText('营业中').first().waitFor()
  const [home] = app.query<{ id: string }>(
    `SELECT id FROM accounts WHERE prepayment = 0 AND arrears = 0 AND state = 'active' ORDER BY account_no LIMIT 1`,
  )
  if (!home) throw new Error('nobody without a deposit')
  await go(page, `/customers/${home.id}?tab=cashier`)

  await page.locator('button:enabled', { hasText: '预存' }).first().waitFor()
  await page.keyboard.press('Shift+F5')
  await focused(page, 'amount')
  await type(page, '150')
  await page.keyboard.press('F12')
  await page.getByRole('dialog', { name: '收费收据' }).getByText('已收 150.00 元').waitFor()
  await page.keyboard.press('Escape')

  await page.locator('button:enabled', { hasText: '退预存' }).waitFor()
  await page.keyboard.press('Control+Shift+T')
  await focused(page, 'amount')
  await type(page, '50')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await focused(page, 'reason')
  await type(page, '客户要求退回')
  await page.keyboard.press('F12')
  await focused(page, 'staffNo')
  // Nobody agrees to his own act; whoever is asked next does not find his number there.
  await type(page, '2001')
  await page.keyboard.press('Tab')
  await type(page, passwordOf('2001'))
  await press(page, 'F12', '批准')
  await page.getByRole('dialog', { name: '批准' }).locator('.el-form-item__error').waitFor()
  await page.keyboard.press('Escape')
  await focused(page, 'reason')
  await press(page, 'F12', '请主任批准')
  await focused(page, 'staffNo')
  expect(await page.locator('.el-dialog:visible input[data-field="staffNo"]').inputValue()).toBe('')
  await type(page, '3001')
  await page.keyboard.press('Tab')
  await type(page, passwordOf('3001'))
  await press(page, 'F12', '批准')
  await page.locator('.paper-preview iframe').waitFor()
  await page.getByRole('dialog', { name: '收费收据' }).getByText('已退 50.00 元').waitFor()
  await page.keyboard.press('Escape')

  await page.locator('td', { hasText: '-50.00' }).first().waitFor()
  expect(app.query(`SELECT prepayment FROM accounts WHERE id = ?`, home.id)).toEqual([{ prepayment: 10_000 }])

  // A PC that prints nothing shows no paper here either; what was taken stays in sight.
  await page.evaluate(() => localStorage.setItem('paper.receipt', JSON.stringify({ mode: 'none' })))
  await press(page, 'Shift+F5', '预存')
  await focused(page, 'amount')
  // A comma too few: asked once with the amount, and Esc leads back to it.
  await type(page, '2000000')
  await press(page, 'F12', '收款')
  const question = page.locator('.el-message-box:visible')
  await question.getByText('预存 2,000,000.00 元').waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  await focused(page, 'amount')
  expect(app.query(`SELECT prepayment FROM accounts WHERE id = ?`, home.id)).toEqual([{ prepayment: 10_000 }])
  await page.keyboard.press('Control+a')
  await type(page, '20')
  // Enter goes on to what was received; the money is taken behind the last field.
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await focused(page, 'received')
  expect(app.query(`SELECT prepayment FROM accounts WHERE id = ?`, home.id)).toEqual([{ prepayment: 10_000 }])
  await press(page, 'F12', '收款')
  await page.locator('main .done-note').getByText('已收 20.00 元').waitFor()
  expect(await page.locator('.paper-preview iframe').count()).toBe(0)
  expect(app.query(`SELECT prepayment FROM accounts WHERE id = ?`, home.id)).toEqual([{ prepayment: 12_000 }])
})

test('the start passphrase is changed in the settings; from then on only the new one opens the data', async () => {
  const [first, second] = ['春风化雨润物无声-2026', '秋月无边照我西窗-2027']
  const dataFolder = mkdtempSync(join(tmpdir(), 'hall-e2e-'))
  // As the program leaves a hall that is being made.
  writeFileSync(makingPath(dataFolder), '')
  createKey(dataFolder, { kind: 'passphrase', passphrase: first })
  app = await startApp({ dataFolder })
  let { page } = app
  const unlock = async (passphrase: string) => {
    await page.locator('input[type=password]').first().fill(passphrase)
    await page.keyboard.press('Enter')
  }
  await unlock(first)
  await page.locator('[data-field="companyName"]').first().waitFor()
  const given = { companyName: '示例燃气有限公司', hallName: '北门营业厅', hallCode: '012', pcCode: '03' }
  const administrator = { staffNo: '9001', name: '孙管理', password: 'Anfang-Hua-93', second: 'Anfang-Hua-93' }
  for (const [name, text] of Object.entries({ ...given, ...administrator })) {
    await page.locator(`input[data-field="${name}"], [data-field="${name}"] input`).first().fill(text)
  }
  await page.keyboard.press('Enter')
  await page.getByText('012 厅 03 号机').waitFor()
  await page.locator('input[data-field="staffNo"], [data-field="staffNo"] input').first().fill('9001')
  await page.locator('input[type=password]').fill('Anfang-Hua-93')
  await page.keyboard.press('Enter')
  await gotIn(page, '9001')

  await go(page, '/settings')
  await page.getByText('修改启动口令').waitFor()
  await page.keyboard.press('F3')
  await focused(page, 'present')
  const typed = page.getByRole('dialog').locator('input')
  await typed.nth(0).fill('not-this-one')
  await typed.nth(1).fill(second)
  await typed.nth(2).fill(second)
  await page.keyboard.press('F12')
  await page.getByText('口令不正确').waitFor()
  await focused(page, 'present')
  await typed.nth(0).fill(first)
  await page.keyboard.press('F12')
  await page.getByText('启动口令已更换').waitFor()

  app = await app.restart()
  page = app.page
  await unlock(first)
  await page.getByText('口令不正确').waitFor()
  await unlock(second)
  await page.getByText('012 厅 03 号机').waitFor()
})
