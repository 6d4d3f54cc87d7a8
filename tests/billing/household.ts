/** A household with a meter on a real hall, for the tests of readings and bills. */
import type { Context } from '../../src-main/platform/context.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { litre, type Litre } from '../../src-main/platform/money.ts'
import { createCustomer, createServicePoint, openAccount } from '../../src-main/customers/service.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import { addMeter, installMeter } from '../../src-main/metering/service.ts'
import { seedPlans } from '../../src-main/tariffs/service.ts'
import { inventedMobile } from '../support/invented.ts'
import type { TestHall } from '../support/hall.ts'
import { certifiedReader } from '../support/reader.ts'

export interface Household {
  readonly customerId: string
  readonly accountId: string
  readonly accountNo: string
  readonly servicePointId: string
  readonly meterId: string
}

export interface HouseholdOptions {
  /** Code of an example plan. */
  readonly plan?: string
  readonly planId?: string
  readonly persons?: number
  readonly digits?: number
  readonly installedOn?: string
  readonly initialIndex?: Litre
  readonly building?: string
}

let made = 0

/** Made inside a transaction; every call gives another household of the same community. */
export function newHousehold(context: Context, options: HouseholdOptions = {}): Household {
  const n = (made += 1)
  const planId = options.planId ?? seedPlans(context).get(options.plan ?? 'example-shanghai-2014')
  if (planId === undefined) throw new Error(`no example plan ${options.plan}`)
  const customerId = createCustomer(context, {
    category: 'resident',
    name: '王小明',
    idKind: 'none',
    idNumber: null,
    phone: inventedMobile(n),
    phoneAlt: null,
    specialCare: null,
    note: '',
  })
  const servicePointId = createServicePoint(context, {
    district: '城关',
    street: '和平路 1 号',
    community: '和平小区',
    building: options.building ?? '1',
    unit: '1',
    room: String(n).padStart(6, '0'),
  })
  const { accountId, accountNo } = openAccount(context, {
    customerId,
    servicePointId,
    pricePlanId: planId,
    householdSize: options.persons ?? 3,
    openedOn: businessDate(options.installedOn ?? '2026-01-01'),
  })
  const meterId = installMeter(context, {
    servicePointId,
    meterNo: `M${String(n).padStart(7, '0')}`,
    kind: 'diaphragm',
    model: 'G2.5',
    digits: options.digits ?? 5,
    initialIndex: options.initialIndex ?? litre(0),
    installedOn: businessDate(options.installedOn ?? '2026-01-01'),
  })
  return { customerId, accountId, accountNo, servicePointId, meterId }
}

export const household = (hall: TestHall, options?: HouseholdOptions): Household =>
  hall.transact((context) => newHousehold(context, options))

/** A further meter of the household (一户多表), from the day on. @returns its id */
export const furtherMeter = (hall: TestHall, home: Household, installedOn = '2026-01-01', digits = 5): string =>
  hall.transact((context) =>
    addMeter(context, {
      servicePointId: home.servicePointId,
      meterNo: `Z${String((made += 1)).padStart(7, '0')}`,
      kind: 'diaphragm',
      model: 'G2.5',
      digits,
      initialIndex: litre(0),
      installedOn: businessDate(installedOn),
    }),
  )

/** Records a reading in m³ as the cashier does, confirming whatever may be confirmed. */
export async function read(
  hall: TestHall,
  accountId: string,
  readOn: string,
  m3: number,
  meterId: string | null = null,
): Promise<string> {
  const { readingId } = await hall.call(
    RecordReading,
    {
      requestId: crypto.randomUUID(),
      accountId,
      meterId,
      readOn,
      index: litre(Math.round(m3 * 1000)),
      source: 'visit',
      readerId: certifiedReader(hall),
      confirmed: ['rollover', 'tooHigh', 'longInterval'],
    },
    'cashier',
  )
  return readingId
}
