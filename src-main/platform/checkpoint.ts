/**
 * Copies the write-ahead log into the database file while nobody waits. A commit that does it itself, as SQLite does by
 * default every thousand pages, is one payment in twenty that takes many times as long as the others.
 */
import type { Sqlite } from './database.ts'

/** How long after the last change (ms): the clerk has looked up from the keyboard. */
const idleMs = 250

export class CheckpointWhenIdle {
  readonly #timer: NodeJS.Timeout

  constructor(sqlite: Sqlite) {
    // PASSIVE never waits for a reader; what is left over is done next time.
    this.#timer = setTimeout(() => {
      if (sqlite.open) sqlite.pragma('wal_checkpoint(PASSIVE)')
    }, idleMs).unref()
  }

  /** A change is being written: begin to wait anew. */
  later(): void {
    this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
