/** Where Chromium keeps what belongs to the window: in the data folder, so that each hall has its own. */
import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder for this data folder. Where it cannot be written (another user's, write-protected, a file in its place) a passing
 * one is made: the window has to come to say so.
 */
export function windowFolder(dataFolder: string): string {
  const own = join(dataFolder, 'window')
  try {
    mkdirSync(own, { recursive: true })
    accessSync(own, constants.W_OK)
    return own
  } catch {
    return mkdtempSync(join(tmpdir(), 'hall-window-'))
  }
}
