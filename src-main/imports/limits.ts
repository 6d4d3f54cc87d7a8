/** How large a file of an old system may be, beyond what any file may be (`platform/sheets/limits.ts`). */

/** Rows with content; the largest hall has less than half of them. */
export const maxRows = 300_000
/** Rows shown before columns are chosen. */
export const previewRows = 30
