/** What the calls of this room share. */
import { z } from 'zod'
import { DateOnly, shortText } from '../platform/contract.ts'
import { grades, inspectionItems, isWatched, menders } from './words.ts'

export const readers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
export const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
/** Who plans, gives out and grades. */
export const planners = ['hall-manager', 'dispatcher'] as const

const items = [...new Set([...inspectionItems(true), ...inspectionItems(false)].map(({ item }) => item)), 'other']

/** Most days a hazard of each grade may wait, by the settings. */
export const MostDays = z.object({ general: z.int(), serious: z.int(), critical: z.int() })
export type MostDays = Readonly<z.output<typeof MostDays>>
export const GradeName = z.enum(grades, { error: '请选择隐患等级' })
export const MenderName = z.enum(menders, { error: '请选择整改责任方' })

/** An item that is not in order: a hazard as the inspector wrote it down. */
const written = z.strictObject({
  item: z.enum(items as [string, ...string[]], { error: '没有这个检查项目' }),
  grade: GradeName,
  text: shortText('隐患情况', 200),
  mender: MenderName,
  deadline: DateOnly,
  /** 临时措施 taken at once. */
  measures: z.string().trim().max(200, '临时措施不能超过 200 个字').default(''),
})
/** What is watched is made safe at once: by what, or how it was mended on the spot (clause 19(4)). */
export const measuresMissing = '由公司整改且不停气的，请写临时安全措施；当场整改好的，写明怎样整改（第十九条第四款）'
export const FailedItem = written.refine((one) => one.measures !== '' || !isWatched(one), {
  error: measuresMissing,
  path: ['measures'],
})
export type FailedItemValue = z.output<typeof FailedItem>
