/** 电话催缴: calls about what is overdue, on record beside the notices: who telephoned, when, what was said and promised. */
import { accountById, recordEvent } from '../customers/service.ts'
import { today } from '../ledger/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { addDays } from '../platform/dates.ts'
import { GateNotPassed, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { formatYuan } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { CallDebtor, DebtCalls, longestPromiseDays, maxDebtCalls, type DebtCall, type DebtorRow } from './api.ts'
import { overdueOf } from './debt.ts'
import { dunningCalls } from './tables.ts'
import { debtCallResultNames } from './words.ts'

/** @throws AccountNotFound · InvalidInput · GateNotPassed when nothing is overdue */
export const callDebtor = useCase(CallDebtor, ({ accountId, result, promisedOn, note }, context) => {
  const { db, clock, actor } = context
  const { customerId } = accountById(context, accountId)
  if ((result === 'promised') !== (promisedOn !== null)) {
    const message = result === 'promised' ? '请填写客户承诺的缴费日期' : '只有“承诺缴费”才填缴费日期'
    throw new InvalidInput(message, { field: 'promisedOn' })
  }
  const day = today(context)
  if (promisedOn !== null && (promisedOn < day || promisedOn > addDays(day, longestPromiseDays))) {
    throw new InvalidInput(`承诺的缴费日期应在今天到 ${longestPromiseDays} 天之内`, { field: 'promisedOn' })
  }
  const { owed } = overdueOf(context, accountId)
  if (owed === 0) throw new GateNotPassed('该户没有逾期欠费，不用催缴')
  const id = newId(clock)
  const made = { at: clock.now(), result, owed, promisedOn, note, actorId: actor.id, actorName: actor.name }
  db.insert(dunningCalls)
    .values({ id, accountId, ...made })
    .run()
  const said = [
    debtCallResultNames[result],
    promisedOn === null ? '' : `${promisedOn} 前缴`,
    `逾期欠费和违约金 ${formatYuan(owed)} 元`,
    note,
  ]
  recordEvent(context, {
    customerId,
    accountId,
    kind: 'notice',
    title: '电话催缴',
    detail: said.filter((text) => text !== '').join('；'),
    amount: owed,
    subject: `account:${accountId}`,
  })
  context.audit({ subject: `account:${accountId}`, detail: { result, promisedOn, owed, note } })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return { callId: id }
})

const columns = 'id, at, result, owed, promised_on AS promisedOn, note, actor_name AS actorName'
const callsOf = ({ sqlite }: Context, accountId: string, limit: number): DebtCall[] =>
  statement<DebtCall>(
    sqlite,
    `SELECT ${columns} FROM dunning_calls WHERE account_id = ? ORDER BY at DESC, id DESC LIMIT ?`,
  ).all(accountId, limit)

export const debtCalls = useCase(DebtCalls, ({ accountId }, context) => callsOf(context, accountId, maxDebtCalls))

/** The last call to an account about its debt, or null. */
export function lastCallTo(context: Context, accountId: string): DebtorRow['lastCall'] {
  const [last] = callsOf(context, accountId, 1)
  return last ? { at: last.at, result: last.result, promisedOn: last.promisedOn } : null
}
