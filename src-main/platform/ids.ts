import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

let last = { msecs: -1, seq: 0 }

// Asking the system for random bytes costs more than all else here, so they are fetched for 256 ids at a time.
const pool = new Uint8Array(4096)
const bytesPerId = 16
let used = pool.length

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  return pool.subarray(used, (used += bytesPerId))
}

/**
 * A new UUIDv7 key: sorts by time, within a millisecond by the order of making, and never collides between the PCs of a
 * hall (the sequence starts at random, and 42 random bits follow it).
 */
export function newId(clock: Clock): string {
  const msecs = clock.now()
  const seq = msecs === last.msecs ? last.seq + 1 : Math.floor(Math.random() * 2 ** 31)
  last = { msecs, seq }
  return v7({ msecs, seq, random: randomBytes() })
}
