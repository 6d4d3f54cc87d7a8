/** 应急预案: written as a draft, approved by somebody else, then in force until the next version. */
import { asc, desc, eq, isNull } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { filled } from '../publicity/api.ts'
import { fillInValues } from '../publicity/service.ts'
import {
  ApprovePlan,
  DiscardPlan,
  Drafts,
  maxPlans,
  PlanContent,
  planKinds,
  Plans,
  PlanVersions,
  RetirePlan,
  SavePlan,
  type DraftRow,
  type PlanKind,
  type PlanView,
} from './api.ts'
import { examplePlans } from './examples.ts'
import { approvalObstacle, planProblems } from './rules.ts'
import { emergencyPlans, emergencyPlanVersions } from './tables.ts'

export const PlanNotFound = domainError('EmergencyPlanNotFound', '没有找到这份预案，请刷新后再试')
export const OwnPlan = domainError('OwnPlan', '本人写过这份预案，须由其他主任或管理员批准')
export const PlanIncomplete = domainError('PlanIncomplete', '预案还不完整，请按提示修改')
export const TooManyPlans = domainError('TooManyPlans', `预案已达 ${maxPlans} 份上限，请先废止不用的`)

interface InForce {
  readonly versionId: string
  readonly planId: string
  readonly kind: PlanKind
  readonly no: number
  readonly content: string
  readonly approvedAt: number
  readonly approvedBy: string
}
const inForceSql = `SELECT v.id AS versionId, p.id AS planId, p.kind, v.no, v.content, v.approved_at AS approvedAt,
    v.approved_by AS approvedBy
  FROM emergency_plans p JOIN emergency_plan_versions v ON v.plan_id = p.id
    AND v.no = (SELECT max(no) FROM emergency_plan_versions WHERE plan_id = p.id)
  WHERE p.retired_at IS NULL ORDER BY v.approved_at LIMIT ${maxPlans}`

const exampleId = (kind: PlanKind): string => `example:${kind}`
const parse = (content: string): PlanContent => PlanContent.parse(JSON.parse(content))

function shown(context: Context, content: PlanContent): PlanContent {
  const values = fillInValues(context)
  const fill = (text: string) => filled(text, values)
  return {
    ...content,
    when: fill(content.when),
    steps: content.steps.map(({ text, who }) => ({ text: fill(text), who })),
    contacts: content.contacts.map(({ name, phone }) => ({ name, phone: fill(phone) })),
    checklist: content.checklist.map(fill),
  }
}

const ownView = (context: Context, { versionId, content, ...row }: InForce): PlanView => ({
  ...shown(context, parse(content)),
  ...row,
  paperId: versionId,
  example: false,
})

const exampleView = (context: Context, kind: PlanKind, content: PlanContent): PlanView => ({
  ...shown(context, content),
  paperId: exampleId(kind),
  planId: null,
  kind,
  example: true,
  no: null,
  approvedAt: null,
  approvedBy: null,
})

/** What holds now, in the order of the kinds. */
export function plansInForce(context: Context): PlanView[] {
  const own = statement<InForce>(context.sqlite, inForceSql).all()
  return planKinds.flatMap((kind) => {
    const ours = own.filter((row) => row.kind === kind).map((row) => ownView(context, row))
    const example = examplePlans[kind]
    return ours.length > 0 || !example ? ours : [exampleView(context, kind, example)]
  })
}

/** The plan a paper shows: a version by its id, or `example:leak`. @throws PlanNotFound */
export function planForPaper(context: Context, paperId: string): PlanView {
  const kind = planKinds.find((one) => exampleId(one) === paperId)
  const example = kind && examplePlans[kind]
  if (example) return exampleView(context, kind, example)
  const row = statement<InForce>(
    context.sqlite,
    `SELECT v.id AS versionId, p.id AS planId, p.kind, v.no, v.content, v.approved_at AS approvedAt,
       v.approved_by AS approvedBy
     FROM emergency_plan_versions v JOIN emergency_plans p ON p.id = v.plan_id WHERE v.id = ? AND v.no IS NOT NULL`,
  ).get(paperId)
  if (!row) throw new PlanNotFound()
  return ownView(context, row)
}

export const plans = useCase(Plans, (_, context) => plansInForce(context))

const latestNo = ({ sqlite }: Context, planId: string): number | null =>
  statement<{ no: number | null }>(sqlite, 'SELECT max(no) AS no FROM emergency_plan_versions WHERE plan_id = ?').get(
    planId,
  )?.no ?? null

type VersionRecord = typeof emergencyPlanVersions.$inferSelect
const writersOf = ({ writers }: VersionRecord): string[] => JSON.parse(writers) as string[]

export const drafts = useCase(Drafts, (_, context) =>
  context.db
    .select()
    .from(emergencyPlanVersions)
    .innerJoin(emergencyPlans, eq(emergencyPlanVersions.planId, emergencyPlans.id))
    .where(eq(emergencyPlanVersions.state, 'draft'))
    .orderBy(asc(emergencyPlanVersions.savedAt))
    .limit(maxPlans)
    .all()
    .map(({ emergency_plan_versions: row, emergency_plans: plan }): DraftRow => {
      const content = parse(row.content)
      return {
        versionId: row.id,
        planId: row.planId,
        kind: plan.kind,
        content,
        savedAt: row.savedAt,
        savedBy: row.savedBy,
        problems: planProblems(content),
        obstacle: approvalObstacle(writersOf(row), context.actor),
        replaces: latestNo(context, row.planId),
      }
    }),
)

