/** What an operator may do with a complaint now: its key, its words, and the call it becomes. */
import type { Role } from '../../src-main/platform/contract.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import {
  complaintProcess,
  type ComplaintAction,
  type ComplaintClass,
  type ComplaintState,
  type ReplyChannel,
} from '../../src-main/complaints/api.ts'
import { Call } from '../../src-main/followups/api.ts'
import { api } from '../api.ts'
import { noteOf, offeredBy, type Offered } from '../components/process-actions.ts'

/** What leads the complaint on stands in the page's head; corrections stand beside what they correct. */
const corrections: readonly ComplaintAction[] = ['classify', 'name']

/** The actions of a state for somebody with these roles. */
export const offered = (
  state: ComplaintState,
  roles: readonly Role[],
): (Offered<ComplaintAction> & { readonly correction: boolean })[] =>
  offeredBy(complaintProcess, state, roles, Call.allow).map((one) => ({
    ...one,
    correction: corrections.includes(one.action),
  }))

/** What this room's own dialog does; the callback has its script on a page of its own. */
export type DialogAction = Exclude<ComplaintAction, 'call-back'>

/** What the dialog of an action holds; each action takes what it needs. */
export interface ActionForm {
  note: string
  staffId: string
  staffIds: string[]
  class: ComplaintClass
  channel: ReplyChannel
  /** 'YYYY-MM-DD HH:mm' in the hall's time; '' for just now. */
  repliedAt: string
  /** The proof of an answer that is dated back far, and who agreed to it. */
  proof: string
  approvalId: string | null
}

export const emptyForm = (ofClass: ComplaintClass): ActionForm => ({
  note: '',
  staffId: '',
  staffIds: [],
  class: ofClass,
  channel: 'phone',
  repliedAt: '',
  proof: '',
  approvalId: null,
})

/** Epoch ms of a time typed in the hall's time; null for just now. */
export const instantOf = (typed: string): number | null =>
  typed === '' ? null : Date.parse(`${typed.replace(' ', 'T')}:00+08:00`)

/**
 * What is wrong with an answer that is dated back, before another is called to agree to it: nobody agrees to what would be
 * refused. @param since epoch ms the round of the complaint began
 */
export function backdatedProblem(
  { repliedAt, proof, note }: Pick<ActionForm, 'repliedAt' | 'proof' | 'note'>,
  since: number,
): { readonly field: string; readonly message: string } | null {
  const at = instantOf(repliedAt)
  if (at !== null && at < since)
    return { field: 'repliedAt', message: `回复时间不能早于受理时间 ${formatInstant(since)}` }
  if (proof.trim() === '') return { field: 'proof', message: '请填写补记凭据' }
  return note.trim() === '' ? { field: 'note', message: '请填写回复内容' } : null
}

/** Makes the call of an action. */
export function send(
  action: DialogAction,
  on: { readonly requestId: string; readonly complaintId: string },
  { note, staffId, staffIds, class: ofClass, channel, repliedAt, proof, approvalId }: ActionForm,
): Promise<{ state: ComplaintState }> {
  switch (action) {
    case 'assign':
      return api.complaints.assign({ ...on, staffId, note })
    case 'investigate':
      return api.complaints.investigate({ ...on, note })
    case 'classify':
      return api.complaints.classify({ ...on, class: ofClass, note })
    case 'name':
      return api.complaints.name({ ...on, staffIds, note })
    case 'reply':
      return api.complaints.reply({
        ...on,
        channel,
        repliedAt: instantOf(repliedAt),
        backdated: approvalId === null ? null : { approvalId, reason: proof.trim() },
        note,
      })
    case 'close':
      return api.complaints.close({ ...on, note })
    default:
      return api.complaints.reopen({ ...on, reason: note })
  }
}

export const noteFor = (action: DialogAction) => noteOf(complaintProcess, action)
