/** 单据: what each paper shows comes from the room that made the document; how it looks, from its template. */
import type { PaperSize } from '../app/api.ts'
import { phonesForPaper } from '../platform/company.ts'
import { formatInstant } from '../platform/dates.ts'
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { NotAllowed } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { useCase } from '../platform/use-case.ts'
import { markPrinted } from '../contracts/service.ts'
import {
  deskReaders,
  Paper,
  paperNames,
  paperReaders,
  Printed,
  Printings,
  wallPapers,
  type PaperKind,
  type PrintingRow,
  type Rendered,
} from './api.ts'
import { PaperRenderer } from './render.ts'
import { paperSources, type PaperSource } from './sources.ts'

/** @throws NotAllowed when this paper is not for the operator */
function mayRead({ actor }: Context, kind: PaperKind): void {
  const readers = paperReaders[kind] ?? deskReaders
  if (!readers.some((role) => actor.roles.includes(role))) throw new NotAllowed()
}

/** @throws NotAllowed */
export const paper = useCase(Paper, ({ kind, id }, context) => {
  mayRead(context, kind)
  return render(context, kind, paperSources[kind](context, id), timesPrinted(context, kind, id), '')
})

/** @throws NotAllowed */
export const printed = useCase(Printed, ({ kind, id, how }, context) => {
  mayRead(context, kind)
  if (kind === 'supply-contract' || kind === 'safety-contract') markPrinted(context, id)
  const before = timesPrinted(context, kind, id)
  const { sqlite, clock, actor } = context
  const source = paperSources[kind](context, id)
  const mark = before === 0 || wallPapers.includes(kind) ? '' : `补打 第 ${before} 次 ${formatInstant(clock.now())}`
  statement(
    sqlite,
    `INSERT INTO printings (id, kind, paper_id, number, how, copy_no, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(newId(clock), kind, id, source.number, how, before + 1, clock.now(), actor.name)
  context.audit({ subject: `paper:${kind}:${id}`, detail: { how, copyNo: before + 1 } })
  return render(context, kind, source, before, mark)
})

export const printings = useCase(Printings, ({ kind, page: { after, size } }, { sqlite }) => {
  const [at = Number.MAX_SAFE_INTEGER, id = ''] =
    after === null ? [] : [Number(after.split('/')[0]), after.split('/')[1]]
  const columns = 'id, kind, paper_id AS paperId, number, how, copy_no AS copyNo, at, by'
  const rows = (
    kind === null
      ? statement(
          sqlite,
          `SELECT ${columns} FROM printings WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
        ).all(at, id, size)
      : statement(
          sqlite,
          `SELECT ${columns} FROM printings WHERE kind = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?`,
        ).all(kind, at, id, size)
  ) as (Omit<PrintingRow, 'id' | 'rowId'> & { id: string; paperId: string })[]
  const last = rows.at(-1)
  return {
    rows: rows.map(({ paperId, id: rowId, ...row }) => ({ ...row, rowId, id: paperId })),
    next: last && rows.length === size ? `${last.at}/${last.id}` : null,
  }
})

function timesPrinted({ sqlite }: Context, kind: PaperKind, id: string): number {
  const row = statement<{ n: number }>(
    sqlite,
    'SELECT coalesce(max(copy_no), 0) AS n FROM printings WHERE kind = ? AND paper_id = ?',
  ).get(kind, id)
  return row?.n ?? 0
}

let renderer: { resources: string; papers: PaperRenderer } | null = null
function rendererOf({ paths }: Context): PaperRenderer {
  if (renderer?.resources !== paths.resources) {
    renderer = { resources: paths.resources, papers: new PaperRenderer(paths.resources) }
  }
  return renderer.papers
}

/** 测试页 of one size, with the head that every paper has. @throws PhonesMissing */
export function testPaper(context: Context, size: PaperSize, use: string): { html: string; title: string } {
  const { html, title } = render(
    context,
    'report',
    { template: 'test-page', title: `测试页：${use}`, number: size, size, data: { use, size } },
    0,
    '',
  )
  return { html, title }
}

/** @param printed how often the paper was printed before · @param mark stands beside the number; '' for an original */
function render(context: Context, kind: PaperKind, source: PaperSource, printed: number, mark: string): Rendered {
  const { device, settings } = context
  const phones = phonesForPaper(settings)
  const title = source.title ?? paperNames[kind]
  const html = rendererOf(context).render({
    ...source,
    title,
    letterhead: {
      company: device.companyName,
      hall: device.hallName,
      servicePhone: phones.service,
      emergencyPhone: phones.emergency,
    },
    mark,
  })
  return {
    html,
    size: source.size,
    landscape: source.landscape ?? false,
    title,
    fileName: `${title}-${source.number}.pdf`,
    printed,
  }
}
