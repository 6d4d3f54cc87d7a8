/**
 * Every setting of the program: its schema, default, Chinese label and the room it belongs to.
 * Defaults come from the regulation first (domain.md §0); whatever a company must decide itself says 示例.
 */
import { z } from 'zod'
import { isMonthDay } from './dates.ts'
import { creditCodeProblem } from './identity.ts'

interface SettingEntry {
  readonly room: string
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

/** A company's number as it stands on papers: 95 and 96 short numbers, landlines, 400 numbers. Empty until the company gave it. */
const phone = z.union([
  z.literal(''),
  z
    .string()
    .regex(/^\d[\d-]{3,18}\d$/, '应为 5 至 20 位数字，可以带短横')
    .refine((text) => new Set(text.replaceAll('-', '')).size > 1, '应为真实的电话号码'),
])
const creditCode = z.string().superRefine((code, refused) => {
  const problem = code === '' ? null : creditCodeProblem(code)
  if (problem !== null) refused.addIssue({ code: 'custom', message: problem })
})

/** Personal data never leaves in clear: https, but for a receiver on this very PC. */
const headquartersAddress = z
  .string()
  .trim()
  .max(300)
  .refine((text) => {
    if (text === '') return true
    const url = URL.parse(text)
    // What a browser forgives (no slashes, a mark within, an empty name before @) is rather a slip than an address; the way
    // to each call is written behind it.
    if (!url || !/^https?:\/\/[^\s@?#\\]+$/i.test(text)) return false
    const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
    return url.protocol === 'https:' || (url.protocol === 'http:' && loopback)
  }, '地址应以 https:// 开头，不带用户名、密码和参数')

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间应写成 22:00 的样子')
/** No gas for residents from 22:00 to 06:00 at the least: the quiet hours may begin earlier and end later. */
const noLaterThan = (latest: string) =>
  time.refine((text) => text >= '12:00' && text <= latest, `应在 12:00 至 ${latest} 之间`)
const noEarlierThan = (earliest: string) =>
  time.refine((text) => text >= earliest && text <= '12:00', `应在 ${earliest} 至 12:00 之间`)

const exampleLeaders = '营业厅主任；生产安全部负责人；公司值班领导'
/** Each with a number that can be called; the example stands until the company has written its own. */
const leaders = z
  .string()
  .max(500)
  .refine(
    (text) =>
      text === exampleLeaders || text.split(/[；;]/).every((one) => /\p{L}.*\d{5}/u.test(one.replaceAll('-', ''))),
    '每位领导须写姓名或职务和电话，如“值班领导 0999-8880001；……”',
  )

/** A line of a list a company writes itself: words, then a whole number. '24 小时内修复 15' */
export interface NumberedLine {
  readonly text: string
  readonly number: number
}

/** A payment through a channel is refused without the channel's number; otherwise the till asks once. */
const requiredReference = (means: string) => ({
  room: 'cashier',
  label: `${means}收款必须填流水号`,
  schema: z.boolean(),
  default: false,
})

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

const unlike = (lines: readonly NumberedLine[]): boolean => new Set(lines.map(({ text }) => text)).size === lines.length

/** Items of a scorecard with their weights; 2 to 30 of them, 100 points together. */
const scorecardItems = z
  .string()
  .max(2_000)
  .refine((text) => {
    const lines = numberedLines(text)
    if (lines === null || lines.length < 2 || lines.length > 30 || !unlike(lines)) return false
    return lines.every(({ number }) => number > 0) && lines.reduce((sum, { number }) => sum + number, 0) === 100
  }, '应写成“按时处理率 15；按时修复率 15；……”，名称不重复，分值合计 100')

/** Steps from the best down to 0: the first whose bound is reached holds. */
const steps = (bounds: (lines: readonly NumberedLine[]) => readonly number[], message: string) =>
  z
    .string()
    .max(300)
    .refine((text) => {
      const lines = numberedLines(text)
      if (lines === null || lines.length > 10 || !unlike(lines)) return false
      const found = bounds(lines)
      return found.at(-1) === 0 && found.every((bound, i) => bound <= 100 && bound < (found[i - 1] ?? 101))
    }, message)

/** The bound of '95% 90'; NaN where it is none, or where less would earn more than the step above. */
const percentOf = ({ text, number }: NumberedLine, i: number, all: readonly NumberedLine[]): number =>
  /^\d{1,3}%$/.test(text) && number <= (all[i - 1]?.number ?? 100) ? Number(text.slice(0, -1)) : NaN

/** How often a year scorecards are made: periods are whole months. */
const periodsPerYear = (least: number) =>
  z
    .int()
    .min(least)
    .max(12)
    .refine((times) => 12 % times === 0, '应能整除 12 个月')
/** 回访比例 of a service; `least` where the regulation says all of them. */
const percent = (value: number, least = 1) => ({ unit: '%', schema: z.int().min(least).max(100), default: value })
/** 回访问题 of a service, in the order they are asked. */
const script = (questions: string) => ({ schema: z.string().min(2).max(500), default: questions })

/** Paper sizes as the stationer calls them. */
const paperNames = {
  A4: 'A4 纸',
  A5: 'A5 纸',
  '241-half': '241 毫米连续纸（二等分）',
  '241-third': '241 毫米连续纸（三等分）',
}

export const catalog = {
  'company.address': { room: 'company', label: '公司住所', schema: z.string().max(80), default: '' },
  'company.legalRepresentative': { room: 'company', label: '法定代表人', schema: z.string().max(30), default: '' },
  'company.creditCode': { room: 'company', label: '统一社会信用代码', schema: creditCode, default: '' },
  'company.taxNo': {
    room: 'company',
    label: '纳税人识别号（空为与统一社会信用代码相同）',
    schema: z.union([z.literal(''), z.string().regex(/^[0-9A-Z]{15,20}$/, '应为 15 至 20 位数字和大写字母')]),
    default: '',
  },
  'company.bank': { room: 'company', label: '开户银行', schema: z.string().max(60), default: '' },
  'company.bankAccount': {
    room: 'company',
    label: '银行账号',
    schema: z.union([z.literal(''), z.string().regex(/^\d[\d -]{6,38}\d$/, '应为 8 至 40 位数字')]),
    default: '',
  },
  'company.servicePhone': { room: 'company', safety: true, label: '24 小时服务电话', schema: phone, default: '' },
  'company.emergencyPhone': { room: 'company', safety: true, label: '24 小时抢险电话', schema: phone, default: '' },
  'company.complaintPhone': {
    room: 'company',
    label: '投诉电话（空为与服务电话相同）',
    schema: phone,
    default: '',
  },
  'publicity.slideSeconds': {
    room: 'publicity',
    label: '公示屏每页停留',
    unit: '秒',
    schema: z.int().min(5).max(120),
    default: 12,
  },
  'emergency.drillsPerYear': {
    room: 'emergency',
    label: '全年应急演练目标（示例）',
    unit: '次',
    schema: z.int().min(1).max(60),
    default: 2,
  },
  'access.lockMinutes': {
    room: 'access',
    label: '无操作自动锁屏',
    unit: '分钟',
    schema: z.int().min(1).max(120),
    default: 10,
  },
  'access.maxFailures': {
    room: 'access',
    label: '密码连续输错锁定次数',
    unit: '次',
    schema: z.int().min(3).max(20),
    default: 5,
  },
  'access.lockOutMinutes': {
    room: 'access',
    label: '输错锁定时长',
    unit: '分钟',
    schema: z.int().min(1).max(1440),
    default: 15,
  },
  'access.passwordDays': {
    room: 'access',
    label: '提醒更换密码（0 为不提醒）',
    unit: '天',
    schema: z.int().min(0).max(365),
    default: 30,
  },
  'billing.priceChange': {
    room: 'billing',
    label: '周期内调价',
    choices: { readingDate: '按抄表日适用新价', splitByDays: '按跨期天数分摊' },
    schema: z.enum(['readingDate', 'splitByDays']),
    default: 'readingDate',
  },
  'billing.dueDays': {
    room: 'billing',
    label: '缴费期限（出账后）',
    unit: '天',
    schema: z.int().min(0).max(180),
    default: 30,
  },
  'billing.payFromPrepayment': {
    room: 'billing',
    label: '出账时用预存抵扣账单',
    schema: z.boolean(),
    default: true,
  },
  'lateFee.ratePpmPerDay': {
    room: 'billing',
    label: '违约金日费率（示例）',
    unit: '百万分之一/日',
    schema: z.int().min(0).max(10_000),
    default: 3_000,
  },
  'lateFee.graceDays': {
    room: 'billing',
    label: '违约金宽限（示例）',
    unit: '天',
    schema: z.int().min(0).max(180),
    default: 0,
  },
  'lateFee.capPpm': {
    room: 'billing',
    label: '违约金上限（占本金，示例）',
    unit: '百万分之一',
    schema: z.int().min(0).max(10_000_000),
    default: 1_000_000,
  },
  'metering.maxEstimates': {
    room: 'metering',
    label: '连续估抄最多',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 2,
  },
  'metering.periodDays': {
    room: 'metering',
    label: '抄表周期最长（跨期合并计费按此判断）',
    unit: '天',
    schema: z.int().min(28).max(190),
    default: 62,
  },
  'metering.tooHighPercent': {
    room: 'metering',
    label: '用气量异常偏高（占近三次日均）',
    unit: '%',
    schema: z.int().min(110).max(2_000),
    default: 300,
  },
  'cashier.floatFen': {
    room: 'cashier',
    label: '班次备用金标准',
    unit: '分',
    schema: z.int().min(0).max(10_000_000),
    default: 50_000,
  },
  'cashier.terminals': {
    room: 'cashier',
    label: '本厅在渠道账单上的设备号、门店或终端号（用分号隔开，空为不区分）',
    schema: z.string().max(500),
    default: '',
  },
  'customers.areaCode': {
    room: 'customers',
    label: '本地固定电话区号（导入的号码没有区号时补上，空为不补）',
    schema: z.string().regex(/^(?:0\d{2,3})?$/, '区号应写成 0532 的样子'),
    default: '',
  },
  'cashier.prepaymentCoversDebts': {
    room: 'cashier',
    label: '存入预存时先抵扣欠费',
    schema: z.boolean(),
    default: true,
  },
  'cashier.cashRounding': {
    room: 'cashier',
    label: '现金尾差（角以下）',
    choices: { none: '不取整，按分收取', down: '舍去分，收到角', 'half-up': '四舍五入到角' },
    schema: z.enum(['none', 'down', 'half-up']),
    default: 'none',
  },
  'cashier.maxChangeFen': {
    room: 'cashier',
    label: '单笔找零上限（超过即拒收）',
    unit: '分',
    schema: z.int().min(10_000).max(10_000_000),
    default: 100_000,
  },
  'cashier.requireReference.wechat': requiredReference('微信'),
  'cashier.requireReference.alipay': requiredReference('支付宝'),
  'cashier.requireReference.pos': requiredReference('刷卡'),
  'cashier.requireReference.transfer': requiredReference('转账'),
  'contracts.gasKind': { room: 'contracts', label: '燃气种类', schema: z.string().min(1).max(20), default: '天然气' },
  'contracts.pressurePa': {
    room: 'contracts',
    label: '合同约定最低供气压力（示例）',
    unit: '帕',
    schema: z.int().min(100).max(4_000_000),
    default: 2_000,
  },
  'contracts.termYears': {
    room: 'contracts',
    label: '合同有效期（示例）',
    unit: '年',
    schema: z.int().min(1).max(30),
    default: 5,
  },
  'contracts.dispute': {
    room: 'contracts',
    label: '争议解决方式',
    schema: z.string().min(2).max(80),
    default: '任何一方可以向用气地址所在地人民法院提起诉讼',
  },
  'workorders.leaders': {
    room: 'workorders',
    safety: true,
    label: '重大险情须报告的领导和电话（用分号隔开，示例）',
    schema: leaders,
    default: exampleLeaders,
  },
  'workorders.handleHours': {
    room: 'workorders',
    safety: true,
    label: '一般故障处理时限（第十八条不超过 6 小时）',
    unit: '小时',
    schema: z.int().min(1).max(6),
    default: 6,
  },
  'workorders.repairHours': {
    room: 'workorders',
    safety: true,
    label: '一般故障修复时限（第十八条不超过 24 小时）',
    unit: '小时',
    schema: z.int().min(1).max(24),
    default: 24,
  },
  'staff.examsPerYear': {
    room: 'staff',
    label: '每人每年考核次数（第十二条定期考核）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 1,
  },
  'appraisal.hallPerYear': {
    room: 'appraisal',
    safety: true,
    label: '营业厅每年考核次数（第二十七条不少于 4 次）',
    unit: '次',
    schema: periodsPerYear(4),
    default: 4,
  },
  'appraisal.dispatchPerYear': {
    room: 'appraisal',
    safety: true,
    label: '客服调度中心每年考核次数（第二十六条不少于 2 次）',
    unit: '次',
    schema: periodsPerYear(2),
    default: 2,
  },
  'appraisal.dueDays': {
    room: 'appraisal',
    label: '考核期满后完成评分的期限',
    unit: '天',
    schema: z.int().min(1).max(60),
    default: 15,
  },
  'appraisal.hallItems': {
    room: 'appraisal',
    safety: true,
    label: '营业厅考核项目和分值（示例；系统没有数据的名称为人工评分）',
    lines: 'items',
    schema: scorecardItems,
    default:
      '按时处理率 9；按时修复率 9；工单回访率 5；工单关闭率 5；投诉按时回复率 8；投诉关闭率 5；安检完成率 8；隐患按期整改率 8；服务回访率 5；当日日结率 6；收据无冲正率 5；及时上报率 5；持证有效率 5；人员考核率 4；调度中心考核得分 4；服务规范与环境 5；档案与记录 4',
  },
  'appraisal.dispatchItems': {
    room: 'appraisal',
    safety: true,
    label: '客服调度中心考核项目和分值（示例）',
    lines: 'items',
    schema: scorecardItems,
    default:
      '按时处理率 15；按时修复率 15；工单回访率 10；工单关闭率 10；险情报告率 15；投诉按时回复率 10；投诉关闭率 5；服务回访率 10；调度记录与接听服务 10',
  },
  'appraisal.thresholds': {
    room: 'appraisal',
    safety: true,
    label: '考核指标达到多少得分值的百分之几（示例）',
    lines: 'thresholds',
    schema: steps((lines) => lines.map(percentOf), '应写成“98% 100；95% 90；……；0% 0”，从高到低，最后为 0%'),
    default: '98% 100；95% 90；90% 75；80% 60；0% 0',
  },
  'appraisal.grades': {
    room: 'appraisal',
    safety: true,
    label: '考核等级和最低总分（示例）',
    lines: 'grades',
    schema: steps((lines) => lines.map(({ number }) => number), '应写成“优秀 90；……；不合格 0”，从高到低，最后为 0'),
    default: '优秀 90；良好 80；合格 60；不合格 0',
  },
  'complaints.replyHours': {
    room: 'complaints',
    safety: true,
    label: '投诉回复时限（第二十条不超过 48 小时）',
    unit: '小时',
    schema: z.int().min(1).max(48),
    default: 48,
  },
  'followups.dueDays': {
    room: 'followups',
    label: '办完后几天内回访（示例）',
    unit: '天',
    schema: z.int().min(1).max(60),
    default: 3,
  },
  'followups.drawDay': {
    room: 'followups',
    label: '每月几日自动抽取上月的回访样本',
    unit: '日',
    schema: z.int().min(1).max(10),
    default: 1,
  },
  'followups.retryHours': {
    room: 'followups',
    label: '未接通后隔多久再打才算另一次（示例）',
    unit: '小时',
    schema: z.int().min(1).max(72),
    default: 4,
  },
  'followups.ratioRepair': { room: 'followups', label: '报修回访比例（第十八条，全部回访）', ...percent(100, 100) },
  'followups.ratioAlarm': {
    room: 'followups',
    label: '报警、抢修回访比例（第十八条，全部回访）',
    ...percent(100, 100),
  },
  'followups.ratioComplaint': { room: 'followups', label: '投诉回访比例（第二十条，全部回访）', ...percent(100, 100) },
  'followups.ratioHazard': { room: 'followups', label: '安检隐患回访比例（第十九条，全部回访）', ...percent(100, 100) },
  'followups.ratioInspection': { room: 'followups', safety: true, label: '安检合格回访比例（示例）', ...percent(20) },
  'followups.ratioResumption': { room: 'followups', safety: true, label: '恢复供气回访比例（示例）', ...percent(20) },
  'followups.ratioIgnition': { room: 'followups', safety: true, label: '报装通气回访比例（示例）', ...percent(20) },
  'followups.scriptRepair': {
    room: 'followups',
    label: '报修回访问题（用分号隔开，示例）',
    ...script('维修人员是否按约定时间上门；上门人员是否出示工作证；故障是否已经修好；收费是否说明清楚'),
  },
  'followups.scriptAlarm': {
    room: 'followups',
    label: '报警、抢修回访问题（用分号隔开，示例）',
    ...script('抢修人员是否及时赶到；险情是否已经排除；是否讲解了安全用气知识；现在用气是否正常'),
  },
  'followups.scriptComplaint': {
    room: 'followups',
    label: '投诉回访问题（用分号隔开，示例）',
    ...script('是否在 48 小时内得到回复；投诉的问题是否已经解决；对处理人员的态度是否满意'),
  },
  'followups.scriptHazard': {
    room: 'followups',
    label: '安检隐患回访问题（用分号隔开，示例）',
    ...script('是否收到隐患整改通知书；隐患是否已经整改；整改后是否复查'),
  },
  'followups.scriptInspection': {
    room: 'followups',
    label: '安检合格回访问题（用分号隔开，示例）',
    ...script('安检人员是否入户检查；是否出示工作证；是否讲解了安全用气知识'),
  },
  'followups.scriptResumption': {
    room: 'followups',
    label: '恢复供气回访问题（用分号隔开，示例）',
    ...script('恢复供气前是否做了检查；现在用气是否正常'),
  },
  'followups.scriptIgnition': {
    room: 'followups',
    label: '报装通气回访问题（用分号隔开，示例）',
    ...script('通气时是否当面试火；是否讲解了安全用气知识；是否收取规定以外的费用；现在用气是否正常'),
  },
  'inspections.residentPerYear': {
    room: 'inspections',
    safety: true,
    label: '居民每年安检次数（第十条不少于 2 次）',
    unit: '次',
    schema: z.int().min(2).max(12),
    default: 2,
  },
  'inspections.nonResidentPerQuarter': {
    room: 'inspections',
    safety: true,
    label: '非居民每季度安检次数（第十条不少于 1 次）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 1,
  },
  'inspections.planDay': {
    room: 'inspections',
    label: '每年几月几日自动生成下一年的安检计划（月-日，10 月以后）',
    schema: z.string().refine((day) => isMonthDay(day) && day >= '10-01', '应写成 12-01 的样子，从 10-01 到 12-31'),
    default: '12-01',
  },
  'inspections.replanDays': {
    room: 'inspections',
    label: '到访不遇后再次上门（示例）',
    unit: '天内',
    schema: z.int().min(1).max(60),
    default: 7,
  },
  'inspections.mendDays': {
    room: 'inspections',
    safety: true,
    label: '隐患整改期限（示例，录入时可改）',
    unit: '天',
    schema: z.int().min(1).max(180),
    default: 15,
  },
  'supply.noticeHours': {
    room: 'supply',
    safety: true,
    label: '计划停气提前通知（各地公开承诺最短 24 小时）',
    unit: '小时',
    schema: z.int().min(24).max(720),
    default: 48,
  },
  'supply.resumeHours': {
    room: 'supply',
    safety: true,
    label: '停气结束、欠费缴清后恢复供气时限',
    unit: '小时',
    schema: z.int().min(1).max(24),
    default: 24,
  },
  'supply.dunningDays': {
    room: 'supply',
    safety: true,
    label: '催缴后多少天仍不缴可以停气（示例）',
    unit: '天',
    schema: z.int().min(1).max(365),
    default: 30,
  },
  'supply.arrearsNoticeDays': {
    room: 'supply',
    safety: true,
    label: '欠费停气提前书面通知（示例）',
    unit: '天',
    schema: z.int().min(1).max(90),
    default: 3,
  },
  'supply.quietFrom': {
    room: 'supply',
    safety: true,
    label: '居民不通气、不恢复供气时段自',
    schema: noLaterThan('22:00'),
    default: '22:00',
  },
  'supply.quietTo': {
    room: 'supply',
    safety: true,
    label: '居民不通气、不恢复供气时段至',
    schema: noEarlierThan('06:00'),
    default: '06:00',
  },
  'supply.transferTier': {
    room: 'supply',
    label: '过户后本周期阶梯用气量（示例）',
    choices: { fresh: '新户主从零起算', carry: '原户主的累计延续' },
    schema: z.enum(['fresh', 'carry']),
    default: 'fresh',
  },
  'installations.tightnessPa': {
    room: 'installations',
    safety: true,
    label: '严密性试验最低压力（不低于 CJJ 94 的 5 kPa）',
    unit: '帕',
    schema: z.int().min(5_000).max(4_000_000),
    default: 5_000,
  },
  'installations.tightnessMinutesResident': {
    room: 'installations',
    safety: true,
    label: '居民严密性试验最短稳压时间（不少于 CJJ 94 的 15 分钟）',
    unit: '分钟',
    schema: z.int().min(15).max(1440),
    default: 15,
  },
  'installations.tightnessMinutesOther': {
    room: 'installations',
    safety: true,
    label: '非居民严密性试验最短稳压时间（不少于 CJJ 94 的 30 分钟）',
    unit: '分钟',
    schema: z.int().min(30).max(1440),
    default: 30,
  },
  'installations.tightnessDropPa': {
    room: 'installations',
    safety: true,
    label: '严密性试验允许压降（示例）',
    unit: '帕',
    schema: z.int().min(0).max(10_000),
    default: 0,
  },
  'installations.testDays': {
    room: 'installations',
    safety: true,
    label: '严密性试验、安全检查之后最多隔几天通气（0 为当日，示例）',
    unit: '天',
    schema: z.int().min(0).max(7),
    default: 0,
  },
  'paper.receipt': {
    room: 'notices',
    label: '收据纸张',
    choices: paperNames,
    schema: z.enum(['A5', '241-half', '241-third']),
    default: '241-half',
  },
  'paper.bill': {
    room: 'notices',
    label: '账单通知单纸张',
    choices: paperNames,
    schema: z.enum(['A4', 'A5', '241-half']),
    default: 'A5',
  },
  'paper.doorNotice': {
    room: 'notices',
    label: '楼栋停气通知纸张',
    choices: { A4: 'A4 纸', A3: 'A3 纸' },
    schema: z.enum(['A4', 'A3']),
    default: 'A4',
  },
  'paper.depositSlip': {
    room: 'notices',
    label: '缴款单纸张',
    choices: paperNames,
    schema: z.enum(['A4', 'A5', '241-half']),
    default: 'A5',
  },
  'sync.url': {
    room: 'sync',
    label: '总部接收地址',
    schema: headquartersAddress,
    default: '',
  },
  'sync.token': { room: 'sync', label: '总部接收令牌', schema: z.string().max(200), default: '' },
  'sync.intervalMinutes': {
    room: 'sync',
    label: '上报间隔',
    unit: '分钟',
    schema: z.int().min(1).max(1440),
    default: 10,
  },
  'sync.atDayClose': { room: 'sync', label: '日结后立即上报', schema: z.boolean(), default: true },
  'sync.timeoutSeconds': {
    room: 'sync',
    label: '等待总部应答的最长时间',
    unit: '秒',
    schema: z.int().min(1).max(300),
    default: 20,
  },
  'sync.keepDays': {
    room: 'sync',
    label: '已上报记录在本机保留',
    unit: '天',
    schema: z.int().min(7).max(3650),
    default: 180,
  },
  'reports.since': {
    room: 'reports',
    label: '从哪一天起应上报报表（空为本营业厅启用日）',
    schema: z.union([z.literal(''), z.iso.date({ error: '日期应写成 2026-11-23 的样子' })]),
    default: '',
  },
  'reports.dueDaysDay': {
    room: 'reports',
    label: '日报应报日（次日起，示例）',
    unit: '天',
    schema: z.int().min(1).max(31),
    default: 1,
  },
  'reports.weekly': {
    room: 'reports',
    label: '周报（总部要求每周上报时选“每周上报”）',
    choices: { free: '自愿上报', required: '每周上报' },
    schema: z.enum(['free', 'required']),
    default: 'free',
  },
  'reports.dueDaysWeek': {
    room: 'reports',
    label: '周报应报日（周日后，示例）',
    unit: '天',
    schema: z.int().min(1).max(6),
    default: 2,
  },
  'reports.dueDaysMonth': {
    room: 'reports',
    label: '月报应报日（月末后，示例）',
    unit: '天',
    schema: z.int().min(1).max(31),
    default: 5,
  },
  'reports.dueDaysQuarter': {
    room: 'reports',
    label: '季报应报日（季末后，示例）',
    unit: '天',
    schema: z.int().min(1).max(90),
    default: 10,
  },
  'reports.dueDaysYear': {
    room: 'reports',
    label: '年报应报日（年末后，示例）',
    unit: '天',
    schema: z.int().min(1).max(180),
    default: 20,
  },
  'reports.zeroMonths': {
    room: 'reports',
    label: '连续几个月零用气算异常（示例）',
    unit: '个月',
    schema: z.int().min(1).max(24),
    default: 3,
  },
  'reports.risePercent': {
    room: 'reports',
    label: '日均达到往常的多少算突然升高（示例）',
    unit: '%',
    schema: z.int().min(110).max(2_000),
    default: 200,
  },
  'reports.fallPercent': {
    room: 'reports',
    label: '日均降到往常的多少算突然降低（示例）',
    unit: '%',
    schema: z.int().min(0).max(90),
    default: 30,
  },
  'reports.leastCubicMetres': {
    room: 'reports',
    label: '用气量与往常都低于此数不算异常（示例）',
    unit: 'm³',
    schema: z.int().min(0).max(1_000),
    default: 10,
  },
  'backup.time': { room: 'backup', label: '每日备份时间', schema: time, default: '12:30' },
  'backup.keepDaily': {
    room: 'backup',
    label: '保留最近每日备份',
    unit: '份',
    schema: z.int().min(3).max(365),
    default: 30,
  },
  'backup.keepMonthly': {
    room: 'backup',
    label: '保留每月备份',
    unit: '份',
    schema: z.int().min(1).max(120),
    default: 24,
  },
} as const satisfies Record<string, SettingEntry>

export type SettingKey = keyof typeof catalog
export type SettingValue<K extends SettingKey> = z.output<(typeof catalog)[K]['schema']>
/** Settings whose value must never be shown or logged. */
export const secretSettings: ReadonlySet<SettingKey> = new Set(['sync.token'])
