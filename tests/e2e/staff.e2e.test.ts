/** Typing that a power cut does not take, and a quarter judged from its figures to the signature, by keyboard. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inventedMobile } from '../support/invented.ts'
import { confirmClock, copyOfDemoHall, logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { go } from './support/go.ts'
import { readPdf } from './support/pdf.ts'

let app: RunningApp
let page: Page
let folder: string
beforeEach(async () => {
  folder = await copyOfDemoHall()
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})
async function start(clock?: string): Promise<void> {
  app = await startApp({ dataFolder: folder, ...(clock === undefined ? {} : { clock }) })
  page = app.page
}

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const to = process.env['HALL_PICTURES']
  if (!to) return
  mkdirSync(to, { recursive: true })
  await page.screenshot({ path: join(to, `${name}.png`) })
}
const heading = (text: string | RegExp) => page.getByRole('heading', { name: text }).first().waitFor()
const field = (name: string) =>
  page
    .locator(`[data-field="${name}"]`)
    .locator('input:visible, textarea:visible')
    .or(page.locator(`input[data-field="${name}"]:visible, textarea[data-field="${name}"]:visible`))
    .first()
const focused = (name: string) =>
  page.waitForFunction((wanted) => document.activeElement?.closest(`[data-field="${wanted}"]`) !== null, name)
const closed = () => page.locator('.el-dialog:visible').waitFor({ state: 'detached' })
const changeTo = async (staffNo: string) => {
  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: '切换用户' }).click()
  await logIn(page, staffNo)
}
/** A form that is not finished, among what is to do now. */
const unfinished = (title: string) => page.getByRole('button', { name: `没填完：${title}` })
const kept = (key: string) => app.query<{ body: string }>('SELECT body FROM drafts WHERE key = ?', key)[0]?.body ?? ''

test('half a form is there after the power went, for its own operator only, and can be finished', async () => {
  await start()
  await logIn(page, '1001')
  await page.keyboard.press('F10')
  await heading('受理工单')
  await page.getByText('没有气', { exact: true }).click()
  await field('callerName').fill('方来电')
  await field('callerPhone').fill(inventedMobile(7))
  await field('place').fill('青禾路 66 号 3 幢 502')
  // Still in the last field: what was typed is written while typing goes on.
  await expect.poll(() => kept('workorder')).toContain('青禾路 66 号 3 幢 502')
  await go(page, '/opening')
  await field('customer.profile.name').fill('欧阳晓溪')
  await expect.poll(() => kept('opening')).toContain('欧阳晓溪')
  await app.kill()

  await start()
  await logIn(page, '3001')
  await heading('今日')
  await page.getByText('现在要办').waitFor()
  expect(await unfinished('').count()).toBe(0)
  await go(page, '/opening')
  await heading('报装申请')
  expect(await field('customer.profile.name').inputValue()).toBe('')
  await changeTo('1001')
  await go(page, '/')
  await unfinished('报装申请').waitFor()
  await picture('drafts')
  await unfinished('受理工单').click()
  await page.getByText('已找回上次没填完的内容').waitFor()
  expect(await field('callerName').inputValue()).toBe('方来电')
  await press(page, 'F12', '受理')
  await heading(/^报修 GD/)
  await expect.poll(() => kept('workorder')).toBe('')
  await go(page, '/')
  await unfinished('报装申请').waitFor()
  expect(await unfinished('受理工单').count()).toBe(0)
})

test('what is wrong with a new password stands ready to be typed over, though another dialog with a password was closed before', async () => {
  await start()
  await logIn(page, '9001')
  await go(page, '/staff')
  for (const staffNo of ['1001', '2001', '1001']) {
    await press(page, 'Ctrl+N', '新增员工')
    await focused('staffNo')
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
    const row = page.locator('tbody tr', { hasText: staffNo })
    await row.getByRole('button', { name: '重置密码' }).press('Enter')
    await focused('password')
    await page.keyboard.type('abc123')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.locator('.el-dialog:visible .el-form-item__error').waitFor()
    await page.keyboard.type('Moshui-Qingtai-47')
    expect(await field('password').inputValue()).toBe('Moshui-Qingtai-47')
    await page.keyboard.press('Enter')
    await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
    await row.getByText('待本人换密码').waitFor()
  }
})

