import { describe, expect, test, vi } from 'vitest'
import { roles } from '../../src-main/platform/contract.ts'
import { businessDate, formatInstant } from '../../src-main/platform/dates.ts'
import {
  hazardStates,
  Record as RecordResult,
  type HazardState,
  type SheetRow,
} from '../../src-main/inspections/api.ts'
import { globalKeys, isCombo } from '../../src-renderer/shell/keys.ts'
import {
  answerOf,
  checkLines,
  choiceKeys,
  choiceOf,
  findingProblem,
  isOpen,
  lineOf,
  newFinding,
  nextUnanswered,
  resultOf,
  sheetProblem,
} from '../../src-renderer/inspections/entry.ts'
import { hazardLeft } from '../../src-renderer/inspections/hazard-columns.ts'
import { daysLeft, percentOf, periodName, placeOf } from '../../src-renderer/inspections/show.ts'
import { minutesOf, stayTimes } from '../../src-renderer/inspections/stay-times.ts'

vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
const { emptyHazardForm, offeredFor, stayProblem } = await import('../../src-renderer/inspections/hazard-actions.ts')

const id = '018f0000-0000-7000-8000-000000000001'
const sheetRow = (more: Partial<SheetRow> = {}): SheetRow => ({
  taskId: id,
  accountId: id,
  accountNo: '0010100000013',
  customerName: '张晓燕',
  phone: '199****0001',
  unit: '2',
  room: '501',
  address: '阳光花园3号楼2单元501',
  meterNo: 'M1',
  care: [],
  careMeasures: '',
  resident: true,
  cause: null,
  causeNote: '',
  state: 'planned',
  visitOn: businessDate('2026-11-23'),
  periodTo: businessDate('2026-12-31'),
  absences: 0,
  listed: true,
  openHazards: 0,
  proof: false,
  last: null,
  done: null,
  ...more,
})
const done = {
  visitId: id,
  visitedOn: businessDate('2026-11-23'),
  outcome: 'absent' as const,
  inspectorName: '王安检',
  signatory: '',
  unsigned: null,
  note: '',
}

const found = businessDate('2026-11-23')
const days = { mendDays: 15, mostDays: { general: 60, serious: 30, critical: 15 } }

