import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { roles } from '../../src-main/platform/roles.ts'
import { api } from '../../src-renderer/api.ts'
import { gatherMs, inBursts } from '../../src-renderer/composables/bursts.ts'
import { askToday, inOrder, pile, type Todo } from '../../src-renderer/home/room-today.ts'
import { sources } from '../../src-renderer/home/sources.ts'
import { leftOf } from '../../src-renderer/home/words.ts'

const now = Date.parse('2026-11-23T01:00:00Z')
const hour = 3_600_000
const todo = (title: string, more: Partial<Todo> = {}): Todo => ({ title, note: '', dueAt: null, to: '/', ...more })

const noShift = {
  shift: null,
  mine: false,
  drawer: 0,
  floatStandard: 0,
  handedTo: null,
  dayClosed: false,
  successors: [],
}

describe('what to do now', () => {
  test('is danger first, then late things, then by the time that is left, then what has no time', () => {
    const given = [
      todo('没有时限'),
      todo('一小时后', { dueAt: now + hour }),
      todo('逾期两小时', { dueAt: now - 2 * hour }),
      todo('逾期，不知多久', { late: true }),
      todo('险情', { danger: true, dueAt: now + 5 * hour }),
      todo('十分钟后', { dueAt: now + hour / 6 }),
    ]
    expect(inOrder(given, now).map(({ title }) => title)).toEqual([
      '险情',
      '逾期两小时',
      '逾期，不知多久',
      '十分钟后',
      '一小时后',
      '没有时限',
    ])
  })

  test('says how much time is left, and calls for attention in the last hour', () => {
    expect(leftOf(todo('a', { dueAt: now - hour }), now)).toEqual({ state: 'late', text: '逾期 1 小时' })
    expect(leftOf(todo('a', { dueAt: now + hour / 2 }), now)).toEqual({ state: 'todo', text: '剩 30 分' })
    expect(leftOf(todo('a', { dueAt: now + 5 * hour }), now)).toEqual({ state: 'ok', text: '剩 5 小时' })
    expect(leftOf(todo('a', { late: true, dueAt: now + 5 * hour }), now).state).toBe('late')
    expect(leftOf(todo('a', { danger: true, dueAt: now + 5 * hour }), now).state).toBe('late')
    expect(leftOf(todo('a'), now)).toEqual({ state: 'todo', text: '待办' })
    expect(leftOf(todo('a', { late: true }), now)).toEqual({ state: 'late', text: '要处理' })
  })

  test('is asked of the rooms of the role alone; a room that does not answer leaves only its own out', async () => {
    const answers: Record<string, unknown> = {
      'cashier.shiftState': noShift,
      'ledger.dayState': { date: '2026-11-20', state: 'open' },
      'cashier.awaitedStatements': { rows: [] },
      'billing.counts': { open: 7, overdue: 2, waiting: 3 },
      'access.whoAmI': { passwordDueDays: 47 },
    }
    const asked = backend(answers)
    const { facts, todos } = await askToday(sources, ['cashier'], api)
    expect(todos.map(({ title }) => title).toSorted()).toEqual(['修改密码', '出账：3 条抄表', '日结 2026-11-20'])
    expect(facts.map(({ label }) => label).toSorted()).toEqual(['未缴账单', '班次'].toSorted())
    expect(asked.some((name) => name.startsWith('workorders.') || name.startsWith('backup.'))).toBe(false)
  })

  test('leads to the very day whose statement has not come yet, each day by itself', async () => {
    const row = (date: string) => ({
      date,
      means: 'wechat',
      name: '微信',
      ourCount: 1,
      ourTotal: 9_300,
      statement: null,
    })
    backend({
      'cashier.shiftState': noShift,
      'ledger.dayState': { date: null, state: null },
      'cashier.awaitedStatements': { rows: [row('2026-11-20'), row('2026-11-21')] },
    })
    const { todos } = await askToday(sources, ['hall-manager'], api)
    const days = todos.filter(({ title }) => title.startsWith('次日对账'))
    expect(days.map(({ to }) => to)).toEqual(['/reconciliation?date=2026-11-20', '/reconciliation?date=2026-11-21'])
  })

  test.each(roles)('asks the backend for each thing once (%s)', async (role) => {
    const asked = backend({
      'cashier.shiftState': noShift,
    })
    await askToday(sources, [role], api)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked).toEqual([...new Set(asked)])
  })

  test('asks anew each time: an answer is shared within one look at the hall only', async () => {
    const asked = backend({})
    await askToday(sources, ['administrator'], api)
    const once = asked.length
    await askToday(sources, ['administrator'], api)
    expect(asked).toHaveLength(once * 2)
  })

  test('takes many of a kind for one thing to do, and nothing for none', () => {
    expect(pile(1_200, '户', '拒检', '', '/inspections', true)).toEqual([
      { title: '拒检 1,200 户', note: '', dueAt: null, late: true, to: '/inspections' },
    ])
    expect(pile(0, '户', '拒检', '', '/inspections')).toEqual([])
  })
})

/** A backend that gives these answers and fails at every other call. @returns what it was asked, with the inputs */
function backend(answers: Readonly<Record<string, unknown>>): string[] {
  const asked: string[] = []
  const call = (name: string, input: unknown) => {
    asked.push(`${name} ${JSON.stringify(input)}`)
    return name in answers ? Promise.resolve(answers[name]) : Promise.reject(new Error('down'))
  }
  vi.stubGlobal('window', { hall: { call } })
  return asked
}

describe('a burst of events', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Work that ends when it is told to. */
  function slowWork() {
    const ends: (() => void)[] = []
    return { ends, work: () => new Promise<void>((resolve) => ends.push(resolve)) }
  }

  test('is one piece of work, and one event alone is not lost', async () => {
    const { ends, work } = slowWork()
    const told = inBursts(work)
    for (let n = 0; n < 100; n++) void told()
    await vi.advanceTimersByTimeAsync(gatherMs)
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await vi.advanceTimersByTimeAsync(10 * gatherMs)
    expect(ends).toHaveLength(1)
    void told()
    await vi.advanceTimersByTimeAsync(gatherMs)
    expect(ends).toHaveLength(2)
  })

  test('that comes while the work is under way is followed by one more, never by two at a time', async () => {
    const { ends, work } = slowWork()
    const told = inBursts(work)
    void told()
    await vi.advanceTimersByTimeAsync(gatherMs)
    for (let n = 0; n < 100; n++) {
      void told()
      await vi.advanceTimersByTimeAsync(gatherMs)
    }
    expect(ends).toHaveLength(1)
    ends[0]?.()
    await vi.advanceTimersByTimeAsync(10 * gatherMs)
    expect(ends).toHaveLength(2)
    ends[1]?.()
    await vi.advanceTimersByTimeAsync(10 * gatherMs)
    expect(ends).toHaveLength(2)
  })

  test('is heard after work that failed', async () => {
    let runs = 0
    const told = inBursts(() => (runs++ === 0 ? Promise.reject(new Error('down')) : Promise.resolve()))
    const first = told().catch(() => 'failed')
    await vi.advanceTimersByTimeAsync(gatherMs)
    expect(await first).toBe('failed')
    void told()
    await vi.advanceTimersByTimeAsync(gatherMs)
    expect(runs).toBe(2)
  })
})
