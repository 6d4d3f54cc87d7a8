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

const tabbable = 'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable="true"]'

/** Where Tab leads from here, as the browser has it: of a choice the chosen one, round at the end. */
export function tabStop(from: Element, back: boolean, within: ParentNode): HTMLElement | null {
  const all = [...within.querySelectorAll<HTMLElement>(tabbable)].filter(
    (one) =>
      one === from ||
      (one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility() && !one.closest('[inert]')),
  )
  const ordered = back ? all.toReversed() : all
  const isRadio = (one: Element) => one instanceof HTMLInputElement && one.type === 'radio' && one.name !== ''
  const groupOf = (one: HTMLElement) => (isRadio(one) ? (one as HTMLInputElement).name : null)
  const stands = (one: HTMLElement) => {
    const name = groupOf(one)
    if (name === null) return true
    const group = ordered.filter((other) => groupOf(other) === name) as HTMLInputElement[]
    return (group.find(({ checked }) => checked) ?? group[0]) === one
  }
  const ahead = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING
  const rest = ordered.filter(
    (one) =>
      one !== from &&
      stands(one) &&
      !(from instanceof HTMLElement && groupOf(from) !== null && groupOf(one) === groupOf(from)),
  )
  return rest.find((one) => (from.compareDocumentPosition(one) & ahead) !== 0) ?? rest[0] ?? null
}
