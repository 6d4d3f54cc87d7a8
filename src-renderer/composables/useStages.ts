import { computed, nextTick, provide, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Step } from '../components/process-steps.ts'
import { openDialog } from '../shell/key-layers.ts'
import { focusFirst } from './focus.ts'
import { beginAnew } from './useDraft.ts'
import { useKeys } from './useKeys.ts'

/**
 * A process shown stage by stage: what is done leads on to the next one by itself, and its first field has the focus. The
 * panel of the stage is marked `data-step`.
 * @param record the process as it was read
 * @param rail its stages, from the first to the last
 * @param reached where it is · `mark` changes when the process moved on
 */
export function useStages<Detail, Key extends string>(
  record: Readonly<Ref<Detail | null>>,
  rail: (detail: Detail) => readonly Step<Key>[],
  reached: (detail: Detail) => { readonly stage: Key; readonly mark: string },
  first: NoInfer<Key>,
): {
  readonly steps: ComputedRef<readonly Step<Key>[]>
  readonly current: Ref<Key>
  readonly go: (stage: Key) => void
  /** Belongs to the key of the panel: forms that were thrown away on purpose are made anew. */
  readonly round: Readonly<Ref<number>>
} {
  const current = ref(first) as Ref<Key>
  const steps = computed(() => (record.value === null ? [] : rail(record.value)))

  function focusStage(): void {
    const panel = document.querySelector('[data-step]')
    if (!panel || openDialog()) return
    focusFirst(panel)
    // A stage without fields: its next action.
    if (!panel.contains(document.activeElement)) panel.querySelector<HTMLElement>('button:not([disabled])')?.focus()
  }
  async function go(stage: Key): Promise<void> {
    current.value = stage
    await nextTick()
    focusStage()
  }
  const round = ref(0)
  provide(beginAnew, () => {
    round.value += 1
    void nextTick(focusStage)
  })
  watch(record, async (detail, before) => {
    if (detail === null) return
    const { stage, mark } = reached(detail)
    if (before === null || reached(before).mark !== mark) return go(stage)
    await nextTick()
    if (document.activeElement === document.body) focusStage()
  })

  function move(by: 1 | -1): void {
    const next = steps.value[steps.value.findIndex(({ key }) => key === current.value) + by]
    if (next) void go(next.key)
  }
  useKeys({
    'Ctrl+Up': { run: () => move(-1), label: '上一步' },
    'Ctrl+Down': { run: () => move(1), label: '下一步' },
  })
  return { steps, current, go: (stage) => void go(stage), round }
}
