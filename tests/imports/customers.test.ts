/** Moving a hall's customers from its old system: found as they quote their numbers, and owing what they owed, to the fen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Dues } from '../../src-main/cashier/api.ts'
import { CustomerFile, CustomerTimeline, SearchCustomers } from '../../src-main/customers/api.ts'
import { Detail, ExportProblems, List, Problems, RevealProblem, type ImportView } from '../../src-main/imports/api.ts'
import { TrialBalance } from '../../src-main/ledger/api.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { balanceOf } from '../../src-main/ledger/service.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { inventedNationalId } from '../support/invented.ts'
import { customerRow, customerRows, openFolder, type Folder } from './files.ts'
import { importFile, plansIn, tryOut } from './steps.ts'
import { openWorkbook } from '../support/workbook.ts'

let hall: TestHall
let folder: Folder
let plan: string
beforeAll(async () => {
  hall = await openTestHall()
  folder = openFolder()
  plan = plansIn(hall).get('example-city-345') ?? ''
})
afterAll(async () => {
  folder.remove()
  await hall.close()
})

describe('customers of an old system', () => {
  let view: ImportView
  beforeAll(async () => {
    view = await importFile(hall, folder.text('客户.csv', customerRows(60)), {
      kind: 'customers',
      plans: { resident: plan },
    })
  })

  test('all come in', () => {
    expect(view).toMatchObject({ state: 'done', rows: 60, good: 60, bad: 0 })
    expect(view.brought).toMatchObject({ customers: 60, accounts: 60, meters: 60, readings: 60, bills: 20 })
  })

  test.each([
    ['the old number as it was written', '0100007'],
    ['the old number without the zero that Excel drops', '100007'],
    ['pinyin initials', 'zwb'],
    ['the meter number', 'OLD10000007'],
  ])('are found by %s', async (_, text) => {
    const { rows } = await hall.call(SearchCustomers, { text, limit: 10 })
    expect(rows.map(({ name }) => name)).toContain('周文博')
  })

  test('keep their old number in the file', async () => {
    const { rows } = await hall.call(SearchCustomers, { text: '0100007', limit: 1 })
    const file = await hall.call(CustomerFile, { accountId: rows[0]?.accountId ?? null })
    expect(file.account).toMatchObject({ oldAccountNos: ['0100007'], gasState: 'supplied', meterNo: 'OLD10000007' })
    const timeline = await hall.call(CustomerTimeline, {
      customerId: file.customer.customerId,
      accountId: file.account?.accountId ?? null,
      page: {},
    })
    expect(timeline.rows.map(({ title }) => title)).toEqual(['导入建档'])
  })

  test('owe and hold to the fen what the ledger says, in one balanced opening entry', async () => {
    const accounts = hall.hall.environment.sqlite
      .prepare<[], { id: string; prepayment: number; arrears: number }>('SELECT id, prepayment, arrears FROM accounts')
      .all()
    hall.transact((context) => {
      for (const { id, prepayment, arrears } of accounts) {
        expect(balanceOf(context, 'receivable', id)).toBe(arrears)
        expect(balanceOf(context, 'prepayment', id)).toBe(prepayment === 0 ? 0 : -prepayment)
      }
    })
    const owed = Array.from({ length: 60 }, (_, i) => customerRow(i + 1)[8] ?? '')
      .filter((balance) => balance.startsWith('-'))
      .reduce((total, balance) => total + Math.round(-Number(balance) * 100), 0)
    expect(accounts.reduce((total, { arrears }) => total + arrears, 0)).toBe(owed)
    expect(view.brought?.arrears).toBe(owed)
    const books = await hall.call(TrialBalance, { date: businessDate('2026-11-23') }, 'administrator')
    expect(books.balanced).toBe(true)
    const entries = hall.hall.environment.sqlite
      .prepare<[], { n: number }>(`SELECT count(*) AS n FROM journal_entries WHERE kind = 'opening'`)
      .get()
    expect(entries?.n).toBe(1)
  })

  test('can be collected from at once, without a late fee of before', async () => {
    const { rows } = await hall.call(SearchCustomers, { text: '0100003', limit: 1 })
    const dues = await hall.call(Dues, { accountId: rows[0]?.accountId ?? '' }, 'cashier')
    expect(dues).toMatchObject({
      principal: 1335,
      lateFee: 0,
      bills: [{ periodFrom: '2026-09-01', periodTo: '2026-09-30' }],
    })
  })

  test('are on record: who, when, which file, how many, which columns', async () => {
    const { rows } = await hall.call(List, {}, 'hall-manager')
    expect(rows[0]).toMatchObject({
      importNo: view.importNo,
      fileName: '客户.csv',
      createdByName: '吴管理',
      committedByName: '吴管理',
    })
    expect(rows[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
    const { columns } = await hall.call(Detail, { importId: view.importId }, 'hall-manager')
    expect(columns).toMatchObject({ accountNo: '用户编号', name: '户名', index: '表底' })
  })

  test('survive a restart, found as before', async () => {
    await hall.restart()
    const { rows } = await hall.call(SearchCustomers, { text: '0100007', limit: 10 })
    expect(rows.map(({ name }) => name)).toEqual(['周文博'])
  })
})

/** The last character of an ID is a check: one more of it is wrong. */
const wrongId = inventedNationalId(1001).replace(/.$/, (last) => (last === 'X' ? '1' : String((Number(last) + 1) % 10)))

