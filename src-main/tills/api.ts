/** 本厅电脑: which PCs this hall has, the code by which another joins, and how one is withdrawn. */
import { z } from 'zod'
import { call, Instant, RequestId, shortText, TillCode } from '../platform/contract.ts'

const TillView = z.object({
  code: TillCode,
  name: z.string(),
  /** The host: its window needs no line, and it is never withdrawn. */
  host: z.boolean(),
  state: z.enum(['paired', 'withdrawn']),
  joinedAt: Instant,
  joinedBy: z.string(),
  withdrawnAt: Instant.nullable(),
  withdrawnBy: z.string().nullable(),
  withdrawReason: z.string().nullable(),
  /** On the line now: its program, since when, and when it last asked for something. */
  line: z.object({ version: z.string(), since: Instant, heardAt: Instant }).nullable(),
})
export type TillView = z.output<typeof TillView>

/** What progress events of a file on its way to the host are called. */
export const sendTask = 'tills.send'

const managers = ['hall-manager', 'administrator'] as const

export const State = call({
  name: 'tills.state',
  kind: 'read',
  allow: managers,
  input: z.strictObject({}),
  output: z.object({
    tills: z.array(TillView).max(99),
    /** Where the line is heard: the addresses of this PC with the port; empty while it is closed. */
    addresses: z.array(z.string()),
    /** Why the line could not be opened; what to do about it. */
    trouble: z.string().nullable(),
    /** Until when the code that is shown may be used; what became of the last one. */
    codeUntil: Instant.nullable(),
    codeEnded: z.enum(['used', 'locked', 'expired']).nullable(),
  }),
})

/** 显示配对码: for one PC, for five minutes. The one shown before is void. */
export const ShowCode = call({
  name: 'tills.showCode',
  kind: 'change',
  allow: managers,
  input: z.strictObject({}),
  output: z.object({ code: z.string(), until: Instant }),
})

export const HideCode = call({
  name: 'tills.hideCode',
  kind: 'change',
  allow: managers,
  input: z.strictObject({}),
  output: z.strictObject({}),
})

/** 停用分机: refused from this moment on, whoever is at work there. Its number is never given again. */
export const Withdraw = call({
  name: 'tills.withdraw',
  kind: 'change',
  allow: managers,
  input: z.strictObject({ requestId: RequestId, code: TillCode, reason: shortText('停用原因', 200) }),
  output: z.strictObject({}),
})
