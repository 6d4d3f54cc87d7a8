import { drillTransitions } from '../../../src-main/emergency/rules.ts'
import { waysIn } from '../../../src-main/platform/process.ts'
import { wayTrigger } from './process.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

const today = `date(hall_now() / 1000, 'unixepoch', '+8 hours')`

/** Nobody approves own words, what was approved stays, and a drill is closed only with its defects mended. */
export const emergencyTriggers: string[] = [
  trigger(
    'emergency_plan_versions_begin',
    `BEFORE INSERT ON emergency_plan_versions WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a plan begins as a draft'); END`,
  ),
  trigger(
    'emergency_plan_versions_approval',
    `BEFORE UPDATE ON emergency_plan_versions WHEN NEW.state = 'approved' AND (OLD.state = 'approved'
       OR NEW.approved_by_id IS NULL
       OR EXISTS (SELECT 1 FROM json_each(NEW.writers) w WHERE ${samePerson('NEW.approved_by_id', 'w.value')})
       OR NEW.content <> OLD.content OR NEW.writers <> OLD.writers)
     BEGIN SELECT RAISE(ABORT, 'a plan is approved once, as it was written, by somebody else'); END`,
  ),
  trigger(
    'emergency_plan_versions_keep',
    `BEFORE UPDATE ON emergency_plan_versions WHEN OLD.state = 'approved'
     BEGIN SELECT RAISE(ABORT, 'an approved plan never changes'); END`,
  ),
  trigger(
    'emergency_plan_versions_stay',
    `BEFORE DELETE ON emergency_plan_versions WHEN OLD.state = 'approved'
     BEGIN SELECT RAISE(ABORT, 'an approved plan never goes'); END`,
  ),
  trigger(
    'drills_begin',
    `BEFORE INSERT ON drills WHEN NEW.state <> 'planned'
     BEGIN SELECT RAISE(ABORT, 'a drill begins as planned'); END`,
  ),
  wayTrigger('drills', 'a drill', { ways: waysIn(drillTransitions) }, 'a drill goes from planned to held to closed'),
  trigger(
    'drills_hold_gate',
    `BEFORE UPDATE ON drills WHEN NEW.state = 'held' AND OLD.state = 'planned' AND (NEW.evaluation = ''
       OR NEW.held_on > ${today}
       OR NOT EXISTS (SELECT 1 FROM drill_participants WHERE drill_id = NEW.id AND staff_id IS NOT NULL))
     BEGIN SELECT RAISE(ABORT, 'a drill is held with its day, staff and evaluation'); END`,
  ),
  trigger(
    'drills_close_gate',
    `BEFORE UPDATE ON drills WHEN NEW.state = 'closed' AND EXISTS (
       SELECT 1 FROM drill_defects WHERE drill_id = NEW.id AND mended_on IS NULL)
     BEGIN SELECT RAISE(ABORT, 'drill closed with an open defect'); END`,
  ),
  trigger(
    'drill_defects_keep',
    `BEFORE UPDATE ON drill_defects WHEN OLD.mended_on IS NOT NULL
       OR NEW.what <> OLD.what OR NEW.due_on <> OLD.due_on OR NEW.drill_id <> OLD.drill_id
     BEGIN SELECT RAISE(ABORT, 'a defect is mended once and its deadline stays'); END`,
  ),
  trigger('drill_defects_stay', `BEFORE DELETE ON drill_defects BEGIN SELECT RAISE(ABORT, 'defects stay'); END`),
  trigger('drills_stay', `BEFORE DELETE ON drills BEGIN SELECT RAISE(ABORT, 'drills are cancelled, not deleted'); END`),
]
