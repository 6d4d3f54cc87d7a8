import { hazardProcess } from '../../../src-main/inspections/hazard-process.ts'
import {
  alwaysItems,
  answers,
  grades,
  inspectionItems,
  leakWords,
  leastGrades,
  leastOfLeak,
  noLeakWords,
  type Grade,
} from '../../../src-main/inspections/words.ts'
import { certified, isManager, today } from './certified.ts'
import { wayTrigger } from './process.ts'
import { absencesToEscalate } from '../../../src-main/inspections/rules.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

const step = (kind: string, state: string) =>
  `SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.id AND s.round = NEW.round AND s.kind = '${kind}' AND s.state = '${state}'`

const below = (least: Grade) =>
  `NEW.grade IN (${grades
    .slice(0, grades.indexOf(least))
    .map((grade) => `'${grade}'`)
    .join(', ')})`
const belowLeast = ([item, least]: (typeof leastGrades)[number]) => `NEW.item = '${item}' AND ${below(least)}`
const said = noLeakWords.reduce((text, words) => `replace(${text}, '${words}', '')`, 'NEW.text')
const leakBelowLeast = `${below(leastOfLeak)} AND (${leakWords.map((leak) => `instr(${said}, '${leak}') > 0`).join(' OR ')})`
/** Used up since the hazard last changed: each agreement is of one change. */
const approvalOf = (purpose: string): string =>
  `a.purpose = '${purpose}' AND a.subject = 'hazard:' || NEW.id AND a.used_at >= OLD.updated_at`
/** A manager agreed who neither found, mended nor re-inspected it. */
const agreedByAnother = (purpose: string): string =>
  `EXISTS (SELECT 1 FROM approvals a WHERE ${approvalOf(purpose)} AND ${isManager('a.approver_id')}
     AND a.approver_id <> NEW.finder_id AND NOT EXISTS (
       SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.id AND ${samePerson('a.approver_id', 's.worker_id')}))`

type Row = 'OLD' | 'NEW'
const open = (row: Row) => `(${row}.state IN ('planned', 'refused'))`
/** What a task counts in: the name of the load, its day, and whether it does. Not met so often that it is told on: absent. */
const loads: readonly (readonly [by: string, day: (row: Row) => string, counts: (row: Row) => string])[] = [
  ['period', (row) => `${row}.period_to`, open],
  ['visit', (row) => `${row}.visit_on`, open],
  ['refused', () => `''`, (row) => `(${row}.state = 'refused')`],
  ['absent', () => `''`, (row) => `(${row}.state = 'planned' AND ${row}.absences >= ${absencesToEscalate})`],
]
const less = loads
  .map(
    ([by, day, counts]) =>
      `UPDATE inspection_loads SET open = open - 1 WHERE by = '${by}' AND day = ${day('OLD')} AND ${counts('OLD')};`,
  )
  .join(' ')
const more = loads
  .map(
    ([by, day, counts]) =>
      `INSERT INTO inspection_loads (by, day, open) SELECT '${by}', ${day('NEW')}, 1 WHERE ${counts('NEW')}
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1;`,
  )
  .join(' ')

/** The lists nobody has and that hold something still to be done, by their week. `others`: but for that task. */
const hasOpen = (round: string, others = '') =>
  `EXISTS (SELECT 1 FROM inspection_tasks t WHERE t.round_id = ${round} AND t.state IN ('planned', 'refused') ${others})`
/** A task was the first or last of its list that is open: the list comes in or goes out. */
const byTask = (row: Row) => {
  const ofRound = `inspection_rounds r WHERE r.id = ${row}.round_id AND r.assignee_id IS NULL AND ${open(row)}
      AND NOT ${hasOpen(`${row}.round_id`, `AND t.id <> ${row}.id`)}`
  return row === 'OLD'
    ? `UPDATE inspection_loads SET open = open - 1 WHERE by = 'unassigned' AND day IN (SELECT r.week_on FROM ${ofRound});`
    : `INSERT INTO inspection_loads (by, day, open) SELECT 'unassigned', r.week_on, 1 FROM ${ofRound}
    ON CONFLICT (by, day) DO UPDATE SET open = open + 1;`
}

