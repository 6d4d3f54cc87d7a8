/** A complaint from the customer's file to its closure, and the callback that stands between, all by keyboard. */
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
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).first().waitFor()
const field = (name: string) => app.page.locator(`[data-field="${name}"]`).locator('input, textarea').first()
const dialog = (title: string) => app.page.locator('.el-dialog:visible', { hasText: title })
const open = (path: string) => go(app.page, path)

interface Row {
  state: string
  complaintNo: string
}
/** The complaint of this test is the newest; the demo hall has older ones. */
const newest = () =>
  app.query<Row>('SELECT state, complaint_no AS complaintNo FROM complaints ORDER BY taken_at DESC, id DESC LIMIT 1')[0]
const until = (wanted: string) => expect.poll(() => newest()?.state).toBe(wanted)
/** The page has read the complaint again: only now its keys are those of the next step. */
async function shows(word: string): Promise<void> {
  await app.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  await app.page.locator('.page-header').getByText(word, { exact: true }).waitFor()
}
async function step(key: string, title: string, note: string): Promise<void> {
  await press(key)
  await dialog(title).waitFor()
  await dialog(title)
    .locator('[data-field="note"]')
    .last()
    .locator('xpath=descendant-or-self::*[self::input or self::textarea]')
    .fill(note)
  await press('F12')
}
async function changeTo(staffNo: string): Promise<void> {
  app = await app.restart()
  await logIn(app.page, staffNo)
}

test('a complaint is taken from the customer file, investigated, answered, called back by somebody else and closed', async () => {
  await logIn(app.page, '3001')
  const [account] = app.query<{ id: string }>('SELECT id FROM accounts ORDER BY id LIMIT 1')
  await open(`/customers/${account?.id}`)
  await app.page.locator('.file-header').waitFor()
  await picture('customer-file')
  await press('Shift+F10')
  await heading('受理投诉')
  // The class has the focus: 服务态度 is the first of them.
  await app.page.waitForFunction(() => document.activeElement?.closest('[data-field="class"]') !== null)
  await press('Space')
  await expect.poll(() => field('complainantName').inputValue()).not.toBe('')
  await field('complainantPhone').fill('13800000000')
  await field('content').fill('收费窗口说话很急，没有说明为什么多收')
  await app.page.locator('[data-field="staffIds"] .el-select').click()
  await app.page.locator('.el-select-dropdown__item:visible', { hasText: '刘志强' }).click()
  await press('Escape')
  await picture('complaint-intake')
  await press('F12')
  await heading(/^投诉 TS/)
  await until('received')
  await app.page
    .getByText('回复剩 48 小时')
    .or(app.page.getByText(/回复剩 47 小时/))
    .first()
    .waitFor()

  await press('Ctrl+D')
  await dialog('指派调查人').locator('[data-field="staffId"] input').waitFor()
  // The one complained of is not to be had; who has least in hand is proposed already.
  await app.page.keyboard.type('张晓燕')
  expect(await app.page.locator('.el-select-dropdown__item', { hasText: '刘志强' }).count()).toBe(0)
  await picture('complaint-assign')
  await press('F12')
  await until('assigned')
  await shows('调查中')
  await picture('complaint-assigned')

  await changeTo('2001')
  await open('/complaints')
  await heading('投诉')
  await app.page.locator('tbody tr').first().waitFor()
  expect(await app.page.locator('tbody tr', { hasText: '没有说明为什么多收' }).count()).toBe(0)

  await changeTo('1001')
  await open('/complaints')
  await app.page.locator('tbody tr', { hasText: '没有说明为什么多收' }).waitFor()
  await picture('complaints-board')
  await app.page.locator('tbody tr', { hasText: '没有说明为什么多收' }).dblclick()
  await heading(/^投诉 TS/)
  await step('Ctrl+Shift+V', '记调查情况', '调看录像：解释确实过短')
  await app.page.locator('td', { hasText: '调看录像：解释确实过短' }).waitFor()
  await app.page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  await step('Ctrl+Enter', '回复', '已致歉，逐项说明收费依据')
  await until('replied')
  await shows('已回复')

  await changeTo('3001')
  await open('/followups')
  await app.page
    .locator('tbody tr', { hasText: newest()?.complaintNo.slice(-6) ?? '' })
    .first()
    .waitFor()
  await picture('followups-due')
  await app.page
    .locator('tbody tr', { hasText: newest()?.complaintNo.slice(-6) ?? '' })
    .first()
    .dblclick()
  await heading('投诉回访')
  await app.page.getByText('投诉的问题是否已经解决').waitFor()
  await press('Ctrl+G')
  await press('Ctrl+1')
  await picture('followups-call')
  await press('F12')
  await until('called-back')
  // It leads back by itself: whoever goes elsewhere before that is led away from there again.
  await app.page.waitForFunction(() => location.hash.split('?')[0] === '#/followups')
  await heading('回访')
  await open('/complaints')
  await app.page.locator('tbody tr', { hasText: '没有说明为什么多收' }).dblclick()
  await shows('已回访')
  await press('F12')
  await dialog('关闭').waitFor()
  await press('F12')
  await until('closed')
  await shows('已关闭')
  await picture('complaint-closed')
  await press('Control+p')
  await app.page.frameLocator('iframe').getByText('没有说明为什么多收').first().waitFor()
  await picture('complaint-paper')
  await press('Escape')

  await open('/complaints/months')
  await heading('总体情况')
  await app.page.locator('.chart svg').waitFor()
  await picture('complaints-month')
  await app.page.locator('tbody tr', { hasText: '本月' }).getByRole('button').first().click()
  await dialog('受理').locator('tbody tr').first().waitFor()
  await picture('complaints-behind')
  await press('Escape')
  await open('/followups/ratios')
  await app.page.locator('th', { hasText: '报修' }).first().waitFor()
  await picture('followups-ratios')
  await press('Ctrl+N')
  await dialog('抽取回访样本').getByText('这个期间办完').waitFor()
  await picture('followups-draw')

  // The next day a complaint of the demo hall runs out of time: it is told of on every page, and leads there.
  const late = Date.parse(demoMorning) + 20 * 3_600_000
  app = await app.restart({ clock: new Date(late).toISOString() })
  await logIn(app.page, '3001')
  await open('/customers')
  const notice = app.page.locator('.top-bar').getByRole('status').filter({ hasText: '投诉逾期 1 件' })
  await notice.waitFor()
  await picture('complaints-notice')
  await notice.click()
  await heading(/^投诉 TS/)
  await app.page
    .getByText(/回复逾期/)
    .first()
    .waitFor()
})
