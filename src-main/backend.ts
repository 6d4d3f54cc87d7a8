/**
 * Entry of the utility process that holds the database, the services and the scheduler. The database API is
 * synchronous; here a long bill run never freezes a window, and a crash is restarted without losing the screen.
 */
import { z } from 'zod'
import type { RestoreProof } from './backup/api.ts'
import { finishRestore, restoreBackup, restoreByProof } from './backup/restore.ts'
import { choosePlace } from './backup/second.ts'
import { takeRestoreAuthorization } from './backup/service.ts'
import { RestoreTries } from './backup/tries.ts'
import { NoteFile } from './access/api.ts'
import { sessionOf, strangeToken } from './access/service.ts'
import { seedDemoHall } from './demo/seed.ts'
import { shiftedClock, systemClock, type Clock } from './platform/clock.ts'
import type { CallFailure, CallReply, CallRequest, HallEvent } from './platform/contract.ts'
import { nameOpenError } from './platform/database.ts'
import { DiskFull, DomainError, InvalidInput, NotAllowed } from './platform/errors.ts'
import { recordOutcome, redeemTicket } from './notices/service.ts'
import { openHall, pathsOf, type Hall } from './platform/hall.ts'
import { fileLogger } from './platform/logging.ts'
import { printOutcomes, type TicketedPaper } from './app/api.ts'
import type { BackendCommand, BackendReport, SessionFound } from './app/backend-messages.ts'
import { Display } from './publicity/api.ts'
import { heedDamage, type Environment } from './platform/use-case.ts'
import { rooms } from './rooms.ts'
import { sendFile, takeFile } from './tills/files.ts'
import { Hosting } from './tills/hosting.ts'
import { LineFileDamaged, makeIdentity, readLine, replaceLine, type KeptLine } from './tills/identity.ts'
import { addressTyped, codeTyped, defaultPort } from './tills/rules.ts'
import { StillTill } from './tills/errors.ts'
import { joinHall, TillLine, type LineState } from './tills/till-line.ts'
import { TillName, type Question } from './tills/wire.ts'
import { wasSent } from './platform/sent-files.ts'
import { makeVault } from './platform/vault.ts'

/** What Electron gives a utility process; typed here so that this file imports nothing of it. */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}
const parent = (process as unknown as { parentPort: Port }).parentPort

let hall: Hall | null = null
/** The line to the tills of this hall. */
let hosting: Hosting | null = null
/** Where this PC is a till itself: its line to the host stands in the place of a hall. */
let till: TillLine | null = null
/** The hall this PC has joined a moment ago, until its folder has a key under which that is kept. */
let joined: KeptLine | null = null
let tillState: LineState | null = null
let opened: Extract<BackendCommand, { type: 'open' }> | null = null
/** Settles when no opening is under way: a login typed while the data are opened waits for them. */
let opening: Promise<void> = Promise.resolve()
const windows = new Set<Port>()

const onlyAtHost = new NotAllowed('分机上没有数据文件，请到主机办理')

const report = (message: BackendReport) => parent.postMessage(message)
const displays = new Set<Port>()
const chosen = new Set<string>()
/** Rooms whose changes may change what the notice board says. */
const boardRooms = ['publicity', 'tariffs', 'settings']

function broadcast(event: HallEvent): void {
  windows.forEach((port) => port.postMessage(event))
  hosting?.tell(event)
  if (event.event === 'changed' && boardRooms.includes(event.data.room)) void showBoard(displays)
}

/** Sends the notice board as it is now. A display that hears nothing keeps what it shows. */
async function showBoard(to: Iterable<Port>): Promise<void> {
  const request: CallRequest = { id: 0, call: Display.name, input: {}, session: null }
  const reply = await (till ? till.call(request) : hall?.handle(request))
  if (reply?.ok) for (const port of to) port.postMessage(reply.output)
}

