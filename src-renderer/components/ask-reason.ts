/** The one way to ask for the line that has to be written before something is done: why, what was mended, what was ordered. */
import { shallowRef } from 'vue'

export interface ReasonQuestion {
  /** What is going to be done, with its number: 作废抄表. */
  readonly title: string
  /** On the key that does it: 作废. */
  readonly done: string
  /** What becomes of it, or what to write. */
  readonly text?: string
  /** The name of the line; 原因 unless told. */
  readonly label?: string
  /** Most characters the call takes. */
  readonly max?: number
  /** May be left empty. */
  readonly optional?: boolean
  /** Something is taken back or thrown away. */
  readonly danger?: boolean
}

export const asking = shallowRef<(ReasonQuestion & { readonly answer: (text: string | null) => void }) | null>(null)

/** @returns what was typed, trimmed; null for Esc, for going elsewhere, and while another question stands */
export function askReason(question: ReasonQuestion): Promise<string | null> {
  if (asking.value) return Promise.resolve(null)
  return new Promise((resolve) => {
    asking.value = {
      ...question,
      answer: (text) => {
        asking.value = null
        resolve(text)
      },
    }
  })
}
