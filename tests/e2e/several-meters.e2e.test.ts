/** 一户多表 in the real window, by keyboard: a second meter is put in, both are read, one bill comes, one meter goes again. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoMorning, logIn, startApp, type RunningApp } from './support/app.ts'
import { hardware } from './support/keys.ts'
import { go } from './support/go.ts'

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
const press = (key: string) => app.page.keyboard.press(hardware(key))
const open = (path: string) => go(app.page, path)
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).first().waitFor()
const field = (name: string) =>
  app.page.locator(`input[data-field="${name}"]:visible, [data-field="${name}"] :is(input, textarea):visible`).last()
const button = (label: string | RegExp) => app.page.locator('.key-button:visible', { hasText: label })
async function key(combo: string, label: string | RegExp): Promise<void> {
  await expect.poll(() => button(label).first().isEnabled()).toBe(true)
  await press(combo)
}
const stateOf = (kind: string) =>
  app.query<{ state: string }>(
    `SELECT state FROM account_processes WHERE kind = ? ORDER BY created_at DESC, id DESC LIMIT 1`,
    kind,
  )[0]?.state
const until = (kind: string, wanted: string) => expect.poll(() => stateOf(kind)).toBe(wanted)

interface Household {
  readonly accountId: string
  readonly name: string
  readonly meterNo: string
  /** Last index, m³. */
  readonly index: number
}
/** A resident who has gas, with whom nothing is in hand and nothing waits. */
const household = (): Household => {
  const [found] = app.query<Household>(
    `SELECT a.id AS accountId, c.name, m.meter_no AS meterNo,
       (SELECT current_index FROM readings r WHERE r.meter_id = m.id ORDER BY read_on DESC, id DESC LIMIT 1) / 1000.0 AS "index"
     FROM accounts a JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id
       JOIN meters m ON m.service_point_id = p.id AND m.state = 'in-use'
     WHERE a.state = 'active' AND c.category = 'resident' AND p.gas_state = 'supplied'
       AND EXISTS (SELECT 1 FROM readings r WHERE r.meter_id = m.id)
       AND NOT EXISTS (SELECT 1 FROM readings r WHERE r.account_id = a.id AND r.state = 'unbilled')
       AND NOT EXISTS (SELECT 1 FROM account_processes x WHERE x.service_point_id = p.id)
     ORDER BY a.account_no LIMIT 1`,
  )
  if (!found) throw new Error('the demo hall has no such household')
  return found
}
async function begin(home: Household, combo: string, word: string, reason: string): Promise<void> {
  await open(`/supply/account/${home.accountId}`)
  await heading('结清情况')
  await key(combo, word)
  await app.page.locator('.el-dialog:visible', { hasText: `受理${word}` }).waitFor()
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="applicant"]') !== null)
  // Left once with Esc, and begun again.
  await press('Escape')
  await app.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  await key(combo, word)
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="applicant"]') !== null)
  await field('reason').fill(reason)
  await press('F12')
  await heading(`${word} ${home.name}`)
}
async function byWorker(): Promise<void> {
  await app.page
    .locator('.el-select:visible:not(.reader)', { hasText: /持维修证的人员|张晓燕|刘志强/ })
    .first()
    .click()
  await app.page.locator('.el-select-dropdown__item:visible', { hasText: '张晓燕' }).click()
}
async function tightness(title: string): Promise<void> {
  await heading(title)
  await field('pressurePa').fill('5')
  await field('minutes').fill('30')
  await field('dropPa').fill('0')
  await key('Ctrl+Enter', `登记${title}`)
}
/** Gas was off for the work and is on again: the place is looked over (17(2)). */
async function lookedOver(title: string): Promise<void> {
  await heading(title)
  await key('Ctrl+G', '全部合格')
  await key('Ctrl+Shift+Enter', '登记安全检查')
}
async function read(m3: number): Promise<void> {
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="index"]') !== null)
  await app.page.keyboard.type(String(m3))
  await app.page.locator('.before .use', { hasText: /\d/ }).waitFor()
  await key('F12', /保存|确认无误/)
}

