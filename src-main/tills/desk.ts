/** The code the host shows: one use, five minutes, void after five wrong tries. In memory alone: a restart takes it back. */
import type { Actor } from '../platform/context.ts'
import type { Sqlite } from '../platform/database.ts'
import { CodeLocked, CodeUsed, PairingClosed } from './errors.ts'
import { newCode } from './proof.ts'
import { codeLifeMs, maxWrongTries } from './rules.ts'

interface Shown {
  readonly code: string
  readonly by: Actor
  /** Epoch ms. */
  readonly until: number
  tries: number
  used: boolean
}

/** A till on the line, for the page that lists them. */
export interface Heard {
  readonly version: string
  /** Epoch ms. */
  readonly since: number
  heardAt: number
  end(): void
}

export class PairingDesk {
  #shown: Shown | null = null
  /** Tills that are connected, by code. */
  readonly connected = new Map<string, Heard>()
  /** Where the line is heard, once it is open; what kept it from opening. */
  listening: { readonly port: number } | null = null
  trouble: string | null = null
  #changed: () => void = () => undefined

  onChange(listener: () => void): void {
    this.#changed = listener
  }

  /** Whoever opens or ends something here: the line opens where it is needed, and closes where nobody may use it. */
  changed(): void {
    this.#changed()
  }

  show(by: Actor, now: number): { readonly code: string; readonly until: number } {
    this.#shown = { code: newCode(), by, until: now + codeLifeMs, tries: 0, used: false }
    return this.#shown
  }

  hide(): void {
    this.#shown = null
  }

  isOpen(now: number): boolean {
    const shown = this.#shown
    return shown !== null && now < shown.until && !shown.used && shown.tries < maxWrongTries
  }

  /** Whether a stranger is heard at all: while a code is shown, and a while longer to be told that it is none any more. */
  hears(now: number): boolean {
    return this.#shown !== null && now < this.#shown.until + codeLifeMs
  }

  /** Until when a code is shown that may still be used (epoch ms); what became of the last one. */
  state(now: number): { readonly until: number | null; readonly ended: 'used' | 'locked' | 'expired' | null } {
    if (this.isOpen(now)) return { until: this.#shown?.until ?? null, ended: null }
    const shown = this.#shown
    if (shown === null) return { until: null, ended: null }
    return { until: null, ended: shown.used ? 'used' : shown.tries >= maxWrongTries ? 'locked' : 'expired' }
  }

  /**
   * Counts a try before it is judged: however many come at once, there are five.
   * @throws PairingClosed · CodeUsed · CodeLocked
   */
  take(now: number): Shown {
    const shown = this.#shown
    if (shown === null || now >= shown.until) throw shown?.used ? new CodeUsed() : new PairingClosed()
    if (shown.used) throw new CodeUsed()
    if (shown.tries >= maxWrongTries) throw new CodeLocked()
    shown.tries += 1
    return shown
  }
}

const desks = new WeakMap<Sqlite, PairingDesk>()
/** The one desk of an open hall. */
export function deskOf(sqlite: Sqlite): PairingDesk {
  const desk = desks.get(sqlite) ?? new PairingDesk()
  desks.set(sqlite, desk)
  return desk
}
