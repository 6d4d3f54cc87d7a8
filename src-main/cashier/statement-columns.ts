/** Which column of a channel's statement is what: by the headings channels and banks use, or as somebody said once. Pure. */

/** What a column of a statement may be. */
export const statementFields = [
  'time',
  'date',
  'clock',
  'amount',
  'income',
  'outgo',
  'direction',
  'reference',
  'merchantReference',
  'ownReference',
  'state',
  'result',
  'refundAmount',
  'refundReference',
  'refundState',
  'terminal',
] as const
export type StatementField = (typeof statementFields)[number]
export const statementFieldNames: Record<StatementField, string> = {
  time: '交易时间',
  date: '交易日期',
  clock: '时间（另一列）',
  amount: '金额',
  income: '收入金额',
  outgo: '支出金额',
  direction: '收支方向',
  reference: '渠道流水号',
  merchantReference: '商户订单号',
  ownReference: '本行唯一编号',
  state: '交易类型或状态',
  result: '交易结果',
  refundAmount: '退款金额',
  refundReference: '退款单号',
  refundState: '退款状态',
  terminal: '设备、门店或终端',
}

/** Column → field; a field may stand in several columns only where `several` says so. */
export type StatementMapping = Readonly<Record<number, StatementField>>
const several: ReadonlySet<StatementField> = new Set(['state', 'result', 'terminal'])

/** Headings by field, best first; compared without spaces, brackets with units, and marks. */
const words: Readonly<Record<StatementField, string>> = {
  time: '交易时间 完成时间 入账时间 记账时间 支付时间 付款时间 时间 交易日期时间 发生时间 入账日期时间 银联交易时间 清算时间',
  date: '交易日期 记账日期 入账日期 银联系统日期 系统日期 日期 交易日 发生日期 业务日期 记帐日期 起息日 清算日期 记账日 记帐日 入账日 业务日',
  clock: '交易时刻 时刻 入账时间',
  amount:
    '订单金额 应结订单金额 总金额 商家实收 金额 交易金额 收支金额 发生额 交易额 支付金额 实收金额 消费金额 入账金额 付款金额',
  income:
    '收入 收入金额 贷方 贷方发生额 贷方金额 转入 转入金额 存入 存入金额 收方金额 收方发生额 进账 进账金额 贷 贷方交易金额 发生额(贷) 发生额(收) 金额(贷) 金额(收) 交易金额(收入) 交易金额(贷) 贷方(收入) 收入(贷) 收入(贷方) 贷方发生额(收入) 贷方发生额(存入) 贷方发生额(转入)',
  outgo:
    '支出 支出金额 借方 借方发生额 借方金额 转出 转出金额 支取 支取金额 付方金额 付方发生额 出账 出账金额 借 借方交易金额 发生额(借) 发生额(付) 金额(借) 金额(付) 交易金额(支出) 交易金额(借) 借方(支出) 支出(借) 支出(借方) 借方发生额(支取) 借方发生额(支出) 借方发生额(转出)',
  direction:
    '交易方向 借贷标志 借贷标识 借贷方向 借贷 借/贷 收/支 收支 收支类型 收支方向 收支标志 收付标志 收付方向 收付 资金流向 资金方向 dc标志 d/c dc dcflag 进出方向 存取标志 收入/支出 收支标识',
  reference:
    '微信订单号 微信支付业务单号 支付宝交易号 流水号 交易流水号 参考号 检索参考号 系统参考号 交易号 银行流水号 交易参考号 业务流水号 核心流水号 账户流水号 交易单号 交易订单号',
  merchantReference: '商户订单号 业务凭证号 商户单号 外部订单号 商家订单号',
  ownReference: '资金流水单号 账务流水号',
  state: '交易状态 业务类型 类型 交易类型 业务名称 冲正标志 撤销标志 状态',
  result:
    '交易结果 处理结果 支付结果 结果 支付状态 处理状态 订单状态 应答码 响应码 返回码 应答代码 响应信息 应答信息 返回信息 交易结果描述',
  refundAmount: '退款金额 申请退款金额',
  refundReference: '微信退款单号 退款批次号/请求号 商户退款单号 退款单号',
  refundState: '退款状态',
  terminal: '设备号 门店编号 门店名称 门店 终端号 终端编号 终端号码 操作终端',
}
const known: readonly (readonly [StatementField, readonly string[]])[] = statementFields.map((field) => [
  field,
  words[field].split(' '),
])

/** Signs whose meaning is not told by the sum: such a column must be understood, or the file is not taken. */
const signLike = /(?:借|贷|收支|收付|正负|进出|存取|方向|流向|d\/?c)|(?:标志|标识|符号)$/
/** Flags that say nothing of the direction. */
const harmless = /用户|客户|商户|设备|应用|身份|余额|币|现转|钞|打印|对账|清算|渠道|卡|介质|冲正|撤销|手续费|备注|摘要/

/** A heading as it is compared. */
export const plainColumn = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    // Banks write theirs in two languages: 交易日期[ Transaction Date ].
    .replace(/[([【]\s*[a-z][a-z\s.'-]*[)\]】]/g, (words) => (/\b(?:dr|cr|d|c)\b/.test(words) ? words : ''))
    .replace(/\/(?:元|人民币元?)(?=[([]|$)/g, '')
    .replace(/[(（[【][+\-−]?(?:元|人民币|人民币元|rmb|cny|单位[:：]?元|¥)[)）\]】]/g, '')
    .replace(/[\s:：*`"']/g, '')

/** What headings tell by themselves; null where they are not headings of a statement. */
export function columnsByHeading(headings: readonly string[]): StatementMapping | null {
  const plain = headings.map(plainColumn)
  const found: Record<number, StatementField> = {}
  for (const [field, names] of known) {
    for (const name of names) {
      const at = plain.indexOf(name)
      if (at < 0 || at in found) continue
      found[at] = field
      if (!several.has(field)) break
    }
  }
  return isComplete(found) ? found : null
}

/** Columns of sums or sides whose heading another column bears too: which one is meant nobody can tell. */
export function twiceNamed(headings: readonly string[], mapping: StatementMapping): string | null {
  const plain = headings.map(plainColumn)
  const sums: readonly StatementField[] = ['amount', 'income', 'outgo', 'direction']
  const twice = plain.findIndex(
    (heading, column) =>
      sums.includes(mapping[column] ?? 'terminal') && plain.lastIndexOf(heading) !== plain.indexOf(heading),
  )
  return headings[twice] ?? null
}

/** A time and an amount there must be. */
export function isComplete(mapping: StatementMapping): boolean {
  const fields = new Set(Object.values(mapping))
  return (
    (fields.has('time') || fields.has('date')) &&
    (fields.has('amount') || (fields.has('income') && fields.has('outgo')))
  )
}

/** Columns that look like a sign and are none of those known: by their headings. */
export const unknownSigns = (headings: readonly string[], mapping: StatementMapping): number[] =>
  headings.flatMap((heading, column) => {
    const plain = plainColumn(heading)
    return plain === '' || column in mapping || !signLike.test(plain) || harmless.test(plain) ? [] : [column]
  })

/** The headings in one text, by which a file of the same make is known again. */
export const fingerprint = (headings: readonly string[]): string => headings.map(plainColumn).join('|').slice(0, 4_000)
