/** 户的业务: 停用、复用、拆除、过户、换表、销户、加表、拆表 as the screens may ask for them. Fen, litres, pascals, epoch ms. */
import { z } from 'zod'
import {
  ListSearch,
  call,
  DateOnly,
  FenAmount,
  Id,
  Instant,
  LitreVolume,
  OwnWords,
  pageOf,
  PageRequest,
  remark,
  RequestId,
  Revealed,
  RevealReason,
  shortText,
  signatureOf,
} from '../platform/contract.ts'
import { approvalTerms } from '../platform/approval-terms.ts'
import { BillLineView } from '../billing/api.ts'
import { Contract } from '../contracts/api.ts'
import { Category, gasStates, Phone, Profile } from '../customers/api.ts'
import { CheckAnswer, supplyTermsShape } from '../installations/api.ts'
import { Confirmed, exchangeShape, MeterMeant, MeterView, newMeterShape, ReaderId } from '../metering/api.ts'
import {
  closingGrounds,
  holderAbsences,
  prepaymentChoices,
  processActions,
  processKinds,
  processRecordKinds,
  processStates,
  processSteps,
} from './account-words.ts'

export * from './account-words.ts'
export { asksForGround, prepaymentChoicesOf, stepsOf } from './account-rules.ts'

const counter = ['clerk', 'hall-manager'] as const
const watchers = ['clerk', 'cashier', 'hall-manager', 'dispatcher'] as const

const Kind = z.enum(processKinds, { error: '请选择业务' })
const State = z.enum(processStates)
const Step = z.enum(processSteps)
const Choice = z.enum(prepaymentChoices, { error: '请选择预存怎样处理' })
const Obstacle = z.object({ step: Step, text: z.string() })
export type ProcessObstacle = z.output<typeof Obstacle>
const onProcess = { requestId: RequestId, processId: Id }
const Reached = z.object({ state: State })

/** 受理. Errors: GateNotPassed (details: obstacles) · AccountNotFound */
export const StartProcess = call({
  name: 'supply.startProcess',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    kind: Kind,
    applicant: shortText('申请人', 30),
    /** Null: as in the customer's file. */
    applicantPhone: Phone.nullable().default(null),
    reason: shortText('原因', 100),
    /** 销户 without 拆除: why nobody can take the meter off; null for everything else. */
    ground: z.enum(closingGrounds).nullable().default(null),
  }),
  output: z.object({ processId: Id, processNo: z.string() }),
})

/**
 * 抄止数: the reading use is settled by, read on the meter or agreed on; of each meter in turn. It is billed once all are read.
 * Errors as metering.record.
 */
export const TakeFinalReading = call({
  name: 'supply.takeFinalReading',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    meterId: MeterMeant,
    readOn: DateOnly,
    index: LitreVolume,
    /** `agreed`: no one could read the meter, the sides agreed on this index. */
    how: z.enum(['read', 'agreed']),
    /** Who agreed, for an agreed one. */
    agreedBy: remark('约定人', 30).default(''),
    /** Who read it, or agreed on it for the company. */
    readerId: ReaderId,
    confirmed: Confirmed,
  }),
  output: Reached.extend({
    readingId: Id,
    billNo: z.string().nullable(),
    amount: FenAmount,
    /** Meters that must be read before it is billed. */
    unread: z.array(z.string()),
  }),
})

/** 预存怎样处理. Carried over to the new holder only by the old one's written consent. */
export const ChoosePrepayment = call({
  name: 'supply.choosePrepayment',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, choice: Choice, consentedBy: remark('同意人', 30).default('') }),
  output: Reached,
})

/**
 * 原户主不能到场: 亡故 or 无法联系, with what is known of it; null when they come after all. An approval given before is void.
 */
