/** Papers as they leave the program: PDFs by Electron's own printing, read back by another reader. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaperKind } from '../../src-main/notices/api.ts'
import { amountInCapitals } from '../../src-main/platform/capitals.ts'
import { openSqlite } from '../../src-main/platform/database.ts'
import { openKey } from '../../src-main/platform/keys.ts'
import { fen, formatYuan } from '../../src-main/platform/money.ts'
import { logIn, startApp, type RunningApp } from './support/app.ts'
import {
  debtors,
  find,
  openShift,
  paymentsOf,
  press,
  putReceiptAway,
  receiptPreview,
  takeCash,
} from './support/cashier.ts'
import { pagesOf, tokenOf } from './support/papers.ts'
import { readPdf, type PdfPage } from './support/pdf.ts'

let app: RunningApp
let page: Page
beforeAll(async () => {
  app = await startApp()
  page = app.page
  await logIn(page, '2001')
  await openShift(page)
})
afterAll(() => app.close())

function choosePaper(size: string): void {
  const sqlite = openSqlite({ path: join(app.dataFolder, 'hall.db'), key: openKey(app.dataFolder, { osStore: null }) })
  sqlite
    .prepare(
      `INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES ('paper.receipt', ?, 0, 'test')`,
    )
    .run(JSON.stringify(size))
  sqlite.close()
}

/** Saves the paper in the preview; each time under a name of its own. */
async function keep(name: string): Promise<PdfPage[]> {
  const printings = () => app.query<{ n: number }>('SELECT count(*) AS n FROM printings')[0]?.n
  const before = printings() ?? 0
  await press(page, 'Control+s', '存为 PDF')
  const link = page.getByRole('button', { name: '已存为 PDF' })
  await link.waitFor()
  await page.locator('.paper-preview button.is-loading').waitFor({ state: 'detached' })
  expect(printings()).toBe(before + 1)
  const path = (await link.getAttribute('title')) ?? ''
  const kept = join(app.dataFolder, `${name}.pdf`)
  copyFileSync(path, kept)
  return readPdf(kept)
}

test.each([
  ['A5', 148, 210],
  ['241-half', 241, 140],
  ['241-third', 241, 93],
])(
  'a receipt on %s paper holds what was paid, in figures and capitals, and the second copy says 补打',
  async (size, width, height) => {
    choosePaper(size)
    const [debtor] = debtors(app, 1)
    if (!debtor) throw new Error('nobody owes anything')
    await find(page, debtor)
    const received = await takeCash(page)
    await press(page, 'F12', '确认收款')
    await receiptPreview(page).waitFor()
    const [paid] = paymentsOf(app, debtor.accountId)
    if (!paid) throw new Error('the payment is not in the database')
    const amount = fen(paid.amount)

    const first = await keep(`first-${size}`)
    expect(first.map((one) => [one.width, one.height])).toEqual([[width, height]])
    const text = first[0]?.text ?? ''
    for (const words of [
      '收费收据',
      paid.receiptNo,
      debtor.name,
      debtor.accountNo,
      formatYuan(amount),
      amountInCapitals(amount),
      formatYuan(fen(received)),
      formatYuan(fen(received - amount)),
      '刘志强',
      '第1页共1页',
    ])
      expect(text, words).toContain(words)
    expect(text).not.toContain('补打')

    const second = await keep(`second-${size}`)
    expect(second[0]?.text).toContain('补打')
    expect(second[0]?.text).toContain(amountInCapitals(amount))
    await putReceiptAway(page)
  },
)

