/** Key-set paging by an instant: the cursor is '<epoch ms>/<uuid>' of the last row shown. */
import { InvalidInput } from './errors.ts'

export interface InstantCursor {
  /** Epoch ms. */
  readonly at: number
  readonly id: string
}

const pattern = /^(\d{1,15})\/([0-9a-f-]{36})$/

/**
 * Where a page begins: instant and id of the row before it, `start` for the first page.
 * @throws InvalidInput for what no page ever answered
 */
export function instantCursor(after: string | null, start: InstantCursor = { at: 0, id: '' }): InstantCursor {
  if (after === null) return start
  const found = pattern.exec(after)
  if (!found) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  return { at: Number(found[1]), id: found[2] ?? '' }
}
