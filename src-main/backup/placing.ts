/** Copies one proved backup to the second place and reads the copy back. Runs in a worker, as a stick may be slow. */
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { clearUnfinished } from '../platform/backup-files.ts'
import { hashOfFile } from './copy.ts'

export interface PlacingOrder {
  readonly source: string
  readonly folder: string
  readonly fileName: string
  /** SHA-256 of the proved backup, hex. */
  readonly hash: string
}

/** @throws Error with the reason; `PlaceGone`, `PlaceDiffers` or the system's code */
export function placeCopy({ source, folder, fileName, hash }: PlacingOrder): null {
  if (!existsSync(folder)) throw Object.assign(new Error('the second place is gone'), { code: 'PlaceGone' })
  clearUnfinished(folder)
  const target = join(folder, fileName)
  const unfinished = `${target}.part`
  try {
    copyFileSync(source, unfinished)
    const file = openSync(unfinished, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (hashOfFile(unfinished) !== hash) throw Object.assign(new Error('the copy differs'), { code: 'PlaceDiffers' })
    renameSync(unfinished, target)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  return null
}
