import { describe, expect, test } from 'vitest'
import { Id } from '../../src-main/platform/contract.ts'
import { declareProcess, guard } from '../../src-main/platform/process.ts'

const states = { begun: '已开始', done: '已完成', closed: '已关闭' } as const
interface Facts {
  readonly state: keyof typeof states
  readonly own: boolean
  readonly paid: boolean
}
const byOthers = guard(
  'OwnWork',
  ({ own }: Facts) => own,
  (_, label) => `${label}须由他人办理`,
)
const afterPayment = guard('NotPaid', ({ paid }: Facts) => !paid, '请先缴费')

const errand = declareProcess<Facts>()({
  name: 'errand',
  room: 'errands',
  noun: '差事',
  idField: 'errandId',
  states,
  ends: ['closed'],
  otherSteps: { take: '受理' },
  actions: {
    finish: {
      label: '完成',
      audit: '完成差事',
      from: ['begun', 'done'],
      to: 'done',
      again: { in: ['done'], label: '再次完成' },
      roles: ['clerk'],
      key: 'F12',
      input: { byId: Id },
      note: { label: '原因', named: '完成情况', max: 5, required: true, field: 'reason' },
    },
    remark: {
      label: '备注',
      from: ['begun', 'done'],
      to: 'same',
      roles: ['clerk'],
      key: 'F3',
      note: { label: '备注', max: 5 },
    },
    close: { label: '关闭', from: ['done'], to: 'closed', back: 'begun', key: 'F4', guards: [byOthers, afterPayment] },
  },
})
const facts = (state: Facts['state'], more: Partial<Facts> = {}): Facts => ({ state, own: false, paid: true, ...more })
const id = '01930000-0000-7000-8000-000000000001'

describe('a declared process', () => {
  test('refuses what is not due in words that name the state and what comes next', () => {
    expect(errand.obstaclesTo('close', facts('begun'))).toEqual([
      { code: 'WrongStep', text: '差事现在是“已开始”，不能办理关闭，下一步是完成' },
    ])
    expect(errand.obstaclesTo('finish', facts('closed'))).toEqual([
      { code: 'WrongStep', text: '差事现在是“已关闭”，不能办理完成' },
    ])
  })

  test('tells every obstacle at once, in the order of its guards', () => {
    expect(errand.obstaclesTo('close', facts('done', { own: true, paid: false }))).toEqual([
      { code: 'OwnWork', text: '关闭须由他人办理' },
      { code: 'NotPaid', text: '请先缴费' },
    ])
    expect(errand.obstaclesTo('close', facts('done'))).toEqual([])
  })

  test('makes the call: its name, who may make it, its limits and messages', () => {
    const call = errand.call('finish')
    expect([call.name, call.kind, call.allow]).toEqual(['errands.finish', 'change', ['clerk']])
    const on = { requestId: id, errandId: id, byId: id }
    expect(call.input.parse({ ...on, reason: ' 好 ' }).reason).toBe('好')
    const said = (reason: string) => call.input.safeParse({ ...on, reason }).error?.issues[0]?.message
    expect([said(''), said('一二三四五六')]).toEqual(['请填写完成情况', '完成情况不能超过 5 个字'])
    expect(call.input.safeParse({ ...on, reason: '好', more: 1 }).success).toBe(false)
    expect(errand.call('remark').input.parse({ requestId: id, errandId: id })).toMatchObject({ note: '' })
    expect(() => errand.call('close')).toThrow('another room')
  })

  test('knows which ways a state may go, also back, and where nothing leads on', () => {
    expect(errand.ways).toEqual(['begun>done', 'done>begun', 'done>closed'])
    expect([errand.reached('close', 'done'), errand.reached('close', 'done', true)]).toEqual(['closed', 'begun'])
    expect(errand.reached('remark', 'done')).toBe('done')
    expect(errand.states.values.map(errand.nextSteps)).toEqual(['完成', '关闭', ''])
  })

  test('names what is done once more, every step, and the lines of the audit log', () => {
    expect([errand.label('finish', 'begun'), errand.label('finish', 'done')]).toEqual(['完成', '再次完成'])
    expect(errand.leadsOn('finish', 'done')).toBe(false)
    expect(errand.steps.names).toEqual({ take: '受理', finish: '完成', remark: '备注', close: '关闭' })
    expect(errand.auditWords).toEqual({ 'errands.finish': '完成差事' })
  })
})
