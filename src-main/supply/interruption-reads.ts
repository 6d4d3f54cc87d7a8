/** 停气: what the lists, an interruption's page and its papers look at. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { InvalidInput, NotFound } from '../platform/errors.ts'
import { maskPhone } from '../platform/identity.ts'
import { readKept } from '../platform/kept-files.ts'
import { instantCursor } from '../platform/paging.ts'
import { useCase } from '../platform/use-case.ts'
import type { SpecialCareValue } from '../customers/api.ts'
import { quietHours } from './resumption.ts'
import {
  Affected,
  InterruptionDetail,
  interruptionActions,
  Interruptions,
  maxBuildingsShown,
  maxCareShown,
  PostingPhoto,
  PreviewScope,
  SuggestScope,
  type BuildingRow,
  type CareResult,
  type CareRow,
  type InterruptionAction,
  type InterruptionFilter,
  type InterruptionRow,
} from './api.ts'
import {
  believing,
  factsOf,
  interruptionById,
  standing,
  subjectOf,
  waitingSql,
  type InterruptionRecord,
} from './interruption-store.ts'
import { buildingById } from './interruptions.ts'
import { excusable, obstaclesToInterruption } from './rules.ts'
import {
  affectedPage,
  countAffected,
  cursorAfter,
  placeName,
  scopeOf,
  storedScope,
  suggestSql,
  type PlaceCursor,
} from './scope.ts'

const columns = `i.id, i.interruption_no AS interruptionNo, i.kind, i.state, i.reason, i.range, i.from_at AS fromAt,
  i.to_at AS toAt, i.resume_by AS resumeBy, i.affected,
  ${waitingSql.unposted('i.id')} AS unposted, ${waitingSql.openCalls('i.id')} AS openCalls,
  CASE WHEN i.state = 'cancelled' THEN ${waitingSql.standing('i.id')} ELSE 0 END AS standing,
  CASE WHEN i.state = 'cancelled' THEN ${waitingSql.believing('i.id')} ELSE 0 END AS believing,
  (SELECT count(*) FROM supply_awaiting w INDEXED BY supply_awaiting_subject
    WHERE w.subject = 'interruption:' || i.id) AS awaiting`

/** How a filter's list is selected: what is not over, the next first; what is over, the latest first. */
const listingOf = (filter: InterruptionFilter) =>
  filter === 'living'
    ? { where: `i.state IN ('draft', 'noticed', 'interrupted')`, index: 'interruptions_living', descending: false }
    : filter === 'all'
      ? { where: 'true', index: 'interruptions_from', descending: true }
      : { where: `i.state = '${filter}'`, index: 'interruptions_state', descending: true }

/** The statement of one page. Bound: @fromAt, @id, @limit. */
export function interruptionsSql(filter: InterruptionFilter): string {
  const { where, index, descending } = listingOf(filter)
  const [direction, side] = descending ? ['DESC', '<'] : ['ASC', '>']
  return `SELECT ${columns} FROM interruptions i INDEXED BY ${index}
    WHERE ${where} AND (i.from_at, i.id) ${side} (@fromAt, @id)
    ORDER BY i.from_at ${direction}, i.id ${direction} LIMIT @limit`
}

const wrongPage = () => new InvalidInput('页码不正确，请刷新后再试', { field: 'page.after' })

