/** The demo hall, made at first start: staff, prices, and two thousand customers with two years behind them. */
import { createDemoStaff, createDevice } from '../access/service.ts'
import { indexAll } from '../customers/service.ts'
import { closeDay } from '../ledger/service.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { addDays, shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import type { Hall } from '../platform/hall.ts'
import type { SettingKey } from '../platform/settings-catalog.ts'
import { setSetting } from '../settings/service.ts'
import { planById, seedPlans } from '../tariffs/service.ts'
import { seedComplaints } from './complaints.ts'
import { seedInspections } from './inspections.ts'
import { seedSupply } from './supply.ts'
import { seedAccountLife } from './account-life.ts'
import { seedFees } from './fees.ts'
import { seedPublicity } from './publicity.ts'
import { seedRegisters } from './registers.ts'
import { writeHistory, type HistoryOptions } from './history.ts'
import { seedStaffRecords } from './staff.ts'

export interface SeedOptions {
  readonly customers: number
  readonly months: number
  readonly every: number
  readonly seed: number
}

export const demoSize: SeedOptions = { customers: 2_000, months: 24, every: 2, seed: 20_261_123 }

/** Customers in one transaction: some seconds of work, so that the window can say how far it is. */
const usualSlice = 500

/** Fills an empty database; one that holds a hall already is left as it is. Slices of a large hall may be larger. */
export async function seedDemoHall(
  hall: Hall,
  tell: (text: string) => void = () => undefined,
  size: SeedOptions = demoSize,
  slice = usualSlice,
): Promise<void> {
  const state = hall.environment.sqlite.prepare('SELECT (SELECT count(*) FROM device) AS devices').get() as {
    devices: number
  }
  if (state.devices > 0) return
  const transact = <T>(work: (context: Context) => T): T => hall.transact('demo.seed', systemActor, work)

  tell('正在建立演示营业厅')
  const options = transact((context) => begin(context, size))
  for (let from = 0; from < size.customers; from += slice) {
    const customers = Math.min(slice, size.customers - from)
    transact((context) => writeHistory(context, { ...options, from, customers }))
    tell(`正在建立演示客户 ${from + customers} / ${size.customers}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  transact((context) => finish(context, size, options.openingDate))
  tell('正在建立安检计划')
  transact((context) => seedInspections(context, size.seed))
  transact(seedPublicity)
  transact(seedRegisters)
}

const demoDevice = {
  companyName: '示例燃气有限公司',
  hallCode: '001',
  hallName: '示范大街营业厅',
  pcCode: '01',
  demo: true,
} as const

/** Invented like everything else of the demo hall; the code is one whose check character fits. */
const demoCompany: readonly (readonly [SettingKey, string])[] = [
  ['company.servicePhone', '956100'],
  ['company.emergencyPhone', '956100'],
  ['company.address', '示例市示范大街 1 号'],
  ['company.legalRepresentative', '郑示范'],
  ['company.creditCode', '91330000123456789E'],
  ['company.bank', '示例银行示范支行'],
  ['company.bankAccount', '1000 2000 3000 4000'],
]

/** Hall, staff, prices, and an open business day (yesterday) for the opening entries. */
function begin(context: Context, size: SeedOptions): HistoryOptions {
  createDevice(context, demoDevice)
  createDemoStaff(context)
  for (const [key, value] of demoCompany) setSetting(context, key, value)
  seedStaffRecords(context)
  const ids = seedPlans(context)
  seedFees(context)
  const plan = (code: string) => planById(context, ids.get(code) ?? code)
  const openingDate = addDays(shanghaiDate(context.clock.now()), -1)
  context.sqlite
    .prepare(`INSERT INTO business_days (date, state, opened_at) VALUES (?, 'open', ?)`)
    .run(openingDate, context.clock.now())
  return {
    ...size,
    from: 0,
    openingDate,
    firstSerial: 1,
    plans: {
      resident: [plan('example-city-345'), plan('example-shanghai-2014')],
      commercial: plan('example-non-resident-417'),
      industrial: plan('example-non-resident-417'),
      public: plan('example-welfare-241'),
    },
  }
}

function finish(context: Context, size: SeedOptions, openingDate: BusinessDate): void {
  context.sqlite.prepare(`INSERT INTO serials (scope, next) VALUES ('account', ?)`).run(size.customers + 1)
  indexAll(context)
  seedSupply(context)
  seedAccountLife(context)
  closeDay(context, openingDate)
  seedComplaints(context)
}
