/**
 * Four works of a real hall (no demo), by keyboard alone as the manual tells them: 催缴, 退补, the reports that are sent, a
 * planned interruption from its notice to the gas. Each three times, with an Esc, a refused entry and a restart in between.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKey } from '../../src-main/platform/keys.ts'
import { employ } from '../supply/support.ts'
import { openTestHall } from '../support/hall.ts'
import { demoMorning, logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { find, openShift, press, putReceiptAway, takeCash, type Debtor } from './support/cashier.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { stillness } from './support/looks.ts'
import { pagesOf, tokenOf } from './support/papers.ts'
import { readPdf, type PdfPage } from './support/pdf.ts'
import { whileBackendWaits } from './support/processes.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page

async function start(clock?: string): Promise<void> {
  app = await startApp({ dataFolder: folder, ...(clock === undefined ? {} : { clock }) })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await stillness(app.electron)
}
async function restart(staffNo: string, clock?: string): Promise<void> {
  await app.close()
  await start(clock)
  await logIn(page, staffNo)
}
beforeAll(async () => {
  folder = await makeRealHall({ overdue: true })
  const hall = await openTestHall({
    folder,
    key: openKey(folder, { osStore: null }),
    now: Date.parse(demoMorning) - 1_800_000,
  })
  await employ(hall, '5001', '赵检修').finally(() => hall.hall.close())
  await start()
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const keys = async (...combos: string[]) => {
  for (const combo of combos) await page.keyboard.press(hardware(combo))
}
const type = (text: string) => page.keyboard.type(text)
const shot = async (name: string) => {
  const pictures = process.env['HALL_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `walks-${name}.png`) })
}
async function changeTo(staffNo: string): Promise<void> {
  if ((await page.getByRole('navigation', { name: '业务' }).count()) > 0) await keys('Ctrl+Shift+U')
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
const at = (path: string) => page.waitForFunction((to) => location.hash.slice(1).split('?')[0]?.startsWith(to), path)
const question = () => page.locator('.final-question:visible')
const dialog = (title: string) => page.locator('.el-dialog:visible', { hasText: title })
const message = (text: string | RegExp) => page.locator('.el-message', { hasText: text }).first().waitFor()
const focusIn = (field: string) =>
  page.waitForFunction(
    (name) => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') === name,
    field,
  )
const rows = () => page.locator('.page-list tbody tr')
const has = (count: number) => expect.poll(() => rows().count()).toBe(count)
const n = (sql: string, ...params: unknown[]): number => app.query<{ n: number }>(sql, ...params)[0]?.n ?? -1
const until = (sql: string, count: number) => expect.poll(() => n(sql)).toBe(count)
/** What is looked for in a list, typed where the hand is; the list holds so many then. */
async function lookFor(text: string, count: number): Promise<void> {
  await page.locator('.page-list table[aria-busy="false"]').waitFor()
  await keys('Ctrl+F')
  await page.waitForFunction(() => document.activeElement?.matches('.page-list .search input') === true)
  await keys('Ctrl+A')
  await type(text)
  await has(count)
}
/** Ctrl+M until the list shows this. */
async function turnTo(label: string | RegExp): Promise<void> {
  // A key for a list that is not there yet is done later, past what was wanted.
  await page.locator('.page-list table[aria-busy="false"]').waitFor()
  const chosen = page.locator('.el-radio-button.is-active, .el-segmented__item.is-selected', { hasText: label })
  for (let turns = 0; !(await chosen.isVisible()); turns++) {
    if (turns > 8) throw new Error(`「${label}」 is not reached by Ctrl+M`)
    const before = await page.locator('.el-radio-button.is-active, .el-segmented__item.is-selected').allInnerTexts()
    await keys('Ctrl+M')
    await page.waitForFunction(
      (was) =>
        [...document.querySelectorAll<HTMLElement>('.el-radio-button.is-active, .el-segmented__item.is-selected')]
          .map((one) => one.innerText)
          .join() !== was,
      before.join(),
    )
  }
  await page.locator('.page-list table[aria-busy="false"]').waitFor()
}
/** Asked once with what it is about: the key that asked and Enter do nothing, Esc leaves it, Ctrl+Enter does it. */
async function decide(key: string, label: string, parts: readonly string[], undone: () => number): Promise<void> {
  const before = undone()
  for (const answer of ['Escape', 'Ctrl+Enter']) {
    await press(page, key, label)
    for (const part of parts) await question().getByText(part, { exact: true }).first().waitFor()
    await keys(key, 'Enter')
    expect(undone()).toBe(before)
    await keys(answer)
    await question().waitFor({ state: 'hidden' })
  }
}
/** The paper that lies open, saved and read back; closed by Esc. It names the company and has room for its seal. */
async function paper(title: string): Promise<PdfPage[]> {
  const preview = page.locator('.paper-preview:visible')
  await preview.filter({ hasText: title }).locator('iframe').waitFor()
  await press(page, 'Ctrl+S', '存为 PDF')
  const saved = preview.getByRole('button', { name: '已存为 PDF' })
  await saved.waitFor()
  const pages = await readPdf((await saved.getAttribute('title')) ?? '')
  await keys('Escape')
  await preview.waitFor({ state: 'hidden' })
  const all = textOf(pages)
  expect(all).not.toContain('演示')
  for (const part of ['示例燃气有限公司', '956100', '盖章']) expect(all, title).toContain(part)
  return pages
}
const textOf = (pages: readonly PdfPage[]) => pages.map(({ text }) => text).join('')
/** Each sheet counts its own pages. */
function sheetsOf(pages: readonly PdfPage[], number: RegExp): string[] {
  const sheets = new Map<string, string[]>()
  for (const { text } of pages) {
    const no = number.exec(text)?.[0] ?? '?'
    sheets.set(no, [...(sheets.get(no) ?? []), /第\d+页共\d+页/.exec(text)?.[0] ?? '?'])
  }
  for (const [no, said] of sheets) expect(said, no).toEqual(said.map((_, i) => `第${i + 1}页共${said.length}页`))
  return [...sheets.keys()]
}

