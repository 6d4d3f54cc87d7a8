/** Where the notice board's display stood when the program ended, kept on this PC; and where it stands next. Pure but for the file. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** A screen as the system names it. Ids may change when the PC starts anew; place and size then tell it. */
export const Screen = z.object({
  id: z.number(),
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
})
export type Screen = z.output<typeof Screen>

const isSame = (a: Screen, b: Screen): boolean =>
  a.bounds.x === b.bounds.x &&
  a.bounds.y === b.bounds.y &&
  a.bounds.width === b.bounds.width &&
  a.bounds.height === b.bounds.height

/**
 * The screen on which it goes on: the same one, by id or by its place; else another beside the counter's. It never moves
 * onto the counter's own screen by itself, where it would cover the login page.
 */
export function screenToReopen(was: Screen, screens: readonly Screen[], counterId: number): Screen | null {
  const same = screens.find(({ id }) => id === was.id) ?? screens.find((one) => isSame(one, was))
  return same ?? screens.find(({ id }) => id !== counterId) ?? null
}

/** What was remembered in `file`; null when the display was not open, or nothing of it can be read. */
export function recall(file: string): Screen | null {
  try {
    return Screen.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** A disk that is full must not keep the board from being shown. */
export function remember(file: string, { id, bounds }: Screen): void {
  try {
    writeFileSync(file, JSON.stringify(Screen.parse({ id, bounds })))
  } catch {
    // It then has to be opened by hand once more.
  }
}

export const forget = (file: string): void => rmSync(file, { force: true })