let home: Household

test('加表: a second meter for a household, tested and signed, with its sheet', async () => {
  home = household()
  await logIn(app.page, '1001')
  await begin(home, 'Ctrl+7', '加表', '增设厨房')
  await heading('登记加表')
  await field('meterNo').fill('E2E20001')
  await field('model').fill('G2.5')
  await field('note').fill('二楼厨房')
  await byWorker()
  await picture('meters-add')
  await key('F12', '登记加表')
  await until('addition', 'added')
  await tightness('严密性试验')
  await lookedOver('加表后安全检查')
  await heading('加表办结')
  await key('Ctrl+F3', '加表单')
  await app.page.frameLocator('.paper-preview iframe').getByText('E2E20001').first().waitFor()
  await picture('meters-add-paper')
  await press('Escape')
  await app.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  await key('F12', '加表办结')
  await until('addition', 'done')
  await open(`/customers/${home.accountId}?tab=metering`)
  await app.page.getByText(`${home.meterNo}、E2E20001`).first().waitFor()
  await picture('meters-file')
})

test('next day both are read one after the other by keyboard, and become one bill with both on it', async () => {
  app = await app.restart({ clock: new Date(Date.parse(demoMorning) + 86_400_000).toISOString() })
  const { page } = app
  await logIn(page, '1001')
  await open(`/readings/${home.accountId}`)
  await button('第 1 块表').waitFor()
  await read(home.index + 2)
  await page.getByText('该户还要抄表 E2E20001').waitFor()
  await picture('meters-read-first')
  expect(app.query(`SELECT 1 FROM bills WHERE account_id = ? AND period_to > ?`, home.accountId, demoMorning.slice(0, 10))).toEqual([]) // prettier-ignore
  await page.locator('.before', { hasText: 'E2E20001' }).waitFor()
  // Back to the first and on again: a key for each meter.
  await press('Ctrl+1')
  await page.locator('.before', { hasText: home.meterNo }).waitFor()
  await press('Ctrl+2')
  await page.locator('.before', { hasText: 'E2E20001' }).waitFor()
  await read(3)
  await page.getByRole('heading', { name: /^已出账 ZD/ }).waitFor()
  const shown = await page.locator('.billed').innerText()
  for (const said of [home.meterNo, 'E2E20001', '用气 5 m³', '一户多表，合并计档']) expect(shown).toContain(said)
  await picture('meters-billed')
  await key('Control+p', '打印账单通知单')
  await page.frameLocator('.paper-preview iframe').getByText('一户多表，合并计档').waitFor()
  await picture('meters-notice')
  await press('Escape')
})

test('拆表: one meter goes again with its last index; the account goes on with the other', async () => {
  await begin(home, 'Ctrl+8', '拆表', '合并用气')
  await heading('登记拆表')
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="meterId"]') !== null)
  await press('Right')
  await app.page.locator('.el-radio-button.is-active', { hasText: 'E2E20001' }).waitFor()
  await field('finalIndex').fill('4')
  await byWorker()
  await app.page.locator('[data-field="blanked"]:visible').click()
  await picture('meters-detach')
  await key('F12', '登记拆表并出账')
  await app.page.locator('.el-dialog:visible', { hasText: '拆下的表不再计量' }).waitFor()
  await press('Ctrl+Enter')
  await until('detachment', 'removed')
  await tightness('封堵严密性试验')
  await lookedOver('拆表后安全检查')
  await key('F12', '拆表办结')
  await until('detachment', 'done')
  expect(
    app.query(
      `SELECT m.meter_no AS no FROM accounts a JOIN meters m ON m.service_point_id = a.service_point_id
       WHERE a.id = ? AND m.state = 'in-use'`,
      home.accountId,
    ),
  ).toEqual([{ no: home.meterNo }])
  await picture('meters-detached')
})
