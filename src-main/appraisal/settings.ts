/** Settings of the assessment of halls (articles 26 to 28). */
import { z } from 'zod'
import { numberedLines, type NumberedLine, type Settings } from '../platform/setting-entry.ts'

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
export const settings = {
  'appraisal.hallPerYear': {
    safety: true,
    label: '营业厅每年考核次数（第二十七条不少于 4 次）',
    unit: '次',
    schema: periodsPerYear(4),
    default: 4,
  },
  'appraisal.dispatchPerYear': {
    safety: true,
    label: '客服调度中心每年考核次数（第二十六条不少于 2 次）',
    unit: '次',
    schema: periodsPerYear(2),
    default: 2,
  },
  'appraisal.dueDays': {
    label: '考核期满后完成评分的期限',
    unit: '天',
    schema: z.int().min(1).max(60),
    default: 15,
  },
  'appraisal.hallItems': {
    safety: true,
    label: '营业厅考核项目和分值（示例；系统没有数据的名称为人工评分）',
    lines: 'items',
    schema: scorecardItems,
    default:
      '按时处理率 9；按时修复率 9；工单回访率 5；工单关闭率 5；投诉按时回复率 8；投诉关闭率 5；安检完成率 8；隐患按期整改率 8；服务回访率 5；当日日结率 6；收据无冲正率 5；及时上报率 5；持证有效率 5；人员考核率 4；调度中心考核得分 4；服务规范与环境 5；档案与记录 4',
  },
  'appraisal.dispatchItems': {
    safety: true,
    label: '客服调度中心考核项目和分值（示例）',
    lines: 'items',
    schema: scorecardItems,
    default:
      '按时处理率 15；按时修复率 15；工单回访率 10；工单关闭率 10；险情报告率 15；投诉按时回复率 10；投诉关闭率 5；服务回访率 10；调度记录与接听服务 10',
  },
  'appraisal.thresholds': {
    safety: true,
    label: '考核指标达到多少得分值的百分之几（示例）',
    lines: 'thresholds',
    schema: steps((lines) => lines.map(percentOf), '应写成“98% 100；95% 90；……；0% 0”，从高到低，最后为 0%'),
    default: '98% 100；95% 90；90% 75；80% 60；0% 0',
  },
  'appraisal.grades': {
    safety: true,
    label: '考核等级和最低总分（示例）',
    lines: 'grades',
    schema: steps((lines) => lines.map(({ number }) => number), '应写成“优秀 90；……；不合格 0”，从高到低，最后为 0'),
    default: '优秀 90；良好 80；合格 60；不合格 0',
  },
} as const satisfies Settings
