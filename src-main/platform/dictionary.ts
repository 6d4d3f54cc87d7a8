/**
 * 词表: the words of one kind, each with the name people read, said once. Values, type, names, schema, choices and the
 * CHECK of a column follow from it. Pure: both floors use it; `columns.ts` makes the column and its CHECK.
 */
import { z } from 'zod'

export interface Dictionary<Word extends string> {
  /** In the order in which they are offered. */
  readonly values: readonly [Word, ...Word[]]
  readonly names: Readonly<Record<Word, string>>
  /** As a choice of a form offers them. */
  readonly options: readonly { readonly value: Word; readonly label: string }[]
  /** @param error what to tell whoever chose none, such as '请选择类别' */
  readonly schema: (error?: string) => z.ZodEnum<{ [W in Word]: W }>
}

/** The words of a dictionary as a type: `type Channel = WordOf<typeof channel>`. */
export type WordOf<D> = D extends Dictionary<infer Word> ? Word : never

/** Declares a dictionary; the order of the keys is the order in which the words are offered. @throws Error for a word that is a number */
export function words<const Names extends Readonly<Record<string, string>>>(
  names: Names,
): Dictionary<keyof Names & string> {
  type Word = keyof Names & string
  const values = Object.keys(names) as unknown as readonly [Word, ...Word[]]
  // JavaScript puts such keys first, whatever the order they are written in.
  const number = values.find((value) => /^\d+$/.test(value))
  if (number !== undefined) throw new Error(`a word is no number, its place would be lost: ${number}`)
  return {
    values,
    names: names as Readonly<Record<Word, string>>,
    options: values.map((value) => ({ value, label: names[value] ?? value })),
    schema: (error) =>
      z.enum(values, error === undefined ? undefined : { error }) as unknown as z.ZodEnum<{ [W in Word]: W }>,
  }
}

/** Words as a condition of SQL has them: `('open', 'closed')`. Words hold no quotes; @throws where one does. */
export function sqlWords(list: readonly string[]): string {
  if (list.length === 0 || list.some((word) => !/^[\w>-]+$/.test(word))) throw new Error(`no words for SQL: ${list}`)
  return `(${list.map((word) => `'${word}'`).join(', ')})`
}
