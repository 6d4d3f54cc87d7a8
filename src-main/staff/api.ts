/** What a screen may ask about the staff. Passwords are the access room's. */
import { z } from 'zod'
import { call, Id, Instant, RequestId, roles, shortText } from '../platform/contract.ts'

/** 工号: letters and digits, never shared between people. */
export const StaffNo = shortText('工号', 12).regex(/^[0-9A-Za-z]{2,12}$/, '工号应为 2 至 12 位字母或数字')

const Roles = z
  .array(z.enum(roles))
  .min(1, '请至少选择一个岗位')
  .max(roles.length)
  .refine((chosen) => new Set(chosen).size === chosen.length, '岗位重复')

export const StaffView = z.object({
  id: z.string(),
  staffNo: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  state: z.enum(['active', 'left']),
  createdAt: Instant,
  updatedAt: Instant,
})
export type StaffView = z.output<typeof StaffView>

/** Everybody of this hall by staff number: a hall has tens of people, not pages of them (at most `maxStaff`). */
export const maxStaff = 500
export const List = call({
  name: 'staff.list',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({ withLeft: z.boolean().default(false) }),
  output: z.array(StaffView),
})

/** Adds somebody; they can log in once the administrator has given them a first password. @throws StaffNoTaken */
export const Create = call({
  name: 'staff.create',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ requestId: RequestId, staffNo: StaffNo, name: shortText('姓名', 20), roles: Roles }),
  output: z.object({ staffId: z.string() }),
})

/** @throws StaffNotFound */
export const Edit = call({
  name: 'staff.edit',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ staffId: Id, name: shortText('姓名', 20) }),
  output: z.object({}),
})

/** @throws StaffNotFound · LastAdministrator */
export const SetRoles = call({
  name: 'staff.setRoles',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ staffId: Id, roles: Roles }),
  output: z.object({}),
})

/** 离职: the number stays taken, the person can no longer log in. @throws StaffNotFound · LastAdministrator */
export const Leave = call({
  name: 'staff.leave',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ staffId: Id }),
  output: z.object({}),
})
