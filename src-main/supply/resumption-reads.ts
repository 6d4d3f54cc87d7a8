/** 待恢复, a building's entry sheet, and how gas stands at one account. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { maskPhone } from '../platform/identity.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, servicePointById, foundBound, foundSql } from '../customers/service.ts'
import type { SuspensionReason } from '../customers/api.ts'
import {
  Awaiting,
  AwaitingBuilding,
  maxBuildingRows,
  SupplyOfAccount,
  type AwaitingFilter,
  type AwaitingRow,
  type ResumptionOutcome,
  type ResumptionView,
} from './api.ts'
import type { InterruptionRecord } from './interruption-store.ts'
import { buildingById } from './interruptions.ts'
import { formFacts, holderOf, holdsNow, obstaclesNow, testText } from './resumption.ts'
import { meets, placeName } from './scope.ts'

const columns = `w.service_point_id AS servicePointId, a.id AS accountId, a.account_no AS accountNo,
  coalesce(c.name, '') AS customerName, coalesce(c.phone, '') AS phone, c.category IS 'resident' AS resident,
  c.special_care IS NOT NULL AS specialCare, p.address, w.cause, w.since, w.due_at AS dueAt, w.tries,
  w.last_outcome AS lastOutcome, w.last_note AS lastNote, w.last_at AS lastAt`
const joined = `LEFT JOIN accounts a ON a.service_point_id = p.id AND a.state = 'active'
  LEFT JOIN customers c ON c.id = a.customer_id`

type Stored = Omit<AwaitingRow, 'resident' | 'specialCare' | 'phoneMasked'> & {
  readonly phone: string
  readonly resident: number
  readonly specialCare: number
}
const shown = <T extends Stored>({ resident, specialCare, phone, ...row }: T) => ({
  ...row,
  phoneMasked: phone === '' ? '' : maskPhone(phone),
  resident: resident === 1,
  specialCare: specialCare === 1,
})

const whereOf: Readonly<Record<AwaitingFilter, string>> = {
  all: 'true',
  overdue: 'w.due_at < @now',
  'nobody-home': `w.last_outcome = 'nobody-home'`,
  failed: `w.last_outcome = 'failed'`,
}

/** One page of 待恢复. Bound: @now with 'overdue', @dueAt, @id, @limit. */
export const awaitingSql = (filter: AwaitingFilter, searched = false): string => `SELECT ${columns}
  FROM supply_awaiting w INDEXED BY supply_awaiting_due CROSS JOIN service_points p ON p.id = w.service_point_id ${joined}
  WHERE ${whereOf[filter]} AND (w.due_at, w.service_point_id) > (@dueAt, @id)
    ${foundSql(searched, 'a.account_no', 'a.id')}
  ORDER BY w.due_at, w.service_point_id LIMIT @limit`

export const awaiting = useCase(Awaiting, ({ filter, search, page: { after, size } }, context) => {
  const { sqlite, clock } = context
  const cursor = instantCursor(after)
  const rows = statement<Stored>(sqlite, awaitingSql(filter, search !== '')).all({
    ...foundBound(context, 'account', search),
    ...(filter === 'overdue' ? { now: clock.now() } : {}),
    dueAt: cursor.at,
    id: cursor.id,
    limit: size + 1,
  })
  const kept = rows.slice(0, size)
  const last = kept.at(-1)
  return { rows: kept.map(shown), next: rows.length > size && last ? `${last.dueAt}/${last.servicePointId}` : null }
})

/** Everybody of a building who waits, whatever gas was off for: one round through the house gives it back to all. */
export const buildingSql = `SELECT ${columns}, p.unit, p.room
  FROM service_points p INDEXED BY service_points_place CROSS JOIN supply_awaiting w ON w.service_point_id = p.id ${joined}
  WHERE p.community = ? AND p.building = ? AND p.street = ?
  ORDER BY length(p.unit), p.unit, length(p.room), p.room LIMIT ${maxBuildingRows}`

