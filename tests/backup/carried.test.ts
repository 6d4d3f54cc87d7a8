/** After a restore, what was off and open in the replaced database holds until it is answered (clauses 17(2), 19(3)). */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Approve } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { Now } from '../../src-main/backup/api.ts'
import { restoreBackup } from '../../src-main/backup/restore.ts'
import { OpenShift } from '../../src-main/cashier/api.ts'
import { CloseWindow, Window } from '../../src-main/imports/api.ts'
import {
  Carried,
  CarriedState,
  DeclareOff,
  declaredWords,
  LiftCarried,
  maxDeclared,
  ReenterCarried,
} from '../../src-main/supply/api.ts'
import { approvalTerms } from '../../src-main/platform/approval-terms.ts'
import { fen } from '../../src-main/platform/money.ts'
import { carriedSql } from '../../src-main/supply/carried.ts'
import { holdsOn, liftHold, placeHold } from '../../src-main/supply/service.ts'
import { refusal } from '../customers/support.ts'
import {
  failedItem,
  gasOf,
  generate,
  household,
  openInspectionHall,
  record,
  req,
  resumeGas,
  rows,
  taskOf,
  type InspectionHall,
} from '../inspections/support.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, testKey, type TestHall } from '../support/hall.ts'
import { Take } from '../../src-main/workorders/api.ts'
import { repairCall } from '../workorders/people.ts'

let set: InspectionHall
let hall: TestHall
beforeEach(async () => {
  set = await openInspectionHall()
  hall = set.hall
})
afterEach(() => hall.close())

const backUp = async () => (await hall.call(Now, {}, 'hall-manager')).fileName
async function restore(fileName: string, spoil: (database: string) => void = () => {}) {
  const found = hall.hall.environment.paths
  await hall.hall.close()
  spoil(found.database)
  const by = { actor: actorOf('administrator'), agreedBy: actorOf('hall-manager').name, reason: '磁盘损坏' }
  restoreBackup(found, testKey, { fileName, by, at: hall.clock.now() })
  await hall.restart().catch(() => undefined)
}
const matters = async (filter: 'open' | 'all' = 'open') => (await hall.call(Carried, { filter }, 'clerk')).rows
const held = (servicePointId: string) => hall.transact((context) => holdsOn(context, servicePointId))
const matterOf = async (accountNo: string) => {
  const found = (await matters()).find((row) => row.accountNo === accountNo)
  if (!found) throw new Error(`nothing was carried over for ${accountNo}`)
  return found
}
async function lift(row: Awaited<ReturnType<typeof matterOf>>, reason = '抢修队长已到场核对') {
  const account = [row.accountNo, row.customerName, row.address].join(' ')
  const terms = { matterId: row.matterId, account, what: row.what, reason }
  const approvalId = await approvalOf(hall, { purpose: 'carried-lift', terms }, 'clerk')
  return hall.call(LiftCarried, { requestId: req(), matterId: row.matterId, reason, approvalId }, 'clerk')
}
const accountNo = (accountId: string) =>
  rows<{ no: string }>(hall, 'SELECT account_no AS no FROM accounts WHERE id = ?', accountId)[0]?.no ?? ''

/** Hazard with gas cut, hazard without, open order, deactivated, waiting for its test, quiet; all since the backup. */
async function eventful() {
  const [cut, general, called, stopped, waiting, quiet] = [1, 2, 3, 4, 5, 6].map((n) => household(hall, n)) as [
    ReturnType<typeof household>,
    ...ReturnType<typeof household>[],
  ] & { length: 6 }
  await generate(hall)
  const fileName = await backUp()
  const find = (accountId: string, grade: 'general' | 'serious') =>
    record(hall, taskOf(hall, accountId).id, set.wang, { outcome: 'hazard', failed: [failedItem({ grade })] })
  await find(cut.accountId, 'serious')
  await find(general?.accountId ?? '', 'general')
  await hall.call(Take, repairCall({ accountId: called?.accountId ?? '' }), 'clerk')
  hall.transact((context) =>
    placeHold(context, {
      servicePointId: stopped?.servicePointId ?? '',
      cause: 'customer',
      subject: 'x:1',
      note: '装修',
    }),
  )
  hall.transact(({ sqlite }) =>
    sqlite
      .prepare(
        `UPDATE service_points SET gas_state = 'suspended', suspended_for = 'planned', version = version + 1 WHERE id = ?`,
      )
      .run(waiting?.servicePointId),
  )
  return { cut, general, called, stopped, waiting, quiet, fileName }
}

