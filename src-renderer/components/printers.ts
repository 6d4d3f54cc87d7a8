/**
 * Printing from a page: it names the paper, the program makes it and puts it out. Which printer, which sheet, and whether a
 * paper is printed at once belongs to the PC: receipts go to the needle printer of this desk, contracts to the laser.
 */
import { v7 } from 'uuid'
import type { PrintResult } from '../../src-main/app/api.ts'
import { PageSetup, paperNames, type PaperKind } from '../../src-main/notices/api.ts'
import { api, desktop } from '../api.ts'
import { asCallError, showMessage } from '../composables/useCall.ts'

/** Straight to the printer, by way of the preview, or not at all unless somebody asks for it. */
export const printModes = ['at-once', 'preview', 'none'] as const
export type PrintMode = (typeof printModes)[number]
export const printModeNames: Record<PrintMode, string> = { 'at-once': '直接打印', preview: '先预览', none: '不打印' }

export interface PaperSetting {
  readonly mode: PrintMode
  /** Name of the printer; '' for the system's default. */
  readonly printer: string
  readonly setup: PageSetup
}

const key = (kind: PaperKind) => `paper.${kind}`
/** A receipt is waited for by the customer. */
const defaultMode = (kind: PaperKind): PrintMode => (kind === 'receipt' ? 'at-once' : 'preview')

/** What this PC does with a kind of paper. What cannot be read counts as not set. */
export function paperSetting(kind: PaperKind): PaperSetting {
  let kept: Record<string, unknown> = {}
  try {
    kept = (JSON.parse(localStorage.getItem(key(kind)) ?? '{}') ?? {}) as Record<string, unknown>
  } catch {
    // As if it had never been set.
  }
  const mode = printModes.find((one) => one === kept['mode'])
  const setup = PageSetup.safeParse(kept['setup'])
  return {
    mode: mode ?? defaultMode(kind),
    printer: typeof kept['printer'] === 'string' ? kept['printer'] : '',
    setup: setup.success ? setup.data : null,
  }
}

export const keepPaperSetting = (kind: PaperKind, setting: PaperSetting): void =>
  localStorage.setItem(key(kind), JSON.stringify(setting))

export type KnownPrinters = readonly { name: string; isDefault: boolean }[]

/** The printer set for this kind if it is there, else the system's default; '' when there is none. */
export function printerFor(kind: PaperKind, known: KnownPrinters): string {
  const { printer } = paperSetting(kind)
  const found = known.find(({ name }) => name === printer) ?? known.find(({ isDefault }) => isDefault) ?? known[0]
  return found?.name ?? ''
}

export const rememberPrinter = (kind: PaperKind, printer: string): void => {
  if (printer !== '') keepPaperSetting(kind, { ...paperSetting(kind), printer })
}

export interface PaperRef {
  readonly kind: PaperKind
  readonly id: string
}

export interface PutOut extends PaperRef {
  /** One id for each try that reached an outcome: the same id is the same printing, however often it is sent. */
  readonly requestId: string
  readonly copies?: number
}

/** Counts one printing and gives it to a printer; null asks by the system's own dialog. @throws the call's failure */
export async function sendToPrinter(paper: PutOut, printer: string | null): Promise<PrintResult> {
  const { kind, id, requestId, copies = 1 } = paper
  const { printingId } = await api.notices.printed({
    requestId,
    kind,
    id,
    how: 'printer',
    copies,
    printer: printer ?? '',
  })
  return desktop().print({ ticket: await ticketOf(paper, printingId), printer, copies })
}

/** Counts one PDF and writes it where the person chooses. @throws the call's failure */
export async function saveAsPdf(paper: PutOut): Promise<PrintResult> {
  const { kind, id, requestId } = paper
  const { printingId } = await api.notices.printed({ requestId, kind, id, how: 'pdf' })
  return desktop().pdf({ ticket: await ticketOf(paper, printingId) })
}

async function ticketOf({ kind, id }: PaperRef, printingId: string): Promise<string> {
  const { ticket } = await api.notices.paper({ kind, id, printingId, setup: paperSetting(kind).setup })
  return ticket
}

