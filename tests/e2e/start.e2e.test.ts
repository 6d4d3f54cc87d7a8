/** From an empty folder to a hall at work, and what the first screen says when the data do not open. */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeProvedCopy } from '../../src-main/backup/copy.ts'
import { openSqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { copyOfDemoHall, logIn, passwordOf, queryOf, startApp, type RunningApp } from './support/app.ts'

let app: RunningApp
/** Of keys that a keyboard has: a field of passwords takes no input method. */
const passphrase = 'Chunfeng-huayu-2026'
const password = 'Anfang-Hua-93'

const heading = (page: Page, text: string) => page.getByRole('heading', { name: text }).waitFor()
const field = (page: Page, name: string) =>
  page.locator(`input[data-field="${name}"], [data-field="${name}"] input`).first()

describe('a new PC', () => {
  beforeEach(async () => void (app = await startApp({ empty: true })))
  afterEach(async () => {
    await app.close()
    rmSync(app.dataFolder, { recursive: true, force: true })
  })

  test('is protected by a passphrase, set up by the wizard, and asks for the passphrase at each start', async () => {
    let { page } = app
    await heading(page, '保护本机数据')
    const typed = page.locator('input[type=password]')
    await typed.nth(0).fill('kurz')
    await typed.nth(1).fill('kurz')
    await page.keyboard.press('Enter')
    await page.getByText('口令至少 12 位').last().waitFor()
    // Too short is said at the first; typed anew, Enter goes on to the second; two different ones are said there.
    const fieldHere = () => page.evaluate(() => document.activeElement?.getAttribute('data-field'))
    await expect.poll(fieldHere).toBe('first')
    await typed.nth(1).fill('')
    for (const second of [`${passphrase}-x`, passphrase]) {
      await typed.nth(0).focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.type(passphrase)
      await page.keyboard.press('Enter')
      if (second !== passphrase) expect(await page.getByText('两次输入的口令不同').count()).toBe(0)
      await expect.poll(fieldHere).toBe('second')
      await page.keyboard.press('Control+a')
      await page.keyboard.type(second)
      await page.keyboard.press('Enter')
      if (second !== passphrase) {
        const said = page.locator('.el-form-item', { has: page.locator('[data-field="second"]') })
        await said.getByText('两次输入的口令不同').waitFor()
        await expect.poll(fieldHere).toBe('second')
      }
    }

    await heading(page, '首次启动设置')
    await page.keyboard.press('Enter')
    await page.getByText('请填写公司名称').waitFor()
    // Enter goes on from answer to answer; where one is wrong it stays, and says why.
    const fieldNow = () => page.evaluate(() => document.activeElement?.getAttribute('data-field'))
    await page.keyboard.type('示例燃气有限公司')
    await page.keyboard.press('Enter')
    await expect.poll(fieldNow).toBe('company.creditCode')
    await page.keyboard.type('91999999MA00000000')
    await page.keyboard.press('Enter')
    await page.getByText('统一社会信用代码校验不符').waitFor()
    expect(await fieldNow()).toBe('company.creditCode')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Enter')
    await expect.poll(fieldNow).toBe('company.address')
    await page.keyboard.type('无名市虚构路 1 号')
    // What is sent with faults leads to the first of them on the screen.
    await page.getByRole('button', { name: '完成设置' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(fieldNow).toBe('hallName')
    await page.getByText('请填写营业厅名称').waitFor()
    await page.keyboard.type('北门营业厅')
    // The power goes when typing pauses: all that was typed is on disk and there again.
    const kept = join(app.dataFolder, 'window', 'Local Storage', 'leveldb')
    const onDisk = (text: string) =>
      readdirSync(kept).some((name) => readFileSync(join(kept, name)).includes(Buffer.from(text, 'utf16le')))
    await expect.poll(() => onDisk('北门营业厅')).toBe(true)
    await app.kill()
    app = await startApp({ dataFolder: app.dataFolder })
    page = app.page
    await heading(page, '请输入启动口令')
    await page.keyboard.type(passphrase)
    await page.keyboard.press('Enter')
    await heading(page, '首次启动设置')
    expect(await field(page, 'companyName').inputValue()).toBe('示例燃气有限公司')
    expect(await field(page, 'company.address').inputValue()).toBe('无名市虚构路 1 号')
    expect(await field(page, 'hallName').inputValue()).toBe('北门营业厅')
    await field(page, 'hallName').fill('北门营业厅')
    await field(page, 'hallCode').fill('012')
    await field(page, 'pcCode').fill('03')
    await field(page, 'staffNo').fill('9001')
    await field(page, 'name').fill('孙管理')
    await field(page, 'password').fill(password)
    await field(page, 'second').fill(password)
    await page.keyboard.press('Enter')

    await page.getByText('012 厅 03 号机').waitFor()
    // No demo hall: nobody's password stands on the login page.
    expect(await page.getByText('演示营业厅').count()).toBe(0)
    await field(page, 'staffNo').fill('9001')
    await field(page, 'password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').waitFor()
    await page.getByText('北门营业厅').first().waitFor()

    // The check list keeps the keys: after the tour was declined, from the buttons at its side, and by Alt+J on the page itself.
    const itemNow = () => page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('data-item'))
    await expect.poll(itemNow).toBe('phones')
    await page.getByRole('button', { name: '不用了' }).press('Enter')
    await expect.poll(itemNow).toBe('phones')
    await page.getByRole('button', { name: '暂不上报' }).focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(itemNow).toBe('printers')
    // Whoever sets up the PC tries its printer with each paper; Enter on the button can be pressed again at once.
    await app.electron.evaluate(({ ipcMain }) => {
      for (const [call, value] of [
        ['desktop:printers', [{ name: '针式打印机', isDefault: true }]],
        ['desktop:print', { outcome: 'printed', detail: '' }],
      ] as const) {
        ipcMain.removeHandler(call)
        ipcMain.handle(call, () => ({ ok: true, value }))
      }
    })
    await page.keyboard.press('Enter')
    await heading(page, '打印机试印')
    const test = page.getByRole('button', { name: '打印测试页' })
    await expect.poll(() => test.first().isEnabled()).toBe(true)
    for (const n of [0, 1, 2]) {
      await test.nth(n).press('Enter')
      await page.getByText('已送出，请核对纸上四边和字迹').nth(n).waitFor()
      expect(await test.nth(n).evaluate((button) => button === document.activeElement)).toBe(true)
    }
    await page.keyboard.press('F12')
    await page.locator('li[data-item=printers]').getByText('已办').waitFor()
    for (const from of [page.locator('main'), page.getByRole('button', { name: '暂不上报' })]) {
      await from.focus()
      await page.keyboard.press('Alt+j')
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.closest('[data-item=phones] .go') !== null))
        .toBe(true)
    }
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowDown')
    await expect.poll(itemNow).toBe('headquarters')
    await page.keyboard.press('Enter')
    // Where to send is all that is missing there; a wrong address is said, and the field has the focus again.
    await expect.poll(fieldNow).toBe('url')
    await page.keyboard.type('http://hq.invalid')
    await page.keyboard.press('Tab')
    await page.keyboard.type('token')
    await page.keyboard.press('Control+Shift+S')
    await page.getByText('地址应以 https:// 开头').waitFor()
    await expect.poll(fieldNow).toBe('url')

    expect(readFileSync(join(app.dataFolder, 'key.json'), 'utf8')).toContain('"kind": "passphrase"')
    const database = readFileSync(join(app.dataFolder, 'hall.db'))
    expect(database.subarray(0, 6).toString()).not.toBe('SQLite')

    app = await app.restart()
    page = app.page
    await heading(page, '请输入启动口令')
    await page.keyboard.type('falsches Wort')
    await page.keyboard.press('Enter')
    await page.getByText('口令不正确，请重新输入').waitFor()
    await page.keyboard.type(passphrase)
    await page.keyboard.press('Enter')
    await page.getByText('012 厅 03 号机').waitFor()

    // A quick hand waits for nothing: passphrase, number, password and the room go to the screens that come, whenever it
    // begins; the first page's code is still loaded behind them.
    for (let round = 0; round < 3; round++) {
      app = await app.restart()
      page = app.page
      for (const typed of [passphrase, '9001', password]) {
        await page.keyboard.type(typed)
        await page.keyboard.press('Enter')
      }
      await page.keyboard.press('Alt+q')
      await heading(page, '气价')
    }
  })
})

