import type { MessageOptions } from 'element-plus'
import { computed, nextTick, ref, shallowRef, type Ref } from 'vue'
import { asCallError, obstaclesOf, turnedScreen, type CallError } from '../bridge.ts'
import { useSession } from '../shell/session.ts'
import { elementNamed, focusField } from './focus.ts'
import { newestOf } from './newest.ts'
import { showNumbers } from '../shell/show.ts'

export { asCallError } from '../bridge.ts'

export interface UseCall<A extends unknown[], R> {
  /** The answer, or undefined when it failed (the clerk has been told) or the same call is still under way. */
  readonly run: (...args: A) => Promise<R | undefined>
  readonly busy: Readonly<Ref<boolean>>
  /** The last failure, for a page that shows it in place; null after a success. */
  readonly error: Ref<CallError | null>
}

/**
 * Wraps a call for a page: one at a time (a second F12 waits for nothing and does nothing), the Chinese message shown,
 * the field named by the error focused. `quiet` leaves the showing to the page.
 */
export function useCall<A extends unknown[], R>(
  call: (...args: A) => Promise<R>,
  { quiet = false }: { quiet?: boolean } = {},
): UseCall<A, R> {
  const busy = ref(false)
  const error = shallowRef<CallError | null>(null)
  let unsay = (): void => undefined
  const run = async (...args: A): Promise<R | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    try {
      const answer = await call(...args)
      error.value = null
      // What was mended need not be read any more.
      unsay()
      return answer
    } catch (thrown) {
      const failure = asCallError(thrown)
      error.value = failure
      if (!quiet) unsay = say(failure)
      onceTyped(failure.field, () => {
        if (error.value !== failure) return
        error.value = null
        unsay()
      })
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { run, busy, error }
}

/**
 * The same for looking something up: asked again while an answer is under way, because news of a change came or another
 * record was chosen, it looks once more, and whoever asked gets the newest answer. What is dropped as a second press of a
 * key would here leave the page with what it showed before the change.
 */
export function useRead<A extends unknown[], R>(
  call: (...args: A) => Promise<R>,
  { quiet = false }: { quiet?: boolean } = {},
): UseCall<A, R> {
  const underWay = ref(0)
  const error = shallowRef<CallError | null>(null)
  let unsay = (): void => undefined
  const look = newestOf(async (...args: A): Promise<R | undefined> => {
    try {
      const answer = await call(...args)
      error.value = null
      unsay()
      return answer
    } catch (thrown) {
      error.value = asCallError(thrown)
      if (!quiet) unsay = say(error.value)
      return undefined
    }
  })
  const run = async (...args: A): Promise<R | undefined> => {
    underWay.value++
    try {
      return await look(...args)
    } finally {
      underWay.value--
    }
  }
  return { run, busy: computed(() => underWay.value > 0), error }
}

/** What was said of a field is about what stood in it: typed anew, it stands there red no more. */
function onceTyped(field: string | undefined, forget: () => void): void {
  if (field === undefined) return
  void nextTick(() => elementNamed(field)?.addEventListener('input', forget, { once: true }))
}

/** A message over the page, also before the page that says it has brought Element Plus. Returns how to take it away. */
export function showMessage(message: MessageOptions): () => void {
  const shown = import('../element.ts').then(({ ElMessage }) => ElMessage(message))
  return () => void shown.then(({ close }) => close())
}

/** Takes away what stands over the page: the next person at this PC reads nothing of what the one before was told. */
export const closeMessages = (): void => void import('../element.ts').then(({ ElMessage }) => ElMessage.closeAll())

/** Shows a failure to the clerk and jumps to the field it names. A lost or locked session changes the screen instead. */
export const tellFailure = (thrown: unknown): void => void say(asCallError(thrown))

function say(error: CallError): () => void {
  // A paper that the desktop refused tells of the session too.
  if (turnedScreen(error) || useSession().heardOf(error)) return () => undefined
  if (error.field !== undefined) {
    const field = error.field
    void nextTick(() => focusField(field))
  }
  return showMessage({
    type: 'error',
    message: showNumbers(obstaclesOf(error)),
    duration: 6000,
    grouping: true,
    showClose: true,
  })
}