test('whatever was off is off, and what was open is listed, with what it was, since when and from which file', async () => {
  const { cut, general, called, stopped, waiting, quiet, fileName } = await eventful()
  await restore(fileName)
  const of = (one: { servicePointId: string } | undefined) => gasOf(hall, one?.servicePointId ?? '')
  expect([cut, general, called, stopped, waiting, quiet].map(of)).toEqual([
    { state: 'suspended', why: 'hazard' },
    { state: 'supplied', why: null },
    { state: 'supplied', why: null },
    { state: 'suspended', why: 'customer' },
    { state: 'suspended', why: 'planned' },
    { state: 'supplied', why: null },
  ])
  const list = await matters()
  expect(list.map(({ kind, held: off, what }) => [kind, off, what.slice(0, 4)].join(' ')).toSorted()).toEqual(
    [
      'hazard false 隐患 Y',
      'hold true 客户要求',
      'hold true 隐患停气',
      'order false 报修工单',
      'state true 停气待恢',
    ].toSorted(),
  )
  for (const row of list) {
    expect(row.sourceFile).toMatch(/^hall\.db\.replaced-/)
    expect(row.sinceAt).toBeLessThanOrEqual(hall.clock.now())
  }
  expect(await hall.call(CarriedState, {}, 'hall-manager')).toMatchObject({ open: 5, all: 5, unread: null })
  expect(hall.hall.environment.sqlite.prepare(carriedSql('open')).all({ at: 0, id: '', limit: 9 })).toHaveLength(5)
})

test('gas does not come back with test and check in hand, in the service and below it, until it is answered', async () => {
  const { cut, fileName } = await eventful()
  await restore(fileName)
  const refused = await refusal(resumeGas(hall, cut.servicePointId))
  expect(refused.code).toBe('GateNotPassed')
  expect(refused.message).toContain('恢复前的安全事项')
  const run = (sql: string) => () => hall.transact(({ sqlite }) => sqlite.prepare(sql).run())
  expect(run(`UPDATE supply_holds SET lifted_at = 1, lifted_by = 'x' WHERE subject GLOB 'carried:*'`)).toThrow(
    'not answered',
  )
  expect(
    run(`UPDATE carried_matters SET settled_at = 1, outcome = 'lifted', settled_by_id = '${actorOf('clerk').id}',
    settled_by_name = 'x', settled_note = 'x', approver_id = '${actorOf('hall-manager').id}'`),
  ).toThrow('or by two')
  expect(run(`UPDATE carried_matters SET what = 'x'`)).toThrow('or by two')
  expect(run('DELETE FROM carried_matters')).toThrow('never go')
  hall.transact(({ sqlite }) =>
    sqlite.exec('DROP TRIGGER service_points_holds_gate; DROP TRIGGER service_points_resumption_gate'),
  )
  expect(
    run(`UPDATE service_points SET gas_state = 'supplied', suspended_for = NULL WHERE id = '${cut.servicePointId}'`),
  ).toThrow('not answered')
})

test('lifted by two it waits for its test and check, and flows after them; one person or other terms lift nothing', async () => {
  const { cut, fileName } = await eventful()
  await restore(fileName)
  const row = await matterOf(accountNo(cut.accountId))
  const wrong = hall.call(LiftCarried, {
    requestId: req(),
    matterId: row.matterId,
    reason: '已修复',
    approvalId: req(),
  })
  expect((await refusal(wrong)).code).toBe('ApprovalRefused')
  expect(held(cut.servicePointId)).toHaveLength(1)
  await lift(row)
  expect(held(cut.servicePointId)).toEqual([])
  expect(gasOf(hall, cut.servicePointId)?.state).toBe('suspended')
  await hall.restart()
  await resumeGas(hall, cut.servicePointId)
  expect(gasOf(hall, cut.servicePointId)?.state).toBe('supplied')
  expect((await refusal(lift(row))).code).toBe('CarriedNotOpen')
  expect((await matters('all')).find(({ matterId }) => matterId === row.matterId)).toMatchObject({
    outcome: 'lifted',
    settledByName: actorOf('clerk').name,
    approverName: actorOf('hall-manager').name,
  })
})

