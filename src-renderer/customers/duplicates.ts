/** What `DuplicateCustomer` says, read safely from an error that came over the bridge. */
import { DuplicateFound, type DuplicateFoundValue } from '../../src-main/customers/api.ts'
import type { CallError } from '../bridge.ts'

/** Who is on file already; null when the error is another one. */
export function duplicatesIn(error: CallError): readonly DuplicateFoundValue[] | null {
  if (error.code !== 'DuplicateCustomer') return null
  const parsed = DuplicateFound.array().safeParse(error.details)
  return parsed.success ? parsed.data : []
}
