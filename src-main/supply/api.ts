/** 供气: what a screen may ask of this room: interruptions, resumption, arrears. Instants are epoch ms, amounts fen. */
import { z } from 'zod'
import { call } from '../platform/contract.ts'
import { dunningStates } from './words.ts'

export * from './words.ts'
export * from './interruption-api.ts'
export * from './resumption-api.ts'
export * from './dunning-api.ts'
export * from './account-api.ts'
export * from './carried-api.ts'
export { dunningTransitions } from './dunning-rules.ts'
export { stateAfter as processStateAfter } from './account-rules.ts'
export { callsBeforeOverride, interruptionTransitions, missingNoticeHours } from './interruption-rules.ts'

/** How many days ahead an interruption counts as coming up. */
export const soonDays = 7

/** What waits in this room: for the home page, the heads of the lists and reports. */
export const SupplyOverview = call({
  name: 'supply.overview',
  kind: 'read',
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({}),
  output: z.object({
    /** Interruptions that are not over: what the list 停气计划 holds; of these the drafts, those announced for the next days, and under way. */
    living: z.int(),
    drafts: z.int(),
    plannedSoon: z.int(),
    interrupted: z.int(),
    /** Buildings without posted notice and special-care customers not told, of announced interruptions. */
    unposted: z.int(),
    openCalls: z.int(),
    /** Plans whose notice must go out within a day; announced ones whose time has come; those under way past their end. */
    noticeDue: z.int(),
    startDue: z.int(),
    endOverdue: z.int(),
    /** Of cancelled ones that could still be waited for: notices that hang, special-care customers who believe it. */
    standing: z.int(),
    believing: z.int(),
    awaiting: z.int(),
    awaitingOverdue: z.int(),
    /** Dunnings by state, and those whose waiting days are over: to be announced, to be suspended. */
    dunnings: z.partialRecord(z.enum(dunningStates), z.int()),
    readyToAnnounce: z.int(),
    readyToSuspend: z.int(),
  }),
})
