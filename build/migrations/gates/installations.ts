import { applicationWays, siteWork } from '../../../src-main/installations/rules.ts'
import { certified, isManager } from './certified.ts'
import { testFresh } from './settings.ts'
import { emptyTightness } from './tightness.ts'
import { wayTrigger } from './process.ts'
import { trigger } from './trigger.ts'

const lastRecord = (what: string, kind: string) =>
  `coalesce((SELECT ${what} FROM installation_records WHERE application_id = NEW.id AND kind = '${kind}' ORDER BY no DESC LIMIT 1), 0)`
const passedAfterAcceptance = (kind: string) =>
  `${lastRecord('passed', kind)} = 1 AND ${lastRecord('no', kind)} > ${lastRecord('no', 'acceptance')}`

/**
 * The gate of clauses 15 and 17 once more, below every service: no first gas without both contracts signed, acceptance,
 * tightness test and safety check. A service point that was imported while supplied is inserted as it is.
 */
export const ignitionTriggers: string[] = [
  wayTrigger('applications', 'an application', { ways: applicationWays }),
  trigger(
    'applications_begin',
    `BEFORE INSERT ON applications WHEN NEW.state <> 'applied'
     BEGIN SELECT RAISE(ABORT, 'an application begins as applied'); END`,
  ),
  // 15: the holder's own hand is the name on file, or a manager agreed that it is.
  trigger(
    'contracts_signature_gate',
    `BEFORE UPDATE OF state ON contracts WHEN NEW.state = 'signed' AND OLD.state <> 'signed' AND NEW.relation = 'self'
       AND NEW.paper_no IS NULL AND NEW.signatory <> (SELECT name FROM customers WHERE id = NEW.customer_id) AND (
         trim(NEW.different_reason) <> '' AND ${isManager('NEW.different_approver_id')}
         AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'contract-signature' AND a.subject = 'contract:' || NEW.id
           AND a.approver_id = NEW.different_approver_id AND a.used_at IS NOT NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'signed in another name without approval'); END`,
  ),
  trigger(
    'applications_ignition_gate',
    `BEFORE UPDATE ON applications WHEN NEW.state = 'ignited' AND NOT (
       NEW.account_id IS NOT NULL AND NEW.meter_id IS NOT NULL
       AND (SELECT count(DISTINCT kind) FROM contracts WHERE application_id = NEW.id AND state = 'signed') = 2
       AND ${lastRecord('passed', 'survey')} = 1
       AND ${passedAfterAcceptance('tightness')}
       AND ${passedAfterAcceptance('safety-check')}
       AND ${lastRecord('passed', 'acceptance')} = 1
       AND ${lastRecord('no', 'ignition')} > 0)
     BEGIN SELECT RAISE(ABORT, 'ignition without its evidence'); END`,
  ),
  // Asked once: whoever takes the papers over a week later turns no gas on.
  trigger(
    'applications_fresh_test_gate',
    `BEFORE UPDATE OF state ON applications WHEN NEW.state = 'ignited' AND OLD.state <> 'ignited'
       AND ${lastRecord('no', 'tightness')} > 0 AND ${lastRecord('no', 'safety-check')} > 0 AND NOT (
       ${testFresh(lastRecord('performed_on', 'tightness'))} AND ${testFresh(lastRecord('performed_on', 'safety-check'))})
     BEGIN SELECT RAISE(ABORT, 'ignition on a test of another day'); END`,
  ),
  trigger(
    'installation_records_certificate_gate',
    `BEFORE INSERT ON installation_records WHEN NEW.kind IN (${siteWork.map((kind) => `'${kind}'`).join(', ')})
       AND NOT ${certified('NEW.worker_id', `'maintenance'`, 'NEW.performed_on')}
     BEGIN SELECT RAISE(ABORT, 'work on site without a certified worker'); END`,
  ),
  trigger(
    'installation_records_own_work',
    `BEFORE INSERT ON installation_records WHEN NEW.kind = 'acceptance' AND NEW.worker_id IS (
       SELECT r.worker_id FROM installation_records r WHERE r.application_id = NEW.application_id AND r.kind = 'meter'
       ORDER BY r.no DESC LIMIT 1)
     BEGIN SELECT RAISE(ABORT, 'own work accepted'); END`,
  ),
  trigger('installation_records_tightness_gate', `BEFORE INSERT ON installation_records ${emptyTightness}`),
  trigger(
    'service_points_ignition_gate',
    `BEFORE UPDATE ON service_points WHEN OLD.gas_state = 'not-ignited' AND NEW.gas_state <> 'not-ignited'
       AND NOT EXISTS (SELECT 1 FROM applications WHERE service_point_id = NEW.id AND state = 'ignited')
     BEGIN SELECT RAISE(ABORT, 'first gas without an ignited application'); END`,
  ),
]
