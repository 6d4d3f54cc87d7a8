/**
 * A counter's morning in a real hall, made from an empty folder: searching, the till and the lists, each done three times
 * with Esc, a mistake and a restart or a power cut in between; keys and scans come faster than the page.
 */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { numberGroups } from '../../src-main/platform/check-digit.ts'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { debtors, openShift, paymentsOf, press, type Debtor } from './support/cashier.ts'
import { go } from './support/go.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
/** Nobody is paid for twice: each test takes its own. */
let queue: Debtor[]

const start = async (staffNo: string) => {
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await logIn(page, staffNo)
}
beforeAll(async () => {
  folder = await makeRealHall()
  await start('2001')
  queue = debtors(app, 20)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A keyboard wedge: the characters come as fast as the machine takes them, and then Enter. */
const scan = (code: string) =>
  app.electron.evaluate(({ BrowserWindow }, text) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() !== '公示屏')
    for (const keyCode of [...text, 'Return'])
      for (const type of ['keyDown', 'char', 'keyUp'] as const) window?.webContents.sendInputEvent({ type, keyCode })
  }, code)
/** The printer of this PC does not answer. */
const silentPrinter = () =>
  app.electron.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('desktop:printers')
    ipcMain.handle('desktop:printers', () => ({ ok: true, value: [{ name: '针式打印机', isDefault: true }] }))
    ipcMain.removeHandler('desktop:print')
    ipcMain.handle('desktop:print', () => ({ ok: true, value: { outcome: 'unanswered', detail: '' } }))
  })
const receipts = (mode: 'at-once' | 'none') =>
  page.evaluate((chosen) => localStorage.setItem('paper.receipt', JSON.stringify({ mode: chosen })), mode)
const one = (n: number): Debtor => {
  const found = queue[n]
  if (!found) throw new Error('the hall has too few debtors')
  return found
}
const paid = (debtor: Debtor) => paymentsOf(app, debtor.accountId).length
const note = () => page.locator('main .done-note')
const free = () =>
  page.waitForFunction(() => document.activeElement?.closest('main .find') !== null && location.hash === '#/collection')

test('a code scanned on any page opens its customer, in a dialog it confirms nothing, and the box goes on finding', async () => {
  for (let round = 0; round < 3; round++) {
    const { accountId, accountNo, name } = one(round)
    await go(page, '/bills')
    await page.locator('.page-list table[aria-busy="false"]').waitFor()
    await scan(accountNo)
    await page.waitForFunction((id) => location.hash.startsWith(`#/customers/${id}`), accountId)
    await page.getByRole('heading', { name }).first().waitFor()
    // A scan of something else, and one into a dialog: said, and nothing is done. What was said the round before has gone.
    await expect.poll(() => page.locator('.el-message').count()).toBe(0)
    await scan('NICHT12345')
    await page.locator('.el-message', { hasText: '不是户号' }).waitFor()
    await page.keyboard.press('F1')
    await page.getByRole('dialog', { name: '本页快捷键' }).waitFor()
    await scan(one(3).accountNo)
    await page.locator('.el-message', { hasText: '请先办完眼前的一步' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: '本页快捷键' }).waitFor({ state: 'hidden' })
    // The search box: emptied, left, asked again.
    await page.keyboard.press('F2')
    await page.keyboard.type('没有这个人')
    await page.keyboard.press('Escape')
    await page.keyboard.type(one(round + 4).name)
    await page.keyboard.press('Enter')
    await page.waitForFunction((id) => location.hash.startsWith(`#/customers/${id}`), one(round + 4).accountId)
    if (round === 1) {
      await app.close()
      await start('2001')
    }
  }
})

