import { sqlWords } from '../../../src-main/platform/dictionary.ts'
import { trigger } from './trigger.ts'

/** A state moves only along the table of its process, whatever writes the row. @param what '…a complaint', in the refusal */
export const wayTrigger = (table: string, what: string, { ways }: { readonly ways: readonly string[] }): string =>
  trigger(
    `${table}_way`,
    `BEFORE UPDATE OF state ON ${table}
     WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ${sqlWords(ways)}
     BEGIN SELECT RAISE(ABORT, 'no such step of ${what}'); END`,
  )
