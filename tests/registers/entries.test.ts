import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import type { Span } from '../../src-main/platform/dates.ts'
import type { InputOf } from '../../src-main/platform/contract.ts'
import {
  Entries,
  Entry,
  entryFilters,
  MendFinding,
  RecordEntry,
  kindOf,
  registerKind,
  RegisterCounts,
  Registers,
  ReviewEntry,
  VoidEntry,
} from '../../src-main/registers/api.ts'
import { figuresFor, worsened } from '../../src-main/registers/figures.ts'
import { entriesSql, registerFigures, standingSql } from '../../src-main/registers/service.ts'
import { countSql, recordsSql } from '../../src-main/reports/evidence/evidence.ts'
import { evidence } from '../../src-main/reports/regulation.ts'
import { complaintChannel, complaintClass } from '../../src-main/complaints/words.ts'
import { RecordTraining } from '../../src-main/staff/api.ts'
import { RemovePicture } from '../../src-main/publicity/api.ts'
import { OddUses } from '../../src-main/metering/api.ts'
import { read } from '../billing/household.ts'
import { openOne } from '../customers/support.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const req = () => crypto.randomUUID()
const all = 'ok' as const
const checked = (bad = false): InputOf<typeof RecordEntry> => ({
  requestId: req(),
  kind: 'opening-check',
  onDate: '2026-11-23',
  values: { note: '' },
  answers: [bad ? 'bad' : all, all, all, all, all, all],
  findings: bad ? [{ what: '缺工号牌', responsible: '马丽娜', dueOn: '2026-11-25' }] : [],
})
const record = (input: InputOf<typeof RecordEntry>, as: Parameters<TestHall['call']>[2] = 'clerk') =>
  hall.call(RecordEntry, input, as)
const look = (entryId: string) => hall.call(Entry, { entryId })
const mend = async (entryId: string, as: Parameters<TestHall['call']>[2] = 'clerk') => {
  const found = (await look(entryId)).findings.find(({ mendedOn }) => mendedOn === null)
  const on = { requestId: req(), entryId, findingId: found?.id ?? '', mendedOn: '2026-11-23', note: '已补发' }
  return hall.call(MendFinding, on, as)
}
const review = (
  entryId: string,
  again: { dueOn: string } | null = null,
  as: Parameters<TestHall['call']>[2] = 'hall-manager',
) => hall.call(ReviewEntry, { requestId: req(), entryId, again, note: again ? '绳套断了' : '属实' }, as)

test('an entry without findings is closed; with one it is mended, then looked at by another person (clause 14(2))', async () => {
  expect((await record(checked())).state).toBe('closed')
  const { entryId, state } = await record(checked(true), 'hall-manager')
  expect(state).toBe('open')
  await expect(review(entryId)).rejects.toThrow('EntryStep')
  expect((await mend(entryId)).state).toBe('done')
  // Whoever wrote it down does not judge it, and says so before the key is pressed.
  await expect(review(entryId)).rejects.toThrow('OwnWork')
  expect((await review(entryId, { dueOn: '2026-11-26' }, 'administrator')).state).toBe('open')
  expect((await mend(entryId)).state).toBe('done')
  expect((await review(entryId, null, 'administrator')).state).toBe('closed')
  const { findings, steps } = await look(entryId)
  expect(findings.map(({ what, mendedBy }) => [what, mendedBy])).toEqual([
    ['缺工号牌', actorOf('clerk').name],
    ['绳套断了', actorOf('clerk').name],
  ])
  expect(steps.map(({ kind, passed }) => [kind, passed])).toEqual([
    ['record', null],
    ['mend', null],
    ['review', false],
    ['mend', null],
    ['review', true],
  ])
})

test('whoever mended it does not look at it either, nor past the calls', async () => {
  const { entryId } = await record(checked(true))
  await mend(entryId, 'hall-manager')
  await expect(review(entryId)).rejects.toThrow('OwnWork')
  const write = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.prepare(sql).run())
  expect(write(`UPDATE register_entries SET state = 'closed' WHERE id = '${entryId}'`)).toThrow('without its review')
  expect(
    write(`INSERT INTO register_steps (id, entry_id, no, round, kind, state, passed, note, at, actor_id, actor_name)
      VALUES ('x', '${entryId}', 9, 1, 'review', 'closed', 1, '', 1, '${actorOf('hall-manager').id}', 'x')`),
  ).toThrow('had part in it')
  expect(write(`UPDATE register_entries SET body = '{}' WHERE id = '${entryId}'`)).toThrow('stays')
  expect(write(`UPDATE register_findings SET due_on = '2030-01-01' WHERE entry_id = '${entryId}'`)).toThrow('stays')
  expect(write(`DELETE FROM register_entries WHERE id = '${entryId}'`)).toThrow('struck out')
  expect(write(`UPDATE register_entries SET state = 'open' WHERE state = 'void'`)).not.toThrow()
})

