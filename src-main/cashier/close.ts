/** 日结: count, over/short, and the closing itself. The steps that concern statements stand in `statements.ts`. */
import { requestChainCheck } from '../access/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import { closeDay as lockDay, dayClosed, dayIsClosed, openDayOrNull, post } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { GateNotPassed, InvalidInput, NotAllowed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fen, formatYuan, sum, type Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { requestUpload } from '../sync/service.ts'
import { auditHead } from '../platform/audit.ts'
import { CloseDay, CloseDraft, CountCash, DayCloses, ExplainOverShort, type CloseState } from './api.ts'
import { closeState, depositSlipOf } from './close-state.ts'
import { closingDay } from './closing-day.ts'
import { NoOpenDay, NotTheDifference, ShiftStillOpen } from './errors.ts'
import { netTaken } from './movements.ts'
import { composeDayReport } from './papers.ts'
import { chooseForBank, countTotal, floatAndDeposit } from './rules.ts'
import { bookOverShort, inDrawer, keepCount, shiftsOf, type ShiftRow } from './shifts.ts'

export const closeDraft = useCase(CloseDraft, ({ date }, context) => {
  const wanted = date ?? openDayOrNull(context)
  if (wanted === null) throw new NoOpenDay()
  if (date !== null) {
    const known = statement(context.sqlite, 'SELECT 1 FROM business_days WHERE date = ?').get(date)
    if (!known) throw new NoOpenDay('该日期没有营业')
  }
  return closeState(context, wanted)
})

/** The shift in whose drawer a till's cash of the day lies. @throws NoOpenDay · ShiftStillOpen */
function drawerToCount(context: Context, date: BusinessDate, till: string): ShiftRow {
  const last = shiftsOf(context, date).findLast((shift) => shift.till === till)
  if (!last) throw new NoOpenDay(`${till} 号机今日没有开班，无须清点现金`)
  if (last.state === 'open') throw new ShiftStillOpen(`${last.cashierName}的班次还在收款，请先停止收款再清点`)
  return last
}

/** From another till than its own a drawer is a manager's to touch, and why is on record. @throws NotAllowed · InvalidInput */
function mayTouch(context: Context, till: string, reason: string): void {
  if (till === context.till) return
  if (!context.actor.roles.includes('hall-manager'))
    throw new NotAllowed(`${till} 号机的钱箱请在那台电脑清点；那台电脑不能用时由主任清点`)
  if (reason === '') throw new InvalidInput(`请写明为什么不在 ${till} 号机清点`, { field: 'reason' })
}

export const countCash = useCase(CountCash, ({ till: named, rows, reason }, context) => {
  const till = named ?? context.till
  mayTouch(context, till, reason)
  const date = closingDay(context)
  const shift = drawerToCount(context, date, till)
  const expected = inDrawer(context, shift.shiftId)
  const countId = keepCount(context, shift, { purpose: 'day-close', rows, expected, reason })
  statement(
    context.sqlite,
    `INSERT INTO day_counts (date, till, count_id) VALUES (?, ?, ?)
     ON CONFLICT (date, till) DO UPDATE SET count_id = excluded.count_id`,
  ).run(date, till, countId)
  const detail = { till, expected, counted: countTotal(rows), ...(reason === '' ? {} : { reason }) }
  context.audit({ subject: `day:${date}`, detail })
  return closeState(context, date)
})

export const explainOverShort = useCase(ExplainOverShort, ({ till: named, amount, reason, approvalId }, context) => {
  const till = named ?? context.till
  mayTouch(context, till, reason)
  const date = closingDay(context)
  const shift = drawerToCount(context, date, till)
  const difference = closeState(context, date).drawers.find((drawer) => drawer.till === till)?.difference ?? null
  if (difference === null || difference === 0 || difference !== amount) {
    throw new NotTheDifference(
      difference === null ? '请先清点现金' : `清点差异是 ${formatYuan(difference)} 元，请刷新后再试`,
      { field: 'amount' },
    )
  }
  const subject = `day:${date}`
  const of = `${subject}/${till}`
  const { approverId } = consumeApproval(context, approvalId, 'over-short', { of, amount, reason })
  bookOverShort(context, shift, amount, { subject, reason, approvedBy: approverId })
  context.audit({ subject, detail: { till, overShort: amount, reason } })
  return closeState(context, date)
})

