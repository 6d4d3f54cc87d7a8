/** 考核表 from the first figure to the signature (clauses 26 to 29). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  Begin,
  Detail,
  Fill,
  Missing,
  Periods,
  Records,
  Refresh,
  Return,
  Review,
  Sign,
  type Scope,
} from '../../src-main/appraisal/api.ts'
import { cardsSql, figures } from '../../src-main/appraisal/service.ts'
import { numberedLines } from '../../src-main/platform/setting-entry.ts'
import { catalog } from '../../src-main/platform/settings-catalog.ts'
import { Change } from '../../src-main/settings/api.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, employ, openHallWithWorkers, repairCall, req, ways } from '../workorders/people.ts'
import { Take } from '../../src-main/workorders/api.ts'

let hall: TestHall
let zhao: string
beforeEach(async () => {
  hall = await openHallWithWorkers()
  zhao = await employ(hall, { staffNo: '3001', name: '赵师傅', roles: ['clerk'], certificates: ['maintenance'] })
  await certify(hall, actorOf('hall-manager').id, 'callback', '2027-11-22')
})
afterEach(() => hall.close())

const newYear = '2027-01-04T09:00:00+08:00'
const begin = async (scope: Scope = 'hall', period = 4, year = 2026, as = 'hall-manager') =>
  (await callAs(hall, as, Begin, { requestId: req(), scope, year, period })).scorecardId
const detail = (scorecardId: string, as = 'hall-manager') => callAs(hall, as, Detail, { scorecardId })
const on = (scorecardId: string) => ({ requestId: req(), scorecardId })
const item = async (scorecardId: string, label: string) =>
  (await detail(scorecardId)).items.find((one) => one.label === label) ?? expect.fail(`no ${label}`)

/** Gives every manual item its weight less one point, and a reason. */
async function judgeAll(scorecardId: string) {
  const { items } = await detail(scorecardId)
  const manual = items.filter(({ figure }) => figure === null)
  return callAs(hall, 'hall-manager', Fill, {
    ...on(scorecardId),
    items: manual.map(({ no, weight }) => ({ no, score: (weight - 1) * 100, note: '现场看过，有一处不足' })),
    comment: '总体良好',
  })
}

/** A repair; done in time and closed, or left lying. */
async function repair(done: boolean) {
  const { orderId } = await callAs(hall, 'clerk', Take, repairCall())
  if (!done) return orderId
  const way = ways(hall, orderId)
  await way.assign(zhao)
  for (const step of ['accept', 'arrive', 'handle', 'repair'] as const) await way.work(step, '3001')
  await way.verify('dispatcher')
  await way.callBack('hall-manager')
  await way.close('dispatcher')
  return orderId
}
const write = (sql: string, ...params: unknown[]) =>
  hall.transact((context) => void context.sqlite.prepare(sql).run(...params))

