/** What comes in separate files: meters, readings, balances, staff, the past, special care. Each finds its customer by the old number. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Dues } from '../../src-main/cashier/api.ts'
import { CustomerFile, CustomerTimeline, SearchCustomers } from '../../src-main/customers/api.ts'
import { Problems, type ImportKind } from '../../src-main/imports/api.ts'
import { balanceOf } from '../../src-main/ledger/service.ts'
import { CheckReading, Meters, RecordReading } from '../../src-main/metering/api.ts'
import { BillReading, Bill, Bills, BillSums } from '../../src-main/billing/api.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { cubicMetres, fen } from '../../src-main/platform/money.ts'
import { Certificates, List as StaffList } from '../../src-main/staff/api.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { inventedNationalId } from '../support/invented.ts'
import { openFolder, type Folder, withGas } from './files.ts'
import { importFile, plansIn, requestId, tryOut, undoApproved, type Wanted } from './steps.ts'
import { Discard } from '../../src-main/imports/api.ts'
import { certifiedReader } from '../support/reader.ts'

let hall: TestHall
let folder: Folder
let plan: string
let serial = 0
const bring = (kind: ImportKind, rows: string[][], more: Partial<Wanted> = {}) =>
  importFile(hall, folder.text(`${kind}-${++serial}.csv`, rows), { kind, plans: { resident: plan }, ...more })
/** What is wrong with each row, in the words of the list; nothing stays behind. */
async function mistakes(kind: ImportKind, rows: string[][], more: Partial<Wanted> = {}): Promise<string[]> {
  const view = await tryOut(hall, folder.text(`${kind}-${++serial}.csv`, rows), {
    kind,
    plans: { resident: plan },
    ...more,
  })
  const { rows: listed } = await hall.call(Problems, { importId: view.importId, level: 'bad' }, 'administrator')
  await hall.call(Discard, { requestId: requestId(), importId: view.importId }, 'administrator')
  return listed.map(({ rowNo, column, reason }) => `${rowNo} ${column} ${reason}`)
}
const accountId = async (text: string): Promise<string> => {
  const { rows } = await hall.call(SearchCustomers, { text, limit: 1 })
  return rows[0]?.accountId ?? ''
}
const timeline = async (account: string) => {
  const file = await hall.call(CustomerFile, { accountId: account })
  const { rows } = await hall.call(CustomerTimeline, {
    customerId: file.customer.customerId,
    accountId: account,
    page: {},
  })
  return rows
}

beforeAll(async () => {
  hall = await openTestHall()
  folder = openFolder()
  plan = plansIn(hall).get('example-city-345') ?? ''
  await bring('customers', [
    ['户号', '姓名', '身份证号', '电话', '小区', '楼栋', '单元', '房号', '供气状态', '停气原因', '特殊客户'],
    ['K-001', '王某甲', inventedNationalId(1), '13900000001', '幸福里', '1号楼', '2单元', '301室', '正常', '', ''],
    ['K-002', '李某乙', inventedNationalId(2), '13900000002', '幸福里', '1', '2', '302', '停气', '欠费', '独居老人'],
    ['K-003', '王某甲', inventedNationalId(1), '13900000001', '幸福里', '1', '2', '303', '停用', '', ''],
    ['K-004', '赵某丙', '', '', '幸福里', '1', '2', '304', '供气', '', ''],
  ])
})
afterAll(async () => {
  folder.remove()
  await hall.close()
})

