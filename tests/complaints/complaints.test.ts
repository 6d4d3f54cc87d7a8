import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  Assign,
  Candidates,
  Classify,
  Close,
  Counts,
  Detail,
  InMonth,
  Investigate,
  List,
  ListPressing,
  MonthAnalysis,
  Name,
  OfAccount,
  Reopen,
  Reply,
  Subjects,
  type ComplaintFilter,
} from '../../src-main/complaints/api.ts'
import { groupSql, inMonthSql, listSql, pressingSql } from '../../src-main/complaints/service.ts'
import { CustomerTimeline } from '../../src-main/customers/api.ts'
import { Calls, Call, Due, Finished, Item } from '../../src-main/followups/api.ts'
import { Change } from '../../src-main/settings/api.ts'
import { openOne } from '../customers/support.ts'
import { formatInstant } from '../../src-main/platform/dates.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, type TestHall } from '../support/hall.ts'
import { callAs, certify, employ, repairCall, req, ways } from '../workorders/people.ts'
import { Take as TakeOrder } from '../../src-main/workorders/api.ts'
import {
  cashier,
  clerk,
  complaint,
  dispatcher,
  hands,
  manager,
  openHallForComplaints,
  replied,
  take,
} from './people.ts'

const hour = 3_600_000
let hall: TestHall
beforeEach(async () => void (hall = await openHallForComplaints()))
afterEach(() => hall.close())

const detail = (complaintId: string, as = 'dispatcher') => callAs(hall, as, Detail, { complaintId })
const on = (complaintId: string) => ({ requestId: req(), complaintId })
const rows = (filter: ComplaintFilter = 'open', as = 'dispatcher') => callAs(hall, as, List, { filter })
const write = (sql: string, ...values: unknown[]) => hall.transact(({ sqlite }) => sqlite.prepare(sql).run(...values))

