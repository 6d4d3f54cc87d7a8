/** 上报: what a screen may ask about the way to headquarters. */
import { z } from 'zod'
import { call, Instant, PageRequest, pageOf, RequestId, shortText } from '../platform/contract.ts'

/** Go on from the last row that both have, or send the whole state anew. */
const WayOut = z.enum(['begin-stream', 'send-all'])
export type WayOut = z.output<typeof WayOut>

/** The state of the upload; `waiting` rows are not acknowledged by headquarters yet. Asked by every top bar. */
export const Status = call({
  name: 'sync.status',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    waiting: z.int().min(0),
    lastSuccessAt: Instant.nullable(),
    /** Chinese: what happened and what to do; null while all is well. */
    lastError: z.string().nullable(),
    lastAttemptAt: Instant.nullable(),
    nextTryAt: Instant.nullable(),
    running: z.boolean(),
    /** Address and token of headquarters are set. */
    configured: z.boolean(),
    /** Rows acknowledged since the stream began. */
    acknowledged: z.int().min(0),
    /** Last comparison of the ledger totals by headquarters. */
    ledger: z.enum(['equal', 'different']).nullable(),
    /** What only an administrator's decision gets past, and how. */
    wayOut: WayOut.nullable(),
    /** The whole state is still being written for headquarters. */
    preparing: z.boolean(),
  }),
})

const Upload = z.object({
  id: z.int(),
  startedAt: Instant,
  finishedAt: Instant,
  from: z.int(),
  to: z.int(),
  /** Compressed bytes. */
  bytes: z.int(),
  /** `resume`: headquarters asked for older rows · `retry`: passes by itself · `mend`: somebody has to act. */
  outcome: z.enum(['acknowledged', 'resume', 'retry', 'mend', 'stopped']),
  reason: z.string().nullable(),
  ledger: z.enum(['equal', 'different']).nullable(),
})
export type Upload = z.output<typeof Upload>

/** 上报记录, newest first. */
export const History = call({
  name: 'sync.history',
  kind: 'read',
  allow: ['hall-manager', 'administrator'],
  input: PageRequest,
  output: pageOf(Upload),
})

/** 立即上报: everything that waits, now; joins an upload that runs already. */
export const UploadNow = call({
  name: 'sync.uploadNow',
  kind: 'task',
  allow: ['hall-manager', 'administrator'],
  input: z.strictObject({}),
  output: z.object({ /** Rows acknowledged by this upload. */ sent: z.int().min(0), waiting: z.int().min(0) }),
})

/** 本机数据为准，接着上报: this PC is the hall, the other copy is not. Headquarters sets the other's rows aside. */
export const BeginStream = call({
  name: 'sync.beginStream',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ requestId: RequestId, reason: shortText('原因', 200) }),
  output: z.object({}),
})

/** 重新上报全部数据: headquarters gets the whole state of this hall in a stream of its own. */
export const SendAll = call({
  name: 'sync.sendAll',
  kind: 'change',
  allow: ['administrator'],
  input: z.strictObject({ requestId: RequestId, reason: shortText('原因', 200) }),
  output: z.object({}),
})

/** 测试连接: whether headquarters answers at this address, with this token, as it should. */
export const TestConnection = call({
  name: 'sync.testConnection',
  kind: 'task',
  allow: ['administrator'],
  input: z.strictObject({}),
  output: z.object({
    /** Chinese: what is wrong and what to do; null when all is well. */ problem: z.string().nullable(),
  }),
})
