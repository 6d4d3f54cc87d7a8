/**
 * A channel's statement as lines: WeChat's 商户账单 and 资金账单, Alipay's 业务明细, UnionPay's and banks' exports, and whatever
 * else names its columns in one of their ways or was explained once. Pure; amounts in fen (money given back negative), times
 * in UTC epoch ms, line numbers as Excel shows them.
 */
import { DomainError } from '../platform/errors.ts'
import { fen, subtract, type Fen } from '../platform/money.ts'
import {
  cellText,
  instantOf,
  lostDigits,
  otherUnitIn,
  readAmount,
  readClock,
  readMoment,
  saysNothing,
  type Cell,
  type SheetRow,
} from '../platform/sheets/cells.ts'
import { maxStatementLines } from './close-api.ts'
import { StatementColumnsUnknown, StatementDuplicate, StatementUnreadable } from './errors.ts'
import {
  columnsByHeading,
  fingerprint,
  isComplete,
  unknownSigns,
  type StatementField,
  type StatementMapping,
} from './statement-columns.ts'

export interface FileLine {
  readonly lineNo: number
  readonly at: number
  /** 渠道订单号. */
  readonly reference: string
  /** 商户订单号; '' where the channel has only one number. */
  readonly merchantReference: string
  readonly amount: Fen
  /** What no two lines share: the refund's own number, else the order's with its side; '' where there is none. */
  readonly identity: string
  /** `money`: it moved here. `idle`: the channel itself says that none moved, or none of a customer's. `elsewhere`: another hall's. */
  readonly standing: 'money' | 'idle' | 'elsewhere'
  /** The channel's own word for an idle line, the terminal of one from elsewhere; '' otherwise. */
  readonly word: string
}

/** What somebody said once about files of this make. */
export interface KnownFile {
  readonly mapping: StatementMapping
  /** What stands in the direction's column for money that came, and for money that went. */
  readonly inWords: readonly string[]
  readonly outWords: readonly string[]
}

export interface ReadOptions {
  /** Files explained before, by `fingerprint` of their headings. */
  readonly known?: ReadonlyMap<string, KnownFile>
  /** 设备号, 门店 or 终端号 of this hall; none when the merchant's bill is this hall's alone. */
  readonly terminals?: readonly string[]
  /** The channel it was given for. */
  readonly means?: string
}

/** Whose bill it is where its titles or headings say so; an acquirer's may hold both. */
const makers = [
  { means: 'wechat', name: '微信' },
  { means: 'alipay', name: '支付宝' },
] as const

