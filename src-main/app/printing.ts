/** Papers: by ticket to a printer or a PDF. The page that prints runs the one script of ours that cuts it into pages, and loads nothing. */
import { basename, join } from 'node:path'
import { app, BrowserWindow, dialog, type WebContents } from 'electron'
import { writeDurably } from '../platform/durable-file.ts'
import { DomainError } from '../platform/errors.ts'
import { paperAddress, type PrintOutcome, type PrintResult, type TicketedPaper } from './api.ts'
import type { BackendProcess } from './backend-process.ts'
import { paperSession } from './schemes.ts'
import { shutIn } from './lock-down.ts'

/** Electron's PDF wants inches, its printer micrometres. */
const micrometresPerInch = 25_400
/** A printer that says nothing for so long is taken for gone; what it says later is put on record too (ms). */
const printerAnswerMs = 30_000
/** In the system's dialog a person chooses (ms). */
const dialogAnswerMs = 10 * 60_000
/** Laying out hundreds of pages takes seconds (ms). */
const layoutMs = 120_000

export class Printing {
  readonly #backend: BackendProcess
  /** PDFs of this run of the program, which may be shown where they lie. */
  readonly #written = new Set<string>()

  constructor(backend: BackendProcess) {
    this.#backend = backend
  }

  async print(
    window: BrowserWindow,
    { ticket, printer, copies }: { ticket: string; printer: string | null; copies: number },
  ) {
    const paper = await this.#paperToPutOut(ticket)
    return this.#onRecord(paper, async () => {
      if (printer !== null) {
        const known = await window.webContents.getPrintersAsync()
        if (!known.some(({ name }) => name === printer)) return ended('failed', `没有找到打印机「${printer}」`)
      }
      const page = await openPaper(ticket)
      return send(page, paper, { printer, copies }, (late) => this.#record(paper, late))
    })
  }

  /** Where the PDF goes is the person's choice: nothing of it is kept beside the data. */
  async pdf(window: BrowserWindow, { ticket }: { ticket: string }): Promise<PrintResult> {
    const paper = await this.#paperToPutOut(ticket)
    return this.#onRecord(paper, async () => {
      const { filePath, canceled } = await dialog.showSaveDialog(window, {
        title: '存为 PDF',
        defaultPath: join(app.getPath('documents'), safeName(paper.fileName)),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      })
      if (canceled || !filePath) return ended('cancelled')
      const page = await openPaper(ticket)
      let bytes: Buffer
      try {
        bytes = await pdfOf(page.webContents, paper)
      } finally {
        page.destroy()
      }
      try {
        writeDurably(filePath, bytes)
      } catch {
        // What the system says of it is English and names the path: neither is for a counter or for the record.
        return ended('failed', 'PDF 没有保存成功：位置不能写，或磁盘已满，请换一个位置再试')
      }
      this.#written.add(filePath)
      return { outcome: 'saved', detail: '', path: filePath }
    })
  }

  wrote(path: string): boolean {
    return this.#written.has(path)
  }

  /** @throws DomainError for a ticket that is over, or that was only for looking */
  async #paperToPutOut(ticket: string): Promise<TicketedPaper> {
    const paper = await this.#backend.paper(ticket)
    if (paper === null) throw new DomainError('TicketOver', '单据预览已失效，请关闭后重新打开再打印')
    if (paper.printingId === null) throw new DomainError('NotCounted', '请重新打开单据后打印')
    return paper
  }

  async #onRecord(paper: TicketedPaper, work: () => Promise<PrintResult>): Promise<PrintResult> {
    let result: PrintResult
    try {
      result = await work()
    } catch (error) {
      result = ended('failed', error instanceof Error ? error.message : String(error))
    }
    this.#record(paper, result)
    return result
  }

  #record({ printingId }: TicketedPaper, { outcome, detail }: PrintResult): void {
    if (printingId !== null) this.#backend.printingEnded(printingId, outcome, detail)
  }
}

const ended = (outcome: PrintOutcome, detail = ''): PrintResult => ({ outcome, detail, path: null })

/** A name of ours only: one with folders in it would be proposed elsewhere. */
function safeName(name: string): string {
  const safe = basename(name).replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
  return safe.toLowerCase().endsWith('.pdf') ? safe : `${safe}.pdf`
}

/** How many pages resources/templates/paginate.js has made, as soon as it has. */
const pagesOnceCut = `new Promise((done) => {
  const root = document.documentElement
  const look = () => root.dataset.pages !== undefined && (done(root.dataset.pages), true)
  look() || new MutationObserver((_, watch) => look() && watch.disconnect()).observe(root, { attributes: true })
})`

/** Opens a paper out of sight and waits until it is cut into pages. The caller destroys it. */
async function openPaper(ticket: string): Promise<BrowserWindow> {
  const page = new BrowserWindow({
    show: false,
    width: 1000,
    height: 1400,
    webPreferences: { ...shutIn(), session: paperSession() },
  })
  try {
    await within(layoutMs, page.loadURL(paperAddress(ticket)))
    const pages: unknown = await within(
      layoutMs,
      page.webContents.executeJavaScriptInIsolatedWorld(1, [{ code: pagesOnceCut }]),
    )
    if (!(Number(pages) > 0)) throw new Error('the paper has no pages')
    return page
  } catch (error) {
    page.destroy()
    throw error
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const pdfOf = (contents: WebContents, { sheet }: TicketedPaper): Promise<Buffer> =>
  contents.printToPDF({
    pageSize: { width: sheet.width / micrometresPerInch, height: sheet.height / micrometresPerInch },
    landscape: sheet.landscape,
    printBackground: true,
    preferCSSPageSize: false,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
  })

/** Gives the page to the printer and destroys it. @param late hears an answer that comes after the wait was over */
function send(
  page: BrowserWindow,
  { sheet }: TicketedPaper,
  { printer, copies }: { printer: string | null; copies: number },
  late: (result: PrintResult) => void,
): Promise<PrintResult> {
  return new Promise((resolve) => {
    let over = false
    const waitMs = printer === null ? dialogAnswerMs : printerAnswerMs
    const timer = setTimeout(() => {
      over = true
      resolve(ended('unanswered', `no answer within ${waitMs} ms`))
    }, waitMs)
    const heard = (result: PrintResult) => {
      clearTimeout(timer)
      if (!page.isDestroyed()) page.destroy()
      if (over) late(result)
      else resolve(result)
    }
    try {
      page.webContents.print(
        {
          silent: printer !== null,
          ...(printer === null ? {} : { deviceName: printer }),
          copies,
          landscape: sheet.landscape,
          pageSize: { width: sheet.width, height: sheet.height },
          margins: { marginType: 'none' },
          printBackground: true,
        },
        (done, reason) =>
          heard(done ? ended('printed') : ended(/cancel/i.test(reason) ? 'cancelled' : 'failed', reason)),
      )
    } catch (error) {
      heard(ended('failed', error instanceof Error ? error.message : String(error)))
    }
  })
}
