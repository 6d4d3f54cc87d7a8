import { v7 } from 'uuid'
import { ref, type Ref } from 'vue'

/**
 * The id of one form: made when the form opens and sent with every try, so that a repeated click or a lost answer has
 * one effect. `renew` after a success, before the same form takes the next customer.
 */
export function useRequestId(): { readonly id: Ref<string>; readonly renew: () => void } {
  const id = ref(v7())
  return { id, renew: () => void (id.value = v7()) }
}
