/** What clerks of real halls bring: numbers with zeros, money with units, two phones in a cell, villages, totals, bad rows among good. */
import exceljs from 'exceljs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { SearchCustomers as Search } from '../../src-main/customers/api.ts'
import {
  Addresses,
  Check,
  Commit,
  Detail,
  Discard,
  ExportProblems,
  Open,
  Problems,
  SayCommunity,
  SayPlace,
} from '../../src-main/imports/api.ts'
import { Change as ChangeSetting } from '../../src-main/settings/api.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { openWorkbook } from '../support/workbook.ts'
import { openFolder, type Folder, withGas } from './files.ts'
import { importFile, plansIn, requestId, tryOut, undoApproved } from './steps.ts'

let hall: TestHall
let folder: Folder
let plans: { resident: string }
beforeAll(async () => {
  hall = await openTestHall()
  folder = openFolder()
  plans = { resident: plansIn(hall).get('example-city-345') ?? '' }
})
afterEach(async () => {
  const open = await hall.call(Open, {}, 'administrator')
  if (open) await hall.call(Discard, { requestId: requestId(), importId: open.importId }, 'administrator')
})
afterAll(async () => {
  folder.remove()
  await hall.close()
})
const query = <Row>(sql: string, ...values: unknown[]) =>
  hall.hall.environment.sqlite.prepare(sql).all(...values) as Row[]
const wanted = () => ({ kind: 'customers', plans, source: '旧系统' }) as const
const problems = async (importId: string) => (await hall.call(Problems, { importId }, 'administrator')).rows

test('a number that Excel shows with zeros is found as it is quoted, with and without them (I2)', async () => {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('客户')
  sheet.addRow(['户号', '姓名', '地址', '供气状态'])
  sheet.addRow([100017, '王零', '阳光小区3号楼2单元501室', '供气']).getCell(1).numFmt = '0000000'
  const path = join(folder.path, 'zeros.xlsx')
  await book.xlsx.writeFile(path)
  expect(await importFile(hall, path, wanted())).toMatchObject({ state: 'done' })
  for (const quoted of ['0100017', '100017']) {
    const { rows } = await hall.call(Search, { text: quoted }, 'clerk')
    expect([quoted, rows.map(({ name }) => name)]).toEqual([quoted, ['王零']])
  }
  const path2 = folder.text('余额.csv', [
    ['户号', '姓名', '预存'],
    ['100017', '王零', '5.00'],
  ])
  expect(await tryOut(hall, path2, { kind: 'balances', source: '旧系统' })).toMatchObject({ bad: 0 })
})

