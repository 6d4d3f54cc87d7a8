/**
 * 一户多表: which readings make one bill. Pure: no clock, no database.
 *
 * The meters of a household are billed together, so that its bill says what it used and the tiers count up once. A reading
 * waits until every meter in use was read (or estimated); one that is billed up to that day already has nothing to add. A
 * meter that was taken off waits for nobody: its last gas closes the bill with whatever waits.
 */
import type { BusinessDate } from '../platform/dates.ts'

export interface RoundReading {
  readonly meterId: string
  readonly readOn: BusinessDate
}

export interface RoundMeter {
  readonly meterId: string
  /** Day up to which what it measured is billed: of its last billed reading, else of its installation. */
  readonly billedThrough: BusinessDate
}

export interface Rounds<Reading extends RoundReading> {
  /** Readings of one bill each, in the order in which they must be billed. */
  readonly full: readonly (readonly Reading[])[]
  /** Readings that still wait for another meter. */
  readonly waiting: readonly Reading[]
}

/** Meters in use that must be read before these readings are billed. */
export function unreadFor<Meter extends RoundMeter>(
  waiting: readonly RoundReading[],
  inUse: readonly Meter[],
): readonly Meter[] {
  const last = waiting.at(-1)
  if (!last) return []
  return inUse.filter(
    ({ meterId, billedThrough }) =>
      billedThrough < last.readOn && !waiting.some((reading) => reading.meterId === meterId),
  )
}

/**
 * @param readings of one account that wait for their bills, in the order they were taken
 * @param inUse the meters the account has in use
 */
export function roundsOf<Reading extends RoundReading>(
  readings: readonly Reading[],
  inUse: readonly RoundMeter[],
): Rounds<Reading> {
  const full: Reading[][] = []
  let waiting: Reading[] = []
  const gone = (reading: Reading) => !inUse.some(({ meterId }) => meterId === reading.meterId)
  for (const [i, reading] of readings.entries()) {
    waiting.push(reading)
    // The last reading of a meter that has gone since is part of the bill that waited for it.
    const goneLater = readings.slice(i + 1).some(gone)
    if (!gone(reading) && (goneLater || unreadFor(waiting, inUse).length > 0)) continue
    full.push(waiting)
    waiting = []
  }
  return { full, waiting }
}
