/** F2 all day long: the find box in the real window, by keyboard alone (cases C1, C9). */
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'
import { arrowTo } from './support/arrows.ts'

let app: RunningApp
let page: Page
beforeEach(async () => {
  app = await startApp()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
})
afterEach(() => app.close())

interface Somebody {
  name: string
  accountNo: string
  accountId: string
}
const somebody = (count: number) =>
  app.query<Somebody>(
    `SELECT c.name, a.account_no AS accountNo, a.id AS accountId FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE a.state = 'active' AND c.category = 'resident' ORDER BY a.account_no LIMIT ?`,
    count,
  )

const inBox = () => page.waitForFunction(() => document.activeElement?.matches('header [aria-label="查找客户"]'))
const options = () => page.locator('header [role="option"]')
const chosen = () => page.locator('header [role="option"][aria-selected="true"]')

async function f2(): Promise<void> {
  await page.keyboard.press('F2')
  await inBox()
}

/** Types what finds exactly this one, waits for it, opens it. */
async function openByKeys(one: Somebody): Promise<void> {
  await page.keyboard.type(one.accountNo)
  await chosen().filter({ hasText: one.name }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForFunction((id) => location.hash.startsWith(`#/customers/${id}`), one.accountId)
}

/** Ten in a row, each left behind in another way. */
async function tenInARow(people: readonly Somebody[]): Promise<void> {
  for (const [i, one] of people.entries()) {
    await f2()
    if (i % 5 === 1) {
      // Looked for somebody, and Esc.
      await page.keyboard.type('zhang')
      await options().first().waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await f2()
    }
    if (i % 5 === 2) {
      // Emptied by Backspace, and typed again.
      await page.keyboard.type('li')
      await options().first().waitFor()
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Backspace')
    }
    if (i % 5 === 3) {
      // A call that fails: what is typed is too long for the backend.
      await page.keyboard.insertText('很'.repeat(101))
      await page.locator('header .results [role="alert"]').waitFor()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
    }
    await openByKeys(one)
  }
}

test('ten customers in a row by F2, with Esc, emptying, retyping and a failed call; the same after a restart', async () => {
  await logIn(page, '1001')
  const people = somebody(10)
  expect(people).toHaveLength(10)
  await tenInARow(people)

  // An empty box offers whom this operator had last, the newest first, with no full number.
  await f2()
  await options().nth(7).waitFor()
  expect(await options().count()).toBe(8)
  expect(await options().first().innerText()).toContain(people[9]?.name)
  const phones = app.query<{ phone: string }>('SELECT phone FROM customers')
  const shown = await page.locator('header .results').innerText()
  expect(phones.filter(({ phone }) => shown.includes(phone))).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction((id) => location.hash.startsWith(`#/customers/${id}`), people[8]?.accountId)

  app = await app.restart()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, '1001')
  await f2()
  await options().first().waitFor()
  expect(await options().first().innerText()).toContain(people[8]?.name)
  await tenInARow(people.toReversed())
})

test('somebody else finds an empty list of their own', async () => {
  await logIn(page, '1001')
  const [one] = somebody(1)
  if (!one) throw new Error('the demo hall is empty')
  await f2()
  await openByKeys(one)
  app = await app.restart()
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, '3001')
  await f2()
  await page.keyboard.press('ArrowDown')
  expect(await options().count()).toBe(0)
})

test('Esc leads back to where the focus was, and the box goes on finding', async () => {
  await logIn(page, '1001')
  await go(page, '/customers/new')
  const name = page.locator('[data-field="profile.name"]:is(input), [data-field="profile.name"] input').first()
  await name.waitFor()
  for (let round = 0; round < 3; round++) {
    await name.focus()
    await page.keyboard.type('某')
    await f2()
    await page.keyboard.type('wang')
    await options().first().waitFor()
    // Pressed twice: the way back is still the form.
    await page.keyboard.press('F2')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.closest('[data-page]') !== null)
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
  }
  expect(await name.inputValue()).toBe('某某某')
})

test('functions are found by name, pinyin and initials, with whom they are for and their key; Enter does them', async () => {
  await logIn(page, '1001')
  const [one] = somebody(1)
  if (!one) throw new Error('the demo hall is empty')
  const act = (title: string) =>
    options().filter({ has: page.locator('.title', { hasText: new RegExp(`^${title}$`) }) })

  // Nobody is open yet: found, with what is missing; Enter stays.
  await f2()
  await page.keyboard.type('过户')
  await act('过户').filter({ hasText: '请先打开一位客户' }).waitFor()
  await page.keyboard.press('Enter')
  await inBox()
  await page.keyboard.press('Escape')
  await openByKeys(one)

  for (const typed of ['过户', 'guohu', 'gh']) {
    await f2()
    await page.keyboard.type(typed)
    await arrowTo(page, act('过户').filter({ hasText: one.name }))
    await page.keyboard.press('Enter')
    await page.waitForFunction((id) => location.hash === `#/supply/account/${id}?begin=transfer`, one.accountId)
    await page.locator('.el-dialog').filter({ hasText: '过户' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog').filter({ hasText: '过户' }).waitFor({ state: 'hidden' })
    await f2()
    await openByKeys(one)
  }

  // A page, with its key; what is not this role's is not offered.
  await f2()
  await page.keyboard.type('gongdan')
  await act('工单').locator('kbd').first().waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.type('备份')
  await page.locator('header .none', { hasText: '备份' }).waitFor()
  expect(await act('备份').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.keyboard.type('xgmm')
  await act('修改密码').waitFor()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => location.hash === '#/password')
})

test('the boxes of the pages find for ever too', async () => {
  await logIn(page, '2001')
  const people = somebody(3)
  await go(page, '/readings')
  const box = page.locator('main [aria-label="查找客户"]').first()
  await box.waitFor()
  for (const one of [...people, ...people]) {
    await box.waitFor()
    await box.focus()
    await page.keyboard.type('zz')
    await page.keyboard.press('Escape')
    await page.keyboard.type(one.accountNo)
    await page.locator('main [role="option"][aria-selected="true"]').filter({ hasText: one.name }).waitFor()
    await page.keyboard.press('Enter')
    // The list that is closing has the name too: opened is who stands above the form, and the form has the focus.
    await page.locator('main .who', { hasText: one.name }).filter({ visible: true }).first().waitFor()
    await page.waitForFunction(() => document.activeElement?.closest('[data-field="index"]') !== null)
  }
})

test('what was not found is replaced by the next number, typed or scanned', async () => {
  await logIn(page, '1001')
  const [one] = somebody(1)
  if (!one) throw new Error('nobody')
  for (let round = 0; round < 3; round++) {
    await f2()
    for (const unknown of ['9999999', '8888888']) {
      await page.keyboard.type(unknown)
      await page.keyboard.press('Enter')
      await page.locator('header .results').getByText(`没有找到“${unknown}”`).waitFor()
    }
    await openByKeys(one)
  }
})
