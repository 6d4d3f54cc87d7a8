/** Questions that change while they are answered: as somebody types, or as a filter is turned. */

/**
 * `work` one at a time, always for the newest question: what is asked while an answer is under way waits as one, and only
 * the newest of it is asked. Whoever asked gets the answer to the last question, never an older one.
 *
 * That a run is under way is a flag and not the promise of the run: a run may end in the very turn it began in, before
 * anybody could have kept its promise, and a promise kept after that would hold up every question to come.
 */
export function newestOf<A extends unknown[], T>(work: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let wanted: A | null = null
  let underWay = false
  let answer: Promise<T>

  async function follow(): Promise<T> {
    try {
      for (;;) {
        const args = wanted as A
        wanted = null
        const outcome = await settled(work, args)
        if (wanted !== null) continue
        if ('error' in outcome) throw outcome.error
        return outcome.answer
      }
    } finally {
      underWay = false
    }
  }

  return (...args) => {
    wanted = args
    if (!underWay) {
      underWay = true
      answer = follow()
    }
    return answer
  }
}

async function settled<A extends unknown[], T>(
  work: (...args: A) => Promise<T>,
  args: A,
): Promise<{ answer: T } | { error: unknown }> {
  try {
    return { answer: await work(...args) }
  } catch (error) {
    return { error }
  }
}
