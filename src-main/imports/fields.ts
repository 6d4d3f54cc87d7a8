/** What a file of each kind may hold: fields with the words old systems use for them. Pure, used on both floors. */
import type { ImportKind } from './words.ts'

export interface Field {
  readonly key: string
  /** As our screens call it; also the heading in the template. */
  readonly label: string
  /** Other headings that mean it; compared without spaces, brackets and units. */
  readonly words: readonly string[]
  readonly required?: boolean
  /** Demanded, but a file without it is known for what it is all the same. */
  readonly telling?: false
  /** What stands in the template's example row. */
  readonly example: string
  /** How it is filled in, where the label does not say it. */
  readonly note?: string
}

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '))
const field = (key: string, label: string, also: string, example: string, note = ''): Field => ({
  key,
  label,
  words: words(also),
  example,
  ...(note === '' ? {} : { note }),
})
const required = (one: Field): Field => ({ ...one, required: true })

const accountNo = required(
  field(
    'accountNo',
    '户号',
    '用户号 客户号 客户编号 用户编号 用户编码 客户编码 燃气户号 缴费号 缴费编号 旧户号 原户号 户编号 卡号',
    '1002003',
    '旧系统的户号；客户报旧户号也能找到',
  ),
)
const name = field(
  'name',
  '客户名称',
  '姓名 户名 客户姓名 用户姓名 用户名称 户主 户主姓名 单位名称 名称 用户名',
  '王某某',
)

const meterFields: readonly Field[] = [
  field('meterNo', '表号', '表具编号 燃气表号 表编号 表钢号 钢号 出厂编号 表具号 表具表号 表身号', 'M20260001'),
  field(
    'meterKind',
    '表型',
    '表具类型 表类型 表类别 表种 表具种类',
    '膜式表',
    '膜式表、IC 卡表或物联网表；空着按膜式表',
  ),
  field('meterModel', '型号', '规格 规格型号 表具型号 表型号 表具规格', 'G2.5'),
  field('digits', '表盘位数', '位数 表位数 整数位 表盘整数位', '5', '整数位数；空着按 5 位'),
  field('installedOn', '装表日期', '安装日期 挂表日期 安装时间 装表时间', '2019-06-01'),
  field(
    'index',
    '表底数',
    '底数 表底 读数 表数 当前读数 止码 本次读数 表读数 上次读数 期初读数 起码 末次读数 本次表底 累计读数',
    '1234.5',
    '单位 m³；从这个数起计量',
  ),
  field('readOn', '底数日期', '抄表日期 读数日期 上次抄表日期 抄表时间 末次抄表日期', '2026-10-31', '空着按导入当天'),
  field('readerNo', '抄表员工号', '抄表人工号 抄表员编号', '', '营业厅开业后导入的必填，须持有效抄表证；开业前可空'),
]
const used = field(
  'used',
  '阶梯年度已用气量',
  '年累计气量 累计气量 年累计用气量 本年用气量 已用气量 本年累计 年度累计气量',
  '186',
  '本阶梯年度到底数日期为止，单位 m³',
)
const balanceFields: readonly Field[] = [
  field('prepayment', '预存', '预存款 预存余额 预收 预收款 预存金额 预付款', '50.00'),
  field('arrears', '欠费', '欠费金额 欠款 应收 欠费合计 欠费总额 欠缴金额', ''),
  field('balance', '余额', '账户余额 结余 帐户余额', '', '正数为预存，负数为欠费；与预存、欠费二选一'),
  field('month', '欠费月份', '账期 账单月份 账月 所属月份 账单年月 费用月份 年月', '', '有欠费时必填，如 2026-09'),
  field(
    'dueOn',
    '缴费期限',
    '到期日 缴费截止日 截止日期 缴费截止日期 最后缴费日',
    '',
    '空着从导入日起算，不产生以前的违约金',
  ),
]
const careFields: readonly Field[] = [
  field('care', '特殊客户', '特殊人群 特殊类别 特殊标识 特殊客户类别 关爱类别', '', '残障、独居、孤寡、高龄，可写多个'),
  field('measures', '便民措施', '服务措施 关爱措施', ''),
]

