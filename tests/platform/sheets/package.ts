/** Workbooks as nobody but an enemy or a broken program makes them, put together by hand. */
import { deflateRawSync, crc32 } from 'node:zlib'

export interface Part {
  readonly name: string
  readonly content: string | Buffer
  /** What the directory says the part unpacks to, where it lies. */
  readonly says?: number
  /** Bit 0: encrypted. */
  readonly flags?: number
}

export function packageOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, says, flags = 0 } of parts) {
    const bytes = Buffer.from(content)
    const data = deflateRawSync(bytes)
    const label = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(says ?? bytes.length, 18)
    common.writeUInt16LE(label.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, label, data])
    const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(14), label])
    entry.writeUInt32LE(at, 42)
    bodies.push(local)
    directory.push(entry)
    at += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, list, end])
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface BookParts {
  readonly sheet: string | Buffer
  readonly styles?: string | Buffer
  readonly texts?: string | Buffer
  readonly workbook?: string
  readonly more?: readonly Part[]
}

/** A workbook of one sheet 表 whose parts are given as they are. */
export function bookOf({ sheet, styles, texts, workbook, more = [] }: BookParts): Buffer {
  return packageOf([
    {
      name: 'xl/workbook.xml',
      content:
        workbook ??
        `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${[
        ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
        ['rId2', 'styles', 'styles.xml'],
        ['rId3', 'sharedStrings', 'sharedStrings.xml'],
      ]
        .map(([id, type, target]) => `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`)
        .join('')}</Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: sheet },
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', content: styles }]),
    ...(texts === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: texts }]),
    ...more,
  ])
}

export const sheetOf = (rows: string): string => `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`
export const inline = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