/** Keeps `inspection_loads` in step with the inspections that are still to be done. */
const loadTriggers = [
  trigger(
    'inspection_tasks_load_insert',
    `AFTER INSERT ON inspection_tasks WHEN ${open('NEW')} BEGIN ${more} ${byTask('NEW')} END`,
  ),
  trigger(
    'inspection_tasks_load_update',
    `AFTER UPDATE OF state, period_to, visit_on, absences ON inspection_tasks WHEN (${open('OLD')} OR ${open('NEW')})
       AND (OLD.state <> NEW.state OR OLD.period_to <> NEW.period_to OR OLD.visit_on <> NEW.visit_on OR OLD.absences <> NEW.absences)
     BEGIN ${less} ${more} END`,
  ),
  // As two steps, out of the one list and into the other, of which the second sees what the first left.
  trigger(
    'inspection_tasks_round_update',
    `AFTER UPDATE OF state, round_id ON inspection_tasks
     WHEN ${open('OLD')} <> ${open('NEW')} OR (${open('NEW')} AND OLD.round_id <> NEW.round_id)
     BEGIN ${byTask('OLD')} ${byTask('NEW')} END`,
  ),
  trigger(
    'inspection_tasks_load_delete',
    `AFTER DELETE ON inspection_tasks WHEN ${open('OLD')} BEGIN ${less} ${byTask('OLD')} END`,
  ),
  trigger(
    'inspection_rounds_load_update',
    `AFTER UPDATE OF assignee_id, week_on ON inspection_rounds
     WHEN ${hasOpen('NEW.id')} AND ((OLD.assignee_id IS NULL) <> (NEW.assignee_id IS NULL) OR OLD.week_on <> NEW.week_on) BEGIN
     UPDATE inspection_loads SET open = open - 1 WHERE by = 'unassigned' AND day = OLD.week_on AND OLD.assignee_id IS NULL;
     INSERT INTO inspection_loads (by, day, open) SELECT 'unassigned', NEW.week_on, 1 WHERE NEW.assignee_id IS NULL
       ON CONFLICT (by, day) DO UPDATE SET open = open + 1; END`,
  ),
]

/** The items of a list, sorted, as one text. */
const itemsOf = (resident: boolean) =>
  `'${inspectionItems(resident)
    .map(({ item }) => item)
    .toSorted()
    .join(',')}'`
const quoted = (list: readonly string[]) => list.map((one) => `'${one}'`).join(', ')