export const interruptions = useCase(Interruptions, ({ filter, page: { after, size } }, { sqlite }) => {
  const { descending } = listingOf(filter)
  const cursor = instantCursor(after, { at: descending ? Number.MAX_SAFE_INTEGER : 0, id: '' })
  const rows = statement<InterruptionRow>(sqlite, interruptionsSql(filter)).all({
    fromAt: cursor.at,
    id: cursor.id,
    limit: size + 1,
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > size && last ? `${last.fromAt}/${last.id}` : null }
})

const hourMs = 3_600_000

interface StoredBuilding {
  readonly id: string
  readonly street: string
  readonly community: string
  readonly building: string
  readonly customers: number
  readonly postedAt: number | null
  readonly postedPlace: string
  readonly postedBy: string
  readonly photoHash: string | null
  readonly takenBackAt: number | null
  readonly takenBackPlace: string
  readonly takenBackBy: string
}

/** Buildings of an interruption by place, each with how many there wait for gas. */
export function buildingsOf(context: Context, row: InterruptionRecord): BuildingRow[] {
  const { sqlite } = context
  const awaiting = new Map(
    statement<{ key: string; n: number }>(
      sqlite,
      `SELECT p.community || char(10) || p.building || char(10) || p.street AS key, count(*) AS n
       FROM supply_awaiting w INDEXED BY supply_awaiting_subject JOIN service_points p ON p.id = w.service_point_id
       WHERE w.subject = ? GROUP BY key`,
    )
      .all(subjectOf(row.id))
      .map(({ key, n }) => [key, n]),
  )
  return statement<StoredBuilding>(
    sqlite,
    `SELECT id, street, community, building, customers, posted_at AS postedAt, posted_place AS postedPlace,
       posted_by AS postedBy, photo_hash AS photoHash, taken_back_at AS takenBackAt, taken_back_place AS takenBackPlace,
       taken_back_by AS takenBackBy
     FROM interruption_buildings WHERE interruption_id = ?
     ORDER BY community, length(building), building, street LIMIT ${maxBuildingsShown}`,
  )
    .all(row.id)
    .map(({ photoHash, ...building }) => ({
      ...building,
      place: placeName(building.street, building.community, building.building),
      hasPhoto: photoHash !== null,
      late:
        row.kind === 'planned' &&
        building.postedAt !== null &&
        row.fromAt - building.postedAt < row.noticeHours * hourMs,
      awaiting: awaiting.get([building.community, building.building, building.street].join('\n')) ?? 0,
    }))
}

type StoredCare = Omit<CareRow, 'care' | 'calls' | 'phoneMasked'> & {
  readonly care: string | null
  readonly phone: string
}

function careOfInterruption({ sqlite }: Context, interruptionId: string): CareRow[] {
  const rows = statement<StoredCare>(
    sqlite,
    `SELECT k.id, k.customer_id AS customerId, k.account_id AS accountId, c.name, c.phone, p.address,
       c.special_care AS care, k.result, k.unreached, k.override_reason AS overrideReason, k.overridden_by AS overriddenBy,
       k.cancel_result AS cancelResult
     FROM interruption_care k JOIN customers c ON c.id = k.customer_id JOIN accounts a ON a.id = k.account_id
       JOIN service_points p ON p.id = a.service_point_id
     WHERE k.interruption_id = ?
     ORDER BY k.result IS 'told' OR k.override_reason IS NOT NULL, k.unreached, p.community, p.building, p.unit, p.room
     LIMIT ${maxCareShown}`,
  ).all(interruptionId)
  const calls = statement<{
    careId: string
    result: CareResult
    note: string
    at: number
    by: string
    aboutCancel: number
  }>(
    sqlite,
    `SELECT l.care_id AS careId, l.result, l.note, l.at, l.by, l.about_cancel AS aboutCancel FROM interruption_care k
       JOIN interruption_calls l ON l.care_id = k.id WHERE k.interruption_id = ? ORDER BY l.at, l.id`,
  ).all(interruptionId)
  return rows.map(({ care, phone, ...row }) => ({
    ...row,
    phoneMasked: maskPhone(phone),
    care: care === null ? null : (JSON.parse(care) as SpecialCareValue),
    calls: calls
      .filter(({ careId }) => careId === row.id)
      .map(({ careId: _, aboutCancel, ...call }) => ({ ...call, aboutCancel: aboutCancel === 1 })),
  }))
}

const namedById = (context: Context, interruptionId: string) => {
  const { id, interruptionNo } = interruptionById(context, interruptionId)
  return { id, interruptionNo }
}
const replacedWith = ({ sqlite }: Context, interruptionId: string) =>
  statement<{ id: string; interruptionNo: string }>(
    sqlite,
    'SELECT id, interruption_no AS interruptionNo FROM interruptions WHERE replaced_by = ?',
  ).get(interruptionId) ?? null

/** @throws InterruptionNotFound */
export const interruptionDetail = useCase(InterruptionDetail, ({ interruptionId }, context) => {
  const row = interruptionById(context, interruptionId)
  const facts = factsOf(context, row)
  const buildings = buildingsOf(context, row)
  const { interruptionNo, kind, state, reason, range, fromAt, toAt, resumeBy, affected } = row
  const { issuedBy, createdAt, noticedAt, interruptedAt, endedAt, cancelledAt, cancelReason } = row
  const { delayedTo, delayReason, delayedAt } = row
  const { groundOrderId: orderId, groundOrderNo: orderNo, groundReason, groundApprover: approver } = row
  return {
    interruption: {
      ...{ id: row.id, interruptionNo, kind, state, reason, range, fromAt, toAt, resumeBy, affected },
      ...{ issuedBy, createdAt, noticedAt, interruptedAt, endedAt, cancelledAt, cancelReason },
      ...{ delayedTo, delayReason, delayedAt },
      replacedBy: row.replacedBy === null ? null : namedById(context, row.replacedBy),
      replaces: replacedWith(context, row.id),
      standing: standing(context, row),
      believing: believing(context, row),
      unposted: facts.unposted,
      openCalls: facts.openCalls,
      awaiting: buildings.reduce((sum, building) => sum + building.awaiting, 0),
      scope: scopeOf(row),
      noticeHours: facts.noticeHours,
      ground: orderNo === '' && groundReason === '' ? null : { orderId, orderNo, reason: groundReason, approver },
      unfinished: row.unfinished === 1,
    },
    buildings,
    care: careOfInterruption(context, interruptionId),
    obstacles: Object.fromEntries(
      interruptionActions.map((action) => [action, obstaclesToInterruption(action, facts).map(({ text }) => text)]),
    ) as Record<InterruptionAction, string[]>,
    excusable: excusable(facts),
  }
})

function placeCursor(after: string | null): PlaceCursor | null {
  if (after === null) return null
  const parts = after.split('\n')
  const row = Number(parts[4])
  const [community, building, unit, room] = parts
  if (parts.length !== 5 || !Number.isSafeInteger(row)) throw wrongPage()
  return [community ?? '', building ?? '', unit ?? '', room ?? '', row]
}

/** @throws InterruptionNotFound */
export const affected = useCase(Affected, ({ interruptionId, page: { after, size } }, context) => {
  const points = affectedPage(context, interruptionById(context, interruptionId), placeCursor(after), size + 1)
  const shown = points.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ accountId, accountNo, customerName, address, gasState, specialCare }) => ({
      ...{ accountId, accountNo, customerName, address, gasState },
      specialCare: specialCare !== null,
    })),
    next: points.length > size && last ? cursorAfter(last).join('\n') : null,
  }
})

