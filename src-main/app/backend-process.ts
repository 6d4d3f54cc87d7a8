/** Starts the backend, keeps it alive, and connects windows to it. */
import { join } from 'node:path'
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import { DomainError } from '../platform/errors.ts'
import type { CallFailure } from '../platform/contract.ts'
import type { PrintOutcome, RestoreProof, StartState, TicketedPaper } from './api.ts'
import type { BackendCommand, BackendReport, SavedFile, SessionFound } from './backend-messages.ts'

type OpenCommand = Extract<BackendCommand, { type: 'open' | 'openTill' }>
type Done = Extract<BackendReport, { type: 'done' }>
type JoinCommand = Omit<Extract<BackendCommand, { type: 'join' }>, 'type' | 'ask'>

/** A backend that dies this often within a minute is broken; the screen then says so instead of flickering. */
const maxRestartsPerMinute = 5

export class BackendProcess {
  #process: UtilityProcess | null = null
  #open: OpenCommand | null = null
  #closing = false
  readonly #windows = new Set<WebContents>()
  readonly #displays = new Set<WebContents>()
  readonly #restarts: number[] = []
  readonly #papers = new Map<number, (paper: TicketedPaper | null) => void>()
  readonly #sessions = new Map<number, (found: SessionFound) => void>()
  /** Orders that are carried out or refused: a place, a file, a joining. */
  readonly #orders = new Map<number, (done: Pick<Done, 'error' | 'paths'>) => void>()
  readonly #chosen = new Set<string>()
  #asked = 0
  #waiting: { resolve: (state: StartState) => void; reject: (error: Error) => void }[] = []
  readonly #onState: (state: StartState) => void

  constructor(onState: (state: StartState) => void) {
    this.#onState = onState
  }

  /** Opens the database in a fresh or the running backend; resolves when it is open or has failed. */
  open(command: OpenCommand): Promise<StartState> {
    this.#open = command
    return this.#ask(command)
  }

  /** A till that has joined anew goes on as what it is now, under the same key; null on a PC that is none. */
  openJoined(): Promise<StartState> | null {
    return this.#open?.type === 'openTill' ? this.open({ ...this.#open, joined: true }) : null
  }

  restore(fileName: string, by: RestoreProof | null): Promise<StartState> {
    return this.#ask({ type: 'restore', fileName, by })
  }

  /** The paper behind a ticket; null when the backend has none for it, or went away meanwhile. */
  paper(ticket: string): Promise<TicketedPaper | null> {
    const ask = ++this.#asked
    return new Promise((resolve) => {
      this.#papers.set(ask, resolve)
      this.#running().postMessage({ type: 'paper', ask, ticket } satisfies BackendCommand)
    })
  }

  /** Whether somebody is at work with this token and the screen is not locked. */
  findSession(token: string): Promise<SessionFound> {
    const ask = ++this.#asked
    return new Promise((resolve) => {
      this.#sessions.set(ask, resolve)
      this.#running().postMessage({ type: 'session', ask, token } satisfies BackendCommand)
    })
  }

  /** Sets or gives up the second place of backups. @throws DomainError with the backend's words */
  async placeBackups(folder: string | null, token: string): Promise<void> {
    await this.#order((ask) => ({ type: 'place', ask, folder, token }))
  }

  /** On record before it is written. @throws DomainError with the backend's words: then nothing is to be written */
  async noteFile(file: SavedFile, token: string): Promise<void> {
    await this.#order((ask) => ({ type: 'file', ask, file, token }))
  }

  /** Lets pages name these files. @returns once the backend knows: what a page asks next may come by another way */
  async choose(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#chosen.add(path)
    this.#running().postMessage({ type: 'chosen', paths } satisfies BackendCommand)
    await this.findSession('')
  }

  /** Sends files to the host of this till. @returns where they lie there @throws DomainError with the backend's words */
  async sendFiles(paths: readonly string[], token: string): Promise<readonly string[]> {
    return (await this.#order((ask) => ({ type: 'send', ask, paths, token }))) ?? []
  }

  /** Joins another PC's hall; kept by the opening that follows. @throws DomainError with the words of the refusal */
  async join(order: JoinCommand): Promise<void> {
    await this.#order((ask) => ({ type: 'join', ask, ...order }))
  }

  /** Puts on record what became of a counted printing. */
  printingEnded(printingId: string, outcome: PrintOutcome, detail: string): void {
    this.#running().postMessage({ type: 'printing', printingId, outcome, detail } satisfies BackendCommand)
  }

  /** @throws DomainError with the backend's words */
  async #order(command: (ask: number) => BackendCommand): Promise<Done['paths']> {
    const ask = ++this.#asked
    const { error, paths } = await new Promise<Pick<Done, 'error' | 'paths'>>((resolve) => {
      this.#orders.set(ask, resolve)
      this.#running().postMessage(command(ask))
    })
    if (error) throw thrown(error)
    return paths
  }