/** @throws BuildingNotFound */
export const awaitingBuilding = useCase(AwaitingBuilding, ({ buildingId }, context) => {
  const { building, interruption } = buildingById(context, buildingId)
  return {
    interruptionId: interruption.id,
    interruptionNo: interruption.interruptionNo,
    place: placeName(building.street, building.community, building.building),
    rows: statement<Stored & { unit: string; room: string }>(context.sqlite, buildingSql)
      .all(building.community, building.building, building.street)
      .map(shown),
    ...formFacts(context),
  }
})

interface StoredResumption extends Omit<ResumptionView, 'test'> {
  readonly outcome: ResumptionOutcome
  readonly pressurePa: number | null
  readonly minutes: number | null
  readonly dropPa: number | null
}

const resumptionsOf = ({ sqlite }: Context, servicePointId: string): ResumptionView[] =>
  statement<StoredResumption>(
    sqlite,
    `SELECT id, outcome, notice_no AS noticeNo, cause, pressure_pa AS pressurePa, minutes, drop_pa AS dropPa,
       tester_name AS testerName, note, at, actor_name AS actorName
     FROM supply_resumptions WHERE service_point_id = ? ORDER BY at DESC, id DESC LIMIT 50`,
  )
    .all(servicePointId)
    .map(({ pressurePa, minutes, dropPa, ...row }) => ({
      ...row,
      test: pressurePa === null || minutes === null || dropPa === null ? '' : testText({ pressurePa, minutes, dropPa }),
    }))

type Announced = Pick<
  InterruptionRecord,
  | 'id'
  | 'interruptionNo'
  | 'kind'
  | 'state'
  | 'reason'
  | 'fromAt'
  | 'resumeBy'
  | 'scopeKind'
  | 'street'
  | 'community'
  | 'building'
  | 'accountIds'
>

/** Interruptions announced or under way: few, so each is asked whether it meets the account. */
const announced = ({ sqlite }: Context): Announced[] =>
  statement<Announced>(
    sqlite,
    `SELECT id, interruption_no AS interruptionNo, kind, state, reason, from_at AS fromAt, resume_by AS resumeBy,
       scope_kind AS scopeKind, street, community, building, account_ids AS accountIds
     FROM interruptions INDEXED BY interruptions_living
     WHERE state IN ('draft', 'noticed', 'interrupted') AND state <> 'draft' ORDER BY from_at LIMIT 500`,
  ).all()

/** @throws AccountNotFound */
export const supplyOfAccount = useCase(SupplyOfAccount, ({ accountId }, context) => {
  const account = accountById(context, accountId)
  const point = servicePointById(context, account.servicePointId)
  const holder = holderOf(context, point.id)
  const obstacles = obstaclesNow(context, point.id)
  const due = statement<{ dueAt: number }>(
    context.sqlite,
    'SELECT due_at AS dueAt FROM supply_awaiting WHERE service_point_id = ?',
  ).get(point.id)
  return {
    servicePointId: point.id,
    gasState: point.gasState,
    resident: holder?.category === 'resident',
    holds: holdsNow(context, point.id, holder).map(({ cause, text, placedAt, placedBy }) => ({
      cause: cause as SuspensionReason,
      ...{ text, placedAt, placedBy },
    })),
    obstacles: obstacles.map(({ text }) => text),
    night: obstacles.find(({ code }) => code === 'QuietHours')?.text ?? null,
    dueAt: due?.dueAt ?? null,
    interruptions: announced(context)
      .filter((row) => meets(row, point, accountId))
      .map(({ id, interruptionNo, kind, state, reason, fromAt, resumeBy }) => ({
        ...{ id, interruptionNo, kind, state, reason, fromAt, resumeBy },
      })),
    resumptions: resumptionsOf(context, point.id),
    ...formFacts(context),
  }
})
