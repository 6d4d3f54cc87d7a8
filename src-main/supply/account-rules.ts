/**
 * 停用、复用、拆除、过户、换表、销户、加表、拆表: the states of a process and everything that may stand in its way (clauses 6(5), 14(1), 17(2)).
 * Pure. A gate answers with every reason, so that one visit mends them all. Money in fen, volumes in litres.
 */
import { agedTest, duringQuietHours, type QuietHours } from '../installations/api.ts'
import type { BusinessDate, LocalDateTime } from '../platform/dates.ts'
import { add, formatYuan, type Fen } from '../platform/money.ts'
import { gasStateNames, type GasState } from '../customers/api.ts'
import { maxMetersInUse } from '../metering/api.ts'
import {
  processKindNames,
  processStateNames,
  type ClosingGround,
  type PrepaymentChoice,
  type ProcessAction,
  type ProcessKind,
  type ProcessState,
  type ProcessStep,
} from './account-words.ts'

type Moves = Partial<Record<ProcessState, ProcessState>>

const stay = <const S extends ProcessState>(...states: S[]) =>
  Object.fromEntries(states.map((state) => [state, state])) as Record<S, S>

/** From which states an action is allowed, and where it leads. What else it needs is said by `obstaclesTo`. */
export const transitions: Record<ProcessKind, Partial<Record<ProcessAction, Moves>>> = {
  deactivation: {
    read: { applied: 'read', read: 'read' },
    'choose-prepayment': stay('applied', 'read'),
    'keep-debt': stay('applied', 'read'),
    finish: { read: 'done' },
    cancel: { applied: 'cancelled', read: 'cancelled' },
  },
  reactivation: {
    'keep-debt': stay('applied'),
    'test-tightness': stay('applied'),
    'check-safety': stay('applied'),
    finish: { applied: 'done' },
    cancel: { applied: 'cancelled' },
  },
  dismantling: {
    // After the meter is off the wall the books may still have to be put right: a bill cancelled, an index misread.
    read: { applied: 'read', read: 'read', removed: 'removed' },
    remove: { applied: 'removed', read: 'removed', removed: 'removed' },
    'test-tightness': stay('removed'),
    'keep-debt': stay('applied', 'read', 'removed'),
    finish: { removed: 'done' },
    cancel: { applied: 'cancelled', read: 'cancelled' },
  },
  transfer: {
    'report-absence': stay('applied', 'read'),
    'approve-absence': stay('applied', 'read'),
    'name-holder': stay('applied', 'read'),
    read: { applied: 'read', read: 'read' },
    'choose-prepayment': stay('applied', 'read'),
    'draft-contracts': stay('applied', 'read'),
    finish: { read: 'done' },
    cancel: { applied: 'cancelled', read: 'cancelled' },
  },
  exchange: {
    exchange: { applied: 'exchanged' },
    'test-tightness': stay('exchanged'),
    'check-safety': stay('exchanged'),
    finish: { exchanged: 'done' },
    cancel: { applied: 'cancelled' },
  },
  closing: {
    'see-place': stay('applied'),
    'approve-closing': stay('applied'),
    'keep-debt': stay('applied'),
    finish: { applied: 'done' },
    cancel: { applied: 'cancelled' },
  },
  addition: {
    'add-meter': { applied: 'added' },
    'test-tightness': stay('added'),
    'check-safety': stay('added'),
    finish: { added: 'done' },
    cancel: { applied: 'cancelled' },
  },
  detachment: {
    detach: { applied: 'removed' },
    'test-tightness': stay('removed'),
    'check-safety': stay('removed'),
    finish: { removed: 'done' },
    cancel: { applied: 'cancelled' },
  },
}

/** The state an action leads to, or null when it is not allowed from here. */
export const stateAfter = (kind: ProcessKind, action: ProcessAction, from: ProcessState): ProcessState | null =>
  transitions[kind][action]?.[from] ?? null