export interface PrintReport {
  /** `preview` and `none`: as this PC is set, nothing was sent. */
  readonly outcome: PrintResult['outcome'] | 'preview' | 'none'
  readonly ok: boolean
  /** One line for whoever stands at the desk. */
  readonly text: string
}

/** What became of a paper, in one line. */
export function printReport(kind: PaperKind, { outcome, detail }: PrintResult, printer: string): PrintReport {
  const name = paperNames[kind]
  const at = printer === '' ? '打印机' : `打印机「${printer}」`
  const words: Record<PrintResult['outcome'], string> = {
    printed: `${name}已送${at}`,
    saved: `${name}已存为 PDF`,
    cancelled: `${name}没有打印：已取消`,
    failed: `${name}没有打印：${/[\u4e00-\u9fff]/.test(detail) ? detail : `${at}没有接收`}，检查后可补打`,
    unanswered: `${at}没有回答，请看是否出纸；没有出纸的请补打${name}`,
  }
  return { outcome, ok: outcome === 'printed' || outcome === 'saved', text: words[outcome] }
}

/** What happens now with a paper that has just come about: a PC without any printer shows what it cannot print. */
export async function printModeNow(kind: PaperKind): Promise<PrintMode> {
  const { mode } = paperSetting(kind)
  if (mode !== 'at-once') return mode
  const known = await desktop()
    .printers()
    .catch(() => [])
  return known.length > 0 ? mode : 'preview'
}

/**
 * Prints a paper as this PC is set for its kind: at once, by a preview (`preview` opens it), or not. Never throws and never
 * waits without end: whatever happens is told in one line, and what was done before (a payment) stands.
 * @param quiet says nothing itself; the caller shows `text`
 */
export async function printPaper({
  kind,
  id,
  copies = 1,
  preview,
  quiet = false,
}: PaperRef & { copies?: number; preview?: () => void; quiet?: boolean }): Promise<PrintReport> {
  const { mode, printer: wanted } = paperSetting(kind)
  if (mode === 'none') return { outcome: 'none', ok: true, text: `本机设为不打印${paperNames[kind]}` }
  if (mode === 'preview' && preview) {
    preview()
    return { outcome: 'preview', ok: true, text: '' }
  }
  const report = await attempt(kind, wanted, (printer) => sendToPrinter({ kind, id, copies, requestId: v7() }, printer))
  if (!quiet) tellPrint(report)
  return report
}

/** 测试页 of a kind on the printer this PC has for it, or as PDF. Never throws. */
export async function printTestPage(kind: PaperKind, how: 'printer' | 'pdf' = 'printer'): Promise<PrintReport> {
  const send = async (printer: string): Promise<PrintResult> => {
    const { printingId } = await api.notices.testPage({ requestId: v7(), kind, how, printer })
    const ticket = await ticketOf({ kind, id: 'test' }, printingId)
    return how === 'pdf' ? desktop().pdf({ ticket }) : desktop().print({ ticket, printer, copies: 1 })
  }
  if (how === 'printer') return attempt(kind, paperSetting(kind).printer, send)
  try {
    return printReport(kind, await send(''), '')
  } catch (error) {
    return { outcome: 'failed', ok: false, text: asCallError(error).message }
  }
}

/** A printer that was chosen and is gone is said to be gone: another may hold other paper. */
async function attempt(
  kind: PaperKind,
  wanted: string,
  send: (printer: string) => Promise<PrintResult>,
): Promise<PrintReport> {
  const name = paperNames[kind]
  const failed = (text: string): PrintReport => ({ outcome: 'failed', ok: false, text })
  try {
    const known = await desktop().printers()
    if (known.length === 0) return failed(`${name}没有打印：本机没有打印机，可稍后补打`)
    if (wanted !== '' && !known.some((one) => one.name === wanted))
      return failed(`${name}没有打印：打印机「${wanted}」不在了，请在打印设置中另选，可稍后补打`)
    const printer = printerFor(kind, known)
    return printReport(kind, await send(printer), printer)
  } catch (error) {
    return failed(`${name}没有打印：${asCallError(error).message}`)
  }
}

export function tellPrint({ ok, text }: PrintReport): void {
  if (text !== '') showMessage({ type: ok ? 'success' : 'warning', message: text, duration: ok ? 3000 : 8000 })
}
