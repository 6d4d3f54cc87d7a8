import { trigger } from './trigger.ts'

/** A till joins once, under a code and a certificate that stay; all that may become of it is that it is withdrawn. */
export const tillTriggers: string[] = [
  trigger(
    'tills_begin',
    `BEFORE INSERT ON tills WHEN NEW.state <> 'paired' OR (NEW.joined_by_id IS NULL AND EXISTS (SELECT 1 FROM tills))
     BEGIN SELECT RAISE(ABORT, 'a till begins as paired, and all but the first by somebody'); END`,
  ),
  trigger(
    'tills_way',
    `BEFORE UPDATE ON tills WHEN OLD.state = 'withdrawn' OR NEW.state <> 'withdrawn' OR OLD.fingerprint IS NULL
       OR NEW.code <> OLD.code OR NEW.name <> OLD.name OR NEW.fingerprint IS NOT OLD.fingerprint
       OR NEW.joined_at <> OLD.joined_at OR NEW.joined_by_id IS NOT OLD.joined_by_id OR NEW.joined_by <> OLD.joined_by
     BEGIN SELECT RAISE(ABORT, 'a till is only withdrawn, once, and the first never'); END`,
  ),
  trigger(
    'tills_stay',
    `BEFORE DELETE ON tills BEGIN SELECT RAISE(ABORT, 'the code of a till is never given again'); END`,
  ),
]
