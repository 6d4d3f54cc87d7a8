/** 恢复前的安全事项: what the replaced database had open, and the ways out of it. */
import { z } from 'zod'
import { suspensionReasons } from '../customers/api.ts'
import { call, Id, Instant, OwnWords, pageOf, PageRequest, RequestId, shortText } from '../platform/contract.ts'
import { carriedKinds, carriedOutcomes } from './words.ts'

const lookers = ['clerk', 'hall-manager', 'dispatcher', 'administrator'] as const
const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const

export const CarriedRow = z.object({
  matterId: Id,
  kind: z.enum(carriedKinds),
  /** The account in use there now; null where this hall knows none. */
  accountId: Id.nullable(),
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  cause: z.enum(suspensionReasons).nullable(),
  what: OwnWords,
  sinceAt: Instant,
  held: z.boolean(),
  sourceFile: z.string(),
  carriedAt: Instant,
  settledAt: Instant.nullable(),
  settledByName: z.string().nullable(),
  outcome: z.enum(carriedOutcomes).nullable(),
  settledNote: z.string().nullable(),
  approverName: z.string().nullable(),
})
export type CarriedRow = z.output<typeof CarriedRow>

/** What is still to be answered; `unread`: the hall whose list of what was off must be made. */
export const CarriedState = call({
  name: 'supply.carriedState',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({}),
  output: z.object({ open: z.int(), all: z.int(), unread: CarriedRow.nullable() }),
})

export const Carried = call({
  name: 'supply.carried',
  kind: 'read',
  allow: lookers,
  input: z.strictObject({
    filter: z.enum(['open', 'all']).default('open'),
    search: z.string().trim().max(60).default(''),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(CarriedRow),
})

/** 解除: it is over, and nothing stands in its place; two persons (access.approve, purpose `carried-lift`). @throws CarriedNotOpen · ApprovalRefused */
export const LiftCarried = call({
  name: 'supply.liftCarried',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ requestId: RequestId, matterId: Id, reason: shortText('原因', 200), approvalId: Id }),
  output: z.object({}),
})

/**
 * 补录: entered again as a hazard or an order of the same place, which stands in its place. Where gas was off, that one must
 * hold it off itself. @throws CarriedNotOpen · CarriedNotReplaced
 */
export const ReenterCarried = call({
  name: 'supply.reenterCarried',
  kind: 'change',
  allow: recorders,
  input: z.strictObject({ requestId: RequestId, matterId: Id, number: shortText('隐患号或工单号', 40) }),
  output: z.object({}),
})

/** Accounts of one list. */
export const maxDeclared = 200
/** 补停气清单: every account that was off since the backup, or that none was, with the reason; two persons (purpose `carried-list`). */
export const DeclareOff = call({
  name: 'supply.declareOff',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    matterId: Id,
    entries: z
      .array(z.strictObject({ accountId: Id, what: shortText('停气原因', 200) }))
      .max(maxDeclared, `一次最多 ${maxDeclared} 户，其余请另行停气`),
    reason: shortText('依据', 200),
    approvalId: Id,
  }),
  output: z.object({ placed: z.int() }),
})

/** The list as the second person reads it. */
export const declaredWords = (entries: readonly { readonly accountNo: string; readonly what: string }[]): string =>
  entries.length === 0 ? '没有停过气的户' : entries.map(({ accountNo, what }) => `${accountNo} ${what}`).join('；')