/** Who is dunned and pays, a household of each building. */
const payers: (Debtor & { readonly billNo: string; readonly consumption: number })[] = []

test('电话催缴: the number to dial, a promise with its day, three calls on record over Esc, a mistake and a restart', async () => {
  await changeTo('3001')
  const calls = 'SELECT count(*) AS n FROM dunning_calls'
  const open = async () => {
    await keys('Ctrl+Shift+Q')
    await at('/supply/arrears')
    await turnTo('欠费户')
    await keys('Ctrl+Shift+Up')
    await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr') === true)
    await press(page, 'Ctrl+H', '电话催缴')
    await focusIn('result')
    await dialog('电话催缴').locator('.phone', { hasText: /\d{7}/ }).waitFor()
  }
  for (const round of [1, 2, 3]) {
    await open()
    await keys('Escape')
    await dialog('电话催缴').waitFor({ state: 'hidden' })
    expect(n(calls)).toBe(round - 1)
    await press(page, 'Ctrl+H', '电话催缴')
    await focusIn('result')
    if (round > 1) await dialog('电话催缴').getByText('2026-11-28 前缴').first().waitFor()
    await keys('Right')
    await page.locator('.el-dialog:visible [data-field="promisedOn"]').first().waitFor()
    // A promise names its day.
    await keys('F12')
    await message('请填写客户承诺的缴费日期')
    await focusIn('promisedOn')
    expect(n(calls)).toBe(round - 1)
    await type('2026-11-28')
    await keys('F12')
    await dialog('电话催缴').waitFor({ state: 'hidden' })
    await until(calls, round)
    await rows().first().getByText('承诺 11-28 前缴').waitFor()
    await shot(`debt-call-${round}`)
    if (round === 1) await restart('3001')
  }
  expect(n(`SELECT count(*) AS n FROM dunning_calls WHERE result = 'promised' AND promised_on = '2026-11-28'`)).toBe(3)
})

