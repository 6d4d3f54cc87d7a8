/**
 * The notice board on the hall's screen and the emergency plans by one key. At the end the program is started again
 * shortly before midnight, so that a price takes effect while the display stands there and nobody does anything.
 */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { litre, unitPrice } from '../../src-main/platform/money.ts'
import { priceTerms } from '../../src-main/tariffs/api.ts'
import { backendOf, endBackend } from './support/processes.ts'
import { readPdf } from './support/pdf.ts'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { hardware } from './support/keys.ts'
import { go } from './support/go.ts'

const midnight = Date.parse('2026-11-24T00:00:00+08:00')
/** Enough for a slow machine to have done everything else before midnight. */
const start = midnight - 1_800_000
const plan = '居民阶梯（3.45 价表）'

let app: RunningApp
/** How long the program takes to come up on this machine (ms). */
let takes = 0
beforeAll(async () => {
  const began = Date.now()
  app = await startApp({ clock: new Date(start).toISOString() })
  await app.page.locator('[data-field="staffNo"]').waitFor()
  takes = Date.now() - began
})
afterAll(() => app.close())

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string, page: Page = app.page): Promise<void> {
  const folder = process.env['HALL_PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
function keepPapers(): void {
  const folder = process.env['HALL_PICTURES']
  if (folder) cpSync(join(app.dataFolder, 'papers'), join(folder, 'papers'), { recursive: true })
}
const press = (key: string) => app.page.keyboard.press(hardware(key))
const heading = (text: string | RegExp) => app.page.getByRole('heading', { name: text }).first().waitFor()
const open = (path: string) => go(app.page, path)
const button = (label: string) => app.page.locator('.key-button:enabled', { hasText: label }).first()
const field = (name: string) =>
  app.page.locator(`.el-dialog:visible [data-field="${name}"]`).locator('input, textarea').first()
const overlay = () => app.page.locator('.emergency-overlay')

/** A call with the session of whoever signs in here beside the window. */
async function asManager(calls: (readonly [string, Record<string, unknown>])[]): Promise<unknown[]> {
  return app.page.evaluate(
    async ([password, asked]) => {
      const login = (await window.hall.call('access.login', { staffNo: '3001', password }, null)) as { token: string }
      const answers: unknown[] = []
      for (const [name, input] of asked) answers.push(await window.hall.call(name, input, login.token))
      return answers
    },
    [passwordOf('3001'), calls] as const,
  )
}

async function openedDisplay(open: () => Promise<unknown>): Promise<Page> {
  const [display] = await Promise.all([app.electron.waitForEvent('window'), open()])
  await display.locator('article.board').waitFor()
  return display
}
/** What the slide of the prices says of a plan, turned to if need be. */
const pricesOf = async (display: Page): Promise<string> => {
  const section = display.locator('section', { hasText: plan })
  return (await section.count()) === 0 ? '' : section.first().innerText()
}

test('the board stands on the screen without a session, keeps standing, and changes its prices at midnight; F11 from anywhere', async () => {
  const plans = (await asManager([['tariffs.plans', {}]]))[0] as { id: string; name: string }[]
  const planId = plans.find(({ name }) => name === plan)?.id
  const version = {
    effectiveFrom: '2026-11-24',
    document: '调价文件（示例）',
    body: {
      kind: 'tiered' as const,
      tiers: [
        { upTo: litre(320_000), price: unitPrice(37_800) },
        { upTo: null, price: unitPrice(45_600) },
      ],
      householdAddon: null,
    },
  }
  const [, agreed] = await asManager([
    ['settings.change', { key: 'publicity.slideSeconds', value: 5 }],
    [
      'access.approve',
      {
        staffNo: '9001',
        password: passwordOf('9001'),
        approval: { purpose: 'price', terms: priceTerms('add', 'example-city-345', version) },
      },
    ],
  ])
  const { approvalId } = agreed as { approvalId: string }
  await asManager([['tariffs.addVersion', { requestId: crypto.randomUUID(), planId, ...version, approvalId }]])
  // Whoever collects has the plans by one key, and is back at the same field after it.
  await logIn(app.page, '2001')
  await press('F4')
  await app.page.waitForFunction(() => document.activeElement?.closest('main .find') !== null)
  await press('F11')
  await overlay().getByRole('heading', { name: '燃气泄漏处置' }).waitFor()
  await press('ArrowDown')
  await overlay().getByRole('heading', { name: '燃气火灾处置' }).waitFor()
  await picture('emergency-fire')
  await press('Escape')
  await overlay().waitFor({ state: 'detached' })
  await app.page.waitForFunction(() => document.activeElement?.closest('main .find') !== null)

  await app.page.reload()
  await logIn(app.page, '3001')
  await open('/publicity')
  await heading('公示牌')
  await button('打开公示屏').waitFor()
  const display = await openedDisplay(() => press('Ctrl+Shift+E'))
  await button('关闭公示屏').waitFor()

  // Slides turn by themselves: sooner or later the plan is shown, with the price of the day and the one to come.
  await expect.poll(() => pricesOf(display), { interval: 200 }).toContain('3.45')
  await expect.poll(() => pricesOf(display), { interval: 200 }).toContain('2026年11月24日起：第一档 3.78 元')
  await picture('display-prices', display)
  expect(await display.locator('footer').innerText()).toContain('24 小时抢险 956100')

  // It fills its screen, can be read from afar, and has nothing but what it shows.
  const seen = await display.evaluate(() => ({
    bridge: Object.keys((window as unknown as { board: object }).board),
    others: ['hall', 'require', 'process', 'electron', 'ipcRenderer'].filter((name) => name in window),
    smallest: Math.min(
      ...[...document.querySelectorAll('article.board *')]
        .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
        .map((element) => parseFloat(getComputedStyle(element).fontSize)),
    ),
    height: innerHeight,
    width: innerWidth,
    screen: [screen.width, screen.height],
  }))
  expect(seen).toMatchObject({ bridge: ['onBoard'], others: [], screen: [seen.width, seen.height] })
  expect(seen.smallest / seen.height).toBeGreaterThan(0.033)
  const escaped = await display.evaluate(async () => {
    const tries = [fetch('file:///etc/passwd'), fetch('https://example.com/')]
    return (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length
  })
  expect([escaped, await display.evaluate(() => window.open('about:blank') === null)]).toEqual([0, true])

  // The backend dies: what hangs there stays, and after the restart it is told what changed.
  const before = await display.locator('article.board').count()
  const backend = backendOf(app.electron.process())
  if (backend === null) throw new Error('no backend runs')
  endBackend(backend)
  expect(await display.locator('article.board').count()).toBe(before)
  await expect.poll(() => backendOf(app.electron.process())).not.toBeNull()

  // F11 over a dialog, and over the locked screen; what lay below is there again.
  await open('/emergency/drills')
  await heading('应急演练')
  await app.page.locator('tbody tr', { hasText: '户内泄漏应急演练' }).waitFor()
  await picture('drills')
  await button('计划演练').waitFor()
  await press('Ctrl+N')
  await field('title').fill('火灾疏散演练')
  await press('F11')
  await overlay().waitFor()
  await app.page.keyboard.type('漏气')
  await overlay().getByRole('heading', { name: '燃气泄漏处置' }).waitFor()
  expect(await overlay().innerText()).toContain('956100')
  await picture('emergency')
  await press('Control+s')
  await overlay().getByText('已存为').waitFor()
  await press('Escape')
  await overlay().waitFor({ state: 'detached' })
  expect(await field('title').inputValue()).toBe('火灾疏散演练')
  await field('place').fill('示范大街营业厅')
  await field('scenario').fill('配电间起火')
  await picture('drill-plan')
  await press('F12')
  await heading('火灾疏散演练')
  await picture('drill')

  // The other pages open, and a campaign that is overdue is recorded as held without the mouse.
  for (const [path, title] of [
    ['/publicity', '公示牌'],
    ['/publicity/edit', '编辑公示牌'],
    ['/emergency', '应急预案'],
    ['/emergency/write?kind=fire', '编写应急预案'],
  ] as const) {
    await open(path)
    await heading(title)
    await app.page.locator('main .panel').first().waitFor()
    await picture(path.replaceAll(/\W+/g, '-').slice(1))
  }
  // Typed ahead: neither the page nor the preview is there yet.
  await press('Alt+P')
  await press('Ctrl+P')
  await press('Ctrl+S')
  await app.page.getByRole('button', { name: '已存为 PDF' }).waitFor()
  const papers = join(app.dataFolder, 'papers')
  const sheets = readdirSync(papers).filter((name) => name.startsWith('公示牌'))
  keepPapers()
  const [sheet, ...more] = await readPdf(join(papers, sheets[0] ?? ''))
  // The board is one sheet, and the price list of services and goods the next.
  expect(more, 'the board is one sheet').toHaveLength(1)
  for (const part of ['收费项目', '补卡', '由客户自愿购买']) expect(more[0]?.text).toContain(part)
  expect(sheet).toMatchObject({ width: 297, height: 420 })
  for (const part of ['居民阶梯（3.45价表）'.normalize('NFKC'), '甲烷', '24小时抢险956100', '6小时内处理']) {
    expect(sheet?.text).toContain(part)
  }
  await press('Escape')
  await app.page.locator('.paper-preview').waitFor({ state: 'hidden' })
  await open('/publicity/campaigns')
  await app.page.locator('tbody tr', { hasText: '逾期未开展' }).dblclick()
  await heading('煤改气村庄安全宣传')
  await button('登记开展').waitFor()
  await press('F12')
  await field('place').waitFor()
  await field('reached').fill('135')
  await field('leaflets').fill('120')
  await field('summary').fill('讲解煤改气安全用气，演示报警器')
  await picture('campaign-record')
  await press('F12')
  await app.page.locator('.page-header').getByText('已开展').waitFor()
  await picture('campaign')
  expect(app.query('SELECT reached FROM campaigns WHERE reached = 135')).toHaveLength(1)
  await open('/publicity/campaigns')
  await app.page.locator('tbody tr', { hasText: '煤改气村庄安全宣传' }).getByText('已开展').waitFor()
  await picture('campaigns')

  keepPapers()
  await press('Control+l')
  await app.page.locator('.lock-overlay').waitFor()
  await press('F11')
  await overlay().waitFor()
  await overlay().getByRole('heading', { name: '燃气泄漏处置' }).waitFor()
  await press('Escape')
  await overlay().waitFor({ state: 'detached' })
  await app.page.locator('.lock-overlay').waitFor()
  expect(await display.locator('article.board').count()).toBe(1)

  // The program ends with the display open, and both are there again; at midnight the prices are those of the new day.
  const remembered = join(app.dataFolder, 'display.json')
  expect(existsSync(remembered)).toBe(true)
  app = await app.restart({ clock: new Date(midnight - 2 * takes - 12_000).toISOString() })
  const again = () => app.electron.windows().find((page) => page.url().includes('display.html'))
  await expect.poll(again, { interval: 100 }).toBeDefined()
  const reopened = again() as Page
  await reopened.getByText('2026年11月23日执行').waitFor()
  await picture('display-reopened', reopened)
  await reopened.getByText('2026年11月24日执行').waitFor({ timeout: 2 * takes + 120_000 })
  await expect.poll(() => pricesOf(reopened), { interval: 200 }).toContain('2026-11-24 起')
  await expect.poll(() => pricesOf(reopened), { interval: 200 }).toMatch(/第一档\s+0–320 m³\s+3\.78/)

  // Where it stands on the only screen, Esc closes it.
  const gone = reopened.waitForEvent('close')
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.getTitle() === '公示屏')
      ?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' }),
  )
  await gone
  await expect.poll(() => existsSync(remembered)).toBe(false)
})
