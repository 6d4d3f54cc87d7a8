import { standingTag } from '../../src-renderer/registers/register-words.ts'
import { askToday } from '../../src-renderer/home/room-today.ts'
import { today } from '../../src-renderer/registers/today.ts'
import { expect, test } from 'vitest'
import { isRegister, registerKind } from '../../src-main/registers/api.ts'

test('an address that names no register is none, whatever JavaScript knows by that name', () => {
  for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'nothing', '']) {
    expect(isRegister(name), name).toBe(false)
  }
  for (const kind of registerKind.values) expect(isRegister(kind)).toBe(true)
})

test('whoever may look at what others wrote is told that it waits, and nobody twice', async () => {
  const counts = { overdue: 0, open: 1, toReview: 2, due: ['duty'], late: [], endsSoon: 0, worse: [] }
  const api = { registers: { counts: () => Promise.resolve(counts) } } as never
  const told = async (...roles: Parameters<typeof askToday>[1]) =>
    (await askToday(today, roles, api)).todos.map(({ title }) => title.replace(/ .*/, ''))
  expect(await told('administrator')).toEqual(['台账待复核'])
  expect(await told('hall-manager')).toEqual(['台账待复核', '台账待登记', '台账问题待整改'])
  expect(await told('hall-manager', 'administrator')).toEqual(['台账待复核', '台账待登记', '台账问题待整改'])
  expect(await told('clerk')).toEqual([])
})

test('a register to be kept at intervals that nobody has begun says so; one kept as things happen does not', () => {
  const untouched = { entries: 0, lastOn: null, open: 0, overdue: 0, toReview: 0, waits: null }
  expect(standingTag({ kind: 'closing-check', ...untouched })).toEqual({ state: 'todo', text: '还没有开始记' })
  expect(standingTag({ kind: 'accident', ...untouched })).toBeNull()
  expect(standingTag({ kind: 'duty', ...untouched, waits: 'late', overdue: 1 })?.text).toBe('1 条整改逾期')
})
