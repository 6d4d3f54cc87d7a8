/**
 * A hall in a process of its own, to be killed: answers calls that come as messages. Started by `fork` with the data folder,
 * its key, the time at which its clock begins (epoch ms) and the room under test, the cash desk by default; a session token
 * is the actor as JSON. Only that room is loaded, so that it starts quickly.
 */
import type { Actor } from '../../src-main/platform/context.ts'
import type { CallRequest } from '../../src-main/platform/contract.ts'
import { openHall } from '../../src-main/platform/hall.ts'
import { memoryLogger } from '../../src-main/platform/logging.ts'

const [dataFolder = '', key = '', begin = '0', room = 'cashier'] = process.argv.slice(2)
const service = (await import(`../../src-main/${room}/service.ts`)) as Record<string, unknown>
const hall = openHall({
  dataFolder,
  resources: 'resources',
  key,
  clock: { now: () => Number(begin) + Math.floor(performance.now()) },
  log: memoryLogger(),
  rooms: [service],
  sessionOf: (_, token) => ({ actor: JSON.parse(token) as Actor, locked: false }),
})

process.on('message', (request: CallRequest) => {
  void hall.handle(request).then((reply) => process.send?.(reply))
})
process.send?.('open')
