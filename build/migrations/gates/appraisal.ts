import { transitions } from '../../../src-main/appraisal/rules.ts'
import { waysIn } from '../../../src-main/platform/process.ts'
import { wayTrigger } from './process.ts'
import { trigger } from './trigger.ts'
import { samePerson } from './two-persons.ts'

const frozen = (verb: string, row: 'NEW' | 'OLD') =>
  trigger(
    `scorecard_items_frozen_${verb.toLowerCase()}`,
    `BEFORE ${verb} ON scorecard_items
     WHEN (SELECT state FROM scorecards WHERE id = ${row}.scorecard_id) IS NOT 'draft'
     BEGIN SELECT RAISE(ABORT, 'a reviewed scorecard keeps its figures'); END`,
  )

/** The way of a scorecard once more, below the service: a signed one never changes, a reviewed one keeps its figures. */
export const appraisalTriggers: string[] = [
  trigger(
    'scorecards_begin',
    `BEFORE INSERT ON scorecards WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a scorecard begins as a draft'); END`,
  ),
  trigger(
    'scorecards_signed_stay',
    `BEFORE UPDATE ON scorecards WHEN OLD.state = 'signed'
     BEGIN SELECT RAISE(ABORT, 'a signed scorecard never changes'); END`,
  ),
  wayTrigger(
    'scorecards',
    'a scorecard',
    { ways: waysIn(transitions) },
    'a scorecard goes from draft over review to signature',
  ),
  trigger(
    'scorecards_reviewed_keep',
    `BEFORE UPDATE ON scorecards WHEN OLD.state = 'reviewed' AND NEW.state <> 'draft' AND (
       NEW.total IS NOT OLD.total OR NEW.grade IS NOT OLD.grade OR NEW.comment IS NOT OLD.comment
       OR NEW.thresholds IS NOT OLD.thresholds OR NEW.computed_at IS NOT OLD.computed_at
       OR NEW.reviewed_by_id IS NOT OLD.reviewed_by_id)
     BEGIN SELECT RAISE(ABORT, 'a reviewed scorecard keeps its figures'); END`,
  ),
  trigger(
    'scorecards_period_stays',
    `BEFORE UPDATE ON scorecards WHEN NEW.scope IS NOT OLD.scope OR NEW.from_date IS NOT OLD.from_date
       OR NEW.to_date IS NOT OLD.to_date OR NEW.card_no IS NOT OLD.card_no
     BEGIN SELECT RAISE(ABORT, 'a scorecard stays that of its period'); END`,
  ),
  trigger(
    'scorecards_review_gate',
    `BEFORE UPDATE ON scorecards WHEN NEW.state = 'reviewed' AND OLD.state = 'draft' AND (
       date(hall_now() / 1000, 'unixepoch', '+8 hours') <= NEW.to_date OR NEW.total IS NULL
       OR EXISTS (SELECT 1 FROM scorecard_items WHERE scorecard_id = NEW.id AND figure IS NULL AND (score IS NULL OR note = '')))
     BEGIN SELECT RAISE(ABORT, 'a scorecard reviewed before everything is judged'); END`,
  ),
  trigger('scorecards_stay', `BEFORE DELETE ON scorecards BEGIN SELECT RAISE(ABORT, 'scorecards never go'); END`),
  trigger(
    'scorecards_signed_by_another',
    `BEFORE UPDATE ON scorecards WHEN NEW.state = 'signed' AND OLD.state <> 'signed'
       AND ${samePerson('NEW.signed_by_id', 'OLD.reviewed_by_id')}
     BEGIN SELECT RAISE(ABORT, 'a scorecard signed by whoever reviewed it'); END`,
  ),
  frozen('INSERT', 'NEW'),
  frozen('UPDATE', 'OLD'),
  frozen('DELETE', 'OLD'),
]
