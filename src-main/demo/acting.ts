/** Calls of the demo staff, made within the transaction of the seeding. */
import type { Actor, Context } from '../platform/context.ts'
import { staffByNo } from '../staff/service.ts'

/** The context of somebody of the demo staff. */
export function as(context: Context, staffNo: string): Context {
  const member = staffByNo(context, staffNo)
  if (!member) throw new Error(`no demo staff ${staffNo}`)
  const { id, name, roles } = member
  const actor: Actor = { id, name, staffNo, roles, sessionId: null }
  return Object.create(context, { actor: { value: actor } }) as Context
}

/** A call made within the transaction of the seeding. */
export const done = <I, O>(
  { within }: { readonly within: (input: I, context: Context) => O },
  input: I,
  context: Context,
): O => within(input, context)
