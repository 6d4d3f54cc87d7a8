/**
 * Entry of the reading worker: what a stranger's file does to a program, it does here. Identifies the file, then hands its
 * rows over batch by batch, never more than `batchesAhead` of those taken.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { DomainError } from '../errors.ts'
import type { SheetRow } from './cells.ts'
import { csvRows } from './csv.ts'
import { bytesOf, identify, type SourceFile } from './identify.ts'
import { batchesAhead, batchRows, FileRefused } from './limits.ts'
import type { FromWorker, ToWorker, WorkOrder } from './messages.ts'
import { openWorkbook, readSheet } from './xlsx.ts'

const port = parentPort
if (port === null) throw new Error('the reading worker runs in a worker')
const order = workerData as WorkOrder
const say = (message: FromWorker) => port.postMessage(message)

let ahead = 0
let freed: (() => void) | null = null
let stopped = false
port.on('message', (message: ToWorker) => {
  if (message.type === 'stop') stopped = true
  else ahead -= 1
  freed?.()
})

/** Batches on their way; resolves when the next one may go. */
async function roomAhead(): Promise<void> {
  while (ahead >= batchesAhead && !stopped) {
    await new Promise<void>((free) => (freed = free))
    freed = null
  }
}

class Batches {
  #rows: SheetRow[] = []
  #sent = 0
  readonly #sheet: string
  readonly #share: () => number

  constructor(sheet: string, share: () => number) {
    this.#sheet = sheet
    this.#share = share
  }
  /** Enough for whoever asked. */
  get full(): boolean {
    return stopped || (order.rows !== null && this.#sent + this.#rows.length >= order.rows)
  }
  add(row: SheetRow): void {
    if (!this.full) this.#rows.push(row)
  }
  /** Sends what has gathered, `batchRows` at a time, or all of it. */
  async send(all: boolean): Promise<void> {
    while (this.#rows.length >= batchRows || (all && this.#rows.length > 0)) {
      await roomAhead()
      if (stopped) return
      const rows = this.#rows.splice(0, batchRows)
      this.#sent += rows.length
      ahead += 1
      say({ type: 'rows', sheet: this.#sheet, rows, share: this.#share() })
    }
  }
}

async function* decoded(file: SourceFile, moved: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding ?? 'utf-8')
  for await (const piece of bytesOf(order.source)) {
    moved(piece.length)
    yield decoder.decode(piece, { stream: true })
  }
  yield decoder.decode()
}

async function readText(file: SourceFile): Promise<void> {
  let gone = 0
  const batches = new Batches('', () => Math.min(1, gone / file.size))
  say({ type: 'sheets', names: [''] })
  for await (const row of csvRows(
    decoded(file, (bytes) => void (gone += bytes)),
    file.head,
  )) {
    batches.add(row)
    await batches.send(false)
    if (batches.full) break
  }
  await batches.send(true)
}

async function readWorkbook(): Promise<void> {
  const book = await openWorkbook('path' in order.source ? order.source.path : order.source.bytes)
  try {
    const wanted =
      order.sheet === null ? book.sheets : book.sheets.filter(({ name }) => name === order.sheet).slice(0, 1)
    const shown = wanted.slice(0, order.maxSheets)
    say({ type: 'sheets', names: shown.map(({ name }) => name) })
    for (const sheet of shown) {
      const batches = new Batches(sheet.name, () => book.pack.share())
      await readSheet(
        book,
        sheet,
        (row) => batches.add(row),
        async () => {
          await batches.send(false)
          return batches.full
        },
      )
      await batches.send(true)
      if (stopped) return
    }
  } finally {
    book.pack.close()
  }
}

async function work(): Promise<void> {
  const file = await identify(order.source)
  say({ type: 'file', file })
  await (file.encoding === null ? readWorkbook() : readText(file))
  say({ type: 'end' })
}

work()
  .catch((error: unknown) => {
    const failure = error instanceof DomainError ? error : null
    say({
      type: 'refused',
      message: failure?.message ?? new FileRefused().message,
      field: failure?.field ?? null,
      fault: failure ? null : String(error instanceof Error ? error.stack : error),
    })
  })
  .finally(() => port.close())
