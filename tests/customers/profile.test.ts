import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  CreateCustomer,
  CustomerFile,
  CustomerTimeline,
  EditAccount,
  EditCustomer,
  EditServicePoint,
  FindPlace,
  ListCustomers,
  RevealPersonal,
  SearchCustomers,
  SuggestCommunities,
} from '../../src-main/customers/api.ts'
import { adjustBalances, createServicePoint, openAccount, setGasState } from '../../src-main/customers/service.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { openTestHall, type TestHall } from '../support/hall.ts'
import { inventedCreditCode, inventedMobile, inventedNationalId } from '../support/invented.ts'
import { creation, openOne, placeOf, refusal, requestId } from './support.ts'

let hall: TestHall
beforeEach(async () => {
  hall = await openTestHall()
})
afterEach(() => hall.close())

const count = (table: string) =>
  hall.hall.environment.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

describe('建档', () => {
  test('is done once, however often the form is sent', async () => {
    const input = creation(1)
    const first = await hall.call(CreateCustomer, input)
    expect(await hall.call(CreateCustomer, input)).toEqual(first)
    expect(count('customers')).toBe(1)
  })

  test.each([
    ['a wrong check character in the ID', { idNumber: '11010519491231002Y' }, 'profile.idNumber', '身份证号'],
    ['a phone that is too short', { phone: '1381234567' }, 'profile.phone', '11 位'],
    ['no name', { name: '  ' }, 'profile.name', '请填写客户名称'],
    ['special care without a kind', { specialCare: { kinds: [], measures: '' } }, 'profile.specialCare.kinds', '类别'],
    ['a number without a kind of paper', { idKind: 'none' as const }, 'profile.idNumber', '证件类型'],
    ['a second phone that is none', { phoneAlt: '12' }, 'profile.phoneAlt', '手机号'],
  ])('with %s says which field to mend and writes nothing', async (_, wrong, field, words) => {
    const failure = await refusal(hall.call(CreateCustomer, creation(1, wrong)))
    expect(failure).toMatchObject({ code: 'InvalidInput', field })
    expect(failure.message).toContain(words)
    expect(count('customers')).toBe(0)
    expect(count('customer_events')).toBe(0)
  })

  test('keeps phones and IDs in one form, so that the same one is recognised', async () => {
    await hall.call(CreateCustomer, creation(1, { phone: '199 0000 0001', phoneAlt: '' }))
    const found = await hall.call(SearchCustomers, { text: inventedMobile(1) })
    expect(found.rows).toHaveLength(1)
    const [row] = found.rows
    expect(row).toMatchObject({ name: '客户1', accountId: null, accountNo: null, standing: 'applying' })
  })

  test('of the same ID number says who is on file and asks first', async () => {
    const { customerId } = await hall.call(CreateCustomer, creation(1))
    const again = creation(2, { idNumber: inventedNationalId(1).toLowerCase() })
    const failure = await refusal(hall.call(CreateCustomer, again))
    expect(failure).toMatchObject({
      code: 'DuplicateCustomer',
      field: 'profile.idNumber',
      details: [{ customerId, name: '客户1', because: 'id' }],
    })
    expect(JSON.stringify(failure)).not.toContain(inventedMobile(1))
    expect(count('customers')).toBe(1)
    await hall.call(CreateCustomer, { ...again, requestId: requestId(), confirmDuplicate: true })
    expect(count('customers')).toBe(2)
  })

  test('of the same name and phone asks first; a shared family phone does not', async () => {
    await hall.call(CreateCustomer, creation(1))
    const failure = await refusal(hall.call(CreateCustomer, creation(2, { name: '客户1', phone: inventedMobile(1) })))
    expect(failure).toMatchObject({ code: 'DuplicateCustomer', details: [{ because: 'phone' }] })
    await hall.call(CreateCustomer, creation(3, { phone: inventedMobile(1) }))
    expect(count('customers')).toBe(2)
  })

  test('is refused to a cashier', async () => {
    expect(await refusal(hall.call(CreateCustomer, creation(1), 'cashier'))).toMatchObject({ code: 'NotAllowed' })
  })

  test('takes an organisation by its credit code', async () => {
    const { customerId } = await hall.call(
      CreateCustomer,
      creation(1, {
        category: 'industrial',
        name: '示例化工厂',
        idKind: 'credit-code',
        idNumber: inventedCreditCode(7),
      }),
    )
    const file = await hall.call(CustomerFile, { customerId })
    expect(file.completeness.items.filter((item) => !item.done).map((item) => item.label)).toContain('营业执照复印件')
  })
})

