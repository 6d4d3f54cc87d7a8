/**
 * 第二备份位置 of this PC: a folder on another disk, a stick or in the network. Kept beside the database, not in it, so that
 * it is known where no database opens, and so that a restore does not bring back an older choice.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { backupFiles, type StoredBackup } from './backup-files.ts'

const Place = z.object({
  folder: z.string().min(1),
  /** The newest copy that was tried: which, when (epoch ms), and what went wrong. */
  last: z.object({ fileName: z.string(), at: z.int(), error: z.string().nullable() }).nullable(),
})
export type BackupPlace = z.output<typeof Place>

const placePath = (root: string): string => join(root, 'backup-place.json')

/** Null when none was chosen, or when what stands there cannot be read. */
export function readPlace(root: string): BackupPlace | null {
  try {
    return Place.parse(JSON.parse(readFileSync(placePath(root), 'utf8')))
  } catch {
    return null
  }
}

export function writePlace(root: string, place: BackupPlace | null): void {
  const path = placePath(root)
  writeFileSync(`${path}.new`, JSON.stringify(place), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** Backups in the second place, newest first; none while it cannot be reached. */
export function placedBackups(root: string): StoredBackup[] {
  const place = readPlace(root)
  try {
    return place ? backupFiles(place.folder) : []
  } catch {
    return []
  }
}

/** Where a backup of that name lies: in the data folder, else in the second place. Null when in neither. */
export function findBackup({ root, backups }: { root: string; backups: string }, fileName: string): string | null {
  const place = readPlace(root)
  const paths = [backups, ...(place ? [place.folder] : [])].map((folder) => join(folder, fileName))
  return paths.find((path) => existsSync(path)) ?? null
}

/** Backups of both places, each once, newest first. */
export function allBackups({
  root,
  backups,
}: {
  root: string
  backups: string
}): (StoredBackup & { placed: boolean })[] {
  const here = backupFiles(backups)
  const elsewhere = placedBackups(root).filter(({ fileName }) => !here.some((file) => file.fileName === fileName))
  return [
    ...here.map((file) => ({ ...file, placed: false })),
    ...elsewhere.map((file) => ({ ...file, placed: true })),
  ].sort((a, b) => (a.fileName < b.fileName ? 1 : -1))
}
