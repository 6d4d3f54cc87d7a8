/**
 * Copies the write-ahead log into the database file while nobody waits. A commit that does it itself, as SQLite does by
 * default every thousand pages, is one payment in twenty that takes many times as long as the others.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { busyMs, type Sqlite } from './database.ts'

/** How long after the last change (ms): the clerk has looked up from the keyboard. */
const idleMs = 250

/**
 * How long after the last change the log is emptied as well (ms). A log that only was copied stays on the disk and is read
 * again at the next start: one damaged byte of it would then cover a sound file.
 */
const emptyMs = 2_000
/** How soon it is tried again after it failed: the disk may be full, or a backup be reading (ms). */
const againMs = 15_000

/** Long work in slices leaves no such moment (ms): the more gathers, the longer somebody waits for it in the end. */
const steadyMs = 120

export interface CheckpointHooks {
  /** The hall is idle: what else waits for such a moment. */
  readonly idle: () => void
  /** What the database threw; the next attempt may succeed. */
  readonly failed: (error: unknown) => void
}

export class CheckpointWhenIdle {
  readonly #sqlite: Sqlite
  readonly #hooks: CheckpointHooks
  readonly #timer: NodeJS.Timeout
  #emptying: NodeJS.Timeout | null = null
  #copiedAt = performance.now()
  #stopped = false

  constructor(sqlite: Sqlite, hooks: CheckpointHooks = { idle: () => undefined, failed: () => undefined }) {
    this.#sqlite = sqlite
    this.#hooks = hooks
    this.#timer = setTimeout(() => this.#idle(), idleMs).unref()
  }

  #idle(): void {
    this.#copy()
    this.#emptyIn(emptyMs - idleMs)
  }

  #emptyIn(ms: number): void {
    if (this.#emptying) clearTimeout(this.#emptying)
    if (!this.#stopped) this.#emptying = setTimeout(() => this.#empty(), ms).unref()
  }

  /** Never throws: it runs in a timer, and the backend must outlive a full disk. */
  #copy(): void {
    // PASSIVE never waits for a reader; what is left over is done next time.
    this.#checkpoint('PASSIVE')
    this.#copiedAt = performance.now()
  }

  #empty(): void {
    const emptied = this.#checkpoint('TRUNCATE')
    try {
      this.#hooks.idle()
    } catch (error) {
      this.#hooks.failed(error)
    }
    if (!emptied) this.#emptyIn(againMs)
  }

  /** Whether all of the log was copied. */
  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
    if (!this.#sqlite.open) return true
    try {
      // TRUNCATE waits for readers as long as it may, and everybody would wait with it.
      this.#sqlite.pragma('busy_timeout = 0')
      const [row] = this.#sqlite.pragma(`wal_checkpoint(${mode})`) as { busy: number }[]
      return row?.busy === 0
    } catch (error) {
      this.#hooks.failed(error)
      return false
    } finally {
      if (this.#sqlite.open) this.#sqlite.pragma(`busy_timeout = ${busyMs}`)
    }
  }

  /** A change is being written: begin to wait anew. */
  later(): void {
    if (this.#emptying) clearTimeout(this.#emptying)
    this.#emptying = null
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
    this.#stopped = true
    clearTimeout(this.#timer)
    if (this.#emptying) clearTimeout(this.#emptying)
  }
}
