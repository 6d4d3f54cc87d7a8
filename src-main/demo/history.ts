/**
 * Customers with years of readings and bills, as taken over from the system a hall had before: what is still owed or
 * held comes in by one opening entry an account. Bills are computed by the same rules as real ones.
 */
import { composeNumber } from '../platform/check-digit.ts'
import type { Context } from '../platform/context.ts'
import { addMonths, addDays, shanghaiDate, startOfDay, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { add, fen, formatYuan, litre, sum, type Fen, type Litre } from '../platform/money.ts'
import { numberPrefixes, serialWidth } from '../platform/numbers.ts'
import { post } from '../ledger/service.ts'
import { inventCustomer } from './invent.ts'
import { pastReadings, type HistoryPlans, type PastReading } from './rules.ts'
import { district } from './people.ts'
import { RowWriter } from './rows.ts'

export interface HistoryOptions {
  /** Customers `from` … `from + customers - 1` are written; a large hall is filled in slices. */
  readonly from: number
  readonly customers: number
  /** How far back readings go, and the months between two of them. */
  readonly months: number
  readonly every: number
  readonly seed: number
  readonly plans: HistoryPlans
  /** Open business day that takes the opening entries. */
  readonly openingDate: BusinessDate
  /** First serial of the account and bill numbers not used yet. */
  readonly firstSerial: number
}

/** What is the same for every row; asked of the database once. */
interface Writing {
  readonly context: Context
  readonly rows: RowWriter
  readonly options: HistoryOptions
  readonly hall: { readonly hall: string; readonly pc: string }
  readonly dueDays: number
}

/** Writes the customers and everything they did. Must run inside a transaction. */
export function writeHistory(context: Context, options: HistoryOptions): void {
  const { hallCode, pcCode } = context.device
  const writing: Writing = {
    context,
    rows: new RowWriter(context.sqlite),
    options,
    hall: { hall: hallCode, pc: pcCode },
    dueDays: context.settings.get('billing.dueDays'),
  }
  for (let n = options.from; n < options.from + options.customers; n++) writeCustomer(writing, n)
}

function writeCustomer(writing: Writing, n: number): void {
  const { context, rows, options } = writing
  const { clock } = context
  const person = inventCustomer(n, options.seed)
  const ids = { customer: newId(clock), point: newId(clock), account: newId(clock), meter: newId(clock) }
  const plan =
    person.category === 'resident' ? person.random.pick(options.plans.resident) : options.plans[person.category]
  const today = shanghaiDate(clock.now())
  const openedOn = addMonths(today, -(options.months + person.monthsBefore + 1))
  const readings = pastReadings(person, plan, options, today)
  // Nearly everybody has paid all but the newest bill; a few owe for months.
  const unpaid = person.random.chance(70) ? 0 : person.random.chance(85) ? 1 : person.random.between(2, 4)
  const open = unpaid === 0 ? [] : readings.slice(-unpaid)
  const owed = sum(open.map(({ bill }) => bill.total))
  const held = owed === 0 && person.random.chance(25) ? fen(person.random.between(1, 60) * 500) : fen(0)

  const at = startOfDay(openedOn)
  const stamps = { created_at: at, updated_at: at }
  rows.insert('customers', {
    id: ids.customer,
    category: person.category,
    name: person.name,
    id_kind: person.idKind,
    id_number: person.idNumber,
    phone: person.phone,
    special_care: person.specialCare,
    ...stamps,
  })
  const { place } = person
  rows.insert('service_points', {
    id: ids.point,
    district,
    street: place.street,
    community: place.name,
    building: place.building,
    unit: place.unit,
    room: place.room,
    address: place.address,
    gas_state: 'supplied',
    ...stamps,
  })
  rows.insert('accounts', {
    id: ids.account,
    account_no: composeNumber({ prefix: '', ...writing.hall, serial: options.firstSerial + n, width: 7 }),
    customer_id: ids.customer,
    service_point_id: ids.point,
    price_plan_id: plan.id,
    household_size: person.persons,
    state: 'active',
    opened_on: openedOn,
    prepayment: held,
    arrears: owed,
    ...stamps,
  })
  const { meter } = person
  rows.insert('meters', {
    id: ids.meter,
    meter_no: meter.meterNo,
    kind: meter.kind,
    model: meter.model,
    digits: meter.digits,
    service_point_id: ids.point,
    state: 'in-use',
    initial_index: meter.initialIndex,
    installed_on: openedOn,
    created_at: at,
  })
  writeEvent(writing, ids, at, 'installation', '开户通气', place.address, null)
  readings.forEach((reading, i) => writeReading(writing, ids, n, i, reading, open.includes(reading)))
  writeUsage(rows, ids.account, readings)
  writeOpening(context, options, ids.account, owed, held)
}

interface Ids {
  readonly customer: string
  readonly account: string
  readonly meter: string
}

function writeReading(
  writing: Writing,
  ids: Ids,
  n: number,
  i: number,
  { previousOn, readOn, previousIndex, currentIndex, bill }: PastReading,
  open: boolean,
): void {
  const { context, rows, hall, dueDays } = writing
  const { months, every, firstSerial } = writing.options
  const readingId = newId(context.clock)
  const billId = newId(context.clock)
  const at = startOfDay(readOn)
  const consumption = litre(currentIndex - previousIndex)
  rows.insert('readings', {
    id: readingId,
    meter_id: ids.meter,
    account_id: ids.account,
    read_on: readOn,
    previous_on: previousOn,
    previous_index: previousIndex,
    current_index: currentIndex,
    consumption,
    source: 'import',
    state: 'billed',
    created_at: at,
    created_by: 'import',
  })
  const perCustomer = Math.floor(months / every)
  const serial = (firstSerial + n - 1) * perCustomer + i + 1
  rows.insert('bills', {
    id: billId,
    // As the program writes them, so that they are found as typed; a hall of a million needs a digit more.
    bill_no: composeNumber({
      prefix: numberPrefixes.bill,
      ...hall,
      pc: '00',
      serial,
      width: serial < 10 ** serialWidth ? serialWidth : serialWidth + 1,
    }),
    account_id: ids.account,
    reading_id: readingId,
    issued_on: readOn,
    due_on: addDays(readOn, dueDays),
    period_from: addDays(previousOn, 1),
    period_to: readOn,
    consumption,
    amount: bill.total,
    settled: open ? 0 : bill.total,
    state: open && bill.total > 0 ? 'open' : 'settled',
    created_at: at,
  })
  bill.lines.forEach((line, lineNo) =>
    rows.insert('bill_lines', {
      bill_id: billId,
      line_no: lineNo + 1,
      version_id: line.versionId,
      cycle_start: line.cycleStart,
      season: line.season,
      first_day: line.firstDay,
      last_day: line.lastDay,
      tier: line.tier,
      from_volume: line.from,
      to_volume: line.to,
      volume: line.volume,
      price: line.price,
      amount: line.amount,
    }),
  )
  writeEvent(writing, ids, at, 'bill', '出账', `用气 ${consumption / 1000} m³`, bill.total, `bill:${billId}`)
}

function writeUsage(rows: RowWriter, accountId: string, readings: readonly PastReading[]): void {
  const total = new Map<BusinessDate, Litre>()
  for (const { bill } of readings) {
    for (const { cycleStart, volume } of bill.usage) {
      total.set(cycleStart, add(total.get(cycleStart) ?? litre(0), volume))
    }
  }
  for (const [cycleStart, volume] of total) {
    rows.insert('tier_usage', { account_id: accountId, cycle_start: cycleStart, volume })
  }
}

function writeOpening(
  context: Context,
  { openingDate }: HistoryOptions,
  accountId: string,
  owed: Fen,
  held: Fen,
): void {
  if (owed === 0 && held === 0) return
  post(context, {
    kind: 'opening',
    memo: owed > 0 ? `期初欠费 ${formatYuan(owed)}` : `期初预存 ${formatYuan(held)}`,
    subject: `account:${accountId}`,
    businessDate: openingDate,
    lines:
      owed > 0
        ? [
            { account: 'receivable', holder: accountId, debit: owed },
            { account: 'opening-balance', credit: owed },
          ]
        : [
            { account: 'opening-balance', debit: held },
            { account: 'prepayment', holder: accountId, credit: held },
          ],
  })
}

function writeEvent(
  { context: { clock }, rows }: Writing,
  ids: Ids,
  at: number,
  kind: string,
  title: string,
  detail: string,
  amount: Fen | null,
  subject = `account:${ids.account}`,
): void {
  rows.insert('customer_events', {
    id: newId({ now: () => Math.min(at, clock.now()) }),
    customer_id: ids.customer,
    account_id: ids.account,
    at,
    actor_name: '历史导入',
    kind,
    title,
    detail,
    amount,
    subject,
  })
}
