/** The data folder belongs to the user who runs the program: nobody else on the PC may list or read it. */
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Only its owner may enter a folder, read or write a file. */
const [ownerOnly, ownerReads, others] = [0o700, 0o600, 0o077]
/** Where PDFs in clear may lie, and how long one stays (ms). */
const papers = 'papers'
const keptMs = 86_400_000
/** Chromium's own, closed by itself; its locks point at what is no file. */
const windowFolder = 'window'

/**
 * Makes the folder if it is not there and takes everybody else's rights off it and off what lies in it: brought by an older
 * version, or copied here by somebody; a PDF left in it is gone after a day. On Windows the rights of the user's profile, in
 * which it lies, hold.
 * @param now epoch ms of the PC
 * @throws the system's error where the folder is not this user's or cannot be written
 */
export function keepPrivate(folder: string, now: number): void {
  mkdirSync(folder, { recursive: true, mode: ownerOnly })
  if (process.platform !== 'win32') chmodSync(folder, ownerOnly)
  accessSync(folder, constants.W_OK)
  if (process.platform !== 'win32') closeWhatIsIn(folder)
  removeOldPapers(folder, now)
}

/** What was made in a folder that is closed already was made closed: only open ones are gone through, however many scans there are. */
function closeWhatIsIn(folder: string): void {
  for (const name of names(folder)) {
    if (name === windowFolder) continue
    const path = join(folder, name)
    try {
      const found = lstatSync(path)
      if (found.isSymbolicLink() || (found.mode & others) === 0) continue
      if (found.isDirectory()) closeWhatIsIn(path)
      chmodSync(path, found.isDirectory() ? ownerOnly : ownerReads)
    } catch {
      // Somebody else's, or gone meanwhile: the folder around it is closed.
      continue
    }
  }
}

/** A PDF is gone after a day, wherever somebody left it in the data folder. */
export function removeOldPapers(folder: string, now: number): void {
  for (const place of [folder, join(folder, papers)])
    for (const name of names(place).filter((one) => one.toLowerCase().endsWith('.pdf')))
      removeOld(join(place, name), now)
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