describe('a complaint', () => {
  test('goes from intake to closure, each step with time and person, what concerns the customer in their file', async () => {
    const opened = openOne(hall, 1)
    const { complaintId, complaintNo, way } = await replied(hall, complaint({ accountId: opened.accountId }))
    expect(complaintNo).toMatch(/^TS\d{13}$/)
    await way.callBack()
    expect(await way.close()).toEqual({ state: 'closed' })
    const { complaint: found, steps } = await detail(complaintId)
    expect(found).toMatchObject({
      state: 'closed',
      satisfaction: 'satisfied',
      hallName: '示例营业厅',
      takenBy: '钱柜员',
    })
    expect(steps.map(({ kind, actorName, personName }) => [kind, actorName, personName])).toEqual([
      ['take', '钱柜员', null],
      ['assign', '周调度', '钱柜员'],
      ['investigate', '钱柜员', null],
      ['reply', '钱柜员', null],
      ['call-back', '李主任', null],
      ['close', '周调度', null],
    ])
    expect(steps[3]).toMatchObject({ replyChannel: 'phone', doneAt: hall.clock.now() })
    const told = await callAs(hall, 'clerk', CustomerTimeline, {
      customerId: opened.customerId,
      accountId: opened.accountId,
      kinds: ['complaint'],
      page: {},
    })
    expect(told.rows.map(({ title }) => title)).toEqual([
      '投诉关闭：已关闭',
      '投诉回访：已回访',
      '投诉回复：已回复',
      '投诉受理：待指派',
    ])
    expect(await callAs(hall, 'clerk', OfAccount, { accountId: opened.accountId })).toMatchObject([{ id: complaintId }])
    const uploaded = hall.hall.environment.sqlite
      .prepare(`SELECT count(*) AS n FROM outbox WHERE entity = 'complaint_steps'`)
      .get()
    expect(uploaded).toEqual({ n: steps.length })
  })

  test('sent twice with the same form is taken once', async () => {
    const input = complaint()
    expect(await take(hall, input)).toEqual(await take(hall, input))
    expect((await callAs(hall, 'clerk', Counts, {})).open).toBe(1)
  })

  test('says what is missing, and nothing is written', async () => {
    const refused = (more: Parameters<typeof complaint>[0]) => expect(take(hall, complaint(more))).rejects
    await refused({ content: ' ' }).toMatchObject({ failure: { field: 'content', message: '请填写投诉内容' } })
    await refused({ complainantPhone: '12' }).toMatchObject({ failure: { field: 'complainantPhone' } })
    await refused({ staffIds: [req()] }).toMatchObject({ failure: { code: 'StaffNotFound' } })
    await refused({ subject: { kind: 'workorder', id: req() } }).toMatchObject({ failure: { code: 'OrderNotFound' } })
    await refused({ subject: { kind: 'bill', id: req() } }).toMatchObject({ failure: { code: 'BillNotFound' } })
    await refused({ subject: { kind: 'payment', id: req() } }).toMatchObject({ failure: { code: 'PaymentNotFound' } })
    expect((await callAs(hall, 'clerk', Counts, {})).open).toBe(0)
  })

  test('is answered only by its investigator, after something was found out, at a time that can be true', async () => {
    const { complaintId } = await take(hall)
    const way = hands(hall, complaintId)
    await expect(way.reply()).rejects.toMatchObject({
      failure: { code: 'WrongStep', message: '投诉现在是“待指派”，不能办理回复，下一步是指派调查人' },
    })
    await way.assign()
    await expect(way.reply()).rejects.toMatchObject({ failure: { code: 'NotInvestigated' } })
    await expect(way.investigate('cashier')).rejects.toMatchObject({ failure: { code: 'NotInvestigator' } })
    await way.investigate()
    hall.clock.advance(hour)
    const now = hall.clock.now()
    const field = { failure: { field: 'repliedAt' } }
    await expect(way.reply('clerk', { repliedAt: now + 1 })).rejects.toMatchObject(field)
    await expect(way.reply('clerk', { repliedAt: now - 2 * hour })).rejects.toMatchObject(field)
    await way.reply('clerk', { repliedAt: now - hour / 2 })
    expect((await detail(complaintId)).complaint.repliedAt).toBe(now - hour / 2)
  })

  test('counts from when it came, and an answer dated back far is agreed to by another, on its proof (clause 20(1))', async () => {
    for (const receivedAt of [hall.clock.now() + 1, hall.clock.now() - 25 * hour])
      await expect(take(hall, complaint({ receivedAt }))).rejects.toMatchObject({ failure: { field: 'receivedAt' } })
    const came = hall.clock.now() - 5 * hour
    const { complaintId, replyBy } = await take(hall, complaint({ receivedAt: came }))
    expect(replyBy).toBe(came + 48 * hour)
    expect((await detail(complaintId)).complaint).toMatchObject({ takenAt: came, enteredAt: hall.clock.now() })
    const way = hands(hall, complaintId)
    await way.assign()
    await way.investigate()
    hall.clock.advance(46 * hour)
    const repliedAt = hall.clock.now() - 30 * hour
    const reason = '通话录音 12 号'
    await expect(way.reply('clerk', { repliedAt })).rejects.toMatchObject({
      failure: { field: 'repliedAt', message: '回复时间早于 2 小时之前，须写明凭据由主任批准' },
    })
    const terms = { complaintId, repliedAt: formatInstant(repliedAt), reason }
    const agreed = (more: Partial<typeof terms> = {}) =>
      approvalOf(hall, { purpose: 'late-reply', terms: { ...terms, ...more } }, 'clerk')
    for (const other of [{ reason: '别的' }, { repliedAt: '2026-11-20 08:00' }, { complaintId: req() }])
      await expect(
        way.reply('clerk', { repliedAt, backdated: { approvalId: await agreed(other), reason } }),
      ).rejects.toThrow('ApprovalRefused')
    const step = () =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO complaint_steps (id, complaint_id, no, round, kind, state, note, reply_channel, done_at, at, actor_id, actor_name)
             VALUES (?, ?, 90, 1, 'reply', 'replied', '', 'phone', ?, ?, ?, '')`,
          )
          .run(req(), complaintId, repliedAt, hall.clock.now(), clerk),
      )
    expect(step).toThrow('dated back by one person')
    await way.reply('clerk', { repliedAt, backdated: { approvalId: await agreed(), reason } })
    const { complaint: answered, steps } = await detail(complaintId)
    expect(answered.repliedAt).toBe(repliedAt)
    expect(steps.at(-1)?.note).toContain('；补记凭据：通话录音 12 号（')
  })

  test('is called back and closed by nobody who handled it, in whatever round', async () => {
    await certify(hall, clerk, 'callback', '2027-11-22')
    const { way, complaintId } = await replied(hall)
    await expect(way.callBack('clerk')).rejects.toMatchObject({
      failure: { code: 'OwnWork', message: '本人办理过这件投诉，回访须由他人办理（第十四条）' },
    })
    await expect(way.callBack('dispatcher')).rejects.toThrow('CertificateMissing')
    await expect(way.close()).rejects.toThrow('WrongStep')
    await way.callBack('hall-manager', 'dissatisfied')
    await way.assign(manager)
    await way.investigate('hall-manager')
    await way.reply('hall-manager')
    await expect(way.callBack('clerk')).rejects.toThrow('OwnWork')
    await expect(way.callBack('hall-manager')).rejects.toThrow('OwnWork')
    const other = await employ(hall, { staffNo: '3009', name: '冯回访', roles: ['clerk'], certificates: ['callback'] })
    expect(other).toBeTruthy()
    await way.callBack('3009')
    await expect(way.close('hall-manager')).rejects.toThrow('OwnWork')
    await way.close('dispatcher')
    expect((await detail(complaintId)).complaint).toMatchObject({ state: 'closed', round: 2 })
  })

  test('of a dissatisfied customer begins a new round with 48 hours anew; a closed one can be reopened', async () => {
    const { way, complaintId, complaintNo } = await replied(hall)
    hall.clock.advance(hour)
    expect(await way.callBack('hall-manager', 'dissatisfied')).toMatchObject({ reopenedNo: complaintNo })
    const again = (await detail(complaintId)).complaint
    expect(again).toMatchObject({ state: 'received', round: 2, investigatorName: null, repliedAt: null })
    expect(again.replyBy).toBe(hall.clock.now() + 48 * hour)
    await way.assign()
    await expect(way.reply()).rejects.toThrow('NotInvestigated')
    await way.investigate()
    await way.reply()
    await way.callBack()
    await way.close()
    await way.reopen()
    expect((await detail(complaintId)).complaint).toMatchObject({ state: 'received', round: 3 })
  })

  test('is classed anew with its reason on record', async () => {
    const { complaintId } = await take(hall)
    const to = { ...on(complaintId), class: 'collection' as const, note: '实为收费争议' }
    await expect(callAs(hall, 'clerk', Classify, to)).rejects.toThrow('NotAllowed')
    await callAs(hall, 'dispatcher', Classify, to)
    const { complaint: found, steps } = await detail(complaintId)
    expect([found.class, steps.at(-1)?.note]).toEqual(['collection', '服务态度改为收费；实为收费争议'])
  })
})

describe('the timer', () => {
  test('runs from the intake, stays right after a restart, and shows what is late first', async () => {
    const first = await take(hall)
    hall.clock.advance(hour)
    const second = await take(hall, complaint({ complainantPhone: '13800000002' }))
    expect(second.replyBy - first.replyBy).toBe(hour)
    hall.clock.advance(42 * hour)
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ open: 2, overdue: 0, dueSoon: 2 })
    await hall.restart()
    hall.clock.advance(5 * hour + 1)
    expect(await callAs(hall, 'clerk', Counts, {})).toMatchObject({ open: 2, overdue: 1, dueSoon: 1 })
    expect((await rows('overdue')).rows.map(({ id }) => id)).toEqual([first.complaintId])
    expect((await rows('open')).rows.map(({ id }) => id)).toEqual([first.complaintId, second.complaintId])
    expect((await detail(first.complaintId)).complaint.replyBy).toBe(first.replyBy)
  })

  test('keeps the limit it was taken with, and the setting never allows more than the regulation', async () => {
    const change = (value: number) => callAs(hall, 'administrator', Change, { key: 'complaints.replyHours', value })
    await expect(change(49)).rejects.toMatchObject({ failure: { code: 'InvalidInput' } })
    const { complaintId } = await take(hall)
    await change(24)
    const later = await take(hall)
    expect((await detail(complaintId)).complaint.replyBy - hall.clock.now()).toBe(48 * hour)
    expect(later.replyBy - hall.clock.now()).toBe(24 * hour)
    expect(() => write('UPDATE complaints SET taken_at = taken_at + 1 WHERE id = ?', complaintId)).toThrow('stays')
  })

  test('move with a new round alone, and an answer is when its step says, below the services too', async () => {
    const { complaintId } = await replied(hall, complaint())
    const change = (columns: string) => () => write(`UPDATE complaints SET ${columns} WHERE id = ?`, complaintId)
    for (const columns of ['reply_by = reply_by + 1', 'round = 2', 'round_from = round_from + 1'])
      expect(change(columns), columns).toThrow('moves with a step alone')
    for (const columns of [
      'replied_at = replied_at - 1',
      'replied_at = NULL',
      'first_replied_at = first_replied_at - 1',
    ])
      expect(change(columns), columns).toThrow('a time comes with its step')
    const { complaintId: fresh } = await take(hall)
    expect(() => write('UPDATE complaints SET replied_at = 1, first_replied_at = 1 WHERE id = ?', fresh)).toThrow(
      'a time comes with its step',
    )
  })
})

describe('nobody complained of', () => {
  test('takes the complaint, is given it, or finds any trace of it: every call is tried', async () => {
    const opened = openOne(hall, 1)
    await expect(take(hall, complaint({ staffIds: [clerk] }), 'clerk')).rejects.toMatchObject({
      failure: { code: 'ComplainedOf', field: 'staffIds' },
    })
    for (const id of [clerk, dispatcher]) await certify(hall, id, 'callback', '2027-11-22')
    const about = complaint({ accountId: opened.accountId, staffIds: [manager] })
    const { complaintId } = await take(hall, about)
    const way = hands(hall, complaintId)
    const hidden = { failure: { code: 'ComplaintNotFound' } }
    const as = 'hall-manager'
    const paper = { kind: 'complaint' as const, id: complaintId }
    const month = '2026-11'
    const span = { from: '2026-11-01', to: '2026-11-30' }

    const tries = async () => {
      const say = { ...on(complaintId), note: '我来处理' }
      await expect(detail(complaintId, as)).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Candidates, { complaintId })).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Assign, { ...on(complaintId), staffId: clerk })).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Investigate, say)).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Classify, { ...say, class: 'other' })).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Name, { ...say, staffIds: [cashier] })).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Reply, { ...say, channel: 'phone' })).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Close, say)).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Reopen, { ...on(complaintId), reason: '再查' })).rejects.toMatchObject(hidden)
      await expect(callAs(hall, as, Item, { of: 'complaint', id: complaintId })).rejects.toMatchObject(hidden)
      const ringing = { ...say, of: 'complaint' as const, id: complaintId, result: 'satisfied' as const, answers: [] }
      const { complaintId: _, ...call } = ringing
      await expect(callAs(hall, as, Call, call)).rejects.toMatchObject(hidden)
      await expect(hall.paper(paper, as)).rejects.toMatchObject(hidden)
      for (const filter of ['open', 'overdue', 'received', 'assigned', 'replied', 'called-back', 'closed'] as const)
        expect((await rows(filter, as)).rows).toEqual([])
      expect(await callAs(hall, as, Counts, {})).toEqual({ open: 0, overdue: 0, dueSoon: 0, mine: 0, states: [] })
      expect(await callAs(hall, as, OfAccount, { accountId: opened.accountId })).toEqual([])
      expect((await callAs(hall, as, InMonth, { month })).rows).toEqual([])
      expect((await callAs(hall, as, MonthAnalysis, { month })).repeated).toEqual([])
      expect((await callAs(hall, as, Due, {})).rows).toEqual([])
      expect((await callAs(hall, as, Calls, {})).rows).toEqual([])
      expect((await callAs(hall, as, Finished, span)).rows).toEqual([])
      for (const accountId of [null, opened.accountId]) {
        const { rows: events, counts } = await callAs(hall, as, CustomerTimeline, {
          customerId: opened.customerId,
          accountId,
          page: {},
        })
        expect(events.filter(({ kind }) => kind === 'complaint')).toEqual([])
        expect(counts.complaint).toBeUndefined()
      }
    }
    await tries()
    await expect(way.assign(manager)).rejects.toMatchObject({
      failure: { code: 'ComplainedOf', message: '李主任是被投诉人，不能调查这件投诉，请指派他人（第二十条）' },
    })
    expect((await callAs(hall, 'dispatcher', Candidates, { complaintId })).map(({ name }) => name)).not.toContain(
      '李主任',
    )
    await way.assign(cashier)
    await way.investigate('cashier')
    await way.reply('cashier')
    await tries()
    await way.callBack('dispatcher')
    await tries()
    await way.close()
    await tries()
    expect((await detail(complaintId)).complaint.state).toBe('closed')
    // Others count it, and are told of a repeated complainant; whoever it is about sees it in no figure either.
    await take(hall, { ...about, requestId: req() })
    const seen = await callAs(hall, 'dispatcher', MonthAnalysis, { month })
    expect([seen.figures.taken, seen.repeated.map(({ times }) => times)]).toEqual([2, [2]])
    expect((await callAs(hall, as, MonthAnalysis, { month })).figures.taken).toBe(0)
    expect((await callAs(hall, as, MonthAnalysis, { month })).repeated).toEqual([])
  })

  test('counts whoever did the work it points at, and everybody who comes out later', async () => {
    const opened = openOne(hall, 2)
    const zhao = await employ(hall, {
      staffNo: '3001',
      name: '赵师傅',
      roles: ['clerk'],
      certificates: ['maintenance', 'callback'],
    })
    const { orderId, orderNo } = await callAs(
      hall,
      'clerk',
      TakeOrder,
      repairCall({ accountId: opened.accountId, place: '' }),
    )
    await ways(hall, orderId).assign(zhao)
    await ways(hall, orderId).work('accept')
    const subject = { kind: 'workorder' as const, id: orderId }
    await expect(take(hall, complaint({ subject }))).rejects.toMatchObject({ failure: { field: 'subject' } })
    const found = await callAs(hall, 'clerk', Subjects, { accountId: opened.accountId })
    expect(found).toEqual([{ kind: 'workorder', id: orderId, no: orderNo, text: '报修，火焰发黄、脱火' }])
    const { complaintId } = await take(hall, complaint({ class: 'repair-late', accountId: opened.accountId, subject }))
    expect((await detail(complaintId)).parties).toEqual([{ staffId: zhao, name: '赵师傅', reason: 'workorder' }])
    await expect(detail(complaintId, '3001')).rejects.toThrow('ComplaintNotFound')

    const way = hands(hall, complaintId)
    await way.assign(clerk)
    await way.investigate()
    const named = { ...on(complaintId), staffIds: [clerk] }
    await expect(callAs(hall, 'clerk', Name, named)).rejects.toThrow('ComplainedOf')
    expect(await callAs(hall, 'dispatcher', Name, { ...named, note: '客户来电指明' })).toEqual({ state: 'received' })
    const { complaint: now, parties, steps } = await detail(complaintId)
    expect([now.investigatorName, parties.map(({ name }) => name)]).toEqual([null, ['赵师傅', '钱柜员']])
    expect(steps.at(-1)).toMatchObject({ kind: 'name', note: '钱柜员；客户来电指明' })
    await expect(way.investigate()).rejects.toThrow('ComplaintNotFound')
    // What the clerk saw happen to the customer before is gone from their timeline too.
    const { rows: events } = await callAs(hall, 'clerk', CustomerTimeline, {
      customerId: opened.customerId,
      accountId: opened.accountId,
      kinds: ['complaint'],
      page: {},
    })
    expect(events).toEqual([])
  })

  test('who has answered already is named only after the complaint was taken up again', async () => {
    const { complaintId, way } = await replied(hall)
    const named = { ...on(complaintId), staffIds: [clerk] }
    await expect(callAs(hall, 'dispatcher', Name, named)).rejects.toMatchObject({
      failure: { code: 'ComplainedOf', field: 'staffIds' },
    })
    await way.reopen('dispatcher')
    expect(await callAs(hall, 'dispatcher', Name, { ...named, requestId: req() })).toEqual({ state: 'received' })
  })

  test('is let in by the database either', async () => {
    const { complaintId } = await take(hall, complaint({ staffIds: [cashier] }))
    const set = (columns: string) => () => write(`UPDATE complaints SET ${columns} WHERE id = ?`, complaintId)
    expect(set(`investigator_id = '${cashier}', investigator_name = 'x'`)).toThrow('whom it is about')
    expect(set(`state = 'replied'`)).toThrow(/no such step|without investigation/)
    expect(set(`state = 'called-back'`)).toThrow(/no such step|without callback/)
    expect(set(`state = 'closed'`)).toThrow(/no such step|without callback/)
    expect(() => write('DELETE FROM complaints WHERE id = ?', complaintId)).toThrow('stays on record')
    expect(() => write('DELETE FROM complaint_steps')).toThrow('append-only')
    expect(() => write(`UPDATE complaint_parties SET staff_id = '${clerk}'`)).toThrow('append-only')
    await hands(hall, complaintId).assign(clerk)
    expect(set(`state = 'replied'`)).toThrow('without investigation')
    const step = (kind: string, actor: string, state = 'assigned') =>
      write(
        `INSERT INTO complaint_steps (id, complaint_id, no, round, kind, state, note, at, actor_id, actor_name)
         VALUES (?, ?, 99, 1, ?, ?, '', 1, ?, 'x')`,
        req(), complaintId, kind, state, actor) // prettier-ignore
    expect(() => step('investigate', cashier)).toThrow('touched by whom it is about')
    expect(() => step('close', clerk)).toThrow('judged by whoever handled it')
    expect(() => step('call-back', manager, 'called-back')).toThrow('without its call')
  })
})

describe('what presses', () => {
  const pressing = async (as: string) => (await callAs(hall, as, ListPressing, {})).map(({ id }) => id)

  test('is told to whoever leads and to whoever investigates, in time and until it is answered (clause 20)', async () => {
    const { complaintId } = await take(hall)
    const way = hands(hall, complaintId)
    hall.clock.advance(41 * hour)
    expect(await pressing('dispatcher')).toEqual([])
    hall.clock.advance(hour)
    expect(await pressing('dispatcher')).toEqual([complaintId])
    expect(await pressing('hall-manager')).toEqual([complaintId])
    expect(await pressing('clerk')).toEqual([])
    await way.assign()
    expect(await pressing('clerk')).toEqual([complaintId])
    expect(await pressing('cashier')).toEqual([])
    hall.clock.advance(10 * hour)
    expect(await pressing('clerk')).toEqual([complaintId])
    await way.investigate()
    await way.reply()
    expect(await pressing('dispatcher')).toEqual([])
  })

  test('is never told to whoever is complained of', async () => {
    const { complaintId } = await take(hall, complaint({ staffIds: [dispatcher] }))
    hall.clock.advance(47 * hour)
    expect(await pressing('dispatcher')).toEqual([])
    expect(await pressing('hall-manager')).toEqual([complaintId])
  })
})

describe('the lists', () => {
  test('page by key over more than one page', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n++) {
      ids.push((await take(hall, complaint({ complainantPhone: `1380000000${n}` }))).complaintId)
      hall.clock.advance(60_000)
    }
    const first = await callAs(hall, 'clerk', List, { page: { size: 3 } })
    const second = await callAs(hall, 'clerk', List, { page: { after: first.next, size: 3 } })
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(ids)
    expect(second.next).toBeNull()
    await hands(hall, ids[2] ?? '').assign(clerk)
    expect((await rows('mine', 'clerk')).rows.map(({ id }) => id)).toEqual([ids[2]])
    await expect(callAs(hall, 'clerk', List, { page: { after: 'x' } })).rejects.toThrow('页码不正确')
    const month = await callAs(hall, 'dispatcher', InMonth, { month: '2026-11', page: { size: 4 } })
    const rest = await callAs(hall, 'dispatcher', InMonth, { month: '2026-11', page: { after: month.next, size: 4 } })
    expect([...month.rows, ...rest.rows].map(({ id }) => id)).toEqual(ids)
  })

  test.each([
    ['open', listSql('open')],
    ['overdue', listSql('overdue')],
    ['closed', listSql('closed')],
    ['late in a month', inMonthSql('late')],
    ['those that press', pressingSql],
    ['by class in a month', groupSql('class')],
  ])('find %s by an index, without sorting', (name, sql) => {
    const plan = hall.hall.environment.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({
      now: 0, actorId: '', soon: 0, leads: 1, state: 'closed', afterDue: 0, afterAt: 0, afterId: '', limit: 51, from: 0, to: 1, class: null,
    }) as { detail: string }[] // prettier-ignore
    const text = plan.map(({ detail: line }) => line).join('\n')
    expect(text).toMatch(/SEARCH c USING INDEX complaints_(open|state|taken)/)
    expect(text).not.toMatch(/SCAN [cp]\b/)
    if (!name.startsWith('by')) expect(text).not.toMatch(/TEMP B-TREE/)
  })
})

describe('the month', () => {
  test('is counted by class, in time and satisfaction, against the month before and a year ago, lists behind it', async () => {
    const at = (text: string) => hall.clock.set(`${text}+08:00`)
    hall = await restartedAt('2025-11-10T09:00')
    await take(hall, complaint({ class: 'bill', complainantPhone: '13800000009' }))
    at('2026-10-31T23:59')
    await take(hall, complaint({ class: 'bill' }))
    at('2026-11-01T00:00')
    const good = await replied(hall, complaint({ class: 'bill' }))
    await good.way.callBack()
    const late = await take(hall, complaint({ class: 'attitude', complainantPhone: '13800000002' }))
    at('2026-11-03T00:01')
    const way = hands(hall, late.complaintId)
    await way.assign()
    await way.investigate()
    await way.reply()
    await way.callBack('hall-manager', 'dissatisfied')
    at('2026-11-30T23:59')
    await take(hall, complaint({ class: 'attitude', complainantPhone: '13800000003' }))
    at('2026-12-01T00:00')
    await take(hall, complaint({ class: 'attitude', complainantPhone: '13800000004' }))

    const month = await callAs(hall, 'hall-manager', MonthAnalysis, { month: '2026-11' })
    expect(month.figures).toEqual({
      taken: 3,
      inTime: 1,
      late: 1,
      pending: 1,
      reopened: 1,
      closed: 0,
      satisfied: 1,
      dissatisfied: 1,
      unreachable: 0,
      inTimePercent: 50,
      satisfiedPercent: 50,
    })
    expect([month.before.taken, month.lastYear.taken]).toEqual([1, 1])
    expect(month.classes.map((row) => [row.class, row.figures.taken, row.before, row.lastYear])).toEqual([
      ['attitude', 2, 0, 0],
      ['bill', 1, 1, 1],
    ])
    expect(month.halls).toMatchObject([{ hallName: '示例营业厅', figures: { taken: 3 } }])
    // The same telephone in October and November; the one of a year ago lies outside the twelve months.
    expect(month.repeated).toEqual([{ name: '郑投诉', accountId: null, accountNo: null, times: 2, inMonth: 1 }])
    const behind = async (figure: 'taken' | 'late' | 'pending' | 'reopened' | 'satisfied' | 'dissatisfied') =>
      (await callAs(hall, 'hall-manager', InMonth, { month: '2026-11', figure })).rows.length
    expect([
      await behind('taken'),
      await behind('late'),
      await behind('pending'),
      await behind('reopened'),
      await behind('satisfied'),
      await behind('dissatisfied'),
    ]).toEqual([3, 1, 1, 1, 1, 1])
    const ofClass = await callAs(hall, 'hall-manager', InMonth, { month: '2026-11', class: 'bill' })
    expect(ofClass.rows).toHaveLength(1)
    await expect(callAs(hall, 'clerk', MonthAnalysis, { month: '2026-11' })).rejects.toThrow('NotAllowed')
    await expect(callAs(hall, 'hall-manager', MonthAnalysis, { month: '2026-13' })).rejects.toThrow('月份应写成')

    const paper = await hall.paper({ kind: 'complaint-month', id: '2026-11' }, 'hall-manager')
    expect(paper.html).toContain('2026年11月')
    expect(paper.html).toContain('24 小时服务电话')
    await expect(hall.paper({ kind: 'complaint-month', id: '2026-11' }, 'clerk')).rejects.toThrow('NotAllowed')
    await expect(hall.paper({ kind: 'complaint-month', id: 'x' }, 'hall-manager')).rejects.toThrow('月份')
  })

  /** A hall that begins earlier than the one of the other tests. */
  async function restartedAt(text: string): Promise<TestHall> {
    await hall.close()
    const { openHallWithWorkers } = await import('../workorders/people.ts')
    const earlier = await openHallWithWorkers(Date.parse(`${text}+08:00`))
    await certifyFrom(earlier)
    return earlier
  }
  const certifyFrom = (early: TestHall) =>
    early.transact(({ sqlite }) =>
      sqlite
        .prepare(
          `INSERT INTO certificates (id, staff_id, kind, number, issued_on, valid_to, good_from, copy_hash, copy_name, added_at, added_by_id, added_by)
           VALUES (?, ?, 'callback', 'HF-1', '2025-01-01', '2027-12-31', date(hall_now() / 1000, 'unixepoch', '+8 hours'), 'x', 'x', 1, 'x', 'x')`,
        )
        .run(req(), actorOf('hall-manager').id),
    )
})

test('the paper of a complaint holds what was said and done, and the 24-hour phone', async () => {
  const { complaintId, complaintNo } = await replied(hall, complaint({ staffIds: [cashier] }))
  const { html } = await hall.paper({ kind: 'complaint', id: complaintId }, 'hall-manager')
  for (const text of [complaintNo, '窗口人员态度生硬', '孙收费', '已查看录像', '已致歉并说明', '24 小时服务电话'])
    expect(html).toContain(text)
  expect(html).not.toContain('undefined')
})