test('entered again it is held by the new hazard; what does not shut gas off, another household and no number do not do', async () => {
  const { cut, general, fileName } = await eventful()
  await restore(fileName)
  const row = await matterOf(accountNo(cut.accountId))
  const enter = (matterId: string, number: string) =>
    hall.call(ReenterCarried, { requestId: req(), matterId, number }, 'clerk')
  const again = async (accountId: string, grade: 'general' | 'serious') => {
    const { hazardIds } = await record(hall, taskOf(hall, accountId).id, set.wang, {
      outcome: 'hazard',
      failed: [failedItem({ grade })],
    })
    return rows<{ no: string }>(hall, 'SELECT hazard_no AS no FROM hazards WHERE id = ?', hazardIds[0])[0]?.no ?? ''
  }
  expect((await refusal(enter(row.matterId, 'YH1'))).message).toContain('没有这个号码')
  const other = await again(general?.accountId ?? '', 'general')
  expect((await refusal(enter(row.matterId, other))).message).toContain('不是这一户的')
  const mine = await matterOf(accountNo(general?.accountId ?? ''))
  await enter(mine.matterId, other)
  const strong = await again(cut.accountId, 'serious')
  await enter(row.matterId, strong)
  expect(held(cut.servicePointId).map(({ subject }) => subject.split(':')[0])).toEqual(['hazard'])
  expect((await refusal(resumeGas(hall, cut.servicePointId))).message).toContain('隐患')
})

test('an order told over several lines is lifted by two like any other', async () => {
  const { accountId } = household(hall, 1)
  const fileName = await backUp()
  await hall.call(Take, repairCall({ accountId, description: '火焰发黄\n客户在家等候 ' }), 'clerk')
  await restore(fileName)
  await lift(await matterOf(accountNo(accountId)))
  expect(await matters()).toEqual([])
})

test('a second restore brings what is still unanswered along once more, once', async () => {
  const { cut, fileName } = await eventful()
  await restore(fileName)
  hall.clock.advance(60_000)
  await restore(fileName)
  expect(held(cut.servicePointId)).toHaveLength(1)
  expect(await matters()).toHaveLength(5)
})

test.each([
  ['is gone', (database: string) => ['', '-wal', '-shm'].forEach((end) => rmSync(database + end, { force: true }))],
  ['is damaged', (database: string) => writeFileSync(database, 'no database')],
])(
  'where the replaced database %s, gas comes back nowhere until the manager has made the list, with another',
  async (_, spoil) => {
    const [off, waiting] = [household(hall, 1), household(hall, 2)]
    hall.transact((context) =>
      placeHold(context, { servicePointId: waiting.servicePointId, cause: 'customer', subject: 'x:2', note: '装修' }),
    )
    const fileName = await backUp()
    await restore(fileName, spoil)
    const { unread } = await hall.call(CarriedState, {}, 'hall-manager')
    expect(unread).toMatchObject({ kind: 'unread', held: false })
    const refused = await refusal(resumeGas(hall, waiting.servicePointId))
    expect(refused.message).toContain('停气清单还没有补')
    const matterId = unread?.matterId ?? ''
    const reason = '查过工单存根'
    const what = '漏气抢修，未修复'
    const entries = [{ accountId: off.accountId, what }]
    const words = declaredWords([{ accountNo: accountNo(off.accountId), what }])
    hall.transact((context) => setPassword(context, actorOf('administrator').id, 'Guan-Li-26'))
    const declare = async (given: typeof entries, accounts: string) => {
      const terms = { matterId, count: given.length, accounts, reason }
      const approval = { purpose: 'carried-list', terms } as const
      const asked = { staffNo: actorOf('administrator').staffNo, password: 'Guan-Li-26', approval }
      const agreed = await hall.call(Approve, asked, 'hall-manager')
      const approvalId = agreed.ok ? agreed.approvalId : ''
      return hall.call(DeclareOff, { requestId: req(), matterId, entries: given, reason, approvalId }, 'hall-manager')
    }
    expect((await refusal(declare(entries, declaredWords([])))).code).toBe('ApprovalRefused')
    const alone = { requestId: req(), matterId, entries, reason, approvalId: req() }
    expect((await refusal(hall.call(DeclareOff, alone, 'clerk'))).code).toBe('NotAllowed')
    expect((await refusal(hall.call(DeclareOff, alone, 'hall-manager'))).code).toBe('ApprovalRefused')
    expect(gasOf(hall, off.servicePointId)?.state).toBe('supplied')
    expect(await declare(entries, words)).toEqual({ placed: 1 })
    await hall.restart()
    expect(gasOf(hall, off.servicePointId)).toEqual({ state: 'suspended', why: 'hazard' })
    expect(await hall.call(CarriedState, {}, 'clerk')).toMatchObject({ open: 1, all: 2, unread: null })
    expect((await refusal(resumeGas(hall, off.servicePointId))).message).toContain(what)
    expect((await refusal(resumeGas(hall, waiting.servicePointId))).message).not.toContain('清单')
  },
)

