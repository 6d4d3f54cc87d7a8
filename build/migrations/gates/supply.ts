import { waysIn } from '../../../src-main/platform/process.ts'
import { dunningTransitions, interruptionTransitions, standingHazard } from '../../../src-main/supply/rules.ts'
import { certified, isApprover, isManager, today } from './certified.ts'
import { wayTrigger } from './process.ts'
import { setting } from './settings.ts'
import { trigger } from './trigger.ts'

/** Somebody else agreed to this answer of a matter that a restore brought along. */
const carriedAgreed = (purpose: string): string =>
  `${isApprover('NEW.approver_id')} AND NEW.approver_id IS NOT NEW.settled_by_id AND EXISTS (SELECT 1 FROM approvals a
     WHERE a.purpose = '${purpose}' AND a.subject = 'carried:' || NEW.id AND a.approver_id = NEW.approver_id AND a.used_at IS NOT NULL)`
/** A manager agreed that this planned interruption begins in spite of what lacks (clause 18(2)). */
const excusedStart = `(trim(NEW.ground_reason) <> '' AND coalesce(${isManager('NEW.ground_approver_id')}, 0)
  AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'interruption-start' AND a.subject = 'interruption:' || NEW.id
    AND a.approver_id = NEW.ground_approver_id AND a.used_at >= OLD.updated_at))`
const carriedFacts = [
  'kind',
  'service_point_id',
  'account_no',
  'customer_name',
  'address',
  'cause',
  'what',
  'since_at',
  'held',
  'source_file',
  'carried_at',
] as const

/** The gates of clauses 17(2), 18(2) and 19(3) once more, below every service: what holds gas off must be lifted, and a
 * test and check by a certified member of the staff be on record, before gas flows again. */