/** Every kind of paper of which the demo hall has one, with where it is found. */
const found: readonly (readonly [PaperKind, string])[] = [
  ['receipt', 'SELECT id FROM payments ORDER BY id LIMIT 1'],
  ['reversal', 'SELECT payment_id AS id FROM reversals LIMIT 1'],
  ['bill', "SELECT id FROM bills WHERE state = 'open' AND amount > 0 AND reading_id IS NOT NULL LIMIT 1"],
  ['supply-contract', "SELECT id FROM contracts WHERE kind = 'supply' AND state = 'signed' LIMIT 1"],
  ['safety-contract', "SELECT id FROM contracts WHERE kind = 'safety' AND state = 'signed' LIMIT 1"],
  ['day-report', 'SELECT date AS id FROM business_days ORDER BY date LIMIT 1'],
  ['deposit-slip', 'SELECT id FROM deposit_slips LIMIT 1'],
  ['scorecard', 'SELECT id FROM scorecards LIMIT 1'],
  ['complaint', 'SELECT id FROM complaints ORDER BY id LIMIT 1'],
  ['complaint-month', "SELECT '2026-10' AS id"],
  ['work-order', "SELECT id FROM workorders WHERE kind <> 'consultation' ORDER BY urgent DESC LIMIT 1"],
  ['inspection-round', "SELECT round_id AS id FROM inspection_tasks WHERE state = 'planned' LIMIT 1"],
  ['absence-card', "SELECT round_id AS id FROM inspection_tasks WHERE state = 'planned' LIMIT 1"],
  ['rectification-notice', 'SELECT id FROM rectification_notices LIMIT 1'],
  ['interruption-door', 'SELECT id FROM interruptions WHERE noticed_at IS NOT NULL LIMIT 1'],
  ['interruption-slip', "SELECT id || '/1' AS id FROM interruptions WHERE noticed_at IS NOT NULL LIMIT 1"],
  ['resumption-door', 'SELECT id FROM interruptions WHERE noticed_at IS NOT NULL LIMIT 1'],
  ['resumption', 'SELECT id FROM supply_resumptions WHERE notice_no IS NOT NULL LIMIT 1'],
  ['dunning', 'SELECT batch_id AS id FROM dunnings LIMIT 1'],
  ['deactivation', "SELECT id FROM account_processes WHERE kind = 'deactivation' LIMIT 1"],
  ['transfer', "SELECT id FROM account_processes WHERE kind = 'transfer' LIMIT 1"],
  ['meter-exchange', "SELECT id FROM account_processes WHERE kind = 'exchange' LIMIT 1"],
  ['settlement', "SELECT id FROM account_processes WHERE kind IN ('closing', 'transfer') LIMIT 1"],
  ['notice-board', "SELECT 'A3' AS id"],
  ['notice-board', "SELECT 'A4' AS id"],
  ['campaign-record', 'SELECT id FROM campaigns LIMIT 1'],
  ['drill-record', 'SELECT id FROM drills LIMIT 1'],
  ['report', 'SELECT id FROM report_results LIMIT 1'],
]

/** What a customer or an officer looks for first on any paper. */
function checkPages(pages: readonly PdfPage[], kind: PaperKind, copies = 1): void {
  const device = app.query<{ company: string; hall: string }>(
    'SELECT company_name AS company, hall_name AS hall FROM device',
  )[0]
  const each = pages.length / copies
  pages.forEach(({ text }, i) => {
    expect(text, kind).toContain(device?.company)
    expect(text, kind).toMatch(/No\./)
    expect(text, kind).toContain(`第${(i % each) + 1}页共${each}页`)
    expect(text, `${kind} says that it is a demo`).toMatch(/演示|草稿|作废/)
  })
  expect(pages[0]?.text).toContain(device?.hall)
  // More stands on a last page than the signatures: the foot and the head are some 80 letters.
  expect(pages.at(-1)?.lines.length, `${kind}: something stands beside the signatures`).toBeGreaterThan(6)
}

test('every paper of the demo hall says who, which number, which page of how many, and that it is a demo', async () => {
  const token = await tokenOf(page, '3001')
  const shown: string[] = []
  for (const [i, [kind, sql]] of found.entries()) {
    const id = app.query<{ id: string }>(sql)[0]?.id
    if (id === undefined) continue
    const pages = await pagesOf(page, token, { kind, id }, `${String(i).padStart(2, '0')}-${kind}`)
    const batch = kind === 'absence-card' || kind === 'dunning' || kind.endsWith('-door') || kind.endsWith('-slip')
    if (!batch) checkPages(pages, kind, kind.endsWith('-contract') ? 2 : 1)
    shown.push(kind)
  }
  process.stdout.write(`papers: ${shown.join(' ')}\n`)
  expect(new Set(shown).size).toBeGreaterThan(12)
})
