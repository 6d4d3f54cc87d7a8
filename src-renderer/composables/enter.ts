/** What Enter does where neither form nor field has a use of its own for it. */
import { isCombined, isComposing, takesProposal } from './ime.ts'
import { goOn } from './next-field.ts'

const isPlainEnter = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && !isCombined(event) && !isComposing(event)

const line = 'input:not([type=file], [role=combobox])'

/** Element Plus eats each Enter in a field with proposals; one that takes none of them is the form's, as in any field. */
const isLeftToForm = (event: KeyboardEvent, field: HTMLInputElement): boolean =>
  field.matches('[aria-autocomplete="list"]') && !takesProposal(event) && field.closest('[data-enter-acts]') === null

/** In a field of a form, a choice too, it goes on to the next field; for the window, in the bubble phase. */
export function passEnter(event: KeyboardEvent): void {
  const { target } = event
  if (!isPlainEnter(event) || !(target instanceof HTMLInputElement) || !target.matches(line)) return
  if (event.defaultPrevented && !isLeftToForm(event, target)) return
  if (goOn(target)) event.preventDefault()
}
