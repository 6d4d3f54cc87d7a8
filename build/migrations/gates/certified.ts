import { standsIn } from '../../../src-main/platform/roles-now.ts'

/**
 * Whether somebody is on the staff and holds a good certificate of a kind on a day; person, kind and day are SQL. Being on
 * the staff is asked of the moment of writing: work of the day before is still written down, but by nobody who has left.
 */
export const certified = (person: string, kind: string, on: string): string =>
  `EXISTS (SELECT 1 FROM certificates c JOIN staff s ON s.id = c.staff_id
     WHERE c.staff_id = ${person} AND s.state = 'active' AND c.kind = ${kind} AND ${on} BETWEEN c.good_from AND c.valid_to
       AND (c.withdrawn_on IS NULL OR c.withdrawn_on > ${on}))`

/** Whether somebody who has not left is a hall manager, or stands in for one today; person is SQL. */
export const isManager = (person: string): string =>
  `(EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = ${person} AND staff.state <> 'left' AND r.value = 'hall-manager') OR ${standsIn(person, 'hall_now()')})`

/** Whether somebody who has not left may agree to what concerns the staff: hall manager or administrator; person is SQL. */
export const isApprover = (person: string): string =>
  `(EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
     WHERE staff.id = ${person} AND staff.state <> 'left' AND r.value IN ('hall-manager', 'administrator'))
     OR ${standsIn(person, 'hall_now()')})`

/** Whether the counter of this hall has ever opened: moving in is over. */
export const begun = `EXISTS (SELECT 1 FROM business_days WHERE counter = 1)`

/** The day of the change, as it is in the hall. */
export const today = `date(hall_now() / 1000, 'unixepoch', '+8 hours')`
