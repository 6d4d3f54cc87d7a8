/** 户 and 用气点: opened, moved between gas states, and their balances kept equal to the ledger's. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { Conflict, domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { isSpelled } from './search-words.ts'
import { EditAccount, EditServicePoint, FindPlace, SuggestCommunities, type PlaceValue } from './api.ts'
import { AccountNotFound, accountById, customerById, servicePointById, type AccountRow } from './records.ts'
import { addressOf } from './rules.ts'
import { reindexCustomer, reindexStanding } from './search-index.ts'
import { recordEvent } from './timeline.ts'
import { gasStateNames, standingNames, suspensionReasonNames, type GasState, type SuspensionReason } from './words.ts'

export const ServicePointExists = domainError('ServicePointExists', '这个地址已经建档，请直接选用')
export const ServicePointTaken = domainError('ServicePointTaken', '这个用气点已有在用的户号，换人用气请办理过户')
export const AccountEnded = domainError('AccountEnded', '户号已过户或销户，不能再办理，请选择在用的户号')
export const BalanceTooLow = domainError('BalanceTooLow', '余额不足，请刷新后再办理')

interface PlaceFound {
  servicePointId: string
  address: string
  gasState: GasState
  accountNo: string | null
}

export const placeSql = `
  SELECT p.id AS servicePointId, p.address, p.gas_state AS gasState,
    (SELECT a.account_no FROM accounts a WHERE a.service_point_id = p.id AND a.state = 'active') AS accountNo
  FROM service_points p
  WHERE p.community = @community AND p.building = @building AND p.unit = @unit AND p.room = @room
    AND p.street = @street AND p.district = @district AND p.gas_state <> 'dismantled'`

/** The service point at exactly this place. A dismantled one is past: gas there begins anew with another. */
export const findServicePoint = ({ sqlite }: Context, place: PlaceValue): PlaceFound | null =>
  statement<PlaceFound>(sqlite, placeSql).get(place) ?? null

