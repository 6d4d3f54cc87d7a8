/** A program of its own that runs the bills of the hall in the given folder, to be killed while it does. */
import { Run } from '../../src-main/billing/api.ts'
import { openTestHall } from '../support/hall.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('which folder?')
const hall = await openTestHall({ folder })
const told = setInterval(() => {
  const progress = hall.events.filter(({ event }) => event === 'progress').at(-1)
  if (progress?.event === 'progress') console.log(progress.data.done)
}, 1)
await hall.call(Run, {}, 'hall-manager')
clearInterval(told)
await hall.hall.close()