describe('a scorecard', () => {
  test('takes its figures from the records, each with what is behind it, what was missed first', async () => {
    await repair(true)
    const lying = await repair(false)
    hall.clock.advance(7 * 3_600_000)
    const id = await begin()
    expect(await item(id, '按时处理率')).toMatchObject({ numerator: 1, denominator: 2, weight: 9, score: 0 })
    // Its 24 hours are not over yet: it says nothing about repairs.
    expect(await item(id, '按时修复率')).toMatchObject({ numerator: 1, denominator: 1, score: 900 })
    expect(await item(id, '当日日结率')).toMatchObject({ numerator: 0, denominator: 0, score: null })
    const { no } = await item(id, '按时处理率')
    const records = await callAs(hall, 'administrator', Records, { scorecardId: id, no })
    expect(records.map(({ met }) => met)).toEqual([false, true])
    expect(records[0]).toMatchObject({ subject: `workorder:${lying}`, link: `/workorders/${lying}` })
  })

  test('is judged, reviewed by one and signed by another; its figures stay as they were', async () => {
    await repair(true)
    const id = await begin()
    hall.clock.set(newYear)
    await expect(callAs(hall, 'hall-manager', Review, on(id))).rejects.toMatchObject({
      failure: { code: 'GateNotPassed', message: expect.stringContaining('服务规范与环境、档案与记录') },
    })
    const { total } = await judgeAll(id)
    expect((await detail(id)).total).toBe(total)
    await callAs(hall, 'hall-manager', Review, { ...on(id), note: '同意' })
    expect((await detail(id)).obstacles['sign']).toEqual(['复核人不能自己签批，须由另一人签批'])
    await expect(callAs(hall, 'hall-manager', Sign, on(id))).rejects.toMatchObject({
      failure: { code: 'GateNotPassed' },
    })
    await callAs(hall, 'administrator', Sign, on(id))
    const before = await detail(id)
    expect(before).toMatchObject({ state: 'signed', reviewedBy: '李主任', signedBy: '吴管理', comment: '总体良好' })
    expect(before.steps.map(({ kind }) => kind)).toEqual(['begin', 'fill', 'review', 'sign'])
    // The records change afterwards, past the gates that keep the times of an order; the scorecard does not.
    for (const gate of ['handled_at', 'repaired_at'])
      hall.hall.environment.sqlite.exec(`DROP TRIGGER workorders_${gate}_gate`)
    write(`UPDATE workorders SET handled_at = NULL, repaired_at = NULL, reported_at = reported_at`)
    await hall.restart()
    expect((await detail(id)).items).toEqual(before.items)
    for (const call of [Refresh, Review, Sign] as const)
      await expect(callAs(hall, 'administrator', call, on(id))).rejects.toThrow('GateNotPassed')
    await expect(callAs(hall, 'administrator', Return, { ...on(id), reason: '再看' })).rejects.toThrow('GateNotPassed')
  })

  test('below every service keeps its way and what was signed', async () => {
    const id = await begin()
    const set = (change: string) => () => write(`UPDATE scorecards SET ${change} WHERE id = ?`, id)
    expect(set(`state = 'signed', signed_by_id = 'x', reviewed_by_id = 'y'`)).toThrow('from draft over review')
    expect(set(`state = 'reviewed', reviewed_by_id = 'y'`)).toThrow('before everything is judged')
    hall.clock.set(newYear)
    await judgeAll(id)
    await callAs(hall, 'hall-manager', Review, on(id))
    expect(set('total = 10000')).toThrow('keeps its figures')
    expect(set(`state = 'signed', signed_by_id = reviewed_by_id`)).toThrow('whoever reviewed it')
    expect(() => write('UPDATE scorecard_items SET score = 0')).toThrow('keeps its figures')
    await callAs(hall, 'administrator', Sign, on(id))
    expect(set(`comment = ''`)).toThrow('never changes')
    for (const verb of ['DELETE FROM scorecard_items', 'UPDATE scorecard_items SET numerator = 0'])
      expect(() => write(verb)).toThrow('keeps its figures')
    expect(() => write('DELETE FROM scorecards')).toThrow('never go')
    expect(() => write('DELETE FROM scorecard_steps')).toThrow('append-only')
  })

  test('given back is filled in again; taking the figures anew keeps what people wrote, by the items of the settings', async () => {
    const id = await begin()
    hall.clock.set(newYear)
    await judgeAll(id)
    await callAs(hall, 'hall-manager', Review, on(id))
    await expect(judgeAll(id)).rejects.toThrow('GateNotPassed')
    await callAs(hall, 'administrator', Return, { ...on(id), reason: '说明不够具体' })
    await callAs(hall, 'administrator', Change, {
      key: 'appraisal.hallItems',
      value: '按时处理率 90；档案与记录 4；窗口仪容 6',
    })
    await callAs(hall, 'hall-manager', Refresh, on(id))
    const { items, state, reviewedBy } = await detail(id)
    expect([state, reviewedBy]).toEqual(['draft', null])
    expect(items).toMatchObject([
      { label: '按时处理率', figure: 'workorders.handled' },
      { label: '档案与记录', score: 300, note: '现场看过，有一处不足' },
      { label: '窗口仪容', score: null, note: '' },
    ])
    const [, kept] = items
    await expect(
      callAs(hall, 'hall-manager', Fill, {
        ...on(id),
        items: [{ no: kept?.no ?? 0, score: 401, note: '' }],
        comment: '',
      }),
    ).rejects.toMatchObject({ failure: { field: 'items.0.score', message: '档案与记录的得分不能超过 4 分' } })
  })

  test('of the dispatch centre counts in that of the hall, and is all the dispatcher reads', async () => {
    const own = await begin('dispatch', 2)
    const halls = await begin('hall', 4)
    hall.clock.set(newYear)
    await judgeAll(own)
    await callAs(hall, 'administrator', Review, on(own))
    await callAs(hall, 'hall-manager', Sign, on(own))
    const { total } = await detail(own, 'dispatcher')
    await callAs(hall, 'hall-manager', Refresh, on(halls))
    expect(await item(halls, '调度中心考核得分')).toMatchObject({ numerator: total, denominator: 10_000 })
    await expect(detail(halls, 'dispatcher')).rejects.toThrow('CardNotFound')
    const { rows } = await callAs(hall, 'dispatcher', Periods, { year: 2026 })
    expect(new Set(rows.map(({ scope }) => scope))).toEqual(new Set(['dispatch']))
    await expect(callAs(hall, 'dispatcher', Refresh, on(own))).rejects.toThrow('NotAllowed')
    await expect(callAs(hall, 'clerk', Detail, { scorecardId: own })).rejects.toThrow('NotAllowed')
  })

  test('is begun once for a period that has begun; one request makes one', async () => {
    const requestId = req()
    const input = { requestId, scope: 'hall' as const, year: 2026, period: 4 }
    const first = await callAs(hall, 'hall-manager', Begin, input)
    await hall.restart()
    expect(await callAs(hall, 'hall-manager', Begin, input)).toEqual(first)
    await expect(begin()).rejects.toThrow('CardExists')
    await expect(begin('hall', 1, 2027)).rejects.toThrow('PeriodAhead')
    await expect(begin('hall', 5)).rejects.toMatchObject({ failure: { field: 'period' } })
  })

  test('is printed with figures, table, signatures and the 24-hour phone, by its readers only', async () => {
    const id = await begin()
    const paper = await hall.paper({ kind: 'scorecard', id }, 'administrator')
    const words = paper.html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/<[^>]+>/g, ' ')
    for (const part of ['考核表', '2026 年第 4 季度', '按时处理率', '98% 得 100%；', '签批：', '24 小时服务电话'])
      expect(words).toContain(part)
    await hall.print({ requestId: req(), kind: 'scorecard', id, how: 'printer' }, 'hall-manager')
    const again = await hall.print(
      {
        requestId: req(),
        kind: 'scorecard',
        id,
        how: 'printer',
      },
      'hall-manager',
    )
    expect(again.html).toContain('补打')
    expect(again.html).toMatch(/\d %（\d+\/\d+）/)
    expect(again.html).not.toMatch(/NaN|undefined/)
    for (const as of ['clerk', 'cashier'] as const)
      await expect(hall.paper({ kind: 'scorecard', id }, as)).rejects.toThrow('NotAllowed')
    await expect(hall.paper({ kind: 'scorecard', id }, 'dispatcher')).rejects.toThrow('CardNotFound')
    await expect(hall.paper({ kind: 'receipt', id }, 'administrator')).rejects.toThrow('NotAllowed')
  })
})

