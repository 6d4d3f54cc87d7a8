/** Leads a hall to where a call succeeds: what matters of an input is said, the rest is made from the schema. */
import type { ManualClock } from '../../../src-main/platform/clock.ts'
import type { Sqlite } from '../../../src-main/platform/database.ts'
import type { TestHall } from '../hall.ts'
import { byName, rolesOf } from './judge.ts'
import type { Round } from './run.ts'

/** How many inputs are made before a call is given up. */
const tries = 60
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** An answer; the scenes know what they asked for. */
export type Answer = ReturnType<typeof JSON.parse>

export class Guide {
  readonly round: Round
  readonly hall: TestHall
  constructor(round: Round) {
    this.round = round
    this.hall = round.acting
  }
  get sqlite(): Sqlite {
    return this.round.hall.hall.environment.sqlite
  }
  get clock(): ManualClock {
    return this.round.hall.clock
  }
  get now(): number {
    return this.clock.now()
  }
  get today(): string {
    return this.dayIn(0)
  }
  dayIn(days: number): string {
    return new Date(this.now + days * dayMs + 8 * hourMs).toISOString().slice(0, 10)
  }
  /** The first value of a query; '' where there is none, so that the call says what is missing. */
  one(sql: string, ...values: unknown[]): string {
    return String(
      this.sqlite
        .prepare(sql)
        .pluck()
        .get(...values) ?? '',
    )
  }
  all<T = string>(sql: string, ...values: unknown[]): T[] {
    return this.sqlite
      .prepare(sql)
      .pluck()
      .all(...values) as T[]
  }

  /** Makes the call until it is answered, with `given` as said and everything else drawn. @throws Error with its refusals */
  async ok(call: string, given: Record<string, unknown> = {}, as?: string): Promise<Answer> {
    const definition = byName.get(call)
    if (!definition) throw new Error(`no call ${call}`)
    const refusals = new Set<string>()
    for (let i = 0; i < tries; i += 1) {
      if (i % 10 === 9) this.round.pool.refocus()
      const made = this.round.generated(definition) as Record<string, unknown> | undefined
      const input = { ...made, ...given }
      const staffNo =
        definition.allow === 'anyone' ? null : (as ?? this.round.staffWith(rolesOf(definition)) ?? 'clerk')
      const reply = await this.round.call(call, input, staffNo)
      if (reply.ok) return reply.output
      refusals.add(`${reply.error.code} ${reply.error.message} ${reply.error.field ?? ''}`)
    }
    throw new Error(`${call}: ${[...refusals].slice(0, 4).join(' | ')}`)
  }
}