/** What may become of the prepayment, the proposal first. An account that ends keeps nothing. */
export const prepaymentChoicesOf: Record<ProcessKind, readonly PrepaymentChoice[]> = {
  deactivation: ['keep', 'refund'],
  reactivation: ['keep'],
  dismantling: ['refund'],
  transfer: ['refund', 'carry'],
  exchange: ['keep'],
  closing: ['refund'],
  addition: ['keep'],
  detachment: ['keep'],
}

export interface Obstacle {
  /** Where it is mended. */
  readonly step: ProcessStep
  readonly text: string
}
const at = (step: ProcessStep, text: string): Obstacle => ({ step, text })

export interface PlaceFacts {
  readonly accountState: 'active' | 'transferred' | 'closed'
  readonly gasState: GasState
  /** Meters in use. */
  readonly meters: number
  /** A process in hand at the same place, in words; null for none. */
  readonly inHand: string | null
  /** 销户 was done before. */
  readonly closed: boolean
}

const startingGas: Record<Exclude<ProcessKind, 'closing'>, readonly GasState[]> = {
  // 停用 is the customer's wish; where gas is off for a hazard or for arrears, that comes first.
  deactivation: ['supplied'],
  reactivation: ['deactivated'],
  dismantling: ['deactivated', 'suspended'],
  transfer: ['supplied', 'suspended', 'deactivated'],
  exchange: ['supplied', 'suspended', 'deactivated'],
  // Where gas is off for a reason, nothing is built on.
  addition: ['supplied'],
  detachment: ['supplied', 'suspended', 'deactivated'],
}
const startingHints: Record<Exclude<ProcessKind, 'closing'>, string> = {
  deactivation: '只有供气中的户可以停用',
  reactivation: '只有停用的户可以复用',
  dismantling: '须先停用或停气',
  transfer: '未通气或已拆除的户不能过户',
  exchange: '未通气或已拆除的户不能换表',
  addition: '只有供气中的户可以加表',
  detachment: '未通气或已拆除的户不能拆表',
}

/** Whether 销户 of this account needs a word on why the meter is not taken off first. */
export const asksForGround = ({ accountState, gasState }: Pick<PlaceFacts, 'accountState' | 'gasState'>): boolean =>
  accountState === 'active' && gasState !== 'not-ignited' && gasState !== 'dismantled'

/**
 * What stands in the way of beginning a process; empty when it may begin.
 * @param ground 销户 without 拆除: why nobody can take the meter off
 */
export function obstaclesToStart(kind: ProcessKind, place: PlaceFacts, ground: ClosingGround | null = null): string[] {
  if (place.inHand !== null) return [place.inHand]
  if (kind === 'closing') return closingStart(place, ground)
  if (ground !== null) return ['只有销户才登记不拆除的情形']
  if (place.accountState === 'transferred') return ['户号已过户，请选择新户主的户号']
  if (place.accountState === 'closed') return ['户号已终止']
  const found: string[] = []
  if (!startingGas[kind].includes(place.gasState)) {
    found.push(`${startingHints[kind]}（现为${gasStateNames[place.gasState]}）`)
  }
  return [...found, ...meterObstacles(kind, place.meters)]
}

/** How many meters a process needs to find. */
function meterObstacles(kind: ProcessKind, meters: number): string[] {
  if (kind === 'detachment') return meters < 2 ? ['只有一块在用表，不能单独拆表；不再用气的请办理停用、拆除'] : []
  if (kind === 'addition' && meters >= maxMetersInUse) return [`一户最多 ${maxMetersInUse} 块在用表，已达上限`]
  const needed = kind === 'exchange' || kind === 'transfer' || kind === 'addition'
  return needed && meters === 0 ? ['没有在用的表具'] : []
}

/** 销户: after dismantling, or where gas never flowed. */
function closingStart(place: PlaceFacts, ground: ClosingGround | null): string[] {
  if (place.closed) return ['已办理销户']
  if (place.accountState === 'transferred') return ['户号已过户结清，无须销户']
  if (!asksForGround(place)) return ground === null ? [] : ['已拆除或未通气的户直接销户，不登记不拆除的情形']
  if (ground !== null) return []
  return [`须先办理拆除，才能销户（现为${gasStateNames[place.gasState]}）；房屋已拆或不能入户的，请选择不拆除的情形`]
}

