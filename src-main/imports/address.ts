/**
 * Taking an address apart that an old system kept in one piece. Read from both ends: what stands before (province, city,
 * district, town, road) and the tail (building, unit, room); what remains between them is the community. Pure.
 */
import type { PlaceValue } from '../customers/api.ts'

type Part = 'district' | 'street' | 'community' | 'building' | 'unit' | 'room'
type Draft = Record<Part, string>

/** What a hall said about its own addresses, once: communities whose names look like something else, and whole addresses. */
export interface AddressRules {
  /** Longest first. */
  readonly communities: readonly string[]
  readonly whole: ReadonlyMap<string, PlaceValue>
}
export const noRules: AddressRules = { communities: [], whole: new Map() }

export interface TakenApart {
  readonly place: PlaceValue
  /** Why somebody should look at it; null when every part was found. */
  readonly doubt: string | null
}

const numerals = '〇一二三四五六七八九'

/** 三 → 3, 十二 → 12, 二十一 → 21: so that a building is found under one name. Other text stays as it is. */
export function arabic(text: string): string {
  const parts = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (!parts || text === '') return text
  const [tens, ten, ones] = [parts[1], parts[2], parts[3]]
  const of = (numeral: string | undefined, none: number) => (numeral === undefined ? none : numerals.indexOf(numeral))
  return String(ten === undefined ? of(tens ?? ones, 0) : of(tens, 1) * 10 + of(ones, 0))
}

