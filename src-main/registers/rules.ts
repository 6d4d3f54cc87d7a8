/** 台账: whether an entry says what its kind asks, and which span is waiting for one. Pure. */
import {
  addDays,
  addMonths,
  businessDate,
  dateRefusal,
  endOfMonth,
  isBusinessDate,
  type BusinessDate,
} from '../platform/dates.ts'
import { kindOf, type AnswerWord, type Every, type Field, type RegisterKindId } from './kinds.ts'

export interface Problem {
  readonly field: string
  readonly message: string
}

/** What a form holds, before it is an entry. */
export interface Written {
  readonly onDate: BusinessDate
  readonly values: Readonly<Record<string, string>>
  readonly answers: readonly AnswerWord[]
  readonly findings: readonly { readonly what: string; readonly dueOn: BusinessDate }[]
  readonly accountId: string | null
  readonly staffId: string | null
  readonly companionId: string | null
}

/** A field that holds a date. */
export const isDay = ({ type }: Field): boolean => type === 'date' || type === 'ends' || type === 'due'
/** A date in an entry that the hall is told of. */
export const hasEnd = ({ type }: Field): boolean => type === 'ends' || type === 'due'

/** Characters of a field. */
export const maxValue = 500
const maxShort = 100
export const maxOf = ({ type = 'text' }: Field): number => (type === 'long' ? maxValue : maxShort)

function valueProblem(field: Field, value: string): string | null {
  const { label, type = 'text', options = [], optional } = field
  if (value === '') return optional ? null : `请填写${label}`
  if (value.length > maxOf(field)) return `${label}不能超过 ${maxOf(field)} 个字`
  if (type === 'choice' && !options.includes(value)) return `请选择${label}`
  if (isDay(field) && !isBusinessDate(value)) return `${label}：${dateRefusal(value)}`
  return null
}

/** Everything an entry lacks, in the order of the form. @param longestMendDays most days a finding may wait */
export function problemsOf(
  kind: RegisterKindId,
  written: Written,
  today: BusinessDate,
  longestMendDays: number,
): Problem[] {
  const { fields, checks = [], about, two, measures } = kindOf(kind)
  const { onDate, values, answers, findings, accountId, staffId, companionId } = written
  const problems: Problem[] = []
  const say = (field: string, message: string) => void problems.push({ field, message })
  if (onDate > today) say('onDate', '日期不能晚于今天')
  if (about === 'account' && accountId === null) say('accountId', '请选择客户')
  if (about !== 'account' && accountId !== null) say('accountId', '这种台账不记客户')
  if (about === 'staff' && staffId === null) say('staffId', '请选择员工')
  if (about !== 'staff' && staffId !== null) say('staffId', '这种台账不记员工')
  if (two && companionId === null) say('companionId', '须两人同行，请选择同行人')
  if (!two && companionId !== null) say('companionId', '这种台账不记同行人')
  for (const field of fields) {
    const message = valueProblem(field, values[field.id] ?? '')
    if (message !== null) say(`values.${field.id}`, message)
  }
  for (const { id, label, type } of fields) {
    const begun = fields.find((field) => field.type === 'date' && (values[field.id] ?? '') > (values[id] ?? ''))
    if (type === 'ends' && begun && isBusinessDate(values[id] ?? ''))
      say(`values.${id}`, `${label}不能早于${begun.label}`)
  }
  for (const id of Object.keys(values)) {
    if (!fields.some((field) => field.id === id)) say(`values.${id}`, '这种台账没有这一项，请刷新后再填')
  }
  if (answers.length !== checks.length) say('answers', '请逐项回答')
  if (findings.length === 0) {
    const wrong = fields.find(({ id, bad }) => bad?.includes(values[id] ?? ''))
    if (measures) say('findings', '请写明措施、责任人和期限')
    else if (answers.includes('bad')) say('findings', '有不正常的项目，请写明问题和整改期限')
    else if (wrong) say('findings', `${wrong.label}“${values[wrong.id]}”，请写明要办的事、责任人和期限`)
  }
  for (const [i, { dueOn }] of findings.entries()) {
    if (dueOn < onDate) say(`findings.${i}.dueOn`, '整改期限不能早于发现日期')
    else if (dueOn > addDays(onDate, longestMendDays))
      say(`findings.${i}.dueOn`, `整改期限不能超过 ${longestMendDays} 天`)
  }
  return problems
}

const monthsOf: Readonly<Record<Exclude<Every, 'day'>, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

/** The span a date lies in: the day itself, or the whole months of its calendar span. */
export function spanOf(every: Every, date: BusinessDate): { readonly from: BusinessDate; readonly to: BusinessDate } {
  if (every === 'day') return { from: date, to: date }
  const months = monthsOf[every]
  const month = Number(date.slice(5, 7)) - 1
  const from = addMonths(businessDate(`${date.slice(0, 4)}-01-01`), month - (month % months))
  return { from, to: endOfMonth(addMonths(from, months - 1)) }
}

/**
 * Whether a register waits for an entry: `due` in this span, `late` where the span before had none though the register
 * had begun by then. Days on which the hall is closed are nobody's omission: a daily one is never late.
 * @param last date of the newest entry, @param first of the oldest, that are not void
 */
export function waitsFor(
  every: Every | undefined,
  { first, last }: { readonly first: BusinessDate | null; readonly last: BusinessDate | null },
  today: BusinessDate,
): 'due' | 'late' | null {
  if (every === undefined || first === null || last === null) return null
  const now = spanOf(every, today)
  if (last >= now.from) return null
  if (every === 'day') return 'due'
  const before = spanOf(every, addDays(now.from, -1))
  return last < before.from && first < before.from ? 'late' : 'due'
}

/** What an entry still lacks, by the labels of its form. @param pictures how many it has */
export function lacksOf(
  kind: RegisterKindId,
  fields: readonly { readonly label: string; readonly value: string }[],
  pictures: number,
): string[] {
  const declared = kindOf(kind)
  const labels = declared.fields.flatMap(({ label, wanted }) => (wanted ? [label] : []))
  const empty = fields.filter(({ label, value }) => value === '' && labels.includes(label)).map(({ label }) => label)
  return declared.pictured && pictures === 0 ? [...empty, '照片、图纸'] : empty
}

/** As `platform/figures.ts` has it. */
interface Share {
  readonly numerator: number
  readonly denominator: number
}
/** Of fewer cases a share says nothing. */
const leastCases = 10
/** Whether a share fell by more than so many percentage points from one span to the next. */
export const fell = (before: Share, now: Share, points: number): boolean =>
  before.denominator >= leastCases &&
  now.denominator >= leastCases &&
  (before.numerator / before.denominator - now.numerator / now.denominator) * 100 > points
