/** How callbacks are shown, and what the call page holds. Instants are epoch ms. */
import {
  callResultNames,
  type Answered,
  type AnswerWord,
  type CallResult,
  type DueRow,
  type ToldResult,
} from '../../src-main/followups/api.ts'
import { showSpan } from '../shell/show.ts'

export interface Shown {
  readonly state: 'ok' | 'todo' | 'late' | 'plain'
  readonly text: string
}

export const resultTag: Readonly<Record<CallResult, Shown['state']>> = {
  satisfied: 'ok',
  dissatisfied: 'late',
  unreached: 'todo',
  unreachable: 'plain',
}

/** The last day calls for attention (ms). */
const soonMs = 86_400_000
const dayMs = 86_400_000

/** '2 天 3 小时': a callback has days, not minutes. */
export function showDays(ms: number): string {
  const days = Math.floor(ms / dayMs)
  if (days === 0) return showSpan(ms)
  const hours = Math.floor((ms - days * dayMs) / 3_600_000)
  return hours === 0 ? `${days} 天` : `${days} 天 ${hours} 小时`
}

export function countdownOf({ dueBy }: Pick<DueRow, 'dueBy'>, now: number): Shown {
  const left = dueBy - now
  if (left < 0) return { state: 'late', text: `逾期 ${showDays(-left)}` }
  return { state: left < soonMs ? 'todo' : 'ok', text: `剩 ${showDays(left)}` }
}

/** What a callback clerk most often writes when nobody answers. */
export const unreachedReasons = ['无人接听', '关机', '占线', '拒接', '空号或停机'] as const

export interface CallForm {
  /** The script the answers belong to. */
  questions: string[]
  result: ToldResult | ''
  /** By question, in the order of the script. */
  answers: (AnswerWord | '')[]
  notes: string[]
  note: string
}

export const emptyCall = (questions: readonly string[]): CallForm => ({
  questions: [...questions],
  result: '',
  answers: questions.map(() => ''),
  notes: questions.map(() => ''),
  note: '',
})

/** The answers as the call takes them; one that is missing is sent as it is, so that the schema says so. */
export const answersOf = ({ result, answers, notes }: CallForm, questions: readonly string[]): Answered[] =>
  result === 'unreached'
    ? []
    : questions.map((question, i) => ({ question, answer: answers[i] as AnswerWord, note: notes[i] ?? '' }))

/** What is still missing before the call can be recorded; null when nothing is. */
export function missingIn({ result, answers, note }: CallForm): { text: string; field: string } | null {
  if (result === '') return { text: '请选择回访结果', field: 'result' }
  const open = result === 'unreached' ? -1 : answers.indexOf('')
  if (open >= 0) return { text: `请记录第 ${open + 1} 题的回答`, field: `answer-${open}` }
  if (result !== 'satisfied' && note.trim() === '') {
    return { text: result === 'unreached' ? '请写明未接通的情况' : '请写明客户不满意的情况', field: 'note' }
  }
  return null
}

/** What recording it leads to, said before it is done. */
export function leadsTo(
  result: ToldResult | '',
  of: DueRow['of'],
  tries: number,
  needed: number,
  counts: boolean,
): string {
  if (result === 'satisfied') return of === 'sample' ? '这一件回访完成。' : '这一件可以关闭了。'
  if (result === 'dissatisfied') {
    if (of === 'sample') return '不满意的另开一张工单处理。'
    return of === 'hazard'
      ? '没有整改好的重新整改，较大及以上隐患立即再次停气。'
      : '不满意的重新办理，时限从现在起重新计算。'
  }
  if (result !== 'unreached') return ''
  if (!counts) return '离上次太近，这次只记录，不算另一次。'
  return tries + 1 >= needed
    ? `这是第 ${needed} 次，记录后按“${callResultNames.unreachable}”结束。`
    : `这是第 ${tries + 1} 次；${needed} 次不同时间都未接通的，按“${callResultNames.unreachable}”结束。`
}

/** Rooms whose changes change what waits for a callback, or what was finished. */
export const callbackRooms: readonly string[] = [
  'followups',
  'workorders',
  'complaints',
  'inspections',
  'supply',
  'installations',
]