export const importFields: Readonly<Record<ImportKind, readonly Field[]>> = {
  customers: [
    accountNo,
    required(name),
    field(
      'category',
      '客户类别',
      '类别 用户类别 用户类型 客户类型 用气性质 用气类型 性质 用户性质',
      '居民',
      '空着按居民',
    ),
    field('idNumber', '证件号码', '身份证 身份证号 身份证号码 证件号 统一社会信用代码 信用代码 营业执照号 税号', ''),
    field('idKind', '证件类型', '证件种类 证件名称', '身份证', '空着由号码判断'),
    field('phone', '联系电话', '电话 手机 手机号 手机号码 联系方式 移动电话 电话号码 电话1 联系手机', '13900000000'),
    field('phoneAlt', '备用电话', '电话2 固定电话 座机 其他电话 备用联系电话', ''),
    field(
      'address',
      '用气地址',
      '地址 安装地址 详细地址 住址 家庭地址 用户地址 客户地址 房屋地址',
      '示例区人民路12号阳光花园3号楼2单元501室',
      '可整写在一列，也可分列填写',
    ),
    field('district', '区县', '区 行政区 所属区县', ''),
    field('street', '街道门牌', '街道 路名 道路 街路', ''),
    field('community', '小区或单位', '小区 小区名称 楼盘 社区 庭院 小区名', ''),
    field('building', '楼栋', '楼号 栋号 幢号 楼 栋 幢 楼栋号', ''),
    field('unit', '单元', '单元号', ''),
    field('room', '房号', '室号 房间号 室 户室 房屋号', ''),
    field(
      'plan',
      '价格方案',
      '气价 价格 价格类别 气价名称 阶梯方案 气价方案 价格名称',
      '',
      '方案名称或代码；空着按下面选的',
    ),
    field(
      'householdSize',
      '家庭人口',
      '人口 人口数 家庭人数 用气人口 人数',
      '3',
      '空着按 1 人；阶梯气价按人口加量的须填',
    ),
    field('openedOn', '开户日期', '开户时间 建户日期 立户日期 开通日期 通气日期 点火日期', '2019-06-01'),
    // Whether gas flows is never guessed: whoever comes in as supplied passes no acceptance and no test here (clauses 15, 17).
    {
      ...required(
        field(
          'gasState',
          '供气状态',
          '状态 用气状态 用户状态 客户状态 气表状态',
          '供气',
          '供气、停气、停用、拆除或未通气，每行必填',
        ),
      ),
      telling: false,
    },
    field('suspendedFor', '停气原因', '停气事由', '', '隐患、欠费、计划或客户要求'),
    ...meterFields,
    used,
    ...balanceFields,
    ...careFields,
    field('note', '备注', '说明 备注说明', ''),
  ],
  meters: [
    accountNo,
    ...meterFields.map((one) => (one.key === 'meterNo' || one.key === 'index' ? required(one) : one)),
    used,
  ],
  readings: [
    field('accountNo', '户号', accountNo.words.join(' '), '1002003', '户号、表号至少有一个'),
    field('meterNo', '表号', meterFields[0]?.words.join(' ') ?? '', ''),
    ...meterFields.filter(({ key }) => key === 'index' || key === 'readOn').map(required),
    ...meterFields.filter(({ key }) => key === 'readerNo'),
    used,
  ],
  balances: [accountNo, name, ...balanceFields],
  staff: [
    required(field('staffNo', '工号', '员工号 员工编号 人员编号 职工号', '1008')),
    required(field('name', '姓名', '员工姓名 职工姓名 名字', '李某某')),
    required(
      field('roles', '岗位', '角色 职务 岗位名称', '柜员', '柜员、收费员、营业厅主任、客服调度、管理员，可写多个'),
    ),
    field('certificate', '上岗证种类', '证件种类 上岗证 证书种类 证书', '', '抄表证、安检证、维修证、抢修证或回访证'),
    field('certificateNo', '证号', '证书编号 上岗证号 证件编号 证书号', ''),
    field('issuedOn', '发证日期', '发证时间 取证日期', ''),
    field('validTo', '有效期至', '有效期 到期日期 证书有效期 失效日期', ''),
  ],
  history: [
    accountNo,
    required(
      field(
        'date',
        '日期',
        '时间 办理日期 发生日期 业务日期 记录日期 抄表日期 缴费日期 缴费时间 检查日期',
        '2025-03-15',
      ),
    ),
    required(field('kind', '类别', '类型 业务类型 业务 记录类型 业务名称', '安检', '抄表、账单、缴费、安检、维修等')),
    field('title', '标题', '事项 摘要 项目', '入户安检合格'),
    field('text', '内容', '详情 说明 备注 描述 内容说明 处理结果', ''),
    field('amount', '金额', '金额元 收费金额 缴费金额 实收', '', '单位元；退款写负数'),
  ],
  care: [
    field('accountNo', '户号', accountNo.words.join(' '), '1002003', '户号、证件号码至少有一个'),
    field('idNumber', '证件号码', '身份证 身份证号 身份证号码 证件号', ''),
    ...careFields.map((one) => (one.key === 'care' ? { ...required(one), example: '独居、高龄' } : one)),
  ],
}