export const ReportAbsence = call({
  name: 'supply.reportAbsence',
  kind: 'change',
  allow: counter,
  input: z
    .strictObject({
      ...onProcess,
      absence: z.enum(holderAbsences).nullable(),
      note: remark('说明', 200).default(''),
    })
    .refine(({ absence, note }) => absence === null || note !== '', {
      message: '请写明情况：何时亡故，或怎样联系过、为什么联系不上',
      path: ['note'],
    }),
  output: Reached,
})

/** 批准 a transfer without the holder who leaves, once every proof is filed. Errors: GateNotPassed · ApprovalRefused */
export const ApproveAbsence = call({
  name: 'supply.approveAbsence',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, approvalId: Id }),
  output: Reached.extend({ approverName: z.string() }),
})

/**
 * 欠费保留: the business ends though something is owed; what is owed stays owed, and goes on to be collected. Bound to the
 * principal of the day. Errors: GateNotPassed · ApprovalRefused
 */
export const KeepDebt = call({
  name: 'supply.keepDebt',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, reason: shortText('原因', 200), approvalId: Id }),
  output: Reached.extend({ approverName: z.string() }),
})

/** 批准 of 销户 without 拆除, once the place was seen and its papers are filed. Errors: GateNotPassed · ApprovalRefused */
export const ApproveClosing = call({
  name: 'supply.approveClosing',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, approvalId: Id }),
  output: Reached.extend({ approverName: z.string() }),
})

/** 登记新户主: on file already or new, and what gas is to be used for. */
export const NameHolder = call({
  name: 'supply.nameHolder',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    customer: z.discriminatedUnion('known', [
      z.strictObject({ known: z.literal(true), customerId: Id }),
      z.strictObject({ known: z.literal(false), profile: Profile, confirmDuplicate: z.boolean().default(false) }),
    ]),
    ...supplyTermsShape,
  }),
  output: Reached.extend({ customerId: Id }),
})

/** 起草新户主的两份合同. */
export const DraftTransferContracts = call({
  name: 'supply.draftTransferContracts',
  kind: 'change',
  allow: counter,
  input: z.strictObject(onProcess),
  output: z.object({ supply: Id, safety: Id }),
})

const Outcome = Reached.extend({ passed: z.boolean(), reasons: z.array(z.string()) })
/** Done on site, by somebody of the staff with a good maintenance certificate (clause 10(8)). */
const onSite = { performedOn: DateOnly, workerId: z.uuid({ error: '请选择办理人员' }) }

/** 严密性试验 (clause 17(2)); of the blanked pipe when dismantling. Errors: CertificateMissing */
export const TestProcessTightness = call({
  name: 'supply.testProcessTightness',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    ...onSite,
    pressurePa: z.int().min(1, '请填写试验压力').max(10_000_000, '试验压力超出范围'),
    minutes: z.int().min(1, '请填写稳压时间').max(1440, '稳压时间不能超过 1440 分钟'),
    dropPa: z.int().min(0).max(10_000_000, '压降超出范围'),
  }),
  output: Outcome,
})

/** 复用前安全检查 (clause 17(2)). Errors: CertificateMissing */
export const CheckProcessSafety = call({
  name: 'supply.checkProcessSafety',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    ...onSite,
    checks: z.array(CheckAnswer).max(40),
    note: remark('备注', 300).default(''),
  }),
  output: Outcome,
})

/** 现场核实 before 销户 without 拆除: no gas reaches the place any more. Errors: CertificateMissing */
export const SeePlace = call({
  name: 'supply.seePlace',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    ...onSite,
    gasOff: z.literal(true, { error: '确认已关阀封堵、现场没有气后才能登记' }),
    note: shortText('现场情况', 200),
  }),
  output: Reached,
})

/**
 * 拆表封堵: a meter off the wall at the index it was settled by, the pipe blanked; each meter in turn.
 * Errors: CertificateMissing · MeterNotNamed
 */
