/**
 * 班次. One drawer per till and one shift on it at a time, so all the cash of a day lies with the last shift of each till: a new
 * one takes over what is in the drawer (Dr its drawer, Cr the one before) and draws the rest of its float from the safe.
 */
import { consumeApproval } from '../platform/approvals.ts'
import {
  balanceOf,
  counterDay,
  counterIsOver,
  dayClosed,
  lastCounterDay,
  openDay,
  post,
  today,
} from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant, type BusinessDate } from '../platform/dates.ts'
import { newId } from '../platform/ids.ts'
import { fen, formatYuan, subtract, type Fen } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { everybody, staffByNo, StaffNotFound } from '../staff/service.ts'
import { CloseShift, EndShift, HandOver, OpenShift, OpenShifts, ShiftState, type CountRows } from './api.ts'
import {
  CountDiffers,
  DrawerCountDiffers,
  HandedToAnother,
  NotSameCashier,
  ShiftElsewhere,
  ShiftAlreadyOpen,
  ShiftNotOpen,
} from './errors.ts'
import { countTotal, openingProblem, shiftTransitions, tidyCount, type ShiftState as State } from './rules.ts'

export interface ShiftRow {
  readonly shiftId: string
  readonly businessDate: BusinessDate
  /** Code of the till whose drawer it works at. */
  readonly till: string
  readonly cashierId: string
  readonly cashierName: string
  readonly state: State
  readonly openedAt: number
  readonly closedAt: number | null
  readonly openingFloat: Fen
  readonly fromSafe: Fen
  readonly handedToId: string | null
  readonly handedToName: string | null
}

const columns = `id AS shiftId, business_date AS businessDate, till, cashier_id AS cashierId, cashier_name AS cashierName,
  state, opened_at AS openedAt, closed_at AS closedAt, opening_float AS openingFloat, from_safe AS fromSafe,
  handed_to_id AS handedToId, handed_to_name AS handedToName`

/** The shift that is open at a till; at the asking one if left out. */
const openShiftAt = ({ sqlite, till }: Context, at = till): ShiftRow | undefined =>
  statement<ShiftRow>(sqlite, `SELECT ${columns} FROM shifts WHERE state = 'open' AND till = ?`).get(at)

/** The open shift of a cashier, wherever it is. */
const openShiftAnywhere = ({ sqlite }: Context, cashierId: string): ShiftRow | undefined =>
  statement<ShiftRow>(sqlite, `SELECT ${columns} FROM shifts WHERE state = 'open' AND cashier_id = ?`).get(cashierId)

/** The open shift of a cashier at the asking till, or null. */
export function openShiftOf(context: Context, cashierId: string): ShiftRow | null {
  const shift = openShiftAt(context)
  return shift?.cashierId === cashierId ? shift : null
}

const lastShift = ({ sqlite, till }: Context): ShiftRow | undefined =>
  statement<ShiftRow>(sqlite, `SELECT ${columns} FROM shifts WHERE till = ? ORDER BY rowid DESC LIMIT 1`).get(till)

/** Shifts of a day at every till, in the order they opened. */
export const shiftsOf = ({ sqlite }: Context, date: BusinessDate): ShiftRow[] =>
  statement<ShiftRow>(sqlite, `SELECT ${columns} FROM shifts WHERE business_date = ? ORDER BY opened_at, rowid`).all(
    date,
  )

/** Fen the books have in the drawer of a shift. */
export const inDrawer = (context: Context, shiftId: string): Fen => balanceOf(context, 'cash-drawer', shiftId)

/**
 * The asking cashier's own open shift at this till, on whose day every entry of the counter falls.
 * @throws NotSameCashier · ShiftElsewhere · DayClosed when today is closed already · ShiftNotOpen
 */
export function ownShift(context: Context): ShiftRow {
  const shift = openShiftAt(context)
  if (shift?.cashierId === context.actor.id) return shift
  const elsewhere = openShiftAnywhere(context, context.actor.id)
  if (elsewhere) throw shiftElsewhere(elsewhere)
  if (shift) throw new NotSameCashier(`当前班次是${shift.cashierName}的，请先交接班`)
  if (counterIsOver(context)) throw dayClosed(today(context))
  throw new ShiftNotOpen()
}

const shiftElsewhere = ({ till }: ShiftRow) =>
  new ShiftElsewhere(`您在 ${till} 号机的班次还没有停，请到那台电脑收款或停止收款；那台电脑坏了，请主任代为停班`)

