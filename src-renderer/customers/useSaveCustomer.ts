import { ref, shallowRef } from 'vue'
import type { DuplicateFoundValue } from '../../src-main/customers/api.ts'
import { tellFailure, useCall } from '../composables/useCall.ts'
import { useRequestId } from '../composables/useRequestId.ts'
import { duplicatesIn } from './duplicates.ts'

/**
 * Sends a customer's profile. A refusal as duplicate opens the question; `again` sends the same once it was answered.
 * @param send the call, given a request id and whether the duplicate was confirmed
 * @param done what follows a success
 */
export function useSaveCustomer<R>(
  send: (requestId: string, confirmDuplicate: boolean) => Promise<R>,
  done: (answer: R) => void,
) {
  const { id, renew } = useRequestId()
  const asking = ref(false)
  const message = ref('')
  const duplicates = shallowRef<readonly DuplicateFoundValue[]>([])
  const { run, busy, error } = useCall((confirmed: boolean) => send(id.value, confirmed), { quiet: true })

  async function save(confirmed = false): Promise<void> {
    const answer = await run(confirmed)
    if (answer !== undefined) {
      renew()
      return done(answer)
    }
    if (error.value === null) return
    const found = duplicatesIn(error.value)
    if (!found) return tellFailure(error.value)
    duplicates.value = found
    message.value = error.value.message
    asking.value = true
  }
  return { save, again: () => save(true), busy, asking, message, duplicates, error }
}
