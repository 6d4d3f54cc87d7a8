/** One good row of each kind into the books, and what it made, so that it can be taken back. */
import { takeOverDebt, takeOverUsage } from '../billing/service.ts'
import {
  accountQuoted,
  adjustBalances,
  customersByIdentity,
  keepOldNo,
  keepShortNo,
  recordPastEvent,
  takeOverAccount,
  takeOverCare,
  takeOverCustomer,
  takeOverServicePoint,
  type AccountFound,
} from '../customers/service.ts'
import { careKindNames } from '../customers/api.ts'
import { meterKindNames } from '../metering/api.ts'
import { takeOverMeter, takeOverReading } from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { startOfDay, type BusinessDate } from '../platform/dates.ts'
import { formatCubicMetres, formatYuan, type Litre } from '../platform/money.ts'
import { createStaff, keepCertificate } from '../staff/service.ts'
import { takeOverHazard } from '../supply/service.ts'
import { careTarget, openingReader, readingTarget, type Books } from './conflicts.ts'
import type {
  BalancePart,
  BalanceRow,
  CareRow,
  CustomerRow,
  HistoryRow,
  ImportRow,
  MeterPart,
  MeterRow,
  OpeningPart,
  ReadingRow,
  StaffRow,
} from './rows.ts'
import { cycleStartOn, quotedNo, withoutZeros } from './rules.ts'
import { plainName } from './written.ts'

/** What a row made, as `import_rows` keeps it. */
export interface Made {
  customerId?: string
  accountId?: string
  madeCustomer?: 1
  madeAccount?: 1
  servicePointId?: string
  meterId?: string
  readingId?: string
  billId?: string
  eventId?: string
  staffId?: string
  certificateId?: string
  cycleStart?: string
  prepayment?: number
  arrears?: number
  care?: 1
}

/** What is the same for every row of one commit. */
export interface Writing {
  readonly context: Context
  readonly books: Books
  readonly importId: string
  /** Business date of what is booked and issued. */
  readonly day: BusinessDate
  /** Made by this import: customers by identity, staff by number. */
  readonly customers: Map<string, string>
  readonly staff: Map<string, string>
}

/** A row that no longer fits the books; the whole import is then undone. */
export class RowStale extends Error {}

export function writeRow(writing: Writing, row: ImportRow): Made {
  switch (row.kind) {
    case 'customers':
      return writeCustomer(writing, row)
    case 'meters':
      return writeMeter(writing, row)
    case 'readings':
      return writeReading(writing, row)
    case 'balances':
      return writeBalance(writing, row)
    case 'history':
      return writeHistory(writing, row)
    case 'care':
      return writeCare(writing, row)
    case 'staff':
      return writeStaff(writing, row)
  }
}

const subjectOf = ({ importId }: Writing): string => `import:${importId}`

function accountOf({ context, books }: Writing, accountNo: string): AccountFound {
  const account = accountQuoted(context, books.source, quotedNo(accountNo))
  if (!account) throw new RowStale()
  return account
}

const event = (
  writing: Writing,
  of: { customerId: string; accountId: string | null },
  told: Pick<Parameters<typeof recordPastEvent>[1], 'kind' | 'title' | 'detail'> & {
    at?: number
    amount?: number | null
  },
): string => {
  const { context } = writing
  const { amount, ...words } = told
  return recordPastEvent(context, {
    at: context.clock.now(),
    ...of,
    ...words,
    ...(amount === null || amount === undefined ? {} : { amount: amount as NonNullable<BalancePart['prepayment']> }),
    actorName: `${context.actor.name}（导入）`,
    subject: subjectOf(writing),
  })
}

