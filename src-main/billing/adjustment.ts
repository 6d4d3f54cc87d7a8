/**
 * 退补: the gas of a bill that counts was not what the meter says. The bill stays as it is; an adjustment points at it. Too
 * much becomes prepayment (and may be refunded from there), with what was paid of 违约金 on it; too little becomes a bill of its own. Approved by a second
 * person, bound to the volume and the amount. Tier totals are right at once.
 */
import { accountById, adjustBalances, recordEvent } from '../customers/service.ts'
import { currentDay, post } from '../ledger/service.ts'
import { correctIndex, lookedAtAfter } from '../metering/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { add, fen, formatCubicMetres, formatYuan, negate, type Fen, type Litre } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { describeLine, lineName, planById, type PriceVersion } from '../tariffs/service.ts'
import { AdjustBill, PreviewAdjustment, type AdjustmentView, type BillState } from './api.ts'
import { isCancellable } from './cancel.ts'
import { cashDesk } from './cover.ts'
import { adjustmentLines, type AdjustedPart, type AdjustmentLine } from './rules.ts'
import { addUsage, dueOnFrom, tieredBy, usedBy } from './issue.ts'
import { BillNotFound, lateFeeToReturn, settleWhatIsPaid } from './settlement.ts'
import { readingsOfBill } from './readings-of.ts'

export const NotAdjustable = domainError('NotAdjustable', '这张账单不能退补')
export const AdjustmentChanged = domainError('AdjustmentChanged', '退补金额已变动，请重新核对后再请批准')

interface StoredBill {
  readonly billNo: string
  readonly accountId: string
  readonly readingId: string | null
  readonly periodFrom: BusinessDate
  readonly periodTo: BusinessDate
  readonly consumption: Litre
  readonly state: BillState
}

/** Adjustments that stand: one whose bill was cancelled is as if it had never been. */
const standing = `FROM bill_adjustments j LEFT JOIN bills g ON g.id = j.charge_bill_id
  WHERE j.bill_id = ? AND (g.id IS NULL OR g.state <> 'cancelled')`

interface Plan {
  readonly bill: StoredBill
  readonly delta: Litre
  readonly lines: readonly AdjustmentLine[]
  readonly amount: Fen
  /** Fen of 违约金 that goes back with it. */
  readonly lateFee: Fen
}

function versionOf(context: Context, versionId: string): PriceVersion {
  const row = statement<{ planId: string }>(
    context.sqlite,
    'SELECT plan_id AS planId FROM price_versions WHERE id = ?',
  ).get(versionId)
  const version = planById(context, row?.planId ?? '').versions.find(({ id }) => id === versionId)
  if (!version) throw new RangeError(versionId)
  return version
}

/** What a bill counts by cycle and price, the latest first, with what of each it holds after earlier adjustments. */
function partsOf(context: Context, billId: string, accountId: string): AdjustedPart[] {
  const { sqlite } = context
  const [used, tiered] = [usedBy(context, accountId), tieredBy(context, accountId)]
  const key = (line: Pick<AdjustmentLine, 'cycleStart' | 'versionId' | 'season'>) =>
    `${line.cycleStart} ${line.versionId} ${line.season ?? ''}`
  const earlier = new Map<string, number>()
  for (const { lines } of statement<{ lines: string }>(sqlite, `SELECT j.lines ${standing}`).all(billId)) {
    for (const line of JSON.parse(lines) as AdjustmentLine[]) {
      earlier.set(key(line), (earlier.get(key(line)) ?? 0) + line.volume)
    }
  }
  return statement<{
    cycleStart: BusinessDate
    versionId: string
    season: string | null
    volume: number
    on: BusinessDate
  }>(
    sqlite,
    `SELECT cycle_start AS cycleStart, version_id AS versionId, season, sum(volume) AS volume, max(last_day) AS "on"
     FROM bill_lines WHERE bill_id = ? GROUP BY 1, 2, 3 ORDER BY 1 DESC, max(line_no) DESC`,
  )
    .all(billId)
    .map((part) => {
      const version = versionOf(context, part.versionId)
      return {
        cycleStart: part.cycleStart,
        volume: (part.volume + (earlier.get(key(part)) ?? 0)) as Litre,
        used: (version.kind === 'tiered' ? tiered : used).get(part.cycleStart) ?? (0 as Litre),
        version,
        on: part.on,
      }
    })
}

