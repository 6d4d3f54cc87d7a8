/**
 * The rooms of a real hall (no demo) beside the till: keys and the function search, what cannot be taken back, every page in
 * every size with the data and the empty lists such a hall has, its papers, its help. Each three times, with Esc, a mistake
 * and a restart in between.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import { amountInCapitals } from '../../src-main/platform/capitals.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { roles } from '../../src-main/platform/roles.ts'
import { railGroupsFor } from '../../src-renderer/shell/rail.ts'
import { roomRoutes } from '../../src-renderer/shell/routes.ts'
import { chapterOf } from '../../src-renderer/manual/manual.ts'
import { carried } from '../../src-renderer/regulation/carried.ts'
import { gotIn, logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { debtors, due, find, paymentsOf, press } from './support/cashier.ts'
import { go } from './support/go.ts'
import { arrowTo } from './support/arrows.ts'
import { hardware } from './support/keys.ts'
import { measureLooks, settled, stillness, zoomTo } from './support/looks.ts'
import { pagesFor, staffOf, typeSizes } from './support/pages.ts'
import { pagesOf, savePaper, tokenOf, type PutOut } from './support/papers.ts'
import { readPdf, type PdfPage } from './support/pdf.ts'
import { makeRealHall } from './support/real-hall.ts'
import { furnish, successor, type RealRooms } from './support/real-rooms.ts'

let folder: string
let rooms: RealRooms
let app: RunningApp
let page: Page

async function start(): Promise<void> {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await stillness(app.electron)
}
async function restart(): Promise<void> {
  await app.close()
  await start()
}
beforeAll(async () => {
  folder = await makeRealHall()
  rooms = await furnish(folder)
  await start()
})
afterAll(async () => {
  await shot('end').catch(() => undefined)
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})
const shot = async (name: string) => {
  const pictures = process.env['HALL_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/rooms-${name}.png` })
}
const keys = async (...combos: string[]) => {
  for (const combo of combos) await page.keyboard.press(hardware(combo))
}
const at = (path: string) => page.waitForFunction((to) => location.hash.slice(1).split('?')[0] === to, path)
const title = () => page.locator('main h1').first()
/** Somebody else sits down: by the key, or by the function of that name in the search box. */
async function changeTo(staffNo: string, by: 'key' | 'search' = 'key'): Promise<void> {
  if (by === 'key') await keys('Ctrl+Shift+U')
  else await openFunction('切换用户', '切换用户')
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
/** Two keys and some letters: the search box, what is looked for, Enter. */
async function openFunction(typed: string, name: string): Promise<void> {
  await keys('F2')
  await page.waitForFunction(() => document.activeElement?.matches('header [aria-label="查找客户"]'))
  // At once: what stands there is then found by the whole of it, never by its beginning.
  await page.keyboard.insertText(typed)
  const option = page.locator('header [role="option"]').filter({ has: page.getByText(name, { exact: true }) })
  await arrowTo(page, option)
  await keys('Enter')
}

test('keys: every room of every role by the function search, the rail whole at 768 px, users and passwords changed by key', async () => {
  const faults: string[] = []
  const found = new Set<string>()
  for (const [round, role] of roles.entries()) {
    if (round === 0) await logIn(page, staffOf[role])
    else await changeTo(staffOf[role], round % 2 === 0 ? 'key' : 'search')
    await title().waitFor()
    const groups = railGroupsFor(roomRoutes, [role])
    for (const group of groups) {
      await keys(group.key)
      await page.waitForFunction(() => document.activeElement?.closest('.app-rail') !== null)
      const shown = await page.evaluate(() => {
        const rail = document.querySelector('.app-rail')
        const entries = [...document.querySelectorAll<HTMLElement>('.app-rail a, .app-rail button')]
        return {
          entries: entries.length,
          cut: entries
            .filter((one) => {
              const box = one.getBoundingClientRect()
              return box.bottom > innerHeight || one.scrollWidth > one.clientWidth + 1
            })
            .map((one) => one.innerText),
          scrolls: rail !== null && rail.scrollHeight > rail.clientHeight + 1,
        }
      })
      if (shown.entries > 12 || shown.cut.length > 0 || shown.scrolls)
        faults.push(`${role} ${group.title} ${JSON.stringify(shown)}`)
      await keys('Escape')
    }
    // Looked for in vain, emptied by Esc, and then found: each room of this role by its name.
    await keys('F2')
    await page.keyboard.type('没有这个功能')
    await page.locator('header .results').getByText('没有找到').first().waitFor()
    await keys('Escape', 'Escape')
    for (const { path, title: name } of groups.flatMap(({ rooms: inIt }) => inIt)) {
      if (found.has(path)) continue
      found.add(path)
      await openFunction(name, name)
      await at(path)
    }
    if (round === 1) {
      await restart()
      await logIn(page, staffOf[role])
    }
  }
  expect(faults).toEqual([])

  // 修改密码, three times: a wrong old one changes nothing, Esc leaves the page as it is, the new one holds over a restart.
  let password = passwordOf('9001')
  const fill = async (old: string, fresh: string) => {
    for (const [field, typed] of [
      ['old', old],
      ['newPassword', fresh],
      ['second', fresh],
    ] as const) {
      await page.waitForFunction((name) => document.activeElement?.matches(`[data-field="${name}"]`), field)
      await keys('Ctrl+A')
      await page.keyboard.type(typed)
      await keys('Enter')
    }
  }
  for (const [round, fresh] of ['Yiyue-Kaiye-31', 'Eryue-Kaiye-28', 'Sanyue-Kaiye-30'].entries()) {
    if (round === 1) await keys('Ctrl+Shift+M')
    else await openFunction('xgmm', '修改密码')
    await at('/password')
    await fill('Bushi-Zhege-00', fresh)
    await page.getByText('原密码不正确').filter({ visible: true }).first().waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('[data-field="old"]'))
    await keys('Escape', 'Ctrl+A')
    await page.keyboard.type(password)
    await keys('Enter', 'Enter', 'Enter')
    await at('/')
    password = fresh
    if (round === 1) await restart()
    else await keys('Ctrl+Shift+U')
    await page.waitForFunction(() => document.activeElement?.matches('[data-field="staffNo"]'))
    await page.keyboard.type('9001')
    await keys('Enter')
    await page.keyboard.type(password)
    await keys('Enter')
    await gotIn(page, '9001')
  }
})