/** The address as it is compared and taken apart: half-width, one kind of dash, no spaces but those that part numbers. */
export const plainAddress = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/[—–－﹣~～_/\\、,，|]+/g, '-')
    // 3.2.501; the dot of 碧桂园·天玺 belongs to the name.
    .replace(/(?<=[\dA-Za-z#])[.。·]+(?=[\dA-Za-z])/g, '-')
    .replace(/[.。]+/g, '·')
    .replace(/(?<=[\dA-Za-z])\s+(?=[\dA-Za-z])/g, '-')
    .replace(/\s+/g, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')

// ---- from the front ----

/** What is only a kind of place and no name: 花园 in 南街花园, 家属院 in 铁道家属院. */
const kindOnly =
  /^(?:小区|社区|花园|家园|佳苑|家属[院楼区]|宿舍|大院|大厦|公寓|新村|新区|[东西南北中]区|[东西南北]院|苑|园|城|里|坊|村|院|广场|市场|商场|商城|学校|小学|中学|医院|局|所|站|厂|公司|宾馆|饭店|酒店)/
/** Endings of 区 that name a part of a community, not a district. */
const noDistrict =
  /(?:小|社|园|校|厂|院|住宅|生活|家属|宿舍|工业|[一二三四五六七八九十\dA-Za-z甲乙丙丁]|[东西南北中前后老旧新])区$/
/** Districts that end so all the same. */
const yetDistrict =
  /^(?:[市城桥路河江湖海港道]?[东西南北中]|浦东新|滨海新|两江新|西咸新|贵安新|天府新|江北新|舟山群岛新|雄安新|工业园|苏州工业园)区$/
/** After these a 区, 县 or 市 belongs to the name of an office: 县委家属院. */
const office = '(?!委|政府|医院|人民医院|局|联社|中学|一中|二中|幼儿园|社|场|政|民|郊|里|城小区|面)'
const cityAhead = new RegExp(`^[^\\d]{1,10}?(?:自治州|地区|郭勒盟|兴安盟|阿拉善盟|市)${office}`, 'u')
const districtEnd = new RegExp(`(?:区|县|旗|市)${office}`, 'gu')
const noCity = /(?:城|都|超|夜|门|集|闹|菜|花|早|股|楼)市$/
const tailAhead = /^(?:第?[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|号院|栋|幢|座|#|单元|号|排|-)|\d)/

/** Whether a text is a kind of place without a name, a tail behind it or nothing. */
function isOnlyKind(text: string): boolean {
  const kind = kindOnly.exec(text)?.[0]
  if (kind === undefined) return false
  const behind = text.slice(kind.length)
  return behind === '' || tailAhead.test(behind)
}

function cutDistrict(text: string): { district: string; rest: string; said: boolean } {
  let rest = text
  let said = false
  let city = ''
  const province =
    /^(?:中国)?(?:[^\d]{2,3}省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔|广西|宁夏|新疆)自治区|(?:北京|天津|上海|重庆)市)/u.exec(
      rest,
    )
  if (province) {
    rest = rest.slice(province[0].length)
    said = true
  }
  const found = cityAhead.exec(rest)
  if (
    found &&
    !noCity.test(found[0]) &&
    !tailAhead.test(rest.slice(found[0].length)) &&
    rest.length > found[0].length
  ) {
    const behind = rest.slice(found[0].length)
    // 超市 and 市场 are no cities; a city is followed by a district, a town, a road, or it was led in by its province.
    if (said || /^[^\d]{1,9}?(?:区|县|旗|市|镇|乡|街道|路|街|大道|巷)/u.test(behind) || found[0].length >= 3) {
      city = found[0]
      rest = behind
      said = true
    }
  }
  for (const end of rest.matchAll(districtEnd)) {
    const name = rest.slice(0, end.index + 1)
    if (name.length < 2) continue
    if (name.length > 9 || /\d/.test(name)) break
    const behind = rest.slice(name.length)
    if (behind === '' || tailAhead.test(behind) || isOnlyKind(behind)) continue
    if (name.endsWith('区') && noDistrict.test(name) && !(yetDistrict.test(name) && (said || name.length > 2))) continue
    // 红旗小区: a 旗 is a county only where it is called so.
    if (name.endsWith('旗') && !/(?:自治|[左右前中后]|联合)旗$/.test(name) && !said) continue
    if (name.endsWith('市') && (noCity.test(name) || !said)) continue
    if (/路|街|巷|小区|花园|镇|乡/.test(name.slice(0, -1))) break
    return { district: name, rest: behind, said: true }
  }
  return { district: city, rest, said }
}

/** 镇, 乡, 街道 before the rest. */
const town = /^([^\d]{1,8}?(?:街道办事处|街道办|街道|镇|乡|苏木))(?!中学|小学|政府|卫生|医院|路|街|道)(?=.)/u
const roadEnd = /(?:大道|大街|胡同|横街|路|街|道|巷|弄)(?:[东西南北中][段路街]|[一二三四五六七八九十\d]+[段巷])?/gu
/** 路 and 道 that are no roads. */
const noRoad = /(?:铁|公|电|线|水|丝|网|出|管|高速|一|正|思|退)[路]$|(?:铁|轨|河|水|赤|管|街)道$/

/** A road with its house number: 人民路12号, 解放路东段5号院. Null where the text begins with none. */
function roadOf(text: string): { road: string; number: string; rest: string } | null {
  for (const end of text.matchAll(roadEnd)) {
    const road = text.slice(0, end.index + end[0].length)
    if (road.length < 2 || road.length > 16 || noRoad.test(road) || /小区|花园|家园|家属|号|栋|幢|-/.test(road))
      continue
    const behind = text.slice(road.length)
    const number =
      /^(?:\d+(?:-\d+)?(?:号院|号大院|院|号(?!楼)|弄)(?:附\d+号|之\d+号?)?|附\d+号)/u.exec(behind)?.[0] ?? ''
    if (number !== '') return { road, number, rest: behind.slice(number.length) }
    if (behind === '' || isOnlyKind(behind) || tailAhead.test(behind) || /^\d/.test(behind)) continue
    if (/^(?:与|和|交)/.test(behind)) continue
    return { road, number: '', rest: behind }
  }
  return null
}

// ---- from the end ----

const number = '(?:\\d{1,5}[A-Za-z]?|[A-Za-z]\\d{0,3}|[甲乙丙丁]|[一二三四五六七八九十百]{1,4})'
const buildingWord = '(?:号楼|号院楼|栋|幢|座|#楼?|楼)'
const building = `(?:第?(?<b>[甲乙丙丁]\\d{1,5}|${number}|[东西南北中主副前后])(?<bw>${buildingWord}|排|组|队))`
const unit = `(?:第?(?:(?<u>${number})(?:单元|门洞|门|梯)|(?<us>[东西南北中])单元))`
const floor = '(?:(?<f>[-B]?\\d{1,2}|[一二三四五六七八九十]{1,3})(?:层|楼)-?)'
const side = '(?:[东西南北中左右前后]{1,2}(?:户|边|侧|门|室)?)'
const room = `(?<r>\\d{1,5}[A-Za-z]?(?:-\\d{1,2})?|[A-Za-z]-?\\d{1,4}|(?:底商|商铺|门面房?|门市|车库|网点|铺面)\\d{0,4}|${side}|\\d{1,2}(?:层|楼)${side}?)(?<rw>号?室|号?房|户|号)?`
const end = '(?<note>\\([^()]{1,10}\\))?$'
const head = '^(?<c>.*?)-?'
/** What may stand before a building that is only a number. */
const bareHead = '^(?<c>.*?[^\\dA-Za-z#-])-?'

/** Tails from the most to the least they tell; the shortest name before one that fits is the community. */
const tails: readonly RegExp[] = [
  `${bareHead}(?<b>${number})(?:${buildingWord}|号)?-(?<u>${number})(?:单元|门)?-(?<f>\\d{1,2})-${room}${end}`,
  `${bareHead}(?<b>${number})(?:${buildingWord}|号)?-(?<u>${number})(?:单元|门)?-${room}${end}`,
  `${head}${building}-?(?:${unit}-?|(?<u2>${number})-)${floor}?${room}${end}`,
  `${head}(?<b>${number})号-?${unit}-?${floor}?${room}${end}`,
  `${head}${unit}-?${floor}?${room}${end}`,
  `${head}${building}-?${floor}?${room}${end}`,
  `${head}(?<b>${number})号-?(?<r>\\d{2,5}[A-Za-z]?)(?<rw>室|房)?${end}`,
  `${head}${building}-?${unit}${end}`,
  `${bareHead}(?<b>${number})-(?<r>\\d{3,5}[A-Za-z]?)(?<rw>室|房|户|号)?${end}`,
  `${head}${building}${end}`,
  `${head}${unit}${end}`,
  `${head}(?<r>(?:底商|商铺|门面房?|门市|车库|网点|铺面)\\d{0,4})(?<rw>号)?${end}`,
  `${head}(?<r>\\d{1,5}[A-Za-z]?(?:-\\d{1,3})?)(?<rw>号)${end}`,
  `${head}${floor}?(?<r>\\d{1,5}[A-Za-z]?)(?<rw>号?室|号?房|户)${end}`,
].map((source) => new RegExp(source, 'u'))

/** Words that stay with their number, as they are no 号楼: 3排, 2组, 东楼. */
const lasting = /^(?:排|组|队)$/

function roomText(found: Readonly<Record<string, string | undefined>>, inBuilding: boolean): string {
  const { r = '', rw = '', f, note = '' } = found
  // A house in a village or a lane keeps its 号; a flat is known by its number.
  const bare = rw === '号' && !inBuilding ? `${r}号` : r
  const told = f === undefined ? '' : arabic(f)
  if (told === '' || bare === '') return bare + note
  // 5楼501 is 501; 5楼1 is 501 as well; 5楼东户 keeps its floor.
  if (/^\d{3,}/.test(bare)) return bare.startsWith(told) ? bare + note : `${told}层${bare}${note}`
  return (/^\d{1,2}$/.test(bare) ? told + bare.padStart(2, '0') : `${told}层${bare}`) + note
}

function cutTail(text: string): (Pick<Draft, 'building' | 'unit' | 'room'> & { rest: string }) | null {
  for (const tail of tails) {
    const found = tail.exec(text)?.groups
    if (!found) continue
    const { b = '', bw = '', us, u2, f, r, c = '' } = found
    const u = found['u'] ?? us
    const word = lasting.test(bw) ? bw : /^[东西南北中主副前后]$/.test(b) ? '楼' : ''
    return {
      rest: c.replace(/-+$/, ''),
      building: b === '' ? '' : arabic(b).toUpperCase() + word,
      unit: arabic(u ?? u2 ?? '').toUpperCase(),
      room:
        r === undefined
          ? f === undefined
            ? ''
            : `${arabic(f)}层`
          : roomText(found, b !== '' || (u ?? u2) !== undefined),
    }
  }
  return null
}

// ---- together ----

/** A building or unit that was left in the name. */
const partInside = /[\d一二三四五六七八九十甲乙丙丁](?:号楼|[栋幢座]|单元)/

function doubtOf({ community, building, room }: Draft, tailFound: boolean): string | null {
  if (kindOnly.test(community) && community.length <= 3) return '小区名称只有“' + community + '”，请核对'
  if (/[\d#-]$/.test(community)) return `小区名称“${community}”末尾还有号码，请核对`
  if (partInside.test(community)) return `小区名称“${community}”里还有楼栋或单元，请核对`
  if (!tailFound) return '没有拆出楼栋和房号，整条放在“小区或单位”'
  return building === '' && room === '' ? '只拆出一部分，请核对' : null
}

/**
 * District, street, community, building, unit and room of an address written in one piece, with what is doubtful about it.
 * What is not recognised stays in the community, so nothing but province, city and the words for the parts is lost.
 */
export function takeApart(written: string, rules: AddressRules = noRules): TakenApart {
  const plain = plainAddress(written)
  const said = rules.whole.get(plain)
  if (said) return { place: said, doubt: null }
  const place: Draft = { district: '', street: '', community: '', building: '', unit: '', room: '' }
  let rest = plain
  // What the hall calls a community is one, wherever it stands and whatever it looks like.
  const named = rules.communities.find((name) => plain.includes(name))
  let before = rest
  let behind: string | null = null
  if (named !== undefined) {
    const at = plain.indexOf(named)
    before = plain.slice(0, at)
    behind = plain.slice(at + named.length)
  }
  const { district, rest: afterDistrict } = cutDistrict(named === undefined ? before : `${before}某某某`)
  place.district = district
  rest = named === undefined ? afterDistrict : afterDistrict.replace(/某某某$/, '')
  const inTown = town.exec(named === undefined ? rest : `${rest}某`)
  if (inTown) {
    place.street = inTown[1] ?? ''
    rest = rest.slice(place.street.length)
  }
  const road = roadOf(named === undefined ? rest : `${rest}某`)
  let address = ''
  if (road) {
    rest = named === undefined ? road.rest : road.rest.replace(/某$/, '')
    // 人民路12号院 is what the place is called; 人民路12号 before a name is where it stands.
    if (/[院弄]$/.test(road.number)) address = road.road + road.number
    else place.street += road.road + road.number
  }
  if (named !== undefined && behind !== null) {
    const tail = cutTail(`某${behind.replace(/^-/, '')}`)
    const clean = tail !== null && tail.rest === '某'
    const more = tail === null ? behind : tail.rest.slice(1)
    const whole = { ...place, ...pick(tail), street: place.street + rest, community: named + more }
    return { place: whole, doubt: clean || behind === '' ? null : doubtOf(whole, tail !== null) }
  }
  const tail = rest === '' ? null : cutTail(rest)
  const name = address + (tail === null ? rest : tail.rest)
  Object.assign(place, pick(tail))
  place.community = name.replace(/^-+|-+$/g, '')
  if (place.community === '' && place.street !== '') {
    // A house at a street without a community: the street with its number is what it is known by, its 街道 stays before it.
    const before = inTown && road ? (inTown[1] ?? '') : ''
    place.community = place.street.slice(before.length)
    place.street = before
  }
  if (place.community === '') {
    const whole = { district: '', street: '', community: written.trim(), building: '', unit: '', room: '' }
    return { place: whole, doubt: '没有拆开，整条放在“小区或单位”' }
  }
  const houseOnly = tail === null && road !== null && road.number !== '' && !partInside.test(place.community)
  return { place, doubt: houseOnly ? null : doubtOf(place, tail !== null) }
}

const pick = (tail: ReturnType<typeof cutTail>): Pick<Draft, 'building' | 'unit' | 'room'> =>
  tail === null ? { building: '', unit: '', room: '' } : { building: tail.building, unit: tail.unit, room: tail.room }