export const previewScope = useCase(PreviewScope, ({ scope }, context) => {
  const buildings = countAffected(context, storedScope(scope))
  const total = (of: 'customers' | 'care') => buildings.reduce((sum, row) => sum + row[of], 0)
  const noticeHours = context.settings.get('supply.noticeHours')
  const quiet = quietHours(context)
  return { customers: total('customers'), buildings: buildings.length, care: total('care'), noticeHours, quiet }
})

export const suggestScope = useCase(SuggestScope, ({ kind, community, text }, { sqlite }) => {
  if (kind === 'accounts') return { names: [] }
  const bound = { text, end: `${text}\u{10FFFF}`, ...(kind === 'building' ? { community } : {}) }
  const names = statement<{ name: string }>(sqlite, suggestSql[kind])
    .all(bound)
    .map(({ name }) => name)
    .filter((name) => name !== '')
  return { names: kind === 'building' ? names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1)) : names }
})

/** @throws BuildingNotFound · NotFound · AttachmentDamaged */
export const postingPhoto = useCase(PostingPhoto, ({ buildingId }, context) => {
  const { building } = buildingById(context, buildingId)
  if (building.photoHash === null) throw new NotFound('这一处没有登记照片')
  return { name: building.photoName ?? '照片', ...readKept(context, building.photoHash) }
})
