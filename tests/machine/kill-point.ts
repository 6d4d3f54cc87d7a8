/**
 * Where a process under test ends by SIGKILL: before the n-th call that changes a file or the database since it was armed.
 * To be imported before anything that takes `node:fs` apart.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module'

const fs = createRequire(import.meta.url)('node:fs') as Record<string, (...given: unknown[]) => unknown>
const changing = ['renameSync', 'rmSync', 'writeSync', 'copyFileSync', 'fsyncSync', 'openSync', 'ftruncateSync']

let armed = false
let killAt = 0
let seen = 0

function pass(): void {
  if (armed && ++seen === killAt) process.kill(process.pid, 'SIGKILL')
}

for (const name of changing) {
  const original = fs[name]
  if (!original) throw new Error(`no fs.${name}`)
  fs[name] = (...given) => {
    pass()
    return original(...given)
  }
}
syncBuiltinESMExports()

/** Counts from here on. @param at which call is the last; 0 for none */
export function arm(at: number): void {
  killAt = at
  armed = true
}

/** How many calls there were. */
export const counted = (): number => seen

/** Counts each statement that writes as well, BEGIN and COMMIT among them. */
export function countStatements(sqlite: { prepare(sql: string): object }): void {
  const kind = Object.getPrototypeOf(sqlite.prepare('SELECT 1')) as { run(...given: unknown[]): unknown }
  const { run } = kind
  kind.run = function (this: unknown, ...given: unknown[]) {
    pass()
    return run.apply(this, given)
  }
}
