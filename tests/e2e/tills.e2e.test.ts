/** A till that broke down in the middle of a shift: the manager ends it and counts its drawer from another one, and the day closes. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { makeRealHall } from './support/real-hall.ts'
import { staffOf } from './support/pages.ts'

let folder: string
let app: RunningApp
beforeAll(async () => {
  folder = await makeRealHall({ paidAtSecondTill: 3 })
  app = await startApp({ dataFolder: folder })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})
const keys = async (...combos: string[]) => {
  for (const combo of combos) await app.page.keyboard.press(hardware(combo))
}
const drawer = (text: string) => app.page.locator('tbody tr', { hasText: text })

test('nobody takes money at two tills; one that is lost is ended and counted elsewhere, and why is on record', async () => {
  await logIn(app.page, staffOf.cashier)
  await go(app.page, '/shift')
  await press(app.page, 'F12', '开班')
  await app.page.locator('.el-message', { hasText: '您在 02 号机的班次还没有停' }).waitFor()
  app = await app.restart()
  await logIn(app.page, staffOf['hall-manager'])
  await go(app.page, '/day-close')
  await app.page.locator('.obstacles', { hasText: '孙收费的班次还在收款' }).waitFor()
  await press(app.page, 'Ctrl+Down', '下一步')
  await drawer('02 号机').getByText('孙收费，还在收款').waitFor()
  const why = app.page.locator('[data-field="asked-reason"]')
  const ask = async () => {
    await press(app.page, 'Ctrl+Shift+J', '代为停止收款')
    await why.waitFor()
  }
  // Esc ends nothing, and neither does a reason that was left out.
  await ask()
  await keys('Escape')
  await why.waitFor({ state: 'hidden' })
  await ask()
  await keys('Enter')
  await app.page.getByText('请填写原因').waitFor()
  expect(app.query(`SELECT 1 FROM shifts WHERE state = 'open'`)).toHaveLength(1)
  await app.page.keyboard.type('02 号机电源烧坏')
  await keys('Enter')
  await drawer('02 号机').getByText('还在收款').waitFor({ state: 'hidden' })
  app = await app.restart()
  await logIn(app.page, staffOf['hall-manager'])
  await go(app.page, '/day-close')
  await app.page.locator('nav.steps button.current', { hasText: '清点现金' }).waitFor()
  const [{ expected = 0 } = {}] = app.query<{ expected: number }>(
    `SELECT sum(debit) - sum(credit) AS expected FROM journal_lines WHERE account = 'cash-drawer'`,
  )
  // Whole yuan: what is not a hundred is counted in ones.
  const count = async (fen: number) => {
    for (const [face, pieces] of [
      [10_000, Math.floor(fen / 10_000)],
      [100, Math.floor((fen % 10_000) / 100)],
      [10, (fen % 100) / 10],
    ] as const)
      await app.page.locator(`input[data-face="${face}"]`).fill(String(pieces))
  }
  await count(expected - 500)
  await app.page.locator('.key-button:disabled', { hasText: '先写明为什么不在那台电脑清点' }).waitFor()
  await app.page.locator('input[data-field="why"], [data-field="why"] input').first().fill('02 号机电源烧坏')
  await press(app.page, 'Ctrl+Shift+S', '保存清点')
  await drawer('02 号机').getByText('短款 5.00 元').waitFor()
  await count(expected)
  await press(app.page, 'Ctrl+Shift+S', '保存清点')
  await drawer('02 号机').getByText('账款相符').waitFor()
  await press(app.page, 'F12', '日结锁定')
  await app.page.locator('.final-question').waitFor()
  await keys('Ctrl+Enter')
  await app.page.locator('.el-message', { hasText: '已日结' }).waitFor()
  expect(app.query("SELECT till, reason, total FROM cash_counts WHERE reason <> '' ORDER BY at")).toEqual([
    { till: '02', reason: '02 号机电源烧坏', total: expected - 500 },
    { till: '02', reason: '02 号机电源烧坏', total: expected },
  ])
  app = await app.restart()
  expect(app.query(`SELECT state FROM day_closes`)).toEqual([{ state: 'closed' }])
  expect(app.query(`SELECT count(*) AS n FROM receipts WHERE substr(receipt_no, 6, 2) = '02'`)).toEqual([{ n: 3 }])
})