describe('客户档案', () => {
  test('the same identity and name is one customer with two accounts', async () => {
    const file = await hall.call(CustomerFile, { accountId: await accountId('K-003') })
    expect(file.accounts).toHaveLength(2)
    expect(file.account?.gasState).toBe('deactivated')
  })
  test('gas states and special care come as they stood', async () => {
    const file = await hall.call(CustomerFile, { accountId: await accountId('K002') })
    expect(file.account).toMatchObject({
      gasState: 'suspended',
      suspendedFor: 'arrears',
      address: '幸福里1号楼2单元302室',
    })
    expect(file.customer.specialCare?.kinds).toEqual(['living-alone', 'elderly'])
  })
  test('the same identity under another name is a mistake, in the file and against the books', async () => {
    const row = (no: string, name: string, room: string) => [no, name, inventedNationalId(9), '幸福里', room]
    const headings = ['户号', '姓名', '身份证号', '小区', '房号']
    expect(await mistakes('customers', withGas([headings, row('1', '甲某', '1'), row('2', '乙某', '2')]))).toEqual([
      '2 身份证号 与第 3 行的证件号码相同而姓名不同，请核对',
      '3 身份证号 与第 2 行的证件号码相同而姓名不同，请核对',
    ])
    expect(
      await mistakes(
        'customers',
        withGas([
          headings,
          ['3', '别人', inventedNationalId(1), '幸福里', '3'],
          ['4', '王某甲', inventedNationalId(1), '幸福里', '4'],
        ]),
      ),
    ).toEqual([
      '2 身份证号 证件号码与已建档客户“王某甲”相同而姓名不同，请核对',
      '2 身份证号 与第 3 行的证件号码相同而姓名不同，请核对',
      '3 身份证号 与第 2 行的证件号码相同而姓名不同，请核对',
    ])
  })
  test('addresses and numbers that are on file are mistakes; the same number of another old system is not', async () => {
    const headings = ['户号', '姓名', '小区', '楼栋', '单元', '房号']
    const rows = [
      ['K001', '孙某', '幸福里', '9', '9', '901'],
      ['K-009', '钱某', '幸福里', '1栋', '2', '301'],
    ]
    expect(await mistakes('customers', withGas([headings, ...rows]))).toEqual([
      '2 户号 “旧收费系统”的这个户号已经导入过',
      expect.stringMatching(/^3 用气地址 这个地址已经建档，户号 \d{13}$/),
    ])
    expect(await mistakes('customers', withGas([headings, rows[0] ?? []]), { source: '乡镇公司' })).toEqual([])
  })
})

