/**
 * What somebody may do at an instant: the roles they were given, with the manager's for the days they stand in (`deputies`), and
 * without a post that begins only after a passed 上岗考核 (clause 11). As SQL, above and below the services.
 */

/** The day of an instant that is SQL, epoch ms, as it is in the hall. */
const dayOf = (at: string): string => `date(${at} / 1000, 'unixepoch', '+8 hours')`

/** Whether somebody stands in for the manager; person and instant are SQL. */
export const standsIn = (person: string, at: string): string =>
  `EXISTS (SELECT 1 FROM deputies d JOIN staff n ON n.id = d.staff_id WHERE d.staff_id = ${person} AND n.state = 'active'
     AND d.ended_at IS NULL AND ${dayOf(at)} BETWEEN d.from_on AND d.to_on)`

/** Posts a company may let begin only after a passed exam; who leads and who administers are given by two. */
export const examinedPosts = ['clerk', 'cashier', 'dispatcher'] as const

/** Whether somebody passed an 上岗考核 by then, at once or when taking it again. */
const passedEntry = (person: string, at: string): string =>
  `EXISTS (SELECT 1 FROM exams e LEFT JOIN exams o ON o.id = e.retake_of WHERE e.staff_id = ${person} AND e.passed = 1
     AND e.voided_at IS NULL AND coalesce(o.kind, e.kind) = 'entry' AND e.held_on <= ${dayOf(at)})`

const asked = (post: (typeof examinedPosts)[number]): string =>
  `coalesce((SELECT json_extract(value, '$') FROM settings WHERE key = 'staff.examBefore.${post}'), 0) = 1`

/** Whether a post is held for somebody: the company asks for the exam, and it was not passed. All SQL. */
export const isHeld = (post: string, person: string, at: string): string =>
  `((${examinedPosts.map((one) => `${post} = '${one}' AND ${asked(one)}`).join(' OR ')}) AND NOT ${passedEntry(person, at)})`

/** The roles of a row of `staff` as they are at an instant; JSON, as the column has them. */
export const rolesAt = (row: string, at: string): string =>
  `(SELECT json_group_array(r.value) FROM (
     SELECT g.value FROM json_each(${row}.roles) g WHERE NOT ${isHeld('g.value', `${row}.id`, at)}
     UNION ALL SELECT 'hall-manager' WHERE ${standsIn(`${row}.id`, at)}) r)`
