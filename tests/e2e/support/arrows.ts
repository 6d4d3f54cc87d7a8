/**
 * Down to a proposal of the search box, each step once the one before is seen: others may stand in front of it. What was found
 * by the beginning of the text is nobody's to go through.
 */
import type { Locator, Page } from 'playwright-core'

/** Options of a box at most; who has pressed so often does not reach it. */
const most = 40

const markedNow = (page: Page) =>
  page.evaluate(() => {
    const options = [...document.querySelectorAll('[role="option"]')]
    return options.findIndex((option) => option.getAttribute('aria-selected') === 'true')
  })

export async function arrowTo(page: Page, option: Locator): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[role="listbox"][aria-busy="true"]'))
  await option.first().waitFor()
  for (let pressed = 0; (await option.first().getAttribute('aria-selected')) !== 'true'; pressed++) {
    if (pressed > most) throw new Error('the option is not reached by arrows')
    const before = await markedNow(page)
    await page.keyboard.press('ArrowDown')
    await page.waitForFunction(
      (was) =>
        [...document.querySelectorAll('[role="option"]')].findIndex(
          (other) => other.getAttribute('aria-selected') === 'true',
        ) !== was,
      before,
    )
  }
}
