/**
 * The numbers of a list that is read anew under the hand: who presses Ctrl+3 means the third row as it was seen, not the one
 * that has just taken its place.
 */

/** From seeing a row to pressing its number (ms): what came in its place later than that has been seen. */
const reactionMs = 1_000

/** @param keyOf tells whether a row that was seen still stands in the list */
export function numberedRows<Row>(keyOf: (row: Row) => string, now: () => number = () => performance.now()) {
  let rows: readonly Row[] = []
  let seen: readonly Row[] = []
  let changedAt = -Infinity
  return {
    /** The list as it stands from now on. */
    show(next: readonly Row[]): void {
      // Of several changes in a row the eye has seen none.
      if (now() - changedAt >= reactionMs) seen = rows
      if (next.some((row, i) => rows[i] === undefined || keyOf(row) !== keyOf(rows[i])) || next.length !== rows.length)
        changedAt = now()
      rows = next
    },
    /** The row that is meant by a number (0 for the first); null where it has gone or never was. */
    meant(i: number): Row | null {
      const was = now() - changedAt < reactionMs ? seen[i] : undefined
      // Nothing stood there: what has just come is the first that was ever seen.
      if (was === undefined) return rows[i] ?? null
      return rows.find((row) => keyOf(row) === keyOf(was)) ?? null
    },
  }
}
