/** Which account a scanned code belongs to: exact numbers only, a scan never guesses. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'

/** Numbers tried of one code; a link may carry a few besides the account's. */
const maxCandidates = 8

export const byCodeSql = {
  account: `SELECT id FROM accounts WHERE account_no = ?`,
  oldNo: `SELECT account_id AS id FROM account_aliases WHERE alias = ? ORDER BY source LIMIT 1`,
  meter: `SELECT a.id FROM meters m JOIN accounts a ON a.service_point_id = m.service_point_id
    WHERE m.meter_no = ? AND m.state = 'in-use' AND a.state = 'active' LIMIT 1`,
} as const

/** The numbers a code may mean, the likeliest first: as a whole without its grouping, then each part of a link or text. */
export function codeCandidates(code: string): string[] {
  const clean = code
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .trim()
    .toUpperCase()
  const parts = clean.split(/[^0-9A-Z-]+/).filter((part) => /\d/.test(part) && part.length >= 3)
  return [...new Set([clean.replace(/[\s-]/g, ''), clean, ...parts])].slice(0, maxCandidates)
}

/** Id of the account named by an account number (also of an old system) or a meter in use; null for anything else. */
export function accountByCode({ sqlite }: Context, code: string): string | null {
  for (const candidate of codeCandidates(code)) {
    for (const sql of [byCodeSql.account, byCodeSql.oldNo, byCodeSql.meter]) {
      const found = statement<{ id: string }>(sqlite, sql).get(candidate)
      if (found) return found.id
    }
  }
  return null
}
