/** What the week left, read back after the program has ended: the hall's database, its papers and spreadsheets, and headquarters. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { queryOf } from '../../e2e/support/app.ts'
import { readPdf } from '../../e2e/support/pdf.ts'
import type { Receiver } from '../../headquarters/receiver.ts'
import type { Refusal, Sight, Stage } from './stage.ts'
import { openWorkbook } from '../../support/workbook.ts'

/** A paper or spreadsheet by its file name, with everything that stands in it, without white space. */
export interface Kept {
  readonly name: string
  readonly text: string
}

export interface Evidence {
  /** Reads the hall's database. `@since` of a query is the moment the demo hall stood: all that came after is the week's. */
  query<Row>(sql: string, ...params: unknown[]): Row[]
  readonly since: number
  readonly papers: readonly Kept[]
  readonly books: readonly Kept[]
  readonly refusals: readonly Refusal[]
  readonly sights: readonly Sight[]
  readonly headquarters: {
    /** Rows received, and streams that miss some. */
    readonly rows: number
    readonly gaps: number
    readonly violations: number
    /** Hash of a submitted report as it stands there; null where it has not arrived. */
    readonly hashOf: (submissionId: string) => string | null
    /** Fen on the debit side of every entry. */
    readonly debit: number
  }
}

const files = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .toSorted()

async function readPapers(folder: string): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const name of files(folder, '.pdf')) {
    const pages = await readPdf(join(folder, name))
    kept.push({ name, text: pages.map(({ text }) => text).join('') })
  }
  return kept
}

async function readBooks(folder: string): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const name of files(folder, '.xlsx')) {
    const book = await openWorkbook(readFileSync(join(folder, name)))
    const texts: string[] = []
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text))))
    kept.push({ name, text: texts.join(' ').replaceAll(/\s/g, '') })
  }
  return kept
}

/** The last moment of the making of the demo hall. */
export const seededSql = `SELECT coalesce(max(at), 0) AS at FROM audit_log WHERE call = 'demo.seed'`

export async function gather(stage: Stage, receiver: Receiver): Promise<Evidence> {
  const { dataFolder, folder, refusals, sights } = stage
  const query = <Row>(sql: string, ...params: unknown[]) => queryOf<Row>(dataFolder, sql, ...params)
  const there = receiver.store.sqlite
  const [rows] = there.prepare('SELECT count(*) AS n FROM changes').all() as { n: number }[]
  const submitted = there.prepare(
    `SELECT json_extract(data, '$.hash') AS hash FROM changes
     WHERE entity = 'report_submissions' AND entity_id = ? AND op = 'insert'`,
  )
  return {
    query,
    since: query<{ at: number }>(seededSql)[0]?.at ?? 0,
    papers: await readPapers(join(folder, 'papers')),
    books: await readBooks(join(folder, 'spreadsheets')),
    refusals,
    sights,
    headquarters: {
      rows: rows?.n ?? 0,
      gaps: receiver.gaps().length,
      violations: receiver.violations().length,
      hashOf: (id) => (submitted.get(id) as { hash: string } | undefined)?.hash ?? null,
      debit: receiver.totals().reduce((sum, { debit }) => sum + debit, 0),
    },
  }
}
