import { describe, expect, test } from 'vitest'
import { Call } from '../../src-main/followups/api.ts'
import {
  answersOf,
  countdownOf,
  emptyCall,
  leadsTo,
  missingIn,
  showDays,
} from '../../src-renderer/followups/call-words.ts'

const hour = 3_600_000
const questions = ['是否修好', '是否满意']

describe('the call page', () => {
  test('says what is missing, question by question, and which field to go to', () => {
    const form = emptyCall(questions)
    expect(missingIn(form)).toEqual({ text: '请选择回访结果', field: 'result' })
    form.result = 'satisfied'
    form.answers[0] = 'yes'
    expect(missingIn(form)).toEqual({ text: '请记录第 2 题的回答', field: 'answer-1' })
    form.answers[1] = 'no'
    expect(missingIn(form)).toBeNull()
    form.result = 'dissatisfied'
    expect(missingIn(form)).toEqual({ text: '请写明客户不满意的情况', field: 'note' })
    form.note = '还在漏水'
    expect(missingIn(form)).toBeNull()
  })
  test('asks nothing of nobody, but what happened', () => {
    const form = { ...emptyCall(questions), result: 'unreached' as const }
    expect(missingIn(form)).toEqual({ text: '请写明未接通的情况', field: 'note' })
    expect(answersOf(form, questions)).toEqual([])
  })
  test('sends what the call takes', () => {
    const form = {
      ...emptyCall(questions),
      result: 'satisfied' as const,
      answers: ['yes' as const, 'unknown' as const],
    }
    const input = { requestId: crypto.randomUUID(), of: 'workorder', id: crypto.randomUUID(), result: form.result }
    const parsed = Call.input.safeParse({ ...input, answers: answersOf(form, questions) })
    expect(parsed.data?.answers).toEqual([
      { question: '是否修好', answer: 'yes', note: '' },
      { question: '是否满意', answer: 'unknown', note: '' },
    ])
  })
  test('says beforehand what recording it leads to', () => {
    expect(leadsTo('dissatisfied', 'workorder', 0, 3, true)).toContain('重新办理')
    expect(leadsTo('dissatisfied', 'hazard', 0, 3, true)).toContain('再次停气')
    expect(leadsTo('dissatisfied', 'sample', 0, 3, true)).toContain('另开一张工单')
    expect(leadsTo('unreached', 'workorder', 0, 3, true)).toContain('第 1 次')
    expect(leadsTo('unreached', 'workorder', 2, 3, true)).toContain('按“未联系上”结束')
    expect(leadsTo('unreached', 'workorder', 2, 3, false)).toContain('不算另一次')
  })
})

test('a callback counts down in days', () => {
  expect([showDays(50 * hour), showDays(48 * hour), showDays(5 * hour)]).toEqual(['2 天 2 小时', '2 天', '5 小时'])
  expect(countdownOf({ dueBy: 0 }, 25 * hour)).toEqual({ state: 'late', text: '逾期 1 天 1 小时' })
  expect(countdownOf({ dueBy: 30 * hour }, 0).state).toBe('ok')
  expect(countdownOf({ dueBy: 23 * hour }, 0).state).toBe('todo')
})
