/** Takes the pictures of the manual from the demo hall, at 1366×768, into `resources/manual/pictures`. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, repository, startApp, type RunningApp } from './support/app.ts'
import { debtors, find, openShift, press, takeCash } from './support/cashier.ts'
import { go } from './support/go.ts'
import { passphrase } from './support/hall-from-nothing.ts'
import { settled } from './support/looks.ts'
import { toWebp, windowPng } from './support/pictures.ts'

const manual = join(repository, 'resources/manual')
const kept = join(manual, 'pictures')
/** Where they are taken: what the manual shows is replaced when all are there. */
const folder = mkdtempSync(join(tmpdir(), 'manual-pictures-'))
/** Of all pictures together: they are part of what is installed. */
const maxBytes = 4_000_000

let app: RunningApp
let page: Page
beforeAll(async () => {
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

async function take(name: string): Promise<void> {
  await settled(page)
  writeFileSync(join(folder, `${name}.webp`), await toWebp(app, await windowPng(app)))
}
async function shoot(name: string, path: string): Promise<void> {
  await go(page, path)
  await page.waitForFunction((to) => location.hash === `#${to}`, path)
  await take(name)
}
const field = (name: string) =>
  page.locator(`[data-field="${name}"]:is(input, textarea), [data-field="${name}"] :is(input, textarea)`).first()
const idOf = (sql: string) => app.query<{ id: string }>(sql)[0]?.id ?? ''

async function as(staffNo: string, work: () => Promise<void>): Promise<void> {
  if ((await page.locator('.who').count()) > 0) await page.reload()
  await logIn(page, staffNo)
  await page.locator('main h1').waitFor()
  // The invitation of the first day is no part of the day.
  await page.evaluate((no) => localStorage.setItem(`tour.seen.${no}`, '1'), staffNo)
  await go(page, '/password')
  await work()
  await page.locator('.who').click()
  await page.getByText('切换用户').click()
  await page.getByRole('button', { name: '登录' }).waitFor()
}

test('the clerk', () =>
  as('1001', async () => {
    await shoot(
      'customer',
      `/customers/${idOf('SELECT id FROM accounts WHERE arrears > 0 ORDER BY account_no LIMIT 1')}`,
    )
    await shoot('opening', '/opening')
    await shoot('workorder-new', '/workorders/new')
    await shoot('complaint-new', '/complaints/new')
    await shoot('inspection-round', `/inspections/rounds/${idOf('SELECT id FROM inspection_rounds LIMIT 1')}`)
    await shoot('hazard', `/hazards/${idOf('SELECT id FROM hazards LIMIT 1')}`)
    await shoot('followups', '/followups')
    await shoot('supply', '/supply')
    await go(page, '/readings')
    await press(page, 'Control+m', '按楼栋录入')
    await page.getByPlaceholder('小区名称或拼音首字母').fill('阳光')
    await page.locator('.el-autocomplete-suggestion li').first().waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.reading-sheet tbody tr').first().waitFor()
    await take('readings')
  }))

test('the cashier', () =>
  as('2001', async () => {
    await openShift(page)
    const [debtor, next] = debtors(app, 2)
    if (!debtor || !next) throw new Error('nobody owes anything')
    await find(page, debtor)
    await takeCash(page)
    await take('collection')
    await press(page, 'F12', '确认收款')
    await page.waitForFunction(() => document.querySelector('.paper-preview iframe, .done-note') !== null)
    await page.keyboard.press('Escape')
    await shoot('payments', '/payments')
    await shoot('bills', '/bills')
    await shoot('day-close', '/day-close')
  }))

test('the manager', () =>
  as('3001', async () => {
    await shoot('today', '/')
    await shoot('prices', '/prices')
    await go(page, '/prices/new')
    for (const [name, text] of [
      ['name', '居民阶梯气价 2027'],
      ['code', 'JM-2027'],
      ['effectiveFrom', '2027-01-01'],
      ['document', '示例发改价〔2026〕8 号'],
      ['body.tiers.0.upTo', '320'],
      ['body.tiers.0.price', '3.45'],
      ['body.tiers.1.upTo', '400'],
      ['body.tiers.1.price', '4.14'],
      ['body.tiers.2.price', '5.18'],
    ] as const) {
      await field(name).fill(text)
      if (name === 'effectiveFrom') await page.keyboard.press('Enter')
    }
    await page.locator('.try-out output').first().waitFor()
    await take('prices-new')
    await shoot('reports', '/reports')
    await shoot('publicity', '/publicity')
    await shoot('emergency', '/emergency')
  }))

test('the administrator', () =>
  as('9001', async () => {
    await shoot('staff', '/staff')
    await shoot('settings', '/settings')
    await shoot('imports', '/imports')
    await shoot('backup', '/backup')
  }))

// A demo hall has nothing to prepare: the check list stands in a hall that has just been set up.
test('the administrator of a new hall', async () => {
  await app.close()
  app = await startApp({ empty: true })
  page = app.page
  await page.getByRole('heading', { name: '保护本机数据' }).waitFor()
  const typed = page.locator('input[type=password]')
  for (const at of [0, 1]) await typed.nth(at).fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '首次启动设置' }).waitFor()
  const password = 'Anfang-Hua-93'
  for (const [name, text] of [
    ['companyName', '示例燃气有限公司'],
    ['hallName', '北门营业厅'],
    ['hallCode', '012'],
    ['pcCode', '03'],
    ['staffNo', '9001'],
    ['name', '孙管理'],
    ['password', password],
    ['second', password],
  ] as const)
    await field(name).fill(text)
  await page.keyboard.press('Enter')
  await page.getByText('012 厅 03 号机').waitFor()
  await page.evaluate(() => localStorage.setItem('tour.seen.9001', '1'))
  await field('staffNo').fill('9001')
  await field('password').fill(password)
  await page.keyboard.press('Enter')
  await page.locator('.checklist li').first().waitFor()
  await take('golive')
  await shoot('golive-printers', '/golive/printers')
  await go(page, '/golive/wordings')
  await page.frameLocator('iframe[title="合同全文"]').locator('body *').first().waitFor()
  await take('golive-wordings')
})

test('all that the manual shows are there and together small; then they take the place of the old ones', () => {
  const shown = readdirSync(manual)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => [...readFileSync(join(manual, name), 'utf8').matchAll(/\]\(([\w-]+\.webp)\)/g)])
    .map(([, name]) => name)
  const taken = readdirSync(folder)
  expect(taken.toSorted()).toEqual([...new Set(shown)].toSorted())
  const bytes = taken.map((name) => statSync(join(folder, name)).size)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxBytes)
  rmSync(kept, { recursive: true, force: true })
  cpSync(folder, kept, { recursive: true })
})
