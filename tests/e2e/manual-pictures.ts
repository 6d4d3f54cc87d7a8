/** Takes the pictures of the manual from the demo hall, at 1366×768, into `resources/manual/pictures`. */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, repository, startApp, type RunningApp } from './support/app.ts'
import { debtors, find, go, openShift, press, takeCash } from './support/cashier.ts'
import { settled } from './support/looks.ts'
import { toWebp, windowPng } from './support/pictures.ts'

const folder = join(repository, 'resources/manual/pictures')
/** Of all pictures together: they are part of what is installed. */
const maxBytes = 4_000_000

let app: RunningApp
let page: Page
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
})
afterAll(() => app.close())

async function take(name: string): Promise<void> {
  await settled(page)
  writeFileSync(join(folder, `${name}.webp`), await toWebp(app, await windowPng(app)))
}
async function shoot(name: string, path: string): Promise<void> {
  await go(page, path)
  await page.waitForFunction((to) => location.hash === `#${to}`, path)
  await take(name)
}
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

test('all of them together are small', () => {
  const bytes = readdirSync(folder).map((name) => statSync(join(folder, name)).size)
  expect(bytes.length).toBeGreaterThanOrEqual(20)
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxBytes)
})
