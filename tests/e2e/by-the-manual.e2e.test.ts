/** What a new employee tries with the manual alone: a choice by typing, a date in any writing, what is missing, where backups lie. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import { hardware } from './support/keys.ts'
import { go } from './support/go.ts'

let app: RunningApp
const disk = mkdtempSync(join(tmpdir(), 'hall-stick-'))
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app.close()
  rmSync(disk, { recursive: true, force: true })
})

/** Kept only where somebody wants to look at the pages. */
async function picture(name: string): Promise<void> {
  const folder = process.env['HALL_PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await app.page.screenshot({ path: join(folder, `manual-${name}.png`) })
}
const press = (key: string) => app.page.keyboard.press(hardware(key))
const type = (text: string) => app.page.keyboard.type(text)
const open = (path: string) => go(app.page, path)
const button = (label: string) => app.page.locator('.key-button:enabled', { hasText: label }).first()
const focused = () =>
  app.page.evaluate(() => document.activeElement?.closest('[data-field]')?.getAttribute('data-field') ?? null)
const focusIs = (field: string) => expect.poll(focused).toBe(field)
const value = (field: string) =>
  app.page.locator(`input[data-field="${field}"]:visible, [data-field="${field}"] input:visible`).first().inputValue()
const dialog = (title: string) => app.page.locator('.el-dialog:visible', { hasText: title })
async function as(staffNo: string): Promise<void> {
  await logIn(app.page, staffNo)
}
async function leave(): Promise<void> {
  await app.page.reload()
  await app.page.getByRole('button', { name: '登录' }).waitFor({ timeout: 60_000 })
}

test('a certificate: nobody is proposed, typing and Enter takes the hit, dates in any writing', async () => {
  await as('3001')
  await open('/staff/certificates')
  await app.page.locator('tbody tr').first().waitFor()
  for (const number of ['SJ-2026-01', 'SJ-2026-02', 'SJ-2026-03']) {
    await press('Ctrl+N')
    const form = dialog('登记上岗证')
    await form.waitFor()
    await focusIs('staffId')
    // Without a person nothing is registered, and that is said there.
    await press('F12')
    await form.getByText('请选择员工').waitFor()
    expect(await app.page.getByText('编号格式不正确').count()).toBe(0)
    await focusIs('staffId')
    await type('晓燕')
    await app.page.locator('.el-select-dropdown__item.is-hovering:visible', { hasText: '张晓燕' }).waitFor()
    await press('Enter')
    await form.locator('.el-select__selected-item', { hasText: '张晓燕' }).waitFor()
    // Enter in passing goes on, and takes nobody else; what is typed then is the number.
    await app.page.locator('.el-select-dropdown:visible').waitFor({ state: 'hidden' })
    await press('Enter')
    await focusIs('kind')
    await press('Enter')
    await focusIs('number')
    await form.locator('.el-select__selected-item', { hasText: '张晓燕' }).waitFor()
    await type(number)
    await press('Enter')
    await focusIs('issuedOn')
    await press('Ctrl+A')
    await type('2026.11.5x')
    await press('Tab')
    await form.getByText('日期应写成').filter({ visible: true }).first().waitFor()
    await press('Shift+Tab')
    await press('Ctrl+A')
    await type(number.endsWith('1') ? '20261105' : number.endsWith('2') ? '1105' : '2026/11/5')
    await press('Tab')
    await expect.poll(() => value('issuedOn')).toBe('2026-11-05')
    await expect.poll(() => value('validTo')).toBe('2029-11-05')
    await picture('certificate')
    await press('F12')
    await form.waitFor({ state: 'hidden' })
    await app.page.locator('td', { hasText: number }).waitFor()
  }
  const kept = app.query<{ issuedOn: string; name: string }>(
    `SELECT DISTINCT c.issued_on AS issuedOn, s.name FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.number LIKE 'SJ-2026-0%'`,
  )
  expect(kept).toEqual([{ issuedOn: '2026-11-05', name: '张晓燕' }])
})

test('the notice board: the first field has the focus, what is missing is marked and led to; the reason prints its keys', async () => {
  await open('/publicity/edit')
  await focusIs('services.0.name')
  const hours = app.page.locator('[data-field="hours"]:visible').first()
  const before = await hours.inputValue()
  await hours.fill('')
  await press('F12')
  await focusIs('hours')
  await app.page.locator('.el-form-item__error', { hasText: '请填写营业时间' }).waitFor()
  await picture('board')
  await hours.fill(before)
  await press('F12')
  const why = dialog('发布公示牌')
  await why.waitFor()
  await why.locator('kbd', { hasText: 'F12' }).waitFor()
  await why.locator('kbd', { hasText: 'Esc' }).waitFor()
  await focusIs('asked-reason')
  await press('F12')
  await why.getByText('请填写发布说明').waitFor()
  await picture('reason')
  await press('Escape')
  await why.waitFor({ state: 'hidden' })
  expect(app.page.url()).toContain('/publicity/edit')
})

test('the wordings: arrows choose, PageDown reads on', async () => {
  await open('/golive/wordings')
  const current = () => app.page.locator('nav button.current').innerText()
  const top = () => app.page.evaluate(() => document.querySelector('iframe')?.contentWindow?.scrollY ?? -1)
  await expect.poll(() => app.page.evaluate(() => document.activeElement?.classList.contains('current'))).toBe(true)
  const first = await current()
  await app.page.frameLocator('iframe').getByText('供气人住所').waitFor()
  await press('PageDown')
  await expect.poll(top).toBeGreaterThan(100)
  await picture('wordings')
  await press('PageUp')
  await expect.poll(top).toBe(0)
  await press('ArrowDown')
  await expect.poll(current).not.toBe(first)
  await press('ArrowUp')
  await expect.poll(current).toBe(first)
})

test('backups: where they lie stands there; a second place is chosen, filled, and missed', async () => {
  await leave()
  await as('9001')
  await open('/backup')
  await app.page.locator('code', { hasText: 'backups' }).waitFor()
  await app.electron.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, disk)
  await button('选择位置').waitFor()
  await press('Ctrl+O')
  await app.page.locator('code', { hasText: disk }).waitFor()
  // Told last of all, and gone after a while: it is looked for from the beginning.
  const told = app.page.locator('.el-message', { hasText: '备份完成，已打开核对' }).waitFor({ timeout: 60_000 })
  await press('Ctrl+B')
  await Promise.all([told, app.page.getByText('已读回核对').waitFor({ timeout: 60_000 })])
  expect(readdirSync(disk).filter((name) => name.endsWith('.db'))).toHaveLength(1)
  await picture('backup-place')
  rmSync(disk, { recursive: true, force: true })
  // The place is shown before all of the act is done; a second press until then is none.
  await button('立即备份').waitFor()
  await press('Ctrl+B')
  await app.page.getByText('本机备份完成，但第二备份位置找不到').first().waitFor({ timeout: 60_000 })
  await picture('backup-place-gone')
})

