/** How large a file of an old system may be, and what it is refused with. */
import { domainError } from '../platform/errors.ts'

export const FileRefused = domainError('FileRefused', '这个文件不能导入')

/** Bytes. A hundred thousand customers with forty columns are some 30 MB as .xlsx and 60 MB as text. */
export const maxFileSize = 300 * 1024 * 1024
/** Bytes a workbook may unpack to; a larger one is made to fill the memory. */
export const maxUnpacked = 3_000_000_000
/** Rows with content; the largest hall has less than half of them. */
export const maxRows = 300_000
export const maxColumns = 100
/** Rows shown before columns are chosen. */
export const previewRows = 30
