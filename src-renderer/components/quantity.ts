/** What a clerk types into a field for money or gas, read exactly; shared by MoneyInput and VolumeInput. */
import { parseCubicMetres, parseYuan, type Fen, type Litre } from '../../src-main/platform/money.ts'
import { DomainError } from '../../src-main/platform/errors.ts'

export interface Typed<T> {
  /** Null while nothing that can be used is typed. */
  readonly value: T | null
  /** What to mend, in Chinese; null for an empty field, which only `required` objects to. */
  readonly problem: string | null
}

function read<T>(text: string, parse: (text: string) => T): Typed<T> {
  if (text.trim() === '') return { value: null, problem: null }
  try {
    return { value: parse(text), problem: null }
  } catch (error) {
    if (error instanceof DomainError) return { value: null, problem: error.message }
    throw error
  }
}

/** '1,234.5' → 123450 fen. */
export const readMoney = (text: string): Typed<Fen> => read(text, parseYuan)
/** '125.5' (m³) → 125500 litres. */
export const readVolume = (text: string): Typed<Litre> => read(text, parseCubicMetres)

/** Adds the bounds of a field to what was typed. Units are those of `value`. */
export function withinBounds<T extends number>(
  typed: Typed<T>,
  { min, max, show }: { min?: T | undefined; max?: T | undefined; show: (value: T) => string },
): Typed<T> {
  if (typed.value === null) return typed
  if (min !== undefined && typed.value < min) return { value: null, problem: `不能小于 ${show(min)}` }
  if (max !== undefined && typed.value > max) return { value: null, problem: `不能大于 ${show(max)}` }
  return typed
}