test('a patrol of a suspicious customer: two persons, another one looks at it, and it stands in the file (clause 6(6))', async () => {
  const { accountId, customerId } = await openOne(hall, 1)
  const patrol: InputOf<typeof RecordEntry> = {
    requestId: req(),
    kind: 'suspicious',
    onDate: '2026-11-23',
    values: { source: '抄表发现', found: '铅封有动过的痕迹', evidence: '', outcome: '其他' },
    accountId,
    companionId: actorOf('dispatcher').id,
  }
  // What was found to be so says what follows, who sees to it and until when.
  const proved = { ...patrol.values, outcome: '私改、盗用' }
  await expect(record({ ...patrol, requestId: req(), values: proved })).rejects.toThrow('结论“私改、盗用”')
  await expect(record({ ...patrol, requestId: req(), companionId: actorOf('clerk').id })).rejects.toThrow('不能是本人')
  await expect(record({ ...patrol, requestId: req(), companionId: null, accountId: null })).rejects.toThrow(
    '请选择客户；须两人同行',
  )
  const { entryId, entryNo, state } = await record(patrol)
  expect(state).toBe('done')
  await hall.restart()
  await expect(review(entryId, null, 'clerk')).rejects.toThrow('NotAllowed')
  expect((await review(entryId)).state).toBe('closed')
  const timeline = await hall.call(CustomerTimeline, { customerId, page: {} })
  expect(timeline.rows.filter(({ detail }) => detail.includes(entryNo)).map(({ title }) => title)).toEqual([
    '台账复核：已办结',
    '台账登记：待复核',
  ])
})
test('a patrol answers the odd uses up to its day, and none once it is void (clause 6(6))', async () => {
  const { accountId } = openOne(hall, 1, { supplied: true, meterNo: 'M1001' })
  hall.clock.set(Date.parse('2026-11-30T09:00:00+08:00'))
  for (const [i, readOn] of ['2026-11-25', '2026-11-28'].entries()) await read(hall, accountId, readOn, i + 1)
  hall.transact(({ sqlite }) =>
    sqlite
      .prepare(
        `INSERT INTO odd_uses (reading_id, account_id, read_on, kind, consumption)
         SELECT id, account_id, read_on, 'rise', consumption FROM readings`,
      )
      .run(),
  )
  const patrol = (onDate: string) =>
    record({
      ...{ requestId: req(), kind: 'suspicious', onDate, accountId, companionId: actorOf('dispatcher').id },
      values: { source: '用气量异常', found: '没有异常', evidence: '', outcome: '正常' },
    })
  const open = async () => (await hall.call(OddUses, { open: true, page: {} })).rows.map(({ readOn }) => readOn)
  const early = await patrol('2026-11-26')
  expect(await open()).toEqual(['2026-11-28'])
  await patrol('2026-11-28')
  expect(await open()).toEqual([])
  await hall.call(VoidEntry, { requestId: req(), entryId: early.entryId, reason: '没有去' }, 'hall-manager')
  expect(await open()).toEqual(['2026-11-25'])
})
test('the check of closing freezes the figures of its quarter (clause 21(3))', async () => {
  const input: InputOf<typeof RecordEntry> = {
    requestId: req(),
    kind: 'closing-check',
    onDate: '2026-11-23',
    values: { summary: '本季回访按期' },
    answers: [all, all, all, all, all],
  }
  const { entryId, state } = await record(input, 'hall-manager')
  expect(state).toBe('done')
  expect((await look(entryId)).figures[0]).toEqual({
    label: '统计期',
    value: '2026-10-01 至 2026-11-23；上季度 2026-07-01 至 2026-09-30',
  })
})

