/** The front door in the real window: who gets in, what locks, and what each role finds in the rail. */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'
import { zoomTo } from './support/looks.ts'

let app: RunningApp
let page: Page
beforeEach(async () => {
  app = await startApp()
  page = app.page
})
afterEach(() => app.close())

const field = (name: string) =>
  page.locator(`input[data-field="${name}"], [data-field="${name}"] input`).filter({ visible: true }).first()
const lockScreen = () => page.getByRole('dialog', { name: '已锁屏' })
const rail = async (): Promise<string[]> => {
  const nav = page.getByRole('navigation', { name: '业务' })
  await nav.getByRole('link').first().waitFor()
  const found: string[] = []
  for (const group of await nav.getByRole('button').all()) {
    await group.click()
    const shown = await nav.evaluate((rail) => ({
      entries: rail.querySelectorAll('a, button').length,
      cut: rail.scrollHeight > rail.clientHeight,
      paths: [...rail.querySelectorAll('a')].map((link) => (link.getAttribute('href') ?? '').replace(/^.*#/, '')),
    }))
    // Whatever group stands open, all of the rail is in sight.
    expect(shown).toMatchObject({ cut: false })
    expect(shown.entries).toBeLessThanOrEqual(12)
    found.push(...shown.paths)
  }
  return found.sort()
}
const open = (path: string) => go(page, path)
async function switchUser(): Promise<void> {
  await page.locator('header .who').click()
  await page.getByRole('menuitem', { name: '切换用户' }).click()
  await page.getByRole('button', { name: '登录' }).waitFor()
}

test('five wrong passwords lock the number out, with the time that is left; another person still gets in', async () => {
  await field('staffNo').fill('1001')
  const messages: string[] = []
  for (let i = 0; i < 5; i++) {
    await field('password').fill(`wrong-${i}`)
    await page.keyboard.press('Enter')
    const told = page.locator('.field-error')
    await told.waitFor()
    messages.push(await told.innerText())
  }
  expect(messages[0]).toMatch(/工号或密码/)
  expect(messages[3]).toMatch(/再输错 1 次将被锁定/)
  expect(messages[4]).toMatch(/密码输错次数过多，\d\d:\d\d 后再试.*还需 1[45]:\d\d/)
  await field('password').fill(passwordOf('1001'))
  await page.keyboard.press('Enter')
  await page.getByText('密码输错次数过多').waitFor()
  await logIn(page, '2001')
  await page.getByText('刘志强').first().waitFor()
})

test('Ctrl+L covers the page and keeps it: what was typed is there again after the password, with the focus', async () => {
  await logIn(page, '1001')
  await open('/customers/new')
  const name = field('profile.name')
  await name.fill('欧阳晓溪')
  await page.keyboard.press('Control+l')
  await lockScreen().waitFor()
  // Nothing of the page below is heard or seen by the one who stands there now.
  await page.keyboard.press('F12')
  await page.keyboard.press('F2')
  await page.keyboard.press('Alt+K')
  await lockScreen().locator('input[type=password]').fill('falsch')
  await page.keyboard.press('Enter')
  await lockScreen().locator('.field-error').waitFor()
  expect(page.url()).toContain('/customers/new')
  // Chromium lets a page hold off the first Escape on its dialog, and closes it at the next.
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+K')
  expect(await page.locator('.lock-overlay').evaluate((overlay) => overlay.matches(':modal'))).toBe(true)
  expect(page.url()).toContain('/customers/new')
  await lockScreen().locator('input[type=password]').fill(passwordOf('1001'))
  await page.keyboard.press('Enter')
  await lockScreen().waitFor({ state: 'detached' })
  expect(await name.inputValue()).toBe('欧阳晓溪')
  await page.keyboard.type('！')
  expect(await name.inputValue()).toBe('欧阳晓溪！')
  expect(app.query(`SELECT 1 FROM customers WHERE name LIKE '欧阳晓溪%'`)).toEqual([])
})

test('a window nobody touches locks by itself, and its session answers nothing until the password', async () => {
  await page.clock.install()
  await page.reload()
  await logIn(page, '1001')
  await open('/customers/new')
  await field('profile.name').fill('欧阳晓溪')
  await page.clock.fastForward('09:30')
  expect(await lockScreen().count()).toBe(0)
  await page.clock.fastForward('01:00')
  await lockScreen().waitFor()
  // The screen locks at once, its session as soon as the backend has heard of it.
  const locked = () => app.query('SELECT 1 FROM sessions WHERE ended_at IS NULL AND locked_at IS NOT NULL').length
  await expect.poll(locked).toBe(1)
  await lockScreen().locator('input[type=password]').fill(passwordOf('1001'))
  await page.keyboard.press('Enter')
  await lockScreen().waitFor({ state: 'detached' })
  expect(await field('profile.name').inputValue()).toBe('欧阳晓溪')
})

test('the next person starts with an empty desk: no draft, no page and no room of the one before', async () => {
  await logIn(page, '1001')
  await open('/customers/new')
  await field('profile.name').fill('欧阳晓溪')
  // Nor is what he was told still to be read.
  await open('/customers')
  await page.locator('.page-list table[aria-busy="false"]').first().waitFor()
  await app.electron.evaluate(({ dialog }) => {
    const before = dialog.showSaveDialog
    dialog.showSaveDialog = () => {
      dialog.showSaveDialog = before
      return Promise.resolve({ canceled: false, filePath: '/nowhere/customers.xlsx' })
    }
  })
  await page.keyboard.press('Control+e')
  await page.locator('.el-message', { hasText: '文件没有保存成功' }).waitFor()
  await switchUser()
  await expect.poll(() => page.locator('.el-message').count()).toBe(0)
  await logIn(page, '3001')
  await open('/customers/new')
  expect(await field('profile.name').inputValue()).toBe('')
  const sessions = app.query<{ ended: number }>(
    'SELECT ended_at IS NOT NULL AS ended FROM sessions ORDER BY created_at',
  )
  expect(sessions.map(({ ended }) => ended)).toEqual([1, 0])
})

test('each role finds its own rooms in the rail, and no other page opens by its address', async () => {
  const expected: Record<string, { has: string[]; hasNot: string[] }> = {
    '1001': {
      has: ['/customers', '/openings', '/readings'],
      hasNot: ['/collection', '/day-close', '/settings', '/staff'],
    },
    '2001': { has: ['/collection', '/payments', '/day-close'], hasNot: ['/settings', '/staff', '/backup', '/audit'] },
    '3001': { has: ['/day-close', '/settings', '/staff', '/audit', '/sync'], hasNot: ['/collection'] },
    '4001': {
      has: ['/customers'],
      hasNot: ['/collection', '/day-close', '/settings', '/staff', '/payments', '/audit'],
    },
    '9001': { has: ['/settings', '/staff', '/backup', '/sync'], hasNot: ['/collection', '/day-close', '/payments'] },
  }
  for (const [staffNo, { has, hasNot }] of Object.entries(expected)) {
    await logIn(page, staffNo)
    const seen = await rail()
    expect(seen, staffNo).toEqual(expect.arrayContaining(['/', ...has]))
    for (const size of [1.25, 1.5]) {
      await zoomTo(page, size)
      expect(await rail(), `${staffNo} at ${size}`).toEqual(seen)
    }
    await zoomTo(page, 1)
    for (const path of hasNot) {
      expect(seen, staffNo).not.toContain(path)
      await open(path)
      await page.waitForFunction(() => location.hash === '#/' || location.hash === '')
    }
    await switchUser()
  }
})
