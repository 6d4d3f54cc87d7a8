/** 新建停气: what the form holds, and the call it becomes. */
import type { InputOf } from '../../src-main/platform/contract.ts'
import { duringQuietHours } from '../../src-main/installations/api.ts'
import { addDays, formatInstant, shanghaiDate, shanghaiTime, startOfDay } from '../../src-main/platform/dates.ts'
import type { InterruptionKind, InterruptionScope, PlanInterruption, ScopeKind } from '../../src-main/supply/api.ts'
import { readTime } from './times.ts'

const hourMs = 3_600_000

export interface PlanDraft {
  kind: InterruptionKind
  reason: string
  scopeKind: ScopeKind
  street: string
  community: string
  building: string
  accounts: { accountId: string; accountNo: string; name: string; address: string }[]
  from: string
  to: string
  resumeBy: string
  /** Of one that is changed: how it stood when the change began. */
  base: string
}

/** The next full hour so many hours from now: what an interruption is usually announced for. */
export const fullHour = (now: number, ahead: number): number => Math.ceil(now / hourMs + ahead) * hourMs

/** Work in a street begins at eight; begun by noon, gas is back before ten in the evening, when no resident gets it any more. */
const [dayBegins, latestBegin] = [8, 12]
function byDay(at: number): number {
  const day = shanghaiDate(at)
  const hour = (at - startOfDay(day)) / hourMs
  if (hour > latestBegin) return startOfDay(addDays(day, 1)) + dayBegins * hourMs
  return Math.max(at, startOfDay(day) + dayBegins * hourMs)
}

interface Quiet {
  /** HH:MM */
  readonly from: string
  readonly to: string
}
/** Residents get no gas at night: a notice must not promise it. Null where the time is good, or nobody lives there. */
export const nightOf = (at: number | null, quiet: Quiet | null): Quiet | null =>
  at !== null && quiet !== null && duringQuietHours(shanghaiTime(at), quiet) ? quiet : null
export const nightWords = ({ from, to }: Quiet): string => `${from} 至次日 ${to} 不给居民恢复供气，请改预计恢复`

/** The first full hour from there on at which gas is given back. */
export function afterNight(at: number, quiet: Quiet | null): number {
  let hour = at
  for (let tries = 0; tries < 24 && nightOf(hour, quiet) !== null; tries++) hour += hourMs
  return hour
}

/** A planned one begins when the period of notice is kept with some hours to put the notices up; an emergency now. */
export function emptyPlan(now: number, noticeHours: number): PlanDraft {
  const earliest = fullHour(now, noticeHours + 4)
  const from = noticeHours < 0 ? earliest : byDay(earliest)
  return {
    kind: 'planned',
    reason: '',
    scopeKind: 'community',
    street: '',
    community: '',
    building: '',
    accounts: [],
    from: formatInstant(from),
    to: formatInstant(from + 8 * hourMs),
    resumeBy: formatInstant(from + 10 * hourMs),
    base: '',
  }
}

export function scopeOfDraft({ scopeKind, street, community, building, accounts }: PlanDraft): InterruptionScope {
  switch (scopeKind) {
    case 'building':
      return { kind: 'building', community, building }
    case 'community':
      return { kind: 'community', community }
    case 'street':
      return { kind: 'street', street }
    case 'accounts':
      return { kind: 'accounts', accountIds: accounts.map(({ accountId }) => accountId) }
  }
}

/** What is sent; a time that cannot be read is sent as NaN, so that the schema says which is missing. */
export function planInput(draft: PlanDraft, requestId: string): InputOf<typeof PlanInterruption> {
  return {
    requestId,
    kind: draft.kind,
    reason: draft.reason,
    scope: scopeOfDraft(draft),
    fromAt: readTime(draft.from) ?? Number.NaN,
    toAt: readTime(draft.to) ?? Number.NaN,
    resumeBy: readTime(draft.resumeBy) ?? Number.NaN,
  }
}
