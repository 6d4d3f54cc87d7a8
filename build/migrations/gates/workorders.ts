import { orderProcess } from '../../../src-main/workorders/process.ts'
import { waitsForGas } from '../../../src-main/supply/rules.ts'
import { wayTrigger } from './process.ts'
import { certified, today } from './certified.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

const certifiedToday = (staffId: string, kind: string) => certified(staffId, kind, today)
const kindOf = (order: string) => `CASE ${order} WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END`

const ofLastStep = (column: string) =>
  `(SELECT ${column} FROM workorder_steps WHERE order_id = NEW.id ORDER BY no DESC LIMIT 1)`
const lastStep = (kinds: string) => `${ofLastStep('kind')} IN (${kinds})`

/**
 * The gates of clauses 10(8), 14(2) and 18(4) once more, below every service: when the work is given, begun, judged and
 * called back, and how long it may take (18(3)).
 */
export const workorderTriggers: string[] = [
  wayTrigger('workorders', 'a work order', orderProcess),
  trigger(
    'workorders_stay',
    `BEFORE DELETE ON workorders BEGIN SELECT RAISE(ABORT, 'a work order stays on record'); END`,
  ),
  trigger(
    'workorders_intake_stays',
    `BEFORE UPDATE ON workorders
     WHEN NEW.reported_at <> OLD.reported_at OR NEW.entered_at <> OLD.entered_at OR NEW.handle_hours <> OLD.handle_hours OR NEW.repair_hours <> OLD.repair_hours
       OR NEW.kind <> OLD.kind OR NEW.order_no <> OLD.order_no OR NEW.urgent < OLD.urgent
       OR NEW.tell_by IS NOT OLD.tell_by OR NEW.dispatched_late < OLD.dispatched_late OR NEW.arrived_late < OLD.arrived_late
       OR NEW.handled_late < OLD.handled_late OR NEW.repaired_late < OLD.repaired_late
     BEGIN SELECT RAISE(ABORT, 'what was taken in stays, with its time and hours'); END`,
  ),
  // A pause that ends and a round that begins move the deadlines; nothing else does.
  trigger(
    'workorders_deadline_gate',
    `BEFORE UPDATE OF round, round_from, handle_by, repair_by, dispatch_by, arrive_by ON workorders
     WHEN (NEW.round <> OLD.round OR NEW.round_from <> OLD.round_from
         OR NEW.dispatch_by IS NOT OLD.dispatch_by OR NEW.arrive_by IS NOT OLD.arrive_by OR NEW.handle_by <> OLD.handle_by OR NEW.repair_by <> OLD.repair_by)
       AND NOT (NEW.round = OLD.round + 1 AND ${lastStep(`'reopen', 'call-back'`)})
       AND NOT (NEW.round = OLD.round AND NEW.round_from = OLD.round_from
         AND OLD.paused_at IS NOT NULL AND NEW.paused_at IS NULL AND ${lastStep(`'resume'`)})
     BEGIN SELECT RAISE(ABORT, 'a deadline moves with a step alone'); END`,
  ),
  // What was done, and since when the timers stand still, is when its step was written: figures are judged by these (18(3)).
  ...(
    [
      ['dispatched_at', 'accept', null],
      ['arrived_at', 'arrive', null],
      ['handled_at', 'handle', null],
      // Work found bad goes on.
      ['repaired_at', 'repair', 'verify'],
      ['paused_at', 'pause', 'resume'],
    ] as const
  ).map(([column, by, undoneBy]) =>
    trigger(
      `workorders_${column}_gate`,
      `BEFORE UPDATE OF ${column} ON workorders WHEN NEW.${column} IS NOT OLD.${column} AND (CASE WHEN NEW.${column} IS NULL
         THEN NEW.round > OLD.round${undoneBy === null ? '' : ` OR ${lastStep(`'${undoneBy}'`)}`}
         ELSE OLD.${column} IS NULL AND ${lastStep(`'${by}'`)} AND NEW.${column} = ${ofLastStep('at')} END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END`,
    ),
  ),
  trigger(
    'workorders_paused_until_gate',
    `BEFORE UPDATE OF paused_until ON workorders WHEN NEW.paused_until IS NOT OLD.paused_until AND NEW.paused_until IS NOT NULL
       AND (OLD.paused_until IS NULL AND NEW.paused_until = ${ofLastStep('paused_until')}) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END`,
  ),
  trigger(
    'workorder_leaders_told_once',
    `BEFORE UPDATE ON workorder_leaders WHEN OLD.told_at IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a leader is told once'); END`,
  ),
  trigger(
    'workorder_leaders_stay',
    `BEFORE DELETE ON workorder_leaders BEGIN SELECT RAISE(ABORT, 'a leader is told once, and stays listed'); END`,
  ),
  trigger(
    'workorder_steps_judged_by_others',
    `BEFORE INSERT ON workorder_steps WHEN NEW.kind IN ('verify', 'confirm', 'call-back', 'close') AND EXISTS (
       SELECT 1 FROM workorder_steps s
       WHERE s.order_id = NEW.order_id AND s.kind = 'accept' AND ${samePerson('NEW.actor_id', 's.worker_id')})
     BEGIN SELECT RAISE(ABORT, 'work judged by whoever did it'); END`,
  ),
  trigger(
    'workorder_steps_paused_by_others',
    `BEFORE INSERT ON workorder_steps WHEN NEW.kind = 'pause' AND EXISTS (
       SELECT 1 FROM workorders o WHERE o.id = NEW.order_id AND ${samePerson('NEW.actor_id', 'o.assignee_id')})
     BEGIN SELECT RAISE(ABORT, 'a clock stopped by whoever it runs for'); END`,
  ),
  trigger(
    'workorders_certificate_gate',
    `BEFORE UPDATE OF assignee_id ON workorders
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id
       AND NOT ${certifiedToday('NEW.assignee_id', kindOf('NEW.kind'))}
     BEGIN SELECT RAISE(ABORT, 'work order without a certified assignee'); END`,
  ),
  trigger(
    'workorder_steps_certificate_gate',
    `BEFORE INSERT ON workorder_steps
     WHEN NEW.kind IN ('accept', 'arrive', 'handle', 'repair')
       AND NOT ${certifiedToday('NEW.worker_id', kindOf('(SELECT kind FROM workorders WHERE id = NEW.order_id)'))}
       OR NEW.kind = 'call-back' AND NOT ${certifiedToday('NEW.actor_id', "'callback'")}
     BEGIN SELECT RAISE(ABORT, 'work order step without a certificate'); END`,
  ),
  // Whoever wants an order off the hall's hands does not decide it (clauses 14(2), 18(3)).
  trigger(
    'workorder_steps_referral_gate',
    `BEFORE INSERT ON workorder_steps WHEN NEW.kind = 'confirm' AND EXISTS (
       SELECT 1 FROM (SELECT actor_id FROM workorder_steps WHERE order_id = NEW.order_id AND kind = 'refer'
         ORDER BY no DESC LIMIT 1) s WHERE ${samePerson('NEW.actor_id', 's.actor_id')})
     BEGIN SELECT RAISE(ABORT, 'a referral confirmed by whoever wanted it'); END`,
  ),
  trigger(
    'workorders_referral_gate',
    `BEFORE UPDATE OF state ON workorders WHEN NEW.state = 'referred' AND OLD.state = 'referring' AND ${lastStep(`'confirm'`)} IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a referral nobody confirmed'); END`,
  ),
  // Where gas was shut off it is held off, and a hazard says whether it was (clause 17(2)).
  trigger(
    'workorders_gas_gate',
    `BEFORE UPDATE OF state, gas ON workorders WHEN
       NEW.state = 'handled' AND OLD.state = 'on-site' AND NEW.urgent = 1 AND NEW.gas IS NULL
       OR NEW.gas = 'off' AND OLD.gas IS NOT 'off' AND NEW.account_id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM supply_holds WHERE subject = 'workorder:' || NEW.id AND lifted_at IS NULL)
       OR NEW.gas = 'off' AND OLD.gas IS NOT 'off' AND NEW.account_id IS NULL AND NOT EXISTS (
         SELECT 1 FROM interruptions WHERE kind = 'emergency' AND state = 'interrupted')
       OR OLD.gas = 'off' AND NEW.gas IS NOT 'off' AND NEW.round = OLD.round
     BEGIN SELECT RAISE(ABORT, 'gas off on site, and not held off on record'); END`,
  ),
  trigger(
    'workorders_gas_back_gate',
    `BEFORE UPDATE OF state ON workorders WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND (
       EXISTS (SELECT 1 FROM supply_holds h WHERE h.subject = 'workorder:' || NEW.id AND ${waitsForGas})
       OR EXISTS (SELECT 1 FROM interruptions WHERE ground_order_id = NEW.id AND state = 'interrupted'))
     BEGIN SELECT RAISE(ABORT, 'closed while gas is off without test and check'); END`,
  ),
  trigger(
    'supply_holds_of_orders_gate',
    `BEFORE UPDATE OF lifted_at ON supply_holds
     WHEN NEW.lifted_at IS NOT NULL AND OLD.subject LIKE 'workorder:%' AND NOT EXISTS (
       SELECT 1 FROM workorder_steps WHERE order_id = substr(OLD.subject, 11) AND at >= OLD.placed_at
         AND (kind = 'repair' OR kind = 'confirm' AND state = 'referred'))
     BEGIN SELECT RAISE(ABORT, 'gas back before the repair'); END`,
  ),
  trigger(
    'workorders_begin',
    `BEFORE INSERT ON workorders
     WHEN NEW.assignee_id IS NOT NULL OR NEW.state NOT IN ('asked', 'answered', 'reported', 'issued')
     BEGIN SELECT RAISE(ABORT, 'a work order begins unassigned'); END`,
  ),
  trigger(
    'workorders_close_gate',
    `BEFORE UPDATE ON workorders WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND NOT EXISTS (
       SELECT 1 FROM workorder_steps WHERE order_id = NEW.id AND round = NEW.round AND kind = 'call-back' AND state = 'called-back')
     BEGIN SELECT RAISE(ABORT, 'work order closed without callback'); END`,
  ),
]