describe('修改资料', () => {
  test('by two clerks at once: the second is told to refresh, and the first stands', async () => {
    const { customerId } = await hall.call(CreateCustomer, creation(1))
    const edit = (name: string) =>
      hall.call(EditCustomer, { requestId: requestId(), customerId, version: 1, change: { name } })
    expect(await edit('王甲')).toEqual({ version: 2 })
    expect(await refusal(edit('王乙'))).toMatchObject({ code: 'Conflict' })
    expect((await hall.call(CustomerFile, { customerId })).customer.name).toBe('王甲')
  })

  test('leaves what was not given, and puts before and after on the timeline, numbers masked', async () => {
    const { customerId } = await hall.call(CreateCustomer, creation(1, { note: '有狗' }))
    await hall.call(EditCustomer, {
      requestId: requestId(),
      customerId,
      version: 1,
      change: {
        phone: inventedMobile(77),
        specialCare: { kinds: ['elderly', 'disabled'], measures: '上门收费' },
      },
    })
    const { customer } = await hall.call(CustomerFile, { customerId })
    expect(customer).toMatchObject({ name: '客户1', note: '有狗', phoneMasked: '199****0077' })
    expect(customer.specialCare).toEqual({ kinds: ['disabled', 'elderly'], measures: '上门收费' })
    const [newest] = (await hall.call(CustomerTimeline, { customerId, page: {} })).rows
    expect(newest).toMatchObject({ title: '修改资料', actorName: '钱柜员' })
    expect(newest?.detail).toBe('电话：199****0001 → 199****0077；特殊客户：无 → 残障、高龄（上门收费）')
  })

  test('of a remark with a number in it: masked where it is read, kept where the form brings it back, shown for a reason', async () => {
    const note = '邻居 13600001234 可转告'
    const { customerId } = await hall.call(CreateCustomer, creation(1, { note }))
    const { customer } = await hall.call(CustomerFile, { customerId })
    expect(customer.note).toBe('邻居 136****1234 可转告')
    const change = { note: `${customer.note}，有狗` }
    await hall.call(EditCustomer, { requestId: requestId(), customerId, version: 1, change })
    const stored = hall.hall.environment.sqlite.prepare('SELECT note FROM customers').pluck().get()
    expect(stored).toBe('邻居 13600001234 可转告，有狗')
    const told = hall.hall.environment.sqlite.prepare(
      'SELECT group_concat(detail) FROM customer_events UNION SELECT group_concat(detail) FROM audit_log',
    )
    expect(JSON.stringify(told.pluck().all())).not.toContain('13600001234')
    const ask = { customerId, what: 'note' as const, reason: '联系邻居' }
    expect(await hall.call(RevealPersonal, ask)).toEqual({ value: '13600001234' })
  })

  test('of nothing writes nothing', async () => {
    const { customerId } = await hall.call(CreateCustomer, creation(1))
    const change = { name: '客户1' }
    expect(await hall.call(EditCustomer, { requestId: requestId(), customerId, version: 1, change })).toEqual({
      version: 1,
    })
    expect(count('customer_events')).toBe(1)
  })

  test('to an ID that belongs to another customer asks first', async () => {
    await hall.call(CreateCustomer, creation(1))
    const { customerId } = await hall.call(CreateCustomer, creation(2))
    const change = { idKind: 'national-id' as const, idNumber: inventedNationalId(1) }
    const input = { requestId: requestId(), customerId, version: 1, change }
    expect(await refusal(hall.call(EditCustomer, input))).toMatchObject({ code: 'DuplicateCustomer' })
  })

  test('of an unknown customer says so', async () => {
    const input = { requestId: requestId(), customerId: requestId(), version: 1, change: { name: '无' } }
    expect(await refusal(hall.call(EditCustomer, input))).toMatchObject({ code: 'CustomerNotFound' })
  })
})

