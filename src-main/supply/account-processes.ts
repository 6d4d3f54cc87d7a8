/** 户的业务: begun, read, settled, cancelled, taken over. What happens on site stands in `account-field.ts`. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { shanghaiDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { fen, formatCubicMetres, formatYuan, type Fen } from '../platform/money.ts'
import { nextNumber } from '../platform/numbers.ts'
import { useCase } from '../platform/use-case.ts'
import { billIfRead } from '../billing/service.ts'
import { voidContractsOf } from '../contracts/service.ts'
import { accountById, customerById } from '../customers/service.ts'
import {
  meterNos,
  meterOfAccount,
  metersInUse,
  metersToRead,
  readingAt,
  takeReading,
  unreadMeters,
} from '../metering/service.ts'
import {
  CancelProcess,
  ChoosePrepayment,
  closingGroundNames,
  prepaymentChoiceNames,
  processKindNames,
  StartProcess,
  TakeFinalReading,
  TakeOverProcess,
} from './account-api.ts'
import { obstaclesToStart, prepaymentChoicesOf } from './account-rules.ts'
import { passGate, placeOf, processById, recordStep, refuse } from './account-store.ts'
import { accountProcesses } from './tables.ts'

/** 受理. @throws AccountNotFound · GateNotPassed (another process in hand, or the gas does not stand so) */
export const startProcess = useCase(
  StartProcess,
  ({ accountId, kind, applicant, applicantPhone, reason, ground }, context) => {
    const { db, clock, actor } = context
    const account = accountById(context, accountId)
    const standing = obstaclesToStart(kind, placeOf(context, account), ground)
    refuse(standing.map((text) => ({ step: 'application' as const, text })))
    const [prepayment = 'keep'] = prepaymentChoicesOf[kind]
    const id = newId(clock)
    const processNo = nextNumber(context, kind)
    db.insert(accountProcesses)
      .values({
        id,
        processNo,
        kind,
        state: 'applied',
        accountId,
        customerId: account.customerId,
        servicePointId: account.servicePointId,
        applicant,
        applicantPhone: applicantPhone ?? customerById(context, account.customerId).phone,
        reason,
        ground,
        prepayment,
        holderId: actor.id,
        holderName: actor.name,
        startedOn: shanghaiDate(clock.now()),
        createdAt: clock.now(),
        updatedAt: clock.now(),
      })
      .run()
    recordStep(context, processById(context, id), {
      kind: 'applied',
      action: null,
      summary: [
        `申请人 ${applicant}`,
        reason,
        ...(ground === null ? [] : [`不拆除：${closingGroundNames[ground]}`]),
      ].join('；'),
    })
    return { processId: id, processNo }
  },
)

/**
 * Bills a reading that waits, after the account's earlier ones. @returns null when it was billed before, or another meter of the
 * household must be read first
 */
export function billIfWaiting(context: Context, readingId: string): { billNo: string; amount: Fen } | null {
  const waits = statement(context.sqlite, `SELECT 1 FROM readings WHERE id = ? AND state = 'unbilled'`).get(readingId)
  if (!waits) return null
  const billed = billIfRead(context, readingId)
  if (billed === null) return null
  context.emit({ event: 'changed', data: { room: 'billing' } })
  return { billNo: billed.billNo, amount: billed.amount }
}

/**
 * 抄止数 of a meter, billed with whatever waited before it once all meters are read. May be taken again until the process ends.
 * @throws ProcessNotFound · GateNotPassed · CertificateMissing · MeterNotNamed · NotItsMeter · ReadingRefused · ReadingToConfirm · InvalidInput · BillRefused
 */
export const takeFinalReading = useCase(
  TakeFinalReading,
  ({ processId, meterId, readOn, index, how, agreedBy, readerId, confirmed }, context) => {
    const process = passGate(context, 'read', processId)
    if (how === 'agreed' && agreedBy === '') {
      throw new InvalidInput('请填写与谁约定了止数', { field: 'agreedBy' })
    }
    const meter = meterOfAccount(context, process.accountId, meterId)
    const reading = { accountId: process.accountId, meter, readOn, index }
    const { readingId } =
      readingAt(context, reading) ??
      takeReading(context, { ...reading, source: how === 'read' ? 'visit' : 'self-reported', readerId, confirmed })
    const billed = billIfWaiting(context, readingId)
    const meters = metersInUse(context, process.servicePointId)
    const waits = statement(context.sqlite, `SELECT 1 FROM readings WHERE id = ? AND state = 'unbilled'`).get(readingId)
    const unread = waits ? unreadMeters(metersToRead(context, process.accountId, meters), readOn) : []
    const which = meters.length > 1 ? `表 ${meter.meterNo} ` : ''
    const bill = billed
      ? `，账单 ${billed.billNo}，${formatYuan(billed.amount)} 元`
      : unread.length > 0
        ? `，待表 ${meterNos(unread)} 抄后一并出账`
        : ''
    const state = recordStep(context, process, {
      kind: 'final-reading',
      action: 'read',
      performedOn: readOn,
      summary: `${which}${how === 'read' ? '止数' : `约定止数（${agreedBy}）`} ${formatCubicMetres(index)}${bill}`,
      values: { readingId, meterId: meter.meterId, index, how, agreedBy, ...billed },
    })
    context.emit({ event: 'changed', data: { room: 'metering' } })
    const { billNo, amount } = billed ?? { billNo: null, amount: fen(0) }
    return { state, readingId, billNo, amount, unread: unread.map(({ meterNo }) => meterNo) }
  },
)

/** 预存怎样处理. @throws ProcessNotFound · GateNotPassed · InvalidInput */
export const choosePrepayment = useCase(ChoosePrepayment, ({ processId, choice, consentedBy }, context) => {
  const process = passGate(context, 'choose-prepayment', processId)
  if (!prepaymentChoicesOf[process.kind].includes(choice)) {
    const names = prepaymentChoicesOf[process.kind].map((one) => prepaymentChoiceNames[one]).join('或')
    throw new InvalidInput(`${processKindNames[process.kind]}时预存只能${names}`, { field: 'choice' })
  }
  if (choice === 'carry' && consentedBy === '') {
    throw new InvalidInput('请填写同意结转的人', { field: 'consentedBy' })
  }
  const state = recordStep(context, process, {
    kind: 'prepayment',
    action: 'choose-prepayment',
    summary: prepaymentChoiceNames[choice] + (choice === 'carry' ? `，${consentedBy} 同意` : ''),
    values: { choice, consentedBy },
    fills: { prepayment: choice },
  })
  return { state }
})

/** 取消. Nothing that was billed is undone: the gas was used. @throws ProcessNotFound · GateNotPassed */
export const cancelProcess = useCase(CancelProcess, ({ processId, reason }, context) => {
  const process = passGate(context, 'cancel', processId)
  if (process.kind === 'transfer') voidContractsOf(context, processId, `过户取消：${reason}`)
  const state = recordStep(context, process, { kind: 'cancelled', action: 'cancel', passed: null, summary: reason })
  return { state }
})

/** 接手. @throws ProcessNotFound */
export const takeOverProcess = useCase(TakeOverProcess, ({ processId }, context) => {
  const process = processById(context, processId)
  if (process.holderId !== context.actor.id && process.endedAt === null) {
    recordStep(context, process, {
      kind: 'taken-over',
      action: null,
      summary: `由 ${process.holderName} 转 ${context.actor.name}`,
    })
  }
  return { holderName: context.actor.name }
})
