import { begun, isApprover, isManager, today } from './certified.ts'
import { setting } from './settings.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

/** A training or exam never changes but for being voided, once; it never goes. */
const voidedOnly = (table: string, columns: readonly string[]) => [
  trigger(
    `${table}_voided_once`,
    `BEFORE UPDATE ON ${table} WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
       OR ${columns.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ')}
     BEGIN SELECT RAISE(ABORT, '${table} are only ever voided'); END`,
  ),
  trigger(`${table}_stay`, `BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} never go'); END`),
]

/** The gates of clauses 11, 12, 28 and 29 once more, below every service. */
export const staffTriggers: string[] = [
  trigger(
    'certificates_withdrawn_only',
    `BEFORE UPDATE ON certificates WHEN OLD.withdrawn_on IS NOT NULL OR NEW.staff_id IS NOT OLD.staff_id
       OR NEW.kind IS NOT OLD.kind OR NEW.number IS NOT OLD.number OR NEW.issued_on IS NOT OLD.issued_on
       OR NEW.valid_to IS NOT OLD.valid_to OR NEW.good_from IS NOT OLD.good_from
       OR NEW.approver_id IS NOT OLD.approver_id OR NEW.exam_id IS NOT OLD.exam_id OR NEW.copy_hash IS NOT OLD.copy_hash
       OR NEW.copy_name IS NOT OLD.copy_name OR NEW.added_by_id IS NOT OLD.added_by_id OR NEW.added_at IS NOT OLD.added_at
     BEGIN SELECT RAISE(ABORT, 'a certificate is only ever withdrawn'); END`,
  ),
  // Only an import that is being undone takes back what it brought.
  trigger(
    'certificates_stay',
    `BEFORE DELETE ON certificates WHEN NOT EXISTS (SELECT 1 FROM import_rows r JOIN imports i ON i.id = r.import_id
       WHERE r.certificate_id = OLD.id AND i.state = 'undoing')
     BEGIN SELECT RAISE(ABORT, 'certificates never go'); END`,
  ),
  // Examined and passed here, or a copy of a certificate from outside; what moving in brings has neither.
  trigger(
    'certificates_proof',
    `BEFORE INSERT ON certificates WHEN NOT (NEW.copy_hash IS NOT NULL
       OR EXISTS (SELECT 1 FROM exams e WHERE e.id = NEW.exam_id AND e.staff_id = NEW.staff_id AND e.passed = 1
         AND e.certificate_kind = NEW.kind AND e.voided_at IS NULL AND julianday(NEW.issued_on) - julianday(e.held_on)
           BETWEEN 0 AND CAST(${setting('staff.examProvesDays', '365')} AS INTEGER))
       OR (NEW.exam_id IS NULL AND NOT ${begun}))
     BEGIN SELECT RAISE(ABORT, 'a certificate without a passed exam or a copy'); END`,
  ),
  trigger(
    'certificates_backdated',
    `BEFORE INSERT ON certificates WHEN NEW.good_from < ${today} AND NOT (NEW.approver_id <> NEW.added_by_id
       AND NEW.approver_id <> NEW.staff_id AND ${isApprover('NEW.approver_id')}) IS TRUE
     BEGIN SELECT RAISE(ABORT, 'a certificate backdated by one person'); END`,
  ),
  trigger(
    'exams_prove',
    `BEFORE UPDATE OF voided_at ON exams WHEN NEW.voided_at IS NOT NULL AND EXISTS (
       SELECT 1 FROM certificates c WHERE c.exam_id = NEW.id AND c.withdrawn_on IS NULL)
     BEGIN SELECT RAISE(ABORT, 'an exam that a certificate stands on'); END`,
  ),
  ...voidedOnly('trainings', [
    'id',
    'course',
    'kind',
    'held_on',
    'minutes',
    'trainer',
    'materials',
    'recorded_at',
    'recorded_by',
  ]),
  ...voidedOnly('exams', [
    'id',
    'staff_id',
    'subject',
    'certificate_kind',
    'kind',
    'held_on',
    'score',
    'out_of',
    'pass_mark',
    'passed',
    'retake_of',
    'note',
    'recorded_at',
    'recorded_by_id',
    'recorded_by',
  ]),
  trigger(
    'exams_retake_gate',
    `BEFORE INSERT ON exams WHEN NEW.retake_of IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM exams e WHERE e.id = NEW.retake_of AND e.staff_id = NEW.staff_id AND e.passed = 0
         AND e.voided_at IS NULL AND e.held_on <= NEW.held_on)
     BEGIN SELECT RAISE(ABORT, 'a retake without its failed exam'); END`,
  ),
  trigger(
    'exams_not_ahead',
    `BEFORE INSERT ON exams WHEN NEW.held_on > ${today} BEGIN SELECT RAISE(ABORT, 'an exam ahead of its day'); END`,
  ),
  trigger(
    'merit_approvals_gate',
    `BEFORE INSERT ON merit_approvals WHEN NOT EXISTS (
       SELECT 1 FROM merits m JOIN staff s ON s.id = NEW.approver_id
       WHERE m.id = NEW.merit_id AND NOT ${samePerson('NEW.approver_id', 'm.staff_id')}
         AND NOT ${samePerson('NEW.approver_id', 'm.recorded_by_id')} AND s.state = 'active'
         AND ${isManager('NEW.approver_id')})
     BEGIN SELECT RAISE(ABORT, 'a reward or penalty approved by somebody who may not'); END`,
  ),
  trigger(
    'merits_revoke_gate',
    `BEFORE INSERT ON merits WHEN NEW.revokes IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM merits m JOIN merit_approvals a ON a.merit_id = m.id
       WHERE m.id = NEW.revokes AND m.staff_id = NEW.staff_id AND m.kind = NEW.kind AND m.revokes IS NULL
         AND a.approved = 1)
     BEGIN SELECT RAISE(ABORT, 'a counter record of something that does not hold'); END`,
  ),
  // 代理主任: named by an administrator for days to come, agreed to by another; what was said stays, but that it ended.
  trigger(
    'deputies_gate',
    `BEFORE INSERT ON deputies WHEN NOT (NEW.ended_at IS NULL AND NEW.from_on >= ${today}
       AND EXISTS (SELECT 1 FROM staff, json_each(staff.roles) r
         WHERE staff.id = NEW.appointed_by_id AND staff.state = 'active' AND r.value = 'administrator')
       AND ${isApprover('NEW.approver_id')} AND NOT ${samePerson('NEW.approver_id', 'NEW.staff_id')}
       AND NOT ${samePerson('NEW.approver_id', 'NEW.appointed_by_id')}
       AND EXISTS (SELECT 1 FROM approvals a WHERE a.purpose = 'deputy' AND a.subject = 'staff:' || NEW.staff_id
         AND a.approver_id = NEW.approver_id AND a.used_at IS NOT NULL
         AND json_extract(a.terms, '$.fromOn') = NEW.from_on AND json_extract(a.terms, '$.toOn') = NEW.to_on))
     BEGIN SELECT RAISE(ABORT, 'a deputy nobody else agreed to'); END`,
  ),
  trigger(
    'deputies_only_end',
    `BEFORE UPDATE ON deputies WHEN OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.staff_id <> OLD.staff_id
       OR NEW.from_on <> OLD.from_on OR NEW.to_on <> OLD.to_on OR NEW.approver_id <> OLD.approver_id
     BEGIN SELECT RAISE(ABORT, 'an appointment only ever ends'); END`,
  ),
  trigger('deputies_stay', `BEFORE DELETE ON deputies BEGIN SELECT RAISE(ABORT, 'deputies never go'); END`),
]
