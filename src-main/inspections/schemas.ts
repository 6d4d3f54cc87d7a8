/** What the calls of this room share. */
import { z } from 'zod'
import { DateOnly, shortText } from '../platform/contract.ts'
import { grades, inspectionItems, menders } from './words.ts'

export const readers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
export const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
/** Who plans, gives out and grades. */
export const planners = ['hall-manager', 'dispatcher'] as const

const items = [...new Set([...inspectionItems(true), ...inspectionItems(false)].map(({ item }) => item)), 'other']

export const GradeName = z.enum(grades, { error: '请选择隐患等级' })
export const MenderName = z.enum(menders, { error: '请选择整改责任方' })

/** An item that is not in order: a hazard as the inspector wrote it down. */
export const FailedItem = z.strictObject({
  item: z.enum(items as [string, ...string[]], { error: '没有这个检查项目' }),
  grade: GradeName,
  text: shortText('隐患情况', 200),
  mender: MenderName,
  deadline: DateOnly,
  /** 临时措施 taken at once. */
  measures: z.string().trim().max(200, '临时措施不能超过 200 个字').default(''),
})
export type FailedItemValue = z.output<typeof FailedItem>
