/** 表具与抄表: what a screen may ask about meters and readings. Index values and volumes in litres (0.001 m³). */
import { z } from 'zod'
import {
  call,
  DateOnly,
  Id,
  Instant,
  ListSearch,
  LitreVolume,
  OwnWords,
  pageOf,
  PageRequest,
  RequestId,
  shortText,
} from '../platform/contract.ts'

export const meterKinds = ['diaphragm', 'ic-card', 'iot'] as const
export type MeterKind = (typeof meterKinds)[number]
export const meterKindNames: Record<MeterKind, string> = { diaphragm: '膜式表', 'ic-card': 'IC 卡表', iot: '物联网表' }

export const readingSources = ['visit', 'self-reported', 'remote', 'estimated', 'import', 'correction'] as const
export type ReadingSource = (typeof readingSources)[number]
/** What a screen may say: `import` and `remote` are said by the file that brings them, `correction` by 退补. */
export const enteredSources = ['visit', 'self-reported', 'estimated'] as const satisfies readonly ReadingSource[]
export type EnteredSource = (typeof enteredSources)[number]
export const readingSourceNames: Record<ReadingSource, string> = {
  visit: '上门抄表',
  'self-reported': '客户自报',
  remote: '远传',
  estimated: '估抄',
  import: '导入',
  correction: '更正',
}

export const readingStates = ['unbilled', 'billed', 'void'] as const
export type ReadingState = (typeof readingStates)[number]
export const readingStateNames: Record<ReadingState, string> = { unbilled: '待出账', billed: '已出账', void: '已作废' }

/** What can be odd about a reading (metering/rules.ts). */
export const findingKinds = [
  'outOfRange',
  'future',
  'dateOrder',
  'backwards',
  'rollover',
  'tooHigh',
  'longInterval',
] as const
export const Finding = z.object({
  kind: z.enum(findingKinds),
  severity: z.enum(['refuse', 'confirm']),
  /** Chinese: what is wrong and what to do. */
  text: z.string(),
})
export type Finding = z.output<typeof Finding>
/** Findings the clerk has looked at and lets stand. */
export const Confirmed = z.array(z.enum(findingKinds)).max(findingKinds.length).default([])

/** Letters, digits and hyphens as stamped on the meter, the gaps between its groups left out. */
export const MeterNo = z
  .string({ error: '请填写表号' })
  .overwrite((typed) => typed.replace(/\s+/g, ''))
  .toUpperCase()
  .regex(/^[A-Z0-9-]{4,24}$/, '表号应为 4 至 24 位字母、数字或短横')
export const Digits = z.int().min(4, '表盘整数位应为 4 至 9 位').max(9, '表盘整数位应为 4 至 9 位')

/** Meters one account has in use at most; a household rarely has more than two, a works canteen a handful. */
export const maxMetersInUse = 9

/** 抄表人: on the staff, with a 抄表证 good on the day of the reading (clause 10(8)). */
export const ReaderId = z.uuid({ error: '请选择抄表人' })

/** Who may read meters on a day, and whom the screen proposes. */
export const Readers = call({
  name: 'metering.readers',
  kind: 'read',
  allow: 'signed-in',
  /** Null is today by the backend's clock. */
  input: z.strictObject({ on: DateOnly.nullable() }),
  output: z.object({
    readers: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
    /** Whose reading the operator entered last; else the operator, or the only one there is. */
    usual: Id.nullable(),
  }),
})

/** Which meter of the account: may be left out while it has only one. */
export const MeterMeant = Id.nullable().default(null)

export const MeterView = z.object({
  meterId: Id,
  meterNo: z.string(),
  kind: z.enum(meterKinds),
  model: z.string(),
  digits: z.int(),
  /** 表位, from 1; a household with further meters has one in use at each. */
  position: z.int(),
  state: z.enum(['in-use', 'removed']),
  initialIndex: LitreVolume,
  installedOn: DateOnly,
  removedOn: DateOnly.nullable(),
})
export type MeterView = z.output<typeof MeterView>

/** Every meter the account's service point ever had, the one in use first. */
export const Meters = call({
  name: 'metering.meters',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ accountId: Id }),
  output: z.array(MeterView),
})

