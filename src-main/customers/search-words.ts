/**
 * What a customer can be found by, as terms of the full-text index, and what a clerk types, as a match expression.
 * Pure: no database. Both sides go through `fold`, so that a thing typed meets the thing kept.
 *
 * A term is a run of letters, digits and '-'. Marks stand before a term: `^` where it begins a name (those come first), `~`
 * where it is a number written backwards, so that a tail of any length is a prefix, `~~` where it is part of a secret.
 *
 * A secret (ID number, phone) is found whole or by its last four characters, an ID also by its last six, and by nothing
 * in between: if a beginning or a tail of any length were found, whoever may not see a number could rebuild it digit by
 * digit. So its terms are never compared but as a whole.
 */
import { pinyin } from 'pinyin-pro'
import { cleanText } from '../platform/text.ts'
import { meterNoSeparator } from './meter-numbers.ts'

/** Longest term that starts inside a name; the one from its beginning is kept whole (characters). */
const maxInnerTerm = 24
const maxTerm = 40
/** Words of a query beyond this are ignored. */
const maxWords = 6

export interface SearchSubject {
  readonly name: string
  /** A person's first character is read as a surname too (单 shàn, 曾 zēng, 仇 qiú). */
  readonly person: boolean
  readonly phones: readonly string[]
  readonly idNumber: string | null
  readonly accountNo: string | null
  readonly meterNo: string | null
  /** What the account was called before; absent for most. */
  readonly oldNos?: readonly string[]
  readonly place: PlaceParts | null
}

export interface PlaceParts {
  readonly street: string
  readonly community: string
  readonly building: string
  readonly unit: string
  readonly room: string
}

/**
 * The form in which text is kept and asked for: half-width, small letters, '3号楼2单元501室' as '3-2-501', no
 * punctuation. Spaces stay.
 */
