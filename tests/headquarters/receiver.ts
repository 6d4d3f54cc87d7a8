/** Headquarters: a real HTTP server that keeps what halls send. For tests and the demo, not part of the product. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Fault } from './faults.ts'
import { answerFollows, batchSchema, routePattern, stateAnswers, statePattern, wrongParameters } from './openapi.ts'
import { Store, type Alarm, type Answer, type Batch, type Total } from './store.ts'

/** Bytes of a request before decompression. */
const maxRequestBytes = 8 * 1024 * 1024

export interface ReceiverOptions {
  /** SQLite file, or ':memory:'. */
  readonly file: string
  readonly token: string
  /** What happens to the next request; null for nothing. */
  readonly faults?: () => Fault | null
  readonly port?: number
  /** How long the fault `slow` takes (ms). */
  readonly slowMs?: number
}

export interface Receiver {
  /** To be set as `sync.url`. */
  readonly url: string
  /** Turnover per business date and account in fen. */
  totals(date?: string): Total[]
  /** Streams that miss rows; empty when all is well. */
  gaps(): { streamId: string; missing: number }[]
  /** Requests and answers that do not follow the document, with what is wrong; empty when all is well. */
  violations(): readonly string[]
  /** What headquarters has to look into, in words. */
  alarms(): readonly Alarm[]
  /** Requests seen so far. */
  requests(): number
  readonly store: Store
  close(): Promise<void>
}

export async function startReceiver({
  file,
  token,
  faults,
  port = 0,
  slowMs = 3_000,
}: ReceiverOptions): Promise<Receiver> {
  const store = new Store(file)
  const violations: string[] = []
  const timers = new Set<NodeJS.Timeout>()
  let requests = 0
  let before: (() => Answer) | null = null

  const understand = (request: IncomingMessage, body: Buffer): Answer | (() => Answer) => {
    const parts = routePattern.exec(request.url ?? '')?.groups
    if (request.headers.authorization !== `Bearer ${token}`) return { status: 401, body: { reason: 'unknown token' } }
    const wrong = parts ? wrongParameters(parts, request.headers) : ['path']
    const json: unknown = wrong.length === 0 ? JSON.parse(gunzipSync(body).toString('utf8')) : null
    const parsed = batchSchema.safeParse(json)
    if (!parsed.success) wrong.push(parsed.error.message)
    if (!parts || wrong.length > 0) {
      violations.push(wrong.join('; '))
      return { status: 400, body: { reason: wrong.join('; ') } }
    }
    return () => store.take(parts['deviceId'] ?? '', parts['streamId'] ?? '', json as Batch)
  }

  const reply = (response: ServerResponse, { status, body }: Answer): void => {
    if (!answerFollows(status, body)) violations.push(`answer ${status} ${JSON.stringify(body)}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  const tellState = (request: IncomingMessage, response: ServerResponse): void => {
    const known = request.headers.authorization === `Bearer ${token}`
    const parts = statePattern.exec(request.url ?? '')?.groups
    if (!parts) violations.push(`state ${request.url}`)
    const state =
      known && parts ? store.state(parts['deviceId'] ?? '', Number(parts['after']), parts['since'] ?? '') : null
    const status = !known ? 401 : state ? 200 : 404
    const body = state ?? { reason: known ? 'unknown device' : 'unknown token' }
    if (!answerFollows(status, body, stateAnswers)) violations.push(`state ${status} ${JSON.stringify(body)}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  const serve = (request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
    const fault = faults?.() ?? null
    if (fault === 'never') return
    if (fault === 'drop-before') return void request.socket.destroy()
    if (fault === 'error') return void response.writeHead(500).end('oops')
    if (fault === 'unavailable') return void response.writeHead(503).end()
    if (request.method === 'GET') return tellState(request, response)
    const understood = understand(request, body)
    if (typeof understood !== 'function') return reply(response, understood)
    const answer = understood()
    if (fault === 'duplicate') understood()
    if (fault === 'reorder') before?.()
    before = understood
    if (fault === 'drop-after') return void request.socket.destroy()
    if (fault === 'garbage') return void response.writeHead(200).end('<html>welcome</html>')
    if (fault === 'nonsense') return void response.writeHead(200).end('{"acknowledged":-3}')
    if (fault === 'half-answer') {
      response.writeHead(200, { 'content-length': '1000' }).write('{"ackno')
      return void timers.add(setTimeout(() => request.socket.destroy(), 20))
    }
    if (fault === 'slow') return void timers.add(setTimeout(() => reply(response, answer), slowMs))
    reply(response, answer)
  }

  const server = createServer((request, response) => {
    requests += 1
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      parts.push(part)
      if ((size += part.length) > maxRequestBytes) request.destroy()
    })
    request.on('error', () => undefined)
    request.on('end', () => {
      try {
        serve(request, response, Buffer.concat(parts))
      } catch (error) {
        violations.push(String(error))
        response.writeHead(500).end(String(error))
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    totals: (date) => store.totals(date),
    gaps: () => store.gaps(),
    violations: () => violations,
    alarms: () => store.alarms(),
    requests: () => requests,
    store,
    async close() {
      for (const timer of timers) clearTimeout(timer)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      store.close()
    },
  }
}
