/** 停气范围: whom an interruption meets, asked of the addresses by their indexes, in the order of the place; never copied. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { accountById, customersOfStreet } from '../customers/service.ts'
import type { InterruptionScope, ScopeKind } from './api.ts'

/** The columns of an interruption that say whom it meets. */
export interface StoredScope {
  readonly scopeKind: ScopeKind
  readonly street: string
  readonly community: string
  readonly building: string
  /** JSON array of ids. */
  readonly accountIds: string
}

export const storedScope = (scope: InterruptionScope): StoredScope => ({
  scopeKind: scope.kind,
  street: scope.kind === 'street' ? scope.street : '',
  community: scope.kind === 'building' || scope.kind === 'community' ? scope.community : '',
  building: scope.kind === 'building' ? scope.building : '',
  accountIds: JSON.stringify(scope.kind === 'accounts' ? [...new Set(scope.accountIds)] : []),
})

export function scopeOf(stored: StoredScope): InterruptionScope {
  switch (stored.scopeKind) {
    case 'building':
      return { kind: 'building', community: stored.community, building: stored.building }
    case 'community':
      return { kind: 'community', community: stored.community }
    case 'street':
      return { kind: 'street', street: stored.street }
    case 'accounts':
      return { kind: 'accounts', accountIds: JSON.parse(stored.accountIds) as string[] }
  }
}

const buildingWord = (building: string): string => (/^[0-9A-Za-z]+$/.test(building) ? `${building}号楼` : building)

/** The place of a building as people read it; a street without buildings is its own place. */
export const placeName = (street: string, community: string, building: string): string =>
  `${community === street ? '' : community}${buildingWord(building)}` || street

/** The range as it stands on the notice. @throws AccountNotFound */
export function rangeOf(context: Context, stored: StoredScope): string {
  switch (stored.scopeKind) {
    case 'building':
      return `${stored.community}${buildingWord(stored.building)}`
    case 'community':
      return stored.community
    case 'street':
      return stored.street
    case 'accounts': {
      const ids = JSON.parse(stored.accountIds) as string[]
      const [first] = ids.map((id) => accountById(context, id))
      return ids.length === 1 ? `户号 ${first?.accountNo ?? ''}` : `户号 ${first?.accountNo ?? ''} 等 ${ids.length} 户`
    }
  }
}

// Gas flows there, or something else stopped it: either way the interruption holds it off until its end.
const met = `p.gas_state IN ('supplied', 'suspended')`

interface Shape {
  readonly from: string
  readonly where: string
}
/** How each kind of scope is walked: its own index, the place in order, nothing sorted but a short list of accounts. */
const shapes: Readonly<Record<ScopeKind, Shape>> = {
  building: {
    from: 'service_points p INDEXED BY service_points_place',
    where: 'p.community = @community AND p.building = @building',
  },
  community: { from: 'service_points p INDEXED BY service_points_place', where: 'p.community = @community' },
  street: { from: 'service_points p INDEXED BY service_points_street', where: 'p.street = @street' },
  accounts: {
    from: `json_each(@accountIds) j CROSS JOIN accounts t ON t.id = j.value
      CROSS JOIN service_points p ON p.id = t.service_point_id`,
    where: 'true',
  },
}
const active = `CROSS JOIN accounts a ON a.service_point_id = p.id AND a.state = 'active'`
const customer = 'CROSS JOIN customers c ON c.id = a.customer_id'

/** The place after which a page begins: community, building, unit, room, row. */
export type PlaceCursor = readonly [string, string, string, string, number]

const place = '(p.community, p.building, p.unit, p.room, p.rowid)'
const order = 'p.community, p.building, p.unit, p.room, p.rowid'

export interface AffectedPoint {
  readonly servicePointId: string
  readonly accountId: string
  readonly accountNo: string
  readonly customerId: string
  readonly customerName: string
  readonly phone: string
  readonly address: string
  readonly gasState: string
  readonly specialCare: string | null
  readonly street: string
  readonly community: string
  readonly building: string
  readonly unit: string
  readonly room: string
  readonly row: number
}

/** One page of the affected customers, by place. Bound: the scope, @c1 … @c5, @limit. */
export const affectedSql = (kind: ScopeKind, following: boolean): string => `
  SELECT p.id AS servicePointId, a.id AS accountId, a.account_no AS accountNo, c.id AS customerId, c.name AS customerName,
    c.phone, p.address, p.gas_state AS gasState, c.special_care AS specialCare, p.street, p.community, p.building, p.unit,
    p.room, p.rowid AS row
  FROM ${shapes[kind].from} ${active} ${customer}
  WHERE ${shapes[kind].where} AND ${met} ${following ? `AND ${place} > (@c1, @c2, @c3, @c4, @c5)` : ''}
  ORDER BY ${order} LIMIT @limit`

