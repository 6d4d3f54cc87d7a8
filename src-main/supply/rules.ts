/** 供气: what keeps gas off, and when it may flow again (clauses 17(2), 18(2), 19(3)). Pure. */
import type { SuspensionReason } from '../customers/api.ts'
import { duringQuietHours, tightnessFaults, type QuietHours, type TightnessValues } from '../installations/rules.ts'
import type { LocalDateTime } from '../platform/dates.ts'

export * from './dunning-rules.ts'
export * from './interruption-rules.ts'

/** The gravest first: what a service point with several holds is said to be suspended for. */
const gravity: readonly SuspensionReason[] = ['hazard', 'repair', 'emergency', 'arrears', 'planned', 'customer']

/** Why gas is off, given what holds it; null when nothing does. */
export const gravestOf = (causes: readonly SuspensionReason[]): SuspensionReason | null =>
  gravity.find((cause) => causes.includes(cause)) ?? null

export interface SuspendedPoint {
  readonly suspended: boolean
  /** The active account's customer is a resident; null where no account is in use. */
  readonly resident: boolean | null
  /** What still holds gas off, each in words. */
  readonly holds: readonly { readonly cause: SuspensionReason; readonly text: string }[]
}

/** What was tested and checked on site; null for what was not done. */
export interface ResumptionEvidence {
  readonly tightness: TightnessValues | null
  /** Reasons for which the safety check failed, in words; empty when it passed. */
  readonly safetyFaults: readonly string[] | null
  /** Why the tester may not do this work; null when they may. */
  readonly testerProblem: string | null
  /** In the quiet hours: somebody is awake there and agreed, and so did the manager. */
  readonly awake: boolean
}

/** What lets a tester give gas back (clause 10(8)), as the company has set it. */
export type ResumeCertificates = 'maintenance' | 'maintenance-emergency'
export const resumeCertificates = {
  maintenance: { kinds: ['maintenance'], words: '维修证' },
  'maintenance-emergency': { kinds: ['maintenance', 'emergency'], words: '维修证或抢修证' },
} as const

export type ResumptionObstacleCode =
  'NotSuspended' | 'NoAccount' | 'Held' | 'QuietHours' | 'NoTest' | 'TestFailed' | 'NoCheck' | 'CheckFailed' | 'Tester'
export interface ResumptionObstacle {
  readonly code: ResumptionObstacleCode
  readonly text: string
}

/** What stands in the way whatever is tested: said on the button before anybody goes there. */
export function obstaclesBeforeVisit(
  point: SuspendedPoint,
  at: Pick<LocalDateTime, 'hour' | 'minute'>,
  quiet: QuietHours,
): ResumptionObstacle[] {
  if (!point.suspended) return [{ code: 'NotSuspended', text: '这里没有停气，不需要恢复供气' }]
  return [
    ...(point.resident === null ? [{ code: 'NoAccount' as const, text: '没有在用的户号，请先开户或过户' }] : []),
    ...point.holds.map(({ text }) => ({ code: 'Held' as const, text })),
    ...(point.resident === true && duringQuietHours(at, quiet)
      ? [{ code: 'QuietHours' as const, text: `${quiet.from} 至次日 ${quiet.to} 不给居民恢复供气` }]
      : []),
  ]
}

const testObstacles = ({ tightness }: ResumptionEvidence, demand: TightnessValues): ResumptionObstacle[] =>
  tightness === null
    ? [{ code: 'NoTest', text: '尚未做严密性试验（第十七条）' }]
    : tightnessFaults(tightness, demand).map((text) => ({ code: 'TestFailed', text: `严密性试验不合格：${text}` }))

const checkObstacles = ({ safetyFaults }: ResumptionEvidence): ResumptionObstacle[] =>
  safetyFaults === null
    ? [{ code: 'NoCheck', text: '尚未做安全检查（第十七条）' }]
    : safetyFaults.map((text) => ({ code: 'CheckFailed', text: `安全检查不合格：${text}` }))

/**
 * Whether gas may flow again (clauses 17(2), 19(3)).
 * Every reason that stands in the way is returned, so that the clerk mends them in one visit, not one by one.
 */
export function obstaclesToResumption(
  point: SuspendedPoint,
  evidence: ResumptionEvidence,
  demand: TightnessValues,
  at: Pick<LocalDateTime, 'hour' | 'minute'>,
  quiet: QuietHours,
): ResumptionObstacle[] {
  const before = obstaclesBeforeVisit(point, at, quiet).filter(({ code }) => code !== 'QuietHours' || !evidence.awake)
  if (!point.suspended) return before
  return [
    ...before,
    ...testObstacles(evidence, demand),
    ...checkObstacles(evidence),
    ...(evidence.testerProblem === null ? [] : [{ code: 'Tester' as const, text: evidence.testerProblem }]),
  ]
}
