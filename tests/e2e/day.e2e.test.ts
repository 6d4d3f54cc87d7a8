/** The whole day of the demo on a small hall: the main job, end to end, in the real window. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { amountInCapitals } from '../../src-main/platform/capitals.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { playDay, type Day } from '../demo/day.ts'
import { startApp, type RunningApp } from './support/app.ts'
import { readPdf } from './support/pdf.ts'

let app: RunningApp
let folder: string
let day: Day

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hall-day-'))
  app = await startApp()
  day = await playDay(app, folder, (line) => process.stdout.write(`  ${line}\n`))
}, 600_000)
afterAll(async () => {
  await app?.close()
  rmSync(folder, { recursive: true, force: true })
})

const pdfText = async (path: string): Promise<string> => (await readPdf(path)).map(({ text }) => text).join('\n')

test('headquarters has every row and the same totals to the fen', () => {
  expect(day.uploaded.debitThere).toBe(day.uploaded.debitHere)
  expect(day.uploaded.rows).toBeGreaterThan(0)
})

test('the books of the day balance and the drawer is empty after the bank', () => {
  const [row] = app.query<{ debit: number; credit: number; drawer: number }>(
    `SELECT sum(debit) AS debit, sum(credit) AS credit,
            sum(CASE WHEN account = 'cash-drawer' THEN debit - credit ELSE 0 END) AS drawer FROM journal_lines`,
  )
  expect(row?.debit).toBe(row?.credit)
  expect(row?.drawer).toBe(0)
  expect(day.closed.overShort).toBe(-500)
})

test('receipt numbers have no gap, and the voided one is on record', () => {
  const numbers = app.query<{ no: string; state: string }>(
    'SELECT receipt_no AS no, state FROM receipts ORDER BY receipt_no',
  )
  const serials = numbers.map(({ no }) => Number(no.slice(-8, -1)))
  expect(serials).toEqual(serials.map((_, i) => i + 1))
  expect(numbers.filter(({ state }) => state === 'voided').map(({ no }) => no)).toEqual([day.cash.reversed.receiptNo])
})

test('the papers hold the right numbers when they are read back', async () => {
  const receipt = await pdfText(day.cash.cash.pdf)
  expect(receipt).toContain(day.cash.cash.receiptNo)
  expect(receipt).toContain(formatYuan(day.cash.cash.amount))
  expect(receipt).toContain(amountInCapitals(day.cash.cash.amount))
  expect(receipt).toContain('第1页共1页')
  const [report = '', slip = ''] = await Promise.all(day.closed.pdfs.map(pdfText))
  expect(report).toContain(day.closed.dayCloseNo)
  expect(report).toContain('-5.00')
  expect(slip).toContain(amountInCapitals(day.closed.deposit))
  for (const [i, pdf] of day.opened.pdfs.entries()) {
    expect(await pdfText(pdf)).toContain(day.opened.contracts[day.opened.contracts.length - 1 - i])
    expect(statSync(pdf).size).toBeGreaterThan(10_000)
  }
  expect(await pdfText(day.cash.crossing.pdf)).toContain(formatYuan(fen(day.cash.crossing.amount)))
})

test('the closed day refuses a new shift in words a cashier understands', () => {
  expect(day.closed.refusal).toContain('已日结')
})

test('everything is there after a restart', async () => {
  const before = app.query<{ n: number }>('SELECT count(*) AS n FROM journal_entries')
  app = await app.restart()
  await app.page.locator('input').first().waitFor()
  expect(app.query('SELECT count(*) AS n FROM journal_entries')).toEqual(before)
  const [row] = app.query<{ state: string }>(`SELECT state FROM business_days ORDER BY date DESC LIMIT 1`)
  expect(row?.state).toBe('closed')
})
