/**
 * What a hall takes over from the system it had before: customers, service points and accounts as they stand, and what was
 * done before. Nothing here tells the timeline or the search index; whoever imports does both, in bulk. Rows come in by the
 * hundred thousand, so every statement is prepared once.
 */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import type { Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import type { PlaceValue, ProfileValue, SpecialCareValue } from './api.ts'
import { careText } from './records.ts'
import { addressOf } from './rules.ts'
import type { CustomerEvent } from './timeline.ts'
import type { GasState, SuspensionReason } from './words.ts'

/** A customer as the old file has them; the phone may be missing there ('') and is asked for later. @returns id */
export function takeOverCustomer({ sqlite, clock }: Context, profile: ProfileValue): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO customers (id, category, name, id_kind, id_number, phone, phone_alt, special_care, note, created_at, updated_at)
     VALUES (@id, @category, @name, @idKind, @idNumber, @phone, @phoneAlt, @specialCare, @note, @now, @now)`,
  ).run({ ...profile, id, specialCare: careText(profile.specialCare), now: clock.now() })
  return id
}

/**
 * A service point as it stands, also with gas on: the one exception to the ignition gate, because its evidence is on
 * paper from before (build/migrations/gates/installations.ts). @returns id
 */
export function takeOverServicePoint(
  { sqlite, clock }: Context,
  place: PlaceValue,
  gasState: GasState,
  suspendedFor: SuspensionReason | null,
): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, suspended_for,
       created_at, updated_at)
     VALUES (@id, @district, @street, @community, @building, @unit, @room, @address, @gasState, @suspendedFor, @now, @now)`,
  ).run({ ...place, id, address: addressOf(place), gasState, suspendedFor, now: clock.now() })
  return id
}

export interface AccountTakenOver {
  readonly customerId: string
  readonly servicePointId: string
  readonly pricePlanId: string
  readonly householdSize: number
  readonly openedOn: BusinessDate
  /** Fen; booked by the caller in the same transaction. */
  readonly prepayment: Fen
  readonly arrears: Fen
}

/** An account under a number of ours; what it was called before is kept by `keepOldNo`. */
export function takeOverAccount(context: Context, account: AccountTakenOver): { accountId: string; accountNo: string } {
  const { sqlite, clock } = context
  const accountId = newId(clock)
  const accountNo = nextNumber(context, 'account')
  statement(
    sqlite,
    `INSERT INTO accounts (id, account_no, customer_id, service_point_id, price_plan_id, household_size, state, opened_on,
       prepayment, arrears, created_at, updated_at)
     VALUES (@accountId, @accountNo, @customerId, @servicePointId, @pricePlanId, @householdSize, 'active', @openedOn,
       @prepayment, @arrears, @now, @now)`,
  ).run({ ...account, accountId, accountNo, now: clock.now() })
  return { accountId, accountNo }
}

/** @param alias capital letters and digits of `shown` */
export function keepOldNo(
  { sqlite }: Context,
  { source, alias, shown, accountId }: { source: string; alias: string; shown: string; accountId: string },
): void {
  statement(
    sqlite,
    `INSERT INTO account_aliases (source, alias, account_id, shown) VALUES (?, ?, ?, ?)
     ON CONFLICT (source, alias) DO UPDATE SET account_id = excluded.account_id, shown = excluded.shown, short = 0
     WHERE short = 1`,
  ).run(source, alias, accountId, shown)
}

/** The same number without the zeros in front, where nobody else is called so. */
export function keepShortNo(
  { sqlite }: Context,
  { source, alias, shown, accountId }: { source: string; alias: string; shown: string; accountId: string },
): void {
  statement(
    sqlite,
    `INSERT INTO account_aliases (source, alias, account_id, shown, short) VALUES (?, ?, ?, ?, 1)
     ON CONFLICT (source, alias) DO NOTHING`,
  ).run(source, alias, accountId, shown)
}

export interface AccountFound {
  readonly accountId: string
  readonly customerId: string
  readonly servicePointId: string
  readonly accountNo: string
  readonly pricePlanId: string
  readonly customerName: string
  readonly state: 'active' | 'transferred' | 'closed'
}

const found = `SELECT a.id AS accountId, a.customer_id AS customerId, a.service_point_id AS servicePointId,
    a.account_no AS accountNo, a.price_plan_id AS pricePlanId, c.name AS customerName, a.state`

