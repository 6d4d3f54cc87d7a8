import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** A new UUIDv7 key: sorts by time, never collides between the PCs of a hall. */
export function newId(clock: Clock): string {
  return v7({ msecs: clock.now() })
}
