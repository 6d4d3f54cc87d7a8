/** Taking an address apart that an old system kept in one piece. Pure. */
import type { PlaceValue } from '../customers/api.ts'

type Draft = Record<'district' | 'street' | 'community' | 'building' | 'unit' | 'room', string>

/** Pieces of an address from its end, so that what stands before them may be called anything. */
const ends: readonly (readonly ['room' | 'unit' | 'building', RegExp])[] = [
  ['room', /(?:^|[-\s号])?(\d{1,5}[A-Za-z]?)\s*(?:室|房|户|号房)?$/],
  ['unit', /([\dA-Za-z]{1,4}|[一二三四五六七八九十]{1,3})\s*单元$/],
  ['building', /([\dA-Za-z]{1,6}|[一二三四五六七八九十]{1,3})\s*(?:号楼|栋|幢|座|#楼?|楼)$/],
]

const numerals = '〇一二三四五六七八九'

/** 三 → 3, 十二 → 12, 二十一 → 21: so that a building is found under one name. Other text stays as it is. */
export function arabic(text: string): string {
  const parts = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (!parts || text === '') return text
  const [tens, ten, ones] = [parts[1], parts[2], parts[3]]
  const of = (numeral: string | undefined, none: number) => (numeral === undefined ? none : numerals.indexOf(numeral))
  return String(ten === undefined ? of(tens ?? ones, 0) : of(tens, 1) * 10 + of(ones, 0))
}

const cutEnd = (text: string): string => text.replace(/[\s,，、\-—]+$/u, '')

/**
 * District, street, community, building, unit and room of an address written in one piece: 示例区人民路12号阳光花园3号楼
 * 2单元501室, 阳光花园3-2-501, 人民路12号老街饭店. What is not recognised stays in the community, so nothing is lost.
 */
export function takeApart(written: string): PlaceValue {
  const place: Draft = { district: '', street: '', community: '', building: '', unit: '', room: '' }
  let text = written.normalize('NFKC').replace(/\s+/g, '')
  const district = /^(?:[^\d]{2,8}?省)?(?:[^\d]{2,8}?市)?([^\d省市]{1,8}?(?:区|县|旗))(?=.)/u.exec(text)
  if (district) {
    place.district = district[1] ?? ''
    text = text.slice(district[0].length)
  }
  const street = /^(.{1,20}?(?:路|街|道|巷|大道|大街|胡同|弄)(?:\d+(?:-\d+)?号(?!楼))?)(?!\d)(?=.)/u.exec(text)
  if (street && !/小区|花园|家园|苑/.test(street[1] ?? '')) {
    place.street = street[1] ?? ''
    text = text.slice(street[0].length)
  }
  const coded = /^(.*?[^\d-])(\d{1,4}[A-Za-z]?)-(\d{1,3})-(\d{1,5}[A-Za-z]?)(?:室|户)?$/u.exec(text)
  if (coded) {
    ;[, place.community = '', place.building = '', place.unit = '', place.room = ''] = coded
    return finished(place, written)
  }
  // A bare number at the end is a room only where a building or unit stands before it, or it says so itself.
  const roomSaid = /(?:室|房|户)$/u.test(text)
  const inBuilding = /(?:单元|号楼|栋|幢|座|#|楼)[\s-]*\d{1,5}[A-Za-z]?$/u.test(text)
  for (const [part, pattern] of ends) {
    if (part === 'room' && !roomSaid && !inBuilding) continue
    const found = pattern.exec(text)
    if (!found) continue
    place[part] = found[1] ?? ''
    text = cutEnd(text.slice(0, found.index))
  }
  place.community = text
  return finished(place, written)
}

function finished(place: Draft, written: string): PlaceValue {
  const community = cutEnd(place.community)
  if (community !== '') return { ...place, community }
  // A house at a street without a community: the street with its number is what it is known by.
  if (place.street !== '') return { ...place, community: place.street, street: '' }
  return { district: '', street: '', community: written.trim(), building: '', unit: '', room: '' }
}
