/** Pressures as they are typed and held: kPa on the screen, whole pascals in the calls. */

/** Pascals of a text in kPa with at most three decimals; null when it is none. */
export function readKilopascals(text: string): number | null {
  const typed = text.normalize('NFKC').trim()
  const parts = /^(\d{1,5})(?:\.(\d{1,3}))?$/.exec(typed)
  return parts ? Number(parts[1]) * 1000 + Number((parts[2] ?? '').padEnd(3, '0')) : null
}

/** Whole pascals; null when the text is none. */
export function readPascals(text: string): number | null {
  const typed = text.normalize('NFKC').trim()
  return /^\d{1,8}$/.test(typed) ? Number(typed) : null
}

/** '5', '2.35': kPa of pascals. */
export const showKilopascals = (pascals: number): string => String(pascals / 1000)

/** A tightness test as it is typed: kPa, minutes, Pa. */
export interface Pressures {
  pressure: string
  minutes: string
  drop: string
}
export const noPressures = (): Pressures => ({ pressure: '', minutes: '', drop: '' })

interface Tightness {
  readonly pressurePa: number
  readonly minutes: number
  readonly dropPa: number
}
/** What was typed, once all of it can be read; else null. */
export function readTightness(typed: Pressures): Tightness | null {
  const pressurePa = readKilopascals(typed.pressure)
  const minutes = readPascals(typed.minutes)
  const dropPa = readPascals(typed.drop)
  return pressurePa === null || minutes === null || dropPa === null ? null : { pressurePa, minutes, dropPa }
}

/** What is asked for, in words. */
export const demandInWords = ({ pressurePa, minutes, dropPa }: Tightness): string =>
  `要求不低于 ${showKilopascals(pressurePa)} kPa，稳压 ${minutes} 分钟，压降不超过 ${dropPa} Pa`
