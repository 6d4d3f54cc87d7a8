/** Papers: from one HTML document to a printer or a PDF. The page that prints runs no script and loads nothing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BrowserWindow } from 'electron'
import { paperSizes, type PrintJob } from './api.ts'
import { paperSession } from './window.ts'

/** Electron's PDF wants inches, its printer micrometres. */
const micrometresPerInch = 25_400

async function withPage<T>(html: string, use: (page: BrowserWindow) => Promise<T>): Promise<T> {
  const page = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, javascript: false, contextIsolation: true, partition: paperSession },
  })
  try {
    await page.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`)
    return await use(page)
  } finally {
    page.destroy()
  }
}

/** Page x of y stands on every paper; its margin is part of the templates' bottom margin. */
const footer = `<div style="width:100%;text-align:center;font-size:8px;font-family:sans-serif;color:#444">
  第 <span class="pageNumber"></span> 页 共 <span class="totalPages"></span> 页</div>`

export async function toPdf({ html, size, landscape = false }: PrintJob): Promise<Buffer> {
  const { width, height } = paperSizes[size]
  return withPage(html, (page) =>
    page.webContents.printToPDF({
      pageSize: { width: width / micrometresPerInch, height: height / micrometresPerInch },
      landscape,
      printBackground: true,
      preferCSSPageSize: false,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer,
      margins: { top: 0.3, bottom: 0.4, left: 0.3, right: 0.3 },
    }),
  )
}

/** Writes the PDF under a name of ours only: a name with folders in it would write elsewhere. */
export async function writePdf(folder: string, name: string, job: PrintJob): Promise<string> {
  const safe = basename(name).replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, safe.toLowerCase().endsWith('.pdf') ? safe : `${safe}.pdf`)
  writeFileSync(path, await toPdf(job))
  return path
}

export async function printPaper(job: PrintJob & { printer: string | null; copies: number }): Promise<void> {
  await withPage(
    job.html,
    (page) =>
      new Promise<void>((resolve, reject) => {
        page.webContents.print(
          {
            silent: job.printer !== null,
            ...(job.printer === null ? {} : { deviceName: job.printer }),
            copies: job.copies,
            landscape: job.landscape ?? false,
            pageSize: paperSizes[job.size],
            printBackground: true,
          },
          (done, reason) => (done || reason === 'Print job canceled' ? resolve() : reject(new Error(reason))),
        )
      }),
  )
}
