/**
 * A till's end of the line. It speaks to the one host whose certificate it keeps, and to nobody else; a broken line is taken
 * up again by itself, and what was not answered is asked once more with the same number.
 */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:tls'
import { WebSocket, type ClientOptions } from 'ws'
import type { CallFailure, CallReply, CallRequest, HallEvent, LineState } from '../platform/contract.ts'
import { HostUnproved, HostUnreachable, LineRefused, NotPaired, PairingClosed } from './errors.ts'
import { fingerprintOf, fingerprintOfPem, type HostPlace, type Identity } from './identity.ts'
import { proofKey, proofOf, sameProof } from './proof.ts'
import {
  decode,
  encode,
  FromUnprovedHost,
  maxReplyBytes,
  maxStrangerBytes,
  type FromHost,
  type FromTill,
  type Question,
} from './wire.ts'

/** How long a connection may take (ms). */
const connectWithinMs = 5_000
/** Nothing heard for this long, not even a pulse: the line is dead though nobody said so (ms). */
const silenceMs = 12_000
/** Pauses before the line is tried again (ms); the last one for ever after. */
const pauses = [100, 300, 1_000, 2_000, 3_000]
/** A refusal is asked about again this often: a clock is set right, a program is updated (ms). */
const refusedPauseMs = 5_000

export type { LineState }

export interface TillLineOptions {
  readonly identity: Identity
  readonly host: Pick<HostPlace, 'address' | 'port' | 'fingerprint'>
  readonly version: string
  readonly now: () => number
  readonly onEvent: (event: HallEvent) => void
  readonly onState: (state: LineState) => void
}

interface Waiting {
  readonly send: (again: boolean) => FromTill
  readonly settle: (value: unknown) => void
  readonly fail: (error: CallFailure) => void
  sent: boolean
  /** It is to write something: left without an answer, nobody knows whether it has. */
  readonly writes: boolean
}

interface Met {
  readonly ws: WebSocket
  /** SHA-256 of the certificate the other end proved its key for, hex; '' before that. */
  fingerprint: string
  /** It proved another certificate than the one expected. */
  strange: boolean
}

/** A connection to whoever proves the certificate expected (null: any, to be proved by what follows). Nobody else hears a word. */
function meet(
  { address, port, fingerprint }: Pick<HostPlace, 'address' | 'port'> & { readonly fingerprint: string | null },
  identity: Identity,
  maxPayload: number,
): Met {
  const met: { ws?: WebSocket } & Omit<Met, 'ws'> = { fingerprint: '', strange: false }
  const ws = new WebSocket(`wss://${address}:${port}`, {
    createConnection: (() => {
      const socket = connect({
        host: address,
        port,
        cert: identity.certificate,
        key: identity.privateKey,
        minVersion: 'TLSv1.3',
        // No authority stands behind these certificates: the fingerprint is compared.
        rejectUnauthorized: false,
      })
      // Small messages to and fro: none waits to be sent together with the next.
      socket.setNoDelay(true)
      socket.once('secureConnect', () => {
        const certificate = socket.getPeerX509Certificate()
        met.fingerprint = certificate ? fingerprintOf(certificate.raw) : ''
        met.strange = met.fingerprint === '' || (fingerprint !== null && met.fingerprint !== fingerprint)
        if (met.strange) socket.destroy(new Error('another certificate'))
      })
      return socket
    }) as unknown as ClientOptions['createConnection'],
    handshakeTimeout: connectWithinMs,
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload,
  })
  return Object.assign(met, { ws })
}

export class TillLine {
  readonly #options: TillLineOptions
  readonly #run = randomBytes(16).toString('hex')
  readonly #calls = new Map<number, Waiting>()
  readonly #asks = new Map<number, Waiting>()
  #next = 1
  #ws: WebSocket | null = null
  #open = false
  #failures = 0
  #refusal: CallFailure | null = null
  /** Changes given up without an answer since the line last held. */
  #unanswered = 0
  #closed = false
  #retry: NodeJS.Timeout | undefined
  #told: string | null = null

