/** Where the headings of a statement stand and what they say; what is asked where they say too little. Pure. */
import { cellText, otherUnitIn, readClock, readMoment, saysNothing, type SheetRow } from '../platform/sheets/cells.ts'
import { StatementColumnsUnknown, StatementUnreadable } from './errors.ts'
import {
  columnsByHeading,
  fingerprint,
  isComplete,
  unknownSigns,
  type StatementField,
  type StatementMapping,
} from './statement-columns.ts'
import { inWords, neitherWords, outWords, summaryWords } from './statement-words.ts'

/** What somebody said once about files of this make. */
export interface KnownFile {
  readonly mapping: StatementMapping
  /** What stands in the direction's column for money that came, and for money that went. */
  readonly inWords: readonly string[]
  readonly outWords: readonly string[]
}

/** Rows at the beginning that may hold titles. */
export const titleRows = 30

/** Whose bill it is where its titles or headings say so; an acquirer's may hold both. */
const makers = [
  { means: 'wechat', name: '微信' },
  { means: 'alipay', name: '支付宝' },
] as const

/** The bill of one wallet given for the other would be nothing but differences. @throws StatementUnreadable */
export function refuseOtherWallet(titles: readonly SheetRow[], headings: readonly string[], means: string): void {
  const says = [
    ...headings.map((text) => ({ text, where: `有“${text}”一列` })),
    ...titles.flatMap((row) => textsOf(row).map((text) => ({ text, where: `第 ${row.row} 行写明“${text}”` }))),
  ]
  const named = makers.filter(({ name }) => says.some(({ text }) => text.includes(name)))
  const [maker] = named
  if (named.length !== 1 || maker === undefined || maker.means === means) return
  if (!makers.some((one) => one.means === means)) return
  const where = says.find(({ text }) => text.includes(maker.name))?.where ?? ''
  throw new StatementUnreadable(
    `这是${maker.name}的对账单（${where.slice(0, 80)}），请在“${maker.name}”一行选择；这里请选本渠道的文件`,
  )
}

export interface Headings {
  /** The last row of them: a bank writes 借方 and 贷方 below 发生额. */
  readonly at: number
  readonly texts: readonly string[]
  readonly mapping: StatementMapping
  readonly file: KnownFile | null
  /** 收款 and 付款 both stand among the kinds of transaction. */
  readonly paired: boolean
}

export const textsOf = (row: SheetRow): string[] => {
  const texts = row.cells.map(cellText)
  while (texts.at(-1) === '') texts.pop()
  return texts
}

function isPaired(rows: readonly SheetRow[], mapping: StatementMapping): boolean {
  const kinds = Object.entries(mapping).flatMap(([column, field]) => (field === 'state' ? [Number(column)] : []))
  const told = new Set(rows.flatMap((row) => kinds.map((column) => cellText(row.cells[column] ?? null))))
  return told.has('收款') && told.has('付款')
}

export function headingsOf(rows: readonly SheetRow[], known: ReadonlyMap<string, KnownFile>): Headings | null {
  const first = rows.slice(0, titleRows)
  for (const [at, row] of first.entries()) {
    const texts = textsOf(row)
    const file = known.get(fingerprint(texts))
    if (file && isComplete(file.mapping))
      return { at, texts, mapping: file.mapping, file, paired: isPaired(rows, file.mapping) }
  }
  for (const [at, row] of first.entries()) {
    const below = first[at + 1]
    const both = below ? inTwoRows(textsOf(row), textsOf(below)) : null
    const twofold = both === null ? null : columnsByHeading(both)
    if (both && twofold)
      return { at: at + 1, texts: both, mapping: twofold, file: null, paired: isPaired(rows, twofold) }
    const texts = textsOf(row)
    const mapping = columnsByHeading(texts)
    if (mapping) return { at, texts, mapping, file: null, paired: isPaired(rows, mapping) }
  }
  return null
}

