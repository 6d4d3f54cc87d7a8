/** Backups as files in the data folder; listed also while no database opens. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
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

/** A backup was broken off where one of these is left: nothing will ever finish it. Returns how many were removed. */
export function clearUnfinished(folder: string): number {
  if (!existsSync(folder)) return 0
  const left = readdirSync(folder).filter((name) => /^hall-\d{8}-\d{6}\.db\.part/.test(name))
  for (const name of left) rmSync(join(folder, name), { force: true })
  return left.length
}

export function backupFiles(folder: string): StoredBackup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(isBackupName)
    .map((fileName) => {
      const { mtimeMs, size } = statSync(join(folder, fileName))
      return { fileName, at: Math.round(mtimeMs), size }
    })
    .sort((a, b) => (a.fileName < b.fileName ? 1 : -1))
}
