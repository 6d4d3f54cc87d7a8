/** What an invented customer's past readings and bills were: the same rules that compute real ones. */
import { computeBill, type Bill } from '../billing/rules.ts'
import { addDays, addMonths, dateParts, type BusinessDate } from '../platform/dates.ts'
import { add, litre, type Litre } from '../platform/money.ts'
import type { PricePlan } from '../tariffs/rules.ts'
import type { InventedCustomer } from './invent.ts'

export type HistoryPlans = Readonly<Record<'commercial' | 'industrial' | 'public', PricePlan>> & {
  readonly resident: readonly [PricePlan, ...PricePlan[]]
}

export interface PastReading {
  readonly previousOn: BusinessDate
  readonly readOn: BusinessDate
  readonly previousIndex: Litre
  readonly currentIndex: Litre
  readonly bill: Bill
}

/** Readings on one day of the month, the newest in this month or the last; each computed as its bill was. */
export function pastReadings(
  person: InventedCustomer,
  plan: PricePlan,
  { months, every }: { readonly months: number; readonly every: number },
  today: BusinessDate,
): PastReading[] {
  const newest = addDays(today, -person.random.between(18, 45))
  const count = Math.floor(months / every)
  const used = new Map<BusinessDate, Litre>()
  const past: PastReading[] = []
  let index = person.meter.initialIndex
  for (let i = count - 1; i >= 0; i--) {
    const readOn = addMonths(newest, -i * every)
    const previousOn = addMonths(newest, -(i + 1) * every)
    const consumption = person.use(dateParts(readOn).month, every)
    const bill = computeBill({
      previousReadOn: previousOn,
      readOn,
      consumption,
      plan,
      household: { persons: person.persons },
      usedInCycle: used,
      priceChange: 'readingDate',
    })
    for (const { cycleStart, volume } of bill.usage) used.set(cycleStart, add(used.get(cycleStart) ?? litre(0), volume))
    const currentIndex = add(index, consumption)
    past.push({ previousOn, readOn, previousIndex: index, currentIndex, bill })
    index = currentIndex
  }
  return past
}
