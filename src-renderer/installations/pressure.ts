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
