/** The stages of a process and what was done in it, as its page shows them. Instants are epoch ms. */

export type StepMark = 'done' | 'now' | 'failed' | 'later'

/** A stage on the rail of a process. */
export interface Step<Key extends string> {
  readonly key: Key
  readonly title: string
  readonly mark: StepMark
  /** What is missing, in words. */
  readonly missing: readonly string[]
}

/** One step: who moved the process on, and how it was judged. */
export interface StepRow {
  readonly no: number
  readonly at: number
  readonly title: string
  /** Which time round, from 1; the first is not told. */
  readonly round: number
  readonly verdict: { readonly state: 'ok' | 'late'; readonly text: string } | null
  readonly who: string
  readonly note: string
}

/** One record: what was found or entered on a day. */
export interface RecordRow {
  readonly no: number
  readonly at: number
  readonly title: string
  readonly passed: boolean | null
  readonly summary: string
  readonly reasons: readonly string[]
  readonly who: string
}

/** How a step judged, in the words for each way; a step that does not judge, and a way without words, says nothing. */
export function verdict(passed: boolean | null, good: string, bad: string): StepRow['verdict'] {
  const text = passed === null ? '' : passed ? good : bad
  return text === '' ? null : { state: passed ? 'ok' : 'late', text }
}

/** Whoever did the work; where somebody else wrote it down, both, `together` in the words of that step. */
export const byWhom = (
  workerName: string | null,
  actorName: string,
  together = `${workerName ?? ''}（${actorName} 记）`,
): string => (workerName === null || workerName === actorName ? actorName : together)
