/** What happens at the customer's place, and the ends of 停用、复用、拆除、销户 (clauses 10(8), 17(2)). Meters: account-meters.ts. */
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { InvalidInput } from '../platform/errors.ts'
import { formatCubicMetres, formatYuan } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { endContracts } from '../contracts/service.ts'
import { accountById, attachmentsOf, endAccount, setGasState } from '../customers/service.ts'
import { checklistPassed, checklistProblem, tightnessFaults } from '../installations/api.ts'
import { cancelForClosing, tightnessDemand, askedItems } from '../installations/service.ts'
import { meterMeant, metersInUse, removeMeter } from '../metering/service.ts'
import { requireCertificate } from '../staff/service.ts'
import {
  CheckProcessSafety,
  CloseAccount,
  Deactivate,
  Dismantle,
  Reactivate,
  RemoveProcessMeter,
  TestProcessTightness,
} from './account-api.ts'
import {
  categoryOf,
  finalReadingsOf,
  latest,
  passGate,
  processById,
  recordsOf,
  recordStep,
  settlementOf,
  type ProcessRecord,
} from './account-store.ts'
import { endDunning, followAccount, resumeInDebt } from './dunning-store.ts'

/** What was done to a meter in this process, that a test or check must come after. */
const meterWorks = [
  ['removal', '拆表'],
  ['addition', '装表'],
  ['exchange', '换表'],
] as const

/** @throws InvalidInput for a test or check of a day before the work it is for */
function assertAfterWork(context: Context, processId: string, what: string, performedOn: BusinessDate): void {
  const records = recordsOf(context, processId)
  for (const [kind, work] of meterWorks) {
    const done = latest(records, kind)
    if (done && performedOn < done.performedOn) {
      throw new InvalidInput(`${what}日期不能早于${work}日期 ${done.performedOn}`, { field: 'performedOn' })
    }
  }
}

/** @throws InvalidInput for a day in the future or before the process began */
export function assertPerformed({ clock }: Context, { startedOn }: ProcessRecord, performedOn: BusinessDate): void {
  if (performedOn > shanghaiDate(clock.now())) {
    throw new InvalidInput('办理日期不能晚于今天', { field: 'performedOn' })
  }
  if (performedOn < startedOn) {
    throw new InvalidInput(`办理日期不能早于受理日期 ${startedOn}`, { field: 'performedOn' })
  }
}

const residentAt = (context: Context, { accountId }: ProcessRecord): boolean =>
  categoryOf(context, accountById(context, accountId)) === 'resident'

/** 严密性试验. @throws ProcessNotFound · GateNotPassed · CertificateMissing · InvalidInput */
export const testProcessTightness = useCase(TestProcessTightness, (input, context) => {
  const { processId, workerId, performedOn, pressurePa, minutes, dropPa } = input
  const process = passGate(context, 'test-tightness', processId)
  const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
  assertPerformed(context, process, performedOn)
  if (dropPa > pressurePa) throw new InvalidInput('压降不能大于试验压力', { field: 'dropPa' })
  assertAfterWork(context, processId, '试验', performedOn)
  const reasons = tightnessFaults(
    { pressurePa, minutes, dropPa },
    tightnessDemand(context, residentAt(context, process)),
  )
  const passed = reasons.length === 0
  const state = recordStep(context, process, {
    kind: 'tightness',
    action: 'test-tightness',
    passed,
    performedOn,
    worker,
    summary: `${pressurePa / 1000} kPa 稳压 ${minutes} 分钟，压降 ${dropPa} Pa`,
    reasons,
    values: { pressurePa, minutes, dropPa },
  })
  return { passed, reasons, state }
})

/** 复用前、换表（加表、拆表）后安全检查. @throws ProcessNotFound · GateNotPassed · CertificateMissing · InvalidInput */
export const checkProcessSafety = useCase(
  CheckProcessSafety,
  ({ processId, workerId, performedOn, checks, note }, context) => {
    const process = passGate(context, 'check-safety', processId)
    const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
    assertPerformed(context, process, performedOn)
    assertAfterWork(context, processId, '检查', performedOn)
    const resident = residentAt(context, process)
    const asked = askedItems(context, 'safety-check', resident)
    const problem = checklistProblem(asked, checks)
    if (problem !== null) throw new InvalidInput(problem, { field: 'checks' })
    const passed = checklistPassed(checks)
    const reasons = asked.flatMap(({ item, text }) => {
      const failed = checks.find((check) => check.item === item && !check.ok)
      return failed ? [`${text}：${failed.note}`] : []
    })
    const state = recordStep(context, process, {
      kind: 'safety-check',
      action: 'check-safety',
      passed,
      performedOn,
      worker,
      summary: note,
      reasons,
      // The wording is kept with the answers: a checklist may be worded anew later.
      values: { checks: checks.map((check) => ({ ...check, text: asked.find((a) => a.item === check.item)?.text })) },
    })
    return { passed, reasons, state }
  },
)

