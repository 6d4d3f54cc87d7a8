/**
 * How far the PC's clock is believed. The mark is the last entry of somebody who had signed in: what nobody signed in for (a
 * failed login, the program's own work) does not move it. A clock before the mark is wrong; one far ahead of it is as
 * suspect, unless this very process has watched the time pass; while it watches, a clock that runs away from the machine's own
 * count is seen at once, so that no day is opened, closed or charged for that has not come. Either way nothing is written until the clock has been
 * mended or an administrator has confirmed it.
 */
import os from 'node:os'
import { statement, type Sqlite } from './database.ts'

/** How far the clock may be behind the last entry (ms): small corrections are normal. */
export const clockToleranceMs = 60_000
/** How long a hall may be without an entry before the clock is asked about (ms): a long weekend passes. */
export const longestQuietMs = 4 * 86_400_000
/** How far the clock may run ahead of the machine's own count of time (ms): it is set right by some minutes, not by hours. */
export const longestJumpMs = 3_600_000

/** The count goes on while the PC sleeps only in the one or the other, by the system; what counts more is right. */
const elapsedOnThisPc = (): number => Math.max(performance.now(), (os.uptime() - upAtStart) * 1000)
const upAtStart = os.uptime()

export interface ClockLimits {
  /** How long the hall may be without an entry before a clock that nobody has watched is asked about (ms). */
  readonly quietMs: number
  /** How far the clock may run ahead while it is watched (ms). */
  readonly jumpMs: number
}

export interface ClockDoubt {
  readonly direction: 'behind' | 'ahead'
  /** The last entry that counts (epoch ms). */
  readonly lastAt: number
  readonly now: number
}

export class TrustedClock {
  readonly #sqlite: Sqlite
  readonly #limits: ClockLimits
  readonly #elapsed: () => number
  #lastAt: number | null | undefined
  /** A moment that was believed, and what the uninterrupted clock of the process said then. */
  #anchor: { readonly at: number; readonly elapsed: number } | null = null

  /** @param elapsed a clock nobody can set (ms) */
  constructor(sqlite: Sqlite, limits: ClockLimits, elapsed: () => number = elapsedOnThisPc) {
    this.#sqlite = sqlite
    this.#limits = limits
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
    const anchor = this.#anchor
    const elapsed = this.#elapsed()
    const watched = anchor === null ? lastAt : anchor.at + elapsed - anchor.elapsed
    const most = anchor === null ? this.#limits.quietMs : this.#limits.jumpMs
    if (now - Math.max(lastAt, watched) > most) return { direction: 'ahead', lastAt, now }
    this.#anchor = { at: now, elapsed }
    return null
  }
}
