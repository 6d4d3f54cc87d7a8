/**
 * Every page of every role at 1366×768 in every size: nothing cut, out of reach, or too pale to read; and F1 on each tells
 * the keys its buttons have, each with one meaning.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles, roleNames, type Role } from '../../src-main/platform/roles.ts'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { anyDialog, faultsOfKeyHelp, measureLooks, settled, stillness, zoomTo, type Fault } from './support/looks.ts'
import { go } from './support/go.ts'
import { addressOf as addressIn, pagesFor, staffOf, typeSizes } from './support/pages.ts'
import { windowPng } from './support/pictures.ts'

/** With HALL_LOOKS=<folder>, every page in every size is left there as a picture, for people to judge. */
const shots = process.env['HALL_LOOKS']

let app: RunningApp
let page: Page
beforeAll(async () => {
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await stillness(app.electron)
})
afterAll(() => app.close())

const addressOf = (path: string, role?: Role) => addressIn(app, path, role)

/** Tabs of the customer file, each a page of its own. */
const fileTabs = 'attachments billing cashier complaints contracts inspections metering supply workorders'.split(' ')

/**
 * Dialogs, each opened by its button or, where there is none, by a key. A `form` is sent empty too: what it says of what is
 * missing is read in every size.
 */
const dialogs: readonly { role: Role; path: string; button?: string; key?: string; form?: true }[] = [
  { role: 'clerk', path: '/customers', key: 'F1' },
  { role: 'clerk', path: '/customers/:accountId', button: '上传附件' },
  { role: 'clerk', path: '/customers/:accountId', button: '更正' },
  { role: 'clerk', path: '/', key: 'F11' },
  { role: 'clerk', path: '/complaints/:complaintId', button: '受理单' },
  { role: 'clerk', path: '/hazards/:hazardId', button: '整改通知书' },
  { role: 'clerk', path: '/hazards/:hazardId', button: '登记送达' },
  { role: 'clerk', path: '/hazards/:hazardId', button: '整改完成' },
  { role: 'clerk', path: '/hazards/:hazardId', button: '复查' },
  { role: 'clerk', path: '/hazards/:hazardId', button: '现场监护' },
  { role: 'clerk', path: '/inspections/rounds/:roundId', button: '打印任务单' },
  { role: 'clerk', path: '/supply/account/:accountId', button: '停用', form: true },
  { role: 'clerk', path: '/supply/account/:accountId', button: '换表', form: true },
  { role: 'clerk', path: '/supply/account/:accountId', button: '过户', form: true },
  { role: 'clerk', path: '/supply/arrears', button: '电话催缴' },
  { role: 'cashier', path: '/bills', key: 'Enter' },
  { role: 'hall-manager', path: '/', key: 'F1' },
  { role: 'hall-manager', path: '/complaints/months', button: '打印分析' },
  { role: 'hall-manager', path: '/followups/ratios', button: '抽取样本' },
  { role: 'hall-manager', path: '/staff/training', button: '登记培训', form: true },
  { role: 'hall-manager', path: '/staff/training', button: '登记考核', form: true },
  { role: 'hall-manager', path: '/staff/certificates', button: '登记上岗证', form: true },
  { role: 'hall-manager', path: '/staff/merits', button: '登记奖惩', form: true },
  { role: 'hall-manager', path: '/inspections', button: '生成计划' },
  { role: 'hall-manager', path: '/inspections', button: '派工' },
  { role: 'hall-manager', path: '/emergency/drills', button: '计划演练', form: true },
  { role: 'hall-manager', path: '/publicity/campaigns', button: '计划活动', form: true },
  { role: 'hall-manager', path: '/publicity/campaigns', button: '登记计划外', form: true },
  { role: 'hall-manager', path: '/publicity', button: '打印' },
  { role: 'hall-manager', path: '/supply/arrears', button: '成批催缴' },
  { role: 'hall-manager', path: '/settings', button: '编辑' },
  { role: 'hall-manager', path: '/prices', button: '停用方案', form: true },
  { role: 'administrator', path: '/staff', button: '新增员工', form: true },
]

/** Faults by kind, each with the places it was seen at. */
const found = new Map<string, Set<string>>()
function keep(faults: readonly Fault[], at: string): void {
  for (const { check, where, text } of faults) {
    const kind = `${check} ${where} 「${text}」`
    found.set(kind, (found.get(kind) ?? new Set()).add(at))
  }
}
const report = () => [...found].map(([kind, at]) => `${kind}  @ ${[...at].slice(0, 4).join(' ')} (${at.size})`)

/** What a form says of itself. */
const refusal = '.el-form-item__error, [role="alert"]'

const openDialogs = () =>
  page.evaluate(
    (dialogs) => [...document.querySelectorAll(dialogs)].filter((one) => one.checkVisibility()).length,
    anyDialog,
  )

/** Whether the page stands in the largest size, in which the one before it was left. */
const atLargest = () =>
  page.evaluate((width) => Math.abs(innerWidth - width) <= 2, 1366 / (typeSizes.at(-1)?.zoom ?? 1))

