/**
 * How far the PC's clock is believed. The mark is the last entry of somebody who had signed in: what nobody signed in for (a
 * failed login, the program's own work) does not move it. A clock before the mark is wrong; one far ahead of it is as
 * suspect, unless this very process has watched the time pass. Either way nothing is written until the clock has been
 * mended or an administrator has confirmed it.
 */
import { statement, type Sqlite } from './database.ts'

/** How far the clock may be behind the last entry (ms): small corrections are normal. */
export const clockToleranceMs = 60_000
/** How long a hall may be without an entry before the clock is asked about (ms): a long weekend passes. */
export const longestQuietMs = 4 * 86_400_000

export interface ClockDoubt {
  readonly direction: 'behind' | 'ahead'
  /** The last entry that counts (epoch ms). */
  readonly lastAt: number
  readonly now: number
}

export class TrustedClock {
  readonly #sqlite: Sqlite
  readonly #quietMs: number
  readonly #elapsed: () => number
  #lastAt: number | null | undefined
  /** A moment that was believed, and what the uninterrupted clock of the process said then. */
  #anchor: { readonly at: number; readonly elapsed: number } | null = null

  /** @param elapsed a clock nobody can set (ms) */
  constructor(sqlite: Sqlite, quietMs: number, elapsed: () => number = () => performance.now()) {
    this.#sqlite = sqlite
    this.#quietMs = quietMs
    this.#elapsed = elapsed
  }

  /** The last entry somebody signed in for, else when the hall was set up (epoch ms); null before that. */
  get lastAt(): number | null {
    // A hall that is just being set up has none yet and soon one.
    if (this.#lastAt === undefined || this.#lastAt === null) {
      const row = statement<{ at: number | null }>(
        this.#sqlite,
        `SELECT coalesce(
           (SELECT at FROM audit_log WHERE actor_id NOT IN ('system', 'nobody') ORDER BY seq DESC LIMIT 1),
           (SELECT created_at FROM device)) AS at`,
      ).get()
      this.#lastAt = row?.at ?? null
    }
    return this.#lastAt
  }

  /** Something was written by somebody who had signed in, or the database was changed in another way. */
  forget(): void {
    this.#lastAt = undefined
  }

  /** An administrator has said that the clock is right. */
  believe(now: number): void {
    this.#anchor = { at: now, elapsed: this.#elapsed() }
    this.forget()
  }

  doubt(now: number): ClockDoubt | null {
    const { lastAt } = this
    if (lastAt === null) return null
    if (lastAt - now > clockToleranceMs) return { direction: 'behind', lastAt, now }
    const watched = this.#anchor === null ? lastAt : this.#anchor.at + this.#elapsed() - this.#anchor.elapsed
    if (now - Math.max(lastAt, watched) > this.#quietMs) return { direction: 'ahead', lastAt, now }
    this.#anchor = { at: now, elapsed: this.#elapsed() }
    return null
  }
}
