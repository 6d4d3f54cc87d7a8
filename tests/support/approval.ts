/** The hall manager's agreement, got as at the counter: password and all. */
import { Approve, type Approval } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import type { refundMeans } from '../../src-main/platform/approval-terms.ts'
import type { WordOf } from '../../src-main/platform/dictionary.ts'
import { fen, type Fen } from '../../src-main/platform/money.ts'
import { priceTerms } from '../../src-main/tariffs/api.ts'
import { DunningsOfAccount } from '../../src-main/supply/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import type { SettingKey } from '../../src-main/platform/settings-catalog.ts'
import { Change as ChangeSetting, List as ListSettings, safetyTerms } from '../../src-main/settings/api.ts'
import { actorOf, type TestHall } from './hall.ts'

const managersPassword = 'Kanban-Qiu-73'

/** What a refund call will pay out, as its approval names it. */
export const refundTerms = (refund: {
  readonly accountId: string
  readonly means: WordOf<typeof refundMeans>
  readonly amount: Fen
  readonly reason: string
  readonly reference?: string
}): Approval => {
  const { accountId, means, amount, reason, reference = '' } = refund
  return { purpose: 'refund', terms: { accountId, means, amount, reason, reference } }
}

/** What a reversal will undo, read from the hall; an unknown payment has no amount. */
export function reversalTerms(hall: TestHall, paymentId: string, reason: string): Approval {
  const { sqlite } = hall.hall.environment
  const amount = sqlite.prepare<[string], Fen>('SELECT amount FROM payments WHERE id = ?').pluck().get(paymentId)
  return { purpose: 'reversal', terms: { paymentId, amount: amount ?? fen(0), reason } }
}

/** What an arrears suspension stands on, read as the list shows it today. */
export async function suspensionTerms(hall: TestHall, dunningId: string, reason = '') {
  const accountId = hall.hall.environment.sqlite
    .prepare<[string], string>('SELECT account_id FROM dunnings WHERE id = ?')
    .pluck()
    .get(dunningId)
  const rows = accountId === undefined ? [] : await hall.call(DunningsOfAccount, { accountId }, 'dispatcher')
  const owed = rows.find((row) => row.id === dunningId)?.owed ?? fen(0)
  return { purpose: 'arrears-suspension', terms: { dunningId, owed, reason } } as const
}

/** What is done to a price, as its approval names it. */
export const priceApproval = (...about: Parameters<typeof priceTerms>): Approval => ({
  purpose: 'price',
  terms: priceTerms(...about),
})

/** Lets the hall manager agree to `approval` for the person with role `as`; returns the approval id. */
export async function approvalOf(hall: TestHall, approval: Approval, as: Role = 'cashier'): Promise<string> {
  const manager = actorOf('hall-manager')
  hall.transact((context) => setPassword(context, manager.id, managersPassword))
  const answer = await hall.call(Approve, { staffNo: manager.staffNo, password: managersPassword, approval }, as)
  if (!answer.ok) throw new Error(answer.message)
  return answer.approvalId
}

/** Changes a setting as `as`; where two persons are needed the hall manager agrees. */
export async function changeSetting(
  hall: TestHall,
  key: SettingKey,
  value: string | number | boolean,
  as: Role = 'administrator',
): Promise<void> {
  const setting = (await hall.call(ListSettings, {}, as)).find((one) => one.key === key)
  if (!setting) throw new Error(`no setting ${key}`)
  const terms = safetyTerms(setting, value)
  const approvalId = setting.needsSecondPerson ? await approvalOf(hall, { purpose: 'safety-setting', terms }, as) : null
  await hall.call(ChangeSetting, { key, value, approvalId }, as)
}
