// From a fresh clone to what a command needs. Every step is skipped when nothing changed since it was last done.
import fs from 'node:fs'
import { withLock } from './lock.mjs'
import { inRoot, node24, root } from './places.mjs'
import { chooseRuntime } from './runtime.mjs'
import { fingerprint, installedMatches, readStamp, writeStamp } from './stamps.mjs'
import { SetUpError, mustRun, say } from './steps.mjs'
import { ensureSystemPackages } from './system.mjs'

/** What the built app is made from. */
const BUILD_INPUTS = [
  'src-main',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
const BUILD_OUTPUTS = ['out/main/main.js', 'out/main/backend.js', 'out/preload/preload.js', 'out/renderer/index.html']

/** @typedef {'start' | 'test' | 'e2e' | 'demo' | 'dev' | 'bench' | 'dist'} Purpose */

/**
 * Does the set-up and says in one line which runtime is used.
 * @param {{ for: Purpose }} options
 * @returns {Promise<import('./runtime.mjs').Runtime>}
 * @throws {SetUpError} with what to do about it
 */
export async function ensureSetUp({ for: purpose }) {
  await ensureSystemPackages()
  await ensurePackages()
  const runtime = await chooseRuntime()
  // The development server builds by itself, again and again.
  if (purpose !== 'dev') await ensureBuild()
  return runtime
}

/** `npm ci` when the packages are not those of the lockfile. */
export async function ensurePackages() {
  const lockfile = inRoot('package-lock.json')
  const stamp = inRoot('node_modules', '.set-up')
  const wanted = fingerprint([lockfile], root)
  if (readStamp(stamp) === wanted) return
  await withLock(
    inRoot('.cache', 'packages.lock'),
    async () => {
      if (readStamp(stamp) === wanted) return
      if (!packagesMatch(lockfile)) {
        // None of the packages needs its install script; the driver's would compile what it already brings.
        say('installing npm packages (about a minute)')
        await mustRun('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root })
      }
      writeStamp(stamp, wanted)
    },
    () => say('waiting: another set-up is installing the packages'),
  )
  if (!fs.existsSync(node24))
    throw new SetUpError('Node 24 is not among the packages; was npm told to omit optional ones?')
  if (node24 === process.execPath && Number(process.versions.node.split('.')[0]) < 22) {
    throw new SetUpError(`Node ${process.versions.node} is too old here: install Node 22.12 or newer.`)
  }
}

/** @param {string} lockfile */
function packagesMatch(lockfile) {
  try {
    const installed = JSON.parse(fs.readFileSync(inRoot('node_modules', '.package-lock.json'), 'utf8'))
    return fs.existsSync(node24) && installedMatches(JSON.parse(fs.readFileSync(lockfile, 'utf8')), installed)
  } catch {
    return false
  }
}

/** `electron-vite build` when a source changed. */
export async function ensureBuild() {
  const stamp = inRoot('out', '.built')
  const current = () =>
    fingerprint(
      BUILD_INPUTS.map((name) => inRoot(name)),
      root,
    )
  const upToDate = () => readStamp(stamp) === current() && BUILD_OUTPUTS.every((file) => fs.existsSync(inRoot(file)))
  if (upToDate()) return
  await withLock(
    inRoot('.cache', 'build.lock'),
    async () => {
      if (upToDate()) return
      say('building the app')
      // Taken before the build: a source that changes meanwhile asks for another one next time.
      const made = current()
      fs.rmSync(stamp, { force: true })
      await mustRun('electron-vite build', node24, [viteScript(), 'build'], { cwd: root })
      writeStamp(stamp, made)
    },
    () => say('waiting: another set-up is building the app'),
  )
}

/** electron-vite's own script, to be run by Node 24. */
export function viteScript() {
  return inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
}

/**
 * Runs a command's main part: a set-up that fails says why without a stack, and ends with 1.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function entry(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    process.stderr.write(`[setup] ${error.message}\n`)
    process.exitCode = 1
  }
  // Nothing of ours may hold the command open once it has its answer.
  process.exit()
}

/**
 * Our environment with what the runtime and the display add. Left out: ELECTRON_RUN_AS_NODE, which would turn the window
 * into a Node. Our children write through us, so we tell them whether colours can be seen.
 * @param {NodeJS.ProcessEnv} additions
 * @returns {NodeJS.ProcessEnv}
 */
export function appEnvironment(additions) {
  const { ELECTRON_RUN_AS_NODE: _, FORCE_COLOR: __, ...env } = process.env
  return { ...env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }), ...additions }
}
