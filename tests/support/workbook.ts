import exceljs from 'exceljs'

/** Opens an .xlsx as a spreadsheet program would. */
export async function openWorkbook(bytes: Uint8Array): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook()
  // A copy: a small file read by Node lies in a buffer that it shares with others.
  await book.xlsx.load(new Uint8Array(bytes).buffer)
  return book
}
