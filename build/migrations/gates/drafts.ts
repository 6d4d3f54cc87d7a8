import { trigger } from './trigger.ts'

/** Whoever has left finishes nothing; what they had typed about customers goes with them (clause 6(10)). */
export const draftTriggers: string[] = [
  trigger(
    'staff_leave_no_drafts',
    `AFTER UPDATE OF state ON staff WHEN NEW.state = 'left' BEGIN DELETE FROM drafts WHERE staff_id = NEW.id; END`,
  ),
]
