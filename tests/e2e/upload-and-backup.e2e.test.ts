/** 上报 and 备份 in the real window: over real HTTP from the backend process, and back to an earlier moment. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { startReceiver, type Receiver } from '../headquarters/receiver.ts'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'

const token = 'window-token'
let app: RunningApp
let receiver: Receiver

beforeAll(async () => {
  app = await startApp()
  receiver = await startReceiver({ file: ':memory:', token })
})
afterAll(async () => {
  await app.close()
  await receiver.close()
})

function write(sql: string, ...params: unknown[]): void {
  const sqlite = openSqlite({ path: join(app.dataFolder, 'hall.db'), key: openKey(app.dataFolder, { osStore: null }) })
  sqlite.prepare(sql).run(...params)
  sqlite.close()
}
const set = (key: string, value: unknown): void =>
  write(
    `INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, 'test')`,
    key,
    JSON.stringify(value),
  )

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HALL_PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await app.page.screenshot({ path: join(folder, `${name}.png`) })
}

const totalsOfHall = () =>
  app.query(
    `SELECT e.business_date AS date, l.account, sum(l.debit) AS debit, sum(l.credit) AS credit
     FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.id GROUP BY 1, 2 ORDER BY 1, 2`,
  )

test('an administrator reads what is missing, uploads everything, and sees that headquarters agrees', async () => {
  const { page } = app
  await logIn(page, '9001')
  await go(page, '/sync')
  await page.getByText('还没有填写总部接收地址和令牌').waitFor()
  await picture('sync-unset')
  set('sync.url', receiver.url)
  set('sync.token', 'wrong')
  await page.reload()
  await logIn(page, '9001')
  await go(page, '/sync')
  await page.getByRole('heading', { name: '上报状态' }).waitFor()
  await page.locator('.key-button:enabled', { hasText: '立即上报' }).waitFor()
  await page.keyboard.press('Control+U')
  await page.getByRole('alert').filter({ hasText: '请管理员在“上报”页更换令牌' }).first().waitFor()
  await picture('sync-refused')
  set('sync.token', token)
  // Busy with the first upload still, it would not begin another.
  await page.locator('.key-button:enabled', { hasText: '立即上报' }).waitFor()
  await page.keyboard.press('Control+U')
  await page.getByText('已全部上报').first().waitFor()
  await page.getByText('总部核对账目合计：一致').waitFor()
  await picture('sync-done')
  expect(receiver.totals()).toEqual(totalsOfHall())
  expect(receiver.gaps()).toEqual([])
  expect(receiver.violations()).toEqual([])
})

test('who asks for the way out and thinks better of it is back on its button, which is busy while it asks', async () => {
  const { page } = app
  await go(page, '/')
  write(`UPDATE sync_state SET obstacle = 'fork', agreed = acknowledged`)
  await go(page, '/sync')
  const button = page.locator('.way-out button', { hasText: '以本厅数据为准接着上报' })
  const isAtButton = () => button.evaluate((element) => element === document.activeElement)
  for (let round = 0; round < 3; round++) {
    await button.focus()
    await page.keyboard.press('Enter')
    await page.locator('.reason-prompt:visible [data-field=asked-reason]').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(isAtButton).toBe(true)
  }
  // Done, the button goes with what it was for: the page has the focus, not the whole window.
  await page.keyboard.press('Enter')
  await page.locator('.reason-prompt:visible [data-field=asked-reason]').fill('本机是正在营业的')
  await page.keyboard.press('F12')
  await button.waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[data-page]') !== null)).toBe(true)
})

test('an administrator backs up, restores with a reason and a second person, and logs in again', async () => {
  const { page } = app
  await go(page, '/backup')
  await page.getByRole('heading', { name: '备份' }).waitFor()
  await page.keyboard.press('Control+B')
  await page.getByText('已打开核对').first().waitFor()
  await picture('backup-done')
  const stream = () => app.query<{ streamId: string }>('SELECT stream_id AS streamId FROM device')[0]?.streamId
  const before = stream()
  await page.getByRole('button', { name: '恢复…' }).first().click()
  await page.locator('[data-field=reason], textarea').first().fill('演练恢复')
  await picture('backup-restore')
  await page.keyboard.press('F12')
  // What is at stake is asked once, in figures; F12 again confirms nothing.
  const question = page.locator('.final-question:visible')
  await question.getByText('之后的收款、退款').waitFor()
  await picture('backup-restore-question')
  await page.keyboard.press('F12')
  expect(stream()).toBe(before)
  await page.keyboard.press('Control+Enter')
  const second = page.locator('.el-dialog', { has: page.locator('[data-field="staffNo"]') }).filter({ visible: true })
  await second.getByText('演练恢复').waitFor()
  // Oneself is nobody else; and Esc leaves everything as it was.
  const agree = async (staffNo: string) => {
    await second.locator('[data-field="staffNo"]').fill(staffNo)
    await second.locator('[data-field="password"]').fill(passwordOf(staffNo))
    await page.keyboard.press('Enter')
  }
  await agree('9001')
  await second.getByText('不能批准自己办理的业务').waitFor()
  await picture('backup-restore-second-person')
  expect(stream()).toBe(before)
  await agree('3001')
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, '9001')
  expect(stream()).not.toBe(before)
})
