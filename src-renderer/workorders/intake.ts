/** 受理: what the form holds, and the call it becomes. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import {
  isUrgent,
  kindTaken,
  type Channel,
  type OrderKind,
  type Symptom,
  type Take,
} from '../../src-main/workorders/api.ts'

export interface IntakeDraft {
  kind: OrderKind
  symptom: Symptom | ''
  channel: Channel
  callerName: string
  callerPhone: string
  /** Whom it concerns, where there is an account: shown to the clerk. */
  account: { accountId: string; accountNo: string; name: string; address: string } | null
  place: string
  description: string
  advised: boolean
  notAdvised: string
  answer: string
}

export const emptyIntake = (): IntakeDraft => ({
  kind: 'repair',
  symptom: '',
  channel: 'phone',
  callerName: '',
  callerPhone: '',
  account: null,
  place: '',
  description: '',
  advised: false,
  notAdvised: '',
  answer: '',
})

/** The kind as it will be taken: a hazard is never a repair. */
export const takenKind = ({ kind, symptom }: IntakeDraft): OrderKind =>
  symptom === '' ? kind : kindTaken(kind, symptom)
export const takenUrgent = (draft: IntakeDraft): boolean =>
  draft.symptom !== '' && isUrgent(takenKind(draft), draft.symptom)

/** What is sent; an empty symptom is sent as it is, so that the schema says what is missing. */
export function intakeInput(draft: IntakeDraft, requestId: string): InputOf<typeof Take> {
  const { account, symptom, answer, ...rest } = draft
  return {
    requestId,
    ...rest,
    symptom: symptom as Symptom,
    accountId: account?.accountId ?? null,
    answer: takenKind(draft) === 'consultation' ? answer : '',
  }
}
