/** The rail of account opening: which steps are done, which one is next, what each still lacks. */
import {
  recordKindNames,
  type Application,
  type InstallationRecord,
  type Obstacle,
} from '../../src-main/installations/api.ts'
import type { RecordRow, Step } from '../components/process-steps.ts'

export type StepKey = Obstacle['step']

const titles: readonly (readonly [StepKey, string])[] = [
  ['application', '申请'],
  ['survey', '勘查'],
  ['contracts', '合同、开户'],
  ['meter', '装表'],
  ['acceptance', '验收'],
  ['ignition', '通气'],
]

/** Where each state is worked on next. */
const workplace: Readonly<Record<Application['state'], StepKey>> = {
  applied: 'survey',
  unfit: 'survey',
  surveyed: 'contracts',
  opened: 'meter',
  metered: 'acceptance',
  rejected: 'acceptance',
  accepted: 'ignition',
  ignited: 'ignition',
  cancelled: 'application',
}

export const stepNow = ({ state }: Pick<Application, 'state'>): StepKey => workplace[state]

/** The rail before there is an application. */
export const stepsOfNew: readonly Step<StepKey>[] = titles.map(([key, title], i) => ({
  key,
  title,
  mark: i === 0 ? 'now' : 'later',
  missing: [],
}))

/** The rail of an application. `toIgnition` is everything that stands between it and gas. */
export function stepsOf({ state }: Pick<Application, 'state'>, toIgnition: readonly Obstacle[]): Step<StepKey>[] {
  const now = titles.findIndex(([key]) => key === workplace[state])
  return titles.map(([key, title], i) => {
    const missing = toIgnition.filter((obstacle) => obstacle.step === key).map(({ text }) => text)
    if (state === 'ignited') return { key, title, mark: 'done', missing: [] }
    if (state === 'cancelled') return { key, title, mark: 'later', missing: [] }
    if (i === now) return { key, title, mark: state === 'unfit' || state === 'rejected' ? 'failed' : 'now', missing }
    // A contract voided later opens its step again.
    if (i < now) return { key, title, mark: missing.length > 0 ? 'failed' : 'done', missing }
    return { key, title, mark: 'later', missing }
  })
}

/** What was done for an application, and by whom on the day. */
export const recordRow = (record: InstallationRecord): RecordRow => ({
  ...record,
  title: recordKindNames[record.kind],
  who: `${record.performedOn} ${record.performedBy}${record.actorName === record.performedBy ? '' : `，${record.actorName} 录入`}`,
})
