/** Help in the program: keys lead to the page's chapter, the manual is searched, the regulation leads to its pages, the tour points. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'

let app: RunningApp
let page: Page
beforeAll(async () => {
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, '2001')
})
afterAll(() => app.close())

const prose = () => page.locator('article.prose')
const at = (hash: string) => page.waitForFunction((to) => location.hash.startsWith(to), hash)

test('the tour is offered once, points at real things, blocks no key, and is not offered again', async () => {
  const card = page.getByRole('status', { name: '新手引导' })
  // Whoever goes to work takes no card along, and is offered it again.
  await page.keyboard.press('Control+Shift+F1')
  await card.waitFor()
  await go(page, '/customers')
  await at('#/customers')
  await card.waitFor({ state: 'detached' })
  await go(page, '/')
  await page.getByRole('button', { name: '开始引导' }).click()
  await card.getByText('现在要办', { exact: false }).first().waitFor()
  await page.keyboard.press('Control+Shift+ArrowRight')
  await card.getByRole('heading', { name: /查找客户/ }).waitFor()
  // What is pointed at is what the step is about.
  const over = () =>
    page.evaluate(() => {
      const [ring, search] = ['.ring', '.top-bar .search'].map((one) =>
        document.querySelector(one)?.getBoundingClientRect(),
      )
      return ring && search ? Math.abs(ring.left + 3 - search.left) + Math.abs(ring.width - 6 - search.width) : -1
    })
  await expect.poll(over).toBeGreaterThanOrEqual(0)
  await expect.poll(over).toBeLessThan(4)
  await page.keyboard.press('F2')
  await page.waitForFunction(() => document.activeElement?.closest('.top-bar .search') !== null)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Shift+ArrowLeft')
  await card.getByRole('heading', { name: /现在要办/ }).waitFor()
  // A room in a folded group of the rail is unfolded: never is the rail as a whole what is meant.
  const oneThing = () =>
    page.evaluate(() => {
      const [ring, rail] = ['.ring', '.app-rail'].map((one) => document.querySelector(one)?.getBoundingClientRect())
      return ring !== undefined && rail !== undefined && ring.height < rail.height
    })
  for (let left = Number(/1 \/ (\d+)/.exec(await card.innerText())?.[1] ?? 0); left > 0; left--) {
    await expect.poll(oneThing, { message: await card.innerText() }).toBe(true)
    await page.keyboard.press('Control+Shift+ArrowRight')
  }
  await card.waitFor({ state: 'detached' })

  await go(page, '/customers')
  await at('#/customers')
  await go(page, '/')
  await page.getByRole('heading', { name: '今日' }).waitFor()
  expect(await page.getByRole('button', { name: '开始引导' }).count()).toBe(0)
})

test('F1 leads on to the chapter of the page, three times in a row', async () => {
  for (const [path, title] of [
    ['/payments', '收款记录：补打和冲正'],
    ['/day-close', '日结'],
    ['/shift', '收费'],
  ] as const) {
    await go(page, path)
    await at(`#${path}`)
    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: '本页快捷键' }).waitFor()
    await page.keyboard.press('Shift+F1')
    await prose().getByRole('heading', { name: title, level: 1 }).waitFor()
    await page.getByRole('dialog', { name: '本页快捷键' }).waitFor({ state: 'hidden' })
  }
})

test('the manual is searched by pinyin initials, shows its pictures, and leads to pages', async () => {
  await go(page, '/manual')
  await at('#/manual')
  await page.getByLabel('在手册中查找').fill('rj')
  await page.getByRole('navigation', { name: '查找结果' }).getByRole('button').first().waitFor()
  await page.getByLabel('在手册中查找').press('Enter')
  await at('#/manual?chapter=')
  // Ten words in a row, each put away by Esc: nothing is typed behind the one before.
  const box = page.getByLabel('在手册中查找')
  await page.keyboard.press('Escape')
  for (const words of ['日结', 'rz', '预存', 'xyzq', '开班', '打印机', 'gh', '漏气', '安全设置', '补打']) {
    await box.pressSequentially(words)
    await page.waitForFunction((text) => (document.activeElement as HTMLInputElement | null)?.value === text, words)
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: '章节' }).waitFor()
  }
  await page.getByRole('navigation', { name: '章节' }).getByRole('button', { name: '收费', exact: true }).click()
  await prose().getByRole('heading', { name: '收费', level: 1 }).waitFor()
  const picture = prose().locator('img').first()
  await page.waitForFunction(() => (document.querySelector('.prose img') as HTMLImageElement | null)?.naturalWidth)
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(800)
  await prose().getByRole('link', { name: '收款记录' }).first().click()
  await at('#/payments')
})

test('the regulation shows each clause with its pages and leads to them', async () => {
  await go(page, '/regulation?clause=22(4)')
  await page.locator('[data-clause="22(4)"]').waitFor()
  await page.locator('[data-clause="22(4)"].wanted').waitFor()
  await page.getByLabel('在规章中查找').fill('日清')
  await page.waitForFunction(() => document.querySelectorAll('[data-clause] .how').length === 1)
  await page.locator('[data-clause="22(4)"]').getByRole('link', { name: '日结', exact: true }).click()
  await at('#/day-close')
})

test('the tour can be taken again from the manual, also after a restart', async () => {
  app = await app.restart()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, '2001')
  await page.getByRole('heading', { name: '今日' }).waitFor()
  expect(await page.getByRole('button', { name: '开始引导' }).count()).toBe(0)
  await go(page, '/manual')
  await page.getByRole('button', { name: /新手引导/ }).waitFor()
  await page.keyboard.press('Control+Shift+F1')
  await page.getByRole('status', { name: '新手引导' }).waitFor()
  await page.keyboard.press('Control+Shift+ArrowDown')
  await page.getByRole('status', { name: '新手引导' }).waitFor({ state: 'detached' })
})
