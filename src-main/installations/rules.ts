/**
 * 报装: the states from application to first gas, and the gates between them (clauses 15, 17). Pure.
 * A gate answers with every reason that stands in the way, so that one visit mends them all.
 */
import type { Litre } from '../platform/money.ts'
import { daysBetween, type BusinessDate, type LocalDateTime } from '../platform/dates.ts'

export const applicationStates = [
  'applied',
  'unfit',
  'surveyed',
  'opened',
  'metered',
  'rejected',
  'accepted',
  'ignited',
  'cancelled',
] as const
export type ApplicationState = (typeof applicationStates)[number]

export const applicationActions = [
  'amend',
  'survey',
  'draft-contracts',
  'open-account',
  'install-meter',
  'accept',
  'test-tightness',
  'check-safety',
  'ignite',
  'cancel',
] as const
export type ApplicationAction = (typeof applicationActions)[number]

/** Steps done on site, by somebody of the staff with the certificate for it (clauses 10(8), 10(9)). */
export const siteWork = ['survey', 'meter', 'acceptance', 'tightness', 'safety-check', 'ignition'] as const
export type SiteWork = (typeof siteWork)[number]

/** Where each action may start. Everything else about it is said by `obstaclesTo`. */
export const startingStates: Record<ApplicationAction, readonly ApplicationState[]> = {
  amend: ['applied', 'unfit', 'surveyed'],
  survey: ['applied', 'unfit', 'surveyed'],
  // A contract voided before gas flows has to be drafted and signed again, wherever the application stands.
  'draft-contracts': ['surveyed', 'opened', 'metered', 'rejected', 'accepted'],
  'open-account': ['surveyed'],
  'install-meter': ['opened'],
  // Acceptance may be repeated until gas flows: after a failure, and after anything was changed on the installation.
  accept: ['metered', 'rejected', 'accepted'],
  'test-tightness': ['accepted'],
  'check-safety': ['accepted'],
  ignite: ['accepted'],
  cancel: ['applied', 'unfit', 'surveyed'],
}

/**
 * Where an action leads. `passed` is what survey and acceptance found, and for an amendment whether the survey still
 * holds; the other actions ignore it.
 */
export function stateAfter(action: ApplicationAction, from: ApplicationState, passed: boolean): ApplicationState {
  switch (action) {
    case 'survey':
      return passed ? 'surveyed' : 'unfit'
    case 'open-account':
      return 'opened'
    case 'install-meter':
      return 'metered'
    case 'accept':
      return passed ? 'accepted' : 'rejected'
    case 'ignite':
      return 'ignited'
    case 'cancel':
      return 'cancelled'
    case 'amend':
      return passed ? from : 'applied'
    case 'draft-contracts':
    case 'test-tightness':
    case 'check-safety':
      return from
  }
}

/** Every change of state there is, 'from>to'; 销户 cancels what never came to gas, wherever it stands. */
export const applicationWays: readonly string[] = [
  ...new Set(
    applicationActions.flatMap((action) =>
      startingStates[action].flatMap((from) =>
        [from, 'cancelled' as const, stateAfter(action, from, true), stateAfter(action, from, false)]
          .filter((to) => to !== from)
          .map((to) => `${from}>${to}`),
      ),
    ),
  ),
]

/** The latest finding of one kind; a survey that an amendment overtook does not count. `no` orders the steps of one application; no clock is asked what came first. */
export interface Finding {
  readonly no: number
  readonly passed: boolean
  readonly performedOn: BusinessDate
}

export interface Evidence {
  readonly resident: boolean
  readonly survey: Finding | null
  readonly livingContracts: number
  readonly signed: ReadonlySet<'supply' | 'safety'>
  readonly accountOpened: boolean
  readonly meter: Finding | null
  readonly acceptance: Finding | null
  readonly tightness: Finding | null
  readonly safetyCheck: Finding | null
  /** What keeps gas off at the place, in words: a hold, what a restore brought along and nobody answered, services not paid. */
  readonly held: readonly string[]
  readonly today: BusinessDate
  /** Days a test or check stands before gas flows, 0 for the same day (settings: installations.testDays). */
  readonly testDays: number
}

