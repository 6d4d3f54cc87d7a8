/** What a till was answered, for as long as it may ask again because the answer did not come through. */

/** Answers kept of one till, and how long one may be that is kept (characters). */
const kept = 64
const longest = 64 * 1024

/**
 * A call sent again over a new connection to the same running host is not done again, whatever its kind: it gets the answer of
 * the first, also where that is still being worked at. After a restart of the host the request id decides (`hall.handle`).
 */
export class Answered {
  readonly #tills = new Map<string, { run: string; replies: Map<number, Promise<string>> }>()

  /** @param run names the run of the till's program whose numbers of calls these are */
  once(till: string, run: string, id: number, again: boolean, work: () => Promise<string>): Promise<string> {
    let known = this.#tills.get(till)
    if (known?.run !== run) this.#tills.set(till, (known = { run, replies: new Map() }))
    const { replies } = known
    const first = again ? replies.get(id) : undefined
    if (first) return first
    const reply = work()
    replies.set(id, reply)
    void reply.then((text) => {
      if (text.length > longest) replies.delete(id)
    })
    if (replies.size > kept) replies.delete(replies.keys().next().value as number)
    return reply
  }
}
