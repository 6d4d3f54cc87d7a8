/** How a room declares its settings; collected by `settings-catalog.ts`. */
import { z } from 'zod'
import { noSuchTime } from './dates.ts'

export interface SettingEntry {
  readonly label: string
  readonly unit?: string
  /** Chinese words of the values of an enum. */
  readonly choices?: Readonly<Record<string, string>>
  /** Numbered lines that are edited as a table: items with weights, steps of a share, grades. */
  readonly lines?: LinesKind
  /** The regulation has something to say on it, or it judges somebody's work: in a hall at work two persons change it. */
  readonly safety?: true
  readonly schema: z.ZodType
  readonly default: unknown
}

/** What a room declares: keys as they are kept, '<room>.<name>'. */
export type Settings = Readonly<Record<string, SettingEntry>>

/** An hour of the day. */
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: ({ input }) =>
    typeof input === 'string' && /^\d\d:\d\d$/.test(input) ? noSuchTime(input) : '时间应写成 22:00 的样子',
})

/** A line of a list a company writes itself: words, then a whole number. '24 小时内修复 15' */
export interface NumberedLine {
  readonly text: string
  readonly number: number
}

export const linesKinds = ['items', 'thresholds', 'grades'] as const
export type LinesKind = (typeof linesKinds)[number]

/** '处理率 15；回访率 10' as lines; null when it is not written so. Used for scorecards and thresholds. */
export function numberedLines(text: string): NumberedLine[] | null {
  const lines = text
    .split(/[；;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => /^(.{1,40}?)\s+(\d{1,3})%?$/.exec(part))
  return lines.length === 0 || lines.includes(null)
    ? null
    : lines.map((line) => ({ text: line?.[1] ?? '', number: Number(line?.[2]) }))
}