describe('the scorecards of a year', () => {
  test('that are missing are listed from the end of their period, with the days left', async () => {
    const missing = () => callAs(hall, 'hall-manager', Missing, {})
    expect(await missing()).toEqual([])
    hall.clock.set('2027-01-04T09:00:00+08:00')
    expect(await missing()).toMatchObject([
      { scope: 'hall', period: 4, due: 'due', daysLeft: 11, card: null },
      { scope: 'dispatch', period: 2, due: 'due' },
    ])
    const id = await begin()
    hall.clock.set('2027-01-16T00:00:00+08:00')
    expect(await missing()).toMatchObject([
      { scope: 'hall', due: 'overdue', daysLeft: -1, card: { id, state: 'draft' } },
      { scope: 'dispatch', due: 'overdue' },
    ])
    await judgeAll(id)
    await callAs(hall, 'hall-manager', Review, on(id))
    await callAs(hall, 'administrator', Sign, on(id))
    expect((await missing()).map(({ scope }) => scope)).toEqual(['dispatch'])
    const { rows } = await callAs(hall, 'hall-manager', Periods, { year: 2026 })
    expect(rows.filter(({ scope }) => scope === 'hall').map(({ due }) => due)).toEqual([
      'before',
      'before',
      'before',
      'done',
    ])
  })

  test('are read along an index', () => {
    const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${cardsSql}`).all(2026) as {
      detail: string
    }[]
    expect(plan.map(({ detail: text }) => text).join()).toContain('scorecards_period_of')
  })
})

test('every figure has a name and words of its own, and each item the settings begin with is one or judged by people', () => {
  expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length)
  expect(new Set(figures.map(({ label }) => label)).size).toBe(figures.length)
  const known = new Set(figures.map(({ label }) => label))
  const manual = (['appraisal.hallItems', 'appraisal.dispatchItems'] as const)
    .flatMap((key) => numberedLines(catalog[key].default) ?? [])
    .map(({ text }) => text)
    .filter((text) => !known.has(text))
  expect(manual).toEqual(['服务规范与环境', '档案与记录', '调度记录与接听服务'])
})