export const RemoveProcessMeter = call({
  name: 'supply.removeProcessMeter',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    ...onSite,
    meterId: MeterMeant,
    /** Index on the meter that was taken off; null where there was none. */
    index: LitreVolume.nullable().default(null),
    blanked: z.literal(true, { error: '管道封堵后才能登记' }),
    /** 现场照片 among the customer's attachments. */
    photoId: Id.nullable().default(null),
    note: remark('备注', 200).default(''),
  }),
  output: Reached,
})

/** 停用: gas is off, valve closed and sealed, on the day of the final reading. Errors: GateNotPassed · CertificateMissing */
export const Deactivate = call({
  name: 'supply.deactivate',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, ...onSite, sealNo: shortText('封签号', 30) }),
  output: Reached,
})

/** 复用: gas flows again. Errors: GateNotPassed with every obstacle · CertificateMissing */
export const Reactivate = call({
  name: 'supply.reactivate',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    workerId: z.uuid({ error: '请选择办理人员' }),
    sealRemoved: z.literal(true, { error: '请确认已拆除封签' }),
  }),
  output: Reached.extend({ reactivatedAt: Instant }),
})

/** 拆除办结: the place is dismantled and the account closed, for good. Errors: GateNotPassed */
export const Dismantle = call({
  name: 'supply.dismantle',
  kind: 'change',
  allow: counter,
  input: z.strictObject(onProcess),
  output: Reached,
})

/** 过户: the old account ends, the new holder has an account of their own. Errors: GateNotPassed */
export const Transfer = call({
  name: 'supply.transfer',
  kind: 'change',
  allow: counter,
  input: z.strictObject(onProcess),
  output: Reached.extend({
    newAccountId: Id,
    newAccountNo: z.string(),
    /** Fen of prepayment carried over, and litres of the tier cycle. */
    prepaymentCarried: FenAmount,
    tierCarried: LitreVolume,
  }),
})

/** 换表. The old meter's last gas is billed at once; the tier total goes on. Errors as metering.record, and MeterNoTaken. */
export const ExchangeMeter = call({
  name: 'supply.exchangeMeter',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, workerId: z.uuid({ error: '请选择换表人员' }), ...exchangeShape }),
  output: Reached.extend({
    meterId: Id,
    readingId: Id,
    billNo: z.string().nullable(),
    amount: FenAmount,
    makeUp: LitreVolume,
  }),
})

/**
 * 加表: a further meter for the account; its use counts on in the one tier total. Errors: CertificateMissing · MeterNoTaken ·
 * IndexNotOnRegister · TooManyMeters · InvalidInput
 */
export const AddMeter = call({
  name: 'supply.addMeter',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, ...onSite, ...newMeterShape, note: remark('安装位置', 60).default('') }),
  output: Reached.extend({ meterId: Id }),
})

/**
 * 拆表 of one of several meters, with its last reading; the account goes on with the others. The last gas is billed at once.
 * Errors as metering.record, and CertificateMissing · OnlyMeter
 */
export const DetachMeter = call({
  name: 'supply.detachMeter',
  kind: 'change',
  allow: counter,
  input: z.strictObject({
    ...onProcess,
    ...onSite,
    meterId: z.uuid({ error: '请选择拆哪一块表' }),
    finalIndex: LitreVolume,
    readerId: ReaderId,
    confirmed: Confirmed,
    blanked: z.literal(true, { error: '管道封堵后才能登记' }),
    note: remark('备注', 200).default(''),
  }),
  output: Reached.extend({ readingId: Id, billNo: z.string().nullable(), amount: FenAmount }),
})

/** 加表单、拆表单签字: the customer agrees to the index, and the test was passed. Errors: GateNotPassed */
export const SignMeterChange = call({
  name: 'supply.signMeterChange',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, signatory: signatureOf('客户签字人', 30), signedOn: DateOnly }),
  output: Reached,
})

/** 换表单签字. */
export const SignExchange = call({
  name: 'supply.signExchange',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, signatory: signatureOf('客户签字人', 30), signedOn: DateOnly }),
  output: Reached,
})

