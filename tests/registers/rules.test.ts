import { describe, expect, test } from 'vitest'
import type { answer } from '../../src-main/registers/api.ts'
import { kindOf, registerKind, type Written } from '../../src-main/registers/api.ts'
import { problemsOf, spanOf, waitsFor } from '../../src-main/registers/rules.ts'
import { businessDate as on } from '../../src-main/platform/dates.ts'
import { clauses } from '../../src-renderer/regulation/regulation.ts'

const today = on('2026-11-23')
const written = (more: Partial<Written> = {}): Written => ({
  onDate: today,
  values: {},
  answers: [],
  findings: [],
  accountId: null,
  staffId: null,
  companionId: null,
  ...more,
})
const fieldsOf = (...args: Parameters<typeof problemsOf>) => problemsOf(...args).map(({ field }) => field)

test('every register stands for sub-items that exist, and asks something', () => {
  const known = new Set(clauses.map(({ id }) => id))
  for (const id of registerKind.values) {
    const { clauses: named, fields, checks = [] } = kindOf(id)
    for (const clause of named) expect([...known], `${id} ${clause}`).toContain(clause)
    expect(fields.length + checks.length, id).toBeGreaterThan(0)
    expect(new Set(fields.map((field) => field.id)).size, id).toBe(fields.length)
  }
})

describe('what an entry lacks is said all at once', () => {
  test.each(registerKind.values)('%s: nothing written', (id) => {
    const { fields, checks, about, two, measures } = kindOf(id)
    const found = fieldsOf(id, written(), today, 60)
    const asked = fields.filter(({ optional }) => !optional).map((field) => `values.${field.id}`)
    expect(found).toEqual([
      ...(about === undefined ? [] : [about === 'account' ? 'accountId' : 'staffId']),
      ...(two ? ['companionId'] : []),
      ...asked,
      ...(checks ? ['answers'] : []),
      ...(measures ? ['findings'] : []),
    ])
  })

  test('a bad item needs its finding, with a day within the limit', () => {
    const checks = kindOf('opening-check').checks ?? []
    const answers = checks.map((_, i) => (i === 0 ? 'bad' : 'ok') as (typeof answer.values)[number])
    expect(fieldsOf('opening-check', written({ answers }), today, 60)).toEqual(['findings'])
    const due = (dueOn: string) => [{ what: '缺工号牌', dueOn: on(dueOn) }]
    expect(fieldsOf('opening-check', written({ answers, findings: due('2026-11-22') }), today, 60)).toEqual([
      'findings.0.dueOn',
    ])
    expect(fieldsOf('opening-check', written({ answers, findings: due('2027-01-23') }), today, 60)).toEqual([
      'findings.0.dueOn',
    ])
    expect(fieldsOf('opening-check', written({ answers, findings: due('2027-01-22') }), today, 60)).toEqual([])
  })

  test('a day that has not come, a choice that is none, a date that is none, a field of another register', () => {
    const values = { business: '缴费', rating: '好极了', span: 'x' }
    expect(fieldsOf('rating', written({ onDate: on('2026-11-24'), values, staffId: 's' }), today, 60)).toEqual([
      'onDate',
      'values.rating',
      'values.span',
    ])
    const over = { signed: '2026-01-05', until: '2025-01-01', kept: '档案柜' }
    expect(fieldsOf('confidentiality', written({ values: over, staffId: 's' }), today, 60)).toEqual(['values.until'])
    const promise = { signed: '2026-02-30', until: '2027-11-23', kept: '档案柜' }
    expect(fieldsOf('confidentiality', written({ values: promise, staffId: 's' }), today, 60)).toEqual([
      'values.signed',
    ])
  })
})

test('spans are those of the calendar', () => {
  expect(spanOf('month', today)).toEqual({ from: '2026-11-01', to: '2026-11-30' })
  expect(spanOf('quarter', today)).toEqual({ from: '2026-10-01', to: '2026-12-31' })
  expect(spanOf('half-year', on('2026-06-30'))).toEqual({ from: '2026-01-01', to: '2026-06-30' })
  expect(spanOf('year', on('2024-02-29'))).toEqual({ from: '2024-01-01', to: '2024-12-31' })
})

test('a register that has begun waits for this span, and is late for the one before; a closed day is nobody’s omission', () => {
  const waits = (first: string | null, last: string | null, every: 'day' | 'month' = 'month') =>
    waitsFor(every, { first: first && on(first), last: last && on(last) } as never, today)
  expect(waits(null, null)).toBeNull()
  expect(waits('2026-11-02', '2026-11-02')).toBeNull()
  expect(waits('2026-10-31', '2026-10-31')).toBe('due')
  expect(waits('2026-08-31', '2026-09-30')).toBe('late')
  expect(waits('2026-11-01', '2026-11-19', 'day')).toBe('due')
  expect(waitsFor(undefined, { first: on('2020-01-01'), last: on('2020-01-01') }, today)).toBeNull()
})
