/** What was said to be done is there, whatever is killed: the backend under an open form, or the whole program. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'
import { copyOfDemoHall, logIn, startApp, type RunningApp } from './support/app.ts'
import {
  debtors,
  due,
  find,
  openShift,
  paymentsOf,
  press,
  putReceiptAway,
  receiptPreview,
  takeCash,
} from './support/cashier.ts'
import { go } from './support/go.ts'
import { backendOf, endBackend } from './support/processes.ts'

let app: RunningApp
let page: Page
let folder: string
beforeEach(async () => {
  folder = await copyOfDemoHall()
  await start()
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  app = await startApp({ dataFolder: folder })
  page = app.page
}

/** The power goes and comes back. */
async function powerCut(): Promise<void> {
  await app.kill()
  await start()
}

function checkBooks(): void {
  const [books] = app.query<{ debit: number; credit: number; half: number }>(
    `SELECT sum(debit) AS debit, sum(credit) AS credit,
       (SELECT count(*) FROM journal_lines WHERE entry_id NOT IN (SELECT id FROM journal_entries)) AS half FROM journal_lines`,
  )
  expect(books?.debit).toBe(books?.credit)
  expect(books?.half).toBe(0)
  const serials = app
    .query<{ no: string }>('SELECT receipt_no AS no FROM receipts ORDER BY receipt_no')
    .map(({ no }) => Number(no.slice(-8, -1)))
  expect(serials).toEqual(serials.map((_, i) => i + 1))
}

test('a form stays while the backend dies under it, and F12 commits exactly once', async () => {
  await logIn(page, '2001')
  await openShift(page)
  const program = app.electron.process()
  const before = backendOf(program)
  const queue = debtors(app, 3)
  // Killed while the form stands open, in the moment F12 is pressed, and some milliseconds after it.
  for (const [i, delay] of [null, 0, 12].entries()) {
    const debtor = queue[i]
    if (!debtor) throw new Error('not enough debtors')
    await find(page, debtor)
    const owed = await due(page)
    await takeCash(page)
    const backend = backendOf(program)
    if (backend === null) throw new Error('no backend runs')
    if (delay === null) {
      endBackend(backend)
      expect(await due(page)).toBe(owed)
      expect(await page.locator('[data-means="cash"] input').inputValue()).not.toBe('')
      await page.keyboard.press('F12')
    } else {
      await press(page, 'F12', '确认收款')
      if (delay > 0) await page.waitForTimeout(delay)
      endBackend(backend)
    }
    await receiptPreview(page).waitFor()
    expect(paymentsOf(app, debtor.accountId).map(({ amount }) => amount)).toEqual([owed])
    await putReceiptAway(page)
  }
  expect(backendOf(program)).not.toBe(before)
  checkBooks()
})

test('a payment whose receipt was shown is there after the power went', async () => {
  await logIn(page, '2001')
  await openShift(page)
  const [debtor] = debtors(app, 1)
  if (!debtor) throw new Error('nobody owes anything')
  await find(page, debtor)
  await takeCash(page)
  await press(page, 'F12', '确认收款')
  await page.getByText(`${debtor.name} 已收`).waitFor()
  await powerCut()
  const paid = paymentsOf(app, debtor.accountId)
  expect(paid).toHaveLength(1)
  checkBooks()
  await logIn(page, '2001')
  await go(page, '/payments')
  await page
    .getByText(paid[0]?.receiptNo ?? 'no receipt')
    .first()
    .waitFor()
})

test('a new customer, an application in progress and the count of the day close outlive a power cut', async () => {
  await logIn(page, '1001')
  await go(page, '/customers/new')
  const field = (name: string) =>
    page.locator(`input[data-field="${name}"], [data-field="${name}"] input`).filter({ visible: true }).first()
  await field('profile.name').fill('欧阳晓溪')
  await field('profile.idNumber').fill(inventedNationalId(990_002))
  await field('profile.phone').fill(inventedMobile(990_002))
  await press(page, 'F12', '保存')
  await page.getByText('客户已建档').waitFor()

  await go(page, '/opening')
  await field('customer.profile.name').fill('方晓溪')
  await field('customer.profile.idNumber').fill(inventedNationalId(990_003))
  await field('customer.profile.phone').fill(inventedMobile(990_003))
  await field('servicePoint.place.community').fill('晨曦里')
  await field('servicePoint.place.building').fill('6')
  await field('servicePoint.place.room').fill('1101')
  await field('servicePoint.place.district').fill('示例区')
  await field('servicePoint.place.street').fill('青禾路 66 号')
  await field('purpose').fill('炊事、热水')
  await press(page, 'F12', '受理申请')
  await page.getByText('报装已受理').waitFor()
  await powerCut()

  await logIn(page, '1001')
  await page.keyboard.press('F2')
  await page.keyboard.type('欧阳晓溪')
  await page.getByRole('option', { name: '欧阳晓溪' }).waitFor()
  await page.keyboard.press('Escape')
  await go(page, '/openings')
  await page.getByText('方晓溪').first().waitFor()
  await page.keyboard.press('Control+l')
  await page.getByRole('button', { name: '切换用户' }).click()

  await logIn(page, '2001')
  await openShift(page)
  await go(page, '/shift')
  await press(page, 'Ctrl+Shift+J', '停止收款，去日结')
  await press(page, 'Ctrl+Enter', '确认停止收款')
  await page.getByRole('button', { name: /清点现金/ }).click()
  const pieces = (face: number) => page.locator(`input[data-face="${face}"]`)
  await pieces(10_000).fill('4')
  await pieces(5_000).fill('2')
  await press(page, 'Ctrl+Shift+S', '保存清点')
  // The step says so once the count is kept; what stands beside the fields says so while typing.
  await page.getByRole('button', { name: /清点现金.*账款相符/ }).waitFor()
  await powerCut()

  await logIn(page, '2001')
  await go(page, '/day-close')
  await page.getByRole('button', { name: /清点现金/ }).click()
  await expect.poll(() => pieces(10_000).inputValue()).toBe('4')
  await expect.poll(() => pieces(5_000).inputValue()).toBe('2')
  await page.getByRole('button', { name: /清点现金.*账款相符/ }).waitFor()
})