/** Keeps a count of a shift's drawer by denomination and returns its id. @param count `reason` of one made from another till */
export function keepCount(
  { sqlite, clock, actor }: Context,
  { shiftId, businessDate, till }: Pick<ShiftRow, 'shiftId' | 'businessDate' | 'till'>,
  count: { purpose: 'open' | 'hand-over' | 'day-close'; rows: CountRows; expected: Fen; reason?: string },
): string {
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO cash_counts (id, business_date, shift_id, till, purpose, reason, rows, total, expected, at, actor_id, actor_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    businessDate,
    shiftId,
    till,
    count.purpose,
    count.reason ?? '',
    JSON.stringify(tidyCount(count.rows)),
    countTotal(count.rows),
    count.expected,
    clock.now(),
    actor.id,
    actor.name,
  )
  return id
}

/** Books an over (+) or short (−) of a drawer. @param amount fen */
export function bookOverShort(
  context: Context,
  shift: ShiftRow,
  amount: Fen,
  { subject, reason, approvedBy }: { subject: string; reason: string; approvedBy: string },
): string {
  const size = fen(Math.abs(amount))
  const drawer = { account: 'cash-drawer', holder: shift.shiftId } as const
  return post(context, {
    kind: 'over-short',
    memo: amount > 0 ? '现金长款' : '现金短款',
    subject,
    shiftId: shift.shiftId,
    businessDate: shift.businessDate,
    reason,
    approvedBy,
    lines:
      amount > 0
        ? [
            { ...drawer, debit: size },
            { account: 'over-short', credit: size },
          ]
        : [
            { account: 'over-short', debit: size },
            { ...drawer, credit: size },
          ],
  })
}

const publicShift = ({ shiftId, businessDate, till, cashierId, cashierName, openedAt, openingFloat }: ShiftRow) => ({
  shiftId,
  businessDate,
  till,
  cashierId,
  cashierName,
  openedAt,
  openingFloat,
})

/** 开班. */
export const openShift = useCase(OpenShift, ({ rows }, context) => {
  const { sqlite, clock, actor, till } = context
  const elsewhere = openShiftAnywhere(context, actor.id)
  if (elsewhere && elsewhere.till !== till) throw shiftElsewhere(elsewhere)
  const last = lastShift(context)
  const carried = last ? inDrawer(context, last.shiftId) : fen(0)
  const counted = countTotal(rows)
  const problem = openingProblem(last ?? null, actor.id, counted, carried)
  if (problem === 'already-open') throw new ShiftAlreadyOpen(`${last?.cashierName}正在本机收款，请先交接班`)
  if (problem === 'handed-to-another') throw new HandedToAnother(`钱箱已交给${last?.handedToName}，请由其接班`)
  if (problem === 'count-differs') {
    throw new DrawerCountDiffers(`钱箱应有 ${formatYuan(carried)} 元，清点 ${formatYuan(counted)} 元，请重新清点`, {
      field: 'rows',
      details: { expected: carried, counted },
    })
  }
  const date = openDay(context)
  const fromSafe = subtract(counted, carried)
  const shift: ShiftRow = {
    shiftId: newId(clock),
    businessDate: date,
    till,
    cashierId: actor.id,
    cashierName: actor.name,
    state: 'open',
    openedAt: clock.now(),
    closedAt: null,
    openingFloat: counted,
    fromSafe,
    handedToId: null,
    handedToName: null,
  }
  statement(
    sqlite,
    `INSERT INTO shifts (id, business_date, till, cashier_id, cashier_name, state, opened_at, opening_float, from_safe)
     VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?)`,
  ).run(shift.shiftId, date, till, actor.id, actor.name, shift.openedAt, counted, fromSafe)
  keepCount(context, shift, { purpose: 'open', rows, expected: carried })
  if (counted > 0) {
    post(context, {
      kind: 'float',
      memo: carried > 0 ? '接班' : '备用金',
      subject: `shift:${shift.shiftId}`,
      shiftId: shift.shiftId,
      businessDate: date,
      lines: [
        { account: 'cash-drawer', holder: shift.shiftId, debit: counted },
        ...(last ? [{ account: 'cash-drawer', holder: last.shiftId, credit: carried } as const] : []),
        { account: 'safe', credit: fromSafe },
      ],
    })
  }
  context.audit({ subject: `shift:${shift.shiftId}`, detail: { till, float: counted, fromSafe } })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return publicShift(shift)
})

const successorsOf = (context: Context): { staffNo: string; name: string }[] =>
  everybody(context)
    .filter(({ id, state, roles }) => id !== context.actor.id && state === 'active' && roles.includes('cashier'))
    .map(({ staffNo, name }) => ({ staffNo, name }))

