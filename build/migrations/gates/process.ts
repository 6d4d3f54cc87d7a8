import { sqlWords } from '../../../src-main/platform/dictionary.ts'
import { trigger } from './trigger.ts'

/**
 * A state moves only along the table of its process, whatever writes the row. Stands first among the triggers of its table:
 * SQLite asks the last made first, and they say more.
 * @param what '…a complaint', in the refusal @param refusal where it says more
 */
export const wayTrigger = (
  table: string,
  what: string,
  { ways }: { readonly ways: readonly string[] },
  refusal = `no such step of ${what}`,
): string =>
  trigger(
    `${table}_way`,
    `BEFORE UPDATE OF state ON ${table}
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ${sqlWords(ways)}
     BEGIN SELECT RAISE(ABORT, '${refusal}'); END`,
  )

/** The same where each kind of process has a table of its own: ways are 'kind>from>to'. */
export const wayOfKindTrigger = (table: string, what: string, ways: readonly string[]): string =>
  trigger(
    `${table}_way`,
    `BEFORE UPDATE OF state ON ${table}
     WHEN OLD.state <> NEW.state AND OLD.kind || '>' || OLD.state || '>' || NEW.state NOT IN ${sqlWords(ways)}
     BEGIN SELECT RAISE(ABORT, 'no such step of ${what}'); END`,
  )
