/** The open hall: database, rooms, scheduler. Runs in the utility process, in tests and in benchmarks alike. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backupFiles } from './backup-files.ts'
import { compareWithMark } from './breaks.ts'
import { CheckpointWhenIdle } from './checkpoint.ts'
import { clearMaking, hallWasHere, makingPath, tracesIn, traceWords } from './data-folder.ts'
import { holdFolder } from './held-folder.ts'
import { newId } from './ids.ts'
import type { Clock } from './clock.ts'
import type { Actor, Context, DataPaths } from './context.ts'
import type { CallKind, CallReply, CallRequest, HallEvent } from './contract.ts'
import {
  isDamage,
  isNoRoom,
  nameOpenError,
  openSqlite,
  wrapDrizzle,
  type DatabaseKey,
  type OpenOptions,
  type Sqlite,
} from './database.ts'
import {
  BackendRestarted,
  DatabaseCorrupt,
  DatabaseMissing,
  DiskFull,
  DomainError,
  UnknownCall,
  WrongKey,
} from './errors.ts'
import type { Logger } from './logging.ts'
import { MarkFile, markOf, readMark } from './mark.ts'
import { openMigrated, readMigrations } from './migrate.ts'
import { giveReserve, noRoom, takeReserve } from './reserve.ts'
import { isJob, Scheduler } from './scheduler.ts'
import { settingsReader } from './settings.ts'
import { longestJumpMs, longestQuietMs, TrustedClock, type ClockLimits } from './trusted-clock.ts'
import { makeVault } from './vault.ts'
import {
  deviceOf,
  heedDamage,
  inTransaction,
  isUseCase,
  runCall,
  type Environment,
  type Session,
  type StrangeToken,
  type AnyUseCase,
} from './use-case.ts'

export interface HallOptions {
  readonly dataFolder: string
  readonly resources: string
  readonly key: DatabaseKey
  readonly clock: Clock
  readonly log: Logger
  /** The services of every room; their exports are searched for use cases and jobs. */
  readonly rooms: readonly Record<string, unknown>[]
  readonly sessionOf: (sqlite: Sqlite, token: string, now: number) => Session | null
  /** By default no token is odd. */
  readonly strangeToken?: (sqlite: Sqlite, token: string, now: number) => StrangeToken | null
  readonly onEvent?: (event: HallEvent) => void
  /** The hall may be made anew where its key is: said only by who has just made that key. */
  readonly create?: boolean
  readonly clockLimits?: ClockLimits
  /** Whether somebody chose a file in the system's dialog; left out where there is none, as in tests. */
  readonly wasChosen?: (path: string) => boolean
  /** Code of the till this program stands at; the one the hall began with unless said. */
  readonly till?: string
  /** Times the slices of long work (ms, only forward); the machine's own, unless a test says so. */
  readonly steady?: () => number
}

export interface Hall {
  readonly environment: Environment
  readonly scheduler: Scheduler
  /** Answers one call from a window; never throws. @param till code of the till it comes from; this program's own if left out */
  handle(request: CallRequest, till?: string): Promise<CallReply>
  /** One transaction outside any window: jobs, tests, demo data, what the program around a till's window tells. */
  transact<T>(name: string, actor: Actor, work: (context: Context) => T, till?: string): T
  close(): Promise<void>
}

export function pathsOf(dataFolder: string, resources: string): DataPaths {
  return {
    root: dataFolder,
    database: join(dataFolder, 'hall.db'),
    attachments: join(dataFolder, 'attachments'),
    backups: join(dataFolder, 'backups'),
    logs: join(dataFolder, 'logs'),
    resources,
  }
}

/** @throws the open errors of the database (named domain errors) */
export function openHall(options: HallOptions): Hall {
  const release = holdFolder(options.dataFolder, options.log)
  try {
    return openHeld(options, release)
  } catch (error) {
    release()
    throw error
  }
}

