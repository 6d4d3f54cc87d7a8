/** The channel's bill comes a day later: the day closes without it, and is reconciled on the next one. Twice in a row, with a restart between. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { demoMorning, logIn, startApp, type RunningApp } from './support/app.ts'
import { debtors, due, find, openShift, paymentsOf, press } from './support/cashier.ts'
import { go } from './support/go.ts'

let app: RunningApp
let folder: string
const firstMorning = Date.parse(demoMorning)
const dayMs = 86_400_000
/** A clock for the n-th day, never behind what was booked before. */
const clockOn = (n: number) => new Date(firstMorning + n * dayMs).toISOString()
const dateOn = (n: number) => new Date(firstMorning + n * dayMs + 8 * 3_600_000).toISOString().slice(0, 10)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hall-statements-'))
  app = await startApp()
})
afterAll(async () => {
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function picture(name: string): Promise<void> {
  const pictures = process.env['HALL_PICTURES']
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await app.page.screenshot({ path: join(pictures, `${name}.png`) })
}
const shows = (text: string | RegExp) => app.page.getByText(text).first().waitFor()

/** Somebody pays by WeChat; the number is what the bill will say. @returns fen */
async function collectByWechat(reference: string): Promise<number> {
  const [debtor] = debtors(app, 1)
  if (!debtor) throw new Error('nobody owes anything')
  await find(app.page, debtor)
  const amount = await due(app.page)
  await press(app.page, 'F6', '微信')
  await app.page.locator('[data-means="wechat"] input').nth(1).fill(reference)
  await press(app.page, 'F12', '收款')
  await expect.poll(() => paymentsOf(app, debtor.accountId).length).toBeGreaterThan(0)
  return amount
}

async function countDrawer(): Promise<void> {
  const [row] = app.query<{ amount: number }>(
    `SELECT sum(debit - credit) AS amount FROM journal_lines WHERE account = 'cash-drawer'`,
  )
  let rest = row?.amount ?? 0
  await app.page.getByText('其他券别').click()
  for (const face of [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 2, 1]) {
    const pieces = Math.floor(rest / face)
    rest %= face
    if (pieces > 0) await app.page.locator(`input[data-face="${face}"]`).fill(String(pieces))
  }
  await press(app.page, 'Ctrl+Shift+S', '保存清点')
}

/** 日结 without the bills of the channels. */
async function closeWithoutBills(date: string): Promise<void> {
  await go(app.page, '/day-close')
  await press(app.page, 'Ctrl+Shift+J', '停止收款')
  await press(app.page, 'Ctrl+Enter', '确认停止收款')
  await shows('已停班')
  await press(app.page, 'Ctrl+Down', '下一步')
  await shows('按券别清点')
  await countDrawer()
  await app.page.getByRole('button', { name: /渠道对账/ }).click()
  await press(app.page, 'Ctrl+G', '其余渠道次日到')
  await app.page.locator('tr[data-means="wechat"]', { hasText: '对账单次日到' }).waitFor()
  // Never as if it had been checked: amber, not green.
  await expect
    .poll(() => app.page.locator('nav.steps button', { hasText: '渠道对账' }).innerText())
    .toContain('对账单次日到')
  await picture('statements-deferred')
  await app.page.getByRole('button', { name: /单据与锁定/ }).click()
  await press(app.page, 'F12', '日结锁定')
  await press(app.page, 'Ctrl+Enter', '确认日结锁定')
  await expect
    .poll(() => app.query<{ state: string }>('SELECT state FROM day_closes WHERE date = ?', date)[0]?.state)
    .toBe('closed')
}

/** A bill in a form nobody has seen: the hall's payment and one more of another hall. */
function bill(name: string, date: string, reference: string, amount: number): string {
  const path = join(folder, name)
  const rows = [
    '某某支付商户日账单,,,',
    '何时,进付,多少,哪笔',
    `${date} 10:00:00,来,${formatYuan(fen(amount)).replaceAll(',', '')}元,${reference}`,
    `${date} 11:00:00,来,(8.00),other-${reference}`,
    '合计,,2,',
  ]
  writeFileSync(path, `\ufeff${rows.join('\r\n')}\r\n`)
  return path
}

async function reconcile(date: string, path: string, unknown: boolean): Promise<void> {
  await go(app.page, '/')
  await shows(`次日对账 ${date}`)
  await picture(`statements-today-${date}`)
  await app.page.getByText(`次日对账 ${date}`).first().click()
  await app.page.locator(`[data-awaited="${date}/wechat"]`).waitFor()
  await app.page.locator('input[data-statement="wechat"]').setInputFiles(path)
  if (!unknown) {
    // One chosen at once after it waits for its turn, and is told what became of it.
    const copy = join(folder, '又一份.csv')
    copyFileSync(path, copy)
    await app.page.locator('input[data-statement="wechat"]').setInputFiles(copy)
    await app.page.locator('.el-message', { hasText: '这份对账单已经导入' }).waitFor()
  }
  if (unknown) {
    const dialog = app.page.locator('.el-dialog', { hasText: '这种对账单还不认得' })
    await dialog.waitFor()
    // From field to field by typing: each letter counts, also the first, which opens the list.
    const choose = async (column: number, label: string) => {
      await app.page.waitForFunction(
        (field) => document.activeElement?.closest(`[data-field="${field}"]`) !== null,
        `statement-column-${column}`,
      )
      await app.page.keyboard.type(label)
      await app.page
        .locator('.el-select-dropdown__item.is-hovering:visible')
        .getByText(label, { exact: true })
        .waitFor()
      await app.page.keyboard.press('Enter')
      // A list that is fading out has the same words as the next one.
      await app.page.locator('.el-select-dropdown:visible').waitFor({ state: 'hidden' })
      await app.page.keyboard.press('Tab')
    }
    await choose(0, '交易时间')
    await choose(1, '收支方向')
    await choose(2, '金额')
    await choose(3, '渠道流水号')
    await dialog.locator('[data-side="来"]').getByText('收入').click()
    await picture('statements-mapping')
    await press(app.page, 'F12', '记住并读取')
    await dialog.waitFor({ state: 'hidden' })
  }
  const row = app.page.locator('[data-difference="theirs-only"]')
  await row.first().waitFor()
  await picture(`statements-difference-${date}`)
  await row.first().locator('.el-select').click()
  await app.page.locator('.el-select-dropdown__item:visible').getByText('非本厅业务，不入账').click()
  await row.first().getByRole('button', { name: '处理' }).click()
  await shows('没有等着的对账单')
  await app.page.locator('tr[data-means="wechat"]', { hasText: '已对 1 笔' }).waitFor()
  await picture(`statements-done-${date}`)
}

test('two days close before their bills come; each is reconciled on the next, over a restart, the columns explained once', async () => {
  await logIn(app.page, '2001')
  await openShift(app.page)
  const first = await collectByWechat('420000000000000001')
  await closeWithoutBills(dateOn(0))

  app = await app.restart({ clock: clockOn(1) })
  await logIn(app.page, '2001')
  await openShift(app.page)
  await reconcile(dateOn(0), bill('一.csv', dateOn(0), '420000000000000001', first), true)

  const second = await collectOnNextDay('420000000000000002')
  await closeWithoutBills(dateOn(1))
  app = await app.restart({ clock: clockOn(2) })
  await logIn(app.page, '2001')
  await openShift(app.page)
  // The columns are known by now; nobody is asked again.
  await reconcile(dateOn(1), bill('二.csv', dateOn(1), '420000000000000002', second), false)
  expect(app.query(`SELECT date, matched FROM statements WHERE kind = 'file' ORDER BY date`)).toEqual([
    { date: dateOn(0), matched: 1 },
    { date: dateOn(1), matched: 1 },
  ])
})

async function collectOnNextDay(reference: string): Promise<number> {
  await go(app.page, '/collection')
  return collectByWechat(reference)
}