describe('the entry sheet', () => {
  test('takes one key for each choice and each answer, from both rows of digits, and none that belongs to something else', () => {
    const plain = { ctrlKey: false, altKey: false, metaKey: false }
    const key = (code: string, more = {}) => choiceOf({ code, ...plain, ...more })
    expect(['Digit1', 'Numpad2', 'Numpad3'].map((code) => key(code))).toEqual(['look', 'absent', 'refused'])
    expect([key('Digit5'), key('KeyA'), key('Digit1', { ctrlKey: true }), key('Numpad1', { altKey: true })]).toEqual([
      null,
      null,
      null,
      null,
    ])
    const answer = (code: string) => answerOf({ code, ...plain })
    expect(['Digit1', 'Numpad2', 'Digit3', 'Digit4', 'Enter'].map(answer)).toEqual(['good', 'bad', 'none', null, null])
    expect(new Set(Object.values(choiceKeys)).size).toBe(3)
  })

  test('leaves a row open that was missed on this list but stands on it still, and closes what moved on or is done', () => {
    expect(isOpen(lineOf(sheetRow({ done, absences: 1 }), id))).toBe(true)
    expect(isOpen(lineOf(sheetRow({ done, listed: false }), id))).toBe(false)
    expect(isOpen(lineOf(sheetRow({ state: 'passed', done: { ...done, outcome: 'passed' } }), id))).toBe(false)
    expect(isOpen(lineOf(sheetRow({ state: 'refused' }), id))).toBe(true)
    expect(isOpen(lineOf(sheetRow({ state: 'dropped' }), id))).toBe(false)
  })

  test('proposes nothing: every answer and the signatory are the sheet’s, and what lacks is told where it lacks', () => {
    const line = lineOf(sheetRow(), id)
    const given = { visitedOn: '2026-11-23', inspectorId: id }
    const { sheet } = line
    expect(sheet).toMatchObject({ answers: {}, signatory: '' })
    const says = () => sheetProblem(line, '王安检')
    expect(says()).toMatchObject({ field: 'arrived' })
    sheet.arrived = '2500'
    expect(says()).toMatchObject({ field: 'arrived' })
    sheet.arrived = '0935'
    expect(says()).toEqual({ field: 'mark-0', message: '还有 12 项没有作答' })
    for (const { item } of checkLines(true).slice(0, 12)) sheet.answers[item] = 'good'
    delete sheet.answers['flue']
    expect(nextUnanswered(sheet, true, 3)).toBe(8)
    expect(nextUnanswered(sheet, true, 9)).toBe(8)
    expect(says()).toMatchObject({ field: 'mark-8' })
    sheet.answers['flue'] = 'none'
    expect(says()).toMatchObject({ field: 'note-flue' })
    sheet.notes['flue'] = '没有热水器'
    expect(says()).toMatchObject({ field: 'signatory' })
    sheet.signatory = '王安检'
    expect(says()?.message).toContain('不是安检员')
    sheet.signatory = '张晓燕'
    expect(says()).toBeNull()
    expect(RecordResult.input.parse(resultOf(line, { ...given, choice: 'look' }))).toMatchObject({
      outcome: 'passed',
      arrivedAt: '09:35',
      signatory: '张晓燕',
      unsigned: null,
    })
    const drawn = { ...line, row: sheetRow({ proof: true }) }
    expect(sheetProblem(drawn, '王安检')).toMatchObject({ field: 'proof' })
    expect(sheetProblem({ ...drawn, sheet: { ...sheet, proof: '/tmp/b.jpg' } }, '王安检')).toBeNull()
    Object.assign(sheet, { refusesToSign: true })
    expect(says()).toMatchObject({ field: 'reason' })
    Object.assign(sheet, { reason: '不肯' })
    expect(says()).toMatchObject({ field: 'witness' })
    Object.assign(sheet, { photo: '/tmp/a.jpg' })
    expect(says()).toBeNull()
    expect(RecordResult.input.parse(resultOf(line, { ...given, choice: 'look' }))).toMatchObject({
      signatory: '',
      unsigned: { reason: '不肯', witness: '', photo: '/tmp/a.jpg' },
    })
    // Nobody was let in: nothing of a sheet is sent.
    expect(RecordResult.input.parse(resultOf(line, { ...given, choice: 'absent' }))).toMatchObject({
      signatory: '',
      unsigned: null,
      checks: [],
    })
  })

  test('sends what is bad as hazards, in the order of the list', () => {
    const given = { visitedOn: '2026-11-23', inspectorId: id, choice: 'look' as const }
    for (const resident of [true, false]) {
      const line = lineOf(sheetRow({ resident }), id)
      line.sheet.arrived = '8:05'
      for (const one of checkLines(resident).toReversed()) {
        line.sheet.answers[one.item] = 'bad'
        line.sheet.findings.push({ ...newFinding(one, found, days), text: '坏', photo: '/tmp/a.jpg' })
      }
      expect(line.sheet.findings.at(-1)?.grade).toBe('critical')
      const parsed = RecordResult.input.parse({ ...resultOf(line, given), signatory: '张晓燕' })
      expect(parsed.outcome).toBe('hazard')
      expect(parsed.failed.map(({ item }) => item)).toEqual(checkLines(resident).map(({ item }) => item))
    }
  })

  test('says what is missing in a finding before it is sent', () => {
    const finding = newFinding({ item: 'hose', text: '', grade: 'serious' }, found, days)
    expect(findingProblem(finding, found, days)).toBe('请写明隐患情况')
    expect(findingProblem({ ...finding, text: '老化' }, '2026-12-09', days)).toBe('整改期限不能早于安检日期')
    expect(findingProblem({ ...finding, text: '老化', deadline: '' }, '2026-12-09', days)).toBe('请填写整改期限')
    expect(findingProblem({ ...finding, text: '老化' }, found, days)).toBeNull()
    expect(findingProblem({ ...finding, text: '老化', deadline: '2026-12-24' }, found, days)).toBe(
      '较大隐患的整改期限最长 30 天，不能晚于 2026-12-23',
    )
    const own = { ...finding, text: '老化', grade: 'general' as const, mender: 'company' as const }
    expect(findingProblem(own, found, days)).toContain('请写临时安全措施')
    const safe = { ...own, measures: '已关表前阀' }
    expect(findingProblem(safe, found, days)).toContain('请填写呼叫支援的时间')
    expect(findingProblem({ ...safe, called: '2560' }, found, days)).toContain('请填写呼叫支援的时间')
    expect(findingProblem({ ...safe, called: '0950' }, found, days)).toBeNull()
    expect(findingProblem({ ...safe, onTheSpot: true }, found, days)).toBeNull()
  })
})

