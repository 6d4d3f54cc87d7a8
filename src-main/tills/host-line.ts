/**
 * The host's end of the line: TLS 1.3, a certificate on both sides. A stranger is heard only while a code is shown, and then
 * only about joining; a till is known by its certificate alone, whatever its messages say.
 */
import { constants, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Actor } from '../platform/context.ts'
import type { CallReply, CallRequest, HallEvent } from '../platform/contract.ts'
import { DomainError } from '../platform/errors.ts'
import type { Logger } from '../platform/logging.ts'
import { Answered } from './answered.ts'
import type { PairingDesk } from './desk.ts'
import {
  AlreadyTill,
  ClockApart,
  CodeWrong,
  LineRefused,
  PairingClosed,
  TillWithdrawn,
  VersionDiffers,
} from './errors.ts'
import { fingerprintOf, fingerprintOfPem, type Identity } from './identity.ts'
import type { Joiner, Till } from './paired.ts'
import { proofKey, proofOf, sameProof } from './proof.ts'
import { clocksAgree, gapWords } from './rules.ts'
import {
  decode,
  encode,
  FromStranger,
  FromTill,
  maxMessageBytes,
  maxStrangerBytes,
  type FromHost,
  type Question,
} from './wire.ts'

/** How long a connection may take to prove itself, and a PC to say what it wants (ms). */
const proveWithinMs = 5_000
/** How long a pairing may take once it has begun: a computation of a tenth of a second on each side (ms). */
const joinWithinMs = 20_000
/** How often a till is asked whether it is still there; a second silence ends the connection (ms). */
const pulseMs = 5_000
/** Connections that have not proved themselves: from one address, and in all. Tills that are on the line already lose nothing by them. */
const maxUnprovedOfOne = 6
const maxUnproved = 60
/** PCs that may be joining at once. */
const maxJoining = 4
/** Calls of one till that are answered at once, and that it may send in a second; what is more waits in its own PC. */
const maxAtOnce = 32
const maxPerSecond = 300
/** How long a last word may take to be heard (ms). */
const lastWordMs = 1_000
/** What may wait for a till that does not read (bytes). */
const maxUnread = 64 * 2 ** 20

export interface HostLineOptions {
  readonly identity: Identity
  readonly port: number
  /** For tests; every address of the PC unless said. */
  readonly address?: string
  readonly version: string
  readonly now: () => number
  readonly log: Logger
  readonly desk: PairingDesk
  readonly tillOf: (fingerprint: string) => Till | null
  /** Writes a new till down, for whoever showed the code. @throws DomainError */
  readonly join: (joiner: Joiner, by: Actor) => string
  readonly handle: (request: CallRequest, till: string) => Promise<CallReply>
  readonly answer: (question: Question, till: string) => unknown
}

