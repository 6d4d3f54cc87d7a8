/** Who may be given a complaint to investigate, and who can be complained of. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { useCase } from '../platform/use-case.ts'
import { everybody, type StaffMember } from '../staff/service.ts'
import { Candidates, People } from './api.ts'
import { notAgainst } from './reads.ts'
import { complaintById, partiesOf } from './store.ts'

/** Roles that may look at complaints, and so can work on one. */
const investigators: readonly StaffMember['roles'][number][] = ['clerk', 'cashier', 'hall-manager', 'dispatcher']

export const mayInvestigate = ({ state, roles }: StaffMember): boolean =>
  state === 'active' && roles.some((role) => investigators.includes(role))

const inHand = ({ sqlite, actor }: Context, staffId: string): number =>
  statement<{ n: number }>(
    sqlite,
    `SELECT count(*) AS n FROM complaints c
     WHERE c.state = 'assigned' AND c.investigator_id = @staffId AND ${notAgainst('@actorId')}`,
  ).get({ staffId, actorId: actor.id })?.n ?? 0

/** @throws ComplaintNotFound */
export const candidates = useCase(Candidates, ({ complaintId }, context) => {
  complaintById(context, complaintId)
  const complainedOf = new Set(partiesOf(context, complaintId).map(({ staffId }) => staffId))
  return everybody(context)
    .filter((member) => mayInvestigate(member) && !complainedOf.has(member.id))
    .map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name, inHand: inHand(context, id) }))
    .toSorted((a, b) => a.inHand - b.inHand)
})

export const people = useCase(People, (_, context) =>
  everybody(context)
    .filter(({ state }) => state === 'active')
    .map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name })),
)