const bound = ({ street, community, building, accountIds }: StoredScope, kind: ScopeKind) =>
  ({
    building: { community, building },
    community: { community },
    street: { street },
    accounts: { accountIds },
  })[kind]

export const cursorAfter = ({ community, building, unit, room, row }: AffectedPoint): PlaceCursor => [
  community,
  building,
  unit,
  room,
  row,
]

export function affectedPage(
  { sqlite }: Context,
  scope: StoredScope,
  after: PlaceCursor | null,
  limit: number,
): AffectedPoint[] {
  const [c1, c2, c3, c4, c5] = after ?? []
  return statement<AffectedPoint>(sqlite, affectedSql(scope.scopeKind, after !== null)).all({
    ...bound(scope, scope.scopeKind),
    ...(after === null ? {} : { c1, c2, c3, c4, c5 }),
    limit,
  })
}

/** The customers `from` … `from + limit - 1` of a scope by place, for a paper of so many notices. */
export function affectedPart({ sqlite }: Context, scope: StoredScope, from: number, limit: number): AffectedPoint[] {
  return statement<AffectedPoint>(sqlite, `${affectedSql(scope.scopeKind, false)} OFFSET @from`).all({
    ...bound(scope, scope.scopeKind),
    limit,
    from,
  })
}

/** Counts by place. Bound: the scope. */
export const buildingsSql = (kind: ScopeKind): string => `
  SELECT p.street, p.community, p.building, count(*) AS customers, count(c.special_care) AS care
  FROM ${shapes[kind].from} ${active} ${customer}
  WHERE ${shapes[kind].where} AND ${met} GROUP BY p.community, p.building, p.street`

export interface AffectedBuilding {
  readonly street: string
  readonly community: string
  readonly building: string
  readonly customers: number
  readonly care: number
}

/** The buildings of a scope with how many customers each has, and how many of them are under special care. */
export const affectedBuildings = ({ sqlite }: Context, scope: StoredScope): AffectedBuilding[] =>
  statement<AffectedBuilding>(sqlite, buildingsSql(scope.scopeKind)).all(bound(scope, scope.scopeKind))

/** The same to show how many there are: those of a street, who may be tens of thousands, are counted by the customers' index. */
export const countAffected = (context: Context, scope: StoredScope): AffectedBuilding[] =>
  scope.scopeKind === 'street' ? customersOfStreet(context, scope.street) : affectedBuildings(context, scope)

/** The special-care customers of a scope. */
export const affectedCare = ({ sqlite }: Context, scope: StoredScope): { customerId: string; accountId: string }[] =>
  statement<{ customerId: string; accountId: string }>(
    sqlite,
    `SELECT c.id AS customerId, a.id AS accountId FROM ${shapes[scope.scopeKind].from} ${active} ${customer}
     WHERE ${shapes[scope.scopeKind].where} AND ${met} AND c.special_care IS NOT NULL`,
  ).all(bound(scope, scope.scopeKind))

/** Whether the scope meets a service point; asked of the few interruptions that are not over. */
export function meets(
  scope: StoredScope,
  point: { readonly street: string; readonly community: string; readonly building: string },
  accountId: string,
): boolean {
  switch (scope.scopeKind) {
    case 'building':
      return scope.community === point.community && scope.building === point.building
    case 'community':
      return scope.community === point.community
    case 'street':
      return scope.street === point.street
    case 'accounts':
      return (JSON.parse(scope.accountIds) as string[]).includes(accountId)
  }
}

/** Names that begin with what was typed; each step jumps in the index, so that long streets cost no more. */
export const suggestSql = {
  street: jump('street', ''),
  community: jump('community', ''),
  building: jump('building', 'community = @community AND'),
} as const
function jump(column: 'street' | 'community' | 'building', where: string): string {
  return `WITH RECURSIVE name(n) AS (
      SELECT min(${column}) FROM service_points WHERE ${where} ${column} >= @text AND ${column} < @end
      UNION ALL
      SELECT (SELECT min(${column}) FROM service_points WHERE ${where} ${column} > name.n AND ${column} < @end)
      FROM name WHERE name.n IS NOT NULL LIMIT 30)
    SELECT n AS name FROM name WHERE n IS NOT NULL`
}