/** 销户. Errors: GateNotPassed with everything that is still open */
export const CloseAccount = call({
  name: 'supply.closeAccount',
  kind: 'change',
  allow: counter,
  input: z.strictObject(onProcess),
  output: Reached,
})

export const CancelProcess = call({
  name: 'supply.cancelProcess',
  kind: 'change',
  allow: counter,
  input: z.strictObject({ ...onProcess, reason: shortText('取消原因', 100) }),
  output: Reached,
})

/** 接手. */
export const TakeOverProcess = call({
  name: 'supply.takeOverProcess',
  kind: 'change',
  allow: counter,
  input: z.strictObject(onProcess),
  output: z.object({ holderName: z.string() }),
})

export const ProcessRow = z.object({
  id: Id,
  processNo: z.string(),
  kind: Kind,
  state: State,
  accountId: Id,
  accountNo: z.string(),
  customerName: z.string(),
  address: z.string(),
  holderId: Id,
  holderName: z.string(),
  startedOn: DateOnly,
  /** Days in hand; 0 once it has ended. */
  waitingDays: z.int(),
  endedAt: Instant.nullable(),
})
export type ProcessRow = z.output<typeof ProcessRow>

export const processFilters = ['open', 'done', 'cancelled'] as const
export type ProcessFilter = (typeof processFilters)[number]

/** 在办业务, the longest waiting first; ended ones the newest first. */
export const Processes = call({
  name: 'supply.processes',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({
    filter: z.enum(processFilters).default('open'),
    /** Only of one kind; null for all. Open ones only. */
    kind: Kind.nullable().default(null),
    search: ListSearch,
    page: PageRequest.prefault({}),
  }),
  output: pageOf(ProcessRow),
})

/** How many are in hand by kind; kinds without any are left out. */
export const ProcessCounts = call({
  name: 'supply.processCounts',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({}),
  output: z.object({ total: z.int(), mine: z.int(), kinds: z.array(z.object({ kind: Kind, count: z.int() })) }),
})

export const SettlementBill = z.object({
  billId: Id,
  billNo: z.string(),
  periodFrom: DateOnly,
  periodTo: DateOnly,
  dueOn: DateOnly,
  overdueDays: z.int(),
  /** Null for a debt of the old system, of which the volume is not known. */
  consumption: LitreVolume.nullable(),
  amount: FenAmount,
  outstanding: FenAmount,
  lateFee: FenAmount,
  lines: z.array(BillLineView),
})

/** What an account owes, line by line, and what is held for it. */
export const SettlementView = z.object({
  asOf: DateOnly,
  unbilled: z.int(),
  bills: z.array(SettlementBill),
  principal: FenAmount,
  lateFee: FenAmount,
  total: FenAmount,
  prepayment: FenAmount,
  /** 收费项目 the business waits for. */
  charges: FenAmount,
})
export type SettlementView = z.output<typeof SettlementView>

/** 户的业务 of one account: how it stands, what may be begun and why not, what is and was done. */
export const AccountBusiness = call({
  name: 'supply.accountBusiness',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({ accountId: Id }),
  output: z.object({
    account: z.object({
      accountId: Id,
      accountNo: z.string(),
      state: z.enum(['active', 'transferred', 'closed']),
      customerId: Id,
      customerName: z.string(),
      phoneMasked: z.string(),
      address: z.string(),
      gasState: z.enum(gasStates),
      meterNo: z.string().nullable(),
    }),
    obstacles: z.record(Kind, z.array(z.string())),
    settlement: SettlementView,
    processes: z.array(ProcessRow),
  }),
})

export const ProcessRecord = z.object({
  no: z.int(),
  kind: z.enum(processRecordKinds),
  passed: z.boolean().nullable(),
  performedOn: DateOnly,
  workerId: Id.nullable(),
  workerName: z.string().nullable(),
  summary: OwnWords,
  reasons: z.array(OwnWords),
  at: Instant,
  actorName: z.string(),
})
export type ProcessRecord = z.output<typeof ProcessRecord>

