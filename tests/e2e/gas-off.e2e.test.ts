/**
 * A real hall (no demo): a leak for which gas is shut off at a customer's, from the call to the closing, and an emergency on
 * the manager's word; by keyboard, three times each, with an Esc, a mistake and a restart in between (clauses 17(2), 18(2)).
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKey } from '../../src-main/platform/keys.ts'
import { employ } from '../supply/support.ts'
import { openTestHall } from '../support/hall.ts'
import { demoMorning, logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
beforeAll(async () => {
  folder = await makeRealHall()
  const hall = await openTestHall({
    folder,
    key: openKey(folder, { osStore: null }),
    now: Date.parse(demoMorning) - 1_800_000,
  })
  try {
    await employ(hall, '5001', '赵抢修', 'emergency')
    await employ(hall, '5002', '孙检修')
  } finally {
    await hall.hall.close()
  }
  app = await startApp({ dataFolder: folder })
  page = app.page
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const keys = async (...combos: string[]) => {
  for (const combo of combos) await page.keyboard.press(hardware(combo))
}
const type = (text: string) => page.keyboard.type(text)
async function shot(name: string): Promise<void> {
  const pictures = process.env['HALL_PICTURES']
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `gas-off-${name}.png`) })
}
async function restart(staffNo: string): Promise<void> {
  app = await app.restart()
  page = app.page
  await logIn(page, staffNo)
}
const n = (sql: string, ...params: unknown[]): number => app.query<{ n: number }>(sql, ...params)[0]?.n ?? -1
const until = (sql: string, count: number, ...params: unknown[]) => expect.poll(() => n(sql, ...params)).toBe(count)
const heading = (text: string | RegExp) => page.getByRole('heading', { name: text }).waitFor()
const dialog = (title: string) => page.locator('.el-dialog:visible', { hasText: title })
const gone = () => expect.poll(() => page.locator('.el-dialog:visible').count()).toBe(0)
const message = (text: string) => page.locator('.el-message', { hasText: text }).first().waitFor()
const focusIn = (field: string) =>
  page.waitForFunction(
    (name) => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') === name,
    field,
  )
const state = (orderId: string) =>
  app.query<{ state: string }>('SELECT state FROM workorders WHERE id = ?', orderId)[0]?.state
const off = `SELECT count(*) AS n FROM service_points WHERE gas_state = 'suspended' AND suspended_for = 'repair'`

/** A step of the order by its key, with its note last. */
async function step(orderId: string, key: string, label: string, note: string, reached: string): Promise<void> {
  await press(page, key, label)
  await page.locator('.el-dialog:visible [data-field="note"]').last().fill(note)
  await keys('F12')
  await expect.poll(() => state(orderId)).toBe(reached)
  await gone()
}

