import { describe, expect, test } from 'vitest'
import type { CardDetail, PeriodRow } from '../../src-main/appraisal/api.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fillInput, formOf, isDirty, totalNow } from '../../src-renderer/appraisal/card-form.ts'
import { dueWords, showPoints, showShare } from '../../src-renderer/appraisal/card-words.ts'
import { dueWords as examWords, meritWords, showHours } from '../../src-renderer/staff/staff-words.ts'
import type { ExamDueView, MeritRow } from '../../src-main/staff/api.ts'

const item = (no: number, more: object) => ({
  no,
  label: `项目 ${no}`,
  about: '',
  weight: 50,
  numerator: null,
  denominator: null,
  score: null,
  note: '',
  ...more,
})
const card = {
  id: 'x',
  comment: '',
  items: [item(1, { figure: 'a', numerator: 19, denominator: 20, score: 4_500 }), item(2, { figure: null })],
} as unknown as CardDetail

describe('the form of a scorecard', () => {
  test('counts what is being written, leaves the figures alone, and knows what is not saved', () => {
    const form = formOf(card)
    expect([isDirty(card, form), totalNow(card, form)]).toEqual([false, 9_000])
    form.items['2'] = { score: 42.5, note: '有一处不足' }
    expect([isDirty(card, form), totalNow(card, form)]).toEqual([true, 8_750])
    expect(fillInput(card, form, 'r').items).toEqual([
      { no: 1, score: null, note: '' },
      { no: 2, score: 4_250, note: '有一处不足' },
    ])
  })
  test('shows points and shares as people read them', () => {
    expect([showPoints(null), showPoints(8_750), showShare(19, 20), showShare(0, 0)]).toEqual([
      '—',
      '87.50',
      '95.00 %',
      '无数据',
    ])
  })
})

test('a period says what is left of it, or how late it is', () => {
  const row = (due: PeriodRow['due'], daysLeft: number, state?: 'draft') =>
    dueWords({ due, daysLeft, card: state ? { state } : null } as PeriodRow).text
  expect([row('due', 11), row('overdue', -3, 'draft'), row('running', 20), row('before', -90)]).toEqual([
    '剩 11 天',
    '评分中，逾期 3 天',
    '考核期中',
    '启用前，不要求',
  ])
})

test('exams, rewards and hours are told in words', () => {
  const due = (state: ExamDueView['state']) =>
    examWords({ state, dueOn: businessDate('2027-01-22'), daysLeft: state === 'overdue' ? -3 : 5 } as ExamDueView).text
  expect((['ok', 'soon', 'overdue', 'retake'] as const).map(due)).toEqual([
    '正常',
    '2027-01-22 前考核',
    '逾期 3 天',
    '待补考',
  ])
  const merit = (state: MeritRow['state'], revokes: string | null, revoking = false) =>
    meritWords({ state, revokes, revoking } as MeritRow).text
  expect([
    merit('waiting', null),
    merit('waiting', 'x'),
    merit('holds', null),
    merit('holds', null, true),
    merit('holds', 'x'),
    merit('revoked', null),
    merit('refused', null),
  ]).toEqual(['待批准', '撤销待批准', '有效', '撤销中', '撤销已生效', '已撤销', '未批准'])
  expect([showHours(120), showHours(90), showHours(15)]).toEqual(['2 小时', '1.5 小时', '0.3 小时'])
})
