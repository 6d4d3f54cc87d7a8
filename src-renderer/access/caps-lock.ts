import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Whether Caps Lock is on, as far as the last key or click told: a password typed in capitals is a wrong one. */
export function useCapsLock(): Readonly<Ref<boolean>> {
  const on = ref(false)
  const look = (event: KeyboardEvent | MouseEvent) => (on.value = event.getModifierState('CapsLock'))
  const events = ['keydown', 'keyup', 'mousedown'] as const
  onMounted(() => events.forEach((name) => window.addEventListener(name, look, { capture: true })))
  onBeforeUnmount(() => events.forEach((name) => window.removeEventListener(name, look, { capture: true })))
  return on
}
