/** From the cells of a row to what comes into the books, by the validators the counter itself uses. Pure. */
import {
  careKindNames,
  categoryNames,
  gasStateNames,
  Place,
  ProfileChange,
  suspensionReasonNames,
  type CareKind,
  type CustomerCategory,
  type EventKind,
  type IdKind,
  type PlaceValue,
  type SpecialCareValue,
} from '../customers/api.ts'
import { MeterNo } from '../metering/api.ts'
import { roleNames, roles, shortText, type Role } from '../platform/contract.ts'
import type { BusinessDate } from '../platform/dates.ts'
import { creditCodeProblem, nationalIdProblem } from '../platform/identity.ts'
import { fen, litre, negate, type Litre } from '../platform/money.ts'
import { certificateKindNames, StaffNo } from '../staff/api.ts'
import { arabic, takeApart } from './address.ts'
import { cellText, type Cell } from '../platform/sheets/cells.ts'
import {
  careChoices,
  categoryChoices,
  gasChoices,
  idChoices,
  meterChoices,
  namesOf,
  noCare,
  roleNamed,
  suspensionChoices,
} from './choices.ts'
import type { Mapping } from './fields.ts'
import { RowReader } from './row-reader.ts'
import type {
  BalancePart,
  CustomerRow,
  HistoryRow,
  ImportRow,
  MeterPart,
  OpeningPart,
  Problem,
  RowSettings,
  StaffRow,
} from './rows.ts'
import { certificateKinds, quotedNo, registerCapacity } from './rules.ts'
import { historyWords, type ImportKind } from './words.ts'
import { isFooter, lacksArea, readPhones } from './written.ts'

function readCare(row: RowReader): SpecialCareValue | null {
  const text = row.text('care')
  if (text === '' || noCare.test(text)) {
    if (row.text('measures') !== '' && text === '') row.bad('care', '填了便民措施，还须写明特殊客户的类别')
    return null
  }
  const parts = text.split(/[、,，;；/\s+]+/).filter((part) => part !== '')
  const kinds = new Set<CareKind>()
  for (const part of parts) {
    const found = careChoices.filter(([, words]) => words.test(part)).map(([kind]) => kind)
    if (found.length === 0) row.bad('care', `没有“${part}”这一种，应为${namesOf(careKindNames)}`)
    // 孤老 is both; 孤寡 and 独居 are one each.
    for (const kind of found) kinds.add(kind)
  }
  const measures = row.text('measures')
  if (measures.length > 200) row.bad('measures', '便民措施不能超过 200 个字')
  return { kinds: careChoices.map(([kind]) => kind).filter((kind) => kinds.has(kind)), measures }
}

/** Which kind a number is, where the file does not say. */
function idKindOf(row: RowReader, number: string, category: CustomerCategory): IdKind {
  if (number === '') return 'none'
  const guess: IdKind =
    nationalIdProblem(number) === null
      ? 'national-id'
      : creditCodeProblem(number) === null
        ? 'credit-code'
        : category === 'resident'
          ? 'national-id'
          : 'credit-code'
  return row.choice('idKind', idChoices, guess, namesOf({ a: '身份证', b: '统一社会信用代码', c: '护照' }))
}

/** Notices about an address begin with this, so that they are listed by themselves. */
const addressDoubt = '地址待核对：'