test('three customers by scan, F5, F12 without looking up; the next number typed while F12 books; a power cut; a dead printer', async () => {
  await openShift(page)
  await receipts('none')
  await free()
  const three = [one(7), one(8), one(9)]
  for (const { accountNo } of three) {
    await scan(accountNo)
    await page.keyboard.press('F5')
    await page.keyboard.press('F12')
  }
  await note()
    .getByText(`${one(9).name} 已收`)
    .waitFor()
  expect(three.map(paid)).toEqual([1, 1, 1])

  // F12, and at once the next number and Enter: it is no amount, and it opens the next customer.
  await free()
  await scan(one(10).accountNo)
  await page.waitForFunction((id) => location.hash === `#/collection/${id}`, one(10).accountId)
  await page.keyboard.press('F5')
  await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
  await page.keyboard.press('F12')
  // A quick hand, and no scanner.
  await page.keyboard.type(one(11).accountNo, { delay: 70 })
  await page.keyboard.press('Enter')
  await page.waitForFunction((id) => location.hash === `#/collection/${id}`, one(11).accountId)
  expect([paid(one(10)), paid(one(11))]).toEqual([1, 0])

  // The power goes right behind F12: booked once or not at all, never twice.
  await page.keyboard.press('Escape')
  await go(page, '/collection')
  await free()
  await scan(one(11).accountNo)
  await page.waitForFunction((id) => location.hash === `#/collection/${id}`, one(11).accountId)
  await press(page, 'F5', '现金')
  await press(page, 'F12', '确认收款')
  await note()
    .getByText(`${one(11).name} 已收`)
    .waitFor()
  await app.kill()
  await start('2001')
  await go(page, '/collection')
  await note()
    .getByText(`${one(11).name} 已收`)
    .waitFor()
  expect(paid(one(11))).toBe(1)

  await receipts('at-once')
  await silentPrinter()
  await free()
  await scan(one(12).accountNo)
  await page.waitForFunction((id) => location.hash === `#/collection/${id}`, one(12).accountId)
  await press(page, 'F5', '现金')
  await press(page, 'F12', '确认收款')
  await note().getByText('款已收妥').waitFor()
  expect(paid(one(12))).toBe(1)
})

/** The page as it opens, whatever it was left with. */
async function fresh(path: string): Promise<void> {
  await go(page, '/')
  await page.getByRole('heading', { name: '今日' }).first().waitFor()
  await go(page, path)
  await page.locator('.page-list table[aria-busy="false"]').first().waitFor()
}

/** Keys typed without waiting; the list shows so many rows, in words. */
async function search(text: string, sums: string): Promise<void> {
  await page.keyboard.press('Control+F')
  await page.waitForFunction(() => document.activeElement?.closest('.page-list .search') !== null)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
  await page.locator('.page-list .sums').getByText(sums, { exact: true }).waitFor()
}

test('a bill is opened by its number from a list of others, three times; every list finds and adds up', async () => {
  for (let round = 0; round < 3; round++) {
    const [bill] = app.query<{ billNo: string }>(
      `SELECT bill_no AS billNo FROM bills WHERE state = 'open' ORDER BY bill_no LIMIT 1 OFFSET ?`,
      round + 3,
    )
    if (!bill) throw new Error('everything is paid')
    await fresh('/bills')
    // 未缴清 → 已逾期 → 已缴清: the bill is none of these.
    await press(page, 'Ctrl+M', '换状态')
    await page.locator('.el-segmented__item.is-selected', { hasText: '已逾期' }).waitFor()
    await press(page, 'Ctrl+M', '换状态')
    await page.locator('.el-segmented__item.is-selected', { hasText: '已缴清' }).waitFor()
    await search('没有这张账单', '0 张')
    await page.keyboard.press('Escape')
    await page.keyboard.type(round === 1 ? bill.billNo : numberGroups(bill.billNo).join(' '))
    await page.keyboard.press('Enter')
    const dialog = page.locator('.el-dialog:visible')
    await dialog.getByText(numberGroups(bill.billNo).join(' ')).or(dialog.getByText(bill.billNo)).first().waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    if (round === 0) {
      app = await app.restart()
      page = app.page
      await page.getByRole('button', { name: '登录' }).waitFor()
      await logIn(page, '3001')
    }
  }
  const { name } = one(16)
  for (const [path, found, all] of [
    ['/customers', '1 户', null],
    ['/inspections?view=tasks', '1 户', '30 户'],
    ['/bills/several', '0 户', null],
    ['/payments', '0 笔', '6 笔'],
    ['/staff/training', '0 人', '6 人'],
  ] as const) {
    await fresh(path)
    if (all !== null) await page.locator('.page-list .sums').getByText(all, { exact: true }).waitFor()
    await search(name, found)
    await page.keyboard.press('Escape')
    if (all !== null) await page.locator('.page-list .sums').getByText(all, { exact: true }).waitFor()
    await page.keyboard.press('Control+Shift+ArrowUp')
  }
})

