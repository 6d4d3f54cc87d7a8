/**
 * What drizzle-kit cannot say: STRICT tables, append-only tables, sealed and balanced journal entries, and the outbox
 * triggers that make "each committed change appends to the outbox in the same transaction" hold by itself.
 */

/** Tables whose rows never change and never go. */
export const appendOnly = [
  'audit_log',
  'journal_entries',
  'journal_lines',
  'bill_lines',
  'customer_events',
  'printings',
  'cash_counts',
  'payments',
  'tenders',
  'allocations',
  'reversals',
  'deposit_slips',
  'ledger_day_totals',
  'contract_templates',
  'contract_texts',
  'installation_records',
  'workorder_steps',
]

/** Tables whose changes stay on this PC. */
export const localOnly = new Set([
  'device',
  'settings',
  'requests',
  'audit_log',
  'outbox',
  'serials',
  'jobs',
  'credentials',
  'sessions',
  'approvals',
  'uploads',
  'sync_state',
  'backups',
  'drafts',
  'schema_migrations',
  'customer_index',
  'bill_runs',
  'bill_run_problems',
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
  'receipts',
  'bill_settlements',
  'tier_usage',
]

export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
  readonly key: readonly string[]
}

const trigger = (name: string, body: string) => `DROP TRIGGER IF EXISTS ${name};\nCREATE TRIGGER ${name} ${body};`

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

/** The lines of an entry are written first; the entry seals them, and only when they balance and its day is open. */
export const ledgerTriggers: string[] = [
  trigger(
    'journal_lines_sealed',
    `BEFORE INSERT ON journal_lines WHEN EXISTS (SELECT 1 FROM journal_entries WHERE id = NEW.entry_id)
     BEGIN SELECT RAISE(ABORT, 'journal entry is sealed'); END`,
  ),
  trigger(
    'journal_entries_balanced',
    `BEFORE INSERT ON journal_entries BEGIN
     SELECT CASE WHEN (SELECT coalesce(sum(debit), 0) FROM journal_lines WHERE entry_id = NEW.id) = 0
       OR (SELECT sum(debit) - sum(credit) FROM journal_lines WHERE entry_id = NEW.id) <> 0
       THEN RAISE(ABORT, 'journal entry does not balance') END;
     SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM business_days WHERE date = NEW.business_date AND state = 'open')
       THEN RAISE(ABORT, 'business day is closed') END;
     END`,
  ),
  trigger(
    'business_days_stay_closed',
    `BEFORE UPDATE ON business_days WHEN OLD.state = 'closed'
     BEGIN SELECT RAISE(ABORT, 'business day is closed'); END`,
  ),
]

/** Rows that are never changed but may go while nothing refers to them. */
export const unchangeableTriggers: string[] = [
  trigger(
    'price_versions_refuse_update',
    `BEFORE UPDATE ON price_versions BEGIN SELECT RAISE(ABORT, 'price_versions never change'); END`,
  ),
]

const lastRecord = (what: string, kind: string) =>
  `coalesce((SELECT ${what} FROM installation_records WHERE application_id = NEW.id AND kind = '${kind}' ORDER BY no DESC LIMIT 1), 0)`
const passedAfterAcceptance = (kind: string) =>
  `${lastRecord('passed', kind)} = 1 AND ${lastRecord('no', kind)} > ${lastRecord('no', 'acceptance')}`

/**
 * The gate of clauses 15 and 17 once more, below every service: no first gas without both contracts signed, acceptance,
 * tightness test and safety check. A service point that was imported while supplied is inserted as it is.
 */
export const ignitionTriggers: string[] = [
  trigger(
    'applications_begin',
    `BEFORE INSERT ON applications WHEN NEW.state <> 'applied'
     BEGIN SELECT RAISE(ABORT, 'an application begins as applied'); END`,
  ),
  trigger(
    'applications_ignition_gate',
    `BEFORE UPDATE ON applications WHEN NEW.state = 'ignited' AND NOT (
       NEW.account_id IS NOT NULL AND NEW.meter_id IS NOT NULL
       AND (SELECT count(DISTINCT kind) FROM contracts WHERE application_id = NEW.id AND state = 'signed') = 2
       AND ${lastRecord('passed', 'survey')} = 1
       AND ${passedAfterAcceptance('tightness')}
       AND ${passedAfterAcceptance('safety-check')}
       AND ${lastRecord('passed', 'acceptance')} = 1)
     BEGIN SELECT RAISE(ABORT, 'ignition without its evidence'); END`,
  ),
  trigger(
    'service_points_ignition_gate',
    `BEFORE UPDATE ON service_points WHEN OLD.gas_state = 'not-ignited' AND NEW.gas_state <> 'not-ignited'
       AND NOT EXISTS (SELECT 1 FROM applications WHERE service_point_id = NEW.id AND state = 'ignited')
     BEGIN SELECT RAISE(ABORT, 'first gas without an ignited application'); END`,
  ),
]

/** The gates of clauses 10(8) and 18(4) once more, below every service. */
export const workorderTriggers: string[] = [
  trigger(
    'workorders_certificate_gate',
    `BEFORE UPDATE OF assignee_id ON workorders
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id AND NOT EXISTS (
       SELECT 1 FROM certificates c WHERE c.staff_id = NEW.assignee_id
         AND c.kind = CASE NEW.kind WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END
         AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.issued_on AND c.valid_to
         AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'work order without a certified assignee'); END`,
  ),
  trigger(
    'workorders_begin',
    `BEFORE INSERT ON workorders
     WHEN NEW.assignee_id IS NOT NULL OR NEW.state NOT IN ('asked', 'answered', 'reported', 'issued')
     BEGIN SELECT RAISE(ABORT, 'a work order begins unassigned'); END`,
  ),
  trigger(
    'workorders_close_gate',
    `BEFORE UPDATE ON workorders WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND NOT EXISTS (
       SELECT 1 FROM workorder_steps WHERE order_id = NEW.id AND round = NEW.round AND kind = 'call-back' AND passed = 1)
     BEGIN SELECT RAISE(ABORT, 'work order closed without callback'); END`,
  ),
]

/** Lines come before their entry, so that reference is checked at the commit. */
export const deferredReferences = [{ table: 'journal_lines', column: 'entry_id' }]

/** Full-text index of customer search, kept by the customers room. */
export const virtualTables: string[] = [
  // Contentless: only terms and row ids are kept. `~` begins a number written backwards, `^` a word that begins a name.
  `CREATE VIRTUAL TABLE customer_search USING fts5(terms, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 tokenchars '-~^'")`,
]
