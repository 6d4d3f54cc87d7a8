import { z } from 'zod'
import { call, Id, Instant, PageRequest, pageOf, shortText, SignedFen } from '../platform/contract.ts'

const BackupRow = z.object({
  id: Id,
  fileName: z.string(),
  kind: z.enum(['scheduled', 'manual']),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  state: z.enum(['running', 'proved', 'failed', 'removed']),
  /** Bytes. */
  size: z.int().nullable(),
  error: z.string().nullable(),
})
export type BackupRow = z.output<typeof BackupRow>

export const List = call({
  name: 'backup.list',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: PageRequest,
  output: pageOf(BackupRow),
})

/** 立即备份: makes one and proves it by opening and comparing totals (clause 25(4)). */
export const Now = call({
  name: 'backup.now',
  kind: 'task',
  allow: ['hall-manager', 'administrator'],
  whileHeld: true,
  input: z.strictObject({}),
  output: BackupRow,
})

/** 检查数据文件: walks every page now. */
export const CheckFile = call({
  name: 'backup.checkFile',
  kind: 'task',
  allow: ['hall-manager', 'administrator'],
  whileHeld: true,
  input: z.strictObject({}),
  output: z.object({ sound: z.boolean() }),
})

/** How the file itself is: last walk over its pages, damage, and the databases that restores have put aside. */
export const FileState = call({
  name: 'backup.fileState',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.object({
    checkedAt: Instant.nullable(),
    damagedAt: Instant.nullable(),
    replaced: z.array(z.object({ fileName: z.string(), at: Instant, /** Bytes. */ size: z.int() })),
  }),
})

/** 备份位置 of this PC: its data folder, and the second place when one is chosen. The folders are only shown. */
export const Places = call({
  name: 'backup.places',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  whileHeld: true,
  input: z.strictObject({}),
  output: z.object({
    folder: z.string(),
    second: z
      .object({
        folder: z.string(),
        /** Whether it can be reached now. */
        there: z.boolean(),
        last: z.object({ fileName: z.string(), at: Instant, error: z.string().nullable() }).nullable(),
      })
      .nullable(),
    /** Backups that lie only in the second place, newest first. */
    placed: z.array(z.object({ fileName: z.string(), at: Instant, /** Bytes. */ size: z.int() })),
  }),
})

/** What has been done since a backup was begun: what a restore would put aside. */
export const LostSince = call({
  name: 'backup.lostSince',
  kind: 'read',
  allow: ['administrator'],
  whileHeld: true,
  input: z.strictObject({ startedAt: Instant }),
  output: z.object({
    payments: z.int(),
    /** Received less refunded and reversed; what was paid from prepayment came in before. */
    received: SignedFen,
    bills: z.int(),
    readings: z.int(),
    customers: z.int(),
    workorders: z.int(),
  }),
})

/**
 * Lets this program restore one backup within the next five minutes; `desktop().restore` then does it. Whoever is the only
 * one who could agree here does without `approvalId` (access.approve, purpose `restore`).
 * @throws BackupNotFound · RestoreNeedsSecondPerson · OthersRelieved · ApprovalRefused
 */
export const AuthorizeRestore = call({
  name: 'backup.authorizeRestore',
  kind: 'change',
  whileHeld: true,
  allow: ['administrator'],
  input: z.strictObject({
    fileName: z.string().max(60),
    reason: shortText('恢复原因', 200),
    approvalId: Id.nullable(),
  }),
  output: z.object({ until: Instant }),
})

/** What a person types to say who they are. */
export interface TypedPerson {
  readonly staffNo: string
  readonly password: string
}

/** Who restores where no hall is open to ask: an administrator and a second person, by passwords that the backup knows. */
export interface RestoreProof extends TypedPerson {
  readonly reason: string
  /** Who agrees; null until the answer says that somebody has to (`RestoreNeedsSecondPerson`). */
  readonly second: TypedPerson | null
  /** Has been told that nobody else could agree (`RestoreAlone`), and does it alone. */
  readonly alone: boolean
}