export const supplyTriggers: string[] = [
  trigger(
    'service_points_holds_gate',
    `BEFORE UPDATE OF gas_state ON service_points WHEN NEW.gas_state = 'supplied' AND OLD.gas_state <> 'supplied'
       AND EXISTS (SELECT 1 FROM supply_holds WHERE service_point_id = NEW.id AND lifted_at IS NULL)
     BEGIN SELECT RAISE(ABORT, 'gas is held off at this service point'); END`,
  ),
  trigger(
    'supply_holds_lifted_once',
    `BEFORE UPDATE ON supply_holds WHEN OLD.lifted_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a lifted hold never changes'); END`,
  ),
  // Only an import that is being undone takes back what it brought, and nobody has answered yet.
  trigger(
    'supply_holds_stay',
    `BEFORE DELETE ON supply_holds WHEN OLD.subject <> 'taken-over:' || OLD.service_point_id OR OLD.lifted_at IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM imports i JOIN import_rows r ON r.import_id = i.id
         WHERE i.state = 'undoing' AND r.service_point_id = OLD.service_point_id)
     BEGIN SELECT RAISE(ABORT, 'supply_holds never go'); END`,
  ),
  // What a restore brought along is answered before gas flows there again; where nobody could read what was off, nowhere.
  trigger(
    'service_points_carried_gate',
    `BEFORE UPDATE OF gas_state ON service_points WHEN NEW.gas_state = 'supplied' AND OLD.gas_state <> 'supplied'
       AND (EXISTS (SELECT 1 FROM carried_matters m WHERE m.settled_at IS NULL AND m.service_point_id = NEW.id)
         OR OLD.gas_state <> 'not-ignited' AND EXISTS (SELECT 1 FROM carried_matters m
           WHERE m.settled_at IS NULL AND m.service_point_id IS NULL AND m.kind = 'unread'))
     BEGIN SELECT RAISE(ABORT, 'what was off before the restore is not answered'); END`,
  ),
  trigger(
    'carried_matters_begin',
    `BEFORE INSERT ON carried_matters WHEN NEW.settled_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a carried matter begins unanswered'); END`,
  ),
  trigger(
    'carried_matters_settle_gate',
    `BEFORE UPDATE ON carried_matters WHEN OLD.settled_at IS NOT NULL OR NEW.settled_at IS NULL
       OR ${carriedFacts.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ')}
       OR (CASE NEW.outcome
         WHEN 'lifted' THEN NEW.kind <> 'unread' AND ${carriedAgreed('carried-lift')}
         WHEN 'listed' THEN NEW.kind = 'unread' AND ${carriedAgreed('carried-list')}
         WHEN 're-entered' THEN NEW.kind <> 'unread' AND CASE NEW.held
           WHEN 1 THEN EXISTS (SELECT 1 FROM supply_holds h WHERE h.service_point_id = NEW.service_point_id
             AND h.subject = NEW.entered_as AND h.lifted_at IS NULL)
           ELSE EXISTS (SELECT 1 FROM hazards z WHERE 'hazard:' || z.id = NEW.entered_as AND z.state NOT IN ('closed', 'withdrawn')
               AND (NEW.service_point_id IS NULL OR z.service_point_id = NEW.service_point_id))
             OR EXISTS (SELECT 1 FROM workorders w LEFT JOIN accounts a ON a.id = w.account_id
               WHERE 'workorder:' || w.id = NEW.entered_as AND w.kind IN ('repair', 'alarm', 'emergency')
                 AND w.state NOT IN ('answered', 'closed')
                 AND (NEW.service_point_id IS NULL OR a.service_point_id = NEW.service_point_id)) END
         ELSE 0 END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a carried matter is answered by what stands in its place, or by two'); END`,
  ),
  trigger(
    'carried_matters_stay',
    `BEFORE DELETE ON carried_matters BEGIN SELECT RAISE(ABORT, 'carried_matters never go'); END`,
  ),
  trigger(
    'supply_holds_carried_gate',
    `BEFORE UPDATE OF lifted_at ON supply_holds WHEN OLD.subject GLOB 'carried:*' AND NEW.lifted_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM carried_matters m WHERE 'carried:' || m.id = OLD.subject AND m.settled_at IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'what was off before the restore is not answered'); END`,
  ),
  // The record names the version it was made for, and every change of a service point makes another: it counts once.
  trigger(
    'service_points_resumption_gate',
    `BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'suspended' AND NEW.gas_state = 'supplied'
       AND (NEW.version <= OLD.version OR NOT EXISTS (
         SELECT 1 FROM supply_resumptions
         WHERE service_point_id = NEW.id AND point_version = OLD.version AND outcome = 'resumed'))
     BEGIN SELECT RAISE(ABORT, 'resumption without its record'); END`,
  ),
  trigger(
    'service_points_never_unlit',
    `BEFORE UPDATE OF gas_state ON service_points WHEN OLD.gas_state <> 'not-ignited' AND NEW.gas_state = 'not-ignited'
     BEGIN SELECT RAISE(ABORT, 'where gas was once is not waiting for its first'); END`,
  ),
  trigger(
    'supply_resumptions_gate',
    // Not `NOT (…)`: a value that is missing would make that unknown, and an unknown condition lets everything pass.
    `BEFORE INSERT ON supply_resumptions WHEN NEW.outcome = 'resumed' AND (
       NEW.safe = 1 AND NEW.checks IS NOT NULL
       AND NEW.minutes > 0 AND NEW.drop_pa BETWEEN 0 AND NEW.pressure_pa - 1
       AND (${certified('NEW.tester_id', `'maintenance'`, today)}
         OR ${setting('supply.resumeCertificates', 'maintenance')} = 'maintenance-emergency'
           AND ${certified('NEW.tester_id', `'emergency'`, today)})
       AND NOT EXISTS (SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND lifted_at IS NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'resumption without test, check or certificate'); END`,
  ),
  // At night where somebody is awake: with the word of a manager on this very place, who is neither tester nor clerk.
  trigger(
    'supply_resumptions_night_gate',
    `BEFORE INSERT ON supply_resumptions WHEN NEW.night_approver_id IS NOT NULL AND (
       NEW.outcome = 'resumed' AND trim(NEW.night_consent) <> '' AND trim(NEW.night_reason) <> ''
       AND ${isManager('NEW.night_approver_id')}
       AND NEW.night_approver_id IS NOT NEW.tester_id AND NEW.night_approver_id <> NEW.actor_id
       AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'night-resumption'
         AND a.subject = 'service_point:' || NEW.service_point_id
         AND a.approver_id = NEW.night_approver_id AND a.used_at IS NOT NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'gas back at night without consent and approval'); END`,
  ),
  // Whatever leads out of the suspension (resumption, deactivation, dismantling) ends the waiting.
  trigger(
    'service_points_wait_no_more',
    `AFTER UPDATE OF gas_state ON service_points WHEN OLD.gas_state = 'suspended' AND NEW.gas_state <> 'suspended'
     BEGIN DELETE FROM supply_awaiting WHERE service_point_id = NEW.id; END`,
  ),
  wayTrigger('interruptions', 'an interruption', { ways: waysIn(interruptionTransitions) }),
  trigger(
    'interruptions_begin',
    `BEFORE INSERT ON interruptions WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'an interruption begins as a draft'); END`,
  ),
  trigger(
    'interruptions_start_gate',
    `BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'interrupted' AND OLD.state <> 'interrupted' AND NEW.kind = 'planned' AND (
       OLD.state <> 'noticed' OR hall_now() < NEW.from_at
       OR hall_now() > NEW.to_at AND NOT (${excusedStart}
         AND date(NEW.to_at / 1000, 'unixepoch', '+8 hours') = ${today})
       OR EXISTS (SELECT 1 FROM interruption_buildings WHERE interruption_id = NEW.id AND posted_at IS NULL)
         AND NOT ${excusedStart}
       OR EXISTS (SELECT 1 FROM interruption_care
         WHERE interruption_id = NEW.id AND result IS NOT 'told' AND override_reason IS NULL))
     BEGIN SELECT RAISE(ABORT, 'interruption before everybody was told'); END`,
  ),
  trigger(
    'interruptions_ground_gate',
    `BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'interrupted' AND OLD.state <> 'interrupted' AND NEW.kind = 'emergency' AND (
       EXISTS (SELECT 1 FROM workorders w WHERE w.id = NEW.ground_order_id AND ${standingHazard})
       OR trim(NEW.ground_reason) <> '' AND EXISTS (SELECT 1 FROM approvals a
         WHERE a.purpose = 'emergency-interruption' AND a.subject = 'interruption:' || NEW.id
           AND a.approver_id = NEW.ground_approver_id AND a.used_at IS NOT NULL)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'an emergency without a hazard on record or the approval of another'); END`,
  ),
  trigger(
    'interruptions_ground_stays',
    `BEFORE UPDATE ON interruptions WHEN OLD.state IN ('interrupted', 'resumed') AND (NEW.kind <> OLD.kind
       OR NEW.ground_order_id IS NOT OLD.ground_order_id OR NEW.ground_approver_id IS NOT OLD.ground_approver_id
       OR NEW.ground_reason <> OLD.ground_reason)
     BEGIN SELECT RAISE(ABORT, 'what an interruption began on stays'); END`,
  ),
  trigger(
    'interruptions_notice_gate',
    `BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'noticed' AND OLD.state <> 'noticed' AND NEW.kind = 'planned'
       AND NEW.from_at - hall_now() < NEW.notice_hours * 3600000
     BEGIN SELECT RAISE(ABORT, 'interruption with too short a notice'); END`,
  ),
  trigger(
    'interruptions_cancel_gate',
    `BEFORE UPDATE OF state ON interruptions
     WHEN NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND (
       OLD.state IN ('draft', 'noticed') AND trim(NEW.cancel_reason) <> '' AND NEW.cancelled_at IS NOT NULL) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'cancelled without a reason, or after gas was cut'); END`,
  ),
  trigger(
    'interruptions_cancelled_for_good',
    `BEFORE UPDATE OF state ON interruptions WHEN OLD.state = 'cancelled' AND NEW.state <> 'cancelled'
     BEGIN SELECT RAISE(ABORT, 'a cancelled interruption never begins'); END`,
  ),
  trigger(
    'interruption_buildings_taken_back_gate',
    `BEFORE UPDATE OF taken_back_at ON interruption_buildings WHEN NEW.taken_back_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM interruptions WHERE id = NEW.interruption_id AND state = 'cancelled' AND noticed_at IS NOT NULL)
     BEGIN SELECT RAISE(ABORT, 'only an announced interruption that was cancelled is taken back'); END`,
  ),
  wayTrigger('dunnings', 'a dunning', { ways: waysIn(dunningTransitions) }),
  trigger(
    'dunnings_begin',
    `BEFORE INSERT ON dunnings WHEN NEW.state <> 'issued'
     BEGIN SELECT RAISE(ABORT, 'a dunning begins as issued'); END`,
  ),
  trigger(
    'dunnings_suspension_gate',
    `BEFORE UPDATE OF state ON dunnings WHEN NEW.state = 'suspended' AND OLD.state <> 'suspended' AND (
       OLD.state IN ('announced', 'paid') AND NEW.approver_id IS NOT NULL
       AND NEW.delivered_at IS NOT NULL AND NEW.announced_at IS NOT NULL
       AND (NEW.special = 0 OR trim(NEW.reason) <> '')) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'arrears suspension without notice or approval'); END`,
  ),
]
