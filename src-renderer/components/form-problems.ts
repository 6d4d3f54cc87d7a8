/** Forms that say what is wrong while one types: a field speaks once it was left, all of them when the form is sent. */
import { computed, inject, nextTick, provide, ref, type ComputedRef, type InjectionKey } from 'vue'
import type { z } from 'zod'
import { cleanInput } from '../../src-main/platform/text.ts'
import { focusFirstOf } from '../composables/focus.ts'

export interface FormProblems {
  /** What is wrong with a field that was left already; '' when nothing is. */
  readonly problemOf: (path: string) => string
  readonly touch: (path: string) => void
  /** Lets every field speak and jumps to the first that is wrong. @returns whether none is */
  readonly askAll: () => boolean
  /** Fields that are still wrong, spoken of or not. */
  readonly count: ComputedRef<number>
  readonly reset: () => void
}

const key: InjectionKey<FormProblems> = Symbol('form problems')

/** Checks what the form holds by the schema of the call it will become. */
export function provideFormProblems(schema: Pick<z.ZodType, 'safeParse'>, read: () => unknown): FormProblems {
  const touched = ref(new Set<string>())
  const asked = ref(false)
  const problems = computed(() => {
    const parsed = schema.safeParse(cleanInput(read()))
    const found = new Map<string, string>()
    for (const { path, message } of parsed.error?.issues ?? []) {
      const name = path.map(String).join('.')
      if (!found.has(name)) found.set(name, message)
    }
    return found
  })
  /** Of rows inside a field the first that is wrong: the focus alone does not say what is. */
  const within = (path: string): string => {
    const inside = [...problems.value].find(([name]) => name.startsWith(`${path}.`))
    return inside?.[1] ?? ''
  }
  const form: FormProblems = {
    problemOf: (path) =>
      asked.value
        ? (problems.value.get(path) ?? within(path))
        : touched.value.has(path)
          ? (problems.value.get(path) ?? '')
          : '',
    touch: (path) => void touched.value.add(path),
    askAll() {
      asked.value = true
      const wrong = [...problems.value.keys()]
      if (wrong.length > 0) void nextTick(() => focusFirstOf(wrong))
      return wrong.length === 0
    },
    count: computed(() => problems.value.size),
    reset() {
      asked.value = false
      touched.value = new Set()
    },
  }
  provide(key, form)
  return form
}

/** The form around a part of the page; null where nothing checks one. */
export const formProblemsAround = (): FormProblems | null => inject(key, null)

/** The form around a field. */
export function useFormProblems(): FormProblems {
  const form = inject(key)
  if (!form) throw new Error('a form field stands outside a form')
  return form
}
