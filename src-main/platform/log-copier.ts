/**
 * Entry of the copying thread: copies the write-ahead log into the database file over a connection of its own. A PASSIVE
 * copy takes no lock a commit waits for, so whoever pays meanwhile shares the disk with it and nothing else.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { openSqlite, type DatabaseKey, type Sqlite } from './database.ts'

export interface CopierOrder {
  readonly path: string
  readonly key: DatabaseKey
}
/** `copy`: what can be copied. `empty`: and the log gets the length of nothing. `end`: the thread lets go of the file and ends. */
export type CopierRequest = 'copy' | 'empty' | 'end'
export interface CopierAnswer {
  /** Whether nothing is left in the log that is not in the file. */
  readonly whole: boolean
  /** What the database threw; the next attempt may succeed. */
  readonly failed: string | null
}

/** What was committed during one pass is copied by the next, which is the shorter for it. */
const passes = 4

const { path, key } = workerData as CopierOrder
let sqlite: Sqlite | null = null

function pass(mode: 'PASSIVE' | 'TRUNCATE'): boolean {
  if (!sqlite) {
    sqlite = openSqlite({ path, key })
    // A reader or a writer is not waited for: whoever holds a lock meanwhile would make a payment wait.
    sqlite.pragma('busy_timeout = 0')
  }
  const [row] = sqlite.pragma(`wal_checkpoint(${mode})`) as { busy: number; log: number; checkpointed: number }[]
  return row?.busy === 0 && row.log === row.checkpointed
}

function answer(request: 'copy' | 'empty'): CopierAnswer {
  try {
    let whole = false
    for (let n = 0; n < passes && !whole; n++) whole = pass('PASSIVE')
    // With nothing left to copy it keeps the writer out for the moment of cutting off the file.
    return { whole: whole && (request === 'copy' || pass('TRUNCATE')), failed: null }
  } catch (error) {
    return { whole: false, failed: String(error) }
  }
}

parentPort?.on('message', (request: CopierRequest) => {
  if (request !== 'end') return parentPort?.postMessage(answer(request))
  sqlite?.close()
  parentPort?.close()
})
