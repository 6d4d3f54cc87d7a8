/** The package a workbook is: its entries by yauzl, unpacked as they are read, every byte counted. */
import { fromBuffer, open, type Entry, type Options, type ZipFile } from 'yauzl'
import { damaged, FileRefused, freeInflatedBytes, maxEntries, maxInflatedBytes, maxRatio, tooMuch } from './limits.ts'

export interface Package {
  readonly names: ReadonlySet<string>
  /** The unpacked bytes of an entry, piece by piece. @throws FileRefused */
  read(name: string): AsyncGenerator<Buffer>
  /** Bytes of the package gone through, of those of `name`; 0–1. */
  share(): number
  close(): void
}

const passwordSet = () => new FileRefused('文件设了打开密码，请在 Excel 里去掉密码、另存后再试', { field: 'path' })

function openZip(source: string | Uint8Array): Promise<ZipFile> {
  const options: Options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }
  return new Promise((resolve, reject) => {
    const opened = (error: Error | null, zip?: ZipFile) => (error || !zip ? reject(damaged()) : resolve(zip))
    if (typeof source === 'string') open(source, options, opened)
    else fromBuffer(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options, opened)
  })
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  return new Promise((resolve, reject) => {
    if (zip.entryCount > maxEntries) return reject(tooMuch())
    zip.on('error', () => reject(damaged()))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      const name = entry.fileName.replaceAll('\\', '/').replace(/^\//, '')
      // Two entries of one name: which one is read would be anybody's guess.
      if (entries.has(name)) return reject(damaged())
      if (entries.size >= maxEntries) return reject(tooMuch())
      if (entry.isEncrypted()) return reject(passwordSet())
      entries.set(name, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

/** @throws FileRefused for a package that is cut off, encrypted or made to fill the disk */
export async function openPackage(source: string | Uint8Array): Promise<Package> {
  const zip = await openZip(source)
  let entries: Map<string, Entry>
  try {
    entries = await listEntries(zip)
  } catch (error) {
    zip.close()
    throw error
  }
  let inflated = 0
  let [part, whole] = [0, 1]
  return {
    names: new Set(entries.keys()),
    share: () => Math.min(1, part / whole),
    close: () => zip.close(),
    async *read(name) {
      const entry = entries.get(name)
      if (!entry) throw damaged()
      if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw damaged()
      const stream = await new Promise<NodeJS.ReadableStream & { destroy(): void }>((resolve, reject) =>
        zip.openReadStream(entry, (error, opened) => (error || !opened ? reject(damaged()) : resolve(opened))),
      )
      ;[part, whole] = [0, Math.max(1, entry.uncompressedSize)]
      try {
        for await (const piece of stream as AsyncIterable<Buffer>) {
          part += piece.length
          inflated += piece.length
          if (inflated > maxInflatedBytes) throw tooMuch()
          if (part > freeInflatedBytes && part > entry.compressedSize * maxRatio) throw tooMuch()
          yield piece
        }
      } catch (error) {
        throw error instanceof FileRefused ? error : damaged()
      } finally {
        stream.destroy()
      }
    },
  }
}
