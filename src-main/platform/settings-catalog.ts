/**
 * Every setting of the program: its schema, default, Chinese label and the room it belongs to.
 * Defaults come from the regulation first (domain.md §0); whatever a company must decide itself says 示例.
 */
import { z } from 'zod'

interface SettingEntry {
  readonly room: string
  readonly label: string
  readonly unit?: string
  /** Chinese words of the values of an enum. */
  readonly choices?: Readonly<Record<string, string>>
  readonly schema: z.ZodType
  readonly default: unknown
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间应写成 22:00 的样子')

/** Paper sizes as the stationer calls them. */
const paperNames = {
  A4: 'A4 纸',
  A5: 'A5 纸',
  '241-half': '241 毫米连续纸（二等分）',
  '241-third': '241 毫米连续纸（三等分）',
}

export const catalog = {
  'company.servicePhone': {
    room: 'publicity',
    label: '24 小时服务电话',
    schema: z.string().min(3).max(20),
    default: '956100',
  },
  'company.emergencyPhone': {
    room: 'publicity',
    label: '24 小时抢险电话',
    schema: z.string().min(3).max(20),
    default: '956100',
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
  'contracts.companyAddress': { room: 'contracts', label: '合同上的公司住所', schema: z.string().max(80), default: '' },
  'contracts.companyRepresentative': {
    room: 'contracts',
    label: '合同上的法定代表人',
    schema: z.string().max(30),
    default: '',
  },
  'contracts.companyBank': { room: 'contracts', label: '合同上的开户银行', schema: z.string().max(60), default: '' },
  'contracts.companyBankAccount': { room: 'contracts', label: '合同上的账号', schema: z.string().max(40), default: '' },
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
    label: '重大险情须报告的领导和电话（用分号隔开，示例）',
    schema: z.string().min(2).max(500),
    default: '营业厅主任；生产安全部负责人；公司值班领导',
  },
  'workorders.handleHours': {
    room: 'workorders',
    label: '一般故障处理时限（第十八条不超过 6 小时）',
    unit: '小时',
    schema: z.int().min(1).max(6),
    default: 6,
  },
  'workorders.repairHours': {
    room: 'workorders',
    label: '一般故障修复时限（第十八条不超过 24 小时）',
    unit: '小时',
    schema: z.int().min(1).max(24),
    default: 24,
  },
  'inspections.residentPerYear': {
    room: 'inspections',
    label: '居民每年安检次数（第十条不少于 2 次）',
    unit: '次',
    schema: z.int().min(2).max(12),
    default: 2,
  },
  'inspections.nonResidentPerQuarter': {
    room: 'inspections',
    label: '非居民每季度安检次数（第十条不少于 1 次）',
    unit: '次',
    schema: z.int().min(1).max(12),
    default: 1,
  },
  'supply.noticeHours': {
    room: 'supply',
    label: '计划停气提前通知',
    unit: '小时',
    schema: z.int().min(1).max(720),
    default: 48,
  },
  'supply.quietFrom': { room: 'supply', label: '居民不通气、不恢复供气时段自', schema: time, default: '22:00' },
  'supply.quietTo': { room: 'supply', label: '居民不通气、不恢复供气时段至', schema: time, default: '06:00' },
  'installations.tightnessPa': {
    room: 'installations',
    label: '严密性试验最低压力（示例）',
    unit: '帕',
    schema: z.int().min(100).max(4_000_000),
    default: 5_000,
  },
  'installations.tightnessMinutesResident': {
    room: 'installations',
    label: '居民严密性试验最短稳压时间（示例）',
    unit: '分钟',
    schema: z.int().min(1).max(1440),
    default: 15,
  },
  'installations.tightnessMinutesOther': {
    room: 'installations',
    label: '非居民严密性试验最短稳压时间（示例）',
    unit: '分钟',
    schema: z.int().min(1).max(1440),
    default: 30,
  },
  'installations.tightnessDropPa': {
    room: 'installations',
    label: '严密性试验允许压降（示例）',
    unit: '帕',
    schema: z.int().min(0).max(10_000),
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
    schema: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: '地址应以 http:// 或 https:// 开头' })]),
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
