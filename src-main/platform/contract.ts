/**
 * The words in which the two floors speak: what a call is, who may make it, and the schemas every room shares.
 * Imported by every `api.ts`; it knows nothing of Node, Electron or Vue.
 */
import { z } from 'zod'
import { dateRefusal, type BusinessDate } from './dates.ts'
import type { CallFailure } from './errors.ts'
import { maskNumbersIn } from './identity.ts'
import { chineseIssues } from './issue-words.ts'
import type { Fen, Litre, UnitPrice } from './money.ts'
import type { Role } from './roles.ts'
import { cleanText } from './text.ts'

export type { CallFailure }

z.config(chineseIssues)

export { roleNames, roles, type Role } from './roles.ts'

/**
 * Who may make a call: `anyone` (before login), `signed-in` (every role), or the roles named.
 * Enforced by `useCase` in the backend; a screen only hides.
 */
export type Allow = 'anyone' | 'signed-in' | readonly Role[]

/**
 * `read`   one consistent look, nothing written but the access log where `audited` is set
 * `change` one transaction that writes; carries audit and outbox
 * `task`   long or asynchronous work that opens its own short transactions
 */
export type CallKind = 'read' | 'change' | 'task'

export interface CallDefinition<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly name: Name
  readonly kind: CallKind
  readonly allow: Allow
  /** A read that must leave a row in the audit log, such as a full ID number (clause 6(10)). */
  readonly audited?: boolean
  /** A change that leaves no row in the audit log: what is still being typed is nothing done yet. */
  readonly unaudited?: boolean
  /** A call that a locked session may still make (unlock, log out). */
  readonly whileLocked?: boolean
  /** Changes nothing of the business, or is the way out itself: allowed while a loss of data waits to be confirmed. */
  readonly whileHeld?: boolean
  /** Locks, ends, or mends the clock: done at the last believed moment when the clock is in doubt. */
  readonly anyClock?: boolean
  /** Input keys left out of the audit log's input hash: a hash of a password is a way to guess it. */
  readonly secret?: readonly string[]
  readonly input: Input
  readonly output: Output
}

/** Declares one call `room.verb`. The argument and result types of both floors come from its schemas. */
export function call<const Name extends `${string}.${string}`, Input extends z.ZodType, Output extends z.ZodType>(
  definition: CallDefinition<Name, Input, Output>,
): CallDefinition<Name, Input, Output> {
  return definition
}

export type InputOf<D> = D extends CallDefinition<string, infer I, z.ZodType> ? z.input<I> : never
export type ParsedInputOf<D> = D extends CallDefinition<string, infer I, z.ZodType> ? z.output<I> : never
export type OutputOf<D> = D extends CallDefinition<string, z.ZodType, infer O> ? z.output<O> : never

/** UUIDv7 primary key. What nobody chose in a form arrives as ''. */
export const Id = z.uuid({
  error: ({ input }) => (input === '' || input === undefined || input === null ? '请选择' : '编号格式不正确'),
})
/** 机号: two digits that name a PC of the hall, in its numbers and beside its drawer. */
export const TillCode = z.string().regex(/^\d{2}$/, '机号应为 2 位数字')
/** Made by the screen when a form opens; the same id twice has one effect and the same answer. */
export const RequestId = z.uuid({ error: '请求编号格式不正确' })
/** What was typed may be written wrongly, or be a day or an hour that does not exist. */
const unreadTime = '没有读出时间：请核对日期和时刻，写成 2026-11-23 09:30 的样子'
/** UTC epoch milliseconds. */
export const Instant = z
  // What a person typed and no time could be read from.
  .int({ error: ({ input }) => (Number.isNaN(input) ? unreadTime : undefined) })
  .min(0)
/** A calendar or business date in Asia/Shanghai, `YYYY-MM-DD`. */
export const DateOnly = z.iso
  .date({ error: ({ input }) => dateRefusal(input) })
  .transform((date) => date as BusinessDate)

/** No amount at a counter reaches 10 billion yuan; anything larger is a slip of the keyboard. Fen. */
export const maxFen = 1_000_000_000_000
/** 100 million m³, in litres. */
export const maxLitre = 100_000_000_000