test('what is struck out counts no more, and nothing can be added to it', async () => {
  const { entryId } = await record(checked(true))
  const strike = (as: Parameters<TestHall['call']>[2]) =>
    hall.call(VoidEntry, { requestId: req(), entryId, reason: '记错日期' }, as)
  await expect(strike('clerk')).rejects.toThrow('NotAllowed')
  expect((await strike('hall-manager')).state).toBe('void')
  await expect(mend(entryId)).rejects.toThrow('EntryStep')
  expect((await hall.call(RegisterCounts, {})).open).toBe(0)
  const row = (await hall.call(Registers, {})).find(({ kind }) => kind === 'opening-check')
  expect(row).toMatchObject({ entries: 0, lastOn: null, waits: null })
})

test('the hall is told of what is due, late, open and ending', async () => {
  await record(checked(true))
  const promise = { signed: '2026-11-23', until: '2026-12-01', kept: '档案柜' }
  const to = actorOf('cashier').id
  await record({ requestId: req(), kind: 'confidentiality', onDate: '2026-11-23', values: promise, staffId: to })
  expect(await hall.call(RegisterCounts, {})).toEqual({
    overdue: 0,
    open: 1,
    toReview: 0,
    due: [],
    late: [],
    unbegun: registerKind.values.filter((kind) => kindOf(kind).every !== undefined && kind !== 'opening-check'),
    endsSoon: 1,
    worse: [],
  })
  hall.clock.set('2026-11-27T09:00:00+08:00')
  expect(await hall.call(RegisterCounts, {})).toMatchObject({ overdue: 1, due: ['opening-check'], late: [] })
  const rows = async (input: Partial<InputOf<typeof Entries>>) => (await hall.call(Entries, { ...input })).rows.length
  expect(await rows({ kind: 'opening-check', filter: 'overdue' })).toBe(1)
  expect(await rows({ kind: 'confidentiality', filter: 'ending' })).toBe(1)
  expect(await rows({ search: '缺工号牌' })).toBe(0)
  expect(await rows({ search: '档案柜' })).toBe(1)
})

test('what was found in time and what customers say goes into the scorecard (clauses 6(3), 22(3))', async () => {
  const { entryId } = await record(checked(true))
  await record(checked(true))
  await mend(entryId)
  const rate = (rating: string) =>
    record({
      requestId: req(),
      kind: 'rating',
      onDate: '2026-11-23',
      values: { business: '缴费', rating, words: '' },
      staffId: actorOf('cashier').id,
    })
  await rate('满意')
  await rate('非常满意')
  await rate('一般')
  hall.clock.set('2026-11-27T09:00:00+08:00')
  const span = { from: businessDate('2026-10-01'), to: businessDate('2026-12-31') }
  const [mended, rated] = registerFigures
  hall.transact((context) => {
    expect(mended?.compute(context, span)).toEqual({ numerator: 1, denominator: 2 })
    expect(mended?.records(context, span, 9).map(({ met, note }) => [met, note])).toEqual([
      [false, '2026-11-23，缺工号牌'],
      [true, '2026-11-23，缺工号牌'],
    ])
    expect(rated?.compute(context, span)).toEqual({ numerator: 2, denominator: 3 })
  })
})

describe('lists of a large hall walk an index', () => {
  test('what the registers wait for is asked of an index, however many ratings there are', () => {
    const plan = hall.transact(({ sqlite }) =>
      sqlite.prepare(`EXPLAIN QUERY PLAN ${standingSql}`).all({ kinds: '[]', whole: 1, today: '' }),
    ) as { detail: string }[]
    const asked = plan.map(({ detail }) => detail).filter((detail) => /\be\b/.test(detail))
    expect(asked.length).toBeGreaterThan(3)
    for (const detail of asked) expect(detail).toContain('register_entries_state (kind=? AND state=?')
  })

  test.each(['overdue', 'open', 'done', 'void'] as const)(
    '%s of one register are found without the others',
    (filter) => {
      const plan = hall.transact(({ sqlite }) =>
        sqlite
          .prepare(`EXPLAIN QUERY PLAN ${entriesSql(filter, true)}`)
          .all({ kind: 'rating', filter, today: '', beforeDate: '', beforeId: '', limit: 1 }),
      ) as { detail: string }[]
      expect(plan.map(({ detail }) => detail).join()).toContain('register_entries_state (kind=? AND state=?')
    },
  )

  test.each(entryFilters.flatMap((filter) => [true, false].map((one) => [filter, one] as const)))(
    '%s, one register: %s',
    (filter, one) => {
      const plan = hall.transact(({ sqlite }) =>
        sqlite.prepare(`EXPLAIN QUERY PLAN ${entriesSql(filter, one)}`).all({
          kind: 'rule',
          filter,
          today: '',
          soon: '',
          beforeDate: '',
          beforeId: '',
          limit: 1,
        }),
      ) as { detail: string }[]
      const words = plan.map(({ detail }) => detail).join('\n')
      // What ends soon is a few rows of all, found by their day and then put in order.
      expect(words).not.toMatch(filter === 'ending' ? /SCAN e\b/ : /SCAN e\b(?! USING)|TEMP B-TREE/)
    },
  )
})

