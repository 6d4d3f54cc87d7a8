/**
 * The one place that parses input, checks the role, answers a repeated request id with the first result, opens the
 * transaction, writes the audit row, and logs a slow call. No service does any of these by hand.
 */
import type { z } from 'zod'
import { appendAudit, canonicalJson, sha256 } from './audit.ts'
import {
  nobody,
  systemActor,
  type Actor,
  type AuditNote,
  type Context,
  type DataPaths,
  type Device,
} from './context.ts'
import type { Clock } from './clock.ts'
import type { Allow, CallDefinition, HallEvent, OutputOf, ParsedInputOf } from './contract.ts'
import { isDamage, statement, type DatabaseKey, type Db, type Sqlite } from './database.ts'
import { openLoss } from './breaks.ts'
import {
  ClockAhead,
  ClockRunsBackwards,
  DataLost,
  DomainError,
  InvalidInput,
  NotAllowed,
  NotFound,
  NotSignedIn,
  RequestIdReused,
  SessionLocked,
} from './errors.ts'
import type { Logger } from './logging.ts'
import type { Pace } from './run.ts'
import type { SettingsReader } from './settings.ts'
import { cleanInput } from './text.ts'
import type { ClockDoubt, TrustedClock } from './trusted-clock.ts'
import type { Vault } from './vault.ts'

/** A call slower than this is logged with its name (ms). */
export const slowCallMs = 40
/** A refusal of the same kind by the same person leaves a row at most this often (ms). */
const refusalEveryMs = 60_000
/** What somebody was refused who tried: on record. A slip of the keyboard, or a record that has moved on, is not. */
const tracedRefusals = new Set(['NotAllowed', 'SessionLocked', 'ApprovalRefused', 'GateNotPassed', 'RequestIdReused'])

type AnyDefinition = CallDefinition<string, z.ZodType, z.ZodType>

export interface UseCase<D extends AnyDefinition = AnyDefinition, C extends Context = Context> {
  readonly definition: D
  /** Runs inside a transaction and context that exist already: how one room calls another. Input is parsed already. */
  readonly within: (input: ParsedInputOf<D>, context: C) => OutputOf<D> | Promise<OutputOf<D>>
}

/** A task has no transaction of its own; `environment` lets it open short ones with `inTransaction`. */
export interface TaskContext extends Context {
  readonly environment: Environment
}

/** A `read` or `change`: synchronous, in one transaction. */
export function useCase<D extends AnyDefinition>(
  definition: D,
  within: (input: ParsedInputOf<D>, context: Context) => OutputOf<D>,
): Omit<UseCase<D>, 'within'> & { readonly within: (input: ParsedInputOf<D>, context: Context) => OutputOf<D> } {
  return { definition, within }
}

/** A `task`: long or asynchronous; opens short transactions itself with `inTransaction`. */
export function task<D extends AnyDefinition>(
  definition: D,
  within: (input: ParsedInputOf<D>, context: TaskContext) => Promise<OutputOf<D>>,
): UseCase<D, TaskContext> {
  return { definition, within }
}

/** A use case of either kind, as the hall finds it among a room's exports. */
export type AnyUseCase = UseCase<AnyDefinition, TaskContext>

export const isUseCase = (value: unknown): value is AnyUseCase =>
  typeof value === 'object' && value !== null && 'definition' in value && 'within' in value

export interface Session {
  readonly actor: Actor
  readonly locked: boolean
  /** Code of the till it was begun at; its token is nobody's at another one. Left out where nobody asks. */
  readonly till?: string
}

export interface Health {
  /** When a page of the file was last found damaged (epoch ms); null while none was. */
  damagedAt: number | null
  /** Refusals of one person and call that are on record already, and how many since: epoch ms and a count. */
  readonly refusals: Map<string, { at: number; swallowed: number }>
}

/** Notes that a page of the file was met that is damaged, wherever it was met. @returns whether this is what was thrown */
export function heedDamage({ health, clock, emit }: Environment, thrown: unknown): boolean {
  if (!isDamage((thrown as { code?: string } | null)?.code ?? '')) return false
  const known = health.damagedAt !== null
  health.damagedAt = clock.now()
  if (!known) emit({ event: 'changed', data: { room: 'backup' } })
  return true
}

