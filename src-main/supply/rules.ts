/** 供气: what keeps gas off, and when it may flow again (clauses 17(2), 18(2), 19(3)). Pure. */
import type { SuspensionReason } from '../customers/api.ts'

/** The gravest first: what a service point with several holds is said to be suspended for. */
const gravity: readonly SuspensionReason[] = ['hazard', 'arrears', 'planned', 'customer']

/** Why gas is off, given what holds it; null when nothing does. */
export const gravestOf = (causes: readonly SuspensionReason[]): SuspensionReason | null =>
  gravity.find((cause) => causes.includes(cause)) ?? null