test('money, volumes and phones are read as they are written; a total is no customer (I3)', async () => {
  await hall.call(ChangeSetting, { key: 'customers.areaCode', value: '0990' }, 'administrator')
  const path = folder.text(
    '写法.csv',
    withGas([
      ['户号', '姓名', '电话', '地址', '表号', '表底数', '预存', '备注'],
      ['S1', '钱一', '19900000001、0990-6881234', '阳光小区4号楼1单元101', 'SM100001', '.35', '12.50元', 'NULL'],
      ['S2', '钱二', "'0532-81234567", '阳光小区4号楼1单元102', 'SM100002', '35.1000', '￥1,200', ''],
      ['S3', '钱三', '0990-6881234-801', '阳光小区4号楼1单元103', 'SM100003', '12m³', 'NULL', '老客户'],
      ['S4', '钱四', '6881235', '阳光小区4号楼1单元104', '', '', '', ''],
      ['S5', '钱五', 'null', '阳光小区4号楼1单元105', '', '', '-', ''],
      ['S6', '钱六', '199 0000 0003 0990 6881237', '阳光小区4号楼1单元106', '', '', '', ''],
      ['S7', '钱七', '199-0000-0004', '阳光小区4号楼1单元107', '', '', '', ''],
      ['合计', '', '', '', '', '', '1212.50', ''],
    ]),
  )
  const view = await importFile(hall, path, wanted())
  expect(view).toMatchObject({ state: 'done', rows: 8, good: 7, bad: 0, skipped: 1 })
  const people = query<Record<string, unknown>>(
    `SELECT c.name, c.phone, c.phone_alt AS alt, c.note, a.prepayment FROM customers c JOIN accounts a ON a.customer_id = c.id
     WHERE c.name LIKE '钱%' ORDER BY a.account_no`,
  )
  expect(people).toEqual([
    { name: '钱一', phone: '19900000001', alt: '0990-6881234', note: '', prepayment: 1_250 },
    { name: '钱二', phone: '0532-81234567', alt: null, note: '', prepayment: 120_000 },
    { name: '钱三', phone: '0990-6881234', alt: null, note: '老客户；其他电话：0990-6881234 分机 801', prepayment: 0 },
    { name: '钱四', phone: '0990-6881235', alt: null, note: '', prepayment: 0 },
    { name: '钱五', phone: '', alt: null, note: '', prepayment: 0 },
    { name: '钱六', phone: '19900000003', alt: '0990-6881237', note: '', prepayment: 0 },
    { name: '钱七', phone: '19900000004', alt: null, note: '', prepayment: 0 },
  ])
  expect(query(`SELECT initial_index AS i FROM meters WHERE meter_no LIKE 'SM%' ORDER BY meter_no`)).toEqual([
    { i: 350 },
    { i: 35_100 },
    { i: 12_000 },
  ])
})

test('a phone that cannot be read says what to do, with an example one can read, and shows nobody’s number', async () => {
  const path = folder.text(
    '电话.csv',
    withGas([
      ['户号', '姓名', '电话', '地址'],
      ['P1', '钱一', '6881235', '阳光小区4号楼1单元101'],
      ['P2', '钱二', '0990-68812', '阳光小区4号楼1单元102'],
      ['P3', '钱三', '199 0000 00034', '阳光小区4号楼1单元103'],
    ]),
  )
  await hall.call(ChangeSetting, { key: 'customers.areaCode', value: '' }, 'administrator')
  const { importId } = await tryOut(hall, path, wanted())
  const { rows } = await hall.call(Problems, { importId, level: 'bad' }, 'administrator')
  expect(rows.map(({ rowNo, value, reason }) => [rowNo, value, reason])).toEqual([
    [2, '*******', '座机号没有区号；都是本地的，请管理员在“设置”里填“本地固定电话区号”，再重新检查'],
    [3, '099***8812', '座机号应为区号加 7 或 8 位号码，例如 0990-6881234'],
    [4, '199*****0034', '手机号应为 11 位，现在是 12 位'],
  ])
})

test('spaces in a name make nobody else; households of a village share an address, with a notice (I4)', async () => {
  const path = folder.text(
    '村.csv',
    withGas([
      ['户号', '姓名', '身份证号', '地址'],
      ['V1', '赵　明', '11010519491231002X', '东风村'],
      ['V2', '赵明', '11010519491231002X', '东风村'],
      ['V3', '赵 大 力', '', '东风村3号'],
      ['V4', '赵小力', '', '东风村3号'],
    ]),
  )
  const view = await importFile(hall, path, wanted())
  expect(view).toMatchObject({ state: 'done', good: 4 })
  expect(view.brought).toMatchObject({ customers: 3, joined: 1, accounts: 4 })
  // As the place is called, not as it is compared.
  expect(
    (await problems(view.importId)).filter(({ reason }) => reason.includes('同院多户')).map(({ value }) => value),
  ).toEqual(['东风村', '东风村', '东风村3号', '东风村3号'])
  expect(query(`SELECT name FROM customers WHERE name LIKE '赵%' ORDER BY name`)).toEqual([
    { name: '赵大力' },
    { name: '赵小力' },
    { name: '赵明' },
  ])
})

