import { onBeforeUnmount, onMounted } from 'vue'
import { isValidNumber } from '../../src-main/platform/check-digit.ts'
import { isComposing } from './ime.ts'

/** A scanner (keyboard wedge) sends a character every few milliseconds; no hand types two within this time (ms). */
const longestGapMs = 50
/** Shorter codes are left to whoever types fast. */
const shortestCode = 6

export interface Keystroke {
  readonly key: string
  /** Milliseconds, `event.timeStamp`. */
  readonly at: number
}

/**
 * Tells a scan from typing: fast characters with a digit among them, ended by Enter as fast. Feed it every key; it
 * answers with the code when the Enter that ends one comes. `begun` is true for the first character of what may be one.
 */
export class ScanListener {
  #code = ''
  #last = Number.NEGATIVE_INFINITY

  hear({ key, at }: Keystroke): { begun: boolean; code: string | null } {
    // A capital letter comes with its Shift, which says nothing.
    if (key === 'Shift') return { begun: false, code: null }
    const fast = at - this.#last <= longestGapMs
    this.#last = at
    if (key.length === 1) {
      const begun = !fast || this.#code === ''
      this.#code = begun ? key : this.#code + key
      return { begun, code: null }
    }
    const code =
      key === 'Enter' && fast && this.#code.length >= shortestCode && /\d/.test(this.#code) ? this.#code : null
    this.#code = ''
    return { begun: false, code }
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement
const isField = (element: Element | null): element is Field =>
  (element instanceof HTMLInputElement && element.type !== 'checkbox') || element instanceof HTMLTextAreaElement

/** Puts back what stood in a field, as if nothing had been typed. */
function restore(field: Field, value: string): void {
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  if (document.activeElement === field) field.select()
}

export interface Scan {
  readonly code: string
  /** The field the scanner typed into; null where none had the focus. Its text is as before unless `keep` is called. */
  readonly field: Element | null
  /** Leaves the code in the field: it was meant for it. */
  readonly keep: () => void
}

interface Ear {
  readonly hear: (scan: Scan) => void
  readonly when: (code: string) => boolean
  /** The page's own find box is its too: the next may be scanned before the first is found. */
  readonly ownBox: boolean
}
/** The page's own lies over the frame's. */
const ears: Ear[] = []
const listener = new ScanListener()
let before: { field: Field; value: string } | null = null

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || isComposing(event)) return
  const active = document.activeElement
  const { begun, code } = listener.hear({ key: event.key, at: event.timeStamp })
  if (begun) before = isField(active) ? { field: active, value: active.value } : null
  if (code === null) return
  // Begun on a row, which hands what is typed to the find box: scanned on the list, not into the box.
  const handedOn =
    before === null && isField(active) && active.closest('[data-finds], main [role="search"]') ? active : null
  handedOn?.blur()
  const ear = ears.findLast(({ when }) => when(code))
  if (!ear) return handedOn?.focus()
  const standing = before && before.field === active ? before.value : ''
  if (handedOn === null && leftToField(active, code, standing, ear)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const target = before
  if (target) restore(target.field, target.value)
  else if (handedOn) restore(handedOn, '')
  ear.hear({ code, field: target?.field ?? null, keep: () => target && restore(target.field, code) })
}

/** Whether `code` is only the end of a number that began in the field: somebody, or a busy PC, stopped in the middle. */
export const endsNumber = (standing: string, code: string): boolean =>
  standing.trim() !== '' && !isValidNumber(standing) && isValidNumber(standing + code)

/** A box that finds by itself keeps plain numbers. A password is nobody's code, unless it is a number of ours. */
function leftToField(active: Element | null, code: string, standing: string, { ownBox }: Ear): boolean {
  if (active instanceof HTMLInputElement && active.type === 'password') return !isValidNumber(code)
  if (!active?.closest('[role="search"], [data-finds]') || !/^[\w\s-]+$/.test(code)) return false
  if (endsNumber(standing, code)) return true
  return !ownBox || active.closest('main [role="search"]') === null || !isValidNumber(code)
}

/**
 * Hears a scanner wherever the focus is. What it typed is taken out of the field again, so that a code never becomes an
 * amount, and its Enter confirms nothing. `ground`: heard where no page has an ear of its own.
 */
export function useScanner(
  hear: (scan: Scan) => void,
  {
    when = () => true,
    ground = false,
    ownBox = false,
  }: { when?: (code: string) => boolean; ground?: boolean; ownBox?: boolean } = {},
): void {
  const ear: Ear = { hear, when, ownBox }
  onMounted(() => {
    if (ears.length === 0) window.addEventListener('keydown', onKey, { capture: true })
    if (ground) ears.unshift(ear)
    else ears.push(ear)
  })
  onBeforeUnmount(() => {
    ears.splice(ears.indexOf(ear), 1)
    if (ears.length === 0) window.removeEventListener('keydown', onKey, { capture: true })
  })
}
