/**
 * One act on a hall's files that ends by SIGKILL before the n-th call that changes a file, or runs to its end when there are
 * fewer. Arguments: act, n, data folder, more. At its end it says how many there were.
 */
import { arm, counted } from './kill-point.ts'
import { actorOf, mondayMorning, testKey } from '../support/hall.ts'
import { restorers } from './support.ts'

const [act = '', at = '0', folder = '', more = ''] = process.argv.slice(2)

const { pathsOf, openHall } = await import('../../src-main/platform/hall.ts')
const { finishRestore, restoreByProof } = await import('../../src-main/backup/restore.ts')
const { makeProvedCopy } = await import('../../src-main/backup/copy.ts')
const { memoryLogger } = await import('../../src-main/platform/logging.ts')
const paths = pathsOf(folder, act === 'upgrade' ? more : 'resources')

arm(Number(at))
if (act === 'restore') {
  const by = {
    staffNo: actorOf('administrator').staffNo,
    password: restorers.administrator,
    reason: '演练',
    second: { staffNo: actorOf('hall-manager').staffNo, password: restorers.manager },
    alone: false,
  }
  restoreByProof(paths, testKey, { fileName: more, by, at: mondayMorning })
} else if (act === 'backup') {
  makeProvedCopy({ source: paths.database, target: more, key: testKey })
} else {
  finishRestore(paths)
  const hall = openHall({
    dataFolder: folder,
    resources: paths.resources,
    key: testKey,
    clock: { now: () => mondayMorning + 3_600_000 },
    log: memoryLogger(),
    rooms: [],
    sessionOf: () => null,
  })
  await hall.close()
}
process.stdout.write(`done ${counted()}`)
