/**
 * Long work in slices, cut by time: a bill with three meters takes many times as long as one of nothing, and a busy disk
 * many times as long as a quiet one, so no number of rows is right. Each slice is one transaction that also moves the
 * place the work has come to; in between whoever else calls is answered. Work that was killed goes on from its place.
 */
import { setImmediate as turn } from 'node:timers/promises'

/**
 * How long a slice may take before it ends with the piece it is at (ms). With its commit it stays below what a clerk
 * notices, and a payment that comes in the middle of it is on record within 30 ms.
 */
export const sliceMs = 10

/** How time passes for long work. */
export interface Pace {
  /** A clock that only goes forward (ms, from no particular moment). */
  readonly steady: () => number
  /** Between two slices: whoever else calls is answered meanwhile. */
  readonly nextTurn: () => Promise<void>
}

/** The time of one slice. */
export class Slice {
  readonly #steady: () => number
  readonly #until: number

  constructor({ steady }: Pick<Pace, 'steady'>) {
    this.#steady = steady
    this.#until = steady() + sliceMs
  }

  get over(): boolean {
    return this.#steady() >= this.#until
  }

  /** The pieces there is time for, always the first, so that work goes on however slow the machine is. */
  *take<Piece>(pieces: Iterable<Piece>): Generator<Piece, void> {
    for (const piece of pieces) {
      yield piece
      if (this.over) return
    }
  }
}

/**
 * Slices until nothing is left.
 * @param from the place where the work begins
 * @param part does what there is time for, in one transaction of its own, and returns the place it came to; null at the end
 */
export async function inSlices<Place>(
  pace: Pace,
  from: Place | null,
  part: (place: Place, slice: Slice) => Place | null,
): Promise<void> {
  for (let place = from; place !== null;) {
    place = part(place, new Slice(pace))
    // Done is done: whoever waits for the end does not wait for the log to be copied, and is not told that it still goes on.
    await (place === null ? turn() : pace.nextTurn())
  }
}
