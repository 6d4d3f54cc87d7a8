/** 本机: what stands in the way of work on this PC (clock, missing data, damage), and the way out of it. */
import { z } from 'zod'
import { PasswordFailure, TypedPassword, TypedStaffNo } from '../access/api.ts'
import { call, Instant, PageRequest, pageOf, shortText } from '../platform/contract.ts'

/** Serials that were left out, per kind of number: first and last. */
const LeftOut = z.array(z.object({ kind: z.string(), label: z.string(), first: z.int(), last: z.int() }))

/** A business day as another witness tells it: the replaced database, or headquarters. */
export const WitnessedDay = z.object({
  date: z.string(),
  closed: z.boolean(),
  /** Entries of the ledger. */
  entries: z.int(),
  /** Receipts by first and last number; empty when there were none. */
  receipts: z.object({ count: z.int(), first: z.string(), last: z.string() }),
  /** What came in by all means, prepayment apart, less refunds and reversals of the day, fen: as on its 日结单. */
  taken: z.int(),
})
export type WitnessedDay = z.output<typeof WitnessedDay>

/** What headquarters knows of the time after a break. */
export const Witness = z.object({
  /** Rows it holds that this hall has no more. */
  rows: z.int().min(0),
  lastAt: Instant.nullable(),
  days: z.array(WitnessedDay).max(400),
})
export type Witness = z.output<typeof Witness>

/** Asked by the login page, before anybody has signed in: nothing of it is about a person. */
export const State = call({
  name: 'machine.state',
  kind: 'read',
  allow: 'anyone',
  input: z.strictObject({}),
  output: z.object({
    clock: z.object({ direction: z.enum(['behind', 'ahead']), lastAt: Instant, now: Instant }).nullable(),
    loss: z
      .object({
        reason: z.string(),
        /** Entries of the audit log that are missing; null when the two cannot be compared. */
        missing: z.int().nullable(),
        /** Last entry that is there, and the last one that was written. */
        auditAt: Instant.nullable(),
        markAt: Instant.nullable(),
        numbers: LeftOut,
        /** The newest backup that was proved. */
        backupAt: Instant.nullable(),
        /** Rows of the outbox that are missing here and had been acknowledged; null while headquarters knows none. */
        atHeadquarters: z.int().nullable(),
      })
      .nullable(),
    /** When a damaged page was last met or found. */
    damagedAt: Instant.nullable(),
  }),
})

const Proof = { staffNo: TypedStaffNo, password: TypedPassword, reason: shortText('说明', 200) }
const Done = z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), PasswordFailure])

/** 确认电脑时间无误: an administrator says so by his password; the clock is believed from then on. */
export const ConfirmClock = call({
  name: 'machine.confirmClock',
  kind: 'change',
  allow: 'anyone',
  whileHeld: true,
  anyClock: true,
  secret: ['password'],
  input: z.strictObject(Proof),
  output: Done,
})

/** 确认数据缺失: a manager or an administrator has seen what is missing; work goes on, numbers above what was given. */
export const AcceptLoss = call({
  name: 'machine.acceptLoss',
  kind: 'change',
  allow: 'anyone',
  whileHeld: true,
  secret: ['password'],
  input: z.strictObject(Proof),
  output: Done,
})

const Break = z.object({
  id: z.string(),
  kind: z.enum(['restored', 'lost', 'forked', 'resent']),
  at: Instant,
  byName: z.string(),
  reason: z.string(),
  fileName: z.string().nullable(),
  replaced: z.string().nullable(),
  /** The last entry before the break, and the last one that had been written. */
  auditAt: Instant.nullable(),
  markAt: Instant.nullable(),
  numbers: LeftOut,
  days: z.array(WitnessedDay),
  headquarters: Witness.nullable(),
  resolvedBy: z.string().nullable(),
  resolveReason: z.string().nullable(),
})
export type Break = z.output<typeof Break>

/** 恢复与断点, newest first. */
export const Breaks = call({
  name: 'machine.breaks',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: PageRequest,
  output: pageOf(Break),
})
