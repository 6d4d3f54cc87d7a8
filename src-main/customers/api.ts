/** What a screen may ask of the customer files (一户一档, clauses 6(9), 10(7), 25(2)). */
import { z } from 'zod'
import {
  call,
  DateOnly,
  FenAmount,
  FileContent,
  Id,
  Instant,
  ListSearch,
  OwnWords,
  pageOf,
  PageRequest,
  RequestId,
  Revealed,
  RevealReason,
  SourcePath,
} from '../platform/contract.ts'
import { Category, Place, Profile, ProfileChange, ToldCare } from './schemas.ts'
import { attachmentKinds, eventKinds, gasStates, idKinds, standings, suspensionReasons } from './words.ts'

export * from './schemas.ts'
export * from './words.ts'

export const CreateCustomer = call({
  name: 'customers.create',
  kind: 'change',
  allow: ['clerk', 'hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    profile: Profile,
    /** Set once the clerk has seen who is on file already and still wants a new one. */
    confirmDuplicate: z.boolean().default(false),
  }),
  output: z.object({ customerId: Id }),
})

/** `details` of DuplicateCustomer: who is on file already and why it may be the same. */
export const DuplicateFound = z.object({
  customerId: Id,
  accountId: Id.nullable(),
  name: z.string(),
  phone: z.string(),
  address: z.string(),
  because: z.enum(['id', 'phone']),
})
export type DuplicateFoundValue = z.output<typeof DuplicateFound>

export const EditCustomer = call({
  name: 'customers.edit',
  kind: 'change',
  allow: ['clerk', 'hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    customerId: Id,
    /** The version the form was opened on. */
    version: z.int().min(1),
    change: ProfileChange,
    confirmDuplicate: z.boolean().default(false),
  }),
  output: z.object({ version: z.int() }),
})

export const EditAccount = call({
  name: 'customers.editAccount',
  kind: 'change',
  allow: ['clerk', 'hall-manager'],
  input: z.strictObject({
    requestId: RequestId,
    accountId: Id,
    version: z.int().min(1),
    /** 家庭人口, for the household allowance of the tiered price. */
    householdSize: z.int('家庭人口应为整数').min(1, '家庭人口至少 1 人').max(50, '家庭人口不能超过 50 人'),
  }),
  output: z.object({ version: z.int() }),
})

export const EditServicePoint = call({
  name: 'customers.editServicePoint',
  kind: 'change',
  allow: ['clerk', 'hall-manager'],
  input: z.strictObject({ requestId: RequestId, servicePointId: Id, version: z.int().min(1), place: Place }),
  output: z.object({ version: z.int(), address: z.string() }),
})

/** The service point at exactly this place, or null: an address is entered once, whoever lives there. */
export const FindPlace = call({
  name: 'customers.findPlace',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ place: Place }),
  output: z.object({
    found: z
      .object({
        servicePointId: Id,
        address: z.string(),
        gasState: z.enum(gasStates),
        accountNo: z.string().nullable(),
      })
      .nullable(),
  }),
})

/** Communities whose names begin so, for completing an address. */
export const SuggestCommunities = call({
  name: 'customers.suggestCommunities',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ text: z.string().trim().min(1).max(40) }),
  output: z.object({
    communities: z.array(z.object({ district: z.string(), street: z.string(), community: z.string() })),
  }),
})

/** `note`: the numbers that remark and 便民措施 mention. */
export const revealable = ['idNumber', 'phone', 'phoneAlt', 'note'] as const

/** A full ID or phone number: permission, reason and a row in the audit log (clause 6(10)). */
export const RevealPersonal = call({
  name: 'customers.reveal',
  kind: 'read',
  audited: true,
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({ customerId: Id, what: z.enum(revealable), reason: RevealReason }),
  output: Revealed,
})

// Search

export const matchFields = ['name', 'phone', 'id', 'address', 'meter', 'account'] as const
export type MatchField = (typeof matchFields)[number]

