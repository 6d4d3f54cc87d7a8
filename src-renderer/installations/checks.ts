/** Answers to a checklist while it is being filled in. */

export interface DraftCheck {
  readonly item: string
  readonly text: string
  /** Null until it was answered. */
  ok: boolean | null
  note: string
}

export const emptyChecks = (items: readonly { readonly item: string; readonly text: string }[]): DraftCheck[] =>
  items.map(({ item, text }) => ({ item, text, ok: null, note: '' }))

/** Items without an answer, or failed without a word. */
export const unanswered = (checks: readonly DraftCheck[]): number =>
  checks.filter(({ ok, note }) => ok === null || (!ok && note.trim() === '')).length

/** The answers as the call carries them; only for a checklist with nothing left unanswered. */
export const completeChecks = (checks: readonly DraftCheck[]) =>
  checks.map(({ item, ok, note }) => ({ item, ok: ok === true, note: ok === true ? '' : note }))
