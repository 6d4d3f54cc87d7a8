/** The real program in a real Electron window, on a demo hall of its own. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { rooms } from '../../../src-main/rooms.ts'
import { sessionOf } from '../../../src-main/access/service.ts'
import { demoStaff } from '../../../src-main/access/set-up.ts'
import { seedDemoHall } from '../../../src-main/demo/seed.ts'
import { startedClock } from '../../../src-main/platform/clock.ts'
import type { Sqlite } from '../../../src-main/platform/database.ts'
import { openSqlite } from '../../../src-main/platform/database.ts'
import { openHall } from '../../../src-main/platform/hall.ts'
import { createKey, openKey } from '../../../src-main/platform/keys.ts'
import { memoryLogger } from '../../../src-main/platform/logging.ts'

/** The app's runtime may need a driver of its own; this process, on Node, has the one that is shipped. */
const appDriver = process.env['HALL_SQLITE_DRIVER']
delete process.env['HALL_SQLITE_DRIVER']

export const repository = fileURLToPath(new URL('../../..', import.meta.url))
const resources = join(repository, 'resources')

/** The window's day begins at nine in the morning, whenever the tests run. */
export const demoMorning = '2026-11-23T09:00:00+08:00'

/** Customers of the small demo hall that window tests use; the full one has two thousand. */
const testCustomers = 120

let prepared: Promise<string> | null = null

/** A small demo hall in a temporary folder, made once per test process and copied for each app. */
function preparedFolder(): Promise<string> {
  return (prepared ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hall-demo-'))
    const hall = openHall({
      dataFolder: folder,
      resources,
      key: createKey(folder, { kind: 'file' }),
      clock: startedClock(Date.parse(demoMorning) - 3_600_000),
      log: memoryLogger(),
      rooms,
      sessionOf,
    })
    await seedDemoHall(hall, undefined, { customers: testCustomers, months: 24, every: 2, seed: 7 })
    await hall.close()
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
  })())
}

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly dataFolder: string
  /** Ends the program as a user would, and starts it again on the same data. */
  restart(): Promise<RunningApp>
  /** Reads the database beside the running program. */
  query<Row>(sql: string, ...params: unknown[]): Row[]
  close(): Promise<void>
}

export interface AppOptions {
  /** An existing data folder; a copy of the small demo hall when absent. `empty` begins with nothing. */
  readonly dataFolder?: string
  readonly empty?: boolean
  readonly clock?: string
  readonly size?: { width: number; height: number }
  readonly env?: Record<string, string>
}

export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'hall-e2e-'))
  if (!options.dataFolder && !options.empty) cpSync(await preparedFolder(), dataFolder, { recursive: true })
  const executablePath = process.env['HALL_ELECTRON']
  if (!executablePath || !existsSync(executablePath)) throw new Error('HALL_ELECTRON names no Electron; run npm test')
  const electron = await _electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), process.env['HALL_APP'] ?? repository],
    env: {
      ...(process.env as Record<string, string>),
      ...(appDriver === undefined ? {} : { HALL_SQLITE_DRIVER: appDriver }),
      HALL_DATA: dataFolder,
      HALL_CLOCK: options.clock ?? demoMorning,
      ...options.env,
    },
  })
  const page = await electron.firstWindow()
  const { width, height } = options.size ?? { width: 1366, height: 768 }
  await electron.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...bounds }),
    { width, height },
  )
  const close = async () => {
    await electron.close()
  }
  return {
    electron,
    page,
    dataFolder,
    restart: async () => {
      await close()
      return startApp({ ...options, dataFolder })
    },
    query<Row>(sql: string, ...params: unknown[]) {
      const sqlite: Sqlite = openSqlite({
        path: join(dataFolder, 'hall.db'),
        key: openKey(dataFolder, { osStore: null }),
        readonly: true,
      })
      try {
        return sqlite.prepare(sql).all(...params) as Row[]
      } finally {
        sqlite.close()
      }
    },
    close: async () => {
      await close()
      if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export function passwordOf(staffNo: string): string {
  const found = demoStaff.find((member) => member.staffNo === staffNo)
  if (!found) throw new Error(`no demo staff ${staffNo}`)
  return found.password
}

/** Logs in at the login page by keyboard alone. */
export async function logIn(page: Page, staffNo: string): Promise<void> {
  const fields = page.locator('input:not([disabled]):not([type=checkbox])')
  await fields.first().waitFor()
  await fields.first().fill(staffNo)
  await page.keyboard.press('Enter')
  await page.locator('input[type=password]').first().fill(passwordOf(staffNo))
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
}

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
