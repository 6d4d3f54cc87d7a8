/** What the hall writes on its notice board itself. Prices, phones and deadlines are not among it: they are read. */
import { z } from 'zod'
import { DateOnly } from '../platform/contract.ts'

/** Text as far as it has been written; what is missing stands in the way of publishing, not of keeping a draft. */
const text = (label: string, max: number) =>
  z
    .string()
    .trim()
    .max(max, `${label}不能超过 ${max} 个字`)
    .regex(/^[^\p{Cc}]*$/u, `${label}含有无法保存的字符`)

const heat = (label: string) =>
  z.int(`${label}应为至多三位小数的数`).min(0, `${label}不能为负`).max(200_000, `${label}不能超过 200 MJ/m³`)

export const maxServices = 20
export const maxParts = 12
export const maxStepsOfService = 8

const Part = z.strictObject({
  name: text('组分名称', 20),
  /** 1/100 % by volume. */
  share: z.int('组分含量应为两位小数的百分数').min(0, '组分含量不能为负').max(10_000, '一种组分的含量不能超过 100%'),
})
const Pressure = z.strictObject({
  use: text('供气对象', 20),
  /** Pa. */
  pascals: z.int('压力应为整数帕').min(0, '压力不能为负').max(4_000_000, '压力不能超过 4000 kPa'),
})
const Service = z.strictObject({
  name: text('服务项目', 20),
  steps: z.array(text('流程', 30)).max(maxStepsOfService),
  timeLimit: text('服务时限', 60),
  papers: text('所需资料', 60),
})
export type Service = z.output<typeof Service>

export const BoardContent = z.strictObject({
  gas: z.strictObject({
    composition: z.array(Part).max(maxParts),
    /** 高位、低位发热量, kJ/m³. */
    grossHeat: heat('高位发热量'),
    netHeat: heat('低位发热量'),
    pressures: z.array(Pressure).max(6),
    analysedOn: DateOnly.nullable(),
    analysedBy: text('检测单位', 40),
  }),
  services: z.array(Service).max(maxServices),
  hours: z.array(text('营业时间', 40)).max(4),
  /** 安全用气提示 (clause 23(3)). */
  tips: z.array(text('安全提示', 40)).max(10),
})
export type BoardContent = z.output<typeof BoardContent>
