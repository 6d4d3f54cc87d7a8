/** Laws of the upload: how a batch is cut, what an answer means, when to try again. No clock, no chance of its own. */
import { z } from 'zod'

/** Rows of one batch at most. */
export const maxBatchRows = 2_000
/** Bytes of one batch at most, before compression. */
export const maxBatchBytes = 4 * 1024 * 1024

const minuteMs = 60_000
export const minRetryMs = minuteMs
export const maxRetryMs = 30 * minuteMs
/** How often headquarters may ask for older rows within one run before we take it for confused. */
export const maxResumes = 3

export interface Measured {
  readonly changeId: string
  /** Bytes before compression. */
  readonly bytes: number
}

/**
 * The rows of the next batch. A change stays whole, so that headquarters never sees half a transaction; only one that
 * is larger than a batch is cut. A single row larger than a batch goes alone.
 */
export function takeBatch<Row extends Measured>(
  rows: Iterable<Row>,
  limits = { rows: maxBatchRows, bytes: maxBatchBytes },
): Row[] {
  const taken: Row[] = []
  let bytes = 0
  let whole = 0
  for (const row of rows) {
    const last = taken.at(-1)
    if (last && last.changeId !== row.changeId) whole = taken.length
    if (last && (taken.length >= limits.rows || bytes + row.bytes > limits.bytes))
      return taken.slice(0, whole || undefined)
    taken.push(row)
    bytes += row.bytes
  }
  return taken
}

/**
 * Wait before the next try, in ms, after so many failures in a row (1 or more). Exponential with full jitter between
 * 1 and 30 minutes, so that the halls of a company do not all return in the same second after an outage.
 * @param random 0 (included) to 1 (excluded)
 */
export function retryDelay(failures: number, random: number): number {
  const ceiling = Math.min(maxRetryMs, minRetryMs * 2 ** Math.min(failures, 10))
  return Math.round(minRetryMs + random * (ceiling - minRetryMs))
}

/** What came back: an answer, or why there was none. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'none'; readonly why: NoAnswer }

export type NoAnswer =
  | 'timeout'
  | 'refused'
  | 'unknown-host'
  | 'broken'
  | 'certificate'
  | 'certificate-name'
  | 'certificate-date'
  | 'not-tls'
  | 'stopped'

export type Verdict =
  | { readonly kind: 'acknowledged'; readonly seq: number; readonly ledger: 'equal' | 'different' | null }
  /** Headquarters misses rows before this batch, names the one it expects and its hash of those before. */
  | { readonly kind: 'resume'; readonly expected: number; readonly hash: string; readonly reason: string }
  /** Passes by itself: tried again soon. */
  | { readonly kind: 'retry'; readonly reason: string }
  /** Somebody has to mend something first: tried again rarely. */
  | { readonly kind: 'mend'; readonly reason: string; readonly obstacle?: Obstacle }
  /** The program is closing; goes on at the next start. */
  | { readonly kind: 'stopped'; readonly reason: string }

/** What only an administrator's decision gets past. `agreed`: the last row both have alike, where that is known. */
export interface Obstacle {
  readonly kind: 'fork' | 'newer' | 'behind' | 'superseded'
  readonly agreed: number | null
}

const Acknowledgement = z.object({ acknowledged: z.int().min(0), ledger: z.enum(['equal', 'different']).optional() })
const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Expectation = z.object({ expected: z.int().min(1), hash: Hash })
const Fork = z.object({ agreed: z.int().min(0) })

const noAnswer: Record<NoAnswer, Verdict> = {
  timeout: { kind: 'retry', reason: '总部没有及时应答，稍后自动重试' },
  refused: { kind: 'retry', reason: '连接不上总部，请检查网络和接收地址，稍后自动重试' },
  'unknown-host': { kind: 'retry', reason: '找不到总部的接收地址，请检查网络和地址是否写对' },
  broken: { kind: 'retry', reason: '与总部的连接中断，稍后自动重试' },
  certificate: { kind: 'mend', reason: '总部的安全证书不可信，请联系公司信息部门' },
  'certificate-name': {
    kind: 'mend',
    reason: '总部的安全证书不是发给这个接收地址的，请核对地址，或联系公司信息部门',
  },
  'certificate-date': {
    kind: 'mend',
    reason: '总部的安全证书不在有效期内，请核对本机日期，或联系公司信息部门',
  },
  'not-tls': { kind: 'mend', reason: '接收地址和端口没有安全连接（https），请管理员在“上报”页核对地址' },
  stopped: { kind: 'stopped', reason: '程序关闭时中断，下次启动后继续' },
}

