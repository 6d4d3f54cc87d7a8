/** 单据: what each paper shows comes from the room that made the document; how it looks, from its template. */
import { numberKinds, numbersQuoted } from '../platform/numbers.ts'
import { formatInstant } from '../platform/dates.ts'
import { sessionOpen } from '../access/service.ts'
import type { PrintOutcome, TicketedPaper } from '../app/api.ts'
import { systemActor, type Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../platform/errors.ts'
import type { Hall } from '../platform/hall.ts'
import { newId } from '../platform/ids.ts'
import { numbersIn, numbersShown } from '../platform/identity.ts'
import { removeOldPapers } from '../platform/private-folder.ts'
import type { Job } from '../platform/scheduler.ts'
import { useCase, type Environment } from '../platform/use-case.ts'
import { hiddenSql } from '../customers/service.ts'
import { markPrinted } from '../contracts/service.ts'
import {
  Paper,
  paperNames,
  Printed,
  Printings,
  readersOf,
  slipKinds,
  TestPage,
  wallPapers,
  type PageSetup,
  type PaperKind,
  type PrintingRow,
  type Ticketed,
} from './api.ts'
import { letterheadOf, requireCompany } from './company.ts'
import { layoutOf } from './page.ts'
import { PaperRenderer } from './render.ts'
import { paperSources, testPageSource, type PaperSource } from './sources.ts'
import { giveTicket, heldPaper } from './tickets.ts'

/** Id under which a test page is counted; no document has it. */
const testPageId = 'test'

/** @throws NotAllowed when this paper is not for the operator */
function mayRead({ actor }: Context, kind: PaperKind): void {
  if (!readersOf(kind).some((role) => actor.roles.includes(role))) throw new NotAllowed()
}

/** The numbers that a paper gives away and its preview does not, masked, for the audit log. */
function numbersOut(context: Context, kind: PaperKind, id: string, out: PaperSource): { shown?: string } {
  if (out.numbersShown !== true) return {}
  const numbers = ({ data, sheets }: PaperSource) => numbersIn([JSON.stringify([data, sheets])])
  const looked = numbers(paperSources[kind](context, id, { counted: false }))
  return {
    shown: numbersShown(
      '',
      numbers(out).filter((number) => !looked.includes(number)),
    ).shown,
  }
}

/** @throws NotAllowed · PaperRefused · Conflict */
export const paper = useCase(Paper, ({ kind, id, setup, printingId }, context) => {
  // A test page tells of nobody: whoever sets up the PC tries each paper, also the ones others will print.
  if (id !== testPageId) mayRead(context, kind)
  if ((setup?.perPage ?? 1) > 1 && !slipKinds.includes(kind)) throw new InvalidInput('这种单据不能一页印多张')
  const printing = printingId === null ? null : openPrinting(context, printingId, kind, id)
  return ticketFor(context, kind, id, setup, printing)
})

interface Printing {
  readonly id: string
  readonly reprint: number
  readonly at: number
}

/** The counted printing that is to go out now: the operator's own, and not out yet. @throws NotFound · Conflict */
function openPrinting({ sqlite, actor }: Context, printingId: string, kind: PaperKind, id: string): Printing {
  const row = statement<Printing & { actorId: string; ended: number }>(
    sqlite,
    `SELECT p.id, p.reprint, p.at, p.actor_id AS actorId,
            EXISTS (SELECT 1 FROM printing_outcomes o WHERE o.printing_id = p.id) AS ended
     FROM printings p WHERE p.id = ? AND p.kind = ? AND p.paper_id = ?`,
  ).get(printingId, kind, id)
  if (!row || row.actorId !== actor.id) throw new NotFound('没有找到这次打印，请重新打印')
  if (row.ended === 1) throw new Conflict('这次打印已经结束，请重新打印')
  return row
}

/** @throws NotAllowed · PaperRefused */
export const printed = useCase(Printed, ({ kind, id, how, copies, printer }, context) => {
  mayRead(context, kind)
  if (id === testPageId) throw new NotFound()
  requireCompany(context, kind)
  if (kind === 'supply-contract' || kind === 'safety-contract') markPrinted(context, id)
  // Made here too, so that nothing is counted that cannot be printed.
  const source = paperSources[kind](context, id, { counted: true })
  const reprint = wallPapers.includes(kind) ? 0 : timesOut(context, kind, id, source)
  const { number } = source
  const { printingId, copyNo } = count(context, { kind, id, number, how, copies, printer, reprint })
  context.audit({
    subject: `paper:${kind}:${id}`,
    detail: { how, copyNo, reprint, copies, ...numbersOut(context, kind, id, source) },
  })
  return { printingId, copyNo }
})

/** 测试页. */
export const testPage = useCase(TestPage, ({ kind, how, printer }, context) => {
  const { printingId } = count(context, {
    kind,
    id: testPageId,
    number: '测试页',
    how,
    copies: 1,
    printer,
    reprint: 0,
  })
  context.audit({ subject: `paper:${kind}:${testPageId}`, detail: { how } })
  return { printingId }
})

interface Counted {
  readonly kind: PaperKind
  readonly id: string
  readonly number: string
  readonly how: 'printer' | 'pdf'
  readonly copies: number
  readonly printer: string
  readonly reprint: number
}

function count({ sqlite, clock, actor, till }: Context, one: Counted): { printingId: string; copyNo: number } {
  const last = statement<{ n: number }>(
    sqlite,
    'SELECT coalesce(max(copy_no), 0) AS n FROM printings WHERE kind = ? AND paper_id = ?',
  ).get(one.kind, one.id)
  const copyNo = (last?.n ?? 0) + 1
  const printingId = newId(clock)
  statement(
    sqlite,
    `INSERT INTO printings (id, kind, paper_id, number, how, copy_no, reprint, copies, printer, till, at, actor_id, by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    printingId,
    one.kind,
    one.id,
    one.number,
    one.how,
    copyNo,
    one.reprint,
    one.copies,
    one.printer,
    till,
    clock.now(),
    actor.id,
    actor.name,
  )
  return { printingId, copyNo }
}

/** The last that was heard of a printing. */
const outcomeSql = (column: string) =>
  `(SELECT o.${column} FROM printing_outcomes o WHERE o.printing_id = p.id ORDER BY o.id DESC LIMIT 1)`

/** What is hidden from the viewer is also not among what was printed. */
const visible = `NOT ${hiddenSql(`p.kind || ':' || p.paper_id`)}`

/** One page of what was printed, newest first: of one kind, or bearing one of `@numbers`, whatever its kind. */
export const printingsSql = (ofKind: boolean, searched: boolean): string => `SELECT p.id, p.kind, p.paper_id AS paperId,
    p.number, p.how, p.copy_no AS copyNo, p.reprint, p.copies, p.printer, p.at, p.by, p.till,
    ${outcomeSql('outcome')} AS outcome, coalesce(${outcomeSql('detail')}, '') AS detail
  FROM printings p WHERE ${ofKind && !searched ? 'p.kind = @kind AND' : ''} (p.at, p.id) < (@at, @id) AND ${visible}
    ${searched ? 'AND p.number IN (SELECT value FROM json_each(@numbers))' : ''}
  ORDER BY p.at DESC, p.id DESC LIMIT @size`

export const printings = useCase(Printings, ({ kind, search, page: { after, size } }, context) => {
  const { sqlite, actor } = context
  const [at = Number.MAX_SAFE_INTEGER, id = ''] =
    after === null ? [] : [Number(after.split('/')[0]), after.split('/')[1]]
  const numbers = numberKinds.flatMap((one) => numbersQuoted(context, one, search))
  const rows = statement<Omit<PrintingRow, 'id' | 'rowId'> & { id: string; paperId: string }>(
    sqlite,
    printingsSql(kind !== null, search !== ''),
  ).all({ at, id, size, viewer: actor.id, kind, numbers: JSON.stringify([search, ...numbers]) })
  const last = rows.at(-1)
  return {
    rows: rows.map(({ paperId, id: rowId, ...row }) => ({ ...row, rowId, id: paperId })),
    next: last && rows.length === size ? `${last.at}/${last.id}` : null,
  }
})

/**
 * How often this very paper may have come out: a printing that failed or was cancelled did not; one that nothing is known of
 * may have. What bore another number, or said what has been replaced since, was another paper about the same.
 */
function timesOut({ sqlite }: Context, kind: PaperKind, id: string, { number, since = 0 }: PaperSource): number {
  const row = statement<{ n: number }>(
    sqlite,
    `SELECT count(*) AS n FROM printings p
     WHERE p.kind = ? AND p.paper_id = ? AND p.number = ? AND p.at >= ?
       AND coalesce(${outcomeSql('outcome')}, '') NOT IN ('failed', 'cancelled')`,
  ).get(kind, id, number, since)
  return row?.n ?? 0
}

/** Puts on record what became of a printing; told by the process that printed, not by a page. */
export function recordOutcome(
  hall: Hall,
  { printingId, outcome, detail }: { printingId: string; outcome: PrintOutcome; detail: string },
  till?: string,
): void {
  const { sqlite } = hall.environment
  const printing = statement<{ kind: PaperKind; paperId: string; actorId: string; by: string }>(
    sqlite,
    'SELECT kind, paper_id AS paperId, actor_id AS actorId, by FROM printings WHERE id = ?',
  ).get(printingId)
  if (!printing) return
  const actor = { ...systemActor, id: printing.actorId, name: printing.by }
  hall.transact(
    'notices.outcome',
    actor,
    (context) => {
      statement(
        sqlite,
        'INSERT INTO printing_outcomes (id, printing_id, outcome, detail, at) VALUES (?, ?, ?, ?, ?)',
      ).run(newId(context.clock), printingId, outcome, detail.slice(0, 300), context.clock.now())
      context.audit({ subject: `paper:${printing.kind}:${printing.paperId}`, detail: { outcome } })
      context.emit({ event: 'changed', data: { room: 'notices' } })
    },
    till,
  )
}

/** The paper behind a ticket, for the process that prints; null when it is unknown, too old, or its session is over. */
export function redeemTicket({ sqlite, clock }: Environment, ticket: string): TicketedPaper | null {
  const found = heldPaper(ticket, clock.now())
  return found !== null && found.sessionId !== null && sessionOpen(sqlite, found.sessionId) ? found.paper : null
}

let renderer: { resources: string; papers: PaperRenderer } | null = null
function rendererOf({ paths }: Context): PaperRenderer {
  if (renderer?.resources !== paths.resources) {
    renderer = { resources: paths.resources, papers: new PaperRenderer(paths.resources) }
  }
  return renderer.papers
}

function ticketFor(
  context: Context,
  kind: PaperKind,
  id: string,
  setup: PageSetup,
  /** Null for a preview. */
  printing: Printing | null,
): Ticketed {
  const { device } = context
  const isTest = id === testPageId
  if (!isTest) requireCompany(context, kind)
  const own = paperSources[kind]
  const source: PaperSource = isTest ? testPageSource(context, kind) : own(context, id, { counted: printing !== null })
  const before = timesOut(context, kind, id, source) - (printing === null ? 0 : 1)
  const layout = layoutOf(source.size, source.landscape ?? false, setup)
  const title = source.title ?? paperNames[kind]
  const mark =
    printing === null || printing.reprint === 0 ? '' : `补打 第 ${printing.reprint} 次 ${formatInstant(printing.at)}`
  const html = rendererOf(context).render({
    ...source,
    title,
    layout,
    letterhead: letterheadOf(context, kind),
    mark,
    watermark: [device.demo ? '演示' : '', source.watermark ?? ''].join(''),
  })
  const ticket = giveTicket(
    { html, sheet: layout.sheet, fileName: `${title}-${source.number}.pdf`, printingId: printing?.id ?? null },
    context.actor.sessionId,
    context.clock.now(),
  )
  return { ticket, width: layout.width, height: layout.height, title, printed: before }
}

/** How often PDFs left in the data folder are looked for: a counter may run for weeks without a start (ms). */
const lookMs = 3_600_000
export const oldPapers: Job = {
  job: 'notices.old-papers',
  nextRun: (_environment, now) => now + lookMs,
  run: ({ paths, clock }) => Promise.resolve(removeOldPapers(paths.root, clock.now())),
  whileHeld: true,
}
