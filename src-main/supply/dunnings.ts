/** 欠费催缴 and 欠费停气: notice, waiting days, written notice, approval, suspension (domain.md §3). */
import type { Context } from '../platform/context.ts'
import { formatInstant } from '../platform/dates.ts'
import { GateNotPassed, InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { formatYuan } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { consumeApproval } from '../platform/approvals.ts'
import { accountById, customerById, recordEvent } from '../customers/service.ts'
import {
  AnnounceSuspension,
  CancelDunning,
  DeliverDunning,
  deliveryWayNames,
  IssueDunnings,
  maxDunningsPerBatch,
  SuspendForArrears,
  type DeliveryWay,
  type DunningAction,
  type DunningState,
} from './api.ts'
import { debtorAccounts } from './debtors.ts'
import { overdueOf } from './debt.ts'
import {
  dunningById,
  dunningFacts,
  dunningSubject,
  holdForArrears,
  livingDunning,
  ofBatch,
  passDunningGate,
  stepDunning,
  type DunningRecord,
} from './dunning-store.ts'
import { afterDays, obstaclesToDunning } from './rules.ts'
import { dunningBatches, dunnings } from './tables.ts'

/** One notice for an account, or null when there is nothing to dun or it is dunned already. */
function issueOne(context: Context, batchId: string, accountId: string): DunningRecord | null {
  const { db, clock, actor, settings } = context
  const account = accountById(context, accountId)
  const debt = overdueOf(context, accountId)
  if (debt.oldestDueOn === null || livingDunning(context, accountId) !== null) return null
  const now = clock.now()
  const row: DunningRecord = {
    id: newId(clock),
    dunningNo: nextNumber(context, 'dunning'),
    batchId,
    accountId,
    customerId: account.customerId,
    servicePointId: account.servicePointId,
    state: 'issued',
    principal: debt.principal,
    lateFee: debt.lateFee,
    oldestDueOn: debt.oldestDueOn,
    living: 1,
    issuedAt: now,
    issuedBy: actor.name,
    dunningDays: settings.get('supply.dunningDays'),
    noticeDays: settings.get('supply.arrearsNoticeDays'),
    deliveredAt: null,
    deliveredWay: null,
    deliveredBy: '',
    deliveredNote: '',
    announcedAt: null,
    announcedWay: null,
    announcedBy: '',
    announcedNote: '',
    nextAt: now,
    suspendedAt: null,
    approverId: null,
    approverName: null,
    special: 0,
    reason: '',
    paidAt: null,
    closedAt: null,
    closeReason: '',
    updatedAt: now,
  }
  db.insert(dunnings).values(row).run()
  recordEvent(context, {
    customerId: row.customerId,
    accountId,
    kind: 'notice',
    title: '开催缴通知单',
    detail: `${row.dunningNo}；逾期欠费 ${formatYuan(debt.principal)} 元，违约金 ${formatYuan(debt.lateFee)} 元`,
    amount: debt.owed,
    subject: dunningSubject(row.id),
  })
  return row
}

/** @throws AccountNotFound · GateNotPassed when nobody of those asked for is to be dunned */
export const issueDunnings = useCase(IssueDunnings, ({ accountIds, filter }, context) => {
  const { db, clock, actor } = context
  const asked = accountIds ?? debtorAccounts(context, { ...filter, undunned: true } as const, maxDunningsPerBatch)
  const batchId = newId(clock)
  db.insert(dunningBatches)
    .values({ id: batchId, issuedAt: clock.now(), issuedBy: actor.name, count: asked.length })
    .run()
  const issued = [...new Set(asked)].flatMap((accountId) => issueOne(context, batchId, accountId) ?? [])
  if (issued.length === 0) throw new GateNotPassed('没有可以催缴的欠费户：已缴清，或者已经在催缴')
  context.audit({ subject: `dunning_batch:${batchId}`, detail: { count: issued.length } })
  context.emit({ event: 'changed', data: { room: 'supply' } })
  return { batchId, count: issued.length, skipped: asked.length - issued.length }
})

interface Delivery {
  readonly dunningId: string
  readonly wholeBatch: boolean
  readonly at: number
  readonly way: DeliveryWay
  readonly by: string
  readonly note: string
}

/** One, or every one of its batch for which nothing stands in the way of the step. @throws GateNotPassed */
function forStep(context: Context, action: DunningAction, from: DunningState, delivery: Delivery): DunningRecord[] {
  const row = dunningById(context, delivery.dunningId)
  if (delivery.at > context.clock.now()) throw new InvalidInput('送达时间不能晚于现在', { field: 'at' })
  const earliest = Math.max(row.issuedAt, row.deliveredAt ?? 0)
  if (delivery.at < earliest) {
    throw new InvalidInput(`送达时间不能早于 ${formatInstant(earliest)}`, { field: 'at' })
  }
  passDunningGate(context, action, row)
  if (!delivery.wholeBatch) return [row]
  return ofBatch(context, row.batchId, [from]).filter(
    (one) => obstaclesToDunning(action, dunningFacts(context, one), formatInstant).length === 0,
  )
}

const told = ({ at, way, by, note }: Delivery): string =>
  [formatInstant(at), deliveryWayNames[way], by, note].filter((text) => text !== '').join('，')

export const deliverDunning = useCase(DeliverDunning, (delivery, context) => {
  const rows = forStep(context, 'deliver', 'issued', delivery)
  for (const row of rows) {
    stepDunning(context, row, 'deliver', {
      title: '催缴通知单送达',
      detail: told(delivery),
      fills: {
        deliveredAt: delivery.at,
        deliveredWay: delivery.way,
        deliveredBy: delivery.by,
        deliveredNote: delivery.note,
        nextAt: afterDays(delivery.at, row.dunningDays),
      },
    })
  }
  return { count: rows.length }
})

/** @throws GateNotPassed before the waiting days are over, or when the debt was paid */
export const announceSuspension = useCase(AnnounceSuspension, (delivery, context) => {
  const rows = forStep(context, 'announce', 'delivered', delivery)
  for (const row of rows) {
    // A notice said to have been given before the waiting days were over was given too early.
    if (delivery.at < row.nextAt) {
      throw new GateNotPassed(`停气通知须在催缴期满 ${formatInstant(row.nextAt)} 之后送达`)
    }
    stepDunning(context, row, 'announce', {
      title: '欠费停气通知送达',
      detail: told(delivery),
      fills: {
        announcedAt: delivery.at,
        announcedWay: delivery.way,
        announcedBy: delivery.by,
        announcedNote: delivery.note,
        nextAt: afterDays(delivery.at, row.noticeDays),
      },
    })
  }
  return { count: rows.length }
})

/** @throws DunningNotFound · GateNotPassed with every obstacle · ApprovalRefused */
export const suspendForArrears = useCase(SuspendForArrears, ({ dunningId, approvalId, reason }, context) => {
  const row = dunningById(context, dunningId)
  passDunningGate(context, 'suspend', row, reason)
  const special = customerById(context, row.customerId).specialCare !== null
  const approval = consumeApproval(context, approvalId, 'arrears-suspension', {
    dunningId,
    owed: overdueOf(context, row.accountId).owed,
    reason,
  })
  const suspendedAt = context.clock.now()
  stepDunning(context, row, 'suspend', {
    title: '欠费停气',
    detail: [`批准：${approval.approverName}`, reason].filter((text) => text !== '').join('；'),
    fills: { suspendedAt, ...approval, special: special ? 1 : 0, reason },
  })
  holdForArrears(context, row)
  return { suspendedAt }
})

export const cancelDunning = useCase(CancelDunning, ({ dunningId, reason }, context) => {
  const row = dunningById(context, dunningId)
  passDunningGate(context, 'cancel', row)
  stepDunning(context, row, 'cancel', { title: '撤销催缴', detail: reason, fills: { closeReason: reason } })
  return {}
})