const mixed = () =>
  folder.text(
    '混.csv',
    withGas([
      ['户号', '姓名', '电话', '地址'],
      ['M1', '孙一', '13900000001', '阳光小区6号楼1单元101'],
      ['M2', '孙二', '1', '阳光小区6号楼1单元102'],
      ['M3', '孙三', '13900000003', '阳光小区6号楼1单元103'],
      ['M3', '孙四', '13900000004', '阳光小区6号楼1单元104'],
    ]),
  )

test('good rows come in and bad ones are kept for mending, by decision only (I3)', async () => {
  const { importId, bad } = await tryOut(hall, mixed(), wanted())
  expect(bad).toBe(3)
  const commit = (leaveOut: number) =>
    hall.call(Commit, { requestId: requestId(), importId, leaveOut }, 'administrator')
  await expect(commit(0)).rejects.toThrow('还有 3 行有错误')
  await expect(commit(2)).rejects.toThrow('还有 3 行有错误')
  expect(query(`SELECT 1 FROM customers WHERE name LIKE '孙%'`)).toEqual([])
  expect(await commit(3)).toMatchObject({ state: 'done', good: 1, leftOut: 3, brought: { customers: 1 } })
  expect(query(`SELECT name FROM customers WHERE name LIKE '孙%'`)).toEqual([{ name: '孙一' }])
  await hall.restart()
  const { bytes, rows } = await hall.call(ExportProblems, { importId, level: 'bad' }, 'administrator')
  expect(rows).toBe(3)
  const [sheet] = (await openWorkbook(bytes)).worksheets
  expect(sheet?.getRow(2).values).toContain('孙二')
  expect(query('SELECT count(*) AS n FROM import_staged WHERE import_id = ?', importId)).toEqual([{ n: 3 }])
  await undoApproved(hall, importId)
  expect(query('SELECT count(*) AS n FROM import_staged WHERE import_id = ?', importId)).toEqual([{ n: 0 }])
})

test('what cannot be cut is listed before the import, mended by hand or by rule, and the building list is filled (I1)', async () => {
  const path = folder.text(
    '地址.csv',
    withGas([
      ['户号', '姓名', '地址'],
      ['A1', '周一', '幸福社区8栋3单元601室'],
      ['A2', '周二', '供销社旁边第二家'],
      ['A3', '周三', '东路一号3-2-501'],
      ['A4', '周四', '山东省青岛市市北区延安路100号翠湖苑5-2-401'],
    ]),
  )
  const view = await tryOut(hall, path, wanted())
  const { importId } = view
  const doubtful = async () =>
    (await hall.call(Addresses, { importId }, 'administrator')).rows.map(({ written }) => written)
  expect(await doubtful()).toContain('供销社旁边第二家')
  expect((await hall.call(Detail, { importId }, 'administrator')).view.bad).toBe(0)
  const place = { district: '', street: '', community: '供销社', building: '', unit: '', room: '旁边第二家' }
  await hall.call(SayPlace, { requestId: requestId(), importId, written: '供销社旁边第二家', place }, 'administrator')
  await hall.call(SayCommunity, { requestId: requestId(), importId, name: '东路一号' }, 'administrator')
  await hall.restart()
  await hall.call(Check, { importId }, 'administrator')
  expect(await doubtful()).toEqual([])
  await hall.call(Commit, { requestId: requestId(), importId }, 'administrator')
  expect(
    query(`SELECT p.district, p.street, p.community, p.building, p.unit, p.room FROM service_points p
      JOIN accounts a ON a.service_point_id = p.id JOIN account_aliases o ON o.account_id = a.id WHERE o.alias LIKE 'A_' ORDER BY o.alias`),
  ).toEqual([
    { district: '', street: '', community: '幸福社区', building: '8', unit: '3', room: '601' },
    place,
    { district: '', street: '', community: '东路一号', building: '3', unit: '2', room: '501' },
    { district: '市北区', street: '延安路100号', community: '翠湖苑', building: '5', unit: '2', room: '401' },
  ])
  const { rows } = await hall.call(Search, { text: '翠湖苑' }, 'clerk')
  expect(rows.map(({ name }) => name)).toEqual(['周四'])
})