test('催缴: a batch of each building, its papers, delivered as it was, ended by the payment', async () => {
  await changeTo('3001')
  const dunned = 'SELECT count(*) AS n FROM dunnings'
  for (const [round, count] of [10, 10, 5].entries()) {
    const before = n(dunned)
    await keys('Ctrl+Shift+Q')
    await at('/supply/arrears')
    await turnTo('欠费户')
    await lookFor('没有这一户', 0)
    await keys('Escape')
    await lookFor(`和平小区${round + 1}号楼`, count)
    await decide('F12', '成批催缴', [`${count} 户`], () => n(dunned))
    await shot(`dunning-${round}`)
    const batch = await paper('催缴通知单')
    expect(sheetsOf(batch, /CJ\d+/)).toHaveLength(count)
    expect(textOf(batch).match(/应缴/g)).toHaveLength(count)
    expect(n(dunned)).toBe(before + count)
    // Who is dunned already is not dunned once more.
    await has(0)

    if (round === 1) {
      await restart('3001')
      await keys('Ctrl+Shift+Q')
      await at('/supply/arrears')
    }
    await turnTo(/^待送达 \d/)
    await keys('Escape')
    await has(count)
    await keys('Ctrl+Shift+Up')
    if (round === 1) {
      await press(page, 'Ctrl+P', '打印本批')
      expect(sheetsOf(await paper('催缴通知单'), /CJ\d+/)).toHaveLength(count)
    }
    await press(page, 'Ctrl+T', '登记送达')
    await focusIn('way')
    await keys('Tab')
    await focusIn('at')
    await keys('Ctrl+A')
    await type('2026-12-24 10:00')
    await keys('F12')
    await message('送达时间不能晚于现在')
    await focusIn('at')
    await keys('Escape')
    await dialog('催缴通知单送达').waitFor({ state: 'hidden' })
    expect(n(`SELECT count(*) AS n FROM dunnings WHERE state = 'delivered'`)).toBe(before)
    await press(page, 'Ctrl+T', '登记送达')
    await focusIn('way')
    // Past the time to who delivered it, what was said, and all of the batch.
    await keys('Tab', 'Tab')
    await focusIn('by')
    await keys('Ctrl+A', 'Delete', 'F12')
    await message('请填写送达人')
    await type('赵师傅')
    await keys('Tab')
    await type('本人签收')
    await keys('Tab', 'Space', 'F12')
    await until(`SELECT count(*) AS n FROM dunnings WHERE state = 'delivered'`, before + count)
    await dialog('催缴通知单送达').waitFor({ state: 'hidden' })

    const [payer] = app.query<(typeof payers)[number]>(
      `SELECT a.id AS accountId, a.account_no AS accountNo, c.name, a.arrears, b.bill_no AS billNo, b.consumption
       FROM dunnings d JOIN accounts a ON a.id = d.account_id JOIN customers c ON c.id = a.customer_id
         JOIN bills b ON b.account_id = a.id AND b.state = 'open'
       WHERE d.state = 'delivered' AND (SELECT count(*) FROM bills o WHERE o.account_id = a.id) = 1
         AND (SELECT building FROM service_points p WHERE p.id = a.service_point_id) = ? ORDER BY a.account_no LIMIT 1`,
      String(round + 1),
    )
    if (!payer) throw new Error('nobody of the batch has one bill')
    payers.push(payer)
  }
  // Each pays at the desk, and is no longer dunned.
  await changeTo('2001')
  await openShift(page)
  for (const payer of payers) {
    await find(page, payer)
    await takeCash(page)
    await press(page, 'F12', '确认收款')
    await putReceiptAway(page)
    // The desk is free for the next: the page of this one has gone.
    await page.waitForFunction(() => location.hash === '#/collection')
    await page.locator('output[data-field="due"]').waitFor({ state: 'detached' })
  }
  // The job that follows payments looks once a minute, and as late as the machine lets it.
  for (const payer of payers)
    await expect
      .poll(() => app.query('SELECT 1 FROM dunnings WHERE account_id = ? AND state = ?', payer.accountId, 'settled'), {
        timeout: 240_000,
      })
      .toHaveLength(1)
  await changeTo('3001')
  await keys('Ctrl+Shift+Q')
  await at('/supply/arrears')
  await turnTo('已了结')
  await has(3)
  await shot('dunning-ended')
  // The bill they were dunned for: what was read, and the code to pay by.
  const [{ id = '' } = {}] = app.query<{ id: string }>(`SELECT id FROM bills WHERE state = 'open' ORDER BY id LIMIT 1`)
  const bill = textOf(await pagesOf(page, await tokenOf(page, '1001'), { kind: 'bill', id }, 'walks-bill'))
  for (const part of ['户号0010', '扫码', '盖章', '本期']) expect(bill).toContain(part)
  expect(bill).not.toContain('演示')
})

