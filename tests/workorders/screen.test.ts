import { describe, expect, test, vi } from 'vitest'
import { roles } from '../../src-main/platform/contract.ts'
import { orderStates, Take, type OrderState } from '../../src-main/workorders/api.ts'
import { showSpan } from '../../src-renderer/shell/show.ts'
import { countdownOf } from '../../src-renderer/workorders/countdown.ts'
import {
  chooseSymptom,
  emptyIntake,
  intakeInput,
  takenKind,
  takenUrgent,
} from '../../src-renderer/workorders/intake.ts'
import { leftOf } from '../../src-renderer/home/words.ts'
import { globalKeys } from '../../src-renderer/shell/keys.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { offered } = await import('../../src-renderer/workorders/actions.ts')
const { today } = await import('../../src-renderer/workorders/today.ts')

const hour = 3_600_000
const reported = Date.parse('2026-12-31T20:00:00+08:00')
const order = (state: OrderState, more: { handledAt?: number; pausedAt?: number } = {}) => ({
  state,
  handleBy: reported + 6 * hour,
  repairBy: reported + 24 * hour,
  handledAt: null,
  dispatchBy: null,
  dispatchedAt: null,
  arriveBy: null,
  arrivedAt: null,
  pausedAt: null,
  ...more,
})

describe('a countdown', () => {
  test('runs to the handling, then to the repair, over the year end', () => {
    expect(countdownOf(order('issued'), reported)).toEqual({ state: 'ok', text: '处理剩 6 小时' })
    expect(countdownOf(order('on-site'), reported + 5 * hour + 1)).toEqual({ state: 'todo', text: '处理剩 1 小时' })
    expect(countdownOf(order('assigned'), reported + 7.5 * hour)).toEqual({
      state: 'late',
      text: '处理逾期 1 小时 30 分',
    })
    expect(countdownOf(order('handled', { handledAt: reported + hour }), reported + 7 * hour)).toEqual({
      state: 'ok',
      text: '修复剩 17 小时',
    })
    expect(countdownOf(order('assigned', { handledAt: reported + hour }), reported + 24 * hour + 60_000)).toEqual({
      state: 'late',
      text: '修复逾期 1 分',
    })
  })

  test('to a hazard runs to the setting out, then to the arrival', () => {
    const hazard = { ...order('issued'), dispatchBy: reported + 300_000, arriveBy: reported + hour / 2 }
    expect(countdownOf(hazard, reported + 60_000)).toEqual({ state: 'todo', text: '出发剩 4 分' })
    expect(countdownOf({ ...hazard, dispatchedAt: reported + 1 }, reported + hour)).toEqual({
      state: 'late',
      text: '到场逾期 30 分',
    })
  })

  test('stands still while paused, and afterwards says what the order waits for', () => {
    const paused = order('issued', { pausedAt: reported + 2 * hour })
    expect(countdownOf(paused, reported + 100 * hour)).toEqual({ state: 'plain', text: '已暂停，处理剩 4 小时' })
    expect(countdownOf(order('repaired'), reported + 100 * hour).text).toBe('待验证')
    expect(countdownOf(order('closed'), reported).text).toBe('—')
    expect([1, 60_000, hour + 60_000, 71 * hour].map(showSpan)).toEqual(['1 分', '1 分', '1 小时 1 分', '71 小时'])
    expect([72 * hour, 72 * hour + 1].map(showSpan)).toEqual(['3 天', '4 天'])
  })
})

describe('the page of the day', () => {
  const listed = async (pausedAt: number | null, now: number) => {
    const row = {
      ...order('assigned'),
      pausedAt,
      kind: 'repair',
      symptom: 'no-gas',
      place: '1 号楼',
      untold: 0,
      id: 'a',
    }
    const api = { workorders: { list: () => Promise.resolve({ rows: [row] }) } } as never
    const todos = await Promise.all(today.flatMap(({ todos: of }) => (of === undefined ? [] : [of(api)])))
    return todos.flat().map((todo) => [todo.note, leftOf(todo, now).state])
  }
  test('keeps an order late that was late before its timers were paused', async () => {
    const days = reported + 48 * hour
    expect(await listed(reported + 5 * hour, days)).toEqual(Array(2).fill(['1 号楼', 'todo']))
    expect(await listed(reported + 7 * hour, days)).toEqual(Array(2).fill(['1 号楼，暂停前已逾期', 'late']))
  })
})

describe('the intake form', () => {
  test('the kind follows the symptom, past a leak and back, until somebody sets it', () => {
    const draft = emptyIntake()
    const kindOf = (symptom: Parameters<typeof chooseSymptom>[1]) => {
      chooseSymptom(draft, symptom)
      return takenKind(draft)
    }
    const [leak, none, question] = ['leak', 'no-gas', 'question'] as const
    expect([leak, none, question, none].map(kindOf)).toEqual(['alarm', 'repair', 'consultation', 'repair'])
    Object.assign(draft, { kind: 'emergency', kindSet: true })
    expect([none, leak, question].map(kindOf)).toEqual(['emergency', 'emergency', 'emergency'])
    // What was set as a repair is a repair again after a leak was passed; while it is a leak it is an alarm.
    Object.assign(draft, { kind: 'repair', kindSet: true })
    expect([leak, none].map(kindOf)).toEqual(['alarm', 'repair'])
  })

  test('turns a leak into an alarm before it is sent, and sends what the call takes', () => {
    const draft = { ...emptyIntake(), symptom: 'leak' as const, callerName: '王来电', callerPhone: '13800000000' }
    expect([takenKind(draft), takenUrgent(draft)]).toEqual(['alarm', true])
    expect(Take.input.safeParse(intakeInput(draft, crypto.randomUUID())).success).toBe(true)
  })
  test('says what is missing while the symptom is not chosen', () => {
    const parsed = Take.input.safeParse(intakeInput(emptyIntake(), crypto.randomUUID()))
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['请选择现象', '请填写来电人']),
    )
  })
})

describe('the actions of an order', () => {
  test('have a key each that no other action beside them has', () => {
    for (const state of orderStates)
      for (const paused of [true, false]) {
        const keys = offered({ state, paused, urgent: false }, roles).map((one) => one.keys)
        expect(new Set(keys).size, state).toBe(keys.length)
        for (const key of keys) expect(key in globalKeys).toBe(false)
      }
  })
  test('are offered only to whom the backend allows them, and a hazard is never paused', () => {
    const names = (state: OrderState, as: (typeof roles)[number], urgent = false) =>
      offered({ state, paused: false, urgent }, [as]).map(({ action }) => action)
    expect(names('issued', 'dispatcher')).toEqual(['assign', 'pause', 'refer'])
    expect(names('issued', 'dispatcher', true)).toEqual(['assign', 'refer'])
    expect(names('repaired', 'clerk')).toEqual([])
    expect(names('assigned', 'clerk')).toEqual(['accept', 'refer'])
    expect(names('closed', 'cashier')).toEqual([])
  })
})