const rating = (staffId: string): InputOf<typeof RecordEntry> => ({
  requestId: req(),
  kind: 'rating',
  onDate: '2026-11-23',
  values: { business: '缴费', rating: '非常满意', words: '' },
  staffId,
})
const strike = (entryId: string, as: Parameters<TestHall['call']>[2] = 'hall-manager') =>
  hall.call(VoidEntry, { requestId: req(), entryId, reason: '记错日期' }, as)
const written = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.prepare(sql).run())

test('nobody strikes out what they wrote, mended or are written about in, to write it anew (clause 14(2))', async () => {
  const own = await record(checked(true), 'hall-manager')
  await expect(strike(own.entryId)).rejects.toThrow('OwnWork')
  const about = await record(rating(actorOf('hall-manager').id))
  await expect(strike(about.entryId)).rejects.toThrow('OwnWork')
  expect((await hall.call(Entry, { entryId: about.entryId }, 'hall-manager')).obstacles.void).toHaveLength(1)
  expect(
    written(`INSERT INTO register_steps (id, entry_id, no, round, kind, state, passed, note, at, actor_id, actor_name)
      VALUES ('x', '${about.entryId}', 9, 1, 'void', 'void', NULL, '', 1, '${actorOf('hall-manager').id}', 'x')`),
  ).toThrow('had part in it')
  expect(written(`UPDATE register_entries SET state = 'void' WHERE id = '${about.entryId}'`)).toThrow(
    'without its step',
  )
  expect((await strike(own.entryId, 'administrator')).state).toBe('void')
})

test('what one writes about oneself waits for another person, and counts only then (clauses 6(3), 22(3))', async () => {
  const span = { from: businessDate('2026-10-01'), to: businessDate('2026-12-31') }
  const share = () => hall.transact((context) => registerFigures[1]?.compute(context, span))
  const { entryId, state } = await record(rating(actorOf('cashier').id), 'cashier')
  expect(state).toBe('done')
  expect(share()).toEqual({ numerator: 0, denominator: 0 })
  await review(entryId)
  expect(share()).toEqual({ numerator: 1, denominator: 1 })
  expect((await record(rating(actorOf('cashier').id))).state).toBe('closed')
})

test('below the service an entry begins as its kind asks', async () => {
  const { entryId } = await record(rating(actorOf('cashier').id))
  const columns = (sqlite: { prepare: (sql: string) => { pluck: () => { all: () => unknown[] } } }) =>
    sqlite.prepare(`SELECT name FROM pragma_table_info('register_entries')`).pluck().all() as string[]
  const copy = (changed: Readonly<Record<string, string>>) => () =>
    hall.transact(({ sqlite }) => {
      const names = columns(sqlite)
      const values = names.map((name) => changed[name] ?? { id: `'x'`, entry_no: `'x'` }[name] ?? name)
      sqlite
        .prepare(
          `INSERT INTO register_entries (${names.join(', ')}) SELECT ${values.join(', ')} FROM register_entries WHERE id = ?`,
        )
        .run(entryId)
    })
  const asks = 'begins as its kind asks'
  expect(copy({ kind: `'suspicious'`, state: `'done'`, reviewed: '1' })).toThrow(asks)
  expect(copy({ kind: `'destruction'`, state: `'done'`, reviewed: '1', staff_id: 'NULL' })).toThrow(asks)
  expect(copy({ kind: `'accident'`, staff_id: 'NULL' })).toThrow(asks)
  expect(copy({ staff_id: 'NULL' })).toThrow(asks)
  expect(copy({ recorded_by_id: 'staff_id' })).toThrow(asks)
})