/** The account a number names: the old system's own numbers first, then ours. Null when neither knows it. */
export function accountQuoted({ sqlite }: Context, source: string, alias: string): AccountFound | null {
  return (
    statement<AccountFound>(
      sqlite,
      `${found} FROM account_aliases o JOIN accounts a ON a.id = o.account_id JOIN customers c ON c.id = a.customer_id
       WHERE o.source = ? AND o.alias = ?`,
    ).get(source, alias) ??
    statement<AccountFound>(
      sqlite,
      `${found} FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.account_no = ?`,
    ).get(alias) ??
    null
  )
}

/** Whether the old system's number belongs to an account already. */
export const oldNoIsKnown = ({ sqlite }: Context, source: string, alias: string): boolean =>
  statement(sqlite, 'SELECT 1 FROM account_aliases WHERE source = ? AND alias = ? AND short = 0').get(source, alias) !==
  undefined

/** The active account at a service point. */
export const accountAt = ({ sqlite }: Context, servicePointId: string): AccountFound | null =>
  statement<AccountFound>(
    sqlite,
    `${found} FROM accounts a JOIN customers c ON c.id = a.customer_id
     WHERE a.service_point_id = ? AND a.state = 'active'`,
  ).get(servicePointId) ?? null

/** Customers on file under an ID number, the first ones. */
export const customersByIdentity = ({ sqlite }: Context, idNumber: string): { customerId: string; name: string }[] =>
  statement<{ customerId: string; name: string }>(
    sqlite,
    'SELECT id AS customerId, name FROM customers WHERE id_number = ? ORDER BY id LIMIT 5',
  ).all(idNumber)

/** Something done before this system, at its own time. @returns event id */
export function recordPastEvent(
  { sqlite, clock }: Context,
  event: CustomerEvent & { readonly at: number; readonly actorName: string },
): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO customer_events (id, customer_id, account_id, at, actor_name, kind, title, detail, amount, subject)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    event.customerId,
    event.accountId ?? null,
    event.at,
    event.actorName,
    event.kind,
    event.title,
    event.detail ?? '',
    event.amount ?? null,
    event.subject ?? null,
  )
  return id
}

/**
 * Registers special care for a customer who has none yet, or takes it back (null), as if it had never been.
 * @returns false when there is some already
 */
export function takeOverCare({ sqlite, clock }: Context, customerId: string, care: SpecialCareValue | null): boolean {
  const { changes } = statement(
    sqlite,
    `UPDATE customers SET special_care = @care, version = version + CASE WHEN @care IS NULL THEN -1 ELSE 1 END, updated_at = @now
     WHERE id = @customerId AND (special_care IS NULL OR @care IS NULL)`,
  ).run({ customerId, care: careText(care), now: clock.now() })
  return changes === 1
}

/** What an import brought, to be taken back as a whole; whatever else was done to it stands in the way before. */
export interface TakenOver {
  readonly customerId: string | null
  readonly servicePointId: string | null
  readonly accountId: string | null
  readonly eventId: string | null
}

/** Takes back rows of an import that is being undone; the gate lets events go only then. */
export function removeTakenOver(
  { sqlite }: Context,
  { customerId, servicePointId, accountId, eventId }: TakenOver,
): void {
  if (eventId !== null) statement(sqlite, 'DELETE FROM customer_events WHERE id = ?').run(eventId)
  if (accountId !== null) {
    statement(sqlite, 'DELETE FROM account_aliases WHERE account_id = ?').run(accountId)
    const { row } =
      statement<{ row: number }>(sqlite, 'SELECT row FROM customer_index WHERE account_id = ?').get(accountId) ?? {}
    if (row !== undefined) {
      statement(sqlite, 'DELETE FROM customer_search WHERE rowid = ?').run(row)
      statement(sqlite, 'DELETE FROM customer_index WHERE row = ?').run(row)
    }
    statement(sqlite, 'DELETE FROM accounts WHERE id = ?').run(accountId)
  }
  if (servicePointId !== null) statement(sqlite, 'DELETE FROM service_points WHERE id = ?').run(servicePointId)
  if (customerId !== null) statement(sqlite, 'DELETE FROM customers WHERE id = ?').run(customerId)
}
