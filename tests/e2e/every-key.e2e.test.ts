/** F1 shows only true keys: each key it lists for a page is pressed there, and something is seen of it. On a real hall. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoStaff } from '../../src-main/access/set-up.ts'
import { functionsFor } from '../../src-renderer/shell/functions.ts'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'
import { hardware } from './support/keys.ts'
import { settled, stillness } from './support/looks.ts'
import { makeRealHall } from './support/real-hall.ts'

let folder: string
let app: RunningApp
let page: Page
beforeAll(async () => {
  folder = await makeRealHall()
  app = await startApp({ dataFolder: folder })
  page = app.page
  await page.getByRole('button', { name: '登录' }).waitFor()
  await stillness(app.electron)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

let tries = 0
async function open(path: string): Promise<void> {
  // Whatever the last key has opened is left behind.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await settled(page, 80)
  // By way of a page that is made at once. Esc and the last key may still lead back: then it is gone to once more.
  await expect
    .poll(async () => {
      await go(page, `/nowhere?${(tries += 1)}`)
      await go(page, path)
      await settled(page, 40)
      return page.evaluate(() => location.hash.slice(1))
    })
    .toMatch(new RegExp(`^${path}`))
  await page.locator('main').locator('h1, h2, .page-header, form').first().waitFor()
  await settled(page, 80)
}

/** Keys of the page itself that nothing stands in the way of. */
async function listed(): Promise<string[]> {
  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: '本页快捷键' })
  await help.waitFor()
  const combos = await help
    .locator('section')
    .first()
    .locator('dt[data-combo]')
    .evaluateAll((keys) =>
      keys.flatMap((key) =>
        key.nextElementSibling?.querySelector('small') ? [] : [key.getAttribute('data-combo') ?? ''],
      ),
    )
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })
  return combos
}

/** Remembers how the page looks; any change in it, in the address, the focus, a field or a file to be saved is an effect. */
const watchFor = () =>
  page.evaluate(() => {
    const look = () =>
      [
        location.hash,
        document.body.innerText,
        document.querySelectorAll('.el-overlay, dialog, iframe, .el-message, .current').length,
        [...document.querySelectorAll('input')].map((one) => `${one.value}${one.checked}`).join(),
        document.activeElement?.outerHTML.slice(0, 200),
        [...document.querySelectorAll('main, main *')].reduce((sum, one) => sum + one.scrollTop, 0),
        // A text in a frame of the page's own; a paper's frame is of another origin and has its own document.
        [...document.querySelectorAll('iframe')]
          .map((frame) => frame.contentDocument?.scrollingElement?.scrollTop)
          .join(),
      ].join('|')
    const seen = window as unknown as { was: string; look: () => string; touched: boolean }
    seen.look = look
    seen.was = look()
    seen.touched = false
    new MutationObserver(() => (seen.touched = true)).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })
const effect = () =>
  page
    .waitForFunction(
      () => {
        const seen = window as unknown as { was: string; look: () => string; touched: boolean }
        return seen.touched || seen.look() !== seen.was
      },
      undefined,
      { timeout: 30_000 },
    )
    .then(
      () => true,
      () => false,
    )

/** What has to be done before, so that the key has something to do: away from the first row, the first month, the top. */
const before: Readonly<Record<string, string>> = {
  'Ctrl+Shift+Up': 'Ctrl+F',
  '/audit Ctrl+Shift+Up': 'Down',
  '/followups/ratios Ctrl+1': 'Ctrl+2',
  '/manual PageUp': 'PageDown',
  '/golive/wordings PageUp': 'PageDown',
  '/manual Ctrl+PageUp': 'Ctrl+PageDown',
}
/** These are of one component on every list or page: pressed on so many of them. */
const ofLists = new Set(['Ctrl+E', 'Ctrl+F2', 'Ctrl+F', 'Ctrl+Shift+Up', 'PageDown', 'PageUp'])
const enoughLists = 4
/** The offer of the tour goes with the first of its two keys, so each is pressed by somebody else. */
const pressedBy: Readonly<Record<string, string>> = { '/ Ctrl+Shift+F1': '2001' }

test('every key that F1 lists on a page does something there', async () => {
  const dead: string[] = []
  let pressed = 0
  const seen = new Set<string>()
  const lists = new Map<string, number>()
  for (const staffNo of ['3001', '2001', '9001', '1001', '4001']) {
    await logIn(page, staffNo)
    const own = demoStaff.find((one) => one.staffNo === staffNo)?.roles ?? []
    const paths = functionsFor(own).flatMap((one) => ('path' in one ? [one.path] : []))
    for (const path of paths) {
      await open(path)
      for (const combo of await listed()) {
        if (seen.has(`${path} ${combo}`) || (pressedBy[`${path} ${combo}`] ?? staffNo) !== staffNo) continue
        seen.add(`${path} ${combo}`)
        const times = (lists.get(combo) ?? 0) + 1
        lists.set(combo, times)
        if (ofLists.has(combo) && times > enoughLists) continue
        await open(path)
        const first = before[`${path} ${combo}`] ?? before[combo]
        if (first !== undefined) await page.keyboard.press(hardware(first))
        await watchFor()
        await page.keyboard.press(hardware(combo))
        pressed++
        if (!(await effect())) dead.push(`${staffNo} ${path} ${combo}`)
        // A key may lead elsewhere a little later.
        await settled(page, 80)
      }
    }
    await open('/')
    await page.keyboard.press('Control+Shift+U')
    await page.getByRole('button', { name: '登录' }).waitFor()
  }
  process.stdout.write(`  ${pressed} keys pressed\n`)
  expect(dead).toEqual([])
}, 900_000)