export function fold(text: string): string {
  return cleanText(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ü]/g, 'v')
    .replace(/[—–−_/#]/g, '-')
    .replace(/(?<=[a-z0-9])(?:号楼|号|栋|幢|座|楼|单元|室|户)-?(?=[a-z0-9])/g, '-')
    .replace(/(?<=[a-z0-9])(?:号楼|号|栋|幢|座|楼|单元|室|户)(?=\s|$)/g, '')
    .replace(/[·•.'’]/g, '')
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/(^|[\s\p{Script=Han}])-+/gu, '$1')
    .trim()
}

const digitsOf = (text: string): string => text.replace(/[^0-9a-z]/gi, '').toLowerCase()
const backwards = (text: string): string => [...text].reverse().join('')

/** A Chinese character or a run of letters and digits, with how it is read. */
interface Unit {
  readonly text: string
  readonly reading: string
}

const readingCache = new Map<string, readonly (readonly Unit[])[]>()
/** Communities and streets repeat; names mostly do not. Entries. */
const maxCachedReadings = 20_000

/**
 * Surnames with two readings, the one in use for a person first: clerks type the one they know. A reader of names knows
 * only the first, a reader of words often only the second.
 */
const surnameReadings: Readonly<Record<string, readonly string[]>> = {
  单: ['shan', 'dan'],
  解: ['xie', 'jie'],
  曾: ['zeng', 'ceng'],
  仇: ['qiu', 'chou'],
  查: ['zha', 'cha'],
  区: ['ou', 'qu'],
  朴: ['piao', 'pu'],
  盖: ['ge', 'gai'],
  乐: ['yue', 'le'],
  种: ['chong', 'zhong'],
  繁: ['po', 'fan'],
  覃: ['qin', 'tan'],
  缪: ['miao', 'mou'],
  翟: ['zhai', 'di'],
  黑: ['he', 'hei'],
  召: ['shao', 'zhao'],
  员: ['yun', 'yuan'],
  洗: ['xian', 'xi'],
  折: ['she', 'zhe'],
  秘: ['bi', 'mi'],
  重: ['chong', 'zhong'],
  柏: ['bai', 'bo'],
  薄: ['bo', 'bao'],
  卜: ['bu', 'bo'],
  都: ['du', 'dou'],
  隗: ['wei', 'kui'],
  乜: ['nie', 'mie'],
  那: ['na', 'nuo'],
  宁: ['ning', 'neng'],
  曲: ['qu', 'ju'],
  瞿: ['qu', 'ju'],
  宿: ['su', 'xiu'],
  相: ['xiang', 'xian'],
  尉: ['wei', 'yu'],
  鲜: ['xian', 'xuan'],
  祭: ['zhai', 'ji'],
  訾: ['zi', 'ci'],
  谌: ['chen', 'shen'],
  阚: ['kan', 'han'],
  郗: ['xi', 'chi'],
  句: ['gou', 'ju'],
  牟: ['mou', 'mu'],
}

/** ü after n and l: typed v by an input method, yu on a passport, u by whoever has no other letter. */
const umlautSpellings = ['u', 'yu'] as const
const hasUmlaut = (reading: string): boolean => /^[ln]v/.test(reading)

/** The ways a text is read, unit by unit: as words, as a name, with either reading of the surname, with ü in each spelling. */
export function readings(text: string, person: boolean): readonly (readonly Unit[])[] {
  const key = (person ? '1' : '0') + text
  const cached = readingCache.get(key)
  if (cached) return cached
  const folded = fold(text).replace(/\s+/g, ' ')
  const asWords = unitsOf(folded, false)
  const ways = person ? [unitsOf(folded, true), asWords] : [asWords]
  const [first, ...rest] = ways[0] ?? []
  if (person && first) {
    const known = surnameReadings[first.text] ?? []
    ways.push(...known.map((reading) => [{ ...first, reading }, ...rest]))
  }
  for (const way of [...ways]) {
    if (!way.some(({ reading }) => hasUmlaut(reading))) continue
    for (const spelling of umlautSpellings) {
      ways.push(
        way.map((unit) => (hasUmlaut(unit.reading) ? { ...unit, reading: unit.reading.replace('v', spelling) } : unit)),
      )
    }
  }
  const different = new Map(ways.map((way) => [way.map(({ reading }) => reading).join(' '), way]))
  const found = [...different.values()]
  if (readingCache.size >= maxCachedReadings) readingCache.clear()
  readingCache.set(key, found)
  return found
}

function unitsOf(folded: string, surname: boolean): Unit[] {
  const characters = [...folded]
  const read = pinyin(folded, { toneType: 'none', type: 'array', v: true, surname: surname ? 'head' : 'off' })
  // A character outside the reader's tables keeps the two lists from lining up; such a text is read as it is written.
  const aligned = read.length === characters.length
  const units: Unit[] = []
  let run = ''
  const endRun = () => {
    if (run !== '') units.push({ text: run, reading: run })
    run = ''
  }
  characters.forEach((character, i) => {
    if (/\p{Script=Han}/u.test(character)) {
      endRun()
      const reading = aligned ? (read[i] ?? character) : pinyin(character, { toneType: 'none', v: true })
      units.push({ text: character, reading: reading.toLowerCase() })
    } else if (character === ' ') endRun()
    else run += character
  })
  endRun()
  return units
}

/** Pinyin of a name, then the name: sorts as a directory does. */
export function nameKey(name: string, person: boolean): string {
  const units = readings(name, person)[0] ?? []
  return `${units.map((unit) => unit.reading).join(' ')} ${name}`.slice(0, 120)
}

const initialOf = ({ text, reading }: Unit): string => (/^\d/.test(text) ? text : reading.charAt(0))

const spellings = [
  (units: readonly Unit[]) => units.map((unit) => unit.text).join(''),
  (units: readonly Unit[]) => units.map((unit) => unit.reading).join(''),
  (units: readonly Unit[]) => units.map(initialOf).join(''),
] as const

/** Whether what was typed spells a name from one of its units on: 花园, jsxq and jinse of 金色小区花园. */
export function isSpelled(name: string, typed: string): boolean {
  const wanted = fold(typed).replace(/\s+/g, '')
  if (wanted === '') return false
  return readings(name, false).some((units) =>
    units.some((_, i) => spellings.some((spell) => spell(units.slice(i)).startsWith(wanted))),
  )
}

/** Every way to spell a text, from each of its units on. */
function spelledTerms(text: string, person: boolean, beginsName: boolean): string[] {
  return readings(text, person).flatMap((units) =>
    spellings.flatMap((spell) => {
      const whole = spell(units).slice(0, maxTerm)
      const inner = units.slice(1).map((_, i) => spell(units.slice(i + 1)).slice(0, maxInnerTerm))
      return beginsName ? [whole, `^${whole}`, ...inner] : [whole, ...inner]
    }),
  )
}

function numberTerms(number: string | null): string[] {
  const digits = number === null ? '' : digitsOf(number)
  return digits === '' ? [] : [digits, `~${backwards(digits)}`]
}

/** What a secret is found by: the whole of it, its last four characters, for an ID its last six (see above). */
export function secretTerms(number: string | null, tails: readonly number[]): string[] {
  const whole = number === null ? '' : digitsOf(number)
  if (whole === '') return []
  return [whole, ...tails.filter((tail) => tail < whole.length).map((tail) => whole.slice(-tail))].map(
    (term) => `~~${term}`,
  )
}
export const phoneTails = [4] as const
export const idTails = [4, 6] as const

/** Building, unit and room as people say them: 3-2-501; and from the unit or room on. */
function placeCodes({ building, unit, room }: PlaceParts): string[] {
  const parts = [building, unit, room].map(bareNumber).filter((part) => part !== '')
  return parts.map((_, i) => parts.slice(i).join('-').replace(/\s+/g, ''))
}

/** '3号楼' → '3': what is left of a building, unit or room without its word. */
export const bareNumber = (part: string): string => fold(part).replace(/-+$/, '')

/** Everything a customer is found by, separated by spaces. */
export function searchTerms(subject: SearchSubject): string {
  const { place } = subject
  const terms = [
    ...spelledTerms(subject.name, subject.person, true),
    ...subject.phones.flatMap((phone) => secretTerms(phone, phoneTails)),
    ...secretTerms(subject.idNumber, idTails),
    ...[subject.accountNo, ...(subject.meterNo?.split(meterNoSeparator) ?? []), ...(subject.oldNos ?? [])].flatMap(
      numberTerms,
    ),
    ...(place
      ? [
          ...spelledTerms(place.community, false, false),
          ...(place.street === '' ? [] : spelledTerms(place.street, false, false)),
          ...placeCodes(place),
        ]
      : []),
  ]
  return [...new Set(terms)].filter((term) => term !== '').join(' ')
}

/**
 * A word of a query: any of `wholes` begins a term, or each of `parts` is found. A long number equals its term instead
 * of beginning it: all account numbers of a hall begin alike, so their beginnings tell nothing (see `numberPrefix`).
 */
export interface QueryWord {
  readonly longNumber: boolean
  readonly wholes: readonly string[]
  /** '阳光3-2' as 阳光 and 3-2; empty where there is nothing to take apart. */
  readonly parts: readonly QueryWord[]
  /** May begin a name: letters or characters, not a number. */
  readonly named: boolean
  /** The word as a secret or its tail, compared as a whole; null where it cannot be one. */
  readonly secret: string | null
}

/** Digits from which on a number is looked up as a whole or by its tail. */
const longNumberDigits = 4

/**
 * What a word would be as a secret: `tail` by its length, `whole` by its form, so that a number that is still being typed
 * is not taken for one. Null for everything else.
 */
export function secretKind(word: string): 'tail' | 'whole' | null {
  if (/\d/.test(word) && (word.length === 4 || word.length === 6)) return 'tail'
  // A mobile, a landline with its area, a 400 number. No area is 00x or 011 to 019: so begin account numbers of ours that are
  // still being typed, and each of them cost three tries.
  if (/^(1[3-9]\d{9}|0(?:10|[2-9]\d)\d{7,9}|400\d{7})$/.test(word)) return 'whole'
  if (/^[0-9a-z]{18}$/.test(word) || /^\d{15}$/.test(word)) return 'whole'
  // A passport; taken whole only, as it has no form of its own but letters before digits.
  return /^[a-z]{1,2}\d{7,8}$/.test(word) ? 'whole' : null
}

const segmentPattern = /\p{Script=Han}+|\d[\d-]*x?|[^\p{Script=Han}\d\s-]+/gu

function queryWord(word: string, mayTakeApart: boolean): QueryWord {
  const numeric = /^[\d-]+x?$/.test(word)
  const digits = digitsOf(word)
  const wholes = new Set([word.slice(0, maxTerm)])
  // A landline or an account number typed in groups; a place code such as 3-2-501 is never that long.
  if (numeric && word.includes('-') && digits.length >= 7) wholes.add(digits)
  if (/^[a-z]*\d[\d-]*x?$/.test(word)) wholes.add(`~${backwards(digits)}`)
  const secret = numeric || /^[0-9a-z]{4,20}$/.test(word) ? digits : ''
  const segments = mayTakeApart ? (word.match(segmentPattern) ?? []) : []
  return {
    longNumber: new RegExp(`^[a-z]*\\d{${longNumberDigits},}x?$`).test(word),
    wholes: [...wholes],
    parts: segments.length > 1 ? segments.slice(0, maxWords).map((segment) => queryWord(segment, false)) : [],
    named: !numeric,
    secret: secretKind(secret) === null ? null : secret,
  }
}

/**
 * What the index's tokenizer (Unicode 6.1) takes apart: all but letters of names and addresses, digits and hyphens. In the
 * middle of a word such a character would make two terms of it, which the index cannot look up as one.
 */
const separators =
  /[^a-z0-9\s\-\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0410-\u044f\u3400-\u4db5\u4e00-\u9fcc\u{20000}-\u{2a6d6}\u{2a700}-\u{2b734}\u{2b740}-\u{2b81d}]+/gu

/** What was typed, as words that must all be found. Empty when there is nothing to look for. */
export function parseQuery(text: string): QueryWord[] {
  const words = fold(text)
    .replace(separators, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, maxWords)
  // A number typed in groups, '0010 1000 00012', is one number.
  const joined = words.join('')
  if (words.length > 1 && /^\d{8,}x?$/.test(joined)) return [queryWord(joined, false)]
  const each = words.map((word) => queryWord(word, true))
  // 'GM 2026 0001' is a meter, or somebody's name and two numbers: either is found.
  const meter = joined.replaceAll('-', '')
  if (words.length > 1 && /^[a-z]{0,6}\d{6,}[a-z]?$/.test(meter))
    return [{ ...queryWord(meter, false), secret: null, parts: each }]
  return each
}

export interface MatchStep {
  /** The first word that may begin a name has to. */
  readonly fromStart: boolean
  /** Terms equal the words instead of beginning with them. The tail of a long number counts as equal. */
  readonly exact: boolean
}

/** From the best matches to the loosest. */
export const matchSteps: readonly MatchStep[] = [
  { fromStart: true, exact: true },
  { fromStart: true, exact: false },
  { fromStart: false, exact: true },
  { fromStart: false, exact: false },
]

/** The FTS5 expression of a step; null where the step says nothing the next one does not. */
export function matchExpression(words: readonly QueryWord[], { fromStart, exact }: MatchStep): string | null {
  const first = words.findIndex((word) => word.named)
  if (words.length === 0 || (fromStart && first === -1)) return null
  const term = (whole: string, start: boolean, longNumber: boolean): string => {
    const backward = whole.startsWith('~')
    const loose = backward ? !exact || longNumber : !exact && !longNumber
    return `"${start ? '^' : ''}${whole}"${loose ? '*' : ''}`
  }
  const expression = (word: QueryWord, start: boolean): string => {
    const wholes = word.wholes
      .filter((whole) => !start || !whole.startsWith('~'))
      .map((whole) => term(whole, start, word.longNumber))
    if (word.secret !== null && !start) wholes.push(`"~~${word.secret}"`)
    const firstPart = word.parts.findIndex((part) => part.named)
    const parts = word.parts.map((part, i) => expression(part, start && i === firstPart))
    const alternatives = parts.length > 0 ? [...wholes, `(${parts.join(' AND ')})`] : wholes
    return alternatives.length === 1 ? (alternatives[0] as string) : `(${alternatives.join(' OR ')})`
  }
  return words.map((word, i) => expression(word, fromStart && i === first)).join(' AND ')
}

/** The beginning of a number to look up in the numbers' own indexes; null when the query is not one long number. */
export function numberPrefix(words: readonly QueryWord[]): string | null {
  const [word] = words
  return words.length === 1 && word?.longNumber ? (word.wholes[0] ?? null) : null
}
