/**
 * Has the write-ahead log copied into the database file, in a thread of its own: a commit that does it itself, as SQLite does
 * by default every thousand pages, is one payment in twenty that takes many times as long as the others, and after a backup
 * of a large hall, whose reading keeps the log from being copied, one that takes seconds.
 */
import { statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Sqlite } from './database.ts'
import type { CopierAnswer, CopierOrder, CopierRequest } from './log-copier.ts'

/** How long after the last change (ms): the clerk has looked up from the keyboard. */
const idleMs = 250
/** How long after the first change that was not copied, where there never is such a moment (ms). */
const atLatestMs = 2_000

/**
 * How long after the last change the log is emptied as well (ms). A log that only was copied stays on the disk and is read
 * again at the next start: one damaged byte of it would then cover a sound file.
 */
const emptyMs = 2_000
/** How soon it is tried again after it failed: the disk may be full, or a backup be reading (ms). */
const againMs = 15_000

/** Long work in slices leaves no such moment (ms): the more gathers, the longer it is held up in the end. */
const steadyMs = 120
/** While somebody reads, what has been written since cannot be copied: long work waits in vain at most one part in so many. */
const inVainShare = 10

/** A log of fewer bytes waits for the moment it is emptied: copying it takes as long as copying a little more. */
const smallBytes = 512 * 1024

export interface CheckpointHooks {
  /** The hall is idle: what else waits for such a moment. */
  readonly idle: () => void
  /** What the database threw; the next attempt may succeed. */
  readonly failed: (error: unknown) => void
}

export class CheckpointWhenIdle {
  readonly #sqlite: Sqlite
  readonly #order: CopierOrder
  readonly #hooks: CheckpointHooks
  readonly #timer: NodeJS.Timeout
  #latest: NodeJS.Timeout | null = null
  #emptying: NodeJS.Timeout | null = null
  /** Long work has the log copied from then on (ms of the steady clock). */
  #dueAt = performance.now() + steadyMs
  #copier: Worker | null = null
  /** One request after the other. */
  #last: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(sqlite: Sqlite, order: CopierOrder, hooks: CheckpointHooks) {
    this.#sqlite = sqlite
    this.#order = order
    this.#hooks = hooks
    // From here on no commit copies the log, however long it is.
    sqlite.pragma('wal_autocheckpoint = 0')
    this.#timer = setTimeout(() => this.#idle(), idleMs).unref()
  }

  #idle(): void {
    if (!this.#small()) void this.#ask('copy')
    this.#emptyIn(emptyMs - idleMs)
  }

  /** Whether the log has little in it, or none is there. */
  #small(): boolean {
    return (statSync(`${this.#order.path}-wal`, { throwIfNoEntry: false })?.size ?? 0) < smallBytes
  }

  #emptyIn(ms: number): void {
    if (this.#emptying) clearTimeout(this.#emptying)
    if (!this.#stopped) this.#emptying = setTimeout(() => void this.#empty(), ms).unref()
  }

  /** Never throws: it runs in a timer, and the backend must outlive a full disk. */
  async #empty(): Promise<void> {
    const asked = this.#emptying
    const emptied = await this.#ask('empty')
    // Whatever was written meanwhile has begun to wait anew.
    if (this.#stopped || this.#emptying !== asked) return
    try {
      this.#hooks.idle()
    } catch (error) {
      this.#hooks.failed(error)
    }
    if (!emptied) this.#emptyIn(againMs)
  }

  /** Asks the copying thread. @returns whether all of the log was copied. Never throws. */
  #ask(request: 'copy' | 'empty'): Promise<boolean> {
    const asked = this.#last.then(async () => {
      if (this.#stopped) return true
      if (this.#latest) clearTimeout(this.#latest)
      this.#latest = null
      try {
        const { whole, failed } = await this.#answer(request)
        if (failed !== null) this.#hooks.failed(failed)
        return whole
      } catch (error) {
        this.#hooks.failed(error)
        return this.#copyHere()
      }
    })
    this.#last = asked
    return asked
  }

  #answer(request: 'copy' | 'empty'): Promise<CopierAnswer> {
    const copier = (this.#copier ??= this.#start())
    return new Promise((resolve, reject) => {
      const done = () => {
        copier.off('message', answered).off('error', broken).off('exit', ended).unref()
      }
      const answered = (answer: CopierAnswer) => (done(), resolve(answer))
      const broken = (error: unknown) => {
        done()
        this.#copier = null
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      const ended = (code: number) => broken(new Error(`copying thread ended with ${code}`))
      copier.on('message', answered).on('error', broken).on('exit', ended).ref()
      copier.postMessage(request satisfies CopierRequest)
    })
  }

  #start(): Worker {
    // The built program has the thread's code as a file of its own; run from source, it is the file beside this one.
    const file = import.meta.url.endsWith('.ts') ? './log-copier.ts' : './log-copier.js'
    // It lives as long as the hall, and needs next to nothing.
    return new Worker(new URL(file, import.meta.url), {
      workerData: this.#order,
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 },
    })
  }

  /** Where no thread can be had: somebody waits for it, and the log does not grow for ever. */
  #copyHere(): boolean {
    if (!this.#sqlite.open) return true
    try {
      const [row] = this.#sqlite.pragma('wal_checkpoint(PASSIVE)') as {
        busy: number
        log: number
        checkpointed: number
      }[]
      return row?.busy === 0 && row.log === row.checkpointed
    } catch (error) {
      this.#hooks.failed(error)
      return false
    }
  }

  /** A change is being written: begin to wait anew. */
  later(): void {
    if (this.#emptying) clearTimeout(this.#emptying)
    this.#emptying = null
    this.#timer.refresh()
    if (this.#latest || this.#stopped) return
    this.#latest = setTimeout(() => {
      this.#latest = null
      if (!this.#small()) void this.#ask('copy')
    }, atLatestMs).unref()
  }

  /**
   * Between two slices of long work: whoever else calls is answered, and now and then the work stands still until the log is
   * copied. Nobody else does.
   */
  async nextTurn(): Promise<void> {
    await turn()
    const began = performance.now()
    if (began < this.#dueAt || this.#small()) return
    const whole = await this.#ask('copy')
    const ended = performance.now()
    this.#dueAt = ended + Math.max(steadyMs, whole ? 0 : (ended - began) * inVainShare)
  }

  /** The copying thread lets go of the file; what is left in the log stays in it. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    if (this.#emptying) clearTimeout(this.#emptying)
    if (this.#latest) clearTimeout(this.#latest)
    await this.#last
    const copier = this.#copier
    this.#copier = null
    if (!copier) return
    await new Promise<void>((resolve) => {
      copier.ref()
      copier.once('exit', () => resolve()).once('error', () => resolve())
      copier.postMessage('end' satisfies CopierRequest)
    })
  }
}