/** What the hall gives to each call. */
export interface Environment extends Pace {
  readonly db: Db
  readonly sqlite: Sqlite
  /** For a second connection to the same file, as the backup makes. */
  readonly key: DatabaseKey
  readonly vault: Vault
  readonly wasChosen?: (path: string) => boolean
  readonly clock: Clock
  readonly settings: SettingsReader
  readonly paths: DataPaths
  readonly log: Logger
  readonly device: () => Device
  /** Code of the till whose window asks, as its line proved it; of scheduled work, the one this program stands at. @throws NotFound before the first-start wizard has run */
  readonly till: () => string
  readonly emit: (event: HallEvent) => void
  readonly trustedClock: TrustedClock
  /** What is known of the machine under the hall; only for as long as the program runs. */
  readonly health: Health
  /** After each commit of a change: the mark beside the database moves. Never throws. */
  readonly committed: () => void
  /** Names the change under which the outbox triggers file their rows. */
  readonly beginChange: (now: number) => string
  readonly sessionOf: (token: string | null, now: number) => Session | null
  /** What is odd about a token that nobody is at work with; null where a page only has not heard yet that its session ended. */
  readonly strangeToken: (token: string, now: number) => StrangeToken | null
}

/** A token that was never given out (or is long forgotten), or one of a session that ended a while ago, and whose it was. */
export type StrangeToken =
  { readonly refused: 'UnknownSession' } | { readonly refused: 'EndedSession'; readonly staffId: string }

const allows = (allow: Allow, actor: Actor): boolean =>
  allow === 'anyone' || allow === 'signed-in' || allow.some((role) => actor.roles.includes(role))

/** Runs one call from a window. @throws the platform's and the room's domain errors */
export async function runCall(
  environment: Environment,
  useCaseToRun: AnyUseCase,
  rawInput: unknown,
  token: string | null,
): Promise<unknown> {
  const { definition } = useCaseToRun
  const session = sessionAt(environment, token)
  const actor = session?.actor ?? nobody
  const started = performance.now()
  try {
    if (definition.allow !== 'anyone') {
      if (!session) throw new NotSignedIn()
      if (session.locked && !definition.whileLocked) throw new SessionLocked()
      if (!allows(definition.allow, session.actor)) throw new NotAllowed()
    }
    const parsed = definition.input.safeParse(cleanInput(rawInput, definition.secret))
    if (!parsed.success) throw invalidInput(parsed.error)
    if (definition.kind !== 'read' && !definition.whileHeld && openLoss(environment.sqlite)) throw new DataLost()
    if (definition.kind === 'task') return await runTask(environment, useCaseToRun, parsed.data, actor)
    return runInTransaction(environment, useCaseToRun, parsed.data, actor)
  } catch (error) {
    if (error instanceof DomainError && tracedRefusals.has(error.code)) {
      traceRefusal(environment, definition.name, actor, error.code)
    }
    if (error instanceof NotSignedIn && token !== null) traceToken(environment, definition.name, token)
    throw error
  } finally {
    const ms = performance.now() - started
    if (ms > slowCallMs) environment.log.warn('slow-call', { call: definition.name, ms: Math.round(ms) })
  }
}

/** Who is at work with this token at this till. A token carried to another till is nobody's there. */
function sessionAt(environment: Environment, token: string | null): Session | null {
  const session = environment.sessionOf(token, environment.clock.now())
  return session?.till === undefined || session.till === environment.till() ? session : null
}

/** A call with a token that is nobody's (any more) is on record, whatever it called. Never throws. */
function traceToken(environment: Environment, call: string, token: string): void {
  try {
    const found = environment.strangeToken(token, environment.clock.now())
    if (!found) return
    const subject = found.refused === 'EndedSession' ? `staff:${found.staffId}` : null
    traceRefusal(environment, call, nobody, found.refused, { subject, kind: `${subject} ${found.refused}` })
  } catch (error) {
    environment.log.error('refusal-not-recorded', { error: String(error) })
  }
}

/** Who was refused what, once a minute for each kind; a flood of tries is one row with their number. Never throws. */
function traceRefusal(
  environment: Environment,
  call: string,
  actor: Actor,
  refused: string,
  { subject, kind: key }: { subject: string | null; kind: string } = {
    subject: null,
    kind: `${actor.id} ${call} ${refused}`,
  },
): void {
  const { clock, health, log, trustedClock, sqlite } = environment
  const now = clock.now()
  const known = health.refusals.get(key)
  if (known && Math.abs(now - known.at) < refusalEveryMs) return void (known.swallowed += 1)
  health.refusals.set(key, { at: now, swallowed: 0 })
  log.warn('refused', { call, actor: actor.id, refused })
  if (trustedClock.doubt(now)) return
  const more = known && known.swallowed > 0 ? { more: known.swallowed } : {}
  try {
    sqlite
      .transaction(() =>
        appendAudit(sqlite, {
          ...{ at: now, actor, call, subject, till: knownTill(environment) },
          detail: { refused, ...more },
          inputHash: '',
        }),
      )
      .immediate()
    environment.committed()
  } catch (error) {
    log.error('refusal-not-recorded', { error: String(error) })
  }
}

