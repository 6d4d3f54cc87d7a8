/**
 * A little room kept back on the disk. A database that is opened needs a few pages for its index of the log, even to be
 * read; on a disk without a byte left, this room is given up for them, and taken again when there is some.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes. */
const reserveBytes = 512 * 1024
/** Taken only where so much more is free (bytes). */
const plentyBytes = 8 * 1024 * 1024

const reservePath = (dataFolder: string): string => join(dataFolder, 'hall.reserve')

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Whether the disk is so full that nothing can be opened. */
export function noRoom(dataFolder: string): boolean {
  try {
    return freeBytes(dataFolder) < reserveBytes
  } catch {
    return false
  }
}

/** Gives the room up; whether there was any. */
export function giveReserve(dataFolder: string): boolean {
  const path = reservePath(dataFolder)
  if (!existsSync(path)) return false
  rmSync(path, { force: true })
  return true
}

/** Takes the room where there is plenty. Never throws. */
export function takeReserve(dataFolder: string): void {
  const path = reservePath(dataFolder)
  try {
    // Random bytes: a file system that compresses keeps no room with zeros.
    if (!existsSync(path) && freeBytes(dataFolder) > plentyBytes) writeFileSync(path, randomBytes(reserveBytes))
  } catch {
    rmSync(path, { force: true })
  }
}