/** The second cashier is none of those who stand in every hall. */
async function takeOver(staffNo: string): Promise<void> {
  if (staffNo !== successor.staffNo) return changeTo(staffNo)
  await keys('Ctrl+Shift+U')
  await page.getByRole('button', { name: '登录' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.matches('[data-field="staffNo"]'))
  await page.keyboard.type(staffNo)
  await keys('Enter')
  await page.keyboard.type(successor.password)
  await keys('Enter')
  await gotIn(page, staffNo)
}

test('交接班: by key alone, asked once with the name and the amounts, counted by both; an unknown successor calls no manager', async () => {
  const shifts = () =>
    app.query<{ state: string }>('SELECT state FROM shifts ORDER BY opened_at, id').map(({ state }) => state)
  const field = (name: string) =>
    page.waitForFunction((of) => document.activeElement?.closest(`[data-field="${of}"]`) !== null, name)
  const grid = () => page.waitForFunction(() => document.activeElement?.matches('input[data-face]'))
  const turns = [
    ['2001', '2002'],
    ['2002', '2001'],
    ['2001', '2002'],
  ] as const
  for (const [round, [from, to]] of turns.entries()) {
    if (round !== 1) await takeOver(from)
    await go(page, '/shift')
    await grid()
    // A note too many: what differs is said, and nobody is called before it is known who takes over.
    await page.keyboard.type('6')
    await page.getByText('长款 100.00 元').first().waitFor()
    for (
      let down = 0;
      down < 40 && !(await page.evaluate(() => document.activeElement?.closest('[data-field="toStaffNo"]')));
      down++
    )
      await keys('Enter')
    await field('toStaffNo')
    await page.keyboard.type('8888')
    await page.getByText('没有这位收费员').first().waitFor()
    await keys('F12')
    await page.locator('.kept.lost', { hasText: '现在不能办' }).waitFor()
    expect(await page.locator('.el-dialog:visible').count()).toBe(0)
    await keys('Ctrl+A')
    await page.keyboard.type(to)
    await page
      .getByText(to === '2002' ? successor.name : '孙收费')
      .first()
      .waitFor()
    await page.locator('input[data-face="10000"]').focus()
    await keys('Ctrl+A')
    await page.keyboard.type('5')
    await page.getByText('账款相符').first().waitFor()
    const before = shifts().length
    for (const answer of ['Escape', 'Ctrl+Enter']) {
      await press(page, 'F12', '交班')
      await question().getByText('500.00 元').first().waitFor()
      expect(await question().locator('dl').innerText()).toContain(to === '2002' ? successor.name : '孙收费')
      await shot(`hand-over-${round}`)
      await keys('F12', 'Enter')
      expect(shifts().filter((state) => state === 'open')).toHaveLength(1)
      await keys(answer)
      await question().waitFor({ state: 'hidden' })
    }
    await expect.poll(() => shifts().filter((state) => state === 'open').length).toBe(0)
    if (round === 0) {
      await restart()
      await logIn(page, '3001')
    }
    await takeOver(to)
    await go(page, '/shift')
    await page.getByText('点清 500.00 元后开班').first().waitFor()
    await grid()
    await page.keyboard.type('4')
    await press(page, 'F12', '开班')
    await page.locator('.el-message--error').first().waitFor()
    expect(shifts()).toHaveLength(before)
    await page.locator('input[data-face="10000"]').focus()
    await keys('Ctrl+A')
    await page.keyboard.type('5')
    await press(page, 'F12', '开班')
    await at('/collection')
  }
  expect(shifts()).toEqual(['handed-over', 'handed-over', 'handed-over', 'open'])
})

/** As WeChat gives it: a guard before every field, a summary below. */
function wechatBill(name: string, lines: readonly (readonly [reference: string, amount: string])[]): string {
  const path = join(folder, name)
  const heading =
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
  const rows = lines.map(
    ([reference, amount], i) =>
      `\`2026-11-23 10:0${i}:02,\`wx0000,\`1900000001,\`0,\`,\`${reference},\`H${i},\`o,\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`${amount},\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`气费,\`,\`0.00,\`0.60%,\`${amount},\`0.00,\``,
  )
  writeFileSync(path, `\ufeff${[heading, ...rows].join('\r\n')}\r\n`)
  return path
}

test('渠道对账: a statement of WeChat is taken in by key, a wrong file is left by Esc, the differences are settled one behind the other', async () => {
  await page.evaluate(() => localStorage.setItem('paper.receipt', JSON.stringify({ mode: 'none' })))
  const lines: [string, string][] = []
  for (const [n, debtor] of debtors(app, 4).slice(0, 3).entries()) {
    await find(page, debtor)
    const amount = await due(page)
    await press(page, 'F6', '微信')
    await page.waitForFunction(() => document.activeElement?.closest('.reference') !== null)
    const reference = `42000026112300000${n}`
    await page.keyboard.type(reference, { delay: 60 })
    await press(page, 'F12', '确认收款')
    await expect.poll(() => paymentsOf(app, debtor.accountId).length).toBe(1)
    // The channel has the first; of the others it has neither the number nor the amount.
    lines.push(n === 0 ? [reference, formatYuan(fen(amount))] : [`9${reference}`, `${n}.00`])
  }
  await go(page, '/day-close')
  const current = (name: string) => page.locator('nav.steps button.current', { hasText: name })
  await current('核对应收').waitFor()
  await keys('Ctrl+Down', 'Ctrl+Down')
  await current('渠道对账').waitFor()
  const input = () => page.waitForFunction(() => document.activeElement?.matches('[data-statement="wechat"]'))
  // The channel that waits for its file is under the hand, after a restart too.
  await input()
  await restart()
  await takeOver('2002')
  await go(page, '/day-close')
  await current('核对应收').waitFor()
  await keys('Ctrl+Down', 'Ctrl+Down')
  await input()
  const letter = join(folder, '信.csv')
  writeFileSync(letter, '你好,同事\n今天,下雨\n')
  for (const path of [letter, wechatBill('微信.csv', lines)]) {
    page.once('filechooser', (chooser) => void chooser.setFiles(path))
    await input()
    await keys('Enter')
    if (path !== letter) break
    const unknown = page.locator('.el-dialog:visible', { hasText: '这种对账单还不认得' })
    await unknown.waitFor()
    await keys('Escape')
    await unknown.waitFor({ state: 'hidden' })
  }
  const open = () => page.locator('tr[data-difference]', { has: page.locator('.settle') })
  await expect.poll(() => open().count()).toBe(4)
  await shot('differences')
  const onSettle = () =>
    page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim() === '处理')
  for (let times = 0; !(await onSettle()); times++) {
    if (times > 20) throw new Error('the act is not reached')
    await keys('Ctrl+F2')
  }
  for (let left = 3; left >= 0; left--) {
    await keys('Enter')
    await expect.poll(() => open().count()).toBe(left)
    if (left === 0) break
    // The row went with its act: the key goes on at its place.
    await keys('Ctrl+F2')
    await expect.poll(onSettle).toBe(true)
  }
  await page.locator('nav.steps').getByText('已对平').waitFor()
})