/** Characters `from` (inclusive) to `to` of what the row shows in that field. */
export const Mark = z.object({ field: z.enum(matchFields), from: z.int(), to: z.int() })

export const FoundCustomer = z.object({
  customerId: Id,
  /** Null for a customer without an account yet. */
  accountId: Id.nullable(),
  accountNo: z.string().nullable(),
  name: z.string(),
  category: Category,
  address: z.string(),
  meterNo: z.string().nullable(),
  /** Last four digits. */
  phoneTail: z.string(),
  /** Fen of principal still open. */
  arrears: FenAmount,
  /** Fen. */
  prepayment: FenAmount,
  specialCare: ToldCare.nullable(),
  gasState: z.enum(gasStates).nullable(),
  standing: z.enum(standings),
  matched: z.enum(matchFields),
  marks: z.array(Mark),
})
export type FoundCustomerValue = z.output<typeof FoundCustomer>

export const maxFound = 20

/** Finds as you type: name, pinyin, initials, phone tail, ID tail, address, meter number, account number. */
export const SearchCustomers = call({
  name: 'customers.search',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ text: z.string().max(100, '搜索内容过长'), limit: z.int().min(1).max(maxFound).default(10) }),
  output: z.object({ rows: z.array(FoundCustomer) }),
})

/** Customers kept for each operator as those opened last. */
export const maxRecent = 8

/** Whom this operator opened last, the newest first: what the find box offers while it is empty. */
export const RecentCustomers = call({
  name: 'customers.recent',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(FoundCustomer) }),
})

/**
 * Notes whom the operator opened, in front of those before. The same twice has the effect of once, so there is no request
 * id; and no audit row, as nothing was done yet.
 */
export const RememberCustomer = call({
  name: 'customers.remember',
  kind: 'change',
  allow: 'signed-in',
  unaudited: true,
  input: z.strictObject({ customerId: Id, accountId: Id.nullable() }),
  output: z.object({}),
})

// List

export const CustomerFilter = z.strictObject({
  category: Category.nullable().default(null),
  standing: z.enum(standings).nullable().default(null),
  specialCare: z.boolean().default(false),
  /** Only those who owe; the largest debt first, whatever `sort` says. */
  inArrears: z.boolean().default(false),
  /** Only those that answer to this text. */
  search: ListSearch,
})
export type CustomerFilterValue = z.output<typeof CustomerFilter>

export const ListRow = FoundCustomer.omit({ matched: true, marks: true }).extend({ updatedAt: Instant })

export const ListCustomers = call({
  name: 'customers.list',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    page: PageRequest,
    filter: CustomerFilter.prefault({}),
    sort: z.enum(['account', 'name']).default('account'),
  }),
  output: pageOf(ListRow),
})

/** Added up over the filter, not over the page; null when more than `maxSummedRows` would have to be read. */
export const SumCustomers = call({
  name: 'customers.sums',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ filter: CustomerFilter.prefault({}) }),
  output: z.object({ count: z.int(), arrears: FenAmount, prepayment: FenAmount, inArrears: z.int() }).nullable(),
})

export const CountCustomers = call({
  name: 'customers.counts',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({
    total: z.int(),
    category: z.partialRecord(Category, z.int()),
    standing: z.partialRecord(z.enum(standings), z.int()),
    specialCare: z.int(),
    inArrears: z.int(),
  }),
})

/** The three numbers of the page of the day, without the many of the filters above. */
export const CustomerTotals = call({
  name: 'customers.totals',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.object({ total: z.int(), specialCare: z.int(), inArrears: z.int() }),
})

// The one-customer file

export const CompletenessItem = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['field', 'paper']),
  done: z.boolean(),
})

