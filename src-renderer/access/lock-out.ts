import { computed, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue'
import { screenNow } from '../shell/clock.ts'

/** '14:05' minutes and seconds until an instant (epoch ms); empty once it has come. */
export function showRemaining(until: number | null, now: number): string {
  if (until === null || until <= now) return ''
  const seconds = Math.ceil((until - now) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/**
 * What an attempt was answered, and how long the lock-out lasts by the second. `failed`: an attempt that got no answer; it
 * stays said until somebody types, since a passing message would leave an empty field without a word.
 */
export function useRefusal(failed: Ref<{ readonly message: string } | null> = ref(null)): {
  readonly words: ComputedRef<string>
  readonly take: (answer: { readonly message: string; readonly lockedUntil: number | null }) => void
  readonly forget: () => void
} {
  const message = ref('')
  const until = ref<number | null>(null)
  const now = ref(screenNow())
  let timer: number | undefined
  onMounted(() => (timer = window.setInterval(() => (now.value = screenNow()), 1000)))
  onBeforeUnmount(() => window.clearInterval(timer))
  const words = computed(() => {
    if (until.value === null) return message.value || (failed.value?.message ?? '')
    const remaining = showRemaining(until.value, now.value)
    return remaining === '' ? '锁定已解除，请重新输入密码' : `${message.value}（还需 ${remaining}）`
  })
  return {
    words,
    take(answer) {
      now.value = screenNow()
      message.value = answer.message
      until.value = answer.lockedUntil
    },
    forget() {
      message.value = ''
      until.value = null
      failed.value = null
    },
  }
}