/** A new address for gas, not ignited. @returns its id. @throws ServicePointExists with `details.servicePointId` */
export function createServicePoint(context: Context, place: PlaceValue): string {
  const found = findServicePoint(context, place)
  if (found) {
    throw new ServicePointExists(undefined, { field: 'community', details: { servicePointId: found.servicePointId } })
  }
  const { sqlite, clock } = context
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, created_at, updated_at)
     VALUES (@id, @district, @street, @community, @building, @unit, @room, @address, 'not-ignited', @now, @now)`,
  ).run({ ...place, id, address: addressOf(place), now: clock.now() })
  return id
}

export interface OpenAccountInput {
  readonly customerId: string
  readonly servicePointId: string
  readonly pricePlanId: string
  readonly householdSize: number
  readonly openedOn: BusinessDate
}

/**
 * 开户: gives the customer an account at a service point. Whether both contracts are signed is the caller's gate.
 * @throws CustomerNotFound · ServicePointNotFound · ServicePointTaken
 */
export function openAccount(context: Context, input: OpenAccountInput): { accountId: string; accountNo: string } {
  const { sqlite, clock } = context
  const customer = customerById(context, input.customerId)
  const point = servicePointById(context, input.servicePointId)
  const holder = statement<{ accountNo: string }>(
    sqlite,
    `SELECT account_no AS accountNo FROM accounts WHERE service_point_id = ? AND state = 'active'`,
  ).get(point.id)
  if (holder) throw new ServicePointTaken(undefined, { details: holder })
  const accountId = newId(clock)
  const accountNo = nextNumber(context, 'account')
  statement(
    sqlite,
    `INSERT INTO accounts (id, account_no, customer_id, service_point_id, price_plan_id, household_size, state, opened_on,
       created_at, updated_at)
     VALUES (@accountId, @accountNo, @customerId, @servicePointId, @pricePlanId, @householdSize, 'active', @openedOn, @now, @now)`,
  ).run({ ...input, accountId, accountNo, now: clock.now() })
  recordEvent(context, {
    customerId: customer.id,
    accountId,
    kind: 'profile',
    title: `开户 ${accountNo}`,
    detail: point.address,
    subject: `account:${accountId}`,
  })
  reindexCustomer(context, customer.id)
  return { accountId, accountNo }
}

/** An account that is still in use. @throws AccountNotFound · AccountEnded */
export function activeAccount(context: Context, accountId: string): AccountRow {
  const account = accountById(context, accountId)
  if (account.state !== 'active') throw new AccountEnded()
  return account
}

export interface AccountEnd {
  readonly accountId: string
  readonly state: 'transferred' | 'closed'
  readonly on: BusinessDate
  /** Why, for the timeline. */
  readonly detail: string
}

/**
 * 户号终止: by transfer or closing, for good. That it is settled is the caller's gate, held by a trigger once more.
 * @throws AccountNotFound · AccountEnded
 */
export function endAccount(context: Context, { accountId, state, on, detail }: AccountEnd): void {
  const { sqlite, clock } = context
  const account = activeAccount(context, accountId)
  statement(
    sqlite,
    'UPDATE accounts SET state = ?, closed_on = ?, version = version + 1, updated_at = ? WHERE id = ?',
  ).run(state, on, clock.now(), accountId)
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'profile',
    title: `户号${standingNames[state]}`,
    detail,
    subject: `account:${accountId}`,
  })
  reindexCustomer(context, account.customerId)
}

/**
 * Moves a service point to a gas state; which moves are allowed, and on what evidence, is the calling room's gate.
 * @param suspendedFor why gas is off; must be given for 'suspended' and only then
 * @throws ServicePointNotFound
 */
export function setGasState(
  context: Context,
  servicePointId: string,
  state: GasState,
  suspendedFor: SuspensionReason | null,
): void {
  if ((state === 'suspended') !== (suspendedFor !== null)) throw new RangeError(`${state} for ${suspendedFor}`)
  const { sqlite, clock } = context
  const point = servicePointById(context, servicePointId)
  statement(
    sqlite,
    'UPDATE service_points SET gas_state = ?, suspended_for = ?, version = version + 1, updated_at = ? WHERE id = ?',
  ).run(state, suspendedFor, clock.now(), servicePointId)
  reindexStanding(context, servicePointId)
  const holder = statement<{ accountId: string; customerId: string }>(
    sqlite,
    `SELECT id AS accountId, customer_id AS customerId FROM accounts WHERE service_point_id = ? AND state = 'active'`,
  ).get(servicePointId)
  if (!holder) return
  recordEvent(context, {
    ...holder,
    kind: 'supply',
    title: `${gasStateNames[point.gasState]} → ${gasStateNames[state]}`,
    detail: suspendedFor === null ? '' : suspensionReasonNames[suspendedFor],
    subject: `service_point:${servicePointId}`,
  })
}

/**
 * Adds to what an account has prepaid and owes, in fen, together with the ledger entry the caller posts.
 * @throws BalanceTooLow when either would fall below zero · AccountNotFound
 */
export function adjustBalances(
  { sqlite, clock }: Context,
  accountId: string,
  { prepayment = 0 as Fen, arrears = 0 as Fen }: { readonly prepayment?: Fen; readonly arrears?: Fen },
): void {
  const { changes } = statement(
    sqlite,
    `UPDATE accounts SET prepayment = prepayment + @prepayment, arrears = arrears + @arrears, updated_at = @now
     WHERE id = @accountId AND prepayment + @prepayment >= 0 AND arrears + @arrears >= 0`,
  ).run({ accountId, prepayment, arrears, now: clock.now() })
  if (changes === 1) return
  if (statement(sqlite, 'SELECT 1 FROM accounts WHERE id = ?').get(accountId)) throw new BalanceTooLow()
  throw new AccountNotFound()
}

/** @throws AccountNotFound · Conflict */
export const editAccount = useCase(EditAccount, ({ accountId, version, householdSize }, context) => {
  const account = accountById(context, accountId)
  if (account.version !== version) throw new Conflict()
  statement(
    context.sqlite,
    'UPDATE accounts SET household_size = ?, version = version + 1, updated_at = ? WHERE id = ?',
  ).run(householdSize, context.clock.now(), accountId)
  recordEvent(context, {
    customerId: account.customerId,
    accountId,
    kind: 'profile',
    title: '修改家庭人口',
    detail: `${account.householdSize} 人 → ${householdSize} 人`,
    subject: `account:${accountId}`,
  })
  context.audit({ subject: `account:${accountId}`, detail: { before: account.householdSize, after: householdSize } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { version: version + 1 }
})

/** @throws ServicePointNotFound · Conflict · ServicePointExists */
export const editServicePoint = useCase(EditServicePoint, ({ servicePointId, version, place }, context) => {
  const { sqlite, clock } = context
  const before = servicePointById(context, servicePointId)
  if (before.version !== version) throw new Conflict()
  const other = findServicePoint(context, place)
  if (other && other.servicePointId !== servicePointId) {
    throw new ServicePointExists('这个地址已经属于另一个用气点，请核对', { field: 'place.community' })
  }
  const address = addressOf(place)
  statement(
    sqlite,
    `UPDATE service_points SET district = @district, street = @street, community = @community, building = @building,
       unit = @unit, room = @room, address = @address, version = version + 1, updated_at = @now WHERE id = @servicePointId`,
  ).run({ ...place, address, servicePointId, now: clock.now() })
  const holders = statement<{ accountId: string; customerId: string }>(
    sqlite,
    'SELECT id AS accountId, customer_id AS customerId FROM accounts WHERE service_point_id = ?',
  ).all(servicePointId)
  for (const { accountId, customerId } of holders) {
    recordEvent(context, {
      customerId,
      accountId,
      kind: 'profile',
      title: '更正用气地址',
      detail: `${before.address} → ${address}`,
      subject: `service_point:${servicePointId}`,
    })
    reindexCustomer(context, customerId)
  }
  context.audit({ subject: `service_point:${servicePointId}`, detail: { before: before.address, after: address } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { version: version + 1, address }
})

export const findPlace = useCase(FindPlace, ({ place }, context) => ({ found: findServicePoint(context, place) }))

/** Communities offered while an address is typed. */
const maxSuggestions = 10
/** Communities looked through for what is spelled, or stands inside the name. */
const maxCommunities = 5_000
/** Each step jumps to the next community in the index, so 200,000 addresses cost as little as two hundred. */
export const communitySql = `
  WITH RECURSIVE name(community) AS (
    SELECT min(community) FROM service_points WHERE community >= @text AND community < @end
    UNION ALL
    SELECT (SELECT min(community) FROM service_points WHERE community > name.community AND community < @end)
    FROM name WHERE name.community IS NOT NULL LIMIT @limit)
  SELECT (SELECT district FROM service_points p WHERE p.community = name.community LIMIT 1) AS district,
    (SELECT street FROM service_points p WHERE p.community = name.community LIMIT 1) AS street, community
  FROM name WHERE community IS NOT NULL`
/** The names alone, likewise. */
export const communityNamesSql = `
  WITH RECURSIVE name(community) AS (
    SELECT min(community) FROM service_points WHERE community > ''
    UNION ALL
    SELECT (SELECT min(community) FROM service_points WHERE community > name.community)
    FROM name WHERE name.community IS NOT NULL LIMIT @limit)
  SELECT community FROM name WHERE community IS NOT NULL`

interface Community {
  readonly district: string
  readonly street: string
  readonly community: string
}

/** Those that begin with what was typed, then those that hold it, by their characters, in pinyin or by initials. */
export const suggestCommunities = useCase(SuggestCommunities, ({ text }, { sqlite }) => {
  const from = (beginning: string, limit: number) =>
    statement<Community>(sqlite, communitySql).all({ text: beginning, end: `${beginning}\u{10FFFF}`, limit })
  const found = from(text, maxSuggestions)
  if (found.length < maxSuggestions) {
    const begun = new Set(found.map(({ community }) => community))
    const others = statement<{ community: string }>(sqlite, communityNamesSql)
      .all({ limit: maxCommunities })
      .filter(({ community }) => !begun.has(community) && isSpelled(community, text))
    for (const { community } of others.slice(0, maxSuggestions - found.length)) found.push(...from(community, 1))
  }
  return { communities: found }
})
