// Electron's own binary: found where its package puts it, or fetched, or known not to be fetchable just now.
import fs from 'node:fs'
import path from 'node:path'
import { cacheFolder, inRoot, node24 } from './places.mjs'
import { readStamp, writeStamp } from './stamps.mjs'
import { run, say } from './steps.mjs'

/** After a failure nobody waits for another attempt so long. */
export const RETRY_AFTER_MS = 6 * 60 * 60 * 1000
/** A host that does not answer by then counts as out of reach. */
const PROBE_LIMIT_MS = 8_000
/** A host that answers may be slow: about 110 MB. */
const FETCH_LIMIT_MS = 15 * 60 * 1000
const RELEASES = 'https://github.com/electron/electron/releases/download/'

const packageFolder = inRoot('node_modules', 'electron')

/** The version the product ships. */
export function electronVersion() {
  return /** @type {{ version: string }} */ (
    JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'))
  ).version
}

/** @param {string} [folder] the electron package @returns {string | undefined} path of its binary when it is there */
export function findElectron(folder = packageFolder) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const name = readStamp(path.join(folder, 'path.txt')) || (override ? 'electron' : '')
  if (name === '') return undefined
  const file = path.join(override ?? path.join(folder, 'dist'), name)
  return fs.existsSync(file) ? file : undefined
}

/**
 * Whether another attempt is due.
 * @param {string} note the remembered failure: "<version> <epoch ms>", '' when none
 * @param {string} version @param {number} now epoch ms
 */
export function attemptDue(note, version, now) {
  const [failedVersion, at] = note.split(' ')
  const age = now - Number(at)
  return failedVersion !== version || !(age >= 0 && age < RETRY_AFTER_MS)
}

/** @returns {Promise<string | undefined>} path of Electron's own binary, undefined when it cannot be had now */
export async function obtainElectron() {
  const found = findElectron()
  if (found) return found
  const version = electronVersion()
  const note = path.join(cacheFolder(), 'electron-fetch-failed')
  if (!attemptDue(readStamp(note), version, Date.now())) return undefined
  say(`fetching Electron ${version}`)
  if (await reachable(version)) {
    const { code } = await run(node24, [path.join(packageFolder, 'install.js')], { timeoutMs: FETCH_LIMIT_MS })
    const fetched = findElectron()
    if (code === 0 && fetched) {
      fs.rmSync(note, { force: true })
      return fetched
    }
  }
  say(`Electron ${version} could not be fetched; tried again after ${RETRY_AFTER_MS / 3_600_000} hours`)
  writeStamp(note, `${version} ${Date.now()}`)
  return undefined
}

/** Asked before the long download, whose own retries would hold an offline machine for minutes. @param {string} version */
async function reachable(version) {
  // Behind a proxy only the downloader itself can tell; its limit has to do.
  if (process.env.ELECTRON_GET_USE_PROXY) return true
  const env = process.env
  const mirror = env.npm_config_electron_mirror ?? env.NPM_CONFIG_ELECTRON_MIRROR ?? env.ELECTRON_MIRROR ?? RELEASES
  try {
    const answer = await fetch(`${mirror.replace(/\/?$/, '/')}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_LIMIT_MS),
    })
    return answer.ok || (env.ELECTRON_MIRROR !== undefined && answer.status < 500)
  } catch {
    return false
  }
}