test('a bill is cancelled by keys: asked with the amount, left by Esc, never without a reason', async () => {
  const [bill] = app.query<{ id: string; billNo: string }>(
    `SELECT b.id, b.bill_no AS billNo FROM bills b WHERE b.state = 'open' AND b.settled = 0
       AND NOT EXISTS (SELECT 1 FROM bills l WHERE l.account_id = b.account_id AND l.rowid > b.rowid)
     ORDER BY b.bill_no DESC LIMIT 1`,
  )
  if (!bill) throw new Error('everything is paid')
  const state = () => app.query<{ state: string }>('SELECT state FROM bills WHERE id = ?', bill.id)[0]?.state
  await fresh('/bills')
  await search(bill.billNo, '1 张')
  await page.keyboard.press('Enter')
  const detail = page.locator('.el-dialog:visible', { has: page.locator('.bill-lines') })
  const reason = page.locator('.reason-prompt:visible')
  const asked = async () => {
    await press(page, 'Shift+F12', '取消账单')
    await reason.getByText('元不再收取').waitFor()
    await page.locator('[data-field="asked-reason"]:focus').waitFor()
  }
  await asked()
  await press(page, 'F12', '取消账单')
  await reason.getByText('请填写原因').waitFor()
  await page.keyboard.press('Escape')
  await reason.waitFor({ state: 'hidden' })
  await detail.waitFor()
  expect(state()).toBe('open')
  await asked()
  await page.keyboard.type('抄错表')
  await press(page, 'F12', '取消账单')
  await detail.waitFor({ state: 'hidden' })
  expect(state()).toBe('cancelled')
})

test('a message covers no title, field or button, in every size, with a dialog or without', async () => {
  const covered = () =>
    page.evaluate(() => {
      const message = [...document.querySelectorAll('.el-message')].at(-1)?.getBoundingClientRect()
      if (!message) return ['no message']
      return [...document.querySelectorAll('h1, h2, button, input, textarea, .el-dialog__title, .sums, th')].flatMap(
        (one) => {
          if (!one.checkVisibility() || one.closest('.el-message')) return []
          const box = one.getBoundingClientRect()
          const over =
            box.width > 0 &&
            box.left < message.right - 1 &&
            box.right > message.left + 1 &&
            box.top < message.bottom - 1 &&
            box.bottom > message.top + 1
          return over ? [`${one.tagName} ${one.textContent?.trim().slice(0, 20) ?? ''}`] : []
        },
      )
    })
  const told: string[] = []
  for (let size = 0; size < 3; size++) {
    for (const [path, title] of [
      ['/bills', '账单'],
      ['/staff/training', '培训'],
    ] as const) {
      for (const dialog of [false, true]) {
        await go(page, '/')
        await page.getByRole('heading', { name: '今日' }).first().waitFor()
        await go(page, path)
        await page.waitForFunction((to) => document.title.startsWith(to), title)
        if (dialog) await page.keyboard.press('F1')
        if (dialog) await page.getByRole('dialog', { name: '本页快捷键' }).waitFor()
        // The message of before has gone: it would vanish while it is looked at.
        await expect.poll(() => page.locator('.el-message').count()).toBe(0)
        await scan('NICHT12345')
        await page.locator('.el-message').last().waitFor()
        await page.waitForFunction(() => document.querySelector('.el-message:not([class*="-active"])') !== null)
        for (const what of await covered()) told.push(`${size} ${path} ${dialog ? 'F1 ' : ''}${what}`)
        if (dialog) await page.keyboard.press('Escape')
      }
    }
    await page.keyboard.press('Control+0')
  }
  expect(told).toEqual([])
})
