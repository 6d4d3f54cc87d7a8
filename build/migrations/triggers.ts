/**
 * What drizzle-kit cannot say: STRICT tables, append-only tables, sealed and balanced journal entries, and the outbox
 * triggers that make "each committed change appends to the outbox in the same transaction" hold by itself.
 */

import { trigger } from './gates/trigger.ts'
import { classTriggers } from './gates/classes.ts'
import { complaintTriggers } from './gates/complaints.ts'
import { feeTriggers } from './gates/fees.ts'
import { followupTriggers } from './gates/followups.ts'
import { accountProcessTriggers } from './gates/account-processes.ts'
import { importTriggers } from './gates/imports.ts'
import { contractTriggers } from './gates/contracts.ts'
import { ignitionTriggers } from './gates/installations.ts'
import { inspectionTriggers } from './gates/inspections.ts'
import { ledgerTriggers } from './gates/ledger.ts'
import { appraisalTriggers } from './gates/appraisal.ts'
import { customerTriggers } from './gates/customers.ts'
import { draftTriggers } from './gates/drafts.ts'
import { staffTriggers } from './gates/staff.ts'
import { emergencyTriggers } from './gates/emergency.ts'
import { publicityTriggers } from './gates/publicity.ts'
import { registerTriggers } from './gates/registers.ts'
import { reportTriggers } from './gates/reports.ts'
import { supplyTriggers } from './gates/supply.ts'
import { unchangeableTriggers } from './gates/tariffs.ts'
import { meteringTriggers } from './gates/metering.ts'
import { workorderTriggers } from './gates/workorders.ts'
import { accessTriggers } from './gates/access.ts'
import { tillTriggers } from './gates/tills.ts'

/** Tables whose rows never change and never go. */
export const appendOnly = [
  'audit_log',
  'audit_breaks',
  'audit_checks',
  'journal_entries',
  'journal_lines',
  'bill_lines',
  'customer_events',
  'class_changes',
  'import_window_acts',
  'class_change_plans',
  'printings',
  'printing_outcomes',
  'cash_counts',
  'payments',
  'bill_adjustments',
  'tenders',
  'allocations',
  'charge_allocations',
  'reversals',
  'deposit_slips',
  'ledger_day_totals',
  'contract_templates',
  'contract_texts',
  'contract_acceptances',
  'contract_extensions',
  'installation_records',
  'workorder_steps',
  'training_people',
  'merits',
  'merit_approvals',
  'scorecard_steps',
  'complaint_parties',
  'complaint_steps',
  'followup_draws',
  'followup_calls',
  'hazard_steps',
  'interruption_calls',
  'supply_resumptions',
  'dunning_batches',
  'dunning_calls',
  'account_process_records',
  'register_steps',
  'service_times',
  'report_submissions',
]

/** Tables whose changes stay on this PC. */
export const localOnly = new Set([
  'device',
  'settings',
  'requests',
  'audit_log',
  'audit_breaks',
  'file_checks',
  'outbox',
  'serials',
  'jobs',
  'credentials',
  'sessions',
  'approvals',
  'approval_requests',
  'uploads',
  'sync_state',
  'backups',
  'drafts',
  'schema_migrations',
  'customer_index',
  'customer_counts',
  'recent_customers',
  'bill_runs',
  'bill_run_problems',
  'inspection_runs',
  'inspection_loads',
  'ledger_turnover',
  'balance_gaps',
  'import_work',
  'import_staged',
  'import_problems',
  'import_rows',
  'import_mappings',
  'import_places',
  'statement_mappings',
  'report_positions',
  'report_results',
])

/**
 * Tables kept in the order of their key instead of beside an index of it: one page less for each row written, which is
 * most of what a payment costs. Not for tables whose code asks for `rowid`.
 */
export const withoutRowid = [
  'requests',
  'serials',
  'payments',
  'tenders',
  'allocations',
  'charge_allocations',
  'receipts',
  'bill_settlements',
  'tier_usage',
  'inspection_loads',
  'customer_counts',
  'ledger_turnover',
  'balance_gaps',
]

export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

export function appendOnlyTriggers(table: string): string[] {
  return ['UPDATE', 'DELETE'].map((verb) =>
    trigger(
      `${table}_refuse_${verb.toLowerCase()}`,
      `BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`,
    ),
  )
}

export function outboxTriggers({ name, columns, key }: TableShape): string[] {
  const row = (alias: string) => `json_object(${columns.map((c) => `'${c}', ${alias}.${c}`).join(', ')})`
  const id = (alias: string) => key.map((c) => `${alias}.${c}`).join(` || '/' || `)
  const append = (op: string, alias: string) =>
    `AFTER ${op.toUpperCase()} ON ${name} BEGIN INSERT INTO outbox (change_id, at, entity, entity_id, op, data) ` +
    `VALUES (hall_change_id(), hall_now(), '${name}', ${id(alias)}, '${op}', ${row(alias)}); END`
  return [
    trigger(`${name}_outbox_insert`, append('insert', 'NEW')),
    trigger(`${name}_outbox_update`, append('update', 'NEW')),
    trigger(`${name}_outbox_delete`, append('delete', 'OLD')),
  ]
}

/** The gates of each room once more, below every service; a room keeps its own in `gates/<room>.ts`. */
export const gateTriggers: readonly string[] = [
  ...ledgerTriggers,
  ...contractTriggers,
  ...customerTriggers,
  ...ignitionTriggers,
  ...inspectionTriggers,
  ...classTriggers,
  ...supplyTriggers,
  ...meteringTriggers,
  ...unchangeableTriggers,
  ...workorderTriggers,
  ...accessTriggers,
  ...staffTriggers,
  ...draftTriggers,
  ...appraisalTriggers,
  ...complaintTriggers,
  ...followupTriggers,
  ...feeTriggers,
  ...accountProcessTriggers,
  ...importTriggers,
  ...publicityTriggers,
  ...emergencyTriggers,
  ...registerTriggers,
  ...reportTriggers,
  ...tillTriggers,
]

/** Lines come before their entry, so that reference is checked at the commit. */
export const deferredReferences = [{ table: 'journal_lines', column: 'entry_id' }]

/** Full-text index of customer search, kept by the customers room. */
export const virtualTables: string[] = [
  // Contentless: only terms and row ids are kept. `~` begins a number written backwards, `^` a word that begins a name.
  `CREATE VIRTUAL TABLE customer_search USING fts5(terms, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 tokenchars '-~^'")`,
]
