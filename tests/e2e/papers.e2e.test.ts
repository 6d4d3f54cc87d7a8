/** Papers as they leave the program: PDFs by Electron's own printing, read back by another reader. */
import { copyFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
import { hugeBatch, makePaperHall, type PaperHall } from './support/paper-hall.ts'
import { pagesOf, tokenOf, type PutOut } from './support/papers.ts'
import { readPdf, type PdfPage } from './support/pdf.ts'
import { go } from './support/go.ts'

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

test('a paper that came before its preview is in sight is cut into pages once it is', async () => {
  const unseen = await page.addStyleTag({ content: '.paper-preview .sheet { display: none }' })
  const [debtor] = debtors(app, 1)
  if (!debtor) throw new Error('nobody owes anything')
  await find(page, debtor)
  await takeCash(page)
  await press(page, 'F12', '确认收款')
  const paper = page.frameLocator('.paper-preview iframe')
  await paper.getByText(debtor.name).first().waitFor({ state: 'attached' })
  await paper
    .locator('body')
    .evaluate(
      (body) => body.ownerDocument.readyState === 'complete' || new Promise((done) => addEventListener('load', done)),
    )
  await unseen.evaluate((style) => (style as Element).remove())
  await paper.getByText('第 1 页 共 1 页').waitFor()
  expect(await paper.locator('.page').count()).toBe(1)
  await putReceiptAway(page)
})

/** Every kind of paper of which the demo hall has one, with where it is found. */
const found: readonly (readonly [PaperKind, string])[] = [
  ['receipt', 'SELECT id FROM payments ORDER BY id LIMIT 1'],
  ['bill', "SELECT id FROM bills WHERE state = 'open' AND amount > 0 AND reading_id IS NOT NULL LIMIT 1"],
  ['day-report', 'SELECT date AS id FROM business_days ORDER BY date LIMIT 1'],
  ['complaint', 'SELECT id FROM complaints ORDER BY id LIMIT 1'],
  ['complaint-month', "SELECT '2026-10' AS id"],
  ['inspection-round', "SELECT round_id AS id FROM inspection_tasks WHERE state = 'planned' LIMIT 1"],
  ['absence-card', "SELECT round_id AS id FROM inspection_tasks WHERE state = 'planned' LIMIT 1"],
  ['rectification-notice', 'SELECT id FROM rectification_notices LIMIT 1'],
  ['interruption-door', 'SELECT id FROM interruptions WHERE noticed_at IS NOT NULL LIMIT 1'],
  ['interruption-slip', "SELECT id || '/1' AS id FROM interruptions WHERE noticed_at IS NOT NULL LIMIT 1"],
  ['deactivation', "SELECT id FROM account_processes WHERE kind = 'deactivation' LIMIT 1"],
  ['settlement', "SELECT id FROM account_processes WHERE kind IN ('closing', 'transfer') LIMIT 1"],
  ['notice-board', "SELECT 'A3' AS id"],
  ['notice-board', "SELECT 'A4' AS id"],
  ['campaign-record', 'SELECT id FROM campaigns LIMIT 1'],
  ['drill-record', 'SELECT id FROM drills LIMIT 1'],
  ['flow-chart', "SELECT 'workorder' AS id"],
  ['register-entry', 'SELECT id FROM register_entries LIMIT 1'],
]

/** What a customer or an officer looks for first on any paper. */
function checkPages(pages: readonly PdfPage[], kind: PaperKind): void {
  const device = app.query<{ company: string; hall: string }>(
    'SELECT company_name AS company, hall_name AS hall FROM device',
  )[0]
  pages.forEach(({ text }, i) => {
    expect(text, kind).toContain(device?.company)
    expect(text, kind).toMatch(/No\./)
    expect(text, kind).toContain(`第${i + 1}页共${pages.length}页`)
    expect(text, `${kind} says that it is a demo`).toMatch(/演示|草稿|作废/)
  })
  expect(pages[0]?.text).toContain(device?.hall)
  // More stands on a last page than the signatures: the foot and the head are some 80 letters.
  expect(pages.at(-1)?.lines.length, `${kind}: something stands beside the signatures`).toBeGreaterThan(6)
}

test('every paper of the demo hall says who, which number, which page of how many, and that it is a demo', async () => {
  const token = await tokenOf(page, '3001')
  const [shown, missing]: [string[], string[]] = [[], []]
  for (const [i, [kind, sql]] of found.entries()) {
    const id = app.query<{ id: string }>(sql)[0]?.id
    if (id === undefined) {
      missing.push(kind)
      continue
    }
    const pages = await pagesOf(page, token, { kind, id }, `${String(i).padStart(2, '0')}-${kind}`)
    const batch = kind === 'absence-card' || kind.endsWith('-door') || kind.endsWith('-slip')
    if (!batch) checkPages(pages, kind)
    shown.push(kind)
  }
  process.stdout.write(`papers: ${shown.join(' ')}\n`)
  // A kind that the demo hall has no more of is no longer looked at here.
  expect(missing).toEqual([])
})

describe('a hall with debts, a repair, a reversal and contracts', () => {
  let hall: PaperHall
  let own: RunningApp
  let token: string
  const put = (paper: PutOut, name: string) => pagesOf(own.page, token, paper, name)
  const textOf = (pages: readonly PdfPage[]) => pages.map(({ text }) => text).join('')
  beforeAll(async () => {
    hall = await makePaperHall()
    own = await startApp({ dataFolder: hall.folder })
    await logIn(own.page, '1001')
    token = await tokenOf(own.page, '3001')
  })
  afterAll(async () => {
    await own.close()
    rmSync(hall.folder, { recursive: true, force: true })
  })

  test('300 dunnings of 24 bills come out whole, however large, and each counts its own pages', async () => {
    const size = await own.page.evaluate(
      async ([id, session]) => {
        const { ticket } = (await window.hall.call('notices.paper', { kind: 'dunning', id }, session)) as {
          ticket: string
        }
        return ticket.length
      },
      [hall.batchId, token] as const,
    )
    // All that the page gets is the ticket.
    expect(size).toBe(64)
    const pages = await put({ kind: 'dunning', id: hall.batchId }, 'dunning-300')
    const documents = new Map<string, string[]>()
    for (const { text } of pages) {
      const number = /No\.(CJ\d+)/.exec(text)?.[1] ?? ''
      documents.set(number, [...(documents.get(number) ?? []), /第\d+页共\d+页/.exec(text)?.[0] ?? ''])
    }
    expect(documents.size).toBe(hugeBatch.dunnings)
    for (const [number, said] of documents) {
      expect(said, number).toEqual(said.map((_, i) => `第${i + 1}页共${said.length}页`))
    }
    expect(pages.filter(({ text }) => text.includes('2024-01-01至2024-01-28'))).toHaveLength(hugeBatch.dunnings)
    expect(pages.filter(({ text }) => text.includes('2025-12-01至2025-12-28'))).toHaveLength(hugeBatch.dunnings)
  })

  test.each([2, 4] as const)(
    'slips share a sheet, %i on each, and lose nothing',
    async (perPage) => {
      const pages = await put(
        { kind: 'bill', id: `issued/${hall.issuedOn}/1`, setup: { paper: 'A4', perPage } },
        `slips-${perPage}`,
      )
      const slips = textOf(pages).match(/账单通知单No\./g) ?? []
      expect(slips).toHaveLength(300)
      expect(pages.length).toBeGreaterThanOrEqual(300 / perPage)
      expect(pages.length).toBeLessThan(300 / perPage + 100)
      expect(pages[0]).toMatchObject({ width: 210, height: 297 })
      // One stands below the other.
      const heads = pages[0]?.lines.filter(({ text }) => text.includes('账单通知单')) ?? []
      expect(heads).toHaveLength(perPage)
      expect(Math.round((heads.at(-1)?.top ?? 0) - (heads[0]?.top ?? 0))).toBeCloseTo(148.5, -1)
    },
    600_000,
  )

  test('no signature stands alone on a last page, whatever the length of what is above it', async () => {
    const one =
      own.query<{ id: string }>('SELECT id FROM dunnings WHERE batch_id = ? LIMIT 1', hall.batchId)[0]?.id ?? ''
    for (let height = 110; height <= 200; height += 6) {
      const pages = await put({ kind: 'dunning', id: one, setup: { paper: { width: 210, height } } }, `break-${height}`)
      const last = pages.at(-1)
      expect(last?.text, `${height} mm`).toContain('签收')
      const above = last?.lines.filter(({ text }) => /\d{4}-\d\d-\d\d至|自本通知|可到营业厅/.test(text)) ?? []
      expect(above.length, `${height} mm: nothing but signatures on the last page`).toBeGreaterThan(0)
      // Nor with one line of a note: whoever signs sees what for.
      const signature = last?.lines.find(({ text }) => text.includes('签收'))?.top ?? 0
      const beside = new Set(
        last?.lines.map(({ top }) => Math.round(top)).filter((top) => top > 18 && top < signature - 8),
      )
      expect(beside.size, `${height} mm: lines that stand above the signatures`).toBeGreaterThan(1)
      // Every bill once, and the heading of the table again on each page it goes on.
      expect(textOf(pages).match(/\d{4}-\d\d-01至/g), `${height} mm`).toHaveLength(hugeBatch.bills)
    }
  })

  test('a reversal has a number of its own; the work order reaches the caller once it is printed, and not before', async () => {
    const reversal = textOf(await put({ kind: 'reversal', id: hall.paymentId }, 'reversal'))
    expect(reversal).toMatch(/冲正凭证No\.CZ\d+/)
    expect(reversal).toMatch(/原收据号SJ\d+/)
    const order = textOf(await put({ kind: 'work-order', id: hall.orderId }, 'work-order'))
    for (const part of [
      '派工单',
      '漏气、有燃气味',
      '和平小区3号楼',
      '冯小宁',
      hall.callerPhone,
      '先检测燃气浓度',
      '客户签字',
      '处理结果',
      '险情',
    ])
      expect(order).toContain(part)
    await go(own.page, `/workorders/${hall.orderId}`)
  })

  test('a contract is two copies with the supplier filled in, its pages counted and to be initialled', async () => {
    const id =
      own.query<{ id: string }>(
        `SELECT id FROM contracts WHERE application_id = ? AND kind = 'supply'`,
        hall.applicationId,
      )[0]?.id ?? ''
    const pages = await put({ kind: 'supply-contract', id }, 'contract')
    const half = pages.length / 2
    expect(Number.isInteger(half)).toBe(true)
    pages.forEach(({ text }, i) => {
      expect(text).toContain(i < half ? '供气方联' : '用气方联')
      expect(text).toContain(`第${(i % half) + 1}页共${half}页`)
      expect(text).toContain('用气人页签')
      expect(text).toContain('骑缝章')
    })
    for (const part of ['示例市示范大街1号', '郑示范', '示例银行示范支行', '1000200030004000'])
      expect(textOf(pages)).toContain(part)
    expect(pages[half - 1]?.text).toContain('用气人(签字或盖章)')
    expect(pages[half - 1]?.text).toContain('未尽事宜')
  })

  test('needle paper: 235 × 90 mm and a free size', async () => {
    const id = own.query<{ id: string }>('SELECT id FROM payments LIMIT 1')[0]?.id ?? ''
    expect((await put({ kind: 'receipt', id, setup: { paper: '235x90' } }, 'receipt-235x90'))[0]).toMatchObject({
      width: 235,
      height: 90,
    })
    const free = { paper: { width: 190, height: 93 }, margins: { top: 3, right: 8, bottom: 3, left: 8 } }
    const [page1, ...more] = await put({ kind: 'receipt', id, setup: free }, 'receipt-free')
    expect(page1).toMatchObject({ width: 190, height: 93 })
    expect(more).toEqual([])
  })

  test('a second copy says so below its number and not through it; a number stands in one piece on narrow paper', async () => {
    const id = own.query<{ id: string }>('SELECT id FROM payments LIMIT 1')[0]?.id ?? ''
    await put({ kind: 'receipt', id }, 'receipt-before')
    for (const paper of [{ width: 150, height: 80 }, 'A5'] as const) {
      const [first] = await put({ kind: 'receipt', id, setup: { paper } }, `receipt-${JSON.stringify(paper)}`)
      const lines = first?.lines ?? []
      const number = lines.find(({ text }) => text.startsWith('No.'))
      const mark = lines.find(({ text }) => text.startsWith('补打'))
      if (!number || !mark) throw new Error('this is no second copy')
      // mm between the feet of the two: a line of 8.5 pt and the frame around it.
      expect(mark.top - number.top, JSON.stringify(paper)).toBeGreaterThan(4.2)
      for (const { text } of lines.filter((line) => line.text.startsWith('ZD'))) expect(text).toMatch(/^ZD\d{13}$/)
    }
  })

  test('what was printed and what became of it is on record; a printer that is gone is said in words', async () => {
    const printing = await own.page.evaluate(
      async ([id, session]) => {
        const call = (name: string, input: unknown) => window.hall.call(name, input, session) as Promise<never>
        const { printingId } = (await call('notices.printed', {
          requestId: crypto.randomUUID(),
          kind: 'receipt',
          id,
          how: 'printer',
          printer: '针式打印机',
        })) as { printingId: string }
        const { ticket } = (await call('notices.paper', { kind: 'receipt', id, printingId })) as { ticket: string }
        const result = await window.hall.desktop.print({ ticket, printer: '针式打印机', copies: 1 })
        const again = await window.hall.desktop
          .print({ ticket: '0'.repeat(64), printer: null, copies: 1 })
          .catch((error: { message: string }) => error.message)
        return { printingId, result, again }
      },
      [hall.paymentId, token] as const,
    )
    expect(printing.result).toMatchObject({ outcome: 'failed', detail: '没有找到打印机「针式打印机」' })
    expect(printing.again).toContain('单据预览已失效')
    await expect
      .poll(() => own.query('SELECT outcome FROM printing_outcomes WHERE printing_id = ?', printing.printingId))
      .toEqual([{ outcome: 'failed' }])
  })

  test('a PDF that cannot be written where it was to go is said in words, without the path, in either place', async () => {
    const gone = join(own.dataFolder, '没有的文件夹')
    await own.electron.evaluate(
      ({ dialog }, filePath) => {
        const before = dialog.showSaveDialog
        dialog.showSaveDialog = () => {
          dialog.showSaveDialog = before
          return Promise.resolve({ canceled: false, filePath })
        }
      },
      join(gone, '收据.pdf'),
    )
    const { printingId, result } = await own.page.evaluate(
      async ([id, session]) => {
        const call = (name: string, input: unknown) => window.hall.call(name, input, session) as Promise<never>
        const { printingId } = (await call('notices.printed', {
          requestId: crypto.randomUUID(),
          kind: 'receipt',
          id,
          how: 'pdf',
        })) as { printingId: string }
        const { ticket } = (await call('notices.paper', { kind: 'receipt', id, printingId })) as { ticket: string }
        return { printingId, result: await window.hall.desktop.pdf({ ticket }) }
      },
      [hall.paymentId, token] as const,
    )
    expect(result).toEqual({
      outcome: 'failed',
      detail: 'PDF 没有保存成功：位置不能写，或磁盘已满，请换一个位置再试',
      path: null,
    })
    await expect
      .poll(() => own.query('SELECT detail FROM printing_outcomes WHERE printing_id = ?', printingId))
      .toEqual([{ detail: result.detail }])
  })

  test('the scheme of papers reaches nothing but a ticket of this session; the data folder is its user’s alone', async () => {
    const { page: window } = own
    expect(await window.evaluate(() => location.origin)).toBe('app://hall')
    for (const url of [
      'paper://sheet/',
      'paper://sheet/../key.json',
      `paper://sheet/${'a'.repeat(64)}`,
      'app://hall/../key.json',
      'app://hall/%2e%2e/%2e%2e/package.json',
      'app://other/index.html',
    ]) {
      const got = await window.evaluate(
        (address) =>
          fetch(address).then(
            (answer) => answer.ok,
            () => false,
          ),
        url,
      )
      expect(got, url).toBe(false)
    }
    expect(statSync(hall.folder).mode & 0o077).toBe(0)
    for (const name of ['hall.db', 'key.json']) expect(statSync(join(hall.folder, name)).mode & 0o022).toBe(0)
  })
})