describe('data that do not open', () => {
  let folder: string
  beforeEach(async () => void (folder = await copyOfDemoHall()))
  afterEach(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const database = () => join(folder, 'hall.db')
  const key = () => openKey(folder, { osStore: null })

  test('because they are damaged: said in Chinese, and yesterday evening’s backup takes their place', async () => {
    const customers = queryOf<{ n: number }>(folder, 'SELECT count(*) AS n FROM customers')
    mkdirSync(join(folder, 'backups'), { recursive: true })
    makeProvedCopy({
      source: database(),
      target: join(folder, 'backups', 'hall-20261122-220000.db'),
      key: key(),
    })
    const file = openSync(database(), 'r+')
    writeSync(file, Buffer.alloc(65_536, 0x5a), 0, 65_536, 0)
    closeSync(file)

    app = await startApp({ dataFolder: folder })
    const { page } = app
    await heading(page, '数据没有打开')
    const told = await page.getByRole('alert').first().innerText()
    expect(told).toMatch(/数据文件开头已损坏/)
    expect(await page.locator('main').innerText()).not.toMatch(/SQLITE|Error|undefined/)
    await page.getByRole('button', { name: '用这份恢复' }).click()
    await field(page, 'restoreStaffNo').fill('9001')
    await field(page, 'restorePassword').fill(passwordOf('9001'))
    await field(page, 'restoreReason').fill('磁盘损坏')
    // Enter goes on as F12 does; the hall manager agrees.
    await page.keyboard.press('Enter')
    await page.getByText('还须另一人批准').waitFor()
    await field(page, 'secondStaffNo').fill('3001')
    await page.keyboard.press('Enter')
    await field(page, 'secondPassword').fill(passwordOf('3001'))
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '登录' }).waitFor()
    await logIn(page, '1001')
    expect(app.query('SELECT count(*) AS n FROM customers')).toEqual(customers)
    expect(readdirSync(folder).filter((name) => name.startsWith('hall.db.replaced-')).length).toBeGreaterThan(0)
  })

  test('because a newer program made them: the screen asks for that program and leaves them alone', async () => {
    const sqlite = openSqlite({ path: database(), key: key() })
    sqlite.exec(`INSERT INTO schema_migrations VALUES (99, '0099_future', 'f', 1)`)
    sqlite.close()
    app = await startApp({ dataFolder: folder })
    await heading(app.page, '数据没有打开')
    await app.page.getByText('请先升级本程序').waitFor()
    expect(app.query('SELECT count(*) AS n FROM schema_migrations WHERE idx = 99')).toEqual([{ n: 1 }])
  })

  test('because the key file is gone: no new key is made over the old data', async () => {
    rmSync(join(folder, 'key.json'))
    app = await startApp({ dataFolder: folder })
    await heading(app.page, '数据没有打开')
    await app.page.getByText('找不到数据密钥文件 key.json').first().waitFor()
    expect(readdirSync(folder)).not.toContain('key.json')
  })
})