/** What an account owes and what is held for it, as of the business day. */
export interface Settlement {
  /** Readings that wait for their bills. */
  readonly unbilled: number
  /** Principal and 违约金 still open, fen. */
  readonly principal: Fen
  readonly lateFee: Fen
  /** Fen held for the account. */
  readonly prepayment: Fen
  /** Fen of services charged beside gas for which the business waits; 0 where the company does not wait. */
  readonly charges: Fen
}

/**
 * 结清: nothing is finished while anything is owed, or a refund is due and not paid. A debt stays only by approval.
 * @param kept principal that may stay owed, fen; 违约金 runs on with it. Null: nothing may
 */
export function settlementObstacles(
  settlement: Settlement,
  choice: PrepaymentChoice,
  kept: Fen | null = null,
): Obstacle[] {
  const { unbilled, principal, lateFee, prepayment } = settlement
  const owed = add(principal, lateFee)
  const late = lateFee > 0 ? `（含违约金 ${formatYuan(lateFee)} 元）` : ''
  return [
    ...(unbilled > 0 ? [at('settlement', `还有 ${unbilled} 次抄表未出账`)] : []),
    ...(owed > 0 && kept === null ? [at('settlement', `欠费 ${formatYuan(owed)} 元${late}未缴清`)] : []),
    ...(kept !== null && principal > kept
      ? [at('settlement', `欠费 ${formatYuan(principal)} 元多于批准保留的 ${formatYuan(kept)} 元，须重新批准`)]
      : []),
    ...(choice === 'refund' && prepayment > 0 ? [at('settlement', `预存余额 ${formatYuan(prepayment)} 元未退还`)] : []),
  ]
}

/**
 * A service that was charged is paid before the business ends, where the company says so (setting fees.businessWaits). Goods and
 * insurance are never waited for: nothing of the gas may hang on them.
 */
const chargeObstacles = ({ charges }: Settlement): Obstacle[] =>
  charges > 0 ? [at('settlement', `收费项目 ${formatYuan(charges)} 元未缴清，请先到收费页收款，收错的请作废`)] : []

export interface Finding {
  readonly no: number
  readonly passed: boolean
  readonly performedOn: BusinessDate
}

/** 止数 of one of the meters in use. */
export interface FinalReading {
  readonly meterNo: string
  /** Null before it was taken. */
  readonly on: BusinessDate | null
  /** `billed`: still the last reading of the meter. `waits`: for another meter to be read. `stale`: read again, or not billed. */
  readonly state: 'untaken' | 'waits' | 'stale' | 'billed'
}

export interface ProcessFacts {
  readonly kind: ProcessKind
  readonly state: ProcessState
  readonly resident: boolean
  readonly place: Omit<PlaceFacts, 'inHand' | 'closed'>
  readonly settlement: Settlement
  readonly prepayment: PrepaymentChoice
  /** One for each meter in use. */
  readonly finalReadings: readonly FinalReading[]
  /** 欠费保留: principal that may stay owed, fen; null where nobody approved of it. */
  readonly debtKept: Fen | null
  /** Day on which the act takes effect: today, or the day the work was done on site. */
  readonly effectiveOn: BusinessDate
  readonly tightness: Finding | null
  readonly safetyCheck: Finding | null
  readonly today: BusinessDate
  /** Days a test or check stands before gas flows, 0 for the same day (settings: installations.testDays). */
  readonly testDays: number
  readonly removal: Finding | null
  /** 拆除: meters that are still on the wall, by number. */
  readonly unremoved: readonly string[]
  readonly addition: Finding | null
  readonly exchange: Finding | null
  /** What keeps gas off at the place, in words. */
  readonly holds: readonly string[]
  /** 过户: whether the new holder is named, and which papers of either side are missing. */
  readonly holderNamed: boolean
  /** 过户: the holder who leaves cannot come, and whether the manager approved of going on without them. */
  readonly absence: 'none' | 'reported' | 'approved'
  readonly missingPapers: readonly string[]
  readonly drafted: number
  readonly signed: ReadonlySet<'supply' | 'safety'>
  /** 过户: the old holder's written consent to carry the prepayment over is on file. */
  readonly consent: boolean
  /** 销户 without 拆除: why, what was seen there, whether a paper was filed since, whether the manager approved. */
  readonly ground: ClosingGround | null
  readonly seen: Finding | null
  readonly groundProved: boolean
  readonly groundApproved: boolean
  /** 销户: what is still open elsewhere, in words. */
  readonly openMatters: readonly string[]
}

