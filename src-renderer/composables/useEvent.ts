import { onBeforeUnmount, onMounted } from 'vue'
import type { HallEvents } from '../../src-main/platform/contract.ts'

/** Hears an event of the backend for as long as the component is on the screen. */
export function useEvent<E extends keyof HallEvents>(event: E, listener: (data: HallEvents[E]) => void): void {
  let stop: (() => void) | null = null
  onMounted(() => (stop = window.hall.on(event, listener)))
  onBeforeUnmount(() => stop?.())
}
