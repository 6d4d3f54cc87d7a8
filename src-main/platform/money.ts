/**
 * Money, gas volume and unit price as whole numbers, so that no float ever holds money. Used on both floors.
 *
 * One litre (1/1000 m³) at one unit of price (1/10000 yuan per m³) costs 1e-7 yuan = 1e-5 fen, so `multiply` is the only
 * place where a fraction of a fen can arise, and it is rounded there, once.
 */
import { cleanText } from './text.ts'
import { InvalidInput } from './errors.ts'

interface Brand<Name extends string> {
  readonly __unit: Name
}
/** Amount of money in fen (0.01 yuan); may be negative (balances, reversals). */
export type Fen = number & Brand<'fen'>
/** Volume of gas in litres (0.001 m³). */
export type Litre = number & Brand<'litre'>
/** Price of gas in 1/10000 yuan per m³. */
export type UnitPrice = number & Brand<'1/10000 yuan per m³'>

type Quantity = Fen | Litre | UnitPrice

const FEN_PER_YUAN = 100
const LITRES_PER_CUBIC_METRE = 1000
const PRICE_UNITS_PER_YUAN = 10_000
/** litre × 1/10000 yuan per m³, in parts of a fen. */
const PRODUCT_PARTS_PER_FEN = 100_000n
const MILLION = 1_000_000n