/** @throws BillNotFound · NotAdjustable with the reason */
function planAdjustment(context: Context, billId: string, consumption: Litre): Plan {
  const { sqlite } = context
  const bill = statement<StoredBill>(
    sqlite,
    `SELECT bill_no AS billNo, account_id AS accountId, reading_id AS readingId, period_from AS periodFrom,
       period_to AS periodTo, consumption, state FROM bills WHERE id = ?`,
  ).get(billId)
  if (!bill) throw new BillNotFound()
  if (bill.state === 'cancelled') throw new NotAdjustable('账单已经取消，不能退补')
  if (bill.readingId === null) throw new NotAdjustable('期初转入的账单和退补账单没有抄表，不能退补')
  if (isCancellable(context, billId)) throw new NotAdjustable('账单还没有缴费，请由主任取消后重新抄表出账')
  const before = statement<{ volume: number }>(sqlite, `SELECT coalesce(sum(j.volume), 0) AS volume ${standing}`).get(
    billId,
  )
  const delta = (consumption - bill.consumption - (before?.volume ?? 0)) as Litre
  if (delta === 0) throw new NotAdjustable('核实后的用气量与账单相同，不用退补')
  const parts = partsOf(context, billId, bill.accountId)
  if (parts.length === 0) throw new NotAdjustable('用气量为零的账单没有计价，请在下次抄表时计入')
  const household = { persons: accountById(context, bill.accountId).householdSize }
  const lines = adjustmentLines(delta, parts, household)
  const amount = lines.reduce((total, line) => total + line.amount, 0) as Fen
  return { bill, delta, lines, amount, lateFee: amount < 0 ? lateFeeToReturn(context, billId, amount) : fen(0) }
}

const shown = ({ bill, delta, lines, amount, lateFee }: Plan) => ({
  billNo: bill.billNo,
  volume: delta,
  amount,
  lateFee,
  lines: lines.map((line) => {
    const { tier, season, from, to, price } = line
    const size = {
      tier,
      season,
      from,
      to,
      price,
      volume: Math.abs(line.volume) as Litre,
      amount: Math.abs(line.amount) as Fen,
    }
    return { name: lineName(size), text: describeLine(size), amount: line.amount }
  }),
})

/** What an adjustment would come to. Writes nothing. @throws BillNotFound · NotAdjustable */
export const previewAdjustment = useCase(PreviewAdjustment, ({ billId, consumption }, context) => ({
  ...shown(planAdjustment(context, billId, consumption)),
  readSince: readingsOfBill(context, billId).some(({ readingId }) => lookedAtAfter(context, readingId)),
}))

