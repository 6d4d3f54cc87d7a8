/** The typed way down to the backend. Arguments and results come from the same schemas on both floors. */
import type { HallBridge } from '../src-main/app/api.ts'
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

/** A copy without Vue's reactive proxies, which cannot cross to the other floor. Bytes stay as they are. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

let session: string | null = null
/** Set at login, cleared at logout; sent with every call. */
export function useSessionToken(token: string | null): void {
  session = token
}

type Definitions<Room> = { [K in keyof Room as Room[K] extends CallDefinition ? K : never]: Room[K] }
type VerbOf<D> = D extends CallDefinition<`${string}.${infer Verb}`> ? Verb : never
/** The calls of a room by their verbs: `api.supply.resume(input)`. */
export type Client<Room> = {
  [K in keyof Definitions<Room> as VerbOf<Definitions<Room>[K]>]: (
    input: InputOf<Definitions<Room>[K]>,
  ) => Promise<OutputOf<Definitions<Room>[K]>>
}

const isDefinition = (value: unknown): value is CallDefinition =>
  typeof value === 'object' && value !== null && 'name' in value && 'allow' in value && 'input' in value

export function client<Room extends Record<string, unknown>>(room: Room): Client<Room> {
  const calls: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const definition of Object.values(room).filter(isDefinition)) {
    const verb = definition.name.slice(definition.name.indexOf('.') + 1)
    calls[verb] = async (input) => {
      const send = () => window.hall.call(definition.name, plain(input), session)
      try {
        return await send()
      } catch (thrown) {
        const error = asCallError(thrown)
        // A look has no effect, so nobody need hear that the backend has just been started again.
        if (error.code !== 'BackendRestarted' || definition.kind !== 'read') throw error
        return await send().catch((again: unknown) => Promise.reject(asCallError(again)))
      }
    }
  }
  return calls as Client<Room>
}
