/** A hall of 100,000 customers moved from its old system by one workbook, against writing the very same rows and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { Begin, Check, Commit, Inspect, SuggestMapping } from '../../src-main/imports/api.ts'
import { systemActor } from '../../src-main/platform/context.ts'
import type { HallEvent } from '../../src-main/platform/contract.ts'
import { allPlans } from '../../src-main/tariffs/service.ts'
import { customerHeadings, customerRow } from '../imports/files.ts'
import { openReplay, outboxSince } from './bill-run.mts'
import { openDesk, type Desk } from './hall.mts'
import { timedAsync, type Figure } from './measure.mts'

const customers = 100_000
/** Ours may take this many times as long as the raw writing of the same rows. */
const targetRatio = 3
/** Customers the demo hall has under the same invented identities. */
const from = 500_000

async function writeWorkbook(path: string, customers: number): Promise<void> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
  const sheet = book.addWorksheet('客户')
  sheet.addRow([...customerHeadings]).commit()
  for (let n = 0; n < customers; n++) {
    const row = customerRow(from + n)
    // A place for each: communities of six hundred homes.
    row[4] = `云桥区新华路${1 + Math.floor(n / 600)}号云桥${1 + Math.floor(n / 600)}区${1 + (Math.floor(n / 100) % 6)}号楼1单元${101 + (n % 100)}室`
    sheet.addRow(row).commit()
  }
  await book.commit()
}

/** How long others had to wait at most (ms) while `work` went on, and the most memory it held (MB). */
async function watched<T>(work: () => Promise<T>): Promise<{ ms: number; pause: number; mb: number; value: T }> {
  let [pause, mb, last] = [0, 0, performance.now()]
  const timer = setInterval(() => {
    const now = performance.now()
    pause = Math.max(pause, now - last)
    last = now
    mb = Math.max(mb, process.memoryUsage().rss / 1e6)
  }, 5)
  try {
    const { ms, value } = await timedAsync(work)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return { ms, pause, mb, value }
  } finally {
    clearInterval(timer)
  }
}

/** Writes a workbook of so many customers into the folder and begins its import. @returns the import's id */
export async function beginImport({ hall, call }: Desk, files: string, rows: number, tell: (text: string) => void) {
  const as = 'administrator'
  const path = join(files, 'customers.xlsx')
  tell(`writing a workbook of ${rows} customers, and looking at it`)
  await writeWorkbook(path, rows)
  const file = await call(Inspect, { path }, as)
  const sheet = file.sheets[0]
  const headings = sheet?.rows[0]?.cells ?? []
  const { mapping } = await call(SuggestMapping, { kind: 'customers', source: 'bench', headings }, as)
  const resident = hall.transact('bench.plan', systemActor, (context) =>
    allPlans(context, 'resident').find(({ state }) => state === 'in-force'),
  )
  if (!resident) throw new Error('the hall has no price for residents')
  const begun = {
    requestId: crypto.randomUUID(),
    path,
    hash: file.hash,
    size: file.size,
    kind: 'customers' as const,
    source: 'bench',
    sheet: sheet?.name ?? '',
    headingRow: 1,
    headings,
    mapping,
    plans: { resident: resident.id },
  }
  return (await call(Begin, begun, as)).importId
}

/** 试导入 of an import that was begun. @throws Error when a row is bad */
export async function checkImport({ call }: Desk, importId: string): Promise<void> {
  const { bad } = await call(Check, { importId }, 'administrator')
  if (bad > 0) throw new Error(`${bad} bad rows`)
}

export async function importFigure(folder: string, tell: (text: string) => void): Promise<Figure> {
  const files = mkdtempSync(join(tmpdir(), 'hall-bench-import-'))
  let indexBegan = 0
  const onEvent = ({ event, data }: HallEvent) => {
    if (event === 'progress' && data.text.includes('索引') && indexBegan === 0) indexBegan = performance.now()
  }
  const desk = await openDesk(folder, onEvent)
  const { hall, call } = desk
  const { sqlite, key } = hall.environment
  const replay = openReplay(files, key)
  try {
    const as = 'administrator'
    let importId = ''
    const look = await watched(async () => void (importId = await beginImport(desk, files, customers, tell)))
    tell('reading and checking')
    const check = await watched(() => checkImport(desk, importId))
    const seq = sqlite.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM outbox').get()?.seq ?? 0
    tell('importing')
    const began = performance.now()
    const commit = await watched(() =>
      call(Commit, { requestId: crypto.randomUUID(), importId, pauseAgreed: true }, as),
    )
    const pause = indexBegan - began
    tell('writing the same rows raw')
    const written = outboxSince(sqlite, seq)
    const raw = replay.write(written)
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
    return {
      name: 'import',
      what:
        `${customers} customers with meter, opening reading and balance in one .xlsx: written and looked at in ${seconds(look.ms)}; read and ` +
        `checked in ${seconds(check.ms)}, others waiting ${Math.round(check.pause)} ms at most; written in one transaction of ` +
        `${seconds(pause)} (${Math.round(customers / (pause / 1000))} rows of the file a second, ${written.length * 2} rows of the database), during which nobody ` +
        `is answered; indexed in ${seconds(commit.ms - pause)}; memory ${Math.round(Math.max(look.mb, check.mb, commit.mb))} MB at most. ` +
        'Raw: the rows of synced tables and their outbox rows, by prepared statements with values at hand, into an empty file without triggers',
      samples: [pause],
      baseline: [raw],
      ratio: pause / raw,
      target: `≥ 1/${targetRatio} of raw speed`,
      met: pause / raw <= targetRatio,
    }
  } finally {
    replay.sqlite.close()
    await hall.close()
    rmSync(files, { recursive: true, force: true })
  }
}
