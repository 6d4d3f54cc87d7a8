import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { accounts, attachments, customers, servicePoints } from '../customers/tables.ts'
import { wordCheck } from '../platform/columns.ts'
import { staff } from '../staff/tables.ts'
import { contractState } from './words.ts'

/** 合同范本: a wording in force from the moment it was added; never changed, a new wording is a new version. */
export const contractTemplates = sqliteTable(
  'contract_templates',
  {
    /** Kind, audience and hash of the wording, so that every PC of a hall names the same wording alike. */
    id: text().primaryKey(),
    kind: text({ enum: ['supply', 'safety'] }).notNull(),
    audience: text({ enum: ['resident', 'non-resident'] }).notNull(),
    version: integer().notNull(),
    /** Handlebars source of the contract's articles. */
    source: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
  },
  (t) => [uniqueIndex('contract_templates_version').on(t.kind, t.audience, t.version)],
)

/** 审定: the company stands behind this wording. Append-only. */
export const contractAcceptances = sqliteTable('contract_acceptances', {
  templateId: text()
    .primaryKey()
    .references(() => contractTemplates.id),
  acceptedAt: integer().notNull(),
  acceptedBy: text().notNull(),
  acceptedByName: text().notNull(),
})

/** 合同: drafted → printed → signed; void with a reason. */
export const contracts = sqliteTable(
  'contracts',
  {
    id: text().primaryKey(),
    contractNo: text().notNull().unique(),
    kind: text({ enum: ['supply', 'safety'] }).notNull(),
    templateId: text()
      .notNull()
      .references(() => contractTemplates.id),
    /** The 报装 it belongs to; that room stands after this one, hence no reference. */
    applicationId: text().notNull(),
    customerId: text()
      .notNull()
      .references(() => customers.id),
    servicePointId: text()
      .notNull()
      .references(() => servicePoints.id),
    /** Filled when the account is opened. */
    accountId: text().references(() => accounts.id),
    /** JSON of `ContractFields` in rules.ts: what the blanks are filled with. */
    fields: text().notNull(),
    state: text({ enum: ['draft', 'printed', 'signed', 'void'] }).notNull(),
    draftedAt: integer().notNull(),
    draftedBy: text().notNull(),
    signedOn: text(),
    /** Who signed for the customer, and as whom. */
    signatory: text(),
    relation: text({ enum: ['self', 'legal-representative', 'agent'] }),
    /** ID number of an agent. */
    agentIdNumber: text(),
    companySignatory: text(),
    /** The holder's own hand in another writing than the name on file: why, and who agreed; '' and null for none. */
    differentReason: text().notNull().default(''),
    differentApproverId: text().references(() => staff.id),
    /** 纸质合同, not printed here: the number that stands on it, why it is taken, and who agreed; null for ours. */
    paperNo: text(),
    paperReason: text().notNull().default(''),
    paperApproverId: text().references(() => staff.id),
    signedRecordedAt: integer(),
    signedRecordedBy: text(),
    scanAttachmentId: text().references(() => attachments.id),
    /** The last day of its term, as it was signed or went on; and by when it is to be looked at: a change of class comes first. */
    validUntil: text(),
    renewBy: text(),
    /** 终止: since when a signed contract is no longer in force, and why (过户、拆除、销户). */
    endedOn: text(),
    endReason: text(),
    voidedAt: integer(),
    voidedBy: text(),
    voidReason: text(),
  },
  (t) => [
    wordCheck('contracts_state', t.state, contractState),
    check(
      'contracts_signed',
      sql`${t.state} <> 'signed' OR (${t.signedOn} IS NOT NULL AND ${t.signatory} IS NOT NULL AND ${t.companySignatory} IS NOT NULL)`,
    ),
    check(
      'contracts_paper',
      sql`(${t.paperNo} IS NULL) = (${t.paperApproverId} IS NULL) AND (${t.paperNo} IS NULL OR (trim(${t.paperNo}) <> '' AND trim(${t.paperReason}) <> ''))`,
    ),
    check('contracts_ended', sql`${t.endedOn} IS NULL OR (${t.state} = 'signed' AND ${t.endReason} IS NOT NULL)`),
    check('contracts_term', sql`(${t.validUntil} IS NULL) = (${t.signedOn} IS NULL)`),
    check('contracts_fields', sql`json_valid(${t.fields})`),
    uniqueIndex('contracts_living')
      .on(t.applicationId, t.kind)
      .where(sql`${t.state} <> 'void'`),
    uniqueIndex('contracts_paper_no')
      .on(t.paperNo, t.kind)
      .where(sql`${t.paperNo} IS NOT NULL AND ${t.state} <> 'void'`),
    index('contracts_signed_on')
      .on(t.signedOn, t.id)
      .where(sql`${t.signedOn} IS NOT NULL`),
    index('contracts_renew_by')
      .on(t.renewBy, t.accountId)
      .where(sql`${t.renewBy} IS NOT NULL AND ${t.endedOn} IS NULL AND ${t.accountId} IS NOT NULL`),
    // Of an application or process whatever became of it; the one above holds the living only.
    index('contracts_application').on(t.applicationId),
    index('contracts_customer').on(t.customerId),
    index('contracts_account').on(t.accountId),
  ],
)

/** The text as first printed, with its hash: what was signed can always be printed again alike. Append-only. */
export const contractTexts = sqliteTable('contract_texts', {
  contractId: text()
    .primaryKey()
    .references(() => contracts.id),
  /** HTML of the contract's articles. */
  body: text().notNull(),
  /** SHA-256 of the body, hex. */
  hash: text().notNull(),
  frozenAt: integer().notNull(),
  frozenBy: text().notNull(),
})

/** 顺延: a term that went on under the same terms, as the wording has it, and how the customer was asked. Append-only. */
export const contractExtensions = sqliteTable(
  'contract_extensions',
  {
    id: text().primaryKey(),
    contractId: text()
      .notNull()
      .references(() => contracts.id),
    validUntil: text().notNull(),
    note: text().notNull(),
    at: integer().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
  },
  (t) => [
    uniqueIndex('contract_extensions_until').on(t.contractId, t.validUntil),
    index('contract_extensions_at').on(t.at),
  ],
)