test('the settings: the first has the focus, rates stand in percent', async () => {
  await open('/settings')
  await app.page.locator('.setting', { hasText: '违约金日费率' }).getByText('%/日').first().waitFor()
  await expect
    .poll(() => app.page.evaluate(() => document.activeElement?.matches('.settings input, .settings button')))
    .toBe(true)
  expect(await app.page.locator('.settings').innerText()).not.toContain('百万分之一')
  // Of more than a hundred the one that is meant, by key; what is typed into another meanwhile stays.
  await press('Ctrl+F')
  await app.page.keyboard.type('区号')
  await expect.poll(() => app.page.locator('.setting:visible').count()).toBe(1)
  await app.page.keyboard.press('Enter')
  await expect
    .poll(() => app.page.evaluate(() => document.activeElement?.closest('.setting')?.textContent))
    .toContain('区号')
  await press('Ctrl+F')
  await app.page.keyboard.press('Escape')
  await expect.poll(() => app.page.locator('.setting:visible').count()).toBeGreaterThan(50)
})

test('in a dialog Enter goes from field to field, ticks too; the last one is what it says', async () => {
  await open('/staff')
  await button('新增员工').waitFor()
  for (const staffNo of ['7101', '7102', '7103']) {
    await press('Ctrl+N')
    const form = dialog('新增员工')
    await form.waitFor()
    await focusIs('staffNo')
    await type(staffNo)
    await press('Enter')
    await focusIs('name')
    await type(`新人${staffNo.replace('710', '')}`)
    // Past 柜员 to 收费员, and past the others to the password.
    for (let n = 0; n < 2; n++) await press('Enter')
    await app.page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === 'cashier')
    await press(' ')
    for (let n = 0; n < 4; n++) await press('Enter')
    await focusIs('password')
    if (staffNo === '7102') {
      await press('Escape')
      await form.waitFor({ state: 'hidden' })
      continue
    }
    await type('Chushi#771a')
    await press('F12')
    await form.waitFor({ state: 'hidden' })
  }
  expect(app.query(`SELECT staff_no, roles FROM staff WHERE staff_no LIKE '710%' ORDER BY staff_no`)).toEqual([
    { staff_no: '7101', roles: '["cashier"]' },
    { staff_no: '7103', roles: '["cashier"]' },
  ])
})

test('in the settings Enter saves and goes on; what is refused has the focus again', async () => {
  const bank = () => app.query<{ value: string }>(`SELECT value FROM settings WHERE key = 'company.bank'`)[0]?.value
  const focusOn = (id: string) => app.page.waitForFunction((wanted) => document.activeElement?.id === wanted, id)
  await open('/settings?group=company&key=company.creditCode')
  await focusOn('company.creditCode')
  await press('Ctrl+A')
  await type('123')
  await press('Enter')
  await app.page.getByText('统一社会信用代码应为 18 位').first().waitFor()
  await focusOn('company.creditCode')
  await app.page.locator('[id="company.bank"]').focus()
  await press('Ctrl+A')
  await type('工商银行清河支行')
  await press('Enter')
  await focusOn('company.bankAccount')
  await type('1')
  await expect.poll(bank).toBe('"工商银行清河支行"')
})
