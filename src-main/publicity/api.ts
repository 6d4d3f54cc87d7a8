/** 公示与宣传: the notice board, its display, and safety campaigns (clauses 10(2)(3), 22(2), 23). */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FileContent,
  Id,
  Instant,
  pageOf,
  PageRequest,
  PositiveFen,
  remark,
  RequestId,
  shortText,
  SourcePath,
  UnitPriceValue,
} from '../platform/contract.ts'
import { feeBuyer, feeKind, feePlace } from '../fees/api.ts'
import { PlanCategory } from '../tariffs/api.ts'
import { BoardContent } from './content.ts'
import { campaignKinds, campaignStates } from './words.ts'

export * from './words.ts'
export { campaignTransitions } from './rules.ts'
export { BoardContent, maxParts, maxServices, maxStepsOfService, type Service } from './content.ts'
export { campaignOverdue, filled, showHeat, showPressure, showShare } from './rules.ts'

/** Who writes and publishes; everybody signed in reads. */
export const publishers = ['hall-manager', 'administrator'] as const

// Notice board

export const BoardPrice = z.object({
  planId: Id,
  name: z.string(),
  category: PlanCategory,
  versionId: Id,
  effectiveFrom: DateOnly,
  document: z.string(),
  rows: z.array(z.object({ name: z.string(), range: z.string(), price: UnitPriceValue, now: z.boolean() })).readonly(),
  notes: z.array(z.string()).readonly(),
  next: z.object({ from: DateOnly, text: z.string() }).nullable(),
})
export type BoardPrice = z.output<typeof BoardPrice>

/** What is charged beside gas, from the price list itself. */
export const BoardFee = z.object({
  itemId: Id,
  name: z.string(),
  kind: feeKind.schema(),
  unit: z.string(),
  price: PositiveFen,
  maxPrice: PositiveFen,
  document: z.string(),
  buyers: z.array(feeBuyer.schema()),
  places: z.array(feePlace.schema()),
})
export type BoardFee = z.output<typeof BoardFee>

/** The board as people read it: 【】 filled in, prices those of `on`. */
export const Board = z.object({
  company: z.string(),
  hall: z.string(),
  /** The day whose prices it shows. */
  on: DateOnly,
  /** The backend's clock, from which the display runs its own. */
  now: Instant,
  /** Null while nothing was published, and for a draft. */
  versionNo: z.int().nullable(),
  publishedAt: Instant.nullable(),
  publishedBy: z.string().nullable(),
  /** Shipped content that no hall has written. */
  example: z.boolean(),
  gasKind: z.string(),
  content: BoardContent,
  prices: z.array(BoardPrice),
  fees: z.array(BoardFee),
  phones: z.object({ service: z.string(), emergency: z.string(), complaint: z.string() }),
  /** Seconds a slide of the display stands. */
  slideSeconds: z.int(),
})
export type Board = z.output<typeof Board>

/** What the display shows. Published to everybody by its nature, so it asks nobody who they are. */
export const Display = call({
  name: 'publicity.display',
  kind: 'read',
  allow: 'anyone',
  input: z.strictObject({}),
  output: Board,
})

/** The board that hangs out now, and whether somebody works on the next. */
export const BoardNow = call({
  name: 'publicity.board',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    board: Board,
    draft: z.object({ savedAt: Instant, savedBy: z.string(), problems: z.array(z.string()) }).nullable(),
  }),
})

/** The draft as it would look, with what stands in the way of publishing; without a draft, what it would begin with. */
export const Draft = call({
  name: 'publicity.draft',
  kind: 'read',
  allow: publishers,
  input: z.strictObject({}),
  output: z.object({
    content: BoardContent,
    board: Board,
    /** Each with the field it is mended in, as in `content`: 'services.3.steps'. */
    issues: z.array(z.object({ field: z.string(), text: z.string() })),
    saved: z.object({ at: Instant, by: z.string() }).nullable(),
  }),
})

/** Keeps the draft, complete or not. */
export const SaveDraft = call({
  name: 'publicity.saveDraft',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, content: BoardContent }),
  output: z.object({ problems: z.array(z.string()) }),
})

/** @throws NoDraft */
export const DiscardDraft = call({
  name: 'publicity.discardDraft',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId }),
  output: z.object({}),
})

/** 发布: the draft hangs out from now on. @throws NoDraft · BoardIncomplete with everything that is missing */
export const Publish = call({
  name: 'publicity.publish',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, note: shortText('发布说明', 100) }),
  output: z.object({ versionNo: z.int() }),
})

export const BoardVersionRow = z.object({
  id: Id,
  no: z.int(),
  note: z.string(),
  publishedAt: Instant,
  publishedBy: z.string(),
})
export type BoardVersionRow = z.output<typeof BoardVersionRow>

/** Who published what when, the newest first. */
export const Versions = call({
  name: 'publicity.versions',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ page: PageRequest.prefault({}) }),
  output: pageOf(BoardVersionRow),
})

/** An earlier board as it was on the day it was published, prices of that day included. @throws BoardNotFound */
export const VersionBoard = call({
  name: 'publicity.version',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ versionId: Id }),
  output: Board,
})

// Pictures

export const PictureView = z.object({
  pictureId: Id,
  name: z.string(),
  /** Bytes. */
  size: z.int(),
  addedAt: Instant,
  addedBy: z.string(),
})
export type PictureView = z.output<typeof PictureView>

export const ReadPicture = call({
  name: 'publicity.readPicture',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ pictureId: Id }),
  output: FileContent,
})

