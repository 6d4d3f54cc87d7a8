/** A cashier at the window: keys only, as with a queue in front of the desk. */
import type { Page } from 'playwright-core'
import type { RunningApp } from './app.ts'
import { hardware, printed } from './keys.ts'
import { go } from './go.ts'

export interface Debtor {
  readonly accountId: string
  readonly accountNo: string
  readonly name: string
  /** Fen. */
  readonly arrears: number
}

/** Residents who owe something, by account number. */
export const debtors = (app: RunningApp, count: number): Debtor[] =>
  app.query<Debtor>(
    `SELECT a.id AS accountId, a.account_no AS accountNo, c.name, a.arrears
     FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE a.arrears BETWEEN 1000 AND 50000 AND a.prepayment = 0 ORDER BY a.account_no LIMIT ?`,
    count,
  )

/** Waits until the button that shows this key can be pressed, then presses the key: the page before may have one of the same word. */
export async function press(page: Page, key: string, label: string): Promise<void> {
  await page
    .locator('.key-button:enabled', { hasText: label })
    .filter({ has: page.locator('kbd').getByText(printed(key), { exact: true }), visible: true })
    .first()
    .waitFor()
  await page.keyboard.press(hardware(key))
}

export async function openShift(page: Page): Promise<void> {
  await go(page, '/shift')
  await press(page, 'F12', '开班')
  await page.waitForFunction(() => location.hash.startsWith('#/collection'))
}

/** The search box of the collection page has the focus: somebody's debts are opened from it. */
export async function find(page: Page, { accountNo }: Debtor): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.closest('main .find') !== null)
  await page.keyboard.type(accountNo)
  await page.keyboard.press('Enter')
  await page.locator('output[data-field="due"]').waitFor()
}

const figure = async (page: Page, name: 'due' | 'change'): Promise<number> =>
  Math.round(Number((await page.locator(`output[data-field="${name}"]`).innerText()).replaceAll(',', '')) * 100)

/** Fen to pay, late fee included. */
export const due = (page: Page): Promise<number> => figure(page, 'due')
/** Fen to give back. */
export const change = (page: Page): Promise<number> => figure(page, 'change')

/** F5 and the notes the customer hands over: whole hundreds of yuan above the debt. Returns them in fen. */
export async function takeCash(page: Page): Promise<number> {
  const received = Math.ceil(((await due(page)) + 1) / 10_000) * 10_000
  await page.keyboard.press('F5')
  await page.waitForFunction(() => document.activeElement?.closest('[data-means="cash"]') !== null)
  await page.keyboard.type(String(received / 100))
  return received
}

export const receiptPreview = (page: Page) => page.locator('.paper-preview iframe')

/** Closes the receipt; the desk is free for the next customer. */
export async function putReceiptAway(page: Page): Promise<void> {
  await receiptPreview(page).waitFor()
  await page.keyboard.press('Escape')
  await receiptPreview(page).waitFor({ state: 'detached' })
}

export interface Paid {
  readonly paymentId: string
  readonly receiptNo: string
  /** Fen. */
  readonly amount: number
}

export const paymentsOf = (app: RunningApp, accountId: string): Paid[] =>
  app.query<Paid>(
    `SELECT p.id AS paymentId, r.receipt_no AS receiptNo, p.amount FROM payments p JOIN receipts r ON r.payment_id = p.id
     WHERE p.account_id = ? ORDER BY p.id`,
    accountId,
  )