/**
 * Why a passed test or check lets no gas on any more: what it found may have changed since (clause 17). Null while it stands.
 * @param testDays most days from the test to the gas
 */
export function agedTest(name: string, on: BusinessDate, today: BusinessDate, testDays: number): string | null {
  if (daysBetween(on, today) <= testDays) return null
  return `${name}做于 ${on}，${testDays === 0 ? '不是今天' : `超过 ${testDays} 天`}，须重新做（第十七条）`
}

/** Steps of the account-opening page, in order. */
export type Step = 'application' | 'survey' | 'contracts' | 'meter' | 'acceptance' | 'ignition'

export interface Obstacle {
  /** Where it is mended. */
  readonly step: Step
  readonly text: string
}

/** Local times 'HH:MM'; may run over midnight. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/** Residents get no gas between 22:00 and 06:00: nobody may be awake to notice a leak (settings: supply.quietFrom, quietTo). */
export function duringQuietHours({ hour, minute }: Pick<LocalDateTime, 'hour' | 'minute'>, quiet: QuietHours): boolean {
  const now = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  if (quiet.from === quiet.to) return false
  return quiet.from < quiet.to ? now >= quiet.from && now < quiet.to : now >= quiet.from || now < quiet.to
}

const surveyObstacles = ({ survey }: Evidence): Obstacle[] => {
  if (survey?.passed) return []
  return [{ step: 'survey', text: survey ? '勘查结论为不具备用气条件，整改后须重新勘查' : '尚未勘查' }]
}

const contractObstacles = ({ signed }: Evidence): Obstacle[] => [
  ...(signed.has('supply') ? [] : [{ step: 'contracts' as const, text: '供用气合同尚未签订（第十五条）' }]),
  ...(signed.has('safety') ? [] : [{ step: 'contracts' as const, text: '安全用气合同尚未签订（第十五条）' }]),
]

const meterObstacles = ({ accountOpened, meter }: Evidence): Obstacle[] => [
  ...(accountOpened ? [] : [{ step: 'contracts' as const, text: '尚未开户' }]),
  ...(meter ? [] : [{ step: 'meter' as const, text: '尚未装表' }]),
]

const acceptanceObstacles = ({ acceptance, meter }: Evidence): Obstacle[] => {
  const at = (text: string): Obstacle[] => [{ step: 'acceptance', text }]
  if (!acceptance) return at('户内设施和用气设备尚未验收（第十七条）')
  if (!acceptance.passed) return at('验收不合格，整改后须重新验收（第十七条）')
  return meter && acceptance.no < meter.no ? at('装表之后尚未验收（第十七条）') : []
}

/** A test proves the installation as it was accepted last; after another acceptance it has to be made again. */
function testObstacles(name: string, test: Finding | null, { acceptance, today, testDays }: Evidence): Obstacle[] {
  const at = (text: string): Obstacle[] => [{ step: 'ignition', text }]
  if (!test) return at(`尚未做${name}（第十七条）`)
  if (!test.passed) return at(`${name}不合格，处理后须重新做（第十七条）`)
  if (acceptance && (test.no < acceptance.no || test.performedOn < acceptance.performedOn))
    return at(`${name}做于最近一次验收之前，须重新做（第十七条）`)
  const aged = agedTest(name, test.performedOn, today, testDays)
  return aged === null ? [] : at(aged)
}

const ignitionObstacles = (evidence: Evidence): Obstacle[] => [
  ...surveyObstacles(evidence),
  ...contractObstacles(evidence),
  ...meterObstacles(evidence),
  ...acceptanceObstacles(evidence),
  ...testObstacles('严密性试验', evidence.tightness, evidence),
  ...testObstacles('安全检查', evidence.safetyCheck, evidence),
  ...evidence.held.map((text) => ({ step: 'ignition' as const, text })),
]

const draftObstacles = ({ livingContracts }: Evidence): Obstacle[] =>
  livingContracts > 0 ? [{ step: 'contracts', text: '合同已经起草，须先作废合同' }] : []

const draftedObstacles = ({ livingContracts }: Evidence): Obstacle[] =>
  livingContracts >= 2 ? [{ step: 'contracts', text: '两份合同都已起草' }] : []

