/** The first start of a PC, and what the login page shows before anybody has logged in. */
import type { Context, Device } from '../platform/context.ts'
import type { Role } from '../platform/contract.ts'
import { statement } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { setSetting } from '../settings/service.ts'
import { createStaff, staffByNo } from '../staff/service.ts'
import { foundTill } from '../tills/service.ts'
import { Credentials, DemoAccounts, SetUp, Welcome, type CompanyAnswers } from './api.ts'
import { keepPassword, setPassword } from './credentials.ts'
import { lockedUntil } from './rules.ts'
import { credentials } from './tables.ts'

export const AlreadySetUp = domainError('AlreadySetUp', '本机已完成首次设置，请直接登录')

const isSetUp = ({ sqlite }: Context): boolean => statement(sqlite, 'SELECT 1 FROM device').get() !== undefined

/** Writes the one row that says which hall and PC this is. @throws AlreadySetUp */
export function createDevice(context: Context, device: Omit<Device, 'deviceId' | 'streamId'>): void {
  if (isSetUp(context)) throw new AlreadySetUp()
  const { sqlite, clock } = context
  statement(
    sqlite,
    `INSERT INTO device (only, device_id, stream_id, company_name, hall_code, hall_name, pc_code, demo, created_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    newId(clock),
    newId(clock),
    device.companyName,
    device.hallCode,
    device.hallName,
    device.pcCode,
    device.demo ? 1 : 0,
    clock.now(),
  )
  foundTill(context, device.pcCode)
}

export const setUp = useCase(SetUp, ({ staffNo, name, password, company, ...device }, context) => {
  createDevice(context, { ...device, demo: false })
  const staffId = createStaff(context, { staffNo, name, roles: ['administrator'] })
  setPassword(context, staffId, password)
  for (const key of Object.keys(company) as (keyof CompanyAnswers)[]) {
    if (company[key] !== '') setSetting(context, `company.${key}`, company[key])
  }
  context.audit({ subject: `staff:${staffId}`, detail: { ...device, company, staffNo, name } })
  return { device: { ...context.device } }
})

/** The hall, and which of its PCs the window that asks stands at. */
export const deviceView = ({ device, till }: Context) => ({ ...device, pcCode: till })

export const welcome = useCase(Welcome, (_, context) => ({
  now: context.clock.now(),
  device: isSetUp(context) ? deviceView(context) : null,
}))

/** Invented people; these passwords are known to everybody who reads the login page of a demo hall. */
export const demoStaff: readonly { staffNo: string; name: string; roles: readonly Role[]; password: string }[] = [
  { staffNo: '1001', name: '张晓燕', roles: ['clerk'], password: 'Demo-1001' },
  { staffNo: '2001', name: '刘志强', roles: ['cashier'], password: 'Demo-2001' },
  { staffNo: '3001', name: '陈建国', roles: ['hall-manager'], password: 'Demo-3001' },
  { staffNo: '4001', name: '马丽娜', roles: ['dispatcher'], password: 'Demo-4001' },
  { staffNo: '9001', name: '孙文博', roles: ['administrator'], password: 'Demo-9001' },
]

/** Creates the staff of a demo hall with their passwords. */
export function createDemoStaff(context: Context): void {
  for (const { password, ...member } of demoStaff) keepPassword(context, createStaff(context, member), password)
}

export const demoAccounts = useCase(DemoAccounts, (_, context) => {
  if (!isSetUp(context) || !context.device.demo) return []
  return demoStaff.flatMap(({ staffNo, password }) => {
    const member = staffByNo(context, staffNo)
    return member?.state === 'active' ? [{ staffNo, name: member.name, roles: [...member.roles], password }] : []
  })
})

export const listCredentials = useCase(Credentials, (_, { db, clock }) =>
  db
    .select()
    .from(credentials)
    .all()
    .map((row) => ({
      staffId: row.staffId,
      mustChange: row.mustChange === 1,
      changedAt: row.changedAt,
      lockedUntil: lockedUntil(row, clock.now()),
      lastLoginAt: row.lastLoginAt,
    })),
)
