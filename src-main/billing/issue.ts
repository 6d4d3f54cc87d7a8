/**
 * 出账: from a reading to a bill, its lines, the tier totals and the receivable. One function for the counter and for the
 * run of 100,000, so both give the same bill; it is on the run's hot path and uses prepared statements only.
 */
import { adjustBalances, recordEvent } from '../customers/service.ts'
import { currentDay, post } from '../ledger/service.ts'
import {
  markReading,
  meterNos,
  metersBilled,
  readingToBill,
  waitingOf,
  type ReadingToBill,
} from '../metering/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays, later, type BusinessDate } from '../platform/dates.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { add, formatCubicMetres, litre, subtract, type Fen, type Litre } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { noteBilled, planById, type PricePlan } from '../tariffs/service.ts'
import { BillReading } from './api.ts'
import { cashDesk } from './cover.ts'
import { billProblems, computeBill, dueDate, type BillInput, type MeteredUse, type PriceChange } from './rules.ts'
import { roundsOf, unreadFor, type Rounds } from './rounds.ts'
import { noteSeveral } from './several.ts'

export const BillRefused = domainError('BillRefused', '不能出账，请按提示处理')
export const BillWaits = domainError('BillWaits', '该户还有表没有抄，抄齐或估抄后一并出账')

/** What is the same for every bill of one transaction. */
export interface Issuing {
  /** Business date of the bills. */
  readonly day: BusinessDate
  readonly dueOn: BusinessDate
  readonly priceChange: PriceChange
  /** 出账时用预存抵扣 */
  readonly payFromPrepayment: boolean
  readonly plans: Map<string, PricePlan>
  /** Last day billed by plan; noted once by `endIssuing`. */
  readonly through: Map<string, BusinessDate>
}

/** Last day to pay a bill issued on a day. */
export const dueOnFrom = (context: Context, day: BusinessDate): BusinessDate =>
  dueDate(day, { kind: 'daysAfterIssue', days: context.settings.get('billing.dueDays') })

export function beginIssuing(context: Context): Issuing {
  const day = currentDay(context)
  return {
    day,
    dueOn: dueOnFrom(context, day),
    priceChange: context.settings.get('billing.priceChange'),
    payFromPrepayment: context.settings.get('billing.payFromPrepayment'),
    plans: new Map(),
    through: new Map(),
  }
}

/** From here on no new price version can begin on a day that was billed. */
export function endIssuing(context: Context, { through }: Issuing): void {
  for (const [planId, day] of through) noteBilled(context, planId, day)
}

function planOf(context: Context, { plans }: Issuing, planId: string): PricePlan {
  const known = plans.get(planId)
  if (known) return known
  const plan = planById(context, planId)
  plans.set(planId, plan)
  return plan
}

/** Litres used so far, by first day of the cycle. */
export function usedBy({ sqlite }: Context, accountId: string): Map<BusinessDate, Litre> {
  const rows = statement<{ cycleStart: BusinessDate; volume: Litre }>(
    sqlite,
    'SELECT cycle_start AS cycleStart, volume FROM tier_usage WHERE account_id = ?',
  ).all(accountId)
  return new Map(rows.map(({ cycleStart, volume }) => [cycleStart, volume]))
}

/** Litres of it that were billed without tiers and not given back, by first day of the cycle. */
export function untieredBy({ sqlite }: Context, accountId: string): Map<BusinessDate, Litre> {
  const rows = statement<{ cycleStart: BusinessDate; volume: Litre }>(
    sqlite,
    `SELECT cycleStart, sum(volume) AS volume FROM (
       SELECT l.cycle_start AS cycleStart, l.volume FROM bills b INDEXED BY bills_account JOIN bill_lines l ON l.bill_id = b.id
       WHERE b.account_id = @accountId AND b.state <> 'cancelled' AND l.tier = 0
       UNION ALL
       SELECT x.value ->> 'cycleStart', x.value ->> 'volume' FROM bills b INDEXED BY bills_account
         JOIN bill_adjustments j ON j.bill_id = b.id AND j.charge_bill_id IS NULL, json_each(j.lines) x
       WHERE b.account_id = @accountId AND x.value ->> 'tier' = 0)
     GROUP BY cycleStart`,
  ).all({ accountId })
  return new Map(rows.map(({ cycleStart, volume }) => [cycleStart, volume]))
}

/** A plan that had tiers at one time and none at another. */
const isMixed = ({ versions }: PricePlan): boolean => new Set(versions.map(({ kind }) => kind === 'tiered')).size > 1