function failureOf(thrown: unknown): CallFailure {
  const error = nameOpenError(thrown)
  if (error instanceof DomainError) return error.toFailure()
  if ((error as { code?: string }).code === 'ENOSPC') return new DiskFull().toFailure()
  return { code: 'StartFailed', message: '程序没有启动成功，请联系管理员', details: { reason: String(error) } }
}

/** What a timer or an event throws is a fault to be mended, never a reason to end the counter's work. */
function survive(kind: string): (error: unknown) => void {
  return (error) => {
    try {
      hall?.environment.log.error(kind, { error: String(error), stack: (error as Error | undefined)?.stack })
    } catch {
      // The log may be what failed.
    }
  }
}
process.on('uncaughtException', survive('uncaught'))
process.on('unhandledRejection', survive('unhandled-rejection'))

const clockOf = ({ clockOffset }: { clockOffset: number | null }): Clock =>
  clockOffset === null ? systemClock : shiftedClock(clockOffset)

async function open(command: Extract<BackendCommand, { type: 'open' }>): Promise<void> {
  opened = command
  const clock = clockOf(command)
  const { logs } = pathsOf(command.dataFolder, command.resources)
  const log = fileLogger(logs, () => clock.now())
  try {
    finishRestore(pathsOf(command.dataFolder, command.resources))
    hall = openHall({
      dataFolder: command.dataFolder,
      resources: command.resources,
      key: command.key,
      clock,
      log,
      rooms,
      sessionOf,
      strangeToken,
      onEvent: broadcast,
      create: command.create,
      wasChosen: (path) => chosen.has(path) || wasSent(command.dataFolder, path),
    })
    if (command.demo) await seedDemoHall(hall, (text) => report({ type: 'seeding', text }))
    hall.scheduler.start()
    hosting = new Hosting(hall, { port: defaultPort, version: command.version, answer: answerTill })
    void hosting.look()
    report({ type: 'opened' })
    void showBoard(displays)
  } catch (error) {
    log.error('open-failed', { reason: String(error) })
    await closeHall()
    report({ type: 'failed', error: failureOf(error) })
  } finally {
    // Whatever becomes of it later, it is made once.
    opened = { ...command, create: false }
  }
}

async function closeHall(): Promise<void> {
  await hosting?.close()
  hosting = null
  await hall?.close()
  hall = null
}

/** What the program around a till's window asks of the hall, as this PC's own does. */
function answerTill(question: Question, code: string): unknown {
  if (!hall) return null
  const { environment } = hall
  switch (question.about) {
    case 'paper':
      return redeemTicket(environment, question.ticket)
    case 'session': {
      const session = sessionOf(environment.sqlite, question.token, environment.clock.now())
      return session === null || session.till !== code ? 'none' : session.locked ? 'locked' : 'open'
    }
    case 'file':
      return takeFile(hall, question, code)
    case 'printing':
      return void recordOutcome(hall, { ...question, outcome: z.enum(printOutcomes).parse(question.outcome) }, code)
  }
}

function openTill(command: Extract<BackendCommand, { type: 'openTill' }>): void {
  try {
    const vault = makeVault(command.key)
    const clock = clockOf(command)
    // Joined anew, its old line is over; what still waited on it is told so.
    till?.close()
    till = null
    tillState = null
    if (command.joined && joined) replaceLine(command.dataFolder, vault, joined, clock.now())
    const kept = readLine(command.dataFolder, vault, 'till')
    if (!kept?.host) throw new LineFileDamaged()
    till = new TillLine({
      ...{ identity: kept, host: kept.host, version: command.version, now: () => clock.now() },
      onEvent: broadcast,
      onState(state) {
        tillState = state
        broadcast({ event: 'line', data: state })
        if (state.state === 'open') void showBoard(displays)
      },
    })
    report({ type: 'opened' })
  } catch (error) {
    report({ type: 'failed', error: failureOf(error) })
  }
}

