/** Halls whose files are damaged, copied, killed and put back. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestHall } from '../support/hall.ts'
import { nextNumber } from '../../src-main/platform/numbers.ts'
import { fen } from '../../src-main/platform/money.ts'
import { post } from '../../src-main/ledger/service.ts'

/** How often the long forms run: `FAULT_RUNS=200 npm run test:unit -- tests/machine`. */
export const faultRuns = (usual: number): number => Number(process.env['FAULT_RUNS'] ?? usual)

/** Gives a receipt number and books its money in one transaction; returns the number. */
export const giveReceipt = (hall: Pick<TestHall, 'transact'>): string =>
  hall.transact((context) => {
    const number = nextNumber(context, 'receipt')
    post(context, {
      kind: 'payment',
      memo: `收据 ${number}`,
      subject: 'payment:test',
      lines: [
        { account: 'cash-drawer', holder: 's', debit: fen(100) },
        { account: 'prepayment', holder: 'a', credit: fen(100) },
      ],
    })
    return number
  })

/** Passwords of the two who restore at the start page. */
export const restorers = { administrator: 'Guan-Li-26', manager: 'Zhu-Ren-26' } as const

const folders: string[] = []

/** The files of a hall as they lie there now, as a power cut or an image of the machine would leave them. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'hall-copy-'))
  folders.push(copy)
  cpSync(folder, copy, { recursive: true })
  return copy
}
export const forgetCopies = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** One life of a process that may be killed. */
export interface Life {
  /** How many places there were; null when it was killed. */
  readonly places: number | null
  /** Receipt numbers it told of. */
  readonly given: readonly string[]
}

/** Runs `tests/machine/<child>` to its end or its kill. @throws when it ended in any other way */
export const live = (child: string, ...given: readonly (string | number)[]): Promise<Life> =>
  new Promise((resolve, reject) => {
    // Most of a short life is reading the program: what one that ended has read is kept for the next.
    const cache = { NODE_COMPILE_CACHE: join(tmpdir(), 'hall-compile-cache') }
    const options = { env: { ...process.env, NODE_NO_WARNINGS: '1', ...cache } }
    execFile(process.execPath, [`tests/machine/${child}`, ...given.map(String)], options, (error, out, err) => {
      if (error && error.signal !== 'SIGKILL') return reject(new Error(`${given.join(' ')}: ${out}${err}`))
      const places = /^done (\d+)/m.exec(out)?.[1]
      const numbers = [...out.matchAll(/^given (\w+)$/gm)].map(([, number]) => number as string)
      resolve({ places: places === undefined ? null : Number(places), given: numbers })
    })
  })

/**
 * Kills at each place in turn, or at as many as there are runs for, spread over all of them.
 * @param count runs it to its end once and says how many places there are
 */
export async function atEachPlace(count: () => Promise<Life>, usual: number, one: (at: number) => Promise<void>) {
  const { places } = await count()
  if (places === null || places < 4) throw new Error(`${places} places`)
  const runs = Math.min(faultRuns(usual), places)
  for (let i = 0; i < runs; i++) await one(1 + Math.floor(((i + 0.5) * places) / runs))
  return { places, runs }
}
