import { isManager, today } from './certified.ts'
import { trigger } from './trigger.ts'

/** Somebody who leads read the scan of this very contract and agreed that it counts. */
const paperAgreed = `${isManager('NEW.paper_approver_id')} AND NEW.paper_approver_id IS NOT NEW.signed_recorded_by
  AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'paper-contract' AND a.subject = 'contract:' || NEW.id
    AND a.approver_id = NEW.paper_approver_id AND a.used_at IS NOT NULL
    AND json_extract(a.terms, '$.paperNo') = NEW.paper_no AND json_extract(a.terms, '$.signedOn') = NEW.signed_on
    AND json_extract(a.terms, '$.validUntil') = NEW.valid_until)`

/** A contract is signed on our frozen text or on a paper with its scan; a term of it goes on only with the record of how the customer was asked. */
export const contractTriggers: string[] = [
  trigger(
    'contracts_begin',
    `BEFORE INSERT ON contracts WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a contract begins as a draft'); END`,
  ),
  // 15: what was signed is what was printed, or the paper itself is at hand and somebody else has read it.
  trigger(
    'contracts_signed_gate',
    `BEFORE UPDATE OF state ON contracts WHEN NEW.state = 'signed' AND OLD.state <> 'signed' AND (CASE
       WHEN NEW.paper_no IS NULL THEN OLD.state = 'printed' AND EXISTS (SELECT 1 FROM contract_texts WHERE contract_id = NEW.id)
       ELSE OLD.state IN ('draft', 'printed') AND NEW.valid_until >= ${today} AND EXISTS (SELECT 1 FROM attachments f
           WHERE f.id = NEW.scan_attachment_id AND f.customer_id = NEW.customer_id AND f.kind = NEW.kind || '-contract')
         AND ${paperAgreed} END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'signed on no paper of ours, and on none that was read by another'); END`,
  ),
  trigger(
    'contracts_paper_stays',
    `BEFORE UPDATE OF paper_no, paper_approver_id, signed_on ON contracts WHEN OLD.state = 'signed' AND (NEW.paper_no IS NOT OLD.paper_no
       OR NEW.paper_approver_id IS NOT OLD.paper_approver_id OR NEW.signed_on IS NOT OLD.signed_on)
     BEGIN SELECT RAISE(ABORT, 'what was signed stays as it was signed'); END`,
  ),
  trigger(
    'contracts_term_gate',
    `BEFORE UPDATE OF valid_until ON contracts WHEN OLD.valid_until IS NOT NULL AND NEW.valid_until IS NOT OLD.valid_until
       AND NOT EXISTS (SELECT 1 FROM contract_extensions
         WHERE contract_id = NEW.id AND valid_until = NEW.valid_until)
     BEGIN SELECT RAISE(ABORT, 'a term that goes on without a record'); END`,
  ),
]