test('a form is gone through by Enter, choices too; an arrow leads back to the rows of a list from nowhere', async () => {
  await changeTo('3001')
  const planned = () => app.query(`SELECT 1 FROM interruptions`).length
  const reason = () => page.waitForFunction(() => document.activeElement?.closest('[data-field="reason"]') !== null)
  const before = planned()
  for (const [round, building] of ['1', '2', '3'].entries()) {
    await go(page, '/supply')
    await page.locator('.page-list tbody tr').first().waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys('Down')
    await page.waitForFunction(() => document.activeElement?.matches('.page-list tbody tr'))
    await press(page, 'Ctrl+N', '新建停气')
    await reason()
    await keys('F12')
    await page.getByText('请填写停气原因').waitFor()
    expect(planned()).toBe(before + round)
    await page.keyboard.type('管道改造')
    await keys('Enter')
    // 停气范围: an arrow chooses, Enter goes on from it.
    await page.waitForFunction(() => document.activeElement?.matches('input[type="radio"]'))
    await keys('Left')
    await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === 'building')
    await keys('Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="scope.community"]') !== null)
    await page.keyboard.type('和平小区')
    await keys('Tab')
    await page.keyboard.type(building)
    await page.locator('.met dd').first().getByText('10').waitFor()
    if (round === 1) {
      await keys('Alt+Left')
      await at('/supply')
      // What was written is there again.
      await press(page, 'Ctrl+N', '新建停气')
      await reason()
      await page.locator('.met dd').first().getByText('10').waitFor()
    }
    await press(page, 'F12', '登记')
    await page.waitForFunction(() => location.hash.startsWith('#/supply/interruptions/'))
    expect(planned()).toBe(before + round + 1)
    await press(page, 'Ctrl+T', '发出通知')
    await page.locator('.paper-preview iframe').waitFor()
    await keys('Escape')
    await page.locator('.paper-preview').waitFor({ state: 'hidden' })
  }
})