export const fieldOf = (kind: ImportKind, key: string): Field | undefined =>
  importFields[kind].find((one) => one.key === key)

/** A heading as it is compared: half-width, without spaces, brackets with what is in them, colons and marks. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【<].*?[)）\]】>]/g, '')
    .replace(/[\s:：*＊·、._/\\-]/g, '')

/** Which column each field stands in: field key → column, from 0. */
export type Mapping = Readonly<Record<string, number>>

/**
 * The columns as their headings tell: what this source called them before goes first, then the words. A field takes one
 * column and a column one field; an exact heading goes before one that only holds a word of at least two characters.
 */
export function guessMapping(
  kind: ImportKind,
  headings: readonly string[],
  known: Readonly<Record<string, string>> = {},
): Record<string, number> {
  const plain = headings.map(plainHeading)
  const mapping: Record<string, number> = {}
  const taken = new Set<number>()
  const take = (key: string, column: number): void => {
    if (column < 0 || taken.has(column) || key in mapping) return
    mapping[key] = column
    taken.add(column)
  }
  const fields = importFields[kind]
  headings.forEach((heading, column) => {
    const key = known[plainHeading(heading)]
    if (key !== undefined && fields.some((one) => one.key === key)) take(key, column)
  })
  // A column this source left out on purpose is not guessed again.
  headings.forEach((heading, column) => {
    if (known[plainHeading(heading)] === '') taken.add(column)
  })
  for (const { key, label, words: also } of fields) {
    for (const word of [label, ...also]) {
      const at = plain.findIndex((heading, column) => heading === plainHeading(word) && !taken.has(column))
      if (at >= 0) {
        take(key, at)
        break
      }
    }
  }
  for (const { key, label, words: also } of fields) {
    if (key in mapping) continue
    const long = [label, ...also].map(plainHeading).filter((word) => word.length >= 2)
    take(
      key,
      plain.findIndex((heading, column) => !taken.has(column) && long.some((word) => heading.includes(word))),
    )
  }
  return mapping
}

/** Rows at the beginning that may hold titles before the headings. */
export const headingSearchRows = 20

/** The row (from 0) whose cells are most like headings of any kind; null where fewer than two are. */
export function findHeading(rows: readonly (readonly string[])[], kinds: readonly ImportKind[]): number | null {
  const known = new Set(
    kinds.flatMap((kind) => importFields[kind].flatMap(({ label, words: also }) => [label, ...also].map(plainHeading))),
  )
  const hits = rows
    .slice(0, headingSearchRows)
    .map((row) => row.filter((cell) => cell !== '' && known.has(plainHeading(cell))).length)
  const most = Math.max(0, ...hits)
  return most < 2 ? null : hits.indexOf(most)
}

/** The kind whose required fields the headings fill best; null where none has all of them. */
export function guessKind(headings: readonly string[], kinds: readonly ImportKind[]): ImportKind | null {
  const scored = kinds.flatMap((kind) => {
    const mapping = guessMapping(kind, headings)
    const fields = importFields[kind]
    if (fields.some((one) => one.required && one.telling !== false && !(one.key in mapping))) return []
    const lacking = fields.filter(({ key, required: isRequired }) => isRequired && !(key in mapping)).length
    return [{ kind, hits: Object.keys(mapping).length, lacking }]
  })
  // Of two that fit alike the one that could come as it is: a list of balances with names is none of customers.
  return scored.toSorted((a, b) => b.hits - a.hits || a.lacking - b.lacking)[0]?.kind ?? null
}