/** 止数 settles the day on which use ends, of every meter: gas that may have flowed since belongs to somebody. */
function readingObstacles({ finalReadings, effectiveOn }: ProcessFacts, day: string): Obstacle[] {
  return finalReadings.flatMap(({ meterNo, on, state }) => {
    const which = finalReadings.length > 1 ? `表 ${meterNo} ` : ''
    if (on === null) return [at('reading', `${which}尚未抄止数`)]
    // What it waits for is said by the other meter.
    if (state === 'waits') return []
    if (state !== 'billed') return [at('reading', `${which}止数之后又有抄表，或账单已取消，须重新抄止数`)]
    if (day === '' || on === effectiveOn) return []
    return [at('reading', `${which}止数抄于 ${on}，${day}（${effectiveOn}）须重新抄止数`)]
  })
}

/** A reading while gas is off stands for any later day: nothing can have flowed. */
const readingAtRest = (facts: ProcessFacts): Obstacle[] => readingObstacles(facts, '')

function testObstacles(name: string, test: Finding | null, after: Finding | null): Obstacle[] {
  if (!test || (after && test.no < after.no)) return [at('field', `尚未做${name}（第十七条）`)]
  return test.passed ? [] : [at('field', `${name}不合格，处理后须重新做（第十七条）`)]
}

/** Before gas flows again what was found must be of these days. */
function freshTestObstacles(name: string, test: Finding | null, { today, testDays }: ProcessFacts): Obstacle[] {
  const aged = test?.passed ? agedTest(name, test.performedOn, today, testDays) : null
  return aged === null ? testObstacles(name, test, null) : [at('field', aged)]
}

/**
 * After work on a meter: gas was off for it and is on again. What was put in or blanked is found tight, and where gas flows
 * the place is looked over (clause 17(2)).
 */
const workedObstacles = (work: Finding, name: string, { tightness, safetyCheck, place }: ProcessFacts): Obstacle[] => [
  ...testObstacles(name, tightness, work),
  ...(place.gasState === 'supplied' ? testObstacles('安全检查', safetyCheck, work) : []),
]

const holderObstacles = ({ holderNamed, missingPapers }: ProcessFacts): Obstacle[] => [
  ...(holderNamed ? [] : [at('holder', '尚未登记新户主')]),
  ...missingPapers.map((text) => at('holder', text)),
]

/** Somebody else's account is given away only with every proof at hand, and by somebody who leads. */
const approvalObstacles = (facts: ProcessFacts): Obstacle[] => {
  if (facts.absence === 'none') return [at('holder', '原户主到场办理，不需要批准')]
  if (facts.absence === 'approved') return [at('holder', '已经批准')]
  return holderObstacles(facts)
}

const contractObstacles = ({ signed }: ProcessFacts): Obstacle[] => [
  ...(signed.has('supply') ? [] : [at('contracts', '新户主尚未签订供用气合同（第十五条）')]),
  ...(signed.has('safety') ? [] : [at('contracts', '新户主尚未签订安全用气合同（第十五条）')]),
]

