/**
 * Numbers people read aloud and type back: 户号, 合同号, 收据号, 工单号. A number is a kind's letters, hall (3 digits), PC
 * (2 digits), serial, and a check digit by H. M. Damm's quasigroup of order 10, which finds every single wrong digit and
 * every exchange of two neighbours (Luhn misses 09 ↔ 90). Used on both floors.
 */

const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

const remainder = (digits: string): string =>
  [...digits].reduce((row, digit) => (DAMM[Number(row)] ?? '').charAt(Number(digit)), '0')

/** The check digit of a run of digits. @throws RangeError when the text is not all digits */
export function checkDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError(`${digits} is not a run of digits`)
  return remainder(digits)
}

export interface NumberParts {
  /** Up to four capital letters that tell the kind; may be empty (户号). Not covered by the check digit. */
  readonly prefix: string
  /** Hall code, 3 digits. */
  readonly hall: string
  /** Code of the PC within the hall, 2 digits. */
  readonly pc: string
  /** Counts from 1 on each PC. */
  readonly serial: number
}

export interface NumberShape extends NumberParts {
  /** Digits of the serial, 3–9. */
  readonly width: number
}

/**
 * Writes a number: `{ prefix: 'SJ', hall: '001', pc: '02', serial: 7, width: 6 }` → 'SJ00102000007' and its check digit.
 * @throws RangeError when a part does not fit, also when the serials of this PC are used up
 */
export function composeNumber({ prefix, hall, pc, serial, width }: NumberShape): string {
  if (!/^[A-Z]{0,4}$/.test(prefix)) throw new RangeError(`prefix ${prefix}`)
  if (!/^\d{3}$/.test(hall) || !/^\d{2}$/.test(pc)) throw new RangeError(`hall ${hall}, PC ${pc}`)
  if (!Number.isInteger(width) || width < 3 || width > 9) throw new RangeError(`width ${width}`)
  if (!Number.isInteger(serial) || serial < 1 || serial >= 10 ** width) throw new RangeError(`serial ${serial}`)
  const digits = hall + pc + String(serial).padStart(width, '0')
  return prefix + digits + remainder(digits)
}

/**
 * Takes a number apart, as typed or read by a scanner (spaces and hyphens ignored, letters in any case).
 * Null when it is no number of ours or its check digit is wrong.
 */
export function parseNumber(text: string): NumberParts | null {
  const typed = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  const parts = /^([A-Z]{0,4})((\d{3})(\d{2})(\d{3,9})\d)$/.exec(typed)
  if (!parts || remainder(parts[2] ?? '') !== '0') return null
  const [, prefix = '', , hall = '', pc = '', serial = ''] = parts
  return Number(serial) === 0 ? null : { prefix, hall, pc, serial: Number(serial) }
}

/**
 * Whether a number can be one of ours.
 * @param expected when given, its letters and length must also be those of this kind
 */
export function isValidNumber(text: string, expected?: { readonly prefix: string; readonly width: number }): boolean {
  const parts = parseNumber(text)
  if (!parts || !expected) return parts !== null
  const length = text.normalize('NFKC').replace(/[\s-]/g, '').length
  return parts.prefix === expected.prefix && length === expected.prefix.length + 6 + expected.width
}

/**
 * A number in the groups it is read in: '0010100001234' (hall 3, PC 2, serial, check digit 1) → ['001', '01', '0000123',
 * '4']; letters of the kind come first. Text that is no number of ours comes back whole.
 */
export function numberGroups(value: string): string[] {
  const parts = /^([A-Z]*)(\d{3})(\d{2})(\d{3,9})(\d)$/.exec(value)
  return parts ? parts.slice(1).filter((part) => part !== '') : [value]
}