/** The gates of clauses 10(8), 19(3), 19(5) and 21 once more, below every service. */
export const inspectionTriggers: string[] = [
  ...loadTriggers,
  trigger(
    'inspection_rounds_begin',
    `BEFORE INSERT ON inspection_rounds WHEN NEW.assignee_id IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a round begins unassigned'); END`,
  ),
  trigger(
    'inspection_rounds_certificate_gate',
    `BEFORE UPDATE OF assignee_id ON inspection_rounds
     WHEN NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS NOT OLD.assignee_id
       AND NOT ${certified('NEW.assignee_id', `'inspection'`, today)}
     BEGIN SELECT RAISE(ABORT, 'round without a certified inspector'); END`,
  ),
  trigger(
    'inspection_visits_certificate_gate',
    `BEFORE INSERT ON inspection_visits WHEN NOT ${certified('NEW.inspector_id', `'inspection'`, 'NEW.visited_on')}
     BEGIN SELECT RAISE(ABORT, 'visit without a certified inspector'); END`,
  ),
  // 16, 19(1): whoever was let in answered every item of the list of its class, once; nobody else answered any. What the company
  // added (own:…) comes on top and takes the place of none.
  trigger(
    'inspection_visits_checks_gate',
    `BEFORE INSERT ON inspection_visits WHEN CASE WHEN NEW.outcome IN ('passed', 'hazard') THEN
       (SELECT group_concat(item) FROM (SELECT c.value ->> 'item' AS item FROM json_each(NEW.checks) c
         WHERE c.value ->> 'item' NOT GLOB 'own:*' ORDER BY 1))
         IS NOT (SELECT CASE resident WHEN 1 THEN ${itemsOf(true)} ELSE ${itemsOf(false)} END
           FROM inspection_tasks WHERE id = NEW.task_id)
       OR EXISTS (SELECT 1 FROM json_each(NEW.checks) c
         WHERE coalesce(c.value ->> 'answer', '') NOT IN (${quoted(answers)})
           OR NEW.outcome = 'passed' AND c.value ->> 'answer' = 'bad'
           OR c.value ->> 'answer' = 'none' AND (trim(coalesce(c.value ->> 'note', '')) = ''
             OR c.value ->> 'item' IN (${quoted(alwaysItems)})))
       ELSE NEW.checks <> '[]' END
     BEGIN SELECT RAISE(ABORT, 'a visit without an answer for each item'); END`,
  ),
  // 19(1): somebody signed, or that nobody would is on record with its reason and another's eyes.
  trigger(
    'inspection_visits_signed_gate',
    `BEFORE INSERT ON inspection_visits WHEN CASE WHEN NEW.outcome IN ('passed', 'hazard') THEN
       (trim(NEW.signatory) <> '') = (trim(NEW.unsigned_reason) <> '') OR NEW.signatory = NEW.inspector_name AND NOT EXISTS (
         SELECT 1 FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = NEW.account_id AND c.name = NEW.inspector_name)
       OR NEW.unsigned_reason <> '' AND (NEW.unsigned_witness = NEW.inspector_name
         OR trim(NEW.unsigned_witness) = '' AND NEW.unsigned_photo_id IS NULL)
       ELSE NEW.unsigned_reason <> '' END
     BEGIN SELECT RAISE(ABORT, 'a visit without a signature or its refusal'); END`,
  ),
  // Each visit has its time of arrival, on its own day and in the past; one that was drawn has its proof.
  trigger(
    'inspection_visits_arrived_gate',
    `BEFORE INSERT ON inspection_visits WHEN date(NEW.arrived_at / 1000, 'unixepoch', '+8 hours') <> NEW.visited_on
       OR NEW.arrived_at > hall_now()
       OR NEW.proof_drawn = 1 AND NEW.proof_id IS NULL AND NEW.outcome IN ('passed', 'hazard')
     BEGIN SELECT RAISE(ABORT, 'a visit without its arrival or proof'); END`,
  ),
  // 10(6): two inspections a few days apart are not two of a year. The setting may ask for more; this is the least.
  trigger(
    'inspection_tasks_gap_gate',
    `BEFORE UPDATE OF done_on ON inspection_tasks WHEN NEW.done_on IS NOT NULL AND NEW.extra = 0 AND EXISTS (
       SELECT 1 FROM inspection_tasks o WHERE o.account_id = NEW.account_id AND o.id <> NEW.id AND o.extra = 0
         AND o.done_on IS NOT NULL AND abs(julianday(o.done_on) - julianday(NEW.done_on)) <
           min(CASE NEW.resident WHEN 1 THEN 30 ELSE 15 END,
             CAST((julianday(NEW.period_to) - julianday(NEW.period_from) + 1) / 2 AS INTEGER)))
     BEGIN SELECT RAISE(ABORT, 'an inspection too near to that of another period'); END`,
  ),
  // The period an inspection belongs to is what it is judged by, whenever somebody is told to go.
  trigger(
    'inspection_tasks_period_stays',
    `BEFORE UPDATE ON inspection_tasks WHEN OLD.state <> 'dropped' AND (NEW.period_from <> OLD.period_from
       OR NEW.period_to <> OLD.period_to OR NEW.year <> OLD.year OR NEW.resident <> OLD.resident)
     BEGIN SELECT RAISE(ABORT, 'an inspection stays in its period'); END`,
  ),
  trigger(
    'inspection_visits_stay',
    `BEFORE UPDATE ON inspection_visits WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
       OR NEW.outcome <> OLD.outcome OR NEW.visited_on <> OLD.visited_on OR NEW.inspector_id <> OLD.inspector_id
       OR NEW.task_id <> OLD.task_id OR NEW.checks <> OLD.checks OR NEW.signatory <> OLD.signatory
       OR NEW.unsigned_reason <> OLD.unsigned_reason OR NEW.unsigned_witness <> OLD.unsigned_witness
       OR NEW.unsigned_photo_id IS NOT OLD.unsigned_photo_id OR NEW.arrived_at <> OLD.arrived_at
       OR NEW.proof_drawn <> OLD.proof_drawn OR NEW.proof_id IS NOT OLD.proof_id
     BEGIN SELECT RAISE(ABORT, 'a visit is only ever voided, once'); END`,
  ),
  trigger(
    'inspection_visits_keep',
    `BEFORE DELETE ON inspection_visits BEGIN SELECT RAISE(ABORT, 'inspection_visits never go'); END`,
  ),
  trigger(
    'inspection_tasks_done_gate',
    `BEFORE UPDATE OF state ON inspection_tasks WHEN NEW.state IN ('passed', 'hazard') AND NOT EXISTS (
       SELECT 1 FROM inspection_visits v WHERE v.task_id = NEW.id AND v.outcome = NEW.state AND v.voided_at IS NULL)
     BEGIN SELECT RAISE(ABORT, 'an inspection is done by a visit'); END`,
  ),
  // What is beyond the plan never becomes part of its figures, nor the other way round.
  trigger(
    'inspection_tasks_extra_stays',
    `BEFORE UPDATE ON inspection_tasks WHEN NEW.extra <> OLD.extra OR NEW.account_id <> OLD.account_id
     BEGIN SELECT RAISE(ABORT, 'an inspection stays of the plan or beyond it'); END`,
  ),
  wayTrigger('hazards', 'a hazard', hazardProcess),
  trigger(
    'hazards_begin',
    `BEFORE INSERT ON hazards WHEN NEW.state <> 'open' OR (NEW.grade <> 'general' AND NOT EXISTS (
       SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND subject = 'hazard:' || NEW.id
         AND lifted_at IS NULL))
     BEGIN SELECT RAISE(ABORT, 'a grave hazard without its suspension'); END`,
  ),
  trigger(
    'hazards_grade_gate',
    `BEFORE UPDATE OF grade ON hazards WHEN NEW.grade <> 'general' AND NOT EXISTS (
       SELECT 1 FROM supply_holds WHERE service_point_id = NEW.service_point_id AND subject = 'hazard:' || NEW.id
         AND lifted_at IS NULL)
     BEGIN SELECT RAISE(ABORT, 'a grave hazard without its suspension'); END`,
  ),
  trigger(
    'hazards_no_smaller',
    `BEFORE UPDATE OF grade ON hazards WHEN NEW.grade = 'general' AND OLD.grade <> 'general' AND (
       trim(NEW.lowered_reason) <> '' AND ${agreedByAnother('hazard-lower')}
       AND NEW.lowered_by_id = (SELECT a.approver_id FROM approvals a WHERE ${approvalOf('hazard-lower')}
         ORDER BY a.used_at DESC LIMIT 1)) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'what cut the supply is not made small'); END`,
  ),
  trigger(
    'hazards_withdraw_gate',
    `BEFORE UPDATE OF state ON hazards WHEN NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'
       AND NOT ${agreedByAnother('hazard-misfiled')}
     BEGIN SELECT RAISE(ABORT, 'a hazard taken back by one person'); END`,
  ),
  trigger(
    'hazards_pass_gate',
    `BEFORE UPDATE ON hazards WHEN NEW.state IN ('passed', 'called-back', 'closed')
       AND (NOT EXISTS (${step('reinspect', 'passed')})
         OR (NEW.state IN ('called-back', 'closed') AND NOT EXISTS (${step('call-back', 'called-back')}
           AND s.actor_id NOT IN (SELECT worker_id FROM hazard_steps WHERE hazard_id = NEW.id AND worker_id IS NOT NULL))))
     BEGIN SELECT RAISE(ABORT, 'a hazard without re-inspection and callback'); END`,
  ),
  trigger(
    'hazards_found_stays',
    `BEFORE UPDATE ON hazards
     WHEN NEW.found_on <> OLD.found_on OR NEW.first_deadline <> OLD.first_deadline OR NEW.finder_id <> OLD.finder_id
       OR NEW.visit_id <> OLD.visit_id OR NEW.item <> OLD.item OR NEW.mender <> OLD.mender
       OR (NEW.lowered_reason <> OLD.lowered_reason OR NEW.lowered_by_id IS NOT OLD.lowered_by_id
         OR NEW.lowered_by <> OLD.lowered_by) AND NOT (NEW.grade = 'general' AND OLD.grade <> 'general')
     BEGIN SELECT RAISE(ABORT, 'what was found stays, with its day and first deadline'); END`,
  ),
  trigger(
    'hazard_steps_judged_by_others',
    `BEFORE INSERT ON hazard_steps WHEN NEW.kind IN ('call-back', 'close') AND EXISTS (
       SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND ${samePerson('NEW.actor_id', 's.worker_id')})
     BEGIN SELECT RAISE(ABORT, 'hazard judged by whoever inspected it'); END`,
  ),
  // 19(3): what may kill is graded so that gas is cut; lower only by a manager who did not inspect it, with the reason.
  ...(['INSERT', 'UPDATE OF grade'] as const).map((act, i) =>
    trigger(
      `hazards_least_grade_${i + 1}`,
      `BEFORE ${act} ON hazards WHEN (${[...leastGrades.map(belowLeast), leakBelowLeast].join(' OR ')}) AND NOT (
       trim(NEW.lowered_reason) <> '' AND NEW.lowered_by_id IS NOT NEW.finder_id AND ${isManager('NEW.lowered_by_id')})
     BEGIN SELECT RAISE(ABORT, 'a hazard graded below the least of its item'); END`,
    ),
  ),
  // 19(4): made safe at once where gas stays on; 19(3), 19(4): not closed before the notice is delivered and the stay is over.
  trigger(
    'hazards_made_safe',
    `BEFORE INSERT ON hazards WHEN NEW.mender = 'company' AND NEW.grade = 'general' AND trim(NEW.measures) = ''
     BEGIN SELECT RAISE(ABORT, 'a hazard of the company without measures'); END`,
  ),
  trigger(
    'hazards_close_gate',
    `BEFORE UPDATE OF state ON hazards WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND (
       NOT EXISTS (SELECT 1 FROM rectification_notices WHERE id = NEW.notice_id AND delivered_on IS NOT NULL)
       OR NEW.released_at IS NULL AND (NEW.support_called_at IS NOT NULL
         OR NEW.mender = 'company' AND NEW.grade = 'general' AND NEW.passed_on <> NEW.found_on))
     BEGIN SELECT RAISE(ABORT, 'a hazard closed before its notice and its stay'); END`,
  ),
  // 19(4): what is watched is not good on a later day without the stay of whoever watched it.
  trigger(
    'hazards_watched_gate',
    `BEFORE UPDATE OF passed_on ON hazards WHEN NEW.passed_on IS NOT NULL AND NEW.passed_on <> NEW.found_on
       AND NEW.mender = 'company' AND NEW.grade = 'general' AND NEW.support_called_at IS NULL
     BEGIN SELECT RAISE(ABORT, 'a watched hazard without its stay'); END`,
  ),
  // 19(4): what is watched nobody leaves before it was mended and found good.
  trigger(
    'hazards_release_gate',
    `BEFORE UPDATE OF released_at ON hazards WHEN NEW.released_at IS NOT NULL AND NEW.released_at IS NOT OLD.released_at
       AND NEW.mender = 'company' AND NEW.grade = 'general' AND (NEW.passed_on IS NULL
         OR date(NEW.released_at / 1000, 'unixepoch', '+8 hours') < NEW.passed_on)
     BEGIN SELECT RAISE(ABORT, 'left before it was found good'); END`,
  ),
  // 19(3): a grave one was told to the authority or the community, or it stands why not.
  trigger(
    'hazards_told_gate',
    `BEFORE UPDATE OF state ON hazards WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND NEW.grade <> 'general'
       AND NEW.reported_to = '' AND NOT EXISTS (
         SELECT 1 FROM hazard_steps WHERE hazard_id = NEW.id AND kind = 'close' AND trim(note) <> '')
     BEGIN SELECT RAISE(ABORT, 'a grave hazard nobody was told of'); END`,
  ),
  // What the company mends: by whom is on record, with the certificate, and that is not who finds it good.
  trigger(
    'hazard_steps_mended_by',
    `BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'mend'
       AND (SELECT mender FROM hazards WHERE id = NEW.hazard_id) = 'company'
       AND (NEW.worker_id IS NULL OR NOT ${certified('NEW.worker_id', `'maintenance'`, 'NEW.done_on')})
     BEGIN SELECT RAISE(ABORT, 'a hazard mended without a certificate'); END`,
  ),
  trigger(
    'hazard_steps_own_mending',
    `BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'reinspect' AND (
       EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND s.round = NEW.round AND s.kind = 'mend'
         AND (s.worker_id = NEW.worker_id OR ${samePerson('NEW.actor_id', 's.worker_id')}))
       OR NEW.state = 'passed' AND (SELECT mender FROM hazards WHERE id = NEW.hazard_id) = 'company'
         AND NOT EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.hazard_id AND s.round = NEW.round
           AND s.kind = 'mend'))
     BEGIN SELECT RAISE(ABORT, 'a mending judged by nobody else'); END`,
  ),
  trigger('hazards_keep', `BEFORE DELETE ON hazards BEGIN SELECT RAISE(ABORT, 'hazards never go'); END`),
  trigger(
    'hazard_steps_certificate_gate',
    `BEFORE INSERT ON hazard_steps WHEN NEW.kind = 'reinspect' AND (NEW.worker_id IS NULL
       OR NOT ${certified('NEW.worker_id', `'inspection'`, 'NEW.done_on')})
       OR NEW.kind = 'call-back' AND NOT ${certified('NEW.actor_id', `'callback'`, today)}
     BEGIN SELECT RAISE(ABORT, 'hazard judged without a certificate'); END`,
  ),
  trigger(
    'supply_holds_hazard_gate',
    `BEFORE UPDATE OF lifted_at ON supply_holds WHEN NEW.lifted_at IS NOT NULL AND NEW.subject LIKE 'hazard:%'
       AND EXISTS (SELECT 1 FROM hazards WHERE id = substr(NEW.subject, 8) AND state IN ('open', 'mended') AND grade <> 'general')
     BEGIN SELECT RAISE(ABORT, 'gas stays off until the hazard is re-inspected'); END`,
  ),
]
