import { trigger } from './trigger.ts'

/** The gates of clauses 10(8) and 18(4) once more, below every service. */
export const workorderTriggers: string[] = [
  trigger(
    'workorders_certificate_gate',
    `BEFORE UPDATE OF assignee_id ON workorders
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id AND NOT EXISTS (
       SELECT 1 FROM certificates c WHERE c.staff_id = NEW.assignee_id
         AND c.kind = CASE NEW.kind WHEN 'repair' THEN 'maintenance' ELSE 'emergency' END
         AND date(hall_now() / 1000, 'unixepoch', '+8 hours') BETWEEN c.issued_on AND c.valid_to
         AND (c.withdrawn_on IS NULL OR c.withdrawn_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')))
     BEGIN SELECT RAISE(ABORT, 'work order without a certified assignee'); END`,
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
