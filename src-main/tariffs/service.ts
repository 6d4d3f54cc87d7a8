/** 气价: plans, their versions in time, and the price calculator. A version never changes; a new price is a new one. */
import { eq } from 'drizzle-orm'
import { today } from '../ledger/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { type BusinessDate } from '../platform/dates.ts'
import { Conflict, domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { litre, sum } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import {
  AddVersion,
  beginProblem,
  CreatePlan,
  Plans,
  PriceBody,
  Preview,
  priceTerms,
  RetirePlan,
  ReviseVersion,
  Rules,
  TryOut,
  WithdrawVersion,
  type Plan,
  type PlanCategory,
  type PriceAct,
} from './api.ts'
import { examplePlans } from './examples.ts'
import {
  cycleContaining,
  describeLine,
  lineName,
  planProblems,
  price,
  tierLimits,
  versionOn,
  versionProblems,
  type ChargeLine,
  type PricePlan,
  type PriceVersion,
} from './rules.ts'
import { pricePlans, priceVersions } from './tables.ts'

// How a bill line reads is this room's word, also on the bills of another room.
export { cycleContaining, describeLine, lineName, type PricePlan, type PriceVersion } from './rules.ts'

export const PlanNotFound = domainError('PlanNotFound', '没有这个价格方案，请刷新价格表')
export const PlanRefused = domainError('PlanRefused', '价格填写有误，请按提示修改')
export const NoPriceYet = domainError('NoPriceYet', '这一天还没有生效的价格，请先录入价格版本')
export const PriceNeedsSecondPerson = domainError(
  'PriceNeedsSecondPerson',
  '本厅已经出过账，价格须由另一位主任或管理员批准',
)
export const VersionInForce = domainError('VersionInForce', '价格已经生效，不能撤回；如需改价请录入新版本')

type PlanRow = typeof pricePlans.$inferSelect
type VersionRow = typeof priceVersions.$inferSelect

const versionOf = (row: VersionRow): PriceVersion => ({
  ...PriceBody.parse(JSON.parse(row.body)),
  id: row.id,
  effectiveFrom: row.effectiveFrom as BusinessDate,
  source: row.document,
})

const planOf = (row: PlanRow, versions: readonly VersionRow[]): PricePlan => ({
  id: row.id,
  name: row.name,
  category: row.category,
  cycleStart: row.cycleStart as PricePlan['cycleStart'],
  versions: versions.map(versionOf),
})

// On the way of every bill and of the board: prepared once.
const planColumns = `id, code, name, category, cycle_start AS cycleStart, state, billed_through AS billedThrough,
  created_at AS createdAt`
const versionColumns = `id, plan_id AS planId, effective_from AS effectiveFrom, body, document, created_at AS createdAt,
  created_by AS createdBy`

function rowOf({ sqlite }: Context, planId: string): PlanRow {
  const row = statement<PlanRow>(sqlite, `SELECT ${planColumns} FROM price_plans WHERE id = ?`).get(planId)
  if (!row) throw new PlanNotFound()
  return row
}

const versionsOf = ({ sqlite }: Context, planId: string): VersionRow[] =>
  statement<VersionRow>(
    sqlite,
    `SELECT ${versionColumns} FROM price_versions WHERE plan_id = ? ORDER BY effective_from`,
  ).all(planId)

/** A plan with all its versions, oldest first. @throws PlanNotFound */
export const planById = (context: Context, planId: string): PricePlan =>
  planOf(rowOf(context, planId), versionsOf(context, planId))

/** The plans in force for a kind of customer, by name. */
export const plansFor = (context: Context, category: PlanCategory): PricePlan[] =>
  rowsFor(context, category)
    .filter(({ state }) => state === 'in-force')
    .map((row) => planOf(row, versionsOf(context, row.id)))

const rowsFor = ({ sqlite }: Context, category?: PlanCategory): PlanRow[] =>
  statement<PlanRow>(
    sqlite,
    `SELECT ${planColumns} FROM price_plans WHERE coalesce(@category, category) = category
     ORDER BY state, category, name`,
  ).all({ category: category ?? null })

/** Remembers the last day a bill of this plan covers, so that no later version can change what was billed. */
export function noteBilled({ sqlite }: Context, planId: string, through: BusinessDate): void {
  const update = `UPDATE price_plans SET billed_through = @through WHERE id = @planId AND coalesce(billed_through, '') < @through`
  statement(sqlite, update).run({ through, planId })
}

/** Every plan with its versions, also retired ones, which accounts may still have. */
export const allPlans = (context: Context, category?: PlanCategory): Plan[] =>
  rowsFor(context, category).map((row): Plan => {
    const { cycleStart, versions } = planOf(row, versionsOf(context, row.id))
    const accounts = accountsOf(context, row.id)
    const open = versions.filter((version) => mayRevise(context, row, version, accounts)).map(({ id }) => id)
    const { createdAt: _, ...plan } = row
    return { ...plan, cycleStart, billedThrough: row.billedThrough as BusinessDate | null, versions, accounts, open }
  })

const accountsOf = ({ sqlite }: Context, planId: string): number =>
  statement<{ n: number }>(sqlite, 'SELECT count(*) AS n FROM accounts WHERE price_plan_id = ?').get(planId)?.n ?? 0

/** A version that never priced anything for anybody: not begun yet, or of a plan nobody has. */
const mayRevise = (
  context: Context,
  plan: Pick<PlanRow, 'billedThrough'>,
  { effectiveFrom }: Pick<PriceVersion, 'effectiveFrom'>,
  accounts: number,
): boolean => effectiveFrom > today(context) || (plan.billedThrough === null && accounts === 0)

/** A hall that has issued a bill is live: from then on a price is two persons' work. */
const isLive = ({ sqlite }: Context): boolean => statement(sqlite, 'SELECT 1 FROM bills LIMIT 1').get() !== undefined

export const rules = useCase(Rules, (_, context) => ({ needsSecondPerson: isLive(context), today: today(context) }))

/**
 * Has a second person agree, or puts on record that one person alone made a price while the hall was being set up.
 * Asked last: what is wrong with the price itself is said first, and nothing stays of what is refused.
 * @throws PriceNeedsSecondPerson · ApprovalRefused
 */
function agreed(
  context: Context,
  approvalId: string | null,
  act: PriceAct,
  code: string,
  about: Parameters<typeof priceTerms>[2],
): void {
  if (approvalId !== null) return void consumeApproval(context, approvalId, 'price', priceTerms(act, code, about))
  if (isLive(context)) throw new PriceNeedsSecondPerson()
  context.audit({ detail: { alone: true } })
}

/** 价格表. */
export const plans = useCase(Plans, ({ category }, context) => allPlans(context, category))

interface NewPlan {
  readonly code: string
  readonly name: string
  readonly category: PlanCategory
  readonly cycleStart: PricePlan['cycleStart']
}
interface NewVersion {
  readonly effectiveFrom: BusinessDate
  readonly document: string
  readonly body: PriceBody
}

function insertPlan(context: Context, plan: NewPlan): string {
  const { db, clock } = context
  if (db.select().from(pricePlans).where(eq(pricePlans.code, plan.code)).get()) {
    throw new Conflict(`方案代码 ${plan.code} 已经用过，请换一个`, { field: 'code' })
  }
  const id = newId(clock)
  db.insert(pricePlans)
    .values({ ...plan, id, state: 'in-force', createdAt: clock.now() })
    .run()
  return id
}

/** Puts a version into a plan when the plan as a whole stays sound. @throws PlanRefused with every reason */
function insertVersion(context: Context, planId: string, { effectiveFrom, document, body }: NewVersion): string {
  const { db, clock, actor } = context
  const row = rowOf(context, planId)
  const plan = planById(context, planId)
  const begin = beginProblem(effectiveFrom, {
    billedThrough: row.billedThrough as BusinessDate | null,
    others: plan.versions.map((version) => version.effectiveFrom),
  })
  if (begin !== null) throw new PlanRefused(begin, { field: 'effectiveFrom' })
  const id = newId(clock)
  const added: PriceVersion = { ...body, id, effectiveFrom, source: document }
  const versions = [...plan.versions, added].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  const problems = planProblems({ ...plan, versions })
  if (problems.length > 0) {
    const [first] = versionProblems(added)
    const field = first ? `body.${first.field}` : 'body'
    throw new PlanRefused(problems.join('；'), { field, details: problems })
  }
  db.insert(priceVersions)
    .values({
      id,
      planId,
      effectiveFrom,
      body: JSON.stringify(body),
      document,
      createdAt: clock.now(),
      createdBy: actor.id,
    })
    .run()
  return id
}

/** As its approval is filed: whoever looks at one object of the audit log finds both. */
const subjectOf = (code: string): string => `price-plan:${code}`

/** 新建价格方案 with its first version. @throws Conflict (code in use) · PlanRefused */
export const createPlan = useCase(
  CreatePlan,
  ({ code, name, category, cycleStart, approvalId, ...version }, context) => {
    const planId = insertPlan(context, { code, name, category, cycleStart })
    const versionId = insertVersion(context, planId, version)
    agreed(context, approvalId, 'create', code, { ...version, plan: { name, category, cycleStart } })
    context.audit({ subject: subjectOf(code), detail: { code, name, version } })
    context.emit({ event: 'changed', data: { room: 'tariffs' } })
    return { planId, versionId }
  },
)

/** 调价: a new version from a day that nothing was billed for yet. @throws PlanNotFound · PlanRefused */
export const addVersion = useCase(AddVersion, ({ planId, effectiveFrom, document, body, approvalId }, context) => {
  const versionId = insertVersion(context, planId, { effectiveFrom, document, body })
  const { code } = rowOf(context, planId)
  agreed(context, approvalId, 'add', code, { effectiveFrom, document, body })
  context.audit({ subject: subjectOf(code), detail: { versionId, effectiveFrom, document, body } })
  context.emit({ event: 'changed', data: { room: 'tariffs' } })
  return { versionId }
})

function versionRow({ db }: Context, versionId: string): VersionRow {
  const row = db.select().from(priceVersions).where(eq(priceVersions.id, versionId)).get()
  if (!row) throw new PlanNotFound()
  return row
}

/** 修改未启用的版本. @throws PlanNotFound · VersionInForce · PlanRefused */
export const reviseVersion = useCase(ReviseVersion, ({ versionId, approvalId, ...version }, context) => {
  const before = versionRow(context, versionId)
  const plan = rowOf(context, before.planId)
  const begun = { effectiveFrom: before.effectiveFrom as BusinessDate }
  if (!mayRevise(context, plan, begun, accountsOf(context, plan.id))) throw new VersionInForce()
  context.db.delete(priceVersions).where(eq(priceVersions.id, versionId)).run()
  const revised = insertVersion(context, plan.id, version)
  agreed(context, approvalId, 'revise', plan.code, { ...version, replaces: before.effectiveFrom })
  context.audit({ subject: subjectOf(plan.code), detail: { before, after: { versionId: revised, ...version } } })
  context.emit({ event: 'changed', data: { room: 'tariffs' } })
  return { planId: plan.id, versionId: revised }
})

/** 停用、重新启用. @throws PlanNotFound */
export const retirePlan = useCase(RetirePlan, ({ planId, retired, reason, approvalId }, context) => {
  const plan = rowOf(context, planId)
  agreed(context, approvalId, retired ? 'retire' : 'restore', plan.code, { reason })
  const state = retired ? 'retired' : 'in-force'
  context.db.update(pricePlans).set({ state }).where(eq(pricePlans.id, planId)).run()
  context.audit({ subject: subjectOf(plan.code), detail: { before: plan.state, after: state, reason } })
  context.emit({ event: 'changed', data: { room: 'tariffs' } })
  return {}
})

/** 撤回未生效的版本. @throws PlanNotFound · VersionInForce */
export const withdrawVersion = useCase(WithdrawVersion, ({ versionId, reason, approvalId }, context) => {
  const { db } = context
  const row = versionRow(context, versionId)
  if (row.effectiveFrom <= today(context)) throw new VersionInForce()
  const others = versionsOf(context, row.planId).length - 1
  if (others === 0) throw new VersionInForce('这是方案唯一的价格，不能撤回；请先录入新版本')
  const { effectiveFrom, document } = row
  const { code } = rowOf(context, row.planId)
  agreed(context, approvalId, 'withdraw', code, { effectiveFrom, document, reason })
  db.delete(priceVersions).where(eq(priceVersions.id, versionId)).run()
  context.audit({ subject: subjectOf(code), detail: { withdrawn: row, reason } })
  context.emit({ event: 'changed', data: { room: 'tariffs' } })
  return { planId: row.planId }
})

/** 气费试算. @throws PlanNotFound · NoPriceYet */
export const preview = useCase(Preview, ({ planId, volume, householdSize, usedBefore, ...asked }, context) => {
  const plan = planById(context, planId)
  const on = asked.on ?? today(context)
  const version = versionOn(plan, on)
  if (!version) throw new NoPriceYet()
  const household = { persons: householdSize }
  const lines = price({ consumption: volume, usedBefore, version, household, on })
  return {
    on,
    versionId: version.id,
    versionFrom: version.effectiveFrom,
    cycle: cycleContaining(on, plan.cycleStart),
    limits: version.kind === 'tiered' ? tierLimits(version, household) : [],
    lines: lines.map(inWords),
    total: sum(lines.map(({ amount }) => amount)),
  }
})

const inWords = (line: ChargeLine) => ({ ...line, name: lineName(line), text: describeLine(line) })

/** 试算未保存的价格. */
export const tryOut = useCase(TryOut, ({ body, on, samples }) => {
  const version: PriceVersion = { ...body, id: 'tried', effectiveFrom: on, source: '' }
  const problems = versionProblems(version)
  if (problems.length > 0) return { problems, results: [] }
  const results = samples.map(({ volume, householdSize }) => {
    const household = { persons: householdSize }
    const lines = price({ consumption: volume, usedBefore: litre(0), version, household, on })
    return { lines: lines.map(inWords), total: sum(lines.map(({ amount }) => amount)) }
  })
  return { problems, results }
})

/**
 * Enters the published example tables (tariffs/examples.ts) for a demo hall; those already there are kept.
 * @returns plan ids by the example's code
 */
export function seedPlans(context: Context): Map<string, string> {
  const ids = new Map(rowsFor(context).map(({ code, id }) => [code, id]))
  for (const { id: code, name, category, cycleStart, versions } of examplePlans) {
    if (ids.has(code)) continue
    const planId = insertPlan(context, { code, name, category, cycleStart })
    for (const { id: _id, effectiveFrom, source, ...body } of versions) {
      insertVersion(context, planId, { effectiveFrom, document: source, body: PriceBody.parse(body) })
    }
    ids.set(code, planId)
  }
  return ids
}
