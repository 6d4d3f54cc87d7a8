/** 客户资料: created once, edited under an optimistic version, shown masked, revealed for a reason. */
import type { Context } from '../platform/context.ts'
import { statement } from '../platform/database.ts'
import { Conflict, domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { maskNationalId, maskNumbersIn, maskPhone, numbersShown, unmaskedAs } from '../platform/identity.ts'
import { useCase } from '../platform/use-case.ts'
import {
  CreateCustomer,
  EditCustomer,
  RevealPersonal,
  type DuplicateFoundValue,
  type ProfileChangeValue,
  type ProfileValue,
} from './api.ts'
import { careText, customerById, type CustomerRow } from './records.ts'
import { reindexCustomer } from './search-index.ts'
import { recordEvent } from './timeline.ts'
import { careKindNames, categoryNames, idKindNames } from './words.ts'

/** `details` is a `DuplicateFound[]`. */
export const DuplicateCustomer = domainError('DuplicateCustomer', '该客户可能已经建档，请核对后再办理')

/** Shown of possible duplicates. */
const maxDuplicates = 5

const duplicateColumns = `
  c.id AS customerId, c.name, c.phone, a.id AS accountId, coalesce(p.address, '') AS address`
const duplicateTables = `
  customers c LEFT JOIN accounts a ON a.customer_id = c.id AND a.state = 'active'
  LEFT JOIN service_points p ON p.id = a.service_point_id`
export const duplicateSql = {
  id: `SELECT ${duplicateColumns} FROM ${duplicateTables} WHERE c.id_number = @idNumber AND c.id <> @except
    LIMIT ${maxDuplicates}`,
  phone: `SELECT ${duplicateColumns} FROM ${duplicateTables} WHERE c.phone = @phone AND c.name = @name AND c.id <> @except
    LIMIT ${maxDuplicates}`,
} as const

/** Who is on file already with the same ID number, or the same phone and name. Phones masked. */
export function duplicatesOf(
  { sqlite }: Context,
  { name, phone, idNumber }: { readonly name: string; readonly phone: string; readonly idNumber: string | null },
  except = '',
): DuplicateFoundValue[] {
  const found = new Map<string, DuplicateFoundValue>()
  const look = (because: 'id' | 'phone') => {
    const rows = statement<Omit<DuplicateFoundValue, 'because'>>(sqlite, duplicateSql[because]).all({
      name,
      phone,
      idNumber,
      except,
    })
    for (const row of rows) {
      if (!found.has(row.customerId)) found.set(row.customerId, { ...row, phone: maskPhone(row.phone), because })
    }
  }
  if (idNumber !== null) look('id')
  look('phone')
  return [...found.values()].slice(0, maxDuplicates)
}

/** A refusal tells who has this number, so it is on record like any look at one. */
function refuseDuplicates(context: Context, duplicates: readonly DuplicateFoundValue[]): void {
  const [first] = duplicates
  if (!first) return
  for (const { customerId, because } of duplicates) {
    context.record('customers.foundByNumber', {
      subject: `customer:${customerId}`,
      detail: { reason: because === 'id' ? '建档时证件号码相同' : '建档时姓名和电话相同' },
    })
  }
  throw new DuplicateCustomer(
    first.because === 'id'
      ? `证件号码与已建档客户“${first.name}”相同，请核对是否为同一客户`
      : `姓名和电话与已建档客户“${first.name}”相同，请核对是否为同一客户`,
    { field: first.because === 'id' ? 'profile.idNumber' : 'profile.phone', details: duplicates },
  )
}

/**
 * Puts a customer on file. @returns customer id
 * @throws DuplicateCustomer unless `confirmDuplicate`
 */
export function createCustomer(
  context: Context,
  profile: ProfileValue,
  { confirmDuplicate = false }: { readonly confirmDuplicate?: boolean } = {},
): string {
  if (!confirmDuplicate) refuseDuplicates(context, duplicatesOf(context, profile))
  const { sqlite, clock } = context
  const id = newId(clock)
  statement(
    sqlite,
    `INSERT INTO customers (id, category, name, id_kind, id_number, phone, phone_alt, special_care, note, created_at, updated_at)
     VALUES (@id, @category, @name, @idKind, @idNumber, @phone, @phoneAlt, @specialCare, @note, @now, @now)`,
  ).run({ ...profile, id, specialCare: careText(profile.specialCare), now: clock.now() })
  recordEvent(context, {
    customerId: id,
    kind: 'profile',
    title: '建档',
    detail: categoryNames[profile.category],
    subject: `customer:${id}`,
  })
  reindexCustomer(context, id)
  return id
}

/** @throws DuplicateCustomer */
export const create = useCase(CreateCustomer, ({ profile, confirmDuplicate }, context) => {
  const customerId = createCustomer(context, profile, { confirmDuplicate })
  context.audit({ subject: `customer:${customerId}`, detail: { category: profile.category, confirmDuplicate } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { customerId }
})

const careWords = (care: CustomerRow['specialCare']): string =>
  care === null
    ? '无'
    : care.kinds.map((kind) => careKindNames[kind]).join('、') + (care.measures && `（${care.measures}）`)

/** What changed, in words; personal numbers masked. */
function changesOf(before: CustomerRow, after: CustomerRow): string[] {
  const differ = (key: keyof CustomerRow) => JSON.stringify(before[key]) !== JSON.stringify(after[key])
  const idWords = ({ idKind, idNumber }: CustomerRow) =>
    idNumber === null ? idKindNames[idKind] : `${idKindNames[idKind]} ${maskNationalId(idNumber)}`
  const phoneWords = (phone: string | null) => (phone === null ? '无' : maskPhone(phone))
  const changes: [boolean, string, string, string][] = [
    [differ('name'), '名称', before.name, after.name],
    [differ('idKind') || differ('idNumber'), '证件', idWords(before), idWords(after)],
    [differ('phone'), '电话', phoneWords(before.phone), phoneWords(after.phone)],
    [differ('phoneAlt'), '备用电话', phoneWords(before.phoneAlt), phoneWords(after.phoneAlt)],
    [differ('specialCare'), '特殊客户', careWords(before.specialCare), careWords(after.specialCare)],
    [differ('note'), '备注', before.note === '' ? '无' : before.note, after.note === '' ? '无' : after.note],
  ]
  // Kept in timeline and log, where no number of a person stands in full.
  return changes.filter(([changed]) => changed).map(([, label, from, to]) => maskNumbersIn(`${label}：${from} → ${to}`))
}

function applied(before: CustomerRow, change: ProfileChangeValue): CustomerRow {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  // The form had these with their numbers masked: what is masked still was not changed.
  const { note, specialCare } = change
  return {
    ...before,
    ...given,
    ...(note === undefined ? {} : { note: unmaskedAs(note, before.note) }),
    ...(specialCare && before.specialCare
      ? { specialCare: { ...specialCare, measures: unmaskedAs(specialCare.measures, before.specialCare.measures) } }
      : {}),
  }
}

/** @throws CustomerNotFound · Conflict · DuplicateCustomer */
export const edit = useCase(EditCustomer, ({ customerId, version, change, confirmDuplicate }, context) => {
  const before = customerById(context, customerId)
  if (before.version !== version) throw new Conflict('客户资料已被他人修改，请刷新后再改')
  const after = applied(before, change)
  const changes = changesOf(before, after)
  if (changes.length === 0) return { version }
  const identified = before.idNumber !== after.idNumber || before.phone !== after.phone || before.name !== after.name
  if (identified && !confirmDuplicate) {
    // Only what was changed can have made a duplicate.
    const idNumber = before.idNumber === after.idNumber ? null : after.idNumber
    refuseDuplicates(context, duplicatesOf(context, { ...after, idNumber }, customerId))
  }
  const { sqlite, clock } = context
  statement(
    sqlite,
    `UPDATE customers SET name = @name, id_kind = @idKind, id_number = @idNumber, phone = @phone,
       phone_alt = @phoneAlt, special_care = @specialCare, note = @note, version = version + 1, updated_at = @now
     WHERE id = @id`,
  ).run({
    id: customerId,
    name: after.name,
    idKind: after.idKind,
    idNumber: after.idNumber,
    phone: after.phone,
    phoneAlt: after.phoneAlt,
    specialCare: careText(after.specialCare),
    note: after.note,
    now: clock.now(),
  })
  recordEvent(context, {
    customerId,
    kind: 'profile',
    title: '修改资料',
    detail: changes.join('；'),
    subject: `customer:${customerId}`,
  })
  reindexCustomer(context, customerId)
  context.audit({ subject: `customer:${customerId}`, detail: { changes } })
  context.emit({ event: 'changed', data: { room: 'customers' } })
  return { version: version + 1 }
})

/** A full ID or phone number; the audit log keeps who saw it and why, never the number. @throws CustomerNotFound */
export const revealPersonal = useCase(RevealPersonal, ({ customerId, what, reason }, context) => {
  const customer = customerById(context, customerId)
  const { value, shown } =
    what === 'note'
      ? numbersShown('', [customer.note, customer.specialCare?.measures ?? ''])
      : numbersShown(customer[what] ?? '', [])
  context.audit({ subject: `customer:${customerId}`, detail: { name: customer.name, what, shown, reason } })
  return { value: value || null }
})
