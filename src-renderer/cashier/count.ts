/** Counting cash by denomination. Faces and amounts in fen. */
import { denominations, type CountRows } from '../../src-main/cashier/api.ts'
import { fen, formatYuan, type Fen } from '../../src-main/platform/money.ts'

export interface CountLine {
  readonly face: Fen
  /** Undefined while nothing is typed. */
  readonly pieces: number | undefined
}

/** One empty line per note and coin in use. */
export const emptyCount = (): CountLine[] => denominations.map((face) => ({ face: fen(face), pieces: undefined }))

/** A count that was kept, put back into the lines; other faces follow at the end. */
export function countFrom(rows: CountRows): CountLine[] {
  const lines = emptyCount().map(({ face }) => ({ face, pieces: rows.find((row) => row.face === face)?.pieces }))
  const other = rows.filter((row) => !lines.some((line) => line.face === row.face))
  return [...lines, ...other.map(({ face, pieces }) => ({ face, pieces }))]
}

/** Notes and coins no longer issued that customers still bring: 2 yuan, 2 jiao, 5, 2 and 1 fen. */
export const rareFaces: readonly Fen[] = [fen(200), fen(20), fen(5), fen(2), fen(1)]

export const withRareFaces = (lines: readonly CountLine[]): CountLine[] => [
  ...lines,
  ...rareFaces.filter((face) => !lines.some((line) => line.face === face)).map((face) => ({ face, pieces: undefined })),
]

export const countTotal = (lines: readonly CountLine[]): Fen =>
  fen(lines.reduce((total, { face, pieces }) => total + face * (pieces ?? 0), 0))

/** Not one number stands there, not even a zero. */
export const isUntyped = (lines: readonly CountLine[]): boolean => lines.every(({ pieces }) => pieces === undefined)

/** As the calls take it: lines with at least one piece. */
export const countRows = (lines: readonly CountLine[]): CountRows =>
  lines.flatMap(({ face, pieces }) => (pieces ? [{ face, pieces }] : []))

/** The same pieces of each face, in whatever order and however many empty lines stand there. */
export const isSameCount = (a: CountRows, b: CountRows): boolean => {
  const pieces = (rows: CountRows, face: number) => rows.find((row) => row.face === face)?.pieces ?? 0
  return [...a, ...b].every(({ face }) => pieces(a, face) === pieces(b, face))
}

/** The fewest notes that make an amount, for a proposed float. Null when the faces cannot make it. */
export function proposedCount(amount: Fen): CountLine[] | null {
  let rest: number = amount
  const lines = emptyCount().map(({ face }) => {
    const pieces = Math.floor(rest / face)
    rest -= pieces * face
    return { face, pieces: pieces === 0 ? undefined : pieces }
  })
  return rest === 0 ? lines : null
}

export const differenceWords = (difference: Fen | null): string =>
  difference === null
    ? '尚未清点'
    : difference === 0
      ? '账款相符'
      : difference > 0
        ? `长款 ${formatYuan(difference)} 元`
        : `短款 ${formatYuan(fen(-difference))} 元`

/** What was counted against the books, with what was explained and booked already: a day that was short is not called even. */
export const standingWords = (cash: { readonly difference: Fen | null; readonly overShort: Fen }): string =>
  cash.difference === 0 && cash.overShort !== 0
    ? `${differenceWords(cash.overShort)}，已说明`
    : differenceWords(cash.difference)

/** Why the difference cannot be agreed to yet: the second person agrees to the count that is kept, so it must be the one in sight. */
export const explainProblem = (kept: Fen | null, typed: Fen | null, reason: string): string | null =>
  kept !== typed ? '清点有改动，请先保存清点' : reason.trim() === '' ? '请填写原因' : null
