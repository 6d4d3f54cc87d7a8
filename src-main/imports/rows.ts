/** What a good row of each kind says, and what can be wrong with one. Types only. */
import type {
  CustomerCategory,
  EventKind,
  GasState,
  IdKind,
  PlaceValue,
  SpecialCareValue,
  SuspensionReason,
} from '../customers/api.ts'
import type { MeterKind } from '../metering/api.ts'
import type { Role } from '../platform/contract.ts'
import type { BusinessDate } from '../platform/dates.ts'
import type { Fen, Litre } from '../platform/money.ts'
import type { CertificateKind } from '../staff/api.ts'
import type { AddressRules } from './address.ts'
import type { ProblemLevel } from './words.ts'

export interface Problem {
  readonly field: string
  readonly value: string
  readonly reason: string
  readonly level: ProblemLevel
}

/** A price plan a row may name, or be given by its category. */
export interface PlanChoice {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly category: CustomerCategory
  readonly state: 'in-force' | 'retired'
  /** 'MM-DD'. */
  readonly cycleStart: string
}

/** What is the same for every row of an import. */
export interface RowSettings {
  readonly today: BusinessDate
  readonly plans: readonly PlanChoice[]
  /** The plan of a category where the row names none. */
  readonly planOf: Readonly<Partial<Record<CustomerCategory, string>>>
  /** Area code of this hall's landlines, '' where none is to be added. */
  readonly areaCode: string
  /** What the hall said about its addresses. */
  readonly addresses: AddressRules
}

export interface MeterPart {
  readonly meterNo: string
  readonly kind: MeterKind
  readonly model: string
  readonly digits: number
  readonly installedOn: BusinessDate | null
}
export interface OpeningPart {
  readonly readOn: BusinessDate
  /** Litres. */
  readonly index: Litre
  /** Staff number of who read it; asked for once the counter has opened, and not looked at before. */
  readonly readerNo: string
}
export interface BalancePart {
  /** Fen. */
  readonly prepayment: Fen
  readonly arrears: Fen
  /** First day of the month that is owed for; null without arrears. */
  readonly month: BusinessDate | null
  readonly dueOn: BusinessDate | null
}

export interface CustomerRow extends BalancePart {
  readonly kind: 'customers'
  readonly accountNo: string
  readonly name: string
  readonly category: CustomerCategory
  readonly idKind: IdKind
  readonly idNumber: string | null
  readonly phone: string
  readonly phoneAlt: string | null
  readonly place: PlaceValue
  readonly planId: string
  readonly householdSize: number
  readonly openedOn: BusinessDate
  readonly gasState: GasState
  readonly suspendedFor: SuspensionReason | null
  readonly care: SpecialCareValue | null
  readonly note: string
  readonly meter: MeterPart | null
  readonly opening: OpeningPart | null
  /** Litres used so far in the tier cycle of the opening reading's day. */
  readonly used: Litre | null
}
export interface MeterRow {
  readonly kind: 'meters'
  readonly accountNo: string
  readonly meter: MeterPart
  readonly opening: OpeningPart
  readonly used: Litre | null
}
export interface ReadingRow {
  readonly kind: 'readings'
  readonly accountNo: string
  readonly meterNo: string
  readonly opening: OpeningPart
  readonly used: Litre | null
}
export interface BalanceRow extends BalancePart {
  readonly kind: 'balances'
  readonly accountNo: string
  readonly name: string
}
export interface StaffRow {
  readonly kind: 'staff'
  readonly staffNo: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly certificate: {
    readonly kind: CertificateKind
    readonly number: string
    readonly issuedOn: BusinessDate
    readonly validTo: BusinessDate
  } | null
}
export interface HistoryRow {
  readonly kind: 'history'
  readonly accountNo: string
  readonly date: BusinessDate
  readonly eventKind: EventKind
  readonly title: string
  readonly text: string
  /** Fen, signed. */
  readonly amount: Fen | null
}
export interface CareRow {
  readonly kind: 'care'
  readonly accountNo: string
  readonly idNumber: string
  readonly care: SpecialCareValue
}
export type ImportRow = CustomerRow | MeterRow | ReadingRow | BalanceRow | StaffRow | HistoryRow | CareRow