describe('personal numbers', () => {
  test('leave the backend masked in file, list, search and timeline', async () => {
    const { customerId, accountId } = openOne(hall, 1, { profile: { phoneAlt: inventedMobile(2) } })
    const seen = JSON.stringify([
      await hall.call(CustomerFile, { accountId }),
      await hall.call(ListCustomers, { page: {} }),
      await hall.call(SearchCustomers, { text: inventedMobile(1) }),
      await hall.call(SearchCustomers, { text: inventedNationalId(1) }),
      await hall.call(CustomerTimeline, { customerId, accountId, page: {} }),
    ])
    for (const secret of [inventedNationalId(1), inventedMobile(1), inventedMobile(2)]) {
      expect(seen).not.toContain(secret)
    }
  })

  test('are shown in full for a reason, which stays in the audit log without the number', async () => {
    const { customerId } = openOne(hall, 1)
    const ask = { customerId, what: 'idNumber' as const, reason: '核对合同' }
    expect(await hall.call(RevealPersonal, ask)).toEqual({ value: inventedNationalId(1) })
    const row = hall.hall.environment.sqlite
      .prepare(`SELECT actor_name, subject, detail FROM audit_log WHERE call = 'customers.reveal'`)
      .get() as { actor_name: string; subject: string; detail: string }
    expect(row).toMatchObject({ actor_name: '钱柜员', subject: `customer:${customerId}` })
    const shown = `${inventedNationalId(1).slice(0, 3)}${'*'.repeat(11)}${inventedNationalId(1).slice(-4)}`
    expect(JSON.parse(row.detail)).toEqual({ name: '客户1', what: 'idNumber', shown, reason: '核对合同' })
    expect(row.detail).not.toContain(inventedNationalId(1))
    for (const reason of [' ', '看', '1'])
      expect(await refusal(hall.call(RevealPersonal, { ...ask, reason }))).toMatchObject({ field: 'reason' })
    expect(await refusal(hall.call(RevealPersonal, ask, 'administrator'))).toMatchObject({ code: 'NotAllowed' })
  })
})