describe('the times of a stay on site', () => {
  test('are typed as one writes them, and midnight lies between two of them', () => {
    expect(['8:05', '0805', '23：50', '24:00', '8', 'x', ''].map(minutesOf)).toEqual([
      485,
      485,
      1430,
      null,
      null,
      null,
      null,
    ])
    const times = stayTimes('2026-11-23', ['23:50', '00:15', '01:40'])
    expect(times?.map((at) => (at === null ? null : formatInstant(at)))).toEqual([
      '2026-11-23 23:50',
      '2026-11-24 00:15',
      '2026-11-24 01:40',
    ])
    expect(stayTimes('2026-11-23', ['08:10', '', ''])).toMatchObject([expect.any(Number), null, null])
    expect(stayTimes('2026-11-23', ['08:10', '', '09:00'])).toBeUndefined()
    expect(stayTimes('2026-11-31', ['08:10'])).toBeUndefined()
    // Mended days later, the last of them lies on its own day; never before the others.
    const days = (leftOn: string) =>
      stayTimes('2026-11-23', ['08:10', '08:35', '08:20'], leftOn)?.map((at) => formatInstant(at ?? 0))
    expect(days('2026-11-25')?.at(-1)).toBe('2026-11-25 08:20')
    expect(days('2026-11-22')?.at(-1)).toBe('2026-11-24 08:20')
    expect(stayTimes('2026-11-23', ['08:10'], '2026-11-31')).toBeUndefined()
  })

  test('are asked for in words', () => {
    const known = {
      grade: 'general' as const,
      mender: 'company' as const,
      foundOn: '2026-11-23',
      finderName: '王安检',
      customerName: '张晓燕',
      supportCalledAt: null,
      supportArrivedAt: null,
      releasedAt: null,
      passedOn: '2026-11-25',
    }
    const form = emptyHazardForm(known, '2026-11-23', days)
    expect(form).toMatchObject({
      grade: 'serious',
      newDeadline: '2026-12-08',
      receivedBy: '',
      releasedOn: '2026-11-25',
    })
    expect(stayProblem(form)).toBe('请填写呼叫支援的时间')
    expect(stayProblem({ ...form, called: '8' })).toMatch(/08:30/)
    expect(stayProblem({ ...form, called: '0810' })).toBeNull()
  })
})

describe('the actions of a hazard', () => {
  test('have a key each that no other action beside them and no button of the page has', () => {
    for (const state of hazardStates) {
      const keys = offeredFor(state, roles).map((one) => one.keys)
      expect(new Set([...keys, 'Ctrl+P']).size, state).toBe(keys.length + 1)
      for (const key of keys) expect([isCombo(key), key in globalKeys]).toEqual([true, false])
    }
  })
  test('are offered only to whom the backend allows them', () => {
    const names = (state: HazardState, as: (typeof roles)[number]) =>
      offeredFor(state, [as]).map(({ action }) => action)
    expect(names('open', 'clerk')).not.toContain('regrade')
    expect(names('open', 'dispatcher')).toContain('regrade')
    expect(names('called-back', 'clerk')).not.toContain('close')
    expect(names('open', 'cashier')).toEqual([])
    expect(names('closed', 'hall-manager')).toEqual([])
    expect(names('withdrawn', 'hall-manager')).toEqual([])
  })
})

test('what is left is counted in days to the last one, which is still in time', () => {
  expect([daysLeft(38), daysLeft(7), daysLeft(0), daysLeft(-1)]).toEqual([
    { state: 'ok', text: '剩 38 天' },
    { state: 'todo', text: '剩 7 天' },
    { state: 'todo', text: '今天到期' },
    { state: 'late', text: '逾期 1 天' },
  ])
  const row = { state: 'open', deadline: businessDate('2026-12-08'), passedOn: null } as Parameters<
    typeof hazardLeft
  >[0]
  const today = businessDate('2026-11-23')
  expect(hazardLeft(row, today).text).toBe('剩 15 天')
  expect(hazardLeft({ ...row, state: 'closed', passedOn: businessDate('2026-12-08') }, today).text).toBe('按期整改')
  expect(hazardLeft({ ...row, state: 'passed', passedOn: businessDate('2026-12-09') }, today).text).toBe('逾期整改')
})

test('periods, places and shares are written short', () => {
  const span = (from: string, to: string) => periodName({ from: businessDate(from), to: businessDate(to) })
  expect(span('2026-07-01', '2026-12-31')).toBe('7—12 月')
  expect(span('2026-02-01', '2026-02-28')).toBe('2 月')
  expect(span('2026-01-01', '2026-02-14')).toBe('01-01 至 02-14')
  expect([placeOf({ community: '示范大街', building: '' }), placeOf({ community: '阳光花园', building: '3' })]).toEqual(
    ['示范大街', '阳光花园 3 栋'],
  )
  expect([percentOf(999, 1000), percentOf(1000, 1000), percentOf(0, 0)]).toEqual([99, 100, 0])
})
