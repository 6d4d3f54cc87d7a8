/** A text that is cut short with "…" says the whole of itself to whoever points at it, in every list, tag and field. */

/** How far above the pointed-at element the cut may be made: a word in a cell, a cell in a row. */
const maxUp = 3
const ours = new WeakSet<Element>()

const isCut = (element: Element): boolean =>
  element.scrollWidth > element.clientWidth && getComputedStyle(element).textOverflow === 'ellipsis'

export function tellWhole({ target }: MouseEvent): void {
  let element = target instanceof Element ? target : null
  for (let up = 0; element instanceof HTMLElement && up < maxUp; up++, element = element.parentElement) {
    // What it said before may be no longer so: the cell of a list gets another row.
    if (ours.has(element)) element.removeAttribute('title')
    if (element.title !== '' || !isCut(element)) continue
    ours.add(element)
    element.title =
      element instanceof HTMLInputElement ? element.value || element.placeholder : element.innerText.trim()
    return
  }
}