/** How many drafts wait for an approval. */
export const draftCount = ({ sqlite }: Context): number =>
  statement<{ n: number }>(sqlite, `SELECT count(*) AS n FROM emergency_plan_versions WHERE state = 'draft'`).get()
    ?.n ?? 0

function planRow({ db }: Context, planId: string) {
  const row = db.select().from(emergencyPlans).where(eq(emergencyPlans.id, planId)).get()
  if (!row || row.retiredAt !== null) throw new PlanNotFound()
  return row
}

function createPlan({ db, clock }: Context, kind: PlanKind): string {
  const rows = db.select({ id: emergencyPlans.id }).from(emergencyPlans).where(isNull(emergencyPlans.retiredAt)).all()
  if (rows.length >= maxPlans) throw new TooManyPlans()
  const id = newId(clock)
  db.insert(emergencyPlans).values({ id, kind, createdAt: clock.now() }).run()
  return id
}

/** @throws PlanNotFound · TooManyPlans */
export const savePlan = useCase(SavePlan, ({ planId: known, kind, content }, context) => {
  const { db, clock, actor } = context
  const planId = known === null ? createPlan(context, kind) : planRow(context, known).id
  const before = db
    .select()
    .from(emergencyPlanVersions)
    .where(eq(emergencyPlanVersions.planId, planId))
    .all()
    .find(({ state }) => state === 'draft')
  const versionId = before?.id ?? newId(clock)
  const writers = JSON.stringify([...new Set([...(before ? writersOf(before) : []), actor.id])])
  const saved = { content: JSON.stringify(content), writers, savedAt: clock.now(), savedBy: actor.name }
  if (before) db.update(emergencyPlanVersions).set(saved).where(eq(emergencyPlanVersions.id, versionId)).run()
  else
    db.insert(emergencyPlanVersions)
      .values({ id: versionId, planId, state: 'draft', note: '', ...saved })
      .run()
  context.audit({ subject: `emergency-plan:${planId}`, detail: { versionId, content } })
  context.emit({ event: 'changed', data: { room: 'emergency' } })
  return { planId, versionId, problems: planProblems(content) }
})

function draftById({ db }: Context, versionId: string): VersionRecord {
  const row = db.select().from(emergencyPlanVersions).where(eq(emergencyPlanVersions.id, versionId)).get()
  if (!row || row.state !== 'draft') throw new PlanNotFound('没有找到待批准的预案，可能已经批准或放弃，请刷新后再试')
  return row
}

/** @throws PlanNotFound · OwnPlan · PlanIncomplete */
export const approvePlan = useCase(ApprovePlan, ({ versionId, note }, context) => {
  const { db, clock, actor } = context
  const row = draftById(context, versionId)
  const obstacle = approvalObstacle(writersOf(row), actor)
  if (obstacle !== null) throw new OwnPlan(obstacle)
  const problems = planProblems(parse(row.content))
  if (problems.length > 0) throw new PlanIncomplete(problems.join('；'), { details: problems })
  const no = (latestNo(context, row.planId) ?? 0) + 1
  db.update(emergencyPlanVersions)
    .set({ state: 'approved', no, approvedAt: clock.now(), approvedById: actor.id, approvedBy: actor.name, note })
    .where(eq(emergencyPlanVersions.id, versionId))
    .run()
  context.audit({ subject: `emergency-plan:${row.planId}`, detail: { versionId, no, note } })
  context.emit({ event: 'changed', data: { room: 'emergency' } })
  return { no }
})

/** @throws PlanNotFound */
export const discardPlan = useCase(DiscardPlan, ({ versionId }, context) => {
  const row = draftById(context, versionId)
  context.db.delete(emergencyPlanVersions).where(eq(emergencyPlanVersions.id, versionId)).run()
  context.audit({ subject: `emergency-plan:${row.planId}`, detail: { discarded: parse(row.content) } })
  context.emit({ event: 'changed', data: { room: 'emergency' } })
  return {}
})

/** @throws PlanNotFound */
export const retirePlan = useCase(RetirePlan, ({ planId, reason }, context) => {
  const { db, clock, actor } = context
  planRow(context, planId)
  db.delete(emergencyPlanVersions)
    .where(eq(emergencyPlanVersions.id, draftIdOf(context, planId) ?? ''))
    .run()
  db.update(emergencyPlans)
    .set({ retiredAt: clock.now(), retiredBy: actor.name, retiredReason: reason })
    .where(eq(emergencyPlans.id, planId))
    .run()
  context.audit({ subject: `emergency-plan:${planId}`, detail: { reason } })
  context.emit({ event: 'changed', data: { room: 'emergency' } })
  return {}
})

const draftIdOf = ({ sqlite }: Context, planId: string): string | undefined =>
  statement<{ id: string }>(sqlite, `SELECT id FROM emergency_plan_versions WHERE plan_id = ? AND state = 'draft'`).get(
    planId,
  )?.id

export const planVersions = useCase(PlanVersions, ({ planId }, { db }) =>
  db
    .select()
    .from(emergencyPlanVersions)
    .where(eq(emergencyPlanVersions.planId, planId))
    .orderBy(desc(emergencyPlanVersions.no))
    .limit(100)
    .all()
    .flatMap(({ id, no, content, savedBy, approvedAt, approvedBy, note }) =>
      no === null || approvedAt === null || approvedBy === null
        ? []
        : [{ versionId: id, no, content: parse(content), savedBy, approvedAt, approvedBy, note }],
    ),
)
