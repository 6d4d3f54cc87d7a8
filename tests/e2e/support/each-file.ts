/**
 * Before each file of tests: a screen of one's own. And what the windows show when a test fails: a log without it tells
 * where somebody waited, not what he saw.
 */
import { afterEach } from 'vitest'
import type { Page } from 'playwright-core'
import { beginFile, faultsOf, runningPages } from './app.ts'
import { keysHeard } from './key-log.ts'

// This module is read anew for each file, the others once for a worker.
await beginFile()

const maxText = 1_500

/** The address, where the focus is, what lies in front, and the words of the page. */
const shownBy = (page: Page) =>
  page.evaluate((max) => {
    const texts = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)]
        .filter((element) => element.checkVisibility())
        .map(({ innerText }) => innerText.replaceAll(/\s+/g, ' ').slice(0, max / 3))
    return {
      address: location.hash,
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

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const page of runningPages()) {
    const seen = await Promise.race([
      Promise.all([shownBy(page), keysHeard(page), papersIn(page), faultsOf(page)]).catch((error: unknown) =>
        String(error),
      ),
      new Promise<string>((done) => setTimeout(done, 10_000, 'the window does not answer')),
    ])
    const words = `「${task.name}」 failed in front of: ${JSON.stringify(seen, null, 1)}`
    // Beside the failure, which stands at the end of the log; what was printed meanwhile may be cut off.
    const [first] = task.result.errors ?? []
    if (first) first.message += `\n${words}`
    else console.error(words)
  }
})
