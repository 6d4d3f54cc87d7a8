/** Chinese input methods confirm a word with Enter: that Enter belongs to the method, never to the form. */
import type { Directive } from 'vue'

/** Chromium reports keys eaten by an input method with this code where `isComposing` is not set yet. */
const eatenByInputMethod = 229

/** Whether a key belongs to an input method at work. */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  event.isComposing || event.keyCode === eatenByInputMethod

/** A key with Ctrl, Alt or Shift is a combo of the page: a list or field that acts on plain keys leaves it alone. */
export const isCombined = (event: Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'shiftKey'>): boolean =>
  event.ctrlKey || event.altKey || event.shiftKey

/** Runs `act` for a plain Enter that confirms, not for one that ends a composition. */
export function onEnter(act: (event: KeyboardEvent) => void): (event: Event) => void {
  return (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return
    if (isCombined(event) || isComposing(event)) return
    event.preventDefault()
    act(event)
  }
}

export type EnterDirective = Directive<HTMLElement, () => void>

const acts = new WeakMap<HTMLElement, () => void>()

/** `v-enter="confirm"`: Enter inside the element confirms, composition-safe. */
export const vEnter: EnterDirective = {
  mounted(element, { value }) {
    acts.set(element, value)
    element.addEventListener(
      'keydown',
      onEnter(() => acts.get(element)?.()),
    )
  },
  updated(element, { value }) {
    acts.set(element, value)
  },
}
