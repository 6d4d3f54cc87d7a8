/**
 * What is typed while a screen of the start waits for its answer is for the screen that comes: the staff number behind the
 * passphrase, the key of a room behind the password. It is kept meanwhile and typed there, and forgotten with a refusal.
 */
import { isCombined, isComposing } from '../../composables/ime.ts'
import { goOn } from '../../composables/next-field.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey'>

/** A hand that types more has stopped looking. */
const maxTyped = 100
const modifiers = /^(?:Shift|Control|Alt|Meta|CapsLock|NumLock|Process|Dead)$/

/** The screen that comes is there long before (ms); whatever happens to it, the keyboard is not silent for ever. */
const longestMs = 15_000

/** What was pressed and is not typed yet; null while keys go where they always go. */
let row: Pressed[] | null = null
/** An answer is waited for: nothing is typed meanwhile. */
let waits = false
let timer: ReturnType<typeof setTimeout> | undefined

function hear(event: KeyboardEvent): void {
  // What is typed from here is no hand's.
  if (row === null || !event.isTrusted || isComposing(event) || modifiers.test(event.key)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (event.key === 'Backspace' && row.length > 0) row.pop()
  else if (row.length < maxTyped) {
    const { key, code, ctrlKey, altKey, shiftKey } = event
    row.push({ key, code, ctrlKey, altKey, shiftKey })
  }
}

export function keepTyping(): void {
  waits = true
  row ??= []
  window.addEventListener('keydown', hear, { capture: true })
  clearTimeout(timer)
  timer = setTimeout(dropTyping, longestMs)
}
export function dropTyping(): void {
  waits = false
  row = null
  clearTimeout(timer)
  window.removeEventListener('keydown', hear, { capture: true })
}

/**
 * The screen is there and its field has the focus: what was kept is typed, as by hand; what the hand types meanwhile comes
 * behind it. It stops where one of these keys is waited for in its turn.
 */
export async function typeOn(): Promise<void> {
  waits = false
  for (let next = row?.shift(); next; next = waits ? undefined : row?.shift()) {
    press(next)
    // A key that leads to another page has begun to before the next is pressed, as under a hand.
    if (next.key.length > 1 || isCombined(next)) await new Promise((done) => setTimeout(done))
  }
  if (!waits) dropTyping()
}

function press(pressed: Pressed): void {
  const at = document.activeElement ?? document.body
  const untaken = at.dispatchEvent(new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true }))
  if (!untaken) return
  const { key, ctrlKey, altKey } = pressed
  if (key === 'Tab') goOn(at)
  else if (key.length === 1 && !ctrlKey && !altKey && at.matches('input, textarea'))
    document.execCommand('insertText', false, key)
}
