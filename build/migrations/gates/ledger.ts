import { trigger } from './trigger.ts'

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
