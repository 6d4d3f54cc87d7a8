/** How inspections and hazards are shown. */
import type {
  Grade,
  HazardRow,
  HazardState,
  HazardStep,
  Outcome,
  PeriodProgress,
  RoundRow,
  TaskRow,
  TaskState,
} from '../../src-main/inspections/api.ts'
import { hazardProcess, requestCauseNames } from '../../src-main/inspections/api.ts'
import { byWhom, verdict, type StepRow } from '../components/process-steps.ts'
import { showDone } from '../shell/show.ts'

type Tag = 'ok' | 'todo' | 'late' | 'plain'

export const taskTags: Readonly<Record<TaskState, Tag>> = {
  planned: 'todo',
  passed: 'ok',
  hazard: 'late',
  refused: 'late',
  dropped: 'plain',
}
export const outcomeTags: Readonly<Record<Outcome, Tag>> = {
  passed: 'ok',
  hazard: 'late',
  absent: 'todo',
  refused: 'late',
}
export const gradeTags: Readonly<Record<Grade, Tag>> = { general: 'todo', serious: 'late', critical: 'late' }
export const hazardTags: Readonly<Record<HazardState, Tag>> = {
  open: 'late',
  mended: 'todo',
  passed: 'todo',
  'called-back': 'todo',
  closed: 'ok',
  withdrawn: 'plain',
}

export const classNames = (resident: boolean): string => (resident ? '居民' : '非居民')

/** '阳光花园 3 栋'; a street of shops has no buildings. */
export const placeOf = ({ community, building }: Pick<RoundRow, 'community' | 'building'>): string =>
  building === '' ? community : `${community} ${building} 栋`

/** '临时：客户要求，灶具新换'; '' for what only the plan asks for. */
export const causeOf = ({ cause, causeNote }: Pick<TaskRow, 'cause' | 'causeNote'>): string =>
  cause === null ? '' : [`临时：${requestCauseNames[cause]}`, causeNote].filter((text) => text !== '').join('，')

/** The days left until something is due, in words. A day that is today is still in time. */
export function daysLeft(days: number): { readonly state: Tag; readonly text: string } {
  if (days < 0) return { state: 'late', text: `逾期 ${-days} 天` }
  if (days === 0) return { state: 'todo', text: '今天到期' }
  return { state: days <= 7 ? 'todo' : 'ok', text: `剩 ${days} 天` }
}

/** '7—12 月', '10—12 月', '3 月': a period within its year. */
export function periodName({ from, to }: Pick<PeriodProgress, 'from' | 'to'>): string {
  const month = (date: string) => Number(date.slice(5, 7))
  const whole = from.endsWith('-01') && new Date(`${to}T00:00:00Z`).getUTCDate() >= 28
  if (!whole) return `${from.slice(5)} 至 ${to.slice(5)}`
  return month(from) === month(to) ? `${month(from)} 月` : `${month(from)}—${month(to)} 月`
}

/** Share in whole percent, rounded down so that 100 % means all. */
export const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.floor((part / whole) * 100))

/** Whether a hazard is not mended yet: its deadline runs. */
export const isUnmended = ({ state }: Pick<HazardRow, 'state'>): boolean => state === 'open' || state === 'mended'

/** A step of a hazard with time and person; its picture stays named. */
export const hazardStepRow = (step: HazardStep): StepRow & Pick<HazardStep, 'attachmentId'> => ({
  ...step,
  title: hazardProcess.steps.names[step.kind],
  verdict: step.kind === 'reinspect' ? verdict(step.passed, '合格', '不合格') : verdict(step.passed, '', '重新整改'),
  who: byWhom(step.workerName, step.actorName),
  // The step stands at the time it was written; what was done before that says when.
  note:
    step.doneOn === null || showDone(step.doneOn, step.at) === step.doneOn
      ? step.note
      : [showDone(step.doneOn, step.at), step.note].filter((text) => text !== '').join('；'),
})
