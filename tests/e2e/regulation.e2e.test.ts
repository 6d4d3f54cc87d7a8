/**
 * An auditor before the regulation in a real hall, by keyboard: the records of a sub-item, what is open, the report whose
 * figures stay. Three times, with Esc, a mistake and a restart in between.
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
/** The figures of this period stand there. */
const shows = async (label: string) => {
  await page.locator('.period-picker strong', { hasText: label }).waitFor()
  await page.getByText(/^统计于/).waitFor()
}
const find = () => page.getByLabel('在规章中查找')
const dialog = (name: string) => page.getByRole('dialog', { name })
const submissions = () =>
  app.query<{ number: string; version: number; content: string }>(
    `SELECT number, version, content FROM report_submissions WHERE report = 'regulation' ORDER BY version`,
  )

test.each([1, 2, 3])('a sub-item leads to its records and the figures are frozen, round %i', async (round) => {
  if (round > 1) {
    await app.close()
    await start()
  }
  await logIn(page, '3001')
  await key('Ctrl+F1')
  await at('/regulation')
  await shows('2026年第4季度')
  await find().waitFor()

  // A word that is nowhere, then the number of the sub-item; Enter goes to its records.
  await find().focus()
  await page.keyboard.type('没有这样的条款')
  await page.getByText('没有找到。换一个词').waitFor()
  await find().fill('')
  await page.keyboard.type('第二十条（一）')
  const link = page.locator('[data-evidence="20(1):complaints"] a')
  await link.waitFor()
  await key('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('[data-evidence]') !== null)
  const [complaint] = app.query<{ no: string }>('SELECT complaint_no AS no FROM complaints')
  await link.press('Enter')
  await at('/reports/regulation/quarter/2026-10-01/clauses/~20(1):complaints')
  await page.getByRole('heading', { name: '投诉及 48 小时回复' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  expect((await page.locator('.page-list tbody tr').innerText()).replaceAll(/\s/g, '')).toContain(complaint?.no ?? '?')
  await key('Enter')
  await at('/complaints/')
  await key('Alt+Left')
  await key('Alt+Left')
  await at('/regulation')
  await shows('2026年第4季度')

  // What is overdue or missing alone, and everything again.
  const all = await page.locator('[data-evidence]').count()
  await press(page, 'Ctrl+Shift+F7', '只看逾期、缺少')
  await expect.poll(() => page.locator('[data-evidence]').count()).toBeLessThan(all)
  await page.locator('[data-evidence="20(1):complaints"]', { hasText: '未指派调查人 1' }).waitFor()
  await press(page, 'Ctrl+Shift+F7', '看全部条款')
  await expect.poll(() => page.locator('[data-evidence]').count()).toBe(all)

  // A period that still runs is a draft and cannot be frozen; the one before can.
  await page.getByRole('button', { name: /上报.*本期还没有结束/ }).waitFor()
  await press(page, 'Ctrl+P', '打印')
  await page.frameLocator('.paper-preview iframe').getByText('草稿').first().waitFor()
  await key('Escape')
  await page.locator('.paper-preview').waitFor({ state: 'detached' })
  await press(page, 'Alt+PageUp', '上一期')
  await shows('2026年第3季度')
  const words = round === 1 ? '上报' : '更正上报'
  await press(page, 'F12', words)
  await dialog(words).waitFor()
  await key('Escape')
  await dialog(words).waitFor({ state: 'hidden' })
  expect(submissions()).toHaveLength(round - 1)
  await press(page, 'F12', words)
  await dialog(words).waitFor()
  if (round > 1) {
    await key('Ctrl+Enter')
    await page
      .getByText(/更正原因/)
      .last()
      .waitFor()
    expect(submissions()).toHaveLength(round - 1)
    await page.waitForFunction(() =>
      document.activeElement?.matches('[data-field="reason"] input, input[data-field="reason"]'),
    )
    await page.keyboard.type('补记后重新统计')
  }
  await key('Ctrl+Enter')
  await expect.poll(() => submissions().length).toBe(round)
  const newest = submissions().at(-1)
  await press(page, 'Ctrl+P', '打印')
  const sheet = page.frameLocator('.paper-preview iframe')
  await sheet
    .getByText(/规\s*章\s*执\s*行\s*情\s*况/)
    .first()
    .waitFor()
  await expect
    .poll(async () => (await sheet.locator('body').innerText()).replaceAll(/\s/g, ''))
    .toContain(newest?.number ?? '?')
  await key('Escape')
  await page.locator('.paper-preview').waitFor({ state: 'detached' })
})

test('a clerk reads the text and its pages, without figures or keys that are not theirs', async () => {
  await app.close()
  await start()
  await logIn(page, '1001')
  await key('Ctrl+F1')
  await at('/regulation')
  await page.locator('[data-clause="20(1)"] .how').waitFor()
  expect(await page.locator('[data-evidence], .period-picker').count()).toBe(0)
  expect(await page.getByRole('button', { name: /F12/ }).count()).toBe(0)
})
