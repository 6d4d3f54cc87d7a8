import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Offered } from '../components/process-actions.ts'

/** An action that is offered, and why it cannot be done now; null when it can. */
export type Action<One> = One & { readonly obstacle: string | null }

/**
 * What can be done with a record now, each with what stands in its way, and the dialog in which it is done.
 * @param offered the actions of the state for whoever looks at it
 * @param obstacles as the backend tells them; undefined until it has
 * @param dialog the action the dialog stands for before anything was chosen
 * @param elsewhere actions that have a page or a window of their own instead of the dialog
 */
export function useActions<One extends Offered<string>, Elsewhere extends One['action'] = never>(
  offered: () => readonly One[],
  obstacles: () => Readonly<Record<One['action'], readonly string[]>> | undefined,
  dialog: Exclude<NoInfer<One>['action'], NoInfer<Elsewhere>>,
  elsewhere: Readonly<Record<Elsewhere, () => unknown>>,
): {
  readonly actions: ComputedRef<readonly Action<One>[]>
  /** What the dialog does. */
  readonly doing: Ref<Exclude<One['action'], Elsewhere>>
  readonly open: Ref<boolean>
  readonly act: (action: One['action']) => void
} {
  type Act = One['action']
  const actions = computed(() =>
    offered().map((one) => ({ ...one, obstacle: obstacles()?.[one.action as Act].join('；') || null })),
  )
  const doing = ref(dialog) as Ref<Exclude<Act, Elsewhere>>
  const open = ref(false)
  const isElsewhere = (action: Act): action is Elsewhere => action in elsewhere
  function act(action: Act): void {
    if (isElsewhere(action)) return void elsewhere[action]()
    doing.value = action as Exclude<Act, Elsewhere>
    open.value = true
  }
  return { actions, doing, open, act }
}
