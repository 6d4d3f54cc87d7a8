/** Which backups stay, and when the next is due. Pure. */
import { addDays, shanghaiTime, startOfDay, type BusinessDate } from '../platform/dates.ts'

export interface KeptBackup {
  readonly fileName: string
  /** Epoch ms. */
  readonly startedAt: number
}

export interface KeepRule {
  /** The newest of each day, for this many days that have one. */
  readonly keepDaily: number
  /** The newest of each month, for this many months that have one. */
  readonly keepMonthly: number
}

/** The backups that the rule lets go, oldest first. The newest is never among them. */
export function backupsToRemove(backups: readonly KeptBackup[], { keepDaily, keepMonthly }: KeepRule): KeptBackup[] {
  const newestFirst = [...backups].sort((a, b) => b.startedAt - a.startedAt)
  const kept = new Set<KeptBackup>()
  const keepNewestOf = (periodOf: (date: BusinessDate) => string, count: number) => {
    const periods = new Set<string>()
    for (const backup of newestFirst) {
      const period = periodOf(shanghaiTime(backup.startedAt).date)
      if (periods.has(period) || periods.size >= count) continue
      periods.add(period)
      kept.add(backup)
    }
  }
  keepNewestOf((date) => date, keepDaily)
  keepNewestOf((date) => date.slice(0, 7), keepMonthly)
  return newestFirst.filter((backup) => !kept.has(backup)).reverse()
}

/** Minutes to wait after the first, second … failure in a row. */
const retryMinutes = [5, 15, 60]

/**
 * The next backup: today's or tomorrow's set time, or soon after a failure.
 * @param now epoch ms
 * @param timeOfDay `HH:MM` in Asia/Shanghai
 */
export function nextBackupAt(now: number, timeOfDay: string, failures: number): number {
  if (failures > 0) return now + (retryMinutes[Math.min(failures, retryMinutes.length) - 1] ?? 60) * 60_000
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number)
  const { date } = shanghaiTime(now)
  const on = (day: BusinessDate) => startOfDay(day) + (hours * 60 + minutes) * 60_000
  return on(date) > now ? on(date) : on(addDays(date, 1))
}
