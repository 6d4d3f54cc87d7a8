import { isApprover } from './certified.ts'
import { trigger } from './trigger.ts'

/** 迁入期 is open: a hall begins so, and the last act on it says how it stands. */
const windowOpen = `(SELECT act FROM import_window_acts ORDER BY no DESC LIMIT 1) IS NOT 'closed'`

/** Somebody else agreed that this file may bring customers who are supplied; `i` is the import. */
const suppliedAgreed = (i: string): string =>
  `EXISTS (SELECT 1 FROM approvals a WHERE a.id = ${i}.supplied_approval_id AND a.purpose = 'import-supplied'
     AND a.subject = 'import:' || ${i}.id AND a.used_at IS NOT NULL AND trim(coalesce(${i}.supplied_reason, '')) <> '')`

/** Gas that was on before this hall knew of it comes with an import alone, while moving in or as two persons agreed. */
const takenOver = `(${windowOpen} OR EXISTS (SELECT 1 FROM imports i WHERE i.state = 'checked' AND ${suppliedAgreed('i')}))`

/**
 * An import comes into the books without one bad row: those that were left out by decision are counted. It stays on record for good, and is taken back as a whole or not at all.
 * Events of the timeline, which otherwise never go, go with the import that brought them.
 */
export const importTriggers: string[] = [
  trigger(
    'imports_begin',
    `BEFORE INSERT ON imports WHEN NEW.state <> 'reading' BEGIN SELECT RAISE(ABORT, 'an import begins with reading'); END`,
  ),
  trigger(
    'imports_moves',
    `BEFORE UPDATE OF state ON imports WHEN NEW.state <> OLD.state AND NOT (
       (OLD.state = 'reading' AND NEW.state IN ('checking', 'discarded'))
       OR (OLD.state = 'checking' AND NEW.state IN ('checked', 'discarded'))
       OR (OLD.state = 'checked' AND NEW.state IN ('checking', 'indexing', 'discarded'))
       OR (OLD.state = 'indexing' AND NEW.state = 'done')
       OR (OLD.state = 'done' AND NEW.state = 'undoing')
       OR (OLD.state = 'undoing' AND NEW.state = 'undone'))
     BEGIN SELECT RAISE(ABORT, 'no such step of an import'); END`,
  ),
  trigger(
    'imports_commit_gate',
    `BEFORE UPDATE OF state ON imports WHEN NEW.state = 'indexing' AND (
       NEW.bad <> NEW.left_out
       OR EXISTS (SELECT 1 FROM import_problems p JOIN import_rows r ON r.import_id = p.import_id AND r.row_no = p.row_no
                  WHERE p.import_id = NEW.id AND p.level = 'bad')
       OR (SELECT count(*) FROM import_rows WHERE import_id = NEW.id) <> NEW.rows - NEW.left_out - NEW.skipped)
     BEGIN SELECT RAISE(ABORT, 'an import is committed whole and without mistakes, but for rows left out by decision'); END`,
  ),
  // So many customers as were agreed to, of this file; one more and none comes in.
  trigger(
    'imports_supplied_gate',
    `BEFORE UPDATE OF state ON imports WHEN NEW.state = 'indexing' AND OLD.state <> 'indexing' AND NOT ${windowOpen}
       AND (SELECT count(*) FROM import_rows r JOIN service_points p ON p.id = r.service_point_id
            WHERE r.import_id = NEW.id AND p.gas_state <> 'not-ignited')
         > CASE WHEN ${suppliedAgreed('NEW')} THEN NEW.supplied ELSE 0 END
     BEGIN SELECT RAISE(ABORT, 'customers taken over as supplied after moving in'); END`,
  ),
  trigger(
    'service_points_taken_over_gate',
    `BEFORE INSERT ON service_points WHEN NEW.gas_state <> 'not-ignited' AND NOT ${takenOver}
     BEGIN SELECT RAISE(ABORT, 'a place taken over as supplied after moving in'); END`,
  ),
  // A place that is supplied has had a holder before: another follows him by transfer.
  trigger(
    'accounts_taken_over_gate',
    `BEFORE INSERT ON accounts WHEN EXISTS (SELECT 1 FROM service_points p WHERE p.id = NEW.service_point_id
         AND p.gas_state <> 'not-ignited')
       AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.service_point_id = NEW.service_point_id) AND NOT ${takenOver}
     BEGIN SELECT RAISE(ABORT, 'an account taken over as supplied after moving in'); END`,
  ),
  trigger(
    'import_window_acts_gate',
    `BEFORE INSERT ON import_window_acts WHEN NEW.no <> coalesce((SELECT max(no) FROM import_window_acts), 0) + 1
       OR NEW.act = 'closed' AND NOT ${isApprover('NEW.by')}
       OR NEW.act = 'opened' AND (NEW.approver_id = NEW.by OR NOT ${isApprover('NEW.approver_id')} OR NOT EXISTS (
         SELECT 1 FROM approvals a WHERE a.purpose = 'import-window' AND a.subject = 'import-window:' || NEW.no
           AND a.approver_id = NEW.approver_id AND a.requested_by = NEW.by AND a.used_at IS NOT NULL))
     BEGIN SELECT RAISE(ABORT, 'moving in is closed by whoever may agree and opened again by two'); END`,
  ),
  trigger('imports_stay', `BEFORE DELETE ON imports BEGIN SELECT RAISE(ABORT, 'imports stay on record'); END`),
  trigger(
    'customer_events_refuse_delete',
    `BEFORE DELETE ON customer_events WHEN NOT EXISTS (
       SELECT 1 FROM imports WHERE OLD.subject = 'import:' || id AND state = 'undoing')
     BEGIN SELECT RAISE(ABORT, 'customer_events is append-only'); END`,
  ),
]
