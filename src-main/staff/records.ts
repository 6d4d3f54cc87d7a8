/** Rows of the staff as the code holds them. */
import { eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import { domainError } from '../platform/errors.ts'
import { rowById } from '../platform/rows.ts'
import { maxStaff, type StaffView } from './api.ts'
import { staff } from './tables.ts'

export const StaffNotFound = domainError('StaffNotFound', '没有这位员工，请刷新后再试')
export const HasLeft = domainError('HasLeft', '此员工已离职，不能再更改')

export type StaffMember = StaffView

const memberOf = (row: typeof staff.$inferSelect): StaffMember => ({ ...row, roles: JSON.parse(row.roles) as Role[] })

/** @throws StaffNotFound */
export function staffById({ sqlite }: Context, staffId: string): StaffMember {
  const row = rowById(sqlite, staff, staffId)
  if (!row) throw new StaffNotFound()
  return memberOf(row)
}

/** The holder of a staff number, also one who left; null when nobody has it. */
export function staffByNo({ db }: Context, staffNo: string): StaffMember | null {
  const row = db.select().from(staff).where(eq(staff.staffNo, staffNo)).get()
  return row ? memberOf(row) : null
}

/** @throws StaffNotFound · HasLeft */
export function activeById(context: Context, staffId: string): StaffMember {
  const member = staffById(context, staffId)
  if (member.state === 'left') throw new HasLeft()
  return member
}

export const everybody = ({ db }: Context): StaffMember[] =>
  db.select().from(staff).orderBy(staff.staffNo).limit(maxStaff).all().map(memberOf)
