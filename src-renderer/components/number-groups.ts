/** Numbers people read aloud, cut into the groups they are read in. */

/**
 * '0010100001234' (hall 3, PC 2, serial, check digit 1) → ['001', '01', '0000123', '4']; letters of the kind come first.
 * Text that is no number of ours comes back whole.
 */
export function numberGroups(value: string): string[] {
  const parts = /^([A-Z]*)(\d{3})(\d{2})(\d{3,9})(\d)$/.exec(value)
  return parts ? parts.slice(1).filter((part) => part !== '') : [value]
}