function runInTransaction(environment: Environment, run: AnyUseCase, input: unknown, actor: Actor): unknown {
  const { definition } = run
  const writes = definition.kind === 'change' || definition.audited === true
  const after: (() => void)[] = []
  const records: ToRecord[] = []
  const work = () => {
    const call = openCall(environment, definition.name, actor, after, writes, records, {
      anyClock: definition.anyClock ?? false,
    })
    const requestId = definition.kind === 'change' ? requestIdOf(input) : null
    const inputHash = writes ? hashOfInput(definition, input) : ''
    if (requestId) {
      const earlier = earlierAnswer(environment.sqlite, requestId, definition.name, actor, inputHash)
      if (earlier !== undefined) return earlier
    }
    const output = run.within(input as never, call.context as TaskContext)
    if (output instanceof Promise) throw new Error(`${definition.name} is not a task but answered with a promise`)
    const answer = declared(definition, output)
    if (writes && !definition.unaudited) call.writeAudit(inputHash)
    if (requestId) rememberAnswer(environment, requestId, definition.name, actor, inputHash, answer)
    return answer
  }
  const transaction = environment.sqlite.transaction(work)
  let output: unknown
  try {
    output = writes ? transaction.immediate() : transaction.deferred()
  } finally {
    writeRecords(environment, actor, records)
  }
  if (writes) environment.committed()
  for (const act of after) act()
  return output
}

/** What a call wants on record apart from its own row, whether it was refused or not. */
interface ToRecord {
  readonly name: string
  readonly note: Partial<AuditNote>
}
function writeRecords(environment: Environment, actor: Actor, records: readonly ToRecord[]): void {
  for (const { name, note } of records) inTransaction(environment, name, actor, (context) => context.audit(note))
}

async function runTask(environment: Environment, run: AnyUseCase, input: unknown, actor: Actor): Promise<unknown> {
  const after: (() => void)[] = []
  const records: ToRecord[] = []
  const inputHash = hashOfInput(run.definition, input)
  const call = openCall(environment, run.definition.name, actor, after, false, records, { takesTime: true })
  let output: unknown
  try {
    output = await run.within(input as never, Object.assign(call.context, { environment }))
  } finally {
    writeRecords(environment, actor, records)
  }
  environment.sqlite.transaction(() => call.writeAudit(inputHash)).immediate()
  environment.committed()
  for (const act of after) act()
  return declared(run.definition, output)
}

/**
 * What a call answers, by its declared output: a column too many in a query reaches no window (clause 6(10)).
 * @throws Error an answer that is not of its schema is a fault of the program
 */
function declared({ name, output }: AnyDefinition, answer: unknown): unknown {
  const parsed = output.safeParse(answer)
  if (!parsed.success) throw new Error(`${name} answered against its schema: ${parsed.error.message}`)
  return parsed.data
}

/** A short transaction of a task or a scheduled job: its own change id, its own audit row. */
export function inTransaction<T>(
  environment: Environment,
  name: string,
  actor: Actor,
  work: (context: Context) => T,
): T {
  const after: (() => void)[] = []
  const records: ToRecord[] = []
  let output: T
  try {
    output = environment.sqlite
      .transaction(() => {
        const call = openCall(environment, name, actor, after, true, records)
        const result = work(call.context)
        call.writeAudit('')
        return result
      })
      .immediate()
  } finally {
    writeRecords(environment, actor, records)
  }
  environment.committed()
  for (const act of after) act()
  return output
}

