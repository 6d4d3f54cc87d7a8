/** A setting of safety in a hall at work: two persons, by keyboard, with an Esc, a mistake and a restart. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'

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
    await app.page.evaluate(() => void (location.hash = '/settings'))
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
    expect(kept()).toBe(hours)
    app = await app.restart()
  }
  await logIn(app.page, '3001')
  await app.page.evaluate(() => void (location.hash = '/settings'))
  await type('5')
  await row().getByRole('alert').getByText('应为 24 至 720 的整数').waitFor()
  expect(kept()).toBe('72')
})
