import { trigger } from './trigger.ts'

/** A term of a contract goes on only with the record of how the customer was asked. */
export const contractTriggers: string[] = [
  trigger(
    'contracts_term_gate',
    `BEFORE UPDATE OF valid_until ON contracts WHEN OLD.valid_until IS NOT NULL AND NEW.valid_until IS NOT OLD.valid_until
       AND NOT EXISTS (SELECT 1 FROM contract_extensions
         WHERE contract_id = NEW.id AND valid_until = NEW.valid_until)
     BEGIN SELECT RAISE(ABORT, 'a term that goes on without a record'); END`,
  ),
]
