// Which Electron opens the app.
import { electronVersion, obtainElectron } from './electron-binary.mjs'
import { ensureKit } from './kit.mjs'
import { say } from './steps.mjs'

/**
 * @typedef {object} Runtime
 * @property {string} electronPath
 * @property {NodeJS.ProcessEnv} env what the app needs besides our own environment
 * @property {string} runtimeName for people
 * @property {boolean} fallback
 * @property {string} version of Electron
 */

/**
 * Electron's own binary always wins over the kit.
 * @param {string | undefined} ownPath @param {string} ownVersion
 * @param {import('./kit.mjs').Kit | undefined} kit
 * @returns {Runtime}
 */
export function describeRuntime(ownPath, ownVersion, kit) {
  if (ownPath !== undefined) {
    return {
      electronPath: ownPath,
      env: {},
      runtimeName: `Electron ${ownVersion}`,
      fallback: false,
      version: ownVersion,
    }
  }
  if (kit === undefined) throw new Error('no runtime to describe')
  return {
    electronPath: kit.electronPath,
    env: { HALL_SQLITE_DRIVER: kit.driverPath },
    runtimeName: `Electron ${kit.version} (fallback kit; Electron ${ownVersion} could not be fetched)`,
    fallback: true,
    version: kit.version,
  }
}

/** @returns {Promise<Runtime>} @throws {import('./steps.mjs').SetUpError} when neither can be had */
export async function chooseRuntime() {
  const ownPath = await obtainElectron()
  const runtime = describeRuntime(ownPath, electronVersion(), ownPath === undefined ? await ensureKit() : undefined)
  say(`Runtime: ${runtime.runtimeName}`)
  return runtime
}
