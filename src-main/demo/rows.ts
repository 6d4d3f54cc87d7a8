/** Writing many rows quickly: one prepared INSERT per table, columns named once. */
import type { Sqlite } from '../platform/database.ts'

type Value = string | number | null
export type Row = Readonly<Record<string, Value>>

/** Inserts rows whose keys are column names; the first row of a table fixes its columns. */
export class RowWriter {
  readonly #sqlite: Sqlite
  readonly #inserts = new Map<string, { columns: string[]; run: (values: Value[]) => void }>()

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite
  }

  insert(table: string, row: Row): void {
    let insert = this.#inserts.get(table)
    if (!insert) {
      const columns = Object.keys(row)
      const statement = this.#sqlite.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      insert = { columns, run: (values) => void statement.run(values) }
      this.#inserts.set(table, insert)
    }
    insert.run(insert.columns.map((column) => row[column] ?? null))
  }
}