/** What the tiers of an account have counted so far, litres, by first day of the cycle. */
export function tieredBy(context: Context, accountId: string): Map<BusinessDate, Litre> {
  const untiered = untieredBy(context, accountId)
  return new Map(
    [...usedBy(context, accountId)].map(([cycleStart, volume]) => [
      cycleStart,
      subtract(volume, untiered.get(cycleStart) ?? litre(0)),
    ]),
  )
}

const useOf = ({ previousOn, readOn, consumption }: ReadingToBill): MeteredUse => ({
  previousReadOn: previousOn,
  readOn,
  consumption,
})

/** The days and the litres of all readings of a bill. */
const spanOf = (readings: readonly ReadingToBill[]) =>
  readings.reduce((all, { previousOn, readOn, consumption }) => ({
    ...all,
    previousOn: previousOn < all.previousOn ? previousOn : all.previousOn,
    readOn: later(all.readOn, readOn),
    consumption: add(all.consumption, consumption),
  }))

export interface IssuedBill {
  readonly billId: string
  readonly billNo: string
  readonly amount: Fen
}

/**
 * Issues the bill of a waiting reading, or of those of a household's meters (`further`); rounds of an account come in the order
 * they were taken. Readings without gas give a bill of nothing, settled at once. Nothing is written when it is refused.
 * @throws BillRefused with every reason · PlanNotFound
 */
