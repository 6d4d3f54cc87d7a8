/** 日结: count, over/short, and the closing itself. The steps that concern statements stand in `statements.ts`. */
import { requestChainCheck } from '../access/service.ts'
import { consumeApproval } from '../platform/approvals.ts'
import { closeDay as lockDay, dayClosed, dayIsClosed, openDayOrNull, post } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { GateNotPassed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fen, formatYuan, type Fen } from '../platform/money.ts'
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
import { chooseForBank, floatAndDeposit } from './rules.ts'
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

/** The shift in whose drawer the day's cash lies. @throws NoOpenDay · ShiftStillOpen */
function drawerToCount(context: Context, date: BusinessDate): ShiftRow {
  const last = shiftsOf(context, date).at(-1)
  if (!last) throw new NoOpenDay('今日没有开班，无须清点现金')
  if (last.state === 'open') throw new ShiftStillOpen(`${last.cashierName}的班次还在收款，请先停止收款再清点`)
  return last
}

export const countCash = useCase(CountCash, ({ rows }, context) => {
  const date = closingDay(context)
  const { shiftId } = drawerToCount(context, date)
  const expected = inDrawer(context, shiftId)
  const countId = keepCount(context, { date, shiftId, purpose: 'day-close', rows, expected })
  statement(context.sqlite, 'UPDATE day_closes SET count_id = ? WHERE date = ?').run(countId, date)
  const state = closeState(context, date)
  context.audit({ subject: `day:${date}`, detail: { expected, counted: state.cash.counted } })
  return state
})

export const explainOverShort = useCase(ExplainOverShort, ({ amount, reason, approvalId }, context) => {
  const date = closingDay(context)
  const shift = drawerToCount(context, date)
  const { difference } = closeState(context, date).cash
  if (difference === null || difference === 0 || difference !== amount) {
    throw new NotTheDifference(
      difference === null ? '请先清点现金' : `清点差异是 ${formatYuan(difference)} 元，请刷新后再试`,
      { field: 'amount' },
    )
  }
  const subject = `day:${date}`
  const { approverId } = consumeApproval(context, approvalId, 'over-short', { of: subject, amount, reason })
  bookOverShort(context, shift, amount, { subject, reason, approvedBy: approverId })
  context.audit({ subject, detail: { overShort: amount, reason } })
  return closeState(context, date)
})

/** Moves the day's cash out of the drawer: float to the safe, the rest to the bank with its slip. */
function bankCash(context: Context, state: CloseState, shift: ShiftRow): void {
  const { sqlite, clock, actor } = context
  const { date, cash } = state
  const { float, deposit } = floatAndDeposit(cash.counted ?? fen(0), cash.float)
  const out = (amount: Fen) => ({ account: 'cash-drawer', holder: shift.shiftId, credit: amount }) as const
  const common = { shiftId: shift.shiftId, businessDate: date }
  if (float > 0) {
    const lines = [{ account: 'safe', debit: float } as const, out(float)]
    post(context, { ...common, kind: 'float', memo: '备用金回库', subject: `day:${date}`, lines })
  }
  if (deposit === 0) return
  const id = newId(clock)
  const number = nextNumber(context, 'deposit-slip')
  const entryId = post(context, {
    ...common,
    kind: 'deposit',
    memo: `缴款 ${number}`,
    subject: `deposit-slip:${id}`,
    lines: [{ account: 'bank', debit: deposit }, out(deposit)],
  })
  const { bank, exchanged } = chooseForBank(cash.rows, deposit)
  statement(
    sqlite,
    `INSERT INTO deposit_slips (id, number, date, amount, rows, exchanged, entry_id, at, actor_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, number, date, deposit, JSON.stringify(bank), exchanged, entryId, clock.now(), actor.name)
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
  const drawer = shiftsOf(context, date).at(-1)
  if (drawer) bankCash(context, state, drawer)
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
