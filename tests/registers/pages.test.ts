import { emptyForm, recordInput, recordSchema } from '../../src-renderer/registers/record-form.ts'
import { entryTag, standingTag } from '../../src-renderer/registers/register-words.ts'
import { askToday } from '../../src-renderer/home/room-today.ts'
import { today } from '../../src-renderer/registers/today.ts'
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isRegister, kindOf, registerKind } from '../../src-main/registers/api.ts'

test('an address that names no register is none, whatever JavaScript knows by that name', () => {
  for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'nothing', '']) {
    expect(isRegister(name), name).toBe(false)
  }
  for (const kind of registerKind.values) expect(isRegister(kind)).toBe(true)
})

test('an item without an answer hides no field that is empty besides', () => {
  const lacking = recordSchema('window-check', () => '2026-11-23').safeParse(
    recordInput('window-check', emptyForm('window-check', '2026-11-23'), crypto.randomUUID()),
  )
  const said = new Set(lacking.error?.issues.map(({ message }) => message))
  expect(said).toEqual(new Set(['请逐项回答', '请填写检查情况']))
  const dayless = { ...emptyForm('window-check', ''), answers: [] }
  expect(
    recordSchema('window-check', () => '2026-11-23').safeParse(recordInput('window-check', dayless, 'x')).success,
  ).toBe(false)
})

test('whoever may look at what others wrote is told that it waits, and nobody twice', async () => {
  const counts = { overdue: 0, open: 1, toReview: 2, due: ['duty'], late: [], unbegun: [], endsSoon: 0, worse: [] }
  const api = { registers: { counts: () => Promise.resolve(counts) } } as never
  const told = async (...roles: Parameters<typeof askToday>[1]) =>
    (await askToday(today, roles, api)).todos.map(({ title }) => title.replace(/ .*/, ''))
  expect(await told('administrator')).toEqual(['台账待复核'])
  expect(await told('hall-manager')).toEqual(['台账待复核', '台账待登记', '台账问题待整改'])
  expect(await told('hall-manager', 'administrator')).toEqual(['台账待复核', '台账待登记', '台账问题待整改'])
  expect(await told('clerk')).toEqual([])
})

test('registers the regulation asks for at intervals and nobody has begun stand on the page of the day', async () => {
  const none = { overdue: 0, open: 0, toReview: 0, due: [], late: [], endsSoon: 0, worse: [] }
  const api = { registers: { counts: () => Promise.resolve({ ...none, unbegun: ['duty', 'closing-check'] }) } } as never
  const { todos } = await askToday(today, ['hall-manager'], api)
  expect(todos.map(({ title, note }) => [title, note])).toEqual([
    ['台账还没有开始记 2 本', `${kindOf('duty').title}、${kindOf('closing-check').title}`],
  ])
})

test('an entry that lacks something does not look done; words for nothing here are not those for nothing yet', () => {
  const row = { state: 'closed', overdue: false, openFindings: 0, incomplete: true } as const
  expect(entryTag(row)).toEqual({ state: 'todo', text: '资料不全' })
  expect(entryTag({ ...row, incomplete: false }).state).toBe('ok')
  expect(entryTag({ ...row, state: 'void' }).text).toBe('已作废')
  // A list with a filter does not say that there is nothing at all: what it says goes by the filter.
  const pages = globSync('src-renderer/**/*.vue').map((path) => [path, readFileSync(path, 'utf8')] as const)
  const claims = pages.filter(([, source]) =>
    /<PageList[^>]*:within="[^>]*\sempty-text="还没有/s.test(source.replaceAll('=>', '')),
  )
  expect(claims.map(([path]) => path)).toEqual([])
})

test('a register to be kept at intervals that nobody has begun says so; one kept as things happen does not', () => {
  const untouched = { entries: 0, lastOn: null, open: 0, overdue: 0, toReview: 0, waits: null }
  expect(standingTag({ kind: 'closing-check', ...untouched })).toEqual({ state: 'todo', text: '还没有开始记' })
  expect(standingTag({ kind: 'accident', ...untouched })).toBeNull()
  expect(standingTag({ kind: 'duty', ...untouched, waits: 'late', overdue: 1 })?.text).toBe('1 条整改逾期')
})
