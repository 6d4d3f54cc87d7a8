/** What clerks bring: every encoding, every kind of wrong file. Each says in Chinese what is wrong, and nothing is written. */
import { deflateRawSync } from 'node:zlib'
import { mkdirSync, readFileSync, truncateSync, appendFileSync } from 'node:fs'
import exceljs from 'exceljs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Begin, Check, Discard, Inspect, Open, Problems } from '../../src-main/imports/api.ts'
import { CallFailed, openTestHall, type TestHall } from '../support/hall.ts'
import { customerRows, openFolder, type Folder } from './files.ts'
import { begin, plansIn, requestId, tryOut } from './steps.ts'

let hall: TestHall
let folder: Folder
let plan: string
beforeAll(async () => {
  hall = await openTestHall()
  folder = openFolder()
  plan = plansIn(hall).get('example-city-345') ?? ''
})
afterAll(async () => {
  folder.remove()
  await hall.close()
})

const refusal = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
  } catch (error) {
    if (error instanceof CallFailed) return error.failure.message
    throw error
  }
  throw new Error('was not refused')
}
const look = (path: string) => hall.call(Inspect, { path }, 'hall-manager')
const giveUp = (importId: string) => hall.call(Discard, { requestId: requestId(), importId }, 'administrator')
const count = (table: string) =>
  hall.hall.environment.sqlite.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n

const table = '户号,姓名,地址\r\n001,"王,某","阳光花园\n3-2-501"\r\n\r\n002,李某,阳光花园3-2-502\r\n\r\n,,\r\n'
/** The same in GB18030, as an old program writes it: the bytes of these characters by hand would prove nothing new. */
const gb = (text: string): Buffer => {
  const known = new Map<string, number[]>()
  const decoder = new TextDecoder('gb18030')
  for (let high = 0xb0; high < 0xf8; high++)
    for (let low = 0xa1; low < 0xff; low++) known.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Buffer.from([...text].flatMap((one) => known.get(one) ?? [one.charCodeAt(0)]))
}

test('to see which column is which, nobody reads the number of a person in full', async () => {
  const text =
    '户号,姓名,证件号码,联系电话\r\n001,王某,990000194001010013,199 0000 0001\r\n002,李某,９９００００１９４００１０１００１３,19900000002\r\n'
  const { sheets } = await look(folder.bytes('人.csv', Buffer.from(text)))
  expect(sheets[0]?.rows.map(({ cells }) => cells.slice(2))).toEqual([
    ['证件号码', '联系电话'],
    ['990***********0013', '199******0001'],
    ['990***********0013', '199****0002'],
  ])
})

test('a table is read only where somebody chose it in the system’s dialog, whatever a page says', async () => {
  const chosen = new Set<string>()
  const other = await openTestHall({ wasChosen: (path) => chosen.has(path) })
  try {
    const path = folder.bytes('not-chosen.csv', Buffer.from(table))
    const wanted = { kind: 'customers', source: '旧系统', sheet: '', headingRow: 1 } as const
    const ask = () => other.call(Inspect, { path }, 'administrator')
    expect(await refusal(ask())).toContain('选择文件')
    chosen.add(path)
    const { hash, size } = await ask()
    chosen.clear()
    const put = { ...wanted, path, hash, size, headings: ['户号', '姓名', '地址'], mapping: {}, requestId: requestId() }
    expect(await refusal(other.call(Begin, put, 'administrator'))).toContain('选择文件')
  } finally {
    await other.close()
  }
})