/** Issues the bill of what was too little. @returns its id */
function charge(
  context: Context,
  { bill, delta, lines, amount }: Plan,
  number: string,
): { id: string; entryId: string } {
  const { sqlite, clock } = context
  const id = newId(clock)
  const day = currentDay(context)
  const entryId = post(context, {
    kind: 'bill',
    memo: `补气费 ${number}`,
    subject: `bill:${id}`,
    lines: [
      { account: 'receivable', holder: bill.accountId, debit: amount },
      { account: 'revenue', credit: amount },
    ],
  })
  statement(
    sqlite,
    `INSERT INTO bills (id, bill_no, account_id, reading_id, issued_on, due_on, period_from, period_to, consumption,
       amount, state, entry_id, created_at) VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, 'open', ?, ?)`,
  ).run(
    id,
    nextNumber(context, 'bill'),
    bill.accountId,
    day,
    dueOnFrom(context, day),
    bill.periodFrom,
    bill.periodTo,
    delta,
    amount,
    entryId,
    clock.now(),
  )
  const line = statement(
    sqlite,
    `INSERT INTO bill_lines (bill_id, line_no, version_id, cycle_start, tier, season, first_day, last_day, from_volume,
       to_volume, volume, price, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  lines.forEach((of, i) => {
    const { versionId, cycleStart, tier, season, from, to, volume, price } = of
    line.run(
      id, i + 1, versionId, cycleStart, tier, season, bill.periodFrom, bill.periodTo, from, to, volume, price, of.amount,
    ) // prettier-ignore
  })
  adjustBalances(context, bill.accountId, { arrears: amount })
  return { id, entryId }
}

/** Gives back what was too much, of gas and of 违约金, as prepayment. @returns the entry's id */
function giveBack(
  context: Context,
  { bill, amount, lateFee }: Plan,
  { id, number }: { id: string; number: string },
): string {
  const back = negate(amount)
  const all = add(back, lateFee)
  adjustBalances(context, bill.accountId, { prepayment: all })
  return post(context, {
    kind: 'bill',
    memo: `退气费 ${number}`,
    subject: `bill-adjustment:${id}`,
    lines: [
      { account: 'revenue', debit: back },
      ...(lateFee > 0 ? [{ account: 'late-fee', debit: lateFee } as const] : []),
      { account: 'prepayment', holder: bill.accountId, credit: all },
    ],
  })
}

/** Which meter of the bill was wrong: named where there are several. @param delta litres @throws InvalidInput */
function readingMeant(context: Context, billId: string, readingId: string | null, delta: Litre) {
  const readings = readingsOfBill(context, billId)
  const [first] = readings
  const meant = readingId ?? (readings.length === 1 ? first?.readingId : undefined)
  const reading = readings.find((one) => one.readingId === meant)
  if (!reading) {
    const nos = readings.map(({ meterNo }) => meterNo).join('、')
    throw new InvalidInput(`这张账单有 ${readings.length} 块表（${nos}），请指明更正的是哪一块`, { field: 'readingId' })
  }
  if (readings.length > 1 && reading.consumption + delta < 0) {
    const most = formatCubicMetres(reading.consumption)
    throw new InvalidInput(`表 ${reading.meterNo} 本期只有 ${most} m³，不能再减这么多`, { field: 'consumption' })
  }
  return { readingId: reading.readingId, meterNo: readings.length > 1 ? reading.meterNo : '' }
}

/** 退补. @throws InvalidInput · BillNotFound · NotAdjustable · AdjustmentChanged · ApprovalRefused */
export const adjustBill = useCase(
  AdjustBill,
  ({ billId, consumption, amount, lateFee, reason, approvalId, ...of }, context) => {
    const { sqlite, clock, actor } = context
    const plan = planAdjustment(context, billId, consumption)
    const { bill, delta, lines } = plan
    if (plan.amount !== amount || plan.lateFee !== lateFee) throw new AdjustmentChanged()
    const corrected = readingMeant(context, billId, of.readingId, delta)
    const approver = consumeApproval(context, approvalId, 'adjustment', {
      billId,
      meterNo: corrected.meterNo,
      volume: delta,
      amount,
      lateFee,
      reason,
    })
    const id = newId(clock)
    const number = nextNumber(context, 'adjustment')
    const charged = amount > 0 ? charge(context, plan, number) : null
    const entryId = charged?.entryId ?? (amount < 0 ? giveBack(context, plan, { id, number }) : null)
    for (const { cycleStart, volume } of lines) addUsage(context, bill.accountId, cycleStart, volume)
    statement(
      sqlite,
      `INSERT INTO bill_adjustments (id, number, bill_id, account_id, charge_bill_id, issued_on, volume, amount, late_fee, lines, reason,
       approver_id, approver_name, entry_id, at, actor_id, actor_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      id,
      number,
      billId,
      bill.accountId,
      charged?.id ?? null,
      currentDay(context),
      delta,
      amount,
      lateFee,
      JSON.stringify(lines),
      reason,
      approver.approverId,
      approver.approverName,
      entryId,
      clock.now(),
      actor.id,
      actor.name,
    )
    if (amount < 0) settleWhatIsPaid(context, billId)
    correctIndex(context, corrected.readingId, delta)
    recordEvent(context, {
      customerId: accountById(context, bill.accountId).customerId,
      accountId: bill.accountId,
      kind: 'bill',
      title: `${amount < 0 ? '退' : '补'}气费 ${number}`,
      detail: `账单 ${bill.billNo} 用气量更正 ${delta > 0 ? '+' : '−'}${formatCubicMetres(Math.abs(delta) as Litre)} m³，${
        amount < 0
          ? `${formatYuan(negate(amount))} 元${lateFee > 0 ? `和违约金 ${formatYuan(lateFee)} 元` : ''}转入预存`
          : `补收 ${formatYuan(amount)} 元`
      }；原因：${reason}；批准：${approver.approverName}`,
      amount,
      subject: `bill:${billId}`,
    })
    context.audit({ subject: `bill:${billId}`, detail: { number, volume: delta, amount, lateFee, reason } })
    context.emit({ event: 'changed', data: { room: 'billing' } })
    if (context.settings.get('billing.payFromPrepayment')) cashDesk().payFromPrepayment(context, bill.accountId)
    return { adjustmentId: id, number, volume: delta, amount, lateFee, chargeBillId: charged?.id ?? null }
  },
)

/** Adjustments of a bill that stand, the oldest first. */
export const adjustmentsOf = ({ sqlite }: Context, billId: string): AdjustmentView[] =>
  statement<AdjustmentView>(
    sqlite,
    `SELECT j.id AS adjustmentId, j.number, j.issued_on AS issuedOn, j.volume, j.amount, j.late_fee AS lateFee, j.reason,
       j.approver_name AS approverName,
       g.bill_no AS chargeBillNo ${standing} ORDER BY j.id`,
  ).all(billId)