/** 销户 without 拆除: somebody certified saw that no gas reaches the place, and a paper says why nobody can take it down. */
const groundObstacles = ({ ground, seen, groundProved }: ProcessFacts): Obstacle[] =>
  ground === null
    ? []
    : [
        ...(seen ? [] : [at('field', '尚未现场核实已关阀封堵、没有气（第十七条）')]),
        ...(groundProved ? [] : [at('field', '情况说明、裁判文书等证明材料尚未上传')]),
      ]

const closingApprovalObstacles = (facts: ProcessFacts): Obstacle[] => {
  if (facts.ground === null) return [at('field', '已拆除或未通气的户直接销户，不需要批准')]
  if (facts.groundApproved) return [at('field', '已经批准')]
  return groundObstacles(facts)
}

/** Where the gas must stand for a process to end: it may have changed hands since the process began. */
const finishingGas: Partial<Record<ProcessKind, readonly GasState[]>> = {
  deactivation: ['supplied', 'suspended'],
  reactivation: ['deactivated'],
  dismantling: ['deactivated', 'suspended'],
  transfer: ['supplied', 'suspended', 'deactivated'],
}
function gasObstacles({ kind, place }: ProcessFacts): Obstacle[] {
  const wanted = finishingGas[kind]
  if (wanted === undefined || wanted.includes(place.gasState)) return []
  const names = wanted.map((state) => gasStateNames[state]).join('或')
  return [at('finish', `用气点现为${gasStateNames[place.gasState]}，须是${names}才能办理${processKindNames[kind]}`)]
}

/** Everything between a process and its end, by kind. */
const finishing: Record<ProcessKind, (facts: ProcessFacts) => Obstacle[]> = {
  deactivation: (facts) => [
    ...readingObstacles(facts, '停气当日'),
    ...settlementObstacles(facts.settlement, facts.prepayment, facts.debtKept),
  ],
  reactivation: (facts) => [
    ...freshTestObstacles('严密性试验', facts.tightness, facts),
    ...freshTestObstacles('安全检查', facts.safetyCheck, facts),
    ...facts.holds.map((text) => at('finish', `还有停气原因未解除：${text}`)),
    ...settlementObstacles(facts.settlement, 'keep', facts.debtKept),
  ],
  dismantling: (facts) => [
    ...readingAtRest(facts),
    ...settlementObstacles(facts.settlement, 'refund', facts.debtKept),
    ...chargeObstacles(facts.settlement),
    ...(facts.removal ? [] : [at('field', '尚未拆表封堵')]),
    ...(facts.removal && facts.unremoved.length > 0 ? [at('field', `表 ${facts.unremoved.join('、')} 尚未拆下`)] : []),
    ...testObstacles('封堵严密性试验', facts.tightness, facts.removal),
  ],
  transfer: (facts) => [
    ...holderObstacles(facts),
    ...(facts.absence === 'reported' ? [at('holder', '原户主不能到场，须营业厅主任批准')] : []),
    ...readingObstacles(facts, '过户当日'),
    ...settlementObstacles(facts.settlement, facts.prepayment),
    ...chargeObstacles(facts.settlement),
    ...(facts.prepayment === 'carry' && facts.settlement.prepayment > 0 && !facts.consent
      ? [at('settlement', '原户主同意结转预存的书面同意书尚未上传')]
      : []),
    ...contractObstacles(facts),
  ],
  exchange: (facts) => [
    ...(facts.exchange ? workedObstacles(facts.exchange, '严密性试验', facts) : [at('field', '尚未换表')]),
    ...chargeObstacles(facts.settlement),
  ],
  closing: (facts) => [
    ...settlementObstacles(facts.settlement, 'refund', facts.debtKept),
    ...chargeObstacles(facts.settlement),
    ...groundObstacles(facts),
    ...(facts.ground !== null && !facts.groundApproved ? [at('field', '不拆除销户须营业厅主任批准')] : []),
    ...facts.openMatters.map((text) => at('finish', text)),
  ],
  addition: (facts) =>
    facts.addition ? workedObstacles(facts.addition, '严密性试验', facts) : [at('field', '尚未装表')],
  detachment: (facts) =>
    facts.removal ? workedObstacles(facts.removal, '封堵严密性试验', facts) : [at('field', '尚未拆表封堵')],
}

