import { trigger } from './trigger.ts'

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
  trigger('imports_stay', `BEFORE DELETE ON imports BEGIN SELECT RAISE(ABORT, 'imports stay on record'); END`),
  trigger(
    'customer_events_refuse_delete',
    `BEFORE DELETE ON customer_events WHEN NOT EXISTS (
       SELECT 1 FROM imports WHERE OLD.subject = 'import:' || id AND state = 'undoing')
     BEGIN SELECT RAISE(ABORT, 'customer_events is append-only'); END`,
  ),
]
