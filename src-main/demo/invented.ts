/**
 * Identities that belong to nobody, for tests and demo data: region 99 does not exist in GB/T 2260, so a number made here
 * passes every check and can be no person's or company's.
 */
import { addDays, businessDate } from '../platform/dates.ts'
import { creditCodeCheck, nationalIdCheck } from '../platform/identity.ts'

const digits = (value: number, width: number): string => String(value % 10 ** width).padStart(width, '0')

/** A valid 18-character ID; the same `n` (0, 1, 2 …) gives the same one. Births between 1940 and 2005; odd `n` are men. */
export function inventedNationalId(n: number): string {
  const birth = addDays(businessDate('1940-01-01'), (n * 7919) % 24_000).replaceAll('-', '')
  const first17 = `99${digits(Math.floor(n / 1000), 4)}${birth}${digits(n, 3)}`
  return first17 + nationalIdCheck(first17)
}

/** A valid 统一社会信用代码 of a region that does not exist; the same `n` gives the same one. */
export function inventedCreditCode(n: number): string {
  const first17 = `9199${digits(0, 4)}${digits(n, 9)}`
  return first17 + creditCodeCheck(first17)
}

/** A mobile number of the right form; the same `n` gives the same one. */
export const inventedMobile = (n: number): string => `1990${digits(n, 7)}`
