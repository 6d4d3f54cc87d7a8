/** The real program in a real Electron window, on a demo hall of its own. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { demoStaff } from '../../../src-main/access/set-up.ts'
import { openSqlite, type Sqlite } from '../../../src-main/platform/database.ts'
import { openKey } from '../../../src-main/platform/keys.ts'
import { demoMorning, makeDemoHall, preparedVariable } from './demo-hall.ts'
import { noteKeys } from './key-log.ts'
import { endAll } from './processes.ts'

/** The app's runtime may need a driver of its own; this process, on Node, has the one that is shipped. */
const appDriver = process.env['HALL_SQLITE_DRIVER']
delete process.env['HALL_SQLITE_DRIVER']

/** The screen of this worker (build/setup/window-tests.mjs); none where the user's own is taken. */
const screens = (process.env['HALL_E2E_SCREENS'] ?? '').split(' ').filter(Boolean)
const screen = screens[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % Math.max(1, screens.length)]
if (screen !== undefined) process.env['DISPLAY'] = screen

export const repository = fileURLToPath(new URL('../../..', import.meta.url))

export { demoMorning } from './demo-hall.ts'

/** A program that is started again goes on at the time it has become: a clock that runs backwards is refused. */
let begun = Date.now()
const timeOfDay = (): string => new Date(Date.parse(demoMorning) + Date.now() - begun).toISOString()

/** The windows of this worker that have not been closed, each with its data folder. */
const running = new Map<Page, string>()
export const runningPages = (): Page[] => [...running.keys()]

/** Of a test that failed: what its windows show, said before its own hooks close them (each-file.ts). */
let beforeClosing: () => Promise<void> = () => Promise.resolve()
export const tellBeforeClosing = (tell: () => Promise<void>): void => void (beforeClosing = tell)

/** The programs of this worker that have not ended. */
const programs = new Set<ElectronApplication>()

/**
 * A file of tests begins in a worker that had another one before: at nine in the morning again, and alone on its screen,
 * whatever a failed test has left there.
 */
export async function beginFile(): Promise<void> {
  begun = Date.now()
  await Promise.all([...programs].map((program) => endAll(program.process())))
}

/** What the program itself wrote down as faults: its window says only that something went wrong. */
export function faultsOf(page: Page): string[] {
  const log = join(running.get(page) ?? '', 'logs', 'hall.log')
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  return lines.filter((line) => line.includes('"level":"error"')).slice(-5)
}

let prepared: Promise<string> | null = null

/** The small demo hall, made once for a run of tests (or here, where nobody has made one) and copied for each app. */
function preparedFolder(): Promise<string> {
  return (prepared ??= (async () => {
    const made = process.env[preparedVariable]
    if (made !== undefined) return made
    const folder = await makeDemoHall()
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
  })())
}

/** A demo hall of one's own, without the program. The caller removes it. */
export async function copyOfDemoHall(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hall-e2e-'))
  cpSync(await preparedFolder(), folder, { recursive: true })
  return folder
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly dataFolder: string
  /** Ends the program as a user would, and starts it again on the same data. */
  restart(more?: Pick<AppOptions, 'clock'>): Promise<RunningApp>
  /** Reads the database beside the running program. */
  query<Row>(sql: string, ...params: unknown[]): Row[]
  close(): Promise<void>
  /** SIGKILL for the program and every process of it, as when the power goes. */
  kill(): Promise<void>
}

export interface AppOptions {
  /** An existing data folder; a copy of the small demo hall when absent. `empty` begins with nothing. */
  readonly dataFolder?: string
  readonly empty?: boolean
  /** What a new hall is going to be protected with, so that its database can be read beside it. */
  readonly passphrase?: string
  readonly clock?: string
  readonly size?: { width: number; height: number }
  readonly env?: Record<string, string>
}

/**
 * `HALL_E2E_THROTTLE=4 npm run test:e2e -- tests/e2e/publicity` runs the windows four times slower than this PC (CPU
 * throttling of Chromium; the backend is not slowed). What holds at 4 holds on a slow counter and under load.
 */
const throttleRate = Number(process.env['HALL_E2E_THROTTLE'] ?? 1)

/** Slows a window's processor by this factor; 1 is full speed again. */
export async function throttle(page: Page, rate = throttleRate): Promise<void> {
  if (rate === throttleRate && rate === 1) return
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
}

/** How often and for how long (ms) a window is waited for that draws nothing. */
const drawings = 4
const drawingMs = 15_000

/**
 * A person types at what can be seen; Chromium may drop keys before it is. Without a window manager, as here, a window may
 * draw nothing until it is touched: it is hidden and shown, and that is said.
 */
async function drawn(electron: ElectronApplication, page: Page): Promise<void> {
  for (let n = 1; ; n++) {
    const seen = await page.evaluate(async (longest) => {
      const frames = new Promise<boolean>((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => done(true))),
      )
      const late = new Promise<boolean>((done) => setTimeout(done, longest, false))
      return { frames: await Promise.race([frames, late]), visibility: document.visibilityState }
    }, drawingMs)
    if (seen.frames) return
    if (n === drawings) throw new Error(`The window draws nothing: ${JSON.stringify(seen)}`)
    console.warn(`The window draws nothing, it is shown anew: ${JSON.stringify(seen)}`)
    await electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.hide()
        window.show()
      }
    })
  }
}

/** How often a window is looked at that stands open (ms). */
const lookMs = 10_000