/** @throws RangeError when the value is not a whole number that a double holds exactly */
function exactly<T extends Quantity>(value: number, unit: string): T {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of ${unit}`)
  // `-0` would print as "-0.00" and differ from 0 under Object.is.
  return (value === 0 ? 0 : value) as T
}

/** Takes a whole number of fen. @throws RangeError for fractions, NaN and numbers beyond 2^53 */
export const fen = (value: number): Fen => exactly<Fen>(value, 'fen')
/** Takes a whole number of litres. @throws RangeError for fractions, NaN and numbers beyond 2^53 */
export const litre = (value: number): Litre => exactly<Litre>(value, 'litres')
/** Takes a whole number of 1/10000 yuan per m³. @throws RangeError for fractions, NaN and numbers beyond 2^53 */
export const unitPrice = (value: number): UnitPrice => exactly<UnitPrice>(value, '1/10000 yuan per m³')

/** Whole cubic metres as litres. @throws RangeError unless `value` is a whole number of m³ */
export const cubicMetres = (value: number): Litre => litre(exactly<Litre>(value, 'm³') * LITRES_PER_CUBIC_METRE)

/** Sum of two quantities of the same unit. @throws RangeError beyond 2^53 */
export const add = <T extends Quantity>(a: T, b: NoInfer<T>): T => exactly<T>(a + b, 'units')

/** `a − b` of the same unit. @throws RangeError beyond 2^53 */
export const subtract = <T extends Quantity>(a: T, b: NoInfer<T>): T => exactly<T>(a - b, 'units')

/** The same quantity with the other sign, as a reversal (冲正) books it. */
export const negate = <T extends Quantity>(a: T): T => exactly<T>(-a, 'units')

/** Sum of any number of quantities of one unit; of none it is zero. @throws RangeError beyond 2^53 */
export const sum = <T extends Quantity>(values: Iterable<T>): T => {
  let total = 0
  for (const value of values) total = exactly<T>(total + value, 'units')
  return total as T
}

/** The smaller of two quantities of one unit. */
export const least = <T extends Quantity>(a: T, b: NoInfer<T>): T => (a < b ? a : b)

/** Divides and rounds half away from zero, so that a reversal is always the exact negative of its original. */
function divideHalfUp(numerator: bigint, denominator: bigint): number {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (size * 2n + denominator) / (denominator * 2n)
  return Number(numerator < 0n ? -rounded : rounded)
}

/**
 * Volume × unit price, rounded half up to the fen: the one function that turns gas into money.
 * A negative volume (a volume given back) costs exactly the negative of the positive one.
 * @throws RangeError when the amount is beyond 2^53 fen
 */
export const multiply = (volume: Litre, price: UnitPrice): Fen =>
  fen(divideHalfUp(BigInt(volume) * BigInt(price), PRODUCT_PARTS_PER_FEN))

/**
 * A share of an amount, rounded half up to the fen: late fees, caps.
 * @param ratePerMillion whole parts per million; 3‰ is 3000
 * @throws RangeError when the rate is no whole number or the result is beyond 2^53 fen
 */
export const multiplyRate = (amount: Fen, ratePerMillion: number): Fen =>
  fen(divideHalfUp(BigInt(amount) * BigInt(ratePerMillion), MILLION))

/**
 * Scales a unit price by a ratio (阶梯比价 1.2 is 1200 per mille) and rounds half up to whole fen per m³, as prices are
 * published: 3.45 × 1.5 = 5.175 → 5.18 (domain.md §2.3).
 */
export const scalePrice = (base: UnitPrice, perMille: number): UnitPrice =>
  unitPrice(divideHalfUp(BigInt(base) * BigInt(perMille), 100_000n) * 100)

/** The mean rate applied to another span: `total × part / span`, rounded half up. @throws RangeError unless span > 0 */
export function proportion<T extends Quantity>(total: T, part: number, span: number): T {
  if (span <= 0) throw new RangeError('a proportion needs a positive span')
  return exactly<T>(divideHalfUp(BigInt(total) * BigInt(part), BigInt(span)), 'units')
}

/**
 * Cuts a quantity into whole parts in proportion to `weights` (days). The parts sum exactly to `total`, and each differs
 * from its exact share by less than one unit: every boundary is rounded, not every part.
 * @throws RangeError when a weight is negative or no weight is positive
 */
export function apportion<T extends Quantity>(total: T, weights: readonly number[]): T[] {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) throw new RangeError('weights: 0, 1, 2, …')
  const all = weights.reduce((a, b) => a + b, 0)
  let weight = 0
  let given = 0
  return weights.map((next) => {
    weight += next
    const boundary: number = proportion(total, weight, all)
    const part = exactly<T>(boundary - given, 'units')
    given = boundary
    return part
  })
}

/** Why a typed number was refused; stands in `details.reason` of the error. */
export type AmountProblem = 'empty' | 'notANumber' | 'negative' | 'grouping' | 'tooManyDecimals' | 'tooLarge'

interface Written {
  /** What the clerk calls it. */
  readonly label: string
  readonly decimals: number
  readonly example: string
  /** Largest value in units of the last decimal. */
  readonly max: number
}

// The same limits as the schemas of the calls (contract.ts), so that a field refuses what the backend would.
const yuanWritten: Written = { label: '金额', decimals: 2, example: '1234.50', max: 1_000_000_000_000 }
const volumeWritten: Written = { label: '气量', decimals: 3, example: '125.5', max: 100_000_000_000 }
const priceWritten: Written = { label: '单价', decimals: 4, example: '3.45', max: 10_000_000 }

function parseDecimal(text: string, { label, decimals, example, max }: Written): number {
  const refuse = (reason: AmountProblem, message: string) => new InvalidInput(message, { details: { reason } })
  // Input methods leave full-width digits and a Chinese full stop behind.
  const typed = cleanText(text)
    .normalize('NFKC')
    .replace(/[。｡]/g, '.')
    .replace(/^\s*[¥￥]?\s*|\s+$/g, '')
  if (typed === '') throw refuse('empty', `请填写${label}`)
  if (/^[-−]/.test(typed)) throw refuse('negative', `${label}不能为负数`)
  const parts = /^([\d,]+)(?:\.(\d*))?$/.exec(typed)
  if (!parts?.[1] || !/^\d/.test(parts[1])) throw refuse('notANumber', `${label}只能填数字，例如 ${example}`)
  const [, integer, fraction = ''] = parts
  if (integer.includes(',') && !/^\d{1,3}(,\d{3})+$/.test(integer))
    throw refuse('grouping', `${label}的逗号位置不对，应每三位一个，例如 1,234`)
  if (fraction.length > decimals) throw refuse('tooManyDecimals', `${label}最多 ${decimals} 位小数，例如 ${example}`)
  const digits = integer.replaceAll(',', '') + fraction.padEnd(decimals, '0')
  if (BigInt(digits) > BigInt(max)) throw refuse('tooLarge', `${label}过大，请核对是否多输了数字`)
  return Number(digits)
}

/**
 * Reads an amount as a clerk types it: '1,234.5', '¥12', full-width digits.
 * @throws InvalidInput in Chinese, with an `AmountProblem` in `details.reason`
 */
export const parseYuan = (text: string): Fen => fen(parseDecimal(text, yuanWritten))

/** Reads a volume or meter reading in m³, at most three decimals. @throws InvalidInput as `parseYuan` */
export const parseCubicMetres = (text: string): Litre => litre(parseDecimal(text, volumeWritten))

/** Reads a price in yuan per m³, at most four decimals. @throws InvalidInput as `parseYuan` */
export const parseUnitPrice = (text: string): UnitPrice => unitPrice(parseDecimal(text, priceWritten))

function format(value: number, scale: number, decimals: number, minDecimals: number, grouped: boolean): string {
  const size = Math.abs(value)
  const integer = String(Math.trunc(size / scale))
  const shown = grouped ? integer.replace(/\B(?=(\d{3})+$)/g, ',') : integer
  let fraction = String(size % scale).padStart(decimals, '0')
  while (fraction.length > minDecimals && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
  return `${value < 0 ? '-' : ''}${shown}${fraction === '' ? '' : `.${fraction}`}`
}

/** '1,234.50', '-0.05': always two decimals, thousands separated. */
export const formatYuan = (amount: Fen): string => format(amount, FEN_PER_YUAN, 2, 2, true)

/** '310', '12.5', '1,234.567': cubic metres without idle zeros. */
export const formatCubicMetres = (volume: Litre): string => format(volume, LITRES_PER_CUBIC_METRE, 3, 0, true)

/** '3.45', '2.409': yuan per m³, at least two decimals. */
export const formatUnitPrice = (price: UnitPrice): string => format(price, PRICE_UNITS_PER_YUAN, 4, 2, false)

/**
 * 现金尾差: how cash treats what is below one jiao. No coin of a fen is in use, so a company may leave it to the customer
 * (`down`) or round half up to the jiao; `none` takes the exact amount.
 */
export const cashRoundings = ['none', 'down', 'half-up'] as const
export type CashRounding = (typeof cashRoundings)[number]
const FEN_PER_JIAO = 10

/** What is taken in cash of an amount in fen (not negative). 138.99 → 138.90 `down`, 139.00 `half-up`. */
export function roundCash(amount: Fen, rule: CashRounding): Fen {
  if (rule === 'none') return amount
  const raised = rule === 'half-up' ? amount + FEN_PER_JIAO / 2 : amount
  return fen(raised - (raised % FEN_PER_JIAO))
}
