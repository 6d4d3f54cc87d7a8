/** A file system of its own that can be filled to the last byte. Needs the right to mount one. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const megabytes = 24

export interface SmallDisk {
  readonly folder: string
  /** Leaves not a byte. */
  fill(): void
  empty(): void
  unmount(): void
}

/** Null where the right is missing. */
export function smallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'hall-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a')
      for (const size of [1 << 20, 4_096, 1]) {
        const block = Buffer.alloc(size)
        try {
          for (;;) if (writeSync(file, block) < size) break
        } catch {
          // Full for this size of block.
        }
      }
      closeSync(file)
    },
    empty: () => rmSync(ballast, { force: true }),
    unmount() {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether this user may mount one; says so when not. */
export function diskAllowed(): boolean {
  const trial = smallDisk()
  trial?.unmount()
  if (!trial) console.log('left out: a full disk needs the right to mount a small file system')
  return trial !== null
}
