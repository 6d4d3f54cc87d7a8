/** Cursors of the lists of this room: the date or instant of the last row, and its id. */
import { InvalidInput } from '../platform/errors.ts'

const pattern = /^(\d{4}-\d{2}-\d{2}|\d{1,15})\/([0-9a-f-]{36})$/

function partsOf(after: string): [string, string] {
  const [, at, id] = pattern.exec(after) ?? []
  if (at === undefined || id === undefined) throw new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })
  return [at, id]
}

/** Where a list by date goes on, backwards. @throws InvalidInput */
export function dateCursor(after: string | null): { readonly date: string; readonly id: string } {
  if (after === null) return { date: '9999-12-31', id: '' }
  const [date, id] = partsOf(after)
  return { date, id }
}
export const dateCursorOf = (row: { readonly heldOn: string; readonly id: string } | undefined): string | null =>
  row ? `${row.heldOn}/${row.id}` : null

/** Where a list by instant goes on, backwards. @throws InvalidInput */
export function instantCursor(after: string | null): { readonly at: number; readonly id: string } {
  if (after === null) return { at: Number.MAX_SAFE_INTEGER, id: '' }
  const [at, id] = partsOf(after)
  return { at: Number(at), id }
}
