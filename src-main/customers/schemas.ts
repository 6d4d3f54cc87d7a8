/** Schemas of what a customer file holds: identity, phones, special care, place. Re-exported by `api.ts`. */
import { z } from 'zod'
import { OwnWords, remark, shortText } from '../platform/contract.ts'
import {
  creditCodeProblem,
  nationalIdProblem,
  normaliseCreditCode,
  normaliseNationalId,
  normalisePhone,
  phoneProblem,
} from '../platform/identity.ts'
import { cleanText } from '../platform/text.ts'
import { careKinds, customerCategories, idKinds, type IdKind } from './words.ts'

export const Category = z.enum(customerCategories, { error: '请选择客户类别' })
export const CareKindName = z.enum(careKinds)
/** 特殊客户 (clause 10(7)): why, and what is done to make things easy for them. */
export const SpecialCare = z.strictObject({
  kinds: z
    .array(CareKindName)
    .min(1, '请选择特殊客户的类别')
    .max(careKinds.length)
    .transform((kinds) => careKinds.filter((kind) => kinds.includes(kind))),
  measures: remark('便民措施', 200),
})
/** As a window is told it. */
export const ToldCare = SpecialCare.extend({ measures: OwnWords })
export type SpecialCareValue = z.output<typeof SpecialCare>

/** A phone at which the customer can be reached; stored without spaces. */
export const Phone = z
  .string({ error: '请填写联系电话' })
  .max(40, '电话过长')
  .superRefine((text, issues) => {
    const problem = phoneProblem(text)
    if (problem) issues.addIssue({ code: 'custom', message: problem })
  })
  .transform(normalisePhone)

/** An empty field means there is none. */
const OptionalPhone = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
  Phone.nullable(),
)

const passport = (text: string): string => cleanText(text).normalize('NFKC').replace(/\s/g, '').toUpperCase()

/** Why an identity cannot be one, in words for the clerk; null when it is good. */
export function identityProblem(kind: IdKind, number: string | null): string | null {
  const text = number ?? ''
  switch (kind) {
    case 'national-id':
      return nationalIdProblem(text)
    case 'credit-code':
      return creditCodeProblem(text)
    case 'passport':
      return /^[A-Za-z0-9]{5,17}$/.test(passport(text)) ? null : '护照号应为 5 至 17 位字母或数字'
    case 'none':
      return text.trim() === '' ? null : '请先选择证件类型'
  }
}

/** The form in which an identity is stored and compared. */
export function normaliseIdentity(kind: IdKind, number: string | null): string | null {
  if (kind === 'none' || number === null) return null
  if (kind === 'national-id') return normaliseNationalId(number)
  return kind === 'credit-code' ? normaliseCreditCode(number) : passport(number)
}

const profileShape = {
  category: Category,
  name: shortText('客户名称', 60),
  idKind: z.enum(idKinds, { error: '请选择证件类型' }),
  idNumber: z.string().max(40, '证件号码过长').nullable().default(null),
  phone: Phone,
  phoneAlt: OptionalPhone.default(null),
  specialCare: SpecialCare.nullable().default(null),
  /** 特殊备注: shown to everyone who opens the file. */
  note: remark('备注', 300).default(''),
}

/** Everything a clerk writes down about a customer; also validates the form while typing. */
export const Profile = z
  .strictObject(profileShape)
  .superRefine(({ idKind, idNumber }, issues) => {
    const problem = identityProblem(idKind, idNumber)
    if (problem) issues.addIssue({ code: 'custom', message: problem, path: ['idNumber'] })
  })
  .transform((profile) => ({ ...profile, idNumber: normaliseIdentity(profile.idKind, profile.idNumber) }))
export type ProfileValue = z.output<typeof Profile>
export type ProfileDraft = z.input<typeof Profile>

/**
 * What changes; a key left out stays as it is. Kind and number of the identity change together. The class is no part of it:
 * it changes by `classes.change` alone, with a paper and the hall manager's agreement.
 */
export const ProfileChange = z
  .strictObject({
    name: profileShape.name.optional(),
    idKind: profileShape.idKind.optional(),
    idNumber: z.string().max(40, '证件号码过长').nullable().optional(),
    phone: Phone.optional(),
    phoneAlt: OptionalPhone.optional(),
    specialCare: SpecialCare.nullable().optional(),
    note: remark('备注', 300).optional(),
  })
  .superRefine(({ idKind, idNumber }, issues) => {
    if (idKind === undefined && idNumber === undefined) return
    const problem =
      idKind === undefined ? '请选择证件类型' : identityProblem(idKind, idNumber === undefined ? null : idNumber)
    if (problem) issues.addIssue({ code: 'custom', message: problem, path: ['idNumber'] })
  })
  .transform((change) =>
    change.idKind === undefined
      ? change
      : { ...change, idNumber: normaliseIdentity(change.idKind, change.idNumber ?? null) },
  )
export type ProfileChangeValue = z.output<typeof ProfileChange>

const placePart = (label: string, max: number) =>
  z
    .string()
    .overwrite(cleanText)
    .trim()
    .max(max, `${label}不能超过 ${max} 个字`)
    .regex(/^[^\p{Cc}]*$/u, `${label}含有无法保存的字符`)
    .default('')

/** Where gas is delivered. `building`, `unit` and `room` without their words: 3, 2, 501. */
export const Place = z.strictObject({
  district: placePart('区县', 20),
  street: placePart('街道门牌', 40),
  community: shortText('小区或单位', 40),
  building: placePart('楼栋', 12),
  unit: placePart('单元', 12),
  room: placePart('房号', 20),
})
export type PlaceValue = z.output<typeof Place>
