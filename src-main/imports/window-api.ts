/** 迁入期: the window in which customers of the old system come in as already supplied, and who came in without contracts. */
import { z } from 'zod'
import { call, DateOnly, Id, Instant, pageOf, PageRequest, RequestId, shortText } from '../platform/contract.ts'
import { gasStates } from '../customers/api.ts'
import { windowAct } from './words.ts'

const leaders = ['hall-manager', 'administrator'] as const

/** 迁入期 as it stands, every act on it, the last one first, and what was moved in so far. */
export const Window = call({
  name: 'imports.window',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({}),
  output: z.object({
    open: z.boolean(),
    /** Number of the next act: an approval to open again is bound to it. */
    nextNo: z.int(),
    acts: z.array(
      z.object({
        no: z.int(),
        act: windowAct.schema(),
        at: Instant,
        byName: z.string(),
        reason: z.string(),
        approverName: z.string().nullable(),
      }),
    ),
    /** Accounts taken over as once supplied, and those of them whose contracts are not both on file; `more`: at least so many. */
    supplied: z.int(),
    unfiled: z.int(),
    more: z.boolean(),
  }),
})

/** 结束迁入期. @throws WindowMoved */
export const CloseWindow = call({
  name: 'imports.closeWindow',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({ requestId: RequestId }),
  output: z.object({}),
})

/** 重新开放迁入期: two persons, with the reason (access.approve, purpose `import-window`). @throws WindowMoved · ApprovalRefused */
export const OpenWindow = call({
  name: 'imports.openWindow',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({ requestId: RequestId, reason: shortText('原因', 200), approvalId: Id }),
  output: z.object({}),
})

export const UnfiledRow = z.object({
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  gasState: z.enum(gasStates),
  openedOn: DateOnly,
  importNo: z.string(),
  /** Which of the two contracts is neither signed here nor on file as a scan. */
  supplyMissing: z.boolean(),
  safetyMissing: z.boolean(),
})
export type UnfiledRow = z.output<typeof UnfiledRow>

/** 合同待补: taken over as once supplied, in use, and not both contracts on file (clause 15); in the order of the files. */
export const Unfiled = call({
  name: 'imports.unfiled',
  kind: 'read',
  allow: ['clerk', 'hall-manager', 'administrator'],
  input: z.strictObject({ search: z.string().trim().max(60).default(''), page: PageRequest.prefault({}) }),
  output: pageOf(UnfiledRow),
})
