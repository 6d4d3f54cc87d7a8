/** `npm run demo`: plays one hall's day through the real window and leaves what it produced. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { repository, startApp } from '../e2e/support/app.ts'
import { playDay } from './day.ts'
import { summary } from './summary.ts'

const started = Date.now()
const today = shanghaiDate(started)
const folder = join(repository, 'demo-output', new Date(started).toISOString().replaceAll(/[:.]/g, '-').slice(0, 19))
const dataFolder = join(folder, 'data')
mkdirSync(dataFolder, { recursive: true })
const tell = (line: string) => process.stdout.write(`${line}\n`)

tell(`Playing one hall's day; everything it makes goes to ${relative(process.cwd(), folder) || folder}`)
tell('正在建立演示营业厅（2,000 户）……')
const app = await startApp({
  dataFolder,
  clock: `${today}T09:00:00+08:00`,
  env: { HALL_DEMO: '1' },
})
try {
  await app.page.locator('input').first().waitFor({ timeout: 180_000 })
  const day = await playDay(app, folder, tell)
  const pdfs = readdirSync(join(dataFolder, 'papers')).filter((name) => name.endsWith('.pdf')).length
  tell(
    summary(day, {
      runtime: process.env['HALL_RUNTIME'] ?? 'Electron',
      folder: relative(process.cwd(), folder) || folder,
      seconds: Math.round((Date.now() - started) / 1000),
      pdfs,
    }),
  )
} catch (error) {
  await app.page.screenshot({ path: join(folder, 'failed.png') }).catch(() => undefined)
  tell(`The day stopped: ${error instanceof Error ? error.message : String(error)}`)
  tell(`The screen as it was: ${join(folder, 'failed.png')}`)
  process.exitCode = 1
} finally {
  await app.close()
}
