/** Files of an old system, as text and as workbooks, in a temporary folder of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { inventedMobile, inventedNationalId } from '../support/invented.ts'

export interface Folder {
  readonly path: string
  text(name: string, rows: readonly (readonly string[])[], options?: { bom?: boolean; end?: string }): string
  bytes(name: string, content: Uint8Array | string): string
  workbook(name: string, sheets: Readonly<Record<string, readonly (readonly unknown[])[]>>): Promise<string>
  remove(): void
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export function openFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'hall-import-'))
  const at = (name: string) => join(path, name)
  return {
    path,
    text(name, rows, { bom = true, end = '\r\n' } = {}) {
      const text = rows.map((row) => row.map(quoted).join(',')).join(end) + end
      writeFileSync(at(name), (bom ? '\ufeff' : '') + text)
      return at(name)
    },
    bytes(name, content) {
      writeFileSync(at(name), content)
      return at(name)
    },
    async workbook(name, sheets) {
      const book = new exceljs.Workbook()
      for (const [title, rows] of Object.entries(sheets)) {
        const sheet = book.addWorksheet(title)
        for (const row of rows) sheet.addRow([...row])
      }
      await book.xlsx.writeFile(at(name))
      return at(name)
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** 王, 李 … the nth of a few names whose pinyin is known. */
const names = ['王晓明', '李建国', '单雄信', '曾国藩', '欧阳修', '赵春梅', '孙大志', '周文博']

export const customerHeadings = [
  '用户编号',
  '户名',
  '身份证号码',
  '手机',
  '安装地址',
  '表钢号',
  '表底',
  '抄表日期',
  '账户余额',
  '账期',
  '供气状态',
] as const

/** One customer of an old system with a meter; every third owes, every second of the others has prepaid. */
export function customerRow(n: number): string[] {
  const owes = n % 3 === 0
  return [
    `0${100_000 + n}`,
    `${names[n % names.length]}${n >= names.length ? n : ''}`,
    inventedNationalId(n),
    inventedMobile(n),
    `示例区人民路${1 + (n % 200)}号阳光花园${1 + Math.floor(n / 600)}号楼${1 + (Math.floor(n / 100) % 6)}单元${101 + (n % 100)}室`,
    `OLD${10_000_000 + n}`,
    `${100 + (n % 90_000)}.5`,
    '2026/10/31',
    owes ? `-${(n % 90) + 10}.35` : n % 2 === 0 ? `${(n % 50) + 5}.00` : '0',
    owes ? '2026年9月' : '',
    '供气',
  ]
}

export const customerRows = (count: number, from = 1): string[][] => [
  [...customerHeadings],
  ...Array.from({ length: count }, (_, i) => customerRow(from + i)),
]

/** The same table with the column that every file of customers must have: everybody in it is supplied. */
export const withGas = (rows: readonly (readonly string[])[], state = '供气'): string[][] => {
  const [headings = [], ...body] = rows
  return [
    [...headings, '供气状态'],
    ...body.map((row) => [...row, ...Array<string>(Math.max(0, headings.length - row.length)).fill(''), state]),
  ]
}