async function join({
  ask,
  address,
  code,
  name,
  version,
  ...command
}: Extract<BackendCommand, { type: 'join' }>): Promise<void> {
  try {
    if (tillState?.state === 'open') throw new StillTill()
    const place = addressTyped(address)
    if (!place) throw new InvalidInput('主机地址应像 192.168.1.20，照主机「本厅电脑」上写的填', { field: 'address' })
    const typed = codeTyped(code)
    if (typed === null) throw new InvalidInput('配对码是 10 位字母和数字，照主机屏幕上的填', { field: 'code' })
    const called = TillName.safeParse(name)
    if (!called.success) throw new InvalidInput('请填写本机名称，不超过 20 个字', { field: 'name' })
    const identity = await makeIdentity()
    const clock = clockOf(command)
    const host = await joinHall({
      ...{ address: place.host, port: place.port, code: typed, name: called.data },
      ...{ identity, version, now: () => clock.now() },
    })
    joined = { ...identity, host }
    report({ type: 'done', ask, error: null })
  } catch (error) {
    report({ type: 'done', ask, error: failureOf(error) })
  }
}

let tries: RestoreTries | null = null

/** Puts a backup in the place of the database. The one that was there is kept beside it. */
async function restore(fileName: string, proof: RestoreProof | null): Promise<void> {
  if (till) return report({ type: 'refused', error: onlyAtHost.toFailure() })
  if (!opened) return report({ type: 'failed', error: { code: 'NotFound', message: '没有可恢复的数据文件夹' } })
  const { dataFolder, resources, key } = opened
  const paths = pathsOf(dataFolder, resources)
  const clock = hall?.environment.clock ?? clockOf(opened)
  const order = { fileName, at: clock.now() }
  const wasOpen = hall !== null
  const allowed = hall ? takeRestoreAuthorization(hall.environment, fileName, order.at) : null
  // Who could allow it in a damaged hall may not get in any more: it is restored as one that did not open.
  const damagedAt = hall?.environment.health.damagedAt ?? null
  try {
    if (wasOpen && damagedAt === null && allowed === null) throw new NotAllowed('恢复备份须由管理员先授权')
    if (allowed === null && proof === null) throw new NotAllowed('恢复备份须由管理员用密码确认')
    await closeHall()
    if (allowed !== null) restoreBackup(paths, key, { ...order, by: allowed })
    else if (proof !== null)
      restoreByProof(paths, key, { ...order, by: proof }, (tries ??= new RestoreTries(dataFolder, key)))
  } catch (error) {
    const failure = failureOf(error)
    if (hall === null) noteRefused(paths.logs, clock, failure)
    // Nothing has been moved: why it was not replaced is told, and what was open is opened again, as damaged as it was.
    report({ type: 'refused', error: failure })
    if (wasOpen && hall === null) await open(opened)
    if (hall) hall.environment.health.damagedAt = damagedAt
    return
  }
  await open(opened)
}

/** No audit log is open: who tried in vain is left in the program's own, by the kind of refusal alone. */
function noteRefused(logs: string, clock: Clock, { code }: CallFailure): void {
  const log = fileLogger(logs, () => clock.now())
  log.warn('restore-refused', { code })
  log.close()
}

async function answer(request: CallRequest): Promise<CallReply> {
  await opening
  if (till) return till.call(request)
  if (hall) return hall.handle(request)
  return { id: request.id, ok: false, error: { code: 'NotReady', message: '数据库尚未打开，请稍候再试' } }
}

function connect(port: Port): void {
  windows.add(port)
  port.on('close', () => windows.delete(port))
  port.on('message', ({ data }) => {
    void answer(data as CallRequest).then((reply) => port.postMessage(reply))
  })
  port.start()
  if (tillState) port.postMessage({ event: 'line', data: tillState } satisfies HallEvent)
}

async function answerPaper(ask: number, ticket: string): Promise<void> {
  await opening
  if (till) {
    const paper = (await till.ask({ about: 'paper', ticket })) as TicketedPaper | null
    return report({ type: 'paper', ask, paper })
  }
  report({ type: 'paper', ask, paper: damageHeeded((environment) => redeemTicket(environment, ticket)) })
}

