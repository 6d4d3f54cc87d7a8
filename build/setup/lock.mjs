// One maker at a time, across processes, also when one of them was killed.
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 300

/** Tells the waiting of one process apart. */
let taken = 0

/**
 * Identity of a running process that a reused process id cannot fake: id and, on Linux, its start time.
 * @param {number} pid @returns {string | undefined} undefined when no such process runs
 */
export function processIdentity(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return undefined
  }
  try {
    // The second field may hold spaces and brackets; the start time is the 20th after the last bracket.
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${pid}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return `${pid}:`
  }
}

/** @param {string} identity as `processIdentity` gave it */
export function isAlive(identity) {
  const pid = Number(identity.split(':')[0])
  return Number.isInteger(pid) && pid > 0 && processIdentity(pid) === identity
}

/**
 * Runs `work` while holding the lock file. Waits for a living holder; takes over from a dead one.
 * In the tiny window of a take-over two processes may both proceed: what they make must be put in place by an atomic
 * rename, so the worst is work done twice.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const me = processIdentity(process.pid) ?? `${process.pid}:`
  // Written aside and linked into place: a lock file is never seen empty.
  const mine = `${file}.${process.pid}.${++taken}`
  fs.writeFileSync(mine, me)
  try {
    let waited = false
    while (!tryLink(mine, file)) {
      if (!holderLives(file)) {
        fs.rmSync(file, { force: true })
        continue
      }
      if (!waited) onWait?.()
      waited = true
      await sleep(POLL_MS)
    }
  } finally {
    fs.rmSync(mine, { force: true })
  }
  const release = () => {
    try {
      if (fs.readFileSync(file, 'utf8') === me) fs.rmSync(file, { force: true })
    } catch {
      // Already gone: nothing to release.
    }
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** @param {string} from @param {string} to */
function tryLink(from, to) {
  try {
    fs.linkSync(from, to)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} file */
function holderLives(file) {
  try {
    return isAlive(fs.readFileSync(file, 'utf8'))
  } catch {
    return false
  }
}
