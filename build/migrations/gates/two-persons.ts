import { lentForMs } from '../../../src-main/platform/two-persons.ts'

/**
 * Whether `person` is `doer`, or acts with a password that he gave a day ago or less; both are SQL. What
 * `src-main/platform/two-persons.ts` says, below the services.
 */
export const samePerson = (person: string, doer: string): string =>
  `(${doer} = ${person} OR EXISTS (SELECT 1 FROM credentials k, json_each(k.reset_by) g
     WHERE k.staff_id = ${person} AND hall_now() - k.reset_at < ${lentForMs} AND g.value = ${doer}))`