describe('表具与底数, 期初抄表', () => {
  test('a meter counts from its index: the first bill covers only what was used since, in the tier the year had reached', async () => {
    await bring('meters', [
      ['户号', '表号', '表型', '装表日期', '表底数', '抄表日期', '年累计用气量'],
      ['K-001', 'M-0001', '物联网表', '2018-05-01', '1,300', '2026-11-01', '300'],
    ])
    const account = await accountId('M-0001')
    const before = await hall.call(CheckReading, { accountId: account, readOn: null, index: null })
    expect(before).toMatchObject({ previousOn: '2026-11-01', previousIndex: cubicMetres(1300), estimate: null })
    expect(before.meter).toMatchObject({ kind: 'iot', installedOn: '2018-05-01' })
    const { readingId, consumption } = await hall.call(RecordReading, {
      requestId: requestId(),
      accountId: account,
      readOn: businessDate('2026-11-23'),
      index: cubicMetres(1320),
      source: 'visit',
      readerId: certifiedReader(hall),
      confirmed: [],
    })
    expect(consumption).toBe(cubicMetres(20))
    const issued = await hall.call(BillReading, { requestId: requestId(), readingId })
    const bill = await hall.call(Bill, { billId: issued.billId })
    // 300 m³ were used before: the tier total goes on from there.
    expect(bill.lines[0]).toMatchObject({ fromVolume: cubicMetres(300), firstDay: '2026-11-02' })
  })
  test('a reading comes for a meter that has none yet', async () => {
    const headings = ['表号', '户号', '读数', '抄表日期']
    expect(
      await mistakes('readings', [
        headings,
        ['M-0001', '', '1400', '2026-11-20'],
        ['M-9999', '', '1', '2026-11-20'],
        ['', 'K-002', '1', '2026-11-20'],
        ['', '', '1', '2026-11-20'],
      ]),
    ).toEqual([
      '2 读数 这块表已有抄表记录，不能再导入期初抄表',
      '3 表号 没有这个表号，请先导入表具',
      '4 户号 这一户没有在用的表具，请先导入表具',
      '5 户号 户号和表号至少填一个',
    ])
  })
  test('一户多表: a second meter comes with a notice; two in one file name each other, the year’s use stands once; a reading names its meter', async () => {
    const headings = ['户号', '表号', '表底数', '年累计用气量', '抄表日期']
    expect(
      await mistakes('meters', [
        headings,
        ['K-002', 'M-0021', '100', '30', '2026-11-01'],
        ['K-002', 'M-0022', '5', '30', '2026-11-01'],
      ]),
    ).toEqual([
      '2 户号 与第 3 行的户号重复，一户的累计气量只填在一行',
      '3 户号 与第 2 行的户号重复，一户的累计气量只填在一行',
    ])
    await bring('meters', [
      headings,
      ['K-002', 'M-0021', '100', '30', '2026-11-01'],
      ['K-002', 'M-0022', '5', '', '2026-11-01'],
    ])
    const account = await accountId('M-0022')
    expect(await accountId('M-0021')).toBe(account)
    const meters = await hall.call(Meters, { accountId: account })
    expect(meters.map(({ meterNo, position, state }) => [meterNo, position, state])).toEqual([
      ['M-0021', 1, 'in-use'],
      ['M-0022', 2, 'in-use'],
    ])
    expect(
      await mistakes('readings', [
        ['表号', '户号', '读数', '抄表日期'],
        ['', 'K-002', '200', '2026-11-20'],
      ]),
    ).toEqual(['2 表号 这一户有 2 块表（M-0021、M-0022），请填表号'])
    // The first bill of both goes on from what the old system had counted.
    const readOn = businessDate('2026-11-23')
    const of = { accountId: account, readOn, source: 'visit' as const, readerId: certifiedReader(hall), confirmed: [] }
    const [first, second] = meters.map(({ meterId }) => meterId)
    await hall.call(RecordReading, { requestId: requestId(), ...of, meterId: first ?? '', index: cubicMetres(110) })
    const { readingId } = await hall.call(RecordReading, {
      requestId: requestId(),
      ...of,
      meterId: second ?? '',
      index: cubicMetres(15),
    })
    const { billId } = await hall.call(BillReading, { requestId: requestId(), readingId })
    expect(await hall.call(Bill, { billId })).toMatchObject({
      consumption: cubicMetres(20),
      lines: [{ fromVolume: cubicMetres(30), toVolume: cubicMetres(50) }],
    })
  })
  test('a meter’s number is one meter’s; what an account has used in the year is told once', async () => {
    expect(
      await mistakes('meters', [
        ['户号', '表号', '表底数', '年累计用气量'],
        ['K-001', 'M-0009', '1', '20'],
        ['K-002', 'M-0001', '1', ''],
        ['K-777', 'M-0010', '1', ''],
        ['K-004', 'M-0011', '123456', ''],
      ]),
    ).toEqual([
      '2 年累计用气量 这一户本阶梯年度已有累计气量',
      '3 表号 这个表号已经登记过',
      '4 户号 没有这个户号，请先导入客户档案',
      '5 表底数 底数超出 5 位表盘，请核对底数和表盘位数',
    ])
  })
})

