/** Papers put out by the real program: counted, made by the backend, cut into pages, written as PDF, read back. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { PrintResult } from '../../../src-main/app/api.ts'
import type { PageSetupInput, PaperKind } from '../../../src-main/notices/api.ts'
import { passwordOf } from './app.ts'
import { readPdf, type PdfPage } from './pdf.ts'

/** Where PDFs are kept for a person to look at; nowhere when it is not set. */
const pictures = process.env['HALL_PICTURES']

/** Signs somebody in beside the page, which stays where it is. @returns the session's token */
export async function tokenOf(page: Page, staffNo: string): Promise<string> {
  const answer = (await page.evaluate(
    ([no, password]) => window.hall.call('access.login', { staffNo: no, password }, null),
    [staffNo, passwordOf(staffNo)] as const,
  )) as { token: string }
  return answer.token
}

export interface PutOut {
  readonly kind: PaperKind
  readonly id: string
  readonly setup?: PageSetupInput
}

/** Counts a printing and saves it as PDF, as the preview's button does. */
export const savePaper = (page: Page, token: string, paper: PutOut): Promise<PrintResult> =>
  page.evaluate(
    async ([{ kind, id, setup }, session]) => {
      // A refusal comes as an object; its words are what a test looks at.
      const said = (refusal: { message: string }): never => {
        throw new Error(refusal.message)
      }
      const call = (name: string, input: unknown) =>
        window.hall.call(name, input, session).catch(said) as Promise<never>
      const requestId = crypto.randomUUID()
      const { printingId } = (await call('notices.printed', { requestId, kind, id, how: 'pdf' })) as {
        printingId: string
      }
      const { ticket } = (await call('notices.paper', { kind, id, setup: setup ?? null, printingId })) as {
        ticket: string
      }
      return window.hall.desktop.pdf({ ticket }).catch(said)
    },
    [paper, token] as const,
  )

/** The pages of a paper as they come out; kept under `name` for a person to look at, where that is asked for. */
export async function pagesOf(page: Page, token: string, paper: PutOut, name: string): Promise<PdfPage[]> {
  const { path, outcome, detail } = await savePaper(page, token, paper)
  if (path === null) throw new Error(`${paper.kind} did not come out: ${outcome} ${detail}`)
  if (pictures) {
    mkdirSync(pictures, { recursive: true })
    copyFileSync(path, join(pictures, `${name}.pdf`))
  }
  return readPdf(path)
}
