/**
 * One program at a time on a data folder, whoever started it and from wherever: two would run every job twice, and what one
 * writes while the other restores a backup would go into the file that was put aside. The lock is the system's own, so
 * whoever is killed gives it back.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDriver, type Sqlite } from './driver.ts'
import { DatabaseBusy } from './errors.ts'
import type { Logger } from './logging.ts'

/** How long a program that is just ending is waited for (ms). */
const patienceMs = 2_000

/**
 * Holds the folder until the answer is called. Where no lock can be had for another reason (a full disk, a folder that cannot
 * be written) the counter opens without.
 * @throws DatabaseBusy while another program holds it
 */
export function holdFolder(dataFolder: string, log?: Logger): () => void {
  let lock: Sqlite | undefined
  try {
    mkdirSync(dataFolder, { recursive: true })
    lock = openDriver(join(dataFolder, 'hall.lock'), { timeout: patienceMs })
    lock.exec('BEGIN EXCLUSIVE')
    const held = lock
    return () => void held.close()
  } catch (error) {
    lock?.close()
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw new DatabaseBusy()
    log?.warn('folder-not-held', { error: String(error) })
    return () => undefined
  }
}
