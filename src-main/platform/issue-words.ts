/**
 * What a schema says of a value that does not fit, in words of the counter: no name of a type, no pattern, no list of codes.
 * A form shows it beside its field; whoever gets it without one reads the label of the field where it is known.
 */
import { z } from 'zod'
import { dateRefusal } from './dates.ts'

type Issue = z.core.$ZodRawIssue

/** Names of fields that no schema names itself and that mean one thing wherever they stand. */
const fieldNames: Readonly<Record<string, string>> = {
  accountId: '户号',
  annualVolume: '年用气量',
  appliances: '燃气具',
  arrivedAt: '到达时间',
  category: '客户类别',
  channel: '渠道',
  checks: '检查项目',
  complaintId: '投诉',
  copies: '份数',
  count: '数量',
  customerId: '客户',
  deadline: '整改期限',
  digits: '表具位数',
  dueOn: '期限',
  effectiveFrom: '生效日期',
  exchangedOn: '换表日期',
  face: '面额',
  fileName: '文件名',
  filter: '筛选条件',
  finalIndex: '止数',
  fromAt: '开始时间',
  grade: '等级',
  heldOn: '日期',
  hourlyVolume: '小时用气量',
  householdSize: '家庭人口',
  idKind: '证件类型',
  idNumber: '证件号码',
  index: '表数',
  initialIndex: '起数',
  inspectedOn: '检查日期',
  inspectorId: '安检员',
  issuedOn: '签发日期',
  mendedOn: '整改日期',
  minutes: '分钟数',
  month: '月份',
  oldPassword: '原密码',
  newPassword: '新密码',
  outcome: '结果',
  password: '密码',
  performedOn: '日期',
  phone: '电话',
  phoneAlt: '备用电话',
  pieces: '张数',
  plannedOn: '计划日期',
  postponedTo: '改期时间',
  pressurePa: '试验压力',
  dropPa: '压降',
  pricePlanId: '气价方案',
  promisedOn: '承诺日期',
  readOn: '抄表日期',
  readerId: '抄表员',
  receivedAt: '受理时间',
  repliedAt: '回复时间',
  resumeBy: '恢复时间',
  roles: '岗位',
  score: '得分',
  search: '查找内容',
  servicePointId: '用气点',
  signedOn: '签订日期',
  size: '每页行数',
  sourcePath: '文件',
  specialCare: '特殊客户',
  staffId: '人员',
  symptom: '现象',
  tenders: '收款方式',
  testerId: '试验人',
  toAt: '结束时间',
  validTo: '有效期',
  volume: '气量',
  workerId: '作业人员',
  year: '年份',
}

/** The label a schema carries, else the name of the field it stands in; '' where neither is known. */
function labelOf({ inst, path = [] }: Issue): string {
  const own = inst instanceof z.core.$ZodType ? z.globalRegistry.get(inst)?.title : undefined
  const field = path.findLast((part) => typeof part === 'string')
  return own ?? (field === undefined ? '' : (fieldNames[field] ?? ''))
}

const isMissing = (input: unknown): boolean => input === undefined || input === null || input === ''

/** What was expected, where something else stands. */
const kinds: Readonly<Record<string, string>> = {
  string: '应为文字',
  number: '应为数字',
  int: '应为整数',
  bigint: '应为整数',
  boolean: '应为是或否',
  date: '应为日期',
  array: '应为若干项',
  set: '应为若干项',
  tuple: '应为若干项',
  undefined: '不应填写',
  null: '不应填写',
  never: '不应填写',
  void: '不应填写',
}

const formats: Readonly<Record<string, string>> = {
  uuid: '编号格式不正确',
  guid: '编号格式不正确',
  datetime: '时间应写成 2026-11-23 09:30 的样子',
  time: '时间应写成 09:30 的样子',
  url: '网址格式不正确',
  email: '邮箱格式不正确',
}

const isList = (origin: string): boolean => ['array', 'set', 'map', 'file'].includes(origin)

function words(issue: Issue): string {
  const label = labelOf(issue)
  const named = label || '此项'
  switch (issue.code) {
    case 'invalid_type': {
      const { expected } = issue as { expected: string }
      if (isMissing(issue.input)) return `${expected === 'boolean' ? '请选择' : '请填写'}${label}`
      // A whole number is asked for by the format of a number: half a piece is no type of its own to a person.
      return `${named}${kinds[expected] ?? '填写有误'}`
    }
    case 'invalid_value':
      return isMissing(issue.input) ? `请选择${label}` : `${named}不在可选范围内，请重新选择`
    case 'too_small': {
      const { origin, minimum, inclusive } = issue as { origin: string; minimum: number; inclusive?: boolean }
      if (origin === 'string') return Number(minimum) <= 1 ? `请填写${label}` : `${named}不能少于 ${minimum} 个字`
      if (isList(origin)) return Number(minimum) <= 1 ? `${named}至少要有一项` : `${named}不能少于 ${minimum} 项`
      return inclusive === false ? `${named}应大于 ${minimum}` : `${named}不能小于 ${minimum}`
    }
    case 'too_big': {
      const { origin, maximum, inclusive } = issue as { origin: string; maximum: number; inclusive?: boolean }
      if (origin === 'string') return `${named}不能超过 ${maximum} 个字`
      if (isList(origin)) return `${named}不能超过 ${maximum} 项`
      return inclusive === false ? `${named}应小于 ${maximum}` : `${named}不能大于 ${maximum}`
    }
    case 'not_multiple_of':
      return `${named}应为 ${(issue as { divisor: number }).divisor} 的倍数`
    case 'invalid_format': {
      if (isMissing(issue.input)) return `请填写${label}`
      const { format } = issue as { format: string }
      if (format === 'date') return dateRefusal(issue.input)
      return formats[format] ?? `${named}格式不正确`
    }
    case 'unrecognized_keys':
      return '含有不认识的内容，请重新打开本页再试'
    default:
      return `${named}填写有误`
  }
}

/** For `z.config`: how every schema of the house speaks that says nothing itself. */
export const chineseIssues = { localeError: (issue: Issue): string => words(issue) }