const Party = z.object({
  customerId: Id,
  name: z.string(),
  category: Category,
  idMasked: z.string().nullable(),
  phoneMasked: z.string(),
})

export const finalReadingStates = ['waits', 'stale', 'billed'] as const
export const FinalReadingView = z.object({
  meterId: Id,
  meterNo: z.string(),
  on: DateOnly,
  index: LitreVolume,
  consumption: LitreVolume,
  /** 已出账; 待另一块表抄后一并出账; 须重新抄. */
  state: z.enum(finalReadingStates),
  /** It was taken off the wall since. */
  removed: z.boolean(),
})
export type FinalReadingView = z.output<typeof FinalReadingView>

/** One process with everything its page shows. */
export const Process = call({
  name: 'supply.process',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({ processId: Id }),
  output: z.object({
    process: ProcessRow.extend({
      customerId: Id,
      servicePointId: Id,
      applicant: z.string(),
      /** Masked; `supply.reveal` shows it in full. */
      applicantPhone: z.string(),
      reason: OwnWords,
      prepayment: Choice,
      newAccountId: Id.nullable(),
      newAccountNo: z.string().nullable(),
      absence: z.enum(holderAbsences).nullable(),
      absenceNote: z.string(),
      absenceApprover: z.string().nullable(),
      ground: z.enum(closingGrounds).nullable(),
      groundApprover: z.string().nullable(),
      /** 欠费保留: who agreed that this much principal stays owed, and why. */
      debtKept: z.object({ principal: FenAmount, reason: z.string(), approver: z.string() }).nullable(),
    }),
    /** 销户 without 拆除: what the manager is asked to agree to; null elsewhere. */
    closingTerms: approvalTerms['closing-unremoved'].nullable(),
    resident: z.boolean(),
    /** Category of the price, which a transfer never changes. */
    category: Category,
    gasState: z.enum(gasStates),
    /** The meters in use, with what stood on each before; none once the process has ended. */
    meters: z.array(MeterView.extend({ previousOn: DateOnly, previousIndex: LitreVolume })),
    /** 止数 of each meter that was read for this process. */
    finalReadings: z.array(FinalReadingView),
    settlement: SettlementView,
    old: Party,
    holder: Party.nullable(),
    terms: z.object({
      purpose: z.string(),
      appliances: z.array(z.object({ name: z.string(), count: z.int() })),
      householdSize: z.int(),
      pricePlanId: Id,
      annualVolume: LitreVolume.nullable(),
      hourlyVolume: LitreVolume.nullable(),
    }),
    contracts: z.array(Contract),
    checklist: z.array(z.object({ item: z.string(), text: z.string() })),
    tightnessDemand: z.object({ pressurePa: z.int(), minutes: z.int(), dropPa: z.int() }),
    records: z.array(ProcessRecord),
    /** What stands in the way of each action now; an action that is possible has none. */
    obstacles: z.record(z.enum(processActions), z.array(Obstacle)),
    /** Staff who may work on site today. */
    workers: z.array(z.object({ staffId: Id, staffNo: z.string(), name: z.string() })),
    /** Whether what use of the tier goes on with the new holder. */
    transferTier: z.enum(['fresh', 'carry']),
  }),
})

/** The telephone of the applicant in full, with its reason on record. @throws ProcessNotFound */
export const RevealApplicant = call({
  name: 'supply.reveal',
  kind: 'read',
  audited: true,
  allow: watchers,
  input: z.strictObject({ processId: Id, reason: RevealReason }),
  output: Revealed,
})

/** 补气量 an exchange would book, as the form is filled in. Null without readings to go by. */
export const EstimateMakeUp = call({
  name: 'supply.estimateMakeUp',
  kind: 'read',
  allow: watchers,
  input: z.strictObject({ processId: Id, meterId: MeterMeant, stoppedOn: DateOnly, on: DateOnly }),
  output: z.object({ estimate: LitreVolume.nullable() }),
})
