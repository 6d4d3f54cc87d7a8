/** Finding a customer: what is shown of a hit, which part of it is marked, and the search as you type. */
import { ref, shallowRef, watch } from 'vue'
import type { FoundCustomerValue, MatchField } from '../../src-main/customers/api.ts'
import { api } from '../api.ts'
import { tellFailure } from '../composables/useCall.ts'

export type { FoundCustomerValue } from '../../src-main/customers/api.ts'

export interface Part {
  readonly text: string
  readonly hit: boolean
}

/** Cuts a text of a hit into what was matched and what not; overlapping marks are joined. */
export function markedParts(
  text: string,
  field: MatchField,
  marks: readonly { readonly field: MatchField; readonly from: number; readonly to: number }[],
): Part[] {
  const hits = Array.from({ length: text.length }, () => false)
  for (const mark of marks) if (mark.field === field) hits.fill(true, mark.from, mark.to)
  const parts: Part[] = []
  for (let from = 0, to = 0; from < text.length; from = to) {
    const hit = hits[from] ?? false
    while (to < text.length && hits[to] === hit) to++
    parts.push({ text: text.slice(from, to), hit })
  }
  return parts
}

/** The row an arrow key leads to; stops at both ends. −1 when there is none. */
export const stepTo = (current: number, step: 1 | -1, count: number): number =>
  count === 0 ? -1 : Math.min(Math.max(current + step, 0), count - 1)

/**
 * Search as you type: one call at a time, always of the newest text, so that answers never overtake each other and a
 * slow one makes no queue.
 * @param limit rows asked for, at most 20
 * @param options accountsOnly: leaves out customers without an account, here and not in the list that is shown, so that
 *   the row marked is always the row taken
 */
export function useCustomerSearch(limit: number, { accountsOnly = false }: { accountsOnly?: boolean } = {}) {
  const text = ref('')
  const rows = shallowRef<readonly FoundCustomerValue[]>([])
  const current = ref(-1)
  /** The text the rows belong to. */
  const answered = ref('')
  let following: Promise<void> | null = null

  async function follow(): Promise<void> {
    try {
      for (let wanted = text.value.trim(); wanted !== answered.value; wanted = text.value.trim()) {
        const all = wanted === '' ? [] : (await api.customers.search({ text: wanted, limit })).rows
        const found = accountsOnly ? all.filter(({ accountId }) => accountId !== null) : all
        answered.value = wanted
        rows.value = found
        current.value = found.length > 0 ? 0 : -1
      }
    } catch (error) {
      clear()
      tellFailure(error)
    } finally {
      following = null
    }
  }

  function clear(): void {
    text.value = ''
    answered.value = ''
    rows.value = []
    current.value = -1
  }

  watch(text, () => {
    following ??= follow()
  })

  return {
    text,
    rows,
    current,
    answered,
    clear,
    move: (step: 1 | -1) => {
      current.value = stepTo(current.value, step, rows.value.length)
    },
    /** The row Enter means: waits until the newest text is answered, so that fast typing opens no wrong customer. */
    chosen: async (): Promise<FoundCustomerValue | null> => {
      await following
      return rows.value[current.value] ?? null
    },
  }
}
