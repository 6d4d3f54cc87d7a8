import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { screenNow } from '../shell/clock.ts'

const tickMs = 1_000

/** The backend's time, moving while the page is on the screen; right at once after a restart. Epoch ms. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(screenNow())
  let timer: ReturnType<typeof setInterval> | null = null
  onMounted(() => (timer = setInterval(() => (now.value = screenNow()), tickMs)))
  onBeforeUnmount(() => timer !== null && clearInterval(timer))
  return now
}
