/** What a spreadsheet or text table may be, so that no file can stall or end the backend, and what it is refused with. */
import { domainError } from '../errors.ts'

export const FileRefused = domainError('FileRefused', '这个文件不能导入')

/** Bytes of a file. A hundred thousand customers with forty columns are some 30 MB as .xlsx and 60 MB as text. */
export const maxFileBytes = 300 * 1024 * 1024
/** Columns of a row that may hold something. */
export const maxColumns = 100
/** Records of a file, blank ones counted: what Excel can hold. */
export const maxRecords = 1_048_576
/** Characters of one cell that are kept; what is longer is cut and told. */
export const maxCellLength = 2_000
/** Characters of one record of a text table: beyond them it is no table, or a quote was never closed. */
export const maxRecordLength = 2_000_000
/** Sheets of a workbook. */
export const maxSheetCount = 256

/** Entries of a package; Excel writes some dozens. */
export const maxEntries = 10_000
/** Bytes all entries that are read may unpack to, counted while they are unpacked. */
export const maxInflatedBytes = 2_000_000_000
/** Bytes unpacked for each packed byte, once an entry has passed `freeInflatedBytes`. Tables of Excel reach some 60. */
export const maxRatio = 250
export const freeInflatedBytes = 8 * 1024 * 1024

/** Elements inside each other; Excel nests less than ten. */
export const maxDepth = 64
/** Characters of one tag or text: a cell of some megabytes is cut, more is no table. */
export const maxTokenLength = 8_000_000
/** Cell formats (Excel itself allows some 65,000) and number formats of a workbook. */
export const maxStyles = 70_000
export const maxNumberFormats = 5_000
/** Characters of one number format. */
export const maxFormatLength = 255
/** Shared texts of a workbook, and their characters together: they are held in memory while rows are read. */
export const maxSharedTexts = 2_000_000
export const maxSharedCharacters = 60_000_000

/** Megabytes the reading worker may take; beyond them it ends and the file is refused. */
export const workerMemoryMb = 512
/** Milliseconds a reading may take in all, and a first look at a file. */
export const maxReadingMs = 15 * 60_000
export const maxLookMs = 3 * 60_000
/** Rows handed over at once, and batches handed over before the reader waits for them to be taken. */
export const batchRows = 500
export const batchesAhead = 4

export const tooMuch = () => new FileRefused('文件内容过多或结构异常，请只留需要的工作表和列，另存为新的 .xlsx 再试')
export const damaged = () => new FileRefused('文件已损坏或没有下载完整，请用 Excel 打开后另存为新的 .xlsx 再试')
export const tooSlow = () => new FileRefused('文件太复杂，读取超时；请只留需要的工作表和列，另存为新的 .xlsx 再试')
export const tooManyColumns = (row: number, columns: number) =>
  new FileRefused(`第 ${row} 行有 ${columns} 列，最多 ${maxColumns} 列；请核对分隔符，删去多余的列再试`)
