/**
 * 一户多表: which readings make one bill. Pure: no clock, no database.
 *
 * The meters of a household are billed together, so that its bill says what it used and the tiers count up once. A reading
 * waits until every meter in use was read (or estimated). A meter that was taken off waits for nobody: its last gas closes
 * the bill with whatever waits.
 */

export interface RoundReading {
  readonly meterId: string
}

export interface Rounds<Reading extends RoundReading> {
  /** Readings of one bill each, in the order in which they must be billed. */
  readonly full: readonly (readonly Reading[])[]
  /** Readings that still wait for another meter. */
  readonly waiting: readonly Reading[]
}

/**
 * @param readings of one account that wait for their bills, in the order they were taken
 * @param inUse ids of the meters the account has in use
 */
export function roundsOf<Reading extends RoundReading>(
  readings: readonly Reading[],
  inUse: readonly string[],
): Rounds<Reading> {
  const full: Reading[][] = []
  let waiting: Reading[] = []
  const gone = (reading: Reading) => !inUse.includes(reading.meterId)
  for (const [i, reading] of readings.entries()) {
    waiting.push(reading)
    const read = new Set(waiting.map(({ meterId }) => meterId))
    // The last reading of a meter that has gone since is part of the bill that waited for it.
    const wanted = [...inUse, ...readings.slice(i + 1).flatMap((later) => (gone(later) ? [later.meterId] : []))]
    if (!gone(reading) && !wanted.every((meterId) => read.has(meterId))) continue
    full.push(waiting)
    waiting = []
  }
  return { full, waiting }
}
