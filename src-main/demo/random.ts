/** A seeded generator: the same seed makes the same hall, on every machine. */
export class Random {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** Uniform 32-bit integer (mulberry32). */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }

  /** Integer from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + (this.#next() % (max - min + 1))
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.#next() % values.length] as T
  }

  /** True `percent` times in a hundred. */
  chance(percent: number): boolean {
    return this.#next() % 100 < percent
  }
}
