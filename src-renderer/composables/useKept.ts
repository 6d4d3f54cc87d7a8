import { onBeforeUnmount, ref, type Ref } from 'vue'
import { useSession } from '../shell/session.ts'

/**
 * What a page is left with (filter, what was looked for, the row), for whoever comes back to it by Alt+←. It belongs to the
 * step of the history that is gone back to and to the operator, so a page that is opened anew begins as it always does.
 */
interface Step {
  readonly path: string
  readonly staffNo: string
  /** From the time before, each given once: a part that comes and goes while one stays begins anew. */
  given: Map<string, unknown>
  left: Map<string, unknown>
}

/** More steps than anybody goes back. */
const maxSteps = 50
const steps = new Map<string, Step>()
let current: string | null = null

const pathNow = (): string => location.hash.split('?')[0] ?? ''
/** The name of the step one stands at, written beside what the router keeps of it. */
function nameOfStep(): string {
  const state = (history.state ?? {}) as { step?: unknown }
  if (typeof state.step === 'string') return state.step
  const step = crypto.randomUUID()
  history.replaceState({ ...state, step }, '')
  return step
}

function stepNow(staffNo: string): Step {
  const name = nameOfStep()
  const known = steps.get(name)
  // The address of a step may be replaced by another page's.
  const step =
    known?.path === pathNow() && known.staffNo === staffNo
      ? known
      : { path: pathNow(), staffNo, given: new Map<string, unknown>(), left: new Map<string, unknown>() }
  if (current !== name) {
    step.given = step.left
    step.left = new Map()
    current = name
  }
  steps.delete(name)
  steps.set(name, step)
  const [oldest] = steps.keys()
  if (steps.size > maxSteps && oldest !== undefined) steps.delete(oldest)
  return step
}

/** What `name` was when this page was left; null unless one comes back to it. `now` is asked when it is left. */
export function useKept<T>(name: string, now: () => T): T | null {
  const step = stepNow(useSession().actor?.staffNo ?? '')
  onBeforeUnmount(() => {
    step.left.set(name, now())
    // The page goes, and not only a part of it: the next time here is a coming back.
    if (steps.get(nameOfStep()) !== step || step.path !== pathNow()) current = null
  })
  const kept = step.given.get(name)
  step.given.delete(name)
  return kept === undefined ? null : (kept as T)
}

/** A filter of a page, as it was when the page was left. */
export function useKeptRef<T>(name: string, initial: T): Ref<T> {
  const value = ref(initial) as Ref<T>
  const kept = useKept(name, () => ({ value: value.value }))
  if (kept) value.value = kept.value
  return value
}
