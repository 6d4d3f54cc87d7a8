/** What goes over the line, as text: calls, answers and events unchanged, and the few words around them. */
import { z } from 'zod'
import type { CallFailure, CallReply, HallEvent } from '../platform/contract.ts'
import { shortText } from '../platform/contract.ts'

/** A message of a till (bytes). */
export const maxMessageBytes = 8 * 2 ** 20
/** A piece of a file (bytes): as text it is a third longer. */
export const maxPieceBytes = 2 ** 20
/** A message of a PC that is not paired (bytes). */
export const maxStrangerBytes = 4_096
/** How long an answer may be (bytes): a scan of 20 MB, as text. */
export const maxReplyBytes = 48 * 2 ** 20

const Version = z.string().min(1).max(40)
const Nonce = z.string().regex(/^[0-9a-f]{64}$/)
const Proof = Nonce

export const TillName = shortText('本机名称', 20)

/** What a till may say. */
export const FromTill = z.discriminatedUnion('t', [
  /** `run`: made anew at each start of the till's program, so that its numbers of calls mean something. */
  z.strictObject({ t: z.literal('hello'), version: Version, at: z.int(), run: z.string().min(8).max(64) }),
  z.strictObject({
    t: z.literal('call'),
    request: z.strictObject({
      id: z.int().min(0),
      call: z.string().max(100),
      input: z.unknown(),
      session: z.string().max(200).nullable(),
      again: z.literal(true).optional(),
    }),
  }),
  z.strictObject({
    t: z.literal('ask'),
    ask: z.int().min(0),
    question: z.discriminatedUnion('about', [
      z.strictObject({ about: z.literal('paper'), ticket: z.string().max(200) }),
      z.strictObject({ about: z.literal('session'), token: z.string().max(200) }),
      z.strictObject({
        about: z.literal('printing'),
        printingId: z.string().max(100),
        outcome: z.string().max(40),
        detail: z.string().max(1_000),
      }),
      /** A piece of a file that somebody at work there chose. */
      z.strictObject({
        about: z.literal('file'),
        token: z.string().max(200),
        file: z.uuid(),
        name: z.string().max(300),
        size: z.int().min(0),
        at: z.int().min(0),
        bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= maxPieceBytes),
      }),
    ]),
  }),
])
export type FromTill = z.output<typeof FromTill>
export type Question = Extract<FromTill, { t: 'ask' }>['question']

/** What a PC may say that wants to join. */
export const FromStranger = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('join'), version: Version, at: z.int(), nonce: Nonce }),
  z.strictObject({ t: z.literal('proof'), name: TillName, proof: Proof }),
])
export type FromStranger = z.output<typeof FromStranger>

export type FromHost =
  | { readonly t: 'welcome'; readonly till: string; readonly at: number }
  | { readonly t: 'refused'; readonly error: CallFailure }
  | { readonly t: 'reply'; readonly reply: CallReply }
  | { readonly t: 'event'; readonly event: HallEvent }
  | { readonly t: 'answer'; readonly ask: number; readonly value: unknown }
  | { readonly t: 'challenge'; readonly nonce: string }
  | { readonly t: 'joined'; readonly till: string; readonly proof: string }

/** What the joining PC reads before it trusts the host. */
export const FromUnprovedHost = z.discriminatedUnion('t', [
  z.object({ t: z.literal('refused'), error: z.object({ code: z.string().max(60), message: z.string().max(300) }) }),
  z.object({ t: z.literal('challenge'), nonce: Nonce }),
  z.object({ t: z.literal('joined'), till: z.string().regex(/^\d\d$/), proof: Proof }),
])

/** Bytes travel as text under this key; nothing else an input or answer holds is called so. */
const bytesKey = '\u0000bytes'

export function encode(message: FromHost | FromTill | FromStranger): string {
  return JSON.stringify(message, function (this: Record<string, unknown>, key, value: unknown) {
    // Asked of the holder: a Buffer has said its own JSON by the time it comes here.
    const held = this[key]
    return held instanceof Uint8Array ? { [bytesKey]: Buffer.from(held).toString('base64') } : value
  })
}

/** @throws SyntaxError for what is no message */
export function decode(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__') throw new SyntaxError('no such key')
    if (typeof value !== 'object' || value === null || !(bytesKey in value)) return value
    const { [bytesKey]: held } = value as Record<string, unknown>
    if (typeof held !== 'string') throw new SyntaxError('bytes are text')
    return new Uint8Array(Buffer.from(held, 'base64'))
  })
}
