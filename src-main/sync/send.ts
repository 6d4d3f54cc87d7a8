/** One batch over HTTP: compressed, with a limit on how long and how much headquarters may answer. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { shanghaiTime } from '../platform/dates.ts'
import type { Answer, NoAnswer } from './rules.ts'

const compress = promisify(gzip)

/** Nothing headquarters has to say is longer (bytes); more is garbage, and garbage can be endless. */
const maxAnswerBytes = 64 * 1024
/** A year of days, each in a line (bytes). */
const maxStateBytes = 512 * 1024

export interface Target {
  readonly url: string
  readonly token: string
  readonly deviceId: string
  readonly streamId: string
  readonly timeoutMs: number
}

export interface Sent {
  readonly answer: Answer
  /** Compressed bytes of the request. */
  readonly bytes: number
}

/** Never throws: whatever happens on the way is an `Answer`. */
export async function sendBatch(
  { url, token, deviceId, streamId, timeoutMs }: Target,
  batch: { from: number; to: number; body: string },
  stop: AbortSignal,
): Promise<Sent> {
  const body = new Uint8Array(await compress(batch.body))
  const answer = await ask(
    `${url.replace(/\/+$/, '')}/v1/devices/${deviceId}/streams/${streamId}/batches`,
    {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'idempotency-key': `${streamId}/${batch.from}-${batch.to}`,
      },
    },
    { timeoutMs, stop, maxBytes: maxAnswerBytes },
  )
  return { answer, bytes: body.length }
}

/** What headquarters knows of this device beyond a row, and of its days since an instant. Never throws. */
export function askState(
  { url, token, deviceId, timeoutMs }: Target,
  { after, since }: { after: number; since: number | null },
  stop: AbortSignal,
): Promise<Answer> {
  const query = new URLSearchParams({ after: String(after), since: shanghaiTime(since ?? 0).date })
  return ask(
    `${url.replace(/\/+$/, '')}/v1/devices/${deviceId}/state?${query}`,
    { headers: { authorization: `Bearer ${token}` } },
    { timeoutMs, stop, maxBytes: maxStateBytes },
  )
}

/**
 * One request with its answer. The limit is a timer of our own, held until the answer is there: a signal that only another
 * one refers to (`AbortSignal.any`) may be collected as garbage before its time, and the request then never ends.
 */
async function ask(
  address: string,
  request: RequestInit,
  { timeoutMs, stop, maxBytes }: { timeoutMs: number; stop: AbortSignal; maxBytes: number },
): Promise<Answer> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new DOMException('no answer in time', 'TimeoutError')), timeoutMs)
  const breakOff = () => limit.abort(stop.reason)
  stop.addEventListener('abort', breakOff)
  try {
    if (stop.aborted) return { kind: 'none', why: 'stopped' }
    // Another host must not be handed the token.
    const response = await fetch(address, { ...request, redirect: 'manual', signal: limit.signal })
    return { kind: 'answer', status: response.status, text: await shortText(response, maxBytes) }
  } catch (error) {
    return { kind: 'none', why: stop.aborted ? 'stopped' : whyNot(error) }
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', breakOff)
  }
}

async function shortText(response: Response, limit: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > limit) return ''
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}

const causes: Readonly<Record<string, NoAnswer>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  CERT_HAS_EXPIRED: 'certificate-date',
  CERT_NOT_YET_VALID: 'certificate-date',
  CERT_UNTRUSTED: 'certificate',
  CERT_REJECTED: 'certificate',
  CERT_REVOKED: 'certificate',
  CERT_SIGNATURE_FAILURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  // Something answers there, but not by TLS: a wrong port, or a receiver without https.
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  EPROTO: 'not-tls',
}

/** Why `fetch` brought no answer. */
export function whyNot(error: unknown): NoAnswer {
  const { name, cause } = error as { name?: string; cause?: { code?: string; errors?: { code?: string }[] } }
  if (name === 'TimeoutError') return 'timeout'
  // A host with several addresses fails with one error for each of them.
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? ''
  return causes[code] ?? 'broken'
}
