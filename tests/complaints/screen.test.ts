import { describe, expect, test, vi } from 'vitest'
import { complaintStates, Reply, Take, type ComplaintState } from '../../src-main/complaints/api.ts'
import { roles } from '../../src-main/platform/contract.ts'
import { countdownOf, keptTime } from '../../src-renderer/complaints/complaint-words.ts'
import { newlyPressing, noticeOf } from '../../src-renderer/complaints/deadline-notice.ts'
import { emptyIntake, intakeInput, mentioned } from '../../src-renderer/complaints/intake.ts'
import { globalKeys } from '../../src-renderer/shell/keys.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { backdatedProblem, instantOf, offered } = await import('../../src-renderer/complaints/actions.ts')

const hour = 3_600_000
const replyBy = Date.parse('2027-01-01T09:00:00+08:00')

describe('the notice in the frame', () => {
  const row = (id: string, hours: number) => ({ id, complaintNo: `TS${id}`, replyBy: replyBy + hours * hour })
  test('says what is late, else how long the next one has', () => {
    expect(noticeOf([], replyBy)).toBeNull()
    expect(noticeOf([row('1', 2), row('2', 5)], replyBy)).toMatchObject({ state: 'todo', text: '投诉剩 2 小时' })
    expect(noticeOf([row('1', -2), row('2', 5)], replyBy)).toMatchObject({
      state: 'late',
      text: '投诉逾期 1 件',
      title: 'TS1 回复逾期 2 小时\nTS2 剩 5 小时',
    })
  })
  test('is heard once as a complaint joins and once more as it is late, by each operator', () => {
    expect(newlyPressing('a', [row('1', 2)], replyBy)).toBe(true)
    expect(newlyPressing('a', [row('1', 2)], replyBy)).toBe(false)
    expect(newlyPressing('b', [row('1', 2)], replyBy)).toBe(true)
    expect(newlyPressing('a', [row('1', 2), row('2', 3)], replyBy)).toBe(true)
    expect(newlyPressing('a', [row('1', 2)], replyBy + 3 * hour)).toBe(true)
    expect(newlyPressing('a', [row('1', 2)], replyBy + 4 * hour)).toBe(false)
    expect(newlyPressing('a', [], replyBy)).toBe(false)
  })
})

describe('a countdown', () => {
  test.each([
    ['received', -48 * hour, 'ok', '回复剩 48 小时'],
    ['assigned', -6 * hour + 1, 'todo', '回复剩 6 小时'],
    ['assigned', 0, 'todo', '回复剩 0 分'],
    ['assigned', 90 * 60_000, 'late', '回复逾期 1 小时 30 分'],
    ['replied', 90 * 60_000, 'todo', '待回访'],
    ['called-back', 0, 'todo', '待关闭'],
    ['closed', 0, 'plain', '—'],
  ] as const)('of a complaint that is %s, %i ms past its time, says %s %s', (state, past, shown, text) => {
    expect(countdownOf({ state, replyBy }, replyBy + past)).toEqual({ state: shown, text })
  })
  test('says afterwards how the answer kept its time', () => {
    expect(keptTime({ repliedAt: null, replyBy })).toBeNull()
    expect(keptTime({ repliedAt: replyBy, replyBy })?.text).toBe('按时回复')
    expect(keptTime({ repliedAt: replyBy + hour, replyBy })).toEqual({ state: 'late', text: '回复晚了 1 小时' })
  })
})

describe('the intake form', () => {
  test('asks about staff whose name stands in the words and who are not named yet', () => {
    const people = [
      { staffId: 'a', name: '孙收费' },
      { staffId: 'b', name: '李主任' },
      { staffId: 'c', name: '周' },
    ]
    const content = '孙收费说话难听，李主任也不管，周末没人'
    expect(mentioned({ content, staffIds: [] }, people).map(({ name }) => name)).toEqual(['孙收费', '李主任'])
    expect(mentioned({ content, staffIds: ['a'] }, people).map(({ name }) => name)).toEqual(['李主任'])
    expect(mentioned({ content: '排队时间长', staffIds: [] }, people)).toEqual([])
  })

  test('sends what the call takes, with the subject taken apart', () => {
    const id = crypto.randomUUID()
    const draft = {
      ...emptyIntake(),
      class: 'bill' as const,
      complainantName: '郑投诉',
      complainantPhone: '13800000000',
      content: '气费不对',
      subject: `bill/${id}`,
    }
    const parsed = Take.input.safeParse(intakeInput(draft, crypto.randomUUID()))
    expect(parsed.data?.subject).toEqual({ kind: 'bill', id })
    expect(intakeInput({ ...draft, subject: '' }, '').subject).toBeNull()
  })
  test('says everything that is missing', () => {
    const parsed = Take.input.safeParse(intakeInput(emptyIntake(), crypto.randomUUID()))
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['请选择类别', '请填写投诉人', '请填写投诉内容']),
    )
  })
})

describe('the actions of a complaint', () => {
  test('have a key each that no other action beside them has', () => {
    for (const state of complaintStates) {
      const keys = offered(state, roles).map((one) => one.keys)
      expect(new Set(keys).size, state).toBe(keys.length)
      for (const key of keys) expect(key in globalKeys).toBe(false)
    }
  })
  test('are offered only to whom the backend allows them', () => {
    const names = (state: ComplaintState, as: (typeof roles)[number]) =>
      offered(state, [as]).map(({ action }) => action)
    expect(names('received', 'dispatcher')).toEqual(['assign', 'classify', 'name'])
    expect(names('received', 'clerk')).toEqual(['name'])
    expect(names('assigned', 'cashier')).toEqual(['investigate', 'name', 'reply'])
    expect(names('replied', 'cashier')).toEqual(['name', 'reopen'])
    expect(names('called-back', 'hall-manager')).toEqual(['classify', 'name', 'close', 'reopen'])
    expect(names('closed', 'administrator')).toEqual([])
  })
})

test('a time typed in the hall is the hall’s, wherever the PC thinks it is', () => {
  expect(instantOf('2027-01-01T09:00')).toBe(replyBy)
  expect(instantOf('')).toBeNull()
})

test('nobody is called to agree to an answer dated back that would be refused', () => {
  const since = Date.parse('2026-11-23T08:00:00+08:00')
  const form = { repliedAt: '2026-11-24 15:00', proof: '电话录音', note: '已致歉' }
  expect(backdatedProblem(form, since)).toBeNull()
  expect(backdatedProblem({ ...form, proof: ' ' }, since)).toEqual({ field: 'proof', message: '请填写补记凭据' })
  expect(backdatedProblem({ ...form, note: ' ' }, since)).toEqual({ field: 'note', message: '请填写回复内容' })
  expect(backdatedProblem({ ...form, repliedAt: '2026-11-23 07:59' }, since)).toEqual({
    field: 'repliedAt',
    message: '回复时间不能早于受理时间 2026-11-23 08:00',
  })
})

test('a time that cannot be read is refused in words, taken or answered', () => {
  const receivedAt = instantOf('昨天下午')
  for (const [input, at] of [
    [Take.input, { receivedAt }],
    [Reply.input, { repliedAt: receivedAt }],
  ] as const) {
    const issues = input.safeParse(at).error?.issues ?? []
    expect(issues.filter(({ path }) => String(path[0]) in at).map(({ message }) => message)).toEqual([
      '没有读出时间：请核对日期和时刻，写成 2026-11-23 09:30 的样子',
    ])
  }
})
