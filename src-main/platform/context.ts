/** What a use case is given: who, when, where, and the open transaction. */
import type { Clock } from './clock.ts'
import type { HallEvent, Role } from './contract.ts'
import type { Db, Sqlite } from './database.ts'
import type { Logger } from './logging.ts'
import type { SettingsReader } from './settings.ts'
import type { TrustedClock } from './trusted-clock.ts'
import type { Vault } from './vault.ts'

export interface Actor {
  /** Staff id, or `system` for scheduled work. */
  readonly id: string
  readonly name: string
  readonly staffNo: string
  readonly roles: readonly Role[]
  /** Token hash of the session; null for the system and before login. */
  readonly sessionId: string | null
  /**
   * Whoever gave this person their last password, for a day after, and whoever had given theirs to those: they could have
   * chosen the next one too, so that they are no two persons for what one of them began (`two-persons.ts`).
   */
  readonly lentBy?: readonly string[]
}

export const systemActor: Actor = { id: 'system', name: '系统', staffNo: '', roles: [], sessionId: null }
export const nobody: Actor = { id: 'nobody', name: '未登录', staffNo: '', roles: [], sessionId: null }

export interface Device {
  readonly deviceId: string
  readonly streamId: string
  readonly companyName: string
  readonly hallCode: string
  readonly hallName: string
  /** Code of the till the hall began with; the serials of its numbers are filed under their bare kinds. */
  readonly pcCode: string
  readonly demo: boolean
}

/** Folders of this PC's data; all absolute. */
export interface DataPaths {
  readonly root: string
  readonly database: string
  readonly attachments: string
  readonly backups: string
  readonly logs: string
  /** Folder of the program's resources (migrations, templates). */
  readonly resources: string
}

export interface AuditNote {
  /** What the row is about, `entity:id`. */
  subject: string | null
  detail: Record<string, unknown>
  /** Who proved himself within the call, where nobody had signed in before it. */
  actor?: Actor
  /** When it was, where that is not the clock of the call: the moment a clock was set right (epoch ms). */
  at?: number
}

export interface Context {
  readonly db: Db
  readonly sqlite: Sqlite
  readonly clock: Clock
  readonly actor: Actor
  readonly settings: SettingsReader
  readonly paths: DataPaths
  readonly log: Logger
  readonly trustedClock: TrustedClock
  /** What the PC's clock says, believed or not (epoch ms). Whatever is kept takes `clock`. */
  readonly systemNow: () => number
  readonly health: { readonly damagedAt: number | null }
  /** Seals files that lie beside the database. */
  readonly vault: Vault
  /** Whether somebody chose this file in the system's dialog; everything is chosen where there is none (left out). */
  readonly wasChosen?: (path: string) => boolean
  /** @throws NotFound before the first-start wizard has run */
  readonly device: Device
  /** Code of the till (two digits) at which this is asked; the host's own for scheduled work. @throws NotFound as `device` */
  readonly till: string
  /** Adds to the audit row of this call. Called at most once with a subject; details are merged. */
  audit(note: Partial<AuditNote>): void
  /**
   * Puts a row of its own in the audit log, under the name given, as soon as this call has ended, also when it was
   * refused: for a look that is on record only because of what it found. Nothing is answered before it is written.
   */
  record(name: string, note: Partial<AuditNote>): void
  /** Tells the windows something once the transaction has committed. */
  emit(event: HallEvent): void
  /** Runs after the commit (never when the transaction failed). */
  afterCommit(run: () => void): void
}
