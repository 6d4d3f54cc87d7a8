/** What the one reader of tables makes of the files people have. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  instantOf,
  lostDigits,
  otherUnitIn,
  readAmount,
  readMoment,
  type Cell,
} from '../../../src-main/platform/sheets/cells.ts'
import { csvRows, csvRowsOf, dialectOf } from '../../../src-main/platform/sheets/csv.ts'
import { inDigits, serialText, shapeOf } from '../../../src-main/platform/sheets/formats.ts'
import { readWhole } from '../../../src-main/platform/sheets/reader.ts'
import { bookOf, inline, sheetOf } from './package.ts'

const cellsOf = async (bytes: Uint8Array | string): Promise<readonly (readonly Cell[])[]> => {
  const { rows } = await readWhole(
    { name: 'a.csv', bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes },
    100,
  )
  return rows.map(({ cells }) => cells)
}

describe('text tables', () => {
  test('any table is read back, in pieces of any size, with any line end', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '户', '"', ',', '\n', '\r\n', ' ', ';'), maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 7 }),
        async (rows, end, size) => {
          const text =
            `a,b,c${end}` +
            rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('')
          async function* pieces() {
            for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
          }
          const read = []
          for await (const { row, cells } of csvRows(pieces(), text)) read.push([row, cells])
          const wanted = rows.flatMap((row, i) =>
            row.every((one) => one.trim() === '') ? [] : [[i + 2, row.map((one) => (one === '' ? null : one))]],
          )
          expect(read.slice(1)).toEqual(wanted)
        },
      ),
    )
  })
  test('a last line without an end counts, and blank lines keep their number', () =>
    expect(csvRowsOf('a,b\n\n1,2').map(({ row, cells }) => [row, cells])).toEqual([
      [1, ['a', 'b']],
      [3, ['1', '2']],
    ]))
  test('a quote inside a field is a character', () => expect(csvRowsOf('5"管,x')[0]?.cells).toEqual(['5"管', 'x']))
  test('a quote that is never closed names its line', () =>
    expect(() => csvRowsOf('a\n"b\nc')).toThrow('第 2 行有引号没有结束'))
  test('what parts the columns is seen below the titles, and what pads a value parts nothing', () => {
    const separator = (text: string) => dialectOf(text).separator
    expect(['a,b,c', 'a\tb', 'a;b;c,d', '"a,b";c', '标题\n账号：1\na\tb\tc', 'a\t,b\t,c\t'].map(separator)).toEqual([
      ',',
      '\t',
      ';',
      ';',
      '\t',
      ',',
    ])
  })
  test('a guard before each value tells where it ends, whatever stands in it', () => {
    const text =
      '时间,数据包,金额\n`2026-11-23 09:00:00,`{"a":1,"b":2,"c":3},`93.00\n`2026-11-23 09:01:00,`气费,"特价,`8.00\n'
    expect(csvRowsOf(text).map(({ cells, width }) => [cells, width])).toEqual([
      [['时间', '数据包', '金额'], 3],
      [['2026-11-23 09:00:00', '{"a":1,"b":2,"c":3}', '93.00'], 3],
      [['2026-11-23 09:01:00', '气费,"特价', '8.00'], 3],
    ])
  })
  test('a guarded bill that Excel has saved again is read as well', () =>
    expect(csvRowsOf('时间,数据包,金额\n`2026-11-23 09:00:00,"`{""a"":1,""b"":2}",`93.00\n')[1]?.cells).toEqual([
      '2026-11-23 09:00:00',
      '{"a":1,"b":2}',
      '93.00',
    ]))
  test('guards of Excel and of old programs go', async () =>
    expect(await cellsOf('号,a,b,c\n="000123",\'0532-1234567,\t42000\t,\'’s\n')).toEqual([
      ['号', 'a', 'b', 'c'],
      ['000123', '0532-1234567', '42000', "'’s"],
    ]))
  test.each<[string, Buffer]>([
    ['UTF-16 with a mark', Buffer.from('\ufeff号\t名\n1\t王\n', 'utf16le')],
    ['UTF-16 without one', Buffer.from('no,name,a,b,c,d\n1,x,,,,\n', 'utf16le')],
    ['UTF-16 of the other end', Buffer.from('\ufeff号,名\n1,王\n', 'utf16le').swap16()],
    ['UTF-8 with a mark and semicolons', Buffer.from('\ufeff号;名\n1;王\n')],
    ['GB18030', Buffer.from([0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0x0a, 0x31, 0x2c, 0xcd, 0xf5, 0x0a])],
  ])('%s', async (_, bytes) => {
    const [headings, row] = await cellsOf(bytes)
    expect([headings?.[0], row?.[0]]).toEqual([/no/.test(String(headings?.[0])) ? 'no' : '号', '1'])
  })
})

describe('workbooks', () => {
  test('a number keeps the zeros its format shows, a day with a time keeps both', async () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0000000"/><numFmt numFmtId="171" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/><numFmt numFmtId="172" formatCode="&quot;A&quot;0000-000"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="14"/><xf numFmtId="172"/><xf numFmtId="21"/></cellXfs></styleSheet>`
    const cells = [
      [0, 100017],
      [1, 100017],
      [2, 46349.625],
      [3, 46349],
      [4, 17],
      [5, 0.625],
      [1, 12345678],
    ]
    const sheet = sheetOf(
      `<row>${cells.map(([s, v]) => `<c s="${s}"><v>${v}</v></c>`).join('')}</row><row>${inline('x')}</row>`,
    )
    expect((await cellsOf(bookOf({ sheet, styles })))[0]).toEqual([
      100017,
      '0100017',
      '2026-11-23 15:00:00',
      '2026-11-23',
      'A0000-017',
      '15:00:00',
      '12345678',
    ])
  })
  test('shared and rich texts without their readings, results of formulas, truth and failure', async () => {
    const texts =
      '<sst><si><t>王</t><rPh><t>WANG</t></rPh></si><si><r><t>李</t></r><r><t>某</t></r></si><si><t/></si></sst>'
    const sheet = sheetOf(
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c r="D2"><f>1+1</f><v>2</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2" t="b"><v>1</v></c><c r="G2"><f>A1</f></c><c r="H2" t="s"><v>2</v></c></row><row r="3"><c r="A3" t="str"><f>x</f><v>y</v></c></row>',
    )
    expect(await cellsOf(bookOf({ sheet, texts }))).toEqual([
      ['王', null, '李某', 2, { error: '#N/A' }, '是', { error: '没有计算结果' }],
      ['y'],
    ])
  })
  test('which formats show days, and which show digits', () => {
    expect([14, 22, 0, 4].map((id) => shapeOf(id, undefined)?.kind ?? null)).toEqual(['date', 'date', null, null])
    expect(
      ['yyyy"年"m"月"', '[$-804]yyyy/m/d', '[Red]#,##0.00', '0.00', '0', '"日"0', 'General', '000-0000'].map(
        (code) => shapeOf(200, code)?.kind ?? null,
      ),
    ).toEqual(['date', 'date', null, null, null, null, null, 'digits'])
    expect([inDigits(17, ['0', '0', '0']), inDigits(1234, ['0', '0', '0']), inDigits(1.5, ['0', '0'])]).toEqual([
      '017',
      '1234',
      null,
    ])
    expect([
      serialText(46349, false),
      serialText(44887, true),
      serialText(46349.9999999, false),
      serialText(-1, false),
    ]).toEqual(['2026-11-23', '2026-11-23', '2026-11-24', null])
  })
})

describe('values', () => {
  test.each<[string, number]>([
    ['93.0000', 9_300],
    ['.50', 50],
    ['190.50元', 19_050],
    ['(200.00)', -20_000],
    ['（200.00）', -20_000],
    ['200.00-', -20_000],
    ['-200', -20_000],
    ['−200', -20_000],
    ['￥-1,234.50', -123_450],
    ['-¥1,234.50', -123_450],
    ['＋８.１', 810],
    ['人民币 12.30 元', 1_230],
    ['RMB12', 1_200],
    ['1 234.50', 123_450],
    ['12。5', 1_250],
    ['35.1000', 3_510],
    ['0', 0],
  ])('%s is %d fen', (written, amount) => expect(readAmount(written)).toBe(amount))
  test.each(['', '五元', '1.005', '1,23', '1-2', '4.2E+3', '--5', '()', '元'])('%j is no amount', (written) =>
    expect(() => readAmount(written)).toThrow(),
  )
  test.each([
    ['2026-11-23 15:00:01', '15:00:01'],
    ['2026/11/23 15:00', '15:00:00'],
    ['20261123150001', '15:00:01'],
    ['20261123 150001', '15:00:01'],
    ['20261123 1500', '15:00:00'],
    ['2026年11月23日 15时0分1秒', '15:00:01'],
    ['2026年11月23日15:00:01', '15:00:01'],
    ['2026-11-23T15:00:01+08:00', '15:00:01'],
    ['2026-11-23T07:00:01Z', '15:00:01'],
    ['2026-11-23T16:00:01+09:00', '15:00:01'],
    ['2026-11-22 21:30:01 -0930', '15:00:01'],
    ['2026-11-23 15:00:01.123', '15:00:01'],
    ['2026-11-23 下午3:00:01', '15:00:01'],
    ['2026-11-23 3:00:01 PM', '15:00:01'],
    ['２０２６－１１－２３　１５：００', '15:00:00'],
    ['46349.625', '15:00:00'],
    ['2026-11-23', '00:00:00'],
    ['20261123', '00:00:00'],
  ])('%s is in the afternoon of the 23rd', (written, time) => {
    const moment = readMoment(written)
    expect(moment && instantOf(moment)).toBe(Date.parse(`2026-11-23T${time}+08:00`))
  })
  test.each(['2026-02-30 09:00:00', '2026-11-23 25:00', '昨天', '15:00', '2026', '11/23/2026'])(
    '%j is no moment',
    (written) => expect(readMoment(written)).toBeNull(),
  )
  test.each([
    ['余额（万元）', '万元'],
    ['金额(分)', '分'],
    ['交易金额/万元', '万元'],
    ['单位：千元', '千元'],
    ['用气量【万立方米】', '万立方米'],
    ['表底(千m³)', '千m3'],
    ['金额(美元)', '美元'],
    ['余额（元）', null],
    ['单位：元', null],
    ['积分', null],
    ['收费单位', null],
    ['单价（元/立方米）', null],
    ['单位名称', null],
  ])('%s names the unit %j', (text, unit) => expect(otherUnitIn(text)).toBe(unit))
  test('a number that lost its digits is known for it', () =>
    expect(
      [
        '4.2E+27',
        '4.20000123420261e+27',
        4.2e27,
        '4200001234202610000000000000',
        '4200001234202611230000000001',
        '1E5',
      ].map(lostDigits),
    ).toEqual([true, true, true, true, false, true]))
})
