/** What the first screens say when the machine failed under the hall, and the way out that each of them shows. */
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeProvedCopy } from '../../src-main/backup/copy.ts'
import { openSqlite, type Sqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { startReceiver } from '../headquarters/receiver.ts'
import { copyOfDemoHall, demoMorning, logIn, passwordOf, queryOf, startApp, type RunningApp } from './support/app.ts'
import { go } from './support/go.ts'

let folder: string
let app: RunningApp | null = null
beforeEach(async () => void (folder = await copyOfDemoHall()))
afterEach(async () => {
  await app?.close()
  app = null
  rmSync(folder, { recursive: true, force: true })
})

const start = async (clock?: string): Promise<Page> => {
  app = await startApp({ dataFolder: folder, ...(clock === undefined ? {} : { clock }) })
  return app.page
}
const stop = async (): Promise<void> => {
  await app?.close()
  app = null
}
const field = (page: Page, name: string) => page.locator(`input[data-field="${name}"]`)
const focusNow = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-field'))

/** The newest backup has the focus: Enter takes it. */
const focusedRow = (page: Page) =>
  page.waitForFunction(() => document.activeElement?.textContent?.trim() === '用这份恢复')

/** Kept only where somebody wants to look at the screens. */
async function picture(page: Page, name: string): Promise<void> {
  const to = process.env['HALL_PICTURES']
  if (!to) return
  mkdirSync(to, { recursive: true })
  await page.screenshot({ path: join(to, `${name}.png`) })
}

function write<T>(of: string, work: (sqlite: Sqlite) => T): T {
  const sqlite = openSqlite({ path: join(of, 'hall.db'), key: openKey(of, { osStore: null }) })
  const changeId = crypto.randomUUID()
  sqlite.function('hall_change_id', () => changeId)
  sqlite.function('hall_now', () => Date.parse(demoMorning))
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}
const set = (of: string, key: string, value: unknown) =>
  write(of, (sqlite) =>
    sqlite
      .prepare(`INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, 0, 'test')`)
      .run(key, JSON.stringify(value)),
  )
/** One row that headquarters has not seen. */
const touch = (of: string) => write(of, (sqlite) => sqlite.exec(`UPDATE staff SET name = name WHERE staff_no = '1001'`))

test('no database beside the key: never a new hall; an administrator and a second person restore, three times over', async () => {
  const customers = queryOf<{ n: number }>(folder, 'SELECT count(*) AS n FROM customers')
  const key = openKey(folder, { osStore: null })
  makeProvedCopy({ source: join(folder, 'hall.db'), target: join(folder, 'backups', 'hall-20261122-220000.db'), key })
  for (let time = 0; time < 3; time++) {
    for (const name of ['hall.db', 'hall.db-wal', 'hall.db-shm']) rmSync(join(folder, name), { force: true })
    if (time === 1) writeFileSync(join(folder, 'hall.db'), '')
    const page = await start()
    await page.getByRole('heading', { name: '数据没有打开' }).waitFor()
    await page.getByText(time === 1 ? '数据文件 hall.db 是空的' : '找不到数据文件 hall.db').waitFor()
    await page.getByText('不会另建新营业厅').waitFor()
    expect(existsSync(join(folder, 'hall.db'))).toBe(time === 1)
    await picture(page, 'fault-no-database')
    await focusedRow(page)
    await page.keyboard.press('Enter')
    await field(page, 'restoreStaffNo').fill('9001')
    await field(page, 'restorePassword').fill('wrong-guess')
    await field(page, 'restoreReason').fill('数据文件不见了')
    await page.keyboard.press('F12')
    await page.getByText('不是管理员').waitFor()
    // What was refused is gone from the screen, and the keyboard is where it has to be typed anew.
    await expect.poll(() => focusNow(page)).toBe('restorePassword')
    await expect.poll(() => field(page, 'restorePassword').inputValue()).toBe('')
    await page.keyboard.type(passwordOf('9001'))
    await page.keyboard.press('F12')
    await page.getByText('还须另一人批准').waitFor()
    await expect.poll(() => focusNow(page)).toBe('secondStaffNo')
    await picture(page, 'fault-restore')
    await page.keyboard.type('9001')
    await page.keyboard.press('Tab')
    await page.keyboard.type(passwordOf('9001'))
    await page.keyboard.press('F12')
    await page.getByText('批准的须是另一个人').waitFor()
    await expect.poll(() => focusNow(page)).toBe('secondStaffNo')
    await page.keyboard.type('3001')
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong-guess')
    await page.keyboard.press('F12')
    await page.getByText('批准人的工号或密码不正确').waitFor()
    await expect.poll(() => focusNow(page)).toBe('secondPassword')
    if (time === 0) {
      // Esc goes back to the list, and nothing of it was done.
      await page.keyboard.press('Escape')
      await focusedRow(page)
      await page.keyboard.press('Enter')
      await expect.poll(() => focusNow(page)).toBe('restoreStaffNo')
      await expect.poll(() => field(page, 'restoreStaffNo').inputValue()).toBe('')
      expect(existsSync(join(folder, 'hall.db'))).toBe(false)
      await field(page, 'restoreStaffNo').fill('9001')
      await field(page, 'restorePassword').fill(passwordOf('9001'))
      await field(page, 'restoreReason').fill('数据文件不见了')
      await page.keyboard.press('F12')
      await expect.poll(() => focusNow(page)).toBe('secondStaffNo')
      await page.keyboard.type('3001')
      await field(page, 'secondPassword').focus()
    }
    await page.keyboard.type(passwordOf('3001'))
    await page.keyboard.press('F12')
    await page.getByRole('button', { name: '登录' }).waitFor()
    expect(queryOf(folder, 'SELECT count(*) AS n FROM customers')).toEqual(customers)
    await logIn(page, '9001')
    await go(page, '/breaks')
    await page.getByText('数据文件不见了（批准：').first().waitFor()
    await picture(page, 'fault-breaks')
    await stop()
  }
})

test('whoever is the only one who could agree is told so, and restores alone; after five wrong passwords there is a pause', async () => {
  write(folder, (sqlite) =>
    sqlite.exec(
      `UPDATE staff SET state = 'left' WHERE staff_no <> '9001' AND (roles LIKE '%hall-manager%' OR roles LIKE '%administrator%')`,
    ),
  )
  const key = openKey(folder, { osStore: null })
  makeProvedCopy({ source: join(folder, 'hall.db'), target: join(folder, 'backups', 'hall-20261122-220000.db'), key })
  for (const name of ['hall.db', 'hall.db-wal', 'hall.db-shm']) rmSync(join(folder, name), { force: true })
  let page = await start()
  const begin = async () => {
    await page.getByRole('button', { name: '用这份恢复' }).first().click()
    await prove()
  }
  const prove = async (password = passwordOf('9001')) => {
    await field(page, 'restoreStaffNo').fill('9001')
    await field(page, 'restoreReason').fill('硬盘坏了')
    await field(page, 'restorePassword').fill(password)
    await page.keyboard.press('F12')
  }
  await begin()
  await page.getByText('没有其他能批准的人').waitFor()
  // The power goes before it is decided: nothing was replaced.
  await app?.kill()
  expect(readdirSync(folder).filter((name) => /^hall\.db|restore\.json/.test(name))).toEqual([])
  page = await start()
  await page.getByText('找不到数据文件 hall.db').waitFor()
  await begin()
  await page.getByText('没有其他能批准的人').waitFor()
  await picture(page, 'fault-restore-alone')
  await page.keyboard.press('F12')
  await page.getByRole('button', { name: '登录' }).waitFor()
  await stop()
  const [row] = queryOf<{ detail: string }>(folder, `SELECT detail FROM audit_log WHERE call = 'machine.restored'`)
  expect(JSON.parse(row?.detail ?? '')).toMatchObject({ alone: true, reason: '硬盘坏了' })

  for (const name of ['hall.db', 'hall.db-wal', 'hall.db-shm']) rmSync(join(folder, name), { force: true })
  page = await start()
  await page.getByRole('button', { name: '用这份恢复' }).first().click()
  for (let n = 0; n < 5; n++) {
    await prove(`wrong-guess-${n}`)
    await expect.poll(() => field(page, 'restorePassword').inputValue()).toBe('')
  }
  // Also after a new start, and with the right password.
  await prove()
  await page.getByText('密码输错次数过多，请 15 分钟后再试').waitFor()
  await stop()
  page = await start()
  await begin()
  await page.getByText('密码输错次数过多，请 15 分钟后再试').waitFor()
  expect(existsSync(join(folder, 'hall.db'))).toBe(false)
  await picture(page, 'fault-restore-pause')
})

test('a damaged key file is a sentence, and nothing is made over the data', async () => {
  writeFileSync(join(folder, 'key.json'), '{"kind": "fi')
  const before = readdirSync(folder).filter((name) => name !== 'window')
  const page = await start()
  await page.getByRole('heading', { name: '数据没有打开' }).waitFor()
  await page.getByText('密钥文件 key.json 已损坏').waitFor()
  await picture(page, 'fault-key')
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(before))
})

