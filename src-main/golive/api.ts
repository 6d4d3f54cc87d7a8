/** 开业准备: what a new hall still lacks before it can serve its first customer. */
import { z } from 'zod'
import { call, remark } from '../platform/contract.ts'
import { checklistItems, notNeededWords, type ChecklistItem } from './words.ts'

export { checklistItems, checklistWords, notNeededWords, type ChecklistItem } from './words.ts'

const leaders = ['hall-manager', 'administrator'] as const

const Item = z.object({
  item: z.enum(checklistItems),
  state: z.enum(['done', 'open', 'not-needed']),
  /** What is there, or what is still missing. */
  detail: z.string(),
  /** Everybody is there, their certificates are not. */
  onlyCertificates: z.boolean(),
})
export type ChecklistRow = z.output<typeof Item>

/** Every point as the data say it stands now; empty for a demo hall, which has nothing to prepare. */
export const Checklist = call({
  name: 'golive.checklist',
  kind: 'read',
  allow: leaders,
  input: z.strictObject({}),
  output: z.array(Item),
})

const decidable = Object.keys(notNeededWords) as [ChecklistItem, ...ChecklistItem[]]

/** Puts on record what the data cannot tell: test pages came out well, or a point is not needed here. */
export const Decide = call({
  name: 'golive.decide',
  kind: 'change',
  allow: leaders,
  input: z.strictObject({
    item: z.enum(decidable, { error: '这一项由程序自己判断' }),
    /** `open` takes the decision back. */
    choice: z.enum(['done', 'not-needed', 'open']),
    note: remark('说明', 200),
  }),
  output: z.object({}),
})