function openCall(
  environment: Environment,
  name: string,
  actor: Actor,
  after: (() => void)[],
  writes: boolean,
  records: ToRecord[],
  { anyClock = false, takesTime = false } = {},
) {
  const now = writes ? steadyNow(environment, anyClock) : environment.clock.now()
  // A transaction is one moment: two parts of it that each asked for now were a millisecond apart every so often, and the
  // CHECK that an order is not written down before it came refused it. A task goes on while time does.
  const clock: Clock = takesTime ? { now: () => Math.max(now, environment.clock.now()) } : { now: () => now }
  if (writes) environment.beginChange(now)
  const note: AuditNote = { subject: null, detail: {} }
  const context: Context = {
    db: environment.db,
    sqlite: environment.sqlite,
    clock,
    actor,
    settings: environment.settings,
    paths: environment.paths,
    log: environment.log,
    trustedClock: environment.trustedClock,
    systemNow: () => environment.clock.now(),
    health: environment.health,
    vault: environment.vault,
    ...(environment.wasChosen ? { wasChosen: environment.wasChosen } : {}),
    get device() {
      return environment.device()
    },
    get till() {
      return environment.till()
    },
    audit({ subject, detail, actor: proved, at }) {
      if (subject !== undefined) note.subject = subject
      if (proved) note.actor = proved
      if (at !== undefined) note.at = at
      Object.assign(note.detail, detail)
    },
    record: (called, noted) => void records.push({ name: called, note: noted }),
    emit: (event) => after.push(() => environment.emit(event)),
    afterCommit: (run) => after.push(run),
  }
  const writeAudit = (inputHash: string) => {
    const by = note.actor ?? actor
    appendAudit(environment.sqlite, {
      call: name,
      subject: note.subject,
      detail: note.detail,
      inputHash,
      actor: by,
      till: knownTill(environment),
      at: note.at ?? clock.now(),
    })
    if (by.id !== nobody.id && by.id !== systemActor.id) environment.trustedClock.forget()
  }
  return { context, writeAudit }
}

/** The till of a call; null before the hall has one. */
function knownTill({ till }: Pick<Environment, 'till'>): string | null {
  try {
    return till()
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

/** What is thrown when a call wants to write while the clock is in doubt. */
export const clockRefusal = ({ direction, lastAt, now }: ClockDoubt): DomainError =>
  direction === 'behind'
    ? new ClockRunsBackwards(undefined, { details: { lastAt, now } })
    : new ClockAhead(undefined, { details: { lastAt, now } })

/** Now, never before the last entry that counts. @throws ClockRunsBackwards · ClockAhead past the tolerances */
function steadyNow({ clock, trustedClock }: Environment, anyClock: boolean): number {
  const now = clock.now()
  const doubt = trustedClock.doubt(now)
  if (doubt && !anyClock) throw clockRefusal(doubt)
  return doubt ? doubt.lastAt : Math.max(now, trustedClock.lastAt ?? now)
}

function hashOfInput({ secret = [] }: AnyDefinition, input: unknown): string {
  const told = Object.entries(input ?? {}).filter(([key]) => !secret.includes(key))
  return sha256(canonicalJson(secret.length === 0 ? input : Object.fromEntries(told)))
}

function requestIdOf(input: unknown): string | null {
  const id = (input as { requestId?: unknown } | null | undefined)?.requestId
  return typeof id === 'string' ? id : null
}

function earlierAnswer(
  sqlite: Sqlite,
  requestId: string,
  call: string,
  actor: Actor,
  inputHash: string,
): unknown | undefined {
  const row = statement<{ call: string; actorId: string; inputHash: string; output: string }>(
    sqlite,
    'SELECT call, actor_id AS actorId, input_hash AS inputHash, output FROM requests WHERE request_id = ?',
  ).get(requestId)
  if (!row) return undefined
  if (row.call !== call || row.actorId !== actor.id || row.inputHash !== inputHash) throw new RequestIdReused()
  return JSON.parse(row.output)
}

function rememberAnswer(
  { sqlite, clock }: Environment,
  requestId: string,
  call: string,
  actor: Actor,
  inputHash: string,
  output: unknown,
): void {
  statement(
    sqlite,
    'INSERT INTO requests (request_id, call, actor_id, input_hash, output, at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(requestId, call, actor.id, inputHash, JSON.stringify(output ?? null), clock.now())
}

function invalidInput(error: z.ZodError): Error {
  const issue = error.issues[0]
  if (!issue) return new InvalidInput()
  if (issue.code === 'unrecognized_keys') {
    return new InvalidInput(issue.message, { details: { issues: error.issues.length } })
  }
  const field = issue.path.map(String).join('.')
  return new InvalidInput(issue.message, {
    ...(field === '' ? {} : { field }),
    details: error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message })),
  })
}

/** The device row. @throws NotFound before the first-start wizard */
export function deviceOf(sqlite: Sqlite): Device {
  const row = statement<Omit<Device, 'demo'> & { demo: number }>(
    sqlite,
    `SELECT device_id AS deviceId, stream_id AS streamId, company_name AS companyName, hall_code AS hallCode, hall_name AS hallName,
            pc_code AS pcCode, demo FROM device`,
  ).get()
  if (!row) throw new NotFound('本机尚未设置，请先完成首次启动向导')
  return { ...row, demo: row.demo === 1 }
}
