/** What Enter does where neither form nor field has a use of its own for it. */
import { nextField } from './focus.ts'
import { isCombined, isComposing } from './ime.ts'

const isPlainEnter = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && !isCombined(event) && !isComposing(event)

const line = 'input:not([type=file], [role=combobox])'

/** In a field of a form, a choice too, it goes on to the next field; for the window, in the bubble phase. */
export function passEnter(event: KeyboardEvent): void {
  const { target } = event
  if (event.defaultPrevented || !isPlainEnter(event) || !(target instanceof HTMLInputElement)) return
  if (!target.matches(line)) return
  const next = nextField(target)
  if (!next) return
  event.preventDefault()
  next.focus()
  if (next instanceof HTMLInputElement) next.select()
}
