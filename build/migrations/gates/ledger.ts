import { trigger } from './trigger.ts'

/** The one table that says where books and accounts differ: what has come to agree again leaves no row. */
const gap = (of: string, values: string) =>
  `INSERT INTO balance_gaps (account_id, arrears, prepayment) ${values}
       ON CONFLICT (account_id) DO UPDATE SET arrears = arrears + excluded.arrears, prepayment = prepayment + excluded.prepayment;
     DELETE FROM balance_gaps WHERE account_id ${of} AND arrears = 0 AND prepayment = 0;`

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
    'journal_entries_kept',
    `AFTER INSERT ON journal_entries BEGIN
     INSERT INTO ledger_turnover (date, account, debit, credit)
       SELECT NEW.business_date, account, sum(debit), sum(credit) FROM journal_lines WHERE entry_id = NEW.id GROUP BY account
       ON CONFLICT (date, account) DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit;
     ${gap(
       `IN (SELECT holder FROM journal_lines WHERE entry_id = NEW.id)`,
       `SELECT holder, sum(CASE account WHEN 'receivable' THEN debit - credit ELSE 0 END),
         sum(CASE account WHEN 'prepayment' THEN credit - debit ELSE 0 END)
       FROM journal_lines WHERE entry_id = NEW.id AND account IN ('receivable', 'prepayment') GROUP BY holder`,
     )}
     END`,
  ),
  trigger(
    'accounts_balances_moved',
    `AFTER UPDATE OF arrears, prepayment ON accounts
     WHEN OLD.arrears <> NEW.arrears OR OLD.prepayment <> NEW.prepayment BEGIN
     ${gap('= NEW.id', 'VALUES (NEW.id, OLD.arrears - NEW.arrears, OLD.prepayment - NEW.prepayment)')}
     END`,
  ),
  trigger(
    'accounts_balances_begun',
    `AFTER INSERT ON accounts WHEN NEW.arrears <> 0 OR NEW.prepayment <> 0 BEGIN
     ${gap('= NEW.id', 'VALUES (NEW.id, -NEW.arrears, -NEW.prepayment)')}
     END`,
  ),
  // An import that is undone takes its accounts back.
  trigger(
    'accounts_balances_ended',
    `AFTER DELETE ON accounts WHEN OLD.arrears <> 0 OR OLD.prepayment <> 0 BEGIN
     ${gap('= OLD.id', 'VALUES (OLD.id, OLD.arrears, OLD.prepayment)')}
     END`,
  ),
  trigger(
    'business_days_stay_closed',
    `BEFORE UPDATE ON business_days WHEN OLD.state = 'closed'
     BEGIN SELECT RAISE(ABORT, 'business day is closed'); END`,
  ),
]
