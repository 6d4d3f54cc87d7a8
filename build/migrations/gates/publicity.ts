import { waysIn } from '../../../src-main/platform/process.ts'
import { campaignTransitions } from '../../../src-main/publicity/rules.ts'
import { wayTrigger } from './process.ts'
import { trigger } from './trigger.ts'

/** What was published stays as it was, and what was held happened. */
export const publicityTriggers: string[] = [
  trigger(
    'board_versions_keep',
    `BEFORE UPDATE ON board_versions WHEN OLD.state = 'published'
     BEGIN SELECT RAISE(ABORT, 'a published board never changes'); END`,
  ),
  trigger(
    'board_versions_stay',
    `BEFORE DELETE ON board_versions WHEN OLD.state = 'published'
     BEGIN SELECT RAISE(ABORT, 'a published board never goes'); END`,
  ),
  trigger(
    'board_versions_begin',
    `BEFORE INSERT ON board_versions WHEN NEW.state <> 'draft'
     BEGIN SELECT RAISE(ABORT, 'a board begins as a draft'); END`,
  ),
  wayTrigger(
    'campaigns',
    'a campaign',
    { ways: waysIn(campaignTransitions) },
    'a campaign that is over does not go on',
  ),
  trigger(
    'campaigns_done_gate',
    `BEFORE UPDATE ON campaigns WHEN NEW.state = 'done' AND (NEW.summary = ''
       OR NEW.done_on > date(hall_now() / 1000, 'unixepoch', '+8 hours')
       OR NOT EXISTS (SELECT 1 FROM campaign_staff WHERE campaign_id = NEW.id))
     BEGIN SELECT RAISE(ABORT, 'a campaign is done with its day, staff and summary'); END`,
  ),
  trigger(
    'campaigns_begin',
    `BEFORE INSERT ON campaigns WHEN NEW.state <> 'planned'
     BEGIN SELECT RAISE(ABORT, 'a campaign begins as planned'); END`,
  ),
  trigger(
    'campaigns_stay',
    `BEFORE DELETE ON campaigns BEGIN SELECT RAISE(ABORT, 'campaigns are cancelled, not deleted'); END`,
  ),
]
