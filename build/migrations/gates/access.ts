import { trigger } from './trigger.ts'

/** An approval is what was agreed to: its terms stand as they were given, it is used at most once, and it never goes. */
export const accessTriggers: string[] = [
  trigger(
    'approvals_used_once',
    `BEFORE UPDATE ON approvals WHEN OLD.used_at IS NOT NULL OR NEW.used_at IS NULL
       OR ${[
         'id',
         'purpose',
         'subject',
         'terms',
         'terms_hash',
         'requested_by',
         'approver_id',
         'created_at',
         'expires_at',
       ]
         .map((column) => `NEW.${column} IS NOT OLD.${column}`)
         .join(' OR ')}
     BEGIN SELECT RAISE(ABORT, 'an approval is only ever used'); END`,
  ),
  trigger(
    'approval_requests_end_once',
    `BEFORE UPDATE ON approval_requests WHEN NOT (OLD.state = 'open' OR OLD.state = 'agreed' AND NEW.state = 'withdrawn')
       OR ${['id', 'purpose', 'terms', 'summary', 'requested_by', 'session_id', 'till', 'created_at', 'expires_at']
         .map((column) => `NEW.${column} IS NOT OLD.${column}`)
         .join(' OR ')}
     BEGIN SELECT RAISE(ABORT, 'a request for an approval ends once, as it was asked'); END`,
  ),
  trigger('approvals_stay', `BEFORE DELETE ON approvals BEGIN SELECT RAISE(ABORT, 'approvals never go'); END`),
]