function openHeld(options: HallOptions, release: () => void): Hall {
  const { clock, log } = options
  const paths = pathsOf(options.dataFolder, options.resources)
  const create = mayCreate(options.dataFolder, options.create === true)
  makeFolders(paths, log)

  // A migration that changes rows of a synced table is a change too, and headquarters must be able to name it.
  let changeId = newId(clock)
  let changeAt = clock.now()
  const vault = makeVault(options.key)
  const mark = readMark(options.dataFolder, vault)
  const sqlite = openKnown(
    { path: paths.database, key: options.key, create },
    () => mark !== null || opensBackup(paths.backups, options.key),
    readMigrations(join(options.resources, 'migrations')),
    clock.now(),
    (opened) => {
      // The outbox triggers call these two, so only a program that names its changes can write to a synced table.
      opened.function('hall_change_id', () => changeId)
      opened.function('hall_now', () => changeAt)
    },
  )
  const markFile = new MarkFile(options.dataFolder, vault)
  const keepMark = () => {
    try {
      const reached = markOf(sqlite)
      if (reached) markFile.write(reached)
    } catch (error) {
      log.error('mark-not-kept', { error: String(error) })
    }
  }
  try {
    compareWithMark(sqlite, mark, clock.now())
  } catch (error) {
    // A full disk: numbers cannot be raised, and none can be given either. The mark stays for the next start.
    log.error('mark-not-compared', { error: String(error) })
    if (!isFull(error)) {
      sqlite.close()
      throw nameOpenError(error)
    }
  }
  keepMark()
  takeReserve(options.dataFolder)
  rmSync(makingPath(options.dataFolder), { force: true })
  const checkpoint = new CheckpointWhenIdle(
    sqlite,
    { path: paths.database, key: options.key },
    {
      idle: () => {
        markFile.sync()
        takeReserve(options.dataFolder)
      },
      failed: (error) => log.warn('checkpoint-failed', { error: String(error) }),
    },
  )
  const environment: Environment = {
    db: wrapDrizzle(sqlite),
    sqlite,
    key: options.key,
    vault,
    ...(options.wasChosen ? { wasChosen: options.wasChosen } : {}),
    clock,
    settings: settingsReader(sqlite),
    paths,
    log,
    trustedClock: new TrustedClock(sqlite, options.clockLimits ?? { quietMs: longestQuietMs, jumpMs: longestJumpMs }),
    health: { damagedAt: lastDamage(sqlite, clock.now()), refusals: new Map() },
    committed: keepMark,
    device: () => deviceOf(sqlite),
    till: () => options.till ?? deviceOf(sqlite).pcCode,
    emit: (event) => options.onEvent?.(event),
    beginChange(now) {
      changeAt = now
      checkpoint.later()
      return (changeId = newId({ now: () => now }))
    },
    steady: options.steady ?? (() => performance.now()),
    nextTurn: () => checkpoint.nextTurn(),
    sessionOf: (token, now) => (token === null ? null : options.sessionOf(sqlite, token, now)),
    strangeToken: (token, now) => options.strangeToken?.(sqlite, token, now) ?? null,
  }
  const { useCases, jobs } = collect(options.rooms)
  const scheduler = new Scheduler(environment, jobs)
  const at = (till?: string) => (till === undefined ? environment : { ...environment, till: () => till })

  return {
    environment,
    scheduler,
    async handle({ id, call, input, session, again }, till) {
      try {
        const found = useCases.get(call)
        if (!found) throw new UnknownCall()
        if (again && !mayRepeat(found.definition, input)) throw new BackendRestarted()
        return {
          id,
          ok: true,
          output: await runCall(
            // Whatever a call begins is done at its till: its rows, what it puts on record, the transactions of a task.
            at(till),
            found,
            input,
            typeof session === 'string' ? session : null,
          ),
        }
      } catch (error) {
        return { id, ok: false, error: failureOf(error, call, environment) }
      }
    },
    transact: (name, actor, work, till) => inTransaction(at(till), name, actor, work),
    async close() {
      await scheduler.stop()
      await checkpoint.stop()
      keepMark()
      markFile.close()
      sqlite.close()
      release()
      log.close()
    },
  }
}

/**
 * Whether a database may be made here: in a folder where no hall has ever been, or where one is just being made.
 * @throws DatabaseMissing where a hall was
 */
function mayCreate(dataFolder: string, ordered: boolean): boolean {
  const traces = tracesIn(dataFolder)
  const making = existsSync(makingPath(dataFolder)) && traces.backups === 0 && traces.replaced === 0 && !traces.mark
  if (making) clearMaking(dataFolder)
  else if (traces.database === 'there') return false
  if (ordered || making || !hallWasHere(traces)) return true
  throw new DatabaseMissing(traceWords(traces), { details: traces })
}