/** A window may stop drawing later too: focus that waits for a picture, and whoever waits for a text, would wait for ever. */
function keepDrawn(electron: ElectronApplication, page: Page): void {
  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    void drawn(electron, page)
      // It was closed or loaded anew meanwhile; what it does not draw after all is told by the test that waits for it.
      .catch(() => undefined)
      .finally(() => (looking = false))
  }, lookMs)
  page.once('close', () => clearInterval(timer))
  timer.unref()
}

export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const dataFolder =
    options.dataFolder ?? (options.empty ? mkdtempSync(join(tmpdir(), 'hall-e2e-')) : await copyOfDemoHall())
  const executablePath = process.env['HALL_ELECTRON']
  if (!executablePath || !existsSync(executablePath)) throw new Error('HALL_ELECTRON names no Electron; run npm test')
  const electron = await _electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), process.env['HALL_APP'] ?? repository],
    env: {
      ...(process.env as Record<string, string>),
      ...(appDriver === undefined ? {} : { HALL_SQLITE_DRIVER: appDriver }),
      HALL_DATA: dataFolder,
      HALL_CLOCK: options.clock ?? timeOfDay(),
      ...options.env,
    },
  })
  programs.add(electron)
  electron.on('close', () => programs.delete(electron))
  const page = await electron.firstWindow()
  // What is waited for comes or does not; on a busy PC it comes late.
  page.setDefaultTimeout(90_000)
  running.set(page, dataFolder)
  page.on('close', () => running.delete(page))
  await drawn(electron, page)
  await noteKeys(page)
  await throttle(page)
  const { width, height } = options.size ?? { width: 1366, height: 768 }
  await electron.evaluate(
    // The notice board's display may stand there already.
    ({ BrowserWindow }, bounds) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.getTitle() !== '公示屏')
        ?.setBounds({ x: 0, y: 0, ...bounds }),
    { width, height },
  )
  await answerSaveDialogs(electron, join(dataFolder, 'papers'))
  // Resized, it is drawn once more.
  await drawn(electron, page)
  keepDrawn(electron, page)
  const close = async () => {
    await beforeClosing()
    await electron.close()
  }
  return {
    electron,
    page,
    dataFolder,
    restart: async (more = {}) => {
      await close()
      return startApp({ ...options, ...more, dataFolder })
    },
    query: (sql, ...params) => read(dataFolder, options.passphrase, sql, ...params),
    kill: () => endAll(electron.process()),
    close: async () => {
      await close()
      if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** A person who always saves where he is offered to, in `folder`. */
async function answerSaveDialogs(electron: ElectronApplication, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await electron.evaluate(({ dialog }, into) => {
    const answer = (...given: unknown[]) => {
      const { defaultPath = 'file' } = given.at(-1) as { defaultPath?: string }
      const filePath = `${into}/${defaultPath.split(/[\\/]/).at(-1) ?? ''}`
      return Promise.resolve({ canceled: false, filePath })
    }
    dialog.showSaveDialog = answer as unknown as typeof dialog.showSaveDialog
  }, folder)
}

/** Reads the database in a data folder, beside a running program or without one. */
export const queryOf = <Row>(dataFolder: string, sql: string, ...params: unknown[]): Row[] =>
  read(dataFolder, undefined, sql, ...params)

function read<Row>(dataFolder: string, passphrase: string | undefined, sql: string, ...params: unknown[]): Row[] {
  const sqlite: Sqlite = openSqlite({
    path: join(dataFolder, 'hall.db'),
    key: openKey(dataFolder, { osStore: null, ...(passphrase === undefined ? {} : { passphrase }) }),
    readonly: true,
  })
  try {
    return sqlite.prepare(sql).all(...params) as Row[]
  } finally {
    sqlite.close()
  }
}

export function passwordOf(staffNo: string): string {
  const found = demoStaff.find((member) => member.staffNo === staffNo)
  if (!found) throw new Error(`no demo staff ${staffNo}`)
  return found.password
}

/** Logs in at the login page by keyboard alone. */
export async function logIn(page: Page, staffNo: string): Promise<void> {
  // The lock screen, which may be on its way out, has a password field too.
  const form = page.locator('form', { has: page.locator('[data-field="staffNo"]') })
  await form.locator('[data-field="staffNo"]').fill(staffNo)
  await page.keyboard.press('Enter')
  await form.locator('[data-field="password"]').fill(passwordOf(staffNo))
  await page.keyboard.press('Enter')
  await gotIn(page, staffNo)
}

/** After weeks without an entry the clock is in doubt: an administrator says at the login page that it is right. */
export async function confirmClock(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '电脑时间可疑' }).waitFor()
  await page.getByText('时间无误，由管理员确认').click()
  await page.locator('[data-field="doubtStaffNo"]').fill('9001')
  await page.locator('[data-field="doubtPassword"]').fill(passwordOf('9001'))
  await page.locator('[data-field="doubtReason"]').fill('停业后开机')
  await page.getByRole('button', { name: '确认时间无误' }).click()
  await page.locator('[data-field="staffNo"]').waitFor()
}

/** Waits for the frame behind the login; a login that stays outside says what the screen shows. */
export async function gotIn(page: Page, staffNo: string): Promise<void> {
  try {
    await page.getByRole('navigation', { name: '业务' }).waitFor()
    // The first page has come: an address that is set before it, as no clerk can, is not heard by the router.
    await page.waitForFunction(() => document.title.includes(' - '))
  } catch (cause) {
    const shown = await page.evaluate(() => ({
      fields: [...document.querySelectorAll('input')].map(({ type, value }) => (type === 'password' ? '' : value)),
      focus: document.activeElement?.outerHTML.slice(0, 120),
      text: document.body.innerText,
    }))
    throw new Error(`${staffNo} did not get in; the screen: ${JSON.stringify(shown)}`, { cause })
  }
}
