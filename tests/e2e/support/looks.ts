/**
 * What a person at a small screen would stumble over, measured in the page: text that is cut or lies outside the window,
 * a page that is wider than the window, buttons nobody can reach, and colours too close to their ground.
 */
import type { ElectronApplication, Page } from 'playwright-core'
import { misnamed } from '../../support/key-words.ts'
import { printed } from './keys.ts'

/** One kind of fault: the check and where, in words that are the same for its brothers on other pages. */
export interface Fault {
  readonly check: 'wide' | 'cut' | 'outside' | 'unreachable' | 'contrast' | 'covered' | 'upright'
  readonly where: string
  readonly text: string
}

/** Whatever lies over the page and is answered first. */
export const anyDialog = '[aria-modal="true"], dialog[open]'

/** A walk through all pages does not wait for what only fades; the pages are what they are after it. */
export const stillness = (electron: ElectronApplication): Promise<unknown> =>
  electron.evaluate(({ BrowserWindow }) =>
    Promise.all(
      BrowserWindow.getAllWindows().map(({ webContents }) =>
        webContents.insertCSS('*, *::before, *::after { transition: none !important; animation: none !important; }'),
      ),
    ),
  )

/** Waits until nothing in the page has changed for a moment (ms) and no list is being read. */
export const settled = (page: Page, quiet = 120): Promise<void> =>
  page.evaluate(
    (quietMs) =>
      new Promise<void>((resolve) => {
        // By a timer: a look at each frame would have all of them drawn.
        let timer = setTimeout(done, quietMs)
        const watcher = new MutationObserver(again)
        watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
        function again() {
          clearTimeout(timer)
          timer = setTimeout(done, quietMs)
        }
        function done() {
          if (document.querySelector('.el-loading-mask')?.checkVisibility()) return again()
          watcher.disconnect()
          resolve()
        }
      }),
    quiet,
  )

/** The page is still once this is over. */
export async function zoomTo(page: Page, zoom: number): Promise<void> {
  if (await page.evaluate((width) => Math.abs(innerWidth - width) <= 2, 1366 / zoom)) return settled(page, 40)
  await page.evaluate((factor) => (window as unknown as { hall: { zoom(f: number): void } }).hall.zoom(factor), zoom)
  await page.waitForFunction((width) => Math.abs(innerWidth - width) <= 2, 1366 / zoom)
  // Nothing is read anew: only what measures itself draws once more.
  await settled(page, 40)
}

/** What F1 tells of the page that is open: each key as its button has it, each with one meaning. A fault is what stays. */
export async function faultsOfKeyHelp(page: Page): Promise<string[]> {
  if ((await keyHelpNow(page)).length === 0) return []
  await settled(page, 600)
  return keyHelpNow(page)
}

async function keyHelpNow(page: Page): Promise<string[]> {
  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: '本页快捷键' })
  await help.waitFor()
  const { listed, buttons } = await page.evaluate(() => ({
    listed: [...document.querySelectorAll('[data-combo]')].map((one) => [
      one.getAttribute('data-combo') ?? '',
      one.nextElementSibling?.firstChild?.textContent?.trim() ?? '',
    ]),
    buttons: [...document.querySelectorAll<HTMLElement>('main .key-button:not(.is-disabled)')]
      .filter((button) => button.checkVisibility())
      .map((button) => button.querySelector(':scope kbd')?.textContent?.trim() ?? ''),
  }))
  const shown = listed.map(([combo = '']) => printed(combo))
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden' })
  return [
    ...listed.flatMap(([combo = '', label = '']) => misnamed(combo, label) ?? []),
    ...buttons.filter((key) => !shown.includes(key)).map((key) => `${key} 在按钮上，F1 里没有`),
    ...(new Set(shown).size === shown.length ? [] : ['同一个键列了两次']),
    ...(new Set(buttons).size === buttons.length ? [] : ['两个按钮印着同一个键']),
  ]
}

/** What is wrong on the screen. A page on a busy machine may still be laying itself out: a fault is what stays. */
export async function measureLooks(page: Page): Promise<Fault[]> {
  if ((await faultsNow(page)).length === 0) return []
  await settled(page, 600)
  return faultsNow(page)
}

