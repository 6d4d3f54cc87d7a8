/** 抽取: a sample of what a service finished in a period, at random by a kept seed, given out to callback clerks. */
import { desc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, businessDate, shanghaiDate, startOfDay } from '../platform/dates.ts'
import type { OutputOf } from '../platform/contract.ts'
import { InvalidInput } from '../platform/errors.ts'
import { instantCursor } from '../platform/paging.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { certifiedStaff, requireCertificate, type StaffMember } from '../staff/service.ts'
import {
  Assign,
  Candidates,
  CheckDraw,
  Draw,
  Draws,
  maxPopulation,
  Preview,
  serviceNames,
  type DrawRow,
  type Service,
} from './api.ts'
import { drawSample, type Days, nextAssignee, sampleSize } from './rules.ts'
import { sourceOf, type SampledSource } from './sources.ts'
import {
  CallbackDone,
  DrawNotFound,
  DrawnAlready,
  involvedInSample,
  NotSampled,
  OwnWork,
  PeriodNotOver,
  ratioOf,
  sampleById,
} from './store.ts'
import { followupDraws, followupSamples } from './tables.ts'

interface Period extends Days {
  readonly service: Service
}

/** @throws NotSampled */
function sampledSource(service: Service): SampledSource {
  const source = sourceOf(service)
  if (!source || source.closing !== null) throw new NotSampled(`${serviceNames[service]}每一件都要回访，不需要抽取`)
  return source
}

interface Member {
  readonly eventId: string
  readonly id: string
  readonly number: string
  readonly customerName: string
  readonly personName: string | null
  readonly at: number
}

/** The first of what was finished in the period, as it stood at `asOf` (epoch ms). */
export const membersOf = (
  { sqlite }: Pick<Context, 'sqlite'>,
  source: SampledSource,
  { service, from, to }: Period,
  asOf: number,
  limit: number,
): Member[] =>
  statement<Member>(
    sqlite,
    `SELECT e.eventId, e.id, e.number, e.customerName, e.personName, e.at FROM (${source.finishedSql}) e
     WHERE e.at >= @from AND e.at < @to AND e.service = @service ORDER BY e.at, e.eventId LIMIT @limit`,
  ).all({ from: startOfDay(from), to: startOfDay(addDays(to, 1)), service, asOf, viewer: '', limit })

/** @throws InvalidInput when the period holds more than can be drawn from */
function populationOf(context: Context, source: SampledSource, period: Period, asOf: number): Member[] {
  const found = membersOf(context, source, period, asOf, maxPopulation + 1)
  if (found.length > maxPopulation) {
    throw new InvalidInput(`一次最多从 ${maxPopulation} 件中抽取，请缩短期间`, { field: 'to' })
  }
  return found
}

const overlapping = ({ sqlite }: Context, { service, from, to }: Period) =>
  statement<{ from: string; to: string }>(
    sqlite,
    `SELECT from_date AS "from", to_date AS "to" FROM followup_draws
     WHERE service = ? AND from_date <= ? AND to_date >= ? LIMIT 1`,
  ).get(service, to, from)

/** A sample is drawn once, and only when nothing can be added to the period any more. */
function problemWith(context: Context, period: Period): InstanceType<typeof PeriodNotOver> | null {
  if (period.to >= shanghaiDate(context.clock.now())) return new PeriodNotOver(undefined, { field: 'to' })
  const drawn = overlapping(context, period)
  return drawn
    ? new DrawnAlready(`${serviceNames[period.service]} ${drawn.from} 至 ${drawn.to} 已经抽取过，不能重抽`, {
        field: 'from',
      })
    : null
}

function assertPeriod({ from, to }: Period): void {
  if (to < from) throw new InvalidInput('截止日期不能早于开始日期', { field: 'to' })
}

export const preview = useCase(Preview, (period, context) => {
  assertPeriod(period)
  const source = sampledSource(period.service)
  const population = populationOf(context, source, period, context.clock.now()).length
  const percent = ratioOf(context, period.service)
  const problem = problemWith(context, period)
  return {
    percent,
    population,
    size: sampleSize(population, percent),
    obstacles: problem === null ? [] : [problem.message],
  }
})

const callerRoles: readonly StaffMember['roles'][number][] = ['clerk', 'hall-manager', 'dispatcher']
/** Who may be given callbacks: holders of a good certificate whose role may make the call. */
const callbackClerks = (context: Context): StaffMember[] =>
  certifiedStaff(context, 'callback').filter(({ roles }) => roles.some((role) => callerRoles.includes(role)))

const inHand = ({ sqlite }: Context): Map<string, number> =>
  new Map(
    statement<{ id: string; n: number }>(
      sqlite,
      `SELECT assignee_id AS id, count(*) AS n FROM followup_samples
       WHERE state = 'due' AND assignee_id IS NOT NULL GROUP BY assignee_id`,
    )
      .all()
      .map(({ id, n }) => [id, n]),
  )

export const draw = useCase(Draw, ({ requestId: _, ...period }, context) => drawPeriod(context, period))

