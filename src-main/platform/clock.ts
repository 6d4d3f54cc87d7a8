/** The only source of time. Rules and services never ask the operating system. */
export interface Clock {
  /** UTC epoch milliseconds. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock set by hand: tests, demo data, and the demo day. */
export class ManualClock implements Clock {
  #now: number
  constructor(now: number | string) {
    this.#now = typeof now === 'number' ? now : Date.parse(now)
  }
  now(): number {
    return this.#now
  }
  set(now: number | string): void {
    this.#now = typeof now === 'number' ? now : Date.parse(now)
  }
  /** @param ms milliseconds, may be negative (a clock somebody set back) */
  advance(ms: number): void {
    this.#now += ms
  }
}

/** Runs like the system clock, so many ms ahead of it (behind it, when negative). */
export const shiftedClock = (offset: number): Clock => ({ now: () => Date.now() + offset })

/** Runs like the system clock from a given instant: a demo day begins in the morning whenever it is played. */
export const startedClock = (start: number): Clock => shiftedClock(start - Date.now())
