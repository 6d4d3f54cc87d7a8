/**
 * A channel's statement as lines: WeChat's 商户账单 and 资金账单, Alipay's 业务明细, UnionPay's and banks' exports, and whatever
 * else names its columns in one of their ways or was explained once. Pure; amounts in fen (money given back negative), times
 * in UTC epoch ms, line numbers as Excel shows them.
 */
import { cellText, readMoment, type SheetRow } from '../platform/sheets/cells.ts'
import { maxStatementLines } from './close-api.ts'
import { StatementDuplicate, StatementUnreadable } from './errors.ts'
import { fingerprint, twiceNamed, unknownSigns, type StatementField } from './statement-columns.ts'
import {
  askWhatIsMissing,
  headingsOf,
  likelyHeadings,
  refuseOtherUnit,
  refuseOtherWallet,
  signsByValue,
  textsOf,
  titleRows,
  unknownColumns,
  type KnownFile,
} from './statement-headings.ts'
import { Line, momentOf, readLine, type FileLine } from './statement-line.ts'
import { summaryWords, totalLabel, totalWords } from './statement-words.ts'

export interface ReadOptions {
  /** Files explained before, by `fingerprint` of their headings. */
  readonly known?: ReadonlyMap<string, KnownFile>
  /** 设备号, 门店 or 终端号 of this hall; none when the merchant's bill is this hall's alone. */
  readonly terminals?: readonly string[]
  /** The channel it was given for. */
  readonly means?: string
}

const noRow: SheetRow = { row: 0, cells: [], width: null }

/** A remark stands alone in its row; a line may be numbered #1. */
const withoutRemarks = (rows: readonly SheetRow[]): readonly SheetRow[] =>
  rows.filter(
    (row) =>
      !/^[#＃]|^-{3,}/.test(cellText(row.cells[0] ?? null)) || textsOf(row).filter((text) => text !== '').length >= 3,
  )

interface Sheet {
  readonly name: string
  readonly rows: readonly SheetRow[]
}
/** Headings and a line with a time below them. */
function holdsLines({ rows }: Sheet, known: ReadonlyMap<string, KnownFile>): boolean {
  const table = withoutRemarks(rows)
  const headings = headingsOf(table, known)
  if (headings === null) return false
  const dated = Object.entries(headings.mapping).flatMap(([column, field]) =>
    field === 'time' || field === 'date' ? [Number(column)] : [],
  )
  return table
    .slice(headings.at + 1)
    .some((row) => dated.some((column) => readMoment(cellText(row.cells[column] ?? null)) !== null))
}

/**
 * The sheet of a workbook that is the statement, wherever a cover or a summary stands.
 * @throws StatementUnreadable naming those that are, where there are several: the lines of none may be lost without a word
 */
export function statementSheet(sheets: readonly Sheet[], known: ReadonlyMap<string, KnownFile>): readonly SheetRow[] {
  const found = sheets.filter((sheet) => holdsLines(sheet, known))
  if (found.length > 1) {
    const names = found.map(({ name }) => `“${name}”`).join('、')
    throw new StatementUnreadable(`文件里有 ${found.length} 张工作表都是对账单（${names}），请各存成一个文件，逐个选择`)
  }
  return (found[0] ?? sheets.find(({ rows }) => rows.length > 1) ?? sheets[0])?.rows ?? []
}

/**
 * The movements of a statement, in the order of the file.
 * @throws StatementColumnsUnknown with the headings in `details`, where nobody has said yet what its columns are ·
 * StatementUnreadable naming the line and what is wrong with it · StatementDuplicate when two lines are the same
 */
export function readStatement(
  rows: readonly SheetRow[],
  { known = new Map(), terminals = [], means = '' }: ReadOptions = {},
): FileLine[] {
  const table = withoutRemarks(rows)
  const headings = headingsOf(table, known)
  const at = headings?.at ?? likelyHeadings(table)
  const heading = table[at] ?? noRow
  // What stands above the headings says what the file is, also where it is none of its lines.
  const titles = rows.slice(0, titleRows).filter(({ row }) => row < heading.row)
  refuseOtherUnit([...titles, heading])
  refuseOtherWallet(titles, textsOf(heading), means)
  if (!headings) {
    const missing = '对账单里没有找到“时间”和“金额”两列'
    // A letter, a log, half a picture: there is no second column to name, so nobody is asked.
    if (textsOf(heading).length < 2) {
      throw new StatementUnreadable(`${missing}，这个文件只有一列，不是对账单；请选择渠道下载的原文件`)
    }
    throw unknownColumns(`${missing}，请指明各列是什么`, table, at)
  }
  const { texts, mapping, file } = headings
  const [sign] = file ? [] : [...unknownSigns(texts, mapping), ...signsByValue(table.slice(at + 1), texts, mapping)]
  if (sign !== undefined) {
    throw unknownColumns(`“${texts[sign]}”一列可能写着收支方向，本系统还不认得，请指明各列是什么`, table, at)
  }
  const twice = file ? null : twiceNamed(texts, mapping)
  if (twice !== null) throw unknownColumns(`有两列都叫“${twice}”，请指明各列是什么`, table, headings.at)
  if (!file) askWhatIsMissing(table, headings)
  const columns = new Map<StatementField, number[]>()
  for (const [column, field] of Object.entries(mapping))
    columns.set(field, [...(columns.get(field) ?? []), Number(column)])
  const ours = new Set(terminals)
  const lines: FileLine[] = []
  const seen = new Map<string, number>()
  let ended = false
  for (const row of table.slice(at + 1)) {
    const written = textsOf(row)
    const line = new Line(row, columns)
    const first = written.find((text) => text !== '') ?? ''
    const summary = summaryWords.test(first) || summaryWords.test(line.text('time') || line.text('date'))
    const timeless = momentOf(line) === null
    if (summary || (timeless && written.some((text) => totalWords.test(text) || totalLabel.test(text)))) {
      ended = true
      continue
    }
    // 复核人：甲 — without a time and without a digit there is no transaction in it.
    if (timeless && !written.some((text) => /\d/.test(text))) continue
    // Below a total stand its numbers, the bank's remarks and signatures, unless another page begins.
    if (ended && timeless) continue
    // Pages repeat their headings.
    if (fingerprint(written) === fingerprint(texts)) continue
    if (written.length > texts.length || (row.width !== null && row.width < texts.length)) {
      throw new StatementUnreadable(
        `第 ${row.row} 行有 ${row.width ?? written.length} 项，表头有 ${texts.length} 列，内容可能串列，请用渠道下载的原文件`,
      )
    }
    if (lines.length === maxStatementLines) throw new StatementUnreadable(`对账单超过 ${maxStatementLines} 行`)
    const found = readLine(line, headings, ours)
    if (!found) continue
    const before = found.identity === '' ? undefined : seen.get(found.identity)
    if (before !== undefined) {
      throw new StatementDuplicate(`第 ${row.row} 行与第 ${before} 行是同一笔交易，请核对文件`)
    }
    seen.set(found.identity, row.row)
    lines.push(found)
  }
  return lines
}