test('whom an entry names stays as it was written', async () => {
  const { entryId } = await record(rating(actorOf('cashier').id))
  for (const column of ['staff_name', 'recorded_by', 'companion_name', 'customer_id']) {
    expect(written(`UPDATE register_entries SET ${column} = 'x' WHERE id = '${entryId}'`), column).toThrow('stays')
  }
})

test('what has ended is told of until it is renewed, what is done or of somebody gone is not', async () => {
  const promise = (until: string, staffId = actorOf('cashier').id) =>
    record({
      requestId: req(),
      kind: 'confidentiality',
      onDate: '2026-11-23',
      values: { signed: '2026-11-23', until, kept: '档案柜' },
      staffId,
    })
  const told = async () => (await hall.call(RegisterCounts, {})).endsSoon
  const ending = async (kind: 'confidentiality' | 'instruction') =>
    (await hall.call(Entries, { kind, filter: 'ending' })).rows.length
  await promise('2026-11-25')
  const order = await record(
    {
      requestId: req(),
      kind: 'instruction',
      onDate: '2026-11-23',
      values: { from: '公司', content: '冬季安检', by: '2026-11-25' },
    },
    'clerk',
  )
  expect([await told(), await ending('confidentiality'), await ending('instruction')]).toEqual([2, 1, 1])
  hall.clock.set('2026-11-27T09:00:00+08:00')
  expect([await told(), await ending('confidentiality'), await ending('instruction')]).toEqual([2, 1, 1])
  await review(order.entryId)
  expect([await told(), await ending('instruction')]).toEqual([1, 0])
  await promise('2027-11-25')
  expect([await told(), await ending('confidentiality')]).toEqual([0, 0])
})

test('a measure of improvement says who does what until when; what is not in order has a finding', async () => {
  const improvement: InputOf<typeof RecordEntry> = {
    requestId: req(),
    kind: 'improvement',
    onDate: '2026-11-23',
    values: { basis: '投诉分析', problem: '回复慢', cause: '缺人' },
  }
  await expect(record(improvement)).rejects.toThrow('请写明措施、责任人和期限')
  const findings = [{ what: '增加一人', responsible: '马丽娜', dueOn: '2026-11-30' }]
  expect((await record({ ...improvement, requestId: req(), findings })).state).toBe('open')
  const facility: InputOf<typeof RecordEntry> = {
    requestId: req(),
    kind: 'open-facility',
    onDate: '2026-11-23',
    values: { place: '滨河路', facility: '调压箱', sign: '缺失', people: '' },
  }
  await expect(record(facility)).rejects.toThrow('警示标志“缺失”')
  expect((await record({ ...facility, requestId: req(), findings })).state).toBe('open')
})

test('the words of whoever looks at it are kept whole', async () => {
  const { entryId } = await record(checked(true))
  await mend(entryId)
  const note = '没'.repeat(300)
  await hall.call(ReviewEntry, { requestId: req(), entryId, again: { dueOn: '2026-11-26' }, note }, 'hall-manager')
  expect((await look(entryId)).findings.at(-1)?.what).toBe(note)
})

/** What the report of the regulation counts of a register this week. */
const counted = (kind: string) => countedOf(`register-${kind}`)
const countedOf = (id: string) =>
  hall.transact(({ sqlite }) => {
    const one = evidence.find((found) => found.id === id)
    if (!one) throw new Error(id)
    const beforeAt = Date.parse('2026-11-30T00:00:00+08:00')
    return sqlite.prepare(countSql(one)).get({ from: '2026-11-23', to: '2026-11-29', today: '2026-11-24', beforeAt })
  }) as { records: number; overdue: number; missing: number }

test('whatever waits for a second person lacks the look in the report of the regulation', async () => {
  const { entryId } = await record(checked(true))
  await mend(entryId)
  expect(counted('opening-check')).toEqual({ records: 1, overdue: 0, missing: 1 })
  await review(entryId)
  expect(counted('opening-check')).toEqual({ records: 1, overdue: 0, missing: 0 })
})

