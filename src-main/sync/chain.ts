/**
 * The hash that runs along the rows sent. Each batch carries the one of everything acknowledged before it, and headquarters
 * holds it against its own: two copies of one PC's data part at the first row they do not share, and the second to come is
 * refused there. Pure.
 */
import { createHash } from 'node:crypto'

/** Before the first row. */
export const chainGenesis = '0'.repeat(64)

export interface ChainedRow {
  readonly seq: number
  readonly changeId: string
  readonly at: number
  readonly entity: string
  readonly entityId: string
  readonly op: string
}

/** The hash after a row. The id of its change is random: rows of another copy are never the same. */
export const chainNext = (before: string, { seq, changeId, at, entity, entityId, op }: ChainedRow): string =>
  createHash('sha256').update([before, seq, changeId, at, entity, entityId, op].join('\n')).digest('hex')
