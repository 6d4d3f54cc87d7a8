/** Which fields there are to type in, and which comes after which; the login page needs no more of `focus.ts` than this. */
export const fields =
  'input:not([type=hidden]):not([disabled]):not([readonly]), textarea:not([disabled]), [tabindex="0"]'

/** Stops on the way through a form: a button that chooses a file is asked for one like any field. */
const stops = `${fields}, button[data-chooses]:not([disabled])`

/**
 * The field after this one in its form, as Tab would find it; null behind the last. A page filled in from top to bottom that
 * is made of several forms is marked `data-parts`: behind the last field of one comes the first of the next.
 */
export const nextField = (from: Element, within?: ParentNode): HTMLElement | null =>
  within
    ? fieldAfter(from, within)
    : (fieldAfter(from, from.closest('form')) ?? fieldAfter(from, from.closest('[data-parts]')))

/** Of a choice the chosen one is its stop; where nothing is chosen yet the first, or Enter would pass the question by. */
function isPassed(field: HTMLElement, within: ParentNode | null): boolean {
  if (!(field instanceof HTMLInputElement) || field.type !== 'radio' || field.checked) return false
  const group = [...(within?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])].filter(
    ({ name }) => name === field.name,
  )
  return field.name === '' || group.some(({ checked }) => checked) || group[0] !== field
}

function fieldAfter(from: Element, within: ParentNode | null): HTMLElement | null {
  const all = [...(within?.querySelectorAll<HTMLElement>(stops) ?? [])].filter(
    (field) => field.tabIndex >= 0 && field.checkVisibility() && !isPassed(field, within) && !field.closest('[inert]'),
  )
  const at = all.findIndex((field) => field === from)
  return at < 0 ? null : (all[at + 1] ?? null)
}

/** Goes on to the field after this one, as Tab does: what stands there is selected. @returns whether there is one */
export function goOn(from: Element, within?: ParentNode): boolean {
  const next = nextField(from, within)
  if (!next) return false
  next.focus()
  if (next instanceof HTMLInputElement) next.select()
  return true
}
