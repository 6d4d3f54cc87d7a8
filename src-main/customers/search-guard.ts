/**
 * Keeps the search from telling numbers to whoever may not see them. A whole ID or phone number that is found is on
 * record; and numbers can be tried only so often, so that a masked one is not found out by trying all that fit the mask.
 */
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { maskNationalId, maskPhone } from '../platform/identity.ts'
import { secretKind, type QueryWord } from './search-words.ts'

export const TooManySearches = domainError('TooManySearches', '按完整号码查找过于频繁，请稍后再试')

/**
 * Whole numbers that may be tried at once, and how fast they come back (ms each). A queue at the counter is some forty
 * customers an hour, and one whole number each; the seven digits a mask hides of a phone would take a fortnight.
 */
export const triesAtOnce = 40
export const tryReturnsMs = 30_000
/** What a number costs of that. Four characters are shown by every mask; six pass by while a longer number is typed. */
const costOf = (word: string): number => (secretKind(word) === 'whole' ? 1 : word.length === 6 ? 0.5 : 0)
/** Sessions remembered; the ones that asked longest ago are forgotten. */
const maxSessions = 500

interface Budget {
  left: number
  at: number
  /** The refusal is on record once, until there are tries again. */
  told: boolean
  /** The number tried last and when: looking again for the same one costs nothing, and soon after it is the same look. */
  last: string
  lastAt: number
}
// Of the process and not of the database: a search writes nothing. A restart gives forty tries more, and is on record.
const budgets = new WeakMap<object, Map<string, Budget>>()

function budgetOf({ sqlite, actor, clock }: Context): Budget {
  const all = budgets.get(sqlite) ?? new Map<string, Budget>()
  budgets.set(sqlite, all)
  const now = clock.now()
  // Of the person and not of the session: logging in again gives no new tries.
  const kept = all.get(actor.id)
  const budget = kept ?? { left: triesAtOnce, at: now, told: false, last: '', lastAt: 0 }
  budget.left = Math.min(triesAtOnce, budget.left + Math.max(0, now - budget.at) / tryReturnsMs)
  budget.at = now
  if (budget.left >= 1) budget.told = false
  all.delete(actor.id)
  all.set(actor.id, budget)
  if (all.size > maxSessions) all.delete(all.keys().next().value as string)
  return budget
}

const secretsIn = (words: readonly QueryWord[]): string[] =>
  words.flatMap((word) => [...(word.secret === null ? [] : [word.secret]), ...secretsIn(word.parts)])

/** A list and its sums, or a list read again after a change, look for the same number: one look on record (ms). */
const sameLookMs = 60_000

/**
 * Counts the numbers of a query against what this person may try.
 * @returns whether it is the look that went before, so that what it finds is on record already
 * @throws TooManySearches with the seconds to wait
 */
export function spendTries(context: Context, words: readonly QueryWord[]): boolean {
  const secrets = secretsIn(words)
  const [first] = secrets
  if (first === undefined) return false
  const budget = budgetOf(context)
  const asked = secrets.join(' ')
  if (asked === budget.last) {
    const same = budget.at - budget.lastAt < sameLookMs
    if (!same) budget.lastAt = budget.at
    return same
  }
  const cost = secrets.reduce((sum, word) => sum + costOf(word), 0)
  if (budget.left < cost) {
    if (!budget.told) context.record('customers.searchRefused', { detail: { reason: '按号码查找过于频繁' } })
    budget.told = true
    // In whole steps: told by the second, each try said something new, and the refusals stood over each other on the screen.
    const seconds = (Math.ceil(cost - budget.left) * tryReturnsMs) / 1000
    throw new TooManySearches(`按完整号码查找过于频繁，请 ${seconds} 秒后再试，或按姓名、地址、户号、表号查找`, {
      details: { seconds },
    })
  }
  budget.left -= cost
  budget.last = asked
  budget.lastAt = budget.at
  return false
}

/** Puts on record who was found by a whole number; the number itself only masked. */
export function recordFound(
  context: Context,
  words: readonly QueryWord[],
  found: readonly {
    readonly customerId: string
    readonly phone: string
    readonly phoneAlt: string | null
    readonly idNumber: string | null
  }[],
): void {
  for (const word of secretsIn(words)) {
    if (secretKind(word) !== 'whole') continue
    for (const { customerId, phone, phoneAlt, idNumber } of found) {
      const number = [phone, phoneAlt, idNumber].find(
        (one) => one !== null && one.replace(/[^0-9a-z]/gi, '').toLowerCase() === word,
      )
      if (number === undefined || number === null) continue
      const shown = number.length >= 15 ? maskNationalId(number) : maskPhone(number)
      context.record('customers.foundByNumber', { subject: `customer:${customerId}`, detail: { number: shown } })
    }
  }
}
