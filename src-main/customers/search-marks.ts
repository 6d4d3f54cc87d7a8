/** Says which part of a found row a query matched, so that the screen can mark it. Pure. */
import type { Mark, MatchField } from './api.ts'
import type { z } from 'zod'
import { meterNoSeparator } from './meter-numbers.ts'
import { fold, idTails, phoneTails, readings, secretTerms, type QueryWord } from './search-words.ts'

type MarkValue = z.output<typeof Mark>

/** What was searched, including the numbers a screen never shows in full. */
export interface MarkedRow {
  readonly name: string
  readonly category: string
  readonly address: string | null
  readonly meterNo: string | null
  readonly accountNo: string | null
  /** Old account numbers, separated by spaces. */
  readonly oldNos?: string | null
  readonly phone: string
  readonly phoneAlt: string | null
  readonly idNumber: string | null
}

/** Digits of the phone a list shows. */
const phoneTailLength = 4

/** Marks of every word, and the field of the first one. */
export function marksOf(row: MarkedRow, words: readonly QueryWord[]): { matched: MatchField; marks: MarkValue[] } {
  const marks = words.flatMap((word) => markOf(row, word))
  const [first] = marks
  return { matched: first?.field ?? 'name', marks: marks.filter(({ from, to }) => to > from) }
}

function markOf(row: MarkedRow, word: QueryWord): MarkValue[] {
  for (const whole of word.wholes) {
    const mark = whole.startsWith('~')
      ? numberMark(row, [...whole.slice(1)].reverse().join(''), 'end')
      : (textMark('name', row.name, row.category === 'resident', whole) ??
        numberMark(row, whole, 'start') ??
        (row.address === null ? null : addressMark(row.address, whole)))
    if (mark) return [mark]
  }
  const secret = word.secret === null ? null : secretMark(row, word.secret)
  if (secret) return [secret]
  return word.parts.flatMap((part) => markOf(row, part))
}

/** Characters as shown, found as written, by pinyin or by initials. */
function textMark(field: MatchField, shown: string, person: boolean, word: string): MarkValue | null {
  const direct = shown.toLowerCase().indexOf(word)
  if (direct >= 0) return { field, from: direct, to: direct + word.length }
  for (const units of readings(shown, person)) {
    for (let start = 0; start < units.length; start++) {
      const count = unitsSpelling(units.slice(start), word)
      if (count === 0) continue
      const before = units.slice(0, start)
      const end = positionOf(shown, before.map((unit) => unit.text).join(''))
      // A point or space before the marked part is not part of it.
      const from = end + (/^[^\p{L}\p{N}]*/u.exec(shown.slice(end))?.[0].length ?? 0)
      const to = positionOf(shown, [...before, ...units.slice(start, start + count)].map((unit) => unit.text).join(''))
      return { field, from, to }
    }
  }
  return null
}

/** How many units from the first on the word spells, by pinyin or initials; 0 when it spells none. */
function unitsSpelling(units: readonly { text: string; reading: string }[], word: string): number {
  for (const spell of [
    (unit: { text: string; reading: string }) => unit.reading,
    (unit: { text: string; reading: string }) => (/^\d/.test(unit.text) ? unit.text : unit.reading.charAt(0)),
  ]) {
    let spelled = ''
    for (let count = 1; count <= units.length; count++) {
      spelled += spell(units[count - 1] as { text: string; reading: string })
      if (spelled.startsWith(word)) return count
      if (!word.startsWith(spelled)) break
    }
  }
  return 0
}

/** Where in the shown text the folded beginning ends: folding drops spaces and points. */
function positionOf(shown: string, beginning: string): number {
  let left = [...beginning].length
  let position = 0
  for (const character of shown) {
    if (left === 0) break
    position += character.length
    left -= [...fold(character).replace(/\s/g, '')].length
  }
  return position
}

function numberMark(row: MarkedRow, word: string, at: 'start' | 'end'): MarkValue | null {
  const matches = (number: string | null): boolean => {
    const plain = number?.replace(/[^0-9a-z]/gi, '').toLowerCase()
    if (plain === undefined) return false
    return at === 'end' ? plain.endsWith(word) : plain.startsWith(word)
  }
  const shown = (field: MatchField, text: string): MarkValue => {
    const length = Math.min(word.length, text.length)
    return at === 'end' ? { field, from: text.length - length, to: text.length } : { field, from: 0, to: length }
  }
  if (row.accountNo !== null && matches(row.accountNo)) return shown('account', row.accountNo)
  let from = 0
  for (const meterNo of row.meterNo?.split(meterNoSeparator) ?? []) {
    if (matches(meterNo)) {
      const mark = shown('meter', meterNo)
      return { ...mark, from: from + mark.from, to: from + mark.to }
    }
    from += meterNo.length + meterNoSeparator.length
  }
  if (row.oldNos?.split(' ').some(matches)) return { field: 'account', from: 0, to: 0 }
  return null
}

/** Whole or by its tail, as the index finds it: any other part that matched would tell a number nobody may see. */
function secretMark(row: MarkedRow, word: string): MarkValue | null {
  const found = (number: string | null, tails: readonly number[]) => secretTerms(number, tails).includes(`~~${word}`)
  if (found(row.phone, phoneTails)) return { field: 'phone', from: 0, to: row.phone.slice(-phoneTailLength).length }
  // Neither is shown, so there is nothing to mark.
  if (found(row.idNumber, idTails)) return { field: 'id', from: 0, to: 0 }
  return found(row.phoneAlt, phoneTails) ? { field: 'phone', from: 0, to: 0 } : null
}

/** 3-2-501 within '3号楼2单元501室', or the words of an address. */
function addressMark(address: string, word: string): MarkValue | null {
  const found = /^[\da-z]+(-[\da-z]+)+$/.test(word)
    ? new RegExp(`${word.replaceAll('-', '[^0-9]{1,3}')}(?:号楼|栋|幢|座|单元|室|号)?`, 'iu').exec(address)
    : null
  return found
    ? { field: 'address', from: found.index, to: found.index + found[0].length }
    : textMark('address', address, false, word)
}
