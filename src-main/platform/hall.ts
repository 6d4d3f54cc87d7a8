/** The open hall: database, rooms, scheduler. Runs in the utility process, in tests and in benchmarks alike. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CheckpointWhenIdle } from './checkpoint.ts'
import { newId } from './ids.ts'
import type { Clock } from './clock.ts'
import type { Actor, Context, DataPaths } from './context.ts'
import type { CallKind, CallReply, CallRequest, HallEvent } from './contract.ts'
import { wrapDrizzle, type DatabaseKey, type Sqlite } from './database.ts'
import { BackendRestarted, DatabaseCorrupt, DomainError, UnknownCall } from './errors.ts'
import type { Logger } from './logging.ts'
import { openMigrated, readMigrations } from './migrate.ts'
import { isJob, Scheduler } from './scheduler.ts'
import { settingsReader } from './settings.ts'
import { makeVault } from './vault.ts'
import {
  deviceOf,
  inTransaction,
  isUseCase,
  runCall,
  type Environment,
  type Session,
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
  readonly onEvent?: (event: HallEvent) => void
}

export interface Hall {
  readonly environment: Environment
  readonly scheduler: Scheduler
  /** Answers one call from a window; never throws. */
  handle(request: CallRequest): Promise<CallReply>
  /** One transaction outside any window: jobs, tests, demo data. */
  transact<T>(name: string, actor: Actor, work: (context: Context) => T): T
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
  const { clock, log } = options
  const paths = pathsOf(options.dataFolder, options.resources)
  for (const folder of [paths.root, paths.attachments, paths.backups]) mkdirSync(folder, { recursive: true })

  // A migration that changes rows of a synced table is a change too, and headquarters must be able to name it.
  let changeId = newId(clock)
  let changeAt = clock.now()
  const sqlite = openMigrated(
    { path: paths.database, key: options.key },
    readMigrations(join(options.resources, 'migrations')),
    clock.now(),
    (opened) => {
      // The outbox triggers call these two, so only a program that names its changes can write to a synced table.
      opened.function('hall_change_id', () => changeId)
      opened.function('hall_now', () => changeAt)
    },
  )
  const checkpoint = new CheckpointWhenIdle(sqlite)
  const environment: Environment = {
    db: wrapDrizzle(sqlite),
    sqlite,
    key: options.key,
    vault: makeVault(options.key),
    clock,
    settings: settingsReader(sqlite),
    paths,
    log,
    device: () => deviceOf(sqlite),
    emit: (event) => options.onEvent?.(event),
    beginChange(now) {
      changeAt = now
      checkpoint.later()
      return (changeId = newId({ now: () => now }))
    },
    nextTurn: () => checkpoint.nextTurn(),
    sessionOf: (token, now) => (token === null ? null : options.sessionOf(sqlite, token, now)),
  }
  const { useCases, jobs } = collect(options.rooms)
  const scheduler = new Scheduler(environment, jobs)

  return {
    environment,
    scheduler,
    async handle({ id, call, input, session, again }) {
      try {
        const found = useCases.get(call)
        if (!found) throw new UnknownCall()
        if (again && !mayRepeat(found.definition, input)) throw new BackendRestarted()
        return { id, ok: true, output: await runCall(environment, found, input, session) }
      } catch (error) {
        return { id, ok: false, error: failureOf(error, call, log) }
      }
    },
    transact: (name, actor, work) => inTransaction(environment, name, actor, work),
    async close() {
      await scheduler.stop()
      checkpoint.stop()
      sqlite.close()
      log.close()
    },
  }
}

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

function failureOf(error: unknown, call: string, log: Logger) {
  if (error instanceof DomainError) return error.toFailure()
  const support = Math.random().toString(36).slice(2, 8).toUpperCase()
  const { message, code, stack } = error as Error & { code?: string }
  log.error('fault', { call, support, message, code, stack })
  if (code?.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new DatabaseCorrupt().toFailure()
  if (code === 'SQLITE_FULL' || code?.startsWith('SQLITE_IOERR')) {
    return { code: 'DiskFull', message: `数据无法写入磁盘，本次操作没有保存。请清理磁盘后重试（${support}）` }
  }
  return { code: 'Internal', message: `程序出错，本次操作没有保存。请重试；仍不成功请联系管理员（${support}）` }
}