/** One way up and the other way down: what comes next opens in the size this was left in. */
async function inEverySize(at: string): Promise<void> {
  for (const { zoom, name } of (await atLargest()) ? typeSizes.toReversed() : typeSizes) {
    await zoomTo(page, zoom)
    keep(await measureLooks(page), `${at} ${name}`)
    if (shots) writeFileSync(join(shots, `${at} ${name}.png`.replaceAll(/[/:]/g, '_')), await windowPng(app))
  }
}

/** What stands on a page, frame aside: the next role that finds the same there, button for button, need not be shown it again. */
const seen = new Set<string>()
async function wasSeen(): Promise<boolean> {
  // The size alone changes what is on it, not what there is.
  const content = await page.evaluate(() => {
    const main = document.querySelector('main')
    const fields = [...(main?.querySelectorAll<HTMLInputElement>('input, textarea') ?? [])].map(({ value }) => value)
    return [main?.textContent, main?.querySelectorAll('*').length, ...fields].join('|')
  })
  if (seen.has(content)) return true
  seen.add(content)
  return false
}

test('the login page can be read in every size', async () => {
  found.clear()
  await inEverySize('login')
  expect(report()).toEqual([])
})

test.each(roles)(
  'every page of %s can be read and reached in every size, and F1 tells its keys',
  { timeout: 600_000 },
  async (role) => {
    found.clear()
    await zoomTo(page, 1)
    // Where the role before came to a stop, somebody is logged in still.
    if ((await page.locator('.who').count()) > 0) await page.reload()
    await logIn(page, staffOf[role])
    // An address given before the first page is there is lost.
    await page.locator('main h1').waitFor()
    let opened = 0
    const told: string[] = []
    for (const { path, address } of pagesFor(app, role)) {
      await go(page, address)
      await page.waitForFunction((to) => location.hash === `#${to}`, address)
      await settled(page)
      opened += 1
      const tell = async () => told.push(...(await faultsOfKeyHelp(page)).map((fault) => `${path} ${fault}`))
      if (await wasSeen()) continue
      const above = await atLargest()
      if (!above) await tell()
      await inEverySize(`${roleNames[role]} ${path}`)
      if (above) await tell()
    }
    process.stdout.write(`  ${role}: ${seen.size} different ones so far\n`)
    expect(opened).toBeGreaterThan(12)
    for (const tab of role === 'clerk' ? fileTabs : []) {
      await go(page, `${addressOf('/customers/:accountId')}?tab=${tab}`)
      await settled(page)
      await inEverySize(`${roleNames[role]} 档案 ${tab}`)
    }
    for (const one of dialogs.filter(({ role: of }) => of === role)) {
      await zoomTo(page, 1)
      await go(page, addressOf(one.path) ?? one.path)
      await settled(page)
      // A list has its first row under the cursor.
      if (one.key === 'Enter') await page.locator('main tr[tabindex="0"]').first().focus()
      const button = page.locator('main button:enabled', { hasText: one.button ?? '' }).first()
      if (one.key) await page.keyboard.press(one.key)
      else await button.evaluate((element: HTMLElement) => element.click())
      await page.locator(anyDialog).filter({ visible: true }).first().waitFor()
      await settled(page)
      await inEverySize(`${roleNames[role]} ${one.path} ${one.button ?? one.key}`)
      if (one.form) {
        await page.keyboard.press('F12')
        await page.locator(anyDialog).filter({ visible: true }).last().locator(refusal).first().waitFor()
        await settled(page)
        await inEverySize(`${roleNames[role]} ${one.path} ${one.button ?? one.key} 未填`)
      }
      // The first may belong to a list that is open in the dialog.
      for (let times = 0; times < 3 && (await openDialogs()) > 0; times++) {
        await page.keyboard.press('Escape')
        await settled(page)
      }
      // Still there after this: something in it swallows Esc, or nothing hears it.
      await expect.poll(openDialogs, { message: `${one.path} ${one.button ?? one.key} does not close` }).toBe(0)
    }
    await zoomTo(page, 1)
    await page.locator('.who').click()
    await page.getByRole('menuitem', { name: '切换用户' }).click()
    await page.getByRole('button', { name: '登录' }).waitFor()
    expect(report()).toEqual([])
    expect(told).toEqual([])
  },
)

test('Ctrl+0 goes through the sizes, and the PC keeps the last one over a restart', async () => {
  await zoomTo(page, 1)
  await logIn(page, '1001')
  await page.locator('main h1').waitFor()
  const widths: number[] = []
  for (const { zoom } of [...typeSizes.slice(1), typeSizes[0]]) {
    await page.keyboard.press('Control+0')
    await page.waitForFunction((width) => Math.abs(innerWidth - width) <= 2, 1366 / zoom)
    widths.push(await page.evaluate(() => innerWidth))
  }
  expect(widths).toHaveLength(3)
  await page.keyboard.press('Control+0')
  await page.keyboard.press('Control+0')
  await page.waitForFunction(() => Math.abs(innerWidth - 911) <= 2)
  app = await app.restart()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await page.waitForFunction(() => Math.abs(innerWidth - 911) <= 2)
  // Before anybody has logged in too.
  await page.keyboard.press('Control+0')
  await page.waitForFunction(() => Math.abs(innerWidth - 1366) <= 2)
})
