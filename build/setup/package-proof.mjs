// What a package must be, tried on the package itself: its fuses, its first window, and that nothing from outside steers it.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

import { ownFiltered } from './children.mjs'
import { openDisplay } from './display.mjs'
import { appEnvironment } from './setup.mjs'
import { SetUpError, run, say } from './steps.mjs'
import { sandboxSwitches } from './system.mjs'

/** Without types of its own. */
const yaml = /** @type {{ load(text: string): unknown }} */ (createRequire(import.meta.url)('js-yaml'))

/** Of the window, from the product's name. */
const CLASS = '燃气营业厅柜面系统'
const WINDOW_LIMIT_MS = 120_000
/** A program that refuses its command line is gone long before. */
const REFUSAL_LIMIT_MS = 60_000

/** Fuses as electron-builder.yml names them, and as Electron does. */
const NAMES = /** @type {const} */ ({
  runAsNode: 'RunAsNode',
  enableCookieEncryption: 'EnableCookieEncryption',
  enableNodeOptionsEnvironmentVariable: 'EnableNodeOptionsEnvironmentVariable',
  enableNodeCliInspectArguments: 'EnableNodeCliInspectArguments',
  enableEmbeddedAsarIntegrityValidation: 'EnableEmbeddedAsarIntegrityValidation',
  onlyLoadAppFromAsar: 'OnlyLoadAppFromAsar',
  loadBrowserProcessSpecificV8Snapshot: 'LoadBrowserProcessSpecificV8Snapshot',
  grantFileProtocolExtraPrivileges: 'GrantFileProtocolExtraPrivileges',
})

/**
 * Reads the fuses back from the binary. @param {string} program @param {string} config path of electron-builder.yml
 * @returns {Promise<string[]>} what is not as the configuration says; empty when all is
 */
export async function wrongFuses(program, config) {
  const wanted = /** @type {{ electronFuses: Record<string, boolean> }} */ (yaml.load(fs.readFileSync(config, 'utf8')))
  const wire = await getCurrentFuseWire(program)
  return Object.entries(NAMES).flatMap(([name, fuse]) => {
    const should = wanted.electronFuses[name]
    if (should === undefined) return [`${name} is not decided in electron-builder.yml`]
    const is = wire[FuseV1Options[fuse]] === FuseState.ENABLE
    return is === should ? [] : [`${name} is ${is ? 'on' : 'off'}`]
  })
}

/**
 * @param {string} program @param {string} config
 * @throws {SetUpError} naming the first thing that does not hold
 */
export async function provePackage(program, config) {
  const wrong = await wrongFuses(program, config)
  if (wrong.length > 0) throw new SetUpError(`Fuses of the package: ${wrong.join(', ')}`)
  say('fuses of the package are as configured')
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hall-packaged-'))
  const display = await openDisplay({ alwaysVirtual: true })
  try {
    await proveRefusals(program, folder, display.name)
    await proveStart(program, folder, display.name)
  } finally {
    await display.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} program @param {string[]} words @param {NodeJS.ProcessEnv} env */
const launch = async (program, words, env) =>
  ownFiltered(program, [...(await sandboxSwitches()), ...words], { env: appEnvironment(env) })

/** @param {string} program @param {string} folder @param {string} screen */
async function proveRefusals(program, folder, screen) {
  const attempts = /** @type {const} */ ([
    [['--inspect=0'], {}],
    [['--inspect-brk=0'], {}],
    [['--remote-debugging-port=0'], {}],
    [['--remote-debugging-pipe'], {}],
    [['--disable-web-security'], {}],
    [['-e', 'process.exit(0)'], { ELECTRON_RUN_AS_NODE: '1' }],
  ])
  for (const [words, env] of attempts) {
    const app = await launch(program, [...words], { DISPLAY: screen, HALL_DATA: path.join(folder, 'refused'), ...env })
    const timer = setTimeout(() => void app.stop(), REFUSAL_LIMIT_MS)
    const code = await app.ended
    clearTimeout(timer)
    if (code !== 2) throw new SetUpError(`The package took ${words.join(' ')} (ended with ${code}).`)
  }
  if (fs.existsSync(path.join(folder, 'refused'))) throw new SetUpError('A refused start left data.')
  say(`the package refuses ${attempts.map(([[word]]) => word).join(' ')}`)
}

/** The first screen of a new PC, with every variable of tests set: none of them may have an effect. */
async function proveStart(/** @type {string} */ program, /** @type {string} */ folder, /** @type {string} */ screen) {
  const data = path.join(folder, 'data')
  const foreign = path.join(folder, 'foreign.js')
  const trace = path.join(folder, 'foreign-code-ran')
  const picture = path.join(folder, 'picture.png')
  fs.writeFileSync(foreign, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`)
  const app = await launch(program, [], {
    DISPLAY: screen,
    HALL_DATA: data,
    HALL_DEMO: '1',
    HALL_CLOCK: '2001-01-01T00:00:00Z',
    HALL_FIRST_SCREEN: picture,
    HALL_SQLITE_DRIVER: foreign,
    ELECTRON_RENDERER_URL: 'http://127.0.0.1:9/',
    NODE_OPTIONS: `--require ${foreign}`,
  })
  try {
    const begun = Date.now()
    while (!(await windowShown(screen))) {
      if (Date.now() - begun > WINDOW_LIMIT_MS) throw new SetUpError(`The packaged app showed no window: ${program}`)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    say(`the packaged app shows its first screen after ${((Date.now() - begun) / 1000).toFixed(1)} s`)
    for (const file of [trace, picture, path.join(data, 'key.json'), path.join(data, 'hall.db')]) {
      if (fs.existsSync(file)) throw new SetUpError(`A variable of tests was heeded: ${path.basename(file)} was made.`)
    }
    const group = /** @type {number} */ (app.child.pid)
    // The signal by which a running Node opens its inspector; a program that knows none may end by it.
    process.kill(group, 'SIGUSR1')
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    const open = listening(group)
    if (open.length > 0) throw new SetUpError(`The package listens at ${open.join(', ')}.`)
    say('no variable of tests is heeded, no port is open')
  } finally {
    await app.stop()
  }
}

/**
 * Whether the window of our class is shown, under a title that only the script of its page gives it. @param {string} screen
 */
async function windowShown(screen) {
  const tree = await run('xwininfo', ['-display', screen, '-root', '-tree'])
  const [, id] = new RegExp(`(0x[0-9a-f]+) ".+ - 燃气营业厅": \\("${CLASS}"`).exec(tree.output) ?? []
  if (id === undefined) return false
  return (await run('xwininfo', ['-display', screen, '-id', id, '-stats'])).output.includes('IsViewable')
}

/** Addresses at which the processes of this group listen, as the kernel writes them. @param {number} group */
export function listening(group) {
  const owned = new Set(
    fs.readdirSync('/proc').flatMap((pid) => {
      try {
        // After the name, which may hold anything: state, parent, group.
        const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
        if (Number(stat.split(' ')[2]) !== group) return []
        return fs.readdirSync(`/proc/${pid}/fd`).map((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`))
      } catch {
        return [] // No process, or one that has ended meanwhile.
      }
    }),
  )
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    const lines = fs.existsSync(table) ? fs.readFileSync(table, 'utf8').trim().split('\n').slice(1) : []
    return lines
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && owned.has(`socket:[${inode}]`))
      .map(([, address]) => String(address))
  })
}