describe('户与用气点', () => {
  test('an address is entered once', async () => {
    const { servicePointId, accountNo } = openOne(hall, 1)
    const { found } = await hall.call(FindPlace, { place: placeOf(1) })
    expect(found).toEqual({
      servicePointId,
      address: '城东区人民路12号阳光花园3号楼2单元101室',
      gasState: 'not-ignited',
      accountNo,
    })
    expect(() => hall.transact((context) => createServicePoint(context, placeOf(1)))).toThrow('已经建档')
    expect((await hall.call(FindPlace, { place: placeOf(2) })).found).toBeNull()
    expect((await hall.call(SuggestCommunities, { text: '阳' })).communities).toEqual([
      { district: '城东区', street: '人民路12号', community: '阳光花园' },
    ])
    // As the box that asks for it promises: by initials, in pinyin, by what stands inside the name.
    for (const text of ['ygh', 'YG', 'yangguang', '花园', 'hy', '光'])
      expect((await hall.call(SuggestCommunities, { text })).communities).toMatchObject([{ community: '阳光花园' }])
    expect((await hall.call(SuggestCommunities, { text: 'gy' })).communities).toEqual([])
  })

  test('one account at a time is in use at a service point', () => {
    const { servicePointId, customerId } = openOne(hall, 1)
    const openedOn = businessDate('2026-11-23')
    const input = { customerId, servicePointId, pricePlanId: requestId(), householdSize: 1, openedOn }
    expect(() => hall.transact((context) => openAccount(context, input))).toThrow('已有在用的户号')
    expect(count('accounts')).toBe(1)
  })

  test('account numbers follow one another without a gap, also when an opening fails', () => {
    const first = openOne(hall, 1)
    expect(() =>
      hall.transact((context) => {
        openAccount(context, {
          customerId: first.customerId,
          servicePointId: createServicePoint(context, placeOf(2)),
          pricePlanId: requestId(),
          householdSize: 1,
          openedOn: businessDate('2026-11-23'),
        })
        throw new Error('power cut')
      }),
    ).toThrow('power cut')
    const second = openOne(hall, 3)
    const serial = (accountNo: string) => Number(accountNo.slice(5, -1))
    expect(serial(second.accountNo)).toBe(serial(first.accountNo) + 1)
  })

  test('balances never fall below zero, and a refused change changes nothing', () => {
    const { accountId } = openOne(hall, 1)
    const balances = () =>
      hall.hall.environment.sqlite.prepare('SELECT prepayment, arrears FROM accounts').get() as Record<string, number>
    hall.transact((context) => adjustBalances(context, accountId, { prepayment: fen(500), arrears: fen(300) }))
    expect(() =>
      hall.transact((context) => adjustBalances(context, accountId, { prepayment: fen(-100), arrears: fen(-301) })),
    ).toThrow('余额不足')
    expect(balances()).toEqual({ prepayment: 500, arrears: 300 })
    expect(() => hall.transact((context) => adjustBalances(context, requestId(), { arrears: fen(1) }))).toThrow('户号')
  })

  test('the gas state moves in file, list and timeline together', async () => {
    const { accountId, customerId, servicePointId } = openOne(hall, 1, { supplied: true })
    hall.transact((context) => setGasState(context, servicePointId, 'suspended', 'hazard'))
    const { account } = await hall.call(CustomerFile, { accountId })
    expect(account).toMatchObject({ gasState: 'suspended', suspendedFor: 'hazard' })
    const listed = await hall.call(ListCustomers, { page: {}, filter: { standing: 'suspended' } })
    expect(listed.rows.map((row) => row.accountId)).toEqual([accountId])
    const [newest] = (await hall.call(CustomerTimeline, { customerId, accountId, page: {} })).rows
    expect(newest).toMatchObject({ kind: 'supply', title: '供气中 → 停气', detail: '隐患停气' })
    expect(() => hall.transact((context) => setGasState(context, servicePointId, 'supplied', 'hazard'))).toThrow(
      RangeError,
    )
  })

  test('a corrected address is found at once under the new one and no longer under the old', async () => {
    const { servicePointId } = openOne(hall, 1)
    openOne(hall, 2)
    const input = { requestId: requestId(), servicePointId, version: 1, place: placeOf(1, { community: '翠湖名苑' }) }
    const edited = await hall.call(EditServicePoint, input)
    expect(edited.address).toContain('翠湖名苑')
    expect((await hall.call(SearchCustomers, { text: 'chmy' })).rows).toHaveLength(1)
    expect((await hall.call(SearchCustomers, { text: 'yghy' })).rows).toHaveLength(1)
    const taken = { ...input, requestId: requestId(), version: 2, place: placeOf(2) }
    expect(await refusal(hall.call(EditServicePoint, taken))).toMatchObject({ code: 'ServicePointExists' })
    expect(await refusal(hall.call(EditServicePoint, { ...taken, requestId: requestId(), version: 1 }))).toMatchObject({
      code: 'Conflict',
    })
  })

  test('the household size is changed under a version', async () => {
    const { accountId } = openOne(hall, 1)
    const input = { requestId: requestId(), accountId, version: 1, householdSize: 5 }
    expect(await hall.call(EditAccount, input)).toEqual({ version: 2 })
    expect(await refusal(hall.call(EditAccount, { ...input, requestId: requestId() }))).toMatchObject({
      code: 'Conflict',
    })
    const many = { ...input, requestId: requestId(), householdSize: 51 }
    expect(await refusal(hall.call(EditAccount, many))).toMatchObject({ field: 'householdSize' })
  })
})
