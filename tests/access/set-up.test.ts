import { afterEach, beforeEach, expect, test } from 'vitest'
import { DemoAccounts, Login, SetUp, Welcome } from '../../src-main/access/api.ts'
import { createDemoStaff, createDevice } from '../../src-main/access/service.ts'
import { companyFacts, companyPhones, phonesForPaper, PhonesMissing } from '../../src-main/platform/company.ts'
import { openRealHall, type RealHall } from '../support/real-sessions.ts'

/** 91330000123456789E: invented, with the check character that fits. */
const company = {
  address: '示例市北门路 1 号',
  legalRepresentative: '郑示范',
  creditCode: '91330000 1234 56789e',
  taxNo: '',
  bank: '示例银行',
  bankAccount: '1000 2000 3000',
  servicePhone: '',
  emergencyPhone: '',
  complaintPhone: '',
}
const answers = {
  company,
  companyName: '示例燃气有限公司',
  hallCode: '012',
  hallName: '城东营业厅',
  pcCode: '03',
  staffNo: '9001',
  name: '吴管理',
  password: 'Di-Yi-Ci-26',
}
let hall: RealHall
beforeEach(async () => void (hall = await openRealHall({ empty: true })))
afterEach(() => hall.close())
const rowsOf = (table: string) => hall.hall.environment.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()

test('the first start creates the hall, this PC and its administrator, who can log in at once', async () => {
  const window = hall.window()
  expect(await window.call(Welcome, {})).toEqual({ device: null, now: hall.clock.now() })
  await window.call(SetUp, answers)
  expect(await window.call(Welcome, {})).toMatchObject({
    device: { companyName: '示例燃气有限公司', hallCode: '012', hallName: '城东营业厅', pcCode: '03', demo: false },
  })
  expect(await window.call(Login, { staffNo: '9001', password: answers.password })).toMatchObject({
    ok: true,
    actor: { name: '吴管理', roles: ['administrator'] },
    mustChangePassword: false,
  })
})

test('what papers say about the company is kept where the papers read it, and phones nobody gave stay empty', async () => {
  await hall.window().call(SetUp, answers)
  const { settings } = hall.hall.environment
  expect(companyFacts(settings)).toEqual({
    address: '示例市北门路 1 号',
    legalRepresentative: '郑示范',
    creditCode: '91330000123456789E',
    taxNo: '91330000123456789E',
    bank: '示例银行',
    bankAccount: '1000 2000 3000',
  })
  expect(companyPhones(settings)).toEqual({ service: '', emergency: '', complaint: '' })
  expect(() => phonesForPaper(settings)).toThrow(PhonesMissing)
})

test.each([
  ['creditCode', '91330000123456789X', /统一社会信用代码校验不符/],
  ['servicePhone', '八八八八', /应为 5 至 20 位数字/],
])('a company with a bad %s is told so and nothing is written', async (field, value, message) => {
  const failed = hall.window().call(SetUp, { ...answers, company: { ...company, [field]: value } })
  await expect(failed).rejects.toMatchObject({
    failure: { field: `company.${field}`, message: expect.stringMatching(message) },
  })
  expect([rowsOf('device'), rowsOf('settings')]).toEqual([0, 0])
})

test('the wizard works once: nobody makes himself administrator of a running hall', async () => {
  await hall.window().call(SetUp, answers)
  const again = hall.window().call(SetUp, { ...answers, staffNo: '9002' })
  await expect(again).rejects.toMatchObject({ failure: { code: 'AlreadySetUp' } })
  expect(rowsOf('staff')).toBe(1)
})

test.each([
  ['hallCode', '12', '营业厅编号应为 3 位数字'],
  ['pcCode', 'A1', '本机编号应为 2 位数字'],
  ['staffNo', '9 001', '工号应为 2 至 12 位字母或数字'],
  ['companyName', '  ', '请填写公司名称'],
  ['password', '1234567', '密码至少 8 位'],
])('a wizard with a bad %s says what to mend and writes nothing', async (field, value, message) => {
  const failed = hall.window().call(SetUp, { ...answers, [field]: value })
  await expect(failed).rejects.toMatchObject({ failure: { field, message } })
  expect([rowsOf('device'), rowsOf('staff'), rowsOf('credentials')]).toEqual([0, 0, 0])
})

test('before the wizard nobody logs in and nothing fails', async () => {
  expect(await hall.window().call(Login, { staffNo: '9001', password: 'anything' })).toMatchObject({ ok: false })
  expect(await hall.window().call(DemoAccounts, {})).toEqual([])
})

test('a demo hall shows five accounts, one for each kind of work, and each logs in as shown', async () => {
  hall.transact((context) => {
    createDevice(context, { companyName: '示例', hallCode: '001', hallName: '演示', pcCode: '01', demo: true })
    createDemoStaff(context)
  })
  const accounts = await hall.window().call(DemoAccounts, {})
  expect(accounts.map(({ staffNo }) => staffNo)).toEqual(['1001', '2001', '3001', '4001', '9001'])
  expect(new Set(accounts.flatMap(({ roles }) => roles)).size).toBe(5)
  for (const { staffNo, password, roles } of accounts) {
    expect(await hall.window().call(Login, { staffNo, password })).toMatchObject({ ok: true, actor: { roles } })
  }
})