describe('期初余额', () => {
  test('months owed become open bills, what is prepaid stands ready, and the ledger says the same', async () => {
    await bring('balances', [
      ['户号', '姓名', '预存', '欠费', '欠费月份', '缴费期限'],
      ['K-004', '赵某丙', '', '30.10', '2026-08', '2026-09-15'],
      ['K-004', '赵某丙', '', '20.05', '2026年9月', ''],
      ['K-002', '李某乙', '88.8', '', '', ''],
    ])
    const account = await accountId('K-004')
    const dues = await hall.call(Dues, { accountId: account }, 'cashier')
    expect(dues.bills.map(({ periodFrom, outstanding, dueOn }) => [periodFrom, outstanding, dueOn])).toEqual([
      ['2026-08-01', 3010, '2026-09-15'],
      ['2026-09-01', 2005, '2026-12-23'],
    ])
    // The term of the first one is over, as the file says; the other begins today.
    expect(dues.bills.map(({ lateFee }) => lateFee > 0)).toEqual([true, false])
    // How much gas a debt of the old system was for is not known here: never 0 m³, in no list and on no paper.
    expect(dues.bills.map(({ consumption }) => consumption)).toEqual([null, null])
    const { rows } = await hall.call(Bills, { accountId: account }, 'cashier')
    expect(rows.map(({ consumption }) => consumption)).toEqual([null, null])
    const sums = await hall.call(BillSums, { accountId: account }, 'cashier')
    expect(sums).toMatchObject({ count: 2, consumption: null, amount: 5015 })
    const prepaid = await accountId('K-002')
    hall.transact((context) => {
      expect(balanceOf(context, 'receivable', account)).toBe(fen(5015))
      expect(balanceOf(context, 'prepayment', prepaid)).toBe(fen(-8880))
    })
  })
  test('nothing is owed or held twice, and a name that is not the customer’s is a slipped row', async () => {
    expect(
      await mistakes('balances', [
        ['户号', '姓名', '预存', '欠费', '欠费月份'],
        ['K-004', '赵某丙', '', '1', '2026-08'],
        ['K-002', '李某乙', '1', '', ''],
        ['K-001', '张冠李戴', '1', '', ''],
        ['K-003', '', '1', '1', '2026-07'],
        ['K-003', '', '1', '1', '2026-07'],
      ]),
    ).toEqual([
      '2 欠费月份 这一户 2026-08 已有账单',
      '3 预存 这一户的期初预存已经导入过',
      '4 姓名 户名与档案里的“王某甲”不符，请核对是否串了行',
      '5 欠费月份 与第 6 行的户号和欠费月份重复',
      '5 预存 与第 6 行的户号的预存重复',
      '6 欠费月份 与第 5 行的户号和欠费月份重复',
      '6 预存 与第 5 行的户号的预存重复',
    ])
  })
})

test('历史记录: the past stands in the timeline at its own time', async () => {
  await bring('history', [
    ['户号', '日期', '业务类型', '事项', '内容', '金额'],
    ['K-001', '2024/3/15', '安检', '入户安检', '胶管老化，已更换', ''],
    ['K-001', '20250601', '缴费', '', '柜台现金', '120.50'],
    ['K-001', '2025-07-01', '报修', '', '灶具打不着火', ''],
  ])
  const rows = await timeline(await accountId('K-001'))
  const past = rows.filter(({ at }) => at < Date.parse('2026-01-01'))
  expect(past.map(({ kind, title, amount }) => [kind, title, amount])).toEqual([
    ['workorder', '报修', null],
    ['payment', '缴费', 12050],
    ['inspection', '入户安检', null],
  ])
  expect(
    await mistakes('history', [
      ['户号', '日期', '类别'],
      ['K-001', '2027-01-01', '安检'],
      ['K-001', '2025-01-01', '不明'],
    ]),
  ).toEqual(['2 日期 日期 2027-01-01 晚于今天，请核对', expect.stringContaining('3 类别 类别无法识别')])
})

test('特殊客户: registered once, found by account or identity, shown at once', async () => {
  await bring('care', [
    ['户号', '身份证号', '特殊人群', '便民措施'],
    ['', inventedNationalId(1), '残障', '上门收费'],
  ])
  const file = await hall.call(CustomerFile, { accountId: await accountId('K-001') })
  expect(file.customer.specialCare).toEqual({ kinds: ['disabled'], measures: '上门收费' })
  const { rows } = await hall.call(SearchCustomers, { text: 'K-001', limit: 1 })
  expect(rows[0]?.specialCare?.kinds).toEqual(['disabled'])
  expect(
    await mistakes('care', [
      ['户号', '特殊人群'],
      ['K-001', '高龄'],
      ['K-777', '高龄'],
    ]),
  ).toEqual(['2 特殊人群 这位客户已登记为特殊客户，请到客户档案里修改', '3 户号 没有这个户号，请先导入客户档案'])
})