/** A meter in use of an account, as the one who reads them sees it. */
export const MeterToRead = z.object({
  meterId: Id,
  meterNo: z.string(),
  previousOn: DateOnly,
  previousIndex: LitreVolume,
  /** It was read, and the reading waits for its bill. */
  waiting: z.boolean(),
})
export type MeterToRead = z.output<typeof MeterToRead>

/**
 * Looks at a reading while it is typed. Writes nothing. `index: null` asks only what stood before, and where no meter is
 * named of the first that is still to be read. Errors: NoMeter · MeterNotNamed · NotItsMeter
 */
export const CheckReading = call({
  name: 'metering.check',
  kind: 'read',
  allow: 'signed-in',
  /** `readOn: null` is today by the backend's clock. */
  input: z.strictObject({
    accountId: Id,
    meterId: MeterMeant,
    readOn: DateOnly.nullable(),
    index: LitreVolume.nullable(),
  }),
  output: z.object({
    readOn: DateOnly,
    meter: MeterView,
    /** Every meter in use of the account, this one among them; they are billed together. */
    meters: z.array(MeterToRead),
    previousOn: DateOnly,
    previousIndex: LitreVolume,
    days: z.int(),
    /** Null while no index is typed, or where none can be told. */
    consumption: LitreVolume.nullable(),
    findings: z.array(Finding).readonly(),
    /** What an estimate (估抄) would book; null without enough readings to go by. */
    estimate: z.object({ index: LitreVolume, consumption: LitreVolume }).nullable(),
  }),
})

/**
 * 录入抄表. Refused findings stand; those to confirm must be named in `confirmed`.
 * Errors: NoMeter · MeterNotNamed · NotItsMeter · ReadingRefused · ReadingToConfirm (details: findings) · AccountNotFound ·
 * CertificateMissing
 */
export const RecordReading = call({
  name: 'metering.record',
  kind: 'change',
  allow: ['clerk', 'cashier', 'hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    meterId: MeterMeant,
    readOn: DateOnly,
    index: LitreVolume,
    source: z.enum(enteredSources, { error: '请选择来源：上门抄表、客户自报或估抄' }),
    readerId: ReaderId,
    confirmed: Confirmed,
  }),
  output: z.object({
    readingId: Id,
    consumption: LitreVolume,
    /** 一户多表: the other meters that must be read, or estimated, before the account is billed. */
    unread: z.array(z.object({ meterId: Id, meterNo: z.string() })),
  }),
})

/** 作废抄表: only the meter's last reading, and only before it is billed. Errors: ReadingBilled · ReadingNotLast */
export const VoidReading = call({
  name: 'metering.voidReading',
  kind: 'change',
  allow: ['clerk', 'cashier', 'hall-manager'],
  input: z.strictObject({ requestId: RequestId, readingId: Id, reason: shortText('作废原因', 100) }),
  output: z.object({ readingId: Id }),
})

/** A meter as it is written down when it is installed. */
export const newMeterShape = {
  meterNo: MeterNo,
  kind: z.enum(meterKinds, { error: '请选择表型' }),
  model: shortText('型号', 30),
  digits: Digits,
  initialIndex: LitreVolume,
}

/** 换表: what is written down of it. The call is the supply room's, because the old meter's last gas is billed with it. */
export const exchangeShape = {
  /** The meter that goes. */
  meterId: MeterMeant,
  exchangedOn: DateOnly,
  finalIndex: LitreVolume,
  readerId: ReaderId,
  confirmed: Confirmed,
  /** Day since when the old meter had stopped; null for a meter that ran to the end. */
  stoppedOn: DateOnly.nullable().default(null),
  /** 补气量 agreed on where there is no reading to estimate by, litres; null takes the estimate. */
  agreedMakeUp: LitreVolume.nullable().default(null),
  ...newMeterShape,
}

