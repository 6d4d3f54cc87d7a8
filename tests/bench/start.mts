/** From the start of the program to a login page that takes keys, against an Electron that opens an empty window. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFirstScreen } from '../../build/setup/first-screen.mjs'
import { repository } from './hall.mts'
import { median, type Figure } from './measure.mts'

/** The app's runtime may need a driver of its own; this process, on Node, has the one that is shipped. */
const appDriver = process.env['HALL_SQLITE_DRIVER']
delete process.env['HALL_SQLITE_DRIVER']

/** Starts of each; the first of both is not counted, it fills the system's caches. */
const starts = 7
const targetRatio = 1.5
/** A start that takes longer is a failed one (ms). */
const limitMs = 60_000

/** The least a program with a window can be. It says when its page answered, in the words the app uses. */
const emptyApp = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false })
  window.once('ready-to-show', () => window.show())
  await window.loadURL('data:text/html,<input>')
  await window.webContents.executeJavaScript('!!document.querySelector("input")')
  process.stdout.write('first-screen ' + Math.round(process.uptime() * 1000) + ' -\\n')
})`

/** Starts a program and returns the milliseconds it says its first screen took. */
async function firstScreenOf(electron: string, app: string, env: NodeJS.ProcessEnv): Promise<number> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(electron, [...sandbox, app], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  try {
    let said = ''
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      said += String(chunk)
      const seen = said
        .split('\n')
        .slice(0, -1)
        .map(readFirstScreen)
        .find((one) => one !== undefined)
      if (seen) return seen.ms
    }
    throw new Error(`${app} never showed its first screen`)
  } finally {
    clearTimeout(timer)
    child.kill()
    await ended
  }
}

export async function startFigure(folder: string): Promise<Figure> {
  const electron = process.env['HALL_ELECTRON']
  if (!electron) throw new Error('HALL_ELECTRON names no Electron; run npm run bench')
  const empty = mkdtempSync(join(tmpdir(), 'hall-bench-empty-'))
  writeFileSync(join(empty, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.js' }))
  writeFileSync(join(empty, 'main.js'), emptyApp)
  const samples: number[] = []
  const baseline: number[] = []
  try {
    for (let n = 0; n <= starts; n++) {
      const ours = await firstScreenOf(electron, repository, {
        ...(appDriver === undefined ? {} : { HALL_SQLITE_DRIVER: appDriver }),
        HALL_DATA: folder,
        HALL_DEMO: '1',
        HALL_FIRST_SCREEN: join(empty, 'first.png'),
      })
      const bare = await firstScreenOf(electron, empty, {})
      if (n === 0) continue
      samples.push(ours)
      baseline.push(bare)
    }
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
  const ratio = median(samples) / median(baseline)
  return {
    name: 'start to usable login',
    what: `the real window on the hall of this run, until its login field takes keys, ${starts} starts; raw: the same Electron with an empty window, until its page answers`,
    samples,
    baseline,
    ratio,
    target: `median ≤ ${targetRatio} × empty`,
    met: ratio <= targetRatio,
  }
}
