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

let row: Pressed[] | null = null
let timer: ReturnType<typeof setTimeout> | undefined

function hear(event: KeyboardEvent): void {
  if (row === null || isComposing(event) || modifiers.test(event.key)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (event.key === 'Backspace') row.pop()
  else if (row.length < maxTyped) {
    const { key, code, ctrlKey, altKey, shiftKey } = event
    row.push({ key, code, ctrlKey, altKey, shiftKey })
  }
}

export function keepTyping(): void {
  row = []
  clearTimeout(timer)
  timer = setTimeout(dropTyping, longestMs)
  window.addEventListener('keydown', hear, { capture: true })
}
export function dropTyping(): void {
  row = null
  clearTimeout(timer)
  window.removeEventListener('keydown', hear, { capture: true })
}

/** The screen is there and its field has the focus: what was kept is typed, as by hand. */
export async function typeOn(): Promise<void> {
  const typed = row ?? []
  dropTyping()
  for (const pressed of typed) {
    press(pressed)
    // A key that leads to another page has begun to before the next is pressed, as under a hand.
    if (pressed.key.length > 1 || isCombined(pressed)) await new Promise((done) => setTimeout(done))
  }
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