test('that nobody was off is said with its reason, and agreed to', async () => {
  const fileName = await backUp()
  await restore(fileName, (database) => rmSync(database, { force: true }))
  const matterId = (await hall.call(CarriedState, {}, 'hall-manager')).unread?.matterId ?? ''
  hall.transact((context) => setPassword(context, actorOf('administrator').id, 'Guan-Li-26'))
  const reason = '备份后没有营业'
  const terms = { matterId, count: 0, accounts: declaredWords([]), reason }
  const asked = {
    ...{ staffNo: actorOf('administrator').staffNo, password: 'Guan-Li-26' },
    approval: { purpose: 'carried-list', terms } as const,
  }
  const agreed = await hall.call(Approve, asked, 'hall-manager')
  const approvalId = agreed.ok ? agreed.approvalId : ''
  await hall.call(DeclareOff, { requestId: req(), matterId, entries: [], reason, approvalId }, 'hall-manager')
  expect(await matters()).toEqual([])
})

test('the longest list there may be is one that can be agreed to', () => {
  const entry = { accountNo: 'H01-01-000001-0', what: '停'.repeat(200) }
  const accounts = declaredWords(Array.from({ length: maxDeclared }, () => entry))
  const terms = { matterId: req(), count: maxDeclared, accounts, reason: '查过' }
  expect(approvalTerms['carried-list'].safeParse(terms).error).toBeUndefined()
})

test('an older file put in place by hand is a loss, after which gas comes back nowhere before the list either', async () => {
  household(hall, 1)
  const fileName = await backUp()
  household(hall, 2)
  hall.transact((context) => context.audit({ subject: 'test', detail: {} }))
  const lastKept = hall.clock.now()
  const { database, backups } = hall.hall.environment.paths
  await hall.hall.close()
  for (const end of ['-wal', '-shm']) rmSync(database + end, { force: true })
  copyFileSync(join(backups, fileName), database)
  hall.clock.advance(3 * 3_600_000)
  await hall.restart()
  expect(rows(hall, `SELECT kind, source_file AS source FROM carried_matters WHERE settled_at IS NULL`)).toEqual([
    { kind: 'unread', source: '' },
  ])
  // The list begins where the file ends, and not when that was found out.
  expect((await hall.call(CarriedState, {}, 'hall-manager')).unread?.sinceAt).toBeLessThanOrEqual(lastKept)
})

test('moving in that was closed since the backup is closed in the restored hall', async () => {
  const fileName = await backUp()
  await hall.call(CloseWindow, { requestId: req() }, 'hall-manager')
  await restore(fileName)
  expect(await hall.call(Window, {}, 'hall-manager')).toMatchObject({ open: false, acts: [{ act: 'closed' }] })
})

test('a place listed for what shuts nothing off is off all the same where it was shut off since', async () => {
  const { general, fileName } = await eventful()
  await restore(fileName)
  hall.transact(({ sqlite }) =>
    sqlite
      .prepare(
        `UPDATE service_points SET gas_state = 'suspended', suspended_for = 'customer', version = version + 1 WHERE id = ?`,
      )
      .run(general?.servicePointId),
  )
  hall.clock.advance(60_000)
  await restore(fileName)
  expect(gasOf(hall, general?.servicePointId ?? '')?.state).toBe('suspended')
})

test('what was found at a place that the backup has never heard of is entered again as a hazard of the place as it is now', async () => {
  const fileName = await backUp()
  const later = household(hall, 7)
  await generate(hall)
  const find = (accountId: string) =>
    record(hall, taskOf(hall, accountId).id, set.wang, {
      outcome: 'hazard',
      failed: [failedItem({ grade: 'general' })],
    })
  await find(later.accountId)
  await restore(fileName)
  const [row] = await matters()
  expect(row).toMatchObject({ kind: 'hazard', accountId: null })
  for (const search of [row?.customerName ?? '', row?.address ?? '', row?.accountNo ?? ''])
    expect((await hall.call(Carried, { filter: 'open', search }, 'clerk')).rows, search).toHaveLength(1)
  const again = household(hall, 8)
  await generate(hall)
  const { hazardIds } = await find(again.accountId)
  const [{ no } = { no: '' }] = rows<{ no: string }>(
    hall,
    'SELECT hazard_no AS no FROM hazards WHERE id = ?',
    hazardIds[0],
  )
  await hall.call(ReenterCarried, { requestId: req(), matterId: row?.matterId ?? '', number: no }, 'clerk')
  expect(await matters()).toEqual([])
})

