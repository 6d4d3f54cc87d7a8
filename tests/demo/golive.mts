/** `npm run demo -- --golive`: a real hall goes live through the real window, from an empty folder, and leaves what it produced. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { formatYuan } from '../../src-main/platform/money.ts'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { repository, startApp } from '../e2e/support/app.ts'
import { goLive, passphrase, type GoLive } from './golive.ts'

const started = Date.now()
const folder = join(
  repository,
  'demo-output',
  `golive-${new Date(started).toISOString().replaceAll(/[:.]/g, '-').slice(0, 19)}`,
)
const dataFolder = join(folder, 'data')
const shown = relative(process.cwd(), folder) || folder
mkdirSync(dataFolder, { recursive: true })
const tell = (line: string) => process.stdout.write(`${line}\n`)

function summary({ opened, bill, payment, closed }: GoLive): string {
  const papers = readdirSync(join(dataFolder, 'papers')).filter((name) => name.endsWith('.pdf')).length
  const pictures = readdirSync(join(folder, 'screenshots')).length
  return [
    '',
    '════════════════ 新营业厅开业 ════════════════',
    `营业日 ${closed.date}　运行环境 ${process.env['HALL_RUNTIME'] ?? 'Electron'}`,
    '',
    '首次设置　公司、本厅、管理员；填到一半关机，重开后接着填',
    '开业准备　电话 → 气价 → 人员和上岗证 → 总部 → 合同文本 → 公示牌 → 备份；试印、导入注明不办',
    `报装开户　${opened.customerName}　户号 ${opened.accountNo}　合同 ${opened.contracts.join('、')}`,
    `第一张账单　${bill.lines.join('；')}　合计 ${formatYuan(bill.amount)} 元`,
    `第一张收据　${payment.receiptNo}　${formatYuan(payment.amount)} 元，找零 ${formatYuan(payment.change)} 元`,
    `日结　　　${closed.dayCloseNo}　长短款 ${formatYuan(closed.overShort)} 元`,
    '',
    `截图 ${pictures} 张、PDF ${papers} 份、数据库、总部所收：${shown}`,
    `用时 ${Math.round((Date.now() - started) / 1000)} 秒`,
    '══════════════════════════════════════════════',
  ].join('\n')
}

tell(`A new hall goes live from an empty folder; everything it makes goes to ${shown}`)
/** The day begins at nine; a program that is started again goes on at the time it has become. */
const morning = Date.parse(`${shanghaiDate(started)}T09:00:00+08:00`)
const clock = () => new Date(morning + Date.now() - started).toISOString()
let app = await startApp({ dataFolder, passphrase, clock: clock() })
try {
  tell(summary(await goLive(app, folder, tell, (running) => (app = running), clock)))
} catch (error) {
  await app.page.screenshot({ path: join(folder, 'failed.png') }).catch(() => undefined)
  tell(`The walk stopped: ${error instanceof Error ? error.message : String(error)}`)
  tell(`The screen as it was: ${join(folder, 'failed.png')}`)
  process.exitCode = 1
} finally {
  await app.close()
}
