/**
 * Tickets (票): a paper is shown and printed by a name that nobody can guess, so that its text goes from here to the process
 * that prints and never through a page. A ticket belongs to the session that asked and dies with it; what is forgotten is
 * asked for again.
 */
import { randomBytes } from 'node:crypto'
import type { TicketedPaper } from '../app/backend-messages.ts'

/** How long a preview may stand open before it has to be asked for anew (ms). */
export const ticketLifeMs = 30 * 60_000
/** Kept at once; the oldest goes first. A preview and its printing are two. */
export const maxTickets = 24
/** Characters of all kept papers together: 300 dunnings are about three million. */
const maxCharacters = 60_000_000

export interface Held {
  readonly paper: TicketedPaper
  /** Hash of the session's token. */
  readonly sessionId: string | null
  readonly at: number
}

const held = new Map<string, Held>()

/** @returns the ticket, 64 hex digits */
export function giveTicket(paper: TicketedPaper, sessionId: string | null, now: number): string {
  const ticket = randomBytes(32).toString('hex')
  held.set(ticket, { paper, sessionId, at: now })
  let characters = [...held.values()].reduce((sum, one) => sum + one.paper.html.length, 0)
  for (const [oldest, one] of held) {
    const tooMany = held.size > maxTickets || characters > maxCharacters || now - one.at > ticketLifeMs
    if (!tooMany || oldest === ticket) break
    held.delete(oldest)
    characters -= one.paper.html.length
  }
  return ticket
}

/** What a ticket stands for; null when it is unknown or too old. */
export function heldPaper(ticket: string, now: number): Held | null {
  const found = held.get(ticket)
  return found !== undefined && now - found.at <= ticketLifeMs ? found : null
}