/** The bill of one wallet given for the other would be nothing but differences. @throws StatementUnreadable */
function refuseOtherWallet(titles: readonly SheetRow[], headings: readonly string[], means: string): void {
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

const noRow: SheetRow = { row: 0, cells: [], width: null }

/** Rows at the beginning that may hold titles. */
const titleRows = 30

const refundWords = /退款|退货|撤销|冲正|REFUND|REVOKED/i
const notRefund = /^(?:非|未|无|否|正常)|未冲正|非冲正/
/** States in which no money moved. */
const idleWords =
  /失败|关闭|未支付|已取消|处理中|待支付|不足|超时|拒绝|无效|错误|未成功|不成功|异常|作废|NOTPAY|CLOSED|PAYERROR|USERPAYING|FAIL|PROCESSING/i
/** Movements between the channel and the company that are no customer's. */
const ownWords = /手续费|服务费|^收费$|提现|结算到|划付|归集|结息|利息/
/** A line of totals, wherever its words stand. */
const totalWords = /总(?:交易)?(?:单|笔)数|总金额|^(?:收入|支出|贷方|借方)笔数/
const refundDone = /^(?:SUCCESS|成功|退款成功|已退款|退款完成|完成|已完成)$/i
const summaryWords =
  /^(?:总|合计|小计|本页|累计|汇总|共计|共\s*\d|交易合计|收入合计|支出合计|期初|期末|打印|制表|导出|说明|注[:：]|以上|备注[:：])/
const inWords = /^(?:贷|贷方|收|收入|入|入账|进|进账|转入|存|存入|来账|已收入|c|cr|credit|in|\+|收款)$/i
const outWords = /^(?:借|借方|支|支出|出|出账|付|付款|转出|取|支取|往账|已支出|d|dr|debit|out|-|−|退款)$/i
/** A side written where the kind of transaction stands. */
const plainSide = /^(?:借方?|贷方?|收入|支出|转入|转出|来账|往账|DR|CR)$/i
/** A side inside the kind: 转账支取, 跨行汇入. */
const sideInside = { in: /存入|转入|汇入|来账|代收|收入|贷记/, out: /支取|转出|汇出|往账|代付|支出|借记/ } as const
/** What a column of results calls a transaction that went through. */
const resultDone =
  /^(?:[A-Z]?0+|成功|完成|正常|是|S|Y|OK|.*SUCCESS|.*FINISHED|已.*)$|^(?!.*(?:不成功|未成功|失败)).*成功/i
/** A side that is neither: Alipay writes it for money that only changed its place. */
const neitherWords = /^(?:不计收支|其他|其它|\/|中性)$/

interface Headings {
  readonly at: number
  readonly texts: readonly string[]
  readonly mapping: StatementMapping
  readonly file: KnownFile | null
  /** 收款 and 付款 both stand among the kinds of transaction. */
  readonly paired: boolean
}

const textsOf = (row: SheetRow): string[] => {
  const texts = row.cells.map(cellText)
  while (texts.at(-1) === '') texts.pop()
  return texts
}

function isPaired(rows: readonly SheetRow[], mapping: StatementMapping): boolean {
  const kinds = Object.entries(mapping).flatMap(([column, field]) => (field === 'state' ? [Number(column)] : []))
  const told = new Set(rows.flatMap((row) => kinds.map((column) => cellText(row.cells[column] ?? null))))
  return told.has('收款') && told.has('付款')
}

function headingsOf(rows: readonly SheetRow[], known: ReadonlyMap<string, KnownFile>): Headings | null {
  const first = rows.slice(0, titleRows)
  for (const [at, row] of first.entries()) {
    const texts = textsOf(row)
    const file = known.get(fingerprint(texts))
    if (file && isComplete(file.mapping))
      return { at, texts, mapping: file.mapping, file, paired: isPaired(rows, file.mapping) }
  }
  for (const [at, row] of first.entries()) {
    const texts = textsOf(row)
    const mapping = columnsByHeading(texts)
    if (mapping) return { at, texts, mapping, file: null, paired: isPaired(rows, mapping) }
  }
  return null
}

/** The row most like headings, for whoever must say what its columns are: the fullest before the first with numbers. */
function likelyHeadings(rows: readonly SheetRow[]): number {
  const filled = rows.slice(0, titleRows).map((row) => {
    const texts = textsOf(row).filter((text) => text !== '')
    return texts.some((text) => /^[-+¥￥]?[\d,]*\.?\d+(?:元)?$/.test(text)) ? 0 : texts.length
  })
  return Math.max(0, filled.indexOf(Math.max(...filled)))
}

/** A sum in 万元 or 分 taken for yuan would be wrong without a word. @throws StatementUnreadable */
function refuseOtherUnit(titlesAndHeadings: readonly SheetRow[]): void {
  for (const row of titlesAndHeadings) {
    const unit = textsOf(row)
      .map(otherUnitIn)
      .find((one) => one !== null)
    if (unit) throw new StatementUnreadable(`第 ${row.row} 行写明以“${unit}”为单位，请下载以元为单位的对账单`)
  }
}

/** What the screen needs to ask which column is what. */
function unknownColumns(
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
function signsByValue(rows: readonly SheetRow[], headings: readonly string[], mapping: StatementMapping): number[] {
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
function askWhatIsMissing(table: readonly SheetRow[], { at, texts, mapping }: Headings): void {
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

/** One line by its fields. */
class Line {
  readonly row: SheetRow
  readonly #columns: ReadonlyMap<StatementField, readonly number[]>

  constructor(row: SheetRow, columns: ReadonlyMap<StatementField, readonly number[]>) {
    this.row = row
    this.#columns = columns
  }
  cells(field: StatementField): Cell[] {
    return (this.#columns.get(field) ?? []).map((column) => this.row.cells[column] ?? null)
  }
  texts(field: StatementField): string[] {
    return this.cells(field)
      .map(cellText)
      .map((text) => (saysNothing(text) ? '' : text))
  }
  text(field: StatementField): string {
    return this.texts(field)[0] ?? ''
  }
  has(field: StatementField): boolean {
    return this.#columns.has(field)
  }
  unreadable(what: string): InstanceType<typeof StatementUnreadable> {
    return new StatementUnreadable(`第 ${this.row.row} 行${what}`)
  }
  /** @throws StatementUnreadable */
  amount(field: StatementField): Fen | null {
    const text = this.text(field)
    if (text === '') return null
    try {
      return readAmount(text)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      throw this.unreadable(`的金额“${text}”无法识别：${error.message}`)
    }
  }
  /** A number by which a transaction is known. @throws StatementUnreadable when Excel rounded it */
  number(field: StatementField): string {
    const [cell = null] = this.cells(field)
    if (lostDigits(cell)) {
      throw this.unreadable(
        `的编号“${cellText(cell).slice(0, 30)}”被 Excel 当成数值，末几位已丢失；请用渠道下载的原文件，不要先用 Excel 保存`,
      )
    }
    const text = this.text(field)
    return text === '0' ? '' : text
  }
}

/** null where the row names no moment at all. */
function momentOf(line: Line): number | null {
  const [time, date, clock] = [line.text('time'), line.text('date'), line.text('clock')]
  const whole = readMoment(time)
  if (whole && (whole.seconds !== null || date === '')) return instantOf(whole)
  const day = readMoment(date) ?? whole
  if (!day) return null
  const seconds = day.seconds ?? readClock(time) ?? readClock(clock)
  return instantOf({ date: day.date, seconds })
}

type Side = 'in' | 'out' | 'neither' | null

/** The side that the kind of transaction tells; null where it tells none. */
function sideByKind(line: Line, paired: boolean): Side {
  for (const state of line.texts('state')) {
    // 付款 alone is what customers do; beside 收款 it is the other side.
    if (plainSide.test(state) || (paired && /^[收付]款$/.test(state))) return inWords.test(state) ? 'in' : 'out'
    if (sideInside.out.test(state)) return 'out'
    if (sideInside.in.test(state)) return 'in'
  }
  return null
}

function sideOf(line: Line, { file, texts: headings, paired }: Headings): Side {
  if (!line.has('direction')) return sideByKind(line, paired)
  const text = line.text('direction').replace(/\s/g, '')
  if (file?.inWords.includes(text)) return 'in'
  if (file?.outWords.includes(text)) return 'out'
  if (inWords.test(text)) return 'in'
  if (outWords.test(text)) return 'out'
  if (neitherWords.test(text)) return 'neither'
  throw line.unreadable(
    `“${headings[directionAt(line, headings)] ?? '收支方向'}”一列写的“${text}”看不出是收入还是支出，请核对文件`,
  )
}
const directionAt = (line: Line, headings: readonly string[]): number =>
  headings.findIndex((_, column) => line.row.cells[column] === line.cells('direction')[0])

/** What came (+) or went (−) by this line, before refunds are looked at; null where nothing is written. @throws StatementUnreadable */
function writtenAmount(line: Line, side: Side): Fen | null {
  if (line.has('income') && line.has('outgo')) {
    const [income, outgo] = [line.amount('income') ?? fen(0), line.amount('outgo') ?? fen(0)]
    if (income !== 0 && outgo !== 0) throw line.unreadable('收入和支出都有金额，请核对文件')
    return income === 0 && outgo === 0 && line.text('income') === '' && line.text('outgo') === ''
      ? null
      : subtract(income, fen(Math.abs(outgo)))
  }
  const amount = line.amount('amount')
  if (amount === null || side === null || side === 'in' || side === 'neither') return amount
  return fen(-Math.abs(amount))
}

function readLine(line: Line, headings: Headings, terminals: ReadonlySet<string>): FileLine | null {
  const lineNo = line.row.row
  const at = momentOf(line)
  if (at === null) throw line.unreadable(`的时间“${line.text('time') || line.text('date')}”无法识别`)
  const states = line.texts('state')
  const side = sideOf(line, headings)
  const refund = states.some((state) => refundWords.test(state) && !notRefund.test(state))
  const asked = refund && line.has('refundAmount') ? line.amount('refundAmount') : null
  const written = asked !== null && asked !== 0 ? asked : writtenAmount(line, side)
  if (written === null) throw line.unreadable('没有金额，请核对文件')
  const amount = refund ? fen(-Math.abs(written)) : written
  const reference = line.number('reference')
  const merchantReference = line.number('merchantReference')
  const own =
    line.number('ownReference') || (amount < 0 && line.number('refundReference')) || reference || merchantReference
  const refundState = line.text('refundState')
  if (states.some((state) => idleWords.test(state))) return null
  const results = line.texts('result').filter((text) => text !== '')
  const idle =
    results.find((result) => !resultDone.test(result) && !refundWords.test(result)) ??
    states.find((state) => ownWords.test(state) && !refund) ??
    (side === 'neither' ? line.text('direction') : undefined) ??
    (refund &&
    line.has('refundState') &&
    !refundDone.test(refundState) &&
    !states.some((state) => /REVOKED|撤销|冲正/i.test(state))
      ? `退款${refundState === '' ? '未完成' : refundState}`
      : undefined)
  if (amount === 0 && idle === undefined) return null
  const named = line.texts('terminal').filter((text) => text !== '')
  const elsewhere = terminals.size > 0 && named.length > 0 && !named.some((text) => terminals.has(text))
  const standing = idle !== undefined ? 'idle' : elsewhere ? 'elsewhere' : 'money'
  return {
    lineNo,
    at,
    reference,
    merchantReference,
    amount,
    identity: own === '' || standing === 'idle' ? '' : `${own}/${amount > 0 ? 'in' : 'out'}`,
    standing,
    word: (idle ?? (elsewhere ? named.join(' ') : '')).slice(0, 60),
  }
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
  const table = rows.filter((row) => !/^[#＃]|^-{3,}/.test(cellText(row.cells[0] ?? null)))
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
    if (summary || written.some((text) => totalWords.test(text) && momentOf(line) === null)) {
      ended = true
      continue
    }
    // Below a total stand its numbers, the bank's remarks and signatures, unless another page begins.
    if (ended && momentOf(line) === null) continue
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
