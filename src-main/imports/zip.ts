/** The directory at the end of a package (.xlsx is one): whether the file is whole, what is in it, how large it unpacks to. */
import { closeSync, openSync, readSync } from 'node:fs'

const endMark = 0x06054b50
const entryMark = 0x02014b50
const endSize = 22
const entrySize = 46
/** A comment may follow the end mark. */
const longestComment = 65_535
/** A directory of more names than a workbook has (bytes). */
const maxDirectory = 4_000_000

export interface Package {
  readonly names: readonly string[]
  /** Bytes of all entries unpacked. */
  readonly unpacked: number
}

/** Null for a file that was cut off or is no package. @param size bytes of the file */
export function readPackage(path: string, size: number): Package | null {
  const file = openSync(path, 'r')
  const read = (from: number, length: number): Buffer => {
    const buffer = Buffer.alloc(length)
    return buffer.subarray(0, readSync(file, buffer, 0, length, from))
  }
  try {
    const tailSize = Math.min(size, endSize + longestComment)
    const tail = read(size - tailSize, tailSize)
    for (let at = tail.length - endSize; at >= 0; at--) {
      if (tail.readUInt32LE(at) !== endMark) continue
      const [length, from] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
      if (length > maxDirectory || from + length > size - tailSize + at) return null
      return entriesOf(read(from, length))
    }
    return null
  } finally {
    closeSync(file)
  }
}

function entriesOf(directory: Buffer): Package | null {
  const names: string[] = []
  let unpacked = 0
  for (let at = 0; at + entrySize <= directory.length;) {
    if (directory.readUInt32LE(at) !== entryMark) return null
    const nameLength = directory.readUInt16LE(at + 28)
    unpacked += directory.readUInt32LE(at + 24)
    names.push(directory.toString('utf8', at + entrySize, at + entrySize + nameLength))
    at += entrySize + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return { names, unpacked }
}
