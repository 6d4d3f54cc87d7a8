/** Papers as they leave the program: PDFs by Electron's own printing, read back by another reader. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paperSizes, type PaperSize } from '../../src-main/app/api.ts'
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

test.each(Object.entries(paperSizes) as [PaperSize, { width: number; height: number }][])(
  'a paper of several pages on %s has that size on each page, and each says which of how many it is',
  async (size, { width, height }) => {
    const html = `<!doctype html><meta charset="utf-8">${[1, 2, 3]
      .map(
        (n) =>
          `<section style="break-after: ${n < 3 ? 'page' : 'auto'}">第${n}段 1,234.50 壹仟贰佰叁拾肆元伍角整</section>`,
      )
      .join('')}`
    for (const landscape of [false, true]) {
      const path = await page.evaluate((job) => window.hall.desktop.pdf(job), {
        html,
        size,
        landscape,
        name: `pages-${size}-${landscape}`,
      })
      const pages = await readPdf(path)
      const wanted = [width, height].map((micrometres) => Math.round(micrometres / 1000))
      if (landscape) wanted.reverse()
      expect(pages.map((one) => [one.width, one.height])).toEqual([wanted, wanted, wanted])
      pages.forEach(({ text }, i) => {
        expect(text).toContain(`第${i + 1}段1,234.50壹仟贰佰叁拾肆元伍角整`)
        expect(text).toContain(`第${i + 1}页共3页`)
      })
    }
  },
)
