/**
 * The one reader of spreadsheets and text tables: .xlsx, .csv, .txt in every usual encoding. The file is opened in a worker
 * with a memory and a time limit, so whatever it is made of, the backend goes on answering; a reader that dies is a file refused.
 */
import { Worker } from 'node:worker_threads'
import type { SheetRow } from './cells.ts'
import type { SheetSource, SourceFile } from './identify.ts'
import { FileRefused, maxLookMs, maxReadingMs, tooMuch, tooSlow, workerMemoryMb } from './limits.ts'
import type { FromWorker, WorkOrder } from './messages.ts'

export type { SheetSource, SourceFile } from './identify.ts'

type Heard = Exclude<FromWorker, { type: 'refused' }>

/** Messages of the worker one after the other. @throws FileRefused · whatever fault ended the worker */
class Reading {
  readonly #worker: Worker
  readonly #timer: NodeJS.Timeout
  readonly #waiting: Heard[] = []
  #failure: Error | null = null
  #ended = false
  #wake: (() => void) | null = null

  constructor(order: WorkOrder, limitMs: number) {
    // The built program has the worker as a file of its own; run from source, it is the file beside this one.
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './sheet-worker.js'
    this.#worker = new Worker(new URL(file, import.meta.url), {
      workerData: order,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: workerMemoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    })
    this.#worker.stderr.resume()
    this.#timer = setTimeout(() => this.#fail(tooSlow()), limitMs)
    this.#worker.on('message', (message: FromWorker) => {
      if (message.type !== 'refused') this.#waiting.push(message)
      else if (message.fault !== null) this.#fail(new Error(message.fault))
      else this.#fail(new FileRefused(message.message, message.field === null ? {} : { field: message.field }))
      if (message.type === 'end') this.#ended = true
      this.#wake?.()
    })
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError ? tooMuch() : error)
    })
    this.#worker.on('exit', () => this.#fail(tooMuch()))
  }

  #fail(error: Error): void {
    if (!this.#ended) this.#failure ??= error
    this.#wake?.()
    if (!this.#ended) void this.#worker.terminate()
  }

  async next(): Promise<Heard> {
    for (;;) {
      const message = this.#waiting.shift()
      if (message) return message
      if (this.#failure) throw this.#failure
      await new Promise<void>((wake) => (this.#wake = wake))
      this.#wake = null
    }
  }
  taken(): void {
    this.#worker.postMessage({ type: 'more' })
  }
  /** @throws FileRefused when the worker says something else */
  async expect<T extends Heard['type']>(type: T): Promise<Extract<Heard, { type: T }>> {
    const message = await this.next()
    if (message.type !== type) throw new Error(`the reading worker said ${message.type} before ${type}`)
    return message as Extract<Heard, { type: T }>
  }
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#ended = true
    await this.#worker.terminate()
  }
}

export interface LookedAt {
  readonly file: SourceFile
  readonly sheets: readonly { readonly name: string; readonly rows: readonly SheetRow[] }[]
}

/** The first rows of every sheet that is shown. @throws FileRefused */
export async function lookAt(source: SheetSource, limits: { rows: number; sheets: number }): Promise<LookedAt> {
  const reading = new Reading({ source, sheet: null, rows: limits.rows, maxSheets: limits.sheets }, maxLookMs)
  try {
    const { file } = await reading.expect('file')
    const { names } = await reading.expect('sheets')
    const sheets = names.map((name) => ({ name, rows: [] as SheetRow[] }))
    for (let message = await reading.next(); message.type !== 'end'; message = await reading.next()) {
      if (message.type !== 'rows') continue
      reading.taken()
      const { sheet, rows } = message
      sheets.find(({ name }) => name === sheet)?.rows.push(...rows)
    }
    return { file, sheets }
  } finally {
    await reading.close()
  }
}

export interface SheetReading {
  readonly file: SourceFile
  /** Rows that hold something, in their order. @throws FileRefused */
  readonly rows: AsyncGenerator<SheetRow>
  /** How much of the sheet has been gone through, 0–1. */
  readonly share: () => number
  /** Ends the reading; to be called in any case. */
  readonly close: () => Promise<void>
}

/** Begins to read a sheet: what the file is, then its rows as fast as they are taken. @throws FileRefused */
export async function startReading(source: SheetSource, sheet: string): Promise<SheetReading> {
  const reading = new Reading({ source, sheet: sheet === '' ? null : sheet, rows: null, maxSheets: 1 }, maxReadingMs)
  let share = 0
  async function* rows(): AsyncGenerator<SheetRow> {
    const { names } = await reading.expect('sheets')
    if (names.length === 0) throw new FileRefused(`文件里没有工作表“${sheet}”，请重新选择文件`)
    for (;;) {
      const message = await reading.next()
      if (message.type === 'end') return
      if (message.type !== 'rows') continue
      share = message.share
      yield* message.rows
      reading.taken()
    }
  }
  try {
    const { file } = await reading.expect('file')
    return { file, rows: rows(), share: () => share, close: () => reading.close() }
  } catch (error) {
    await reading.close()
    throw error
  }
}

/** All rows of every sheet that is shown, up to `most` of each; for files that are small by their nature. @throws FileRefused */
export const readSheets = (source: SheetSource, most: number): Promise<LookedAt> =>
  lookAt(source, { rows: most, sheets: 20 })

/** Those of the first sheet that holds any. @throws FileRefused */
export async function readWhole(
  source: SheetSource,
  most: number,
): Promise<{ readonly file: SourceFile; readonly rows: readonly SheetRow[] }> {
  const { file, sheets } = await readSheets(source, most)
  return { file, rows: sheets.find(({ rows }) => rows.length > 1)?.rows ?? sheets[0]?.rows ?? [] }
}
