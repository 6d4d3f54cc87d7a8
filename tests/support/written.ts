/** Everything that stands in the files of a hall, so that a test can say that a refusal wrote nothing. */
import type { TestHall } from './hall.ts'

/** Tables a hall keeps its data in; those of the search index follow them. */
export const tablesOf = ({ hall }: TestHall): string[] =>
  hall.environment.sqlite
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%search%'`,
    )
    .pluck()
    .all() as string[]

/** That somebody was refused is on record itself, and is no effect of what he tried. */
export const effectsOf = (table: string): string =>
  table === 'audit_log' ? ` WHERE detail NOT LIKE '{"%refused":"%'` : ''
const rowsOf = (table: string): string => `SELECT * FROM "${table}"${effectsOf(table)}`

/** Each table's rows to the letter. For small halls only. */
export function contentOf(hall: TestHall, without: (table: string) => boolean = () => false): Record<string, string> {
  const { sqlite } = hall.hall.environment
  return Object.fromEntries(
    tablesOf(hall)
      .filter((table) => !without(table))
      .map((table) => [table, JSON.stringify(sqlite.prepare(rowsOf(table)).raw().all())]),
  )
}
