import { trigger } from './trigger.ts'

const businessToday = `date(hall_now() / 1000, 'unixepoch', '+8 hours')`

/** What goes up is of a period that is over, and a correction names the version it corrects (clauses 13, 25(1)). */
export const reportTriggers: string[] = [
  trigger(
    'report_submissions_period_over',
    `BEFORE INSERT ON report_submissions
     WHEN NEW.period_to > ${businessToday}
       OR (NEW.period_to = ${businessToday}
           AND NOT EXISTS (SELECT 1 FROM business_days WHERE date = NEW.period_to AND state = 'closed'))
       OR EXISTS (SELECT 1 FROM business_days WHERE state = 'open' AND date BETWEEN NEW.period_from AND NEW.period_to)
     BEGIN SELECT RAISE(ABORT, 'report of a period that is not over'); END`,
  ),
  trigger(
    'report_submissions_version',
    `BEFORE INSERT ON report_submissions
     WHEN NEW.version <> 1 + (SELECT count(*) FROM report_submissions
                              WHERE report = NEW.report AND period_kind = NEW.period_kind AND period_from = NEW.period_from)
       OR (NEW.version > 1 AND NOT EXISTS (
             SELECT 1 FROM report_submissions WHERE id = NEW.replaces AND report = NEW.report
               AND period_kind = NEW.period_kind AND period_from = NEW.period_from AND version = NEW.version - 1))
     BEGIN SELECT RAISE(ABORT, 'report version that does not follow the one before'); END`,
  ),
]