test('a page damaged where the login reads it: told there, and restored from there by two', async () => {
  const key = openKey(folder, { osStore: null })
  const database = join(folder, 'hall.db')
  makeProvedCopy({ source: database, target: join(folder, 'backups', 'hall-20261122-220000.db'), key })
  const page = write(folder, (sqlite) => {
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    return sqlite.prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'sessions'`).pluck().get() as number
  })
  const file = openSync(database, 'r+')
  writeSync(file, Buffer.alloc(64, 0x5a), 0, 64, (page - 1) * 4_096 + 200)
  closeSync(file)
  const window = await start()
  // Nobody gets in; nothing but the damaged hall itself opens the way to its backups.
  await window.locator('[data-field="staffNo"]').fill('9001')
  await window.keyboard.press('Enter')
  await window.locator('[data-field="password"]').fill(passwordOf('9001'))
  await window.keyboard.press('Enter')
  const told = window.getByRole('alert').filter({ hasText: '发现数据文件有损坏的页' })
  await told.getByRole('button', { name: '从备份恢复…' }).press('Enter')
  await window.getByRole('heading', { name: '数据文件有损坏' }).waitFor()
  await focusedRow(window)
  await window.getByRole('button', { name: '先不恢复' }).press('Enter')
  await told.getByRole('button', { name: '从备份恢复…' }).press('Enter')
  await focusedRow(window)
  await window.keyboard.press('Enter')
  await expect.poll(() => focusNow(window)).toBe('restoreStaffNo')
  await window.keyboard.type('9001')
  await field(window, 'restorePassword').fill('wrong-guess')
  await field(window, 'restoreReason').fill('登录不了')
  await window.keyboard.press('F12')
  await window.getByText('不是管理员').waitFor()
  await expect.poll(() => focusNow(window)).toBe('restorePassword')
  await window.keyboard.type(passwordOf('9001'))
  await window.keyboard.press('F12')
  await expect.poll(() => focusNow(window)).toBe('secondStaffNo')
  await window.keyboard.type('3001')
  await field(window, 'secondPassword').fill(passwordOf('3001'))
  await window.keyboard.press('F12')
  await window.getByRole('button', { name: '登录' }).waitFor()
  expect(await told.count()).toBe(0)
  await logIn(window, '9001')
})

test('page 1 damaged is told as damage, not as a wrong key', async () => {
  const file = openSync(join(folder, 'hall.db'), 'r+')
  writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, 0)
  closeSync(file)
  const page = await start()
  await page.getByText('数据文件开头已损坏').waitFor()
})

test('a clock that jumped: nobody is locked out, and an administrator says that it is right', async () => {
  let page = await start()
  await logIn(page, '9001')
  await stop()
  const later = new Date(Date.parse(demoMorning) + 40 * 86_400_000).toISOString()
  page = await start(later)
  await page.getByRole('heading', { name: '电脑时间可疑' }).waitFor()
  await picture(page, 'fault-clock')
  expect(await field(page, 'password').count()).toBe(0)
  await page.getByText('时间无误，由管理员确认').click()
  await field(page, 'doubtStaffNo').fill('1001')
  await field(page, 'doubtPassword').fill(passwordOf('1001'))
  await field(page, 'doubtReason').fill('春节停业后开机')
  await page.getByRole('button', { name: '确认时间无误' }).click()
  await page.getByText('须由管理员确认电脑时间').waitFor()
  await field(page, 'doubtStaffNo').fill('9001')
  await field(page, 'doubtPassword').fill(passwordOf('9001'))
  // On to the reason, which stands there still, and then it is confirmed.
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.matches('[data-field="doubtReason"]'))
  await page.keyboard.press('Enter')
  await logIn(page, '1001')
  expect(
    queryOf(
      folder,
      `SELECT actor_name AS name FROM audit_log WHERE call = 'machine.confirmClock' AND actor_id <> 'nobody'`,
    ),
  ).toEqual([{ name: '孙文博' }])
})

test('a copied data folder is refused by headquarters, and the administrator decides which PC is the hall', async () => {
  const token = 'fork-token'
  const receiver = await startReceiver({ file: ':memory:', token })
  const twin = mkdtempSync(join(tmpdir(), 'hall-e2e-twin-'))
  const original = folder
  const upload = async (page: Page) => {
    await logIn(page, '9001')
    await go(page, '/sync')
    await page.locator('.key-button:enabled', { hasText: '立即上报' }).waitFor()
    await page.keyboard.press('Control+U')
  }
  try {
    set(folder, 'sync.url', receiver.url)
    set(folder, 'sync.token', token)
    await upload(await start())
    await app?.page.getByText('总部核对账目合计：一致').first().waitFor()
    await stop()
    cpSync(folder, twin, { recursive: true })
    touch(folder)
    await upload(await start())
    await app?.page.locator('header, main').getByText('已全部上报').first().waitFor()
    await stop()
    folder = twin
    touch(folder)
    const page = await start()
    await upload(page)
    await page.getByRole('alert').filter({ hasText: '另一台电脑' }).first().waitFor()
    expect(receiver.alarms().length).toBeGreaterThan(0)
    await picture(page, 'fault-fork')
    await page.getByRole('button', { name: '以本厅数据为准接着上报' }).click()
    const box = page.locator('.reason-prompt')
    await box.locator('input').fill('另一台是备用机，已关闭')
    await picture(page, 'fault-fork-decide')
    await box.getByRole('button', { name: '以本厅数据为准接着上报' }).click()
    await box.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+U')
    await page.getByRole('button', { name: '以本厅数据为准接着上报' }).waitFor({ state: 'detached' })
    await expect
      .poll(() => queryOf(folder, 'SELECT obstacle, last_error AS error FROM sync_state'))
      .toEqual([{ obstacle: null, error: null }])
    expect(receiver.gaps()).toEqual([])
    expect(receiver.violations()).toEqual([])
  } finally {
    await stop()
    await receiver.close()
    rmSync(original, { recursive: true, force: true })
  }
})
