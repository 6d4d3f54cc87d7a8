/**
 * The high-water mark: how far this hall had come, kept in a sealed file beside the database. A database that holds less
 * than the mark has lost something, whatever the reason (a damaged log, an old copy put in its place), and no number that
 * stands in the mark is given a second time. Written after each commit without waiting for the disk (a killed process loses
 * nothing of it), and waited for when the hall is idle.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { statement, type Sqlite } from './database.ts'
import type { Vault } from './vault.ts'

export interface Mark {
  /** Last row of the audit log: number, hash, and when it was written (epoch ms). */
  readonly seq: number
  readonly hash: string
  readonly at: number
  /** Next serial per kind of number. */
  readonly serials: Readonly<Record<string, number>>
  /** Newest number of the outbox, and how far headquarters had acknowledged. */
  readonly outbox: number
  readonly acknowledged: number
}

/** Two slots written in turn: a power cut in the middle of one leaves the other (bytes). */
const slotBytes = 16_384

export const markPath = (dataFolder: string): string => join(dataFolder, 'hall.mark')

/** How far the open database has come; null while its audit log is empty. */
export function markOf(sqlite: Sqlite): Mark | null {
  const last = statement<{ seq: number; hash: string; at: number }>(
    sqlite,
    'SELECT seq, hash, at FROM audit_log ORDER BY seq DESC LIMIT 1',
  ).get()
  if (!last) return null
  const outbox = statement<{ seq: number }>(sqlite, `SELECT seq FROM sqlite_sequence WHERE name = 'outbox'`).get()
  const sync = statement<{ acknowledged: number }>(sqlite, 'SELECT acknowledged FROM sync_state').get()
  const serials = statement<{ scope: string; next: number }>(sqlite, 'SELECT scope, next FROM serials').all()
  return {
    ...last,
    serials: Object.fromEntries(serials.map(({ scope, next }) => [scope, next])),
    outbox: outbox?.seq ?? 0,
    acknowledged: sync?.acknowledged ?? 0,
  }
}

interface Slot {
  /** Grows by one with each writing. */
  readonly no: number
  readonly mark: Mark
}

function readSlot(file: number, index: number, vault: Vault): Slot | null {
  const bytes = Buffer.alloc(slotBytes)
  const read = readSync(file, bytes, 0, slotBytes, index * slotBytes)
  if (read < 4) return null
  const length = bytes.readUInt32LE(0)
  if (length === 0 || length + 4 > read) return null
  const plain = vault.open(bytes.subarray(4, 4 + length))
  return plain && (JSON.parse(plain.toString('utf8')) as Slot)
}

function readSlots(path: string, vault: Vault): readonly (Slot | null)[] {
  const file = openSync(path, 'r')
  try {
    return [readSlot(file, 0, vault), readSlot(file, 1, vault)]
  } finally {
    closeSync(file)
  }
}

const newest = (slots: readonly (Slot | null)[]): Slot | null =>
  slots.reduce((best, slot) => (slot && (!best || slot.no > best.no) ? slot : best), null)

/** The mark kept in a data folder; null when there is none, when it is damaged, or under another key. Never throws. */
export function readMark(dataFolder: string, vault: Vault): Mark | null {
  const path = markPath(dataFolder)
  try {
    return existsSync(path) ? (newest(readSlots(path, vault))?.mark ?? null) : null
  } catch {
    return null
  }
}

/** The file of the mark while the hall is open. */
export class MarkFile {
  readonly #path: string
  readonly #vault: Vault
  #file: number | null = null
  #no = 0
  #unsynced = false

  constructor(dataFolder: string, vault: Vault) {
    this.#path = markPath(dataFolder)
    this.#vault = vault
  }

  /** @throws what the file system throws */
  write(mark: Mark): void {
    const file = this.#opened()
    const sealed = this.#vault.seal(Buffer.from(JSON.stringify({ no: this.#no + 1, mark } satisfies Slot)))
    // More kinds of numbers than fit would be a fault of the program; the old mark stays and errs on no side.
    if (sealed.length + 4 > slotBytes) throw new Error(`the mark has grown to ${sealed.length} bytes`)
    const bytes = Buffer.alloc(sealed.length + 4)
    bytes.writeUInt32LE(sealed.length)
    sealed.copy(bytes, 4)
    writeSync(file, bytes, 0, bytes.length, ((this.#no + 1) % 2) * slotBytes)
    this.#no += 1
    this.#unsynced = true
  }

  /** Waits for the disk. @throws what the file system throws */
  sync(): void {
    if (!this.#unsynced || this.#file === null) return
    fsyncSync(this.#file)
    this.#unsynced = false
  }

  close(): void {
    if (this.#file === null) return
    try {
      this.sync()
    } finally {
      closeSync(this.#file)
      this.#file = null
    }
  }

  #opened(): number {
    if (this.#file !== null) return this.#file
    const there = existsSync(this.#path)
    if (there) this.#no = newest(readSlots(this.#path, this.#vault))?.no ?? 0
    const file = openSync(this.#path, there ? 'r+' : 'w+', 0o600)
    // Its whole room at once: on a full disk it can still be written over.
    if (statSync(this.#path).size < 2 * slotBytes) {
      ftruncateSync(file, 0)
      writeSync(file, Buffer.alloc(2 * slotBytes))
      this.#no = 0
    }
    return (this.#file = file)
  }
}