test('退补: less, less once more, and more gas, each with a second person and its notice', async () => {
  await changeTo('2001')
  const done = 'SELECT count(*) AS n FROM bill_adjustments'
  const open = async ({ accountNo }: Debtor) => {
    await keys('Alt+Z')
    await at('/bills')
    await turnTo(/^已缴清/)
    // As it is read from a paper, in groups.
    await lookFor(
      `${accountNo.slice(0, 3)} ${accountNo.slice(3, 5)} ${accountNo.slice(5, 12)} ${accountNo.slice(12)}`,
      1,
    )
    await keys('Enter')
    await press(page, 'Ctrl+F6', '退补')
    await focusIn('consumption')
  }
  for (const [round, payer] of payers.entries()) {
    const change = [-2, -3, 4][round] ?? 0
    await open(payer)
    const was = payer.consumption / 1000
    await type(String(was))
    await dialog('退补气费').getByText('与账单相同，不用退补').waitFor()
    await keys('Escape')
    await dialog('退补气费').waitFor({ state: 'hidden' })
    await keys('Escape')
    if (round === 1) await restart('2001')
    expect(n(done)).toBe(round)
    await open(payer)
    await type(String(was + change))
    await dialog('退补气费').locator('[data-field="adjustment"]').waitFor()
    await keys('Enter')
    await focusIn('reason')
    await type('估抄偏差')
    await keys('F12')
    // Nobody approves what is their own; a wrong password is said; the next try counts.
    const tries = [
      ...(round === 0 ? [{ staffNo: '2001', password: passwordOf('2001'), said: /本人|主任/ }] : []),
      { staffNo: '3001', password: 'Cuowu-Mima-99', said: /工号或密码不正确/ },
      { staffNo: '3001', password: passwordOf('3001'), said: null },
    ]
    const approval = dialog('须营业厅主任批准')
    for (const { staffNo, password, said } of tries) {
      // Who approved before stands there; then the password has the focus.
      await page.waitForFunction(() =>
        document.activeElement?.matches('[data-field="staffNo"], [data-field="password"]'),
      )
      if (await page.evaluate(() => document.activeElement?.matches('[data-field="password"]'))) await keys('Shift+Tab')
      await focusIn('staffNo')
      await keys('Ctrl+A')
      await type(staffNo)
      await keys('Tab')
      await focusIn('password')
      await type(password)
      await keys('Enter')
      if (said !== null) await approval.locator('.el-form-item__error').getByText(said).waitFor()
    }
    const notice = textOf(await paper('退补通知单'))
    await shot(`adjusted-${round}`)
    for (const part of [payer.billNo, payer.name, '李主任', '估抄偏差', change < 0 ? '多计' : '少计']) {
      expect(notice).toContain(part)
    }
    expect(n(done)).toBe(round + 1)
    await keys('Escape')
    await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' })
  }
  expect(app.query('SELECT volume FROM bill_adjustments ORDER BY id')).toEqual(
    [-2000, -3000, 4000].map((volume) => ({ volume })),
  )
})

test('报表: a month chosen, looked at, submitted, corrected with a reason, exported', async () => {
  await changeTo('3001')
  const submitted = 'SELECT count(*) AS n FROM report_submissions'
  for (const [round, title] of ['收费报表', '欠费报表', '用气量报表'].entries()) {
    const period = (label: string) => page.locator('.period-picker strong', { hasText: label }).waitFor()
    const counted = () => page.locator('.sections:not(.waiting) .report-table').first().waitFor()
    await keys('Alt+E')
    await at('/reports')
    await page.locator('.card', { hasText: title }).waitFor()
    await keys(`Ctrl+${round + 1}`)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await period('2026年11月')
    await counted()
    // A month that is not over is not sent.
    await page.locator('.key-button:disabled', { hasText: '上报' }).getByText(/结束/).waitFor()
    await keys('F12')
    await page.locator('.kept.lost', { hasText: '现在不能办' }).waitFor()
    expect(await page.locator('.el-dialog:visible').count()).toBe(0)
    await press(page, 'Alt+PageUp', '上一期')
    await period('2026年10月')
    await counted()
    await press(page, 'F12', '上报')
    await dialog('上报后不能修改').waitFor()
    await keys('Escape')
    await dialog('上报后不能修改').waitFor({ state: 'hidden' })
    expect(n(submitted)).toBe(round * 2)
    await press(page, 'F12', '上报')
    await dialog('上报后不能修改').waitFor()
    await press(page, 'Ctrl+Enter', '确认上报')
    await until(submitted, round * 2 + 1)
    await page.locator('.page-header', { hasText: /等待上传 BB/ }).waitFor()
    const address = await page.evaluate(() => location.hash.slice(1))
    if (round === 1) {
      await restart('3001')
      await go(page, address)
      await counted()
    }
    await press(page, 'F12', '更正上报')
    await focusIn('reason')
    await keys('Ctrl+Enter')
    await message('请填写更正原因')
    await type('补录一户')
    await press(page, 'Ctrl+Enter', '确认更正上报')
    await until(submitted, round * 2 + 2)
    await page.locator('.page-header', { hasText: '第 2 版' }).waitFor()
    await shot(`report-${round}`)
    await press(page, 'Ctrl+E', '导出')
    await message('已导出为 Excel')
  }
  // What was sent is no longer asked for; both versions stand on record.
  await keys('Alt+E')
  await at('/reports')
  await turnTo('已上报')
  await has(6)
  expect(await rows().filter({ hasText: '已被更正' }).count()).toBe(3)
})