/** A look of the shell's at who is at work counts as work, like any call of the page. */
async function answerSession(ask: number, token: string): Promise<void> {
  await opening
  if (till) {
    const found = (await till.ask({ about: 'session', token })) as SessionFound | null
    return report({ type: 'session', ask, found: found ?? 'none' })
  }
  const session = damageHeeded((environment) => sessionOf(environment.sqlite, token, environment.clock.now()))
  const nobody = hall && hall.environment.health.damagedAt !== null ? 'damaged' : 'none'
  report({ type: 'session', ask, found: session === null ? nobody : session.locked ? 'locked' : 'open' })
}

/** What the shell asks for is answered in a damaged hall too; null where that cannot be read. */
function damageHeeded<T>(look: (environment: Environment) => T | null): T | null {
  if (!hall) return null
  try {
    return look(hall.environment)
  } catch (error) {
    if (!heedDamage(hall.environment, error)) survive('asked')(error)
    return null
  }
}

/** Sets or gives up the second place of backups, for an administrator at an unlocked screen alone. */
async function answerPlace(ask: number, folder: string | null, token: string): Promise<void> {
  await opening
  if (till) return report({ type: 'done', ask, error: onlyAtHost.toFailure() })
  let error: CallFailure | null = null
  try {
    const { environment } = hall ?? {}
    const session = environment ? sessionOf(environment.sqlite, token, environment.clock.now()) : null
    if (!environment || !session || session.locked || !session.actor.roles.includes('administrator'))
      throw new NotAllowed('第二备份位置由管理员设置')
    choosePlace(environment, folder, session.actor)
  } catch (thrown) {
    error = failureOf(thrown)
  }
  report({ type: 'done', ask, error })
}

async function answerFile({ ask, file, token }: Extract<BackendCommand, { type: 'file' }>): Promise<void> {
  const reply = await answer({ id: 0, call: NoteFile.name, input: file, session: token })
  report({ type: 'done', ask, error: reply.ok ? null : reply.error })
}

async function sendFiles({ ask, paths, token }: Extract<BackendCommand, { type: 'send' }>): Promise<void> {
  try {
    if (!till) throw new NotAllowed('本机就是主机，文件不用发送')
    const sent: string[] = []
    for (const path of paths) sent.push(await sendFile(till, path, token, broadcast))
    report({ type: 'done', ask, error: null, paths: sent })
  } catch (error) {
    report({ type: 'done', ask, error: failureOf(error) })
  }
}

function printed({ printingId, outcome, detail }: Extract<BackendCommand, { type: 'printing' }>): void {
  if (till) void till.ask({ about: 'printing', printingId, outcome, detail: detail.slice(0, 300) })
  else if (hall) recordOutcome(hall, { printingId, outcome, detail })
}

/** What a display says is not heard: its page has nothing to ask. */
function connectDisplay(port: Port): void {
  displays.add(port)
  port.on('close', () => displays.delete(port))
  port.start()
  void showBoard([port])
}

parent.on('message', ({ data, ports }) => {
  const command = data as BackendCommand
  switch (command.type) {
    case 'open':
      return void (opening = open(command))
    case 'openTill':
      return openTill(command)
    case 'join':
      return void join(command)
    case 'display':
      return ports[0] ? connectDisplay(ports[0]) : undefined
    case 'restore':
      return void (opening = restore(command.fileName, command.by))
    case 'connect':
      return ports[0] ? connect(ports[0]) : undefined
    case 'paper':
      return void answerPaper(command.ask, command.ticket)
    case 'session':
      return void answerSession(command.ask, command.token)
    case 'place':
      return void answerPlace(command.ask, command.folder, command.token)
    case 'file':
      return void answerFile(command)
    case 'send':
      return void sendFiles(command)
    case 'chosen':
      return command.paths.forEach((path) => chosen.add(path))
    case 'printing':
      return void opening.then(() => printed(command))
    case 'close':
      till?.close()
      return void closeHall().finally(() => process.exit(0))
  }
})
