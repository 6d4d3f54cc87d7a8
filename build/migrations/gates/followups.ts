import { certified, today } from './certified.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

const mayRing = (person: string) => certified(person, `'callback'`, today)
/** Whoever rings is this one, or has a password this one gave. */
const rings = (doer: string) => samePerson('NEW.actor_id', doer)
const calls = (subject: string, what: string) =>
  `(SELECT count(*) FROM followup_calls f WHERE f.subject_id = ${subject} AND f.round = NEW.round AND ${what})`

/** One act, one record: a source's callback step stands on a call of its round, and leads on only when that call does. */
const stepStandsOnCall = (table: string, subject: string) =>
  trigger(
    `${table}_callback`,
    `BEFORE INSERT ON ${table} WHEN NEW.kind = 'call-back' AND (
       ${calls(`NEW.${subject}`, '1')} <=
         (SELECT count(*) FROM ${table} s WHERE s.${subject} = NEW.${subject} AND s.round = NEW.round AND s.kind = 'call-back')
       OR (NEW.state = 'called-back' AND ${calls(`NEW.${subject}`, `f.result IN ('satisfied', 'unreachable')`)} = 0))
     BEGIN SELECT RAISE(ABORT, 'callback step without its call'); END`,
  )

/** The gates of clauses 10(8), 14(2) and 21 once more, below every service. */
export const followupTriggers: string[] = [
  trigger(
    'followup_calls_certificate',
    `BEFORE INSERT ON followup_calls WHEN NOT ${mayRing('NEW.actor_id')}
     BEGIN SELECT RAISE(ABORT, 'callback without certificate'); END`,
  ),
  trigger(
    'followup_calls_own_work',
    `BEFORE INSERT ON followup_calls WHEN
       EXISTS (SELECT 1 FROM workorder_steps s WHERE s.order_id = NEW.subject_id AND ${rings('s.worker_id')}
         AND s.kind IN ('accept', 'arrive', 'handle', 'repair'))
       OR EXISTS (SELECT 1 FROM hazard_steps s WHERE s.hazard_id = NEW.subject_id AND ${rings('s.worker_id')})
       OR EXISTS (SELECT 1 FROM installation_records r WHERE r.application_id = NEW.subject_id
         AND (${rings('r.worker_id')} OR ${rings('r.actor_id')}))
       OR EXISTS (SELECT 1 FROM inspection_visits v WHERE v.id = NEW.subject_id AND ${rings('v.inspector_id')})
       OR EXISTS (SELECT 1 FROM supply_resumptions r WHERE r.id = NEW.subject_id AND ${rings('r.tester_id')})
       OR EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = NEW.subject_id AND ${rings('p.staff_id')})
       OR EXISTS (SELECT 1 FROM complaint_steps s WHERE s.complaint_id = NEW.subject_id
         AND s.kind IN ('investigate', 'reply') AND ${rings('s.actor_id')})
       OR EXISTS (SELECT 1 FROM followup_samples m, json_each(m.involved) i
         WHERE m.id = NEW.sample_id AND ${rings('i.value')})
     BEGIN SELECT RAISE(ABORT, 'callback about own work'); END`,
  ),
  trigger(
    'followup_calls_tries',
    `BEFORE INSERT ON followup_calls WHEN NEW.result = 'unreachable'
       AND ${calls('NEW.subject_id', `f.service = NEW.service AND f.result = 'unreached'`)} < 2
     BEGIN SELECT RAISE(ABORT, 'given up before three tries'); END`,
  ),
  stepStandsOnCall('workorder_steps', 'order_id'),
  stepStandsOnCall('complaint_steps', 'complaint_id'),
  stepStandsOnCall('hazard_steps', 'hazard_id'),
  trigger(
    'followup_draws_once',
    `BEFORE INSERT ON followup_draws WHEN EXISTS (SELECT 1 FROM followup_draws d
       WHERE d.service = NEW.service AND d.from_date <= NEW.to_date AND d.to_date >= NEW.from_date)
     BEGIN SELECT RAISE(ABORT, 'drawn twice'); END`,
  ),
  ...['INSERT', 'UPDATE OF assignee_id'].map((verb) =>
    trigger(
      `followup_samples_assignee_${verb.slice(0, 6).toLowerCase()}`,
      `BEFORE ${verb} ON followup_samples WHEN NEW.assignee_id IS NOT NULL AND (NOT ${mayRing('NEW.assignee_id')}
         OR EXISTS (SELECT 1 FROM json_each(NEW.involved) i WHERE i.value = NEW.assignee_id))
       BEGIN SELECT RAISE(ABORT, 'drawn item given to somebody who may not ring'); END`,
    ),
  ),
  trigger(
    'followup_samples_begin',
    `BEFORE INSERT ON followup_samples WHEN NEW.state <> 'due'
     BEGIN SELECT RAISE(ABORT, 'a drawn item begins uncalled'); END`,
  ),
  trigger(
    'followup_samples_state',
    `BEFORE UPDATE OF state ON followup_samples WHEN OLD.state <> NEW.state AND (OLD.state <> 'due' OR NOT EXISTS (
       SELECT 1 FROM followup_calls f WHERE f.sample_id = NEW.id AND f.result = NEW.state))
     BEGIN SELECT RAISE(ABORT, 'drawn item concluded without its call'); END`,
  ),
  trigger(
    'followup_samples_stay',
    `BEFORE DELETE ON followup_samples BEGIN SELECT RAISE(ABORT, 'a drawn item stays on record'); END`,
  ),
]
