import { afterEach, describe, expect, test, vi } from 'vitest'
import { PlanInterruption, ResumeBuilding } from '../../src-main/supply/api.ts'
import { fileActions } from '../../src-renderer/customers/file-actions.ts'
import { afterNight, emptyPlan, planInput } from '../../src-renderer/supply/plan-form.ts'
import { linesOf, problemOf, visitsOf } from '../../src-renderer/supply/sheet.ts'
import { deadlineOf, proposedTime, readTime, showTime } from '../../src-renderer/supply/times.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`

describe('a time that is typed', () => {
  test.each([
    ['2026-11-26 08:00', '2026-11-26T08:00'],
    [' 2026-11-26  8:05 ', '2026-11-26T08:05'],
    ['２０２６-11-26 08：30', '2026-11-26T08:30'],
  ])('%s is %s in Shanghai', (typed, meant) => {
    expect(readTime(typed)).toBe(at(meant))
    expect(readTime(showTime(at(meant)))).toBe(at(meant))
  })
  test.each(['', '2026-11-26', '2026-11-31 08:00', '2026-11-26 24:00', '2026-11-26 08:60', 'tomorrow 8:00'])(
    '%s is none',
    (typed) => expect(readTime(typed)).toBeNull(),
  )
})

describe('a time that a dialog proposes', () => {
  afterEach(() => vi.useRealTimers())
  test('is the moment itself, though its minute is over when it is sent; what is typed is the minute', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(at('2026-11-23T09:30:50'))
    const time = proposedTime()
    const shown = time.propose()
    expect(shown).toBe('2026-11-23 09:30')
    vi.setSystemTime(at('2026-11-23T09:30:55'))
    expect(time.read(shown)).toBe(at('2026-11-23T09:30:55'))
    vi.setSystemTime(at('2026-11-23T09:31:05'))
    expect(time.read(shown)).toBe(at('2026-11-23T09:30:50'))
    expect(time.read('2026-11-23 09:31')).toBe(at('2026-11-23T09:31:05'))
    expect(time.read('2026-11-23 09:29')).toBe(at('2026-11-23T09:29'))
    expect(time.read('gestern')).toBeNull()
  })
})

test('a deadline says what is left, calls for attention in its last hours, and then how long it is over', () => {
  const due = at('2026-11-24T09:00')
  expect(deadlineOf(due, at('2026-11-23T09:00'))).toEqual({ state: 'ok', text: '剩 24 小时' })
  expect(deadlineOf(due, at('2026-11-24T06:30'))).toEqual({ state: 'todo', text: '剩 2 小时 30 分' })
  expect(deadlineOf(due, at('2026-11-24T10:00'))).toEqual({ state: 'late', text: '逾期 1 小时' })
})

test('a new plan proposes times that keep the notice; what cannot be read is said at its field', () => {
  const now = at('2026-11-23T09:20')
  const draft = { ...emptyPlan(now, 48), reason: '调压箱检修', community: '阳光花园' }
  const input = planInput(draft, id(1))
  expect(PlanInterruption.input.safeParse(input).success).toBe(true)
  expect(input.fromAt - now).toBeGreaterThan(48 * 3_600_000)
  const wrong = PlanInterruption.input.safeParse(planInput({ ...draft, from: '明天', reason: '' }, id(1)))
  const issues = Object.fromEntries((wrong.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]))
  expect(issues).toMatchObject({ reason: '请填写停气原因', fromAt: '请填写停气时间' })
})

test('a new plan never proposes to give gas back at night, whatever the hour it is made at', () => {
  for (let hour = 0; hour < 48; hour++) {
    const now = at('2026-11-23T00:20') + hour * 3_600_000
    const { from, to, resumeBy } = emptyPlan(now, 48)
    expect(Date.parse(`${from}+08:00`) - now).toBeGreaterThan(48 * 3_600_000)
    for (const time of [from, to, resumeBy]) {
      const clock = time.slice(-5)
      expect(clock >= '06:00' && clock <= '22:00', `${time} for a plan made at ${hour}:20`).toBe(true)
    }
    // An emergency begins now, in the night too.
    expect(Date.parse(`${emptyPlan(now, -4).from}+08:00`) - now).toBeLessThan(3_600_000)
  }
})

