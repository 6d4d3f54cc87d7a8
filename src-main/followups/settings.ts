/** Settings of callbacks. */
import { z } from 'zod'
import type { Settings } from '../platform/setting-entry.ts'

/** 回访比例 of a service; `least` where the regulation says all of them. */
const percent = (value: number, least = 1) => ({ unit: '%', schema: z.int().min(least).max(100), default: value })
/** 回访问题 of a service, in the order they are asked. */
const script = (questions: string) => ({ schema: z.string().min(2).max(500), default: questions })

export const settings = {
  'followups.dueDays': {
    label: '办完后几天内回访（示例）',
    unit: '天',
    schema: z.int().min(1).max(60),
    default: 3,
  },
  'followups.drawDay': {
    label: '每月几日自动抽取上月的回访样本',
    unit: '日',
    schema: z.int().min(1).max(10),
    default: 1,
  },
  'followups.retryHours': {
    label: '未接通后隔多久再打才算另一次（示例）',
    unit: '小时',
    schema: z.int().min(1).max(72),
    default: 4,
  },
  'followups.ratioRepair': { label: '报修回访比例（第十八条，全部回访）', ...percent(100, 100) },
  'followups.ratioAlarm': {
    label: '报警、抢修回访比例（第十八条，全部回访）',
    ...percent(100, 100),
  },
  'followups.ratioComplaint': { label: '投诉回访比例（第二十条，全部回访）', ...percent(100, 100) },
  'followups.ratioHazard': { label: '安检隐患回访比例（第十九条，全部回访）', ...percent(100, 100) },
  'followups.ratioInspection': { safety: true, label: '安检合格回访比例（示例）', ...percent(20) },
  'followups.ratioResumption': { safety: true, label: '恢复供气回访比例（示例）', ...percent(20) },
  'followups.ratioIgnition': { safety: true, label: '报装通气回访比例（示例）', ...percent(20) },
  'followups.scriptRepair': {
    label: '报修回访问题（用分号隔开，示例）',
    ...script('维修人员是否按约定时间上门；上门人员是否出示工作证；故障是否已经修好；收费是否说明清楚'),
  },
  'followups.scriptAlarm': {
    label: '报警、抢修回访问题（用分号隔开，示例）',
    ...script('抢修人员是否及时赶到；险情是否已经排除；是否讲解了安全用气知识；现在用气是否正常'),
  },
  'followups.scriptComplaint': {
    label: '投诉回访问题（用分号隔开，示例）',
    ...script('是否在 48 小时内得到回复；投诉的问题是否已经解决；对处理人员的态度是否满意'),
  },
  'followups.scriptHazard': {
    label: '安检隐患回访问题（用分号隔开，示例）',
    ...script('是否收到隐患整改通知书；隐患是否已经整改；整改后是否复查'),
  },
  'followups.scriptInspection': {
    label: '安检合格回访问题（用分号隔开，示例）',
    ...script('安检人员是否入户检查；是否出示工作证；是否讲解了安全用气知识'),
  },
  'followups.scriptResumption': {
    label: '恢复供气回访问题（用分号隔开，示例）',
    ...script('恢复供气前是否做了检查；现在用气是否正常'),
  },
  'followups.scriptIgnition': {
    label: '报装通气回访问题（用分号隔开，示例）',
    ...script('通气时是否当面试火；是否讲解了安全用气知识；是否收取规定以外的费用；现在用气是否正常'),
  },
} as const satisfies Settings
