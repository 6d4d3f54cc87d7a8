/** A setting of safety in a hall at work: two persons, by keyboard, with an Esc, a mistake and a restart. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'
import { press } from './support/cashier.ts'
import { whileBackendWaits } from './support/processes.ts'
import { go } from './support/go.ts'

let app: RunningApp
beforeAll(async () => void (app = await startApp()))
afterAll(() => app.close())

const row = () => app.page.locator('.setting', { hasText: '计划停气提前通知' })
const field = () => row().locator('input').first()
const dialog = () => app.page.locator('.el-dialog:visible', { hasText: '批准' })
async function type(hours: string): Promise<void> {
  await field().focus()
  await app.page.keyboard.press('Control+A')
  await app.page.keyboard.type(hours)
  // The number is taken as the field is left; Enter on the row saves.
  await app.page.keyboard.press('Enter')
}
async function agree(staffNo: string, password: string): Promise<void> {
  await dialog().locator('[data-field="staffNo"]').fill(staffNo)
  await dialog().locator('[data-field="password"]').fill(password)
  await app.page.keyboard.press('Enter')
}
const kept = () =>
  app.query<{ value: string }>(`SELECT value FROM settings WHERE key = 'supply.noticeHours'`)[0]?.value ?? null

test('the hours of notice are changed by two: refused below the floor, left by Esc, agreed to, kept over a restart', async () => {
  for (const hours of ['72', '96', '72']) {
    await logIn(app.page, '3001')
    await go(app.page, '/settings')
    await row().getByText('更改须另一位主任或管理员批准').waitFor()
    const before = kept()
    await type(hours)
    await dialog().getByText(`${hours} 小时`).waitFor()
    await app.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    expect(kept()).toBe(before)

    await type(hours)
    await dialog().getByText(`${hours} 小时`).waitFor()
    await agree('9001', 'not-the-password')
    await dialog().locator('.el-form-item__error').waitFor()
    expect(kept()).toBe(before)
    await agree('9001', passwordOf('9001'))
    await app.page.getByText('已保存').first().waitFor()
    await expect.poll(kept).toBe(hours)
    app = await app.restart()
  }
  await logIn(app.page, '3001')
  await go(app.page, '/settings')
  await type('5')
  await row().getByRole('alert').getByText('应为 24 至 720 的整数').waitFor()
  expect(kept()).toBe('72')
})

test('the right password, typed while a wrong one is still being looked at, stays and agrees', async () => {
  for (const hours of ['96', '72', '96']) {
    await type(hours)
    await dialog().getByText(`${hours} 小时`).waitFor()
    await dialog().locator('[data-field="staffNo"]').fill('9001')
    await dialog().locator('[data-field="password"]').fill('not-the-password')
    // Whoever agrees does so, and it takes the PC a while to look at it.
    await whileBackendWaits(app.electron.process(), async () => {
      await app.page.keyboard.press('Enter')
      await app.page.keyboard.type(passwordOf('9001'))
    })
    await dialog().locator('.el-form-item__error').waitFor()
    expect(await dialog().locator('[data-field="password"]').inputValue()).toBe(passwordOf('9001'))
    await app.page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'hidden' })
    await expect.poll(kept).toBe(hours)
  }
})

test('Esc while the right password is still being looked at leaves it undone, and the next agreement counts', async () => {
  const approvals = () => app.query<{ used: number }>('SELECT used_at IS NOT NULL AS used FROM approvals ORDER BY id')
  for (const hours of ['72', '96', '72']) {
    const before = kept()
    const given = approvals().length
    await type(hours)
    await dialog().getByText(`${hours} 小时`).waitFor()
    await dialog().locator('[data-field="staffNo"]').fill('9001')
    await dialog().locator('[data-field="password"]').fill(passwordOf('9001'))
    await whileBackendWaits(app.electron.process(), async () => {
      await app.page.keyboard.press('Enter')
      await app.page.keyboard.press('Escape')
      await dialog().waitFor({ state: 'hidden' })
    })
    await app.page.locator('.el-message', { hasText: '没有办理' }).last().waitFor()
    expect(approvals().slice(given)).toEqual([{ used: 0 }])
    expect(kept()).toBe(before)

    await type(hours)
    await dialog().getByText(`${hours} 小时`).waitFor()
    await agree('9001', passwordOf('9001'))
    await expect.poll(kept).toBe(hours)
    expect(approvals().slice(given)).toEqual([{ used: 0 }, { used: 1 }])
  }
})

test('a value that is put back at once is saved too, and what is typed in the next row meanwhile stays', async () => {
  await go(app.page, '/settings')
  const of = (label: string) => app.page.locator('.setting', { hasText: label }).locator('input').first()
  const value = (key: string) =>
    app.query<{ value: string }>('SELECT value FROM settings WHERE key = ?', key)[0]?.value ?? null
  const [turning, drills] = [of('公示屏每页停留'), of('全年应急演练目标')]
  await turning.waitFor()
  for (const [there, back] of [
    ['20', '12'],
    ['25', '12'],
    ['30', '12'],
  ] as const) {
    await whileBackendWaits(app.electron.process(), async () => {
      for (const seconds of [there, back]) {
        await turning.focus()
        await app.page.keyboard.press('Control+A')
        await app.page.keyboard.type(seconds)
        await app.page.keyboard.press('Enter')
      }
      await drills.focus()
      await app.page.keyboard.press('Control+A')
      await app.page.keyboard.type('4')
      await app.page.keyboard.press('Tab')
    })
    await expect.poll(() => value('publicity.slideSeconds')).toBe('12')
    await app.page
      .locator('.setting', { hasText: '公示屏每页停留' })
      .getByRole('button', { name: '保存' })
      .waitFor({ state: 'hidden' })
    expect(await turning.inputValue()).toBe('12')
    expect(await drills.inputValue()).toBe('4')
    await drills.focus()
    await app.page.keyboard.press('Control+A')
    await app.page.keyboard.type('2')
    await app.page.keyboard.press('Tab')
  }
})

/** The books refuse what was agreed to in the moment it is written. */
function inTheBooks(sql: string): void {
  const key = openKey(app.dataFolder, { osStore: null })
  const sqlite = openSqlite({ path: join(app.dataFolder, 'hall.db'), key })
  sqlite.exec(sql)
  sqlite.close()
}