/** As 新建停气 is filled in by hand: Enter goes on, arrows choose. */
async function fillPlan(building: string, from: string): Promise<void> {
  await focusIn('reason')
  await type('中压管道改造')
  await keys('Enter')
  await focusIn('scope.kind')
  await keys('Left', 'Enter')
  await focusIn('scope.community')
  await type('和平小区')
  await keys('Enter')
  await focusIn('scope.building')
  await type(building)
  await keys('Enter')
  await focusIn('fromAt')
  await keys('Ctrl+A')
  await type(from)
  await keys('Enter')
  await focusIn('toAt')
}

test('计划停气: notices printed and posted, a restart, gas off and given back with its checks', async () => {
  await changeTo('3001')
  const planned = 'SELECT count(*) AS n FROM interruptions'
  for (const building of ['1', '2', '3']) {
    const before = n(planned)
    await keys('Alt+T')
    await at('/supply')
    await press(page, 'Ctrl+N', '新建停气')
    await focusIn('reason')
    await keys('Alt+Left')
    await at('/supply')
    await press(page, 'Ctrl+N', '新建停气')
    // The day after is too soon: that is said at once, the notice is refused, and the time is mended.
    await fillPlan(building, '2026-11-24 09:30')
    await page.locator('.met').getByText('还差').waitFor()
    await keys('F12')
    await at('/supply/interruptions/')
    await page.locator('.key-button:disabled', { hasText: '发出通知' }).getByText('48 小时').waitFor()
    expect(n(planned)).toBe(before + 1)
    await press(page, 'F3', '修改')
    await focusIn('reason')
    await keys('Enter', 'Enter', 'Enter', 'Enter')
    await focusIn('fromAt')
    await keys('Ctrl+A')
    await type('11-25 11:30')
    await keys('F12')
    await at('/supply/interruptions/')
    // The end went along with the beginning: the notice promises gas for the same evening.
    await page.getByText('2026-11-25 11:30 至 2026-11-25 19:30').waitFor()
    await press(page, 'Ctrl+T', '发出通知')
    const door = textOf(await paper('停气通知'))
    for (const part of ['停气通知', `和平小区${building}号楼`, '中压管道改造']) expect(door).toContain(part)
    await press(page, 'Ctrl+Enter', '登记张贴')
    await focusIn('place')
    await type('单元门口')
    await keys('Tab')
    await focusIn('postedAt')
    await keys('Ctrl+A')
    await type('2026-11-24 10:00')
    await keys('F12')
    await message(/不能晚于现在/)
    await keys('Escape')
    await dialog('登记张贴').waitFor({ state: 'hidden' })
    await press(page, 'Ctrl+Enter', '登记张贴')
    await focusIn('place')
    await keys('F12')
    await message('停气通知已全部张贴')
    await dialog('登记张贴').waitFor({ state: 'hidden' })
    await press(page, 'Ctrl+Shift+P', '打印住户通知')
    const slips = await paper('停气通知单')
    expect(slips).toHaveLength(10)
    for (const { text } of slips) for (const part of ['第1页共1页', '盖章', '签收']) expect(text).toContain(part)
    // Its time has not come.
    await page.locator('.key-button:disabled', { hasText: '开始停气' }).getByText('还没有到通知的停气时间').waitFor()
    await shot(`noticed-${building}`)
  }

  await restart('3001', '2026-11-25T12:00:00+08:00')
  const off = `SELECT count(*) AS n FROM service_points WHERE gas_state = 'suspended'`
  const back = `SELECT count(*) AS n FROM supply_resumptions WHERE outcome = 'resumed'`
  for (const round of [0, 1, 2]) {
    await keys('Alt+T')
    await at('/supply')
    await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr') === true)
    await keys('Enter')
    await at('/supply/interruptions/')
    const before = n(off)
    await decide('F12', '开始停气', ['10 户'], () => n(off))
    await until(off, before + 10)
    await decide('F12', '结束停气', ['10 户'], () => n('SELECT count(*) AS n FROM supply_awaiting'))
    await until('SELECT count(*) AS n FROM supply_awaiting', before + 10)
    await press(page, 'Ctrl+P', '打印恢复通知')
    await paper('恢复供气通知')
    if (round === 1) await restart('3001', '2026-11-25T13:00:00+08:00')

    await keys('Ctrl+Shift+G')
    await at('/supply/awaiting')
    await press(page, 'Shift+F4', '恢复供气')
    await focusIn('pressurePa')
    await type('5')
    await keys('Enter')
    await type('15')
    await keys('Enter')
    await type('20')
    await keys('Ctrl+G')
    await press(page, 'F12', '恢复供气')
    await message('压降 20 Pa，超过允许的 0 Pa')
    expect(n(back)).toBe(round)
    await focusIn('dropPa')
    await keys('Ctrl+A')
    await type('0')
    await press(page, 'F12', '恢复供气')
    await shot(`resumed-${round}`)
    const given = await paper('恢复供气通知单')
    for (const part of ['第1页共1页', '赵检修', '严密性试验', '合格']) expect(textOf(given)).toContain(part)
    expect(n(back)).toBe(round + 1)
    // What was done stays in sight, its paper by the key, and the next household two keys away.
    await page.locator('.empty-state', { hasText: '已恢复供气' }).waitFor()
    await press(page, 'Ctrl+P', '恢复供气通知单')
    expect(textOf(await paper('恢复供气通知单'))).toContain('补打')
  }
  expect(n(off)).toBe(27)
})

