/** Reports as a window asks for them. */
import type { InputOf, Role } from '../../src-main/platform/contract.ts'
import { Records, Run, type Cells, type ReportView, type Section } from '../../src-main/reports/api.ts'
import type { TestHall } from '../support/hall.ts'

export const id = (): string => crypto.randomUUID()

export const runReport = (
  hall: TestHall,
  report: string,
  kind: InputOf<typeof Run>['kind'],
  date: string,
  as: Role = 'hall-manager',
): Promise<ReportView> => hall.call(Run, { runId: id(), report, kind, date }, as)

export function section(view: ReportView, wanted: string): Section {
  const found = view.sections.find((one) => one.id === wanted)
  if (!found) throw new Error(`no section ${wanted}`)
  return found
}
/** Cells of one row. */
export function row(view: ReportView, of: string, key: string): Cells {
  const found = section(view, of).rows.find((one) => one.key === key)
  if (!found) throw new Error(`no row ${key} in ${of}`)
  return found.cells
}

/** Every record behind a row, page after page of two, so that the cursor is tried as well. */
export async function recordsOf(
  hall: TestHall,
  { report, period }: ReportView,
  of: string,
  key: string,
  as: Role = 'hall-manager',
) {
  const rows: { key: string; cells: Cells; link: string | null }[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask(after)
    rows.push(...page.rows)
    after = page.next
  } while (after !== null)
  return rows

  function ask(from: string | null) {
    return hall.call(
      Records,
      { report, kind: period.kind, date: period.from, section: of, key, page: { after: from, size: 2 } },
      as,
    )
  }
}

export const sumOf = (rows: readonly { readonly cells: Cells }[], column: string): number =>
  rows.reduce((all, { cells }) => all + Number(cells[column]), 0)
