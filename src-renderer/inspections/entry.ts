/** One row of the entry sheet: what was pressed, what is missing, and the call it becomes. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import type {
  Grade,
  Mender,
  MostDays,
  Outcome,
  Record as RecordResult,
  SheetRow,
} from '../../src-main/inspections/api.ts'
import {
  deadlineProblem,
  inspectionItems,
  isWatched,
  latestDeadline,
  measuresMissing,
} from '../../src-main/inspections/api.ts'
import { addDays, businessDate, earlier, type BusinessDate } from '../../src-main/platform/dates.ts'

export interface Line {
  readonly row: SheetRow
  /** One id for one result: a try again after a lost answer is the same result. */
  requestId: string
  outcome: Outcome | null
  signatory: string
  note: string
  /** What was entered for this list; a new visit on it may follow. */
  done: SheetRow['done']
  /** When somebody goes again, after an absence just entered. */
  again: string | null
  busy: boolean
}

/** Whether a result may be entered: it still stands on this list, and is not done. */
export const isOpen = ({ row, done }: Pick<Line, 'row' | 'done'>): boolean =>
  row.listed && (row.state === 'planned' || row.state === 'refused') && done === null

export function lineOf(row: SheetRow, requestId: string): Line {
  // An earlier absence or refusal on this same list leaves the row open for the next visit.
  const open = row.listed && (row.state === 'planned' || row.state === 'refused')
  return {
    row,
    requestId,
    outcome: null,
    signatory: row.customerName,
    note: '',
    done: open ? null : row.done,
    again: null,
    busy: false,
  }
}

const keys: Readonly<Record<string, Outcome>> = { 1: 'passed', 2: 'hazard', 3: 'absent', 4: 'refused' }
/** The key of each outcome, as it is printed above the rows. */
export const outcomeKeys: Readonly<Record<Outcome, string>> = { passed: '1', hazard: '2', absent: '3', refused: '4' }

/** What a key pressed on a row means; null when it is none of the four. The number pad counts too. */
export function outcomeOf({
  code,
  ctrlKey,
  altKey,
  metaKey,
}: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey'>) {
  if (ctrlKey || altKey || metaKey) return null
  const [, digit = ''] = /^(?:Digit|Numpad)(\d)$/.exec(code) ?? []
  return keys[digit] ?? null
}

/** Days a deadline is proposed at, and the most a hazard of each grade may wait. */
export interface Deadlines {
  readonly mendDays: number
  readonly mostDays: MostDays
}

/** The manager's approval of a grade below the least of its item. */
export type Lowered = NonNullable<InputOf<typeof RecordResult>['lowered']>

/** A failing item as it is being written down. */
export interface Finding {
  readonly item: string
  grade: Grade
  text: string
  mender: Mender
  deadline: string
  measures: string
  /** Full path of a photo, or ''. */
  photo: string
}

export const otherItem = 'other'
export interface CheckLine {
  readonly item: string
  readonly text: string
  readonly grade: Grade
}
/** The checklist of the row, with a line for what no item names. */
export const checkLines = (resident: boolean): CheckLine[] => [
  ...inspectionItems(resident),
  { item: otherItem, text: '其他隐患', grade: 'general' },
]

/** Its deadline is what is proposed, as far as the grade may wait. */
export const newFinding = (
  { item, grade }: CheckLine,
  visitedOn: BusinessDate,
  { mendDays, mostDays }: Deadlines,
): Finding => ({
  item,
  grade,
  text: '',
  mender: 'customer',
  deadline: earlier(addDays(visitedOn, mendDays), latestDeadline(visitedOn, grade, mostDays)),
  measures: '',
  photo: '',
})

/** What is missing in a finding, in words; null when it can be sent. */
export function findingProblem(finding: Finding, visitedOn: string, { mostDays }: Deadlines): string | null {
  const { text, deadline, grade, measures } = finding
  if (text.trim() === '') return '请写明隐患情况'
  if (deadline === '') return '请填写整改期限'
  if (deadline < visitedOn) return '整改期限不能早于安检日期'
  if (isWatched(finding) && measures.trim() === '') return measuresMissing
  return deadlineProblem(businessDate(visitedOn), businessDate(deadline), grade, mostDays)
}

export function resultOf(
  line: Pick<Line, 'row' | 'requestId' | 'signatory' | 'note'>,
  { outcome, visitedOn, inspectorId }: { outcome: Outcome; visitedOn: string; inspectorId: string },
  findings: readonly Finding[] = [],
  lowered: Lowered | null = null,
): InputOf<typeof RecordResult> {
  return {
    requestId: line.requestId,
    taskId: line.row.taskId,
    visitedOn,
    inspectorId,
    outcome,
    signatory: outcome === 'passed' || outcome === 'hazard' ? line.signatory : '',
    note: line.note,
    failed: findings.map(({ photo: _, ...one }) => one),
    lowered,
  }
}
