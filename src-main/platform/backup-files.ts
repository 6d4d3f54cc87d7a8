/** Backups as files in the data folder; listed also while no database opens. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { shanghaiTime } from './dates.ts'

export interface StoredBackup {
  readonly fileName: string
  /** Epoch ms. */
  readonly at: number
  /** Bytes. */
  readonly size: number
}

const named = /^hall-\d{8}-\d{6}\.db$/

/** Only names we made: one with folders in it would reach elsewhere. */
export const isBackupName = (fileName: string): boolean => named.test(fileName)

/** `hall-20261123-123000.db`: the Shanghai time at which the backup began (epoch ms). */
export function backupFileName(startedAt: number): string {
  const { date, hour, minute, second } = shanghaiTime(startedAt)
  const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join('')
  return `hall-${date.replaceAll('-', '')}-${time}.db`
}

/** The instant a backup's name tells (epoch ms): copied from medium to medium, a file's own times say when it was copied. */
function begunAt(fileName: string): number {
  const [, year, month, day, hour, minute, second] = /^hall-(....)(..)(..)-(..)(..)(..)/.exec(fileName) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
}

/** None where there is no such folder, where a file lies in its place, and where it cannot be reached. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A backup was broken off where one of these is left: nothing will ever finish it. Returns how many were removed. */
export function clearUnfinished(folder: string): number {
  const left = namesIn(folder).filter((name) => /^hall-\d{8}-\d{6}\.db\.part/.test(name))
  for (const name of left) rmSync(join(folder, name), { force: true })
  return left.length
}

/** Newest first. What only bears such a name (a folder, a link to nothing) is none. */
export const backupFiles = (folder: string): StoredBackup[] =>
  namesIn(folder)
    .filter(isBackupName)
    .flatMap((fileName) => {
      const found = statSync(join(folder, fileName), { throwIfNoEntry: false })
      return found?.isFile() ? [{ fileName, at: begunAt(fileName), size: found.size }] : []
    })
    .sort((a, b) => (a.fileName < b.fileName ? 1 : -1))
