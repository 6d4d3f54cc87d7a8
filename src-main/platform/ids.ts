import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

let last = { msecs: -1, seq: 0 }

/**
 * A new UUIDv7 key: sorts by time, within a millisecond by the order of making, and never collides between the PCs of a
 * hall (the sequence starts at random, and 42 random bits follow it).
 */
export function newId(clock: Clock): string {
  const msecs = clock.now()
  const seq = msecs === last.msecs ? last.seq + 1 : Math.floor(Math.random() * 2 ** 31)
  last = { msecs, seq }
  return v7({ msecs, seq })
}
