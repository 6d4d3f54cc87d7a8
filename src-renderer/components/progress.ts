/** How long a task still takes, judged from what it has done so far. */

/** Milliseconds left; null until there is enough to judge from (3 s and one part in a hundred). */
export function timeLeft(startedAt: number, now: number, done: number, total: number): number | null {
  const elapsed = now - startedAt
  if (total <= 0 || done <= 0 || elapsed < 3_000 || done / total < 0.01) return null
  return Math.max(0, Math.round((elapsed / done) * (total - done)))
}

/** '约 40 秒', '约 3 分钟', '约 1 小时 20 分钟'. */
export function showTimeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `约 ${Math.max(5, Math.ceil(seconds / 5) * 5)} 秒`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `约 ${minutes} 分钟`
  return `约 ${Math.floor(minutes / 60)} 小时${minutes % 60 === 0 ? '' : ` ${minutes % 60} 分钟`}`
}
