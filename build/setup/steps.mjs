// Saying what is done, and doing it: one line per step, the output of a tool kept aside and shown only when it fails.
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'

/** Prints one line about what set-up does. @param {string} text */
export function say(text) {
  process.stdout.write(`[setup] ${text}\n`)
}

/** A set-up step that could not be done; its message tells the reader what to do. */
export class SetUpError extends Error {
  /** @param {string} message @param {string} [output] what the tool said */
  constructor(message, output = '') {
    super(output === '' ? message : `${message}\n${tail(output, 60)}`)
    this.name = 'SetUpError'
  }
}

/** The last `count` lines of a tool's output, as plain text. @param {string} text @param {number} count */
export function tail(text, count) {
  return stripVTControlCharacters(text).trimEnd().split('\n').slice(-count).join('\n')
}

/**
 * Runs a tool to its end without showing its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started, 124 when time ran out
 */
export function run(command, args, { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    let timedOut = false
    const killGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // The group has ended by itself.
      }
    }
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => ((timedOut = true), killGroup()), timeoutMs)
    const finish = (/** @type {number} */ code, /** @type {string} */ extra = '') => {
      clearTimeout(timer)
      process.off('exit', killGroup)
      resolve({ code, output: output + extra })
    }
    process.once('exit', killGroup)
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => finish(127, String(error)))
    child.once('close', (code) => finish(timedOut ? 124 : (code ?? 1)))
  })
}

/**
 * Runs a tool that must succeed.
 * @param {string} what for the message: "npm ci"
 * @param {string} command @param {string[]} args @param {Parameters<typeof run>[2]} [options]
 * @throws {SetUpError}
 */
export async function mustRun(what, command, args, options) {
  const { code, output } = await run(command, args, options)
  if (code !== 0) throw new SetUpError(`${what} failed (exit code ${code}).`, output)
  return output
}
