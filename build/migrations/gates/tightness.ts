/**
 * No tightness test passed that tests nothing, whatever the settings say: no time, or a drop of the whole pressure. Follows
 * on `BEFORE INSERT ON` a table of records.
 */
const value = (name: string) => `json_extract(NEW.body, '$.${name}')`
export const emptyTightness = `WHEN NEW.kind = 'tightness' AND NEW.passed = 1
       AND (${value('minutes')} > 0 AND ${value('dropPa')} BETWEEN 0 AND ${value('pressurePa')} - 1) IS NOT 1
     BEGIN SELECT RAISE(ABORT, 'a tightness test that tests nothing'); END`