const guards: Record<ApplicationAction, (evidence: Evidence) => Obstacle[]> = {
  amend: draftObstacles,
  survey: draftObstacles,
  'draft-contracts': (evidence) => [...surveyObstacles(evidence), ...draftedObstacles(evidence)],
  'open-account': (evidence) => [...surveyObstacles(evidence), ...contractObstacles(evidence)],
  'install-meter': (evidence) => meterObstacles(evidence).filter(({ step }) => step !== 'meter'),
  accept: meterObstacles,
  'test-tightness': (evidence) => [...meterObstacles(evidence), ...acceptanceObstacles(evidence)],
  'check-safety': (evidence) => [...meterObstacles(evidence), ...acceptanceObstacles(evidence)],
  ignite: ignitionObstacles,
  cancel: () => [],
}

const finished: Partial<Record<ApplicationState, string>> = { ignited: '已经通气，报装已办结', cancelled: '报装已取消' }

/** What is said when the state forbids an action though nothing else stands in its way. */
const doneAlready: Record<ApplicationAction, Obstacle> = {
  amend: { step: 'application', text: '已经开户，申请内容不能再改' },
  survey: { step: 'survey', text: '已经开户，不再勘查' },
  'draft-contracts': { step: 'survey', text: '尚未勘查' },
  'open-account': { step: 'contracts', text: '已经开户' },
  'install-meter': { step: 'meter', text: '已经装表' },
  accept: { step: 'acceptance', text: '现在不能验收' },
  'test-tightness': { step: 'ignition', text: '现在不能做严密性试验' },
  'check-safety': { step: 'ignition', text: '现在不能做安全检查' },
  ignite: { step: 'ignition', text: '现在不能通气' },
  cancel: { step: 'application', text: '已经开户，不能取消报装，请办理销户' },
}

/**
 * Everything that stands in the way of an action; empty when it may be done.
 * @param at local time, for the quiet hours of residents
 */
export function obstaclesTo(
  action: ApplicationAction,
  state: ApplicationState,
  evidence: Evidence,
  at: LocalDateTime,
  quiet: QuietHours,
): Obstacle[] {
  const end = finished[state]
  if (end !== undefined) return [{ step: 'application', text: end }]
  const obstacles = guards[action](evidence)
  if (action === 'ignite' && evidence.resident && duringQuietHours(at, quiet)) {
    obstacles.push({ step: 'ignition', text: `${quiet.from} 至次日 ${quiet.to} 不给居民通气` })
  }
  if (obstacles.length === 0 && !startingStates[action].includes(state)) return [doneAlready[action]]
  return obstacles
}

/** Litres a year and in an hour: organisations agree on them, residents do not (domain.md §4). */
export function volumeProblem(
  resident: boolean,
  annual: Litre | null,
  hourly: Litre | null,
): { readonly field: string; readonly message: string } | null {
  if (resident) return annual === null && hourly === null ? null : { field: 'annualVolume', message: '居民不约定用量' }
  if (annual === null || annual === 0) return { field: 'annualVolume', message: '请填写约定年用气量' }
  if (hourly === null || hourly === 0) return { field: 'hourlyVolume', message: '请填写小时最大用气量' }
  return hourly > annual ? { field: 'hourlyVolume', message: '小时最大用气量不能大于年用气量' } : null
}

export interface TightnessValues {
  readonly pressurePa: number
  readonly minutes: number
  readonly dropPa: number
}

/** Why a tightness test did not pass, in words; empty when it passed. `demand`: least pressure and time, most drop. */
export function tightnessFaults(test: TightnessValues, demand: TightnessValues): string[] {
  return [
    ...(test.pressurePa < demand.pressurePa ? [`试验压力低于 ${demand.pressurePa / 1000} kPa`] : []),
    ...(test.minutes < demand.minutes ? [`稳压不足 ${demand.minutes} 分钟`] : []),
    ...(test.dropPa > demand.dropPa ? [`压降 ${test.dropPa} Pa，超过允许的 ${demand.dropPa} Pa`] : []),
  ]
}
