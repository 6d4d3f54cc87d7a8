// Knowing that nothing changed: fingerprints of files, kept in a stamp beside what was made from them.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * Every file under the given paths, sorted, folders walked through. A path that does not exist counts as nothing.
 * @param {string[]} paths
 * @returns {string[]}
 */
export function filesUnder(paths) {
  /** @type {string[]} */
  const found = []
  for (const each of paths) {
    const stat = fs.statSync(each, { throwIfNoEntry: false })
    if (stat?.isFile()) found.push(each)
    else if (stat?.isDirectory()) found.push(...filesUnder(fs.readdirSync(each).map((name) => path.join(each, name))))
  }
  return found.sort()
}

/**
 * One hash over names and contents: a renamed, added, removed or altered file changes it, a touched one does not.
 * @param {string[]} paths files and folders
 * @param {string} base names are taken relative to it, so that a moved checkout keeps its fingerprint
 * @param {string} [extra] anything else the result depends on
 */
export function fingerprint(paths, base, extra = '') {
  const hash = createHash('sha256').update(extra)
  for (const file of filesUnder(paths)) {
    const content = fs.readFileSync(file)
    hash.update(`\0${path.relative(base, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** @param {string} file @returns {string} the stamp, or '' where there is none */
export function readStamp(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** Written whole or not at all, so that a stamp never vouches for less than it says. @param {string} file @param {string} value */
export function writeStamp(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  fs.writeFileSync(temporary, `${value}\n`)
  fs.renameSync(temporary, file)
}

/**
 * Whether the packages on disk are those of package-lock.json, read from npm's own record of what it installed
 * (node_modules/.package-lock.json). Lets a tree that was installed by hand be kept instead of thrown away by `npm ci`.
 * Optional packages of other platforms may be missing; anything else missing, extra or of another version is a no.
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} lock
 * @param {{ packages?: Record<string, { version?: string }> }} installed
 */
export function installedMatches(lock, installed) {
  const wanted = lock.packages ?? {}
  const have = installed.packages ?? {}
  for (const [where, entry] of Object.entries(wanted)) {
    if (where === '') continue
    if (have[where] === undefined) {
      if (!entry.optional && !entry.devOptional) return false
    } else if (have[where].version !== entry.version) return false
  }
  return Object.keys(have).every((where) => wanted[where] !== undefined)
}
