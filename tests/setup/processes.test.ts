/** Set-up leaves no locks and no programs behind, and two set-ups at once do the work once. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pathOf } from '../../build/setup/children.mjs'
import { openDisplay } from '../../build/setup/display.mjs'
import { isAlive, processIdentity, withLock } from '../../build/setup/lock.mjs'

const setup = resolve(import.meta.dirname, '../../build/setup')
let place = ''
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'setup-'))))
afterEach(() => rmSync(place, { recursive: true, force: true }))

describe('the lock', () => {
  test('lets one work at a time', async () => {
    const file = join(place, 'a.lock')
    let inside = 0
    let most = 0
    const work = () =>
      withLock(file, async () => {
        most = Math.max(most, ++inside)
        await sleep(20)
        inside--
      })
    await Promise.all([work(), work(), work()])
    expect(most).toBe(1)
    expect(existsSync(file)).toBe(false)
  })

  test('is free again after work that failed', async () => {
    const file = join(place, 'a.lock')
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(file, async () => 'done')).toBe('done')
  })

  test('of a killed set-up is taken over', async () => {
    const file = join(place, 'a.lock')
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    writeFileSync(file, `${dead}:12345`)
    expect(await withLock(file, async () => 'done')).toBe('done')
  })

  test('of a dead process whose number another one has now is taken over', async () => {
    writeFileSync(join(place, 'a.lock'), `${process.pid}:1`)
    expect(await withLock(join(place, 'a.lock'), async () => 'done')).toBe('done')
  })

  test('knows the living from the dead', () => {
    expect(isAlive(processIdentity(process.pid) ?? '')).toBe(true)
    expect(isAlive('0:')).toBe(false)
    expect(isAlive('')).toBe(false)
  })
})

describe.runIf(pathOf('Xvfb'))('the virtual display', () => {
  test('takes a free number, so that several can run at once, and leaves nothing behind', async () => {
    const [one, other] = await Promise.all([openDisplay({ alwaysVirtual: true }), openDisplay({ alwaysVirtual: true })])
    const traces = [one, other].flatMap(({ name }) => [
      `/tmp/.X11-unix/X${name.slice(1)}`,
      `/tmp/.X${name.slice(1)}-lock`,
    ])
    expect(one.name).toMatch(/^:\d+$/)
    expect(one.name).not.toBe(other.name)
    expect(traces.some(existsSync)).toBe(true)
    await Promise.all([one.stop(), other.stop()])
    expect(traces.some(existsSync)).toBe(false)
  })
})

describe.runIf(process.platform === 'linux' && pathOf('setpriv'))('a program we started', () => {
  // The child starts a grandchild in its group, as Electron does with its helpers.
  const family = `
    const { spawn } = require('node:child_process')
    const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    console.log('pids ' + process.pid + ' ' + helper.pid)
    setInterval(() => {}, 1000)`

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with its helpers when we get %s', async (signal) => {
    const { parent, pids } = await startFamily()
    parent.kill(signal)
    await once(parent, 'exit')
    expect(await stillRunning(pids)).toEqual([])
  })

  test('ends even when we are killed', async () => {
    const { parent, pids } = await startFamily()
    parent.kill('SIGKILL')
    expect(await stillRunning(pids.slice(0, 1))).toEqual([])
    pids.forEach((pid) => isAlive(processIdentity(pid) ?? '') && process.kill(pid))
  })

  async function startFamily() {
    const script = join(place, 'parent.mjs')
    writeFileSync(
      script,
      `import { ownFiltered } from ${JSON.stringify(join(setup, 'children.mjs'))}
       await ownFiltered(process.execPath, ['-e', ${JSON.stringify(family)}]).ended`,
    )
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = (await once(parent.stdout, 'data')) as [Buffer]
    const pids = String(said).trim().split(' ').slice(1).map(Number)
    expect(pids).toHaveLength(2)
    return { parent, pids }
  }

  /** Waits: the system tells of an end after the fact, and a busy one late. A zombie waits only for its reaper. */
  async function stillRunning(pids: number[]): Promise<number[]> {
    const running = () =>
      pids.filter((pid) => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout.toString()))
    for (let i = 0; i < 600 && running().length > 0; i++) await sleep(50)
    return running()
  }
})
