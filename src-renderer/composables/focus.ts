import { nextTick, onMounted } from 'vue'

const fields = 'input:not([type=hidden]):not([disabled]):not([readonly]), textarea:not([disabled]), [tabindex="0"]'

/** Moves the focus to the field of that name (`data-field`, `name` or `id`) and selects what stands in it. */
export function focusField(name: string, within: ParentNode = document): boolean {
  const safe = CSS.escape(name)
  const named = within.querySelector<HTMLElement>(`[data-field="${safe}"], [name="${safe}"], #${safe}`)
  const field = named?.matches(fields) ? named : named?.querySelector<HTMLElement>(fields)
  if (!field) return false
  field.scrollIntoView({ block: 'nearest' })
  field.focus()
  if (field instanceof HTMLInputElement) field.select()
  return true
}

/** Focus on the first field inside an element; a list's current row counts as a field. */
export function focusFirst(within: ParentNode): void {
  within.querySelector<HTMLElement>(`[data-autofocus] :is(${fields}), [data-autofocus]:is(${fields})`)?.focus()
  if (within.querySelector(':focus')) return
  within.querySelector<HTMLElement>(fields)?.focus()
}

/** Each page's first field has the focus when the page opens. */
export function useFirstFocus(): void {
  onMounted(() =>
    nextTick(() => {
      const page = document.querySelector<HTMLElement>('[data-page]')
      if (page && !page.contains(document.activeElement)) focusFirst(page)
    }),
  )
}
