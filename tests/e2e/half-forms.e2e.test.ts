/** In a real hall: half a form is there after a power cut for its own operator only; a day that does not exist is named; the focus stays. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { atCounter, makeHallFromNothing, passphrase } from './support/hall-from-nothing.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
async function start(staffNo: string): Promise<void> {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
beforeAll(async () => {
  folder = await makeRealHall({ overdue: true })
  await start('4001')
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const key = (combo: string) => page.keyboard.press(hardware(combo))
const type = (text: string) => page.keyboard.type(text)
const input = (name: string) =>
  page.locator(`input[data-field="${name}"]:visible, [data-field="${name}"]:visible input`).first()
const value = (name: string) => input(name).inputValue()
const draftOf = (title: string) =>
  app.query<{ n: number }>('SELECT count(*) AS n FROM drafts WHERE title LIKE ?', `${title}%`)[0]?.n ?? 0
async function write(name: string, text: string): Promise<void> {
  await input(name).focus()
  await key('Ctrl+A')
  await type(text)
}

test('修改停气: half a change is there after a power cut, for its own operator; a day or an hour that does not exist is named', async () => {
  await go(page, '/supply/new')
  await write('reason', '调压箱检修')
  await write('scope.community', '和平小区')
  await key('F12')
  await page.getByRole('heading', { name: /计划停气/ }).waitFor()
  const [row] = app.query<{ id: string }>('SELECT id FROM interruptions')
  for (const [round, day] of ['2026-11-26 09:00', '2026-11-26 09:30', '2026-11-26 10:00'].entries()) {
    await go(page, `/supply/interruptions/${row?.id}`)
    await press(page, 'F3', '修改')
    await expect.poll(() => value('reason')).toBe(round === 0 ? '调压箱检修' : `调压箱检修，第 ${round} 次改`)
    expect(draftOf('修改停气')).toBe(0)
    await write('reason', `调压箱检修，第 ${round + 1} 次改`)
    await write('fromAt', '2026-02-30 09:00')
    await key('Tab')
    await page.getByText('没有 2026-02-30 这一天').waitFor()
    await key('F12')
    await page.getByText('没有 2026-02-30 这一天').waitFor()
    expect(await page.getByText('应写成').filter({ visible: true }).count()).toBe(0)
    await expect.poll(() => draftOf('修改停气')).toBe(1)
    await app.kill()
    await start('3001')
    await page.getByRole('heading', { name: '今日' }).waitFor()
    expect(await page.getByText('没填完：修改停气').count()).toBe(0)
    await app.close()
    await start('4001')
    await page.getByText('没填完：修改停气').waitFor()
    await go(page, `/supply/interruptions/${row?.id}/edit`)
    await expect.poll(() => value('reason')).toBe(`调压箱检修，第 ${round + 1} 次改`)
    await write('fromAt', day)
    await key('F12')
    await page.getByRole('heading', { name: /计划停气/ }).waitFor()
    await expect.poll(() => draftOf('修改停气')).toBe(0)
  }
})

test('派工 by name: what finds somebody is taken by F12 too, what finds nobody sends nobody, three times', async () => {
  const [row] = app.query<{ id: string }>('SELECT id FROM complaints')
  const named = () =>
    app.query<{ n: string | null }>(
      'SELECT s.staff_no AS n FROM complaints c LEFT JOIN staff s ON s.id = c.investigator_id',
    )[0]?.n ?? null
  await app.close()
  await start('3001')
  for (const [typed, staffNo] of [
    ['4001', '4001'],
    ['1001', '1001'],
    ['4001', '4001'],
  ] as const) {
    const before = named()
    await go(page, `/complaints/${row?.id}`)
    await press(page, 'Ctrl+D', '派')
    const chosen = page.locator(
      '.el-dialog:visible input[data-field="staffId"], .el-dialog:visible [data-field="staffId"] input',
    )
    await expect.poll(() => chosen.evaluate((one) => one === document.activeElement)).toBe(true)
    for (const sent of ['Enter', 'F12', 'Tab']) {
      await type('查无此人')
      await key(sent)
      await page.getByText('没有找到“查无此人”').first().waitFor()
      expect(named()).toBe(before)
      await key('Ctrl+A')
    }
    await type(typed)
    await key('F12')
    await expect.poll(named).toBe(staffNo)
  }
})

test('a bare number of a customer without bills opens nobody else’s bill at once, three times', async () => {
  await app.close()
  await start('2001')
  const without = app.query<{ accountNo: string }>(
    `SELECT account_no AS accountNo FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM bills b WHERE b.account_id = a.id)
       AND EXISTS (SELECT 1 FROM bills b WHERE substr(b.bill_no, 3) = a.account_no) LIMIT 3`,
  )
  expect(without).toHaveLength(3)
  for (const { accountNo } of without) {
    await go(page, '/bills')
    await key('Ctrl+F')
    await type(accountNo)
    await key('Enter')
    await page.getByText('按账单号找到，不是户号').first().waitFor()
    expect(await page.locator('.el-dialog:visible').count()).toBe(0)
    await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  }
})

test('whoever has to set a password first opens no page behind it, and leaves by Ctrl+Shift+U, three times', async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
  folder = await makeHallFromNothing()
  app = await startApp({ dataFolder: folder, passphrase })
  page = app.page
  await page.getByRole('heading', { name: '请输入启动口令' }).waitFor()
  await type(passphrase)
  await key('Enter')
  for (let round = 0; round < 3; round++) {
    await input('staffNo').waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="staffNo"]') !== null)
    await type(atCounter.staffNo)
    await key('Enter')
    await type(atCounter.first)
    await key('Enter')
    await page.getByRole('heading', { name: '请设置自己的密码' }).waitFor()
    for (const combo of ['F2', 'F4', 'F6', 'Ctrl+Shift+M', 'Shift+F1']) await key(combo)
    expect(await page.evaluate(() => location.hash)).toMatch(/^(?:#\/)?$/)
    await key('Ctrl+Shift+U')
  }
})
