/**
 * What a page or dialog offers without a key of its own: acts in the rows of a list, seldom ones beside it. One key goes on
 * from one to the next, in a row the arrows walk, Enter does it; so no act needs the mouse, nor Tab through all fields.
 */
import { useEventListener } from '@vueuse/core'
import { isStandIn } from '../composables/focus.ts'
import { isCombined } from '../composables/ime.ts'
import { useKeys } from '../composables/useKeys.ts'
import { openDialog } from './key-layers.ts'

const acts =
  'button:enabled:not([tabindex="-1"], [role="tab"], .el-dialog__headerbtn), td a[href], input[type="file"]:enabled'
const rows = 'tr, li, article, dd'

const isAct = (element: Element): boolean =>
  element.matches(acts) && !element.matches('.key-button') && element.querySelector('kbd') === null

const actsIn = (part: ParentNode): HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(acts)].filter((one) => isAct(one) && one.checkVisibility())

/** Of the dialog in front, else of the page. A question of the program has its own two keys. */
function actsHere(): HTMLElement[] {
  const dialog = openDialog()
  if (dialog?.matches('dialog') || dialog?.querySelector('.el-message-box')) return []
  const part = dialog ?? document.querySelector('[data-page]')
  return part ? actsIn(part) : []
}

/** The act one was on last, and its place among those of its page. */
let last: { readonly act: Element; readonly at: number; readonly page: string } | null = null
function remember({ target }: Event): void {
  if (!(target instanceof Element) || !isAct(target)) return
  const at = actsHere().findIndex((one) => one === target)
  if (at >= 0) last = { act: target, at, page: location.hash }
}

/** The next behind where one is; the first again behind the last. An act that went as it was done leaves its place to the next. */
function nextAct(): HTMLElement | null {
  const all = actsHere()
  const from = document.activeElement
  const isFree = isStandIn(from) || from?.matches('body, [data-page]') === true
  if (last?.page === location.hash && !last.act.isConnected && isFree)
    return all[Math.min(last.at, all.length - 1)] ?? null
  const isBehind = (one: Element) =>
    from !== null &&
    one !== from &&
    (from.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
    !from.matches('body, [data-page]')
  return all.find(isBehind) ?? all.find((one) => one !== from) ?? null
}

/** The act at the same place in the next row that has any. */
function inNextRow(row: Element, at: number, step: 1 | -1): HTMLElement | null {
  const all = [...(row.parentElement?.children ?? [])]
  for (let i = all.indexOf(row) + step; i >= 0 && i < all.length; i += step) {
    const found = actsIn(all[i] as Element)
    if (found.length > 0) return found[Math.min(at, found.length - 1)] ?? null
  }
  return null
}

/** Arrows between the acts of a row and of its neighbours; → from a row of a list to its acts, ← from the first back. */
function walk(event: KeyboardEvent): void {
  const { target } = event
  if (event.defaultPrevented || isCombined(event) || !(target instanceof HTMLElement)) return
  const row = target.closest(rows)
  if (!row || target.closest('[role="radiogroup"], [role="menu"], .el-segmented') !== null) return
  const mine = actsIn(row)
  if (target !== row && !mine.includes(target)) return
  const at = mine.indexOf(target)
  const ways: Readonly<Record<string, () => HTMLElement | null | undefined>> = {
    ArrowRight: () => mine[at + 1],
    ArrowLeft: () => (at === 0 && row.matches('[tabindex]') ? (row as HTMLElement) : mine[at - 1]),
    // A list moves from row to row by itself.
    ArrowDown: () => (at < 0 ? null : inNextRow(row, at, 1)),
    ArrowUp: () => (at < 0 ? null : inNextRow(row, at, -1)),
  }
  const to = ways[event.key]?.()
  if (!to) return
  event.preventDefault()
  to.focus()
}

export function useOtherActs(): void {
  useEventListener(document, 'keydown', walk)
  useEventListener(document, 'focusin', remember)
  useKeys(
    { 'Ctrl+F2': { run: () => nextAct()?.focus(), when: () => nextAct() !== null } },
    { screen: 'acts', always: true },
  )
}
