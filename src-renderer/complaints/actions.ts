/** What an operator may do with a complaint now: its key, its words, and the call it becomes. */
import type { CallDefinition, Role } from '../../src-main/platform/contract.ts'
import {
  Assign,
  Classify,
  Close,
  complaintActionNames,
  complaintActions,
  Investigate,
  Name,
  Reopen,
  Reply,
  transitions,
  type ComplaintAction,
  type ComplaintClass,
  type ComplaintState,
  type ReplyChannel,
} from '../../src-main/complaints/api.ts'
import { Call } from '../../src-main/followups/api.ts'
import { api } from '../api.ts'
import type { Combo } from '../shell/keys.ts'

const calls = {
  assign: Assign,
  investigate: Investigate,
  classify: Classify,
  name: Name,
  reply: Reply,
  'call-back': Call,
  close: Close,
  reopen: Reopen,
} as const satisfies Record<ComplaintAction, Pick<CallDefinition, 'allow'>>

function mayDo(action: ComplaintAction, roles: readonly Role[]): boolean {
  const { allow } = calls[action]
  return typeof allow === 'string' || allow.some((role) => roles.includes(role))
}

/** Different for all actions that may stand side by side. */
const keys: Readonly<Record<ComplaintAction, Combo>> = {
  assign: 'Ctrl+D',
  investigate: 'Ctrl+Shift+V',
  classify: 'F3',
  reply: 'Ctrl+Enter',
  'call-back': 'Ctrl+H',
  name: 'Ctrl+Shift+N',
  close: 'F12',
  reopen: 'Shift+F2',
}

/** What leads the complaint on stands in the page's head; corrections stand beside what they correct. */
const corrections: readonly ComplaintAction[] = ['classify', 'name']

export interface Offered {
  readonly action: ComplaintAction
  readonly keys: Combo
  readonly label: string
  readonly main: boolean
  readonly correction: boolean
}

/** The actions of a state for somebody with these roles; whether something stands in their way the backend says. */
export const offered = (state: ComplaintState, roles: readonly Role[]): Offered[] =>
  complaintActions
    .filter((action) => transitions[action].from.includes(state) && mayDo(action, roles))
    .map((action) => {
      const again = action === 'assign' && state !== 'received'
      return {
        action,
        keys: keys[action],
        label: again ? '改派' : complaintActionNames[action],
        main: !again && action !== 'reopen' && action !== 'investigate' && !corrections.includes(action),
        correction: corrections.includes(action),
      }
    })

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
}

export const emptyForm = (ofClass: ComplaintClass): ActionForm => ({
  note: '',
  staffId: '',
  staffIds: [],
  class: ofClass,
  channel: 'phone',
  repliedAt: '',
})

/** Epoch ms of a time typed in the hall's time; null for just now. */
export const instantOf = (typed: string): number | null =>
  typed === '' ? null : Date.parse(`${typed.replace(' ', 'T')}:00+08:00`)

/** Makes the call of an action. */
export function send(
  action: DialogAction,
  on: { readonly requestId: string; readonly complaintId: string },
  { note, staffId, staffIds, class: ofClass, channel, repliedAt }: ActionForm,
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
      return api.complaints.reply({ ...on, channel, repliedAt: instantOf(repliedAt), note })
    case 'close':
      return api.complaints.close({ ...on, note })
    default:
      return api.complaints.reopen({ ...on, reason: note })
  }
}

/** The name of the free text of an action, and how the call names it. */
export const noteLabels: Readonly<Record<DialogAction, string>> = {
  assign: '交代事项',
  investigate: '调查情况',
  classify: '原因',
  name: '说明',
  reply: '回复内容',
  close: '备注',
  reopen: '原因',
}
export const noteField = (action: DialogAction): string => (action === 'reopen' ? 'reason' : 'note')
/** Characters the call takes. */
export const noteLength: Readonly<Record<DialogAction, number>> = {
  assign: 200,
  investigate: 500,
  classify: 200,
  name: 200,
  reply: 500,
  close: 300,
  reopen: 200,
}