describe('the entry sheet of a building', () => {
  const demand = { pressurePa: 5_000, minutes: 15, dropPa: 0 }
  const household = (n: number, resident = true) => ({
    ...{ servicePointId: id(n), accountId: id(n + 50), accountNo: '1', customerName: '王', phoneMasked: '', resident },
    ...{ specialCare: false, address: '', cause: 'planned' as const, since: 0, dueAt: 0, tries: 0, lastOutcome: null },
    ...{ lastNote: '', lastAt: null, unit: '1', room: String(n) },
  })
  const sheet = {
    ...{ interruptionId: id(90), interruptionNo: 'TQ', place: '', testers: [], certificate: '维修证' },
    rows: [household(1), household(2), household(3), household(4, false)],
    checklist: {
      resident: [
        { item: 'valves', text: '阀门' },
        { item: 'leak', text: '检漏' },
      ],
      other: [{ item: 'valves', text: '阀门' }],
    },
    demand: { resident: demand, other: { ...demand, minutes: 30 } },
  }

  test('sends those somebody was at, each with what was read', () => {
    const [first, second, third, fourth] = linesOf(sheet)
    if (!first || !second || !third || !fourth) throw new Error('four households')
    expect([first.pressure, first.minutes, fourth.minutes]).toEqual(['5', '15', '30'])
    Object.assign(first, { outcome: 'resumed', pressure: '5.25' })
    Object.assign(second, { outcome: 'nobody-home', note: '留联系条' })
    Object.assign(third, { outcome: 'failed', drop: '40' })
    expect(problemOf(third)).toBe('请写明不合格的情况')
    third.note = '接头漏'
    expect([first, second, third, fourth].map(problemOf)).toEqual(['', '', '', ''])
    const rows = visitsOf([first, second, third, fourth], sheet)
    expect(rows).toEqual([
      {
        ...{ servicePointId: id(1), outcome: 'resumed', note: '' },
        tightness: { pressurePa: 5_250, minutes: 15, dropPa: 0 },
        checks: sheet.checklist.resident.map(({ item }) => ({ item, ok: true, note: '' })),
      },
      { servicePointId: id(2), outcome: 'nobody-home', note: '留联系条' },
      {
        ...{ servicePointId: id(3), outcome: 'failed', note: '接头漏', checks: null },
        tightness: { pressurePa: 5_000, minutes: 15, dropPa: 40 },
      },
    ])
    const input = { requestId: id(99), testerId: id(98), rows }
    expect(ResumeBuilding.input.safeParse(input).success).toBe(true)
  })

  test('a good line without a pressure is not sent', () => {
    const [first] = linesOf(sheet)
    if (!first) throw new Error('a household')
    expect(problemOf({ ...first, outcome: 'resumed', pressure: '五' })).toBe('请填写压力、时间和压降')
  })
})

test('the file of a customer without gas has the way back on a key, and says on the button what blocks it', () => {
  const account = { accountId: id(1), state: 'active', gasState: 'suspended', meterNo: 'M1' }
  const file = { customer: { customerId: id(2) }, account } as unknown as Parameters<typeof fileActions>[0]
  const routes = [{ path: '/supply/resume/:accountId', roles: ['clerk'] as const }]
  const resume = (offFor: string[], state = 'suspended') =>
    fileActions({ ...file, account: { ...account, gasState: state } } as never, ['clerk'], routes, offFor).find(
      ({ name }) => name === 'resume',
    )
  expect(resume([])).toMatchObject({ key: 'Shift+F4', obstacle: null, path: `/supply/resume/${id(1)}` })
  expect(resume(['逾期欠费 12.00 元未缴清', '22:00 至次日 06:00 不给居民恢复供气'])?.obstacle).toBe(
    '逾期欠费 12.00 元未缴清；22:00 至次日 06:00 不给居民恢复供气',
  )
  expect(resume([], 'supplied')).toBeUndefined()
})

test('what a delay proposes lies behind the night of residents', () => {
  const quiet = { from: '22:00', to: '06:00' }
  expect(afterNight(at('2026-11-24T00:00'), quiet)).toBe(at('2026-11-24T06:00'))
  expect(afterNight(at('2026-11-23T22:00'), quiet)).toBe(at('2026-11-24T06:00'))
  expect(afterNight(at('2026-11-23T21:00'), quiet)).toBe(at('2026-11-23T21:00'))
  // Where nobody lives, or the hall has no such hours.
  expect(afterNight(at('2026-11-24T00:00'), null)).toBe(at('2026-11-24T00:00'))
  expect(afterNight(at('2026-11-24T00:00'), { from: '00:00', to: '00:00' })).toBe(at('2026-11-24T00:00'))
})
