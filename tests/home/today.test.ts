import { describe, expect, test, vi } from 'vitest'
import type { Todo } from '../../src-renderer/home/room-today.ts'
import { leftOf } from '../../src-renderer/home/words.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { factsFor, inOrder, todosFor } = await import('../../src-renderer/home/room-today.ts')

const now = Date.parse('2026-11-23T01:00:00Z')
const hour = 3_600_000
const todo = (title: string, more: Partial<Todo> = {}): Todo => ({ title, note: '', dueAt: null, to: '/', ...more })

describe('what to do now', () => {
  test('is late things first, then by the time that is left, then what has no time', () => {
    const given = [
      todo('没有时限'),
      todo('一小时后', { dueAt: now + hour }),
      todo('逾期两小时', { dueAt: now - 2 * hour }),
      todo('险情', { late: true }),
      todo('十分钟后', { dueAt: now + hour / 6 }),
    ]
    expect(inOrder(given, now).map(({ title }) => title)).toEqual([
      '逾期两小时',
      '险情',
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
    expect(leftOf(todo('a'), now)).toEqual({ state: 'todo', text: '待办' })
    expect(leftOf(todo('a', { late: true }), now)).toEqual({ state: 'late', text: '要处理' })
  })

  test('is asked of the rooms of the role alone; a room that does not answer leaves only its own out', async () => {
    const asked: string[] = []
    const answers: Record<string, unknown> = {
      'cashier.shiftState': { shift: null, mine: false, drawer: 0, floatStandard: 0, handedTo: null },
      'ledger.dayState': { date: '2026-11-20', state: 'open' },
      'billing.counts': { open: 7, overdue: 0, waiting: 3 },
    }
    vi.stubGlobal('window', {
      hall: {
        call: (name: string) => {
          asked.push(name)
          return name in answers ? Promise.resolve(answers[name]) : Promise.reject(new Error('down'))
        },
      },
    })
    expect((await todosFor(['cashier'])).map(({ title }) => title).toSorted()).toEqual([
      '出账：3 条抄表',
      '日结 2026-11-20',
    ])
    expect((await factsFor(['cashier'])).map(({ label }) => label).toSorted()).toEqual(
      ['未缴账单', '班次', '逾期账单'].toSorted(),
    )
    expect(asked.some((name) => name.startsWith('workorders.') || name.startsWith('backup.'))).toBe(false)
  })
})
