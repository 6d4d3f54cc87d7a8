/** 模板: an empty workbook of a kind with its headings, an example row, and how each column is filled in. */
import { importFields, importKindNames, type ImportKind } from '../../src-main/imports/api.ts'

export async function templateOf(kind: ImportKind): Promise<Uint8Array> {
  const { default: exceljs } = await import('exceljs')
  const fields = importFields[kind]
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet(importKindNames[kind], { views: [{ state: 'frozen', ySplit: 1 }] })
  // Text, so that Excel keeps the zeros in front and every digit of a long number.
  sheet.columns = fields.map(({ key, label }) => ({ key, header: label, width: 18, style: { numFmt: '@' } }))
  sheet.addRow(fields.map(({ example }) => example))
  const heading = sheet.getRow(1)
  heading.font = { bold: true }
  fields.forEach(({ required }, i) => {
    if (required) heading.getCell(i + 1).font = { bold: true, color: { argb: 'FFC00000' } }
  })
  const help = book.addWorksheet('填写说明')
  help.columns = [
    { header: '列', width: 18 },
    { header: '必填', width: 8 },
    { header: '怎样填', width: 60 },
    { header: '也认得的列名', width: 60 },
  ]
  for (const { label, required, note, words } of fields) {
    help.addRow([label, required ? '必填' : '', note ?? '', words.join('、')])
  }
  help.getRow(1).font = { bold: true }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

export const templateName = (kind: ImportKind): string => `导入模板-${importKindNames[kind]}.xlsx`
