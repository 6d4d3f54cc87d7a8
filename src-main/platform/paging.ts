/** Key-set paging: the cursor is '<epoch ms>/<uuid>' of the last row shown, or '<day>/<uuid>' where the newest day stands first. */
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

const dayPattern = /^(\d{4}-\d{2}-\d{2})\/([0-9a-f-]{36})$/

/**
 * Where a page of a list begins whose newest day stands first, as its query is bound: before which day and id.
 * @throws InvalidInput for what no page ever answered
 */
export function beforeDay(after: string | null): { readonly beforeDate: string; readonly beforeId: string } {
  const { day, id } = dayCursor(after, '9999')
  return { beforeDate: day, beforeId: id }
}

/** The same, whichever day stands first. @param start the day of a first page: beyond every day of the list */
export function dayCursor(after: string | null, start = ''): { readonly day: string; readonly id: string } {
  if (after === null) return { day: start, id: '' }
  const [, day, id] = dayPattern.exec(after) ?? []
  if (day === undefined || id === undefined) {
    throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  }
  return { day, id }
}

/** The page of such a list, of `size + 1` rows that were read, and where the next one begins. */
export function pageByDay<Row extends { readonly onDate: string; readonly id: string }>(
  read: readonly Row[],
  size: number,
): { readonly kept: readonly Row[]; readonly next: string | null } {
  const kept = read.slice(0, size)
  const last = kept.at(-1)
  return { kept, next: read.length > size && last ? `${last.onDate}/${last.id}` : null }
}