/** Draws and gives out the sample of a period. @throws InvalidInput · NotSampled · PeriodNotOver · DrawnAlready */
export function drawPeriod(context: Context, period: Period): OutputOf<typeof Draw> {
  assertPeriod(period)
  const source = sampledSource(period.service)
  const problem = problemWith(context, period)
  if (problem !== null) throw problem
  const { db, clock, actor } = context
  const population = populationOf(context, source, period, clock.now())
  const percent = ratioOf(context, period.service)
  const seed = newId(clock)
  const drawn = new Set(
    drawSample(
      seed,
      population.map(({ eventId }) => eventId),
      percent,
    ),
  )
  const drawId = newId(clock)
  const now = clock.now()
  db.insert(followupDraws)
    .values({
      id: drawId,
      service: period.service,
      fromDate: period.from,
      toDate: period.to,
      seed,
      percent,
      population: population.length,
      size: drawn.size,
      at: now,
      actorId: actor.id,
      actorName: actor.name,
    })
    .run()
  const people = callbackClerks(context)
  const held = inHand(context)
  let unassigned = 0
  for (const member of population) {
    if (!drawn.has(member.eventId)) continue
    const involved = source.involved(context, member.id)
    const assignee = nextAssignee(people, held, involved)
    if (assignee) held.set(assignee.id, (held.get(assignee.id) ?? 0) + 1)
    else unassigned++
    db.insert(followupSamples)
      .values({
        id: newId(clock),
        drawId,
        service: period.service,
        source: source.name,
        eventId: member.eventId,
        subjectId: member.id,
        number: member.number,
        customerName: member.customerName,
        personName: member.personName,
        finishedAt: member.at,
        involved: JSON.stringify([...involved]),
        assigneeId: assignee?.id ?? null,
        assigneeName: assignee?.name ?? null,
        state: 'due',
        drawnAt: now,
        updatedAt: now,
      })
      .run()
  }
  context.audit({
    subject: `draw:${drawId}`,
    detail: { ...period, seed, population: population.length, size: drawn.size },
  })
  context.emit({ event: 'changed', data: { room: 'followups' } })
  return { drawId, population: population.length, size: drawn.size, unassigned }
}

interface StoredDraw extends Omit<DrawRow, 'called'> {
  readonly called: number
}
export const drawsSql = `SELECT d.id, d.service, d.from_date AS "from", d.to_date AS "to", d.percent, d.population, d.size,
    d.at, d.actor_name AS actorName,
    (SELECT count(*) FROM followup_samples s WHERE s.draw_id = d.id AND s.state <> 'due') AS called,
    (SELECT count(*) FROM followup_samples s WHERE s.draw_id = d.id AND s.state = 'due') AS due
  FROM followup_draws d WHERE (d.at, d.id) < (@beforeAt, @beforeId) ORDER BY d.at DESC, d.id DESC LIMIT @limit`

export const draws = useCase(Draws, ({ page: { after, size } }, { sqlite }) => {
  const cursor = instantCursor(after, { at: Number.MAX_SAFE_INTEGER, id: '' })
  const found = statement<StoredDraw>(sqlite, drawsSql).all({
    beforeAt: cursor.at,
    beforeId: cursor.id,
    limit: size + 1,
  })
  const rows = found.slice(0, size)
  const last = rows.at(-1)
  return { rows, next: found.length > size && last ? `${last.at}/${last.id}` : null }
})

/** @throws DrawNotFound */
export const checkDraw = useCase(CheckDraw, ({ drawId }, context) => {
  const { db } = context
  const kept = db.select().from(followupDraws).where(eq(followupDraws.id, drawId)).get()
  if (!kept) throw new DrawNotFound()
  const period = { service: kept.service, from: businessDate(kept.fromDate), to: businessDate(kept.toDate) }
  const population = populationOf(context, sampledSource(kept.service), period, kept.at).map(({ eventId }) => eventId)
  const again = drawSample(kept.seed, population, kept.percent).toSorted()
  const drawn = db
    .select({ eventId: followupSamples.eventId })
    .from(followupSamples)
    .where(eq(followupSamples.drawId, drawId))
    .orderBy(desc(followupSamples.eventId))
    .all()
    .map(({ eventId }) => eventId)
    .toSorted()
  return {
    matches: again.length === drawn.length && again.every((eventId, i) => eventId === drawn[i]),
    seed: kept.seed,
    population: population.length,
    size: drawn.length,
  }
})

/** @throws CallbackNotFound · CallbackDone · CertificateMissing · OwnWork */
export const assign = useCase(Assign, ({ sampleId, staffId }, context) => {
  const sample = sampleById(context, sampleId)
  if (sample.state !== 'due') throw new CallbackDone()
  const clerk = requireCertificate(context, staffId, 'callback')
  if (involvedInSample(sample).has(staffId)) {
    throw new OwnWork(`${clerk.name}参与过这件业务，请派给他人回访（第二十一条）`, { field: 'staffId' })
  }
  context.db
    .update(followupSamples)
    .set({ assigneeId: clerk.id, assigneeName: clerk.name, updatedAt: context.clock.now() })
    .where(eq(followupSamples.id, sampleId))
    .run()
  context.audit({ subject: `sample:${sampleId}`, detail: { number: sample.number, name: clerk.name } })
  context.emit({ event: 'changed', data: { room: 'followups' } })
  return {}
})

/** @throws CallbackNotFound */
export const candidates = useCase(Candidates, ({ sampleId }, context) => {
  const involved = involvedInSample(sampleById(context, sampleId))
  const held = inHand(context)
  return callbackClerks(context)
    .filter(({ id }) => !involved.has(id))
    .map(({ id, staffNo, name }) => ({ staffId: id, staffNo, name, inHand: held.get(id) ?? 0 }))
    .toSorted((a, b) => a.inHand - b.inHand)
})