test('an order of somebody else answers nothing, below the service either', async () => {
  const { general, fileName } = await eventful()
  await restore(fileName)
  const row = await matterOf(accountNo(general?.accountId ?? ''))
  const { orderId } = await hall.call(Take, repairCall({ accountId: household(hall, 9).accountId }), 'clerk')
  expect(() =>
    hall.transact(({ sqlite }) =>
      sqlite
        .prepare(
          `UPDATE carried_matters SET settled_at = 1, outcome = 're-entered', settled_by_id = ?, settled_by_name = 'x',
             settled_note = 'x', entered_as = ? WHERE id = ?`,
        )
        .run(actorOf('clerk').id, `workorder:${orderId}`, row.matterId),
    ),
  ).toThrow('or by two')
})

test('an order told in several lines is lifted like any other', async () => {
  const one = household(hall, 7)
  const fileName = await backUp()
  await hall.call(Take, repairCall({ accountId: one.accountId, description: '灶具打不着火\n厨房有异味' }), 'clerk')
  await restore(fileName)
  await lift(await matterOf(accountNo(one.accountId)))
  expect(await matters()).toEqual([])
})

test('a backup that knows more than the file it replaces is believed in what it has lifted and given back', async () => {
  const [lifted, still] = [household(hall, 7), household(hall, 8)]
  const off = (servicePointId: string, subject: string) =>
    hall.transact((context) => placeHold(context, { servicePointId, cause: 'customer', subject, note: '装修' }))
  off(lifted.servicePointId, 'x:1')
  const { database, backups } = hall.hall.environment.paths
  const older = readFileSync(join(backups, await backUp()))
  hall.clock.advance(60_000)
  hall.transact((context) => liftHold(context, 'x:1', '装修完'))
  await resumeGas(hall, lifted.servicePointId)
  off(still.servicePointId, 'x:2')
  const newer = await backUp()
  await restore(newer, () => {
    for (const end of ['-wal', '-shm']) rmSync(database + end, { force: true })
    writeFileSync(database, older)
  })
  expect(gasOf(hall, lifted.servicePointId)?.state).toBe('supplied')
  expect(held(still.servicePointId)).toHaveLength(1)
  expect(await matters()).toEqual([])
})

test('whoever goes back to the file that a restore replaced finds what it had open once, not as carried over too', async () => {
  const { cut, general, fileName } = await eventful()
  await restore(fileName)
  const { sourceFile } = await matterOf(accountNo(cut.accountId))
  hall.transact((context) =>
    placeHold(context, {
      servicePointId: general?.servicePointId ?? '',
      cause: 'customer',
      subject: 'x:9',
      note: '拆墙',
    }),
  )
  hall.clock.advance(60_000)
  await restore(sourceFile)
  expect(held(cut.servicePointId).map(({ subject }) => subject.split(':')[0])).toEqual(['hazard'])
  expect((await matters()).map(({ kind, what }) => `${kind} ${what}`)).toEqual(['hold 客户要求：拆墙'])
})

test.each(['gone', 'an older file put in place by hand'])(
  'moving in is closed where nobody can read whether it was (%s), once the counter has opened; two open it again',
  async (how) => {
    const rowsOf = [{ face: fen(10_000), pieces: 1 }]
    await hall.call(OpenShift, { requestId: req(), rows: rowsOf }, 'cashier')
    const fileName = await backUp()
    await hall.call(CloseWindow, { requestId: req() }, 'hall-manager')
    const { database, backups } = hall.hall.environment.paths
    const without = () => ['', '-wal', '-shm'].forEach((end) => rmSync(database + end, { force: true }))
    if (how === 'gone') await restore(fileName, without)
    else {
      await hall.hall.close()
      without()
      copyFileSync(join(backups, fileName), database)
      await hall.restart()
    }
    const state = await hall.call(Window, {}, 'hall-manager')
    expect(state).toMatchObject({ open: false, nextNo: 2, acts: [{ act: 'closed' }] })
  },
)

test('a hall that is still being set up goes on moving in after a restore over a file that is gone', async () => {
  const fileName = await backUp()
  await restore(fileName, (database) => rmSync(database, { force: true }))
  expect(await hall.call(Window, {}, 'hall-manager')).toMatchObject({ open: true, acts: [] })
})
