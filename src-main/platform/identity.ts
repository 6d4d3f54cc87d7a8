/**
 * What people are known by: national ID (GB 11643), 统一社会信用代码 (GB 32100), phones, and how they are masked.
 * Each `…Problem` returns null when the text is good, else the Chinese words that say what to mend. Used on both floors.
 */
import { businessDate, isBusinessDate, type BusinessDate } from './dates.ts'
import { cleanText } from './text.ts'

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Full-width digits and stray spaces are the input method's, not the customer's. */
const compact = (text: string): string => cleanText(text).normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** The 18th character that belongs to the first 17 digits of a national ID. */
export function nationalIdCheck(first17: string): string {
  const total = ID_WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(first17.charAt(i)), 0)
  return ID_CHECKS.charAt(total % 11)
}

/**
 * The form in which an ID is stored and compared: 18 characters, capital X. A 15-digit number of an old file gets its
 * century (19) and check character. Text that is no ID comes back only trimmed; ask `nationalIdProblem`.
 */
export function normaliseNationalId(text: string): string {
  const id = compact(text)
  if (!/^\d{15}$/.test(id)) return id
  const first17 = `${id.slice(0, 6)}19${id.slice(6)}`
  return first17 + nationalIdCheck(first17)
}

const birthText = (id: string): string => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`

/**
 * Whether a national ID can be one (GB 11643): length, characters, calendar date, check character. The region code is not
 * looked up, as regions are abolished but their numbers stay.
 * @param today when given, a birth date after it is refused
 */
export function nationalIdProblem(text: string, today?: BusinessDate): string | null {
  const typed = compact(text)
  if (typed === '') return '请填写身份证号'
  if (typed.length !== 15 && typed.length !== 18) return `身份证号应为 18 位，现在是 ${typed.length} 位`
  if (!/^(\d{15}|\d{17}[\dX])$/.test(typed)) return '身份证号只能是数字，末位可以是 X'
  const id = normaliseNationalId(typed)
  const birth = birthText(id)
  if (!isBusinessDate(birth) || birth < '1850-01-01') return `身份证号中的出生日期 ${birth} 不存在，请核对第 7 至 14 位`
  if (today !== undefined && birth > today) return `身份证号中的出生日期 ${birth} 晚于今天，请核对第 7 至 14 位`
  if (nationalIdCheck(id) !== id.charAt(17)) return '身份证号校验不符，有一位输错或两位颠倒，请对照证件核对'
  return null
}

/** Birth date in a valid national ID. @throws RangeError when the ID carries no date */
export const birthDateOf = (nationalId: string): BusinessDate =>
  businessDate(birthText(normaliseNationalId(nationalId)))

/** Sex in a valid national ID: the 17th digit is odd for men. */
export const sexOf = (nationalId: string): 'male' | 'female' =>
  Number(normaliseNationalId(nationalId).charAt(16)) % 2 === 1 ? 'male' : 'female'

/** The 18th character that belongs to the first 17 of a 统一社会信用代码. */
export function creditCodeCheck(first17: string): string {
  const total = CODE_WEIGHTS.reduce((sum, weight, i) => sum + weight * CODE_ALPHABET.indexOf(first17.charAt(i)), 0)
  return CODE_ALPHABET.charAt((31 - (total % 31)) % 31)
}

/** The form in which a 统一社会信用代码 is stored: no spaces, capitals. */
export const normaliseCreditCode = (text: string): string => compact(text)

/** Whether a 统一社会信用代码 can be one (GB 32100): length, the 31 letters and digits, region digits, check character. */
export function creditCodeProblem(text: string): string | null {
  const code = compact(text)
  if (code === '') return '请填写统一社会信用代码'
  if (code.length !== 18) return `统一社会信用代码应为 18 位，现在是 ${code.length} 位`
  const foreign = [...code].find((character) => !CODE_ALPHABET.includes(character))
  if (foreign !== undefined)
    return 'IOZSV'.includes(foreign)
      ? `统一社会信用代码不用字母 ${foreign}，请核对是否为相似的数字`
      : '统一社会信用代码只能是数字和大写字母'
  if (!/^\d{6}$/.test(code.slice(2, 8))) return '统一社会信用代码第 3 至 8 位应为数字'
  if (creditCodeCheck(code) !== code.charAt(17)) return '统一社会信用代码校验不符，请对照营业执照核对'
  return null
}

/** The form in which a phone is stored: digits only, +86 dropped; a landline keeps one '-' after its area code. */
export function normalisePhone(text: string): string {
  const typed = cleanText(text)
    .normalize('NFKC')
    .replace(/[—–−]/g, '-')
    .replace(/[\s()]/g, '')
  const digits = typed.replaceAll('-', '').replace(/^(\+86|0086)/, '')
  if (!/^0\d+$/.test(digits)) return digits
  // A two-digit area is 010 or 02x; every other is three digits after the zero.
  const area = /^0(10|2\d)/.test(digits) ? 3 : 4
  return `${digits.slice(0, area)}-${digits.slice(area)}`
}

/** Whether the text is a mobile number of the mainland. */
export function mobileProblem(text: string): string | null {
  const phone = normalisePhone(text)
  if (phone === '') return '请填写手机号'
  if (!/^\d+$/.test(phone)) return '手机号只能是数字'
  if (phone.length !== 11) return `手机号应为 11 位，现在是 ${phone.length} 位`
  return /^1[3-9]/.test(phone) ? null : '手机号应以 13 至 19 开头'
}

/** Whether the text is a phone a customer can be reached at: mobile, landline with its area code, or a 400 number. */
export function phoneProblem(text: string): string | null {
  const phone = normalisePhone(text)
  if (phone === '') return '请填写联系电话'
  if (!/^[\d-]+$/.test(phone)) return '电话只能是数字，区号后可加横线'
  if (/^1\d/.test(phone)) return mobileProblem(phone)
  if (/^0/.test(phone))
    return /^0(10|2\d|[3-9]\d{2})-[2-9]\d{6,7}$/.test(phone)
      ? null
      : '座机号应为区号加 7 或 8 位号码，例如 0990-6881234'
  if (/^400/.test(phone)) return phone.length === 10 ? null : '400 电话应为 10 位'
  if (/^9\d{4,5}$/.test(phone)) return '这是客服短号，请填写客户本人的电话'
  return '电话应为手机号、带区号的座机号或 400 号码'
}

/** Keeps `head` and `tail` characters; a text too short to hide at least three is hidden whole. */
function mask(text: string, head: number, tail: number): string {
  if (text.length < head + tail + 3) return '*'.repeat(text.length)
  return text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(text.length - tail)
}

/** '138****5678': first three and last four. */
export const maskPhone = (phone: string): string => mask(phone, 3, 4)

/** An ID, a mobile number, or a landline with its area code, standing in a text; in groups too, as they are read out. */
export const numbersInText =
  /(?<![\dA-Za-z])(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{15}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?[2-9]\d{6,7})(?![\dA-Za-z])/g
/** A text as a file or a person wrote it, with every number of a person in it masked. */
export const maskNumbersIn = (text: string): string =>
  text.replace(/[０-９Ｘｘ]/g, (wide) => wide.normalize('NFKC')).replace(numbersInText, (number) => mask(number, 3, 4))

/** Every number of a person that stands in some texts, each once: what `maskNumbersIn` hides of them. */
export const numbersIn = (texts: readonly string[]): string[] => [
  ...new Set(
    texts.flatMap((text) => text.replace(/[０-９Ｘｘ]/g, (wide) => wide.normalize('NFKC')).match(numbersInText) ?? []),
  ),
]

/**
 * What somebody is shown who asks for a record's number: the number, and those its words hide; and which they were, masked,
 * for the audit log.
 */
export function numbersShown(number: string, words: readonly string[]): { value: string; shown: string } {
  const bare = (one: string) => one.replace(/[ -]/g, '').toUpperCase()
  const all = [number, ...numbersIn(words)].filter((one) => one !== '')
  const each = all.filter((one, i) => all.findIndex((other) => bare(other) === bare(one)) === i)
  return { value: each.join('、'), shown: each.map((one) => mask(one, 3, 4)).join('、') }
}

/** A text that was shown masked and comes back edited: what is masked in it still is the number that stood there `before`. */
export const unmaskedAs = (text: string, before: string): string =>
  numbersIn([before]).reduce((told, number) => told.replaceAll(mask(number, 3, 4), number), text)

/** '110***********002X': first three and last four, so neither home county nor birthday shows. */
export const maskNationalId = (nationalId: string): string => mask(nationalId, 3, 4)
