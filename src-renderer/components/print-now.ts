/** A paper straight to its printer, by the wish of this PC for papers of the kind; the one way from a page to a printer. */
import { v7 } from 'uuid'
import type { PaperKind } from '../../src-main/notices/api.ts'
import { api, desktop } from '../api.ts'
import { printerFor } from './printers.ts'

export const printWays = ['print', 'preview', 'none'] as const
/** What is done with a paper that has just come about: printed at once, shown first, or nothing until it is asked for. */
export type PrintWay = (typeof printWays)[number]
export const printWayNames: Record<PrintWay, string> = { print: '直接打印', preview: '先预览', none: '不打印' }

const key = (kind: PaperKind) => `print-way.${kind}`

/** The wish of this PC for a kind of paper; null while nobody chose. */
export function chosenWay(kind: PaperKind): PrintWay | null {
  const stored = localStorage.getItem(key(kind))
  return printWays.find((way) => way === stored) ?? null
}
export const chooseWay = (kind: PaperKind, way: PrintWay): void => localStorage.setItem(key(kind), way)

/** Printers of this PC; none where the system cannot tell. */
const printers = () =>
  desktop()
    .printers()
    .catch(() => [])

/** The way to go now: the chosen one, else at once where there is a printer and a preview where there is none. */
export const wayOf = async (kind: PaperKind): Promise<PrintWay> =>
  chosenWay(kind) ?? ((await printers()).length > 0 ? 'print' : 'preview')

/** A printer that has not taken the paper within this time (ms) is said to be silent. */
const patienceMs = 20_000

/** The id of a printing that failed: a try again is the same printing, not another copy. */
const unfinished = new Map<string, string>()

/**
 * Counts the printing and sends the paper to the printer of its kind.
 * @throws Error with one Chinese line; the document itself is safe whatever the printer does
 */
export async function printNow(kind: PaperKind, id: string): Promise<void> {
  const paper = `${kind}:${id}`
  const requestId = unfinished.get(paper) ?? v7()
  unfinished.set(paper, requestId)
  const known = await printers()
  if (known.length === 0) throw new Error('本机没有打印机')
  const { html, size, landscape } = await api.notices.printed({ requestId, kind, id, how: 'printer' })
  let timer: ReturnType<typeof setTimeout> | undefined
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('打印机没有应答')), patienceMs)
  })
  try {
    await Promise.race([
      desktop().print({ html, size, landscape, printer: printerFor(kind, known) || null, copies: 1 }),
      silent,
    ])
  } catch (error) {
    throw new Error('打印机没有应答', { cause: error })
  } finally {
    clearTimeout(timer)
  }
  unfinished.delete(paper)
}
