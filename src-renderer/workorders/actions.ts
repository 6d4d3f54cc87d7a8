/** What an operator may do with an order now: its key, its words, and the call it becomes. */
import type { Role } from '../../src-main/platform/contract.ts'
import {
  orderProcess,
  type OrderAction,
  type OrderState,
  type PauseReason,
  type ReferReason,
  type SiteGas,
} from '../../src-main/workorders/api.ts'
import { Call } from '../../src-main/followups/api.ts'
import { api } from '../api.ts'
import { readTime } from '../supply/times.ts'
import { noteOf, offeredBy, type Offered } from '../components/process-actions.ts'

/** The actions of an order for somebody with these roles. */
export const offered = (
  { state, paused, urgent }: { readonly state: OrderState; readonly paused: boolean; readonly urgent: boolean },
  roles: readonly Role[],
): Offered<OrderAction>[] =>
  offeredBy(orderProcess, state, roles, Call.allow).filter(({ action }) =>
    action === 'resume' ? paused : action === 'pause' ? !paused && !urgent : true,
  )

/** What this room's own dialog does; the callback has its script on a page of its own. */
export type DialogAction = Exclude<OrderAction, 'call-back'>

/** What the dialog of an action holds; each action takes what it needs. */
export interface ActionForm {
  note: string
  staffId: string
  /** 已停气 or not; '' until it is said. */
  gas: SiteGas | ''
  pauseWhy: PauseReason
  /** As typed. */
  until: string
  referWhy: ReferReason
  referredTo: string
  customerTold: boolean
  passed: 'yes' | 'no'
}

export const emptyForm = (): ActionForm => ({
  note: '',
  staffId: '',
  gas: '',
  pauseWhy: 'appointment',
  until: '',
  referWhy: 'appliance',
  referredTo: '',
  customerTold: false,
  passed: 'yes',
})

/** Makes the call of an action. */
export function send(
  action: DialogAction,
  on: { readonly requestId: string; readonly orderId: string },
  { note, staffId, gas, pauseWhy, until, referWhy, referredTo, customerTold, passed }: ActionForm,
): Promise<{ state: OrderState }> {
  switch (action) {
    case 'answer':
      return api.workorders.answer({ ...on, note })
    case 'issue':
      return api.workorders.issue({ ...on, note })
    case 'assign':
      return api.workorders.assign({ ...on, staffId, note })
    case 'pause':
      return api.workorders.pause({ ...on, why: pauseWhy, until: readTime(until) ?? Number.NaN, reason: note })
    case 'resume':
      return api.workorders.resume({ ...on, note })
    case 'refer':
      // Sent as it is ticked: the call refuses a referral the customer was not told of, and says so.
      return api.workorders.refer({
        ...on,
        why: referWhy,
        reason: note,
        referredTo,
        customerTold: customerTold as true,
      })
    case 'confirm':
      return api.workorders.confirm({ ...on, passed: passed === 'yes', note })
    case 'verify':
      return api.workorders.verify({ ...on, passed: passed === 'yes', note })
    case 'close':
      return api.workorders.close({ ...on, note })
    case 'reopen':
      return api.workorders.reopen({ ...on, reason: note })
    default:
      return api.workorders.work({ ...on, step: action, gas: action === 'handle' && gas !== '' ? gas : null, note })
  }
}

export const noteFor = (action: DialogAction) => noteOf(orderProcess, action)
