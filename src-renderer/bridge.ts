/** The typed way down to the backend. Arguments and results come from the same schemas on both floors. */
import type { Desktop, HallBridge } from '../src-main/app/api.ts'
import { servedBy } from './shell/service-time.ts'
import type { CallDefinition, CallFailure, InputOf, OutputOf } from '../src-main/platform/contract.ts'

declare global {
  interface Window {
    readonly hall: HallBridge
  }
}

/** A call that failed: `message` is Chinese and says what to mend. */
export class CallError extends Error {
  readonly code: string
  readonly field: string | undefined
  readonly details: unknown
  constructor({ code, message, field, details }: CallFailure) {
    super(message)
    this.name = 'CallError'
    this.code = code
    this.field = field
    this.details = details
  }
}

/** Whatever was thrown, as an error a clerk can read. */
export function asCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown
  const failure = thrown as Partial<Record<keyof CallFailure, unknown>> | null
  if (typeof failure?.code === 'string' && typeof failure.message === 'string') {
    const { code, message, field, details } = failure
    return new CallError({ code, message, details, ...(typeof field === 'string' ? { field } : {}) })
  }
  return new CallError({
    code: 'ScreenFault',
    message: '页面出现故障，请重试；仍不行请重新打开本页',
    details: String(thrown),
  })
}

/** All that stands in the way of what was sent, not the first of it alone: what is mended one by one is sent as often. */
export function obstaclesOf({ code, message, details }: CallError): string {
  if (code !== 'InvalidInput' || !Array.isArray(details)) return message
  const said = (one: unknown): string[] => {
    const words: unknown = typeof one === 'object' && one !== null && 'message' in one ? one.message : null
    return typeof words === 'string' && words !== '' ? [words] : []
  }
  return [...new Set([message, ...details.flatMap(said)])].join('；')
}

/** A copy without Vue's reactive proxies, which cannot cross to the other floor. Bytes stay as they are. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

let asked = 0
/** How many calls of this window wait for their answer, of the backend or of the desktop: what a page still loads. */
export const callsUnderWay = (): number => asked

/** A page that waits for this is at work, so that keys typed ahead are kept for it: an answer, or the code of a part of it. */
export function awaited<T>(work: Promise<T>): Promise<T> {
  asked += 1
  return work.finally(() => (asked -= 1))
}

let session: string | null = null
/** Set at login, cleared at logout; sent with every call, and known to the program around the window for what it does with data. */
export function useSessionToken(token: string | null): void {
  session = token
  window.hall.identify(token)
}

let hearLost: (error: CallError) => boolean = () => false
/** Hears of each call that was refused because nobody is at work any more, or the session is locked: turns the screen, or not. */
export const onSessionLost = (listener: (error: CallError) => boolean): void => void (hearLost = listener)

const turned = new WeakSet<CallError>()
/** Whether the screen has been turned by this failure, or nobody is concerned by it any more: nothing is left to tell. */
export const turnedScreen = (error: CallError): boolean => turned.has(error)

/**
 * What a call says about the session changes the screen at once, whoever asked: a lamp that looks by itself, or a list behind
 * the page. What was asked in a session before this one says nothing about it.
 */
function heard(thrown: unknown, asker: string | null): CallError {
  const error = asCallError(thrown)
  const about = error.code === 'NotSignedIn' || error.code === 'SessionLocked'
  if (about && asker !== null && (asker !== session || hearLost(error))) turned.add(error)
  return error
}

type Definitions<Room> = { [K in keyof Room as Room[K] extends CallDefinition ? K : never]: Room[K] }
type VerbOf<D> = D extends CallDefinition<`${string}.${infer Verb}`> ? Verb : never
/** The calls of a room by their verbs: `api.supply.resume(input)`. */
export type Client<Room> = {
  [K in keyof Definitions<Room> as VerbOf<Definitions<Room>[K]>]: (
    input: InputOf<Definitions<Room>[K]>,
  ) => Promise<OutputOf<Definitions<Room>[K]>>
}

/**
 * The calls of a room. Only the room's name is known at run time, its types come from its `api.ts`: a window loads no
 * schema to send a call, since the backend parses every one.
 */
export function client<Room>(room: string): Client<Room> {
  const send = (call: string) => (input: unknown) => {
    const asker = session
    return awaited(
      window.hall.call(call, plain(input), asker).then(
        (answer) => {
          servedBy(call, (name, said) => window.hall.call(name, said, asker))
          return answer
        },
        (thrown: unknown) => Promise.reject(heard(thrown, asker)),
      ),
    )
  }
  // `then` must not look like a promise to whoever awaits the client by mistake.
  return new Proxy({} as Client<Room>, {
    get: (_, verb) => (typeof verb === 'string' && verb !== 'then' ? send(`${room}.${verb}`) : undefined),
  })
}

const desktopCalls: Desktop = new Proxy({} as Desktop, {
  get: (_, name: keyof Desktop) => {
    const ask = window.hall.desktop[name] as (...args: unknown[]) => Promise<unknown>
    return (...args: unknown[]) => awaited(ask(...args))
  },
})
/** The desktop's functions: printers, papers, files. A list of printers may take seconds to come. */
export const desktop = (): Desktop => desktopCalls
