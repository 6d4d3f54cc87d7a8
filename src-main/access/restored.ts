/** What a restore and a clock that was set right do to sessions and lock-outs. */
import { statement, type Sqlite } from '../platform/database.ts'

/** Ends every session and uses up every approval: what was open belongs to another time. At: epoch ms. */
export function endEverySession(sqlite: Sqlite, at: number): void {
  statement(sqlite, 'UPDATE sessions SET ended_at = ? WHERE ended_at IS NULL').run(at)
  statement(sqlite, 'UPDATE approvals SET used_at = ? WHERE used_at IS NULL').run(at)
}

/**
 * A lock-out that ends later than one can last was made under a wrong clock: it ends when one made now would.
 * @param lockOutMs settings: access.lockOutMinutes, in ms
 */
export function believableLockOuts(sqlite: Sqlite, now: number, lockOutMs: number): void {
  statement(sqlite, 'UPDATE credentials SET locked_until = ? WHERE locked_until > ?').run(
    now + lockOutMs,
    now + lockOutMs,
  )
}

/** Lets everybody try anew; called where the minutes of a lock-out were counted by other means than the clock. */
export const liftLockOuts = (sqlite: Sqlite): void =>
  void statement(
    sqlite,
    'UPDATE credentials SET failures = 0, locked_until = NULL WHERE locked_until IS NOT NULL',
  ).run()