function writeCustomer(writing: Writing, row: CustomerRow): Made {
  const { context, books } = writing
  const before =
    row.idNumber === null
      ? undefined
      : (writing.customers.get(row.idNumber) ??
        customersByIdentity(context, row.idNumber).find(({ name }) => plainName(name) === row.name)?.customerId)
  const { category, name, idKind, idNumber, phone, phoneAlt, care, note } = row
  const customerId =
    before ?? takeOverCustomer(context, { category, name, idKind, idNumber, phone, phoneAlt, specialCare: care, note })
  if (idNumber !== null) writing.customers.set(idNumber, customerId)
  const servicePointId = takeOverServicePoint(context, row.place, row.gasState, row.suspendedFor)
  if (row.gasState === 'suspended' && row.suspendedFor === 'hazard') takeOverHazard(context, servicePointId)
  const { accountId, accountNo } = takeOverAccount(context, {
    customerId,
    servicePointId,
    pricePlanId: row.planId,
    householdSize: row.householdSize,
    openedOn: row.openedOn,
    prepayment: row.prepayment,
    arrears: row.arrears,
  })
  const alias = quotedNo(row.accountNo)
  keepOldNo(context, { source: books.source, alias, shown: row.accountNo, accountId })
  // Customers say 100017 for 0100017.
  const short = withoutZeros(alias)
  if (short !== null) keepShortNo(context, { source: books.source, alias: short, shown: row.accountNo, accountId })
  const meter =
    row.meter && row.opening
      ? installed(writing, {
          accountId,
          servicePointId,
          meter: row.meter,
          opening: row.opening,
          openedOn: row.openedOn,
        })
      : {}
  const used = row.opening
    ? usageOf(writing, { accountId, planId: row.planId, opening: row.opening, used: row.used })
    : {}
  const detail = [
    `${books.source} 原户号 ${row.accountNo}，现户号 ${accountNo}`,
    ...(row.meter && row.opening ? [`表号 ${row.meter.meterNo}，底数 ${formatCubicMetres(row.opening.index)} m³`] : []),
    ...(row.prepayment > 0 ? [`预存 ${formatYuan(row.prepayment)} 元`] : []),
    ...(row.arrears > 0 ? [`欠费 ${formatYuan(row.arrears)} 元`] : []),
  ]
  return {
    customerId,
    accountId,
    ...(before === undefined ? { madeCustomer: 1 } : {}),
    madeAccount: 1,
    servicePointId,
    ...meter,
    ...used,
    ...debtOf(writing, accountId, row),
    eventId: event(
      writing,
      { customerId, accountId },
      { kind: 'profile', title: '导入建档', detail: detail.join('；') },
    ),
  }
}

/** The meter with the index from which this system counts. */
function installed(
  { context }: Writing,
  {
    accountId,
    servicePointId,
    meter,
    opening,
    openedOn,
  }: { accountId: string; servicePointId: string; meter: MeterPart; opening: OpeningPart; openedOn: BusinessDate },
): Pick<Made, 'meterId' | 'readingId'> {
  const { meterNo, kind, model, digits, installedOn } = meter
  // Where the file does not tell, the meter is as old as the account, never younger than its index.
  const since = installedOn ?? (openedOn < opening.readOn ? openedOn : opening.readOn)
  const meterId = takeOverMeter(context, {
    servicePointId,
    meterNo,
    kind,
    model,
    digits,
    initialIndex: opening.index,
    installedOn: since,
  })
  const { readOn, index } = opening
  const readerId = openingReader(context, opening)
  const readingId = takeOverReading(context, { meterId, accountId, readOn, index, readerId })
  return { meterId, readingId }
}

function usageOf(
  { context, books }: Writing,
  { accountId, planId, opening, used }: { accountId: string; planId: string; opening: OpeningPart; used: Litre | null },
): Pick<Made, 'cycleStart'> {
  const plan = books.plans.get(planId)
  if (used === null || !plan) return {}
  const cycleStart = cycleStartOn(opening.readOn, plan.cycleStart)
  if (!takeOverUsage(context, accountId, cycleStart, used)) throw new RowStale()
  return { cycleStart }
}

/** The open bill of what is owed; the money is booked once for all rows. */
function debtOf(
  { context, day }: Writing,
  accountId: string,
  row: BalancePart,
): Pick<Made, 'billId' | 'prepayment' | 'arrears'> {
  const { prepayment, arrears, month, dueOn } = row
  if (arrears === 0 || month === null) return { prepayment, arrears: 0 }
  const billId = takeOverDebt(context, { accountId, month, amount: arrears, issuedOn: day, dueOn })
  return { prepayment, arrears, billId }
}

