/** Times, and what is said about them. All times are in milliseconds. */

/** The value below which `share` of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
export const median = (samples: readonly number[]): number => quantile(samples, 0.5)
export const p99 = (samples: readonly number[]): number => quantile(samples, 0.99)

/** Runs `work` and returns how long it took with its answer. */
export function timed<T>(work: () => T): { ms: number; value: T } {
  const began = performance.now()
  const value = work()
  return { ms: performance.now() - began, value }
}

export async function timedAsync<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
}

/** One line of the answer. */
export interface Figure {
  readonly name: string
  /** What was measured, and what the baseline does; printed under the table. */
  readonly what: string
  readonly samples: readonly number[]
  readonly baseline: readonly number[]
  /** Ours to the baseline, at the place of the distribution that the target names. */
  readonly ratio: number
  readonly target: string
  readonly met: boolean
}

const ms = (value: number): string => (Number.isNaN(value) ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(2))

/** The table as text. */
export function table(figures: readonly Figure[]): string {
  const head = ['figure', 'n', 'median ms', 'p99 ms', 'raw median', 'raw p99', 'ratio', 'target', 'met']
  const rows = figures.map(({ name, samples, baseline, ratio, target, met }) => [
    name,
    String(samples.length),
    ms(median(samples)),
    ms(p99(samples)),
    ms(median(baseline)),
    ms(p99(baseline)),
    ratio.toFixed(2),
    target,
    met ? 'yes' : 'NO',
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
