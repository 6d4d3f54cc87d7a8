// Where things lie. Nothing here touches the disk.
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

/** A path inside the checkout. @param {...string} parts */
export const inRoot = (...parts) => path.join(root, ...parts)

/** For our own TypeScript run by Node: the package has no type, since the shell of Electron is CommonJS. */
export const ownTypeScript = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON']

/**
 * The Node that runs the app's own tools. `npm run` may have started us on an older one, which the driver does not load on;
 * on 64-bit Linux a Node 24 is among the packages, elsewhere the one that runs us has to do.
 */
export const node24 =
  process.platform === 'linux' && process.arch === 'x64' ? inRoot('node_modules', '.bin', 'node') : process.execPath

/**
 * The user's cache folder for this product; what is costly to make is kept here, outside the checkout.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  const base =
    env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : path.join(homeOf(env), '.cache')
  return path.join(base, 'gas-hall-counter')
}

/** Raised when a demo hall made earlier cannot be opened any more: a new one is made beside it, and nothing is deleted. */
const demoFormat = 2

/**
 * The data folder the app opens: HALL_DATA, else the demo hall in the user's data folder.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function dataFolder(env = process.env) {
  if (env.HALL_DATA) return path.resolve(env.HALL_DATA)
  return path.join(homeOf(env), '.local', 'share', 'gas-hall-counter', `demo-${demoFormat}`)
}

/** @param {NodeJS.ProcessEnv} env */
function homeOf(env) {
  return env.HOME || os.homedir()
}