describe('text tables', () => {
  test.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${table}`)],
    ['GB18030', gb(table)],
    [
      'UTF-16 with tabs, as Excel says Unicode',
      Buffer.from(`\ufeff${table.replaceAll(',', '\t').replace('王\t某', '王,某')}`, 'utf16le'),
    ],
  ])('%s', async (name, bytes) => {
    const file = await look(folder.bytes(`${name.slice(0, 6)}.csv`, bytes))
    expect(file.sheets).toHaveLength(1)
    const [sheet] = file.sheets
    expect(sheet).toMatchObject({ name: '', headingRow: 1, kind: 'customers' })
    expect(sheet?.rows.slice(0, 2)).toEqual([
      { row: 1, cells: ['户号', '姓名', '地址'] },
      { row: 2, cells: ['001', '王,某', '阳光花园\n3-2-501'] },
    ])
  })

  test('blank lines in the middle and at the end are no rows, and the others keep their numbers', async () => {
    const rows = [...customerRows(2, 1), [''], ['', '', ''], ...customerRows(1, 3).slice(1), [''], ['']]
    const bad = (rows[5] as string[]).with(3, '1')
    const view = await tryOut(hall, folder.text('空行.csv', rows.with(5, bad)), {
      kind: 'customers',
      plans: { resident: plan },
    })
    expect(view).toMatchObject({ rows: 3, bad: 1 })
    const { rows: listed } = await hall.call(Problems, { importId: view.importId }, 'administrator')
    expect(listed).toMatchObject([{ rowNo: 6, column: '手机', value: '1' }])
    await giveUp(view.importId)
  })

  test.each([
    ['a quote that is never closed', 'a.csv', Buffer.from('户号,姓名\n1,"王\n2,李\n'), '第 2 行有引号没有结束'],
    ['nothing at all', 'b.csv', Buffer.alloc(0), '所选的文件是空的'],
    ['only blanks', 'c.csv', Buffer.from('\r\n,,,\r\n'), '文件里没有内容'],
    [
      '200 columns',
      'd.csv',
      Buffer.from(`${Array.from({ length: 200 }, (_, i) => `c${i}`).join(',')}\n`),
      '有 200 列，最多 100 列',
    ],
    ['a picture', 'e.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), '这不是表格文件'],
    [
      'a web page that is called a workbook',
      'g.xls',
      Buffer.from('<html><table><tr><td>户号</td></tr></table></html>'),
      '网页格式的表格',
    ],
    ['a file of another kind', 'h.pdf', Buffer.from('%PDF-1.4'), '请选择 Excel（.xlsx）'],
    ['no known encoding', 'f.csv', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a, 0xfe, 0xff]), '编码无法识别'],
  ])('%s is refused', async (_, name, bytes, message) => {
    expect(await refusal(look(folder.bytes(name, bytes)))).toContain(message)
  })

  test('a file that is not there, and a path that was not chosen', async () => {
    expect(await refusal(look(join(folder.path, 'none.csv')))).toContain('无法读取所选的文件')
    expect(await refusal(look('relative.csv'))).toContain('请用“选择文件”选取文件')
    mkdirSync(join(folder.path, 'folder.csv'))
    expect(await refusal(look(join(folder.path, 'folder.csv')))).toContain('所选的不是文件')
  })
})

/** The first bytes of an OLE file, with what Excel calls an encrypted workbook or without. */
const ole = (encrypted: boolean): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(70_000),
    Buffer.from(encrypted ? 'EncryptedPackage' : 'Workbook', 'utf16le'),
    Buffer.alloc(500),
  ])

/** A zip of one stored file. */
function zipOf(name: string, content: string): Buffer {
  const data = deflateRawSync(content)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(content.length, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt32LE(content.length, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + data.length, 16)
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end])
}

describe('workbooks', () => {
  test('every visible sheet is shown, dates as dates, numbers as Excel shows them, formulas by their results', async () => {
    const book = new exceljs.Workbook()
    const sheet = book.addWorksheet('客户')
    sheet.addRow(['2026 年客户清单'])
    sheet.mergeCells('A1:D1')
    sheet.addRow(['户号', '姓名', '开户日期', '余额', '电话'])
    sheet.addRow([
      1001,
      { richText: [{ text: '王' }, { text: '某' }] },
      new Date(Date.UTC(2020, 4, 1)),
      { formula: '0.1+0.2', result: 0.1 + 0.2 },
      13_900_000_001,
    ])
    const zero = sheet.addRow([1003, '赵某', '', { formula: 'C9', result: 0 }, ''])
    zero.getCell(5).value = { sharedFormula: 'D4', result: '13900000003' } as never
    sheet.addRow([
      1002,
      '李某',
      43_952,
      { formula: 'VLOOKUP(1,A:B,2)', result: { error: '#N/A' } as never },
      { text: '13900000002', hyperlink: 'tel:1' },
    ])
    book.addWorksheet('说明').addRow(['随便'])
    book.addWorksheet('隐藏', { state: 'hidden' }).addRow(['x'])
    const path = join(folder.path, 'book.xlsx')
    await book.xlsx.writeFile(path)
    const file = await look(path)
    expect(file.sheets.map(({ name }) => name)).toEqual(['客户', '说明'])
    expect(file.sheets[0]).toMatchObject({ headingRow: 2, kind: 'customers' })
    expect(file.sheets[0]?.rows.slice(2)).toEqual([
      { row: 3, cells: ['1001', '王某', '2020-05-01', '0.3', '139****0001'] },
      { row: 4, cells: ['1003', '赵某', '', '0', '139****0003'] },
      { row: 5, cells: ['1002', '李某', '43952', '#N/A', '139****0002'] },
    ])
  })

  test('a formula that failed and a cell of a megabyte are mistakes of their rows', async () => {
    const path = await folder.workbook('cells.xlsx', {
      表: [
        ['户号', '姓名', '地址', '余额', '备注', '供气状态'],
        ['1', '王某', '阳光花园1-1-101', { formula: '1/0', result: { error: '#DIV/0!' } }, '', '供气'],
        ['2', '李某', '阳光花园1-1-102', '', 'x'.repeat(1_000_000), '供气'],
      ],
    })
    const view = await tryOut(hall, path, { kind: 'customers', plans: { resident: plan } })
    const { rows } = await hall.call(Problems, { importId: view.importId, level: 'bad' }, 'administrator')
    expect(rows).toMatchObject([
      { rowNo: 2, column: '余额' },
      { rowNo: 3, column: '备注', reason: '内容超过 2000 个字，请核对是否串了列' },
    ])
    expect(rows[0]?.reason).toContain('公式出错')
    expect(rows[1]?.value.length).toBeLessThanOrEqual(200)
    await giveUp(view.importId)
  })

  test.each([
    ['with a password', ole(true), '文件设了打开密码'],
    ['of before 2007', ole(false), '这是旧版 Excel 文件（.xls）'],
    ['that is another kind of package', zipOf('word/document.xml', '<w/>'), '这不是 Excel 表格'],
    [
      'cut off in the beginning',
      zipOf('xl/workbook.xml', '<workbook>'.repeat(900)).subarray(0, 60),
      '文件已损坏或没有下载完整',
    ],
  ])('a workbook %s is refused', async (_, bytes, message) => {
    expect(await refusal(look(folder.bytes('bad.xlsx', bytes)))).toContain(message)
  })

  test('a workbook that was cut off while it was copied is refused', async () => {
    const path = await folder.workbook('cut.xlsx', { 表: customerRows(500) })
    truncateSync(path, Math.floor(readFileSync(path).length / 2))
    expect(await refusal(look(path))).toMatch(/文件已损坏或没有下载完整|不是 Excel 表格/)
  })

  test('200 columns and a sheet without rows are refused', async () => {
    const wide = await folder.workbook('wide.xlsx', { 表: [Array.from({ length: 200 }, (_, i) => `列${i}`)] })
    expect(await refusal(look(wide))).toContain('第 1 行有 200 列，最多 100 列')
    const empty = await folder.workbook('empty.xlsx', { 表: [] })
    expect(await refusal(look(empty))).toContain('文件里没有内容')
    const headings = await folder.workbook('headings.xlsx', { 表: [['户号', '姓名', '地址', '供气状态']] })
    expect(await refusal(tryOut(hall, headings, { kind: 'customers', plans: { resident: plan } }))).toContain(
      '第 1 行表头以下没有内容',
    )
  })

  test('merged headings leave columns without a name, which are called by their letters', async () => {
    const book = new exceljs.Workbook()
    const sheet = book.addWorksheet('表')
    sheet.addRow(['户号', '姓名', '地址', '', '', '供气状态'])
    sheet.mergeCells('C1:E1')
    sheet.addRow(['1', '王某', '阳光花园', '3号楼', 'x', '供气'])
    const path = join(folder.path, 'merged.xlsx')
    await book.xlsx.writeFile(path)
    const view = await tryOut(hall, path, {
      kind: 'customers',
      plans: { resident: plan },
      mapping: { accountNo: 0, name: 1, community: 2, building: 3, householdSize: 4, gasState: 5 },
    })
    const { rows } = await hall.call(Problems, { importId: view.importId, level: 'bad' }, 'administrator')
    expect(rows).toMatchObject([{ column: 'E 列', value: 'x' }])
    await giveUp(view.importId)
  })

  test('no text of a workbook is laid down as a file outside the database', async () => {
    const { readdirSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const before = new Set(readdirSync(tmpdir()))
    await look(await folder.workbook('secret.xlsx', { 表: customerRows(200) }))
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tmp-') && !before.has(name))).toEqual([])
  })
})

test('a file that changes between the look and the reading is not read, and nothing is left of it', async () => {
  const path = folder.text('变.csv', customerRows(5, 50))
  const importId = await begin(hall, path, { kind: 'customers', plans: { resident: plan } })
  appendFileSync(path, 'x\r\n')
  expect(await refusal(hall.call(Check, { importId }, 'administrator'))).toContain('文件在选择之后被改动')
  expect(await hall.call(Open, {}, 'administrator')).toBeNull()
})

test('required columns must be found before anything is read', async () => {
  const path = folder.text('缺列.csv', [
    ['姓名', '地址'],
    ['王某', '阳光花园'],
  ])
  expect(await refusal(begin(hall, path, { kind: 'customers', plans: { resident: plan } }))).toBe(
    '还有必需的列没有对上：户号、供气状态',
  )
  const file = await look(path)
  expect(
    await refusal(
      hall.call(
        Begin,
        {
          requestId: requestId(),
          path,
          hash: file.hash,
          size: file.size,
          kind: 'customers',
          source: '旧',
          sheet: '',
          headingRow: 1,
          headings: ['姓名', '地址'],
          mapping: { name: 0, accountNo: 200 },
        },
        'administrator',
      ),
    ),
  ).not.toBe('')
})

test('a column in another unit than yuan is refused by its name', async () => {
  for (const heading of ['余额（万元）', '账户余额(分)', '欠费/千元']) {
    const path = folder.text(`单位${heading.length}.csv`, [
      ['户号', '姓名', '地址', heading, '供气状态'],
      ['1', '王某', '阳光花园1号楼1单元101室', '0.93', '供气'],
    ])
    expect(await refusal(begin(hall, path, { kind: 'customers', plans: { resident: plan } }))).toContain(heading)
  }
})

test('a title above the headings that names another unit is refused by its line', async () => {
  const path = folder.text('单位在标题.csv', [
    ['某某燃气公司客户余额表'],
    ['制表：王某', '单位：万元'],
    ['户号', '姓名', '地址', '余额', '供气状态'],
    ['1', '王某', '阳光花园1号楼1单元101室', '0.93', '供气'],
  ])
  const importId = await begin(hall, path, { kind: 'customers', plans: { resident: plan } })
  expect(await refusal(hall.call(Check, { importId }, 'administrator'))).toContain('第 2 行写明以“万元”为单位')
  await giveUp(importId)
})

test('nothing of all this came into the books', () => {
  for (const name of [
    'customers',
    'accounts',
    'service_points',
    'meters',
    'bills',
    'journal_entries',
    'customer_events',
  ])
    expect([name, count(name)]).toEqual([name, 0])
})
