/**
 * Two persons mean two persons: who did something does not judge it, neither themselves nor in the session of somebody whose
 * password they gave a day ago or less. Every bar against one's own work asks here; below the services it is asked once more
 * (`build/migrations/gates/two-persons.ts`). Pure.
 */

/** Who acts, and who gave their password lately. */
export interface Acting {
  readonly id: string
  readonly lentBy?: readonly string[] | undefined
}

/** The same among the facts of a process. */
export interface ActingFacts {
  /** Who wants to act. */
  readonly actorId: string
  /** Who gave the actor's password a day ago or less. */
  readonly lentBy?: readonly string[] | undefined
}
export const actingFacts = ({ actor: { id, lentBy } }: { readonly actor: Acting }): ActingFacts => ({
  actorId: id,
  lentBy,
})

/** How long whoever set a password may not have it agree to their own acts, even after its owner changed it (ms). */
export const lentForMs = 24 * 3_600_000

/** Everybody who may be the one who acts, as it is kept: who is logged in, and whoever could have. */
export const peopleOf = ({ id, lentBy: lenders = [] }: Acting): string => JSON.stringify([...new Set([id, ...lenders])])
/** The same, read again; nobody where nothing was kept. */
export const peopleIn = (kept: string | null): readonly string[] =>
  kept === null ? [] : (JSON.parse(kept) as string[])

/** Who gave a password last, as it is kept: ids in JSON, and when. */
export interface GivenBy {
  readonly resetBy: string | null
  readonly resetAt: number | null
}

/**
 * Who set a password a day ago or less, or had set that of whoever did, and could have chosen the one after it too; nobody
 * when the last was its owner's. @param now epoch ms
 */
export const lentBy = ({ resetBy, resetAt }: GivenBy, now: number): readonly string[] =>
  resetAt !== null && now - resetAt < lentForMs ? peopleIn(resetBy) : []

/**
 * Who gives a password, when one is set for somebody: who does it, and whoever gave him his. Null where that is nobody else:
 * resetting one's own leaves it as it was, or a lent session would make itself its owner's.
 */
export const giversOf = (actor: Acting, staffId: string): string | null =>
  actor.id === staffId ? null : peopleOf(actor)

/** How an act is that of one of these people: `own` by themselves, `lent` with a password one of them gave; null when it is another's. */
export function ownAct({ id, lentBy: lenders = [] }: Acting, people: Iterable<string | null>): 'own' | 'lent' | null {
  const doers = new Set(people)
  if (doers.has(id)) return 'own'
  return lenders.some((lender) => doers.has(lender)) ? 'lent' : null
}

/** Why somebody with a lent password may not. @param whom who gave it: '登记人' */
export const lentRefusal = (whom: string, what: string): string => `您的密码一天内由${whom}重置，${what}`