test('销户 and 日结锁定: asked once with the amounts, by another key; Esc and a restart leave everything, then it is done', async () => {
  await changeTo('3001')
  const facts = () => question().locator('dl').innerText()
  for (const [round, { processId, accountId, accountNo }] of rooms.closings.entries()) {
    const state = () => app.query<{ state: string }>('SELECT state FROM accounts WHERE id = ?', accountId)[0]?.state
    for (const answer of round === 0 ? ['Escape', 'restart', 'Ctrl+Enter'] : ['Escape', 'Ctrl+Enter']) {
      await go(page, `/supply/process/${processId}`)
      await press(page, 'F12', '销户')
      await question().getByText('预存余额').waitFor()
      const asked = await facts()
      for (const part of ['尚欠', '预存余额', '0.00 元', '赵敏']) expect(asked).toContain(part)
      // The number is read in groups, and copied without gaps.
      expect(asked.replaceAll(/\s/g, '')).toContain(accountNo)
      expect(await question().locator('.account-no .group').count()).toBeGreaterThanOrEqual(
        numberGroups(accountNo).length,
      )
      await shot(`closing-${round}`)
      await keys('F12', 'Enter')
      expect(state()).toBe('active')
      if (answer === 'restart') {
        await restart()
        await logIn(page, '3001')
        expect(state()).toBe('active')
        continue
      }
      await keys(answer)
      await question().waitFor({ state: 'hidden' })
    }
    await expect.poll(state).toBe('closed')
  }

  await takeOver('2002')
  await go(page, '/day-close')
  const current = (name: string) => page.locator('nav.steps button.current', { hasText: name })
  await current('核对应收').waitFor()
  await press(page, 'Ctrl+Shift+J', '停止收款')
  await question().getByText('钱箱应有').waitFor()
  await keys('Ctrl+Enter')
  await question().waitFor({ state: 'hidden' })
  await press(page, 'Ctrl+Down', '下一步')
  await current('清点现金').waitFor()
  // A piece too many is said before it is saved, and mended; then the drawer is as the books have it.
  const hundreds = page.locator('input[data-face="10000"]')
  await page.waitForFunction(() => document.activeElement?.matches('input[data-face="10000"]'))
  await page.keyboard.type('6')
  await page.getByText('长款').first().waitFor()
  await keys('Ctrl+A')
  await page.keyboard.type('5')
  expect(await hundreds.inputValue()).toBe('5')
  await press(page, 'Ctrl+Shift+S', '保存清点')
  await page.locator('nav.steps').getByText('账款相符').first().waitFor()
  const closed = () => app.query(`SELECT 1 FROM day_closes WHERE state = 'closed'`).length
  for (const answer of ['Escape', 'restart', 'Ctrl+Enter']) {
    await press(page, 'F12', '日结锁定')
    await question().getByText('现金清点').waitFor()
    const asked = await facts()
    for (const part of ['营业日', '500.00 元', '账款相符', '净额 0.00 元']) expect(asked).toContain(part)
    await shot(`lock-${answer}`)
    await keys('F12', 'Enter')
    expect(closed()).toBe(0)
    if (answer === 'restart') {
      await restart()
      await logIn(page, '2001')
      await go(page, '/day-close')
      // What was counted is kept.
      await current('单据与锁定').waitFor()
      continue
    }
    await keys(answer)
    await question().waitFor({ state: 'hidden' })
  }
  await expect.poll(closed).toBe(1)
  await page.locator('.paper-preview iframe').waitFor()
  await keys('Escape')
})

