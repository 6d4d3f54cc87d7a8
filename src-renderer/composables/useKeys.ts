import { getCurrentInstance, onBeforeUnmount, onMounted, onActivated, onDeactivated } from 'vue'
import { pushLayer, type KeyHandlers } from '../shell/key-layers.ts'
import { screenOf } from '../shell/keys.ts'

export interface UseKeysOptions {
  /** Keys work only while this is true. */
  readonly when?: () => boolean
  /** Whether the keys can be done now; pressed before that, while the page is at work, they are kept and done then. */
  readonly ready?: () => boolean
  /** For a dialog: while active, keys of the page below do nothing. */
  readonly modal?: boolean
  /** Heard behind an open dialog too. */
  readonly always?: boolean
  /** Name under which the words for F1 stand in `shell/keys.ts`; by default the first part of the path. */
  readonly screen?: string
}

/**
 * Gives keys to a page or part for as long as it is on the screen: `useKeys({ F5: payCash, F12: confirm })`.
 * A combo that types a character does not compile. Keys held down, and keys of an input method, are not actions.
 */
export function useKeys(
  handlers: KeyHandlers,
  { when = () => true, ready = () => true, modal = false, always = false, screen }: UseKeysOptions = {},
): void {
  const instance = getCurrentInstance()
  const element = () => {
    const root: unknown = instance?.proxy?.$el
    return root instanceof Element ? root : null
  }
  // A part in a tab that is not on the screen has no keys.
  const shown = () => element()?.checkVisibility() ?? true
  let remove: (() => void) | null = null
  const add = () => {
    remove ??= pushLayer({
      screen: screen ?? screenOf(location.hash.slice(1)),
      handlers,
      active: () => when() && shown(),
      ready,
      modal,
      always,
      element,
    })
  }
  const drop = () => {
    remove?.()
    remove = null
  }
  onMounted(add)
  onActivated(add)
  onDeactivated(drop)
  onBeforeUnmount(drop)
}