const faultsNow = (page: Page): Promise<Fault[]> =>
  page.evaluate((dialogs) => {
    type Rgba = [number, number, number, number]
    interface Found {
      check: 'wide' | 'cut' | 'outside' | 'unreachable' | 'contrast' | 'covered' | 'upright'
      where: string
      text: string
    }
    const faults: Found[] = []
    const slack = 2

    /** The element as its file's author would find it: tag and classes, and those of what it lies in. */
    const name = (element: Element): string => {
      const one = (node: Element) =>
        node.tagName.toLowerCase() +
        [...node.classList]
          .filter((word) => !/^is-|^el-(button--(default|small|large))$/.test(word))
          .slice(0, 2)
          .map((word) => `.${word}`)
          .join('')
      const up: string[] = []
      for (let node: Element | null = element; node && up.length < 3; node = node.parentElement) up.unshift(one(node))
      return up.join(' > ')
    }
    const add = (check: Found['check'], element: Element, text: string, more = '') =>
      faults.push({ check, where: `${name(element)}${more}`, text: text.trim().slice(0, 40) })

    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const known = new Map<string, Rgba>()
    const colour = (text: string): Rgba => {
      let found = known.get(text)
      if (found) return found
      const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text)
      if (parts) found = [Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 1)]
      else if (canvas) {
        canvas.clearRect(0, 0, 1, 1)
        canvas.fillStyle = text
        canvas.fillRect(0, 0, 1, 1)
        const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
        found = [r, g, b, a / 255]
      } else found = [0, 0, 0, 1]
      known.set(text, found)
      return found
    }
    const over = ([r, g, b, a]: Rgba, [R, G, B]: Rgba): Rgba => [
      r * a + R * (1 - a),
      g * a + G * (1 - a),
      b * a + B * (1 - a),
      1,
    ]
    const light = ([r, g, b]: Rgba) => {
      const part = (value: number) => {
        const v = value / 255
        return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
      }
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }
    const ratio = (a: Rgba, b: Rgba) => {
      const [high = 0, low = 0] = [light(a), light(b)].sort((x, y) => y - x)
      return (high + 0.05) / (low + 0.05)
    }
    /** The ground a text stands on, and how much of the text its ancestors let through. */
    const groundOf = (element: Element): { ground: Rgba; opacity: number } | null => {
      const layers: Rgba[] = []
      let opacity = 1
      // The thumb of a segmented control lies under the chosen word, not around it.
      const thumb = element
        .closest('.el-segmented__item.is-selected')
        ?.parentElement?.querySelector('.el-segmented__item-selected')
      if (thumb) return { ground: colour(getComputedStyle(thumb).backgroundColor), opacity: 1 }
      for (let node: Element | null = element; node; node = node.parentElement) {
        const style = getComputedStyle(node)
        opacity *= Number(style.opacity)
        if (style.backgroundImage !== 'none') return null
        const layer = colour(style.backgroundColor)
        if (layer[3] > 0) layers.push(layer)
        if (layer[3] >= 1) break
      }
      let ground: Rgba = [255, 255, 255, 1]
      for (const layer of layers.reverse()) ground = over(layer, ground)
      return { ground, opacity }
    }
    const judge = (element: Element, written: string, text: string, more = '') => {
      const below = groundOf(element)
      if (!below) return
      const style = getComputedStyle(element)
      const [r, g, b, a] = colour(written)
      const seen = over([r, g, b, a * below.opacity], below.ground)
      const size = parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      const got = ratio(seen, below.ground)
      if (got < (large ? 3 : 4.45)) add('contrast', element, text, `${more} ${got.toFixed(1)}`)
    }

    const scrolls = (value: string) => value === 'auto' || value === 'scroll'
    const told = (element: Element): boolean => {
      // Shortened with an ellipsis, and the whole of it is told when pointed at; reasons on buttons stand there whole.
      if (element.closest('.key-button small')) return false
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
      let ellipsis = false
      for (let node: Element | null = element; node; node = node.parentElement) {
        const style = getComputedStyle(node)
        ellipsis ||= style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
        if (ellipsis && node.getAttribute('title')) return true
        if (node.tagName === 'MAIN') break
      }
      return false
    }
    const front = [...document.querySelectorAll(dialogs)].filter((dialog) => dialog.checkVisibility()).at(-1)
    const root: Element = front ?? document.body

    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      const element = node.parentElement
      if (text.trim() === '' || !element) continue
      if (/^(STYLE|SCRIPT|TEXTAREA|OPTION|TITLE)$/.test(element.tagName) || element.closest('svg, iframe, [hidden]'))
        continue
      if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue
      range.selectNodeContents(node)
      const box = range.getBoundingClientRect()
      if (box.width < 1 || box.height < 1) continue
      if (element.closest('.visually-hidden, .sr-only, .el-checkbox__original')) continue

      judge(element, getComputedStyle(element).color, text)
      // Squeezed into a column of one or two characters it is read downwards, which nobody does.
      const em = parseFloat(getComputedStyle(element).fontSize)
      if (text.trim().length > 2 && box.width < 2.2 * em && range.getClientRects().length > 2)
        add('upright', element, text)

      let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom]
      let cut: Element | null = null
      let reachX = false
      let reachY = false
      for (let up: Element | null = element; up && up !== document.body; up = up.parentElement) {
        const style = getComputedStyle(up)
        if (style.display === 'inline' || style.display === 'contents') continue
        const area = up.getBoundingClientRect()
        const clipX = style.overflowX !== 'visible'
        const clipY = style.overflowY !== 'visible'
        // A table cell's own box may be a hair narrower than its letters.
        if (clipX && !reachX) {
          if (scrolls(style.overflowX)) reachX = up.scrollWidth > up.clientWidth
          // Tabs that do not fit have arrows at their sides.
          else if (up.matches('.is-scrollable > .el-tabs__nav-scroll')) reachX = true
          else if (left < area.left - slack || right > area.right + slack) cut ??= up
          left = Math.max(left, area.left)
          right = Math.min(right, area.right)
        }
        if (clipY && !reachY) {
          if (scrolls(style.overflowY)) reachY = up.scrollHeight > up.clientHeight
          else if (top < area.top - slack || bottom > area.bottom + slack) cut ??= up
          top = Math.max(top, area.top)
          bottom = Math.min(bottom, area.bottom)
        }
        if (style.position === 'fixed') break
      }
      if (cut && !told(element)) add('cut', element, text)
      else if (
        (!reachX && (right > innerWidth + slack || left < -slack)) ||
        (!reachY && bottom > innerHeight + slack)
      ) {
        if (!cut) add('outside', element, text)
      }
      // A word that has grown out of its button or tag stands on its neighbour.
      const held = element.closest('button, .state-tag, .el-tag, .el-radio-button__inner, .el-form-item__label')
      if (held && !cut && !told(element)) {
        const area = held.getBoundingClientRect()
        if (box.left < area.left - slack || box.right > area.right + slack)
          add('cut', element, text, ' (out of its frame)')
        else if (box.top < area.top - slack || box.bottom > area.bottom + slack)
          add('cut', element, text, ' (out of its frame)')
      }
    }

    for (const field of root.querySelectorAll<HTMLInputElement>('input, textarea')) {
      if (!field.checkVisibility({ checkOpacity: true }) || /^(checkbox|radio|file)$/.test(field.type)) continue
      if (field.value !== '') judge(field, getComputedStyle(field).color, field.value, ' value')
      else if (field.placeholder !== '') {
        judge(field, getComputedStyle(field, '::placeholder').color, field.placeholder, ' placeholder')
        if (field.tagName === 'INPUT' && field.scrollWidth > field.clientWidth + slack && !told(field))
          add('cut', field, field.placeholder, ' placeholder')
      }
    }

    // What is wrong with a field, or was refused, is read where it stands: no proposals and no calendar lie over it.
    for (const told of root.querySelectorAll('.el-form-item__error, [role="alert"]')) {
      if (!told.checkVisibility() || told.textContent.trim() === '') continue
      range.selectNodeContents(told)
      const box = range.getBoundingClientRect()
      for (const y of [0.25, 0.5, 0.8].map((part) => box.top + part * box.height)) {
        const over = document.elementFromPoint((box.left + box.right) / 2, y)
        // Scrolled away is not covered.
        if (!over || over.contains(told) || told.contains(over)) continue
        const scroller = told.closest('.el-dialog__body, .el-drawer__body, main')?.getBoundingClientRect()
        if (scroller && (y < scroller.top || y > scroller.bottom)) continue
        add('covered', told, told.textContent, ` by ${name(over)}`)
        break
      }
    }

    for (const button of root.querySelectorAll('button, .el-button')) {
      if (!button.checkVisibility()) continue
      const box = button.getBoundingClientRect()
      if (box.width === 0) continue
      const inside = box.right <= innerWidth + slack && box.left >= -slack && box.bottom <= innerHeight + slack
      if (inside) continue
      let reach = false
      for (let up = button.parentElement; up; up = up.parentElement) {
        const style = getComputedStyle(up)
        reach ||=
          (scrolls(style.overflowY) && up.scrollHeight > up.clientHeight) ||
          (scrolls(style.overflowX) && up.scrollWidth > up.clientWidth)
      }
      if (!reach) add('unreachable', button, button.textContent ?? '')
    }
    if (front) {
      // What a dialog is closed or confirmed with must be in sight, or a scroll away.
      const foot = front.querySelector('.el-dialog__footer')
      const area = front.closest('.el-overlay-dialog, .el-drawer') ?? front
      const bottom = foot?.getBoundingClientRect().bottom ?? 0
      if (bottom > innerHeight + slack && area.scrollHeight <= area.clientHeight) add('unreachable', foot ?? front, '')
    }

    const page = document.documentElement
    if (page.scrollWidth > innerWidth + slack) add('wide', page, `${page.scrollWidth} in ${innerWidth}`)
    const main = document.querySelector('main')
    if (main && main.scrollWidth > main.clientWidth + slack) {
      const right = main.getBoundingClientRect().right
      const wide = [...main.querySelectorAll('*')].findLast((one) => one.getBoundingClientRect().right > right + slack)
      add('wide', wide ?? main, `${main.scrollWidth} in ${main.clientWidth}`, ' in main')
    }
    return faults
  }, anyDialog)
