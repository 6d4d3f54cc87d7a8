/** Times, and what is said about them. All times are in milliseconds. */

/** The value below which `share` of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
export const median = (samples: readonly number[]): number => quantile(samples, 0.5)
export const p99 = (samples: readonly number[]): number => quantile(samples, 0.99)

/** Processor time of this thread so far (ms): what a busy machine adds to every figure is not in it. */
export function processor(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

export interface Timed<T> {
  readonly ms: number
  readonly cpu: number
  readonly value: T
}

/** Runs `work` and returns how long it took, by the clock and by the processor, with its answer. */
export function timed<T>(work: () => T): Timed<T> {
  const [began, spent] = [performance.now(), processor()]
  const value = work()
  return { ms: performance.now() - began, cpu: processor() - spent, value }
}

export async function timedAsync<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const [began, spent] = [performance.now(), processor()]
  const value = await work()
  return { ms: performance.now() - began, cpu: processor() - spent, value }
}

/** Samples of one thing, measured again and again. */
export class Series {
  readonly ms: number[] = []
  readonly cpu: number[] = []

  add({ ms, cpu }: Pick<Timed<unknown>, 'ms' | 'cpu'>): void {
    this.ms.push(ms)
    this.cpu.push(cpu)
  }
}

/** One line of the answer. */
export interface Figure {
  readonly name: string
  /** What was measured, and what the baseline does; printed under the table. */
  readonly what: string
  readonly samples: readonly number[]
  readonly baseline: readonly number[]
  /** Processor time of the samples, where they run in this process. */
  readonly cpu?: readonly number[]
  /** Ours to the baseline, at the place of the distribution that the target names. */
  readonly ratio: number
  readonly target: string
  readonly met: boolean
}

const ms = (value: number): string => (Number.isNaN(value) ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(2))

/** The table as text. */
export function table(figures: readonly Figure[]): string {
  const head = ['figure', 'n', 'median ms', 'p99 ms', 'p99 cpu', 'raw median', 'raw p99', 'ratio', 'target', 'met']
  const rows = figures.map(({ name, samples, cpu, baseline, ratio, target, met }) => [
    name,
    String(samples.length),
    ms(median(samples)),
    ms(p99(samples)),
    ms(cpu ? p99(cpu) : NaN),
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
