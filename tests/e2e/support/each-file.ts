/**
 * Before each file of tests: a screen of one's own. And what the windows show when a test fails: a log without it tells
 * where somebody waited, not what he saw.
 */
import { afterEach, beforeEach, type TestContext } from 'vitest'
import type { Page } from 'playwright-core'
import { beginFile, faultsOf, runningPages, tellBeforeClosing } from './app.ts'
import { keysHeard } from './key-log.ts'

// This module is read anew for each file, the others once for a worker.
await beginFile()

const maxText = 1_500
/** What is said at the end of the whole run, of which little may be kept. */
const maxBrief = 900

/** The address, where the focus is, what lies in front, and the words of the page. */
const shownBy = (page: Page) =>
  page.evaluate(async (max) => {
    const frames = new Promise<string>((done) => requestAnimationFrame(() => done('')))
    const texts = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter((element) => element.checkVisibility())
        .map(({ innerText }) => innerText.replaceAll(/\s+/g, ' ').slice(0, max / 3))
    return {
      address: location.hash,
      drawn: `${document.visibilityState}${document.hasFocus() ? '' : ', without the focus'}${await Promise.race([frames, new Promise((done) => setTimeout(done, 2_000, ', draws nothing'))])}`,
      focus: document.activeElement?.outerHTML.slice(0, 200),
      fields: [...document.querySelectorAll('input')]
        .filter((input) => input.type !== 'password' && input.checkVisibility())
        .map(({ value }) => value)
        .join(' | '),
      dialogs: texts('[aria-modal="true"], dialog:modal'),
      messages: texts('.el-message, .el-notification'),
      floating: texts('.el-popper'),
      page: texts('main').join(' ').slice(0, max),
    }
  }, maxText)

/** A paper in its frame: whether it was cut into pages, and how large it came out. */
const papersIn = (page: Page) =>
  Promise.all(
    page.frames().flatMap((frame) =>
      frame === page.mainFrame()
        ? []
        : frame.evaluate(() => ({
            pages: document.documentElement.dataset['pages'],
            window: [innerWidth, innerHeight],
            flow: document.querySelector('.flow')?.getAttribute('style'),
            boxes: [...document.querySelectorAll('body, main, .page, .leaf, .flow, p')].slice(0, 12).map((element) => {
              const { width, height } = element.getBoundingClientRect()
              return `${element.tagName}.${element.className} ${width.toFixed()}x${height.toFixed()}`
            }),
          })),
    ),
  )

const seenIn = (page: Page) => Promise.all([shownBy(page), keysHeard(page), papersIn(page), faultsOf(page)])
type Seen = Awaited<ReturnType<typeof seenIn>>

/** In one line, what tells most first. */
function briefly(seen: Seen | string): string {
  if (typeof seen === 'string') return seen
  const [{ page, focus = '', ...shown }, keys, , faults] = seen
  const said = { ...shown, faults, focus: focus.slice(0, 120), keys: keys.slice(-6), page }
  return JSON.stringify(said).slice(0, maxBrief)
}

let test: TestContext['task'] | null = null

/** Once for a failed test: by the first of its hooks that closes a window, else by ours, which come after those of a suite. */
async function tell(): Promise<void> {
  if (test?.result?.state !== 'fail') return
  const { name, result } = test
  test = null
  for (const page of runningPages()) {
    const seen = await Promise.race([
      seenIn(page).catch((error: unknown) => String(error)),
      new Promise<string>((done) => setTimeout(done, 10_000, 'the window does not answer')),
    ])
    const words = `「${name}」 failed in front of: ${JSON.stringify(seen, null, 1)}`
    // Beside the failure, which stands at the end of the log; what was printed meanwhile may be cut off.
    const [first] = result.errors ?? []
    if (!first) {
      console.error(words)
      continue
    }
    first.message += `\n${words}`
    // The report that is read at the end of a run has the stack alone.
    first.stack = `${briefly(seen)}\n${first.stack ?? ''}`
  }
}

tellBeforeClosing(tell)
beforeEach(({ task }) => void (test = task))
afterEach(tell)
