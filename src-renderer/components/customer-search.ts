/** Finding a customer: what is shown of a hit, which part of it is marked, and the search as you type. */
import { computed, ref, shallowRef, watch } from 'vue'
import { maxRecent, type FoundCustomerValue, type MatchField } from '../../src-main/customers/api.ts'
import { api } from '../api.ts'
import { newestOf } from '../composables/newest.ts'
import { asCallError, tellFailure } from '../composables/useCall.ts'
import type { OfferedFunction } from '../shell/function-search.ts'

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
export const stepTo = (current: number, step: 1 | 0 | -1, count: number): number =>
  count === 0 ? -1 : Math.min(Math.max(current + step, 0), count - 1)

/** What a find box offers: a customer, or something the program can do. */
export type Offer =
  | { readonly kind: 'customer'; readonly key: string; readonly row: FoundCustomerValue }
  | { readonly kind: 'function'; readonly key: string; readonly act: OfferedFunction }

export interface SearchOptions {
  /** Leaves out customers without an account, here and not in the list that is shown, so that the row marked is always the row taken. */
  readonly accountsOnly?: boolean
  /** What the program can do that answers to this text; only where the box is the program's own. */
  readonly functionsFor?: (text: string) => Promise<readonly OfferedFunction[]>
}

/**
 * Search as you type: one call at a time, always of the newest text (`newestOf`), so that answers never overtake each
 * other and a slow one makes no queue. An empty box offers whom this operator had last.
 * @param limit rows asked for, at most 20
 */
export function useCustomerSearch(limit: number, { accountsOnly = false, functionsFor }: SearchOptions = {}) {
  const text = ref('')
  const rows = shallowRef<readonly FoundCustomerValue[]>([])
  const functions = shallowRef<readonly OfferedFunction[]>([])
  const recent = shallowRef<readonly FoundCustomerValue[]>([])
  const current = ref(-1)
  /** The text the rows belong to; null after a failure, so that the same text is asked again. */
  const answered = ref<string | null>('')
  const failed = ref(false)
  /** Why nothing is looked for now, where it is no fault and Enter would not help; said where one looks. */
  const refusal = ref('')
  /** Arrows pressed before the newest text was answered: they are for what it finds. */
  let ahead = 0

  const wanted = () => text.value.trim()
  const suited = (all: readonly FoundCustomerValue[]) =>
    accountsOnly ? all.filter(({ accountId }) => accountId !== null) : all

  const offers = computed<readonly Offer[]>(() => [
    ...(answered.value === '' ? recent.value : rows.value).map((row) => ({
      kind: 'customer' as const,
      key: row.accountId ?? row.customerId,
      row,
    })),
    ...functions.value.map((act) => ({ kind: 'function' as const, key: act.id, act })),
  ])

  const look = newestOf(async (typed: string): Promise<void> => {
    try {
      const [{ rows: found }, acts] =
        typed === ''
          ? [{ rows: [] }, []]
          : await Promise.all([api.customers.search({ text: typed, limit }), functionsFor?.(typed) ?? []])
      // While this was answered somebody went on typing: the next answer is on its way.
      if (typed !== wanted()) return
      rows.value = suited(found)
      functions.value = acts
      answered.value = typed
      failed.value = false
      current.value = offers.value.length > 0 && typed !== '' ? stepTo(ahead, 0, offers.value.length) : -1
      ahead = 0
    } catch (error) {
      rows.value = []
      functions.value = []
      current.value = -1
      answered.value = null
      failed.value = true
      ahead = 0
      const { code, message } = asCallError(error)
      refusal.value = code === 'TooManySearches' ? message : ''
      if (refusal.value === '') tellFailure(error)
    }
  })

  /** Whom this operator had last; without an answer the box is only empty. */
  const readRecent = newestOf(async (): Promise<void> => {
    const answer = await api.customers.recent({}).catch(() => null)
    if (!answer) return
    const marked = offers.value[current.value]?.key
    recent.value = suited(answer.rows)
    // An arrow may have come before the answer: the row it marked stays the one that Enter takes.
    if (answered.value === '' && marked !== undefined)
      current.value = offers.value.findIndex(({ key }) => key === marked)
  })

  /** Whom the operator opens is in front at once: the next F2 may come before the backend has noted it. */
  function remember(row: FoundCustomerValue): void {
    const { customerId, accountId } = row
    const others = recent.value.filter((one) => one.customerId !== customerId || one.accountId !== accountId)
    recent.value = [{ ...row, matched: 'name' as const, marks: [] }, ...others].slice(0, maxRecent)
    // Only a convenience: without it the list of those opened last stays as it was.
    void api.customers.remember({ customerId, accountId }).catch(() => undefined)
  }

  function clear(): void {
    text.value = ''
    ahead = 0
    answered.value = ''
    failed.value = false
    rows.value = []
    functions.value = []
    current.value = -1
  }

  watch(text, () => {
    ahead = 0
    if (wanted() !== answered.value) void look(wanted())
  })

  return {
    text,
    rows,
    offers,
    current,
    answered,
    failed,
    refusal,
    clear,
    readRecent,
    remember,
    move: (step: 1 | -1) => {
      if (wanted() !== answered.value && !failed.value) return void (ahead = Math.max(0, ahead + step))
      current.value = stepTo(current.value, step, offers.value.length)
    },
    /** What Enter means: waits until the newest text is answered, so that fast typing opens no wrong customer. */
    chosen: async (): Promise<Offer | null> => {
      if (wanted() !== answered.value) await look(wanted())
      return offers.value[current.value] ?? null
    },
  }
}
