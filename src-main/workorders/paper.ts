/** 派工单: what the repairer takes along, as plain data. */
import { accountById, customerById, meterNosSql, servicePointById } from '../customers/service.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { formatInstant } from '../platform/dates.ts'
import { NotFound } from '../platform/errors.ts'
import { maskNumbersIn, maskPhone } from '../platform/identity.ts'
import { adviceFor, channelNames, orderKindNames, symptomNames } from './words.ts'
import { orderById, stepsOf } from './store.ts'

/** What is never left out at a place where gas may be (clause 18). */
const safetyWords = [
  '出示工作证，说明来意；先检测燃气浓度，有燃气味先关阀、通风、禁火、禁电，撤出人员后再处置',
  '处置前后做严密性试验；未合格不得恢复供气，隐患当场书面告知',
  '完工后请客户确认并签字，当日交回营业厅',
]

/**
 * @param counted it goes out and is on record: the repairer must be able to reach the caller, so the phone stands in full; a
 *   preview shows it masked
 * @throws OrderNotFound · NotFound for a question, to which nobody is sent
 */
export function workOrderPaper(context: Context, orderId: string, counted: boolean) {
  const order = orderById(context, orderId)
  if (order.kind === 'consultation') throw new NotFound('咨询不派人上门，没有派工单')
  const account = order.accountId === null ? null : accountById(context, order.accountId)
  const point = account === null ? null : servicePointById(context, account.servicePointId)
  const meters =
    point === null
      ? undefined
      : statement<{ nos: string | null }>(context.sqlite, `SELECT ${meterNosSql('?')} AS nos`).get(point.id)
  const assigned = stepsOf(context, orderId).findLast(({ kind }) => kind === 'assign')
  const told = (words: string) => (counted ? words : maskNumbersIn(words))
  return {
    orderNo: order.orderNo,
    phoneShown: counted,
    /** Given to somebody else, it is theirs. */
    since: assigned?.at ?? 0,
    kindName: orderKindNames[order.kind],
    urgent: order.urgent === 1,
    symptom: symptomNames[order.symptom],
    description: told(order.description),
    place: told(order.place) || (point?.address ?? ''),
    callerName: order.callerName,
    callerPhone: counted ? order.callerPhone : maskPhone(order.callerPhone),
    accountNo: account?.accountNo ?? '',
    customerName: account === null ? '' : customerById(context, account.customerId).name,
    meterNo: meters?.nos ?? '',
    channel: channelNames[order.channel],
    reportedAt: formatInstant(order.reportedAt),
    receivedBy: order.receivedBy,
    assigneeName: order.assigneeName ?? '',
    assignedAt: assigned === undefined ? '' : formatInstant(assigned.at),
    assignedBy: assigned?.actorName ?? '',
    instructions: told(assigned?.note ?? ''),
    handleBy: formatInstant(order.handleBy),
    repairBy: formatInstant(order.repairBy),
    arriveBy: order.arriveBy === null ? '' : formatInstant(order.arriveBy),
    advice: adviceFor[order.symptom],
    safety: safetyWords,
  }
}
