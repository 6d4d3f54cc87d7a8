/** The customer form as it is typed, and what it means to the calls. Text fields are never null, so that inputs are simple. */
import type { z } from 'zod'
import {
  Profile,
  ProfileChange,
  type CareKind,
  type CustomerCategory,
  type CustomerFileValue,
  type IdKind,
  type ProfileDraft,
} from '../../src-main/customers/api.ts'

export interface ProfileForm {
  category: CustomerCategory
  name: string
  idKind: IdKind
  idNumber: string
  phone: string
  phoneAlt: string
  /** Only when editing: take the second phone away. */
  dropPhoneAlt: boolean
  careKinds: CareKind[]
  careMeasures: string
  note: string
}

export type Customer = CustomerFileValue['customer']

export const emptyForm = (): ProfileForm => ({
  category: 'resident',
  name: '',
  idKind: 'national-id',
  idNumber: '',
  phone: '',
  phoneAlt: '',
  dropPhoneAlt: false,
  careKinds: [],
  careMeasures: '',
  note: '',
})

/** For editing: numbers are masked on this side, so their fields start empty and mean "as it is" while they stay so. */
export const formOf = (customer: Customer): ProfileForm => ({
  ...emptyForm(),
  category: customer.category,
  name: customer.name,
  idKind: customer.idKind,
  careKinds: [...(customer.specialCare?.kinds ?? [])],
  careMeasures: customer.specialCare?.measures ?? '',
  note: customer.note,
})

const careOf = (form: ProfileForm) =>
  form.careKinds.length === 0 ? null : { kinds: form.careKinds, measures: form.careMeasures }

export const profileOf = (form: ProfileForm): ProfileDraft => ({
  category: form.category,
  name: form.name,
  idKind: form.idKind,
  idNumber: form.idNumber.trim() === '' ? null : form.idNumber,
  phone: form.phone,
  phoneAlt: form.phoneAlt,
  specialCare: careOf(form),
  note: form.note,
})

export type ProfileChangeDraft = z.input<typeof ProfileChange>

/** Only what differs from the file; the class changes elsewhere. */
export function changeOf(form: ProfileForm, customer: Customer): ProfileChangeDraft {
  const before = formOf(customer)
  const idNumber = form.idNumber.trim()
  const care = careOf(form)
  return {
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.idKind === before.idKind && idNumber === ''
      ? {}
      : { idKind: form.idKind, idNumber: idNumber === '' ? null : idNumber }),
    ...(form.phone.trim() === '' ? {} : { phone: form.phone }),
    ...(form.dropPhoneAlt ? { phoneAlt: null } : form.phoneAlt.trim() === '' ? {} : { phoneAlt: form.phoneAlt }),
    ...(JSON.stringify(care) === JSON.stringify(careOf(before)) ? {} : { specialCare: care }),
    ...(form.note === before.note ? {} : { note: form.note }),
  }
}

/** What there is to mend, by field: the same schemas as in the backend, asked while typing. */
export function problemsOf(form: ProfileForm, customer: Customer | null): Readonly<Record<string, string>> {
  const parsed =
    customer === null ? Profile.safeParse(profileOf(form)) : ProfileChange.safeParse(changeOf(form, customer))
  if (parsed.success) return {}
  const problems: Record<string, string> = {}
  for (const { path, message } of parsed.error.issues) problems[String(path[0] ?? '')] ??= message
  return problems
}

/** In the order of the form, for the jump to the first error. */
export const fieldOrder = [
  'category',
  'name',
  'idKind',
  'idNumber',
  'phone',
  'phoneAlt',
  'specialCare',
  'note',
] as const
export type ProfileField = (typeof fieldOrder)[number]

/** Which paper proves who a customer of this category is. */
export const usualIdKind = (category: CustomerCategory): IdKind =>
  category === 'resident' ? 'national-id' : 'credit-code'
