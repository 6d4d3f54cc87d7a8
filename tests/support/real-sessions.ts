/** A hall with real sessions: people log in with passwords as at the counter. Other tests take a role for a token. */
import { sessionOf, strangeToken } from '../../src-main/access/service.ts'
import type { CallDefinition, CallReply, InputOf, OutputOf } from '../../src-main/platform/contract.ts'
import type { z } from 'zod'
import { CallFailed, openTestHall, type TestHall } from './hall.ts'

export interface Window {
  /** The token the window keeps in memory. */
  token: string | null
  call<D extends CallDefinition<string, z.ZodType, z.ZodType>>(definition: D, input: InputOf<D>): Promise<OutputOf<D>>
  reply(name: string, input: unknown): Promise<CallReply>
}

export interface RealHall extends TestHall {
  window(): Window
}

export async function openRealHall(
  options: { empty?: boolean; quietMs?: number; jumpMs?: number } = {},
): Promise<RealHall> {
  const hall = await openTestHall({ ...options, sessionOf, strangeToken })
  return Object.assign(hall, {
    window(): Window {
      const window: Window = {
        token: null,
        reply: (call, input) => hall.hall.handle({ id: 1, call, input, session: window.token }),
        async call(definition, input) {
          const reply = await window.reply(definition.name, input)
          if (!reply.ok) throw new CallFailed(reply.error)
          return reply.output as OutputOf<typeof definition>
        },
      }
      return window
    },
  })
}
