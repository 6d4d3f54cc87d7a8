/** XML of a workbook, read as it comes: nothing of it is kept but what its reader takes. Limits stand in `limits.ts`. */
import { SaxesParser } from 'saxes'
import { damaged, maxDepth, maxTokenLength, tooMuch } from './limits.ts'

export interface XmlReader {
  /** An element begins; names come without their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>, depth: number): void
  close(name: string): void
  text(text: string): void
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/**
 * @param stopped asked after every piece: true ends the reading early
 * @throws FileRefused for what is no XML, nests too deep, declares entities or holds one endless text
 */
export async function readXml(
  pieces: AsyncIterable<Buffer>,
  reader: XmlReader,
  afterPiece: () => Promise<boolean> | boolean = () => false,
): Promise<void> {
  const parser = new SaxesParser({ position: false })
  let depth = 0
  /** Characters since the last event: what the parser must be holding. */
  let held = 0
  let failure: Error | null = null
  const fail = (error: Error) => void (failure ??= error)
  parser.on('error', () => fail(damaged()))
  // A workbook never declares anything; whoever does wants entities unfolded.
  parser.on('doctype', () => fail(tooMuch()))
  parser.on('opentag', ({ name, attributes }) => {
    held = 0
    depth += 1
    if (depth > maxDepth) return fail(tooMuch())
    // Without namespaces an attribute is its text.
    if (failure === null) reader.open(local(name), attributes as Record<string, string>, depth)
  })
  parser.on('closetag', ({ name }) => {
    held = 0
    depth -= 1
    if (failure === null) reader.close(local(name))
  })
  parser.on('text', (text) => {
    held = 0
    if (failure === null) reader.text(text)
  })
  parser.on('cdata', (text) => {
    held = 0
    if (failure === null) reader.text(text)
  })
  parser.on('comment', () => void (held = 0))
  const decoder = new TextDecoder('utf-8')
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true })
    held += text.length
    parser.write(text)
    if (failure !== null) throw failure
    if (held > maxTokenLength) throw tooMuch()
    if (await afterPiece()) return
  }
  parser.write(decoder.decode())
  parser.close()
  if (failure !== null) throw failure
}
