/** 受理投诉: what the form holds, and the call it becomes. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import type { ComplaintChannel, ComplaintClass, SubjectKind, Take } from '../../src-main/complaints/api.ts'
import { instantOf } from './actions.ts'

export interface IntakeDraft {
  class: ComplaintClass | ''
  channel: ComplaintChannel
  complainantName: string
  complainantPhone: string
  /** Whom it concerns, where there is an account: shown to the clerk. */
  account: { accountId: string; accountNo: string; name: string; address: string } | null
  content: string
  /** When it came, as typed; '' for now. */
  receivedAt: string
  /** 'workorder/<id>', '' for none. */
  subject: string
  staffIds: string[]
}

export const emptyIntake = (): IntakeDraft => ({
  class: '',
  channel: 'phone',
  complainantName: '',
  complainantPhone: '',
  account: null,
  content: '',
  receivedAt: '',
  subject: '',
  staffIds: [],
})

/**
 * Staff whose name stands in what the customer said, and who are not named yet. Left in the words alone they would read it in
 * every list; whoever takes it down decides, as not everybody who is mentioned is complained of.
 */
export const mentioned = <P extends { readonly staffId: string; readonly name: string }>(
  { content, staffIds }: Pick<IntakeDraft, 'content' | 'staffIds'>,
  people: readonly P[],
): P[] => people.filter(({ staffId, name }) => name.length > 1 && content.includes(name) && !staffIds.includes(staffId))

export const subjectKey = ({ kind, id }: { readonly kind: SubjectKind; readonly id: string }): string => `${kind}/${id}`

/** What is sent; an empty class is sent as it is, so that the schema says what is missing. */
export function intakeInput(draft: IntakeDraft, requestId: string): InputOf<typeof Take> {
  const { account, subject, class: ofClass, receivedAt, ...rest } = draft
  const [kind, id] = subject.split('/')
  return {
    requestId,
    ...rest,
    class: ofClass as ComplaintClass,
    accountId: account?.accountId ?? null,
    receivedAt: instantOf(receivedAt),
    subject: kind === undefined || id === undefined ? null : { kind: kind as SubjectKind, id },
  }
}
