/** The screen's clock is the backend's: the day a form proposes is the day the entry will be made on. */
let offset = 0

/** @param now the backend's clock, epoch ms */
export function learnClock(now: number): void {
  offset = now - Date.now()
}

/** Epoch ms by the backend's clock. */
export const screenNow = (): number => Date.now() + offset
