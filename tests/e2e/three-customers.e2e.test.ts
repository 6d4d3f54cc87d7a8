/** A counter of a real hall, by keyboard alone: three customers from the application to the receipt, one after the other. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { billFilterNames, billFilters } from '../../src-main/billing/api.ts'
import { inventedMobile, inventedNationalId } from '../../src-main/demo/invented.ts'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import { startApp, type RunningApp } from './support/app.ts'
import { due, openShift, paymentsOf, press as act, receiptPreview } from './support/cashier.ts'
import { hardware } from './support/keys.ts'
import { atCounter, makeHallFromNothing, passphrase } from './support/hall-from-nothing.ts'

let app: RunningApp
let folder: string
beforeAll(async () => {
  folder = await makeHallFromNothing()
  app = await startApp({ dataFolder: folder, passphrase })
})
afterAll(async () => {
  const pictures = process.env['HALL_PICTURES']
  if (pictures !== undefined)
    await app.page.screenshot({ path: `${pictures}/three-customers.png` }).catch(() => undefined)
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const press = async (...keys: string[]) => {
  for (const key of keys) await app.page.keyboard.press(hardware(key))
}
const type = (text: string) => app.page.keyboard.type(text)
const fieldNow = () =>
  app.page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') ?? '')
const at = (field: string) => expect.poll(fieldNow).toBe(field)
const see = (text: string) => app.page.getByText(text).filter({ visible: true }).first().waitFor()
const heading = (text: string) => app.page.getByRole('heading', { name: text }).first().waitFor()

/** By Tab, as a clerk does; what stands there is replaced. */
async function fill(field: string, text: string): Promise<void> {
  for (let tabs = 0; (await fieldNow()) !== field; tabs += 1) {
    if (tabs > 60) throw new Error(`Tab never reaches ${field}`)
    await press('Tab')
  }
  await press('Ctrl+A')
  await type(text)
}

async function unlock(): Promise<void> {
  await heading('请输入启动口令')
  await type(passphrase)
  await press('Enter')
  await at('staffNo')
}
async function logIn(password: string): Promise<void> {
  await type(atCounter.staffNo)
  await press('Enter')
  await at('password')
  await type(password)
  await press('Enter')
}

const names = ['甄不有', '贾非真', '乌某甲'] as const
interface Opened {
  accountId: string
  accountNo: string
  gas: string
}
const opened = (name: string) =>
  app.query<Opened>(
    `SELECT a.id AS accountId, a.account_no AS accountNo, p.gas_state AS gas FROM accounts a
     JOIN customers c ON c.id = a.customer_id JOIN service_points p ON p.id = a.service_point_id WHERE c.name = ?`,
    name,
  )[0]

async function apply(n: number): Promise<void> {
  await press('Ctrl+Shift+K')
  await heading('报装申请')
  await at('customer.profile.name')
  await type(names[n] ?? '')
  await fill('customer.profile.idNumber', inventedNationalId(95_000 + n))
  await fill('customer.profile.phone', inventedMobile(95_000 + n))
  await fill('servicePoint.place.community', '乌有花园')
  await fill('servicePoint.place.building', String(n + 1))
  // Enter goes on to the next field, as Tab does.
  await press('Enter')
  await at('servicePoint.place.unit')
  await type('1')
  await fill('servicePoint.place.room', '101')
  await fill('purpose', '炊事')
  await press('Tab')
}

/** A contract's preview; the first print fixes its text. */
async function printed(key: string, label: string): Promise<void> {
  await act(app.page, key, label)
  await receiptPreview(app.page).waitFor()
  await act(app.page, 'Ctrl+S', '存为 PDF')
  await see('已存为 PDF')
  await press('Escape')
  await receiptPreview(app.page).waitFor({ state: 'detached' })
}

/** The first of the certified staff, by Tab, arrow and Enter. */
async function chooseWorker(): Promise<void> {
  for (let tabs = 0; (await fieldNow()) !== 'workerId'; tabs += 1) {
    if (tabs > 60) throw new Error('Tab never reaches workerId')
    await press('Tab')
  }
  await press('ArrowDown')
  await app.page.locator('.el-select-dropdown__item:visible').first().waitFor()
  await press('ArrowDown')
  await app.page.locator('.el-select-dropdown__item.is-hovering:visible').first().waitFor()
  await press('Enter')
  await expect.poll(() => app.page.locator('[data-field="workerId"]').first().innerText()).toMatch(/\d{4}/)
}

/** From the survey to gas; the step that has come has the focus. */
async function untilGas(n: number): Promise<void> {
  const { page } = app
  await heading('现场勘查')
  await act(page, 'Ctrl+G', '全部合格')
  // From the second customer on who surveyed last is proposed.
  if (n === 0) await chooseWorker()
  await act(page, 'F12', '登记勘查结果')
  await act(page, 'Ctrl+N', '起草合同')
  await printed('Ctrl+P', '打印供用气合同')
  await printed('Ctrl+Shift+P', '打印安全用气合同')
  for (const _ of [1, 2]) {
    await act(page, 'Ctrl+Enter', '登记签订')
    await at('signatory')
    await act(page, 'F12', '登记')
    await page.getByRole('dialog', { name: '登记签订' }).waitFor({ state: 'hidden' })
  }
  await act(page, 'F12', '开户')
  await at('meterNo')
  await fill('meterNo', `W99990000${n}`)
  await act(page, 'F12', '登记装表')
  await heading('户内设施和用气设备验收')
  await act(page, 'Ctrl+G', '全部合格')
  // The one other than who put the meter in is proposed.
  await act(page, 'F12', '登记验收结果')
  await at('pressurePa')
  await fill('pressurePa', '5')
  await fill('minutes', '15')
  // Who put the meter in is proposed.
  await fill('dropPa', '0')
  await act(page, 'Ctrl+Enter', '登记严密性试验')
  await heading('严密性试验合格')
  await act(page, 'Ctrl+G', '全部合格')
  await act(page, 'Ctrl+Shift+Enter', '登记安全检查')
  await page.locator('.ignite [data-field="workerId"]').waitFor()
  await act(page, 'F12', '通气')
  await expect.poll(() => opened(names[n] ?? '')?.gas).toBe('supplied')
}

