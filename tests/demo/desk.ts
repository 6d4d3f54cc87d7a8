/** A person at the counter: looks at the screen, types, presses keys. What the demo day and its test play with. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { RunningApp } from '../e2e/support/app.ts'
import { go } from '../e2e/support/go.ts'
import { hardware } from '../e2e/support/keys.ts'

export class Desk {
  readonly app: RunningApp
  readonly page: Page
  readonly #screenshots: string
  readonly #tell: (line: string) => void
  #shots = 0

  /** @param screenshots folder for the pictures of the day */
  constructor(app: RunningApp, screenshots: string, tell: (line: string) => void = () => undefined) {
    this.app = app
    this.page = app.page
    this.#screenshots = screenshots
    this.#tell = tell
    mkdirSync(screenshots, { recursive: true })
    // Whoever sits down after a restart goes on with the same album.
    this.#shots = readdirSync(screenshots).length
  }

  tell(line: string): void {
    this.#tell(line)
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(hardware(key))
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 })
  }

  /** A field by the name its call gives it. */
  field(name: string): Locator {
    return this.page
      .locator(`[data-field="${name}"]:is(input, textarea), [data-field="${name}"] :is(input, textarea)`)
      .filter({ visible: true })
      .first()
  }

  async fill(name: string, text: string): Promise<void> {
    await this.field(name).fill(text)
  }

  async see(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  async go(path: string): Promise<void> {
    await go(this.page, path)
    await this.page.locator('[data-page], main').first().waitFor()
  }

  /** Waits until a key's button can be pressed, then presses the key. */
  async act(key: string, label: string): Promise<void> {
    const button = this.page.locator('button:enabled', { hasText: label }).filter({ visible: true }).first()
    await button.waitFor()
    await this.page.keyboard.press(hardware(key))
  }

  async shot(title: string): Promise<void> {
    this.#shots += 1
    await this.page.waitForTimeout(250)
    const name = `${String(this.#shots).padStart(3, '0')}-${title}.png`
    await this.page.screenshot({ path: join(this.#screenshots, name) })
  }

  /** The preview that stands open: kept as PDF and closed. Returns the file. */
  async keepPaper(title: string): Promise<string> {
    const folder = join(this.app.dataFolder, 'papers')
    const known = new Set(list(folder))
    await this.page.locator('.paper-preview iframe').waitFor()
    await this.act('Control+s', '存为 PDF')
    let found: string | undefined
    for (let i = 0; i < 100 && !found; i++) {
      found = list(folder).find((name) => !known.has(name))
      if (!found) await this.page.waitForTimeout(100)
    }
    if (!found) throw new Error(`${title} was not written to ${folder}`)
    await this.see('已存为 PDF')
    // What was saved is in sight; before, the sheet may still be white.
    await this.shot(`预览-${title}`)
    await this.press('Escape')
    await this.page.locator('.paper-preview iframe').waitFor({ state: 'detached' })
    return join(folder, found)
  }

  /** The manager comes over and agrees. */
  async approve(staffNo: string, password: string): Promise<void> {
    const dialog = this.page.locator('.el-dialog', { hasText: '须营业厅主任批准' }).filter({ visible: true })
    await dialog.waitFor()
    const known = await dialog.locator('[data-field="staffNo"] input, input[data-field="staffNo"]').inputValue()
    if (known !== staffNo) await this.fill('staffNo', staffNo)
    await dialog.locator('input[type=password]').fill(password)
    await this.shot('主任批准')
    await this.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
  }

  async logOut(): Promise<void> {
    await this.page
      .locator('header')
      .getByText(/柜员|收费员|营业厅主任|管理员|客服调度/)
      .first()
      .click()
    await this.page
      .getByRole('menuitem', { name: /换人|切换|退出/ })
      .first()
      .click()
    await this.page.locator('input[type=password]').first().waitFor()
  }
}

function list(folder: string): string[] {
  try {
    // What is being written has another ending until it is whole.
    return readdirSync(folder).filter((name) => name.endsWith('.pdf'))
  } catch {
    return []
  }
}
