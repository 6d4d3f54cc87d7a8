import { describe, expect, test } from 'vitest'
import { hiddenColumnsFrom, readAll, workbookOf } from '../../src-renderer/components/page-list.ts'
import { showTimeLeft, timeLeft } from '../../src-renderer/components/progress.ts'
import { isIdle } from '../../src-renderer/shell/idle.ts'
import { showBytes, showDone, showShortTime } from '../../src-renderer/shell/show.ts'
import { passphraseProblem } from '../../src-renderer/shell/start/passphrase.ts'
import { uploadWords } from '../../src-renderer/shell/upload-words.ts'
import { openWorkbook } from '../support/workbook.ts'

const noon = Date.parse('2026-11-23T12:00:00+08:00')

test('what is written down on a later day says so, and keeps its own', () => {
  expect([showDone('2026-11-23', noon), showDone('2026-11-22', noon)]).toEqual([
    '2026-11-23',
    '2026-11-22（11-23 补登）',
  ])
})

describe('the upload in the top bar', () => {
  const at = Date.parse('2026-11-23T09:05:00+08:00')
  test('says how many wait, and since when all is well', () => {
    expect(
      uploadWords({ waiting: 12, lastSuccessAt: at, lastError: null, configured: true, preparing: false }, noon),
    ).toEqual({
      state: 'todo',
      text: '待上报 12',
      title: '12 条等待上报。上次成功 09:05',
    })
    expect(
      uploadWords({ waiting: 0, lastSuccessAt: at, lastError: null, configured: true, preparing: false }, noon).text,
    ).toBe('已全部上报')
  })
  test('a PC without an address is no error, but is told', () => {
    const words = uploadWords(
      { waiting: 3, lastSuccessAt: null, lastError: null, configured: false, preparing: false },
      noon,
    )
    expect(words).toMatchObject({ state: 'plain', text: '上报未设置' })
  })
  test('an error is told in words, not by the dot alone', () => {
    const words = uploadWords(
      { waiting: 3, lastSuccessAt: null, lastError: '总部没有回应', configured: true, preparing: false },
      noon,
    )
    expect(words).toEqual({ state: 'late', text: '上报受阻 3', title: '总部没有回应。还没有上报成功过' })
    const none = uploadWords(
      { waiting: 0, lastSuccessAt: null, lastError: '总部没有回应', configured: true, preparing: false },
      noon,
    )
    expect(none).toMatchObject({ state: 'late', text: '上报受阻' })
  })
})

test('times are those of the hall, whatever the PC is set to', () => {
  expect(showShortTime(Date.parse('2026-11-22T23:59:00Z'), noon)).toBe('07:59')
  expect(showShortTime(Date.parse('2026-11-22T10:30:00+08:00'), noon)).toBe('11-22 10:30')
  expect([showBytes(100), showBytes(8_123_456)]).toEqual(['1 KB', '7.7 MB'])
})

test('the screen locks after the minutes of the setting, also after the PC slept', () => {
  expect(isIdle(noon, noon + 10 * 60_000 - 1, 10)).toBe(false)
  expect(isIdle(noon, noon + 10 * 60_000, 10)).toBe(true)
  expect(isIdle(noon, noon + 86_400_000, 10)).toBe(true)
})

test('a start passphrase is long enough and typed twice the same', () => {
  expect(passphraseProblem('short', 'short')).toBe('口令至少 12 位')
  expect(passphraseProblem('aaaaaaaaaaaa', 'aaaaaaaaaaaa')).toBe('此口令太容易被猜到，请换一个')
  expect(passphraseProblem(' quiet-hall-2026', ' quiet-hall-2026')).toBe('口令首尾不能是空格')
  expect(passphraseProblem('quiet-hall-2026', 'quiet-hall-2027')).toBe('两次输入的口令不同')
  expect(passphraseProblem('quiet-hall-2026', '')).toBe('请再输入一次口令')
  expect(passphraseProblem('quiet-hall-2026', 'quiet-hall-2026')).toBeNull()
})

describe('time left', () => {
  test('is not guessed before there is something to judge from', () => {
    expect(timeLeft(0, 2_999, 50, 100)).toBeNull()
    expect(timeLeft(0, 60_000, 0, 100)).toBeNull()
    expect(timeLeft(0, 60_000, 1, 1000)).toBeNull()
  })
  test('follows from what has been done', () => {
    expect(timeLeft(0, 10_000, 25_000, 100_000)).toBe(30_000)
    expect([showTimeLeft(2_000), showTimeLeft(41_000), showTimeLeft(130_000), showTimeLeft(3_600_000)]).toEqual([
      '约 5 秒',
      '约 45 秒',
      '约 3 分钟',
      '约 1 小时',
    ])
  })
})

describe('a list that is exported', () => {
  const pages = (count: number) => (page: { after: string | null; size: number }) => {
    const from = Number(page.after ?? 0)
    const to = Math.min(from + page.size, count)
    const rows = Array.from({ length: to - from }, (_, i) => from + i)
    return Promise.resolve({ rows, next: to < count ? String(to) : null })
  }
  test('holds every row once, in order', async () => {
    const { rows, complete } = await readAll(pages(1_003))
    expect(complete).toBe(true)
    expect(rows).toEqual(Array.from({ length: 1_003 }, (_, i) => i))
  })
  test('stops at the limit and says that it is not all', async () => {
    const { rows, complete } = await readAll(pages(5_000), 450)
    expect([rows.length, complete]).toEqual([450, false])
    expect((await readAll(pages(450), 450)).complete).toBe(true)
    const stopped = await readAll(pages(5_000), 5_000, (rows) => rows < 400)
    expect([stopped.rows.length, stopped.complete]).toEqual([400, false])
  })
})

test('remembered columns that are damaged hide nothing', () => {
  expect(hiddenColumnsFrom('["phone","address"]')).toEqual(['phone', 'address'])
  for (const text of [null, '{', '7', '[1,null]']) expect(hiddenColumnsFrom(text)).toEqual([])
})

test('an exported table keeps every digit of long numbers, and has its amounts from the data, whatever is printed', async () => {
  const bytes = await workbookOf(
    '客户',
    [
      { key: 'no', label: '户号', text: (row: { no: string; owed: number }) => row.no },
      {
        key: 'owed',
        label: '欠费（元）',
        align: 'right',
        text: () => '约一千',
        kind: 'money',
        value: ({ owed }) => owed,
      },
      { key: 'use', label: '用气', align: 'right', text: () => '—', kind: 'litre', value: () => 12_500 },
      { key: 'days', label: '天数', align: 'right', text: () => '12 天', kind: 'count', value: () => null },
    ],
    [{ no: '0010100000017', owed: 123_450 }],
  )
  const book = await openWorkbook(bytes)
  const rows = book.getWorksheet('客户')?.getSheetValues()
  expect(rows?.slice(2)).toEqual([
    [undefined, '户号', '欠费（元）', '用气', '天数'],
    [undefined, '0010100000017', 1234.5, 12.5],
  ])
  expect(book.getWorksheet('客户')?.getCell('B3').numFmt).toBe('#,##0.00')
})