/** Read on the account's page and billed at once. */
async function readMeter(name: string, { accountNo }: Opened, index: number, mistake: boolean): Promise<void> {
  const { page } = app
  await press('F2')
  await type(accountNo)
  await press('Enter')
  await page.waitForFunction(() => location.hash.startsWith('#/customers/'))
  await heading(name)
  await press('Alt+M')
  await at('index')
  if (mistake) {
    await type('abc')
    await press('F12')
    expect(app.query('SELECT 1 FROM readings WHERE consumption > 0')).toHaveLength(0)
    await press('Ctrl+A')
  }
  await type(String(index))
  await press('F12')
  const asked = page.getByText('确认无误，保存').filter({ visible: true })
  const billed = page.getByText('已出账').filter({ visible: true })
  await asked.or(billed).first().waitFor()
  if (await asked.isVisible()) await act(page, 'F12', '确认无误，保存')
  await billed.first().waitFor()
}

test('three customers in a row come from the application to the receipt, with Esc, a mistake and a lost PC in between', async () => {
  await unlock()
  await logIn(atCounter.first)
  await heading('请设置自己的密码')
  for (const [field, typed] of [
    ['old', atCounter.first],
    ['newPassword', atCounter.own],
    ['second', atCounter.own],
  ] as const) {
    await at(field)
    await type(typed)
    await press('Enter')
  }
  await app.page.getByRole('navigation', { name: '业务' }).waitFor()

  for (const n of [0, 1, 2]) {
    await apply(n)
    if (n === 1) {
      // The power goes while the form is full: what was typed is there, two keys after the login.
      await expect.poll(() => app.query(`SELECT 1 FROM drafts WHERE body LIKE '%炊事%'`)).toHaveLength(1)
      await app.kill()
      app = await startApp({ dataFolder: folder, passphrase })
      await unlock()
      await logIn(atCounter.own)
      const left = app.page.locator('.todos li', { hasText: '没填完：报装申请' })
      await press((await left.locator('kbd').innerText()).trim())
      await heading('报装申请')
      const name = app.page.locator('input[data-field="customer.profile.name"]')
      await expect.poll(() => name.inputValue()).toBe(names[1])
    }
    await act(app.page, 'F12', '受理申请')
    await untilGas(n)
  }

  await openShift(app.page)
  for (const n of [0, 1, 2]) {
    const account = opened(names[n] ?? '')
    if (!account) throw new Error('the account is not there')
    await readMeter(names[n] ?? '', account, 10 + n, n === 0)
    await act(app.page, 'F4', '去收费')
    await app.page.locator('output[data-field="due"]').waitFor()
    expect(await due(app.page)).toBe((10 + n) * 263)
    if (n === 1) {
      // Begun, and broken off: nothing is taken; the same customer is found again by number.
      await press('F5', 'Escape', 'F2')
      await type(account.accountNo)
      await press('Enter')
      // The till that is still there shows the name too.
      await app.page.waitForFunction(() => location.hash.startsWith('#/customers/'))
      await heading(names[n] ?? '')
      await press('F4')
      await app.page.locator('output[data-field="due"]').waitFor()
      expect(paymentsOf(app, account.accountId)).toHaveLength(0)
    }
    await act(app.page, 'F5', '现金')
    await app.page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
    if (n === 2) {
      // Two noughts too many: more change than a till gives back, nothing is taken.
      await type('10000')
      await press('F12')
      expect(paymentsOf(app, account.accountId)).toHaveLength(0)
      await press('Ctrl+A')
    }
    await type('100')
    await act(app.page, 'F12', '确认收款')
    await expect.poll(() => paymentsOf(app, account.accountId)).toHaveLength(1)
    await receiptPreview(app.page).waitFor()
    await press('Escape')
    await receiptPreview(app.page).waitFor({ state: 'detached' })
  }

  // A bill that is paid is found in its list by number and opens with one Enter.
  const [bill] = app.query<{ no: string }>(`SELECT bill_no AS no FROM bills WHERE state = 'settled' ORDER BY bill_no`)
  await press('Alt+Z')
  await heading('账单')
  for (const shown of billFilters.slice(2, billFilters.indexOf('settled') + 1)) {
    await press('Ctrl+M')
    await app.page.locator('.el-segmented__item.is-selected', { hasText: billFilterNames[shown] }).waitFor()
  }
  await press('Ctrl+F')
  await app.page.waitForFunction(() => document.activeElement?.closest('.page-list .search') !== null)
  await type(bill?.no ?? '')
  await press('Enter')
  await app.page.locator('.el-dialog:visible', { hasText: numberGroups(bill?.no ?? '').join(' ') }).waitFor()

  const [rows] = app.query<{ paid: number; receipts: number; balance: number }>(
    `SELECT (SELECT count(*) FROM payments) AS paid, (SELECT count(*) FROM receipts) AS receipts,
            (SELECT coalesce(sum(arrears), 0) FROM accounts) AS balance`,
  )
  expect(rows).toEqual({ paid: 3, receipts: 3, balance: 0 })
}, 600_000)