describe('a file with mistakes', () => {
  let view: ImportView
  let listed: { rowNo: number; column: string; value: string; reason: string }[]
  beforeAll(async () => {
    const rows = customerRows(12, 1001)
    const change = (line: number, column: number, value: string) => ((rows[line] as string[])[column] = value)
    change(1, 2, wrongId)
    change(2, 3, '12345')
    change(3, 6, '12a')
    change(4, 7, '2026-02-30')
    change(5, 8, '1,23,4')
    change(6, 0, rows[7]?.[0] ?? '')
    change(8, 5, 'OLD10000005')
    change(9, 1, '')
    change(10, 4, '')
    view = await tryOut(hall, folder.text('有错.csv', rows), { kind: 'customers', plans: { resident: plan } })
    listed = (await hall.call(Problems, { importId: view.importId, level: 'bad' }, 'hall-manager')).rows
  })

  test('brings nothing and tells every bad row with its number, column, value and reason', () => {
    expect(view).toMatchObject({ state: 'checked', rows: 12, bad: 10, good: 2 })
    const of = (rowNo: number) => listed.find((one) => one.rowNo === rowNo)
    expect(of(2)).toMatchObject({
      column: '身份证号码',
      value: `${wrongId.slice(0, 3)}***********${wrongId.slice(-4)}`,
    })
    expect(of(2)?.reason).toContain('校验不符')
    expect(of(3)).toMatchObject({ column: '手机', value: '12345' })
    expect(of(4)).toMatchObject({ column: '表底', value: '12a', reason: '气量只能填数字，例如 125.5' })
    expect(of(5)).toMatchObject({ column: '抄表日期', value: '2026-02-30' })
    expect(of(6)).toMatchObject({ column: '账户余额', reason: '金额的逗号位置不对，应每三位一个，例如 1,234' })
    expect(of(7)?.reason).toBe('与第 8 行的户号重复；一户多表的第二块表请用“表具”文件导入')
    expect(of(8)?.reason).toBe('与第 7 行的户号重复；一户多表的第二块表请用“表具”文件导入')
    expect(of(9)).toMatchObject({ column: '表钢号', value: 'OLD10000005', reason: '这个表号已经登记过' })
    expect(of(10)).toMatchObject({ column: '户名', reason: '必填，不能空着' })
    expect(of(11)).toMatchObject({ column: '安装地址', reason: '没有用气地址' })
  })

  test('shows a number of a person whole to whoever says why, on record', async () => {
    const one = listed.find(({ rowNo }) => rowNo === 2) as (typeof listed)[number] & { no: number }
    const { rowNo, no, column, value: shown } = one
    const asked = { importId: view.importId, rowNo, no, column, shown, reason: '更正旧系统的证件号码' }
    expect((await hall.call(RevealProblem, asked, 'hall-manager')).value).toBe(wrongId)
    // Checked anew meanwhile, the place holds another cell, or none: that one was not looked at.
    for (const other of [{ column: '联系电话' }, { shown: '138****0001' }, { no: 9 }])
      await expect(hall.call(RevealProblem, { ...asked, ...other }, 'hall-manager')).rejects.toThrow('ProblemGone')
  })

  test('goes back to whoever mends it as a workbook with the reasons beside the rows', async () => {
    const { bytes, rows, name } = await hall.call(
      ExportProblems,
      { importId: view.importId, level: 'bad' },
      'hall-manager',
    )
    expect([rows, name]).toEqual([10, `${view.importNo}-错误行.xlsx`])
    const book = await openWorkbook(bytes)
    const sheet = book.worksheets[0]
    expect(sheet?.rowCount).toBe(11)
    expect(sheet?.getRow(4).getCell(1).value).toBe(4)
    expect(sheet?.getRow(4).getCell(2).value).toBe('表底：气量只能填数字，例如 125.5')
    expect(sheet?.getRow(4).getCell(3).value).toBe(customerRow(1003)[0])
  })
})