test('every page of the hall in the two large sizes: nothing cut, out of reach or pale, every reason whole', async () => {
  const faults = new Map<string, string>()
  const seen = new Set<string>()
  // One way up and the other way down: a page opens in the size the one before was left in.
  let sizes = typeSizes.slice(1)
  for (const role of ['hall-manager', 'cashier', 'administrator', 'clerk', 'dispatcher'] as const) {
    const pages = pagesFor(app, role).filter(({ path }) => !seen.has(path))
    if (pages.length === 0) continue
    await zoomTo(page, 1)
    await changeTo(staffOf[role])
    for (const { path, address } of pages) {
      seen.add(path)
      await go(page, address)
      await page.waitForFunction((to) => location.hash === `#${to}`, address)
      await settled(page)
      for (const { zoom, name } of sizes) {
        await zoomTo(page, zoom)
        for (const { check, where, text } of await measureLooks(page))
          faults.set(`${path} ${check} ${where} 「${text}」`, name)
        const halved = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('.key-button small')]
            .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 2)
            .map((one) => one.innerText),
        )
        for (const reason of halved) faults.set(`${path} half a reason 「${reason}」`, name)
      }
      sizes = sizes.toReversed()
    }
  }
  await zoomTo(page, 1)
  expect(seen.size).toBeGreaterThan(50)
  expect([...faults].map(([fault, size]) => `${fault} @ ${size}`)).toEqual([])
})

