/**
 * Ways out of 户的业务 that are too strict for a place that is gone or in dispute: 销户 without 拆除, and a business that ends though
 * something is owed. Each with its reason, its papers and a manager's word; what is owed stays owed.
 */
import { approverAmong, ApprovalRefused, consumeApproval } from '../platform/approvals.ts'
import type { TermsOf } from '../platform/approval-terms.ts'
import type { Context } from '../platform/context.ts'
import { formatCubicMetres, formatYuan } from '../platform/money.ts'
import { useCase } from '../platform/use-case.ts'
import { accountById, customerById } from '../customers/service.ts'
import { lastReading, metersInUse } from '../metering/service.ts'
import { requireCertificate } from '../staff/service.ts'
import { ApproveClosing, KeepDebt, processKindNames, SeePlace } from './account-api.ts'
import { assertPerformed } from './account-field.ts'
import {
  passGate,
  processById,
  recordsOf,
  recordStep,
  settlementOf,
  type ProcessRecord,
  type StepRecord,
} from './account-store.ts'
import { closingGroundNames, type ClosingGround } from './account-words.ts'

const accountInWords = (context: Context, { accountId, customerId }: ProcessRecord): string =>
  `${accountById(context, accountId).accountNo} ${customerById(context, customerId).name}`

const inWords = ({ body, performedOn, workerName }: StepRecord): string =>
  `${(JSON.parse(body) as { summary: string }).summary}（${performedOn} ${workerName ?? ''}）`

/** What the manager is asked to agree to: gas that may have flowed since the last reading is on no bill, so it is named. */
export function closingTermsOf(context: Context, process: ProcessRecord): TermsOf<'closing-unremoved'> {
  const seen = recordsOf(context, process.id).findLast(({ kind }) => kind === 'place-seen')
  const meters = process.endedAt === null ? metersInUse(context, process.servicePointId) : []
  return {
    processId: process.id,
    account: accountInWords(context, process),
    ground: closingGroundNames[process.ground as ClosingGround],
    seen: seen ? inWords(seen) : '',
    reading: meters
      .map(({ meterId, meterNo }) => {
        const { on, index } = lastReading(context, meterId)
        return `表 ${meterNo} ${on} ${formatCubicMetres(index)} m³`
      })
      .join('，'),
    reason: process.reason,
  }
}

/** 现场核实. @throws ProcessNotFound · GateNotPassed · CertificateMissing · InvalidInput */
export const seePlace = useCase(SeePlace, ({ processId, workerId, performedOn, note }, context) => {
  const process = passGate(context, 'see-place', processId, { kinds: ['closing'] })
  const worker = requireCertificate(context, workerId, 'maintenance', performedOn)
  assertPerformed(context, process, performedOn)
  const state = recordStep(context, process, {
    kind: 'place-seen',
    action: 'see-place',
    performedOn,
    worker,
    summary: `已关阀封堵、没有气；${note}`,
    values: { note },
    // What was agreed to was what had been seen then.
    fills: { groundApproverId: null, groundApprover: null },
  })
  return { state }
})

/** 批准. @throws ProcessNotFound · GateNotPassed with every proof that lacks · ApprovalRefused */
export const approveClosing = useCase(ApproveClosing, ({ processId, approvalId }, context) => {
  const process = passGate(context, 'approve-closing', processId, { kinds: ['closing'] })
  const approval = consumeApproval(context, approvalId, 'closing-unremoved', closingTermsOf(context, process))
  const { approverId, approverName } = approval
  const seers = recordsOf(context, processId).flatMap(({ kind, workerId }) => (kind === 'place-seen' ? [workerId] : []))
  if (approverAmong(context, approverId, seers) !== null) {
    throw new ApprovalRefused('现场核实的人不能批准，请另一位主任批准')
  }
  const state = recordStep(context, process, {
    kind: 'closing-approved',
    action: 'approve-closing',
    summary: `批准人 ${approverName}`,
    values: { ...approval },
    fills: { groundApproverId: approverId, groundApprover: approverName },
  })
  return { state, approverName }
})

/** 欠费保留. @throws ProcessNotFound · GateNotPassed · ApprovalRefused */
export const keepDebt = useCase(KeepDebt, ({ processId, reason, approvalId }, context) => {
  const process = passGate(context, 'keep-debt', processId)
  const { principal, total } = settlementOf(context, processById(context, processId).accountId)
  const approval = consumeApproval(context, approvalId, 'debt-stays', {
    processId,
    business: `${processKindNames[process.kind]} ${process.processNo}`,
    account: accountInWords(context, process),
    owed: total,
    principal,
    reason,
  })
  const { approverId, approverName } = approval
  const state = recordStep(context, process, {
    kind: 'debt-kept',
    action: 'keep-debt',
    summary: `欠费 ${formatYuan(total)} 元（本金 ${formatYuan(principal)} 元）保留，批准人 ${approverName}；${reason}`,
    values: { ...approval, principal, owed: total, reason },
    fills: { debtPrincipal: principal, debtReason: reason, debtApproverId: approverId, debtApprover: approverName },
  })
  return { state, approverName }
})
