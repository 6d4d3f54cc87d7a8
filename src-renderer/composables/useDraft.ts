import { getCurrentInstance, onBeforeUnmount, onMounted, readonly, ref, watch, type InjectionKey, type Ref } from 'vue'
import { draftBody, dropDraft, flushDrafts, keepDraft, sameShape } from '../drafts/keeper.ts'

/** The page as its title calls it, without the program's name. */
const pageTitle = () => document.title.split(' - ')[0] ?? ''
const pagePath = () => location.hash.slice(1) || '/'

/** By these a person changes a form; `input` is also how keys typed ahead of a page come in. */
const hands = ['keydown', 'pointerdown', 'input', 'paste', 'drop'] as const

/** Makes the form of a page afresh, with what is proposed in it; whoever shows the form provides it. */
export const beginAnew: InjectionKey<() => void> = Symbol('beginAnew')

/** A form that may have come back: whether it did and was not sent since, and how it is forgotten. */
export interface KeptForm {
  readonly kept: Readonly<Ref<boolean>>
  readonly clear: () => void
}

/**
 * Keeps a half-filled form, while the operator looks at other pages and when the program or the PC goes down
 * (see `drafts/keeper.ts`). Only its own operator gets it back.
 * @param key one for each form; with the id of what it is about, and its version where others may change that meanwhile
 * @param about what the list of unfinished forms calls it, and the page that opens it; this page when left out
 * @returns `clear`, to be called when the form was sent · `restored`, whether an earlier draft was put back, and `kept`, whether
 *   it stands there still (`DraftNote` says so) · `settle`, to be
 *   called when what is on file was read into the form: that is nobody's unfinished work, whatever key was pressed meanwhile
 */
export function useDraft<T>(
  key: string,
  form: Ref<T>,
  { title = pageTitle(), path = pagePath() }: { readonly title?: string | (() => string); readonly path?: string } = {},
): KeptForm & { readonly restored: boolean; readonly settle: () => void } {
  let untouched = JSON.stringify(form.value)
  const kept = draftBody(key)
  const earlier: unknown = kept === undefined ? undefined : JSON.parse(kept)
  const restored = earlier !== undefined && sameShape(earlier, form.value)
  if (restored) form.value = earlier as T
  const back = ref(restored)
  /**
   * The form was sent, and nobody has typed since. What changes in it now is an answer that came late (the address that
   * is on file since a moment ago): kept, it would stand in the form of the next customer.
   */
  let sent = false
  const typed = () => (sent = false)
  /** Whether anybody has laid hands on the page; outside of one nobody can tell, and every change is somebody's. */
  let begun = getCurrentInstance() === null || restored
  const begin = () => (begun = true)
  watch(
    form,
    (value) => {
      const body = JSON.stringify(value)
      // What the page proposes by itself, the price in force for one, is nobody's unfinished work.
      if (!begun) untouched = body
      else if (body === untouched) {
        typed()
        dropDraft(key)
      } else if (!sent) keepDraft({ key, title: typeof title === 'string' ? title : title(), path, body })
    },
    { deep: true, flush: 'sync' },
  )
  if (getCurrentInstance()) {
    // At once: keys typed ahead of the page are given to its fields as they come up.
    for (const act of hands) document.addEventListener(act, begin, { capture: true })
    onMounted(() => document.addEventListener('input', typed, { capture: true }))
    onBeforeUnmount(() => {
      for (const act of hands) document.removeEventListener(act, begin, { capture: true })
      document.removeEventListener('input', typed, { capture: true })
      void flushDrafts()
    })
  }
  return {
    restored,
    kept: readonly(back),
    clear() {
      back.value = false
      sent = JSON.stringify(form.value) !== untouched
      dropDraft(key)
    },
    settle() {
      untouched = JSON.stringify(form.value)
      back.value = false
      dropDraft(key)
    },
  }
}
