/**
 * A full day in a real hall, made from an empty folder: what stands beside the till, at second use. Acts of rows by key, a
 * contract voided, lists, sizes, papers read back, the manual and the tour; with Esc, a mistake and a restart in between.
 */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKey } from '../../src-main/platform/keys.ts'
import { apply, residentApplication, stepsOf } from '../installations/steps.ts'
import { openTestHall } from '../support/hall.ts'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { debtors, openShift, paymentsOf, press, type Debtor } from './support/cashier.ts'
import { go } from './support/go.ts'
import { demoMorning } from './support/demo-hall.ts'
import { hardware } from './support/keys.ts'
import { measureLooks, settled, stillness } from './support/looks.ts'
import { pagesOf, tokenOf } from './support/papers.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
let applicationId: string

async function start(staffNo: string): Promise<void> {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
async function startAgain(staffNo: string): Promise<void> {
  await app.close()
  await start(staffNo)
}
/** Somebody else sits down at the same PC. */
async function changeTo(staffNo: string): Promise<void> {
  await page.keyboard.press('Control+Shift+U')
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
beforeAll(async () => {
  folder = await makeRealHall()
  const hall = await openTestHall({ folder, key: openKey(folder, { osStore: null }), now: Date.parse(demoMorning) })
  try {
    applicationId = await apply(hall, residentApplication(hall, 777))
    await stepsOf(hall, applicationId).survey()
    await stepsOf(hall, applicationId).draft()
  } finally {
    await hall.hall.close()
  }
  await start('9001')
})
afterAll(async () => {
  const pictures = process.env['HALL_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/full-day.png` }).catch(() => undefined)
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const keys = async (...combos: string[]) => {
  for (const combo of combos) await page.keyboard.press(hardware(combo))
}
const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim() ?? '')
const rowOf = () => page.evaluate(() => document.activeElement?.closest('tr, article')?.textContent ?? '')
const shot = async (name: string) => {
  const pictures = process.env['HALL_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/full-day-${name}.png` })
}
/** Goes on from act to act until one of this word, as somebody does who looks at the frame of the focus. */
async function toAct(label: string): Promise<void> {
  for (let times = 0; (await focused()) !== label; times++) {
    if (times > 40) throw new Error(`no act 「${label}」 is reached; the focus is on 「${await focused()}」`)
    await keys('Ctrl+F2')
  }
}
const dialogWith = (field: string) =>
  page.locator('.el-dialog:visible', { has: page.locator(`[data-field="${field}"]`) })

test('员工: the acts of a row by one key and arrows, three times, with Esc, a mistake and a restart', async () => {
  for (let round = 0; round < 3; round++) {
    await go(page, '/staff')
    await page.locator('table.plain tbody tr').nth(2).waitFor()
    await shot('staff')
    await settled(page)
    expect(await measureLooks(page)).toEqual([])
    await keys('Ctrl+F2', 'Right')
    await expect.poll(focused).toBe('修改')
    const first = await rowOf()
    for (let down = 0; down < round; down++) await keys('Down')
    await expect.poll(focused).toBe('修改')
    const chosen = await rowOf()
    expect(chosen === first).toBe(round === 0)
    await keys('Enter')
    const form = page.locator('.el-dialog:visible')
    await form.waitFor()
    const name = await form.locator('[data-field="name"] input, input[data-field="name"]').first().inputValue()
    expect(chosen).toContain(name)
    await keys('Escape')
    await form.waitFor({ state: 'hidden' })

    // 离职 is asked, and Esc leaves everything as it was; so does a key that is no answer.
    await toAct('离职')
    await keys('Enter')
    const question = page.locator('.final-question')
    await question.waitFor()
    await keys('F12', 'Enter', 'Escape')
    await question.waitFor({ state: 'hidden' })
    expect(app.query(`SELECT 1 FROM staff WHERE state <> 'active'`)).toEqual([])
    if (round === 1) await startAgain('9001')
  }
  await keys('F1')
  const help = page.getByRole('dialog', { name: '本页快捷键' })
  await help.locator('dt[data-combo="Ctrl+F2"]').waitFor()
  await keys('Escape')
  await help.waitFor({ state: 'hidden' })
})

test('the tour: begun and ended by key, declined by key, not offered again after a restart, taken again from the manual', async () => {
  const invitation = () => page.locator('.invitation')
  const card = () => page.getByRole('status', { name: '新手引导' })
  await go(page, '/')
  await invitation().waitFor()
  await press(page, 'Ctrl+Shift+F1', '开始引导')
  await card().waitFor()
  await keys('Escape')
  await press(page, 'Ctrl+Shift+Right', '下一步')
  await press(page, 'Ctrl+Shift+Down', '结束')
  await card().waitFor({ state: 'detached' })
  await changeTo('1001')
  await invitation().waitFor()
  await press(page, 'Ctrl+Shift+Down', '不用了')
  await invitation().waitFor({ state: 'detached' })
  for (const staffNo of ['9001', '1001']) {
    await (staffNo === '9001' ? startAgain(staffNo) : changeTo(staffNo))
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await settled(page)
    expect(await invitation().count()).toBe(0)
  }
  for (let time = 0; time < 2; time++) {
    await keys('F1')
    await page.getByRole('dialog', { name: '本页快捷键' }).waitFor()
    await keys('Shift+F1')
    await page.locator('article.prose h1').waitFor()
    await page.getByLabel('在手册中查找').fill('补打')
    await page.getByLabel('在手册中查找').press('Enter')
    await page.locator('article.prose', { hasText: '补打' }).waitFor()
    await press(page, 'Ctrl+Shift+F1', '新手引导')
    await card().waitFor()
    await press(page, 'Ctrl+Shift+Down', '结束')
    await card().waitFor({ state: 'detached' })
    await keys('Ctrl+F1')
    await page.waitForFunction(() => location.hash.startsWith('#/regulation'))
    await keys('Alt+J')
    await page.getByRole('heading', { name: '今日' }).waitFor()
  }
})

test('作废合同: the reason is asked for, Esc leaves, the question shows the contract; drafted anew and voided three times', async () => {
  const states = () =>
    app.query<{ state: string; reason: string | null }>(
      `SELECT state, void_reason AS reason FROM contracts WHERE application_id = ? AND kind = 'supply' ORDER BY id`,
      applicationId,
    )
  for (let round = 0; round < 3; round++) {
    await go(page, `/opening/${applicationId}`)
    await page.locator('.contract:not(.void)', { hasText: '供用气合同' }).waitFor()
    // Contracts of before may stand above: the first that is living.
    await toAct('作废')
    const article = await rowOf()
    expect(article).toContain('供用气合同')
    await keys('Enter')
    const form = dialogWith('reason')
    await form.waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="reason"]') !== null)
    // Without a reason nothing is asked and nothing done.
    await keys('F12')
    expect(await page.locator('.final-question:visible').count()).toBe(0)
    await page.keyboard.type(`写错第 ${round + 1} 次`)
    await press(page, 'F12', '作废')
    const question = page.locator('.final-question')
    await question.getByText(`写错第 ${round + 1} 次`).waitFor()
    await shot(`void-${round}`)
    await keys('Escape')
    await question.waitFor({ state: 'hidden' })
    expect(states().filter(({ state }) => state === 'void')).toHaveLength(round)
    await press(page, 'F12', '作废')
    await question.waitFor()
    await keys('Ctrl+Enter')
    await form.waitFor({ state: 'hidden' })
    await page.getByText(`作废原因：写错第 ${round + 1} 次`).waitFor()
    expect(
      states()
        .filter(({ state }) => state === 'void')
        .map(({ reason }) => reason),
    ).toHaveLength(round + 1)
    if (round === 1) {
      await startAgain('1001')
      await go(page, `/opening/${applicationId}`)
      await page.getByText('作废原因：写错第 2 次').waitFor()
    }
    await press(page, 'Ctrl+N', '起草合同')
    await expect.poll(() => states().filter(({ state }) => state === 'draft').length).toBe(1)
  }
  expect(states().map(({ reason }) => reason)).toEqual(['写错第 1 次', '写错第 2 次', '写错第 3 次', null])
})

const yuan = (fen: number) => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })

test('the till and its lists: Esc goes back a step, a payment is reversed, lists add up and find, in every size', async () => {
  await changeTo('2001')
  await stillness(app.electron)
  await openShift(page)
  await page.evaluate(() => localStorage.setItem('paper.receipt', JSON.stringify({ mode: 'none' })))
  const free = () =>
    page.waitForFunction(
      () => document.activeElement?.closest('main .find') !== null && location.hash === '#/collection',
    )
  const note = () => page.locator('main .done-note')
  const queue = debtors(app, 3)
  expect(queue).toHaveLength(3)
  for (const [i, debtor] of queue.entries()) {
    const open = async () => {
      await free()
      await page.keyboard.type(debtor.accountNo, { delay: 60 })
      await keys('Enter')
      await page.locator('.account-head', { hasText: debtor.name }).waitFor()
      await page.locator('output[data-field="due"]').waitFor()
    }
    await open()
    // The wrong customer: what was entered goes, then the customer; from the search box too.
    await press(page, 'F6', '微信')
    // The serial is typed right behind the key and is no amount; the key again goes to the amount, and back.
    const row = page.locator('[data-means="wechat"] input')
    await row.first().waitFor()
    const owed = await row.first().inputValue()
    await page.waitForFunction(() => document.activeElement?.closest('[data-scan="text"], .reference') !== null)
    await page.keyboard.type('42000099', { delay: 60 })
    await expect.poll(() => row.nth(1).inputValue()).toBe('42000099')
    expect(await row.first().inputValue()).toBe(owed)
    await keys('F6')
    await page.waitForFunction(() => document.activeElement === document.querySelector('[data-means="wechat"] input'))
    await keys('Escape')
    await page.locator('[data-means="wechat"]').waitFor({ state: 'detached' })
    await keys('Escape')
    await open()
    await press(page, 'F5', '现金')
    await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
    await press(page, 'F12', '确认收款')
    await note().getByText(`${debtor.name} 已收`).waitFor()
    expect(paymentsOf(app, debtor.accountId)).toHaveLength(1)
    if (i === 0) await shot('after-payment')
  }
  const last = queue[2] as Debtor
  const receiptNo = paymentsOf(app, last.accountId)[0]?.receiptNo ?? ''
  await startAgain('2001')
  await stillness(app.electron)
  await go(page, '/collection')
  await note().getByText(receiptNo).waitFor()
  await press(page, 'Shift+F12', '冲正')
  await page.locator('[data-field="reason"]').fill('收错户号')
  await keys('Enter')
  const approval = page.locator('.el-dialog', { has: page.locator('[data-field="staffNo"]') }).filter({ visible: true })
  await approval.locator('[data-field="staffNo"]').fill('3001')
  await keys('Enter')
  await approval.locator('[data-field="password"]').fill('falsch')
  await keys('Enter')
  await approval.getByText('工号或密码不正确').waitFor()
  await approval.locator('[data-field="password"]').fill(passwordOf('3001'))
  await keys('Enter')
  await page.locator('.paper-preview iframe').waitFor()
  await keys('Escape')
  await note().getByText('已冲正作废').waitFor()

  const faults: string[] = []
  for (const [path, sum] of [
    ['/bills', "SELECT sum(amount - settled) AS n FROM bills WHERE state = 'open'"],
    ['/customers', 'SELECT sum(arrears) AS n FROM accounts'],
    [
      '/payments',
      `SELECT sum(p.amount) AS n FROM payments p JOIN receipts r ON r.payment_id = p.id WHERE r.state = 'issued'`,
    ],
  ] as const) {
    const total = yuan(app.query<{ n: number }>(sum)[0]?.n ?? 0)
    for (let size = 0; size < 3; size++) {
      await go(page, path)
      await page.locator('.page-list .sums').getByText(`${total} 元`).first().waitFor()
      await keys('Ctrl+F')
      await page.waitForFunction(() => document.activeElement?.closest('.page-list .search') !== null)
      await page.keyboard.type('没有这个')
      await page.getByText('没有找到“没有这个”').waitFor()
      await keys('Escape')
      await page.locator('.page-list .sums').getByText(`${total} 元`).first().waitFor()
      // These sums may still be those of before the search; without rows the key does nothing.
      await page.locator('.page-list tbody tr').first().waitFor()
      await keys('Ctrl+Shift+Up')
      await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
      await settled(page)
      faults.push(...(await measureLooks(page)).map(({ check, where, text }) => `${path} ${check} ${where} ${text}`))
      await shot(`${path.slice(1)}-${size}`)
      await keys('Ctrl+0')
      await settled(page)
    }
  }
  expect(faults).toEqual([])
})

test('the papers of the day say what they must, the second printing that it is one', async () => {
  const id = (sql: string, ...params: unknown[]) => app.query<{ id: string }>(sql, ...params)[0]?.id ?? ''
  const token = await tokenOf(page, '3001')
  const text = async (kind: Parameters<typeof pagesOf>[2]['kind'], of: string, setup?: object) => {
    const pages = await pagesOf(page, token, { kind, id: of, ...(setup ? { setup } : {}) } as never, `day-${kind}`)
    return { pages, all: pages.map((one) => one.text).join('') }
  }
  const [bill] = app.query<{ id: string; accountNo: string; name: string }>(
    `SELECT b.id, a.account_no AS accountNo, c.name FROM bills b JOIN accounts a ON a.id = b.account_id
     JOIN customers c ON c.id = a.customer_id WHERE b.state = 'open' AND b.reading_id IS NOT NULL ORDER BY b.id LIMIT 1`,
  )
  const notice = await text('bill', bill?.id ?? '')
  for (const part of ['账单通知单', bill?.name ?? '', bill?.accountNo ?? '', '上次', '本次', '第1页共1页'])
    expect(notice.all).toContain(part)
  expect(notice.all).not.toContain('演示')

  const reversal = await text('reversal', id('SELECT payment_id AS id FROM reversals LIMIT 1'))
  expect(reversal.all).toMatch(/冲正凭证No\.CZ\d+/)
  expect(reversal.all).toMatch(/原收据号SJ\d+/)
  expect((await text('reversal', id('SELECT payment_id AS id FROM reversals LIMIT 1'))).all).toContain('补打')

  const contract = await text(
    'supply-contract',
    id(`SELECT id FROM contracts WHERE application_id = ? AND kind = 'supply' AND state <> 'void'`, applicationId),
  )
  const half = contract.pages.length / 2
  contract.pages.forEach((one, i) => {
    expect(one.text).toContain(i < half ? '供气方联' : '用气方联')
    expect(one.text).toContain(`第${(i % half) + 1}页共${half}页`)
  })

  const order = await text('work-order', id('SELECT id FROM workorders LIMIT 1'))
  for (const part of ['派工单', '和平小区1号楼', '赵一', '没有气', '客户签字', '处理结果'])
    expect(order.all).toContain(part)

  const [day] = app.query<{ on: string; n: number }>(
    `SELECT issued_on AS "on", count(DISTINCT account_id) AS n FROM bills WHERE state = 'open' GROUP BY 1 ORDER BY n DESC LIMIT 1`,
  )
  const slips = await text('bill', `issued/${day?.on ?? ''}/1`, { paper: 'A4', perPage: 4 })
  expect((slips.all.match(/账单通知单No\./g) ?? []).length).toBeGreaterThan(4)
  expect(slips.pages[0]?.lines.filter((line) => line.text.includes('账单通知单'))).toHaveLength(4)
})

test('班次 and 日结: a handover that is not complete is not made, the steps are walked forth and back, the day is not locked uncounted', async () => {
  const open = () => app.query('SELECT 1 FROM shifts WHERE closed_at IS NULL').length
  await go(page, '/shift')
  await page.waitForFunction(() => document.activeElement?.matches('input[data-face]'))
  await page.keyboard.type('3')
  await keys('F12')
  await page.locator('.kept.lost', { hasText: '请填写接班人工号' }).waitFor()
  expect(open()).toBe(1)
  for (const answer of ['Escape', 'Escape', 'Ctrl+Enter']) {
    await press(page, 'Ctrl+Shift+J', '停止收款')
    await page.locator('.final-question').getByText('钱箱应有').waitFor()
    expect(open()).toBe(1)
    await keys(answer)
    await page.locator('.final-question').waitFor({ state: 'hidden' })
  }
  await page.waitForFunction(() => location.hash.startsWith('#/day-close'))
  expect(open()).toBe(0)
  const current = (title: string) => page.locator('nav.steps button.current', { hasText: title })
  await current('清点现金').waitFor()
  for (let time = 0; time < 2; time++) {
    await press(page, 'Ctrl+Down', '下一步')
    await current('渠道对账').waitFor()
    // A file of a channel is reached without the mouse, once the step has read which there are.
    await page.locator('[data-statement="wechat"]').waitFor({ state: 'attached' })
    for (let times = 0; times < 6; times++) {
      await keys('Ctrl+F2')
      if (await page.evaluate(() => document.activeElement?.matches('[data-statement="wechat"]'))) break
    }
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-statement'))).toBe('wechat')
    await press(page, 'Ctrl+Down', '下一步')
    await current('单据与锁定').waitFor()
    await keys('F12')
    await press(page, 'Ctrl+Up', '上一步')
    await press(page, 'Ctrl+Up', '上一步')
    await current('清点现金').waitFor()
  }
  expect(app.query(`SELECT 1 FROM business_days WHERE counter = 1 AND state = 'closed'`)).toEqual([])
})
