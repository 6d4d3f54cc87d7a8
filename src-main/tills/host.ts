/** Joins the line to the hall it serves: what a till asks is done at that till, and a new one is written down. */
import type { Actor } from '../platform/context.ts'
import type { Hall } from '../platform/hall.ts'
import { deskOf } from './desk.ts'
import type { HostLineOptions } from './host-line.ts'
import { joinTill, tillByFingerprint, type Joiner } from './paired.ts'

/** @param parts `answer`: what the program around a till's window asks, which other rooms know */
export function hostLineOf(
  hall: Hall,
  parts: Pick<HostLineOptions, 'identity' | 'port' | 'version' | 'answer' | 'address'>,
): HostLineOptions {
  const { environment } = hall
  const { sqlite, clock, log } = environment
  return {
    ...parts,
    log,
    now: () => clock.now(),
    desk: deskOf(sqlite),
    tillOf: (fingerprint) => tillByFingerprint(sqlite, fingerprint),
    join: (joiner, by) => joinAt(hall, joiner, by),
    handle: (request, till) => hall.handle(request, till),
  }
}

/** On record under whoever showed the code: the PC that joins has nobody at work yet. */
const joinAt = (hall: Hall, joiner: Joiner, by: Actor): string =>
  hall.transact('tills.joined', by, (context) => {
    const code = joinTill(context, joiner)
    context.audit({ subject: `till:${code}`, detail: { called: joiner.name } })
    context.emit({ event: 'changed', data: { room: 'tills' } })
    return code
  })