/** Headings in two rows as one: what stands below, else what stands above; null where the second row is none. */
function inTwoRows(above: readonly string[], below: readonly string[]): string[] | null {
  const filled = below.filter((text) => text !== '')
  // Below a heading that was drawn over several columns only those are filled; a heading has no digits.
  const some = filled.length > 0 && (below.includes('') || below.length < above.length)
  if (!some || filled.some((text) => /\d/.test(text)) || above.some((text) => /\d/.test(text))) return null
  return Array.from({ length: Math.max(above.length, below.length) }, (_, i) => below[i] || (above[i] ?? ''))
}

/** The row most like headings, for whoever must say what its columns are: the fullest before the first with numbers. */
export function likelyHeadings(rows: readonly SheetRow[]): number {
  const filled = rows.slice(0, titleRows).map((row) => {
    const texts = textsOf(row).filter((text) => text !== '')
    return texts.some((text) => /^[-+¥￥]?[\d,]*\.?\d+(?:元)?$/.test(text)) ? 0 : texts.length
  })
  return Math.max(0, filled.indexOf(Math.max(...filled)))
}

/** A sum in 万元 or 分 taken for yuan would be wrong without a word. @throws StatementUnreadable */
export function refuseOtherUnit(titlesAndHeadings: readonly SheetRow[]): void {
  for (const row of titlesAndHeadings) {
    const unit = textsOf(row)
      .map(otherUnitIn)
      .find((one) => one !== null)
    if (unit) throw new StatementUnreadable(`第 ${row.row} 行写明以“${unit}”为单位，请下载以元为单位的对账单`)
  }
}

/** What the screen needs to ask which column is what. */
export function unknownColumns(
  message: string,
  rows: readonly SheetRow[],
  at: number,
): InstanceType<typeof StatementColumnsUnknown> {
  const heading = rows[at]
  const texts = heading ? textsOf(heading) : []
  return new StatementColumnsUnknown(message, {
    details: {
      headings: texts,
      rows: rows.slice(at + 1, at + 6).map((row) => texts.map((_, i) => cellText(row.cells[i] ?? null).slice(0, 60))),
      mapping: columnsByHeading(texts) ?? {},
      signs: unknownSigns(texts, columnsByHeading(texts) ?? {}),
    },
  })
}

/** Columns nobody knows in which only words for came and went stand. */
export function signsByValue(
  rows: readonly SheetRow[],
  headings: readonly string[],
  mapping: StatementMapping,
): number[] {
  if (Object.values(mapping).some((field) => field === 'direction' || field === 'income')) return []
  return headings.flatMap((_, column) => {
    if (column in mapping) return []
    const values = new Set(rows.map((row) => cellText(row.cells[column] ?? null)).filter((text) => !saysNothing(text)))
    const all = [...values].filter((text) => !summaryWords.test(text))
    const signs = all.length > 0 && all.length < 5 && all.every((text) => inWords.test(text) || outWords.test(text))
    return signs && all.some((text) => outWords.test(text)) ? [column] : []
  })
}

/** @throws StatementColumnsUnknown where signs are none we know, and where the day must stand in a column nobody knows */
export function askWhatIsMissing(table: readonly SheetRow[], { at, texts, mapping }: Headings): void {
  const written = (field: StatementField) => {
    const column = texts.findIndex((_, one) => mapping[one] === field)
    return table.slice(at + 1).flatMap((row) => {
      const text = cellText(row.cells[column] ?? null).replace(/\s/g, '')
      return column < 0 || saysNothing(text) || summaryWords.test(textsOf(row)[0] ?? '') ? [] : [{ text, row: row.row }]
    })
  }
  const heading = texts.find((_, one) => mapping[one] === 'direction') ?? ''
  const signs = written('direction').filter(({ text }) => text !== heading)
  const [sign] = signs
  if (sign && !signs.some(({ text }) => [inWords, outWords, neitherWords].some((known) => known.test(text))))
    throw unknownColumns(
      `第 ${sign.row} 行“${heading}”一列写的“${sign.text}”看不出是收入还是支出，请指明各列是什么`,
      table,
      at,
    )
  const first = written('time')[0]?.text ?? ''
  if (!Object.values(mapping).includes('date') && readMoment(first) === null && readClock(first) !== null)
    throw unknownColumns('对账单里没有找到交易日期一列，请指明各列是什么', table, at)
}
