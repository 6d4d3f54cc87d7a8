import { begun, certified } from './certified.ts'
import { trigger } from './trigger.ts'

const good = certified('NEW.reader_id', `'meter-reading'`, 'NEW.read_on')

/**
 * The gate of clause 10(8) once more, below every service: a reading has a reader with a certificate good on its day. Only
 * what moving in brings, before the counter opened first, may have none; a correction (退补) reads no meter and brings no gas.
 */
export const meteringTriggers: string[] = [
  trigger(
    'readings_certificate_gate',
    `BEFORE INSERT ON readings WHEN NOT CASE
       WHEN NEW.source = 'import' AND NEW.reader_id IS NULL THEN NOT ${begun}
       WHEN NEW.source = 'correction' THEN NEW.consumption = 0 AND NEW.reader_id IS NULL AND EXISTS (
         SELECT 1 FROM readings r WHERE r.meter_id = NEW.meter_id AND r.read_on = NEW.read_on AND r.state = 'billed')
       ELSE ${good} END
     BEGIN SELECT RAISE(ABORT, 'reading without a certified reader'); END`,
  ),
  trigger(
    'readings_stand',
    `BEFORE UPDATE OF reader_id, source, read_on, meter_id, account_id, previous_on, previous_index, current_index,
       consumption, make_up ON readings
     BEGIN SELECT RAISE(ABORT, 'a reading is voided, not rewritten'); END`,
  ),
]
