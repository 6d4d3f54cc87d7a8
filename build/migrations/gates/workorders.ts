import { orderProcess } from '../../../src-main/workorders/process.ts'
import { wayTrigger } from './process.ts'
import { certified, today } from './certified.ts'
import { trigger } from './trigger.ts'

const certifiedToday = (staffId: string, kind: string) => certified(staffId, kind, today)
const kindOf = (order: string) => `CASE ${order} WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END`

/** The gates of clauses 10(8) and 18(4) once more, below every service: when the work is given, begun and called back. */
export const workorderTriggers: string[] = [
  wayTrigger('workorders', 'a work order', orderProcess),
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
     WHEN NEW.kind IN ('accept', 'arrive')
       AND NOT ${certifiedToday('NEW.worker_id', kindOf('(SELECT kind FROM workorders WHERE id = NEW.order_id)'))}
       OR NEW.kind = 'call-back' AND NOT ${certifiedToday('NEW.actor_id', "'callback'")}
     BEGIN SELECT RAISE(ABORT, 'work order step without a certificate'); END`,
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