const question = () => page.locator('.final-question')
const textOf = (pages: readonly PdfPage[]) => pages.map(({ text }) => text).join('')
/** The sheets of a batch, each with the numbers of its pages as they are printed. */
function sheetsOf(pages: readonly PdfPage[], number: RegExp): Map<string, string[]> {
  const sheets = new Map<string, string[]>()
  for (const { text } of pages) {
    const no = number.exec(text)?.[0] ?? '?'
    sheets.set(no, [...(sheets.get(no) ?? []), /第\d+页共\d+页/.exec(text)?.[0] ?? '?'])
  }
  return sheets
}

test('the papers of the hall: company, seal, pages, slips, needle paper, no 演示; a second copy says so over a restart', async () => {
  // The desk at the window; the manager's papers are put out beside it.
  await changeTo('1001')
  let token = await tokenOf(page, '3001')
  const put = (paper: PutOut) => pagesOf(page, token, paper, `rooms-${paper.kind}`)
  const id = (sql: string, ...params: unknown[]) => app.query<{ id: string }>(sql, ...params)[0]?.id ?? ''
  const contract = (kind: string) =>
    id(`SELECT id FROM contracts WHERE application_id = ? AND kind = ? AND state <> 'void'`, rooms.applicationId, kind)
  const [day] = app.query<{ on: string }>(`SELECT issued_on AS "on" FROM bills WHERE state = 'open' LIMIT 1`)
  const billId = id(`SELECT id FROM bills WHERE state = 'open' AND reading_id IS NOT NULL LIMIT 1`)
  const papers: readonly (PutOut & { seal: boolean })[] = [
    { kind: 'receipt', id: rooms.paymentId, seal: true },
    { kind: 'reversal', id: rooms.paymentId, seal: true },
    { kind: 'bill', id: billId, seal: true },
    { kind: 'supply-contract', id: contract('supply'), seal: true },
    { kind: 'safety-contract', id: contract('safety'), seal: true },
    { kind: 'work-order', id: id(`SELECT id FROM workorders WHERE kind = 'repair'`), seal: false },
    { kind: 'complaint', id: id('SELECT id FROM complaints'), seal: false },
    { kind: 'day-report', id: id('SELECT date AS id FROM day_closes'), seal: false },
    { kind: 'deposit-slip', id: id('SELECT id FROM deposit_slips'), seal: true },
    { kind: 'closing', id: rooms.closings[0]?.processId ?? '', seal: true },
    { kind: 'interruption-door', id: rooms.interruptionId, seal: true },
    { kind: 'notice-board', id: 'A3', seal: false },
  ]
  for (const { seal, ...paper } of papers) {
    if (paper.kind === 'deposit-slip' && paper.id === '') continue
    const pages = await put(paper).catch((cause: unknown) => {
      throw new Error(`${paper.kind} ${paper.id}`, { cause })
    })
    const all = textOf(pages)
    expect(all, paper.kind).toContain('示例燃气有限公司')
    expect(all, paper.kind).toContain('956100')
    expect(all, `${paper.kind} calls itself a demo`).not.toContain('演示')
    if (seal) expect(all, `${paper.kind} has no place for the seal`).toMatch(/盖章|[（(]章[）)]/)
    for (const { text } of pages) expect(text, paper.kind).toMatch(/第\d+页共\d+页/)
    // A date is read whole: no line ends within one.
    for (const { text } of pages.flatMap(({ lines }) => lines))
      expect(text, paper.kind).not.toMatch(/\d{4}-(?:\d\d-)?$/)
  }
  const [{ amount = 0 } = {}] = app.query<{ amount: number }>(
    'SELECT amount FROM payments WHERE id = ?',
    rooms.paymentId,
  )
  const reversal = textOf(await put({ kind: 'reversal', id: rooms.paymentId }))
  expect(reversal).toMatch(/冲正凭证No\.CZ\d+/)
  expect(reversal).toMatch(/原收据号SJ\d+/)
  for (const part of [formatYuan(fen(amount)), amountInCapitals(fen(amount))]) expect(reversal).toContain(part)
  for (const part of ['和平小区1号楼', '赵一', '没有气', '处理结果', '客户签字'])
    expect(
      textOf(await put({ kind: 'work-order', id: id(`SELECT id FROM workorders WHERE kind = 'repair'`) })),
    ).toContain(part)

  // Each sheet of a batch counts its own pages.
  const slips = await put({ kind: 'interruption-slip', id: `${rooms.interruptionId}/1` })
  expect(slips.length).toBeGreaterThanOrEqual(30)
  for (const { text } of slips) expect(text).toContain('第1页共1页')
  const bills = sheetsOf(await put({ kind: 'bill', id: `issued/${day?.on ?? ''}/1` }), /ZD\d+/)
  expect(bills.size).toBeGreaterThan(20)
  for (const [no, said] of bills) expect(said, no).toEqual(said.map((_, i) => `第${i + 1}页共${said.length}页`))
  for (const perPage of [2, 4] as const) {
    const shared = await put({ kind: 'bill', id: `issued/${day?.on ?? ''}/1`, setup: { paper: 'A4', perPage } })
    expect(textOf(shared).match(/账单通知单No\./g)).toHaveLength(bills.size)
    expect(shared[0]?.lines.filter(({ text }) => text.includes('账单通知单'))).toHaveLength(perPage)
  }
  for (const [paper, width, height] of [
    ['235x90', 235, 90],
    [{ width: 190, height: 93 }, 190, 93],
  ] as const) {
    const sheet = await put({ kind: 'receipt', id: rooms.paymentId, setup: { paper } })
    expect(sheet).toHaveLength(1)
    expect(sheet[0]).toMatchObject({ width, height })
    expect(sheet[0]?.text).toContain(amountInCapitals(fen(amount)))
  }
  // What would be empty does not come out.
  for (const empty of [
    { kind: 'bill', id: 'issued/2020-01-01/1' },
    { kind: 'reversal', id: crypto.randomUUID() },
    { kind: 'day-report', id: '2020-01-01' },
  ] as const) {
    const before = app.query('SELECT 1 FROM printings').length
    await expect(savePaper(page, token, empty)).rejects.toThrow(/\p{Script=Han}/u)
    expect(app.query('SELECT 1 FROM printings')).toHaveLength(before)
  }

  // At the window: looked at and left, saved, saved again after a restart; only what came out is counted.
  const second = id(`SELECT id FROM bills WHERE state = 'open' AND reading_id IS NOT NULL LIMIT 1 OFFSET 5`)
  const [{ no = '' } = {}] = app.query<{ no: string }>('SELECT bill_no AS no FROM bills WHERE id = ?', second)
  const saved = () => page.locator('.paper-preview').getByRole('button', { name: '已存为 PDF' })
  for (let round = 0; round < 3; round++) {
    await go(page, '/bills')
    await page.locator('.page-list table[aria-busy="false"]').waitFor()
    await keys('Ctrl+F')
    await page.waitForFunction(() => document.activeElement?.closest('.page-list .search') !== null)
    await page.keyboard.type(`${no}9`)
    await page
      .getByText(/没有找到/)
      .first()
      .waitFor()
    await keys('Escape')
    await page.keyboard.type(no)
    await keys('Enter')
    await press(page, 'Ctrl+P', '账单通知单')
    await page.locator('.paper-preview iframe').waitFor()
    await keys('Escape')
    await page.locator('.paper-preview').waitFor({ state: 'hidden' })
    await press(page, 'Ctrl+P', '账单通知单')
    await press(page, 'Ctrl+S', '存为 PDF')
    await saved().waitFor()
    const path = (await saved().getAttribute('title')) ?? ''
    const text = textOf(await readPdf(path))
    if (round === 0) expect(text).not.toContain('补打')
    else expect(text).toContain('补打')
    expect(app.query('SELECT 1 FROM printings WHERE paper_id = ?', second)).toHaveLength(round + 1)
    await keys('Escape', 'Escape')
    if (round === 0) {
      await restart()
      await logIn(page, '1001')
      token = await tokenOf(page, '3001')
    }
  }
  await expect.poll(() => saved().count()).toBe(0)
})

