import { watch, type Ref } from 'vue'

const drafts = new Map<string, string>()

/** Forgets what was begun; at logout, as a draft may hold what the next operator must not read. */
export const forgetDrafts = (): void => drafts.clear()

/**
 * Keeps a half-filled form while the operator looks at other pages. Drafts live in memory only: browser storage is not
 * encrypted, and forms hold ID numbers and phones (clause 6(10)). What must survive a restart is saved by its own call.
 * @returns `clear`, to be called when the form was sent · `restored`, whether an earlier draft was put back
 */
export function useDraft<T>(key: string, form: Ref<T>): { readonly clear: () => void; readonly restored: boolean } {
  const untouched = JSON.stringify(form.value)
  const kept = drafts.get(key)
  if (kept !== undefined) form.value = JSON.parse(kept) as T
  watch(
    form,
    (value) => {
      const text = JSON.stringify(value)
      if (text === untouched) drafts.delete(key)
      else drafts.set(key, text)
    },
    { deep: true, flush: 'sync' },
  )
  return { restored: kept !== undefined, clear: () => void drafts.delete(key) }
}