const guards: Partial<Record<ProcessAction, (facts: ProcessFacts) => Obstacle[]>> = {
  read: ({ place }) => (place.meters > 0 ? [] : [at('reading', '没有在用的表具，无须抄止数')]),
  'approve-absence': approvalObstacles,
  'keep-debt': ({ settlement, debtKept }) =>
    add(settlement.principal, settlement.lateFee) === 0
      ? [at('settlement', '没有欠费，不需要保留')]
      : debtKept !== null && settlement.principal <= debtKept
        ? [at('settlement', '已经批准')]
        : [],
  'see-place': ({ ground }) => (ground === null ? [at('field', '不拆除的销户才需要现场核实')] : []),
  'approve-closing': closingApprovalObstacles,
  'name-holder': ({ drafted }) => (drafted > 0 ? [at('contracts', '合同已经起草，须先作废合同再改新户主')] : []),
  'draft-contracts': ({ holderNamed, drafted }) => [
    ...(holderNamed ? [] : [at('holder', '尚未登记新户主')]),
    ...(drafted >= 2 ? [at('contracts', '两份合同都已起草')] : []),
  ],
  remove: (facts) => readingAtRest(facts),
  'add-meter': ({ place }) => [
    ...(place.gasState === 'supplied' ? [] : [at('field', `现为${gasStateNames[place.gasState]}，恢复供气后才能加表`)]),
    ...meterObstacles('addition', place.meters).map((text) => at('field', text)),
  ],
  detach: ({ place }) => meterObstacles('detachment', place.meters).map((text) => at('field', text)),
  finish: (facts) => [...gasObstacles(facts), ...finishing[facts.kind](facts)],
}

const ended: Partial<Record<ProcessState, string>> = { done: '已经办结', cancelled: '已经取消' }

/**
 * Everything that stands in the way of an action; empty when it may be done.
 * @param now local time, for the quiet hours of residents
 */
export function obstaclesTo(
  action: ProcessAction,
  facts: ProcessFacts,
  now: Pick<LocalDateTime, 'hour' | 'minute'>,
  quiet: QuietHours,
): Obstacle[] {
  const { kind, state, resident } = facts
  const end = ended[state]
  if (end !== undefined) return [at('application', end)]
  if (transitions[kind][action] === undefined) return [at('application', `${processKindNames[kind]}没有这一步`)]
  const obstacles = guards[action]?.(facts) ?? []
  if (action === 'finish' && kind === 'reactivation' && resident && duringQuietHours(now, quiet)) {
    obstacles.push(at('finish', `${quiet.from} 至次日 ${quiet.to} 不给居民恢复供气`))
  }
  if (obstacles.length === 0 && stateAfter(kind, action, state) === null) {
    return [at('application', `${processKindNames[kind]}现在是“${processStateNames[state]}”，还不能办这一步`)]
  }
  return obstacles
}

const stepsOfKind: Record<ProcessKind, readonly ProcessStep[]> = {
  deactivation: ['application', 'reading', 'settlement', 'finish'],
  reactivation: ['application', 'field', 'finish'],
  dismantling: ['application', 'reading', 'settlement', 'field', 'finish'],
  transfer: ['application', 'holder', 'reading', 'settlement', 'contracts', 'finish'],
  exchange: ['application', 'field', 'finish'],
  closing: ['application', 'settlement', 'finish'],
  addition: ['application', 'field', 'finish'],
  detachment: ['application', 'field', 'finish'],
}

/** The steps a process goes through, in order, for the rail of its page. */
export const stepsOf = (kind: ProcessKind, ground: ClosingGround | null): readonly ProcessStep[] =>
  ground === null ? stepsOfKind[kind] : ['application', 'settlement', 'field', 'finish']
