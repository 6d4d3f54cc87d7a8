/**
 * 台账 in a real hall, by keyboard: the check before opening with what was found, mended and looked at by another person; a
 * patrol of a suspicious customer. Three times, with Esc, a mistake, half a form left behind and a restart in between.
 */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { hardware } from './support/keys.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
async function start(): Promise<void> {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
}
beforeAll(async () => {
  folder = await makeRealHall()
  await start()
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})
const key = (combo: string) => page.keyboard.press(hardware(combo))
const at = (hash: string) =>
  page.waitForFunction((wanted) => decodeURIComponent(location.hash).startsWith(`#${wanted}`), hash)
const focused = (name: string) =>
  page.waitForFunction((wanted) => document.activeElement?.closest(`[data-field="${wanted}"]`) !== null, name)
const heading = (text: string | RegExp) => page.getByRole('heading', { name: text }).first().waitFor()
const tag = (text: string) => page.locator('.page-header .state-tag', { hasText: text }).waitFor()
const entries = (kind: string) =>
  app.query<{ state: string }>('SELECT state FROM register_entries WHERE kind = ? ORDER BY entry_no', kind)
async function changeTo(staffNo: string): Promise<void> {
  await key('Ctrl+Shift+U')
  await logIn(page, staffNo)
}
/** Down the list to a row, and into it. */
async function openRow(text: string): Promise<void> {
  const rows = page.locator('tbody tr')
  await rows.filter({ hasText: text }).first().waitFor()
  const place = await rows.evaluateAll((all, words) => all.findIndex((row) => row.textContent?.includes(words)), text)
  await page.waitForFunction(() => document.activeElement?.matches('tbody tr'))
  for (let i = 0; i < place; i++) await page.keyboard.press('ArrowDown')
  await page.waitForFunction((words) => document.activeElement?.textContent?.includes(words), text)
  await page.keyboard.press('Enter')
}
/** From anywhere to one of the registers, and a new entry in it. */
async function newEntry(title: string): Promise<void> {
  await key('Ctrl+Shift+F2')
  await at('/registers')
  await heading('台账')
  await openRow(title)
  await press(page, 'Ctrl+N', '新记一条')
  await heading(`登记：${title}`)
}

test.each([1, 2, 3])(
  'the check before opening finds something; it is mended and looked at by another, round %i',
  async (round) => {
    if (round > 1) {
      await app.close()
      await start()
    }
    await logIn(page, '1001')
    await newEntry('营业前检查')
    // Nothing answered yet: said in words, and the focus stands there.
    await press(page, 'F12', '登记')
    await focused('answers.0')
    await page.locator('.el-form-item__error', { hasText: '请逐项回答' }).waitFor()
    const items = page.locator('.check')
    const count = await items.count()
    for (let i = 0; i < count; i++) {
      // Tab leads into the group, Space takes what stands first; the first one is not in order.
      await items.nth(i).locator('input').first().focus()
      await page.keyboard.press('Space')
      if (i === 0) await page.keyboard.press('ArrowRight')
    }
    // Half a form is there again after Esc and another page.
    await key('Escape')
    await key('Alt+J')
    await heading('今日')
    await page.getByRole('button', { name: '没填完：登记营业前检查' }).click()
    await page.getByText('已找回上次没填完的内容').waitFor()
    await press(page, 'F12', '登记')
    await page.locator('.el-form-item__error', { hasText: '请写明问题和整改期限' }).waitFor()
    // A line left empty is none: what is wrong with the next one is found in its place.
    await key('Ctrl+Shift+N')
    await focused('findings.0.what')
    await key('Ctrl+Shift+N')
    await focused('findings.1.what')
    await page.keyboard.type('两人没有工号牌')
    await press(page, 'F12', '登记')
    await focused('findings.0.responsible')
    await page.keyboard.type('马丽娜')
    await press(page, 'F12', '登记')
    await heading(/^营业前检查/)
    await tag('1 个问题待整改')
    expect(entries('opening-check')).toHaveLength(round)

    await press(page, 'Ctrl+Enter', '记整改')
    await focused('findingId')
    await key('Escape')
    await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
    await press(page, 'Ctrl+Enter', '记整改')
    await focused('findingId')
    await page.locator('[data-field="note"] input:visible').fill('已补发')
    await press(page, 'F12', '记整改')
    await tag('待复核')

    // The manager finds it on the page of the day.
    await changeTo('3001')
    await key('Alt+J')
    await page
      .getByRole('link', { name: /台账待复核/ })
      .or(page.getByRole('button', { name: /台账待复核/ }))
      .first()
      .click()
    await at('/registers')
    await openRow('营业前检查')
    await openRow('待复核')
    await press(page, 'F12', '复核')
    await focused('passed')
    await press(page, 'F12', '复核')
    await page.locator('.el-dialog:visible .el-form-item__error', { hasText: '复核意见' }).waitFor()
    await page.locator('[data-field="note"] textarea:visible').fill('到窗口看过')
    await press(page, 'F12', '复核')
    await tag('已办结')
    expect(entries('opening-check').every(({ state }) => state === 'closed')).toBe(true)
    await key('Ctrl+Shift+U')
    await page.getByRole('button', { name: '登录' }).waitFor()
  },
)

test.each([1, 2, 3])(
  'two persons look at a suspicious customer, a third one at what they wrote, round %i',
  async (round) => {
    await app.close()
    await start()
    await logIn(page, '1001')
    await newEntry('可疑客户巡查')
    await press(page, 'F12', '登记')
    await page.locator('.el-form-item__error', { hasText: '请选择客户' }).waitFor()
    await page.locator('[data-field="accountId"] input').fill(someAccount())
    await page.locator('[role="option"]:visible').first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.account').waitFor()
    // Whoever was found leads on to who goes along.
    await focused('companionId')
    await page.keyboard.type('4001')
    await page.keyboard.press('Enter')
    for (const name of ['values.source', 'values.outcome']) {
      await page.locator(`[data-field="${name}"] input`).first().focus()
      await page.keyboard.press('Space')
    }
    await page.locator('[data-field="values.found"] textarea').fill(`第 ${round} 次：表具正常`)
    await press(page, 'F12', '登记')
    await heading(/^可疑客户巡查/)
    await tag('待复核')
    await changeTo('3001')
    await page.evaluate((id) => (location.hash = `#/registers/entry/${id}`), latest())
    await press(page, 'F12', '复核')
    await focused('passed')
    await page.locator('[data-field="note"] textarea:visible').fill('属实')
    await press(page, 'F12', '复核')
    await tag('已办结')
    await press(page, 'Ctrl+P', '打印台账记录单')
    await page.frameLocator('iframe').getByText('可疑客户巡查').first().waitFor()
    await key('Escape')
    expect(entries('suspicious')).toHaveLength(round)
  },
)
const latest = () =>
  app.query<{ id: string }>(
    `SELECT id FROM register_entries WHERE kind = 'suspicious' ORDER BY entry_no DESC LIMIT 1`,
  )[0]?.id ?? ''

const someAccount = () =>
  app.query<{ no: string }>('SELECT account_no AS no FROM accounts ORDER BY account_no LIMIT 1')[0]?.no ?? ''