/** A folder that cannot be made is told by what needs it; the counter opens without. */
function makeFolders({ root, attachments, backups }: DataPaths, log: Logger): void {
  for (const folder of [root, attachments, backups]) {
    try {
      mkdirSync(folder, { recursive: true })
    } catch (error) {
      log.error('folder-not-made', { folder, error: String(error) })
    }
  }
}

/** Whether the newest backup opens with this key. */
function opensBackup(folder: string, key: DatabaseKey): boolean {
  const [newest] = backupFiles(folder)
  if (!newest) return false
  try {
    openSqlite({ path: join(folder, newest.fileName), key, readonly: true }).close()
    return true
  } catch {
    return false
  }
}

/**
 * A key that opens the mark or a backup is the right one: what it does not open is damaged. A full disk gives up the room that
 * was kept back for this moment.
 */
function openKnown(options: OpenOptions, keyIsRight: () => boolean, ...rest: MigrateRest): Sqlite {
  const folder = dirname(options.path)
  try {
    return openMigrated(options, ...rest)
  } catch (error) {
    if (error instanceof WrongKey && keyIsRight()) {
      throw new DatabaseCorrupt('数据文件开头已损坏，打不开（密钥没有问题），请从最近一份备份恢复')
    }
    if (!noRoom(folder)) throw error
    if (!giveReserve(folder)) throw new DiskFull()
    return openMigrated(options, ...rest)
  }
}
type MigrateRest = Parameters<typeof openMigrated> extends [unknown, ...infer Rest] ? Rest : never

/** What the last walk over the file found is known over a restart too (epoch ms). */
function lastDamage(sqlite: Sqlite, now: number): number | null {
  try {
    const last = sqlite.prepare('SELECT at, damaged FROM file_checks ORDER BY at DESC LIMIT 1').get() as
      { at: number; damaged: string | null } | undefined
    return last?.damaged ? last.at : null
  } catch (error) {
    if (isDamage((error as { code?: string }).code ?? '')) return now
    throw nameOpenError(error)
  }
}

const isFull = (error: unknown): boolean => isNoRoom((error as { code?: string }).code ?? '')

/** A look has no effect, and what carries a request id has one however often it arrives. */
const mayRepeat = ({ kind }: { kind: CallKind }, input: unknown): boolean =>
  kind === 'read' || typeof (input as { requestId?: unknown } | null)?.requestId === 'string'

function collect(rooms: readonly Record<string, unknown>[]) {
  const exported = rooms.flatMap((room) => Object.values(room))
  const useCases = new Map<string, AnyUseCase>()
  for (const useCase of exported.filter(isUseCase)) {
    const { name } = useCase.definition
    if (useCases.has(name)) throw new Error(`two rooms answer ${name}`)
    useCases.set(name, useCase)
  }
  return { useCases, jobs: exported.filter(isJob) }
}

function failureOf(error: unknown, call: string, environment: Environment) {
  const { log } = environment
  if (error instanceof DomainError) return error.toFailure()
  const support = Math.random().toString(36).slice(2, 8).toUpperCase()
  const { message, code = '', stack } = error as Error & { code?: string }
  log.error('fault', { call, support, message, code, stack })
  if (heedDamage(environment, error)) {
    return new DatabaseCorrupt(
      '数据文件有一处已损坏，读到它的业务不能办理。请停止办理，由管理员从最近一份备份恢复',
    ).toFailure()
  }
  if (isNoRoom(code) || code === 'ENOSPC') {
    return { code: 'DiskFull', message: `数据无法写入磁盘，本次操作没有保存。请清理磁盘后重试（${support}）` }
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return { code: 'DiskFault', message: `磁盘读写出错，本次操作没有保存。请联系管理员检查硬盘（${support}）` }
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return { code: 'DatabaseBusy', message: `数据文件正被另一个程序占用，本次操作没有保存。请稍后再试（${support}）` }
  }
  return { code: 'Internal', message: `程序出错，本次操作没有保存。请重试；仍不成功请联系管理员（${support}）` }
}
