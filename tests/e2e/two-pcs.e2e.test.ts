/** A hall of two PCs: a second one joins by a code, two cashiers take money at once, and one that is withdrawn is refused. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import {
  debtors,
  find,
  openShift,
  paymentsOf,
  press,
  putReceiptAway,
  takeCash,
  type Debtor,
} from './support/cashier.ts'
import { go } from './support/go.ts'
import { staffOf } from './support/pages.ts'
import { makeRealHall } from './support/real-hall.ts'

const passphrase = '二号窗口-口令-2026'
let folder: string
let tillFolder: string
/** What lies on the second PC. */
let inbox: string
let host: RunningApp
let till: RunningApp
beforeAll(async () => {
  folder = await makeRealHall({ twoCashiers: true })
  tillFolder = mkdtempSync(join(tmpdir(), 'hall-till-'))
  inbox = mkdtempSync(join(tmpdir(), 'hall-inbox-'))
  ;[host, till] = await Promise.all([startApp({ dataFolder: folder }), startApp({ dataFolder: tillFolder })])
})
afterAll(async () => {
  await Promise.all([host.close(), till.close()])
  for (const one of [folder, tillFolder, inbox]) rmSync(one, { recursive: true, force: true })
})

const field = (app: RunningApp, name: string) =>
  app.page.locator(`input[data-field="${name}"], [data-field="${name}"] input`)
const tills = () =>
  host.query<{ code: string; name: string; state: string }>('SELECT code, name, state FROM tills ORDER BY code')

async function showCode(): Promise<string> {
  await host.page.getByRole('button', { name: '显示配对码' }).click()
  const shown = host.page.locator('dd[data-field="code"]')
  await shown.waitFor()
  return shown.innerText()
}

async function collect(app: RunningApp, debtor: Debtor): Promise<void> {
  await find(app.page, debtor)
  await takeCash(app.page)
  await press(app.page, 'F12', '确认收款')
  await putReceiptAway(app.page)
}