export const ReadingView = z.object({
  readingId: Id,
  meterNo: z.string(),
  readOn: DateOnly,
  previousOn: DateOnly,
  previousIndex: LitreVolume,
  currentIndex: LitreVolume,
  consumption: LitreVolume,
  /** 补气量 in it. */
  makeUp: LitreVolume,
  source: z.enum(readingSources),
  /** Null for what was taken over from the system before, and for a correction. */
  readerName: z.string().nullable(),
  confirmed: z.array(z.enum(findingKinds)),
  state: z.enum(readingStates),
  voidReason: z.string().nullable(),
  createdAt: Instant,
  /** Whether it is the last reading of its meter, so that it could be voided. */
  last: z.boolean(),
})
export type ReadingView = z.output<typeof ReadingView>

/** 抄表记录 of an account, newest first. */
export const Readings = call({
  name: 'metering.readings',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ accountId: Id, page: PageRequest.prefault({}) }),
  output: pageOf(ReadingView),
})

/** Buildings a list shows at most; the largest communities have some hundreds. */
export const maxBuildings = 500

/** 楼栋 of a community, with how many service points each has. */
export const Buildings = call({
  name: 'metering.buildings',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ community: shortText('小区', 40) }),
  output: z.array(z.object({ building: z.string(), count: z.int() })),
})

export const SheetRow = z.object({
  servicePointId: Id,
  accountId: Id,
  meterId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  building: z.string(),
  unit: z.string(),
  room: z.string(),
  address: z.string(),
  meterNo: z.string(),
  /** 表位, and how many meters the account has in use: each has a row of its own. */
  position: z.int(),
  meters: z.int(),
  digits: z.int(),
  previousOn: DateOnly,
  previousIndex: LitreVolume,
  /** What was used between the last two readings of this meter, litres. */
  previousConsumption: LitreVolume.nullable(),
  /** A reading taken on the sheet's day or later; the row is done. */
  done: z.object({ readingId: Id, index: LitreVolume, consumption: LitreVolume }).nullable(),
})
export type SheetRow = z.output<typeof SheetRow>

/** 抄表册: the meters of a community or building in walking order, to enter readings one below the other. */
export const Sheet = call({
  name: 'metering.sheet',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    community: shortText('小区', 40),
    /** Null for the whole community. */
    building: z.string().max(12).nullable().default(null),
    /** Null is today by the backend's clock. */
    readOn: DateOnly.nullable().default(null),
    page: PageRequest.prefault({}),
  }),
  output: pageOf(SheetRow).extend({ readOn: DateOnly }),
})

export const oddUseKinds = ['none', 'fall', 'rise'] as const
export const oddUseKindNames: Record<(typeof oddUseKinds)[number], string> = {
  none: '连续零用气',
  fall: '明显偏低',
  rise: '明显偏高',
}

/** A reading whose use is odd; `usual` is what was to be expected of its days. */
export const OddUseRow = z.object({
  readingId: Id,
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  readOn: DateOnly,
  kind: z.enum(oddUseKinds),
  consumption: LitreVolume,
  usual: LitreVolume.nullable(),
  decidedBy: z.string().nullable(),
  note: OwnWords.nullable(),
  patrolId: Id.nullable(),
})
export type OddUseRow = z.output<typeof OddUseRow>

const oddUseLookers = ['clerk', 'cashier', 'hall-manager'] as const

/** 用气异常名单 (clause 6(6)), newest first; `open` those nobody answered yet. */
export const OddUses = call({
  name: 'metering.oddUses',
  kind: 'read',
  allow: oddUseLookers,
  input: z.strictObject({ open: z.boolean().default(true), search: ListSearch, page: PageRequest.prefault({}) }),
  output: pageOf(OddUseRow),
})

/** How many nobody answered yet, counted up to 1,000. */
export const OddUseCount = call({
  name: 'metering.oddUseCount',
  kind: 'read',
  allow: oddUseLookers,
  input: z.strictObject({}),
  output: z.object({ open: z.int() }),
})

/** 说明 of a use that needs no visit: the household was away, a new heating. Error: NotFound */
export const ExplainOddUse = call({
  name: 'metering.explainOddUse',
  kind: 'change',
  allow: ['hall-manager'],
  input: z.strictObject({ requestId: RequestId, readingId: Id, note: shortText('核实情况', 200) }),
  output: z.object({ readingId: Id }),
})
