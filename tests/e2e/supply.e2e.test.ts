/** An emergency cuts a building off, the tester's sheet gives gas back by keyboard, a debtor is dunned: in the real window. */
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HALL_PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await app.page.screenshot({ path: join(folder, `${name}.png`) })
}
const press = (key: string) => app.page.keyboard.press(key)
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).waitFor()
const goTo = (path: string) => app.page.goto(`${app.page.url().split('#')[0]}#${path}`)
const field = (name: string) => app.page.locator(`[data-field="${name}"]`).locator('input, textarea').first()
/** A field that carries its name itself, not on a frame around it. */
const named = (name: string) => app.page.locator(`[data-field="${name}"]:visible`).first()
const dialog = (title: string) => app.page.locator('.el-dialog:visible', { hasText: title })
const enabled = (label: string) => app.page.locator('.key-button:enabled', { hasText: label }).first().waitFor()
/** What lay over the page is gone, and its keys are heard again. */
const clear = () => app.page.locator('.el-overlay:visible').first().waitFor({ state: 'hidden' })
const count = (sql: string) => app.query<{ n: number }>(sql)[0]?.n ?? -1
const until = (sql: string, n: number) => expect.poll(() => count(sql), { timeout: 20_000 }).toBe(n)

async function certify(): Promise<void> {
  await goTo('/staff/certificates')
  await app.page.locator('tbody tr').first().waitFor()
  await press('F6')
  const form = dialog('登记上岗证')
  await form.waitFor()
  await form.locator('.el-select').nth(0).click()
  await app.page.locator('.el-select-dropdown__item:visible', { hasText: '张晓燕' }).click()
  await form.locator('.el-select').nth(1).click()
  await app.page.locator('.el-select-dropdown__item:visible', { hasText: '维修证' }).click()
  await form.locator('[data-field="number"]').fill('JX-2026-01')
  await press('F12')
  await form.waitFor({ state: 'hidden' })
  await app.page.locator('td', { hasText: 'JX-2026-01' }).waitFor()
}

/** Whoever of those with a maintenance certificate did the tests. */
async function byTester(name: string): Promise<void> {
  await app.page.locator('.el-select:visible', { hasText: '持维修证' }).first().click()
  await app.page.locator('.el-select-dropdown__item:visible', { hasText: name }).click()
}

const suspended = `SELECT count(*) AS n FROM service_points WHERE gas_state = 'suspended'`

