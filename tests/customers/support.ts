/** A hall with customers in it, for the tests of this room. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import type { Context } from '../../src-main/platform/context.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { newId } from '../../src-main/platform/ids.ts'
import {
  Place,
  Profile,
  type CreateCustomer,
  type PlaceValue,
  type ProfileDraft,
} from '../../src-main/customers/api.ts'
import { createCustomer, createServicePoint, openAccount, reindexCustomer } from '../../src-main/customers/service.ts'
import { CallFailed, type TestHall } from '../support/hall.ts'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'

export const profileOf = (n: number, more: Partial<ProfileDraft> = {}): ProfileDraft => ({
  category: 'resident',
  name: `客户${n}`,
  idKind: 'national-id',
  idNumber: inventedNationalId(n),
  phone: inventedMobile(n),
  ...more,
})

export const placeOf = (n: number, more: Partial<PlaceValue> = {}): PlaceValue =>
  Place.parse({
    district: '城东区',
    street: '人民路12号',
    community: '阳光花园',
    building: '3',
    unit: '2',
    room: String(100 + n),
    ...more,
  })

export const requestId = (): string => crypto.randomUUID()

export const creation = (n: number, more: Partial<ProfileDraft> = {}): InputOf<typeof CreateCustomer> => ({
  requestId: requestId(),
  profile: profileOf(n, more),
})

export interface Opened {
  readonly customerId: string
  readonly servicePointId: string
  readonly accountId: string
  readonly accountNo: string
}

/** A price plan must exist before an account names it; which one is the tariffs room's business. */
const planId = '018f0000-0000-7000-8000-00000000f1a0'

/** A service point taken over from earlier data while gas flows there; the ignition gate guards every other way. */
function takeOver({ sqlite, clock }: Context, place: PlaceValue): string {
  const id = newId(clock)
  sqlite
    .prepare(
      `INSERT INTO service_points (id, district, street, community, building, unit, room, address, gas_state, created_at, updated_at)
       VALUES (@id, @district, @street, @community, @building, @unit, @room, @community, 'supplied', @now, @now)`,
    )
    .run({ ...place, id, now: clock.now() })
  return id
}

/** A customer with an account, and a meter when `meterNo` is given. */
export function openOne(
  hall: TestHall,
  n: number,
  more: { profile?: Partial<ProfileDraft>; place?: Partial<PlaceValue>; meterNo?: string; supplied?: boolean } = {},
): Opened {
  return hall.transact((context) => {
    const customerId = createCustomer(context, Profile.parse(profileOf(n, more.profile)), { confirmDuplicate: true })
    const place = placeOf(n, more.place)
    const servicePointId = more.supplied ? takeOver(context, place) : createServicePoint(context, place)
    const opened = openAccount(context, {
      customerId,
      servicePointId,
      pricePlanId: planId,
      householdSize: 3,
      openedOn: businessDate('2026-11-23'),
    })
    if (more.meterNo !== undefined) {
      context.sqlite
        .prepare(
          `INSERT INTO meters (id, meter_no, kind, model, digits, service_point_id, state, initial_index, installed_on, created_at)
           VALUES (?, ?, 'diaphragm', 'G2.5', 5, ?, 'in-use', 0, '2026-11-23', ?)`,
        )
        .run(newId(context.clock), more.meterNo, servicePointId, context.clock.now())
      reindexCustomer(context, customerId)
    }
    return { customerId, servicePointId, ...opened }
  })
}

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<CallFailed['failure']> {
  try {
    await call
  } catch (error) {
    if (error instanceof CallFailed) return error.failure
    throw error
  }
  throw new Error('the call was not refused')
}
