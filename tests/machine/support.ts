/** Halls whose files are damaged, copied, killed and put back. */
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
