/** What a screen may ask about who is at the counter: log in, lock, approve, first start, audit log. */
import { z } from 'zod'
import { call, DateOnly, Id, Instant, PageRequest, pageOf, roles, shortText } from '../platform/contract.ts'
import { normaliseCreditCode } from '../platform/identity.ts'
import { settings as company } from '../platform/company-settings.ts'
import { PasswordFailure, TypedPassword, TypedStaffNo } from './typed.ts'
import { Create as CreateStaff, StaffNo } from '../staff/api.ts'

export * from '../platform/approval-terms.ts'
export * from './approval-api.ts'
export * from './asked-api.ts'
export * from './typed.ts'
export { maxPasswordLength, minPasswordLength, passwordProblem } from './password-rules.ts'

/** What every window knows of the person at work. Roles decide what is shown; the backend decides what is done. */
export const ActorView = z.object({
  id: z.string(),
  name: z.string(),
  staffNo: z.string(),
  roles: z.array(z.enum(roles)),
})
export type ActorView = z.output<typeof ActorView>

export const DeviceView = z.object({
  deviceId: z.string(),
  companyName: z.string(),
  hallCode: z.string(),
  hallName: z.string(),
  pcCode: z.string(),
  demo: z.boolean(),
})
export type DeviceView = z.output<typeof DeviceView>

export const SessionView = z.object({
  actor: ActorView,
  device: DeviceView,
  /** Minutes without a key or the mouse after which the screen locks. */
  lockMinutes: z.int(),
  /** Set by an administrator's reset: nothing but a new password is possible. */
  mustChangePassword: z.boolean(),
  /** Days this password has been used; null while no reminder is due (S52: change it at least monthly). */
  passwordDueDays: z.int().nullable(),
})
export type SessionView = z.output<typeof SessionView>

/** Who and what this PC is, before anybody has logged in; `device` is null until the first-start wizard has run. */
export const Welcome = call({
  name: 'access.welcome',
  kind: 'read',
  allow: 'anyone',
  input: z.strictObject({}),
  output: z.object({
    device: DeviceView.nullable(),
    /** The backend's clock, which the screens follow. */
    now: Instant,
  }),
})

/** The invented staff of a demo hall with their passwords; empty on every other hall. */
export const DemoAccounts = call({
  name: 'access.demoAccounts',
  kind: 'read',
  allow: 'anyone',
  input: z.strictObject({}),
  output: z.array(
    z.object({ staffNo: z.string(), name: z.string(), roles: z.array(z.enum(roles)), password: z.string() }),
  ),
})

/** What papers say about the company, as the wizard asks for it; what is not known yet is left empty and set later. */
const CompanyAnswers = z.strictObject({
  address: company['company.address'].schema,
  legalRepresentative: company['company.legalRepresentative'].schema,
  creditCode: z.string().transform(normaliseCreditCode).pipe(company['company.creditCode'].schema),
  taxNo: company['company.taxNo'].schema,
  bank: company['company.bank'].schema,
  bankAccount: company['company.bankAccount'].schema,
  servicePhone: company['company.servicePhone'].schema,
  emergencyPhone: company['company.emergencyPhone'].schema,
  complaintPhone: company['company.complaintPhone'].schema,
})
export type CompanyAnswers = z.output<typeof CompanyAnswers>

/** First start: the company, this hall, this PC and its administrator. Works once. @throws AlreadySetUp · PasswordTooWeak */
export const SetUp = call({
  name: 'access.setUp',
  kind: 'change',
  allow: 'anyone',
  secret: ['password'],
  input: z.strictObject({
    companyName: shortText('公司名称', 40),
    hallCode: z.string().regex(/^\d{3}$/, '营业厅编号应为 3 位数字'),
    hallName: shortText('营业厅名称', 40),
    company: CompanyAnswers,
    pcCode: z.string().regex(/^\d{2}$/, '本机编号应为 2 位数字'),
    staffNo: StaffNo,
    name: shortText('姓名', 20),
    password: TypedPassword,
  }),
  output: z.object({ device: DeviceView }),
})

/** Logs in; the session this window had before is ended (switch user). */
export const Login = call({
  name: 'access.login',
  kind: 'change',
  whileHeld: true,
  allow: 'anyone',
  secret: ['password'],
  input: z.strictObject({ staffNo: TypedStaffNo, password: TypedPassword }),
  output: z.discriminatedUnion('ok', [SessionView.extend({ ok: z.literal(true), token: z.string() }), PasswordFailure]),
})

export const Logout = call({
  name: 'access.logout',
  kind: 'change',
  whileHeld: true,
  anyClock: true,
  allow: 'signed-in',
  whileLocked: true,
  input: z.strictObject({}),
  output: z.object({}),
})