test('what was written down on a later day says so in the report of the regulation', async () => {
  await record(checked())
  await record({ ...checked(), onDate: '2026-11-20' })
  const one = evidence.find(({ id }) => id === 'register-opening-check')
  const sql = one === undefined ? '' : recordsSql(one).sql
  const listed = hall.transact(({ sqlite }) =>
    sqlite
      .prepare(sql)
      .all({ from: '2026-11-16', to: '2026-11-29', today: '2026-11-24', afterAt: '', afterId: '', limit: 9 }),
  ) as { about: string }[]
  expect(listed.map(({ about }) => about)).toEqual(['全部正常　已办结（2026-11-23 补记）', '全部正常　已办结'])
})

test('the data of pipes say what they lack, and are counted so until it is there (clause 6(6))', async () => {
  const values = {
    place: '滨河路 1 幢',
    material: 'PE100 dn63',
    pressure: '低压',
    commissioned: '',
    drawing: '',
    course: '',
  }
  const { entryId } = await record({ requestId: req(), kind: 'pipe-data', onDate: '2026-11-23', values })
  expect((await look(entryId)).lacks).toEqual(['投用日期', '竣工图编号', '照片、图纸'])
  expect(counted('pipe-data')).toEqual({ records: 1, overdue: 0, missing: 1 })
  const whole = { ...values, commissioned: '2020-05-01', drawing: 'G-1' }
  const full = await record({ requestId: req(), kind: 'pipe-data', onDate: '2026-11-23', values: whole })
  expect(counted('pipe-data')).toMatchObject({ records: 2, missing: 2 })
  written(`INSERT INTO pictures (id, subject, name, hash, size, added_at, added_by)
    VALUES ('${req()}', 'register-entry:${full.entryId}', '1.png', 'h', 1, 1, 'x')`)()
  expect((await look(full.entryId)).lacks).toEqual([])
  const listed = (await hall.call(Entries, { kind: 'pipe-data' })).rows
  expect(listed.map(({ id, incomplete }) => [id, incomplete]).toSorted()).toEqual(
    [
      [entryId, true],
      [full.entryId, false],
    ].toSorted(),
  )
  expect(counted('pipe-data')).toMatchObject({ records: 2, missing: 1 })
})

test('who is at a post without the training or the promise it asks is seen (clauses 6(10), 11)', async () => {
  const who = actorOf('cashier').id
  const missing = () => [countedOf('trained').missing, countedOf('confidential').missing]
  const [untrained = 0, unbound = 0] = missing()
  expect(untrained).toBeGreaterThan(1)
  expect(unbound).toBe(countedOf('confidential').records)
  const people = [{ staffId: who, result: 'failed' as const }]
  const course = {
    course: '收费岗前培训',
    kind: 'entry' as const,
    heldOn: '2026-11-20',
    minutes: 120,
    trainer: '马丽娜',
    materials: '',
  }
  await hall.call(RecordTraining, { requestId: req(), ...course, people }, 'administrator')
  expect(missing()).toEqual([untrained, unbound])
  await hall.call(
    RecordTraining,
    { requestId: req(), ...course, people: [{ staffId: who, result: 'passed' }] },
    'administrator',
  )
  await record({
    requestId: req(),
    kind: 'confidentiality',
    onDate: '2026-11-23',
    values: { signed: '2026-11-23', until: '2027-11-23', kept: '档案柜' },
    staffId: who,
  })
  expect(missing()).toEqual([untrained - 1, unbound - 1])
})

test('a picture taken off an entry is gone from the pages that show it, on every PC', async () => {
  const { entryId } = await record(checked())
  const pictureId = req()
  written(`INSERT INTO pictures (id, subject, name, hash, size, added_at, added_by)
    VALUES ('${pictureId}', 'register-entry:${entryId}', '1.png', 'h', 1, 1, 'x')`)()
  hall.events.length = 0
  await hall.call(RemovePicture, { requestId: req(), pictureId, reason: '拍到客户证件' }, 'hall-manager')
  expect(hall.events).toContainEqual({ event: 'changed', data: { room: 'registers' } })
})

/** A figure of 90 % in the quarter before last, and of `last` % in the one after; `span` is what it was asked for. */
const figureThat = (last: number, all = 100) => ({
  label: '安检完成率',
  compute: (_: unknown, { from }: Span) => ({
    numerator: from === '2026-04-01' ? (all * 9) / 10 : (all * last) / 100,
    denominator: all,
  }),
})