/** Whatever page is opened meanwhile waits for what it shows. */
const whileWaiting = (act: () => Promise<void>) => whileBackendWaits(app.electron.process(), act)

test('a page that has come late leaves the focus where somebody types: the search box, not its first field', async () => {
  await changeTo('3001')
  const [{ id = '' } = {}] = app.query<{ id: string }>(
    `SELECT a.id FROM accounts a JOIN supply_awaiting w ON w.service_point_id = a.service_point_id LIMIT 1`,
  )
  for (const [path, field] of [
    ['/publicity/edit', 'services.0.name'],
    [`/supply/resume/${id}`, 'pressurePa'],
  ] as const) {
    for (const typed of ['钱二', '']) {
      await go(page, '/papers')
      await whileWaiting(async () => {
        await go(page, path)
        if (typed === '') return
        await keys('F2')
        await type(typed)
      })
      await page.locator(`[data-field="${field}"]`).waitFor()
      if (typed === '') await focusIn(field)
      else {
        await page.locator('header [role="option"]').first().waitFor()
        await keys('Escape')
        expect(await page.evaluate(() => document.activeElement?.closest('header') !== null)).toBe(true)
        await keys('Escape')
      }
    }
  }
})

test('公示牌 with problems: F12 leads to the first as they stand on the page, and lists them so', async () => {
  await changeTo('3001')
  for (const round of [0, 1, 2]) {
    await go(page, '/publicity')
    await go(page, '/publicity/edit')
    await focusIn('services.0.name')
    // Below and above: the gas in the middle of the page, then a service at its top.
    for (const field of ['analysedBy', 'services.1.timeLimit']) {
      await page.locator(`input[data-field="${field}"], [data-field="${field}"] input`).first().focus()
      await keys('Ctrl+A', 'Delete')
    }
    if (round === 1) {
      await press(page, 'Ctrl+Shift+S', '保存草稿')
      await message('草稿已保存')
      await restart('3001', '2026-11-25T14:00:00+08:00')
      await go(page, '/publicity/edit')
      await focusIn('services.0.name')
    }
    await press(page, 'F12', '发布')
    await message(/还有 \d+ 处要补齐/)
    // The backend begins with the gas, the page with its services.
    await page.waitForFunction(() => {
      const first = document.querySelector('.edit .wrong, .edit .is-error')
      return first !== null && first.contains(document.activeElement)
    })
    const said = await page.locator('.problems li').allInnerTexts()
    const [service, gas] = ['没有时限', '检测日期'].map((part) => said.findIndex((text) => text.includes(part)))
    expect(service).toBeGreaterThanOrEqual(0)
    expect(gas).toBeGreaterThan(service ?? 0)
    await shot(`board-${round}`)
  }
})
