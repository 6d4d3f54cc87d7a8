/**
 * The one question before an act that cannot be taken back. It names the facts, is answered by another key than the one
 * that asked, and by no Enter: who presses twice by mistake has done nothing.
 */
import { shallowRef } from 'vue'

export interface FinalQuestion {
  /** What is going to be done: 日结锁定. Also on the button. */
  readonly act: string
  /** What becomes of it, in a sentence. */
  readonly warning: string
  /** The amounts and names it is about, each with its word. */
  readonly facts: readonly (readonly [word: string, value: string])[]
}

export const asked = shallowRef<(FinalQuestion & { readonly answer: (sure: boolean) => void }) | null>(null)

/** Asks once. False for Esc, for going elsewhere, and while another question stands. */
export function askFinal(question: FinalQuestion): Promise<boolean> {
  if (asked.value) return Promise.resolve(false)
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (sure) => {
        asked.value = null
        resolve(sure)
      },
    }
  })
}
