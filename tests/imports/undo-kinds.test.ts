/**
 * 撤销导入, every kind of it (A18): as long as nothing came of it the import goes whole, as if it had never been; once something
 * did, it is refused in words that name it. Never a fault of the program, never a half.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setPassword } from '../../src-main/access/service.ts'
import { BillReading } from '../../src-main/billing/api.ts'
import { OpenShift, Prepay } from '../../src-main/cashier/api.ts'
import { Take as TakeComplaint } from '../../src-main/complaints/api.ts'
import { AttachFile, EditCustomer, CustomerFile } from '../../src-main/customers/api.ts'
import { Generate } from '../../src-main/inspections/api.ts'
import { importKinds, type ImportKind, UndoObstacles } from '../../src-main/imports/api.ts'
import { referencesOf, wordOf } from '../../src-main/imports/undo.ts'
import { RecordReading } from '../../src-main/metering/api.ts'
import type { Context } from '../../src-main/platform/context.ts'
import { fen, litre } from '../../src-main/platform/money.ts'
import { placeHold } from '../../src-main/supply/service.ts'
import { Assign, Take as TakeOrder } from '../../src-main/workorders/api.ts'
import { AddCertificate, Leave, WithdrawCertificate } from '../../src-main/staff/api.ts'
import { copyIn } from '../support/certificate.ts'
import { openTestHall, type CallFailed, type TestHall } from '../support/hall.ts'
import { certifiedReader } from '../support/reader.ts'
import { tablesOf } from '../support/written.ts'
import { repairCall } from '../workorders/people.ts'
import { openFolder, type Folder } from './files.ts'
import { importFile, plansIn, requestId, undoApproved } from './steps.ts'

let hall: TestHall
let folder: Folder
beforeEach(async () => {
  hall = await openTestHall()
  folder = openFolder()
  await bring('customers', '底')
})
afterEach(async () => {
  folder.remove()
  await hall.close()
})

const all = <T>(sql: string, ...values: unknown[]): T[] =>
  hall.hall.environment.sqlite.prepare(sql).all(...values) as T[]
const one = (sql: string, ...values: unknown[]): string =>
  hall.hall.environment.sqlite
    .prepare(sql)
    .pluck()
    .get(...values) as string

/** One file of each kind; all but the customers and the staff are about the household that is there already. */
const tables: Readonly<Record<ImportKind, (mark: string) => string[][]>> = {
  customers: (mark) => [
    ['户号', '姓名', '电话', '小区', '楼栋', '单元', '房号', '供气状态', ...(mark === '新' ? ['表号', '表底数', '底数日期', '预存', '欠费', '欠费月份', '阶梯年度已用气量', '特殊客户'] : [])],
    [`${mark}1`.replace('底', 'D').replace('新', 'X'), `赵${mark}`, '13900000001', '幸福里', mark === '底' ? '1' : '2', '1', '101', '供气', ...(mark === '新' ? ['METER0009', '10', '2026-10-31', '5', '7', '2026-09', '3', '独居'] : [])],
  ],
  meters: () => [['户号', '表号', '表底数', '底数日期', '阶梯年度已用气量'], ['D1', 'METER0001', '12', '2026-10-31', '5']],
  readings: () => [['户号', '表底数', '底数日期'], ['D1', '20', '2026-11-01']],
  balances: () => [['户号', '姓名', '预存', '欠费', '欠费月份'], ['D1', '赵底', '50', '30', '2026-09']],
  staff: () => [
    ['工号', '姓名', '岗位', '证件种类', '证号', '发证日期', '有效期'],
    ['2011', '蒋某', '柜员', '维修证', 'WX-11', '2025-01-01', '2028-01-01'],
  ],
  history: () => [['户号', '日期', '类别', '标题'], ['D1', '2025-03-01', '安检', '入户安检合格']],
  care: () => [['户号', '特殊客户'], ['D1', '独居']],
} // prettier-ignore

async function bring(kind: ImportKind, mark = '新'): Promise<string> {
  const resident = plansIn(hall).get('example-city-345') ?? ''
  const path = folder.text(`${kind}${mark}.csv`, tables[kind](mark))
  const { importId, state } = await importFile(hall, path, {
    kind,
    ...(kind === 'customers' ? { plans: { resident } } : {}),
  })
  expect(state).toBe('done')
  return importId
}

