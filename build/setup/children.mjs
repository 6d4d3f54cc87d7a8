// Programs we start and must not leave behind: each in its own process group, ended with us however we end.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** Time a program gets to close its files before it is killed. */
const GRACE_MS = 5_000

/**
 * What is said on every machine without a desktop's services; none of it concerns the app. Chromium's own log lines are
 * noise unless they tell why there is no window.
 */
const NOISE = [
  /^\[\d+:\d+\/[\d.]+:(ERROR|WARNING):(?!.*(X server|sandbox helper))\S+\.cc\(\d+\)\]/,
  /^(Debugger listening on|For help, see: https:\/\/nodejs\.org|DevTools listening on)/,
  /(Gtk-WARNING|dconf-WARNING|GLib-GIO)/,
  /^npm warn /,
]

/** @param {string} line a line of a program's output */
export function isNoise(line) {
  return NOISE.some((pattern) => pattern.test(line))
}

/** @type {Set<Owned>} */
const running = new Set()
let watching = false

/**
 * @typedef {object} Owned
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} ended exit code; 128 + n for a signal
 * @property {() => Promise<void>} stop asks it to end, insists after a grace time
 */

/**
 * Starts a program in its own process group. It ends with us on Ctrl+C, SIGTERM, a normal end, and (Linux) SIGKILL.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Owned}
 */
export function own(command, args, { cwd, env, stdio = 'inherit' } = {}) {
  watch()
  const tether = pathOf('setpriv')
  const [program, words] = tether ? [tether, ['--pdeathsig', 'TERM', command, ...args]] : [command, args]
  const child = spawn(program, words, { cwd, env, stdio, detached: process.platform !== 'win32' })
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`)
      resolve(127)
    })
    child.once('exit', (code, signal) => {
      // What it left behind in its group goes with it.
      killGroup(child, 'SIGTERM')
      resolve(code ?? 128 + (signal === 'SIGKILL' ? 9 : 15))
    })
  })
  /** @type {Owned} */
  const owned = { child, ended, stop: () => stop(child, ended) }
  running.add(owned)
  void ended.then(() => running.delete(owned))
  return owned
}

/**
 * Starts a program as `own` does and passes its output on line by line, without the noise and what `onLine` takes.
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => boolean }} [options]
 * @returns {Owned}
 */
export function ownFiltered(command, args, { cwd, env, onLine } = {}) {
  const owned = own(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const passedOn = [
    passOn(owned.child.stdout, process.stdout, onLine),
    passOn(owned.child.stderr, process.stderr, onLine),
  ]
  return { ...owned, ended: owned.ended.then(async (code) => (await drained(passedOn), code)) }
}

/** @param {import('node:stream').Readable | null} from @param {NodeJS.WritableStream} to @param {(line: string) => boolean} [onLine] */
async function passOn(from, to, onLine) {
  if (!from) return
  for await (const line of createInterface({ input: from })) {
    if (isNoise(line) || onLine?.(line)) continue
    to.write(`${line}\n`)
  }
}

/** The pipes close with the last process that holds them; a stray one must not hold us. @param {Promise<void>[]} streams */
async function drained(streams) {
  await Promise.race([Promise.all(streams), new Promise((resolve) => setTimeout(resolve, 1_000).unref())])
}

/** @param {import('node:child_process').ChildProcess} child @param {Promise<number>} ended */
async function stop(child, ended) {
  // The program itself is asked and closes what it started, in its order; its group only once it is gone or does not hear.
  child.kill('SIGTERM')
  const insist = setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS)
  await ended
  clearTimeout(insist)
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function killGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}

/** Once: our end is theirs. */
function watch() {
  if (watching) return
  watching = true
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => void endAll().then(() => process.exit(code)))
  }
  process.on('exit', () => running.forEach(({ child }) => killGroup(child, 'SIGKILL')))
}

/** @type {Promise<void> | undefined} */
let ending
function endAll() {
  // Last started, first ended: the window before its display.
  ending ??= (async () => {
    for (const owned of [...running].reverse()) await owned.stop()
  })()
  return ending
}

/** Full path of a program on the PATH. @param {string} name @param {string} [paths] @returns {string | undefined} */
export function pathOf(name, paths = process.env.PATH ?? '') {
  return paths
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name))
    .find(isProgram)
}

/** A folder of the PATH that we may not read holds nothing for us. @param {string} file */
function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}
