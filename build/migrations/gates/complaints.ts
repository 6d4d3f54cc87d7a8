import { complaintProcess } from '../../../src-main/complaints/process.ts'
import { wayTrigger } from './process.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

const complainedOf = (complaint: string, person: string) =>
  `EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = ${complaint} AND ${samePerson(person, 'p.staff_id')})`
const stepOfRound = (what: string) =>
  `EXISTS (SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.id AND s.round = NEW.round AND ${what})`

const ofLastStep = (column: string) =>
  `(SELECT ${column} FROM complaint_steps WHERE complaint_id = NEW.id ORDER BY no DESC LIMIT 1)`

/** The gates of clauses 14(2) and 20 once more, below every service. */
export const complaintTriggers: string[] = [
  trigger(
    'complaints_begin',
    `BEFORE INSERT ON complaints WHEN NEW.state <> 'received' OR NEW.investigator_id IS NOT NULL
     BEGIN SELECT RAISE(ABORT, 'a complaint begins without investigator'); END`,
  ),
  trigger(
    'complaints_stay',
    `BEFORE DELETE ON complaints BEGIN SELECT RAISE(ABORT, 'a complaint stays on record'); END`,
  ),
  wayTrigger('complaints', 'a complaint', complaintProcess),
  trigger(
    'complaints_intake_time',
    `BEFORE UPDATE OF taken_at, entered_at, reply_hours, replied_late ON complaints
     WHEN OLD.taken_at <> NEW.taken_at OR OLD.entered_at <> NEW.entered_at OR OLD.reply_hours <> NEW.reply_hours OR OLD.replied_late > NEW.replied_late
     BEGIN SELECT RAISE(ABORT, 'the time of the intake stays'); END`,
  ),
  // A round that begins moves the deadline, an answer is on record with its time; nothing else does either (clause 20(1)).
  trigger(
    'complaints_deadline_gate',
    `BEFORE UPDATE OF round, round_from, reply_by ON complaints
     WHEN (NEW.round <> OLD.round OR NEW.round_from <> OLD.round_from OR NEW.reply_by <> OLD.reply_by)
       AND NOT (NEW.round = OLD.round + 1 AND ${ofLastStep('kind')} IN ('reopen', 'call-back'))
     BEGIN SELECT RAISE(ABORT, 'a deadline moves with a step alone'); END`,
  ),
  trigger(
    'complaints_replied_gate',
    `BEFORE UPDATE OF replied_at, first_replied_at ON complaints
     WHEN NEW.first_replied_at IS NOT OLD.first_replied_at AND (OLD.first_replied_at IS NULL AND NEW.first_replied_at IS NEW.replied_at) IS NOT 1
       OR NEW.replied_at IS NOT OLD.replied_at AND (CASE WHEN NEW.replied_at IS NULL THEN NEW.round > OLD.round
         ELSE ${ofLastStep('kind')} = 'reply' AND NEW.replied_at = ${ofLastStep('done_at')} END) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a time comes with its step'); END`,
  ),
  trigger(
    'complaints_investigator',
    `BEFORE UPDATE OF investigator_id ON complaints
     WHEN NEW.investigator_id IS NOT NULL AND ${complainedOf('NEW.id', 'NEW.investigator_id')}
     BEGIN SELECT RAISE(ABORT, 'complaint investigated by whom it is about'); END`,
  ),
  trigger(
    'complaint_parties_investigator',
    `BEFORE INSERT ON complaint_parties WHEN EXISTS (
       SELECT 1 FROM complaints c WHERE c.id = NEW.complaint_id AND c.investigator_id = NEW.staff_id)
     BEGIN SELECT RAISE(ABORT, 'complaint investigated by whom it is about'); END`,
  ),
  trigger(
    'complaint_steps_by_others',
    `BEFORE INSERT ON complaint_steps WHEN ${complainedOf('NEW.complaint_id', 'NEW.actor_id')}
     BEGIN SELECT RAISE(ABORT, 'complaint touched by whom it is about'); END`,
  ),
  trigger(
    'complaint_steps_judged_by_others',
    `BEFORE INSERT ON complaint_steps WHEN NEW.kind IN ('call-back', 'close') AND EXISTS (
       SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.complaint_id
         AND ((s.kind IN ('investigate', 'reply') AND ${samePerson('NEW.actor_id', 's.actor_id')})
           OR (s.kind = 'assign' AND ${samePerson('NEW.actor_id', 's.person_id')})))
     BEGIN SELECT RAISE(ABORT, 'complaint judged by whoever handled it'); END`,
  ),
  trigger(
    'complaints_reply_gate',
    `BEFORE UPDATE OF state ON complaints WHEN NEW.state = 'replied' AND OLD.state <> 'replied'
       AND NOT (${stepOfRound(`s.kind = 'investigate'`)} AND ${stepOfRound(`s.kind = 'reply'`)})
     BEGIN SELECT RAISE(ABORT, 'complaint answered without investigation'); END`,
  ),
  // A day back is more than any setting of the hall allows one person alone (clause 20(1)).
  trigger(
    'complaint_steps_backdated_gate',
    `BEFORE INSERT ON complaint_steps WHEN NEW.kind = 'reply' AND NEW.at - NEW.done_at > 24 * 3600000 AND NOT EXISTS (
       SELECT 1 FROM approvals a WHERE a.purpose = 'late-reply' AND a.subject = 'complaint:' || NEW.complaint_id
         AND a.used_at IS NOT NULL AND a.approver_id <> NEW.actor_id)
     BEGIN SELECT RAISE(ABORT, 'an answer dated back by one person'); END`,
  ),
  trigger(
    'complaints_close_gate',
    `BEFORE UPDATE OF state ON complaints WHEN NEW.state IN ('called-back', 'closed') AND OLD.state <> NEW.state
       AND NOT ${stepOfRound(`s.kind = 'call-back' AND s.state = 'called-back'`)}
     BEGIN SELECT RAISE(ABORT, 'complaint closed without callback'); END`,
  ),
]