export class HostLine {
  readonly #options: HostLineOptions
  readonly #server: Server
  readonly #fingerprint: string
  readonly #tillSockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  readonly #strangerSockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: maxStrangerBytes, perMessageDeflate: false },
  })
  /** By address and port of the other end. */
  readonly #unproved = new Map<string, Socket>()
  readonly #tills = new Map<string, WebSocket>()
  readonly #answered = new Answered()
  #joining = 0
  #closed = false

  constructor(options: HostLineOptions) {
    this.#options = options
    this.#fingerprint = fingerprintOfPem(options.identity.certificate)
    this.#server = createServer({
      cert: options.identity.certificate,
      key: options.identity.privateKey,
      minVersion: 'TLSv1.3',
      requestCert: true,
      // No authority signs these certificates: who it is is looked up by fingerprint once the other side has proved its key.
      rejectUnauthorized: false,
      // Every connection proves its key anew.
      secureOptions: constants.SSL_OP_NO_TICKET,
      handshakeTimeout: proveWithinMs,
      headersTimeout: proveWithinMs,
      requestTimeout: proveWithinMs,
      maxHeaderSize: 4_096,
      keepAlive: true,
    })
    this.#server.on('connection', (socket: Socket) => this.#meet(socket))
    this.#server.on('secureConnection', (socket: TLSSocket) => {
      if (this.#whoIs(socket) === null) socket.destroy()
    })
    this.#server.on('request', (request) => request.socket.destroy())
    this.#server.on('tlsClientError', (_, socket) => socket.destroy())
    this.#server.on('clientError', (_, socket) => socket.destroy())
    this.#server.on('upgrade', (request, socket, head) => {
      const who = this.#whoIs(socket)
      if (who === null) return void socket.destroy()
      const sockets = who.till ? this.#tillSockets : this.#strangerSockets
      sockets.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', () => ws.terminate())
        if (who.till) this.#hearTill(ws, who.till)
        else this.#hearStranger(ws, who.fingerprint)
        // Whoever got this far is watched by its own clock.
        this.#unproved.delete(endOf(socket as TLSSocket))
      })
    })
  }

  /** @returns the port it is heard on @throws the error of the system where the port is taken */
  listen(): Promise<number> {
    const { port, address } = this.#options
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () => {
        this.#server.off('error', reject)
        this.#server.on('error', (error) => this.#options.log.warn('line-error', { error: String(error) }))
        const bound = this.#server.address()
        resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
      })
    })
  }

  /** Tells every till on the line. */
  tell(event: HallEvent): void {
    for (const ws of this.#tills.values()) this.#send(ws, { t: 'event', event })
  }

  /** Ends the connection of a till that is none any more. */
  end(till: string): void {
    const ws = this.#tills.get(till)
    if (!ws) return
    this.#send(ws, { t: 'refused', error: new TillWithdrawn().toFailure() })
    ws.close()
  }

  async close(): Promise<void> {
    this.#closed = true
    const all = [...this.#tillSockets.clients, ...this.#strangerSockets.clients]
    // Whoever was just told why it is over gets to read it: a till that is withdrawn is often the last one.
    await Promise.all(all.filter((ws) => ws.readyState === ws.CLOSING).map((ws) => endedWithin(ws, lastWordMs)))
    for (const ws of all) ws.terminate()
    for (const socket of this.#unproved.values()) socket.destroy()
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  /** A connection that has proved nothing yet has few seconds and few neighbours. */
  #meet(socket: Socket): void {
    const end = endOf(socket)
    const ofOne = [...this.#unproved.values()].filter((one) => one.remoteAddress === socket.remoteAddress)
    // The oldest make room: whoever holds connections open in vain keeps nobody else out.
    if (ofOne.length >= maxUnprovedOfOne) ofOne[0]?.destroy()
    else if (this.#unproved.size >= maxUnproved) this.#unproved.values().next().value?.destroy()
    this.#unproved.set(end, socket)
    const late = setTimeout(() => {
      if (this.#unproved.get(end) === socket) socket.destroy()
    }, proveWithinMs)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(late)
      if (this.#unproved.get(end) === socket) this.#unproved.delete(end)
    })
  }

  /** Who is at the other end, by the certificate whose key it has proved; null for whom nothing is answered. */
  #whoIs(socket: Duplex): { readonly fingerprint: string; readonly till: Till | null } | null {
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
    if (!certificate) return null
    const fingerprint = fingerprintOf(certificate.raw)
    const till = this.#options.tillOf(fingerprint)
    if (till) return { fingerprint, till }
    const { desk, now } = this.#options
    return desk.hears(now()) ? { fingerprint, till: null } : null
  }

  #send(ws: WebSocket, message: FromHost): void {
    this.#put(ws, encode(message))
  }

  #put(ws: WebSocket, text: string): void {
    if (ws.readyState !== ws.OPEN) return
    if (ws.bufferedAmount > maxUnread) return ws.terminate()
    ws.send(text)
  }

  #refuse(ws: WebSocket, error: unknown): void {
    const refusal = error instanceof DomainError ? error : new LineRefused()
    if (!(error instanceof DomainError)) this.#options.log.error('line-fault', { error: String(error) })
    this.#send(ws, { t: 'refused', error: refusal.toFailure() })
    ws.close()
    // Whoever does not close from the other side is closed from this one.
    setTimeout(() => ws.terminate(), lastWordMs).unref()
  }

  /** @throws VersionDiffers · ClockApart */
  #agree(version: string, at: number): void {
    const { version: own, now } = this.#options
    if (version !== own)
      throw new VersionDiffers(`本机程序是 ${version} 版，主机是 ${own} 版，请安装与主机相同的版本后再试`)
    if (!clocksAgree(at, now())) {
      throw new ClockApart(`本机时间与主机相差 ${gapWords(at, now())}，请校准本机时间后再试（相差不得超过 2 分钟）`)
    }
  }

  #hearTill(ws: WebSocket, till: Till): void {
    const { code } = till
    const { desk, now, log } = this.#options
    let run: string | null = null
    let alive = true
    let underWay = 0
    let second = { began: 0, calls: 0 }
    const late = setTimeout(() => run ?? ws.terminate(), proveWithinMs)
    const pulse = setInterval(() => {
      if (!alive) return ws.terminate()
      alive = false
      ws.ping()
    }, pulseMs)
    ws.on('pong', () => (alive = true))
    ws.on('close', () => {
      clearTimeout(late)
      clearInterval(pulse)
      if (this.#tills.get(code) !== ws) return
      this.#tills.delete(code)
      desk.connected.delete(code)
      desk.changed()
    })
    const hold = () => {
      const at = performance.now()
      if (at - second.began >= 1_000) second = { began: at, calls: 0 }
      second.calls += 1
      if (second.calls === maxPerSecond) {
        ws.pause()
        setTimeout(
          () => {
            second = { began: performance.now(), calls: 0 }
            if (underWay < maxAtOnce) ws.resume()
          },
          Math.max(1, 1_000 - (at - second.began)),
        )
      } else if (underWay >= maxAtOnce) ws.pause()
    }
    const answered = () => {
      underWay -= 1
      if (underWay < maxAtOnce && second.calls < maxPerSecond) ws.resume()
    }
    ws.on('message', (data, binary) => {
      // What was read before the end may be told of after it.
      if (this.#closed) return
      alive = true
      let message: FromTill
      let said: unknown
      try {
        if (binary) throw new SyntaxError('text only')
        said = decode(textOf(data))
        if (run === null && FromStranger.safeParse(said).success) {
          return this.#refuse(ws, till.state === 'paired' ? new AlreadyTill() : new TillWithdrawn())
        }
        message = FromTill.parse(said)
        if ((run === null) !== (message.t === 'hello')) throw new SyntaxError('a line begins with one hello')
      } catch (error) {
        log.warn('line-nonsense', { till: code, error: String(error).slice(0, 200) })
        return ws.terminate()
      }
      // Asked anew at each message: a withdrawal counts from the moment it is written.
      if (this.#options.tillOf(till.fingerprint ?? '')?.state !== 'paired') return this.#refuse(ws, new TillWithdrawn())
      if (message.t === 'hello') {
        try {
          this.#agree(message.version, message.at)
        } catch (error) {
          return this.#refuse(ws, error)
        }
        run = message.run
        clearTimeout(late)
        this.#tills.get(code)?.terminate()
        this.#tills.set(code, ws)
        desk.connected.set(code, { version: message.version, since: now(), heardAt: now(), end: () => this.end(code) })
        desk.changed()
        return this.#send(ws, { t: 'welcome', till: code, at: now() })
      }
      const heard = desk.connected.get(code)
      if (heard) heard.heardAt = now()
      underWay += 1
      hold()
      if (message.t === 'ask') {
        const { ask, question } = message
        void Promise.resolve()
          .then(() => this.#options.answer(question, code))
          .catch((error: unknown) => void log.error('line-ask', { error: String(error) }))
          .then((value) => this.#send(ws, { t: 'answer', ask, value: value ?? null }))
          .finally(answered)
        return
      }
      const { request } = message
      // A repeated call whose first answer is known here, or still to come, gets that one: it is done once.
      const reply = this.#answered.once(code, run ?? '', request.id, request.again === true, async () =>
        encode({ t: 'reply', reply: await this.#options.handle(request as CallRequest, code) }),
      )
      void reply.then((text) => this.#put(ws, text)).finally(answered)
    })
  }

  #hearStranger(ws: WebSocket, fingerprint: string): void {
    if (this.#joining >= maxJoining) return this.#refuse(ws, new LineRefused('正在加入的电脑太多，请稍后再试'))
    this.#joining += 1
    const late = setTimeout(() => ws.terminate(), joinWithinMs)
    ws.on('close', () => {
      clearTimeout(late)
      this.#joining -= 1
    })
    let nonces: readonly [string, string] | null = null
    let proved = false
    ws.on('message', (data, binary) => {
      if (this.#closed) return
      const step = async () => {
        const parsed = FromStranger.safeParse(binary ? null : decode(textOf(data)))
        if (!parsed.success) return ws.terminate()
        const message = parsed.data
        if (message.t === 'join' && nonces === null) {
          this.#agree(message.version, message.at)
          const { desk, now } = this.#options
          if (!desk.isOpen(now())) desk.take(now())
          nonces = [message.nonce, randomBytes(32).toString('hex')]
          return this.#send(ws, { t: 'challenge', nonce: nonces[1] })
        }
        if (message.t !== 'proof' || nonces === null || proved) return ws.terminate()
        proved = true
        const joined = await this.#judge(nonces, { fingerprint, name: message.name }, message.proof)
        this.#send(ws, { t: 'joined', ...joined })
        ws.close()
      }
      step().catch((error: unknown) => (error instanceof SyntaxError ? ws.terminate() : this.#refuse(ws, error)))
    })
  }

  /** @throws CodeWrong · CodeUsed · CodeLocked · PairingClosed · AlreadyTill · HallFull */
  async #judge(nonces: readonly [string, string], joiner: Joiner, proof: string) {
    const { desk, now, tillOf, join, log } = this.#options
    const shown = desk.take(now())
    const key = await proofKey(shown.code, nonces)
    const seen = { host: this.#fingerprint, till: joiner.fingerprint, name: joiner.name }
    if (!sameProof(proof, proofOf(key, 'till', seen))) {
      log.warn('pairing-wrong-code', { tries: shown.tries })
      desk.changed()
      throw new CodeWrong()
    }
    if (shown.used || now() >= shown.until) throw new PairingClosed()
    if (tillOf(joiner.fingerprint)) throw new AlreadyTill()
    const till = join(joiner, shown.by)
    shown.used = true
    desk.changed()
    return { till, proof: proofOf(key, 'host', seen, till) }
  }
}

const textOf = (data: unknown): string => (data as Buffer).toString('utf8')
const endOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`

const endedWithin = (ws: WebSocket, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, ms)
    ws.once('close', () => (clearTimeout(late), resolve()))
  })
