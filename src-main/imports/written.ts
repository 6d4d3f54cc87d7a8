/** Names, phones and volumes as old systems and their clerks wrote them. Pure. */
import { phoneProblem } from '../platform/identity.ts'

/** 赵　明 is 赵明: spaces between Chinese characters are the typist's; between other words they stay one. */
export const plainName = (text: string): string =>
  text
    .replace(/[\s\u3000\u00a0\u200b-\u200f\ufeff]+/gu, ' ')
    .trim()
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')

/** 35.1000 as 35.1, .35 as 0.35, with unit or without. */
export const plainVolume = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s*(m³|m3|立方米?|方)$/i, '')
    .replace(/^\./, '0.')
    .replace(/(\.\d{3})0+$/, '$1')

export interface Phones {
  readonly first: string
  readonly second: string
  /** What stays as a note: an extension, a third number. */
  readonly rest: string
}

/** A landline as people of one place write it among themselves. */
export const lacksArea = (phone: string): boolean => /^[2-8]\d{6,7}$/.test(phone)

/** A landline of this hall's own area gets its code; others stay as they are. */
const withArea = (phone: string, areaCode: string): string =>
  areaCode !== '' && lacksArea(phone) ? `${areaCode}-${phone}` : phone

/** Where a space parts two numbers of which one cannot be read. */
const betweenNumbers = /\s+(?=0\d{2,3}-?|1[3-9]\d{9})|(?<=\d{7,})\s+/
/** Digits of one number, with those that slipped in. */
const longestNumber = 13

/** 199 0000 0003 is one number in groups, 199 0000 0003 0990 6881234 are two: as many groups as make a number belong together. */
function numbersOf(part: string, areaCode: string): string[] {
  const groups = part.split(/\s+/).filter((group) => group !== '')
  const found: string[] = []
  for (let at = 0; at < groups.length;) {
    const ends = Array.from({ length: groups.length - at }, (_, i) => groups.length - i)
    const end = ends.find((to) => phoneProblem(withArea(groups.slice(at, to).join(''), areaCode)) === null)
    if (end === undefined) return part.replace(/\D/g, '').length > longestNumber ? part.split(betweenNumbers) : [part]
    found.push(groups.slice(at, end).join(''))
    at = end
  }
  return found
}

/** 19900000001、0990-6881234 · 0990-6881234-801 · 6881234转801 · (0990)6881234: two numbers at most, with what is beyond. */
export function readPhones(text: string, areaCode: string): Phones {
  const notes: string[] = []
  const plain = text.normalize('NFKC').replace(/[—–−]/g, '-').replace(/[()]/g, '')
  const found = plain
    .split(/[、,，;；/|]+|或/)
    .flatMap((part) => numbersOf(part, areaCode))
    .map((part) => part.replace(/\s/g, ''))
    .filter((part) => part !== '')
    .map((part) => {
      const extension = /^(.*?\d{7,8})(?:-|转|分机:?|ext\.?:?|#|\*)(\d{1,6})$/i.exec(part)
      const own = extension !== null && phoneProblem(withArea(extension[1] ?? '', areaCode)) === null
      if (own) notes.push(`${extension[1]} 分机 ${extension[2]}`)
      return withArea(own ? (extension[1] ?? '') : part, areaCode)
    })
  const [first = '', second = '', ...more] = found
  return { first, second, rest: [...notes, ...more].join('；') }
}

/** Whether a row that begins so adds the others up, or tells who printed them. */
export const isFooter = (first: string): boolean =>
  /^(?:合\s*计|总\s*计|小\s*计|本页[合小]计|累计|汇总|共计|共\s*\d+\s*[户行条笔]|制表|打印|审核)/.test(first)
