/** What the calls of this room share. */
import { z } from 'zod'
import { ownItemPattern } from '../platform/own-items.ts'
import { DateOnly, shortText, SourcePath } from '../platform/contract.ts'
import { answers, grades, inspectionItems, isWatched, menders } from './words.ts'

export const readers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const
export const recorders = ['clerk', 'hall-manager', 'dispatcher'] as const
/** Who plans, gives out and grades. */
export const planners = ['hall-manager', 'dispatcher'] as const

const standard = [...new Set([...inspectionItems(true), ...inspectionItems(false)].map(({ item }) => item)), 'other']

/** One of the regulation's items, or one a company added, by its words. */
const Item = z.string().refine((item) => standard.includes(item) || ownItemPattern.test(item), {
  error: '没有这个检查项目',
})

/** Most days a hazard of each grade may wait, by the settings. */
export const MostDays = z.object({ general: z.int(), serious: z.int(), critical: z.int() })
export type MostDays = Readonly<z.output<typeof MostDays>>
export const GradeName = z.enum(grades, { error: '请选择隐患等级' })
export const MenderName = z.enum(menders, { error: '请选择整改责任方' })

/** The answer to one item of the checklist, as it stands on the paper sheet; 无此项 with a word why. */
export const ItemCheck = z.strictObject({
  item: Item,
  answer: z.enum(answers, { error: '请给每个检查项目作答：合格、不合格或无此项' }),
  note: z.string().trim().max(60, '无此项的说明不能超过 60 个字').default(''),
})
export type ItemCheckValue = z.output<typeof ItemCheck>

/** 拒签: let in, and would not sign. Why, and who else saw it, or a picture of it. */
export const Unsigned = z
  .strictObject({
    reason: shortText('拒签原因', 200),
    witness: z.string().trim().max(30, '见证人不能超过 30 个字').default(''),
    /** Full path of a photo, or null. */
    photo: SourcePath.nullable().default(null),
  })
  .refine(({ witness, photo }) => witness !== '' || photo !== null, {
    error: '拒签的须有第二人见证，或附现场照片',
    path: ['witness'],
  })

/** '09:35', in Shanghai. */
export const TimeOfDay = (missing: string) => z.string({ error: missing }).regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, missing)

/** An item that is not in order: a hazard as the inspector wrote it down. */
const written = z.strictObject({
  item: Item,
  grade: GradeName,
  text: shortText('隐患情况', 200),
  mender: MenderName,
  deadline: DateOnly,
  /** 临时措施 taken at once. */
  measures: z.string().trim().max(200, '临时措施不能超过 200 个字').default(''),
  /** 当场整改好: good again that same day, so that nobody has to stay. */
  onTheSpot: z.boolean().default(false),
  /** When support was called and the stay began, on the day of the visit; '' where nobody stays. */
  supportCalledAt: z.union([z.literal(''), TimeOfDay('请填写呼叫支援的时间，如 0950')]).default(''),
})
/** What is watched is made safe at once: by what, or how it was mended on the spot (clause 19(4)). */
export const measuresMissing = '由公司整改且不停气的，请写临时安全措施；当场整改好的，写明怎样整改（第十九条第四款）'
/** And whoever found it stays until support has come, unless it is in order at once (clause 19(4)). */
export const stayMissing =
  '由公司整改且不停气的，当场整改好的请勾选；不能当场整改好的，安检员留下监护，请填写呼叫支援的时间（第十九条第四款）'
export const FailedItem = written.superRefine((one, issues) => {
  if (!isWatched(one)) return
  const missing = (path: string, message: string) => issues.addIssue({ code: 'custom', message, path: [path] })
  if (one.measures === '') missing('measures', measuresMissing)
  if (!one.onTheSpot && one.supportCalledAt === '') missing('supportCalledAt', stayMissing)
})
export type FailedItemValue = z.output<typeof FailedItem>
