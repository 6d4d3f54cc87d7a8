/**
 * Wrong passwords at a restore without an open hall: no database is there to count them, so a sealed file beside it does,
 * over every restart. The pause is counted by the clock of the process, which nobody can set.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DatabaseKey } from '../platform/database.ts'
import { domainError } from '../platform/errors.ts'
import { makeVault, type Vault } from '../platform/vault.ts'

export const TooManyTries = domainError('TooManyTries', '密码输错次数过多，请 15 分钟后再试')

/** Wrong passwords in a row, and the pause after them (ms). */
const maxTries = 5
const pauseMs = 15 * 60_000

const Count = z.object({
  /** In a row, until a pause has passed. */
  recent: z.int().min(0),
  /** Since the last restore, for its record. */
  all: z.int().min(0),
})
type Count = z.output<typeof Count>

export const triesPath = (dataFolder: string): string => join(dataFolder, 'hall.tries')

export class RestoreTries {
  readonly #path: string
  readonly #vault: Vault
  readonly #now: () => number
  #count: Count
  /** When the pause began: with the last wrong password, or with the process. */
  #since: number

  /** @param now clock of the process (ms) */
  constructor(dataFolder: string, key: DatabaseKey, now: () => number = () => performance.now()) {
    this.#path = triesPath(dataFolder)
    this.#vault = makeVault(key)
    this.#now = now
    this.#count = this.#read()
    this.#since = now()
  }

  /** Wrong passwords since the last restore. */
  get all(): number {
    return this.#count.all
  }

  /** @throws TooManyTries while the pause lasts */
  check(): void {
    const left = this.#since + pauseMs - this.#now()
    if (left <= 0) this.#count = { ...this.#count, recent: 0 }
    if (this.#count.recent >= maxTries)
      throw new TooManyTries(`密码输错次数过多，请 ${Math.ceil(left / 60_000)} 分钟后再试，重新启动程序也要等`)
  }

  wrong(): void {
    this.#count = { recent: this.#count.recent + 1, all: this.#count.all + 1 }
    this.#since = this.#now()
    try {
      const sealed = this.#vault.seal(Buffer.from(JSON.stringify(this.#count)))
      writeFileSync(`${this.#path}.new`, sealed, { mode: 0o600 })
      renameSync(`${this.#path}.new`, this.#path)
    } catch {
      // Where nothing can be written nothing can be restored either; this process still counts.
    }
  }

  forget(): void {
    this.#count = { recent: 0, all: 0 }
    try {
      for (const path of [this.#path, `${this.#path}.new`]) rmSync(path, { force: true })
    } catch {
      // What stays errs on the side of a pause; the restore is done all the same.
    }
  }

  /** What was tampered with counts as too many. */
  #read(): Count {
    if (!existsSync(this.#path)) return { recent: 0, all: 0 }
    try {
      const plain = this.#vault.open(readFileSync(this.#path))
      return Count.parse(JSON.parse(plain?.toString('utf8') ?? ''))
    } catch {
      return { recent: maxTries, all: maxTries }
    }
  }
}
