/** Laws of a password, the same on both floors: long or mixed enough, nothing in it that a colleague would try first. */

import { guessable, holdsDate, holdsPhone, holdsWord, normalised } from '../platform/guessable.ts'

export const minPasswordLength = 8
export const maxPasswordLength = 64
/** From this length on one class of characters is enough. */
const longEnough = 12

/** What a colleague knows of the person and the place; nothing of it may stand in the password. */
export interface KnownWords {
  readonly staffNo: string
  /** Names of person, hall and company in pinyin, full and by initials, the hall's number: whatever has 3 letters or 2 characters counts. */
  readonly others?: readonly string[]
}

const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^\da-zA-Z\s]/]
const classesIn = (text: string): number => classes.filter((one) => one.test(text)).length

/** Why a password may not be used, in the words the person reads; null when it may. */
export function passwordProblem(password: string, { staffNo, others = [] }: KnownWords): string | null {
  const typed = normalised(password)
  if (typed.length < minPasswordLength) return `密码至少 ${minPasswordLength} 位`
  if (typed.length > maxPasswordLength) return `密码不能超过 ${maxPasswordLength} 位`
  const lower = typed.toLowerCase()
  const holds = (word: string) => holdsWord(lower, word.toLowerCase())
  if (staffNo.length >= 2 && holds(staffNo)) return '密码中不能有工号'
  if (holdsPhone(lower)) return '密码中不能有电话号码'
  if (holdsDate(lower)) return '密码中不能有日期'
  if (others.some((word) => word.length >= (/\p{Script=Han}/u.test(word) ? 2 : 3) && holds(word))) {
    return '密码中不能有姓名、营业厅或公司的名称、编号'
  }
  if (typed.length < longEnough && classesIn(typed) < 2) {
    return `密码须有字母、数字、符号中的两种，或不少于 ${longEnough} 位`
  }
  return guessable(lower) ? '此密码太容易被猜到，请换一个' : null
}