export function issueBill(
  context: Context,
  issuing: Issuing,
  [reading, ...further]: readonly [ReadingToBill, ...ReadingToBill[]],
): IssuedBill {
  const { sqlite, clock } = context
  const { readingId, accountId, customerId } = reading
  const { previousOn, readOn, consumption } = spanOf([reading, ...further])
  const plan = planOf(context, issuing, reading.pricePlanId)
  const input: BillInput = {
    ...useOf(reading),
    further: further.map(useOf),
    plan,
    household: { persons: reading.householdSize },
    usedInCycle: usedBy(context, accountId),
    // Asked only where there may be any: it is no query of every bill.
    ...(reading.priceChanged === 1 || isMixed(plan) ? { untieredInCycle: untieredBy(context, accountId) } : {}),
    priceChange: issuing.priceChange,
  }
  const problems = billProblems(input)
  if (problems.length > 0) throw new BillRefused(problems.join('；'), { details: problems })
  const { lines, total, usage } = computeBill(input)

  const billId = newId(clock)
  const billNo = nextNumber(context, 'bill')
  const entryId =
    total === 0
      ? null
      : post(context, {
          kind: 'bill',
          memo: `气费 ${previousOn} 至 ${readOn}`,
          subject: `bill:${billId}`,
          businessDate: issuing.day,
          lines: [
            { account: 'receivable', holder: accountId, debit: total },
            { account: 'revenue', credit: total },
          ],
        })
  statement(
    sqlite,
    `INSERT INTO bills (id, bill_no, account_id, reading_id, issued_on, due_on, period_from, period_to, consumption,
       amount, state, entry_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    billId,
    billNo,
    accountId,
    readingId,
    issuing.day,
    issuing.dueOn,
    readOn > previousOn ? addDays(previousOn, 1) : readOn,
    readOn,
    consumption,
    total,
    total === 0 ? 'settled' : 'open',
    entryId,
    clock.now(),
  )
  const insertLine = statement(
    sqlite,
    `INSERT INTO bill_lines (bill_id, line_no, version_id, cycle_start, tier, season, first_day, last_day, from_volume,
       to_volume, volume, price, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  lines.forEach((line, i) => {
    const { versionId, cycleStart, tier, season, firstDay, lastDay, from, to, volume, price, amount } = line
    insertLine.run(
      billId, i + 1, versionId, cycleStart, tier, season, firstDay, lastDay, from, to, volume, price, amount,
    ) // prettier-ignore
  })
  for (const { cycleStart, volume } of usage) if (volume > 0) addUsage(context, accountId, cycleStart, volume)
  markReading(context, readingId, 'billed')
  for (const other of further) {
    statement(sqlite, 'INSERT INTO bill_further_readings (bill_id, reading_id) VALUES (?, ?)').run(
      billId,
      other.readingId,
    )
    markReading(context, other.readingId, 'billed')
  }
  noteSeveral(context, accountId, issuing.day)
  if (total > 0) adjustBalances(context, accountId, { arrears: total })
  recordEvent(context, {
    customerId,
    accountId,
    kind: 'bill',
    title: `出账 ${billNo}`,
    detail: `用气 ${formatCubicMetres(consumption)} m³，${issuing.dueOn} 前缴清`,
    amount: total,
    subject: `bill:${billId}`,
  })
  if (total > 0 && issuing.payFromPrepayment) cashDesk().payFromPrepayment(context, accountId)
  const through = issuing.through.get(reading.pricePlanId)
  if (through === undefined || through < readOn) issuing.through.set(reading.pricePlanId, readOn)
  return { billId, billNo, amount: total }
}

/** Moves the running total of a cycle by litres, also back. */
export function addUsage({ sqlite }: Context, accountId: string, cycleStart: BusinessDate, volume: Litre): void {
  if (volume < 0) {
    statement(sqlite, 'UPDATE tier_usage SET volume = volume + ? WHERE account_id = ? AND cycle_start = ?').run(
      volume,
      accountId,
      cycleStart,
    )
    return
  }
  statement(
    sqlite,
    `INSERT INTO tier_usage (account_id, cycle_start, volume) VALUES (?, ?, ?)
     ON CONFLICT (account_id, cycle_start) DO UPDATE SET volume = volume + excluded.volume`,
  ).run(accountId, cycleStart, volume)
}

/**
 * 阶梯累计随过户延续: what an account has used in the cycle that begins on `cycleStart` counts on for another. Whether it does
 * is the company's choice (settings: supply.transferTier; domain.md §2.1 found no rule). @returns litres carried over
 */
export function carryTierUsage(context: Context, from: string, to: string, cycleStart: BusinessDate): Litre {
  const used = tieredBy(context, from).get(cycleStart) ?? litre(0)
  if (used > 0) addUsage(context, to, cycleStart, used)
  return used
}

/** The rounds of an account: each reading alone where it has one meter, else as its meters were read. */
export function roundsFor(context: Context, readings: readonly ReadingToBill[]): Rounds<ReadingToBill> {
  const [first] = readings
  if (!first) return { full: [], waiting: [] }
  // Nearly every account: one meter, and no query more on the way of a bill run.
  if (first.meters <= 1 && readings.every(({ meterId }) => meterId === first.meterId))
    return { full: readings.map((reading) => [reading]), waiting: [] }
  return roundsOf(readings, metersBilled(context, first.servicePointId))
}

/** Which meters of the account readings wait for, in words. */
export function waitsFor(context: Context, waiting: readonly ReadingToBill[]): string {
  const inUse = metersBilled(context, waiting[0]?.servicePointId ?? '')
  return `表 ${meterNos(unreadFor(waiting, inUse))} 还没有抄，该户 ${inUse.length} 块表抄齐（或估抄）后一并出账`
}

/** Issues a round. @throws as `issueBill` */
export const issueRound = (context: Context, issuing: Issuing, round: readonly ReadingToBill[]): IssuedBill =>
  issueBill(context, issuing, round as [ReadingToBill, ...ReadingToBill[]])

/**
 * Bills a reading with those of the household's other meters, after the account's earlier ones that still wait: tiers count
 * up in the order of reading.
 * @throws NotFound when it is billed or voided already · BillWaits for a meter that was not read · BillRefused
 */
export function billWithEarlier(context: Context, readingId: string): IssuedBill & { readonly earlier: number } {
  const { full, waiting } = roundsFor(context, waitingOf(context, readingToBill(context, readingId).accountId))
  const at = full.findIndex((round) => round.some((reading) => reading.readingId === readingId))
  const round = full[at]
  if (!round) throw new BillWaits(waitsFor(context, waiting))
  const issuing = beginIssuing(context)
  for (const before of full.slice(0, at)) issueRound(context, issuing, before)
  const issued = issueRound(context, issuing, round)
  endIssuing(context, issuing)
  return { ...issued, earlier: at }
}

/** Bills a reading where nothing keeps it waiting. @returns null when another meter must be read first. @throws as above */
export function billIfRead(context: Context, readingId: string): IssuedBill | null {
  const { full } = roundsFor(context, waitingOf(context, readingToBill(context, readingId).accountId))
  return full.some((round) => round.some((reading) => reading.readingId === readingId))
    ? billWithEarlier(context, readingId)
    : null
}

/** Dr receivable of the account, Cr revenue. @returns the bill's id. @throws as `billWithEarlier` */
export const billReading = (context: Context, readingId: string): string => billWithEarlier(context, readingId).billId

/** 出账. @throws NotFound · BillWaits · BillRefused · PlanNotFound */
export const bill = useCase(BillReading, ({ readingId }, context) => {
  const issued = billWithEarlier(context, readingId)
  context.audit({ subject: `bill:${issued.billId}`, detail: { readingId, amount: issued.amount } })
  context.emit({ event: 'changed', data: { room: 'billing' } })
  return issued
})
