/** A report as a spreadsheet: every section a sheet, with title, hall, period and when it was made. */
import { formatInstant } from '../../src-main/platform/dates.ts'
import { formatCell, periodKindNames, unitOf, type ColumnKind, type ReportView } from '../../src-main/reports/api.ts'
import {
  workbookBytes,
  type SheetColumn,
  type SheetContent,
  type SheetKind,
  type SheetValue,
} from '../components/workbook.ts'

export const sheetKind: Readonly<Record<ColumnKind, SheetKind>> = {
  text: 'text',
  date: 'text',
  time: 'text',
  money: 'money',
  litre: 'litre',
  count: 'count',
  percent: 'percent',
}

/** Numbers stay numbers; dates and times are written as they are read. */
const valueOf = (value: string | number | null | undefined, kind: ColumnKind): SheetValue =>
  value === undefined || value === null ? null : sheetKind[kind] === 'text' ? formatCell(value, kind) : value

/** Name of the file, without folders. */
export const bookName = ({ title, period, own }: ReportView): string =>
  `${title}-${period.label}${own ? '-本人' : ''}.xlsx`

/** The sheets of a report; `number` is that of its submission, '' while it has none. */
export function sheetsOf(view: ReportView, number = ''): SheetContent[] {
  const { title, hall, company, period, madeAt, madeBy, own, notes } = view
  const made = `统计时间 ${formatInstant(madeAt)}　${madeBy}${own ? '（本人经手）' : ''}${number === '' ? '　未上报' : `　上报号 ${number}`}`
  return view.sections.map((section) => ({
    name: section.title,
    head: [
      `${title}（${periodKindNames[period.kind]}）— ${section.title}`,
      `${company} ${hall}　${period.label}（${period.from} 至 ${period.to}）`,
      made,
    ],
    tables: [
      {
        columns: section.columns.map(({ label, kind, sum }): SheetColumn => ({
          label: unitOf[kind] === undefined ? label : `${label}（${unitOf[kind]}）`,
          kind: sheetKind[kind],
          // A list that is cut off has a total of all, which its rows do not add up to.
          sum: sum && section.found === section.rows.length,
        })),
        rows: section.rows.map(({ cells }) => section.columns.map(({ key, kind }) => valueOf(cells[key], kind))),
        totals: section.totals ? section.columns.map(({ key, kind }) => valueOf(section.totals?.[key], kind)) : null,
        notes: [
          ...(section.found > section.rows.length ? [`共 ${section.found} 行，列出前 ${section.rows.length} 行`] : []),
          ...(section.note === '' ? [] : [section.note]),
          ...notes,
        ],
      },
    ],
  }))
}

export const reportBook = (view: ReportView, number = ''): Promise<Uint8Array> =>
  workbookBytes(sheetsOf(view, number), view.madeBy)
