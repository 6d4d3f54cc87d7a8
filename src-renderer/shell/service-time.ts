/**
 * 办理时间 (clause 22(3)): the window counts from the first key, or click, of a business to the call that ends it. A hand that has
 * rested for two minutes has left the business; the next key begins another.
 */
import { v7 } from 'uuid'
import type { Business } from '../../src-main/registers/api.ts'

/** The call that ends a business at the counter: what it makes is printed next. */
const endsWith: Readonly<Record<string, Business>> = {
  'cashier.collect': 'payment',
  'cashier.prepay': 'payment',
  'installations.apply': 'opening',
  'supply.startProcess': 'account',
  'workorders.take': 'order',
  'complaints.take': 'complaint',
}
const restMs = 120_000
/** More is a stray reading (s). */
const longestSeconds = 7_200

export class ServiceClock {
  private first: number | null = null
  private last = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** A key or a click. */
  touch(): void {
    const now = this.#now()
    if (this.first === null || now - this.last > restMs) this.first = now
    this.last = now
  }

  /** Whoever comes next begins anew. @returns whole seconds since the first key; null where none was pressed */
  end(): number | null {
    const { first } = this
    this.first = null
    return first === null ? null : Math.min(Math.max(Math.round((this.#now() - first) / 1000), 1), longestSeconds)
  }
}

const clock = new ServiceClock(() => performance.now())
const touched = () => clock.touch()

/** Begins to listen to this window. */
export function listenToHands(): void {
  addEventListener('keydown', touched, { capture: true, passive: true })
  addEventListener('pointerdown', touched, { capture: true, passive: true })
}

/** A call was answered: where it ends a business, how long that took is told. What cannot be told is lost; nobody waits for it. */
export function servedBy(call: string, tell: (name: string, input: unknown) => Promise<unknown>): void {
  const business = endsWith[call]
  if (business === undefined) return
  const seconds = clock.end()
  if (seconds !== null) void tell('registers.served', { requestId: v7(), business, seconds }).catch(() => undefined)
}
