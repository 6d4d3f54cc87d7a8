/** 开户 in the real window, by keyboard alone: from the application to gas, with both contracts on paper. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventedMobile, inventedNationalId } from '../../src-main/demo/invented.ts'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { press as pressOnceReady } from './support/cashier.ts'
import { hardware } from './support/keys.ts'

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
const fieldNow = () =>
  app.page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') ?? '')

/** Goes to a field as a clerk does, by Tab, and types. */
async function fill(field: string, text: string): Promise<void> {
  for (let tabs = 0; (await fieldNow()) !== field; tabs += 1) {
    if (tabs > 60) throw new Error(`Tab never reaches ${field}`)
    await press('Tab')
  }
  await press('Control+a')
  await app.page.keyboard.type(text)
}
/** Of a list the first, by arrow and Enter. */
async function choose(field: string): Promise<void> {
  for (let tabs = 0; (await fieldNow()) !== field; tabs += 1) {
    if (tabs > 60) throw new Error(`Tab never reaches ${field}`)
    await press('Tab')
  }
  await press('ArrowDown')
  await app.page.locator('.el-select-dropdown__item:visible').first().waitFor()
  await press('ArrowDown')
  await app.page.locator('.el-select-dropdown__item.is-hovering:visible').first().waitFor()
  await press('Enter')
  await expect.poll(() => app.page.locator(`[data-field="${field}"]`).first().innerText()).toMatch(/\d{4}/)
}
const heading = (text: string) => app.page.getByRole('heading', { name: text }).waitFor()
const state = () => app.query<{ state: string }>('SELECT state FROM applications')[0]?.state
const until = (wanted: string) => expect.poll(state).toBe(wanted)
const button = (label: string) => app.page.locator('.key-button', { hasText: new RegExp(`^\\s*${label}`) })
const enabled = (label: string) => expect.poll(() => button(label).isEnabled()).toBe(true)

/** Previews a contract, keeps it as PDF, closes the preview. */
async function keepPdf(key: string, papers: number): Promise<void> {
  await press(key)
  await app.page.locator('.paper-preview iframe').waitFor()
  await press('Control+s')
  await expect.poll(() => pdfs().length).toBe(papers)
  await press('Escape')
  await app.page.locator('.paper-preview').waitFor({ state: 'hidden' })
}
const pdfs = (): string[] => {
  try {
    return readdirSync(join(app.dataFolder, 'papers')).toSorted()
  } catch {
    return []
  }
}

test('an account is opened by keyboard alone, and gas flows only at the end', async () => {
  const { page } = app
  await logIn(page, '1001')
  await press('Alt+B')
  await heading('报装')
  await press('Ctrl+Shift+K')
  await heading('报装申请')

  await press('F12')
  await page.getByText('请填写客户名称').waitFor()
  await fill('customer.profile.name', '郑朝晖')
  await fill('customer.profile.idNumber', inventedNationalId(90_001))
  await fill('customer.profile.phone', inventedMobile(90_001))
  await fill('servicePoint.place.community', '新城花园')
  await fill('servicePoint.place.building', '9')
  await fill('servicePoint.place.unit', '1')
  await fill('servicePoint.place.room', '901')
  // The page is one form in three parts: Enter leads from the last field of the place to the first of the use.
  await fill('servicePoint.place.street', '新城路 9 号')
  await press('Enter')
  await expect.poll(fieldNow).toBe('purpose')
  await page.keyboard.type('炊事、热水')
  await press('Enter')
  await expect.poll(fieldNow).toBe('householdSize')
  // Not made to fit: said, and mended.
  await page.keyboard.type('500')
  await press('F12')
  await page.getByText('家庭人口不能超过 50 人').waitFor()
  await page.keyboard.type('3')
  await picture('opening-1-application')
  await press('F12')

  await heading('现场勘查')
  await press('Ctrl+G')
  await choose('workerId')
  await picture('opening-2-survey')
  await press('F12')
  await until('surveyed')

  await enabled('起草合同')
  await press('Ctrl+N')
  await enabled('打印供用气合同')
  await picture('opening-3-contracts')
  await keepPdf('Ctrl+P', 1)
  await keepPdf('Ctrl+Shift+P', 2)
  expect(pdfs().map((name) => name.slice(0, 5))).toEqual(['供用气合同', '安全用气合'])
  for (const signed of [1, 2]) {
    await enabled('登记签订')
    await press('Ctrl+Enter')
    await expect.poll(fieldNow).toBe('signatory')
    await press('F12')
    await expect.poll(() => page.locator('.contract.signed').count()).toBe(signed)
    await page.getByRole('dialog', { name: '登记签订' }).waitFor({ state: 'hidden' })
  }
  await enabled('开户')
  await press('F12')
  await until('opened')

  await expect.poll(fieldNow).toBe('meterNo')
  await fill('meterNo', 'G2026110001')
  // Who surveyed is proposed.
  await press('Tab')
  await picture('opening-4-meter')
  await press('F12')
  await until('metered')

  await heading('户内设施和用气设备验收')
  await press('Ctrl+G')
  // The one other than who put the meter in is proposed.
  await press('Tab')
  await picture('opening-5-acceptance')
  await press('F12')
  await until('accepted')

  await expect.poll(fieldNow).toBe('pressurePa')
  await press('F12')
  expect(await state()).toBe('accepted')
  await fill('pressurePa', '5')
  await fill('minutes', '15')
  await fill('dropPa', '0')
  await picture('opening-6-tightness')
  await press('Ctrl+Enter')
  await heading('严密性试验合格')
  await press('Ctrl+G')
  await press('Ctrl+Shift+Enter')
  await expect.poll(() => app.query(`SELECT 1 FROM installation_records WHERE kind = 'safety-check'`).length).toBe(1)
  await page.locator('.ignite [data-field="workerId"]').waitFor()
  await picture('opening-7-ignition')
  // Not before the page has read that the check is done.
  await pressOnceReady(page, 'F12', '通气')
  await until('ignited')
  await picture('opening-8-done')

  const [opened] = app.query<{ name: string; gasState: string; meterNo: string }>(
    `SELECT c.name, p.gas_state AS gasState, m.meter_no AS meterNo FROM applications a
     JOIN accounts k ON k.id = a.account_id JOIN customers c ON c.id = k.customer_id
     JOIN service_points p ON p.id = k.service_point_id JOIN meters m ON m.id = a.meter_id`,
  )
  expect(opened).toEqual({ name: '郑朝晖', gasState: 'supplied', meterNo: 'G2026110001' })
  // Each form was sent: none is anybody's unfinished work.
  await expect
    .poll(() => app.query<{ title: string }>('SELECT title FROM drafts').map(({ title }) => title))
    .toEqual([])
})
