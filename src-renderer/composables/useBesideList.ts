import { onMounted, shallowRef, useTemplateRef, type Ref } from 'vue'
import { useRead } from './useCall.ts'
import { useEvent } from './useEvent.ts'

interface List {
  readonly refresh: () => Promise<boolean>
  readonly reload: () => Promise<void>
}

/**
 * What stands beside a list and goes with it: counts, the figures of the year. Read when the page opens and, together with
 * the list, when this room says that something changed; while a reading fails, it stays what it was.
 */
export function useBesideList<Answer>(
  read: () => Promise<Answer>,
  room: string,
): {
  readonly beside: Readonly<Ref<Answer | null>>
  readonly readBeside: () => Promise<void>
  /** The `PageList` marked `ref="list"`. */
  readonly list: Readonly<Ref<List | null>>
} {
  const list = useTemplateRef<List>('list')
  const beside = shallowRef<Answer | null>(null)
  const { run } = useRead(read)
  const readBeside = async (): Promise<void> => {
    beside.value = (await run()) ?? beside.value
  }
  useEvent('changed', ({ room: changed }) => {
    if (changed !== room) return
    void readBeside()
    void list.value?.refresh()
  })
  onMounted(readBeside)
  return { beside, readBeside, list }
}