/** Takes a picture off its record; one that shows what it should not. The reason stays in the audit log. */
export const RemovePicture = call({
  name: 'publicity.removePicture',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, pictureId: Id, reason: shortText('移除原因', 100) }),
  output: z.object({}),
})

// Campaigns

const Kind = z.enum(campaignKinds, { error: '请选择宣传方式' })
const State = z.enum(campaignStates)
const StaffIds = z
  .array(Id)
  .min(1, '请选择参加人员')
  .max(50)
  .refine((ids) => new Set(ids).size === ids.length, '参加人员重复')
/** A campaign reaches at most a city. */
const count = (label: string) =>
  z.int(`${label}应为整数`).min(0, `${label}不能为负`).max(10_000_000, `${label}不能超过一千万`)

const planned = {
  kind: Kind,
  title: shortText('活动名称', 50),
  plannedOn: DateOnly,
  place: shortText('地点', 60),
  staffIds: StaffIds,
  targetReach: count('计划人数').default(0),
  content: remark('活动内容', 500).default(''),
}

/** 计划活动. */
export const PlanCampaign = call({
  name: 'publicity.planCampaign',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, ...planned }),
  output: z.object({ campaignId: Id, campaignNo: z.string() }),
})

/** Changes the plan of a campaign that has not been held. @throws CampaignNotFound · CampaignStep */
export const EditCampaign = call({
  name: 'publicity.editCampaign',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, campaignId: Id, ...planned }),
  output: z.object({}),
})

const held = {
  doneOn: DateOnly,
  place: shortText('地点', 60),
  staffIds: StaffIds,
  reached: count('受众人数'),
  leaflets: count('发放资料份数').default(0),
  summary: shortText('活动总结', 500),
}

/** 登记开展: how it went; once more to mend a mistake. @throws CampaignNotFound · CampaignStep */
export const RecordCampaign = call({
  name: 'publicity.recordCampaign',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, campaignId: Id, ...held }),
  output: z.object({}),
})

/** 计划外: one that was held without having been planned. */
export const RecordUnplanned = call({
  name: 'publicity.recordUnplanned',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, kind: Kind, title: shortText('活动名称', 50), ...held }),
  output: z.object({ campaignId: Id, campaignNo: z.string() }),
})

/** @throws CampaignNotFound · CampaignStep */
export const CancelCampaign = call({
  name: 'publicity.cancelCampaign',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, campaignId: Id, reason: shortText('取消原因', 100) }),
  output: z.object({}),
})

/** @throws CampaignNotFound · AttachmentRefused */
export const AddPicture = call({
  name: 'publicity.addPicture',
  kind: 'change',
  allow: publishers,
  input: z.strictObject({ requestId: RequestId, campaignId: Id, sourcePath: SourcePath }),
  output: z.object({ pictureId: Id }),
})

export const CampaignRow = z.object({
  id: Id,
  campaignNo: z.string(),
  kind: Kind,
  title: z.string(),
  state: State,
  place: z.string(),
  plannedOn: DateOnly.nullable(),
  doneOn: DateOnly.nullable(),
  onDate: DateOnly,
  targetReach: z.int(),
  reached: z.int(),
  leaflets: z.int(),
  /** Names, joined. */
  staff: z.string(),
  pictures: z.int(),
  overdue: z.boolean(),
})
export type CampaignRow = z.output<typeof CampaignRow>

export const campaignFilters = ['all', 'overdue', ...campaignStates] as const
export type CampaignFilter = (typeof campaignFilters)[number]
export const Year = z.int('请选择年份').min(2000).max(2100)

/** 宣传活动 of a year, the latest first. */
export const Campaigns = call({
  name: 'publicity.campaigns',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    filter: z.enum(campaignFilters).default('all'),
    year: Year,
    kind: Kind.nullable().default(null),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(CampaignRow),
})

/** @throws CampaignNotFound */
export const Campaign = call({
  name: 'publicity.campaign',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ campaignId: Id }),
  output: z.object({
    campaign: CampaignRow.extend({
      content: z.string(),
      summary: z.string(),
      cancelReason: z.string(),
      createdAt: Instant,
      createdBy: z.string(),
      recordedAt: Instant.nullable(),
      recordedBy: z.string().nullable(),
    }),
    staff: z.array(z.object({ staffId: Id, name: z.string() })),
    pictures: z.array(PictureView),
  }),
})

export const CampaignFigures = z.object({
  /** Planned for the year and not cancelled, and how many of these were held. */
  planned: z.int(),
  plannedDone: z.int(),
  /** Held in the year, planned or not. */
  done: z.int(),
  overdue: z.int(),
  reached: z.int(),
  leaflets: z.int(),
})
export type CampaignFigures = z.output<typeof CampaignFigures>

/** 年度统计: plan against what was done, by kind and in all; kinds in which nothing was planned or done stand there too. */
export const CampaignYear = call({
  name: 'publicity.campaignYear',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ year: Year }),
  output: z.object({
    year: Year,
    kinds: z.array(CampaignFigures.extend({ kind: Kind })),
    total: CampaignFigures,
    /** Of the five 五进, how many were held at least once this year. */
    fiveEntriesDone: z.int(),
  }),
})

/** Days ahead in which what is planned is told on the page of the day. */
export const soonDays = 14

/** For the page of the day: campaigns planned within `soonDays`, and those whose day has passed. */
export const CampaignCounts = call({
  name: 'publicity.campaignCounts',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({ soon: z.int(), overdue: z.int(), nextOn: DateOnly.nullable(), doneThisYear: z.int() }),
})
