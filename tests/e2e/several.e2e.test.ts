/** 跨期合并计费 in the real window: the day's reminder, the list, what the manager notes. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  rmSync(app.dataFolder, { recursive: true, force: true })
})
const picture = async (name: string): Promise<void> => {
  const folder = process.env['HALL_PICTURES']
  if (folder) await app.page.screenshot({ path: join(folder, `${name}.png`) })
}

/** A call as the page sends it. */
const ask = async (name: string, input: unknown, session: string | null = null): Promise<Record<string, unknown>> =>
  app.page.evaluate(
    async ([called, body, token]) => (await window.hall.call(called, body, token)) as Record<string, unknown>,
    [name, input, session] as const,
  )

test('who was billed more than a period stands on the page of the day until the manager wrote what was found', async () => {
  const { page } = app
  await page.locator('[data-field="staffNo"]').waitFor()
  const { token } = await ask('access.login', { staffNo: '3001', password: passwordOf('3001') })
  const session = String(token)
  // The company reads every four weeks, so that the two months of the demo hall are more than one period.
  await ask('settings.change', { key: 'metering.periodDays', value: 28 }, session)
  const [home] = app.query<{ accountId: string; at: number }>(
    `SELECT a.id AS accountId, max(r.current_index) AS at FROM accounts a JOIN readings r ON r.account_id = a.id
     WHERE a.state = 'active' AND a.account_no = (SELECT min(account_no) FROM accounts WHERE state = 'active') GROUP BY a.id`,
  )
  if (!home) throw new Error('no household')
  const { accountId } = home
  const { readOn } = await ask('metering.check', { accountId, readOn: null, index: null }, session)
  const reading = {
    accountId,
    readOn,
    index: home.at + 60_000,
    source: 'visit',
    readerId: (await ask('metering.readers', { on: readOn }, session)).usual,
    confirmed: ['tooHigh', 'longInterval'],
  }
  const { readingId } = await ask('metering.record', { requestId: crypto.randomUUID(), ...reading }, session)
  await ask('billing.billReading', { requestId: crypto.randomUUID(), readingId }, session)

  await logIn(page, '3001')
  await page.getByText('跨期合并计费待核实 1 户').first().click()
  await page.locator('.page-list tbody tr').first().waitFor()
  await picture('several')
  await page.keyboard.press('Control+ArrowDown')
  await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
  await page.keyboard.press('Enter')
  await page.locator('.bill-lines').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.bill-lines').waitFor({ state: 'hidden' })
  // Turned back once: nothing is written.
  await press(page, 'F12', '记录核实')
  await page.getByRole('dialog', { name: '核实跨期合并计费' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: '核实跨期合并计费' }).waitFor({ state: 'hidden' })
  expect(app.query('SELECT note FROM bill_several')).toEqual([{ note: null }])
  await press(page, 'F12', '记录核实')
  await page.locator('.reason-prompt input').fill('两个月未能入户，已电话说明')
  await page.keyboard.press('Enter')
  await page.getByText('没有待核实的户').waitFor()
  expect(app.query('SELECT note FROM bill_several')).toEqual([{ note: '两个月未能入户，已电话说明' }])
})
