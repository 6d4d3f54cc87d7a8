/** With nothing under the hand, as on a page just opened or after a dialog that took its row away, an arrow leads to the rows. */
import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { openDialog } from '../shell/key-layers.ts'
import { isFocusFree } from './focus.ts'
import { isCombined } from './ime.ts'

/** @param body holds the rows · @param go gives one of them the focus */
export function useArrowFromNowhere(body: Readonly<Ref<HTMLElement | null>>, go: () => void): void {
  useEventListener(document, 'keydown', (event) => {
    if (event.defaultPrevented || isCombined(event) || !['ArrowDown', 'ArrowUp'].includes(event.key)) return
    if (!isFocusFree() || openDialog() !== null || body.value?.checkVisibility() !== true) return
    if (body.value.querySelector('tr') === null) return
    event.preventDefault()
    go()
  })
}