function readPlace(row: RowReader, { addresses }: RowSettings): PlaceValue | null {
  const parts = ['district', 'street', 'community', 'building', 'unit', 'room'] as const
  const bare = (text: string, words: RegExp) => text.replace(words, '')
  const written = row.text('address')
  const taken = written === '' ? null : takeApart(written, addresses)
  const own = {
    building: arabic(bare(row.text('building'), /(?:号楼|栋|幢|座|号|#|楼)$/)),
    unit: arabic(bare(row.text('unit'), /单元$/)),
    room: bare(row.text('room'), /(?:室|房|户|号)$/),
  }
  const draft = Object.fromEntries(
    parts.map((part) => [
      part,
      (part in own ? own[part as keyof typeof own] : row.text(part)) || (taken?.place[part] ?? ''),
    ]),
  ) as Record<(typeof parts)[number], string>
  // Columns of their own say what the one piece does not.
  const told = own.building !== '' || own.room !== '' || row.text('community') !== ''
  if (taken !== null && taken.doubt !== null && !told) row.notice('address', `${addressDoubt}${taken.doubt}`)
  const at = (part: (typeof parts)[number]) => (row.text(part) === '' && written !== '' ? 'address' : part)
  if (draft.community === '') {
    row.bad(written === '' && row.text('street') !== '' ? 'community' : 'address', '没有用气地址')
    return null
  }
  const parsed = Place.safeParse(draft)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const part = parts.find((one) => one === path[0]) ?? 'community'
    const hint = at(part) === 'address' ? '；整写的地址没能拆开，请分列填写' : ''
    row.bad(at(part), message + hint)
  }
  return null
}

function readMeter(row: RowReader, { today }: RowSettings): { meter: MeterPart | null; opening: OpeningPart | null } {
  const meterNo = row.digits('meterNo').normalize('NFKC').toUpperCase()
  const index = row.cubicMetres('index')
  const readOn = row.date('readOn')
  row.notAfter('readOn', readOn, today)
  const installedOn = row.date('installedOn')
  row.notAfter('installedOn', installedOn, today)
  const digits = row.whole('digits', 4, 9) ?? 5
  const kind = row.choice('meterKind', meterChoices, 'diaphragm', '膜式表、IC 卡表或物联网表')
  const model = row.text('meterModel')
  if (model.length > 30) row.bad('meterModel', '型号不能超过 30 个字')
  if (meterNo === '') {
    if (index !== null) row.bad('meterNo', '填了底数，还须填表号')
    return { meter: null, opening: null }
  }
  row.check(MeterNo, 'meterNo', meterNo)
  if (index === null) row.bad('index', '填了表号，还须填表底数')
  else if (index >= registerCapacity(digits)) row.bad('index', `底数超出 ${digits} 位表盘，请核对底数和表盘位数`)
  if (installedOn !== null && readOn !== null && readOn < installedOn) {
    row.bad('readOn', `底数日期早于装表日期 ${installedOn}，请核对`)
  }
  return {
    meter: { meterNo, kind, model: model === '' ? '未登记' : model, digits, installedOn },
    opening: index === null ? null : { index, readOn: readOn ?? today, readerNo: row.digits('readerNo') },
  }
}

function readUsed(row: RowReader, opening: OpeningPart | null): Litre | null {
  const used = row.cubicMetres('used')
  if (used !== null && used > 0 && opening === null) row.bad('used', '须同时填表底数，才知道算到哪一天')
  return used === null || used === 0 ? null : used
}

function readBalance(row: RowReader, { today }: RowSettings): BalancePart {
  const balance = row.signedYuan('balance')
  let prepayment = row.yuan('prepayment') ?? fen(0)
  let arrears = row.yuan('arrears') ?? fen(0)
  if (balance !== null && balance !== 0) {
    if (prepayment > 0 || arrears > 0) row.bad('balance', '余额与预存、欠费只能填一种，请核对')
    else if (balance > 0) prepayment = balance
    else arrears = negate(balance)
  }
  const month = row.month('month')
  const dueOn = row.date('dueOn')
  if (arrears === 0) return { prepayment, arrears, month: null, dueOn: null }
  if (row.text('month') === '') row.bad('month', '有欠费时须写明欠费月份')
  if (month !== null && month > today) row.bad('month', `月份 ${month.slice(0, 7)} 晚于今天，请核对`)
  if (dueOn !== null && month !== null && dueOn < month) row.bad('dueOn', '缴费期限早于欠费月份，请核对')
  return { prepayment, arrears, month, dueOn }
}

function readAccountNo(row: RowReader): string {
  const no = row.digits('accountNo')
  if (no !== '') row.check(shortText('户号', 30), 'accountNo', no)
  if (no !== '' && quotedNo(no) === '') row.bad('accountNo', '户号应有字母或数字')
  return no
}

function planOf(row: RowReader, settings: RowSettings, category: CustomerCategory): string {
  const text = row.text('plan')
  const named =
    text === ''
      ? undefined
      : settings.plans.find(({ name, code }) => name === text || code.toLowerCase() === text.toLowerCase())
  if (text !== '' && !named) row.bad('plan', '没有这个价格方案，请填方案名称或代码')
  if (named && named.category !== category) {
    row.bad('plan', `“${named.name}”是${categoryNames[named.category]}的价格，与客户类别${categoryNames[category]}不符`)
  }
  const id = named?.id ?? settings.planOf[category]
  if (id === undefined) row.bad('category', `${categoryNames[category]}还没有选默认的价格方案`)
  return id ?? ''
}

const areaMissing = '座机号没有区号；都是本地的，请管理员在“设置”里填“本地固定电话区号”，再重新检查'

function readCustomer(row: RowReader, settings: RowSettings): CustomerRow {
  const { today } = settings
  const accountNo = readAccountNo(row)
  const category = row.choice('category', categoryChoices, 'resident', namesOf(categoryNames))
  const idText = row.digits('idNumber')
  const idKind = idKindOf(row, idText, category)
  const phones = readPhones(row.digits('phone'), settings.areaCode)
  const others = readPhones(row.digits('phoneAlt'), settings.areaCode)
  const phone = phones.first
  const phoneAlt = others.first || phones.second
  const beyond = [others.first === '' ? '' : phones.second, phones.rest, others.second, others.rest]
  const place = readPlace(row, settings)
  const { meter, opening } = readMeter(row, settings)
  // An empty one is a mistake of the row already, and what stands here then comes into no books.
  const gasState = row.choice('gasState', gasChoices, 'not-ignited', namesOf(gasStateNames))
  const suspendedFor =
    gasState === 'suspended'
      ? row.choice('suspendedFor', suspensionChoices, 'customer', namesOf(suspensionReasonNames))
      : null
  const openedOn = row.date('openedOn')
  row.notAfter('openedOn', openedOn, today)
  const care = readCare(row)
  const spare = beyond.filter((text) => text !== '').join('；')
  if (spare !== '') row.notice('phone', `“${spare}”记入备注`)
  const note = [row.text('note'), spare === '' ? '' : `其他电话：${spare}`].filter((text) => text !== '').join('；')
  const profile = ProfileChange.safeParse({
    name: row.name('name'),
    idKind,
    idNumber: idText === '' ? null : idText,
    ...(phone === '' ? {} : { phone }),
    phoneAlt,
    specialCare: care,
    note,
  })
  if (!profile.success) {
    for (const { path, message } of profile.error.issues) {
      const field = String(path[0] ?? 'name')
      const noArea = (field === 'phone' && lacksArea(phone)) || (field === 'phoneAlt' && lacksArea(phoneAlt))
      row.bad(field === 'specialCare' ? 'care' : field, noArea ? areaMissing : message)
    }
  }
  if (phone === '') row.notice('phone', '没有联系电话，导入后请补')
  const known = profile.success ? profile.data : {}
  return {
    kind: 'customers',
    accountNo,
    name: row.name('name'),
    category,
    idKind,
    idNumber: known.idNumber ?? null,
    phone: known.phone ?? '',
    phoneAlt: known.phoneAlt ?? null,
    place: place ?? { district: '', street: '', community: '', building: '', unit: '', room: '' },
    planId: planOf(row, settings, category),
    householdSize: row.whole('householdSize', 1, 50) ?? 1,
    openedOn: openedOn ?? meter?.installedOn ?? today,
    gasState,
    suspendedFor,
    care: known.specialCare ?? null,
    note: known.note ?? '',
    meter,
    opening,
    used: readUsed(row, opening),
    ...readBalance(row, settings),
  }
}

function readStaff(row: RowReader, { today }: RowSettings): StaffRow {
  const staffNo = row.text('staffNo').normalize('NFKC')
  if (staffNo !== '') row.check(StaffNo, 'staffNo', staffNo)
  const name = row.name('name')
  if (name !== '') row.check(shortText('姓名', 20), 'name', name)
  const found = new Set<Role>()
  for (const part of row
    .text('roles')
    .split(/[、,，;；/\s]+/)
    .filter((one) => one !== '')) {
    const role = roleNamed(part)
    if (role === undefined) row.bad('roles', `没有“${part}”这个岗位，应为${namesOf(roleNames)}`)
    else found.add(role)
  }
  return {
    kind: 'staff',
    staffNo,
    name,
    roles: roles.filter((role) => found.has(role)),
    certificate: readCertificate(row, today),
  }
}

function readCertificate(row: RowReader, today: BusinessDate): StaffRow['certificate'] {
  const fields = ['certificate', 'certificateNo', 'issuedOn', 'validTo'] as const
  if (fields.every((key) => row.text(key) === '')) return null
  for (const key of fields) if (row.text(key) === '') row.bad(key, '上岗证的种类、证号、发证日期和有效期须填全')
  const text = row.text('certificate')
  const kind = certificateKinds.find((one) => text.includes(certificateKindNames[one].slice(0, 2)))
  if (text !== '' && kind === undefined) row.bad('certificate', `没有这一种，应为${namesOf(certificateKindNames)}`)
  const number = row.digits('certificateNo')
  if (number.length > 30) row.bad('certificateNo', '证号不能超过 30 个字')
  const [issuedOn, validTo] = [row.date('issuedOn'), row.date('validTo')]
  row.notAfter('issuedOn', issuedOn, today)
  if (issuedOn !== null && validTo !== null && validTo < issuedOn) row.bad('validTo', '有效期不能早于发证日期')
  if (validTo !== null && validTo < today) row.bad('validTo', '这本证已经过期，请登记换发的新证')
  return kind === undefined || issuedOn === null || validTo === null ? null : { kind, number, issuedOn, validTo }
}

function readHistory(row: RowReader, { today }: RowSettings): HistoryRow {
  const accountNo = readAccountNo(row)
  const date = row.date('date')
  row.notAfter('date', date, today)
  const word = row.text('kind')
  const eventKind = historyWords.find(([, words]) => words.test(word))?.[0] as EventKind | undefined
  if (word !== '' && eventKind === undefined) {
    row.bad('kind', '类别无法识别，应写抄表、账单、缴费、安检、维修、换表、停气、合同或报装等')
  }
  const [title, text] = [row.text('title'), row.text('text')]
  if (title.length > 60) row.bad('title', '标题不能超过 60 个字')
  if (text.length > 500) row.bad('text', '内容不能超过 500 个字')
  return {
    kind: 'history',
    accountNo,
    date: date ?? today,
    eventKind: eventKind ?? 'profile',
    title: title === '' ? word : title,
    text,
    amount: row.signedYuan('amount'),
  }
}

function readRow(kind: ImportKind, row: RowReader, settings: RowSettings): ImportRow {
  switch (kind) {
    case 'customers':
      return readCustomer(row, settings)
    case 'meters': {
      const accountNo = readAccountNo(row)
      const { meter, opening } = readMeter(row, settings)
      const none = { meterNo: '', kind: 'diaphragm', model: '', digits: 5, installedOn: null } as const
      const start = opening ?? { index: litre(0), readOn: settings.today, readerNo: '' }
      return { kind, accountNo, meter: meter ?? none, opening: start, used: readUsed(row, start) }
    }
    case 'readings': {
      const accountNo = readAccountNo(row)
      const meterNo = row.digits('meterNo').normalize('NFKC').toUpperCase()
      if (accountNo === '' && meterNo === '') row.bad('accountNo', '户号和表号至少填一个')
      const readOn = row.date('readOn')
      row.notAfter('readOn', readOn, settings.today)
      const index = row.cubicMetres('index') ?? litre(0)
      const opening = { index, readOn: readOn ?? settings.today, readerNo: row.digits('readerNo') }
      return { kind, accountNo, meterNo, opening, used: readUsed(row, opening) }
    }
    case 'balances': {
      const accountNo = readAccountNo(row)
      const balance = readBalance(row, settings)
      if (row.good && balance.prepayment === 0 && balance.arrears === 0)
        row.notice('prepayment', '没有预存也没有欠费，这一行不产生余额')
      return { kind, accountNo, name: row.name('name'), ...balance }
    }
    case 'staff':
      return readStaff(row, settings)
    case 'history':
      return readHistory(row, settings)
    case 'care': {
      const accountNo = readAccountNo(row)
      const idNumber = row.digits('idNumber')
      if (accountNo === '' && idNumber === '') row.bad('accountNo', '户号和证件号码至少填一个')
      const care = readCare(row)
      if (care === null) row.bad('care', `应为${namesOf(careKindNames)}`)
      return {
        kind,
        accountNo,
        idNumber: idNumber.normalize('NFKC').toUpperCase(),
        care: care ?? { kinds: ['elderly'], measures: '' },
      }
    }
  }
}

/** What a row says that adds the others up: it begins with such a word and leaves most of the columns empty. */
function footerOf(mapping: Mapping, cells: readonly Cell[]): string | null {
  const first = cells.find((cell) => cell !== null && cell !== '')
  if (first === undefined || !isFooter(cellText(first))) return null
  const texts = cells.map(cellText)
  const columns = Object.values(mapping)
  const filled = columns.filter((column) => (texts[column] ?? '') !== '').length
  if (filled >= Math.max(3, columns.length)) return null
  return texts
    .filter((text) => text !== '')
    .join(' ')
    .slice(0, 200)
}

/** What a row says, and everything that is wrong with it; `row` is null when something stands in the way. */
export function parseRow(
  kind: ImportKind,
  mapping: Mapping,
  cells: readonly Cell[],
  settings: RowSettings,
): { readonly row: ImportRow | null; readonly problems: readonly Problem[] } {
  const footer = footerOf(mapping, cells)
  if (footer !== null) {
    return {
      row: null,
      problems: [{ field: '', value: footer, reason: '合计或落款，不是一户，不导入', level: 'notice' }],
    }
  }
  const reader = new RowReader(kind, mapping, cells)
  const row = readRow(kind, reader, settings)
  return { row: reader.good ? row : null, problems: reader.problems }
}