test('what got worse from one quarter to the next asks for a measure, until there is one (clause 19(2))', async () => {
  const worse = (last: number, all?: number) =>
    hall.transact((context) => worsened(context, 5, [figureThat(last, all)]))
  expect(worse(80)).toEqual(['安检完成率 90.0% → 80.0%'])
  expect(worse(86)).toEqual([])
  // Of a handful nothing is said.
  expect(worse(10, 5)).toEqual([])

  // 12 complaints each quarter: all answered in time, then none.
  complaintsIn('2026-05-10', true)
  complaintsIn('2026-08-10', false)
  expect((await hall.call(RegisterCounts, {})).worse).toEqual(['投诉按时回复率 100.0% → 0.0%'])
  await record({
    requestId: req(),
    kind: 'improvement',
    onDate: '2026-11-23',
    values: { basis: '投诉分析', problem: '回复慢', cause: '缺人' },
    findings: [{ what: '增加一人', responsible: '马丽娜', dueOn: '2026-11-30' }],
  })
  expect((await hall.call(RegisterCounts, {})).worse).toEqual([])
})

test('a measure is seen beside the figures of its quarter, of the one before and of the next (clause 20(2))', async () => {
  complaintsIn('2026-08-10', false)
  complaintsIn('2026-11-10', false)
  const { entryId } = await record({
    requestId: req(),
    kind: 'improvement',
    onDate: '2026-11-23',
    values: { basis: '投诉分析', problem: '回复慢', cause: '缺人' },
    findings: [{ what: '增加一人', responsible: '马丽娜', dueOn: '2026-11-30' }],
  })
  const line = async (of: 'figures' | 'effect') =>
    (await look(entryId))[of].find(({ label }) => label === '投诉按时回复率')?.value
  expect(await line('figures')).toBe('0/12（0.0%）；上季度 0/12（0.0%）')
  expect((await look(entryId)).effect).toEqual([])
  hall.clock.set('2027-01-20T09:00:00+08:00')
  complaintsIn('2027-01-10', true)
  expect(await line('effect')).toBe('12/12（100.0%）；上季度 0/12（0.0%）')
  expect(hall.transact((context) => figuresFor(context, 'causes', businessDate('2027-01-20'), ''))[0]?.value).toBe(
    '2027-01-01 至 2027-01-20；上季度 2026-10-01 至 2026-12-31',
  )
})

/** 12 complaints of a day, answered in time or never. */
function complaintsIn(day: string, answered: boolean): void {
  hall.transact(({ sqlite }) => {
    const at = Date.parse(`${day}T10:00:00+08:00`)
    const hours = 48
    const add = sqlite.prepare(
      `INSERT INTO complaints (id, complaint_no, state, channel, complainant_name, complainant_phone, class, content, subject_no,
         hall_name, taken_by, taken_at, entered_at, round, round_from, reply_hours, reply_by, due_at, replied_at, updated_at)
       VALUES (?, ?, 'received', ?, '', '', ?, '', '', '', '', @at, @at, 1, @at, ${hours}, @by, @by, @replied, @at)`,
    )
    const by = at + hours * 3_600_000
    for (let n = 0; n < 12; n++) {
      add.run(req(), `${day}-${n}`, complaintChannel.values[0], complaintClass.values[0], {
        at,
        by,
        replied: answered ? at : null,
      })
    }
  })
}

test('the number of a person that slips into an entry is masked on lists, page, paper and in the file; whom to ring on duty is not (clause 6(10))', async () => {
  const { accountId, customerId } = await openOne(hall, 1)
  const said = '邻居 19912345678 说夜里有人动表'
  const patrol = { source: '他人反映', found: said, evidence: '', outcome: '正常' }
  const { entryId } = await record({
    ...{ requestId: req(), kind: 'suspicious', onDate: '2026-11-23', values: patrol },
    ...{ accountId, companionId: actorOf('dispatcher').id },
  })
  const { html } = await hall.paper({ kind: 'register-entry', id: entryId }, 'hall-manager')
  const timeline = await hall.call(CustomerTimeline, { customerId, page: {} })
  const everywhere = JSON.stringify([await look(entryId), await hall.call(Entries, {}), html, timeline])
  expect(everywhere).not.toContain('19912345678')
  expect(everywhere).toContain('199****5678')
  const duty = { span: '12 月', people: '王师傅 19912345678' }
  const roster = await record({ requestId: req(), kind: 'duty', onDate: '2026-11-23', values: duty })
  expect((await look(roster.entryId)).fields[1]?.value).toContain('19912345678')
})