test('staff is trained, examined and rewarded; the quarter is judged, reviewed by one and signed by another', async () => {
  await start('2027-01-04T09:00:00+08:00')
  await confirmClock(page)
  await logIn(page, '3001')
  await press(page, 'Ctrl+M', '还有')
  await page
    .getByRole('button', { name: /上岗证/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: /考核评价待完成/ }).waitFor()
  await picture('home')
  await go(page, '/staff')
  await page
    .getByRole('cell', { name: /回访证/ })
    .first()
    .waitFor()
  await picture('staff')
  await go(page, '/staff/certificates')
  await page.getByRole('cell', { name: 'YS-QX-0042' }).waitFor()
  await picture('certificates')

  await go(page, '/staff/training')
  await page.locator('tbody tr', { hasText: '刘志强' }).getByText('待补考').waitFor()
  await picture('due')
  await press(page, 'Ctrl+Shift+N', '登记考核')
  await focused('subject')
  await page.keyboard.type('计量知识')
  await field('score-1001').fill('96')
  await field('score-9001').fill('61')
  await picture('exam')
  await page.keyboard.press('F12')
  await page.locator('tbody tr', { hasText: '计量知识' }).first().waitFor()
  await closed()
  await page.locator('tbody tr', { hasText: '刘志强' }).getByRole('button', { name: '补考' }).click()
  await focused('score')
  await page.keyboard.type('85')
  await page.keyboard.press('F12')
  await page.locator('tbody tr', { hasText: '补考' }).getByText('及格', { exact: true }).waitFor()
  await closed()
  await picture('exams')
  await press(page, 'Ctrl+N', '登记培训')
  await focused('course')
  await page.keyboard.type('冬季防冻防中毒')
  await field('trainer').fill('王讲师')
  await page.keyboard.press('Control+g')
  await page.getByText('参加人员 5 人').waitFor()
  await expect.poll(() => page.locator('.el-dialog .el-radio-button.is-active', { hasText: '合格' }).count()).toBe(5)
  await picture('training')
  await page.keyboard.press('F12')
  await page.locator('tbody tr', { hasText: '冬季防冻防中毒' }).waitFor()
  await closed()

  await go(page, '/staff/merits')
  await page.locator('tbody tr', { hasText: '冒雨抢修' }).getByRole('button', { name: '批准' }).click()
  await focused('note')
  await picture('approval')
  await page.keyboard.press('F12')
  await page.locator('tbody tr', { hasText: '冒雨抢修' }).getByText('有效').waitFor()
  await closed()
  await picture('merits')
  await page.locator('tbody tr', { hasText: '冒雨抢修' }).dblclick()
  await heading('张晓燕（1001）')
  await page.getByText('冬季防冻防中毒').waitFor()
  await picture('person')

  await go(page, '/appraisal')
  await heading('客服调度中心')
  await picture('appraisal')
  await press(page, 'Ctrl+Enter', '第 4 季度')
  await heading('营业厅考核表')
  await page.getByRole('button', { name: '看人员考核率的记录' }).click()
  await page.locator('.el-dialog').getByText('张晓燕（1001）').waitFor()
  await picture('records')
  await page.keyboard.press('Escape')
  await closed()
  for (const [no, points] of [
    [16, '4'],
    [17, '3.5'],
  ] as const) {
    await field(`score-${no}`).fill(points)
    await field(`note-${no}`).fill('现场检查，一处不足')
  }
  await field('comment').fill('服务有序，冬季要加强安检')
  // What is written on a scorecard is kept as any form is; nothing of it counts before it is saved.
  await expect
    .poll(() => app.query<{ body: string }>("SELECT body FROM drafts WHERE key LIKE 'scorecard-%'")[0]?.body ?? '')
    .toContain('冬季要加强安检')
  await press(page, 'F12', '复核')
  await focused('note')
  await picture('review')
  await page.keyboard.press('Control+Enter')
  await closed()
  await page.locator('.page-header').getByText('已复核').waitFor()
  const sign = page.locator('.key-button', { hasText: '签批' })
  await sign.getByText('须由另一人签批').waitFor()
  expect(await sign.isDisabled()).toBe(true)
  await picture('scorecard')

  const card = app.query<{ id: string; total: number }>('SELECT id, total FROM scorecards')[0]
  await changeTo('9001')
  await go(page, `/appraisal/${card?.id ?? ''}`)
  await press(page, 'F12', '签批')
  await focused('note')
  // The key that opened the question does not answer it.
  await page.keyboard.press('F12')
  await page.keyboard.press('Control+Enter')
  await closed()
  await page.locator('.page-header').getByText('已签批').waitFor()
  expect(app.query('SELECT state, total FROM scorecards')).toEqual([{ state: 'signed', total: card?.total }])
  await page.keyboard.press('Control+p')
  await page.frameLocator('.paper-preview iframe').getByText('服务有序，冬季要加强安检').waitFor()
  await picture('paper')
  await press(page, 'Control+s', '存为 PDF')
  const link = page.getByRole('button', { name: '已存为 PDF' })
  await link.waitFor()
  const path = join(folder, 'scorecard.pdf')
  copyFileSync((await link.getAttribute('title')) ?? '', path)
  const [sheet] = await readPdf(path)
  expect([sheet?.width, sheet?.height]).toEqual([210, 297])
  for (const words of ['考核表', '2026年第4季度', '服务有序,冬季要加强安检', '24小时服务电话']) {
    expect(sheet?.text.replaceAll('，', ',')).toContain(words)
  }
  if (process.env['HALL_PICTURES']) copyFileSync(path, join(process.env['HALL_PICTURES'], 'scorecard.pdf'))
  await page.keyboard.press('Escape')
  await closed()

  // What the next one judges is a table in the settings: nothing is saved before its points make a hundred.
  await go(page, '/settings')
  const row = page.locator('.setting', { hasText: '客服调度中心考核项目' })
  await row.locator('button', { hasText: '编辑' }).click()
  const items = page.locator('.el-dialog:visible tbody tr')
  await items.nth(8).waitFor()
  const points = items.nth(0).locator('.number input')
  await points.fill('10')
  await points.press('Tab')
  await page.getByText('分值合计 95，须为 100（还差 5）').waitFor()
  await press(page, 'Ctrl+N', '添加一行')
  await items.nth(9).locator('.name input').fill('应急联动')
  await items.nth(9).locator('.number input').fill('5')
  await items.nth(9).locator('.number input').press('Tab')
  await page.getByText('10 项，合计 100 分').first().waitFor()
  await picture('items')
  await press(page, 'F12', '保存')
  // What judges others is two persons' work.
  const second = page.locator('.el-dialog:visible', { hasText: '更改安全和考核设置' })
  await second.locator('[data-field="staffNo"]').fill('3001')
  await second.locator('[data-field="password"]').fill(passwordOf('3001'))
  await page.keyboard.press('Enter')
  await second.waitFor({ state: 'detached' })
  await closed()
  await row.getByText('10 项，合计 100 分').waitFor()
  const saved = app.query<{ value: string }>(`SELECT value FROM settings WHERE key = 'appraisal.dispatchItems'`)[0]
  expect(saved?.value).toMatch(/^"按时处理率 10；.*；应急联动 5"$/)
})
