/** What an operator may do with an order now: its key, its words, and the call it becomes. */
import type { CallDefinition, Role } from '../../src-main/platform/contract.ts'
import {
  Answer,
  Assign,
  Close,
  Issue,
  orderActionNames,
  orderActions,
  Pause,
  Refer,
  Reopen,
  Resume,
  transitions,
  Verify,
  Work,
  type OrderAction,
  type OrderState,
} from '../../src-main/workorders/api.ts'
import { Call } from '../../src-main/followups/api.ts'
import { api } from '../api.ts'
import type { Combo } from '../shell/keys.ts'

const calls = {
  answer: Answer,
  issue: Issue,
  assign: Assign,
  accept: Work,
  arrive: Work,
  handle: Work,
  repair: Work,
  pause: Pause,
  resume: Resume,
  refer: Refer,
  verify: Verify,
  'call-back': Call,
  close: Close,
  reopen: Reopen,
} as const satisfies Record<OrderAction, Pick<CallDefinition, 'allow'>>

function mayDo(action: OrderAction, roles: readonly Role[]): boolean {
  const { allow } = calls[action]
  return typeof allow === 'string' || allow.some((role) => roles.includes(role))
}

/** Different for all actions that may stand side by side. */
const keys: Readonly<Record<OrderAction, Combo>> = {
  answer: 'F12',
  issue: 'F12',
  assign: 'Ctrl+D',
  accept: 'Ctrl+Enter',
  arrive: 'Ctrl+Enter',
  handle: 'Ctrl+Enter',
  repair: 'Ctrl+Enter',
  pause: 'Shift+F11',
  resume: 'Shift+F11',
  refer: 'Ctrl+Shift+F',
  verify: 'Ctrl+Shift+V',
  'call-back': 'Ctrl+H',
  close: 'F12',
  reopen: 'Shift+F2',
}

export interface Offered {
  readonly action: OrderAction
  readonly keys: Combo
  readonly label: string
  /** Leads the order on; the others are side ways. */
  readonly main: boolean
}

const sideWays: readonly OrderAction[] = ['pause', 'resume', 'refer', 'reopen']

/** The actions of a state for somebody with these roles; whether something stands in their way the backend says. */
export function offered(
  { state, paused, urgent }: { readonly state: OrderState; readonly paused: boolean; readonly urgent: boolean },
  roles: readonly Role[],
): Offered[] {
  return orderActions
    .filter((action) => transitions[action].from.includes(state))
    .filter((action) => mayDo(action, roles))
    .filter((action) => (action === 'resume' ? paused : action === 'pause' ? !paused && !urgent : true))
    .map((action) => ({
      action,
      keys: keys[action],
      label: action === 'assign' && state !== 'issued' ? '改派' : orderActionNames[action],
      main: !sideWays.includes(action) && !(action === 'assign' && state !== 'issued'),
    }))
}

/** What this room's own dialog does; the callback has its script on a page of its own. */
export type DialogAction = Exclude<OrderAction, 'call-back'>

/** What the dialog of an action holds; each action takes what it needs. */
export interface ActionForm {
  note: string
  staffId: string
  referredTo: string
  customerTold: boolean
  passed: 'yes' | 'no'
}

export const emptyForm = (): ActionForm => ({
  note: '',
  staffId: '',
  referredTo: '',
  customerTold: false,
  passed: 'yes',
})

/** Makes the call of an action. */
export function send(
  action: DialogAction,
  on: { readonly requestId: string; readonly orderId: string },
  { note, staffId, referredTo, customerTold, passed }: ActionForm,
): Promise<{ state: OrderState }> {
  switch (action) {
    case 'answer':
      return api.workorders.answer({ ...on, note })
    case 'issue':
      return api.workorders.issue({ ...on, note })
    case 'assign':
      return api.workorders.assign({ ...on, staffId, note })
    case 'pause':
      return api.workorders.pause({ ...on, reason: note })
    case 'resume':
      return api.workorders.resume({ ...on, note })
    case 'refer':
      // Sent as it is ticked: the call refuses a referral the customer was not told of, and says so.
      return api.workorders.refer({ ...on, reason: note, referredTo, customerTold: customerTold as true })
    case 'verify':
      return api.workorders.verify({ ...on, passed: passed === 'yes', note })
    case 'close':
      return api.workorders.close({ ...on, note })
    case 'reopen':
      return api.workorders.reopen({ ...on, reason: note })
    default:
      return api.workorders.work({ ...on, step: action, note })
  }
}

/** The name of the free text of an action. */
export const noteLabels: Readonly<Record<DialogAction, string>> = {
  answer: '答复',
  issue: '交代事项',
  assign: '交代事项',
  accept: '说明',
  arrive: '说明',
  handle: '处理情况',
  repair: '修复情况',
  pause: '暂停原因',
  resume: '说明',
  refer: '转介原因',
  verify: '验证情况',
  close: '备注',
  reopen: '原因',
}