/** The drawer as the screen shows it. */
export const shiftState = useCase(ShiftState, (_, context) => {
  const last = lastShift(context)
  const open = last?.state === 'open' ? last : null
  const drawer = last ? inDrawer(context, last.shiftId) : fen(0)
  const waiting = last?.state === 'handed-over' && drawer > 0 && last.handedToId !== null
  return {
    shift: open && publicShift(open),
    mine: open?.cashierId === context.actor.id,
    drawer,
    floatStandard: fen(context.settings.get('cashier.floatFen')),
    handedTo: waiting ? { staffId: last.handedToId ?? '', name: last.handedToName ?? '', amount: drawer } : null,
    dayClosed: counterIsOver(context),
    nextDay: counterDay(context),
    lastDay: lastCounterDay(context),
    successors: open?.cashierId === context.actor.id ? successorsOf(context) : [],
  }
})

export const openShifts = useCase(OpenShifts, (_, { sqlite }) =>
  statement<{ till: string; cashierName: string; openedAt: number }>(
    sqlite,
    `SELECT till, cashier_name AS cashierName, opened_at AS openedAt FROM shifts WHERE state = 'open' ORDER BY till`,
  ).all(),
)

function endShift(
  { sqlite, clock }: Context,
  shift: ShiftRow,
  state: State,
  to: { id: string; name: string } | null,
): void {
  if (!shiftTransitions[shift.state].includes(state)) throw new ShiftNotOpen()
  statement(
    sqlite,
    'UPDATE shifts SET state = ?, closed_at = ?, handed_to_id = ?, handed_to_name = ? WHERE id = ?',
  ).run(state, clock.now(), to?.id ?? null, to?.name ?? null, shift.shiftId)
}

/** 停止收款. */
export const closeShift = useCase(CloseShift, (_, context) => {
  const shift = ownShift(context)
  endShift(context, shift, 'closed', null)
  context.audit({ subject: `shift:${shift.shiftId}`, detail: { drawer: inDrawer(context, shift.shiftId) } })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { shiftId: shift.shiftId }
})

/** 代为停班: of a till whose PC is gone, or whose cashier is. Its drawer is counted by whoever closes the day. */
export const endShiftOf = useCase(EndShift, ({ till, reason }, context) => {
  const shift = openShiftAt(context, till)
  if (!shift) throw new ShiftNotOpen(`${till} 号机没有开着的班次，请刷新后再试`, { field: 'till' })
  endShift(context, shift, 'closed', null)
  const { shiftId, cashierName } = shift
  context.audit({
    subject: `shift:${shiftId}`,
    detail: { till, cashier: cashierName, reason, drawer: inDrawer(context, shiftId) },
  })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { shiftId, cashierName }
})

/** 交接班. */
export const handOver = useCase(HandOver, ({ rows, toStaffNo, reason, approvalId }, context) => {
  const shift = ownShift(context)
  const to = staffByNo(context, toStaffNo)
  if (!to || to.state === 'left' || !to.roles.includes('cashier')) {
    throw new StaffNotFound('没有这位收费员，请核对接班人工号', { field: 'toStaffNo' })
  }
  if (to.id === shift.cashierId) throw new StaffNotFound('接班人不能是自己', { field: 'toStaffNo' })
  const expected = inDrawer(context, shift.shiftId)
  const counted = countTotal(rows)
  const overShort = subtract(counted, expected)
  if (overShort !== 0) {
    if (reason === '' || approvalId === null) {
      throw new CountDiffers(
        `账面 ${formatYuan(expected)} 元，清点 ${formatYuan(counted)} 元。请重新清点，或填写原因并由主任批准`,
        { field: 'rows', details: { expected, counted, difference: overShort } },
      )
    }
    const subject = `shift:${shift.shiftId}`
    const { approverId } = consumeApproval(context, approvalId, 'over-short', {
      of: subject,
      amount: overShort,
      reason,
    })
    bookOverShort(context, shift, overShort, { subject, reason, approvedBy: approverId })
  }
  keepCount(context, shift, { purpose: 'hand-over', rows, expected })
  endShift(context, shift, 'handed-over', to)
  context.audit({
    subject: `shift:${shift.shiftId}`,
    detail: { to: to.name, counted, overShort, at: formatInstant(context.clock.now()) },
  })
  context.emit({ event: 'changed', data: { room: 'cashier' } })
  return { shiftId: shift.shiftId, counted, overShort, toName: to.name }
})
