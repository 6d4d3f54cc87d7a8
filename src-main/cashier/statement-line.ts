/** One line of a statement: its moment, its side, its amount, and whether money moved by it here. Pure. */
import { DomainError } from '../platform/errors.ts'
import { fen, subtract, type Fen } from '../platform/money.ts'
import {
  cellText,
  instantOf,
  lostDigits,
  readAmount,
  readClock,
  readMoment,
  saysNothing,
  type Cell,
  type SheetRow,
} from '../platform/sheets/cells.ts'
import { StatementUnreadable } from './errors.ts'
import type { StatementField } from './statement-columns.ts'
import type { Headings } from './statement-headings.ts'
import {
  idleWords,
  inWords,
  neitherWords,
  notRefund,
  outWords,
  ownWords,
  plainSide,
  refundDone,
  refundUndone,
  refundWords,
  resultDone,
  sideInside,
} from './statement-words.ts'

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

/** One line by its fields. */
export class Line {
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
export function momentOf(line: Line): number | null {
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

export function readLine(line: Line, headings: Headings, terminals: ReadonlySet<string>): FileLine | null {
  const lineNo = line.row.row
  const at = momentOf(line)
  if (at === null) throw line.unreadable(`的时间“${line.text('time') || line.text('date')}”无法识别`)
  const states = line.texts('state')
  const side = sideOf(line, headings)
  const returned = states.some((state) => refundWords.test(state) && !notRefund.test(state))
  const again = states.some((state) => refundUndone.test(state))
  // The side that a column of its own tells stands above what the kind of transaction lets guess: 退款退回 came in.
  const told = line.has('direction') && (side === 'in' || side === 'out')
  const refund = returned && !again && !(told && side === 'in')
  const both = returned || !line.has('refundAmount') ? null : line.amount('refundAmount')
  if (both !== null && both !== 0)
    throw line.unreadable(
      `的收款和退款（${line.text('refundAmount')}）写在同一行，本系统分不开；请下载逐笔列出退款的对账单`,
    )
  const asked = refund && line.has('refundAmount') ? line.amount('refundAmount') : null
  const written = asked !== null && asked !== 0 ? asked : writtenAmount(line, side)
  if (written === null) throw line.unreadable('没有金额，请核对文件')
  const amount = refund ? fen(-Math.abs(written)) : again && !told ? fen(Math.abs(written)) : written
  const reference = line.number('reference')
  const merchantReference = line.number('merchantReference')
  const own =
    line.number('ownReference') || (amount < 0 && line.number('refundReference')) || reference || merchantReference
  const refundState = line.text('refundState')
  if (states.some((state) => idleWords.test(state))) return null
  const results = line.texts('result').filter((text) => text !== '')
  const idle =
    results.find((result) => !resultDone.test(result) && !refundWords.test(result)) ??
    states.find((state) => ownWords.test(state) && !returned) ??
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