/** 锁屏: the session stays, but answers nothing until its own password is given. */
export const Lock = call({
  name: 'access.lock',
  kind: 'change',
  whileHeld: true,
  anyClock: true,
  allow: 'signed-in',
  whileLocked: true,
  input: z.strictObject({}),
  output: z.object({}),
})

export const Unlock = call({
  name: 'access.unlock',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  whileLocked: true,
  secret: ['password'],
  input: z.strictObject({ password: TypedPassword }),
  output: z.discriminatedUnion('ok', [SessionView.extend({ ok: z.literal(true) }), PasswordFailure]),
})

/**
 * 另存为文件: a list, a report or an attachment leaves the program. Asked by the program around the window once the place is
 * chosen and before anything is written, so that no file goes unrecorded.
 */
export const NoteFile = call({
  name: 'access.noteFile',
  kind: 'change',
  allow: 'signed-in',
  input: z.strictObject({
    /** What it holds, as the page calls it: 客户.xlsx. */
    name: shortText('名称', 120),
    /** What it was saved as. */
    fileName: shortText('文件名', 255),
    /** Bytes. */
    size: z.int().min(0),
    /** SHA-256, hex: a file found later is known for the one that was saved. */
    hash: z.string().regex(/^[0-9a-f]{64}$/, '校验码应为 64 位'),
    /** It was put on record before, and could not be written. */
    failed: z.literal(true).optional(),
  }),
  output: z.object({}),
})

export const WhoAmI = call({
  name: 'access.whoAmI',
  kind: 'read',
  allow: 'signed-in',
  whileLocked: true,
  input: z.strictObject({}),
  output: SessionView.extend({ locked: z.boolean() }),
})

/** Changes one's own password; other sessions of the same person end. @throws PasswordTooWeak */
export const ChangePassword = call({
  name: 'access.changePassword',
  kind: 'change',
  whileHeld: true,
  allow: 'signed-in',
  whileLocked: true,
  secret: ['oldPassword', 'newPassword'],
  input: z.strictObject({ oldPassword: TypedPassword, newPassword: TypedPassword }),
  output: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), PasswordFailure]),
})

/** Gives somebody a first or a new password, which must be changed at the next login; lifts a lock-out.
 *  @throws StaffNotFound · PasswordTooWeak */
export const ResetPassword = call({
  name: 'access.resetPassword',
  kind: 'change',
  allow: ['administrator'],
  secret: ['password'],
  input: z.strictObject({ staffId: Id, password: TypedPassword }),
  output: z.object({}),
})

/** 新增员工 with the first password, both or neither. @throws PasswordTooWeak, and whatever `staff.create` throws */
export const AddStaff = call({
  name: 'access.addStaff',
  kind: 'change',
  allow: ['administrator'],
  secret: ['password'],
  input: z.strictObject({ ...CreateStaff.input.shape, password: TypedPassword }),
  output: CreateStaff.output,
})

/** Passwords of the staff as an administrator sees them: whether there is one, never what it is. */
export const Credentials = call({
  name: 'access.credentials',
  kind: 'read',
  allow: ['administrator'],
  input: z.strictObject({}),
  output: z.array(
    z.object({
      staffId: z.string(),
      mustChange: z.boolean(),
      changedAt: Instant,
      lockedUntil: Instant.nullable(),
      lastLoginAt: Instant.nullable(),
    }),
  ),
})

/** The audit log, newest first. A page of one actor, one call or one subject is read by its own index. */
export const AuditLog = call({
  name: 'access.auditLog',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: PageRequest.extend({
    actorId: z.string().max(60).nullable().default(null),
    call: z.string().max(60).nullable().default(null),
    subject: z.string().trim().max(120).nullable().default(null),
    /** Business dates in Asia/Shanghai, both included. */
    from: DateOnly.nullable().default(null),
    to: DateOnly.nullable().default(null),
    /**
     * What a row holds, a number with or without its grouping: in who, whom it is about and its notes; `calls` are those
     * whose words hold it. A page looks through so many rows at most, so that it may be empty with more to come.
     */
    search: z.string().trim().max(60).default(''),
    calls: z.array(z.string().max(60)).max(1_000).default([]),
  }),
  output: pageOf(
    z.object({
      seq: z.int(),
      at: Instant,
      actorId: z.string(),
      actorName: z.string(),
      call: z.string(),
      subject: z.string().nullable(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
})

/** Walks the hash chain; `broken` is the number of the first row that was altered or whose predecessor is gone. */
export const VerifyAudit = call({
  name: 'access.verifyAudit',
  kind: 'task',
  whileHeld: true,
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.object({ rows: z.int(), broken: z.int().nullable() }),
})

/** Whether the chain of the audit log holds, as its own checks found it at day close and in the backups. */
export const ChainState = call({
  name: 'access.chainState',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.object({
    lastAt: Instant.nullable(),
    /** First row that was altered or follows a removed one, of the first check that found any. */
    broken: z.int().nullable(),
    foundAt: Instant.nullable(),
  }),
})
