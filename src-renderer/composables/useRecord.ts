import { shallowRef, watch, type Ref } from 'vue'
import type { CallError } from '../bridge.ts'
import { useRead } from './useCall.ts'
import { useEvent } from './useEvent.ts'

export interface RecordRead<Answer> {
  /** Null until it was read for the first time; while a later reading fails, what was read before. */
  readonly record: Readonly<Ref<Answer | null>>
  readonly error: Readonly<Ref<CallError | null>>
  /** Reads it again, such as after something was done with it. */
  readonly load: () => Promise<void>
}

/**
 * The record a page is about: read when the page opens or is led to another one, and again whenever one of these rooms says
 * that something changed.
 * @param input what the reading asks for, from the page's address
 */
export function useRecord<Input, Answer>(
  read: (input: Input) => Promise<Answer>,
  input: () => Input,
  rooms: readonly string[] | 'all',
): RecordRead<Answer> {
  const record = shallowRef<Answer | null>(null)
  const { run, error } = useRead(read)
  const load = async (): Promise<void> => {
    record.value = (await run(input())) ?? record.value
  }
  watch(input, load, { immediate: true })
  useEvent('changed', ({ room }) => (rooms === 'all' || rooms.includes(room)) && void load())
  return { record, error, load }
}
