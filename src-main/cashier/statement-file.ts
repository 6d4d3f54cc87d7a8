/**
 * Reads a channel's statement: WeChat's 商户账单, Alipay's 业务明细, and the plain form `时间,流水号,金额[,类型]`.
 * Columns are found by their names, so a bank's own export is understood as long as it names them in one of these ways.
 * Pure; amounts in fen (refunds negative), times in UTC epoch ms, line numbers from 1 as an editor shows them.
 */
import { isBusinessDate, startOfDay } from '../platform/dates.ts'
import { DomainError } from '../platform/errors.ts'
import { fen, negate, parseYuan, type Fen } from '../platform/money.ts'
import { maxStatementLines } from './close-api.ts'
import { StatementDuplicate, StatementUnreadable } from './errors.ts'

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
}

type Column = 'time' | 'reference' | 'merchantReference' | 'amount' | 'state' | 'refundAmount' | 'refundReference'

/** Names of the columns, best first: WeChat, Alipay, common bank and POS exports. */
const columnNames: Record<Column, readonly string[]> = {
  time: ['交易时间', '完成时间', '入账时间', '时间', '交易日期时间'],
  reference: ['微信订单号', '支付宝交易号', '流水号', '交易流水号', '参考号', '检索参考号', '交易号'],
  merchantReference: ['商户订单号'],
  amount: ['订单金额', '应结订单金额', '总金额', '订单金额（元）', '商家实收（元）', '金额', '交易金额', '金额（元）'],
  state: ['交易状态', '业务类型', '类型', '交易类型'],
  refundAmount: ['退款金额', '申请退款金额'],
  refundReference: ['微信退款单号', '退款批次号/请求号', '商户退款单号', '退款单号'],
}

const refundWords = /退款|退货|撤销|冲正|REFUND|REVOKED/i
/** States of a transaction in which no money moved. */
const idleWords = /失败|关闭|未支付|NOTPAY|CLOSED|PAYERROR|USERPAYING/i
const summaryWords = /^(总交易|总计|合计|交易合计|汇总)/

/** Splits one line of CSV; drops the backtick and the tabs that channels put around fields to keep Excel from rounding. */
function fieldsOf(line: string): string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i += 1) {
    const c = line.charAt(i)
    if (quoted) {
      if (c !== '"') field += c
      else if (line.charAt(i + 1) === '"') field += line.charAt(++i)
      else quoted = false
    } else if (c === '"' && field.trim() === '') quoted = true
    else if (c === ',') {
      fields.push(field)
      field = ''
    } else field += c
  }
  return [...fields, field].map((text) => text.trim().replace(/^`/, '').trim())
}

const tidyName = (name: string) => name.replaceAll('(', '（').replaceAll(')', '）').replace(/\s/g, '')

function columnsOf(fields: readonly string[]): Partial<Record<Column, number>> | null {
  const names = fields.map(tidyName)
  const found: Partial<Record<Column, number>> = {}
  for (const [column, known] of Object.entries(columnNames) as [Column, readonly string[]][]) {
    const name = known.find((candidate) => names.includes(candidate))
    if (name !== undefined) found[column] = names.indexOf(name)
  }
  return found.time !== undefined && found.amount !== undefined ? found : null
}

/** `2026-11-23 09:01:02`, `2026/11/23 9:01` or `20261123090102`, Asia/Shanghai; null for anything else. */
function instantOf(text: string): number | null {
  const parts =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (!parts) return null
  const [year = '', month = '', day = '', hour = '', minute = '', second = '0'] = parts.slice(1)
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (!isBusinessDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  return startOfDay(date) + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000
}

/** Takes an amount exactly; the sign says on which side it is. @throws InvalidInput */
function signedYuan(text: string): Fen {
  const [, sign = '', size = ''] = /^([-−+]?)(.*)$/.exec(text.trim()) ?? []
  const amount = parseYuan(size)
  return sign === '' || sign === '+' ? amount : negate(amount)
}

/**
 * The movements of a statement, in the order of the file.
 * @throws StatementUnreadable naming the line and what is wrong with it · StatementDuplicate when two lines are the same
 */
export function readStatement(text: string): FileLine[] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ lineNo: i + 1, fields: fieldsOf(line) }))
    .filter(({ fields }) => fields.some((field) => field !== '') && !fields[0]?.startsWith('#'))
  const headerAt = rows.findIndex(({ fields }) => columnsOf(fields) !== null)
  const columns = columnsOf(rows[headerAt]?.fields ?? [])
  if (!columns) throw new StatementUnreadable('对账单里没有找到“时间”和“金额”两列，请核对文件')

  const lines: FileLine[] = []
  const seen = new Map<string, number>()
  for (const { lineNo, fields } of rows.slice(headerAt + 1)) {
    if (summaryWords.test(fields[0] ?? '')) break
    if (lines.length === maxStatementLines) throw new StatementUnreadable(`对账单超过 ${maxStatementLines} 行`)
    const line = readLine(lineNo, (column) => fields[columns[column] ?? -1] ?? '')
    if (!line) continue
    const before = line.identity === '' ? undefined : seen.get(line.identity)
    if (before !== undefined) throw new StatementDuplicate(`第 ${lineNo} 行与第 ${before} 行是同一笔交易，请核对文件`)
    seen.set(line.identity, lineNo)
    lines.push(line)
  }
  return lines
}

function readLine(lineNo: number, value: (column: Column) => string): FileLine | null {
  const state = value('state')
  if (idleWords.test(state)) return null
  const at = instantOf(value('time'))
  if (at === null) throw new StatementUnreadable(`第 ${lineNo} 行的时间“${value('time')}”无法识别`)
  const refund = refundWords.test(state)
  const written = refund && value('refundAmount') !== '' ? value('refundAmount') : value('amount')
  const amount = amountOf(written, refund, lineNo)
  if (amount === 0) return null
  const reference = value('reference')
  const merchantReference = value('merchantReference')
  const own = (amount < 0 && value('refundReference')) || reference || merchantReference
  const identity = own === '' ? '' : `${own}/${amount > 0 ? 'in' : 'out'}`
  return { lineNo, at, reference, merchantReference, amount, identity }
}

function amountOf(written: string, refund: boolean, lineNo: number): Fen {
  try {
    const amount = signedYuan(written)
    return refund ? fen(-Math.abs(amount)) : amount
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new StatementUnreadable(`第 ${lineNo} 行的金额“${written}”无法识别：${error.message}`)
  }
}
