/** Rows are missing at a start: somebody says so, and goes on to the login without the mouse. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { passwordOf, startApp, type RunningApp } from './support/app.ts'

let app: RunningApp
beforeAll(async () => void (app = await startApp()))
afterAll(() => app.close())

function write(...statements: readonly string[]): void {
  const sqlite = openSqlite({ path: join(app.dataFolder, 'hall.db'), key: openKey(app.dataFolder, { osStore: null }) })
  for (const one of statements) sqlite.exec(one)
  sqlite.close()
}
const focused = () =>
  app.page.evaluate(
    () => document.activeElement?.getAttribute('data-field') ?? document.activeElement?.textContent?.trim(),
  )

test('who confirmed that rows are missing logs in without touching the mouse', async () => {
  await app.kill()
  write(
    'DROP TRIGGER audit_log_refuse_delete',
    'DELETE FROM audit_log WHERE seq > (SELECT max(seq) - 3 FROM audit_log)',
    `UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM audit_log) WHERE name = 'audit_log'`,
  )
  app = await app.restart()
  const { page } = app
  await page.getByText('数据少了一段').waitFor()
  await page.locator('summary').focus()
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('doubtStaffNo')
  for (const word of ['3001', passwordOf('3001'), '已核对账款']) {
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  }
  await page.getByText('数据少了一段').waitFor({ state: 'hidden' })
  await expect.poll(focused).toBe('staffNo')
})
