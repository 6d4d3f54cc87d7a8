/** The last keys a window heard, for what is said when a test fails: whether a key came at all, where to, and who took it. */
import type { Page } from 'playwright-core'

interface HeardKey {
  readonly key: string
  /** performance.now(), whole ms. */
  readonly at: number
  /** What had the focus, what lay in front, and what of the row of typed-ahead keys stood on the screen. */
  readonly on: string
  readonly front: string
  readonly row: string
  /** Whether somebody took it. */
  taken: boolean
}
type Listening = Window & { heardKeys?: HeardKey[] }

/** Listens from now on, without taking anything. */
export const noteKeys = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: HeardKey[] = ((window as Listening).heardKeys = [])
    const brief = (element: Element | null | undefined) =>
      element ? `${element.tagName.toLowerCase()}.${String(element.className).slice(0, 60)}` : ''
    window.addEventListener(
      'keydown',
      (event) => {
        const { key, ctrlKey, altKey, shiftKey, target } = event
        const one = {
          // What is typed into a field of passwords is nobody's to read.
          key:
            target instanceof HTMLInputElement && target.type === 'password' && key.length === 1
              ? '•'
              : `${ctrlKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shiftKey ? 'Shift+' : ''}${key}`,
          at: Math.round(performance.now()),
          on: brief(target instanceof Element ? target : null),
          front: brief([...document.querySelectorAll('[aria-modal="true"]')].findLast((one) => one.checkVisibility())),
          row: document.querySelector('.kept')?.textContent?.trim() ?? '',
          taken: false,
        }
        heard.push(one)
        if (heard.length > 12) heard.shift()
        setTimeout(() => (one.taken = event.defaultPrevented))
      },
      { capture: true },
    )
  })

/** The oldest first, one line each. */
export const keysHeard = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    ((window as Listening).heardKeys ?? []).map(
      ({ key, at, on, front, row, taken }) =>
        `${String(at)} ${key} on ${on}${front === '' ? '' : ` in front ${front}`}${row === '' ? '' : ` row ${row}`}${taken ? ' taken' : ''}`,
    ),
  )