const garbled: Verdict = { kind: 'retry', reason: '总部的应答无法识别，请核对接收地址；稍后自动重试' }

/**
 * What an answer to the batch `from`–`to` means. Nothing beyond `to` is ever taken as acknowledged.
 * @param newest the highest outbox number there is on this PC
 */
export function judge(answer: Answer, batch: { from: number; to: number; newest: number }): Verdict {
  if (answer.kind === 'none') return noAnswer[answer.why]
  const { status } = answer
  if (status === 200) return judgeAcknowledgement(answer.text, batch)
  if (status === 409) return judgeExpectation(answer.text, batch)
  if (status === 408 || status === 429) return { kind: 'retry', reason: `总部繁忙（${status}），稍后自动重试` }
  if (status >= 500) return { kind: 'retry', reason: `总部系统故障（${status}），稍后自动重试` }
  if (status === 401 || status === 403) {
    return { kind: 'mend', reason: `总部不认可本机的令牌（${status}），请管理员在“上报”页更换令牌` }
  }
  if (status === 404 || (status >= 300 && status < 400)) {
    return { kind: 'mend', reason: `接收地址不对（${status}），请管理员在“上报”页核对地址` }
  }
  if (status === 410) {
    return {
      kind: 'mend',
      reason: '总部已改收本厅另一份数据（恢复备份后的，或另一台电脑的），本机这份不再接收',
      obstacle: { kind: 'superseded', agreed: null },
    }
  }
  if (status === 412) return judgeFork(answer.text, batch)
  if (status === 413) return { kind: 'mend', reason: '总部拒收：一批数据过大（413），请联系公司信息部门' }
  if (status >= 400) return { kind: 'mend', reason: `总部拒收：数据不合要求（${status}），请联系公司信息部门` }
  return garbled
}

function judgeAcknowledgement(
  text: string,
  { from, to, newest }: { from: number; to: number; newest: number },
): Verdict {
  const answer = parsed(Acknowledgement, text)
  if (!answer) return garbled
  if (answer.acknowledged > newest) {
    return newerAt(to)
  }
  // An acknowledgement that does not move would be asked for again and again without a pause.
  if (answer.acknowledged < from) return garbled
  return { kind: 'acknowledged', seq: Math.min(answer.acknowledged, to), ledger: answer.ledger ?? null }
}

/** Headquarters holds rows beyond the last that both have alike. */
export const newerAt = (agreed: number) =>
  ({
    kind: 'mend',
    reason: '总部收到的记录比本机还多：本机数据可能被旧文件替换，或另有一台电脑在用同一份数据',
    obstacle: { kind: 'newer', agreed },
  }) as const

function judgeExpectation(text: string, { from }: { from: number }): Verdict {
  const answer = parsed(Expectation, text)
  if (!answer || answer.expected >= from) return garbled
  const { expected, hash } = answer
  return { kind: 'resume', expected, hash, reason: `总部要求从第 ${expected} 条起补传` }
}

export const forkReason = '总部已收到另一台电脑以本机身份上报的数据（数据文件夹或整机被复制过），本机这一段没有收下'

function judgeFork(text: string, { to }: { to: number }): Verdict {
  const answer = parsed(Fork, text)
  if (!answer || answer.agreed > to) return garbled
  return { kind: 'mend', reason: forkReason, obstacle: { kind: 'fork', agreed: answer.agreed } }
}

function parsed<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

export interface Position {
  readonly streamId: string
  readonly baseStream: string | null
  readonly baseSeq: number | null
  readonly acknowledged: number
  /** Hash along the rows up to `acknowledged`. */
  readonly chain: string
  /** 1: nothing before `baseSeq` counts, the stream carries the whole state itself. */
  readonly snapshot: number
}

/**
 * Where a restored hall goes on. Its new stream continues the old one at the number acknowledged when the backup was
 * made; a stream nothing was acknowledged of is unknown to headquarters, so its own base is taken.
 */
export function continueAs(streamId: string, before: Position): Position {
  const moved = before.acknowledged > (before.baseSeq ?? 0)
  const [baseStream, baseSeq] = moved ? [before.streamId, before.acknowledged] : [before.baseStream, before.baseSeq]
  const snapshot = moved ? 0 : before.snapshot
  return { streamId, baseStream, baseSeq, acknowledged: baseSeq ?? 0, chain: before.chain, snapshot }
}
