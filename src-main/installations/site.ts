/** What happens at the customer's place: survey, acceptance, tightness test, safety check, ignition (clauses 15, 17). */
import type { Context } from '../platform/context.ts'
import { shanghaiDate, type BusinessDate } from '../platform/dates.ts'
import { domainError, InvalidInput } from '../platform/errors.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, setGasState } from '../customers/service.ts'
import { requireCertificate, type StaffMember } from '../staff/service.ts'
import { Accept, CheckSafety, Ignite, Survey, TestTightness } from './api.ts'
import { checklistPassed, checklistProblem, type Check, type ChecklistKind } from './checklists.ts'
import { tightnessFaults, type ApplicationAction, type TightnessValues } from './rules.ts'
import { isResident, passGate, recordsOf, recordStep, type ApplicationRow, askedItems } from './store.ts'

export const OwnWork = domainError('OwnWork', '验收须由装表以外的人办理（第十四条）')

/** @throws InvalidInput for a day in the future or before the application */
export function assertPerformed({ clock }: Context, { appliedOn }: ApplicationRow, performedOn: BusinessDate): void {
  const refuse = (message: string) => new InvalidInput(message, { field: 'performedOn' })
  if (performedOn > shanghaiDate(clock.now())) throw refuse('办理日期不能晚于今天')
  if (performedOn < appliedOn) throw refuse(`办理日期不能早于申请日期 ${appliedOn}`)
}

interface CheckedInput {
  readonly applicationId: string
  readonly performedOn: BusinessDate
  readonly workerId: string
  readonly checks: readonly Check[]
  readonly note: string
}

/** Who works on site on that day; today, if none is given. @throws CertificateMissing · StaffNotFound */
export const certifiedWorker = (
  context: Context,
  { workerId, performedOn }: { workerId: string; performedOn?: BusinessDate },
) => requireCertificate(context, workerId, 'maintenance', performedOn)

/** A step whose result is worked out from its checklist. */
function checkedStep(context: Context, kind: ChecklistKind, action: ApplicationAction, input: CheckedInput) {
  const application = passGate(context, action, input.applicationId)
  const worker = certifiedWorker(context, input)
  if (kind === 'acceptance') refuseOwnWork(context, application, worker)
  assertPerformed(context, application, input.performedOn)
  const resident = isResident(application)
  const asked = askedItems(context, kind, resident)
  const problem = checklistProblem(asked, input.checks)
  if (problem !== null) throw new InvalidInput(problem, { field: 'checks' })
  const passed = checklistPassed(input.checks)
  const reasons = asked.flatMap(({ item, text }) => {
    const failed = input.checks.find((check) => check.item === item && !check.ok)
    return failed ? [`${text}：${failed.note}`] : []
  })
  const state = recordStep(context, application, {
    kind,
    action,
    passed,
    performedOn: input.performedOn,
    worker,
    summary: input.note,
    reasons,
    // The wording is kept with the answers: a checklist may be worded anew later.
    values: {
      checks: input.checks.map((check) => ({ ...check, text: asked.find((a) => a.item === check.item)?.text })),
    },
  })
  return { passed, reasons, state }
}

/** @throws OwnWork for whoever put the meter in (clause 14(2)) */
function refuseOwnWork(context: Context, { id }: ApplicationRow, { id: workerId, name }: StaffMember): void {
  const meter = recordsOf(context, id).findLast(({ kind }) => kind === 'meter')
  if (meter?.workerId === workerId)
    throw new OwnWork(`装表的是${name}，验收须由他人（第十四条）`, { field: 'workerId' })
}

/** 勘查. Repeatable until contracts are drafted. @throws ApplicationNotFound · GateNotPassed · CertificateMissing · InvalidInput */
export const survey = useCase(Survey, (input, context) => checkedStep(context, 'survey', 'survey', input))

/**
 * 验收. A failed one blocks ignition until another passes.
 * @throws ApplicationNotFound · GateNotPassed · CertificateMissing · OwnWork · InvalidInput
 */
export const accept = useCase(Accept, (input, context) => checkedStep(context, 'acceptance', 'accept', input))

/** 通气前安全检查. @throws ApplicationNotFound · GateNotPassed (not accepted) · CertificateMissing · InvalidInput */
export const checkSafety = useCase(CheckSafety, (input, context) =>
  checkedStep(context, 'safety-check', 'check-safety', input),
)

/** What a tightness test must show for a resident or another customer: at least, at least, at most. */
export function tightnessDemand({ settings }: Context, resident: boolean): TightnessValues {
  return {
    pressurePa: settings.get('installations.tightnessPa'),
    minutes: settings.get(resident ? 'installations.tightnessMinutesResident' : 'installations.tightnessMinutesOther'),
    dropPa: settings.get('installations.tightnessDropPa'),
  }
}

/** 严密性试验. @throws ApplicationNotFound · GateNotPassed (not accepted) · CertificateMissing · InvalidInput */
export const testTightness = useCase(TestTightness, (input, context) => {
  const application = passGate(context, 'test-tightness', input.applicationId)
  const worker = certifiedWorker(context, input)
  assertPerformed(context, application, input.performedOn)
  const { pressurePa, minutes, dropPa, performedOn } = input
  if (dropPa > pressurePa) throw new InvalidInput('压降不能大于试验压力', { field: 'dropPa' })
  const reasons = tightnessFaults({ pressurePa, minutes, dropPa }, tightnessDemand(context, isResident(application)))
  const passed = reasons.length === 0
  const state = recordStep(context, application, {
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

/**
 * 通气: the only way from 未通气 to 供气中. A trigger in the database holds the same gate once more.
 * @throws ApplicationNotFound · GateNotPassed with every obstacle · CertificateMissing
 */
export const ignite = useCase(Ignite, ({ applicationId, workerId }, context) => {
  const application = passGate(context, 'ignite', applicationId)
  const worker = certifiedWorker(context, { workerId })
  const account = accountById(context, application.accountId as string)
  const ignitedAt = context.clock.now()
  recordStep(context, application, {
    kind: 'ignition',
    action: 'ignite',
    passed: null,
    worker,
    summary: `户号 ${account.accountNo} 开始供气`,
    fills: { ignitedAt },
  })
  setGasState(context, application.servicePointId, 'supplied', null)
  return { ignitedAt, accountNo: account.accountNo }
})