test('the second PC joins by the code of the host; a wrong one writes nothing on either', async () => {
  await logIn(host.page, staffOf['hall-manager'])
  await go(host.page, '/tills')
  const code = await showCode()
  expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  await till.page.getByText('加入本厅', { exact: false }).first().click()
  await field(till, 'address').fill('127.0.0.1')
  await field(till, 'code').fill(code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`)
  await field(till, 'name').fill('二号窗口')
  await field(till, 'first').fill(passphrase)
  await field(till, 'second').fill(passphrase)
  await till.page.keyboard.press('Enter')
  await till.page.locator('.el-form-item__error', { hasText: '配对码不正确' }).waitFor()
  expect(tills()).toHaveLength(1)
  expect(readdirSync(tillFolder)).not.toContain('key.json')
  // What was wrong has the focus again.
  await till.page.waitForFunction(() => document.activeElement?.getAttribute('data-field') === 'code')
  await field(till, 'code').fill(code.toLowerCase().replace('-', ' '))
  await field(till, 'second').press('Enter')
  await till.page.locator('[data-field="staffNo"]').first().waitFor()
  await host.page.getByText('一台电脑已加入').waitFor()
  expect(tills()).toMatchObject([{ code: '01' }, { code: '02', name: '二号窗口', state: 'paired' }])
  expect(readdirSync(tillFolder)).not.toContain('hall.db')
})

test('two cashiers take money at two PCs at once, and the host is started anew in between', async () => {
  const [first, second, third, fourth] = debtors(host, 4)
  if (!first || !second || !third || !fourth) throw new Error('four debts are needed')
  await logIn(till.page, staffOf.clerk)
  await openShift(till.page)
  host = await host.restart()
  await logIn(host.page, staffOf.cashier)
  await openShift(host.page)
  await Promise.all([collect(host, first), collect(till, second)])
  await Promise.all([collect(host, third), collect(till, fourth)])
  const receipts = [first, second, third, fourth].map((debtor) => {
    const paid = paymentsOf(host, debtor.accountId)
    expect(paid).toHaveLength(1)
    return paid[0]?.receiptNo.slice(5, 7)
  })
  expect(receipts).toEqual(['01', '02', '01', '02'])
  // A till keeps its key under its own passphrase, and its line over its own restart.
  till = await till.restart()
  await till.page.locator('input[type="password"]').first().fill(passphrase)
  await till.page.keyboard.press('Enter')
  await logIn(till.page, staffOf.clerk)
})

test('a clerk at the second PC files a scan from there; three times, with a file that is none and a restart of the host between', async () => {
  const [debtor] = debtors(host, 1)
  if (!debtor) throw new Error('a customer is needed')
  const scans = () =>
    host.query<{ name: string }>('SELECT name FROM attachments ORDER BY added_at').map(({ name }) => name)
  const choose = (path: string) =>
    till.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, path)
  for (const round of [1, 2, 3]) {
    await go(till.page, `/customers/${debtor.accountId}`)
    await press(till.page, 'Ctrl+O', '上传附件')
    const dialog = till.page.locator('.el-dialog:visible', { hasText: '上传附件' })
    await dialog.waitFor()
    await choose(join(inbox, '没有这个文件.pdf'))
    await till.page.keyboard.press('F12')
    await till.page.getByText('请检查它是否还在原处').first().waitFor()
    const name = `身份证 ${round}.pdf`
    const path = join(inbox, name)
    writeFileSync(path, `%PDF-1.7\n${round}\n${'x'.repeat(2_000_000)}`)
    await choose(path)
    await till.page.keyboard.press('F12')
    await dialog.getByText(name).waitFor()
    expect(readdirSync(join(folder, 'sent'))).toHaveLength(1)
    // What was sent is there still, when the host has been started anew meanwhile.
    if (round === 2) host = await host.restart()
    await till.page.keyboard.press('F12')
    await dialog.waitFor({ state: 'hidden' })
    expect(scans()).toHaveLength(round)
    await expect.poll(() => readdirSync(join(folder, 'sent'))).toEqual([])
  }
})

test('what the cashier asks at her window the manager approves at his; refused, taken back and a wrong password before, three times', async () => {
  await logIn(host.page, staffOf['hall-manager'])
  const banner = () => host.page.locator('aside.asked')
  const dialog = (app: RunningApp) => app.page.locator('.el-dialog:visible', { hasText: /须.*批准|请您批准/ })
  const requests = () =>
    host.query<{ state: string }>('SELECT state FROM approval_requests ORDER BY created_at').map(({ state }) => state)
  const ask = async () => {
    await press(till.page, 'Ctrl+Y', '请在其他电脑上批准')
    await dialog(till).getByText('等待答复').waitFor()
    await banner().waitFor()
  }
  const look = async () => {
    await press(host.page, 'Ctrl+Shift+F12', '看批准请求')
    await dialog(host).getByText('收错户').waitFor()
    await host.page.waitForFunction(() => document.activeElement?.getAttribute('data-field') === 'askedPassword')
  }
  for (const round of [1, 2, 3]) {
    if (round === 2) {
      host = await host.restart()
      await logIn(host.page, staffOf['hall-manager'])
    }
    const [debtor] = debtors(host, 1)
    if (!debtor) throw new Error('a debt is needed')
    await go(till.page, '/collection')
    await collect(till, debtor)
    await press(till.page, 'Shift+F12', '冲正')
    await till.page.waitForFunction(() => document.activeElement?.closest('[data-field="reason"]') !== null)
    await till.page.keyboard.type('收错户')
    await press(till.page, 'F12', '请主任批准')
    // Refused, with why.
    await ask()
    await look()
    await host.page.keyboard.press('Shift+F12')
    await host.page.locator('[data-field="asked-reason"]').waitFor()
    await host.page.keyboard.type('先核对收据')
    await host.page.keyboard.press('F12')
    await dialog(till).getByText('先核对收据').waitFor()
    // Asked again, and left with Esc: the manager has nothing to answer any more.
    await ask()
    await till.page.keyboard.press('Escape')
    await banner().waitFor({ state: 'detached' })
    await press(till.page, 'F12', '请主任批准')
    await ask()
    await look()
    await host.page.keyboard.type('Bu-Dui-2026')
    await host.page.keyboard.press('Enter')
    await dialog(host).locator('.el-form-item__error').waitFor()
    expect(requests().at(-1)).toBe('open')
    await host.page.keyboard.type(passwordOf(staffOf['hall-manager']))
    await host.page.keyboard.press('Enter')
    await putReceiptAway(till.page)
    await till.page.getByText('已冲正作废').first().waitFor()
    await banner().waitFor({ state: 'detached' })
    expect(requests().slice(-3)).toEqual(['refused', 'withdrawn', 'agreed'])
  }
})

test('a till that is withdrawn is refused in the same moment, and says so', async () => {
  host = await host.restart()
  await logIn(host.page, staffOf['hall-manager'])
  await go(host.page, '/tills')
  const row = host.page.locator('tbody tr', { hasText: '二号窗口' })
  await row.getByText('已连接').waitFor()
  const why = host.page.locator('[data-field="asked-reason"]')
  await row.getByRole('button', { name: '停用' }).click()
  await why.waitFor()
  await host.page.keyboard.press('Escape')
  await why.waitFor({ state: 'hidden' })
  expect(tills()[1]?.state).toBe('paired')
  await row.getByRole('button', { name: '停用' }).click()
  await why.waitFor()
  await host.page.keyboard.type('换新电脑')
  await host.page.keyboard.press('Enter')
  await row.getByText('已停用').waitFor()
  await till.page.getByRole('heading', { name: '本机已被移出本厅' }).waitFor()
  // Nothing of the hall is left on the screen.
  expect(await till.page.locator('.hall-frame').count()).toBe(0)
  expect(tills()[1]?.state).toBe('withdrawn')
})

test('a till that was withdrawn says so at its next start, and joins again from that screen under a new number', async () => {
  till = await till.restart()
  await till.page.locator('input[type="password"]').first().fill(passphrase)
  await till.page.keyboard.press('Enter')
  await till.page.getByRole('heading', { name: '本机已被移出本厅' }).waitFor()
  const code = await showCode()
  await field(till, 'address').fill('192.168.300')
  await field(till, 'code').fill(code)
  await field(till, 'name').fill('二号新机')
  await field(till, 'name').press('Enter')
  await till.page.locator('.el-form-item__error', { hasText: '主机地址应像' }).waitFor()
  await till.page.waitForFunction(() => document.activeElement?.getAttribute('data-field') === 'address')
  await field(till, 'address').fill('127.0.0.1')
  await field(till, 'name').press('Enter')
  await till.page.getByText('03 号机').waitFor()
  expect(tills()).toMatchObject([{ code: '01' }, { code: '02', state: 'withdrawn' }, { code: '03', state: 'paired' }])
  // What it was is put aside, not lost.
  expect(readdirSync(tillFolder).filter((name) => name.startsWith('till.sealed.replaced-'))).toHaveLength(1)
})

test('a till that hears no host at its start, or whose clock is wrong, says which, and goes on by itself', async () => {
  await host.close()
  till = await till.restart()
  const unlock = async () => {
    await till.page.locator('input[type="password"]').first().fill(passphrase)
    await till.page.keyboard.press('Enter')
  }
  await unlock()
  await till.page.getByRole('heading', { name: '连不上主机' }).waitFor()
  await field(till, 'address').waitFor()
  host = await startApp({ dataFolder: folder })
  await till.page.locator('[data-field="staffNo"]').first().waitFor()
  till = await till.restart({ clock: '2026-11-23T12:00:00+08:00' })
  await unlock()
  await till.page.getByRole('heading', { name: '本机暂时不能办理业务' }).waitFor()
  await till.page.getByRole('alert').filter({ hasText: '请校准本机时间后再试' }).first().waitFor()
  // Joining anew would set no clock right.
  expect(await field(till, 'address').count()).toBe(0)
  host = await host.restart({ clock: '2026-11-23T12:00:00+08:00' })
  await till.page.locator('[data-field="staffNo"]').first().waitFor()
})
