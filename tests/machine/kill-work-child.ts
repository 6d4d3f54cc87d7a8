/**
 * A hall at work that ends by SIGKILL at the n-th change of a file or the database. Arguments: act, n, data folder, time
 * (epoch ms), address of headquarters. Each receipt number is told the moment its transaction is through: `given SJ…`; at the end `done n`.
 */
import { arm, counted, countStatements } from './kill-point.ts'
import { openTestHall } from '../support/hall.ts'
import { comeTogether, meet } from './meeting.ts'
import { giveReceipt } from './support.ts'

const [act = '', at = '0', folder = '', now = '0', url = ''] = process.argv.slice(2)
const hall = await openTestHall({ folder, now: Number(now), empty: true })
countStatements(hall.hall.environment.sqlite)
const give = () => void process.stdout.write(`given ${giveReceipt(hall)}\n`)

if (act === 'together') {
  meet(hall, url)
  arm(Number(at))
  await comeTogether(hall)
  give()
  await comeTogether(hall)
} else {
  arm(Number(at))
  // The disk has no room: what the log's file still has is used up, then everything is refused.
  for (let i = 0, refused = 0; i < 400 && refused < 3; i++) {
    try {
      give()
    } catch {
      refused += 1
    }
  }
}
process.stdout.write(`done ${counted()}\n`)
process.exit(0)
