/** One row of the entry sheet: what was pressed, what is missing, and the call it becomes. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import type {
  Answer,
  Grade,
  Mender,
  MostDays,
  Record as RecordResult,
  SheetRow,
} from '../../src-main/inspections/api.ts'
import {
  answers,
  deadlineProblem,
  inspectionItems,
  isWatched,
  latestDeadline,
  measuresMissing,
  stayMissing,
  outcomeNames,
  signatureProblem,
} from '../../src-main/inspections/api.ts'
import { addDays, businessDate, earlier, type BusinessDate } from '../../src-main/platform/dates.ts'
import { readTimeOfDay } from '../components/typed-date.ts'

/** What the clerk says of a row: somebody looked, and there is a sheet; or not. */
export const choices = ['look', 'absent', 'refused'] as const
export type Choice = (typeof choices)[number]
export const choiceNames: Readonly<Record<Choice, string>> = {
  look: '入户检查',
  absent: outcomeNames.absent,
  refused: outcomeNames.refused,
}
/** The key of each, as it is printed above the rows. */
export const choiceKeys: Readonly<Record<Choice, string>> = { look: '1', absent: '2', refused: '3' }

export interface Line {
  readonly row: SheetRow
  /** One id for one result: a try again after a lost answer is the same result. */
  requestId: string
  choice: Choice | null
  note: string
  /** The paper sheet as far as it is copied; kept when its dialog is left. */
  sheet: Sheet
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
    choice: null,
    note: '',
    sheet: emptySheet(),
    done: open ? null : row.done,
    again: null,
    busy: false,
  }
}

type Key = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey'>
/** The digit of a key, on the row or the number pad; '' for any other. */
const digitOf = ({ code, ctrlKey, altKey, metaKey }: Key): string =>
  ctrlKey || altKey || metaKey ? '' : (/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? '')

/** What a key pressed on a row means; null when it is none of the three. */
export const choiceOf = (key: Key): Choice | null => choices.find((one) => choiceKeys[one] === digitOf(key)) ?? null

/** The key of each answer to an item: one item, one key; there is none that answers all. */
export const answerKeys: Readonly<Record<Answer, string>> = { good: '1', bad: '2', none: '3' }
export const answerOf = (key: Key): Answer | null => answers.find((one) => answerKeys[one] === digitOf(key)) ?? null

/** Days a deadline is proposed at, the most a hazard of each grade may wait, and what the company asks beyond the regulation. */
export interface Deadlines {
  readonly mendDays: number
  readonly mostDays: MostDays
  readonly ownItems?: string
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
  /** 当场整改好. */
  onTheSpot: boolean
  /** When support was called, as it is typed: 0950. */
  called: string
  /** Full path of a photo, or ''. */
  photo: string
}

export const otherItem = 'other'
export interface CheckLine {
  readonly item: string
  readonly text: string
  readonly grade: Grade
  readonly always?: true
}
/** The checklist of the row, with a line for what no item names. */
export const checkLines = (resident: boolean, own = ''): CheckLine[] => [
  ...inspectionItems(resident, own),
  { item: otherItem, text: '其他隐患（没有就不填）', grade: 'general' },
]

/** The paper sheet of one visit as it is copied. */
export interface Sheet {
  /** Time of arrival as it is typed: 0935; also where nobody was let in. */
  arrived: string
  /** By item; an item without one is not answered yet. */
  answers: Record<string, Answer>
  /** Of 无此项: what there is instead. */
  notes: Record<string, string>
  findings: Finding[]
  signatory: string
  refusesToSign: boolean
  reason: string
  witness: string
  /** Full path of a photo of the refusal, or ''. */
  photo: string
  /** Full path of the proof of a visit that was drawn, or ''. */
  proof: string
}
export const emptySheet = (): Sheet => ({
  arrived: '',
  answers: {},
  notes: {},
  findings: [],
  signatory: '',
  refusesToSign: false,
  reason: '',
  witness: '',
  photo: '',
  proof: '',
})

/** The answers as the call takes them, in the order of the list; what is not answered is missing. */
export const checksOf = ({ answers: given, notes }: Sheet, resident: boolean, own = '') =>
  inspectionItems(resident, own).flatMap(({ item }) => {
    const answer = given[item]
    return answer === undefined ? [] : [{ item, answer, note: answer === 'none' ? (notes[item] ?? '').trim() : '' }]
  })

/** The next item without an answer after one, else the first; null when all have theirs. */
export function nextUnanswered({ answers: given }: Sheet, resident: boolean, after = -1, own = ''): number | null {
  const open = inspectionItems(resident, own).flatMap(({ item }, i) => (given[item] === undefined ? [i] : []))
  return open.find((i) => i > after) ?? open[0] ?? null
}

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
  onTheSpot: false,
  called: '',
  photo: '',
})

