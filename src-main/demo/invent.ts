/** One invented customer with its home, meter and habits. Pure: the same number and seed give the same customer. */
import { cubicMetres, litre, type Litre } from '../platform/money.ts'
import { inventedCreditCode, inventedMobile, inventedNationalId } from './invented.ts'
import { home, organisationName, personName, shop, type Place } from './people.ts'
import { Random } from './random.ts'

export type Category = 'resident' | 'commercial' | 'industrial' | 'public'

export interface InventedCustomer {
  readonly category: Category
  readonly name: string
  readonly idKind: 'national-id' | 'credit-code'
  readonly idNumber: string
  readonly phone: string
  /** JSON as `customers.special_care` keeps it, or null. */
  readonly specialCare: string | null
  readonly place: Place
  readonly persons: number
  readonly meter: {
    readonly meterNo: string
    readonly kind: 'diaphragm' | 'iot' | 'ic-card'
    readonly model: string
    readonly digits: number
    readonly initialIndex: Litre
  }
  /** Whole months between opening and the first reading of the history. */
  readonly monthsBefore: number
  /** For choices that depend on more than the person: price plan, what was paid. */
  readonly random: Random
  /** Gas of one period. @param month calendar month 1–12 in which it ends @param months its length */
  readonly use: (month: number, months: number) => Litre
}

/** Cubic metres a month outside the heating season, from–to. */
const monthlyUse: Record<Category, readonly [number, number]> = {
  resident: [6, 32],
  commercial: [180, 1_400],
  industrial: [4_000, 30_000],
  public: [300, 2_500],
}

interface Care {
  readonly kinds: readonly string[]
  readonly measures: string
}
const care: readonly [Care, ...Care[]] = [
  { kinds: ['elderly'], measures: '上门收费，安检前电话预约' },
  { kinds: ['living-alone', 'elderly'], measures: '每月电话问候，优先上门维修' },
  { kinds: ['disabled'], measures: '柜台优先办理，可代办缴费' },
]

export function inventCustomer(n: number, seed: number): InventedCustomer {
  const random = new Random(seed * 1_000_003 + n)
  const roll = random.between(1, 1_000)
  const category: Category =
    roll <= 940 ? 'resident' : roll <= 980 ? 'commercial' : roll <= 990 ? 'public' : 'industrial'
  const resident = category === 'resident'
  const [least, most] = monthlyUse[category]
  const usual = random.between(least, most)
  const vacant = resident && random.chance(3)
  return {
    category,
    name: category === 'resident' ? personName(random) : organisationName(random, category),
    idKind: resident ? 'national-id' : 'credit-code',
    idNumber: resident ? inventedNationalId(n) : inventedCreditCode(n),
    phone: inventedMobile(n),
    specialCare: resident && random.chance(4) ? JSON.stringify(random.pick(care)) : null,
    place: resident ? home(n) : shop(random, n),
    persons: random.pick([2, 3, 3, 4, 1, 5, 6]),
    meter: {
      meterNo: `${resident ? 'M' : 'L'}${20_000_000 + n * 7 + random.between(0, 6)}`,
      kind: random.pick(['diaphragm', 'diaphragm', 'iot', 'ic-card']),
      model: resident ? random.pick(['G1.6', 'G2.5', 'G4']) : random.pick(['G10', 'G25', 'G65']),
      digits: resident ? 5 : 7,
      initialIndex: litre(random.between(0, 2_000)),
    },
    monthsBefore: random.between(0, 60),
    random,
    use(month, months) {
      if (vacant) return litre(0)
      const heating = month === 12 || month <= 3 ? 130 : 100
      return cubicMetres(Math.floor((usual * months * heating * random.between(85, 115)) / 10_000))
    },
  }
}
