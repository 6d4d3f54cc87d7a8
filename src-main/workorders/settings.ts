/** Settings of work orders. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

const exampleLeaders = '营业厅主任；生产安全部负责人；公司值班领导'
/** Each with a number that can be called; what the program brought stands until the company has written its own. */
const leaders = (brought: string) =>
  z
    .string()
    .max(500)
    .refine(
      (text) => text === brought || text.split(/[；;]/).every((one) => /\p{L}.*\d{5}/u.test(one.replaceAll('-', ''))),
      '每位领导须写姓名或职务和电话，如“值班领导 0999-8880001；……”',
    )

export const settings = {
  'workorders.leaders': {
    safety: true,
    label: '重大险情须报告的领导和电话（用分号隔开，示例）',
    schema: leaders(exampleLeaders),
    default: exampleLeaders,
  },
  'workorders.leadersOfLeak': {
    safety: true,
    label: '漏气、有燃气味先报告的领导和电话（空着为名单上全部；现场停了气的，再报告其余领导）',
    schema: leaders(''),
    default: '',
  },
  'workorders.alarmDispatchMinutes': {
    safety: true,
    label: '险情从受理到接单出发的时限（示例）',
    unit: '分钟',
    schema: z.int().min(1).max(30),
    default: 5,
  },
  'workorders.alarmArriveMinutes': {
    safety: true,
    label: '险情从受理到到场的时限（示例）',
    unit: '分钟',
    schema: z.int().min(5).max(60),
    default: 30,
  },
  'workorders.leaderMinutes': {
    safety: true,
    label: '重大险情报告领导的时限（示例）',
    unit: '分钟',
    schema: z.int().min(1).max(60),
    default: 15,
  },
  'workorders.pauseDays': {
    safety: true,
    label: '工单一轮办理累计最多暂停计时的天数（示例）',
    unit: '天',
    schema: z.int().min(1).max(7),
    default: 3,
  },
  'workorders.lateEntryHours': {
    safety: true,
    label: '工单、投诉最多补登多少小时之前的来电（示例）',
    unit: '小时',
    schema: z.int().min(1).max(72),
    default: 24,
  },
  'workorders.handleHours': {
    safety: true,
    label: '一般故障处理时限（第十八条不超过 6 小时）',
    unit: '小时',
    schema: z.int().min(1).max(6),
    default: 6,
  },
  'workorders.repairHours': {
    safety: true,
    label: '一般故障修复时限（第十八条不超过 24 小时）',
    unit: '小时',
    schema: z.int().min(1).max(24),
    default: 24,
  },
} as const satisfies Settings
