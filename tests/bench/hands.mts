/** Hands on the keyboard of the real window: every key is pressed as soon as the page can take it, and the window counts them. */
import type { Locator, Page } from 'playwright-core'
import type { RunningApp } from '../e2e/support/app.ts'
import { passwordOf } from '../e2e/support/app.ts'
import { go } from '../e2e/support/go.ts'
import { hardware } from '../e2e/support/keys.ts'

/** More fields than any form has. */
const furthest = 60

export class Hands {
  readonly app: RunningApp
  readonly page: Page

  constructor(app: RunningApp) {
    this.app = app
    this.page = app.page
    app.page.setDefaultTimeout(20_000)
  }

  async press(...combos: string[]): Promise<void> {
    for (const combo of combos) await this.page.keyboard.press(hardware(combo))
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text)
  }

  /** Tab until the focus is there. */
  async reach(selector: string): Promise<void> {
    const there = () =>
      this.page.evaluate((wanted) => (document.activeElement?.closest(wanted) ?? null) !== null, selector)
    await this.page.locator(selector).first().waitFor()
    for (let tabs = 0; !(await there()); tabs++) {
      if (tabs === furthest) throw new Error(`${selector} cannot be reached by Tab`)
      await this.page.keyboard.press('Tab')
    }
  }

  /** Tab to a field, and what is typed there. */
  async fill(field: string, text: string): Promise<void> {
    await this.reach(`[data-field="${field}"]`)
    await this.type(text)
  }

  /** Somewhere in the page, when it has been drawn. */
  see(text: string | RegExp): Promise<void> {
    return this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  heading(text: string | RegExp): Promise<void> {
    return this.page.getByRole('heading', { name: text }).first().waitFor()
  }

  focusIn(selector: string): Promise<unknown> {
    return this.page.waitForFunction((wanted) => (document.activeElement?.closest(wanted) ?? null) !== null, selector)
  }

  /** The button of a key, once it can be pressed. */
  ready(label: string): Promise<void> {
    return this.page.locator('.key-button:enabled', { hasText: label }).filter({ visible: true }).first().waitFor()
  }

  dialog(title: string): Locator {
    return this.page.locator('.el-dialog:visible', { hasText: title }).last()
  }

  async clear(): Promise<void> {
    await this.page.locator('.el-overlay:visible').first().waitFor({ state: 'hidden' })
  }

  at(path: string): Promise<unknown> {
    return this.page.waitForFunction((to) => location.hash.slice(1).startsWith(to), path)
  }

  /** Where a task begins; no key is counted. */
  async stand(path: string): Promise<void> {
    await go(this.page, path)
    await this.page.locator('main').locator('h1, h2, .page-header, form').first().waitFor()
    await this.page.waitForFunction(() => document.querySelector('.el-loading-mask') === null)
  }

  /** Prints the paper that stands open. */
  async printPaper(): Promise<void> {
    await this.page.locator('.paper-preview:visible iframe').waitFor()
    await this.press('Ctrl+P')
    await this.page.locator('.paper-preview:visible').waitFor({ state: 'hidden' })
  }

  /** The manager agrees, in the dialog that asks for it. */
  async approve(): Promise<void> {
    await this.focusIn('.el-dialog [data-field="staffNo"]')
    await this.type('3001')
    await this.press('Enter')
    await this.focusIn('.el-dialog [data-field="password"]')
    await this.type(passwordOf('3001'))
    await this.press('Enter')
  }

  /** Asks the backend past the screen, as somebody; what a task finds when it begins. */
  async ask(staffNo: string, call: string, input: object): Promise<void> {
    await this.page.evaluate(
      async ([who, password, name, body]) => {
        const send = (called: string, given: object, token: string | null) =>
          window.hall.call(called, given, token) as Promise<Record<string, unknown>>
        const { token } = await send('access.login', { staffNo: who, password }, null)
        await send(name, { requestId: crypto.randomUUID(), ...body }, String(token))
        await send('access.logout', {}, String(token))
      },
      [staffNo, passwordOf(staffNo), call, input] as const,
    )
  }

  /** A printer that takes every paper at once. */
  async standInPrinter(): Promise<void> {
    await this.app.electron.evaluate(({ ipcMain }) => {
      ipcMain.removeHandler('desktop:printers')
      ipcMain.handle('desktop:printers', () => ({ ok: true, value: [{ name: '针式打印机', isDefault: true }] }))
      ipcMain.removeHandler('desktop:print')
      ipcMain.handle('desktop:print', () => ({ ok: true, value: { outcome: 'printed', detail: '' } }))
    })
  }

  /** @returns how many keys the window heard meanwhile, and seconds from the first to what `work` waits for last */
  async count(work: () => Promise<void>): Promise<{ keys: number; seconds: number }> {
    await this.page.evaluate(() => {
      const counter = window as unknown as { benchKeys?: number }
      if (counter.benchKeys === undefined) {
        const hear = () => (counter.benchKeys = (counter.benchKeys ?? 0) + 1)
        window.addEventListener('keydown', hear, { capture: true })
      }
      counter.benchKeys = 0
    })
    const began = performance.now()
    await work()
    const seconds = (performance.now() - began) / 1000
    return { keys: await this.page.evaluate(() => (window as unknown as { benchKeys: number }).benchKeys), seconds }
  }
}
