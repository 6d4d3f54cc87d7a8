/**
 * Single rows by statements that are kept for the life of the connection: for hot paths, where building a query anew
 * takes longer than running it.
 */
import { getTableColumns, getTableName, type InferInsertModel, type InferSelectModel } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { statement, type Sqlite } from './database.ts'

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const selects = new Map<SQLiteTable, string>()
/** `SELECT` of every column under its name in the code. */
export function selectOf(table: SQLiteTable): string {
  let sql = selects.get(table)
  if (sql === undefined) {
    const columns = Object.keys(getTableColumns(table)).map((key) => `${snakeCase(key)} AS ${key}`)
    selects.set(table, (sql = `SELECT ${columns.join(', ')} FROM ${getTableName(table)}`))
  }
  return sql
}

/** The row of a table whose key is `id`. */
export const rowById = <T extends SQLiteTable>(sqlite: Sqlite, table: T, id: string): InferSelectModel<T> | undefined =>
  statement<InferSelectModel<T>>(sqlite, `${selectOf(table)} WHERE id = ?`).get(id)

/** Values are bound in the order of the keys, which are column names of the code. */
export function insertRow<T extends SQLiteTable>(sqlite: Sqlite, table: T, row: InferInsertModel<T>): void {
  const keys = Object.keys(row)
  statement(
    sqlite,
    `INSERT INTO ${getTableName(table)} (${keys.map(snakeCase).join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`,
  ).run(...Object.values(row))
}

/** Changes the row of a table whose key is `id`. */
export function updateRow<T extends SQLiteTable>(
  sqlite: Sqlite,
  table: T,
  id: string,
  change: Partial<InferInsertModel<T>>,
): void {
  const places = Object.keys(change).map((key) => `${snakeCase(key)} = ?`)
  statement(sqlite, `UPDATE ${getTableName(table)} SET ${places.join(', ')} WHERE id = ?`).run(
    ...Object.values(change),
    id,
  )
}
