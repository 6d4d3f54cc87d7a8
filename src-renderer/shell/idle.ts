import { onBeforeUnmount, onMounted } from 'vue'

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
/** How often idleness is looked at (ms). */
const lookEveryMs = 5_000

/** Whether nobody has touched the PC for that long. A sleeping PC counts: the clock is asked, not a timer. */
export const isIdle = (lastSignAt: number, now: number, minutes: number): boolean =>
  now - lastSignAt >= minutes * 60_000

/** Calls `act` once nobody has touched key or mouse for `minutes()`; then waits for the next sign of life. */
export function useIdle(minutes: () => number, act: () => void): void {
  let last = Date.now()
  let timer: number | undefined
  const touched = () => {
    last = Date.now()
  }
  const look = () => {
    if (!isIdle(last, Date.now(), minutes())) return
    touched()
    act()
  }
  onMounted(() => {
    for (const sign of signs) window.addEventListener(sign, touched, { capture: true, passive: true })
    timer = window.setInterval(look, lookEveryMs)
  })
  onBeforeUnmount(() => {
    for (const sign of signs) window.removeEventListener(sign, touched, { capture: true })
    window.clearInterval(timer)
  })
}
