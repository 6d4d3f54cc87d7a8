import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Create, Edit, Leave, List, SetRoles } from '../../src-main/staff/api.ts'
import { leavesNoAdministrator, type Member } from '../../src-main/staff/rules.ts'
import { AddStaff, AuditLog, Credentials, rolesInWords } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import { roles, type Role } from '../../src-main/platform/contract.ts'
import { approvalOf } from '../support/approval.ts'
import { actorOf, openTestHall, type TestHall } from '../support/hall.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())
const people = (withLeft = false) => hall.call(List, { withLeft }, 'administrator')
const newcomer = { staffNo: '1002', name: '何新来', roles: ['clerk' as const] }
const create = (change: object = {}) =>
  hall.call(Create, { requestId: crypto.randomUUID(), ...newcomer, ...change }, 'administrator')

const makeAdministrator = async () => {
  const terms = { staffId: '', staffNo: newcomer.staffNo, name: newcomer.name, roles: rolesInWords(['administrator']) }
  const approvalId = await approvalOf(hall, { purpose: 'approving-role', terms }, 'administrator')
  await create({ roles: ['administrator'], approvalId })
}

describe('the staff', () => {
  test('has one number each, which is never given out again', async () => {
    const { staffId } = await create()
    expect(await people()).toContainEqual(expect.objectContaining({ id: staffId, ...newcomer, state: 'active' }))
    await expect(create({ name: '别人' })).rejects.toMatchObject({
      failure: { code: 'StaffNoTaken', field: 'staffNo' },
    })
    await hall.call(Leave, { staffId }, 'administrator')
    await expect(create({ name: '别人' })).rejects.toMatchObject({ failure: { code: 'StaffNoTaken' } })
  })

  test('has names of its own: nobody is added, or called later, as somebody who is at work, however it is spelt', async () => {
    const { staffId } = await create()
    for (const name of ['何新来', ' 何 新来 ', '何　新来']) {
      const failure = { code: 'SameName', field: 'name' }
      await expect(create({ staffNo: '1003', name })).rejects.toMatchObject({ failure })
    }
    await expect(create({ staffNo: '1003', name: '何新来' })).rejects.toThrow('已有同名员工何新来（1002）')
    const other = await create({ staffNo: '1003', name: '何新来（抢修）' })
    const rename = (name: string) => hall.call(Edit, { staffId: other.staffId, name }, 'administrator')
    await expect(rename('何新来')).rejects.toMatchObject({ failure: { code: 'SameName' } })
    // One's own name is no other's, and that of who left is free.
    await hall.call(Edit, { staffId, name: '何新来' }, 'administrator')
    await hall.call(Leave, { staffId }, 'administrator')
    await rename('何新来')
  })

  test('gets the first password with the person, both or neither; what agreed to the roles is kept for the next try', async () => {
    const add = (password: string, change: object = {}) =>
      hall.call(AddStaff, { requestId: crypto.randomUUID(), ...newcomer, password, ...change }, 'administrator')
    const terms = {
      ...{ staffId: '', staffNo: newcomer.staffNo, name: newcomer.name },
      roles: rolesInWords(['administrator']),
    }
    const approvalId = await approvalOf(hall, { purpose: 'approving-role', terms }, 'administrator')
    const chosen = { roles: ['administrator' as const], approvalId }
    const before = await people()
    for (const weak of ['Hexinlai-901', 'Clerk2026', 'abc1002xyz'])
      await expect(add(weak, chosen)).rejects.toMatchObject({ failure: { code: 'PasswordTooWeak', field: 'password' } })
    expect(await people()).toEqual(before)
    const { staffId } = await add('Kanban-Qiu-73', chosen)
    const credentials = await hall.call(Credentials, {}, 'administrator')
    expect(credentials).toContainEqual(expect.objectContaining({ staffId, mustChange: true }))
  })

  test('shows who left only when asked, and changes nobody who left', async () => {
    const { staffId } = await create()
    await hall.call(Leave, { staffId }, 'administrator')
    expect((await people()).map(({ id }) => id)).not.toContain(staffId)
    expect(await people(true)).toContainEqual(expect.objectContaining({ id: staffId, state: 'left' }))
    await expect(hall.call(Edit, { staffId, name: '改名' }, 'administrator')).rejects.toThrow('HasLeft')
    await expect(hall.call(SetRoles, { staffId, roles: ['clerk'] }, 'administrator')).rejects.toThrow('HasLeft')
  })

  test('keeps name and roles as changed, with before and after in the audit log', async () => {
    const { staffId } = await create()
    await hall.call(Edit, { staffId, name: '何心来' }, 'administrator')
    await hall.call(SetRoles, { staffId, roles: ['cashier', 'clerk'] }, 'administrator')
    expect(await people()).toContainEqual(
      expect.objectContaining({ id: staffId, name: '何心来', roles: ['cashier', 'clerk'] }),
    )
    const last = hall.hall.environment.sqlite
      .prepare('SELECT call, subject, detail FROM audit_log ORDER BY seq DESC LIMIT 1')
      .get() as { call: string; subject: string; detail: string }
    expect(last).toMatchObject({ call: 'staff.setRoles', subject: `staff:${staffId}` })
    expect(JSON.parse(last.detail)).toEqual({
      staffNo: '1002',
      before: { roles: ['clerk'] },
      after: { roles: ['cashier', 'clerk'] },
    })
  })

  test.each([
    [{ roles: [] }, 'roles', '请至少选择一个岗位'],
    [{ roles: ['clerk', 'clerk'] }, 'roles', '岗位重复'],
    [{ staffNo: '工1' }, 'staffNo', '工号应为 2 至 12 位字母或数字'],
    [{ name: ' ' }, 'name', '请填写姓名'],
  ])('refuses %j and says what to mend', async (change, field, message) => {
    await expect(create(change)).rejects.toMatchObject({ failure: { code: 'InvalidInput', field, message } })
  })

  test('never loses its last administrator', async () => {
    const staffId = actorOf('administrator').id
    await expect(hall.call(Leave, { staffId }, 'administrator')).rejects.toThrow('LastAdministrator')
    await expect(hall.call(SetRoles, { staffId, roles: ['clerk'] }, 'administrator')).rejects.toThrow(
      'LastAdministrator',
    )
    await makeAdministrator()
    await hall.call(Leave, { staffId }, 'administrator')
    expect((await people(true)).find(({ id }) => id === staffId)?.state).toBe('left')
  })

  test('nobody changes his own roles, and a role that approves is given by two once somebody else could agree', async () => {
    const administrator = actorOf('administrator').id
    await expect(
      hall.call(SetRoles, { staffId: administrator, roles: ['administrator', 'hall-manager'] }, 'administrator'),
    ).rejects.toThrow('OwnRoles')
    await expect(create({ roles: ['hall-manager'] })).rejects.toThrow('NeedsSecondPerson')
    const { staffId } = await create()
    const roles = ['clerk', 'administrator'] as const
    const promote = (approvalId: string | null) =>
      hall.call(SetRoles, { staffId, roles: [...roles], approvalId }, 'administrator')
    await expect(promote(null)).rejects.toThrow('NeedsSecondPerson')
    const agree = (chosen: readonly Role[], { staffNo, name } = newcomer, of = staffId) =>
      approvalOf(
        hall,
        { purpose: 'approving-role', terms: { staffId: of, staffNo, name, roles: rolesInWords(chosen) } },
        'administrator',
      )
    await expect(promote(await agree(['hall-manager']))).rejects.toThrow('ApprovalRefused')
    // Agreed to for one person, and somebody else is given the number.
    const another = { ...newcomer, staffNo: '1003' }
    const approvalId = await agree(['hall-manager'], another, '')
    await expect(create({ staffNo: '1003', name: '冒名人', roles: ['hall-manager'], approvalId })).rejects.toThrow(
      '批准的内容',
    )
    await promote(await agree(roles))
    // Whoever looks up what became of this person finds who agreed to it.
    const filed = await hall.call(AuditLog, { subject: `staff:${staffId}` }, 'administrator')
    expect(filed.rows.map(({ call }) => call)).toEqual(expect.arrayContaining(['access.approve', 'staff.setRoles']))
    expect((await people()).find(({ id }) => id === staffId)?.roles).toEqual(roles)
    await hall.call(SetRoles, { staffId, roles: ['clerk'] }, 'administrator')
  })

  test('of a new hall: its only administrator makes the first manager alone', async () => {
    hall.transact(({ sqlite }) => sqlite.exec(`UPDATE staff SET state = 'left' WHERE staff_no = 'hall-manager'`))
    await create({ roles: ['hall-manager'] })
    await expect(create({ staffNo: '1003', name: '何又来', roles: ['hall-manager'] })).rejects.toThrow(
      'NeedsSecondPerson',
    )
  })

  test('who could have agreed is nobody’s to send away and then act alone: not within a day', async () => {
    const manager = actorOf('hall-manager').id
    const loggedIn = () =>
      hall.transact((context) => {
        setPassword(context, manager, 'Kanban-Qiu-73')
        context.sqlite.exec('UPDATE credentials SET last_login_at = 1')
      })
    loggedIn()
    await hall.call(SetRoles, { staffId: manager, roles: ['clerk'] }, 'administrator')
    const alone = () => create({ roles: ['hall-manager'] })
    await expect(alone()).rejects.toMatchObject({
      failure: { code: 'OthersRelieved', message: expect.stringContaining('一天内由您办理'), field: 'roles' },
    })
    // Left after his role was taken: still the same person and the same day.
    await hall.call(Leave, { staffId: manager }, 'administrator')
    await expect(alone()).rejects.toThrow('OthersRelieved')
    expect((await people()).some(({ staffNo }) => staffNo === newcomer.staffNo)).toBe(false)
    hall.clock.advance(86_400_000)
    await alone()
  })

  test('who never logged in could not have agreed: a first manager put in by mistake is put right at once', async () => {
    await hall.call(Leave, { staffId: actorOf('hall-manager').id }, 'administrator')
    await create({ roles: ['hall-manager'] })
  })

  test('of an unknown number is named as such', async () => {
    const staffId = '018f0000-0000-7000-8000-0000000000ff'
    await expect(hall.call(Leave, { staffId }, 'administrator')).rejects.toThrow('StaffNotFound')
  })
})

test('whatever is changed in whatever order, an administrator who is allowed to stay remains', () => {
  const member = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    roles: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }),
    state: fc.constantFrom('active' as const, 'left' as const),
  })
  fc.assert(
    fc.property(fc.array(member, { maxLength: 40 }), (changes) => {
      let hallStaff: Member[] = ['a', 'b', 'c', 'd'].map((id, i) => ({
        id,
        roles: [i === 0 ? 'administrator' : 'clerk'],
        state: 'active',
      }))
      for (const change of changes) {
        if (leavesNoAdministrator(hallStaff, change)) continue
        hallStaff = hallStaff.map((old) => (old.id === change.id ? change : old))
      }
      expect(hallStaff.some(({ roles: r, state }) => state === 'active' && r.includes('administrator'))).toBe(true)
    }),
  )
})
