/** With nothing under the hand, as on a page just opened or after a dialog that took its row away, an arrow leads to the rows. */
import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { openDialog } from '../shell/key-layers.ts'
import { isFocusFree } from './focus.ts'
import { isCombined } from './ime.ts'

/** Nothing in particular has the focus, in the dialog the rows stand in as on a page. */
export function isIdleAt(body: HTMLElement | null): boolean {
  const front = openDialog()
  if (front !== null && !front.contains(body)) return false
  const at = document.activeElement
  return isFocusFree() || (front !== null && at?.matches('.el-dialog') === true && front.contains(at))
}

/** @param body holds the rows · @param go gives one of them the focus · @param rows what a row is there */
export function useArrowFromNowhere(body: Readonly<Ref<HTMLElement | null>>, go: () => void, rows = 'tr'): void {
  useEventListener(document, 'keydown', (event) => {
    if (event.defaultPrevented || isCombined(event) || !['ArrowDown', 'ArrowUp'].includes(event.key)) return
    if (!isIdleAt(body.value) || body.value?.checkVisibility() !== true) return
    if (body.value.querySelector(rows) === null) return
    event.preventDefault()
    go()
  })
}
