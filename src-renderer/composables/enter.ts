/** What Enter does where neither form nor field has a use of its own for it. */
import { isCombined, isComposing, takesProposal } from './ime.ts'
import { goOn } from './next-field.ts'

const isPlainEnter = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && !isCombined(event) && !isComposing(event)

const line = 'input:not([type=file], [role=combobox])'

/** A find box that looks for somebody: going on, the next number typed would stand in a field it was not meant for. */
const looksForSomebody = (field: HTMLInputElement): boolean =>
  field.closest('[role="search"]') !== null && field.value.trim() !== ''

/** Element Plus eats each Enter in a field with proposals; one that takes none of them is the form's, as in any field. */
const isLeftToForm = (event: KeyboardEvent, field: HTMLInputElement): boolean =>
  field.matches('[aria-autocomplete="list"]') &&
  !takesProposal(event) &&
  !looksForSomebody(field) &&
  field.closest('[data-enter-acts]') === null

/** In a field of a form, a choice too, it goes on to the next field; for the window, in the bubble phase. */
export function passEnter(event: KeyboardEvent): void {
  const { target } = event
  if (!isPlainEnter(event) || !(target instanceof HTMLInputElement) || !target.matches(line)) return
  if (event.defaultPrevented && !isLeftToForm(event, target)) return
  if (goOn(target)) event.preventDefault()
}

/** A choice whose list is closed: what is chosen in it, null while nothing is. */
const chosenIn = (target: Element): Element | null =>
  target.getAttribute('aria-expanded') === 'true'
    ? null
    : (target.closest('.el-select')?.querySelector('.el-select__placeholder:not(.is-transparent)') ?? null)

/**
 * In a choice of a form that was made, and whose list is closed, Enter goes on too: opening the list once more, it would
 * take what is typed next for a search in it. For the window, in the capture phase: the choice stops each Enter.
 */
export function passChosen(event: KeyboardEvent): void {
  const { target } = event
  // One that ends what is still waiting for its field has been taken already (type-ahead).
  if (event.defaultPrevented || !isPlainEnter(event) || event.repeat) return
  if (!(target instanceof Element) || chosenIn(target) === null) return
  if (!goOn(target)) return
  event.preventDefault()
  event.stopPropagation()
}
