import { trigger } from './trigger.ts'

/** The gate of clauses 17(2) and 19(3) once more, below every service: what holds gas off must be lifted before it flows. */
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
  trigger('supply_holds_stay', `BEFORE DELETE ON supply_holds BEGIN SELECT RAISE(ABORT, 'supply_holds never go'); END`),
]
