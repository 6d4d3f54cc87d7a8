/** `npm run demo -- --week`: plays a week of the hall through the real window and proves each clause by its record. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repository } from '../e2e/support/app.ts'
import { startReceiver } from '../headquarters/receiver.ts'
import { weekClauses } from './week/clauses.ts'
import { gather } from './week/evidence.ts'
import { monday, scenes, token } from './week/scenes.ts'
import { Stage } from './week/stage.ts'
import { carried } from '../../src-renderer/regulation/carried.ts'
import { judgeWeek, otherClauses, weekSummary } from './week/summary.ts'

const started = Date.now()
const folder = join(
  repository,
  'demo-output',
  `${new Date(started).toISOString().replaceAll(/[:.]/g, '-').slice(0, 19)}-week`,
)
mkdirSync(join(folder, 'data'), { recursive: true })
const shown = relative(process.cwd(), folder) || folder
const tell = (line: string) => process.stdout.write(`${line}\n`)

tell(`Playing a week of the hall; everything it makes goes to ${shown}`)
tell('正在建立演示营业厅（2,000 户）……')
const receiver = await startReceiver({ file: join(folder, 'headquarters.db'), token })
const stage = new Stage(folder, tell)
let title = ''
try {
  for (const scene of scenes) {
    title = scene.title
    await stage.at(scene.at)
    tell(`── ${scene.at.slice(5).replace('T', ' ')} ${title}`)
    await scene.play(stage, receiver)
  }
  title = '读回记录'
  await stage.close()
  cpSync(join(stage.dataFolder, 'papers'), join(folder, 'papers'), { recursive: true })
  const evidence = await gather(stage, receiver)
  const judged = judgeWeek(weekClauses, ({ judge }) => judge(evidence))
  const others = otherClauses(judged, Object.keys(carried), carried)
  const facts = {
    from: monday,
    to: scenes.at(-1)?.at.slice(0, 10) ?? '',
    runtime: process.env['HALL_RUNTIME'] ?? 'Electron',
    folder: shown,
    seconds: Math.round((Date.now() - started) / 1000),
    screenshots: readdirSync(join(folder, 'screenshots')).length,
    pdfs: evidence.papers.length,
    books: evidence.books.length,
  }
  const text = weekSummary(judged, facts, others)
  writeFileSync(join(folder, 'summary.txt'), text)
  tell(text)
  if (judged.some(({ problems }) => problems.length > 0)) process.exitCode = 1
} catch (error) {
  tell(`The week stopped at “${title}”: ${error instanceof Error ? error.message : String(error)}`)
  if (await stage.picture(join(folder, 'failed.png'))) tell(`The screen as it was: ${join(folder, 'failed.png')}`)
  process.exitCode = 1
} finally {
  await stage.close().catch(() => undefined)
  await receiver.close()
}