/** Moves the day's cash out of the drawers: each float to the safe, the rest of them to the bank with one slip. */
function bankCash(context: Context, { date, cash, drawers }: CloseState): void {
  const { sqlite, clock, actor } = context
  const shifts = shiftsOf(context, date)
  const lying = drawers.flatMap(({ till, counted, float }) => {
    const shift = shifts.findLast((one) => one.till === till)
    return shift ? [{ shiftId: shift.shiftId, ...floatAndDeposit(counted ?? fen(0), float) }] : []
  })
  const out = (holder: string, amount: Fen) => ({ account: 'cash-drawer', holder, credit: amount }) as const
  for (const { shiftId, float } of lying.filter((drawer) => drawer.float > 0)) {
    const lines = [{ account: 'safe', debit: float } as const, out(shiftId, float)]
    post(context, { shiftId, businessDate: date, kind: 'float', memo: '备用金回库', subject: `day:${date}`, lines })
  }
  const banked = lying.filter(({ deposit }) => deposit > 0)
  const deposit = sum(banked.map((drawer) => drawer.deposit))
  if (deposit === 0) return
  const id = newId(clock)
  const number = nextNumber(context, 'deposit-slip')
  const entryId = post(context, {
    // Of several drawers it is nobody's shift.
    shiftId: banked.length === 1 ? (banked[0]?.shiftId ?? null) : null,
    businessDate: date,
    kind: 'deposit',
    memo: `缴款 ${number}`,
    subject: `deposit-slip:${id}`,
    lines: [{ account: 'bank', debit: deposit }, ...banked.map((drawer) => out(drawer.shiftId, drawer.deposit))],
  })
  const { bank, exchanged } = chooseForBank(cash.rows, deposit)
  statement(
    sqlite,
    `INSERT INTO deposit_slips (id, number, date, amount, rows, exchanged, till, entry_id, at, actor_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, number, date, deposit, JSON.stringify(bank), exchanged, context.till, entryId, clock.now(), actor.name)
}

export const closeDay = useCase(CloseDay, ({ date }, context) => {
  const { sqlite, clock, actor } = context
  if (dayIsClosed(context, date)) throw dayClosed(date)
  if (closingDay(context) !== date) throw new NoOpenDay(`${date} 不是当前营业日，请刷新后再试`)
  const state = closeState(context, date)
  if (state.obstacles.length > 0) {
    const reasons = state.obstacles.map((obstacle) => obstacle.text).join('；')
    throw new GateNotPassed(`还不能日结：${reasons}`, { details: state.obstacles })
  }
  bankCash(context, state)
  const number = nextNumber(context, 'day-close')
  const head = auditHead(sqlite)
  const closing = { dayCloseNo: number, closedAt: clock.now(), closedByName: actor.name, auditHead: head }
  // As it stood when it was counted, though the cash has gone to the bank by now.
  const report = composeDayReport(context, date, closing, { ...state, depositSlip: depositSlipOf(context, date) })
  statement(
    sqlite,
    `UPDATE day_closes SET state = 'closed', number = ?, over_short = ?, net = ?, closed_at = ?, closed_by_id = ?,
       closed_by_name = ?, report = ? WHERE date = ?`,
  ).run(
    number,
    state.cash.overShort,
    netTaken(state.byMeans),
    closing.closedAt,
    actor.id,
    actor.name,
    JSON.stringify(report),
    date,
  )
  lockDay(context, date)
  requestUpload(context)
  requestChainCheck(context)
  const { depositSlip } = report
  context.audit({ subject: `day:${date}`, detail: { number, deposit: depositSlip?.amount ?? 0 } })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { date, dayCloseNo: number, depositSlip }
})

export const dayCloses = useCase(DayCloses, ({ before, size }, { sqlite }) => ({
  rows: statement<{
    date: BusinessDate
    dayCloseNo: string
    closedAt: number
    closedByName: string
    net: Fen
    overShort: Fen
    depositSlipId: string | null
    depositSlipNo: string | null
    deposit: Fen
  }>(
    sqlite,
    `SELECT d.date, d.number AS dayCloseNo, d.closed_at AS closedAt, d.closed_by_name AS closedByName, d.net,
            d.over_short AS overShort, s.id AS depositSlipId, s.number AS depositSlipNo, coalesce(s.amount, 0) AS deposit
     FROM day_closes d LEFT JOIN deposit_slips s ON s.date = d.date
     WHERE d.state = 'closed' AND d.date < ? ORDER BY d.date DESC LIMIT ?`,
  ).all(before ?? '9999-12-31', size),
}))