  constructor(options: TillLineOptions) {
    this.#options = options
    this.#connect()
  }

  /** Answered when the host has answered, however often the line breaks until then; refused where the host refuses this PC. */
  call(request: CallRequest): Promise<CallReply> {
    const number = this.#next++
    return new Promise((resolve) =>
      this.#ask(this.#calls, number, {
        send: (again) => ({
          t: 'call',
          request: { ...request, id: number, ...(again || request.again ? { again: true as const } : {}) },
        }),
        settle: (reply) => resolve({ ...(reply as CallReply), id: request.id }),
        fail: (error) => resolve({ id: request.id, ok: false, error }),
        sent: false,
        writes: typeof request.input === 'object' && request.input !== null && 'requestId' in request.input,
      }),
    )
  }

  /** What the program around the window asks; null where the host refuses this PC. */
  ask(question: Question): Promise<unknown> {
    const ask = this.#next++
    return new Promise((resolve) =>
      this.#ask(this.#asks, ask, {
        send: () => ({ t: 'ask', ask, question }),
        settle: resolve,
        fail: () => resolve(null),
        sent: false,
        writes: false,
      }),
    )
  }

  /** Nothing is asked any more; whoever still waits is told why. */
  close(reason: CallFailure = new HostUnreachable().toFailure()): void {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#ws?.terminate()
    this.#giveUp(reason)
  }

  #giveUp(reason: CallFailure): void {
    this.#unanswered += this.#sentWrites()
    for (const among of [this.#calls, this.#asks]) {
      for (const waiting of among.values()) waiting.fail(reason)
      among.clear()
    }
  }

  #sentWrites(): number {
    return [...this.#calls.values()].filter(({ sent, writes }) => sent && writes).length
  }

  #ask(among: Map<number, Waiting>, number: number, waiting: Waiting): void {
    if (this.#refusal) return waiting.fail(this.#refusal)
    among.set(number, waiting)
    if (this.#open) this.#send(waiting)
  }

  #send(waiting: Waiting): void {
    const again = waiting.sent
    waiting.sent = true
    this.#ws?.send(encode(waiting.send(again)))
  }

  #connect(): void {
    const { identity, host, version, now } = this.#options
    const met = meet(host, identity, maxReplyBytes)
    const { ws } = met
    ws.on('open', () => ws.send(encode({ t: 'hello', version, at: now(), run: this.#run })))
    this.#ws = ws
    let silent: NodeJS.Timeout | undefined
    const heard = () => {
      clearTimeout(silent)
      silent = setTimeout(() => ws.terminate(), silenceMs)
    }
    heard()
    ws.on('ping', heard)
    ws.on('error', () => ws.terminate())
    let refused: CallFailure | null = null
    ws.on('message', (data) => {
      heard()
      const message = decode((data as Buffer).toString('utf8')) as FromHost
      switch (message.t) {
        case 'welcome':
          return this.#welcomed()
        case 'refused':
          return void (refused = message.error)
        case 'reply':
          return take(this.#calls, message.reply.id)?.settle(message.reply)
        case 'answer':
          return take(this.#asks, message.ask)?.settle(message.value)
        case 'event':
          return this.#options.onEvent(message.event)
        case 'challenge':
        case 'joined':
          return
      }
    })
    ws.on('close', () => {
      clearTimeout(silent)
      const wasOpen = this.#open && this.#ws === ws
      if (this.#ws === ws) this.#open = false
      if (this.#closed) return
      if (met.strange)
        refused = new HostUnproved('这个地址上的电脑不是本厅主机，本机没有连接。请报告公司信息部门').toFailure()
      // The host it knows hung up before a word was said: perhaps it does not know this PC any more.
      this.#lost(refused, met.fingerprint !== '' && !wasOpen ? new NotPaired().message : new HostUnreachable().message)
    })
  }

  #welcomed(): void {
    this.#open = true
    this.#failures = 0
    this.#refusal = null
    this.#unanswered = 0
    this.#tell({ state: 'open', message: '', code: null, unanswered: 0 })
    for (const waiting of [...this.#calls.values(), ...this.#asks.values()]) this.#send(waiting)
  }

  #lost(refused: CallFailure | null, message: string): void {
    if (refused) {
      this.#refusal = refused
      // The window is told before its calls fail, so that their failures find it turned.
      const unanswered = this.#unanswered + this.#sentWrites()
      this.#tell({ state: 'refused', message: refused.message, code: refused.code, unanswered })
      this.#giveUp(refused)
    } else if (!this.#refusal) this.#tell({ state: 'lost', message, code: null, unanswered: this.#sentWrites() })
    const pause = refused ? refusedPauseMs : (pauses[Math.min(this.#failures, pauses.length - 1)] ?? 0)
    this.#failures += 1
    this.#retry = setTimeout(() => this.#connect(), pause)
  }

  #tell(state: LineState): void {
    const told = JSON.stringify(state)
    if (told === this.#told) return
    this.#told = told
    this.#options.onState(state)
  }
}

function take(among: Map<number, Waiting>, number: number): Waiting | undefined {
  const found = among.get(number)
  among.delete(number)
  return found
}

/** What the host refused for, at the field where it is mended. */
const refusalOf = ({ code, message }: { readonly code: string; readonly message: string }) =>
  new LineRefused(message, { details: code, ...(code.startsWith('Code') ? { field: 'code' } : {}) })

/** A hall of one PC listens to nobody while it shows no code: that is looked at before the cable. */
const nobodyHears = () =>
  new HostUnreachable(
    '连不上主机。请看主机「本厅电脑」是否正显示配对码（过期的要重新显示）、地址是否一致，再检查网线和主机防火墙',
    { field: 'address' },
  )

export interface Joining {
  readonly address: string
  readonly port: number
  readonly code: string
  readonly name: string
  readonly identity: Identity
  readonly version: string
  readonly now: () => number
}

/**
 * 加入本厅: proves the code over both certificates and learns what to keep of the host.
 * @throws what the host refuses for · HostUnreachable · HostUnproved where the other end does not know the code
 */
export function joinHall(joining: Joining): Promise<HostPlace> {
  const { address, port, code, name, identity, version, now } = joining
  const nonce = randomBytes(32).toString('hex')
  return new Promise((resolve, reject) => {
    let key: Buffer | null = null
    const met = meet({ address, port, fingerprint: null }, identity, maxStrangerBytes)
    const { ws } = met
    const end = (error: unknown) => {
      clearTimeout(late)
      reject(error instanceof Error ? error : new LineRefused())
      ws.terminate()
    }
    const late = setTimeout(() => end(nobodyHears()), 4 * connectWithinMs)
    ws.on('open', () => ws.send(encode({ t: 'join', version, at: now(), nonce })))
    // A host that shows no code hangs up on strangers without a word.
    const hungUp = () => end(met.fingerprint === '' ? nobodyHears() : new PairingClosed())
    ws.on('error', hungUp)
    ws.on('close', hungUp)
    const hear = async (text: string) => {
      const parsed = FromUnprovedHost.safeParse(decode(text))
      if (!parsed.success) return end(new HostUnproved())
      const message = parsed.data
      if (message.t === 'refused') return end(refusalOf(message.error))
      const host = met.fingerprint
      const seen = { host, till: fingerprintOfPem(identity.certificate), name }
      if (message.t === 'challenge') {
        key = await proofKey(code, [nonce, message.nonce])
        return ws.send(encode({ t: 'proof', name, proof: proofOf(key, 'till', seen) }))
      }
      if (!key || !sameProof(message.proof, proofOf(key, 'host', seen, message.till))) return end(new HostUnproved())
      resolve({ address, port, fingerprint: host, till: message.till, name })
      end(null)
    }
    ws.on('message', (data) => void hear((data as Buffer).toString('utf8')).catch(end))
  })
}
