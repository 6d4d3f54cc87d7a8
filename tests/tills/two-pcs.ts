/** A hall with its line open on loopback, and PCs that join it by code: real TLS, real hall. */
import { Login } from '../../src-main/access/api.ts'
import { setPassword } from '../../src-main/access/service.ts'
import type { CallDefinition, CallReply, HallEvent, InputOf, OutputOf } from '../../src-main/platform/contract.ts'
import { HostLine } from '../../src-main/tills/host-line.ts'
import { fingerprintOfPem, makeIdentity, type HostPlace, type Identity } from '../../src-main/tills/identity.ts'
import { deskOf } from '../../src-main/tills/desk.ts'
import { hostLineOf } from '../../src-main/tills/host.ts'
import { foundTill } from '../../src-main/tills/paired.ts'
import { joinHall, TillLine, type LineState, type TillLineOptions } from '../../src-main/tills/till-line.ts'
import type { Question } from '../../src-main/tills/wire.ts'
import type { z } from 'zod'
import { actorOf, CallFailed } from '../support/hall.ts'
import { openRealHall, type RealHall } from '../support/real-sessions.ts'

export const version = '1.0.0'
export const passwords = { cashier: 'Shou-Fei-26', 'hall-manager': 'Zhu-Ren-26x' } as const

export interface TwoPcs {
  readonly hall: RealHall
  readonly identity: Identity
  port: number
  line: HostLine
  /** Closes the line, and opens it again at the same port. */
  reopen(between?: () => Promise<void>): Promise<void>
  showCode(): string
  join(
    more?: Partial<Parameters<typeof joinHall>[0]>,
  ): Promise<{ place: HostPlace; identity: Identity; fingerprint: string }>
  till(place: HostPlace, identity: Identity, more?: Partial<TillLineOptions>): TillWindow
  close(): Promise<void>
}

export interface TillWindow {
  readonly line: TillLine
  readonly events: HallEvent[]
  readonly states: LineState[]
  /** Resolves when the line is in that state. */
  reaches(state: LineState['state']): Promise<LineState>
  token: string | null
  reply(call: string, input: unknown): Promise<CallReply>
  call<D extends CallDefinition<string, z.ZodType, z.ZodType>>(definition: D, input: InputOf<D>): Promise<OutputOf<D>>
  logIn(staffNo: keyof typeof passwords): Promise<void>
}

/** @param answer what the program around a till's window asks; nothing unless said */
export async function openTwoPcs(
  answer: (question: Question, till: string, hall: RealHall) => unknown = () => null,
): Promise<TwoPcs> {
  const hall = await openRealHall()
  hall.transact((context) => {
    foundTill(context, context.device.pcCode)
    for (const role of ['cashier', 'hall-manager'] as const) setPassword(context, actorOf(role).id, passwords[role])
  })
  const identity = await makeIdentity()
  const windows: TillWindow[] = []
  const open = (port: number) =>
    new HostLine({
      ...hostLineOf(hall.hall, { identity, port, version, answer: (asked, till) => answer(asked, till, hall) }),
      address: '127.0.0.1',
    })
  const pcs: TwoPcs = {
    hall,
    identity,
    port: 0,
    line: open(0),
    async reopen(between) {
      await pcs.line.close()
      await between?.()
      pcs.line = open(pcs.port)
      await pcs.line.listen()
    },
    showCode: () => deskOf(hall.hall.environment.sqlite).show(actorOf('hall-manager'), hall.clock.now()).code,
    async join(more = {}) {
      const own = more.identity ?? (await makeIdentity())
      const place = await joinHall({
        ...{ address: '127.0.0.1', port: pcs.port, code: more.code ?? pcs.showCode(), name: '二号窗口', identity: own },
        ...{ version, now: () => hall.clock.now() },
        ...more,
      })
      return { place, identity: own, fingerprint: fingerprintOfPem(own.certificate) }
    },
    till(place, own, more = {}) {
      const events: HallEvent[] = []
      const states: LineState[] = []
      const waiting: { state: string; resolve: (state: LineState) => void }[] = []
      const line = new TillLine({
        ...{ identity: own, host: place, version, now: () => hall.clock.now() },
        onEvent: (event) => events.push(event),
        onState(state) {
          states.push(state)
          for (const one of waiting.filter(({ state: wanted }) => wanted === state.state)) one.resolve(state)
        },
        ...more,
      })
      const window: TillWindow = {
        ...{ line, events, states, token: null },
        reaches: (state) =>
          new Promise((resolve) => {
            const last = states.at(-1)
            if (last?.state === state) resolve(last)
            else waiting.push({ state, resolve })
          }),
        reply: (call, input) => line.call({ id: 7, call, input, session: window.token }),
        async call(definition, input) {
          const reply = await window.reply(definition.name, input)
          if (!reply.ok) throw new CallFailed(reply.error)
          return reply.output as OutputOf<typeof definition>
        },
        async logIn(staffNo) {
          const answer = await window.call(Login, { staffNo, password: passwords[staffNo] })
          if (!answer.ok) throw new Error(answer.message)
          window.token = answer.token
        },
      }
      windows.push(window)
      return window
    },
    async close() {
      for (const { line } of windows) line.close()
      await pcs.line.close()
      await hall.close()
    },
  }
  pcs.port = await pcs.line.listen()
  return pcs
}