test('lines of a setting: a refusal after the second person agreed is said, the lines stay, and are agreed to anew', async () => {
  const grades = () =>
    app.query<{ value: string }>(`SELECT value FROM settings WHERE key = 'appraisal.grades'`)[0]?.value ?? ''
  // Its name is that of the setting: it stands where a field would.
  const edit = () =>
    app.page
      .locator('.setting', { hasText: '考核等级和最低总分' })
      .locator('button', { hasText: '编辑' })
      .press('Enter')
  const lines = app.page.locator('.el-dialog:visible', { hasText: '考核等级和最低总分' }).first()
  const second = lines.locator('tbody tr .number input').nth(1)
  await edit()
  await lines.waitFor()
  for (const points of ['81', '82', '83']) {
    await second.fill(points)
    await second.press('Tab')
    inTheBooks(`CREATE TRIGGER refused BEFORE INSERT ON settings WHEN new.key = 'appraisal.grades'
      BEGIN SELECT RAISE(ABORT, 'refused'); END`)
    // The refusal of the round before has gone: this one is waited for below.
    await expect.poll(() => app.page.locator('.el-message--error').count()).toBe(0)
    await press(app.page, 'F12', '保存')
    await dialog().getByText('须').first().waitFor()
    await agree('9001', passwordOf('9001'))
    // Agreed to; what is refused is the saving.
    await dialog().waitFor({ state: 'hidden' })
    await app.page.locator('.el-message--error').first().waitFor()
    expect(app.query('SELECT 1 FROM approvals WHERE used_at IS NULL').length).toBeGreaterThan(0)
    expect(await second.inputValue()).toBe(points)
    expect(grades()).not.toContain(points)
    inTheBooks('DROP TRIGGER refused')
    await press(app.page, 'F12', '保存')
    await agree('9001', passwordOf('9001'))
    await lines.waitFor({ state: 'hidden' })
    expect(grades()).toContain(`良好 ${points}`)
    await edit()
    await lines.waitFor()
  }
  await app.page.keyboard.press('Escape')
  await lines.waitFor({ state: 'hidden' })
})
