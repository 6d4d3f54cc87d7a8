/** Work that runs by itself: uploads, backups, overdue checks. The next time of each job survives a restart. */
import { openLoss } from './breaks.ts'
import type { Clock } from './clock.ts'
import { statement } from './database.ts'
import { heedDamage, type Environment } from './use-case.ts'

export interface Job {
  readonly job: string
  /** When the job should run next (epoch ms), given the last time it ran and how many times in a row it failed. */
  readonly nextRun: (environment: Environment, now: number, failures: number) => number
  readonly run: (environment: Environment) => Promise<void>
  /** Looks or sends, and changes nothing of the business: also done while a loss of data waits to be confirmed. */
  readonly whileHeld?: boolean
  /** Done first thing after each start, whenever it is due by what was kept of the last run. */
  readonly atStart?: boolean
  /** Breaks off a run that waits for the world outside, so that closing the hall does not wait with it. */
  readonly stop?: (environment: Environment) => void
}

export const isJob = (value: unknown): value is Job =>
  typeof value === 'object' && value !== null && 'job' in value && 'nextRun' in value

/** How often the scheduler looks for due work (ms). */
const tickMs = 5_000

interface JobRow {
  nextRunAt: number
  failures: number
}

export class Scheduler {
  readonly #environment: Environment
  readonly #jobs: ReadonlyMap<string, Job>
  readonly #running = new Map<string, Promise<void>>()
  /** What was done at this start. */
  readonly #begun = new Set<string>()
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(environment: Environment, jobs: readonly Job[]) {
    this.#environment = environment
    this.#jobs = new Map(jobs.map((job) => [job.job, job]))
  }

  get #clock(): Clock {
    return this.#environment.clock
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), tickMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    for (const job of this.#jobs.values()) job.stop?.(this.#environment)
    await Promise.allSettled(this.#running.values())
  }

  /** Runs every job that is due; a job never runs twice at once. Never throws. */
  async tick(): Promise<void> {
    const now = this.#clock.now()
    try {
      // By a wrong clock, fees would run and papers fall due.
      if (this.#environment.trustedClock.doubt(now)) return
      const held = openLoss(this.#environment.sqlite) !== null
      const jobs = [...this.#jobs.values()].filter(({ whileHeld }) => !held || whileHeld === true)
      const begins = ({ job, atStart }: Job) => atStart === true && !this.#begun.has(job)
      const due = jobs.filter((job) => this.#row(job, now).nextRunAt <= now || begins(job))
      for (const { job } of due) this.#begun.add(job)
      await Promise.all(due.map((job) => this.runNow(job.job)))
    } catch (thrown) {
      // A full disk, say: the backend must live on and try again, or the counter would stand still with it.
      this.#environment.log.error('scheduler-failed', { error: String(thrown) })
      heedDamage(this.#environment, thrown)
    }
  }

  /** Runs a job at once; while it runs already, waits for that run. Its failures are recorded, not thrown.
   *  @throws what the database throws when even that cannot be recorded */
  async runNow(name: string): Promise<void> {
    const running = this.#running.get(name)
    if (running) return running
    const job = this.#jobs.get(name)
    if (!job) throw new Error(`no job ${name}`)
    const run = this.#runAndRecord(job).finally(() => this.#running.delete(name))
    this.#running.set(name, run)
    return run
  }

  async #runAndRecord(job: Job): Promise<void> {
    const { sqlite, log } = this.#environment
    const started = this.#clock.now()
    const before = this.#row(job, started)
    let error: string | null = null
    try {
      await job.run(this.#environment)
    } catch (thrown) {
      error = thrown instanceof Error ? thrown.message : String(thrown)
      heedDamage(this.#environment, thrown)
      log.warn('job-failed', { job: job.job, error })
    }
    const failures = error === null ? 0 : before.failures + 1
    const now = this.#clock.now()
    statement(
      sqlite,
      `UPDATE jobs SET next_run_at = ?, last_run_at = ?, last_success_at = CASE WHEN ? IS NULL THEN ? ELSE last_success_at END,
         last_error = ?, failures = ? WHERE name = ?`,
    ).run(job.nextRun(this.#environment, now, failures), started, error, now, error, failures, job.job)
  }

  #row(job: Job, now: number): JobRow {
    const { sqlite } = this.#environment
    const select = statement<JobRow>(sqlite, 'SELECT next_run_at AS nextRunAt, failures FROM jobs WHERE name = ?')
    const found = select.get(job.job)
    if (found) return found
    statement(sqlite, 'INSERT INTO jobs (name, next_run_at) VALUES (?, ?)').run(
      job.job,
      job.nextRun(this.#environment, now, 0),
    )
    return select.get(job.job) as JobRow
  }
}