  connect(window: WebContents): void {
    this.#link(window, this.#windows, { type: 'connect' }, 'hall:port')
  }

  /** Lets the backend speak to the notice board's display. */
  connectDisplay(display: WebContents): void {
    this.#link(display, this.#displays, { type: 'display' }, 'hall:board')
  }

  #link(page: WebContents, pages: Set<WebContents>, command: BackendCommand, channel: string): void {
    if (!pages.has(page)) page.once('destroyed', () => pages.delete(page))
    pages.add(page)
    const { port1, port2 } = new MessageChannelMain()
    this.#running().postMessage(command, [port1])
    page.postMessage(channel, null, [port2])
  }

  /** Closes the database in good order. */
  async close(): Promise<void> {
    this.#closing = true
    const running = this.#process
    if (!running) return
    await new Promise<void>((resolve) => {
      running.once('exit', () => resolve())
      running.postMessage({ type: 'close' } satisfies BackendCommand)
      setTimeout(() => running.kill(), 5_000).unref()
    })
  }

  #ask(command: BackendCommand): Promise<StartState> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#running().postMessage(command)
    })
  }

  #running(): UtilityProcess {
    if (this.#process) return this.#process
    const started = utilityProcess.fork(join(__dirname, 'backend.js'), [], { serviceName: 'hall-backend' })
    started.on('message', (message: BackendReport) => this.#heard(message))
    started.on('exit', () => this.#died(started))
    // Chosen before the one that died: what it was chosen for is asked once more.
    started.postMessage({ type: 'chosen', paths: [...this.#chosen] } satisfies BackendCommand)
    return (this.#process = started)
  }

  #heard(message: BackendReport): void {
    if (message.type === 'seeding') return
    if (message.type === 'paper') {
      this.#papers.get(message.ask)?.(message.paper)
      this.#papers.delete(message.ask)
      return
    }
    if (message.type === 'session') {
      this.#sessions.get(message.ask)?.(message.found)
      this.#sessions.delete(message.ask)
      return
    }
    if (message.type === 'done') {
      this.#orders.get(message.ask)?.(message)
      this.#orders.delete(message.ask)
      return
    }
    const waiting = this.#waiting
    this.#waiting = []
    if (message.type === 'refused') {
      const error = thrown(message.error)
      for (const { reject } of waiting) reject(error)
      return
    }
    const state: StartState = message.type === 'opened' ? { phase: 'ready' } : { phase: 'failed', error: message.error }
    for (const { resolve } of waiting) resolve(state)
    this.#onState(state)
  }

  #died(which: UtilityProcess): void {
    if (this.#process !== which) return
    this.#process = null
    for (const resolve of this.#papers.values()) resolve(null)
    this.#papers.clear()
    for (const resolve of this.#sessions.values()) resolve('none')
    this.#sessions.clear()
    for (const resolve of this.#orders.values())
      resolve({ error: { code: 'NotReady', message: '操作没有成功，请重试' } })
    this.#orders.clear()
    if (this.#closing) return
    const now = Date.now()
    this.#restarts.push(now)
    const recent = this.#restarts.filter((at) => now - at < 60_000)
    if (recent.length > maxRestartsPerMinute || !this.#open) {
      const error = { code: 'BackendBroken', message: '后台程序反复退出，请重新启动电脑；仍不成功请联系管理员' }
      return this.#heard({ type: 'failed', error })
    }
    // A database that had been made is there by now.
    this.#open = this.#open.type === 'open' ? { ...this.#open, create: false } : { ...this.#open, joined: false }
    void this.#ask(this.#open).then((state) => {
      if (state.phase !== 'ready') return
      for (const window of this.#windows) this.connect(window)
      for (const display of this.#displays) this.connectDisplay(display)
    })
  }
}

const thrown = ({ code, message, field }: CallFailure): DomainError =>
  new DomainError(code, message, field === undefined ? {} : { field })
