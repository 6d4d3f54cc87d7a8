/** Hundredths as they are typed: quantities and percents with at most two decimals. Pure. */
import type { Typed } from '../components/quantity.ts'

const written = /^\d{1,7}(?:\.\d{1,2})?$/

/** '3.5' → 350. */
export function readHundredths(text: string): Typed<number> {
  const plain = text.normalize('NFKC').replaceAll(/[\s,%]/g, '')
  if (plain === '') return { value: null, problem: null }
  if (!written.test(plain)) return { value: null, problem: '应为至多两位小数的数' }
  return { value: Math.round(Number(plain) * 100), problem: null }
}
