/** Columns that follow from a declaration: a word of a dictionary, and the steps of a process. */
import { sql } from 'drizzle-orm'
import { check, integer, text, type AnySQLiteColumn, type CheckBuilder } from 'drizzle-orm/sqlite-core'
import { sqlWords, type Dictionary } from './dictionary.ts'

/** A column that holds a word; its CHECK is `wordCheck`. */
export const word = <Word extends string>({ values }: Dictionary<Word>) => text({ enum: values })

/** The column holds a word of the dictionary, or nothing where it may be empty. */
export const wordCheck = (name: string, column: AnySQLiteColumn, { values }: Dictionary<string>): CheckBuilder =>
  check(name, sql`${column} IN ${sql.raw(sqlWords(values))}`)

/**
 * What every step of every process has on record, beside the record it belongs to and what the process adds. One shape, not
 * one table: each keeps its foreign key, its partial indexes, its gates, and its name in the upload.
 */
export const stepColumns = <State extends string, Kind extends string>(
  states: Dictionary<State>,
  kinds: Dictionary<Kind>,
) => ({
  /** From 1 within a record. */
  no: integer().notNull(),
  /** The round in which it was done; what ends a round belongs to it. */
  round: integer().notNull(),
  kind: word(kinds).notNull(),
  /** State reached. */
  state: word(states).notNull(),
  /** 1 good, 0 not; null where nothing is judged or nobody was reached. */
  passed: integer(),
  note: text().notNull(),
  /** Epoch ms. */
  at: integer().notNull(),
  actorId: text().notNull(),
  actorName: text().notNull(),
})
