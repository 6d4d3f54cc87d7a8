/** What an operator may do with a hazard now: its key, its words, and the call it becomes. */
import { Call } from '../../src-main/followups/api.ts'
import {
  hazardProcess,
  isWatched,
  latestDeadline,
  type Grade,
  type HazardAction,
  type HazardState,
  type Mender,
  type Receipt,
} from '../../src-main/inspections/api.ts'
import type { Role } from '../../src-main/platform/contract.ts'
import { addDays, businessDate, earlier, formatInstant } from '../../src-main/platform/dates.ts'
import { api } from '../api.ts'
import { noteOf, offeredBy, type Offered } from '../components/process-actions.ts'
import type { Deadlines } from './entry.ts'
import { stayTimes } from './stay-times.ts'

/** A photo is chosen by its button, and a callback has the page of the followups room. */
export type DialogAction = Exclude<HazardAction, 'photo' | 'call-back'>

/** The actions of a state for somebody with these roles; whether something stands in their way the backend says. */
export const offeredFor = (state: HazardState, roles: readonly Role[]): Offered<HazardAction>[] =>
  offeredBy(hazardProcess, state, roles, Call.allow)

/** What the dialog of an action holds; each action takes what it needs. */
export interface HazardForm {
  note: string
  /** The day of what was done, YYYY-MM-DD. */
  on: string
  grade: Grade
  deliveredBy: string
  receivedBy: string
  receipt: Receipt
  reportedTo: string
  inspectorId: string
  /** Who mended it for the company; '' for none. */
  workerId: string
  passed: 'yes' | 'no'
  newDeadline: string
  /** 误登作废: where it belongs; '' for nowhere. */
  rightAccountNo: string
  /** What the manager agreed to; null before. */
  approvalId: string | null
  /** Times of a stay as typed. */
  called: string
  arrived: string
  released: string
  /** The day of the last of them: what is mended days later is watched until then. */
  releasedOn: string
}

interface Known {
  readonly grade: Grade
  readonly mender: Mender
  readonly foundOn: string
  readonly finderName: string
  readonly customerName: string
  readonly supportCalledAt: number | null
  readonly supportArrivedAt: number | null
  readonly releasedAt: number | null
  readonly passedOn: string | null
}

const dayOf = (at: number): string => formatInstant(at).slice(0, 10)
/** The day the stay began: the one on record, else the day it was found. */
export const stayDay = ({ supportCalledAt, foundOn }: Known): string =>
  supportCalledAt === null ? foundOn : dayOf(supportCalledAt)
/** The day somebody left, as proposed: what is watched was found good first. */
const leftOn = (hazard: Known): string => (isWatched(hazard) ? hazard.passedOn : null) ?? stayDay(hazard)
const timeOf = (at: number | null): string => (at === null ? '' : formatInstant(at).slice(11))

export const emptyHazardForm = (hazard: Known, today: string, { mendDays, mostDays }: Deadlines): HazardForm => ({
  note: '',
  on: today,
  grade: hazard.grade === 'general' ? 'serious' : hazard.grade === 'serious' ? 'critical' : 'serious',
  deliveredBy: hazard.finderName,
  // Whoever took it is read from the paper, never proposed.
  receivedBy: '',
  receipt: 'signed',
  reportedTo: '',
  inspectorId: '',
  workerId: '',
  rightAccountNo: '',
  approvalId: null,
  passed: 'yes',
  newDeadline: earlier(
    addDays(businessDate(today), mendDays),
    latestDeadline(businessDate(today), hazard.grade, mostDays),
  ),
  called: timeOf(hazard.supportCalledAt),
  arrived: timeOf(hazard.supportArrivedAt),
  released: timeOf(hazard.releasedAt),
  releasedOn: hazard.releasedAt === null ? leftOn(hazard) : dayOf(hazard.releasedAt),
})

/** Why the form cannot be sent yet, where no call could say it better; null when it can. */
export function stayProblem({ on, called, arrived, released, releasedOn }: HazardForm): string | null {
  const times = stayTimes(on, [called, arrived, released], releasedOn)
  if (times === undefined) return '时间应写成 08:30 的样子，先填呼叫支援，再填到达和撤离'
  return times[0] === null ? '请填写呼叫支援的时间' : null
}

/** Makes the call of an action. */
export function sendHazard(
  action: DialogAction,
  on: { readonly requestId: string; readonly hazardId: string },
  form: HazardForm,
): Promise<{ state: HazardState }> {
  const { note } = form
  switch (action) {
    case 'regrade':
      return api.inspections.regrade({ ...on, grade: form.grade, approvalId: form.approvalId, note })
    case 'withdraw':
      return api.inspections.withdraw({
        ...on,
        approvalId: form.approvalId ?? '',
        rightAccountNo: form.rightAccountNo,
        note,
      })
    case 'deliver': {
      const { deliveredBy, receivedBy, receipt } = form
      return api.inspections.deliver({ ...on, deliveredOn: form.on, deliveredBy, receivedBy, receipt })
    }
    case 'measure':
      return api.inspections.measure({ ...on, note })
    case 'stay': {
      const [called, arrived, released] =
        stayTimes(form.on, [form.called, form.arrived, form.released], form.releasedOn) ?? []
      return api.inspections.stay({
        ...on,
        supportCalledAt: called ?? -1,
        supportArrivedAt: arrived ?? null,
        releasedAt: released ?? null,
        note,
      })
    }
    case 'report':
      return api.inspections.report({ ...on, reportedTo: form.reportedTo, note })
    case 'mend':
      return api.inspections.mend({
        ...on,
        mendedOn: form.on,
        workerId: form.workerId === '' ? null : form.workerId,
        note,
      })
    case 'reinspect': {
      const passed = form.passed === 'yes'
      const { inspectorId } = form
      const newDeadline = passed ? null : form.newDeadline
      return api.inspections.reinspect({ ...on, inspectorId, inspectedOn: form.on, passed, newDeadline, note })
    }
    case 'close':
      return api.inspections.closeHazard({ ...on, note })
  }
}

/** The free text of an action; its label is empty where there is none. */
export const noteFor = (action: DialogAction) => noteOf(hazardProcess, action)

/** The day of an action, where it is not just today: its name, and what the call names it. */
export const dayFields: Partial<Readonly<Record<DialogAction, { readonly label: string; readonly field: string }>>> = {
  deliver: { label: '送达日期', field: 'deliveredOn' },
  stay: { label: '日期', field: 'inspectedOn' },
  mend: { label: '整改日期', field: 'mendedOn' },
  reinspect: { label: '复查日期', field: 'inspectedOn' },
}