test('a leak with the gas shut off closes only when gas is back by its test and check, three times', async () => {
  const homes = app.query<{ accountNo: string; pointId: string }>(
    `SELECT a.account_no AS accountNo, a.service_point_id AS pointId FROM accounts a ORDER BY a.account_no DESC LIMIT 3`,
  )
  for (const [round, { accountNo, pointId }] of homes.entries()) {
    if (round === 0) await logIn(page, '4001')
    else await restart('4001')
    await keys('F10')
    await heading('受理工单')
    await focusIn('symptom')
    await keys('Space', 'Ctrl+G')
    // Whom it concerns, found by number.
    await page.locator('main [data-field="accountId"] input').first().focus()
    await type(accountNo)
    await page
      .locator('main .el-autocomplete-suggestion li, main [role="option"], [role="option"]:visible')
      .first()
      .waitFor()
    await keys('Enter')
    await page.locator('main p.account').waitFor()
    await page.locator('[data-field="callerPhone"] input').fill('13800000000')
    if (round === 1) {
      // A call that is yet to come is none.
      await page.locator('[data-field="receivedAt"] input').fill('2027-01-01 08:00')
      await keys('F12')
      await message('来电时间不能晚于现在')
      await page.locator('[data-field="receivedAt"] input').fill('')
    }
    await keys('F12')
    await heading(/^报警 GD/)
    const [{ id = '' } = {}] = app.query<{ id: string }>('SELECT id FROM workorders ORDER BY id DESC LIMIT 1')
    await press(page, 'Ctrl+D', '派工')
    await dialog('派工').getByText('赵抢修').waitFor()
    await keys('F12')
    await expect.poll(() => state(id)).toBe('assigned')
    await gone()
    await step(id, 'Ctrl+Enter', '接单', '出发', 'accepted')
    await step(id, 'Ctrl+Enter', '到场', '已到场', 'on-site')

    // Without a word of the gas it is not handled; Esc leaves it.
    await press(page, 'Ctrl+Enter', '处理')
    await focusIn('gas')
    await page.locator('.el-dialog:visible [data-field="note"]').last().fill('关表前阀')
    await keys('F12')
    await message('险情须说明现场是否已停气')
    await keys('Escape')
    await gone()
    expect([state(id), n(off)]).toEqual(['on-site', 0])
    await press(page, 'Ctrl+Enter', '处理')
    await focusIn('gas')
    await page.locator('.el-dialog:visible label', { hasText: '已停气' }).click()
    await page.locator('.el-dialog:visible [data-field="note"]').last().fill('关表前阀，软管接口漏气')
    await shot(`handle-${round}`)
    await keys('F12')
    await expect.poll(() => state(id)).toBe('handled')
    await gone()
    expect(n(off)).toBe(1)
    // Before the repair nobody gives it back.
    const [{ accountId = '' } = {}] = app.query<{ accountId: string }>(
      'SELECT id AS accountId FROM accounts WHERE account_no = ?',
      accountNo,
    )
    await restart('3001')
    await go(page, `/supply/resume/${accountId}`)
    await page.getByText('抢修尚未修复').first().waitFor()
    await shot(`held-${round}`)
    await go(page, `/workorders/${id}`)
    await heading(/^报警 GD/)
    await step(id, 'Ctrl+Enter', '修复', '已换软管', 'repaired')
    if (round === 2) {
      // Bad work is repaired once more; its test alone does not bring gas back.
      await press(page, 'Ctrl+Shift+V', '验证')
      await page.locator('.el-dialog:visible label', { hasText: '不合格' }).click()
      await page.locator('.el-dialog:visible [data-field="note"]').last().fill('接口仍有泡')
      await keys('F12')
      await expect.poll(() => state(id)).toBe('handled')
      await gone()
      expect(
        n(`SELECT count(*) AS n FROM supply_holds WHERE lifted_at IS NULL AND service_point_id = ?`, pointId),
      ).toBe(1)
      await step(id, 'Ctrl+Enter', '修复', '重做接口', 'repaired')
    }
    await step(id, 'Ctrl+Shift+V', '验证', '复测无泄漏', 'verified')
    await go(page, `/supply/resume/${accountId}`)
    await focusIn('pressurePa')
    await type('5')
    await keys('Enter')
    await type('15')
    await keys('Enter')
    await type('0')
    await keys('Ctrl+G')
    await press(page, 'F12', '恢复供气')
    await until(`SELECT count(*) AS n FROM service_points WHERE id = ? AND gas_state = 'supplied'`, 1, pointId)
    await page.locator('.paper-preview:visible iframe').waitFor()
    await keys('Escape')
    await page.locator('.paper-preview').waitFor({ state: 'hidden' })
    expect(n(off)).toBe(0)
  }
  // What was done stands there after a restart.
  await restart('4001')
  await until(`SELECT count(*) AS n FROM workorders WHERE gas = 'off' AND state = 'verified'`, 3)
})

test('an emergency without a hazard on record begins on the manager’s word alone, three times', async () => {
  for (const round of [0, 1, 2]) {
    await restart('4001')
    await go(page, '/supply/new')
    await heading('新建停气')
    await page.locator('label', { hasText: '紧急停气' }).click()
    await page.locator('[data-field="reason"] input').fill('阀井进水')
    await page.locator('label', { hasText: '楼栋' }).first().click()
    await page.locator('[data-field="scope.community"] input').fill('和平小区')
    await page.locator('[data-field="scope.building"] input').fill(String(1 + round))
    await page.locator('dl dd').first().waitFor()
    await keys('F12')
    await heading(/^紧急停气 TQ/)
    const begun = `SELECT count(*) AS n FROM interruptions WHERE state = 'interrupted'`
    const before = n(begun)
    const asked = async () => {
      await press(page, 'F12', '开始停气')
      await dialog('紧急停气的依据').waitFor()
      await focusIn('reason')
    }
    await asked()
    // No reason, no; Esc leaves everything as it was.
    await keys('F12')
    await dialog('紧急停气的依据').getByText('请写明为什么不能提前通知').waitFor()
    await keys('Escape')
    await gone()
    await asked()
    await type('井盖下有水，随时断气')
    await keys('F12')
    await page.locator('.final-question:visible').waitFor()
    await keys('Ctrl+Enter')
    const approval = dialog('紧急停气须营业厅主任批准')
    await approval.waitFor()
    for (const password of ['Cuo-Mima-12', passwordOf('3001')]) {
      await approval.locator('[data-field="staffNo"]').fill('3001')
      await approval.locator('[data-field="password"]').fill(password)
      await keys('F12')
      if (password === passwordOf('3001')) break
      await approval.getByText('工号或密码不正确').waitFor()
      expect(n(begun)).toBe(before)
    }
    await until(begun, before + 1)
    await gone()
    await page.getByText('井盖下有水，随时断气').first().waitFor()
    await shot(`emergency-${round}`)
    await press(page, 'F12', '结束停气')
    await page.locator('.final-question:visible').waitFor()
    await keys('Ctrl+Enter')
    await until(begun, before)
  }
  expect(n(`SELECT count(*) AS n FROM interruptions WHERE ground_reason <> '' AND ground_approver <> ''`)).toBe(3)
})
