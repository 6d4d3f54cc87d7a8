/**
 * Entry of the utility process that holds the database, the services and the scheduler. The database API is
 * synchronous; here a long bill run never freezes a window, and a crash is restarted without losing the screen.
 */
import { restoreBackup } from './backup/restore.ts'
import { takeRestoreAuthorization } from './backup/service.ts'
import { sessionOf } from './access/service.ts'
import { seedDemoHall } from './demo/seed.ts'
import { shiftedClock, systemClock } from './platform/clock.ts'
import type { CallFailure, CallReply, CallRequest, HallEvent } from './platform/contract.ts'
import { DomainError, NotAllowed } from './platform/errors.ts'
import { recordOutcome, redeemTicket } from './notices/service.ts'
import { openHall, pathsOf, type Hall } from './platform/hall.ts'
import { fileLogger } from './platform/logging.ts'
import type { BackendCommand, BackendReport } from './app/backend-messages.ts'
import { Display } from './publicity/api.ts'
import { rooms } from './rooms.ts'

/** What Electron gives a utility process; typed here so that this file imports nothing of it. */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}
const parent = (process as unknown as { parentPort: Port }).parentPort

let hall: Hall | null = null
let opened: Extract<BackendCommand, { type: 'open' }> | null = null
/** Settles when no opening is under way: a login typed while the data are opened waits for them. */
let opening: Promise<void> = Promise.resolve()
const windows = new Set<Port>()

const report = (message: BackendReport) => parent.postMessage(message)
const displays = new Set<Port>()
/** Rooms whose changes may change what the notice board says. */
const boardRooms = ['publicity', 'tariffs', 'settings']

function broadcast(event: HallEvent): void {
  windows.forEach((port) => port.postMessage(event))
  if (event.event === 'changed' && boardRooms.includes(event.data.room)) void showBoard(displays)
}

/** Sends the notice board as it is now. A display that hears nothing keeps what it shows. */
async function showBoard(to: Iterable<Port>): Promise<void> {
  const reply = await hall?.handle({ id: 0, call: Display.name, input: {}, session: null })
  if (reply?.ok) for (const port of to) port.postMessage(reply.output)
}

function failureOf(error: unknown): CallFailure {
  if (error instanceof DomainError) return error.toFailure()
  return { code: 'StartFailed', message: '程序没有启动成功，请联系管理员', details: { reason: String(error) } }
}

async function open(command: Extract<BackendCommand, { type: 'open' }>): Promise<void> {
  opened = command
  const clock = command.clockOffset === null ? systemClock : shiftedClock(command.clockOffset)
  const { logs } = pathsOf(command.dataFolder, command.resources)
  const log = fileLogger(logs, () => clock.now())
  try {
    hall = openHall({
      dataFolder: command.dataFolder,
      resources: command.resources,
      key: command.key,
      clock,
      log,
      rooms,
      sessionOf,
      onEvent: broadcast,
    })
    if (command.demo) await seedDemoHall(hall, (text) => report({ type: 'seeding', text }))
    hall.scheduler.start()
    report({ type: 'opened' })
    void showBoard(displays)
  } catch (error) {
    log.error('open-failed', { reason: String(error) })
    await hall?.close()
    hall = null
    report({ type: 'failed', error: failureOf(error) })
  }
}

/** Puts a backup in the place of the database. The one that was there is kept beside it. */
async function restore(fileName: string): Promise<void> {
  if (!opened) return report({ type: 'failed', error: { code: 'NotFound', message: '没有可恢复的数据文件夹' } })
  if (hall && !takeRestoreAuthorization(fileName, hall.environment.clock.now())) {
    return report({ type: 'refused', error: new NotAllowed('恢复备份须由管理员先授权').toFailure() })
  }
  try {
    await hall?.close()
    hall = null
    restoreBackup(pathsOf(opened.dataFolder, opened.resources), opened.key, fileName)
    await open(opened)
  } catch (error) {
    report({ type: 'failed', error: failureOf(error) })
  }
}

async function answer(request: CallRequest): Promise<CallReply> {
  await opening
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
}

async function answerPaper(ask: number, ticket: string): Promise<void> {
  await opening
  report({ type: 'paper', ask, paper: hall ? redeemTicket(hall.environment, ticket) : null })
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
    case 'display':
      return ports[0] ? connectDisplay(ports[0]) : undefined
    case 'restore':
      return void (opening = restore(command.fileName))
    case 'connect':
      return ports[0] ? connect(ports[0]) : undefined
    case 'paper':
      return void answerPaper(command.ask, command.ticket)
    case 'printing':
      return void opening.then(() => (hall ? recordOutcome(hall, command) : undefined))
    case 'close':
      return void (hall?.close() ?? Promise.resolve()).finally(() => process.exit(0))
  }
})
