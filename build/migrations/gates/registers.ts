import { registerKind, registers, type RegisterKind } from '../../../src-main/registers/kinds.ts'
import { entryProcess } from '../../../src-main/registers/process.ts'
import { sqlWords } from '../../../src-main/platform/dictionary.ts'
import { wayTrigger } from './process.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

/** Whether somebody wrote the entry down, went along, is written about, or mended what it found. */
const involved = (entry: string, person: string) =>
  `EXISTS (SELECT 1 FROM register_entries e WHERE e.id = ${entry} AND (${['recorded_by_id', 'companion_id', 'staff_id']
    .map((column) => samePerson(person, `e.${column}`))
    .join(' OR ')}))
   OR EXISTS (SELECT 1 FROM register_findings f WHERE f.entry_id = ${entry} AND ${samePerson(person, 'f.mended_by_id')})`

const kindsThat = (ask: (kind: RegisterKind) => boolean) =>
  sqlWords(registerKind.values.filter((id) => ask(registers[id])))

/** What was written down stays, and nobody looks at own work (clause 14(2)). */
export const registerTriggers: string[] = [
  wayTrigger('register_entries', 'an entry', entryProcess),
  trigger(
    'register_entries_begin',
    `BEFORE INSERT ON register_entries WHEN NEW.state = 'void' OR (NEW.state = 'closed' AND NEW.reviewed = 1)
     BEGIN SELECT RAISE(ABORT, 'an entry begins before its review'); END`,
  ),
  // What one writes about oneself is looked at by another person, whatever its kind.
  trigger(
    'register_entries_asked',
    `BEFORE INSERT ON register_entries WHEN
       (NEW.reviewed = 0 AND (NEW.kind IN ${kindsThat(({ reviewed }) => reviewed ?? false)} OR ${samePerson('NEW.recorded_by_id', 'NEW.staff_id')}))
       OR (NEW.companion_id IS NULL AND NEW.kind IN ${kindsThat(({ two }) => two ?? false)})
       OR (NEW.account_id IS NULL AND NEW.kind IN ${kindsThat(({ about }) => about === 'account')})
       OR (NEW.staff_id IS NULL AND NEW.kind IN ${kindsThat(({ about }) => about === 'staff')})
     BEGIN SELECT RAISE(ABORT, 'an entry begins as its kind asks'); END`,
  ),
  trigger(
    'register_entries_keep',
    `BEFORE UPDATE ON register_entries WHEN NEW.kind <> OLD.kind OR NEW.entry_no <> OLD.entry_no OR NEW.on_date <> OLD.on_date
       OR NEW.body <> OLD.body OR NEW.title <> OLD.title OR NEW.ends_on IS NOT OLD.ends_on OR NEW.account_id IS NOT OLD.account_id
       OR NEW.staff_id IS NOT OLD.staff_id OR NEW.companion_id IS NOT OLD.companion_id OR NEW.reviewed < OLD.reviewed
       OR NEW.customer_id IS NOT OLD.customer_id OR NEW.staff_name IS NOT OLD.staff_name
       OR NEW.companion_name IS NOT OLD.companion_name OR NEW.recorded_by <> OLD.recorded_by
       OR NEW.recorded_by_id <> OLD.recorded_by_id OR NEW.recorded_at <> OLD.recorded_at
     BEGIN SELECT RAISE(ABORT, 'what was written down stays'); END`,
  ),
  trigger(
    'register_entries_close_gate',
    `BEFORE UPDATE OF state ON register_entries WHEN NEW.state = 'closed' AND OLD.state <> 'closed' AND (
       EXISTS (SELECT 1 FROM register_findings f WHERE f.entry_id = NEW.id AND f.mended_on IS NULL)
       OR NOT EXISTS (SELECT 1 FROM register_steps s WHERE s.entry_id = NEW.id AND s.kind = 'review' AND s.passed = 1))
     BEGIN SELECT RAISE(ABORT, 'an entry closed without its review'); END`,
  ),
  trigger(
    'register_entries_done_gate',
    `BEFORE UPDATE OF state ON register_entries WHEN NEW.state = 'done' AND OLD.state <> 'done' AND EXISTS (
       SELECT 1 FROM register_findings f WHERE f.entry_id = NEW.id AND f.mended_on IS NULL)
     BEGIN SELECT RAISE(ABORT, 'an entry with an open finding'); END`,
  ),
  trigger(
    'register_entries_void_gate',
    `BEFORE UPDATE OF state ON register_entries WHEN NEW.state = 'void' AND OLD.state <> 'void' AND NOT EXISTS (
       SELECT 1 FROM register_steps s WHERE s.entry_id = NEW.id AND s.kind = 'void')
     BEGIN SELECT RAISE(ABORT, 'an entry struck out without its step'); END`,
  ),
  trigger(
    'register_entries_stay',
    `BEFORE DELETE ON register_entries BEGIN SELECT RAISE(ABORT, 'an entry is struck out, not deleted'); END`,
  ),
  trigger(
    'register_steps_review_gate',
    `BEFORE INSERT ON register_steps WHEN NEW.kind IN ('review', 'void') AND (${involved('NEW.entry_id', 'NEW.actor_id')})
     BEGIN SELECT RAISE(ABORT, 'an entry judged by whoever had part in it'); END`,
  ),
  trigger(
    'register_findings_begin',
    `BEFORE INSERT ON register_findings WHEN NEW.mended_on IS NOT NULL OR NOT EXISTS (
       SELECT 1 FROM register_entries e WHERE e.id = NEW.entry_id AND e.state IN ('open', 'done'))
     BEGIN SELECT RAISE(ABORT, 'a finding begins open, in an entry that is not closed'); END`,
  ),
  trigger(
    'register_findings_keep',
    `BEFORE UPDATE ON register_findings WHEN OLD.mended_on IS NOT NULL OR NEW.what <> OLD.what OR NEW.due_on <> OLD.due_on
       OR NEW.responsible <> OLD.responsible OR NEW.entry_id <> OLD.entry_id OR NEW.no <> OLD.no
     BEGIN SELECT RAISE(ABORT, 'a finding is mended once and its deadline stays'); END`,
  ),
  trigger(
    'register_findings_stay',
    `BEFORE DELETE ON register_findings BEGIN SELECT RAISE(ABORT, 'findings stay'); END`,
  ),
]