test('help: the chapter of each page, the search, the tour, the clauses and the pages that carry them, by each post', async () => {
  const told = new Set<string>()
  const prose = () => page.locator('article.prose')
  const findBox = () => page.getByLabel('在手册中查找')
  for (const [round, role] of (['clerk', 'cashier', 'hall-manager'] as const).entries()) {
    if (round === 1) await restart()
    if (round === 1) await logIn(page, staffOf[role])
    else await changeTo(staffOf[role])
    // The page's own chapter, for each room of the rail.
    for (const { path, title: name } of railGroupsFor(roomRoutes, [role]).flatMap(({ rooms: inIt }) => inIt)) {
      if (told.has(path)) continue
      told.add(path)
      await go(page, path)
      // The page has come, not only its address.
      await page.waitForFunction((of) => document.title.startsWith(`${of} - `), name)
      await keys('F1')
      await page.getByRole('dialog', { name: '本页快捷键' }).waitFor()
      await keys('Shift+F1')
      await prose()
        .getByRole('heading', { name: chapterOf(path)?.title ?? '', level: 1, exact: true })
        .waitFor()
    }
    await page.getByRole('navigation', { name: '章节' }).getByText('我的岗位').waitFor()
    // Looked for in vain, emptied by Esc, found by the initials.
    await findBox().fill('没有这样的词')
    await page.getByRole('navigation', { name: '查找结果' }).getByText('没有找到').waitFor()
    await findBox().fill('')
    await page.keyboard.type(['tq', 'rj', 'cj'][round] ?? '')
    await page.getByRole('navigation', { name: '查找结果' }).getByRole('button').first().waitFor()
    await keys('Enter')
    await page.waitForFunction(() => location.hash.startsWith('#/manual?chapter='))
    await press(page, 'Ctrl+Shift+F1', '新手引导')
    const card = page.getByRole('status', { name: '新手引导' })
    await card.waitFor()
    await press(page, 'Ctrl+Shift+Right', '下一步')
    await keys('Escape')
    await card.waitFor()
    await press(page, 'Ctrl+Shift+Down', '结束')
    await card.waitFor({ state: 'detached' })

    await keys('Ctrl+F1')
    await at('/regulation')
    await page.locator('[data-clause] .how').first().waitFor()
    await page.getByLabel('在规章中查找').fill('没有这样的条款')
    await page.getByText('没有找到。换一个词').waitFor()
    await page.getByLabel('在规章中查找').fill('')
    await expect.poll(() => page.locator('.line[data-clause]').count()).toBe(Object.keys(carried).length)
    const clauses = await page.locator('.line[data-clause]').evaluateAll((lines) =>
      lines.map((line) => ({
        id: line.getAttribute('data-clause') ?? '',
        how: line.querySelector('.how p')?.textContent?.trim() ?? '',
        pages: line.querySelectorAll('.how p a, .how p span').length,
      })),
    )
    expect(clauses.length).toBe(Object.keys(carried).length)
    for (const { id: clause, how, pages } of clauses) {
      expect(how, clause).not.toBe('')
      const entry = carried[clause]
      expect(pages, clause).toBe(entry && 'pages' in entry ? entry.pages.length : 0)
    }
    const link = page.locator('.line .how p a:not([href$="/regulation"])').nth(round * 5)
    const to = ((await link.getAttribute('href')) ?? '').replace(/^.*#/, '')
    await link.press('Enter')
    await at(to.split('?')[0] ?? '')
    await keys('Alt+Left')
    await at('/regulation')
  }
})
