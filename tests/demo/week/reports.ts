/** 周报 and 月报: looked at, submitted, kept as a spreadsheet and printed as it went up (clauses 13, 25(1)). */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { periodLabel, periodOf, type PeriodKind } from '../../../src-main/reports/api.ts'
import { businessDate } from '../../../src-main/platform/dates.ts'
import type { Desk } from '../desk.ts'
import { clear, heading, press } from './hands.ts'
import type { Stage } from './stage.ts'

export const reportTitles = {
  cash: '收费报表',
  arrears: '欠费报表',
  consumption: '用气量报表',
  business: '业务报表',
  repairs: '报修报表',
  inspections: '安检报表',
  complaints: '投诉报表',
  callbacks: '回访报表',
} as const
export type ReportName = keyof typeof reportTitles

/** The spreadsheet is written where the operator says. */
async function keepBook(desk: Desk, path: string): Promise<void> {
  await desk.app.electron.evaluate(({ dialog }, filePath) => {
    const before = dialog.showSaveDialog
    dialog.showSaveDialog = () => {
      dialog.showSaveDialog = before
      return Promise.resolve({ canceled: false, filePath })
    }
  }, path)
  await press(desk.page, 'Control+e', '导出')
  for (const limit = Date.now() + 90_000; !existsSync(path);) {
    if (Date.now() > limit) throw new Error(`${path} was not written`)
    await desk.page.waitForTimeout(50)
  }
  await desk.page.locator('.key-button:enabled', { hasText: '导出' }).first().waitFor()
}

/** Every report of a period, one after the other. */
export async function submitReports(
  stage: Stage,
  kind: PeriodKind,
  date: string,
  names: readonly ReportName[],
): Promise<void> {
  const desk = await stage.as('3001')
  const period = periodOf(kind, businessDate(date))
  const sheets = join(stage.folder, 'spreadsheets')
  mkdirSync(sheets, { recursive: true })
  for (const name of names) {
    const title = reportTitles[name]
    const named = `${title}-${periodLabel(period)}`
    await desk.go(`/reports/${name}/${kind}/${period.from}`)
    await heading(desk, title)
    await desk.page.locator('.period-picker strong', { hasText: periodLabel(period) }).waitFor()
    await desk.page.locator('.sections:not(.waiting)').waitFor()
    await press(desk.page, 'F12', '上报')
    await desk.page.locator('.el-dialog:visible', { hasText: '上报后不能修改' }).waitFor()
    await desk.press('Ctrl+Enter')
    await stage.until(
      named,
      'SELECT count(*) AS n FROM report_submissions WHERE report = ? AND period_kind = ? AND period_from = ?',
      1,
      name,
      kind,
      period.from,
    )
    await clear(desk)
    await desk.page.locator('.page-header', { hasText: /上报 BB/ }).waitFor()
    await desk.shot(named)
    await keepBook(desk, join(sheets, `${named}.xlsx`))
    const { id } = stage.one<{ id: string }>(
      'submission',
      'SELECT id FROM report_submissions WHERE report = ? AND period_kind = ? AND period_from = ?',
      name,
      kind,
      period.from,
    )
    await desk.go(`/reports/submissions/${id}`)
    await heading(desk, new RegExp(`^${title} BB`))
    await press(desk.page, 'Control+p', '打印')
    await desk.keepPaper(named)
    await clear(desk)
  }
  stage.tell(`${names.length} 份${kind === 'week' ? '周报' : '月报'}（${periodLabel(period)}）已上报、导出、打印`)
}
