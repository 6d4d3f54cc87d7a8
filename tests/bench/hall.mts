/** The measured hall: the real backend with every room and real logins, without a window. */
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { Login } from '../../src-main/access/api.ts'
import { sessionOf } from '../../src-main/access/service.ts'
import { demoStaff } from '../../src-main/access/set-up.ts'
import { startedClock, type Clock } from '../../src-main/platform/clock.ts'
import type { CallDefinition, HallEvent, InputOf, OutputOf, Role } from '../../src-main/platform/contract.ts'
import { openHall, type Hall } from '../../src-main/platform/hall.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'
import { rooms } from '../../src-main/rooms.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))
export const resources = fileURLToPath(new URL('../../resources', import.meta.url))

/** @param create the hall is made here, beside its new key */
export const openBench = (
  dataFolder: string,
  clock: Clock,
  onEvent?: (event: HallEvent) => void,
  create = false,
): Hall =>
  openHall({
    dataFolder,
    resources,
    key: openKey(dataFolder, { osStore: null }),
    clock,
    log: memoryLogger(),
    rooms,
    sessionOf,
    create,
    // The fixture's days are long past or still to come.
    clockLimits: { quietMs: Infinity, jumpMs: Infinity },
    ...(onEvent ? { onEvent } : {}),
  })

type AnyCall = CallDefinition<string, z.ZodType, z.ZodType>

/** A hall whose people have logged in. */
export interface Desk {
  readonly hall: Hall
  /** One call as a window makes it, without the message between the processes. @throws Error with the clerk's words */
  call<D extends AnyCall>(definition: D, input: InputOf<D>, role: Role): Promise<OutputOf<D>>
  /** The session of whoever has this role, as a window sends it. */
  session(role: Role): string | null
}

/** From Monday 2026-11-23, 09:00 in Asia/Shanghai. One for all figures: each finds the hall later than the one before. */
const clock = startedClock(Date.parse('2026-11-23T09:00:00+08:00'))

/** Opens the hall on a folder, in the morning. @param later ms by which it is later than by the clock of the others */
export async function openDesk(
  folder: string,
  onEvent?: (event: HallEvent) => void,
  later: () => number = () => 0,
): Promise<Desk> {
  const hall = openBench(folder, { now: () => clock.now() + later() }, onEvent)
  const tokens = new Map<Role, string>()
  let id = 0
  async function send<D extends AnyCall>(definition: D, input: InputOf<D>, session: string | null) {
    const reply = await hall.handle({ id: ++id, call: definition.name, input, session })
    if (!reply.ok) throw new Error(`${definition.name}: ${reply.error.message}`)
    return reply.output as OutputOf<D>
  }
  for (const { staffNo, password, roles } of demoStaff) {
    const answer = await send(Login, { staffNo, password }, null)
    if (!answer.ok) throw new Error(answer.message)
    for (const role of roles) tokens.set(role, answer.token)
  }
  const session = (role: Role) => tokens.get(role) ?? null
  return { hall, session, call: (definition, input, role) => send(definition, input, session(role)) }
}
