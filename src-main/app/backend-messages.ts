/** What the main process and the utility process say to each other. */
import type { RestoreProof } from './api.ts'
import type { CallFailure } from '../platform/contract.ts'
import type { JoinOrder, PrintOutcome, TicketedPaper } from './api.ts'

export interface SavedFile {
  readonly name: string
  readonly fileName: string
  /** Bytes. */
  readonly size: number
  /** SHA-256, hex. */
  readonly hash: string
  /** It was put on record, and could not be written. */
  readonly failed?: true
}

export type BackendCommand =
  | {
      readonly type: 'open'
      readonly dataFolder: string
      readonly resources: string
      /** 64 hex digits. */
      readonly key: string
      /** Fill a new database with the demo hall. */
      readonly demo: boolean
      /** Ms by which the clock of the hall is ahead of the PC's; null for the clock of the PC. Stays over a restart. */
      readonly clockOffset: number | null
      /** The key was made a moment ago: there is no database yet, and one is made. */
      readonly create: boolean
      readonly version: string
    }
  /** Opens the line to the host instead of a database; `joined`: this PC has joined a moment ago, which is kept now. */
  | {
      readonly type: 'openTill'
      readonly dataFolder: string
      readonly key: string
      readonly clockOffset: number | null
      readonly version: string
      readonly joined: boolean
    }
  /** 加入本厅; answered with the same `ask`. Nothing is written on this PC. */
  | ({
      readonly type: 'join'
      readonly ask: number
      readonly clockOffset: number | null
      readonly version: string
    } & JoinOrder)
  | { readonly type: 'connect' }
  /** With a port to the notice board's display, to which only is spoken. */
  | { readonly type: 'display' }
  | { readonly type: 'restore'; readonly fileName: string; readonly by: RestoreProof | null }
  /** Asks for the paper behind a ticket; answered by a report with the same `ask`. */
  | { readonly type: 'paper'; readonly ask: number; readonly ticket: string }
  /** What became of a counted printing. */
  | { readonly type: 'printing'; readonly printingId: string; readonly outcome: PrintOutcome; readonly detail: string }
  /** Asks whether somebody is at work with this token, and the screen not locked; answered with the same `ask`. */
  | { readonly type: 'session'; readonly ask: number; readonly token: string }
  /** Sets (null: gives up) the second place of backups for the administrator at work; answered with the same `ask`. */
  | { readonly type: 'place'; readonly ask: number; readonly folder: string | null; readonly token: string }
  /** Puts on record that a file is saved by whoever is at work; answered with the same `ask`. */
  | { readonly type: 'file'; readonly ask: number; readonly file: SavedFile; readonly token: string }
  /** Files that somebody chose in the system's dialog: a page may name these, and no others. */
  | { readonly type: 'chosen'; readonly paths: readonly string[] }
  /** Sends files that somebody at work here chose to the host of this till; answered with the same `ask`. */
  | { readonly type: 'send'; readonly ask: number; readonly paths: readonly string[]; readonly token: string }
  | { readonly type: 'close' }

/** `damaged`: nobody is at work, and the file is damaged, so that perhaps nobody can be. */
export type SessionFound = 'open' | 'locked' | 'none' | 'damaged'

export type BackendReport =
  | { readonly type: 'opened' }
  | { readonly type: 'seeding'; readonly text: string }
  | { readonly type: 'failed'; readonly error: CallFailure }
  /** `paper` is null for a ticket that is unknown, too old, or whose operator has left. */
  | { readonly type: 'paper'; readonly ask: number; readonly paper: TicketedPaper | null }
  | { readonly type: 'session'; readonly ask: number; readonly found: SessionFound }
  /** What became of a `join`, a `place`, a `file` or a `send`; null: done. `paths`: where what was sent lies on the host. */
  | {
      readonly type: 'done'
      readonly ask: number
      readonly error: CallFailure | null
      readonly paths?: readonly string[]
    }
  /** The order was not carried out; the open database stays open. */
  | { readonly type: 'refused'; readonly error: CallFailure }
