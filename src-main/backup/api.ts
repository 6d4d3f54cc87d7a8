import { z } from 'zod'
import { call, Id, Instant, PageRequest, pageOf, shortText } from '../platform/contract.ts'

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
  input: z.strictObject({}),
  output: BackupRow,
})

/** Lets this program restore one backup within the next five minutes; `desktop().restore` then does it. */
export const AuthorizeRestore = call({
  name: 'backup.authorizeRestore',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ fileName: z.string().max(60), reason: shortText('恢复原因', 200) }),
  output: z.object({ until: Instant }),
})