test('a building is cut off at once, given back household by household, and a debtor is dunned, by keyboard', async () => {
  await logIn(app.page, '3001')
  await certify()

  await goTo('/supply')
  await app.page.getByText('停气计划').first().waitFor()
  await picture('plans')

  // What is announced says what is still to be done before it begins; the special-care customer is called.
  await app.page.locator('tbody tr', { hasText: '已通知' }).dblclick()
  await heading(/^计划停气 TQ/)
  await app.page.locator('.key-button', { hasText: '开始停气' }).getByText('特殊客户没有电话告知').waitFor()
  await picture('noticed')
  await press('F9')
  await dialog('电话告知')
    .getByText(/^\d{11}$/)
    .waitFor()
  await picture('call')
  await press('F12')
  await until(`SELECT count(*) AS n FROM interruption_care WHERE result = 'told'`, 1)
  await clear()
  await goTo('/supply')
  await app.page.locator('tbody tr', { hasText: '准备就绪' }).waitFor()
  await press('F6')
  await heading('新建停气')
  await app.page.locator('label', { hasText: '紧急停气' }).click()
  await field('reason').fill('引入管被挖断')
  await app.page.locator('label', { hasText: '楼栋' }).first().click()
  await field('scope.community').fill('阳光花园')
  await field('scope.building').fill('1')
  await app.page.locator('dl dd').first().waitFor()
  const met = Number(await app.page.locator('dl dd').first().textContent())
  expect(met).toBeGreaterThan(5)
  await picture('new')
  await press('F12')
  await heading(/^紧急停气 TQ/)
  await enabled('开始停气')
  await press('F12')
  await app.page.locator('.el-message-box').waitFor()
  await press('Enter')
  await until(suspended, met)
  await enabled('结束停气')
  await clear()
  await picture('interrupted')
  await press('F7')
  await app.page.locator('iframe').waitFor()
  await picture('door')
  await press('Control+s')
  await app.page.getByText('已存为 PDF').waitFor({ timeout: 30_000 })
  const kept = process.env['HALL_PICTURES']
  if (kept) cpSync(join(app.dataFolder, 'papers'), join(kept, 'papers'), { recursive: true })
  await press('Escape')
  await clear()
  await press('F12')
  await app.page.locator('.el-message-box:visible').waitFor()
  await press('Enter')
  await until('SELECT count(*) AS n FROM supply_awaiting', met)

  await enabled('整栋登记恢复')
  await clear()
  await press('F5')
  await heading(/^恢复供气 阳光花园1号楼/)
  await expect.poll(() => app.page.locator('tbody tr').count(), { timeout: 15_000 }).toBe(met)
  await byTester('张晓燕')
  // The first line has the focus: Enter is good and goes on; the arrow chooses nobody at home.
  await expect
    .poll(() => app.page.evaluate(() => document.activeElement?.closest('.outcome') !== null), { timeout: 10_000 })
    .toBe(true)
  await press('Enter')
  await press('Enter')
  await press('Space')
  await press('ArrowRight')
  await press('Enter')
  await enabled('登记 3 户')
  await picture('sheet')
  await press('F12')
  await until(`SELECT count(*) AS n FROM supply_resumptions WHERE outcome = 'resumed'`, 2)
  await until(suspended, met - 2)
  await expect.poll(() => app.page.locator('tbody tr').count(), { timeout: 15_000 }).toBe(met - 2)

  app = await app.restart()
  await logIn(app.page, '3001')
  await goTo('/supply/awaiting')
  await app.page.locator('tbody tr').first().waitFor()
  await picture('awaiting')
  await enabled('恢复供气')
  await press('F6')
  await named('pressurePa').waitFor()
  await named('pressurePa').fill('5')
  await named('minutes').fill('15')
  await named('dropPa').fill('0')
  await byTester('张晓燕')
  await press('F7')
  await enabled('恢复供气')
  await picture('resume')
  await press('F12')
  await until(`SELECT count(*) AS n FROM supply_resumptions WHERE outcome = 'resumed'`, 3)
  await app.page.locator('.paper-preview:visible').waitFor()
  await picture('resumption')
  await press('Escape')

  // The customer file says why gas is off, on the button itself.
  const point = app.query<{ id: string }>(
    `SELECT a.id FROM accounts a JOIN supply_awaiting w ON w.service_point_id = a.service_point_id LIMIT 1`,
  )[0]
  await goTo(`/customers/${point?.id ?? ''}?tab=supply`)
  await enabled('恢复供气')
  await picture('file')

  await goTo('/supply/arrears')
  await app.page.locator('tbody tr').first().waitFor()
  await picture('debtors')
  await enabled('催缴这一户')
  await press('F6')
  await until('SELECT count(*) AS n FROM dunnings', 1)
  await app.page.locator('.paper-preview:visible iframe').waitFor()
  await picture('dunning')
  await press('Escape')
  await app.page.locator('.paper-preview:visible').waitFor({ state: 'hidden' })
  await app.page.locator('label', { hasText: '待送达 1' }).click()
  await enabled('登记送达')
  await press('F6')
  await dialog('催缴通知单送达').waitFor()
  await expect
    .poll(() => app.page.evaluate(() => document.activeElement?.closest('.el-dialog') !== null), { timeout: 10_000 })
    .toBe(true)
  await picture('deliver')
  await press('F12')
  await until(`SELECT count(*) AS n FROM dunnings WHERE state = 'delivered'`, 1)
})
