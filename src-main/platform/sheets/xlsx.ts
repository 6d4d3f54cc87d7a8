/** Rows of an .xlsx, streamed from its package; no text of it is laid down anywhere. */
import { cutCell, unguarded, type Cell, type SheetRow } from './cells.ts'
import { inDigits, serialText, shapeOf, type NumberShape } from './formats.ts'
import {
  damaged,
  FileRefused,
  maxColumns,
  maxCellLength,
  maxNumberFormats,
  maxRecords,
  maxSharedCharacters,
  maxSharedTexts,
  maxSheetCount,
  maxStyles,
  tooManyColumns,
  tooMuch,
} from './limits.ts'
import { openPackage, type Package } from './package.ts'
import { readXml } from './xml.ts'

interface SheetEntry {
  readonly name: string
  readonly path: string
}
export interface Workbook {
  readonly pack: Package
  /** Those that are shown. */
  readonly sheets: readonly SheetEntry[]
  readonly texts: readonly string[]
  /** Shape of the numbers by cell format. */
  readonly shapes: readonly NumberShape[]
  readonly since1904: boolean
}

const folder = 'xl/'
const at = (target: string): string => (target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''))

async function readWorkbookPart(pack: Package) {
  const found: { name: string; rel: string }[] = []
  let since1904 = false
  await readXml(pack.read(`${folder}workbook.xml`), {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet' || !['visible', undefined].includes(attributes['state'])) return
      if (found.length >= maxSheetCount) throw tooMuch()
      const rel = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? ''
      found.push({ name: (attributes['name'] ?? '').slice(0, 100), rel })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return { found, since1904 }
}

async function readRelations(pack: Package): Promise<Map<string, { target: string; type: string }>> {
  const relations = new Map<string, { target: string; type: string }>()
  const name = `${folder}_rels/workbook.xml.rels`
  if (!pack.names.has(name)) return relations
  await readXml(pack.read(name), {
    open(tag, { Id, Target, Type }) {
      if (tag !== 'Relationship' || Id === undefined || Target === undefined) return
      if (relations.size >= maxSheetCount * 4) throw tooMuch()
      relations.set(Id, { target: at(Target), type: Type?.split('/').at(-1) ?? '' })
    },
    close: () => undefined,
    text: () => undefined,
  })
  return relations
}

/** What every cell format does to a number. Fonts, fills and borders, by which such a part can be made huge, are let go. */
async function readShapes(pack: Package, name: string): Promise<NumberShape[]> {
  const codes = new Map<number, string>()
  let formats = 0
  const ids: number[] = []
  let inCellFormats = false
  await readXml(pack.read(name), {
    open(tag, attributes) {
      if (tag === 'numFmt') {
        formats += 1
        if (formats > maxNumberFormats) throw tooMuch()
        codes.set(Number(attributes['numFmtId']), (attributes['formatCode'] ?? '').slice(0, 300))
      } else if (tag === 'cellXfs') inCellFormats = true
      else if (tag === 'xf' && inCellFormats) {
        if (ids.length >= maxStyles) throw tooMuch()
        ids.push(Number(attributes['numFmtId'] ?? '0'))
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inCellFormats = false
    },
    text: () => undefined,
  })
  return ids.map((id) => shapeOf(id, codes.get(id)))
}

async function readTexts(pack: Package, name: string): Promise<string[]> {
  const texts: string[] = []
  let characters = 0
  let text = ''
  let [inText, phonetic] = [false, 0]
  await readXml(pack.read(name), {
    open(tag) {
      if (tag === 'si') text = ''
      else if (tag === 't') inText = true
      else if (tag === 'rPh') phonetic += 1
    },
    close(tag) {
      if (tag === 't') inText = false
      else if (tag === 'rPh') phonetic -= 1
      else if (tag === 'si') {
        characters += text.length
        if (texts.length >= maxSharedTexts || characters > maxSharedCharacters) throw tooMuch()
        texts.push(text)
      }
    },
    text(part) {
      if (inText && phonetic === 0 && text.length <= maxCellLength) text = cutCell(text + part)
    },
  })
  return texts
}

/** @throws FileRefused */
export async function openWorkbook(source: string | Uint8Array): Promise<Workbook> {
  const pack = await openPackage(source)
  if (pack.names.has('xl/workbook.bin')) {
    throw new FileRefused('这是二进制的 Excel 文件（.xlsb），请另存为 .xlsx 再试', { field: 'path' })
  }
  if (!pack.names.has('xl/workbook.xml')) {
    throw new FileRefused('这不是 Excel 表格，请选择 .xlsx 或 .csv 文件', { field: 'path' })
  }
  const { found, since1904 } = await readWorkbookPart(pack)
  const relations = await readRelations(pack)
  const part = (type: string, usual: string) => {
    const name = [...relations.values()].find((one) => one.type === type)?.target ?? folder + usual
    return pack.names.has(name) ? name : null
  }
  const [styles, strings] = [part('styles', 'styles.xml'), part('sharedStrings', 'sharedStrings.xml')]
  const sheets = found.flatMap(({ name, rel }, i): SheetEntry[] => {
    const path = relations.get(rel)?.target ?? `${folder}worksheets/sheet${i + 1}.xml`
    return pack.names.has(path) ? [{ name, path }] : []
  })
  if (sheets.length === 0) throw new FileRefused('这不是 Excel 表格，或其中没有工作表')
  return {
    pack,
    sheets,
    since1904,
    shapes: styles === null ? [] : await readShapes(pack, styles),
    texts: strings === null ? [] : await readTexts(pack, strings),
  }
}

/** 0 for A, 26 for AA; -1 for what is no reference of a cell. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length && i < 4; i++) {
    const letter = reference.charCodeAt(i) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

/** A cell as it is written in the sheet, before its meaning is known. */
interface Written {
  type: string
  style: number
  value: string | null
  inline: string
  formula: boolean
}

function cellOf({ type, style, value, inline, formula }: Written, { texts, shapes, since1904 }: Workbook): Cell {
  if (type === 'inlineStr') return inline === '' ? null : unguarded(inline)
  // A workbook made by another program may hold formulas nobody has computed.
  if (value === null) return formula ? { error: '没有计算结果' } : null
  switch (type) {
    case 's': {
      const text = texts[Number(value)]
      if (text === undefined) throw damaged()
      return text === '' ? null : unguarded(text)
    }
    case 'str':
      return value === '' ? null : unguarded(value)
    case 'e':
      return { error: value }
    case 'b':
      return value === '1' ? '是' : '否'
    case 'd':
      return value.replace('T', ' ').replace(/(?: 00:00:00(?:\.0+)?)?Z?$/, '')
  }
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return { error: '#错误' }
  const shape = shapes[style] ?? null
  if (shape?.kind === 'date') return serialText(number, since1904) ?? number
  return shape?.kind === 'digits' ? (inDigits(number, shape.parts) ?? number) : number
}

/**
 * Every row of a sheet that holds something, handed over as the sheet is gone through.
 * @param take answers false to stop
 * @throws FileRefused
 */
export async function readSheet(
  book: Workbook,
  sheet: SheetEntry,
  take: (row: SheetRow) => void,
  afterPiece: () => Promise<boolean> | boolean,
): Promise<void> {
  let [row, count] = [0, 0]
  let cells: Cell[] = []
  let [column, last] = [-1, -1]
  let [inValue, inInline, phonetic] = [false, false, 0]
  let cell: Written | null = null
  const put = (value: Cell) => {
    if (value === null || value === '') return
    last = Math.max(last, column)
    if (column < maxColumns) {
      while (cells.length < column) cells.push(null)
      cells[column] = value
    }
  }
  await readXml(
    book.pack.read(sheet.path),
    {
      open(tag, attributes) {
        switch (tag) {
          case 'row': {
            count += 1
            const told = Number(attributes['r'] ?? NaN)
            row = Number.isSafeInteger(told) && told > row ? told : row + 1
            if (count > maxRecords || row > maxRecords) throw tooMuch()
            ;[cells, column, last] = [[], -1, -1]
            return
          }
          case 'c': {
            const told = columnOf(attributes['r'] ?? '')
            column = told >= 0 ? told : column + 1
            cell = {
              type: attributes['t'] ?? 'n',
              style: Number(attributes['s'] ?? '0'),
              value: null,
              inline: '',
              formula: false,
            }
            return
          }
          case 'v':
            inValue = cell !== null
            if (cell) cell.value = ''
            return
          case 'f':
            if (cell) cell.formula = true
            return
          case 't':
            inInline = cell !== null
            return
          case 'rPh':
            phonetic += 1
        }
      },
      close(tag) {
        switch (tag) {
          case 'v':
            inValue = false
            return
          case 't':
            inInline = false
            return
          case 'rPh':
            phonetic -= 1
            return
          case 'c':
            if (cell) put(cellOf(cell, book))
            cell = null
            return
          case 'row':
            if (last >= maxColumns) throw tooManyColumns(row, last + 1)
            if (last >= 0) take({ row, cells, width: null })
        }
      },
      text(text) {
        if (cell === null) return
        if (inValue && (cell.value ?? '').length <= maxCellLength) cell.value = cutCell((cell.value ?? '') + text)
        else if (inInline && phonetic === 0 && cell.inline.length <= maxCellLength)
          cell.inline = cutCell(cell.inline + text)
      },
    },
    afterPiece,
  )
}
