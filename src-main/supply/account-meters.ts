/** 换表、加表、拆表: what is done to the meters of an account, and the sheet the customer signs (clauses 10(8), 17(2)). */
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { fen, formatCubicMetres, formatYuan } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { meterKindNames } from '../metering/api.ts'
import {
  addMeter as addMeterAt,
  detachMeter as detachMeterAt,
  exchangeMeter as exchangeAt,
  meterMeant,
  metersInUse,
} from '../metering/service.ts'
import { requireCertificate } from '../staff/service.ts'
import {
  AddMeter,
  DetachMeter,
  ExchangeMeter,
  processKindNames,
  SignExchange,
  SignMeterChange,
  type ProcessKind,
  type ProcessRecordKind,
} from './account-api.ts'
import { assertPerformed } from './account-field.ts'
import { billIfWaiting } from './account-processes.ts'
import { latest, passGate, recordsOf, recordStep } from './account-store.ts'

/**
 * 换表. The old meter's last gas is billed in the same step, so the tier total has it before the new meter counts.
 * @throws ProcessNotFound · GateNotPassed · CertificateMissing · the errors of `exchangeMeter` · BillRefused
 */
export const exchangeMeter = useCase(ExchangeMeter, ({ processId, workerId, ...input }, context) => {
  const process = passGate(context, 'exchange', processId, { kinds: ['exchange'] })
  const worker = requireCertificate(context, workerId, 'maintenance', input.exchangedOn)
  const { requestId: _, ...exchange } = input
  const old = meterMeant(metersInUse(context, process.servicePointId), input.meterId)
  const done = exchangeAt(context, { ...exchange, accountId: process.accountId, reason: process.reason })
  const billed = billIfWaiting(context, done.readingId)
  const makeUp = done.makeUp > 0 ? `，补气量 ${formatCubicMetres(done.makeUp)} m³` : ''
  const state = recordStep(context, process, {
    kind: 'exchange',
    action: 'exchange',
    performedOn: input.exchangedOn,
    worker,
    summary: [
      `${done.oldMeterNo} 止数 ${formatCubicMetres(input.finalIndex)}${makeUp}`,
      `新表 ${meterKindNames[input.kind]} ${input.meterNo}，底数 ${formatCubicMetres(input.initialIndex)}`,
      ...(billed ? [`账单 ${billed.billNo}，${formatYuan(billed.amount)} 元`] : []),
    ].join('；'),
    values: {
      ...done,
      oldKind: old.kind,
      oldModel: old.model,
      finalIndex: input.finalIndex,
      stoppedOn: input.stoppedOn,
      meterNo: input.meterNo,
      kind: input.kind,
      model: input.model,
      digits: input.digits,
      initialIndex: input.initialIndex,
      billNo: billed?.billNo ?? null,
      amount: billed?.amount ?? 0,
    },
  })
  return {
    state,
    meterId: done.meterId,
    readingId: done.readingId,
    billNo: billed?.billNo ?? null,
    amount: billed?.amount ?? fen(0),
    makeUp: done.makeUp,
  }
})

/**
 * 加表. The pipe it hangs on is tested before the process ends; what it measures counts in the account's one tier total.
 * @throws ProcessNotFound · GateNotPassed · CertificateMissing · InvalidInput · TooManyMeters · MeterNoTaken · IndexNotOnRegister
 */
export const addMeter = useCase(AddMeter, (input, context) => {
  const { processId, workerId, performedOn, meterNo, kind, model, digits, initialIndex, note } = input
  const process = passGate(context, 'add-meter', processId)
  const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
  assertPerformed(context, process, performedOn)
  const { servicePointId } = process
  const meter = { meterNo, kind, model, digits, initialIndex }
  const meterId = addMeterAt(context, { servicePointId, ...meter, installedOn: performedOn })
  const state = recordStep(context, process, {
    kind: 'addition',
    action: 'add-meter',
    performedOn,
    worker,
    summary: [
      `加装 ${meterKindNames[kind]} ${meterNo}，底数 ${formatCubicMetres(initialIndex)}`,
      ...(note === '' ? [] : [note]),
    ].join('；'),
    values: { meterId, ...meter, note },
  })
  context.emit({ event: 'changed', data: { room: 'metering' } })
  return { state, meterId }
})

/**
 * 拆表 of one of several meters. Its last gas is billed at once, with what waited of the others.
 * @throws ProcessNotFound · GateNotPassed · CertificateMissing · InvalidInput · the errors of `detachMeter` · BillRefused
 */
export const detachMeter = useCase(DetachMeter, (input, context) => {
  const { processId, workerId, performedOn, meterId, finalIndex, readerId, confirmed, note } = input
  const process = passGate(context, 'detach', processId)
  const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
  assertPerformed(context, process, performedOn)
  const { accountId, reason } = process
  const done = detachMeterAt(context, {
    accountId,
    meterId,
    detachedOn: performedOn,
    finalIndex,
    readerId,
    confirmed,
    reason,
  })
  const billed = billIfWaiting(context, done.readingId)
  const { meterNo, kind, model } = done.meter
  const state = recordStep(context, process, {
    kind: 'removal',
    action: 'detach',
    performedOn,
    worker,
    summary: [
      `拆下 ${meterNo}，止数 ${formatCubicMetres(finalIndex)}，管道已封堵`,
      ...(billed ? [`账单 ${billed.billNo}，${formatYuan(billed.amount)} 元`] : []),
      ...(note === '' ? [] : [note]),
    ].join('；'),
    values: {
      meterId,
      meterNo,
      kind,
      model,
      finalIndex,
      previousOn: done.previous.on,
      previousIndex: done.previous.index,
      measured: done.measured,
      billNo: billed?.billNo ?? null,
      amount: billed?.amount ?? 0,
    },
  })
  return { state, readingId: done.readingId, billNo: billed?.billNo ?? null, amount: billed?.amount ?? fen(0) }
})

/** What was done to the meter that the customer signs for. */
const workOf: Partial<Record<ProcessKind, ProcessRecordKind>> = {
  exchange: 'exchange',
  addition: 'addition',
  detachment: 'removal',
}

/** The sheet of a process comes back signed. @throws ProcessNotFound · GateNotPassed · InvalidInput */
function sign(
  context: Context,
  kinds: readonly ProcessKind[],
  { processId, signatory, signedOn }: { processId: string; signatory: string; signedOn: BusinessDate },
) {
  const process = passGate(context, 'finish', processId, { kinds })
  const name = processKindNames[process.kind]
  if (signedOn > shanghaiDate(context.clock.now())) {
    throw new InvalidInput('签字日期不能晚于今天', { field: 'signedOn' })
  }
  const work = latest(recordsOf(context, processId), workOf[process.kind] ?? 'exchange')
  if (work && signedOn < work.performedOn) {
    throw new InvalidInput(`签字日期不能早于${name}日期 ${work.performedOn}`, { field: 'signedOn' })
  }
  const state = recordStep(context, process, {
    kind: 'finished',
    action: 'finish',
    performedOn: signedOn,
    summary: `${name}单由 ${signatory} 签字`,
    values: { signatory },
  })
  return { state }
}

/** 换表单签字. @throws ProcessNotFound · GateNotPassed · InvalidInput */
export const signExchange = useCase(SignExchange, (input, context) => sign(context, ['exchange'], input))

/** 加表单、拆表单签字. @throws ProcessNotFound · GateNotPassed · InvalidInput */
export const signMeterChange = useCase(SignMeterChange, (input, context) =>
  sign(context, ['addition', 'detachment'], input),
)
