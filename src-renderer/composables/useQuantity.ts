import { computed, ref, watch, type Ref } from 'vue'
import type { Typed } from '../components/quantity.ts'

/**
 * The text behind a field for money or gas: follows the model from outside, never rewrites what is being typed, and is
 * put into its written form ('1,234.50') when the field is left.
 */
export function useQuantity<T extends number>(
  model: Ref<T | null>,
  read: (text: string) => Typed<T>,
  show: (value: T) => string,
) {
  const text = ref(model.value === null ? '' : show(model.value))
  const typed = computed(() => read(text.value))
  const focused = ref(false)
  watch(model, (value) => {
    if (value === typed.value.value) return
    text.value = value === null ? '' : show(value)
  })
  const type = (next: string) => {
    text.value = next
    model.value = typed.value.value
  }
  const leave = () => {
    focused.value = false
    if (typed.value.value !== null) text.value = show(typed.value.value)
  }
  return { text, problem: computed(() => typed.value.problem), focused, type, leave }
}
