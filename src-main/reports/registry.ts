/** The reports of the hall, in the order of the screen. A new report is one file and one line here. */
import { domainError } from '../platform/errors.ts'
import { arrears } from './arrears.ts'
import { business } from './business.ts'
import { callbackReport } from './callbacks.ts'
import { cash } from './cash.ts'
import { complaintReport } from './complaints.ts'
import { consumption } from './consumption.ts'
import { inspectionReport } from './inspections.ts'
import { regulationReport } from './regulation.ts'
import { repairs } from './repairs.ts'
import type { Report, ReportSection } from './report.ts'

export const ReportNotFound = domainError('ReportNotFound', '没有这张报表，请从报表列表打开')

export const reports: readonly Report[] = [
  cash,
  arrears,
  consumption,
  business,
  repairs,
  inspectionReport,
  complaintReport,
  callbackReport,
  regulationReport,
]

/** @throws ReportNotFound */
export function reportOf(id: string): Report {
  const report = reports.find((one) => one.id === id)
  if (!report) throw new ReportNotFound()
  return report
}

/** @throws ReportNotFound */
export function sectionOf(report: Report, id: string): ReportSection {
  const section = report.sections.find((one) => one.id === id)
  if (!section) throw new ReportNotFound()
  return section
}