test('员工: with several certificates, without a password', async () => {
  const view = await bring('staff', [
    ['工号', '姓名', '岗位', '证件种类', '证号', '发证日期', '有效期'],
    ['2001', '周某', '柜员、收费员', '抄表证', 'CB-1', '2025-01-01', '2028-01-01'],
    ['2001', '周某', '柜员、收费员', '安检证', 'AJ-1', '2025-01-01', '2028-01-01'],
    ['2002', '吴某', '营业厅主任', '', '', '', ''],
  ])
  expect(view.brought).toMatchObject({ staff: 2, certificates: 2 })
  const staff = await hall.call(StaffList, {}, 'administrator')
  expect(staff.find(({ staffNo }) => staffNo === '2001')?.roles).toEqual(['clerk', 'cashier'])
  const certificates = await hall.call(Certificates, {}, 'administrator')
  expect(certificates.filter(({ staffNo }) => staffNo === '2001').map(({ kind }) => kind)).toEqual([
    'meter-reading',
    'inspection',
  ])
  expect(
    await mistakes('staff', [
      ['工号', '姓名', '岗位', '证件种类', '证号', '发证日期', '有效期'],
      ['2001', '周某', '柜员', '', '', '', ''],
      ['2003', '郑某', '保安', '', '', '', ''],
      ['2004', '王某', '柜员', '抄表证', 'CB-1', '2025-01-01', '2028-01-01'],
      ['2005', '冯某', '柜员', '抄表证', '', '2025-01-01', '2020-01-01'],
      ['2006', '周某', '柜员', '', '', '', ''],
      ['2007', '卫某', '柜员', '', '', '', ''],
      ['2008', '卫某', '柜员', '', '', '', ''],
    ]),
  ).toEqual([
    '2 工号 这个工号已有人使用，工号不得共用',
    '2 姓名 与第 6 行同名而工号不同：是同一人的只留一个工号，不是同一人的姓名后加注区分',
    '3 岗位 没有“保安”这个岗位，应为柜员、收费员、营业厅主任、客服调度或管理员',
    '4 证号 这本抄表证已经登记过',
    '5 证号 上岗证的种类、证号、发证日期和有效期须填全',
    '5 有效期 有效期不能早于发证日期',
    '6 姓名 已有同名员工周某（2001）：是同一人的，用原来的工号；不是同一人的，姓名后加注区分，如“周某（抢修）”',
    '6 姓名 与第 2 行同名而工号不同：是同一人的只留一个工号，不是同一人的姓名后加注区分',
    '7 姓名 与第 8 行同名而工号不同：是同一人的只留一个工号，不是同一人的姓名后加注区分',
    '8 姓名 与第 7 行同名而工号不同：是同一人的只留一个工号，不是同一人的姓名后加注区分',
  ])
})

test('staff that came in by mistake go again with their certificates, and may come anew', async () => {
  const rows = [
    ['工号', '姓名', '岗位', '证件种类', '证号', '发证日期', '有效期'],
    ['2011', '蒋某', '柜员', '抄表证', 'CB-11', '2025-01-01', '2028-01-01'],
  ]
  const kept = () => hall.hall.environment.sqlite.prepare('SELECT count(*) FROM certificates').pluck().get()
  const before = kept()
  const { importId } = await bring('staff', rows)
  expect(kept()).toBe(Number(before) + 1)
  const gone = () =>
    hall.transact(({ sqlite }) => sqlite.prepare(`DELETE FROM certificates WHERE number = 'CB-11'`).run())
  expect(gone).toThrow('certificates never go')
  await undoApproved(hall, importId)
  expect(kept()).toBe(before)
  expect((await hall.call(StaffList, {}, 'administrator')).some(({ staffNo }) => staffNo === '2011')).toBe(false)
  expect((await bring('staff', rows)).brought).toMatchObject({ staff: 1, certificates: 1 })
})
