import { describe, expect, test } from 'vitest'
import type { CustomerFileValue } from '../../src-main/customers/api.ts'
import { CallError } from '../../src-renderer/bridge.ts'
import { chosenAmong, chosenOf } from '../../src-renderer/customers/chosen.ts'
import { duplicatesIn } from '../../src-renderer/customers/duplicates.ts'
import { fileActions, type KnownRoute } from '../../src-renderer/customers/file-actions.ts'
import { changeOf, emptyForm, formOf, problemsOf, profileOf } from '../../src-renderer/customers/profile-form.ts'
import { businessDate } from '../../src-main/platform/dates.ts'
import { fen } from '../../src-main/platform/money.ts'
import { isCombo } from '../../src-renderer/shell/keys.ts'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'

const customer: CustomerFileValue['customer'] = {
  customerId: '018f0000-0000-7000-8000-000000000001',
  category: 'resident',
  name: '王小二',
  idKind: 'national-id',
  idMasked: '990***********0080',
  phoneMasked: '199****0008',
  phoneAltMasked: '199****0009',
  specialCare: { kinds: ['elderly'], measures: '上门收费' },
  note: '',
  version: 3,
  createdAt: 0,
  updatedAt: 0,
}
const account: NonNullable<CustomerFileValue['account']> = {
  accountId: '018f0000-0000-7000-8000-000000000002',
  accountNo: '0010100000013',
  oldAccountNos: [],
  state: 'active',
  servicePointId: '018f0000-0000-7000-8000-000000000003',
  servicePointVersion: 1,
  place: { district: '', street: '', community: '阳光花园', building: '3', unit: '2', room: '501' },
  address: '阳光花园3号楼2单元501室',
  gasState: 'supplied',
  suspendedFor: null,
  meterNo: 'M1',
  pricePlanId: '018f0000-0000-7000-8000-000000000004',
  householdSize: 3,
  openedOn: businessDate('2026-01-01'),
  closedOn: null,
  prepayment: fen(0),
  arrears: fen(0),
  version: 1,
}

describe('the form of an existing customer', () => {
  test('changes nothing as it stands: masked numbers are not sent back', () => {
    expect(changeOf(formOf(customer), customer)).toEqual({})
    expect(problemsOf(formOf(customer), customer)).toEqual({})
  })

  test('sends only what was typed', () => {
    const form = { ...formOf(customer), phone: inventedMobile(5), careKinds: [] }
    expect(changeOf(form, customer)).toEqual({ phone: inventedMobile(5), specialCare: null })
  })

  test('takes the second phone away only when asked to', () => {
    expect(changeOf({ ...formOf(customer), dropPhoneAlt: true }, customer)).toEqual({ phoneAlt: null })
  })

  test('wants the number with a new kind of paper, and none without one', () => {
    expect(problemsOf({ ...formOf(customer), idKind: 'passport' }, customer)).toHaveProperty('idNumber')
    const none = { ...formOf(customer), idKind: 'none' as const }
    expect(problemsOf(none, customer)).toEqual({})
    expect(changeOf(none, customer)).toEqual({ idKind: 'none', idNumber: null })
  })
})

describe('the form of a new customer', () => {
  test('says for each field what to mend, as the backend would', () => {
    expect(problemsOf(emptyForm(), null)).toMatchObject({ name: '请填写客户名称', phone: '请填写联系电话' })
    const wrong = { ...emptyForm(), name: '王小二', phone: inventedMobile(1), idNumber: '11010519491231002Y' }
    expect(Object.keys(problemsOf(wrong, null))).toEqual(['idNumber'])
  })

  test('is in order with a name, an ID and a phone', () => {
    const form = { ...emptyForm(), name: '王小二', phone: inventedMobile(1), idNumber: inventedNationalId(1) }
    expect(problemsOf(form, null)).toEqual({})
    expect(profileOf(form)).toMatchObject({ specialCare: null, phoneAlt: '' })
  })
})

describe('the actions of a file', () => {
  const routes: KnownRoute[] = [
    { path: '/collection/:accountId', roles: ['cashier'] },
    { path: '/readings/:accountId', roles: ['clerk'] },
    { path: '/opening', roles: ['clerk'] },
    { path: '/complaints/new', roles: ['clerk'] },
    { path: '/supply/account/:accountId', roles: ['clerk', 'cashier'] },
  ]
  const obstacles = (file: Parameters<typeof fileActions>[0], role: 'clerk' | 'cashier' | 'administrator') =>
    Object.fromEntries(fileActions(file, [role], routes).map(({ name, obstacle }) => [name, obstacle]))

  test('say on the button who does what one may not do oneself', () => {
    expect(obstacles({ customer, account }, 'clerk')).toEqual({
      collect: '由收费员办理',
      life: null,
      read: null,
      apply: null,
      contracts: null,
      attach: null,
      edit: null,
      complain: null,
    })
    expect(obstacles({ customer, account }, 'cashier')).toMatchObject({ collect: null, edit: '由柜员、营业厅主任办理' })
  })

  test('say that an account or a meter is missing first', () => {
    expect(obstacles({ customer, account: null }, 'cashier')).toMatchObject({
      collect: '尚未开户',
      contracts: '尚未开户',
    })
    expect(obstacles({ customer, account: { ...account, meterNo: null } }, 'clerk')).toMatchObject({ read: '尚未装表' })
    expect(obstacles({ customer, account: { ...account, state: 'closed' } }, 'clerk')).toMatchObject({
      read: '户号已停止使用',
      // 销户 is begun there.
      life: null,
    })
  })

  test('lead to the account, each by a key of its own that types no character', () => {
    const actions = fileActions({ customer, account }, ['clerk'], routes)
    expect(actions.find(({ name }) => name === 'collect')?.path).toBe(`/collection/${account.accountId}`)
    expect(new Set(actions.map(({ key }) => key)).size).toBe(actions.length)
    expect(actions.every(({ key }) => isCombo(key))).toBe(true)
    const taken = ['F1', 'F2', 'F12']
    expect(actions.filter(({ key }) => taken.includes(key))).toEqual([])
  })
})

describe('what comes over the bridge', () => {
  test('is read as duplicates only when it says so', () => {
    const found = {
      customerId: customer.customerId,
      accountId: null,
      name: '王',
      phone: '1',
      address: '',
      because: 'id',
    }
    const error = (code: string, details: unknown) => new CallError({ code, message: '', details })
    expect(duplicatesIn(error('Conflict', [found]))).toBeNull()
    expect(duplicatesIn(error('DuplicateCustomer', [found]))).toEqual([found])
    expect(duplicatesIn(error('DuplicateCustomer', 'garbage'))).toEqual([])
  })

  test('a field takes only what it offers', () => {
    expect(chosenOf(['a', 'b'], 'b')).toBe('b')
    expect(chosenOf(['a', 'b'], 1)).toBeNull()
    expect(chosenAmong(['a', 'b'], ['b', 'x', 'a'])).toEqual(['a', 'b'])
    expect(chosenAmong(['a'], null)).toEqual([])
  })
})