const integerBetween = (min: number, max: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max

/** Amount in fen, never negative. */
export const FenAmount = z.custom<Fen>(integerBetween(0, maxFen), { error: '金额应为不小于零、精确到分的数' })
/** Amount in fen, above zero. */
export const PositiveFen = z.custom<Fen>(integerBetween(1, maxFen), { error: '金额应大于零，精确到分' })
/** Amount in fen with a sign (balances, over/short). */
export const SignedFen = z.custom<Fen>(integerBetween(-maxFen, maxFen), { error: '金额超出范围' })
/** Gas volume in litres (0.001 m³), never negative. */
export const LitreVolume = z.custom<Litre>(integerBetween(0, maxLitre), { error: '气量应为不小于零、至多三位小数的数' })
/** Unit price in 1/10000 yuan per m³. */
export const UnitPriceValue = z.custom<UnitPrice>(integerBetween(0, 10_000_000), {
  error: '单价应为不小于零、至多四位小数的数',
})

/** A short text a person typed: trimmed, never empty, no control characters. */
export const shortText = (label: string, max = 60) =>
  z
    .string({ error: `请填写${label}` })
    .overwrite(cleanText)
    .trim()
    .min(1, `请填写${label}`)
    .max(max, `${label}不能超过 ${max} 个字`)
    .regex(/^[^\p{Cc}]*$/u, `${label}含有无法保存的字符`)

/** Who signed a paper: a number typed into the wrong field is nobody's name, and what is signed cannot be taken back. */
export const signatureOf = (label: string, max = 60) => shortText(label, max).regex(/\p{L}/u, `${label}应填写姓名`)

/** A text that may be left empty; line breaks allowed. */
export const remark = (label: string, max = 500) =>
  z
    .string()
    .overwrite(cleanText)
    .trim()
    .max(max, `${label}不能超过 ${max} 个字`)
    .regex(/^[^\p{Cc}]*$|^[\n\r\t\P{Cc}]*$/u, `${label}含有无法保存的字符`)
    .meta({ title: label })

/** Rows a list may ask for at once. */
export const maxPageSize = 200

/** Why somebody looks at a number in full; kept in the audit log. */
export const RevealReason = shortText('查看原因', 60).min(2, '查看原因过短，请写明为什么要看')
/**
 * What people wrote down in their own words, as a window is told it: a number of a person that slipped in there is masked as
 * it is in its own field (clause 6(10)). Parsing an answer does it, so that no service can forget to.
 */
export const OwnWords = z.string().transform(maskNumbersIn)
/** What a call that shows one personal number in full answers: null where none is on file. Always `audited` (clause 6(10)). */
export const Revealed = z.object({ value: z.string().nullable() })

/** Key-set paging: `after` is the cursor the last page returned. */
export const PageRequest = z.strictObject({
  after: z.string().max(200).nullable().default(null),
  size: z.int().min(1).max(maxPageSize).default(50),
})
/** What was typed into the search of a list; numbers with or without their grouping. */
export const ListSearch = z.string().trim().max(60, '查找内容过长').default('')
/** Rows a list adds up at most; a longer one is narrowed first. */
export const maxSummedRows = 50_000
export const pageOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), next: z.string().nullable() })

/** Largest file kept beside the database, bytes. */
export const maxFileSize = 20 * 1024 * 1024
/** What is kept: pictures and scans. */
export const fileExtensions = ['jpg', 'jpeg', 'png', 'pdf'] as const
/** Full path of a file the operator chose. */
export const SourcePath = z.string().min(1, '请选择文件').max(1000)
/** The content of a kept file, verified against its hash. */
export const FileContent = z.object({
  name: z.string(),
  type: z.enum(['image/jpeg', 'image/png', 'application/pdf']),
  bytes: z.instanceof(Uint8Array),
})

export interface CallRequest {
  readonly id: number
  readonly call: string
  readonly input: unknown
  readonly session: string | null
  /** Sent once more because the backend died before it answered: done only where twice does no harm. */
  readonly again?: true
}
export type CallReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: CallFailure }

/** How the line of a till to its host stands. */
export interface LineState {
  readonly state: 'open' | 'lost' | 'refused'
  /** What to do, where there is something to do. */
  readonly message: string
  /** The refusal, by its name; null where nothing was refused. */
  readonly code: string | null
  /** Changes that were sent and never answered: nobody here knows whether they were done. */
  readonly unanswered: number
}

/** What the backend tells every window without being asked. */
export interface HallEvents {
  /** A long task moved: share done 0–1, what it is doing. */
  progress: { task: string; done: number; total: number; text: string }
  /** Upload state changed. `preparing`: the whole state is to go up and does not all wait in the outbox yet. */
  sync: { waiting: number; lastSuccessAt: number | null; lastError: string | null; preparing: boolean }
  /** On a till: whether its line to the host holds; what to do where it does not. */
  line: LineState
  /** Somebody who was at work has logged in at another till: the window he left says so. */
  loggedInElsewhere: { staffId: string; till: string }
  /** Something of this room changed; lists that show it may refresh. */
  changed: { room: string }
}
export type HallEvent = { [K in keyof HallEvents]: { event: K; data: HallEvents[K] } }[keyof HallEvents]
