/** Chinese input methods confirm a word with Enter: that Enter belongs to the method, never to the form. */
import type { Directive } from 'vue'
import { goOn } from './next-field.ts'

/** Chromium reports keys eaten by an input method with this code where `isComposing` is not set yet. */
const eatenByInputMethod = 229

/** Whether a key belongs to an input method at work. */
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean =>
  event.isComposing || event.keyCode === eatenByInputMethod

/** A key with Ctrl, Alt or Shift is a combo of the page: a list or field that acts on plain keys leaves it alone. */
export const isCombined = (event: Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'shiftKey'>): boolean =>
  event.ctrlKey || event.altKey || event.shiftKey

/** Whether a key begins a text, or a word of an input method. */
export const typesText = ({ key }: Pick<KeyboardEvent, 'key'>): boolean =>
  (key.length === 1 && key !== ' ') || key === 'Process'

/** Runs `act` for a plain Enter that confirms, not for one that ends a composition. */
export function onEnter(act: (event: KeyboardEvent) => void): (event: Event) => void {
  return (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return
    if (isCombined(event) || isComposing(event)) return
    event.preventDefault()
    act(event)
  }
}

/** Whether Enter takes a proposal that an arrow has marked under this field, so that it is no Enter of the form. */
export function takesProposal({ target }: Pick<Event, 'target'>): boolean {
  if (!(target instanceof Element) || !target.matches('[aria-autocomplete="list"]')) return false
  const list = document.getElementById(target.getAttribute('aria-controls') ?? '')
  return (
    target.closest('[role="combobox"]')?.getAttribute('aria-expanded') === 'true' &&
    (list?.querySelector('.highlighted') ?? null) !== null
  )
}

export type EnterDirective = Directive<HTMLElement, () => void>

const acts = new WeakMap<HTMLElement, () => void>()

/** On a button or a link Enter does what stands on it. */
const isOnAct = ({ target }: Event): boolean => target instanceof Element && target.closest('button, a[href]') !== null

/**
 * `v-enter="confirm"`: Enter goes on from field to field, as in every form, and confirms in the last one; composition-safe.
 * What is confirmed from the first field would be booked before the others were seen.
 */
export const vEnter: EnterDirective = {
  mounted(element, { value }) {
    acts.set(element, value)
    const confirm = onEnter(({ target }) => {
      if (!(target instanceof Element && goOn(target, element))) acts.get(element)?.()
    })
    element.dataset['enterActs'] = ''
    element.addEventListener('keydown', (event) => {
      if (!isOnAct(event) && !takesProposal(event)) confirm(event)
    })
  },
  updated(element, { value }) {
    acts.set(element, value)
  },
}