/** 拆表封堵. @throws ProcessNotFound · GateNotPassed · CertificateMissing · MeterNotNamed · NotItsMeter · InvalidInput */
export const removeProcessMeter = useCase(RemoveProcessMeter, (input, context) => {
  const { processId, workerId, performedOn, index, photoId, note } = input
  const process = passGate(context, 'remove', processId)
  const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
  assertPerformed(context, process, performedOn)
  const meters = metersInUse(context, process.servicePointId)
  const meter = meters.length === 0 ? null : meterMeant(meters, input.meterId)
  const settled = finalReadingsOf(context, process).find(({ meterId }) => meterId === meter?.meterId)
  if (meter && (index === null || index !== settled?.index)) {
    const known = settled ? formatCubicMetres(settled.index) : '—'
    throw new InvalidInput(`拆下的表读数应与止数 ${known} 相同；不同的请重新抄止数`, { field: 'index' })
  }
  if (photoId !== null) {
    if (!attachmentsOf(context, process.customerId).some(({ attachmentId }) => attachmentId === photoId)) {
      throw new InvalidInput('照片不在该客户的附件里，请重新选择', { field: 'photoId' })
    }
  }
  const state = recordStep(context, process, {
    kind: 'removal',
    action: 'remove',
    performedOn,
    worker,
    summary: [
      meter ? `拆下 ${meter.meterNo}，读数 ${formatCubicMetres(settled?.index ?? meter.initialIndex)}` : '没有表具',
      '管道已封堵',
      note,
    ]
      .filter((text) => text !== '')
      .join('，'),
    values: { meterId: meter?.meterId ?? null, meterNo: meter?.meterNo ?? null, index, photoId },
  })
  return { state }
})

/**
 * 停用: valve closed and sealed. The point keeps its meter and its account, and waits to be taken into use again.
 * @throws ProcessNotFound · GateNotPassed with every obstacle · CertificateMissing · InvalidInput
 */
export const deactivate = useCase(Deactivate, ({ processId, performedOn, workerId, sealNo }, context) => {
  const process = passGate(context, 'finish', processId, { kinds: ['deactivation'], effectiveOn: performedOn })
  const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
  assertPerformed(context, process, performedOn)
  const state = recordStep(context, process, {
    kind: 'finished',
    action: 'finish',
    performedOn,
    worker,
    summary: `关阀加封，封签 ${sealNo}`,
    values: { sealNo },
  })
  setGasState(context, process.servicePointId, 'deactivated', null)
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { state }
})

/**
 * 复用: the only way from 停用 to 供气中. A trigger in the database holds the same gate once more.
 * @throws ProcessNotFound · GateNotPassed with every obstacle · CertificateMissing
 */
export const reactivate = useCase(Reactivate, ({ processId, workerId }, context) => {
  // Whoever has paid is not told that they owe: what the payment lifted is lifted first.
  followAccount(context, processById(context, processId).accountId)
  const process = passGate(context, 'finish', processId, { kinds: ['reactivation'] })
  const worker = requireCertificate(context, workerId, 'maintenance')
  const reactivatedAt = context.clock.now()
  if (process.debtPrincipal !== null) resumeInDebt(context, process.accountId)
  const state = recordStep(context, process, {
    kind: 'finished',
    action: 'finish',
    worker,
    summary: '拆除封签，恢复用气',
  })
  setGasState(context, process.servicePointId, 'supplied', null)
  endDunning(context, process.accountId, 'resume', '欠费停气后复用')
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { state, reactivatedAt }
})

/** What an account that ends goes on owing, in words; null for nothing. */
function owesInWords(context: Context, accountId: string): string | null {
  const { principal } = settlementOf(context, accountId)
  return principal === 0 ? null : `户号终止，欠费 ${formatYuan(principal)} 元保留，仍可收款`
}

/** 拆除办结. @throws ProcessNotFound · GateNotPassed with every obstacle */
export const dismantle = useCase(Dismantle, ({ processId }, context) => {
  const process = passGate(context, 'finish', processId, { kinds: ['dismantling'] })
  const on = latest(recordsOf(context, processId), 'removal')?.performedOn ?? shanghaiDate(context.clock.now())
  const state = recordStep(context, process, {
    kind: 'finished',
    action: 'finish',
    performedOn: on,
    summary: owesInWords(context, process.accountId) ?? '用气点拆除，户号终止',
  })
  for (const { meterId } of metersInUse(context, process.servicePointId)) removeMeter(context, meterId, on)
  endDunning(context, process.accountId, 'end', '催缴结清，用气点拆除')
  setGasState(context, process.servicePointId, 'dismantled', null)
  endContracts(context, process.accountId, on, `拆除 ${process.processNo}`)
  endAccount(context, { accountId: process.accountId, state: 'closed', on, detail: `拆除 ${process.processNo}` })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { state }
})

/**
 * 销户: the file is closed for good. An account that never got gas ends here, and its application and contracts with it.
 * @throws ProcessNotFound · GateNotPassed with everything that is still open
 */
export const closeAccount = useCase(CloseAccount, ({ processId }, context) => {
  const process = passGate(context, 'finish', processId, { kinds: ['closing'] })
  const account = accountById(context, process.accountId)
  const on = shanghaiDate(context.clock.now())
  if (account.state === 'active') {
    cancelForClosing(context, account.servicePointId, process.reason)
    for (const { meterId } of metersInUse(context, account.servicePointId)) removeMeter(context, meterId, on)
    endAccount(context, { accountId: account.id, state: 'closed', on, detail: `销户 ${process.processNo}` })
    endDunning(context, account.id, 'end', '催缴结清，已销户')
  }
  endContracts(context, account.id, on, `销户 ${process.processNo}`)
  const state = recordStep(context, processById(context, processId), {
    kind: 'finished',
    action: 'finish',
    performedOn: on,
    summary: owesInWords(context, account.id) ?? '余额为零，户号终止',
  })
  // Where nobody could take the meter off the place is gone all the same: it never gets gas again.
  if (process.ground !== null) setGasState(context, account.servicePointId, 'dismantled', null)
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { state }
})
