/**
 * Copies the write-ahead log into the database file while nobody waits. A commit that does it itself, as SQLite does by
 * default every thousand pages, is one payment in twenty that takes many times as long as the others.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { Sqlite } from './database.ts'

/** How long after the last change (ms): the clerk has looked up from the keyboard. */
const idleMs = 250

/** Long work in slices leaves no such moment (ms): the more gathers, the longer somebody waits for it in the end. */
const steadyMs = 120

export class CheckpointWhenIdle {
  readonly #sqlite: Sqlite
  readonly #timer: NodeJS.Timeout
  #copiedAt = performance.now()

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite
    this.#timer = setTimeout(() => this.#copy(), idleMs).unref()
  }

  #copy(): void {
    // PASSIVE never waits for a reader; what is left over is done next time.
    if (this.#sqlite.open) this.#sqlite.pragma('wal_checkpoint(PASSIVE)')
    this.#copiedAt = performance.now()
  }

  /** A change is being written: begin to wait anew. */
  later(): void {
    this.#timer.refresh()
  }

  /** Between two slices of long work: whoever else calls is answered, and now and then the log is copied. */
  async nextTurn(): Promise<void> {
    await turn()
    if (performance.now() - this.#copiedAt < steadyMs) return
    this.#copy()
    await turn()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