function writeMeter(writing: Writing, row: MeterRow): Made {
  const { accountId, customerId, servicePointId, pricePlanId } = accountOf(writing, row.accountNo)
  const { meter, opening } = row
  const since = meter.installedOn ?? opening.readOn
  return {
    customerId,
    accountId,
    ...installed(writing, { accountId, servicePointId, meter, opening, openedOn: since }),
    ...usageOf(writing, { accountId, planId: pricePlanId, opening, used: row.used }),
    eventId: event(
      writing,
      { customerId, accountId },
      {
        kind: 'meter',
        title: '导入表具',
        detail: `${meterKindNames[meter.kind]} ${meter.meterNo}，底数 ${formatCubicMetres(opening.index)} m³（${opening.readOn}）`,
      },
    ),
  }
}

function writeReading(writing: Writing, row: ReadingRow): Made {
  const { context, books } = writing
  const { account, meter } = readingTarget(context, books, row)
  if (!account || !meter) throw new RowStale()
  const { accountId, customerId, pricePlanId } = account
  const { opening } = row
  return {
    customerId,
    accountId,
    readingId: takeOverReading(context, {
      meterId: meter.meterId,
      accountId,
      readOn: opening.readOn,
      index: opening.index,
      readerId: openingReader(context, opening),
    }),
    ...usageOf(writing, { accountId, planId: pricePlanId, opening, used: row.used }),
    eventId: event(
      writing,
      { customerId, accountId },
      {
        kind: 'reading',
        title: '期初抄表',
        detail: `${opening.readOn} 读数 ${formatCubicMetres(opening.index)} m³，从这个数起计量`,
      },
    ),
  }
}

function writeBalance(writing: Writing, row: BalanceRow): Made {
  const { accountId, customerId } = accountOf(writing, row.accountNo)
  const { prepayment, arrears, month } = row
  if (prepayment === 0 && arrears === 0) return { customerId, accountId }
  adjustBalances(writing.context, accountId, { prepayment, arrears })
  const words = [
    ...(prepayment > 0 ? [`预存 ${formatYuan(prepayment)} 元`] : []),
    ...(arrears > 0 ? [`${month?.slice(0, 7) ?? ''} 欠费 ${formatYuan(arrears)} 元`] : []),
  ]
  return {
    customerId,
    accountId,
    ...debtOf(writing, accountId, row),
    eventId: event(
      writing,
      { customerId, accountId },
      {
        kind: arrears > 0 ? 'bill' : 'payment',
        title: '期初余额',
        detail: words.join('；'),
        amount: arrears > 0 ? arrears : prepayment,
      },
    ),
  }
}

function writeHistory(writing: Writing, row: HistoryRow): Made {
  const { accountId, customerId } = accountOf(writing, row.accountNo)
  return {
    customerId,
    accountId,
    eventId: event(
      writing,
      { customerId, accountId },
      {
        kind: row.eventKind,
        title: row.title,
        detail: row.text,
        amount: row.amount,
        at: startOfDay(row.date),
      },
    ),
  }
}

function writeCare(writing: Writing, row: CareRow): Made {
  const { context, books } = writing
  const customerId = careTarget(context, books, row)
  if (customerId === null || !takeOverCare(context, customerId, row.care)) throw new RowStale()
  const kinds = row.care.kinds.map((kind) => careKindNames[kind]).join('、')
  return {
    customerId,
    care: 1,
    eventId: event(
      writing,
      { customerId, accountId: null },
      {
        kind: 'profile',
        title: '登记特殊客户',
        detail: row.care.measures === '' ? kinds : `${kinds}（${row.care.measures}）`,
      },
    ),
  }
}

function writeStaff(writing: Writing, row: StaffRow): Made {
  const { context, staff } = writing
  const { staffNo, name, roles, certificate } = row
  const known = staff.get(staffNo)
  const staffId = known ?? createStaff(context, { staffNo, name, roles })
  staff.set(staffNo, staffId)
  return {
    ...(known === undefined ? { staffId } : {}),
    ...(certificate === null ? {} : { certificateId: keepCertificate(context, { staffId, ...certificate }) }),
  }
}