/** What a file needs before it can come. */
async function ground(kind: ImportKind): Promise<void> {
  if (kind !== 'readings') return
  hall.transact(({ sqlite, clock }) =>
    sqlite
      .prepare(
        `INSERT INTO meters (id, meter_no, kind, model, digits, service_point_id, state, initial_index, installed_on, created_at)
         SELECT ?, 'METER0007', 'diaphragm', 'G2.5', 5, service_point_id, 'in-use', 0, '2020-01-01', ? FROM accounts LIMIT 1`,
      )
      .run(crypto.randomUUID(), clock.now()),
  )
}

/** Rows of every table that a person would miss, but for the record of the import itself and of who did what. */
const kept = () => {
  const own =
    /^(imports?|import_.*|audit_.*|outbox|requests|approvals|credentials|journal_.*|ledger_.*|serials|jobs|sessions|customer_search.*|schema_.*|device|business_days|printing.*|sqlite_.*|customer_index)$/
  return Object.fromEntries(
    tablesOf(hall)
      .filter((table) => !own.test(table))
      .map((table) => [table, all<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`)[0]?.n]),
  )
}

test.each(importKinds)('%s: with nothing come of it, it goes whole and the file may come again', async (kind) => {
  await ground(kind)
  const before = kept()
  const importId = await bring(kind)
  expect(await hall.call(UndoObstacles, { importId }, 'administrator')).toEqual({ obstacles: [], more: false })
  expect(await undoApproved(hall, importId)).toMatchObject({ state: 'undone' })
  expect(kept()).toEqual(before)
  const again = await bring(kind)
  expect(await undoApproved(hall, again)).toMatchObject({ state: 'undone' })
})

const accountOf = (importId: string) =>
  one('SELECT account_id FROM import_rows WHERE import_id = ? AND account_id IS NOT NULL', importId)
const customerOf = (importId: string) => one('SELECT customer_id FROM import_rows WHERE import_id = ?', importId)
const staffOf = (importId: string) =>
  one('SELECT staff_id FROM import_rows WHERE import_id = ? AND staff_id IS NOT NULL', importId)
const pointOf = (importId: string) => one('SELECT service_point_id FROM accounts WHERE id = ?', accountOf(importId))
const transact = (work: (context: Context) => void) => hall.transact(work)

async function prepay(accountId: string): Promise<void> {
  await hall.call(OpenShift, { requestId: requestId(), rows: [{ face: fen(10_000), pieces: 2 }] }, 'cashier')
  const tenders = [{ means: 'cash' as const, amount: fen(1000), received: fen(1000) }]
  await hall.call(Prepay, { requestId: requestId(), accountId, tenders }, 'cashier')
}
async function read(accountId: string): Promise<string> {
  const meterId = one(
    'SELECT m.id FROM meters m JOIN accounts a ON a.service_point_id = m.service_point_id WHERE a.id = ?',
    accountId,
  )
  const { readingId } = await hall.call(RecordReading, {
    requestId: requestId(),
    accountId,
    meterId,
    readOn: '2026-11-23',
    index: litre(90_000),
    source: 'visit',
    readerId: certifiedReader(hall),
    confirmed: [],
  })
  return readingId
}
async function edit(customerId: string): Promise<void> {
  const { customer } = await hall.call(CustomerFile, { accountId: null, customerId })
  await hall.call(EditCustomer, {
    requestId: requestId(),
    customerId,
    version: customer.version,
    change: { note: '有狗' },
  })
}
async function attach(customerId: string): Promise<void> {
  const sourcePath = folder.bytes('a.pdf', '%PDF-1.4 a')
  await hall.call(AttachFile, { requestId: requestId(), customerId, kind: 'other', sourcePath })
}
async function assignTo(staffId: string): Promise<void> {
  const { orderId } = await hall.call(TakeOrder, repairCall(), 'clerk')
  await hall.call(Assign, { requestId: requestId(), orderId, staffId }, 'dispatcher')
}

type Deed = readonly [what: string, deed: (importId: string) => Promise<unknown>, words: RegExp]
const since: Readonly<Record<ImportKind, readonly Deed[]>> = {
  customers: [
    ['paid', (id) => prepay(accountOf(id)), /缴费/],
    ['read and billed', async (id) => hall.call(BillReading, { requestId: requestId(), readingId: await read(accountOf(id)) }, 'cashier'), /抄表|账单/],
    ['edited', (id) => edit(customerOf(id)), /资料修改/],
    ['a paper filed', (id) => attach(customerOf(id)), /附件/],
    ['gas held off', async (id) => transact((context) => placeHold(context, { servicePointId: pointOf(id), cause: 'customer', subject: 'x:1', note: '装修' })), /停气原因|用气点变动/],
    ['planned for inspection', () => hall.call(Generate, { year: 2026 }, 'hall-manager'), /安检/],
    ['an order taken', (id) => hall.call(TakeOrder, repairCall({ accountId: accountOf(id) }), 'clerk'), /工单/],
  ],
  meters: [
    ['read', (id) => read(accountOf(id)), /抄表/],
    ['taken out', async (id) => transact(({ sqlite }) => sqlite.prepare(`UPDATE meters SET state = 'removed', removed_on = '2026-11-23' WHERE id = (SELECT meter_id FROM import_rows WHERE import_id = ?)`).run(id)), /表具变动/],
  ],
  readings: [['read again', (id) => read(accountOf(id)), /抄表/]],
  balances: [['paid', async (id) => { await prepay(accountOf(id)); transact(({ sqlite }) => sqlite.prepare('UPDATE accounts SET prepayment = 0 WHERE id = ?').run(accountOf(id))) }, /余额已动用|账单/]],
  staff: [
    ['given an order by the certificate', (id) => assignTo(staffOf(id)), /工单/],
    ['given a password', async (id) => transact((context) => setPassword(context, staffOf(id), 'Kuai-Le-5821')), /登录密码/],
    ['another certificate', async (id) => hall.call(AddCertificate, { requestId: requestId(), staffId: staffOf(id), kind: 'inspection', number: 'AJ-9', issuedOn: '2026-01-01', validTo: '2028-01-01', ...copyIn(hall) }, 'administrator'), /上岗证/],
    ['the certificate withdrawn', async (id) => hall.call(WithdrawCertificate, { requestId: requestId(), certificateId: one('SELECT certificate_id FROM import_rows WHERE import_id = ?', id), reason: '遗失' }, 'administrator'), /上岗证收回/],
    ['left', async (id) => hall.call(Leave, { staffId: staffOf(id) }, 'administrator'), /离职/],
    ['complained of', async (id) => hall.call(TakeComplaint, { requestId: requestId(), class: 'attitude', channel: 'phone', complainantName: '钱二', complainantPhone: '13900000002', content: '态度差', staffIds: [staffOf(id)] }, 'clerk'), /服务记录/],
  ],
  history: [],
  care: [['edited', (id) => edit(customerOf(id)), /资料修改/]],
} // prettier-ignore

/** Nothing is ever done with a past record. */
describe.each(importKinds.filter((kind) => since[kind].length > 0))('%s, once something came of it', (kind) => {
  test.each(since[kind].map(([what, deed, words]) => ({ what, deed, words })))('$what', async ({ deed, words }) => {
    await ground(kind)
    const importId = await bring(kind)
    await deed(importId)
    const before = kept()
    const { obstacles } = await hall.call(UndoObstacles, { importId }, 'administrator')
    expect(obstacles.map(({ text }) => text).join('；')).toMatch(words)
    expect(obstacles.map(({ text }) => text).join('；')).not.toContain('其他业务')
    const refused = await undoApproved(hall, importId).then(
      () => null,
      (error: unknown) => (error as CallFailed).failure,
    )
    expect(refused?.code).toBe('UndoRefused')
    expect(refused?.message).toMatch(words)
    expect(kept()).toEqual(before)
  })
})

test('whatever refers to what an import brings has a word of its own', () => {
  const unnamed = referencesOf(hall.hall.environment).filter(
    ({ table }) => table !== 'account_aliases' && wordOf(table) === undefined,
  )
  expect(unnamed).toEqual([])
})

test('what no list of obstacles foresees is refused in words too, and nothing is half taken back', async () => {
  const importId = await bring('staff')
  transact(({ sqlite }) =>
    sqlite.exec(
      `CREATE TRIGGER a_room_to_come BEFORE DELETE ON certificates BEGIN SELECT RAISE(ABORT, 'it stays'); END`,
    ),
  )
  const before = kept()
  const refused = await undoApproved(hall, importId).then(
    () => null,
    (error: unknown) => (error as CallFailed).failure,
  )
  expect(refused).toMatchObject({ code: 'UndoRefused', message: expect.stringContaining('蒋某') as unknown })
  expect(kept()).toEqual(before)
})
