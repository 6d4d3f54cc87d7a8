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
import { readTime } from '../supply/times.ts'

export interface IntakeDraft {
  kind: OrderKind
  /** Somebody has said the kind; until then it follows the symptom, also back again. */
  kindSet: boolean
  symptom: Symptom | ''
  channel: Channel
  callerName: string
  callerPhone: string
  /** Whom it concerns, where there is an account: shown to the clerk. */
  account: { accountId: string; accountNo: string; name: string; address: string } | null
  place: string
  description: string
  /** When the call came, as typed; '' for now. */
  receivedAt: string
  advised: boolean
  notAdvised: string
  answer: string
}

export const emptyIntake = (): IntakeDraft => ({
  kind: 'repair',
  kindSet: false,
  symptom: '',
  channel: 'phone',
  callerName: '',
  callerPhone: '',
  account: null,
  place: '',
  description: '',
  receivedAt: '',
  advised: false,
  notAdvised: '',
  answer: '',
})

/** The kind as it will be taken: a hazard is never a repair. */
export const takenKind = ({ kind, symptom }: IntakeDraft): OrderKind =>
  symptom === '' ? kind : kindTaken(kind, symptom)
export const takenUrgent = (draft: IntakeDraft): boolean =>
  draft.symptom !== '' && isUrgent(takenKind(draft), draft.symptom)

/** Another symptom: the kind follows it, unless it was set; and what was told for one was not told for the other. */
export function chooseSymptom(draft: IntakeDraft, symptom: Symptom | ''): void {
  const kind = draft.kindSet || symptom === '' ? draft.kind : symptom === 'question' ? 'consultation' : 'repair'
  Object.assign(draft, { symptom, advised: false, kind })
}

/** What is sent; an empty symptom is sent as it is, so that the schema says what is missing. */
export function intakeInput(draft: IntakeDraft, requestId: string): InputOf<typeof Take> {
  const { account, symptom, answer, receivedAt, kindSet: _, ...rest } = draft
  return {
    requestId,
    ...rest,
    kind: takenKind(draft),
    symptom: symptom as Symptom,
    accountId: account?.accountId ?? null,
    receivedAt: receivedAt.trim() === '' ? null : (readTime(receivedAt) ?? Number.NaN),
    answer: takenKind(draft) === 'consultation' ? answer : '',
  }
}
