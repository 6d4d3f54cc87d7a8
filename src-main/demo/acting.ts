/** Calls of the demo staff, made within the transaction of the seeding. */
import type { Actor, Context } from '../platform/context.ts'
import { staffByNo } from '../staff/service.ts'

/** Somebody of the demo staff. */
export function actorOf(context: Context, staffNo: string): Actor {
  const member = staffByNo(context, staffNo)
  if (!member) throw new Error(`no demo staff ${staffNo}`)
  const { id, name, roles } = member
  return { id, name, staffNo, roles, sessionId: null }
}

export const as = (context: Context, staffNo: string): Context =>
  Object.create(context, { actor: { value: actorOf(context, staffNo) } }) as Context

/** A call made within the transaction of the seeding. */
export const done = <I, O>(
  { within }: { readonly within: (input: I, context: Context) => O },
  input: I,
  context: Context,
): O => within(input, context)
