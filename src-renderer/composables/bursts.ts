/** Answering many events by one piece of work. */

/** Events within this time are one burst (ms): too short to be noticed. */
export const gatherMs = 250

/**
 * Runs `work` once for a burst of calls: a little after the first of them, never two at a time. What is called while it
 * is under way is followed by one more run.
 */
export function inBursts(work: () => Promise<void>): () => Promise<void> {
  let coming: Promise<void> | null = null
  let before: Promise<unknown> = Promise.resolve()
  return () => {
    if (coming) return coming
    const gathered = new Promise((resolve) => setTimeout(resolve, gatherMs))
    const run = Promise.all([gathered, before]).then(() => {
      coming = null
      return work()
    })
    coming = run
    // Whoever waits for this run hears of its failure; the next one comes all the same.
    before = run.catch(() => undefined)
    return run
  }
}
