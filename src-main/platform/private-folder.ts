/** The data folder belongs to the user who runs the program: nobody else on the PC may list or read it. */
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Only its owner may enter. */
const ownerOnly = 0o700
/** Where PDFs in clear may lie, and how long one stays (ms). */
const papers = 'papers'
const keptMs = 86_400_000

/**
 * Makes the folder if it is not there and takes everybody else's rights off it; a PDF left in it is gone after a day. On
 * Windows the rights of the user's profile, in which it lies, hold.
 * @param now epoch ms of the PC
 * @throws the system's error where the folder is not this user's or cannot be written
 */
export function keepPrivate(folder: string, now: number): void {
  mkdirSync(folder, { recursive: true, mode: ownerOnly })
  if (process.platform !== 'win32') chmodSync(folder, ownerOnly)
  accessSync(folder, constants.W_OK)
  for (const name of names(join(folder, papers)).filter((one) => one.toLowerCase().endsWith('.pdf')))
    removeOld(join(folder, papers, name), now)
}

/** One that cannot be removed (a viewer holds it) is tried again at the next start. */
function removeOld(path: string, now: number): void {
  try {
    if (now - statSync(path).mtimeMs > keptMs) rmSync(path, { force: true, recursive: true })
  } catch {
    return
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