/** What is missing in a finding, in words; null when it can be sent. */
export function findingProblem(finding: Finding, visitedOn: string, { mostDays }: Deadlines): string | null {
  const { text, deadline, grade, measures, onTheSpot, called } = finding
  if (text.trim() === '') return '请写明隐患情况'
  if (deadline === '') return '请填写整改期限'
  if (deadline < visitedOn) return '整改期限不能早于安检日期'
  if (isWatched(finding) && measures.trim() === '') return measuresMissing
  if (isWatched(finding) && !onTheSpot && readTimeOfDay(called) === null) return stayMissing
  return deadlineProblem(businessDate(visitedOn), businessDate(deadline), grade, mostDays)
}

/** Why a typed time of arrival is none; null when it is one. */
export const arrivalProblem = (typed: string): string | null =>
  readTimeOfDay(typed) === null ? '请填写到达时间，如 0935' : null

/** What is missing in the sheet beside its findings: the field it is in, and in words; null when it can be sent. */
export function sheetProblem(
  { row, sheet }: Pick<Line, 'row' | 'sheet'>,
  inspectorName: string,
  own = '',
): { field: string; message: string } | null {
  const { arrived, signatory, refusesToSign, reason, witness, photo, proof, notes, answers: given } = sheet
  const lines = inspectionItems(row.resident, own)
  const wrongTime = arrivalProblem(arrived)
  if (wrongTime !== null) return { field: 'arrived', message: wrongTime }
  const open = nextUnanswered(sheet, row.resident, -1, own)
  if (open !== null) {
    const count = lines.filter(({ item }) => given[item] === undefined).length
    return { field: `mark-${open}`, message: `还有 ${count} 项没有作答` }
  }
  const wordless = lines.find(({ item }) => given[item] === 'none' && (notes[item] ?? '').trim() === '')
  if (wordless) return { field: `note-${wordless.item}`, message: '答了无此项的，请写明是什么情况' }
  if (refusesToSign) {
    if (reason.trim() === '') return { field: 'reason', message: '请填写拒签原因' }
    if (witness.trim() === '' && photo === '') return { field: 'witness', message: '请填写见证人，或选现场照片' }
  }
  const message = signatureProblem({
    outcome: 'passed',
    signatory: refusesToSign ? '' : signatory.trim(),
    unsigned: refusesToSign ? { witness: witness.trim() } : null,
    inspectorName,
    holderName: row.customerName,
  })
  if (message !== null) return { field: refusesToSign ? 'witness' : 'signatory', message }
  return row.proof && proof === ''
    ? { field: 'proof', message: '抽中凭证，请选现场照片或检查表（拒签的照样附上）' }
    : null
}

/** In the order of the list, whatever the order in which they were written. */
export const findingsInOrder = ({ findings }: Sheet, resident: boolean, own = ''): Finding[] =>
  checkLines(resident, own).flatMap(({ item }) => findings.filter((one) => one.item === item))

export function resultOf(
  { row, requestId, note, sheet }: Pick<Line, 'row' | 'requestId' | 'note' | 'sheet'>,
  {
    choice,
    visitedOn,
    inspectorId,
    own = '',
  }: { choice: Choice; visitedOn: string; inspectorId: string; own?: string },
  lowered: Lowered | null = null,
): InputOf<typeof RecordResult> {
  const arrivedAt = readTimeOfDay(sheet.arrived) ?? ''
  const given = { requestId, taskId: row.taskId, visitedOn, arrivedAt, inspectorId, note }
  if (choice !== 'look') return { ...given, outcome: choice }
  const { refusesToSign, reason, witness, photo, proof } = sheet
  const findings = findingsInOrder(sheet, row.resident, own)
  return {
    ...given,
    outcome: findings.length > 0 ? 'hazard' : 'passed',
    signatory: refusesToSign ? '' : sheet.signatory.trim(),
    unsigned: refusesToSign ? { reason, witness, photo: photo === '' ? null : photo } : null,
    checks: checksOf(sheet, row.resident, own),
    proof: proof === '' ? null : proof,
    failed: findings.map(({ photo: _, called, onTheSpot, ...one }) => {
      const watched = isWatched(one)
      const supportCalledAt = watched && !onTheSpot ? (readTimeOfDay(called) ?? '') : ''
      return { ...one, onTheSpot: watched && onTheSpot, supportCalledAt }
    }),
    lowered,
  }
}
