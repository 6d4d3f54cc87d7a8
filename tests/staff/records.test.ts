/** What the staff learned, how they were examined, and what came of it (clauses 11, 12, 28, 29). */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, addMonths, businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { Change } from '../../src-main/settings/api.ts'
import {
  AddCertificate,
  ApproveMerit,
  Exams,
  ExamsDue,
  Leave,
  Merits,
  MeritsWaiting,
  Person,
  RecordExam,
  RecordMerit,
  RecordRetake,
  RecordTraining,
  RevokeMerit,
  Trainings,
  VoidExam,
  VoidTraining,
} from '../../src-main/staff/api.ts'
import { examDue, type ExamFact } from '../../src-main/staff/rules.ts'
import { createStaff, examsSql, meritsSql, trainingsSql } from '../../src-main/staff/service.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'
import { copyIn } from '../support/certificate.ts'

let hall: TestHall
let zhao: string
beforeEach(async () => {
  hall = await openTestHall()
  zhao = hall.transact((context) => createStaff(context, { staffNo: '2001', name: '赵师傅', roles: ['clerk'] }))
})
afterEach(() => hall.close())

const req = () => crypto.randomUUID()
const manager = actorOf('hall-manager').id
const sqlite = () => hall.hall.environment.sqlite
const rows = (table: string) => (sqlite().prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
/** Writes as the gates below the services see it: in a transaction that names its change. */
const write = (sql: string, ...params: unknown[]) =>
  hall.transact((context) => void context.sqlite.prepare(sql).run(...params))

const training = (more: object = {}) => ({
  requestId: req(),
  course: '入户安检规范',
  kind: 'safety' as const,
  heldOn: '2026-11-20',
  minutes: 120,
  trainer: '王讲师',
  materials: '入户服务规定 2026 版',
  people: [
    { staffId: zhao, result: 'passed' as const },
    { staffId: manager, result: 'absent' as const },
  ],
  ...more,
})
const train = (more?: object) => hall.call(RecordTraining, training(more), 'hall-manager')
const exam = (more: object = {}) => ({
  requestId: req(),
  subject: '应急处置',
  kind: 'periodic' as const,
  heldOn: '2026-11-20',
  outOf: 100,
  passMark: 80,
  note: '',
  results: [{ staffId: zhao, score: 79 }],
  ...more,
})
const examine = (more?: object, as: 'hall-manager' | 'administrator' = 'hall-manager') =>
  hall.call(RecordExam, exam(more), as)
const retake = (examId: string, score: number, heldOn = '2026-11-22') =>
  hall.call(RecordRetake, { requestId: req(), examId, score, heldOn, note: '' }, 'hall-manager')
const file = (staffId = zhao) => hall.call(Person, { staffId }, 'hall-manager')
const dueOf = async (staffId = zhao) =>
  (await hall.call(ExamsDue, {}, 'administrator')).find((one) => one.staffId === staffId)

describe('a training', () => {
  test('keeps who took part and how, in the list and in each file', async () => {
    await train()
    const { rows: listed } = await hall.call(Trainings, {}, 'administrator')
    expect(listed).toMatchObject([
      { course: '入户安检规范', minutes: 120, trainer: '王讲师', recordedBy: '李主任', people: [{}, {}] },
    ])
    expect((await file()).trainings).toMatchObject([{ course: '入户安检规范', result: 'passed' }])
    expect((await file(manager)).trainings).toMatchObject([{ result: 'absent' }])
  })

  test('entered wrongly is voided with its reason, once, and leaves the files', async () => {
    const { trainingId } = await train()
    const voiding = () => ({ requestId: req(), trainingId, reason: '日期填错' })
    await hall.call(VoidTraining, voiding(), 'hall-manager')
    await expect(hall.call(VoidTraining, voiding(), 'hall-manager')).rejects.toThrow('TrainingNotFound')
    expect((await file()).trainings).toEqual([])
    expect((await hall.call(Trainings, {}, 'hall-manager')).rows).toMatchObject([{ voidedFor: '日期填错' }])
    expect(() => write('UPDATE trainings SET course = ? WHERE id = ?', '别的', trainingId)).toThrow('only ever voided')
    expect(() => write('DELETE FROM trainings')).toThrow('never go')
    expect(() => write(`UPDATE training_people SET result = 'passed'`)).toThrow('append-only')
  })

  test.each([
    [{ people: [] }, 'people', '请选择参加人员'],
    [{ heldOn: '2026-11-24' }, 'heldOn', '日期不能晚于今天'],
    [{ course: ' ' }, 'course', '请填写课程'],
    [{ minutes: 0 }, 'minutes', '学时至少一刻钟'],
  ])('refuses %j in words, and keeps nothing', async (more, field, message) => {
    await expect(train(more)).rejects.toMatchObject({ failure: { code: 'InvalidInput', field, message } })
    expect([rows('trainings'), rows('training_people')]).toEqual([0, 0])
  })

  test('takes nobody who has left, and keeps nothing of it', async () => {
    await hall.call(Leave, { staffId: zhao }, 'administrator')
    await expect(train()).rejects.toThrow('HasLeft')
    expect(rows('trainings')).toBe(0)
  })
})

describe('an exam', () => {
  test('is passed from the pass mark on; a failed one is taken again once, and only by the same person', async () => {
    expect(await examine({ results: [{ staffId: zhao, score: 80 }] })).toEqual({ passed: 1, failed: 0 })
    expect(await examine({ subject: '计量知识' })).toEqual({ passed: 0, failed: 1 })
    const [failed, passed] = (await hall.call(Exams, {}, 'hall-manager')).rows
    expect([failed?.toRetake, passed?.toRetake]).toEqual([true, false])
    await expect(retake(passed?.id ?? '', 90)).rejects.toThrow('NothingToRetake')
    await expect(retake(failed?.id ?? '', 101)).rejects.toMatchObject({ failure: { field: 'score' } })
    await expect(retake(failed?.id ?? '', 90, '2026-11-19')).rejects.toMatchObject({ failure: { field: 'heldOn' } })
    expect(await retake(failed?.id ?? '', 90)).toEqual({ passed: true })
    await expect(retake(failed?.id ?? '', 90)).rejects.toThrow('NothingToRetake')
    expect((await file()).exams).toMatchObject([{ kind: 'retake', subject: '计量知识', passed: true }, {}, {}])
  })

  test('is never recorded by the person examined, in the service and below it', async () => {
    const own = { results: [{ staffId: manager, score: 100 }] }
    await expect(examine(own)).rejects.toThrow('OwnExam')
    expect(await examine(own, 'administrator')).toEqual({ passed: 1, failed: 0 })
    const insert = `INSERT INTO exams (id, staff_id, subject, kind, held_on, score, out_of, pass_mark, passed, retake_of, note,
      recorded_at, recorded_by_id, recorded_by) VALUES (?, ?, 'x', ?, ?, 90, 100, 80, 1, ?, '', 0, ?, '')`
    expect(() => write(insert, req(), zhao, 'periodic', '2026-11-20', null, zhao)).toThrow('exams_other_person')
    expect(() => write(insert, req(), zhao, 'periodic', '2026-11-24', null, manager)).toThrow('ahead of its day')
    const [{ id } = { id: '' }] = (await file(manager)).exams
    expect(() => write(insert, req(), zhao, 'retake', '2026-11-22', id, manager)).toThrow('without its failed exam')
  })

  test('that a retake stands on is voided only after it', async () => {
    await examine()
    const [first] = (await file()).exams
    await retake(first?.id ?? '', 85)
    const [second] = (await file()).exams
    const voiding = (examId = '') => hall.call(VoidExam, { requestId: req(), examId, reason: '录错' }, 'administrator')
    await expect(voiding(first?.id)).rejects.toThrow('HasRetake')
    await voiding(second?.id)
    expect((await file()).exams).toMatchObject([{ voidedFor: '录错' }, { toRetake: true }])
    await retake(first?.id ?? '', 60)
    expect((await file()).exams[0]).toMatchObject({ passed: false, toRetake: true })
    expect(() => write('UPDATE exams SET score = 100, passed = 1')).toThrow('only ever voided')
  })

  test('is due again within the interval of the setting; whoever is late or failed is listed first', async () => {
    expect(await dueOf()).toMatchObject({ state: 'ok', lastOn: null, dueOn: '2027-11-23' })
    await examine()
    expect(await dueOf()).toMatchObject({ state: 'retake', lastOn: '2026-11-20', dueOn: '2027-11-20' })
    await retake((await file()).exams[0]?.id ?? '', 95)
    expect(await dueOf()).toMatchObject({ state: 'ok', lastOn: '2026-11-22' })
    await hall.call(Change, { key: 'staff.examsPerYear', value: 5 }, 'administrator')
    hall.clock.set('2027-01-20T20:00:00+08:00')
    expect(await dueOf()).toMatchObject({ state: 'soon', daysLeft: 2 })
    await hall.call(Change, { key: 'staff.examWarningDays', value: 1 }, 'administrator')
    expect(await dueOf()).toMatchObject({ state: 'ok', daysLeft: 2 })
    hall.clock.set('2027-01-22T20:00:00+08:00')
    expect(await dueOf()).toMatchObject({ state: 'soon', dueOn: '2027-01-22', daysLeft: 0 })
    hall.clock.set('2027-01-23T00:00:00+08:00')
    expect(await dueOf()).toMatchObject({ state: 'overdue', daysLeft: -1 })
    expect((await hall.call(ExamsDue, {}, 'hall-manager'))[0]?.staffId).toBe(zhao)
    await hall.call(Leave, { staffId: zhao }, 'administrator')
    expect(await dueOf()).toBeUndefined()
  })

  test('within a year nobody who is never overdue has fewer exams than the setting asks for', () => {
    const joined = businessDate('2020-02-29')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: 1, max: 365 }), { minLength: 40, maxLength: 60 }),
        (perYear, gaps) => {
          // Each exam is held at the latest on the day it was due.
          const held: ExamFact[] = []
          const rules = { perYear, warningDays: 30 }
          for (const gap of gaps) {
            const last = held.at(-1)?.heldOn ?? joined
            const { dueOn } = examDue(held, joined, rules, last)
            const heldOn = addDays(last, gap) < dueOn ? addDays(last, gap) : dueOn
            held.push({ id: String(held.length), heldOn, passed: true, retakeOf: null })
            expect(examDue(held.slice(0, -1), joined, rules, heldOn).state).not.toBe('overdue')
          }
          for (let from = joined; addMonths(from, 12) <= (held.at(-1)?.heldOn ?? joined); from = addMonths(from, 12)) {
            const within = held.filter(({ heldOn }) => heldOn > from && heldOn <= addMonths(from, 12))
            expect(within.length).toBeGreaterThanOrEqual(perYear)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a reward or penalty', () => {
  const record = (more: object = {}, as: 'hall-manager' | 'administrator' = 'administrator') =>
    hall.call(
      RecordMerit,
      {
        requestId: req(),
        staffId: zhao,
        kind: 'reward',
        reason: '抢修及时，客户来信表扬',
        decidedBy: '生产安全部',
        decidedOn: '2026-11-20',
        amount: fen(20_000),
        evidence: '表扬信 2026-18 号',
        ...more,
      },
      as,
    )
  const decide = (meritId: string, approved = true, note = '') =>
    hall.call(ApproveMerit, { requestId: req(), meritId, approved, note }, 'hall-manager')
  const revoke = (meritId: string) =>
    hall.call(
      RevokeMerit,
      {
        requestId: req(),
        meritId,
        reason: '事实有误',
        decidedBy: '生产安全部',
        decidedOn: '2026-11-23',
        evidence: '复查记录',
      },
      'administrator',
    )
  test('of nobody is refused in words that say what to do: a form that is sent empty has nobody chosen', async () => {
    await expect(record({ staffId: '' })).rejects.toThrow('请选择')
  })

  const state = async (id: string) =>
    (await hall.call(Merits, {}, 'administrator')).rows.find((one) => one.id === id)?.state

  test('holds once the manager has approved it, and is taken back by a counter record that was approved too', async () => {
    const { meritId } = await record()
    expect(await state(meritId)).toBe('waiting')
    await expect(revoke(meritId)).rejects.toThrow('NothingToRevoke')
    await decide(meritId)
    await expect(decide(meritId, false, '再想想')).rejects.toThrow('MeritDecided')
    const refused = await revoke(meritId)
    await expect(revoke(meritId)).rejects.toThrow('NothingToRevoke')
    expect((await file()).merits).toMatchObject([{ state: 'waiting', revokes: meritId }, { revoking: true }])
    await expect(decide(refused.meritId, false)).rejects.toMatchObject({ failure: { field: 'note' } })
    await decide(refused.meritId, false, '证据不足')
    expect(await state(meritId)).toBe('holds')
    await decide((await revoke(meritId)).meritId)
    expect(await state(meritId)).toBe('revoked')
    await expect(revoke(meritId)).rejects.toThrow('NothingToRevoke')
    expect(rows('merits')).toBe(3)
  })

  test('is never approved by the person concerned, nor by anybody who is no manager, whoever writes it', async () => {
    const { meritId } = await record({ staffId: manager })
    expect(await hall.call(MeritsWaiting, {}, 'hall-manager')).toEqual({ waiting: 1, mine: 0 })
    await expect(decide(meritId)).rejects.toThrow('OwnMerit')
    const insert =
      'INSERT INTO merit_approvals (merit_id, approved, note, at, approver_id, approver_name) VALUES (?, 1, ?, 0, ?, ?)'
    for (const approver of [manager, zhao, actorOf('administrator').id])
      expect(() => write(insert, meritId, '', approver, '某人')).toThrow('somebody who may not')
    const second = hall.transact((context) =>
      createStaff(context, { staffNo: '3002', name: '郑主任', roles: ['hall-manager'] }),
    )
    write(insert, meritId, '', second, '郑主任')
    expect(await state(meritId)).toBe('holds')
    expect(() => write('UPDATE merits SET amount = 1')).toThrow('append-only')
    expect(() => write('DELETE FROM merit_approvals')).toThrow('append-only')
    await expect(
      hall.call(ApproveMerit, { requestId: req(), meritId, approved: true }, 'administrator'),
    ).rejects.toThrow('NotAllowed')
  })

  test('is never approved by whoever recorded it', async () => {
    const { meritId } = await record({}, 'hall-manager')
    expect(await hall.call(MeritsWaiting, {}, 'hall-manager')).toEqual({ waiting: 1, mine: 0 })
    await expect(decide(meritId)).rejects.toThrow('RecordedItself')
    expect(() =>
      write(
        'INSERT INTO merit_approvals (merit_id, approved, note, at, approver_id, approver_name) VALUES (?, 1, ?, 0, ?, ?)',
        meritId,
        '',
        manager,
        '某人',
      ),
    ).toThrow('somebody who may not')
  })

  test('outlives a restart, and one request makes one record', async () => {
    const requestId = req()
    const { meritId } = await record({ requestId })
    await hall.restart()
    expect(await record({ requestId })).toEqual({ meritId })
    expect((await file()).merits).toMatchObject([{ amount: 20_000, state: 'waiting', recordedBy: '吴管理' }])
  })
})

test('one file shows certificates, withdrawn ones too, and whose file does not exist is told', async () => {
  await hall.call(
    AddCertificate,
    {
      requestId: req(),
      staffId: zhao,
      ...copyIn(hall),
      kind: 'maintenance',
      number: 'WX-1',
      issuedOn: '2026-01-01',
      validTo: '2026-12-23',
    },
    'hall-manager',
  )
  expect(await file()).toMatchObject({
    member: { name: '赵师傅' },
    certificates: [{ number: 'WX-1', state: 'expiring-soon' }],
    due: { state: 'ok' },
    merits: [],
  })
  await expect(file(req())).rejects.toThrow('StaffNotFound')
})

test('lists of trainings, exams and rewards page by key, each along its index', async () => {
  for (let i = 0; i < 5; i++) await train({ course: `课程 ${i}`, heldOn: i < 2 ? '2026-11-20' : '2026-11-21' })
  const seen: string[] = []
  for (let after: string | null = null, pages = 0; pages === 0 || after !== null; pages++) {
    const page: { rows: readonly { course: string }[]; next: string | null } = await hall.call(
      Trainings,
      { page: { after, size: 2 } },
      'hall-manager',
    )
    seen.push(...page.rows.map(({ course }) => course))
    after = page.next
  }
  expect(seen).toEqual(['课程 4', '课程 3', '课程 2', '课程 1', '课程 0'])
  for (const [sql, used] of [
    [trainingsSql, 'trainings_held'],
    [examsSql, 'exams_held'],
    [meritsSql, 'merits_at'],
  ] as const) {
    const plan = (
      sqlite().prepare(`EXPLAIN QUERY PLAN ${sql}`).all({ date: '9999', at: 0, id: '', limit: 1 }) as {
        detail: string
      }[]
    ).map(({ detail }) => detail)
    expect(plan.join('\n')).toContain(used)
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  }
  await expect(hall.call(Trainings, { page: { after: 'nowhere' } }, 'hall-manager')).rejects.toMatchObject({
    failure: { field: 'page.after' },
  })
})