export const AccountView = z.object({
  accountId: Id,
  accountNo: z.string(),
  /** 原户号: what it was called in the system before. */
  oldAccountNos: z.array(z.string()),
  state: z.enum(['active', 'transferred', 'closed']),
  servicePointId: Id,
  servicePointVersion: z.int(),
  place: Place,
  address: z.string(),
  gasState: z.enum(gasStates),
  suspendedFor: z.enum(suspensionReasons).nullable(),
  meterNo: z.string().nullable(),
  pricePlanId: Id,
  householdSize: z.int(),
  openedOn: DateOnly,
  closedOn: DateOnly.nullable(),
  prepayment: FenAmount,
  arrears: FenAmount,
  version: z.int(),
})

export const CustomerFile = call({
  name: 'customers.file',
  kind: 'read',
  allow: 'signed-in',
  /** One of the two. */
  input: z
    .strictObject({ accountId: Id.nullable().default(null), customerId: Id.nullable().default(null) })
    .refine(({ accountId, customerId }) => (accountId === null) !== (customerId === null), '请选择一位客户'),
  output: z.object({
    customer: z.object({
      customerId: Id,
      category: Category,
      name: z.string(),
      idKind: z.enum(idKinds),
      /** Masked; `customers.reveal` shows it in full. */
      idMasked: z.string().nullable(),
      phoneMasked: z.string(),
      phoneAltMasked: z.string().nullable(),
      specialCare: ToldCare.nullable(),
      note: OwnWords,
      version: z.int(),
      createdAt: Instant,
      updatedAt: Instant,
    }),
    /** The account asked for, else the first active one. */
    account: AccountView.nullable(),
    /** Every account this customer holds or held. */
    accounts: z.array(z.object({ accountId: Id, accountNo: z.string(), address: z.string(), state: z.string() })),
    completeness: z.object({ score: z.int(), items: z.array(CompletenessItem) }),
  }),
})
export type CustomerFileValue = z.output<typeof CustomerFile.output>

// Timeline

export const TimelineEvent = z.object({
  id: Id,
  at: Instant,
  actorName: z.string(),
  kind: z.enum(eventKinds),
  title: z.string(),
  detail: OwnWords,
  /** Fen. */
  amount: z.int().nullable(),
  subject: z.string().nullable(),
})
export type TimelineEventValue = z.output<typeof TimelineEvent>

/** Everything ever done for this account (and its customer as a person), newest first. */
export const CustomerTimeline = call({
  name: 'customers.timeline',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({
    customerId: Id,
    /** Narrows to one account; what concerns the customer as a person stays in. */
    accountId: Id.nullable().default(null),
    kinds: z.array(z.enum(eventKinds)).max(eventKinds.length).default([]),
    page: PageRequest,
  }),
  output: pageOf(TimelineEvent).extend({ counts: z.partialRecord(z.enum(eventKinds), z.int()) }),
})

// Attachments

export { fileExtensions as attachmentExtensions, maxFileSize as maxAttachmentSize } from '../platform/contract.ts'

export const AttachmentView = z.object({
  attachmentId: Id,
  kind: z.enum(attachmentKinds),
  /** As the file was called; a scan is often called by the number on it. */
  name: OwnWords,
  /** Bytes. */
  size: z.int(),
  addedAt: Instant,
  addedBy: z.string(),
})

export const AttachFile = call({
  name: 'customers.attach',
  kind: 'change',
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({
    requestId: RequestId,
    customerId: Id,
    kind: z.enum(attachmentKinds, { error: '请选择附件类别' }),
    sourcePath: SourcePath,
  }),
  output: z.object({ attachmentId: Id }),
})

export const ListAttachments = call({
  name: 'customers.attachments',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({ customerId: Id }),
  output: z.object({ rows: z.array(AttachmentView) }),
})

/** The content, verified against its hash. Scans show full ID numbers, so every look is in the audit log. */
export const ReadAttachment = call({
  name: 'customers.readAttachment',
  kind: 'read',
  audited: true,
  allow: ['clerk', 'cashier', 'hall-manager', 'dispatcher'],
  input: z.strictObject({ attachmentId: Id }),
  output: FileContent,
})
